"""Tellings side by side: what the page says of each row, and that it loses no word."""

import base64
import hashlib
import html as stdlib_html
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from lxml import html as lxml_html

from fabula import api
from fabula.report import write_synopsis
from fabula.report.cells import Cells
from fabula.report.markup import safe
from fabula.report.minimap import Scale
from fabula.report.parallels import Marked, differences, facts, filters, marked
from fabula.spans import Span
from fabula.story import Alignment, Difference, Link, Mark, Metadata, Side, Story, WordChange, synopses
from fabula.tellings import word_changes
from tests.builders import telling
from tests.exports.test_alignment import STORY
from tests.story.test_synopsis import cases, synopsis_of
from tests.tellings.small import KEEPER, MARKET, OILMAN, read

THIRD = KEEPER.replace("an hour", "three hours")
NASTY = '</p><script>alert(1)</script> "quoted" & \x1b[31m\n\nSecond <b>line</b>.'


def aligned(*texts, told=(), pairs=False):
    """Align texts; `told` are words of the first, words of the second, verdict, subject and reason."""
    story = api.align_story(Story(tuple(read(text, f"t{at}") for at, text in enumerate(texts))), pairs=pairs)
    found = []
    for words_a, words_b, *rest in told:
        spans = [
            Span(text.index(words), text.index(words) + len(words))
            for words, text in zip((words_a, words_b), texts, strict=False)
        ]
        found.append(Difference(*spans, *rest, 0.8))
    first, *others = story.alignments
    return replace(story, alignments=(replace(first, differences=tuple(found)), *others))


CONTRADICTED = aligned(
    KEEPER,
    OILMAN,
    told=[
        ("his coat", "my coat", "perception", "attribute", "Joss wears it."),
        ("an hour", "two hours", "contradiction", "time", "The brig passed once."),
    ],
)


def page(story):
    out = io.StringIO()
    write_synopsis(story, out)
    return out.getvalue()


def parsed(story):
    return lxml_html.document_fromstring(page(story))


def known(story):
    (found,) = synopses(story.tellings, story.alignments)
    told = differences(found)
    return found, facts(found, story.tellings, told), told


def letters(text):
    """Return what a text is made of, white space left out, in no order."""
    return sorted("".join(safe_text(text).split()))


def safe_text(text):
    return stdlib_html.unescape(safe(text))


def column(document, number):
    """Return what one column of the first sheet is made of; what is said of its words left out."""
    lines = document.get_element_by_id("lines0")
    for said in lines.xpath(".//*[@class='moved' or @class='away' or @class='gap']"):
        said.drop_tree()
    cells = lines.xpath(f".//div[@data-y]/div[{number + 1}]")
    return letters("".join(cell.text_content() for cell in cells))


