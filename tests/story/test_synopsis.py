"""Tellings in parallel columns: every word in one cell, and every telling's own order kept."""

from hypothesis import given
from hypothesis import strategies as st

from fabula.spans import Span
from fabula.story import Alignment, Displaced, Link, Parallel, Side, Telling, synopses


def lettered(words):
    """Return a telling of one-letter lines, and where each stands."""
    text = " ".join(words)
    return Telling("t", text), {letter: Span(at, at + 1) for at, letter in enumerate(text) if letter != " "}


def synopsis_of(base, *others, breaks=""):
    """Align tellings of one-letter lines by hand.

    Args:
        base: its letters.
        others: letters, and pairs of base and other letters; `!` before a pair for moved.
        breaks: letters that no line has.
    """
    told = [lettered(base), *(lettered(words) for words, _ in others)]
    sides = [Side(at, f"t{at}", (telling.whole,)) for at, (telling, _) in enumerate(told)]
    alignments = []
    for column, (words, pairs) in enumerate(others, 1):
        links = []
        for pair in pairs:
            a, b = pair.strip("!").split("=")
            spans = tuple(tuple(told[at][1][x] for x in side) for at, side in ((0, a), (column, b)))
            links.append(Link(*spans, "wording", moved=pair.startswith("!")))
        used = [{x for pair in pairs for x in pair.strip("!").split("=")[side]} for side in (0, 1)]
        only = [
            tuple(told[at][1][x] for x in held if x not in used[side] and x not in breaks)
            for side, (at, held) in enumerate(((0, base), (column, words)))
        ]
        alignments.append(Alignment(sides[0], sides[column], tuple(links), *only))
    return [telling for telling, _ in told], list(synopses([telling for telling, _ in told], alignments))


def shown(tellings, found):
    """Return the rows as strings: the cells, words that stand elsewhere in brackets; `>` for displaced words."""
    lines = []
    for entry in found.entries:
        if isinstance(entry, Displaced):
            row = found.entries[entry.parallel]
            assert isinstance(row, Parallel)
            assert set(entry.spans) <= set(row.cells[entry.column].spans)
            words = "".join(span.of(tellings[entry.column].text) for span in entry.spans)
            lines.append(f"{entry.column}>{words}")
            continue
        cells = []
        for side, cell in zip(found.sides, entry.cells, strict=True):
            text = tellings[side.telling].text
            cells.append("".join(s.of(text) if s in cell.here else f"[{s.of(text)}]" for s in cell.spans))
        lines.append("|".join(cells))
    return lines


def read_down(tellings, found, column):
    """Return the words of a telling as its column has them."""
    spans = []
    for entry in found.entries:
        if isinstance(entry, Displaced):
            spans += entry.spans if entry.column == column else ()
        else:
            spans += entry.cells[column].here
    assert spans == sorted(spans)
    return "".join("".join(span.of(tellings[column].text).split()) for span in spans)


def test_links_and_one_sided_lines_are_rows_in_the_order_of_the_base():
    tellings, (found,) = synopsis_of("abc", ("xyz", ["a=x", "c=z"]))
    assert shown(tellings, found) == ["a|x", "|y", "b|", "c|z"]


def test_what_has_moved_stands_in_its_row_and_its_place_is_told():
    tellings, (found,) = synopsis_of("abcd", ("zxyw", ["a=x", "b=y", "!c=z", "d=w"]))
    assert shown(tellings, found) == ["1>z", "a|x", "b|y", "c|[z]", "d|w"]


def test_links_that_share_a_line_are_one_row_and_the_line_stands_once():
    tellings, (found,) = synopsis_of("ab", ("xy", ["a=x", "a=y", "b=y"]))
    assert shown(tellings, found) == ["a b|x y"]


def test_a_line_between_two_lines_of_one_link_keeps_its_place():
    tellings, (found,) = synopsis_of("abc", ("xy", ["ac=x", "b=y"]))
    assert shown(tellings, found) == ["a[c]|x", "b|y", "0>c"]


def test_three_tellings_stand_in_three_columns():
    tellings, (found,) = synopsis_of("abc", ("xy", ["a=x", "b=y"]), ("pq", ["bc=q"]))
    assert shown(tellings, found) == ["||p", "a|x|", "b c|y|q"]


def test_a_break_that_no_line_has_is_kept():
    tellings, (found,) = synopsis_of("a*b", ("x", ["a=x"]), breaks="*")
    assert shown(tellings, found) == ["a|x", "*|", "b|"]


def test_each_base_has_a_synopsis_of_its_own():
    tellings, (first,) = synopsis_of("ab", ("xy", ["a=x"]))
    again = [
        first.alignments[0],
        Alignment(first.sides[1], first.sides[0], (), *([tellings[at].whole] for at in (1, 0))),
    ]
    assert [found.sides[0].name for found in synopses(tellings, again)] == ["t0", "t1"]


@st.composite
def cases(draw):
    def some(letters):
        return "".join(sorted(draw(st.lists(st.sampled_from(letters), min_size=1, max_size=3, unique=True))))

    others = []
    for _ in range(draw(st.integers(1, 3))):
        words = "nopqrstu"[: draw(st.integers(0, 8))]
        count = draw(st.integers(0, 5)) if words else 0
        pairs = [f"{draw(st.sampled_from(['', '!']))}{some('abcdefgh')}={some(words)}" for _ in range(count)]
        others.append((words, pairs))
    return "abcdefgh", others


@given(cases())
def test_every_word_stands_once_in_every_order_whatever_the_links(case):
    base, others = case
    tellings, (found,) = synopsis_of(base, *others)
    for column, words in enumerate([base, *(words for words, _ in others)]):
        assert read_down(tellings, found, column) == words
        in_rows = [
            span.of(tellings[column].text).split()
            for entry in found.entries
            if isinstance(entry, Parallel)
            for span in entry.cells[column].spans
        ]
        assert sorted(word for words in in_rows for word in words) == sorted(words)
