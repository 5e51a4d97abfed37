from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fabula.errors import InputError
from fabula.formats import html
from tests.formats.samples import assert_sound, breaks, said, source


def read(page, name="page.html"):
    telling = html.read(source(page, name))
    assert_sound(telling)
    return telling


def test_blocks_are_paragraphs_and_spaces_collapse():
    telling = read("<h1>One</h1><p>He   said\n<i>no</i>.<p>Next&nbsp;&amp; last<ul><li>first<li>second</ul>")
    assert telling.text == "One\n\nHe said no.\n\nNext & last\n\nfirst\n\nsecond"
    assert said(telling, "heading") == [("heading", "1", "One")]
    assert said(telling, "italic") == [("italic", "", "no")]


def test_what_is_not_shown_is_left_out():
    telling = read(
        "<style>.gone{display:none}</style><nav>menu</nav><script>var p = '<p>';</script><p>a</p>"
        "<p class=gone>b</p><p hidden>c</p><p style='display: none'>d</p><!-- e --><p>f<svg><text>g</text>"
        "</svg></p>"
        "<p><span class=pagenum>[Pg 7]</span>h</p>"
    )
    assert telling.text == "a\n\nf\n\nh"
    assert read("<body style='display:none'><div class=pagebreak><p>a</div>").text == "a"


def test_soft_hyphens_and_zero_width_characters_go():
    assert read("<p>twi&shy;light\u200b\ufeff zone</p>").text == "twilight zone"


def test_double_br_is_a_paragraph_and_single_br_a_line():
    telling = read("one<br>two<br><br>three<br/>\n<br/>four")
    assert telling.text == "one\ntwo\n\nthree\n\nfour"
    assert said(telling, "line") == [("line", "", "one"), ("line", "", "two")]
    assert len(said(telling, "paragraph")) == 3


def test_prose_with_single_brs_is_paragraphs():
    long = "word " * 40
    telling = read(f"{long}<br>He left.<br><i>{long}</i>")
    assert telling.text.count("\n\n") == 2
    assert not said(telling, "line")
    assert said(telling, "italic") == [("italic", "", long.strip())]


def test_rules_and_empty_paragraphs_break_scenes():
    telling = read("<p>a<hr><p>b<p>c<p>d<p>&nbsp;<p>e<p>f<p>g<div class='scene-break'></div><p>h</p><hr>")
    assert telling.text == "a\n\nb\n\nc\n\nd\n\ne\n\nf\n\ng\n\nh"
    assert breaks(telling) == ["b", "e", "h"]


def test_empty_paragraphs_everywhere_break_nothing():
    telling = read("<p>&nbsp;</p>".join(f"<p>{word}</p>" for word in "abcdefgh"))
    assert breaks(telling) == []
    doubled = "<p>&nbsp;</p>".join(f"<p>{word}</p>" for word in "abcdefgh").replace("<p>e", "<p><br></p><p>e")
    assert breaks(read(doubled)) == ["e"]
    assert breaks(read(doubled.replace("<p><br></p>", "<p>&nbsp;</p>"))) == ["e"]


def test_wide_margin_of_a_class_breaks_a_scene():
    telling = read(
        "<style>@media print { .x { margin-top: 9em } } p.gap, .wide { margin: 2em 0 0 0 } .x { margin-top: "
        "0 }</style>"
        "<h2>One</h2><p class=wide>a</p><p>b</p><p class=x>c</p><p class=gap>d</p><p>e</p>"
    )
    assert breaks(telling) == ["d"]


def test_a_break_element_with_words_is_marked_or_opens():
    telling = read(f"<p>a</p><p class=separator>~ o ~</p><p>b</p><p class=section-break>{'Next day ' * 9}</p>")
    assert ("break", "", "~ o ~") in said(telling, "break")
    assert breaks(telling)[1].startswith("Next day")


def test_breaks_beside_headings_are_none():
    assert breaks(read("<p>a</p><hr><h2>Two</h2><hr><p>b</p>")) == []


def test_italics_run_over_paragraphs_and_are_closed_in_each():
    telling = read("<p><i>one</p><p>two</i> three <em>a</em> <em>b</em></p>")
    assert said(telling, "italic") == [("italic", "", "one"), ("italic", "", "two"), ("italic", "", "a b")]


