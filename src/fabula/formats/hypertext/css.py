"""The little of style sheets that a reader needs: what is italic, bold, hidden, or set apart by a wide space."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->|<!\[CDATA\[|\]\]>", re.DOTALL)
_PIECE = re.compile(r"[{}]|[^{}]+")
_SELECTOR = re.compile(r"([a-zA-Z][\w]*)?(?:([.#])([\w-]+))?\Z")
_LENGTH = re.compile(r"([\d.]+)(em|rem|ex|px|pt|pc|cm|mm|in|%|vh|lh)?\Z")
_IN_EM = {
    "em": 1.0,
    "rem": 1.0,
    "lh": 1.2,
    "ex": 0.5,
    "px": 1 / 16,
    "pt": 1 / 12,
    "pc": 1.0,
    "cm": 2.36,
    "mm": 0.236,
    "in": 6.0,
    "%": 0.4,  # of the width of a page of some 40 em
    "vh": 0.4,
}


class Style(NamedTuple):
    """What a rule says; None where it says nothing.

    Attributes:
        italic: whether letters are italic.
        bold: whether letters are bold.
        hidden: whether the element is not shown.
        space: white space above, in em.
    """

    italic: bool | None = None
    bold: bool | None = None
    hidden: bool | None = None
    space: float | None = None

    def over(self, other: Style) -> Style:
        """Return this style, with what it leaves open taken from `other`."""
        return Style(
            other.italic if self.italic is None else self.italic,
            other.bold if self.bold is None else self.bold,
            other.hidden if self.hidden is None else self.hidden,
            other.space if self.space is None else self.space,
        )


PLAIN = Style()
"""A style that says nothing."""

Sheet = Mapping[str, Style]
"""Styles by selector: `p`, `.name`, `p.name` or `#name`; others are not understood and left out."""


def parse_sheet(sheet: str) -> Sheet:
    """Return the rules of a style sheet; later ones win."""
    found: dict[str, Style] = {}
    for selector, declarations in _rules(_COMMENT.sub(" ", sheet)):
        style = parse_style(declarations)
        if style == PLAIN:
            continue
        for one in selector.split(","):
            key = _key(one.strip())
            if key:
                found[key] = style.over(found.get(key, PLAIN))
    return found


def added(sheet: Sheet, later: Sheet) -> Sheet:
    """Return the rules of two style sheets as one; those of the later win."""
    if not sheet or not later:
        return later or sheet
    return {**sheet, **{key: style.over(sheet.get(key, PLAIN)) for key, style in later.items()}}


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selector and declarations of the rules that hold for every medium."""
    opened: list[str] = []
    written = ""
    for piece in _PIECE.findall(sheet):
        if piece == "{":
            opened.append(written.rpartition(";")[2].strip())
            written = ""
        elif piece == "}":
            selector = opened.pop() if opened else "@"
            if not opened and not selector.startswith("@"):
                yield selector, written
            written = ""
        else:
            written = piece


def _key(selector: str) -> str:
    """Return a simple selector in the form `Sheet` uses; empty for others."""
    match = _SELECTOR.match(selector)
    if not match or not selector:
        return ""
    tag, sign, name = (match[1] or "").lower(), match[2] or "", match[3] or ""
    return f"#{name}" if sign == "#" else f"{tag}{sign}{name}"


def parse_style(declarations: str) -> Style:
    """Return what declarations such as `font-style: italic; margin-top: 2em` say."""
    found: dict[str, bool | float] = {}
    for declaration in declarations.split(";"):
        name, _, value = declaration.partition(":")
        value = value.replace("!important", "").strip().lower()
        match name.strip().lower():
            case "font-style":
                found["italic"] = value in ("italic", "oblique")
            case "font-weight":
                found["bold"] = value in ("bold", "bolder", "600", "700", "800", "900")
            case "display":
                found["hidden"] = value == "none"
            case "visibility" if value == "hidden":
                found["hidden"] = True
            case "margin-top":
                found["space"] = in_em(value)
            case "margin":
                found["space"] = in_em(value.split()[0] if value else "")
    return Style(**found)  # type: ignore[arg-type]


def in_em(length: str) -> float:
    """Return a length such as `24pt` in em, roughly; 0 for what is not a positive length."""
    match = _LENGTH.match(length.strip())
    try:
        return float(match[1]) * _IN_EM[match[2] or "px"] if match else 0.0
    except ValueError:
        return 0.0


def style_of(sheet: Sheet, tag: str, names: Iterable[str], name: str) -> Style:
    """Return the style of an element, without what it inherits.

    Args:
        sheet: the rules that hold.
        tag: name of the element.
        names: its classes.
        name: its `id`, or an empty string.
    """
    style = sheet.get(tag, PLAIN)
    if not sheet:
        return style
    for one in names:
        style = sheet.get(f".{one}", PLAIN).over(style)
        style = sheet.get(f"{tag}.{one}", PLAIN).over(style)
    return sheet.get(f"#{name}", PLAIN).over(style) if name else style
