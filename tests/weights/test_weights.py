import json
import shutil

import pytest

from fabula.errors import WeightsError
from fabula.weights import VERSION, checked, weights


@pytest.fixture
def folder(tmp_path):
    """A folder of weights whose files are tiny."""
    from hashlib import sha256

    (tmp_path / "a.bin").write_bytes(b"lamp")
    manifest = {"version": VERSION, "files": {"a.bin": sha256(b"lamp").hexdigest()}, "labels": {"upos": ["NOUN"]}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return tmp_path


def test_the_package_has_its_weights():
    found = weights()
    assert {"upos", "xpos", "feats", "lemma", "relation"} == set(found.labels)
    assert len(found.checksum) == 16


def test_good_weights_are_taken(folder):
    assert checked(folder).labels == {"upos": ("NOUN",)}


def test_a_changed_file_is_told(folder):
    (folder / "a.bin").write_bytes(b"lamp?")
    with pytest.raises(WeightsError, match=r"a\.bin: .*checksum differs.* Install Fabula again"):
        checked(folder)


def test_a_missing_file_is_told(folder):
    (folder / "a.bin").unlink()
    with pytest.raises(WeightsError, match=r"a\.bin: a file of the network is missing"):
        checked(folder)


@pytest.mark.parametrize("stated", ["", "[]", "{}", f'{{"version": {VERSION}, "files": 3, "labels": {{}}}}'])
def test_a_damaged_manifest_is_told(folder, stated):
    (folder / "manifest.json").write_text(stated, "utf-8")
    with pytest.raises(WeightsError, match="damaged"):
        checked(folder)


def test_a_missing_manifest_is_told(folder):
    shutil.rmtree(folder)
    with pytest.raises(WeightsError, match=r"manifest\.json: the list of the network's files is missing"):
        checked(folder)


def test_another_version_is_told(folder):
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**manifest, "version": VERSION + 1}), "utf-8")
    with pytest.raises(WeightsError, match=f"version {VERSION + 1}, this program reads version {VERSION}"):
        checked(folder)
