from benchmarks.align_once import once
from tests.tellings.small import KEEPER, OILMAN


def test_reading_and_lining_up_are_told_apart(tmp_path):
    a, b = tmp_path / "keeper.txt", tmp_path / "oilman.txt"
    a.write_text(KEEPER, "utf-8")
    b.write_text(OILMAN, "utf-8")
    found = once(a, b)
    assert found["links"] > 0 < found["changes"]
    assert found["reading"] > 0 < found["aligning"]
