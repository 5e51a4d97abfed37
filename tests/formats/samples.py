"""Small books made by hand: archives packed in memory, pages as the usual programs write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from fabula.formats.source import Source
from fabula.story import Mark, Telling

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="{opf}" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Pack members into a zip, `mimetype` unpacked as the standards ask."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), data, kind)
    return out.getvalue()


def page(body: str, head: str = "") -> str:
    """Return an XHTML page."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/>{head}</head><body>{body}</body></html>'
    )


def opf(
    pages: Mapping[str, str],
    *,
    metadata: str = "<dc:title>Small Book</dc:title><dc:creator>A. Writer</dc:creator><dc:language>en</dc:language>",
    manifest: str = "",
    spine: str = "",
    toc: str = "",
    guide: str = "",
    version: str = "3.0",
) -> str:
    """Return a package document; `pages` gives attributes of the itemref by href."""
    items = "".join(
        f'<item id="i{at}" href="{href}" media-type="application/xhtml+xml"/>' for at, href in enumerate(pages)
    )
    refs = "".join(f'<itemref idref="i{at}" {attributes}/>' for at, attributes in enumerate(pages.values()))
    return (
        f'<?xml version="1.0"?><package version="{version}" xmlns="http://www.idpf.org/2007/opf" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f"<metadata>{metadata}</metadata><manifest>{items}{manifest}</manifest>"
        f"<spine {f'toc={chr(34)}{toc}{chr(34)}' if toc else ''}>{refs}{spine}</spine>{guide}</package>"
    )


def epub(pages: Mapping[str, str], others: Mapping[str, str | bytes] | None = None, **package: str) -> bytes:
    """Pack an EPUB; `pages` gives the document by its name."""
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER.format(opf="OEBPS/content.opf"),
        "OEBPS/content.opf": opf(dict.fromkeys(pages, ""), **package),
    }
    members.update({f"OEBPS/{name}": text for name, text in pages.items()})
    members.update(others or {})
    return zipped(members)


def source(data: bytes | str, name: str) -> Source:
    """Return a source of these bytes."""
    return Source(name, data.encode() if isinstance(data, str) else data)


def said(telling: Telling, *kinds: str) -> list[tuple[str, str, str]]:
    """Return kind, value and words of the marks of some kinds."""
    return [(m.kind, m.value, m.span.of(telling.text)) for m in telling.marks if m.kind in kinds]


def assert_sound(telling: Telling) -> None:
    """Check what holds for every telling: marks in order and inside, anchors in order, blocks not run together."""
    assert all(0 <= m.start <= m.end <= len(telling.text) for m in telling.marks)
    assert list(telling.marks) == sorted(telling.marks, key=lambda m: (m.start, -m.end))
    offsets = [anchor.offset for anchor in telling.source.anchors]
    assert offsets == sorted(offsets)
    assert offsets[0] == 0
    assert "\n\n\n" not in telling.text
    for mark in telling.marks:
        words = mark.span.of(telling.text)
        assert words == words.strip() or mark.kind in ("line", "paragraph"), (mark, words)


def breaks(telling: Telling) -> list[str]:
    """Return the first words after each scene break."""
    found: list[Mark] = [mark for mark in telling.marks if mark.kind == "break"]
    return [telling.text[mark.start :].split("\n")[0] for mark in found]


AO3 = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>
  <title>The Lamp on the Quay - tidewater - Harbour Songs (Podcast) [Archive of Our Own]</title>
  <style type="text/css">
    .toc-heading { display: none; }
    .meta dl.tags { border: 1px solid; padding: 1em; }
  </style>
