"""Two tellings side by side, for programs: a row for every link and every one-sided line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Literal, TextIO, TypedDict

from fabula.exports.csv import write_table
from fabula.exports.drafts import changed_parts
from fabula.spans import Span
from fabula.story import Alignment, Difference, Link, Story, WordChange, differences_of, rows

SCHEMA = "fabula-alignment/1"


class Change(TypedDict):
    """Words that differ.

    Attributes:
        kind: `wording`, `case`, `punctuation`, `added`, `missing`.
        a: the words in the first telling; empty where it lacks them.
        b: the words in the second telling; empty where it lacks them.
        a_span: where the first has them, `[start, end)` in code points of its text; None where it lacks them.
        b_span: where the second has them; None where it lacks them.
    """

    kind: str
    a: str
    b: str
    a_span: list[int] | None
    b_span: list[int] | None


class Verdict(TypedDict):
    """Words that tell one thing in two ways.

    Attributes:
        verdict: `contradiction` or `perception`.
        subject: what they differ in: `number`, `time`, `place`, `speaker`, `presence`, `outcome`, `attribute`.
        reason: why, as a sentence.
        confidence: 0 to 1.
        a: the words in the first telling.
        b: the words in the second telling.
        a_span: where the first has them, `[start, end)` in code points of its text.
        b_span: where the second has them.
    """

    verdict: str
    subject: str
    reason: str
    confidence: float
    a: str
    b: str
    a_span: list[int]
    b_span: list[int]


class Person(TypedDict):
    """Somebody in both tellings.

    Attributes:
        a: the name in the first telling; `I` for its narrator.
        b: the name in the second telling; `I` for its narrator.
        kind: `same`, `narrator`, `renamed`.
        links: how many linked lines have the one where they have the other.
        confidence: 0 to 1.
        a_telling: name of the first telling.
        b_telling: name of the second telling.
    """

    a: str
    b: str
    kind: str
    links: int
    confidence: float
    a_telling: str
    b_telling: str


class AlignedRow(TypedDict):
    """One row of the side-by-side view, in the order of the first telling.

    Attributes:
        a: name of the first telling.
        b: name of the second telling.
        relation: `same`, `punctuation`, `wording`, `event`; `only a` or `only b` for a one-sided line.
        moved: whether it stands in another place in the second telling.
        confidence: 0 to 1 that the lines belong together; None for a one-sided line.
        a_text: words of the first telling.
        b_text: words of the second telling.
        a_place: where they stand in the source file; empty where there are none.
        b_place: where they stand in the source file; empty where there are none.
        a_spans: where they stand, `[start, end)` in code points of the text.
        b_spans: where they stand, `[start, end)` in code points of the text.
        changes: the words that differ.
        differences: where the two tell one thing in two ways.
    """

    a: str
    b: str
    relation: Literal["same", "punctuation", "wording", "event", "only a", "only b"]
    moved: bool
    confidence: float | None
    a_text: str
    b_text: str
    a_place: str
    b_place: str
    a_spans: list[list[int]]
    b_spans: list[list[int]]
    changes: list[Change]
    differences: list[Verdict]


def aligned_rows(story: Story) -> Iterator[AlignedRow]:
    """Yield the rows of every alignment of a story; each is a plain `dict`.

    Args:
        story: with its alignments.
    """
    for alignment in story.alignments:
        for a, b, link in rows(alignment):
            yield _row(story, alignment, a, b, link)


def matched_people(story: Story) -> Iterator[Person]:
    """Yield who is who in every alignment of a story.

    Args:
        story: with its alignments.
    """
    for alignment in story.alignments:
        for match in alignment.people:
            yield {
                "a": match.a,
                "b": match.b,
                "kind": match.kind,
                "links": match.links,
                "confidence": match.confidence,
                "a_telling": alignment.a.name,
                "b_telling": alignment.b.name,
            }


def write_csv(story: Story, out: TextIO) -> None:
    """Write the rows as a table, without spans; changes as `old > new`, differences as `contradiction: old | new`.

    Args:
        story: with its alignments.
        out: an open text file.
    """
    columns = [name for name in AlignedRow.__annotations__ if not name.endswith("_spans")]
    write_table(columns, map(_flat, aligned_rows(story)), out)


def write_json(story: Story, out: TextIO) -> None:
    """Write what changed by chapters and scenes, who is who, and the rows, as one JSON document.

    Args:
        story: with its alignments, and the layers `chapters` and `scenes`.
        out: an open text file.
    """
    document = {
        "schema": SCHEMA,
        "parts": list(changed_parts(story)),
        "people": list(matched_people(story)),
        "rows": list(aligned_rows(story)),
    }
    json.dump(document, out, ensure_ascii=False, indent=1)
    out.write("\n")


def _row(story: Story, alignment: Alignment, a: Sequence[Span], b: Sequence[Span], link: Link | None) -> AlignedRow:
    first, second = (story.tellings[side.telling] for side in (alignment.a, alignment.b))
    return {
        "a": alignment.a.name,
        "b": alignment.b.name,
        "relation": link.relation if link else "only a" if a else "only b",
        "moved": link.moved if link else False,
        "confidence": link.confidence if link else None,
        "a_text": " ".join(span.of(first.text) for span in a),
        "b_text": " ".join(span.of(second.text) for span in b),
        "a_place": first.source.place(a[0].start).brief if a else "",
        "b_place": second.source.place(b[0].start).brief if b else "",
        "a_spans": [list(span) for span in a],
        "b_spans": [list(span) for span in b],
        "changes": [_change(change, first.text, second.text) for change in link.changes] if link else [],
        "differences": [_verdict(each, first.text, second.text) for each in differences_of(alignment, link)],
    }


def _change(change: WordChange, a: str, b: str) -> Change:
    return {
        "kind": change.kind,
        "a": change.a.of(a) if change.a else "",
        "b": change.b.of(b) if change.b else "",
        "a_span": list(change.a) if change.a else None,
        "b_span": list(change.b) if change.b else None,
    }


def _verdict(difference: Difference, a: str, b: str) -> Verdict:
    return {
        "verdict": difference.verdict,
        "subject": difference.subject,
        "reason": difference.reason,
        "confidence": difference.confidence,
        "a": difference.a.of(a),
        "b": difference.b.of(b),
        "a_span": list(difference.a),
        "b_span": list(difference.b),
    }


def _flat(row: AlignedRow) -> dict[str, object]:
    changes = "; ".join(f"{change['a']} > {change['b']}" for change in row["changes"])
    differences = "; ".join(f"{each['verdict']}: {each['a']} | {each['b']}" for each in row["differences"])
    return {**row, "moved": "moved" if row["moved"] else "", "changes": changes, "differences": differences}
