"""Which descriptions are characters, and which of them are somebody with a name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from fabula.lexicon import words
from fabula.people.cast import obey
from fabula.people.cast.casting import Cast
from fabula.people.cast.characters import description, made_id
from fabula.people.describing.addressed import called_people
from fabula.people.describing.beside import in_one_sentence, in_two_turns
from fabula.people.describing.epithets import same_people
from fabula.people.describing.nominals import Nominal
from fabula.people.describing.standing import kin_people, places_of, stand_ins
from fabula.people.naming.gender import of_noun
from fabula.people.page import Page
from fabula.people.pointing.coreference import Resolved, counted, in_order
from fabula.spans import Span
from fabula.story import Character, Mention

_SPEAKING_AFTER = re.compile(r"[,\s]*(?:[\w-]+ly\s+|had\s+|then\s+)?([a-z]+)")
_STOP = re.compile(r"[.!?][\"”’]?\s")
_SEEN = re.compile(r"\b(?:face|faces|figure|form|shape|sight|head|silhouette) of\s+$")
_COMPARED = re.compile(
    r"\b(?:like|as|than|had|has|have|with|of|for|be|is|was|been|such|not|without)\s+$", re.IGNORECASE
)
_AFTER_QUOTE = re.compile(r"[\"”’»][\s*_]*(?:[a-z]+ly\s+)?(?:[a-z]+\s+)?$")
_SPEAKING_BEFORE = re.compile(r"([a-z]+)(?:\s+[a-z]+ly)?\s*$")


def approved(page: Page, cast: Cast, resolved: Resolved) -> tuple[tuple[Mention, ...], tuple[Character, ...]]:
    """Make characters of the descriptions that act or speak, and forget the others.

    Args:
        page: the text.
        cast: those with names.
        resolved: what reading gave.

    Returns:
        Mentions sorted by start, wider first; characters, the most often mentioned first.
    """
    characters = dict(cast.characters)
    renamed: dict[str, str] = {}
    for provisional, nominals in resolved.described.items():
        if not _acts(page, nominals):
            continue
        kin = _kin(provisional, characters, len(nominals))
        if kin is not None:
            renamed[provisional] = kin
            continue
        names = description(page.text, nominals)
        who = made_id(names[0], characters)
        renamed[provisional] = who
        characters[who] = Character(who, names[0], names, resolved.genders.get(provisional, "unknown"), named=False)
    mentions = [_settled(mention, characters, renamed) for mention in resolved.mentions]

    speaking = {mention.span for mention in mentions if _speaks(page.text, mention.span)}

    def speaks(mention: Mention) -> bool:
        return mention.span in speaking

    wordings = {who: provisional.partition(" in ")[0] for provisional, who in renamed.items()}
    one = same_people(page, mentions, characters, speaks=speaks, wordings=wordings)
    mentions = _joined(mentions, characters, one)
    starts = [part.start for part in cast.scenes]
    mentions = _joined(mentions, characters, called_people(page, mentions, characters, starts=starts, speaks=speaks))
    mentions = _stood_for(page, list(in_order(mentions)), characters, _kinship(renamed, characters), speaks)
    counts = counted(mentions)
    people = [replace(who, mentions=counts[who.id]) for who in characters.values()]
    people.sort(key=lambda who: -who.mentions)
    return tuple(in_order(mentions)), tuple(people)


def _kinship(renamed: Mapping[str, str], characters: Mapping[str, Character]) -> dict[str, tuple[str, str]]:
    """Return each description by kinship with its noun and the id of its owner."""
    found: dict[str, tuple[str, str]] = {}
    for provisional, who in renamed.items():
        noun, _, owner = provisional.removeprefix("~").partition(" of ")
        if owner and noun in words("person_nouns", "kin") and who in characters and not characters[who].named:
            found[who] = (noun, renamed.get(owner, owner))
    return found


def _stood_for(
    page: Page,
    mentions: list[Mention],
    characters: dict[str, Character],
    kin: Mapping[str, tuple[str, str]],
    speaks: Callable[[Mention], bool],
) -> list[Mention]:
    """Give descriptions that stand for somebody named who is about to them."""
    places = list(places_of(page, mentions, characters))
    apart = in_one_sentence(page, mentions, characters)
    turned = in_two_turns(page, mentions, characters, speaks)
    joined = kin_people(places, mentions, characters, kin, apart=apart + turned)
    mentions = _joined(mentions, characters, joined)
    places = [place for place in places if mentions[place.number].character not in joined.values()]
    meant = stand_ins(page, mentions, characters, speaks=speaks, places=places, apart=apart)
    return [
        replace(mention, character=meant[index]) if index in meant else mention
        for index, mention in enumerate(mentions)
    ]


def _joined(mentions: Sequence[Mention], characters: dict[str, Character], one: Mapping[str, str]) -> list[Mention]:
    """Give what points at the first of each pair to the second, and take the first out of the characters."""
    for described, who in one.items():
        gone, kept = characters.pop(described), characters[who]
        aliases = dict.fromkeys((*kept.aliases, *_lasting(gone)))
        gender = kept.gender if kept.gender != "unknown" else gone.gender
        characters[who] = replace(kept, aliases=tuple(aliases), gender=gender)
    return [
        replace(mention, character=one[mention.character])
        if mention.character and mention.character in one
        else mention
        for mention in mentions
    ]


def _lasting(who: Character) -> list[str]:
    """Return the names, or the descriptions that somebody goes by: with `the` or `my`, shortest first."""
    if who.named:
        return list(who.aliases)
    return [alias for alias in who.aliases if alias.startswith(("the ", "my "))][:2]


_KIN_TITLES = {"father": ("mr", "sir"), "husband": ("mr", "sir"), "mother": ("mrs",), "wife": ("mrs",)}


def _kin(provisional: str, characters: Mapping[str, Character], count: int) -> str | None:
    """Return who is meant by `her father` where the owner's surname tells: Miss Dale's father is Mr. Dale."""
    noun, _, owner = provisional.removeprefix("~").partition(" of ")
    person = characters.get(owner)
    if noun not in _KIN_TITLES or person is None or count < 2:
        return None
    surnames = {alias.split()[-1] for alias in person.aliases if len(alias.split()) > 1}
    wanted = {f"{title} {surname}".lower() for title in _KIN_TITLES[noun] for surname in surnames}
    found = [who.id for who in characters.values() if any(obey.plain(alias) in wanted for alias in who.aliases)]
    return found[0] if len(found) == 1 and found[0] != owner else None


def _settled(mention: Mention, characters: Mapping[str, Character], renamed: Mapping[str, str]) -> Mention:
    who = mention.character
    if who is None or who in characters:
        return mention
    return replace(mention, character=renamed.get(who))


def _acts(page: Page, nominals: Sequence[Nominal]) -> bool:
    """Whether somebody described speaks, or is told of often enough to matter."""
    narrated = [nominal for nominal in nominals if not nominal.quoted]
    several = bool(narrated) and of_noun(narrated[0].head) == "plural"
    if any(_speaks(page.text, Span(nominal.start, nominal.end), wide=several) for nominal in narrated):
        return True
    if several:
        return False
    return len(narrated) >= 3 or any(
        _beside_speech(page.text, nominal) or _arrives(page, nominal) for nominal in narrated
    )


def _beside_speech(text: str, nominal: Nominal) -> bool:
    """Whether a sentence about somebody follows a quotation at once."""
    return nominal.initial and text[max(0, nominal.start - 3) : nominal.start].rstrip()[-1:] in ('"', "”", "’")


def _arrives(page: Page, nominal: Nominal) -> bool:
    """Whether the last sentence before a paragraph that opens with speech brings somebody new: `a woman ran in`."""
    if nominal.determiner not in ("a", "an", "another") or nominal.quoted or nominal.head == "voice":
        return False
    at = bisect_right(page.paragraphs, nominal.start, key=_start)
    if at >= len(page.paragraphs) or not page.is_quoted(page.paragraphs[at].start):
        return False
    rest = page.text[nominal.end : page.paragraphs[at - 1].end]
    compared = _COMPARED.search(page.text, max(0, nominal.start - 12), nominal.start)
    seen = _SEEN.search(page.text, max(0, nominal.start - 24), nominal.start)
    return (compared is None or seen is not None) and _STOP.search(rest) is None


def _start(span: Span) -> int:
    return span.start


def _speaks(text: str, span: Span, *, wide: bool = False) -> bool:
    """Whether a verb of speech stands beside a mention; `wide` lets any such verb pass beside a quotation: roared."""
    tagging = wide and _AFTER_QUOTE.search(text, max(0, span.start - 24), span.start) is not None
    verbs = words("verbs", "speech") if tagging else words("verbs", "plain")
    after = _SPEAKING_AFTER.match(text, span.end, span.end + 30)
    if after and after[1] in verbs:
        return True
    before = _SPEAKING_BEFORE.search(text, max(0, span.start - 30), span.start)
    return before is not None and before[1] in verbs
