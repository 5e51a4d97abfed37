"""Little stories of our own, made by hand, that hold what the reports must show."""

from __future__ import annotations

from fabula.spans import Span
from fabula.story import Correction, Event, Mark, Metadata, Provenance, Role, RoleKind, Story, Telling
from tests.builders import Said, people, telling

LIGHTHOUSE = """\
The Lamp at Skerry Point

A note before we begin: this was written in one night.

Chapter One

The telephone rang at ten. Mara let it ring twice.

“Is that you, Tobias?” she asked.
“The line is dreadful.”

“It is me,” said Tobias. “The lamp is out, and the boat
from Harrow has not come in.”

“Then light it by hand,” said Mara, “as we used to.”

“Somebody has taken the key.”

He will never find it, she thought. “Look behind the clock,” she said, and “Hush!” said old Wren.

* * *

The lamp is low, the lamp is low,
    and who will row me home?
So sang the keeper, long ago,
    alone upon the foam.

Dear Tobias,

I have the key. Forgive me. Wren

“I knew it, said Tobias.

Chapter Two

Nobody spoke for a long while.

“You have reached the harbour office. The box is full.”

“Well,” said Mara, “that is that.”
"""

KEEPER = """\
Wren kept the light for forty years.

“Is that you?” Mara said down the line.

“It is me,” said Tobias. “The lamp is out.”

“I have the key,” said Wren, to nobody.
"""

HOSTILE = """\
<script>alert("1 & 2")</script>

“</style></script><img src=x onerror=alert(1)>” said <b>Mallory</b> & 'Co'.

שלום “\u202ereversed\u202c” עולם line\u2028separator and a bell\x07 here.

“]]> --> {{ 7*7 }} {% raw %} &amp; &lt;” said 李雷.
"""


_PHONE = {"channel": "phone"}


def lighthouse() -> Telling:
    """Return a story with a call, a song, a letter, a thought, a voicemail and several doubts."""
    made = telling(
        LIGHTHOUSE,
        name="lighthouse",
        metadata=Metadata(title="The Lamp at Skerry Point", author="A. Keeper", language="en"),
        cast=people("Mara Quill|Mara", "Tobias Fenn|Tobias", "Old Wren|Wren|the keeper", "The gull"),
        kinds={2: "heading", 9: "break", 10: "verse", 11: "letter", 12: "letter", 14: "heading"},
        matter={0: "front", 1: "note"},
        viewpoints={0: "Mara"},
        said=[
            Said(
                ("“Is that you, Tobias?”", "“The line is dreadful.”"),
                "mara-quill",
                ("tobias-fenn",),
                more=_PHONE,
            ),
            Said(
                ("“It is me,”", "“The lamp is out, and the boat\nfrom Harrow has not come in.”"),
                "tobias-fenn",
                ("mara-quill",),
                more=_PHONE,
            ),
            Said(("“Then light it by hand,”", "“as we used to.”"), "mara-quill", ("tobias-fenn",), more=_PHONE),
            Said(
                "“Somebody has taken the key.”",
                "tobias-fenn",
                ("mara-quill",),
                more={"confidence": 0.6, "evidence": "turn"},
            ),
            Said("He will never find it", "mara-quill", more={"kind": "thought", "channel": "thought"}),
            Said("“Look behind the clock,”", "mara-quill", ("tobias-fenn",)),
            Said("“Hush!”", "old-wren", ("mara-quill",)),
            Said(
                "The lamp is low, the lamp is low,\n    and who will row me home?",
                "old-wren",
                more={"kind": "song", "channel": "song"},
            ),
            Said(
                "I have the key. Forgive me. Wren",
                "old-wren",
                ("tobias-fenn",),
                more={"kind": "letter", "channel": "letter"},
            ),
            Said(
                "“I knew it, said Tobias.",
                "tobias-fenn",
                closed=False,
                more={"confidence": 0.3, "reason": "weak tag"},
            ),
            Said(
                "“You have reached the harbour office. The box is full.”",
                more={"channel": "voicemail", "kind": "announcement", "reason": "nobody is named"},
            ),
            Said(("“Well,”", "“that is that.”"), "mara-quill"),
        ],
        corrections=[
            Correction(
                "speaker",
                name="Wren",
                quoted="Nothing of the\nsort",
                where="corrections.toml:3",
                matched=False,
                problem="these words stand nowhere",
            ),
            Correction("rename", name="Mara", names=("Mara Quill",), where="corrections.toml:9"),
        ],
    )
    start = LIGHTHOUSE.index("dreadful")
    return Telling(
        made.name,
        made.text,
        (Mark(start - 3, start + 8, "italic"), Mark(start, start + 8, "bold")),
        made.metadata,
        made.source,
        made.layers,
    )


