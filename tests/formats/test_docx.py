import io

import docx as word
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st

from fabula.errors import InputError
from fabula.formats import docx
from tests.formats.samples import assert_sound, breaks, said, source, zipped

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(data, name="draft.docx"):
    telling = docx.read(source(data, name))
    assert_sound(telling)
    return telling


def raw(body, **parts):
    """A document whose body is written by hand; further parts by their names."""
    members = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    members.update({f"word/{name}.xml": text for name, text in parts.items()})
    return read(zipped({"[Content_Types].xml": "<Types/>", **members}))


def novel():
    """A draft as Word saves it."""
    document = word.Document()
    document.core_properties.author = "Ann Author"
    document.core_properties.title = ""
    document.core_properties.language = "en-GB"
    document.core_properties.keywords = "fog"
    document.add_paragraph("Low Water", style="Title")
    document.add_heading("Chapter One", 1)
    paragraph = document.add_paragraph("She said ")
    paragraph.add_run("never").italic = True
    paragraph.add_run(" ").italic = True
    paragraph.add_run("again").italic = True
    paragraph.add_run(", ")
    paragraph.add_run("loudly").bold = True
    paragraph.add_run(".")
    document.add_paragraph("Second.")
    document.add_paragraph("")
    document.add_paragraph("After a gap.")
    document.add_paragraph("Up the hill").runs[0].add_break()
    document.paragraphs[-1].add_run("and down")
    document.add_paragraph("Meet me at nine.", style="Intense Quote")
    document.add_paragraph("Third.").paragraph_format.space_before = Pt(30)
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Fourth.")
    table = document.add_table(2, 2)
    for cell, text in zip(table.rows[0].cells + table.rows[1].cells, "abcd", strict=True):
        cell.text = text
    document.add_heading("Chapter Two", 1)
    document.add_paragraph("Last.", style="List Bullet")
    return saved(document)


def test_draft_as_a_reader_expects():
    telling = read(novel())
    assert telling.text == (
        "Low Water\n\nChapter One\n\nShe said never again, loudly.\n\nSecond.\n\nAfter a gap.\n\n"
        "Up the hill\nand down\n\n"
        "Meet me at nine.\n\nThird.\n\nFourth.\n\na\tb\n\nc\td\n\nChapter Two\n\nLast."
    )
    assert said(telling, "heading") == [("heading", "1", "Chapter One"), ("heading", "1", "Chapter Two")]
    assert said(telling, "italic", "bold")[:2] == [("italic", "", "never again"), ("bold", "", "loudly")]
    assert said(telling, "preface") == [("preface", "", "Low Water")]
    assert said(telling, "quotation") == [("quotation", "", "Meet me at nine.")]
    assert said(telling, "line") == [("line", "", "Up the hill"), ("line", "", "and down")]
    assert breaks(telling) == ["After a gap.", "Third.", "Fourth."]


def test_properties():
    metadata = read(novel()).metadata
    assert (metadata.title, metadata.author, metadata.language) == ("Low Water", "Ann Author", "en-GB")
    assert ("tag", "fog") in metadata.more
    assert metadata.format == "docx"


def test_places_are_paragraphs():
    telling = read(novel())
    assert str(telling.source.place(telling.text.index("Second"))) == "draft.docx, paragraph 4"


def test_deletions_go_and_insertions_stay():
    document = word.Document()
    paragraph = document.add_paragraph("He ")
    for xml in (
        '<w:del {} w:id="1" w:author="x"><w:r><w:delText>ran</w:delText></w:r></w:del>',
        '<w:ins {} w:id="2" w:author="x"><w:r><w:t>walked</w:t></w:r></w:ins>',
        "<w:moveFrom {}><w:r><w:t>gone</w:t></w:r></w:moveFrom>",
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))
    paragraph.add_run(" home.")
    assert read(saved(document)).text == "He walked home."


