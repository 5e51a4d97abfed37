"""One evening on an island, told by three people; the events and people in them written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fabula import pipeline
from fabula.spans import Span
from fabula.story import Character, Event, Mention, Plot, Provenance, Role, Story, StoryEvent, Telling, Utterance
from fabula.tellings import lined_up

_BY_HAND = Provenance("by hand", 1)


@dataclass(frozen=True, slots=True)
class Did:
    """An event: the word as it stands, its lemma, who does it and to whom; `named` if a name stands there."""

    word: str
    lemma: str
    by: str | None = None
    to: str | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class Says:
    """An utterance, by its words with their marks; `tells` are events inside it."""

    words: str
    by: str | None
    to: tuple[str, ...] = ()
    tells: tuple[Did, ...] = ()
    more: dict = field(default_factory=dict)


def told(name: str, text: str, cast: Sequence[Character], *what: Did | Says) -> Telling:
    """Read the structure of a text, and write down what happens in it; everything in the order of the text."""
    telling = pipeline.run(Telling(name, text), stages=pipeline.ALIGN_STAGES)
    events, roles, mentions, utterances, at = [], [], [], [], 0

    def happens(did: Did, at: int) -> int:
        start = text.index(did.word, at)
        span = Span(start, start + len(did.word))
        events.append(Event(span, did.lemma))
        mention = Span(start, start + 1)
        if did.by:
            mentions.append(Mention(mention, "name" if did.named else "pronoun", did.by))
            roles.append(Role(did.by, "agent", span, did.lemma, mention))
        if did.to:
            roles.append(Role(did.to, "patient", span, did.lemma, mention))
        return span.end

    for each in what:
        if isinstance(each, Did):
            at = happens(each, at)
            continue
        start = text.index(each.words, at)
        span = Span(start, start + len(each.words))
        inside = start
        for did in each.tells:
            inside = happens(did, inside)
        more = {"confidence": 0.95 if each.by else 0.0, **each.more}
        utterances.append(Utterance((span,), each.by, each.to, **more))
        at = span.end
    layers = {
        "characters": cast,
        "events": events,
        "roles": roles,
        "mentions": mentions,
        "utterances": utterances,
    }
    for layer, records in layers.items():
        telling = telling.with_layer(layer, records, _BY_HAND)
    return telling


def person(name: str, *aliases: str, narrator: bool = False, named: bool = True) -> Character:
    return Character(name.casefold(), name, (name, *aliases), narrator=narrator, named=named)


NOBODY = Character("narrator", "the narrator", ("the narrator",), narrator=True, named=False)
"""A narrator of whom no name is known."""

KEEPER = told(
    "keeper",
    """The lamp in the tower went out a little after nine.

"Who is on the stair?" called Marta.

"Only Joss, with the oil," said a voice below.

"You are late, Joss. The brig from Arden passed an hour ago without a light."

He set the can down and wiped his hands on his coat.

"I met the priest on the causeway and he would talk of nothing but herrings."

Marta trimmed the wick and said no more.""",
    (person("Marta"), person("Joss")),
    Did("went", "go"),
    Says('"Who is on the stair?"', "marta", ("joss",)),
    Says('"Only Joss, with the oil,"', "joss", ("marta",)),
    Says('"You are late, Joss. The brig from Arden passed an hour ago without a light."', "marta", ("joss",)),
    Did("set", "set", "joss"),
    Did("wiped", "wipe", "joss"),
    Says(
        '"I met the priest on the causeway and he would talk of nothing but herrings."',
        "joss",
        ("marta",),
        (Did("met", "meet", "joss"),),
    ),
    Did("trimmed", "trim", "marta", named=True),
)

OILMAN = told(
    "oilman",
    """I met the priest on the causeway, in the rain. He talked of herrings.

It was raining still when I reached the tower.

"Who is on the stair?" called Marta.

"Only Joss, with the oil," I said from below.

