"""Where speakers are lost between gold annotation and raw text: one thing more is ours on every rung.

    python -m benchmarks.ladder [NOVEL ...]

Reads three novels of PDNC dev and the six of PDNC train that are richest in implicit quotations (or those named; the
others keep their figures), each four times: with gold quotations, list and mentions; with our mentions; with our
characters; and from the raw text. Counts for the first and the last why quotations have the wrong speaker. The
weights were fitted to the novels of the train part, so that these flatter; the two parts are kept apart.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.data import data_folder, scorer_folder
from benchmarks.gold import read_document
from benchmarks.predict import people_and_quotes
from benchmarks.quality import score
from benchmarks.reasons import Miss, misses
from benchmarks.results import keep, newest
from benchmarks.speakers_gold import with_gold_cast, with_gold_quotes
from benchmarks.speakers_page import write_page
from fabula import pipeline
from fabula.story import Telling

NOVELS: Mapping[str, tuple[str, ...]] = {
    "dev": ("Persuasion", "TheGambler", "TheManWhoWasThursday"),
    "train": (
        "ARoomWithAView",
        "Emma",
        "HowardsEnd",
        "PrideAndPrejudice",
        "ThePictureOfDorianGray",
        "WhereAngelsFearToTread",
    ),
}
"""Those of the train part are the six with the greatest share of implicit quotations."""
TYPES = ("Explicit", "Anaphoric", "Implicit")
_NAMES = [stage.name for stage in pipeline.STAGES]
_LANGUAGE, _PEOPLE, _AFTER = (_NAMES.index(name) for name in ("language", "people", "coreference"))
_BEGIN, _READ, _FROM_PEOPLE = (
    pipeline.STAGES[:_LANGUAGE],
    pipeline.STAGES[_LANGUAGE:_PEOPLE],
    pipeline.STAGES[_PEOPLE:_AFTER],
)


def rungs(document: Mapping[str, Any]) -> dict[str, Telling]:
    """Read a novel four times.

    Args:
        document: with gold quotations, characters and mentions.

    Returns:
        Name of each rung to the telling, the raw text last.
    """
    begun = pipeline.run(Telling(document["doc_id"], document["text"]), stages=_BEGIN)
    quoted = pipeline.run(with_gold_quotes(document, begun), stages=_READ)
    return {
        "all gold": with_gold_cast(document, quoted, told=True),
        "our mentions": with_gold_cast(document, quoted, told=False),
        "our characters": pipeline.run(quoted, stages=_FROM_PEOPLE),
        "raw text": pipeline.run(begun, stages=(*_READ, *_FROM_PEOPLE)),
    }


def measured(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures of one novel: counts of right speakers a rung, and of reasons on the first and the last."""
    tellings = rungs(document)
    return {
        "rungs": {name: right_of(document, telling) for name, telling in tellings.items()},
        "wrong": {
            "all gold": counted(misses(document, tellings["all gold"], given=True)),
            "raw text": counted(misses(document, tellings["raw text"])),
        },
    }


def right_of(document: Mapping[str, Any], telling: Telling) -> dict[str, Any]:
    """Return how many speakers are right, as the scorer counts, over all quotations and by type."""
    with tempfile.TemporaryDirectory() as folder:
        gold, ours = Path(folder) / "gold", Path(folder) / "ours"
        for path, contents in (
            (gold, {**document, "layers": ["quotes", "characters"]}),
            (ours, {"doc_id": document["doc_id"], **people_and_quotes(telling)}),
        ):
            path.mkdir()
            (path / "one.json").write_text(json.dumps(contents, ensure_ascii=False), "utf-8")
        figures = score(gold, ours)["speaker_attribution"]
    count = figures["quotations"]
    kinds = figures["accuracy_one_to_one_by_type"]
    return {
        "quotations": count,
        "one_to_one": round(count * figures["accuracy_one_to_one"]),
        "by_name": round(count * figures["accuracy_by_name"]),
        "by_type": {
            kind: [round(kinds[kind]["quotations"] * kinds[kind]["accuracy"]), kinds[kind]["quotations"]]
            for kind in TYPES
            if kind in kinds
        },
    }


def counted(found: Sequence[Miss]) -> dict[str, dict[str, dict[str, int]]]:
    """Count wrong speakers by reason and type, and by the tag that we saw and type."""
    reasons: dict[str, Counter[str]] = {}
    forms: dict[str, Counter[str]] = {}
    for miss in found:
        reasons.setdefault(miss.reason, Counter())[miss.kind] += 1
        if miss.reason in ("choice", "no candidate", "described"):
            forms.setdefault(miss.form, Counter())[miss.kind] += 1
    return {
        name: {key: dict(count) for key, count in table.items()}
        for name, table in (("reasons", reasons), ("tags", forms))
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    named = sys.argv[1:] if arguments is None else arguments
    places = {novel: part for part, novels in NOVELS.items() for novel in novels}
    unknown = [name for name in named if name not in places]
    if unknown or not scorer_folder().is_dir():
        print(
            f"no such novel: {unknown[0]}" if unknown else f"{scorer_folder()}: not there; set FABULA_DATA",
            file=sys.stderr,
        )
        return 2
    before = newest("ladder")
    figures: dict[str, Any] = dict(before["figures"]) if before and named else {}
    for name in named or places:
        document = read_document(data_folder() / "pdnc" / places[name] / f"{name}.json")
        figures[name] = {"part": places[name], **measured(document)}
    keep("ladder", "python -m benchmarks.ladder", {name: figures[name] for name in places if name in figures})
    write_page()
    return 0


if __name__ == "__main__":
    sys.exit(main())
