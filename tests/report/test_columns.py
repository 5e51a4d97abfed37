import io

from rich.console import Console

from fabula.report import alignment_columns
from fabula.story import Alignment, Side, Story
from tests.builders import telling
from tests.exports.test_alignment import STORY


def shown(story, **how):
    out = io.StringIO()
    Console(file=out, width=70, color_system=how.pop("color", None), force_terminal=True).print(
        alignment_columns(story, width=70, **how)
    )
    return out.getvalue()


def test_both_tellings_stand_side_by_side_with_a_sign_between():
    lines = [" ".join(line.split()) for line in shown(STORY, brackets=True).splitlines()]
    assert lines == [
        "a | b",
        "0 the same · 1 in other words or marks · 0 events told otherwise · 1",
        "moved · 1 only left · 1 only right",
        "> Rain fell.",
        "[We can] go. ≈↕ [We'll] go.",
        "She sat. <",
    ]


def test_words_that_differ_are_coloured():
    assert "\x1b[1;33mWe can\x1b[0m go." in shown(STORY, color="standard")


def test_it_is_said_where_nothing_is_claimed():
    a = telling("Rain.", name="a")
    story = Story((a,), (Alignment(Side(0, "a", ()), Side(0, "b", ()), (), (), ()),))
    assert "Nothing is claimed" in shown(story)


def test_what_would_steer_a_terminal_is_not_shown():
    a, b = telling("Go\x1b[2J now.", name="a"), telling("", name="b")
    only = Alignment(Side(0, "a\x1b[1m", (a.whole,)), Side(1, "b", ()), (), (a.whole,), ())
    assert "\x1b" not in shown(Story((a, b), (only,)))
