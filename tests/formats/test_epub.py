import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.errors import InputError
from fabula.formats import epub
from tests.formats.samples import CONTAINER, assert_sound, breaks, opf, page, said, source, zipped
from tests.formats.samples import epub as packed

NCX = (
    '<?xml version="1.0"?>'
    '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx.dtd">'
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{}</navMap></ncx>'
)


def point(title, href):
    return f"<navPoint><navLabel><text>{title}</text></navLabel><content src='{href}'/></navPoint>"


def read(data, name="book.epub"):
    telling = epub.read(source(data, name))
    assert_sound(telling)
    return telling


def calibre_book():
    """An EPUB 2 as calibre converts it: all looks in classes, titles in the NCX alone, a chapter in two files."""
    css = (
        ".calibre1 {font-style: italic}\n.calibre2 {display: block; margin: 2.5em 0 0; text-indent: 0}\n"
        ".calibre3 {display: block; margin: 0; text-indent: 1.5em}"
    )
    head = '<link href="../stylesheet.css" rel="stylesheet" type="text/css"/>'
    chapter = (
        '<p class="calibre3"><span class="calibre4">The Ferry</span></p>'
        '<p class="calibre3">The ferry was late.</p>'
        '<p class="calibre3">“<span class="calibre1">Late</span>,” she said.</p>'
        '<p class="calibre3">Nobody spoke.</p><p class="calibre2">At noon it came.</p>'
    )
    names = ["text/title.html", "text/part0001 a.html", "text/part0001_split_001.html", "text/part0002.html"]
    texts = [
        page('<h1 class="x">Low Water</h1><p>Ann Author</p>', head),
        page(chapter, head),
        page('<p class="calibre3">It left again.</p>', head),
        page('<p class="calibre3">The quay was dark.</p>', head),
    ]
    entries = point("Title Page", "text/title.html") + point("The Ferry", "text/part0001%20a.html")
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER.format(opf="content.opf"),
        "content.opf": opf(
            {name.replace(" ", "%20"): "" for name in names},
            metadata='<dc:title>Low Water</dc:title><dc:creator opf:role="aut">Ann Author</dc:creator>'
            '<dc:creator opf:role="ill">Pen Cil</dc:creator><dc:language>en-GB</dc:language>'
            '<meta name="calibre:series" content="The Tides"/><meta name="calibre:series_index" content="2.0"/>'
            "<dc:description>&lt;p&gt;A ferry &lt;b&gt;waits&lt;/b&gt;.&lt;/p&gt;</dc:description>",
            manifest='<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
            '<item id="css" href="stylesheet.css" media-type="text/css"/>',
            toc="ncx",
            guide='<guide><reference type="title-page" href="text/title.html"/></guide>',
            version="2.0",
        ),
        "toc.ncx": NCX.format(entries + point("The Dark", "text/part0002.html")),
        "stylesheet.css": css,
        **dict(zip(names, texts, strict=True)),
    }
    return zipped(members)


def test_calibre_book_as_a_reader_expects():
    telling = read(calibre_book())
    assert telling.text == (
        "Low Water\n\nAnn Author\n\nThe Ferry\n\nThe ferry was late.\n\n“Late,” she said.\n\nNobody spoke.\n\n"
        "At noon it came.\n\nIt left again.\n\nThe Dark\n\nThe quay was dark."
    )
    assert said(telling, "heading") == [
        ("heading", "1", "Low Water"),
        ("heading", "2", "The Ferry"),
        ("heading", "2", "The Dark"),
    ]
    assert said(telling, "italic") == [("italic", "", "Late")]
    assert said(telling, "preface") == [("preface", "", "Low Water\n\nAnn Author")]
    assert breaks(telling) == ["At noon it came."]
    assert [value for _, value, _ in said(telling, "document")] == [
        "text/title.html",
        "text/part0001 a.html",
        "text/part0001_split_001.html",
        "text/part0002.html",
    ]


