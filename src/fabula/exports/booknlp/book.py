"""BookNLP's `.book`: the characters, and what they do, undergo, are and own."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from fabula.exports.booknlp.page import WANTED_BY, Entity, Page
from fabula.story import Character

_FORMS = {"proper": "name", "common": "nominal", "pronoun": "pronoun"}
_KINDS = {"agent": "agent", "patient": "patient", "mod": "modifier", "poss": "possessive"}
_PRONOUNS = {
    form: tuple(form.split("/"))
    for form in ("he/him/his", "she/her", "they/them/their", "xe/xem/xyr/xir", "ze/zem/zir/hir")
}
_GENDERS = {
    "male": "he/him/his",
    "female": "she/her",
    "plural": "they/them/their",
    "neutral": "they/them/their",
}


def book(page: Page) -> str:
    """Return all that are mentioned more than once and are a person or a character, most mentioned first, as JSON.

    Raises:
        LayerMissingError: when the layer `roles` is missing.
    """
    mentioned: dict[int, list[Entity]] = defaultdict(list)
    for entity in page.entities:
        if entity.coref >= 0 and (entity.mention.type == "PER" or entity.coref in page.people):
            mentioned[entity.coref].append(entity)
    done = _done(page)
    often = sorted((item for item in mentioned.items() if len(item[1]) > 1), key=lambda item: -len(item[1]))
    entries = [_entry(number, entities, page.people.get(number), done) for number, entities in often]
    return json.dumps({"characters": entries}) + "\n"


def _done(page: Page) -> Mapping[tuple[str, str], list[dict[str, object]]]:
    """Return, for each character and kind of role, the words with their tokens."""
    found: dict[tuple[str, str], list[dict[str, object]]] = defaultdict(list)
    for role in page.telling.layer("roles", wanted_by=WANTED_BY):
        token = page.tokens.inside(role.span).start
        found[role.character, role.kind].append({"w": page.words[token], "i": token})
    return found


def _entry(
    number: int,
    entities: Sequence[Entity],
    who: Character | None,
    done: Mapping[tuple[str, str], list[dict[str, object]]],
) -> dict[str, object]:
    lists = {name: done.get((who.id, kind), []) if who else [] for name, kind in _KINDS.items()}
    mentions = {
        name: [
            {"c": times, "n": text}
            for text, times in Counter(one.text for one in entities if one.mention.form == form).most_common()
        ]
        for name, form in _FORMS.items()
    }
    return {**lists, "id": number, "g": _gender(entities, who), "count": len(entities), "mentions": mentions}


def _gender(entities: Sequence[Entity], who: Character | None) -> dict[str, object] | None:
    """Return the pronouns that somebody goes by, and how the pronouns of the text are shared out; None if unknown."""
    texts = Counter(one.text.lower() for one in entities)
    counts = {form: sum(texts[word] for word in words) for form, words in _PRONOUNS.items()}
    total = sum(counts.values())
    most = max(counts, key=lambda form: counts[form]) if total else None
    known = _GENDERS.get(who.gender, most) if who else most
    if known is None:
        return None
    shares = {form: round(count / total, 3) if total else 0.0 for form, count in counts.items()}
    return {"inference": shares, "argmax": known, "max": shares[known], "total": total}
