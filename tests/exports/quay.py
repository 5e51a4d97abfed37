"""A small story by hand in two tellings, with all that makes an export hard; `python -m tests.exports.quay` writes
the golden files anew."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

from fabula import api
from fabula.spans import Span
from fabula.story import Chapter, Character, Mark, Metadata, Provenance, Scene, Story, Telling
from tests.builders import Said, telling

GOLDEN = Path(__file__).parent / "golden"
FILES = {
    "script": "quay.jsonl",
    "fountain": "quay.fountain",
    "ssml": "quay.ssml",
    "sml": "quay.sml.txt",
    "tei": "quay.xml",
}

TEXT = """Printed for the crew.

PART ONE

Chapter One

“Row,” said Ida Marsh, “or swim <&> sink.”1

!Nobody rowed. The slate said [voice:Tom] and [[low_tide]] and *nothing* else.

“To where?”

(Not home.)

“Low tide, low tide,
the bell,” sang Tom,
“the bell.”

* * *

INT. was all the crate said.

THE TIDE WAS IN:

1. The saying is older than the quay.

Chapter Two

“Tom?”—the other Tom looked up—“Is that you?”

@ida_m: \x07come back\\

Drawn by Tom.

This copy may be given away.
"""

FRENCH = "« Rame », dit Ida Marsh."


def quay() -> Telling:
    """Return the longer telling: parts, chapters, scenes, verse, notes, and words that look like markup."""
    made = telling(
        TEXT,
        name="quay",
        metadata=Metadata("The Quay <1>", "A. & B. Wick", "en"),
        cast=(
            Character("ida-marsh", "Ida Marsh", ("Ida Marsh", "ida_m"), "female"),
            Character("tom", "Tom", ("Tom",), "male"),
            Character("tom-2", "Tom", ("Tom", "the other Tom"), "male"),
            Character("the-crew", "the crew", ("the crew",), "plural", named=False),
            Character("narrator", "the narrator", ("the narrator",), narrator=True, named=False),
        ),
        said=[
            Said(("“Row,”", "“or swim <&> sink.”1"), "ida-marsh", ("tom", "the-crew")),
            Said("“To where?”", more={"reason": "several could be speaking"}),
            Said("(Not home.)", "narrator", more={"kind": "thought", "channel": "thought"}),
            Said(
                ("“Low tide, low tide,\nthe bell,”", "“the bell.”"), "tom", more={"kind": "song", "channel": "song"}
            ),
            Said(("“Tom?”", "“Is that you?”"), "tom", ("tom-2",), more={"confidence": 0.5, "reason": "two ]] Toms"}),
            Said("\x07come back\\", "ida-marsh", more={"kind": "text_message", "channel": "text"}),
        ],
        kinds={1: "heading", 2: "heading", 7: "verse", 8: "break", 12: "heading"},
        matter={0: "front", 11: "note", 15: "back", 16: "licence"},
    )
    one, two, three, end = (TEXT.index(words) for words in ("PART ONE", "* * *", "Chapter Two", "\n\nDrawn by Tom."))
    heads = [Span(TEXT.index(words), TEXT.index(words) + len(words)) for words in ("Chapter One", "Chapter Two")]
    chapters = [
        Chapter(Span(one, end), "PART ONE", Span(one, one + 8), 1, "part"),
        Chapter(Span(one, three), "Chapter One", heads[0], 1),
        Chapter(Span(three, end), "Chapter Two", heads[1], 2),
    ]
    scenes = [
        Scene(Span(one, two), 0),
        Scene(Span(two, three), 0, None, Span(two, two + 5)),
        Scene(Span(three, end), 1),
    ]
    by_hand = Provenance("by hand", 1)
    made = made.with_layer("chapters", chapters, by_hand).with_layer("scenes", scenes, by_hand)
    number = TEXT.index("”1") + 1
    return dataclasses.replace(made, marks=(Mark(number, number + 1, "footnote", "reference"),))


def story() -> Story:
    """Return the story in both tellings."""
    log = telling(
        FRENCH,
        name="log",
        metadata=Metadata("Le quai", "", "fr"),
        cast=(Character("ida-marsh", "Ida Marsh", ("Ida Marsh",), "female"),),
        said=[Said("« Rame »", "ida-marsh")],
    )
    return Story((quay(), log))


def written(made: Story, to: str) -> str:
    """Return what an export writes."""
    out = io.StringIO()
    api.export(made, to, out)
    return out.getvalue()


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for to, name in FILES.items():
        (GOLDEN / name).write_text(written(story(), to), "utf-8", newline="")
