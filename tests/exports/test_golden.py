"""The exports of a small story by hand are, byte for byte, the files in `golden/`."""

import pytest

from fabula.exports import EXPORTS
from tests.exports.quay import FILES, GOLDEN, story, written


@pytest.mark.parametrize("to", FILES)
def test_an_export_is_its_golden_file(to):
    assert written(story(), to).encode("utf-8") == (GOLDEN / FILES[to]).read_bytes()


def test_golden_files_have_the_usual_endings():
    endings = {export.name: export.suffix for export in EXPORTS}
    assert all(name.endswith(endings[to]) for to, name in FILES.items())
    assert {path.name for path in GOLDEN.iterdir()} == set(FILES.values())
