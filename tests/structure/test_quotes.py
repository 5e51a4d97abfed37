"""Quotations: every style, missing marks, several paragraphs, and what is no speech."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.baselines import paired_marks
from fabula.errors import LayerMissingError
from fabula.spans import Span, stripped
from fabula.story import Correction, Mark, Paragraph, Provenance, Quote, Telling
from fabula.structure import find_quotes

_BY = Provenance("test", 1)


def telling(
    text: str,
    *,
    corrections: tuple[Correction, ...] = (),
    marks: tuple[Mark, ...] = (),
    kinds: dict[int, str] | None = None,
) -> Telling:
    """Make a telling whose paragraphs stand between blank lines; `kinds` names those that are not prose."""
    spans = [stripped(text, Span(*m.span())) for m in re.finditer(r"(?:(?!\n[ \t]*\n).)+", text, re.DOTALL)]
    found = [Paragraph(span, (kinds or {}).get(n, "prose")) for n, span in enumerate(s for s in spans if s.length)]
    made = Telling("test", text, marks).with_layer("paragraphs", found, _BY)
    return made.with_layer("corrections", corrections, _BY)


def quotes(text: str, **more: object) -> tuple[Quote, ...]:
    return find_quotes(telling(text, **more))  # type: ignore[arg-type]


def said(text: str, **more: object) -> list[str]:
    """Return the words, marks included, of the outermost quotations that are speech."""
    return [q.span.of(text) for q in quotes(text, **more) if q.kind == "speech" and q.depth == 0]


@pytest.mark.parametrize(
    ("text", "wanted", "style"),
    [
        ('"Come in," said Ada. "It is open."', ['"Come in,"', '"It is open."'], "straight"),
        ("“Come in,” said Ada. “It’s open.”", ["“Come in,”", "“It’s open.”"], "curly"),
        (
            "”Come in,” said Ada. ”It’s open.”\n\n”No,” he said. ”Not I.”",
            ["”Come in,”", "”It’s open.”", "”No,”", "”Not I.”"],
            "curly",
        ),
        ("‘Hello,’ he said, ‘don’t go.’", ["‘Hello,’", "‘don’t go.’"], "single"),
        ("'Hello,' he said, 'don't go.'", ["'Hello,'", "'don't go.'"], "single"),
        ("«Entre», dit Ada. «C’est ouvert.»", ["«Entre»", "«C’est ouvert.»"], "guillemet"),
        ("« Entre », dit Ada.", ["« Entre »"], "guillemet"),
        ("»Herein«, sagte Ada. »Es ist offen.«", ["»Herein«", "»Es ist offen.«"], "guillemet"),
        ("„Herein“, sagte Ada. „Es ist offen.“", ["„Herein“", "„Es ist offen.“"], "low"),
        ("„Proszę”, rzekła Ada. „Otwarte.”", ["„Proszę”", "„Otwarte.”"], "low"),
        ("「どうぞ」とエイダは言った。「開いています。」", ["「どうぞ」", "「開いています。」"], "corner"),
        ("``Come in,'' said Ada. ``It is open.''", ["``Come in,''", "``It is open.''"], "straight"),
        ("\x93Come in,\x94 said Ada. \x93It\x92s open.\x94", ["\x93Come in,\x94", "\x93It\x92s open.\x94"], "curly"),
        ("â€œCome in,â€\x9d said Ada.", ["â€œCome in,â€\x9d"], "curly"),
    ],
)
def test_styles(text: str, wanted: list[str], style: str) -> None:
    assert said(text) == wanted
    assert {q.style for q in quotes(text)} == {style}
    assert all(q.closed and q.opened and not q.doubt for q in quotes(text))


def test_inner_leaves_out_the_marks() -> None:
    text = "``Come in,'' said Ada."
    assert [q.inner.of(text) for q in quotes(text)] == ["Come in,"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("'Tis cold,' said Ada. 'Twas colder.'", ["'Tis cold,'", "'Twas colder.'"]),
        ("'The boys' hats are wet,' said Ada. The boys' mother was out.", ["'The boys' hats are wet,'"]),
        ("'I was goin' home,' said he, 'an' 'twas late.'", ["'I was goin' home,'", "'an' 'twas late.'"]),
        ("‘The girls’ coats are wet,’ said Ada.", ["‘The girls’ coats are wet,’"]),
        ("'And what of it?' said Ada. 'As you like.'", ["'And what of it?'", "'As you like.'"]),
        ("The dogs' bowls and the cats' bowls were his'n, an' 'twas late.", []),
    ],
)
def test_apostrophes_are_not_marks(text: str, wanted: list[str]) -> None:
    assert said(text) == wanted


def test_inches_feet_and_dittos_are_no_marks() -> None:
    assert not quotes("He was 6' 2\" tall, the door 5'10\" high.")
    assert said('The shelf was 6" deep. "Too deep," said Ada.') == ['"Too deep,"']


def test_nested_quotations_have_depth() -> None:
    text = "\"He said 'I will not go,' and went,\" said Ada."
    assert [(q.span.of(text), q.depth) for q in quotes(text)] == [
        ("\"He said 'I will not go,' and went,\"", 0),
        ("'I will not go,'", 1),
    ]


def test_double_inside_single() -> None:
    text = "‘He said “I will not go,” and went,’ said Ada.\n\n‘Did he?’ said I.\n\n‘He did.’"
    assert [q.depth for q in quotes(text)] == [0, 1, 0, 0]


def test_two_styles_in_one_text() -> None:
    assert said('"Come in," said Ada.\n\n‘I will,’ said Ben.\n\n“So do,” said Ada.') == [
        '"Come in,"',
        "‘I will,’",
        "“So do,”",
    ]


def test_each_paragraph_opens_again() -> None:
    text = (
        '"It began on a Monday, when the river rose and nobody would go down to look.\n\n'
        '"On Tuesday it was over the road.\n\n"On Wednesday we left."\n\nAda nodded.'
    )
    found = quotes(text)
    assert [q.continues for q in found] == [False, True, True]
    assert all(q.closed and not q.doubt for q in found)
    assert [q.span.of(text)[-6:] for q in found] == [" look.", " road.", 'left."']


def test_opened_once_and_closed_once() -> None:
    text = 'She sang.\n\n"Low is the moon\n\nand lower the tide,\n\nI wait for you."\n\nThe hall was still.'
    found = quotes(text)
    assert [q.span.of(text) for q in found] == ['"Low is the moon', "and lower the tide,", 'I wait for you."']
    assert [q.continues for q in found] == [False, True, True]
    assert all(q.kind == "speech" and q.closed and q.opened for q in found)


def test_a_song_in_one_verse_paragraph() -> None:
    text = '"Low is the moon\nand lower the tide,\nI wait for you."'
    assert said(text, kinds={0: "verse"}) == [text]


def test_never_closed_ends_before_the_tag() -> None:
    text = '"I am late, said Ada and ran.\n\n"Wait," said Ben.'
    first, second = quotes(text)
    assert first.span.of(text) == '"I am late,'
    assert not first.closed
    assert first.doubt
    assert second.closed
    assert not second.continues


def test_never_closed_ends_with_the_paragraph() -> None:
    text = 'Ada called, "I am late.\n\nShe ran.'
    (only,) = quotes(text)
    assert only.span.of(text) == '"I am late.'
    assert not only.closed


def test_never_closed_before_another_quotation() -> None:
    text = '"I am late. Ada ran. "Wait for me."'
    first, second = quotes(text)
    assert not first.closed
    assert first.span.end <= second.span.start
    assert second.span.of(text) == '"Wait for me."'


def test_never_opened() -> None:
    text = 'I am late," said Ada. "Wait."'
    first, second = quotes(text)
    assert first.span.of(text) == 'I am late,"'
    assert not first.opened
    assert first.doubt
    assert second.opened


def test_a_greeting_in_marks_and_the_rest_without() -> None:
    text = '"Good day" the voice says. This is the line of the baths. Please wait.'
    assert said(text + '\n\n"Who is it" he asks.\n\n"Only me" she says.')[0] == '"Good day"'


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("—Come in, said Ada. I am alone.", ["—Come in,", "I am alone."]),
        ("—Come in, said Ada, and she shut the book.", ["—Come in,"]),
        ("—It rains.", ["—It rains."]),
        ("—Entra —dijo Ada—. Está abierto.", ["—Entra", "Está abierto."]),
        ("-- It rains, he said.", ["-- It rains,"]),
        ("—It rains. He shut the door.", ["—It rains."]),
    ],
)
def test_dashes(text: str, wanted: list[str]) -> None:
    frame = "—Yes.\n\n—No.\n\n—Perhaps.\n\n"
    found = [q for q in quotes(frame + text) if q.span.start >= len(frame)]
    assert [q.span.of(frame + text) for q in found] == wanted
    assert {q.style for q in found} == {"dash"}


def test_dashes_count_only_where_they_mark_speech() -> None:
    text = '"Yes," said Ada.\n\n"No," said Ben.\n\n"Yes," said Ada.\n\n"No."\n\n"Oh!"\n\n—from an old song'
    assert all(q.style == "straight" for q in quotes(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('He was known as the "genius" of the family.', "scare"),
        ('She had just read a novel called "The Drowned Mill" and liked it.', "title"),
        ('What he meant by the word "soon" was never clear.', "scare"),
        ('She wrote on the card the words "To be opened by nobody but Ada" and left.', "written"),
        ('Ada shook her head. "Not today," she said.', "speech"),
        ('"Come here!"', "speech"),
        ('Ada looked up and said, "You are early."', "speech"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert [q.kind for q in quotes(text)] == [kind]


def test_a_letter_over_two_paragraphs_is_written() -> None:
    text = (
        'The letter he wrote read:\n\n"Dear Ada,--The river has come into the house, and the lower rooms are wet.\n\n'
        '"We have moved to the mill.--Yours, Ben."\n\n"What now?" said Ada.'
    )
    assert [(q.kind, q.continues) for q in quotes(text)] == [("written", False), ("written", True), ("speech", False)]


def test_speech_without_stops_is_speech_where_that_is_the_habit() -> None:
    frame = '"I know" she says\n\n"You do not" he says\n\n"But I do" she says\n\n'
    assert said(frame + '"Good Evening Miss Ada" the voice of the porter comes.')[-1] == '"Good Evening Miss Ada"'


def test_nothing_in_a_heading_is_speech() -> None:
    assert [q.kind for q in quotes('"Come In!"\n\nAda came in.', kinds={0: "heading"})] == ["title"]


def test_front_matter_and_breaks_are_silent() -> None:
    assert not quotes('"Come in," said Ada.', kinds={0: "matter"})


def test_the_author_says_it_is_no_speech() -> None:
    text = '"Come in," said Ada. "Now."'
    span = Span(text.index("Now"), text.index("Now") + 4)
    assert said(text, corrections=(Correction("not_speech", span=span),)) == ['"Come in,"']


def test_what_a_screenplay_states() -> None:
    text = 'ADA\n\nCome "in", all of you.\n\nShe waves.'
    start, end = text.index("Come"), text.index("\n\nShe")
    (only,) = quotes(text, marks=(Mark(start, end, "speech"),))
    assert (only.span.of(text), only.style, only.kind) == ('Come "in", all of you.', "cue", "speech")


def test_layers_must_be_there() -> None:
    with pytest.raises(LayerMissingError, match="paragraphs"):
        find_quotes(Telling("test", "text"))


@pytest.mark.parametrize(
    "soup", ['"' * 1_000_000, "'" * 1_000_000, '" ' * 100_000, "‘ " * 100_000, 'a” "b ' * 50_000]
)
def test_a_heap_of_marks_is_read(soup: str) -> None:
    for quote in quotes(soup):
        assert 0 <= quote.span.start <= quote.inner.start <= quote.inner.end <= quote.span.end <= len(soup)


_CRUMBS = [*"aIs,.!? 6_\"\"\"'''“”‘’«»„‚「」`—-", "\n\n", " said he", "He ", "'' ", "``"]
_SOUP = st.lists(st.sampled_from(_CRUMBS), max_size=120).map("".join)


@given(_SOUP)
def test_quotations_of_any_soup_are_in_order(text: str) -> None:
    made = telling(text)
    around: list[Quote] = []
    found = find_quotes(made)
    assert list(found) == sorted(found, key=lambda q: (q.span.start, -q.span.end))
    for quote in found:
        assert quote.span.holds(quote.inner)
        assert quote.inner.length
        assert any(paragraph.span.holds(quote.span) for paragraph in made.layer("paragraphs"))
        while around and around[-1].span.end <= quote.span.start:
            around.pop()
        assert quote.depth == len(around)
        assert not around or around[-1].span.holds(quote.span)
        around.append(quote)


@given(st.lists(st.sampled_from(["Yes, Ada.", "I am here!", "No: not yet?", "Go on —"]), min_size=1, max_size=8))
def test_paired_marks_are_found_exactly(speeches: list[str]) -> None:
    text = "\n\n".join(f'"{speech}" said Ben. It rained.' for speech in speeches)
    assert said(text) == [f'"{speech}"' for speech in speeches]


def test_a_stray_mark_spoils_one_paragraph_only() -> None:
    clean = '"Come in," said Ada.\n\n"I will," said Ben.'
    assert said('A stray " mark stands here.\n\n' + clean) == said(clean)
    assert said('"A stray mark stands here.\n\nNothing was said.\n\n' + clean)[1:] == said(clean)


def test_baseline_pairs_double_marks() -> None:
    text = '"Yes," said Ada. “No.”\n\n"Never closed\n\n"Oh!"'
    assert [span.of(text) for span in paired_marks(text)] == ['"Yes,"', "“No.”", '"Oh!"']