def test_styles_make_italics():
    telling = read(
        "<style>.c5{font-style:italic}</style><p>a <span class=c5>b</span> <span style='font-weight:700'>c</span>"
    )
    assert said(telling, "italic", "bold") == [("italic", "", "b"), ("bold", "", "c")]


def test_block_quotation_verse_and_notes():
    telling = read(
        "<blockquote><p>Dear A</p><p>Yours</p></blockquote>"
        "<div class=poem><div class=stanza><div>up</div><div>down</div></div><div class=stanza>"
        "<div>out</div></div></div>"
        "<p>word<a role=doc-noteref href=#n><sup>1</sup></a> on</p><aside epub:type=footnote id=n>"
        "<p>1 why</p></aside>"
    )
    assert telling.text == "Dear A\n\nYours\n\nup\ndown\n\nout\n\nword1 on\n\n1 why"
    assert said(telling, "quotation") == [("quotation", "", "Dear A\n\nYours")]
    assert said(telling, "footnote") == [("footnote", "reference", "1"), ("footnote", "", "1 why")]
    assert ("verse", "", "up\ndown\n\nout") in said(telling, "verse")


def test_tables_go_by_rows():
    assert read("<table><tr><td>a<td>b c<tr><td>d</table><p>e").text == "a\tb c\n\nd\n\ne"


def test_preformatted_text_keeps_its_lines():
    telling = read("<pre>one  two\n   <b>three</b> four\n\n\nfive</pre>")
    assert telling.text == "one  two\n   three four\n\nfive"
    assert not said(telling, "line")


def test_drop_capital_image_is_a_letter():
    assert read('<p><img alt="O" src="o.png">nce there</p><p><img src="map.png" alt="Map"></p>').text == "Once there"


def test_q_gets_its_marks():
    assert read("<p><q>Hello</q> she said").text == "“Hello” she said"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<meta charset=windows-1252><p>caf\xe9 \x93".encode("latin-1"), "cp1252"),
        ('<?xml version="1.0" encoding="iso-8859-1"?><html><p>caf\xe9 \x93'.encode("latin-1"), "cp1252"),
        ("<p>café “".encode("cp1252"), "cp1252"),
        ("<p>café “".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + "<p>café “".encode(), "utf-8"),
        (b"<!-- " + "é".encode() * 20 + b" --><p>caf\xe9 \x93", "utf-8"),
        (b"<meta charset=utf-8><!-- " + "é".encode() * 20 + b" --><p>caf\xe9 \x93", "utf-8"),
        (b"\xff\xfe" + "<p>café “".encode("utf-16-le"), "utf-16-le"),
        ("<html><p>café “".encode("utf-16-be"), "utf-16-be"),
        ("<meta charset='nonsense'><p>café “".encode(), "utf-8"),
        ("<meta http-equiv=Content-Type content='text/html; charset=utf-16'><p>café “".encode(), "utf-8"),
    ],
)
def test_encodings(data, encoding):
    telling = read(data)
    assert telling.text == "café “"
    assert telling.metadata.encoding == encoding


def test_metadata_of_the_head():
    telling = read('<html lang=en-GB><head><title>A &amp; B</title><meta name=Author content="C. D."></head><p>x')
    assert (telling.metadata.title, telling.metadata.author, telling.metadata.language) == ("A & B", "C. D.", "en-GB")
    assert read("<h1>First<br>Part</h1><p>x").metadata.title == "First Part"


def test_places_are_lines_and_columns():
    page = "<html>\r\n<p>One\r\n  two &mdash; <i>three</i>\r\nfour</p>"
    telling = read(page)
    assert telling.text == "One two — three four"
    for word, line, column in (
        ("One", 2, 4),
        ("two", 3, 3),
        ("— ", 3, 7),
        ("three", 3, 18),
        ("hree", 3, 19),
        ("four", 4, 1),
    ):
        place = telling.source.place(telling.text.index(word))
        assert (place.line, place.column) == (line, column), word


