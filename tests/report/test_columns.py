import io

from rich.console import Console

from fabula.report import alignment_columns
from fabula.spans import Span
from fabula.story import Alignment, Difference, Link, Side, Story
from tests.builders import telling
from tests.exports.test_alignment import CONTRADICTING, STORY


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
        "0 contradictions",
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


def test_contradictions_are_counted_quoted_and_marked():
    lines = [" ".join(line.split()) for line in shown(CONTRADICTING, brackets=True).splitlines()]
    assert lines[3:5] == ["1 contradiction", "Who is who: Marta = I"]
    assert "noon.txt:1:13 She came at ≠ night.txt:1:11 I came at [ten]" in lines
    assert "The clock time cannot be both." in lines
    assert lines[-2].startswith("She came at [nine] in her black ≠ I came at [ten] in my black")


def test_a_long_passage_is_cut_at_blanks():
    words = "rope " * 60
    a, b = telling(f"{words}nine {words}", name="a"), telling(f"{words}ten {words}", name="b")
    found = Difference(Span(300, 304), Span(300, 303), "perception", "time", "One telling is not sure.", 0.5)
    link = Link((a.whole,), (b.whole,), "wording")
    sides = Side(0, "a", (a.whole,)), Side(1, "b", (b.whole,))
    out = " ".join(shown(Story((a, b), (Alignment(*sides, (link,), (), (), (found,)),)), brackets=True).split())
    assert "…rope" in out
    assert "rope…" in out
    assert "1 that one telling could not see or know" in out
    assert out.count("[nine]") == 2
