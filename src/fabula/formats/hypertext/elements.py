"""What the elements of HTML are: which hold blocks, which hold nothing, which end which."""

from __future__ import annotations

from collections.abc import Mapping

from fabula.story.telling import MarkKind

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements that hold nothing and have no end tag."""

SKIPPED = frozenset(
    """
    script style template nav noscript iframe object audio video canvas svg select button datalist textarea map
    title rp rt xmp noembed noframes
    """.split()
)
"""Elements whose words are no part of the text as read: programs, forms, menus, glosses."""

BLOCKS = frozenset(
    """
    html body div p h1 h2 h3 h4 h5 h6 section article main header footer aside figure figcaption address center
    blockquote pre dl dt dd ul ol li table caption thead tbody tfoot tr form fieldset legend details summary
    hgroup dir menu
    """.split()
)
"""Elements that stand on lines of their own."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
"""Headings; the digit is the level."""

INLINE: Mapping[str, MarkKind] = {"i": "italic", "em": "italic", "b": "bold", "strong": "bold"}
"""Elements of italic and bold letters, which go on over the ends of blocks until they are ended."""

SLANTED = frozenset({"cite", "dfn", "var"})
"""Further elements that browsers set in italics."""

ENDS_P = BLOCKS - {"html", "body", "caption", "thead", "tbody", "tfoot", "tr", "legend", "summary"} | {"hr"}
"""Elements whose start ends a paragraph that is open."""

ENDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
}
"""For a start tag, the elements it ends where the author left out the end tag, and those it never reaches beyond."""

NO_REACH: tuple[frozenset[str], frozenset[str]] = (frozenset({"p"}), frozenset({"table", "td", "th", "caption"}))
"""What ends a paragraph, in the same form."""
