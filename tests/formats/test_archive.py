import io
import struct
import zipfile

import pytest

from fabula.errors import InputError
from fabula.formats import docx, epub, odt
from fabula.formats.intake import archive
from fabula.formats.intake.archive import open_archive, parse_xml, resolve
from tests.formats.samples import CONTAINER, page, source, zipped
from tests.formats.samples import epub as packed

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def refused(data, match, reader=open_archive, name="book.epub"):
    with pytest.raises(InputError, match=match) as caught:
        reader(source(data, name))
    message = str(caught.value)
    assert message.startswith(name)
    assert "\n" not in message
    assert caught.value.advice
    return message


def test_members_are_read():
    opened = open_archive(source(zipped({"a/b.txt": "words", "c": "more"}), "x.zip"))
    assert opened.members == ("a/b.txt", "c")
    assert opened.read("a/b.txt") == b"words"
    with pytest.raises(InputError, match=r"x\.zip: nowhere"):
        opened.read("nowhere")


@pytest.mark.parametrize("name", ["../up", "a/../../up", "/etc/passwd", "C:\\up", "a\\..\\..\\up"])
def test_names_outside_are_refused(name):
    refused(zipped({"fine": "x", name: "x"}), "outside of itself")


def test_dots_in_names_are_no_crime():
    assert open_archive(source(zipped({"a..b/...txt": "x"}), "x")).members == ("a..b/...txt",)


def test_bombs_are_refused_unopened():
    refused(zipped({"a": b"\0" * (archive.RATIO_FLOOR + 1)}), "zip bomb")
    assert open_archive(source(zipped({"a": b"\0" * 2**20}), "small"))


def test_giants_are_refused(monkeypatch):
    data = zipped({"a": bytes(range(256)) * 64, "b": bytes(range(256)) * 64})
    monkeypatch.setattr(archive, "MAX_TOTAL", 2**14)
    refused(data, "when unpacked")
    monkeypatch.setattr(archive, "MAX_MEMBERS", 1)
    refused(data, "2 files, more than 1")


def test_a_directory_that_lies_about_sizes_unpacks_no_more():
    data = bytearray(zipped({"a": b"x" * 100_000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    with pytest.raises(InputError, match="damaged"):
        open_archive(source(bytes(data), "x")).read("a")


def test_locked_members_are_refused():
    data = bytearray(zipped({"a.xhtml": "x"}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    assert "a.xhtml" in refused(bytes(data), "password")


@pytest.mark.parametrize("reader", [epub, docx, odt])
@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_an_archive_cut_short_is_known_and_refused(reader, share):
    members = {
        epub: {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER},
        docx: {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>" * 99},
        odt: {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>" * 99},
    }[reader]
    data = zipped(members)
    cut = source(data[: int(len(data) * share)], f"a.{reader.__name__.rpartition('.')[2]}")
    assert reader.detects(cut)
    refused(cut.data, "cut short", reader.read, cut.name)


def test_damaged_members_are_refused():
    data = packed({"a.xhtml": page("<p>" + "some words " * 200)})
    at = data.index(b"OEBPS/a.xhtml") + 40
    message = refused(data[:at] + b"\xff\x00\xff" + data[at + 3 :], "damaged", epub.read)
    assert "OEBPS/a.xhtml" in message


def test_unknown_compression_is_refused():
    data = bytearray(zipped({"a": "x" * 99}))
    for sign, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(sign) + at] = 99
    with pytest.raises(InputError, match="damaged"):
        open_archive(source(bytes(data), "x")).read("a")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("lenient", [True, False])
def test_entities_are_refused(encoding, lenient):
    text = LAUGHS.replace("<?xml version", f'<?xml encoding="{encoding}" version') + "<x>&c;</x>"
    with pytest.raises(InputError, match="entities"):
        parse_xml(text.encode(encoding), where="x", lenient=lenient)


def test_outside_entities_are_refused():
    with pytest.raises(InputError, match="entities"):
        parse_xml(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>', where="x")


def test_entity_expansion_in_any_part_is_refused():
    books = [
        (packed({"a.xhtml": page("<p>x")}, {"OEBPS/content.opf": LAUGHS + "<package>&c;</package>"}), epub),
        (packed({"a.xhtml": LAUGHS + "<html><p>&c;</p></html>"}), epub),
        (zipped({"word/document.xml": LAUGHS + "<document>&c;</document>"}), docx),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": LAUGHS + "<d>&c;</d>"}), odt),
    ]
    for data, reader in books:
        refused(data, "entities", reader.read)


@pytest.mark.parametrize("data", [b"", b"plain words", b"<x><y></x>", b"<x " * 1000, b"<x>" * 5000 + b"</x>" * 5000])
def test_unsound_xml_is_refused(data):
    with pytest.raises(InputError, match="not sound XML"):
        parse_xml(data, where="a.docx: word/document.xml")


def test_lenient_xml_reads_on():
    assert parse_xml(b"<x><y>a &nbsp; b</y></x>", where="x", lenient=True).tag == "x"


def test_references_are_resolved():
    assert resolve("OEBPS/content.opf", "Text/ch%201.xhtml#top") == "OEBPS/Text/ch 1.xhtml"
    assert resolve("OEBPS/nav/toc.ncx", "../a.xhtml") == "OEBPS/a.xhtml"
    assert resolve("a.opf", "../../etc/passwd") == "../../etc/passwd"
    assert resolve("OEBPS/a.xhtml", "#here") == "OEBPS/a.xhtml"


def test_an_empty_archive_is_no_book():
    out = io.BytesIO()
    zipfile.ZipFile(out, "w").close()
    for reader in (epub, docx, odt):
        refused(out.getvalue(), "missing|no package", reader.read)
