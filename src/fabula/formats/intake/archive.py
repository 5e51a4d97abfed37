"""One safe way into a zip archive, and one safe XML parser; EPUB, DOCX and ODT enter through here."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fabula.errors import InputError
from fabula.formats.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_TOTAL = 512 * 2**20
"""Bytes that all members together may unpack to."""

MAX_MEMBERS = 20_000
"""Members that an archive may have."""

MAX_RATIO = 200
"""Unpacked bytes for each packed byte; text packs to about a third, XML rarely below a twentieth."""

RATIO_FLOOR = 8 * 2**20
"""Unpacked bytes below which the ratio does not matter: small files of blanks do no harm."""

_ENCRYPTED = 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
_AGAIN = "Fetch or save it again"
_ENTITIES = "this XML declares entities, which can blow up when they are expanded"
_ENTITY = re.compile(rb"<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y")


class Archive(NamedTuple):
    """An archive that was judged before anything was unpacked.

    Attributes:
        name: of the file, for messages.
        zip: the open archive.
        members: names of all files in it, in the order of its directory.
    """

    name: str
    zip: zipfile.ZipFile
    members: tuple[str, ...]

    def has(self, member: str) -> bool:
        """Whether a member of that name exists."""
        return member in self.zip.NameToInfo

    def read(self, member: str) -> bytes:
        """Return the bytes of a member.

        Raises:
            InputError: when it is missing or damaged.
        """
        if not self.has(member):
            raise InputError("this part is missing from the archive", where=f"{self.name}: {member}", advice=_AGAIN)
        try:
            return self.zip.read(member)
        except (*_BROKEN, RuntimeError) as error:
            raise InputError(
                f"this part of the archive is damaged ({error})", where=f"{self.name}: {member}", advice=_AGAIN
            ) from error

    def xml(self, member: str, *, lenient: bool = False) -> Element:
        """Return the root element of an XML member; see `parse_xml`."""
        return parse_xml(self.read(member), where=f"{self.name}: {member}", lenient=lenient)


def looks_zipped(data: bytes) -> bool:
    """Whether bytes begin as a zip archive does, whole or cut short."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def stated_type(data: bytes) -> str:
    """Return what the member `mimetype` says, which EPUB and ODT put first and unpacked; empty where it is not so.

    Reads the raw bytes, so that it works on an archive cut short.
    """
    unpacked = data[8:10] == b"\0\0"
    if not looks_zipped(data) or data[30:38] != b"mimetype" or not unpacked:
        return ""
    extra = int.from_bytes(data[28:30], "little")
    size = int.from_bytes(data[18:22], "little")
    return data[38 + extra : 38 + extra + min(size or 80, 80)].decode("ascii", "replace").partition("PK")[0].strip()


def open_archive(source: Source) -> Archive:
    """Open a zip archive after judging it by its directory alone.

    Raises:
        InputError: when it is cut short, damaged, encrypted, names files outside of itself, or would unpack to
            more than any book holds.
    """
    try:
        opened = zipfile.ZipFile(io.BytesIO(source.data))
    except _BROKEN as error:
        raise InputError(
            "this archive is damaged or cut short: its directory, which stands at the end, is missing",
            where=source.name,
            advice=_AGAIN,
        ) from error
    infos = [info for info in opened.infolist() if not info.is_dir()]
    _check_size(source.name, infos)
    for info in infos:
        _check_member(source.name, info)
    return Archive(source.name, opened, tuple(info.filename for info in infos))


def _check_size(name: str, infos: list[zipfile.ZipInfo]) -> None:
    """Refuse what would fill memory or disk."""
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    trouble = ""
    if len(infos) > MAX_MEMBERS:
        trouble = f"{len(infos):,} files, more than {MAX_MEMBERS:,}"
    elif total > MAX_TOTAL:
        trouble = f"{total // 2**20:,} MiB when unpacked, more than {MAX_TOTAL // 2**20} MiB"
    elif total > RATIO_FLOOR and total > MAX_RATIO * max(1, packed):
        trouble = f"{total // 2**20:,} MiB packed into {packed // 1024:,} KiB, as a zip bomb does"
    if trouble:
        raise InputError(f"this archive holds {trouble}", where=name, advice="It was not unpacked; use another copy")


def _check_member(name: str, info: zipfile.ZipInfo) -> None:
    """Refuse members that are encrypted or would lie outside of the archive."""
    member = info.filename
    where = f"{name}: {member}"
    if info.flag_bits & _ENCRYPTED:
        raise InputError("this archive is locked with a password", where=where, advice="Save it without a password")
    parts = member.replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or _DRIVE.match(member) or "\x00" in info.orig_filename:
        raise InputError(
            "this archive names a file outside of itself, as a forged one does",
            where=where,
            advice="It was not unpacked; use another copy",
        )


def resolve(base: str, reference: str) -> str:
    """Return the member that a reference means.

    Args:
        base: member in which the reference stands.
        reference: as written, perhaps percent-encoded and with a fragment.

    Returns:
        Its name in the archive, without the fragment; may name nothing.
    """
    from urllib.parse import unquote

    path = unquote(reference.partition("#")[0]).replace("\\", "/")
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base
    return joined.lstrip("/")


def parse_xml(data: bytes, *, where: str, lenient: bool = False) -> Element:
    """Parse XML without entities, network or giant trees.

    Args:
        data: the document.
        where: file and member, for messages.
        lenient: read on after mistakes, for short documents where a word lost does no harm.

    Raises:
        InputError: when the document declares entities or is not XML.
    """
    from lxml import etree

    if _ENTITY.search(data):
        raise InputError(_ENTITIES, where=where, advice="Save it anew")
    trouble = ""
    for recover in (False, True) if lenient else (False,):
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            recover=recover,
        )
        try:
            root: Element | None = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            # lxml names the place twice: in its message, and as one of a file called "<string>".
            root, trouble = None, str(error).partition(" (<string>")[0]
        if root is not None:
            _check_entities(root, where)
            return root
    raise InputError(f"this is not sound XML ({trouble})", where=where, advice=_AGAIN)


def _check_entities(root: Element, where: str) -> None:
    """Refuse entities declared in an encoding that hid them from a look at the bytes."""
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):  # type: ignore[attr-defined]  # stubs lack it
        raise InputError(_ENTITIES, where=where, advice="Save it anew")


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Return the attribute of that local name, whatever its namespace; empty where there is none."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Yield the child elements of the given local names; none for None."""
    return (child for child in element if local(child) in names) if element is not None else iter(())


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant along a path of local names; None where there is none."""
    for name in path:
        element = next(children(element, name), None)
    return element
