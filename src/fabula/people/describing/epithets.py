"""Descriptions that are somebody with a name: the Jew is Fagin, the beadle is Mr. Bumble.

In a conversation of two, speakers alternate: who is tagged two turns on is the same person, who is tagged one turn
on is another. Over a book this tells whether a description and a name are one. An apposition says it outright.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from fabula.people.naming.gender import agree
from fabula.people.page import Page
from fabula.story import Character, Mention

_LEAST = 3.0
_CLEARLY = 3.0
_APPOSED = 3.0
_BETWEEN = re.compile(r",\s+")
_CLOSE = re.compile(r"\s*[,.;:!?]")
Pairs = Counter[tuple[str, str]]
Speaks = Callable[[Mention], bool]


def same_people(
    page: Page,
    mentions: Sequence[Mention],
    characters: Mapping[str, Character],
    *,
    speaks: Speaks,
    wordings: Mapping[str, str],
) -> dict[str, str]:
    """Decide which of those only described are somebody with a name.

    Args:
        page: the text.
        mentions: all, in order, with ids approved.
        characters: by id.
        speaks: whether a mention stands beside a verb of speech.
        wordings: id of a description to its words: `old gentleman` in every scene may be one man.

    Returns:
        Id of a description to the id of the named character it is.
    """
    same, other = _from_turns(page, [mention for mention in mentions if speaks(mention)], characters)
    _from_appositions(page.text, mentions, characters, same)
    whole = _clear(_reworded(same, wordings), _reworded(other, wordings), characters, wordings)
    single = _clear(same, other, characters, {})
    found: dict[str, str] = {}
    for one, wording in wordings.items():
        named = whole.get(wording) or single.get(one)
        if named is not None and one in characters and agree(characters[one].gender, characters[named].gender):
            found[one] = named
    return found


def _reworded(counts: Pairs, wordings: Mapping[str, str]) -> Pairs:
    """Return the counts of each wording over the whole text."""
    found: Pairs = Counter()
    for (one, two), count in counts.items():
        found[wordings.get(one, one), two] += count
    return found


def _clear(
    same: Pairs, other: Pairs, characters: Mapping[str, Character], wordings: Mapping[str, str]
) -> dict[str, str]:
    """Return the name that each description clearly means."""
    genders = {wordings.get(one, one): who.gender for one, who in characters.items() if not who.named}
    found: dict[str, str] = {}
    for one in sorted({one for one, _ in same if one in genders}):
        fitting = [two for who, two in same if who == one and agree(genders[one], characters[two].gender)]
        named = _clearest(one, fitting, same, other)
        if named is not None:
            found[one] = named
    return found


def _from_turns(page: Page, speaking: Sequence[Mention], characters: Mapping[str, Character]) -> tuple[Pairs, Pairs]:
    """Count how often a description and a name alternate as one person would, and how often as two."""
    same: Pairs = Counter()
    other: Pairs = Counter()
    starts = [span.start for span in page.paragraphs]
    tags: list[tuple[int, str]] = []
    for mention in speaking:
        if mention.form != "pronoun" and mention.character is not None and mention.character in characters:
            tags.append((bisect_right(starts, mention.span.start), mention.character))
    for index, (paragraph, who) in enumerate(tags):
        for later, whom in tags[index + 1 : index + 4]:
            distance = later - paragraph
            if who == whom or distance > 2 or characters[who].named == characters[whom].named:
                continue
            pair = (whom, who) if characters[who].named else (who, whom)
            if distance == 1:
                other[pair] += 1
            elif distance == 2:
                same[pair] += 1
    return same, other


def _from_appositions(
    text: str, mentions: Sequence[Mention], characters: Mapping[str, Character], same: Pairs
) -> None:
    for one, two in pairwise(mentions):
        if one.character not in characters or two.character not in characters:
            continue
        if {one.form, two.form} != {"name", "nominal"} or not _BETWEEN.fullmatch(text, one.span.end, two.span.start):
            continue
        name, described = (one, two) if one.form == "name" else (two, one)
        if (
            _CLOSE.match(text, two.span.end)
            and text[described.span.start : described.span.start + 4].lower() == "the "
        ):
            same[str(described.character), str(name.character)] += int(_APPOSED)


def _clearest(one: str, fitting: Sequence[str], same: Pairs, other: Pairs) -> str | None:
    """Return the name that alternation speaks for clearly; None where it does not."""
    scores = {two: same[one, two] - 1.5 * other[one, two] for two in fitting}
    ranked = sorted(scores, key=lambda two: (-scores[two], two))
    if not ranked or scores[ranked[0]] < _LEAST:
        return None
    best = ranked[0]
    if same[one, best] < _CLEARLY * other[one, best] + 1:
        return None
    return best if len(ranked) == 1 or scores[best] >= 2 * scores[ranked[1]] else None