def keeper() -> Telling:
    """Return a second telling of the same night, shorter and with other people."""
    return telling(
        KEEPER,
        name="keeper",
        cast=people("Mara Quill|Mara", "Tobias Fenn", "Old Wren|Wren"),
        said=[
            Said("“Is that you?”", "mara-quill", ("tobias-fenn",), more={"channel": "phone"}),
            Said(("“It is me,”", "“The lamp is out.”"), "tobias-fenn", ("mara-quill",), more={"channel": "phone"}),
            Said("“I have the key,”", "old-wren"),
        ],
    )


def hostile() -> Telling:
    """Return a text, a title and names that try to break out of the page or to steer the terminal."""
    evil = "<script>alert(1)</script>\"'&"
    return telling(
        HOSTILE,
        name='"><script>',
        metadata=Metadata(title="</title><script>alert(1)</script>\x1b[31m", author="<i>me</i>", language='"><x>'),
        cast=people(f"Mallory {evil}|{evil}", "李雷", "\u202eevil"),
        said=[
            Said(
                "“</style></script><img src=x onerror=alert(1)>”",
                people(f"Mallory {evil}")[0].id,
                ("李雷",),
                more={"reason": evil},
            ),
            Said("“\u202ereversed\u202c”", "evil", more={"confidence": 0.1, "reason": "</summary>"}),
            Said("“]]> --> {{ 7*7 }} {% raw %} &amp; &lt;”", "李雷"),
        ],
        corrections=[Correction("speaker", Span(0, 3), quoted=evil, where="<a>", matched=False, problem="<b>")],
    )


QUARREL = """\
Mara pushed Tobias. Mara pushed him again, and Tobias kissed her. Her old boat sank. Mara was brave.

“Go!” said Mara. Tobias pushed Mara.
"""


def quarrel() -> Telling:
    """Return a story in which people do things to one another."""
    made = telling(
        QUARREL,
        name="quarrel",
        cast=people("Mara Quill|Mara", "Tobias Fenn|Tobias", "The gull"),
        said=[Said("“Go!”", "mara-quill", ("tobias-fenn",))],
    )
    mara, tobias = "mara-quill", "tobias-fenn"
    roles = [
        _role("pushed", 0, "push", {"agent": mara, "patient": tobias}),
        _role("pushed", 1, "push", {"agent": mara, "patient": tobias}),
        _role("kissed", 0, "kiss", {"agent": tobias, "patient": mara}),
        _role("boat", 0, "boat", {"possessive": mara}),
        _role("brave", 0, "brave", {"modifier": mara}),
        _role("said", 0, "say", {"agent": mara}),
        _role("pushed", 2, "push", {"agent": tobias, "patient": mara}),
    ]
    by_hand = Provenance("by hand", 1)
    happens = [Event(found[0].span, found[0].lemma) for found in roles if found[0].kind == "agent"]
    made = made.with_layer("roles", [role for found in roles for role in found], by_hand)
    return made.with_layer("events", happens, by_hand)


def _role(words: str, nth: int, lemma: str, who: dict[RoleKind, str]) -> list[Role]:
    start = -1
    for _ in range(nth + 1):
        start = QUARREL.index(words, start + 1)
    return [Role(id, kind, Span(start, start + len(words)), lemma, Span(0, 4)) for kind, id in who.items()]


def both() -> Story:
    """Return the night in two tellings."""
    return Story((lighthouse(), keeper()))