"You are late, Joss. The brig from Arden passed two hours ago without a light."

I set the can down and wiped my hands on my coat.

"I met the priest on the causeway and he would talk of nothing but herrings."

I thought of the warm kitchen at home.""",
    (person("Marta"), NOBODY, person("priest", "the priest", named=False)),
    Did("met", "meet", "narrator", "priest"),
    Did("talked", "talk", "priest"),
    Did("reached", "reach", "narrator"),
    Says('"Who is on the stair?"', "marta", ("narrator",)),
    Says('"Only Joss, with the oil,"', "narrator", ("marta",)),
    Says('"You are late, Joss. The brig from Arden passed two hours ago without a light."', "marta", ("narrator",)),
    Did("set", "set", "narrator"),
    Says(
        '"I met the priest on the causeway and he would talk of nothing but herrings."',
        "narrator",
        ("marta",),
        (Did("met", "meet", "narrator", "priest"),),
    ),
    Did("thought", "think", "narrator"),
)

SKIPPER = told(
    "skipper",
    """We came up from Arden without a light, and Hanne cursed the tower.

An hour later she lit the lantern herself.

"You are late, Joss. The brig from Arden passed an hour ago without a light," said Marta, as we heard next day.

Hanne laughed.""",
    (person("Hanne"), person("Marta"), person("Joss")),
    Did("came", "come"),
    Did("cursed", "curse", "hanne", named=True),
    Did("lit", "light", "hanne"),
    Says('"You are late, Joss. The brig from Arden passed an hour ago without a light,"', "marta", ("joss",)),
    Did("heard", "hear"),
    Did("laughed", "laugh", "hanne", named=True),
)


DREAMER = told(
    "dreamer",
    """Nils sat in the boathouse all morning and mended the nets.

At noon the ferry came in, and Karin stepped onto the quay with a green suitcase.

He had seen the suitcase burn in the winter. The attic had blazed like a torch and nobody had saved a thing.

He walked down to meet her.""",
    (person("Nils"), person("Karin")),
    Did("sat", "sit", "nils", named=True),
    Did("mended", "mend", "nils"),
    Did("came", "come"),
    Did("stepped", "step", "karin", named=True),
    Did("seen", "see", "nils"),
    Did("burn", "burn"),
    Did("blazed", "blaze"),
    Did("walked", "walk", "nils"),
)

CHRONICLE = told(
    "chronicle",
    """Nils saw the suitcase burn in the winter. The attic blazed like a torch and nobody saved a thing.

Nils sat in the boathouse all morning and mended the nets.

At noon the ferry came in, and Karin stepped onto the quay with a green suitcase.

The bells rang for the herring.""",
    (person("Nils"), person("Karin")),
    Did("saw", "see", "nils", named=True),
    Did("burn", "burn"),
    Did("blazed", "blaze"),
    Did("sat", "sit", "nils", named=True),
    Did("mended", "mend", "nils"),
    Did("came", "come"),
    Did("stepped", "step", "karin", named=True),
    Did("rang", "ring"),
)


def story(*tellings: Telling) -> Story:
    """Return a story of some tellings, every two aligned."""
    return lined_up(Story(tellings))


def named(plot: Plot, story: Story, event: StoryEvent) -> tuple[str, ...]:
    """Return what an event is, and which tellings tell it."""
    tellings = sorted(plot.sides[each.side].name for each in event.witnesses)
    first = min(event.witnesses, key=lambda each: plot.sides[each.side].name)
    return (first.line.of(story.tellings[plot.sides[first.side].telling].text), event.lemma, *tellings)


def event_of(story: Story, plot: Plot, words: str) -> StoryEvent:
    """Return the first event whose sentence, or what is said, holds some words."""
    return next(
        event
        for event in plot.events
        for each in event.witnesses
        if words in each.line.of(story.tellings[plot.sides[each.side].telling].text)
    )
