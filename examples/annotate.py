"""Find the annotated words of the example story in its texts, count offsets, write the gold file.

    python examples/annotate.py           write the-late-ferry.gold.json

Reads the-late-ferry.toml beside this file, whose head explains the notation.
"""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCE = HERE / "the-late-ferry.toml"
GOLD = HERE / "the-late-ferry.gold.json"
_WORD = re.compile(r"\w+(?:['’\-]\w+)*[!?]?")
_BREAK = re.compile(r"(?:\* ){2}\*|_{3,}")


def find(text: str, passage: str, start: int = 0) -> list[int]:
    """Return where a passage stands, as `[start, end)` in code points.

    Args:
        text: the whole text.
        passage: its words; " … " skips what stands between.
        start: where to begin to look.

    Raises:
        ValueError: when the words are not there.
    """
    pattern = ".*?".join(re.escape(part) for part in passage.strip().split(" … "))
    match = re.compile(pattern, re.DOTALL).search(text, start)
    if match is None:
        raise ValueError(f"not found after offset {start}: {passage!r}")
    return [match.start(), match.end()]


def rows(table: str) -> list[list[str]]:
    """Split a table of the annotation into rows of trimmed cells."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def placed(text: str, span: list[int]) -> dict[str, Any]:
    """Return a span with its line (from 1) and its words."""
    return {"span": span, "line": text.count("\n", 0, span[0]) + 1, "text": text[span[0] : span[1]]}


def quotes(text: str, table: str) -> list[dict[str, Any]]:
    """Return every piece of every turn, in order of place; `turn` joins the pieces of one utterance."""
    found: list[dict[str, Any]] = []
    at = opened = 0
    for turn, (who, kind, channel, passages) in enumerate(rows(table)):
        inside = who.startswith("+")
        speaker, _, hearers = who.lstrip("+ ").partition(">")
        at, opened = (opened if inside else at), at
        for passage in passages.split(" / "):
            span = find(text, passage, at)
            at = span[1]
            found.append(
                {
                    **placed(text, span),
                    "turn": turn,
                    "speaker": speaker.strip(),
                    "addressees": [name.strip() for name in hearers.split(",") if name.strip()],
                    "kind": kind,
                    "channel": channel,
                    "quoted": text[span[0]] in '“‘"',
                    "depth": int(inside),
                }
            )
    return sorted(found, key=lambda quote: (quote["span"][0], -quote["span"][1]))


def thoughts(text: str, table: str) -> list[dict[str, Any]]:
    """Return the unquoted thoughts, piece by piece."""
    return [
        {**placed(text, find(text, passage)), "who": who, "italic": passage.strip().startswith("*")}
        for who, passages in (rows(table) if table else [])
        for passage in passages.split(" / ")
    ]


def units(text: str, scenes: list[dict[str, Any]], letter: str) -> list[dict[str, Any]]:
    """Return the paragraphs of all scenes as units of alignment."""
    blocks = [
        (match.start() + len(match[0]) - len(match[0].lstrip()), match.start() + len(match[0].rstrip()))
        for match in re.finditer(r"(?:.+(?:\n|\Z))+", text)
    ]
    inside = [b for b in blocks if any(s["span"][0] <= b[0] and b[1] <= s["span"][1] for s in scenes)]
    prose = [block for block in inside if not _BREAK.fullmatch(text[block[0] : block[1]])]
    return [{"id": f"{letter}{number}", "start": s, "end": e} for number, (s, e) in enumerate(prose, 1)]


def telling(source: dict[str, Any], text: str) -> dict[str, Any]:
    """Return the gold of one telling."""
    scenes: list[dict[str, Any]] = []
    for number, (pov, place, what, passage) in enumerate(source["scenes"], 1):
        span = find(text, passage, scenes[-1]["span"][1] if scenes else 0)
        scenes.append({"id": f"s{number}", "span": span, "pov": pov, "place": place, "what": what})
    scenes[-1]["span"][1] = _end_of_body(text, source)
    spoken = quotes(text, source["turns"])
    return {
        **{key: source[key] for key in ("id", "file", "narrator", "person", "tense")},
        "words": len(text.split()),
        "headings": [find(text, heading) for heading in source["headings"]],
        "separators": [[m.start(), m.end()] for m in re.finditer(_BREAK, text)],
        "description": find(text, source["description"]) if source["description"] else None,
        "note": find(text, source["note"]) if source.get("note") else None,
        "scenes": scenes,
        "quotes": spoken,
        "thoughts": thoughts(text, source["thoughts"]),
        "lyrics": [quote["span"] for quote in spoken if quote["kind"] == "song"],
        "machine_lines": [q["span"] for q in spoken if q["channel"] == "voicemail" and q["kind"] == "announcement"],
        "written_text": [quote["span"] for quote in spoken if quote["kind"] in ("letter", "text_message")],
        "italics": [[m.start(), m.end()] for m in re.finditer(r"\*[^*\s][^*\n]*\*", text)],
    }


def _end_of_body(text: str, source: dict[str, Any]) -> int:
    end = find(text, source["headings"][-1])[0] if source.get("note") else len(text)
    return len(text[:end].rstrip())


def word_changes(text_a: str, a: list[int], text_b: str, b: list[int]) -> list[dict[str, Any]]:
    """Return the words that differ between two passages, as spans of their texts; None where one side lacks them."""
    words_a = list(_WORD.finditer(text_a, a[0], a[1]))
    words_b = list(_WORD.finditer(text_b, b[0], b[1]))
    matcher = difflib.SequenceMatcher(None, [w[0] for w in words_a], [w[0] for w in words_b], autojunk=False)
    changes = []
    for operation, a0, a1, b0, b1 in matcher.get_opcodes():
        if operation != "equal":
            side_a = [words_a[a0].start(), words_a[a1 - 1].end()] if a1 > a0 else None
            side_b = [words_b[b0].start(), words_b[b1 - 1].end()] if b1 > b0 else None
            changes.append(
                {
                    "a": side_a,
                    "b": side_b,
                    "a_text": text_a[slice(*side_a)] if side_a else "",
                    "b_text": text_b[slice(*side_b)] if side_b else "",
                }
            )
    return changes


def alignment(source: dict[str, Any], tellings: dict[str, dict[str, Any]], texts: dict[str, str]) -> dict[str, Any]:
    """Return which paragraphs of two tellings correspond, in the form of the collection `tellings`."""
    sides = {side: units(texts[source[side]], tellings[source[side]]["scenes"], side) for side in "ab"}

    def unit(side: str, opening: str) -> dict[str, Any]:
        hits = [u for u in sides[side] if texts[source[side]].startswith(opening, u["start"])]
        if len(hits) != 1:
            raise ValueError(f"{len(hits)} paragraphs of {source[side]} open with {opening!r}")
        return hits[0]

    def pair(relation: str, opening_a: str, opening_b: str, event: str) -> dict[str, Any]:
        one, two = unit("a", opening_a), unit("b", opening_b)
        record: dict[str, Any] = {"a": [one["id"]], "b": [two["id"]], "relation": relation, "event": event}
        if relation == "wording":
            spans = ([one["start"], one["end"]], [two["start"], two["end"]])
            record["word_changes"] = word_changes(texts[source["a"]], spans[0], texts[source["b"]], spans[1])
        return record

    pairs = [pair(*row) for row in rows(source["pairs"])]
    optional = [pair(*row) for row in rows(source["optional"])]
    return {
        "id": "late-ferry",
        "kind": "pov",
        "scoring": "pairs",
        **{side: {"file": tellings[source[side]]["file"], "units": sides[side]} for side in "ab"},
        "pairs": pairs,
        "optional": optional,
        **{
            f"only_{side}": [u["id"] for u in sides[side] if not any(u["id"] in p[side] for p in (*pairs, *optional))]
            for side in "ab"
        },
    }


def events(table: str, texts: dict[str, str]) -> list[dict[str, Any]]:
    """Return the events of the evening with the passage of each telling that tells them."""
    return [
        {"id": name, "spans": {key: find(texts[key], cell) for key, cell in zip(texts, cells, strict=True) if cell}}
        for name, *cells in rows(table)
    ]


def sites(places: list[str], texts: dict[str, str]) -> list[dict[str, Any]]:
    """Return passages written as "telling | words"."""
    return [
        {"telling": key, **placed(texts[key], find(texts[key], words))} for key, words in (rows(p)[0] for p in places)
    ]


def gold() -> dict[str, Any]:
    """Return the whole gold record of the example story."""
    source = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    folder = HERE.parent / source["folder"]
    texts = {t["id"]: (folder / t["file"]).read_text(encoding="utf-8") for t in source["tellings"]}
    tellings = {t["id"]: telling(t, texts[t["id"]]) for t in source["tellings"]}
    aligned = alignment(source["alignment"], tellings, texts)
    slips = [{**slip, "sites": sites(slip["sites"], texts)} for slip in source["slips"]]
    promises = [{**p, **{key: sites(p[key], texts) for key in ("made", "settled")}} for p in source["promises"]]
    return {
        "schema": "fabula-example/1",
        "story": source["story"],
        "characters": [{"named": True, "note": "", **character} for character in source["characters"]],
        "tellings": list(tellings.values()),
        "alignment": aligned,
        "events": events(source["alignment"]["events"], texts),
        "slips": slips,
        "promises": promises,
    }


def rendered(record: dict[str, Any]) -> str:
    """Return the gold record as JSON, spans on one line."""
    out = json.dumps(record, ensure_ascii=False, indent=1)
    return re.sub(r"\[\s+(\d+),\s+(\d+)\s+\]", r"[\1, \2]", out) + "\n"


if __name__ == "__main__":
    GOLD.write_text(rendered(gold()), encoding="utf-8")