def test_calibre_metadata():
    metadata = read(calibre_book()).metadata
    assert (metadata.title, metadata.author, metadata.language) == ("Low Water", "Ann Author", "en-GB")
    assert metadata.more == (("series", "Part 2 of The Tides"), ("summary", "A ferry waits."))


def test_places_are_files_and_paragraphs():
    telling = read(calibre_book())
    for words, place in (
        ("“Late", "text/part0001 a.html, paragraph 3"),
        ("The Dark", "text/part0002.html, paragraph 1"),
        ("quay was", "text/part0002.html, paragraph 1"),
    ):
        assert str(telling.source.place(telling.text.index(words))) == place


def nav_book():
    """An EPUB 3 with a navigation document in its spine, footnotes, a note file apart, and a collection."""
    nav = page('<nav epub:type="toc"><ol><li><a href="one.xhtml">One</a></li></ol></nav>')
    one = page(
        '<section epub:type="chapter"><h1>One</h1><p>She waited.<a epub:type="noteref" href="#n1">1</a></p><hr/>'
        '<p epub:type="pagebreak" title="9">9</p><p>He came.</p></section>'
        '<aside epub:type="footnote" id="n1"><p>All night.</p></aside>'
    )
    notes = page('<section epub:type="endnotes"><h2>Notes</h2><p>Two.</p></section>')
    metadata = (
        '<dc:title id="s">A Tale</dc:title><meta refines="#s" property="title-type">subtitle</meta>'
        '<dc:title id="t">Nights</dc:title><meta refines="#t" property="title-type">main</meta>'
        '<dc:creator id="a">Ann</dc:creator><dc:creator id="b">Bo</dc:creator><dc:creator id="c">Tr</dc:creator>'
        '<meta refines="#c" property="role">trl</meta><dc:language>en</dc:language>'
        '<meta property="belongs-to-collection" id="k">Dark</meta>'
        '<meta refines="#k" property="group-position">3</meta>'
    )
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER.format(opf="OEBPS/p.opf"),
        "OEBPS/p.opf": opf(
            {"notes.xhtml": 'linear="no"', "one.xhtml": ""},
            metadata=metadata,
            manifest='<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
            '<item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/>',
            spine='<itemref idref="nav"/><itemref idref="gone"/><itemref idref="never"/>',
        ),
        "OEBPS/nav.xhtml": nav,
        "OEBPS/One.xhtml": one,
        "OEBPS/notes.xhtml": notes,
    }
    return zipped(members)


def test_nav_book_as_a_reader_expects():
    telling = read(nav_book())
    assert telling.text == "One\n\nShe waited.1\n\nHe came.\n\nAll night.\n\nNotes\n\nTwo."
    assert said(telling, "footnote") == [
        ("footnote", "reference", "1"),
        ("footnote", "", "All night."),
        ("footnote", "", "Notes\n\nTwo."),
    ]
    assert breaks(telling) == ["He came."]
    metadata = telling.metadata
    assert (metadata.title, metadata.author) == ("Nights", "Ann, Bo")
    assert metadata.more == (
        ("series", "Part 3 of Dark"),
        ("missing document", "OEBPS/gone.xhtml"),
        ("missing document", "never"),
    )


def test_titles_of_several_chapters_in_one_file():
    body = page("<p>I</p><p>The Fog</p><p>It came.</p><p>II</p><p>It went.</p><p>She said:</p><p>II</p>")
    ncx = NCX.format(point("I. The Fog", "a.xhtml#x") + point("II", "a.xhtml#y"))
    telling = read(
        packed(
            {"a.xhtml": body},
            {"OEBPS/t.ncx": ncx},
            manifest='<item id="n" href="t.ncx" media-type="application/x-dtbncx+xml"/>',
        )
    )
    assert [words for _, _, words in said(telling, "heading")] == ["I", "The Fog", "II"]


def test_unclosed_and_named_entities_are_read_like_any_page():
    telling = read(packed({"a.xhtml": page("<p>Caf&eacute;&nbsp;au lait<br>two<p>three <i>four</p>")}))
    assert telling.text == "Café au lait\ntwo\n\nthree four"


