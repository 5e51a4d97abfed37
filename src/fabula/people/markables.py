"""What the rules know of the network's markables, as the facts by which it links them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fabula.nets.pairs import (
    CLASSES,
    FIRST_PERSON,
    GENDERS,
    SECOND_PERSON,
    SOURCES,
    Facts,
    class_of,
    content,
    gender_of_class,
)
from fabula.spans import Span
from fabula.story import Character, Markables, Mention, Telling, Tokens, Utterance

_NAME, _PRONOUN, _VOICE = (SOURCES.index(name) for name in ("name", "pronoun", "voice"))


def facts_of(telling: Telling, markables: Markables, utterances: Sequence[Utterance] = ()) -> Facts:
    """Return the facts of all markables of a telling.

    Args:
        telling: with the layers `tokens`, `sentences`, `characters` and `references`.
        markables: sorted.
        utterances: by which "I" and "you" in quotations are somebody; none as long as nobody knows who speaks.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    (tokens,) = telling.layer("tokens", wanted_by="coreference")
    characters: Sequence[Character] = telling.layer("characters", wanted_by="coreference")
    people = {who.id: number for number, who in enumerate(characters)}
    said = [telling.text[a:b] for a, b in _limits(tokens, markables)]
    written = list(zip(said, markables.form.tolist(), strict=True))
    classes = {pair: class_of(*pair) for pair in set(written)}
    named = np.array([classes[pair] for pair in written], np.int64)
    quote = _utterance_of(tokens, utterances)[markables.first]
    meant, source = _meant(telling, tokens, markables, people)
    for row in np.flatnonzero((quote >= 0) & np.isin(named, (FIRST_PERSON, SECOND_PERSON))):
        one = utterances[quote[row]]
        who = one.speaker if named[row] == FIRST_PERSON else next(iter(one.addressees), None)
        meant[row], source[row] = people.get(who or "", -1), _VOICE if who else 0
    genders = np.array([GENDERS.index(who.gender) for who in characters] + [0], np.int64)
    told = np.array([gender_of_class(each) for each in range(CLASSES)], np.int64)[named]
    contents = {words: content(words) for words in set(said)}
    lower = {words: " ".join(words.lower().split()) for words in contents}
    known: dict[str, int] = {}
    return Facts(
        markables.first,
        markables.last,
        markables.type,
        named,
        _sentence_of(telling, tokens)[markables.first],
        quote,
        meant,
        source,
        np.where(told > 0, told, genders[meant]),
        np.array([known.setdefault(lower[words], len(known)) for words in said], np.int64),
        [contents[words] for words in said],
    )


def _limits(tokens: Tokens, markables: Markables) -> list[list[int]]:
    return np.stack([tokens.starts[markables.first], tokens.ends[markables.last]], axis=1).tolist()  # type: ignore[no-any-return]


def _sentence_of(telling: Telling, tokens: Tokens) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the number of each token's sentence."""
    starts = [each.span.start for each in telling.layer("sentences", wanted_by="coreference")]
    return np.searchsorted(np.array(starts, np.int64), tokens.starts, side="right") - 1


def _utterance_of(tokens: Tokens, utterances: Sequence[Utterance]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the number of the utterance that each token stands in, -1 in narration."""
    found = np.full(len(tokens), -1, np.int64)
    for number, one in enumerate(utterances):
        for piece in one.pieces:
            rows = tokens.inside(piece)
            found[rows.start : rows.stop] = number
    return found


def _meant(
    telling: Telling, tokens: Tokens, markables: Markables, people: dict[str, int]
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Return whom the rules take each markable for, and by what.

    A reference of the rules with the same limits decides; else a name or noun that the markable begins with, or else
    ends with, for the rules leave off what follows a name ("Mrs Croft, the widow") and what stands before one.
    """
    references: Sequence[Mention] = telling.layer("references", wanted_by="coreference")
    by_start: dict[int, list[Mention]] = {}
    by_end: dict[int, list[Mention]] = {}
    whole: dict[tuple[int, int], Mention] = {}
    for each in references:
        start, end = each.span
        by_start.setdefault(start, []).append(each)
        by_end.setdefault(end, []).append(each)
        if whole.setdefault((start, end), each).form != "name" == each.form:
            whole[start, end] = each
    meant = np.full(len(markables), -1, np.int64)
    source = np.zeros(len(markables), np.int64)
    for row, (start, end) in enumerate(_limits(tokens, markables)):
        best = whole.get((start, end))
        if best is None and (start in by_start or end in by_end):
            best = _fitting([*by_start.get(start, ()), *by_end.get(end, ())], Span(start, end))
        if best:
            meant[row] = people.get(best.character or "", -1)
            source[row] = _PRONOUN if best.form == "pronoun" else _NAME
    source[meant < 0] = 0
    return meant, source


def _fitting(near: Sequence[Mention], span: Span) -> Mention | None:
    """Return the reference that a markable wider than all near it stands for."""
    within = [each for each in near if span.holds(each.span) and each.form != "pronoun"]
    return max(
        within,
        key=lambda each: (each.form == "name", each.span.start == span.start, each.span.length),
        default=None,
    )
