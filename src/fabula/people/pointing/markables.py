"""What the rules know of the network's markables, as the facts by which it links them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
    determiner_of,
    gender_of_class,
    head_of,
)
from fabula.spans import Span
from fabula.story import MENTION_FORMS, Character, Markables, Mention, Telling, Tokens, Utterance

_PRONOUN_FORM = MENTION_FORMS.index("pronoun")
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
    heads, plural = _heads(said, markables)
    contents = {words: content(words) for words in set(said)}
    determiners = {words: determiner_of(words) for words in contents}
    lower = {words: " ".join(words.lower().split()) for words in contents}
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
        _numbers(lower[words] for words in said),
        heads,
        plural,
        np.array([determiners[words] for words in said], np.int64),
        _owners(markables, meant),
        [contents[words] for words in said],
    )


def _numbers(words: Iterable[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return a number for each word, equal for equal ones."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(word, len(known)) for word in words], np.int64)


def _heads(
    said: Sequence[str], markables: Markables
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Return the number of each markable's head, -1 for pronouns, and whether a plural's s was left off it."""
    heads = {each: head_of(each) for each in set(said)}
    words = [heads[each] for each in said]
    plural = np.array([len(word) > 3 and word.endswith("s") and not word.endswith("ss") for word in words], np.int64)
    numbers = _numbers(word[:-1] if many else word for word, many in zip(words, plural.tolist(), strict=True))
    return np.where(markables.form == _PRONOUN_FORM, -1, numbers), plural


def _owners(
    markables: Markables, meant: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return whom the shortest other markable that begins each means, -1 where unknown, -2 where there is none."""
    owner = np.full(len(markables), -2, np.int64)
    shortest: dict[int, int] = {}
    for row in range(len(markables) - 1, -1, -1):
        inner = shortest.setdefault(int(markables.first[row]), row)
        owner[row] = meant[inner] if inner != row else -2
    return owner


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