def test_notes_follow_their_paragraph():
    telling = raw(
        '<w:p><w:r><w:t>She left.</w:t><w:footnoteReference w:id="2"/></w:r></w:p><w:p><w:r><w:t>Next.</w:t>'
        "</w:r></w:p>",
        footnotes=f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>In May.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>",
    )
    assert telling.text == "She left.\n\nIn May.\n\nNext."
    assert said(telling, "footnote") == [("footnote", "", "In May.")]


def test_styles_are_built_on_each_other():
    styles = (
        f'<w:styles {W}><w:style w:styleId="A"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/>'
        f"</w:pPr></w:style>"
        '<w:style w:styleId="B"><w:name w:val="My Heading"/><w:basedOn w:val="A"/></w:style>'
        '<w:style w:styleId="T"><w:name w:val="Thought"/><w:basedOn w:val="T"/><w:rPr><w:i/></w:rPr>'
        "</w:style></w:styles>"
    )
    telling = raw(
        '<w:p><w:pPr><w:pStyle w:val="B"/></w:pPr><w:r><w:t>Dusk</w:t></w:r></w:p>'
        '<w:p><w:r><w:rPr><w:rStyle w:val="T"/></w:rPr><w:t>Why?</w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="T"/><w:i w:val="0"/></w:rPr><w:t> No.</w:t></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>",
        styles=styles,
    )
    assert telling.text == "Dusk\n\nWhy? No."
    assert said(telling, "heading", "italic") == [("heading", "2", "Dusk"), ("italic", "", "Why?")]


def test_text_boxes_links_fields_and_rules():
    telling = raw(
        "<w:p><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText>"
        "<w:tab/></w:r>"
        "<w:r><w:t>on</w:t><x:AlternateContent xmlns:x='mc'><x:Choice><w:txbxContent><w:p><w:r>"
        "<w:t>boxed</w:t></w:r></w:p>"
        "</w:txbxContent></x:Choice><x:Fallback><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p>"
        "</w:txbxContent>"
        "</x:Fallback></x:AlternateContent></w:r></w:p><w:p><w:pPr><w:pBdr/></w:pPr></w:p><w:p><w:r>"
        "<w:t>end</w:t></w:r></w:p>"
    )
    assert telling.text == "link on\n\nboxed\n\nend"
    assert breaks(telling) == ["end"]


@pytest.mark.parametrize(
    ("members", "match"),
    [
        ({"word/document.xml": "<document/>"}, "no body"),
        ({"word/document.xml": "<document><body>"}, "not sound XML"),
        ({"word/document.xml": "<document><body/></document>"}, "no words"),
        ({"word/other.xml": "<x/>"}, "missing"),
    ],
)
def test_documents_that_are_none(members, match):
    with pytest.raises(InputError, match=match):
        read(zipped(members))


def test_detection():
    assert docx.detects(source(novel(), "a.bin"))
    assert not docx.detects(source(zipped({"a": "word"}), "a.docx"))
    assert not docx.detects(source("word/document.xml", "a.docx"))


@given(st.lists(st.lists(st.text("abé’", min_size=1, max_size=5), max_size=4), min_size=1, max_size=6))
def test_every_word_once_and_in_order(paragraphs):
    runs = ("".join(f"<w:r><w:t>{word} </w:t></w:r>" for word in words) for words in paragraphs)
    body = "".join(f"<w:p>{run}</w:p>" for run in runs)
    seen = [word for words in paragraphs for word in words]
    if seen:
        assert raw(body).text.split() == seen


def test_title_style_for_every_chapter_is_a_heading():
    document = word.Document()
    for name in ("One", "Two"):
        document.add_paragraph(name, style="Title")
        document.add_paragraph("Words.")
    telling = read(saved(document))
    assert said(telling, "heading", "preface") == [("heading", "1", "One"), ("heading", "1", "Two")]
    assert telling.metadata.title == ""
