import json

from fabula.weights import VERSION, checked
from training.network.manifest import FILES, write_manifest


def test_no_export_forgets_the_files_of_another(tmp_path):
    (tmp_path / "reader.onnx").write_bytes(b"reader")
    write_manifest(tmp_path, {"upos": ["NOUN"]}, version=VERSION - 1)
    (tmp_path / "sentences.onnx").write_bytes(b"sentences")
    write_manifest(tmp_path)
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8"))["version"] == VERSION - 1
    (tmp_path / "reader.onnx").write_bytes(b"another reader")
    write_manifest(tmp_path, {"upos": ["NOUN", "VERB"]}, version=VERSION)
    assert checked(tmp_path).labels == {"upos": ("NOUN", "VERB")}
    stated = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert list(stated["files"]) == ["reader.onnx", "sentences.onnx"]


def test_the_package_has_every_file_that_exports_make():
    from fabula.weights import weights

    stated = json.loads((weights().folder / "manifest.json").read_text("utf-8"))
    assert list(stated["files"]) == list(FILES)