</head>
<body>
<div id="preface">
  <h2 class="toc-heading">Preface</h2>
  <p class="message">
    <b>The Lamp on the Quay</b><br/>
    Posted originally on the <a href="http://archiveofourown.org/">Archive of Our Own</a> at
    <a href="http://archiveofourown.org/works/1">http://archiveofourown.org/works/1</a>.
  </p>
  <div class="meta">
    <dl class="tags">
      <dt>Rating:</dt>
      <dd><a href="#">General Audiences</a></dd>
      <dt>Archive Warnings:</dt>
      <dd><a href="#">No Archive Warnings Apply</a></dd>
      <dt>Fandom:</dt>
      <dd><a href="#">Harbour Songs (Podcast)</a></dd>
      <dt>Relationship:</dt>
      <dd><a href="#">Ada Finch/Lou Marsh</a></dd>
      <dt>Characters:</dt>
      <dd><a href="#">Ada Finch</a>, <a href="#">Lou Marsh</a></dd>
      <dt>Additional Tags:</dt>
      <dd><a href="#">Fog</a></dd>
      <dt>Language:</dt>
      <dd>English</dd>
      <dt>Series:</dt>
      <dd>Part 2 of <a href="#">Low Water</a></dd>
      <dt>Stats:</dt>
      <dd>Published: 2020-01-02 Words: 120 Chapters: 2/2</dd>
    </dl>
    <h1>The Lamp on the Quay</h1>
    <div class="byline">by <a rel="author" href="#">tidewater</a></div>
    <p>Summary</p>
    <blockquote class="userstuff"><p>A lamp is lit twice.</p></blockquote>
    <p>Notes</p>
    <blockquote class="userstuff"><p>Written for the winter fair.</p><p>Be kind.</p></blockquote>
    <div class="endnote-link">See the end of the work for more <a href="#endnotes">notes</a></div>
    <ul>
      <li>Inspired by <a href="#">Fog Signals</a> by <a href="#">brinewife</a>.</li>
    </ul>
  </div>
</div>
<div id="chapters" class="userstuff">
  <div class="meta group">
    <h2 class="heading">Chapter 1: Dusk</h2>
    <p>Chapter Summary</p>
    <blockquote class="userstuff"><p>Ada waits.</p></blockquote>
    <p>Chapter Notes</p>
    <blockquote class="userstuff"><p>Short one.</p></blockquote>
  </div>
  <!--chapter content-->
  <div class="userstuff">
    <p>&ldquo;Is it lit?&rdquo; Ada called.</p>
    <p>Notes</p>
    <p>lay on the <em>desk</em>.</p>
    <hr/>
    <p>Later the fog came in.</p>
    <blockquote><p>Come at nine. L.</p></blockquote>
  </div>
  <!--/chapter content-->
  <div class="meta" id="endnotes1">
    <p>Chapter End Notes</p>
    <blockquote class="userstuff"><p>Thanks for reading.</p></blockquote>
  </div>
  <div class="meta group"><h2 class="heading">Chapter 2: Dawn</h2></div>
  <div class="userstuff"><p>The lamp was out.</p></div>
</div>
<div id="afterword">
  <h2 class="toc-heading">Afterword</h2>
  <div class="meta">
    <div id="endnotes"><p>End Notes</p><blockquote class="userstuff"><p>More to come.</p></blockquote></div>
  </div>
  <p class="message">Please <a href="#">drop by the Archive and comment</a>!</p>
</div>
</body>
</html>
"""

FANFICFARE = """<!DOCTYPE html>
<html>
<head>
<meta charset="UTF-8">
<title>Tide Table by saltmarsh</title>
</head>
<body>
<h1><a href="https://example.org/s/7">Tide Table</a> by <a class='authorlink' href="https://example.org/u/1">saltmarsh</a></h1>

<table class="full">

<tr><td><b>Category:</b></td><td>Harbour Songs</td></tr>
<tr><td><b>Genre:</b></td><td>Drama</td></tr>
<tr><td><b>Characters:</b></td><td>Ada F., Lou M.</td></tr>
<tr><td><b>Status:</b></td><td>Completed</td></tr>
<tr><td><b>Published:</b></td><td>2019-03-01</td></tr>
<tr><td><b>Series:</b></td><td>Low Water [3]</td></tr>
<tr><td><b>Chapters:</b></td><td>2</td></tr>
<tr><td><b>Words:</b></td><td>40</td></tr>
<tr><td><b>Story URL:</b></td><td><a href="https://example.org/s/7">https://example.org/s/7</a></td></tr>
<tr><td><b>Summary:</b></td><td>The sea keeps its own hours.</td></tr>

</table>

<a name="TOCTOP"><h2>Table of Contents</h2></a>
<p>
<a href="#section0001">1. Ebb</a><br />
<a href="#section0002">2. Flood</a><br />
</p>

<a name="section0001"><h2>1. Ebb</h2></a>
<div class='storytext' id='storytext'><p>&quot;Warning: thin ice,&quot; said Lou.</p>
<hr size=1 noshade><p>They walked on.</p></div>
<a name="section0002"><h2>2. Flood</h2></a>
<p>The water rose.</p>
</body>
</html>
"""
