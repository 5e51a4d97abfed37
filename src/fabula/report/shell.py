"""What the pages share: templates, styles, and the policy that lets a page run only what is its own."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fabula.report.markup import cut, plural, safe
from fabula.report.voices import PALETTE, PAPER

if TYPE_CHECKING:
    from jinja2 import Environment

_DOUBT_WORDS = 160


def part(name: str) -> str:
    """Return a file of the folder `templates`."""
    return (files("fabula.report") / "templates" / name).read_text(encoding="utf-8")


def style_of(name: str) -> str:
    """Return the style sheet of a page: the palette, what all pages share, and its own.

    Args:
        name: its own, in the folder `templates`.
    """
    light, dark = (
        f"--paper:{PAPER[mode]};" + "".join(f"--v{at}:{pair[mode]};" for at, pair in enumerate(PALETTE))
        for mode in (0, 1)
    )
    classes = "".join(f".c{at}{{--v:var(--v{at})}}" for at in range(len(PALETTE)))
    root = f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return f"{root}\n{classes}\n{part('shared.css')}\n{part(name)}"


def policy_hash(content: str) -> str:
    """Return what a Content-Security-Policy says of the one style or script that it allows."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


@cache
def templates() -> Environment:
    """Return the environment of the templates; every string shown is made safe."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def escaped(value: Any) -> Any:
        return Markup(safe(value)) if isinstance(value, str) and not isinstance(value, Markup) else value  # noqa: S704

    made = Environment(
        loader=PackageLoader("fabula.report"),
        autoescape=True,
        finalize=escaped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["plural"] = plural
    made.filters["cut"] = lambda words: cut(words, _DOUBT_WORDS)
    return made
