"""Predict on documents with gold annotation, from their text alone.

    python -m benchmarks.predict GOLD_DIR OUT_DIR

Reads the field `text` of every `*.json` under GOLD_DIR (and `doc_id`, to name the answer) and writes a prediction
of the same schema, `fabula-gold/1`, under OUT_DIR.
"""

from __future__ import annotations

import sys
from typing import Any

from benchmarks.answers import write_answers
from fabula import pipeline
from fabula.story import Telling

_FORMS = {"name": "PROP", "nominal": "NOM", "pronoun": "PRON"}


def prediction(text: str, name: str) -> dict[str, Any]:
    """Read a document and return its layers in the schema of the gold data.

    Args:
        text: of the document.
        name: of the document.
    """
    telling = pipeline.run(Telling(name, text))
    return {
        **people_and_quotes(telling),
        "mentions": [
            {
                "start": mention.span.start,
                "end": mention.span.end,
                "type": mention.type,
                "form": _FORMS[mention.form],
                "cluster": mention.cluster,
            }
            for mention in telling.layer("mentions")
        ],
        "entities": [
            {"start": entity.span.start, "end": entity.span.end, "type": entity.type}
            for entity in telling.layer("entities")
        ],
        "events": [{"start": event.span.start, "end": event.span.end} for event in telling.layer("events")],
    }


def people_and_quotes(telling: Telling) -> dict[str, Any]:
    """Return the characters and quotations of a telling in the schema of the gold data.

    Args:
        telling: with the layers `characters` and `utterances`.
    """
    return {
        "characters": [
            {"id": who.id, "name": who.name, "aliases": list(who.aliases), "gender": who.gender}
            for who in telling.layer("characters")
        ],
        "quotes": [
            {
                "id": f"Q{number}",
                "spans": [list(piece) for piece in said.pieces],
                "speaker": said.speaker,
                "addressees": list(said.addressees),
                "confidence": said.confidence,
            }
            for number, said in enumerate(telling.layer("utterances"))
        ],
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    return write_answers(__doc__, prediction, arguments)


if __name__ == "__main__":
    sys.exit(main())