@pytest.mark.parametrize("page", ["", "<html></html>", "<script>x</script>", "<p>&nbsp;</p>", "<img src=a.png>"])
def test_a_page_without_words_is_refused(page):
    with pytest.raises(InputError, match="no words"):
        read(page)


@pytest.mark.parametrize(
    "page",
    [
        "<p>a < b and <3 you</p>",
        "<p class='x>a < b and <3 you</p>",
        "a < b and <3 you</b></p></div>",
        "<p>a < b <!-- > --> and <3 you<!-- never closed",
        "<p>a < b <![if x]> and <![endif]><3 you<p",
    ],
)
def test_broken_markup_keeps_words(page):
    assert "and <3 you" in " ".join(read(page + "\n" if page.endswith("<p") else page).text.split())


def test_deep_nesting_loses_nothing_and_ends():
    deep = "".join(f"<div><font>w{number} " for number in range(30_000))
    assert read(deep).text.split() == [f"w{number}" for number in range(30_000)]


@pytest.mark.parametrize("piece", ['<a b="', "<!--", "<![", "</a ", "<title>", "<p><i>", "<q", "{", "&a"])
def test_hostile_markup_takes_linear_time(piece):
    try:
        read(f"<p>a</p><style>{piece * 40_000}</style>{piece * 40_000}")
    except InputError:
        pytest.fail("the word before was lost")


def test_entities_made_of_entities_are_refused():
    with pytest.raises(InputError, match="entities"):
        read('<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><html><p>&b;</p></html>')


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        ("<!DOCTYPE html><p>x", "a.txt", True),
        ("\ufeff <!-- saved --> <HTML><p>x", "<stdin>", True),
        ('<?xml version="1.0"?>\n<html xmlns="x"/>', "a", True),
        ("<p>a</p><p>b</p>", "a.txt", True),
        ("<p>a", "a.htm", True),
        ("<div align=center><p>x</p><p>y</p></div>", "readme.md", False),
        ("He said <b>no</b> in <i>1</i>.", "a.txt", False),
        ("Once upon a time", "a.html", False),
        ('<?xml version="1.0"?><TEI/>', "a.xml", False),
    ],
)
def test_detection(data, name, expected):
    assert html.detects(source(data, name)) is expected


words = st.text("abcé’—", min_size=1, max_size=6)
inline = st.sampled_from(
    ["{}", "<i>{}</i>", "<b>{}", "<span class=x>{}</span>", "{}<br>", "<a href='#'>{}</a>", "&nbsp;{}"]
)
block = st.sampled_from(
    ["<p>{}", "<p>{}</p>", "<div>{}</div>", "<h2>{}</h2>", "<li>{}", "<blockquote>{}</blockquote>"]
)
block |= st.sampled_from(["<table><tr><td>{}<td></table>", "<pre>{}\n\n</pre>", "{}<hr>", "<p></p>{}", "{}<br><br>"])


@st.composite
def pages(draw):
    seen: list[str] = []
    out = []
    for _ in range(draw(st.integers(1, 8))):
        inside = []
        for word in draw(st.lists(words, min_size=1, max_size=5)):
            seen.append(word)
            inside.append(draw(inline).format(word))
        out.append(draw(block).format(" ".join(inside)))
    return "\n".join(out), seen


@given(pages())
def test_every_word_once_and_in_order(page):
    markup, seen = page
    assert read(markup).text.split() == seen


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    try:
        telling = html.read(source(text.encode("utf-8", "replace"), "x.html"))
    except InputError:
        return
    assert_sound(telling)


SOUP = ["<p>", "</p>", "<div>", "</div>", "<i>", "</i>", "<br>", "<pre>", "</pre>", "<td>", "<table>", "</table>"]
SOUP += ["<li>", "<h1>", "</h1>", "<q>", "<hr>", "<div class=stanza>", "<p class=separator>", "<style>p{", "&nbsp;"]


@example(["<pre>", "<p class=separator>", "<td>", "a"])
@given(st.lists(st.sampled_from([*SOUP, "<!--", "<![CDATA[", "a", " ", "\n"]), max_size=40))
def test_tag_soup_is_sound(pieces):
    with suppress(InputError):
        read("".join(pieces))