STORIES = {
    "two": aligned(KEEPER, OILMAN),
    "three": aligned(KEEPER, OILMAN, THIRD),
    "contradicted": CONTRADICTED,
    "moved": STORY,
    "unrelated": aligned(KEEPER, MARKET),
    "hostile": aligned(NASTY, NASTY.replace("Second", "Third")),
    "empty": aligned("", KEEPER),
    "both empty": aligned("", ""),
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_every_word_of_every_telling_is_in_its_column(story):
    document = parsed(story)
    for number, made in enumerate(story.tellings):
        assert column(document, number) == letters(made.text)


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_ids_are_unique_and_every_link_leads_somewhere(story):
    document = parsed(story)
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = [link[1:] for link in document.xpath("//a/@href")]
    assert set(links) | set(document.xpath("//@aria-labelledby")) <= set(ids)


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_nothing_is_fetched_and_only_its_own_style_and_script_run(story):
    document = parsed(story)
    assert document.xpath("//@src | //@style | //@onclick | //@onerror | //img | //iframe") == []
    assert {link for link in document.xpath("//@href") if not link.startswith("#")} == {"data:,"}
    assert not re.search(r"@import|url\(", page(story).split("</style>", maxsplit=1)[0])
    policy = document.xpath("//meta[@http-equiv]/@content")[0]
    assert policy.startswith("default-src 'none'")
    (style,), (script,) = document.xpath("//style"), document.xpath("//script")
    for own in (style.text, script.text):
        assert base64.b64encode(hashlib.sha256(own.encode()).digest()).decode() in policy


def test_the_same_story_gives_the_same_page():
    assert page(CONTRADICTED) == page(CONTRADICTED)


def test_a_row_goes_by_how_it_agrees():
    _, rows, _ = known(CONTRADICTED)
    assert [row.traits for row in rows] == [
        ("event",),
        ("same",),
        ("wording",),
        ("wording", "contradiction"),
        ("wording", "perception"),
        ("same",),
        ("single",),
        ("single",),
    ]
    counted = {each.key: each.rows for each in filters(rows, 2)}
    assert counted == {
        "same": 2,
        "wording": 3,
        "punctuation": 0,
        "event": 1,
        "single": 2,
        "moved": 0,
        "contradiction": 1,
        "perception": 1,
    }


def test_a_row_that_has_moved_knows_where():
    _, rows, _ = known(STORY)
    assert [row.traits for row in rows if row] == [("single",), ("wording", "moved"), ("single",)]
    assert rows.count(None) == 1


def test_of_three_tellings_some_may_lack_a_row():
    _, rows, _ = known(aligned(KEEPER, OILMAN, THIRD))
    assert [row.traits for row in rows if "lacking" in row.traits] == [("same", "lacking")]
    assert "lacking" in [each.key for each in filters(rows, 3)]


def test_words_that_differ_are_marked_with_their_counterparts():
    found, rows, _ = known(CONTRADICTED)
    marks = marked(found.entries[3], rows[3].told, [each.text for each in CONTRADICTED.tellings])
    a, b = ([(mark.kind, mark.partner) for mark in marks[side]] for side in (0, 1))
    assert a == b == [("wording", "1.0"), ("contradiction", "d1")]


def test_words_that_only_one_side_has_are_marked_so():
    change = [WordChange(Span(0, 2), None, "missing"), WordChange(None, Span(4, 6), "added")]
    link = Link((Span(0, 2),), (Span(4, 6),), "wording", changes=tuple(change))
    tellings = [telling("Oh", name="a"), telling("Oh, no", name="b")]
    sides = [Side(at, made.name, (made.whole,)) for at, made in enumerate(tellings)]
    (found,) = synopses(tellings, [Alignment(*sides, (link,), (), (Span(0, 3),))])
    row = next(entry for entry in found.entries if any(entry.links))
    assert marked(row, (), [each.text for each in tellings]) == {
        0: [Marked(Span(0, 2), "only", "1.0")],
        1: [Marked(Span(4, 6), "only", "1.1")],
    }


def test_links_that_share_a_line_differ_in_what_neither_has():
    texts = ["She laughed and he wept. End.", "She laughed. And then he wept. End."]
    tellings = [telling(text, name=f"t{at}") for at, text in enumerate(texts)]
    a, first, second = Span(0, 24), Span(0, 12), Span(13, 30)
    links = [
        Link((a,), (span,), "wording", changes=word_changes(texts[0], [a], texts[1], [span]))
        for span in (first, second)
    ]
    sides = [Side(at, made.name, (made.whole,)) for at, made in enumerate(tellings)]
    only = [tuple(Span(text.index("End"), len(text)) for text in texts[at : at + 1]) for at in (0, 1)]
    (found,) = synopses(tellings, [Alignment(*sides, tuple(links), *only)])
    marks = marked(found.entries[0], (), texts)
    assert [mark.span.of(texts[1]) for mark in marks[1] if mark.kind == "only"] == ["then"]
    assert not [mark for mark in marks.get(0, ()) if mark.kind == "only"]


def test_contradictions_come_first_with_both_passages_and_the_reason():
    document = parsed(CONTRADICTED)
    first, second = document.xpath("//section[@class='verdicts']//li")
    assert [mark.text for mark in first.xpath(".//mark")] == ["an hour", "two hours"]
    assert "The brig from Arden passed an hour ago without a light." in first.text_content()
    assert first.xpath(".//*[@class='reason']")[0].text == "The brig passed once."
    assert second.xpath("p/b")[0].text == "Seen otherwise"
    row = document.get_element_by_id(first.xpath(".//a/@href")[0][1:])
    assert "contradiction" in row.get("data-k").split()
    assert row.xpath(".//q/text()") == ["an hour", "two hours"]


def test_what_has_moved_and_its_place_lead_to_each_other():
    document = parsed(STORY)
    (there,), (back,) = document.xpath("//*[@class='moved']/a"), document.xpath("//*[@class='away']/a")
    assert document.get_element_by_id(there.get("href")[1:]).xpath(".//*[@class='away']/a") == [back]
    assert document.get_element_by_id(back.get("href")[1:]).xpath(".//*[@class='moved']/a") == [there]
    assert "We'll go." in back.text_content()


def test_the_table_counts_the_rows_that_the_filters_count():
    document = parsed(STORIES["three"])
    table = [
        [cell.text_content() for cell in row.xpath(".//td[@class='num']")] for row in document.xpath("//tbody/tr")
    ]
    assert table == [["2", "3", "–", "1", "–", "1", "1"], ["6", "1", "–", "–", "–", "–", "–"]]


def test_it_is_said_where_nothing_is_claimed():
    assert "Nothing is claimed of t1" in parsed(STORIES["unrelated"]).text_content()


def test_every_base_has_a_sheet_of_its_own():
    document = parsed(aligned(KEEPER, OILMAN, THIRD, pairs=True))
    heads = [[cell.text_content() for cell in head] for head in document.xpath("//*[@class='heads row']")]
    assert heads == [["t0", "t1", "t2"], ["t1", "t2"]]


def test_parts_of_one_text_go_by_the_parts_names():
    both = read(f"[Marta's Point Of View]\n\n{KEEPER}\n\n* * *\n\n[Joss's Point Of View]\n\n{OILMAN}")
    document = parsed(api.align_story(Story((both,))))
    assert [cell.text_content() for cell in document.xpath("//*[@class='heads row']/*")] == ["Marta", "Joss"]


def test_halves_of_one_text_are_parts_of_it():
    said = [f'"Then we shall take the {thing} to Arden before dark."' for thing in "oil can rope lamp net".split()]
    both = read("\n\n".join(["The tide was low.", *said, "* * *", "I had not slept.", *said]), "log")
    document = parsed(api.align_story(Story((both,))))
    assert document.xpath("//h1/text()") == ["log"]
    assert [cell.text_content() for cell in document.xpath("//*[@class='heads row']/*")] == ["Part 1", "Part 2"]


def test_each_language_is_said_where_it_stands():
    words = {"en": "Rain.", "fr": "Pluie."}
    tellings = [telling(text, name=tag, metadata=Metadata(language=tag)) for tag, text in words.items()]
    sides = [Side(at, made.name, (made.whole,)) for at, made in enumerate(tellings)]
    link = Link((tellings[0].whole,), (tellings[1].whole,), "event")
    document = parsed(Story(tuple(tellings), (Alignment(*sides, (link,), (), ()),)))
    assert document.get_element_by_id("lines0").get("lang") == "en"
    assert document.xpath("//div[starts-with(@class, 'cell s-')]/@lang") == ["fr"]


def test_italics_and_marks_cross_without_breaking():
    made = replace(telling("One two three."), marks=(Mark(4, 14, "italic"),))
    shown = Cells(made).write([made.whole], [Marked(Span(0, 7), "wording", "1.0")])
    assert shown == (
        '<p class="prose i" dir="auto"><mark class="w b" data-c="1.0">One <i>two</i></mark><i> three.</i></p>'
    )


def test_words_that_are_marked_twice_show_the_graver():
    made = telling("One two.")
    marks = [Marked(Span(0, 7), "wording", "1.0"), Marked(Span(4, 7), "contradiction", "d1")]
    shown = Cells(made).write([made.whole], marks)
    assert re.findall(r'class="(\w b?)" data-c="([^"]+)"', shown) == [("w b", "1.0"), ("x b", "1.0 d1")]


def test_a_passage_is_quoted_in_its_paragraph():
    made = telling("Before.\n\nThe quick brown fox jumps over the dog.\n\nAfter.")
    at = made.text.index("fox")
    assert Cells(made).around(Span(at, at + 3), 12) == ("… brown ", "fox", " jumps over …")
    assert Cells(made).around(Span(at, at + 3), 99) == ("The quick brown ", "fox", " jumps over the dog.")


def test_the_map_counts_the_words_of_the_parts_alone():
    scale = Scale(Side(0, "a", (Span(100, 200), Span(300, 400))))
    assert [scale.at(offset) for offset in (100, 150, 200, 300, 400)] == [0, 250, 500, 500, 1000]


@settings(max_examples=25)
@given(cases())
def test_any_links_give_a_page(case):
    tellings, (found,) = synopsis_of(case[0], *case[1])
    made = tuple(telling(each.text, name=f"t{at}") for at, each in enumerate(tellings))
    document = parsed(Story(made, found.alignments))
    for number, each in enumerate(made):
        assert column(document, number) == letters(each.text)
