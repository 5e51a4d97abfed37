"""Predict on the cases of `tellings`, `continuity`, or on plain texts.

    python -m benchmarks.predict_cases tellings CASES_DIR OUT.json      (a folder with index.json)
    python -m benchmarks.predict_cases continuity CASES_DIR OUT.json    (a folder with index.json)
    python -m benchmarks.predict_cases texts DIR OUT.json               (every *.txt of a folder)

Only raw texts are read, never `gold.json`. Spans are code points of the raw file. The schemas are those of
`score_cases.py`. Parts that do not exist yet write nothing. With `--baseline`, `tellings` is answered by the cosine
of word counts instead.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.baselines import align_by_cosine
from benchmarks.cases import align_and_judge, answer_cases, raw_span
from fabula import api
from fabula.errors import FabulaError, InputError
from fabula.output import check_writable, write_whole
from fabula.spans import Span
from fabula.story import Story, Telling, Utterance


def seed_document(telling: Telling) -> dict[str, Any]:
    """Return what the scorer's schema for seed documents asks of one text.

    Args:
        telling: with the layers of all stages.
    """
    names = {who.id: who.name for who in telling.layer("characters")}
    answer: dict[str, Any] = {"quotes": [], "thoughts": [], "lyrics": [], "machine_lines": []}
    for said in telling.layer("utterances"):
        spans = [raw_span(telling, piece) for piece in said.pieces]
        if said.kind == "thought" and not _is_quoted(telling, said):
            answer["thoughts"] += spans
            continue
        answer["quotes"] += [
            {
                "span": span,
                "speaker": names.get(said.speaker) if said.speaker else None,
                "addressees": [names[who] if who != said.speaker else "self" for who in said.addressees],
                "kind": said.kind,
                "channel": said.channel,
            }
            for span in spans
        ]
        if said.kind == "song":
            answer["lyrics"] += [raw_span(telling, line) for piece in said.pieces for line in _lines(telling, piece)]
        if said.kind == "announcement" or said.channel == "voicemail":
            answer["machine_lines"] += spans
    return answer


def _is_quoted(telling: Telling, said: Utterance) -> bool:
    quotes = {quote.span for quote in telling.layer("quotes")}
    return any(piece in quotes for piece in said.pieces)


def _lines(telling: Telling, piece: Span) -> list[Span]:
    found, at = [], piece.start
    for line in piece.of(telling.text).split("\n"):
        if line.strip():
            found.append(Span(at, at + len(line)))
        at += len(line) + 1
    return found


def texts(folder: Path) -> dict[str, Any]:
    """Return the answers for every `*.txt` of a folder, by file name.

    Raises:
        InputError: when there is none, or one that cannot be read.
    """
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise InputError("no *.txt there", where=str(folder), advice="Name the folder of the texts")
    documents = {}
    for file in files:
        story: Story = api.read(file, corrections=[])
        documents[file.name] = seed_document(story.tellings[0])
    return {"docs": documents}


def _answer(options: argparse.Namespace) -> dict[str, Any]:
    if options.what == "texts":
        return texts(options.folder)
    if options.what == "tellings":
        return answer_cases(options.folder, align_by_cosine if options.baseline else align_and_judge)
    return {"docs": {}}  # rules of continuity do not exist yet


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["tellings", "continuity", "texts"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--baseline", action="store_true", help="the cosine of word counts, for tellings")
    options = parser.parse_args(arguments)
    try:
        check_writable(options.out)
        if options.what != "texts" and not (options.folder / "index.json").is_file():
            raise InputError("no index.json there", where=str(options.folder), advice="Name the folder of the cases")
        answer = _answer(options)
        write_whole(options.out, (json.dumps(answer, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
    except FabulaError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
