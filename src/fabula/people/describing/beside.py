"""Who stands beside a description as somebody else: `Dragan drove, and the boy sat in the middle`.

Nobody is told of twice in one sentence, by name and by description, unless the text says that they are one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from fabula.lexicon.apart import NEAR, stand_apart
from fabula.people.page import Page
from fabula.story import Character, Mention

Pairs = Counter[tuple[str, str]]


def in_one_sentence(page: Page, mentions: Sequence[Mention], characters: Mapping[str, Character]) -> Pairs:
    """Count how often a description and a name stand in one sentence of the narration as two people.

    Args:
        page: the text.
        mentions: all, in order, wider first.
        characters: by id.

    Returns:
        Id of somebody described and id of somebody named to how often.
    """
    found: Pairs = Counter()
    told = [one for one in mentions if one.form != "pronoun" and one.character in characters]
    for index, one in enumerate(told):
        for other in told[index + 1 :]:
            if other.span.start - one.span.end > NEAR:
                break
            pair = _pair(one, other, characters)
            if pair is None or page.is_quoted(one.span.start):
                continue
            found[pair] += stand_apart(page.text, one.span.end, other.span.start)
    return +found


def in_two_turns(
    page: Page, mentions: Sequence[Mention], characters: Mapping[str, Character], speaks: Callable[[Mention], bool]
) -> Pairs:
    """Count how often a description and a name stand beside verbs of speech in two paragraphs, one after the other.

    Args:
        page: the text.
        mentions: all, in order, wider first.
        characters: by id.
        speaks: whether a mention stands beside a verb of speech.

    Returns:
        Id of somebody described and id of somebody named to how often.
    """
    starts = [span.start for span in page.paragraphs]
    tags = [one for one in mentions if one.form != "pronoun" and one.character in characters and speaks(one)]
    found: Pairs = Counter()
    for one, other in pairwise(tags):
        pair = _pair(one, other, characters)
        if pair and bisect_right(starts, other.span.start) - bisect_right(starts, one.span.start) == 1:
            found[pair] += 1
    return found


def _pair(one: Mention, other: Mention, characters: Mapping[str, Character]) -> tuple[str, str] | None:
    """Return the id of the described one and of the named one; None where both are the one or the other."""
    if {one.form, other.form} != {"name", "nominal"}:
        return None
    described, named = (one, other) if one.form == "nominal" else (other, one)
    who, name = str(described.character), str(named.character)
    return (who, name) if characters[name].named and not characters[who].named else None
