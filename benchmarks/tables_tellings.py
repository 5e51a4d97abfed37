"""The sections of `docs/benchmarks.md` on what lining up tellings costs, alone and beside other programs."""

from __future__ import annotations

from typing import Any

from benchmarks.markdown import origin, table

_PEERS = ("collatex", "difflib")
_COLLATEX = """## CollateX and difflib on the same machine

    python -m benchmarks.peers.collatex

Installs CollateX 2.3 (GPL licence) into `build/peers/collatex`, once, then gives it, `difflib.SequenceMatcher`
(autojunk off) and Fabula the same two witnesses: the beginning of a novel, and a copy in which words were changed,
added and left out by chance. The peers get lists of words and are timed while they line these up. Fabula gets two
text files; "with reading" is all it does with them, so that ratio is the one kindest to the peers. The other sets
lining up alone against lining up alone. Leave the machine alone meanwhile. CollateX does what Fabula does not: it
merges any number of witnesses into one graph.
"""


def scale_section(result: dict[str, Any]) -> str:
    """Return how the cost of aligning grows with length.

    Args:
        result: of `benchmarks.scale_tellings`.
    """
    rows = [
        [
            f"{row['words']:,}",
            row["reading_s"],
            row["aligning_s"],
            f"{1e6 * row['aligning_s'] / row['words']:.0f}",
            row["peak_mib"],
            f"{row['links']:,}",
            f"{row['changes']:,}",
        ]
        for row in result["figures"]["rows"]
    ]
    head = ["words of each", "reading both, s", "lining up, s", "µs a word", "peak MiB", "links", "words that differ"]
    return "\n".join(
        [
            "## How the cost of `fabula align` grows\n",
            origin(result),
            "Two tellings: the beginning of a novel, and a copy in which words were changed, added and left out by "
            "chance; each pair in a process of its own.\n",
            table(head, rows) + "\n",
        ]
    )


def collation_section(result: dict[str, Any] | None) -> str:
    """Return how to compare with CollateX and difflib, and what was measured.

    Args:
        result: of `benchmarks.peers.collatex`; None where there is none.
    """
    if result is None:
        return _COLLATEX
    rows = []
    for row in result["figures"]["rows"]:
        own = row["fabula"]
        whole, alone = own["with_reading_s"], own["aligning_s"]
        cells = [f"{row['words']:,}", whole, alone]
        for peer in _PEERS:
            cells += [_seconds(row.get(peer)), _ratio(row.get(peer), whole), _ratio(row.get(peer), alone)]
        rows.append(cells)
    head = ["words of each", "fabula with reading, s", "lining up, s"]
    for peer in _PEERS:
        head += [f"{peer}, s", f"{peer} / fabula with reading", f"{peer} / lining up"]
    return "\n".join([_COLLATEX, origin(result), table(head, rows) + "\n"])


def _seconds(took: dict[str, Any] | None) -> str:
    if took is None:
        return "–"
    return f"{took['seconds']:.3g}" if "seconds" in took else f"more than {took['stopped_after_s']}"


def _ratio(took: dict[str, Any] | None, own: float) -> str:
    """Return how many times as long a peer took; at least so many times, where it was stopped."""
    if took is None:
        return "–"
    more, seconds = ("", took["seconds"]) if "seconds" in took else ("> ", took["stopped_after_s"])
    times = seconds / max(own, 1e-3)
    return f"{more}{times:,.0f}" if times >= 10 else f"{more}{times:.2g}"
