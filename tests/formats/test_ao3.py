from fabula.formats import ao3, epub
from tests.formats.samples import AO3, FANFICFARE, assert_sound, breaks, page, said, source
from tests.formats.samples import epub as packed


def read(text):
    telling = ao3.read(source(text, "work.html"))
    assert_sound(telling)
    return telling


def test_detection():
    assert ao3.detects(source(AO3, "a.html"))
    assert ao3.detects(source(FANFICFARE, "a"))
    assert not ao3.detects(source("<!DOCTYPE html><p>See archiveofourown.org for more.", "a.html"))
    assert not ao3.detects(source('archiveofourown.org id="preface"', "a.txt"))


def test_metadata_of_the_archive():
    metadata = read(AO3).metadata
    assert (metadata.title, metadata.author, metadata.language) == ("The Lamp on the Quay", "tidewater", "en")
    assert (metadata.format, metadata.encoding) == ("ao3", "utf-8")
    assert metadata.more == (
        ("rating", "General Audiences"),
        ("warning", "No Archive Warnings Apply"),
        ("fandom", "Harbour Songs (Podcast)"),
        ("relationship", "Ada Finch/Lou Marsh"),
        ("character", "Ada Finch, Lou Marsh"),
        ("tag", "Fog"),
        ("language", "English"),
        ("series", "Part 2 of Low Water"),
        ("stats", "Published: 2020-01-02 Words: 120 Chapters: 2/2"),
        ("summary", "A lamp is lit twice."),
        ("note", "Written for the winter fair.\nBe kind."),
        ("note", "More to come."),
        ("inspired by", "Fog Signals by brinewife"),
    )


def test_what_is_not_the_story_is_marked_and_kept():
    telling = read(AO3)
    assert said(telling, "summary") == [
        ("summary", "", "Summary\n\nA lamp is lit twice."),
        ("summary", "", "Chapter Summary\n\nAda waits."),
    ]
    assert said(telling, "note") == [
        (
            "note",
            "before",
            "Notes\n\nWritten for the winter fair.\n\nBe kind.\n\nSee the end of the work for more notes",
        ),
        ("note", "before", "Chapter Notes\n\nShort one."),
        ("note", "after", "Chapter End Notes\n\nThanks for reading."),
        ("note", "after", "End Notes\n\nMore to come."),
    ]
    preface, afterword = (words for _, _, words in said(telling, "preface"))
    assert preface.startswith("The Lamp on the Quay\nPosted originally")
    assert preface.endswith("by brinewife.")
    assert afterword.startswith("End Notes")
    assert said(telling, "heading") == [
        ("heading", "1", "The Lamp on the Quay"),
        ("heading", "2", "Chapter 1: Dusk"),
        ("heading", "2", "Chapter 2: Dawn"),
    ]


def test_the_story_itself():
    telling = read(AO3)
    story = telling.text[telling.text.index("“Is it lit?”") :]
    assert story.startswith(
        "“Is it lit?” Ada called.\n\nNotes\n\nlay on the desk.\n\nLater the fog came in.\n\nCome at nine"
    )
    assert ("quotation", "", "Come at nine. L.") in said(telling, "quotation")
    assert breaks(telling) == ["Later the fog came in."]
    assert (
        telling.source.place(telling.text.index("Later the fog")).line
        == AO3[: AO3.index("Later the fog")].count("\n") + 1
    )


def test_fanficfare_page():
    telling = read(FANFICFARE)
    metadata = telling.metadata
    assert (metadata.title, metadata.author) == ("Tide Table", "saltmarsh")
    assert dict(metadata.more)["series"] == "Low Water [3]"
    assert dict(metadata.more)["source"] == "https://example.org/s/7"
    assert dict(metadata.more)["summary"] == "The sea keeps its own hours."
    (preface,) = (words for _, _, words in said(telling, "preface"))
    assert preface.startswith("Tide Table by saltmarsh")
    assert preface.endswith("Table of Contents\n\n1. Ebb\n2. Flood")
    assert said(telling, "heading")[-2:] == [("heading", "2", "1. Ebb"), ("heading", "2", "2. Flood")]
    assert breaks(telling) == ["They walked on."]
    assert telling.text.endswith('"Warning: thin ice," said Lou.\n\nThey walked on.\n\n2. Flood\n\nThe water rose.')


def test_fanficfare_epub():
    title = page(
        '<h3><a href="u">Tide Table</a> by <a href="v">saltmarsh</a></h3><div><b>Category:</b> Harbour Songs<br/>\n'
        "<b>Status:</b> Completed<br/>\n<b>Words:</b> 40<br/>\n<b>Publisher:</b> example.org<br/>\n"
        f"<b>Summary:</b> {'The sea keeps its own hours. ' * 9}<br/></div>"
    )
    chapter = page('<h3 class="fff_chapter_title">1. Ebb</h3><p>They walked on.</p>')
    telling = epub.read(source(packed({"title_page.xhtml": title, "file0001.xhtml": chapter}), "a.epub"))
    assert_sound(telling)
    assert telling.metadata.title == "Tide Table"
    assert telling.metadata.format == "epub"
    assert ("category", "Harbour Songs") in telling.metadata.more
    (preface,) = (words for _, _, words in said(telling, "preface"))
    assert preface.startswith("Tide Table by")
    assert preface.endswith("own hours.")


def test_archive_epub():
    body = AO3[AO3.index("<body>") + 6 : AO3.index("</body>")].replace('class="userstuff"', 'class="userstuff2"')
    preface, rest = body.split('<div id="chapters"')
    css = ".toc-heading {display: none}"
    head = '<link rel="stylesheet" type="text/css" href="s.css"/>'
    pages = {"a.xhtml": page(preface, head), "b.xhtml": page('<div id="chapters"' + rest, head)}
    telling = epub.read(source(packed(pages, {"OEBPS/s.css": css}), "a.epub"))
    assert_sound(telling)
    assert telling.metadata.author == "tidewater"
    assert ("inspired by", "Fog Signals by brinewife") in telling.metadata.more
    assert [words for _, _, words in said(telling, "heading")][1:] == ["Chapter 1: Dusk", "Chapter 2: Dawn"]
    assert len(said(telling, "note")) == 4


def test_an_ordinary_page_is_left_alone():
    telling = read(
        "<h1>Ada</h1><p>Summary</p><blockquote>So it was.</blockquote><p>Rating: none.</p><p>Words: few</p>"
    )
    assert not said(telling, "summary", "note", "preface")
    assert telling.metadata.more == ()
