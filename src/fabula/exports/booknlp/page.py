"""What BookNLP's files of a telling are made of: words, entities and their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fabula.errors import InputError
from fabula.story import Character, Mention, Telling, Tokens

NARRATOR = 0
"""Number of the narrator's entity; all others count from 1."""

WANTED_BY = "booknlp"
_WHITE = str.maketrans({" ": "S", "\n": "N", "\r": "N", "\t": "T"})
_PROP = {"name": "PROP", "nominal": "NOM", "pronoun": "PRON"}


class Entity(NamedTuple):
    """A mention as BookNLP has it, and sorts it: by the first four fields.

    Attributes:
        start: first token, from 0.
        end: last token, itself meant.
        cat: form and type (`PROP_PER`).
        text: the words, one space between tokens.
        coref: number of the entity meant; -1 where coreference has not been resolved.
        mention: the record behind it.
    """

    start: int
    end: int
    cat: str
    text: str
    coref: int
    mention: Mention


@dataclass(frozen=True, slots=True)
class Page:
    """What the files of a telling are made of.

    Attributes:
        telling: with all layers.
        tokens: its columns.
        words: of each token, without white space.
        entities: sorted.
        people: number of an entity to its character.
    """

    telling: Telling
    tokens: Tokens
    words: Sequence[str]
    entities: Sequence[Entity]
    people: Mapping[int, Character]

    def text(self, tokens: range) -> str:
        """Return the words of some tokens with one space between them."""
        return " ".join(self.words[tokens.start : tokens.stop])


def page_of(telling: Telling) -> Page:
    """Gather what the files are made of.

    Args:
        telling: with the layers `tokens`, `mentions` and `characters`.

    Raises:
        LayerMissingError: when a layer is missing.
        InputError: when the words have no tags and arcs, as in a language that is not read.
    """
    (tokens,) = telling.layer("tokens", wanted_by=WANTED_BY)
    mentions: Sequence[Mention] = telling.layer("mentions", wanted_by=WANTED_BY)
    characters: Sequence[Character] = telling.layer("characters", wanted_by=WANTED_BY)
    if (tokens.head < 0).any():
        raise _unread(telling)
    starts, ends = tokens.starts.tolist(), tokens.ends.tolist()
    words = [in_one_cell(telling.text[a:b]) for a, b in zip(starts, ends, strict=True)]
    numbers = _numbers(mentions, characters)
    entities = []
    for mention in mentions:
        inside = tokens.inside(mention.span)
        if inside:
            text = " ".join(words[inside.start : inside.stop])
            cat = f"{_PROP[mention.form]}_{mention.type}"
            coref = numbers.get(_key(mention), -1)
            entities.append(Entity(inside.start, inside.stop - 1, cat, text, coref, mention))
    people = {numbers[who.id]: who for who in characters if who.id in numbers}
    return Page(telling, tokens, words, sorted(entities, key=lambda one: one[:4]), people)


def in_one_cell(value: str) -> str:
    """Return a word fit for a cell, with letters for white space as BookNLP has them.

    An empty one becomes `_`, as in treebanks, since tables take an empty cell for a missing one.
    """
    return value.translate(_WHITE) or "_"


def table(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a header and rows, tabs between the cells, nothing quoted."""
    return "".join("\t".join(map(str, row)) + "\n" for row in (columns, *rows))


def _unread(telling: Telling) -> InputError:
    from fabula.language import is_read, language_name

    tag = telling.metadata.language
    why = "" if not tag or is_read(tag) else f": it is in {language_name(tag)}"
    return InputError(
        f"the words of this text are not parsed{why}, and BookNLP's files are made of parsed words",
        where=telling.name,
        advice="Choose json, script or csv",
    )


def _key(mention: Mention) -> str | int | None:
    """Return what the mentions of one entity share; None where coreference has not been resolved."""
    return mention.character if mention.character is not None else mention.cluster


def _numbers(mentions: Sequence[Mention], characters: Sequence[Character]) -> dict[str | int | None, int]:
    """Number the entities in the order of their first mentions, the narrator (the most mentioned) apart."""
    narrators = [who for who in characters if who.narrator]
    narrator = max(narrators, key=lambda who: who.mentions).id if narrators else None
    others = dict.fromkeys(key for key in map(_key, mentions) if key is not None and key != narrator)
    numbers: dict[str | int | None, int] = {key: number for number, key in enumerate(others, NARRATOR + 1)}
    return numbers if narrator is None else {**numbers, narrator: NARRATOR}