def test_self_closing_elements_end_at_once():
    telling = read(packed({"a.xhtml": page('<a id="p1"/><script src="x.js"/><p>a<i/>b</p><p/><p>c</p>')}))
    assert telling.text == "ab\n\nc"
    assert not said(telling, "italic")


def test_a_book_without_container_is_found_by_its_package():
    members = {"mimetype": "application/epub+zip", "x.opf": opf({"a.xhtml": ""}), "a.xhtml": page("<p>x</p>")}
    assert read(zipped(members)).text == "x"


@pytest.mark.parametrize("algorithm", ["http://www.w3.org/2001/04/xmlenc#aes256-cbc", ""])
def test_drm_is_refused(algorithm):
    with pytest.raises(InputError, match=r"book\.epub: OEBPS/a\.xhtml: this book is encrypted"):
        read(packed({"a.xhtml": page("<p>x")}, {"META-INF/encryption.xml": locked(algorithm, "OEBPS/a.xhtml")}))


@pytest.mark.parametrize("algorithm", ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"])
def test_hidden_fonts_are_fine(algorithm):
    lock = locked(algorithm, "OEBPS/font.otf")
    assert read(packed({"a.xhtml": page("<p>x")}, {"META-INF/encryption.xml": lock})).text == "x"


def locked(algorithm, member):
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:e="http://www.w3.org/2001/04/xmlenc#">'
        f'<e:EncryptedData><e:EncryptionMethod Algorithm="{algorithm}"/><e:CipherData>'
        f'<e:CipherReference URI="{member}"/>'
        "</e:CipherData></e:EncryptedData></encryption>"
    )


@pytest.mark.parametrize(
    ("members", "match"),
    [
        ({"META-INF/container.xml": CONTAINER.format(opf="gone.opf")}, "no package document"),
        ({"x.opf": opf({})}, "names no document"),
        ({"x.opf": opf({"gone.xhtml": ""})}, "names no document"),
        ({"x.opf": opf({"../../etc/passwd": ""})}, "names no document"),
        ({"x.opf": "not xml"}, "not sound XML"),
        ({"x.opf": opf({"a.xhtml": ""}), "a.xhtml": page("<img src='scan.jpg' alt='page 1'/>")}, "no words"),
    ],
)
def test_books_that_are_none(members, match):
    with pytest.raises(InputError, match=match):
        read(zipped({"mimetype": "application/epub+zip", **members}))


def test_detection():
    assert epub.detects(source(nav_book(), "a.zip"))
    assert epub.detects(source(zipped({"a": "x"}), "a.epub"))
    assert not epub.detects(source(zipped({"a": "x"}), "a.zip"))
    assert not epub.detects(source("Once upon a time", "a.epub"))


@given(st.lists(st.lists(st.text("abé’", min_size=1, max_size=5), min_size=1, max_size=4), min_size=1, max_size=4))
def test_every_word_once_and_in_order(chapters):
    pages = {f"c{at}.xhtml": page("".join(f"<p>{word}</p>" for word in words)) for at, words in enumerate(chapters)}
    telling = read(packed(pages))
    assert telling.text.split() == [word for words in chapters for word in words]
    assert len(telling.source.anchors) == sum(map(len, chapters))


def test_headings_named_by_class_alone():
    body = page('<p class="chapter-number">7</p><p class="chapter-title">Fog</p><p>It came.</p>')
    assert [words for _, _, words in said(read(packed({"a.xhtml": body})), "heading")] == ["7", "Fog"]


def test_elements_never_closed_do_no_harm():
    body = "".join(f"<div>w{number} " for number in range(20_000))
    assert len(read(packed({"a.xhtml": page(body)})).text.split()) == 20_000


def test_damaged_letters_spoil_no_others():
    body = page("<p>“Café,” “naïve” élan — “vis-à-vis” x</p>").encode().replace(b" x<", b" \xff<")
    telling = read(packed({"a.xhtml": body.replace(b' encoding="utf-8"', b"")}))
    assert telling.text == "“Café,” “naïve” élan — “vis-à-vis” ÿ"  # as the byte is read in plain text
