"""Markdown: words without signs, marks, and the way back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.errors import InputError
from fabula.formats import detect, markdown
from fabula.formats.source import Source
from fabula.story import Telling


def read(text: str, name: str = "story.md") -> Telling:
    return markdown.read(Source(name, text.encode()))


def marks(telling: Telling, *kinds: str) -> list[tuple[str, str, str]]:
    return [(m.kind, m.span.of(telling.text), m.value) for m in telling.marks if m.kind in kinds]


def test_blocks() -> None:
    telling = read("# The *Lamp*\n\nIt was\ndark.\n\n* * *\n\n> Dear Ann,\n> come.\n\nShe came.\n")
    assert telling.text == "The Lamp\n\nIt was dark.\n\n* * *\n\nDear Ann, come.\n\nShe came."
    assert marks(telling, "heading", "break", "quotation", "italic") == [
        ("heading", "The Lamp", "1"),
        ("italic", "Lamp", ""),
        ("break", "* * *", ""),
        ("quotation", "Dear Ann, come.", ""),
    ]
    assert [words for _, words, _ in marks(telling, "paragraph")] == ["It was dark.", "Dear Ann, come.", "She came."]


def test_hard_line_breaks_make_lines() -> None:
    telling = read("Rain on the roof  \nrain on the *road*\\\nrain<br>gone\n")
    assert telling.text == "Rain on the roof\nrain on the road\nrain\ngone"
    assert [words for _, words, _ in marks(telling, "line")] == telling.text.split("\n")


def test_a_paragraph_on_each_line() -> None:
    telling = read("“Who?” he said.\n“Me,” she said.\n*Nobody*, he thought.\nHe went.\nShe stayed.")
    assert len(marks(telling, "paragraph")) == 5
    assert "said.\n\n“Me" in telling.text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("- Hello, he said.\n- Bye.", "- Hello, he said.\n\n- Bye."),
        ("1. The Beginning\n\nIt rained.", "1. The Beginning\n\nIt rained."),
        ("1986\\. A good year &amp; a \\*bad\\* one", "1986. A good year & a *bad* one"),
        ("    An indented paragraph.\n\n    Another.", "An indented paragraph.\n\nAnother."),
        ("He said so.\n---\nThen he left.", "He said so.\n\n---\n\nThen he left."),
        ("One.\n\n#\n\nTwo.", "One.\n\n#\n\nTwo."),
        ('See [the *map*](http://a.example/b "t") <!-- no --> here.', "See the map  here."),
        ("A word[^1].\n\n[^1]: note", "A word[^1].\n\n[^1]: note"),
        ("<center>The <i>end</i>\nof it</center>\n<hr>\n\nMore.", "The end of it\n\nMore."),
        (
            "<div>A <font size=2>small</font> one&nbsp;&amp; <script>if (a<b) {}</script>all</div>\n\nMore.",
            "A small one & all\n\nMore.",
        ),
        ("It was <u>very</u> <font color=red>red</font>.", "It was very red."),
        ("```\nDear Bob,\n\n  yours\n```", "Dear Bob,\n\n  yours"),
        ("She ~~lied~~ `typed`.", "She lied typed."),
    ],
)
def test_every_word_shown_is_kept(source: str, text: str) -> None:
    assert read(source).text == text


def test_front_matter_yaml() -> None:
    telling = read(
        "---\ntitle: 'Ann''s: Lamp'  \nauthor: [Ada Wick, \"B. Oil\"]\nlang: en-GB # British\n"
        'tags:\n  - rain\n  - "dark, cold"\nsummary: >\n  Two\n  lines\n---\nIt rained.\n'
    )
    assert telling.text == "It rained."
    meta = telling.metadata
    assert (meta.title, meta.author, meta.language) == ("Ann's: Lamp", "Ada Wick, B. Oil", "en-GB")
    assert meta.more == (("tags", "rain"), ("tags", "dark, cold"), ("summary", "Two lines"))
    assert str(telling.source.place(0)) == "story.md:12:1"


def test_front_matter_toml() -> None:
    telling = read('+++\ntitle = "Lamp"\nweight = 3\n[extra]\ntags = ["a", "b"]\n+++\n\nIt rained.\n')
    assert telling.metadata.title == "Lamp"
    assert telling.metadata.more == (("weight", "3"), ("tags", "a"), ("tags", "b"))
    with pytest.raises(InputError, match="not valid TOML"):
        read("+++\ntitle = \n+++\n\nIt rained.\n")


def test_a_rule_and_prose_are_no_front_matter() -> None:
    telling = read("---\nNarrator: it rained.\n---\nThe end.\n")
    assert "Narrator: it rained." in telling.text


def test_front_matter_alone_is_no_story() -> None:
    with pytest.raises(InputError, match="no words"):
        read("---\ntitle: Lamp\n---\n\n")


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.md", "It rained.", "markdown"),
        ("a.txt", "---\ntitle: Lamp\n---\n\nIt rained.", "markdown"),
        ("a.txt", "# A heading\n\nIt rained.", "plain"),
        ("a.txt", "---\nIt rained.\n---\n", "plain"),
        ("a.txt", "+++\n\nIt rained.\n\n+++\n\nAnd then?", "plain"),
    ],
)
def test_detection(name: str, text: str, form: str) -> None:
    assert detect(Source(name, text.encode())).name == form


PIECES = st.sampled_from(
    ["word", "*soft*", "**loud**", "\n", "\n\n", "  \n", "# ", "> ", "- ", "1. ", " ", "“Yes,” ", "&amp;", "\\*",
     "[link](x)", "---", "<b>", "</b>", "<div>", "```", "`", "é🦄", "_", "\t", "<!--", "-->", "~~", "[^1]: "]
)  # fmt: skip


@given(st.lists(PIECES, min_size=1, max_size=30).map("".join))
def test_offsets_lead_back_to_the_same_characters(source: str) -> None:
    source = "start " + source
    telling = read(source)
    lines = source.split("\n")
    for match in re.finditer(r"word|loud|é|🦄", telling.text):
        place = telling.source.place(match.start())
        assert source[place.character :].startswith(match[0])
        assert lines[place.line - 1][place.column - 1 :].startswith(match[0])
    for mark in telling.marks:
        assert 0 <= mark.start <= mark.end <= len(telling.text)


@given(
    st.lists(st.sampled_from(["one", "two", "*three*", "\n", "\n\n", "- ", "> ", "# ", "four.", "    "])).map(
        " ".join
    )
)
def test_no_word_is_lost_or_doubled(source: str) -> None:
    source = "zero " + source
    assert re.findall(r"[a-z]+", read(source).text) == re.findall(r"[a-z]+", source)
