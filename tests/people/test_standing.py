from __future__ import annotations

from fabula.people import find_people
from tests.people.small import told


def meant(text: str, words: str, *, nth: int = 0) -> str | None:
    """Whom the nth description with these words means, by name."""
    mentions, characters = find_people(told(text))
    names = {who.id: who.name for who in characters}
    found = [mention for mention in mentions if mention.form == "nominal" and mention.span.of(text).lower() == words]
    return names.get(found[nth].character or "")


TALK = (
    'Ada Hale met Otto by the river. Ada Hale laughed.\n\n"You are late, Ada Hale," said Otto.'
    '\n\n"I am not," said the girl.'
)


def test_a_description_beside_speech_stands_for_whoever_was_called() -> None:
    assert meant(TALK, "the girl") == "Ada Hale"


def test_not_for_whoever_has_just_spoken() -> None:
    text = TALK.replace("said Otto", "said Ada Hale").replace("late, Ada Hale", "late, Otto")
    assert meant(text, "the girl") != "Ada Hale"


def test_somebody_new_stays_somebody_new() -> None:
    text = 'Ada Hale met Otto by the river.\n\nA girl stood there too, a girl in red.\n\n"Come," said the girl.'
    assert meant(text, "the girl") != "Ada Hale"


def test_an_aunt_is_whoever_is_about_where_she_is() -> None:
    text = (
        "Mrs. Pym came in, and Mrs. Pym sat down. There was Otto.\n\n"
        "\"Come,\" said Otto's aunt.\n\nMrs. Pym rose. Otto's aunt was tall."
    )
    assert meant(text, "otto's aunt") == "Mrs. Pym"
