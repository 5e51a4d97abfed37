"""Cross-check of the choice of speakers."""

from tests.training.test_fit_speakers import SPEAKERS, book
from training.cross_speakers import Novel, measured, summed

STARTS = [setting.turn.pieces[0].start for setting in book().known]


def test_only_quotations_whose_speaker_is_right_count() -> None:
    names = [(["Explicit", "Implicit"][at > 1], who) for at, who in enumerate(SPEAKERS)]
    found = measured(Novel("n", [book()], dict(zip(STARTS, names, strict=True))), {})
    nobody = {start: (kind, "nobody") for start, (kind, _) in zip(STARTS, names, strict=True)}
    assert found["Explicit"] == 100
    assert 0 < found["Implicit"] <= 100
    assert measured(Novel("n", [book()], nobody), {})["mean"] == 0


def test_a_quotation_that_is_not_found_is_wrong() -> None:
    asked = {STARTS[0]: ("Explicit", SPEAKERS[0]), STARTS[0] + 2: ("Explicit", SPEAKERS[0])}
    assert measured(Novel("n", [book()], asked), {}) == {"Explicit": 50, "mean": 50}


def test_the_worst_novel_is_named() -> None:
    found = summed({"a": {"Explicit": 90.0, "mean": 90.0}, "b": {"Explicit": 70.0, "Implicit": 50.0, "mean": 60.0}})
    assert found["worst"] == "b"
    assert found["means"] == {"Explicit": 80, "Anaphoric": None, "Implicit": 50, "mean": 75}
