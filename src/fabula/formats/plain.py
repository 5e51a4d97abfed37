"""Plain text: what no other format claims. The text is the file, word for word."""

from __future__ import annotations

from fabula.formats.intake.decode import decode
from fabula.formats.source import Source
from fabula.formats.writing.builder import in_order
from fabula.formats.writing.emphasis import find_emphasis
from fabula.story import Metadata, Telling


def detects(source: Source) -> bool:  # noqa: ARG001 - the same shape for every format
    """Whether to read this as plain text: always; ask last."""
    return True


def read(source: Source) -> Telling:
    """Make a telling of a plain text file.

    Args:
        source: in any encoding, with any line ends.

    Raises:
        InputError: when it is empty, too large, or no text.
    """
    decoded = decode(source)
    return Telling(
        source.stem,
        decoded.text,
        in_order(find_emphasis(decoded.text)),
        Metadata(format="plain", encoding=decoded.encoding),
        decoded.source_map(source.name),
    )
