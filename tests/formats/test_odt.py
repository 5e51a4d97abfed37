import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.errors import InputError
from fabula.formats import odt
from tests.formats.samples import assert_sound, breaks, said, source, zipped

TYPE = "application/vnd.oasis.opendocument.text"
SPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "draw")
) + (
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
)


def packed(body, *, automatic="", styles="", meta="", **members):
    return zipped(
        {
            "mimetype": TYPE,
            "content.xml": f"<office:document-content{SPACES}>"
            f"<office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles{SPACES}><office:styles>{styles}</office:styles>"
            f"</office:document-styles>",
            "meta.xml": f"<office:document-meta{SPACES}><office:meta>{meta}</office:meta></office:document-meta>",
            **members,
        }
    )


def read(data, name="draft.odt"):
    telling = odt.read(source(data, name))
    assert_sound(telling)
    return telling


def novel():
    """A draft as LibreOffice saves it."""
    automatic = (
        '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/>'
        "</style:style>"
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>'
        '<style:style style:name="P2" style:family="paragraph">'
        '<style:paragraph-properties fo:margin-top="0.5in"/></style:style>'
        '<style:style style:name="P3" style:family="paragraph">'
        '<style:paragraph-properties fo:break-before="page"/></style:style>'
    )
    styles = (
        '<style:style style:name="Quotations" style:family="paragraph"/><style:style style:name="Title"/>'
        '<style:style style:name="Emphasis"><style:text-properties fo:font-style="italic"/></style:style>'
        '<style:style style:name="Horizontal_20_Line" style:display-name="Horizontal Line"/>'
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>never said</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:p text:style-name="Title">Low Water</text:p>'
        '<text:h text:outline-level="2">Chapter<text:s/>One</text:h>'
        '<text:p>She said <text:span text:style-name="T1">never</text:span> <text:span '
        'text:style-name="Emphasis">again'
        '</text:span><text:change-start text:change-id="a"/>, twice<text:change-end '
        'text:change-id="a"/>.<text:note>'
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>In May.</text:p></text:note-body>"
        "</text:note></text:p>"
        "<text:p>Second.<office:annotation><dc:creator>x</dc:creator><text:p>cut this?</text:p>"
        "</office:annotation></text:p>"
        '<text:p text:style-name="Horizontal_20_Line"/>'
        "<text:p>Up<text:tab/>the   hill<text:line-break/>and down</text:p>"
        '<text:p text:style-name="P1">Meet me at nine.</text:p>'
        '<text:p text:style-name="P2">Third.</text:p><text:p text:style-name="P3">Fourth.</text:p>'
        "<text:list><text:list-item><text:p>one</text:p></text:list-item><text:list-item>"
        "<text:p>two</text:p></text:list-item>"
        "</text:list><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    meta = (
        "<meta:initial-creator>Ann Author</meta:initial-creator><dc:creator>Ed Itor</dc:creator>"
        "<dc:language>en-GB</dc:language><dc:description>A ferry waits.</dc:description>"
        "<meta:keyword>fog</meta:keyword>"
    )
    return packed(body, automatic=automatic, styles=styles, meta=meta)


def test_draft_as_a_reader_expects():
    telling = read(novel())
    assert telling.text == (
        "Low Water\n\nChapter One\n\nShe said never again, twice.\n\nIn May.\n\nSecond.\n\n"
        "Up the hill\nand down\n\n"
        "Meet me at nine.\n\nThird.\n\nFourth.\n\none\n\ntwo\n\na\tb"
    )
    assert said(telling, "heading") == [("heading", "2", "Chapter One")]
    assert said(telling, "italic") == [("italic", "", "never again")]
    assert said(telling, "footnote") == [("footnote", "", "In May.")]
    assert said(telling, "quotation") == [("quotation", "", "Meet me at nine.")]
    assert said(telling, "preface") == [("preface", "", "Low Water")]
    assert said(telling, "line") == [("line", "", "Up the hill"), ("line", "", "and down")]
    assert breaks(telling) == ["Up the hill", "Third.", "Fourth."]
    assert str(telling.source.place(telling.text.index("Second"))) == "draft.odt, paragraph 5"


def test_what_it_says_of_itself():
    metadata = read(novel()).metadata
    assert (metadata.title, metadata.author, metadata.language) == ("Low Water", "Ann Author", "en-GB")
    assert metadata.more == (("summary", "A ferry waits."), ("tag", "fog"))
    assert metadata.format == "odt"


def test_frames_sections_and_hidden_words():
    hidden = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    telling = read(
        packed(
            '<text:section><text:p>a<text:span text:style-name="H">b</text:span><draw:frame><draw:text-box>'
            "<text:p>boxed</text:p>"
            "</draw:text-box></draw:frame></text:p></text:section><text:section text:display='none'>"
            "<text:p>c</text:p></text:section>",
            automatic=hidden,
        )
    )
    assert telling.text == "a\n\nboxed"


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (packed(""), "no words"),
        (zipped({"mimetype": TYPE}), "missing"),
        (zipped({"mimetype": TYPE, "content.xml": "<x/>"}), "no text"),
        (zipped({"mimetype": TYPE, "content.xml": "<x>"}), "not sound XML"),
        (packed("<text:p>x</text:p>", **{"META-INF/manifest.xml": "<m><f><encryption-data/></f></m>"}), "password"),
    ],
)
def test_documents_that_are_none(data, match):
    with pytest.raises(InputError, match=match):
        read(data)


def test_detection():
    assert odt.detects(source(novel(), "a.zip"))
    assert not odt.detects(source(zipped({"mimetype": "application/epub+zip"}), "a.odt"))
    assert not odt.detects(source("plain", "a.odt"))


@given(st.lists(st.lists(st.text("abé’", min_size=1, max_size=5), max_size=4), min_size=1, max_size=6))
def test_every_word_once_and_in_order(paragraphs):
    body = "".join(
        f"<text:p>{' '.join(f'<text:span>{word}</text:span>' for word in words)}</text:p>" for words in paragraphs
    )
    seen = [word for words in paragraphs for word in words]
    if seen:
        assert read(packed(body)).text.split() == seen


def test_a_document_whose_type_was_packed_is_known_by_its_name() -> None:
    data = zipped({"Mimetype": "x", "content.xml": "<d><body><text><p>It rained.</p></text></body></d>"})
    document = source(data.replace(b"Mimetype", b"mimetype"), "a.odt")
    assert odt.detects(document)
    assert odt.read(document).text == "It rained."
