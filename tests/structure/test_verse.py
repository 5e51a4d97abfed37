"""Verse among lines that stand as paragraphs."""

from hypothesis import given
from hypothesis import strategies as st

from fabula.spans import Span
from fabula.structure.paragraphs import Block, Layout
from fabula.structure.verse import join_verse, reads_as_verse

LINES = Layout("lines", 70)
STANZA = ["The lamp is low,", "the tide is slow,", "the boats lie by,", "and so do I."]
WORDS = st.sampled_from(["the light", "at night,", "a bed", "and red.", "the sea;", "to me", "what then!", "gone"])


def blocks(lines):
    """Return the text of some lines, and a block for each."""
    text, found = "", []
    for line in lines:
        found.append(Block(Span(len(text), len(text) + len(line))))
        text += line + "\n"
    return text, found


def joined(lines):
    text, found = blocks(lines)
    return [block.span.of(text) for block in join_verse(text, found, LINES)]


def test_a_stanza_is_one_block():
    assert joined(STANZA) == ["\n".join(STANZA)]


def test_a_stanza_may_follow_lines_that_are_none():
    plain = ["Eggs.", "Milk.", "A rope.", "Some nails.", "Oil for the lamp.", "Two saws.", "A box.", "Glue."]
    found = joined([*plain, *STANZA])
    assert found[0] == plain[0]
    assert found[-1].endswith("\n".join(STANZA))


def test_a_long_list_stays_a_list():
    plain = [f"Chapter {number} of the old house" for number in range(3000)]
    assert joined(plain) == plain


@given(st.lists(WORDS, min_size=1, max_size=14))
def test_the_first_stanza_is_the_longest_that_reads_as_verse(lines):
    found = joined(lines)
    starts = [at for at in range(len(lines) - 3) if reads_as_verse(lines[at:])]
    assert found == ([*lines[: starts[0]], "\n".join(lines[starts[0] :])] if starts else lines)
