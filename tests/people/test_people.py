from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.people import find_people
from fabula.spans import Span
from fabula.story import Correction, Scene
from tests.people.small import people_of, told


def meant(text: str, words: str, *, nth: int = 0, **more: object) -> str | None:
    """Whom the nth mention with these words means."""
    mentions, characters = find_people(told(text, **more))  # type: ignore[arg-type]
    names = {who.id: who.name for who in characters}
    found = [mention for mention in mentions if mention.span.of(text) == words]
    return names.get(found[nth].character or "")


def test_people_are_told_from_places() -> None:
    found = people_of("In the morning Corwin walked to Felsing. Corwin said so. He came from Felsing, near Felsing.")
    assert set(found) == {"Corwin"}


def test_the_first_word_of_a_sentence_is_no_name_by_its_capital() -> None:
    found = people_of("Nobody came. Perhaps Ada knew. Certainly Ada smiled. Rain fell.")
    assert set(found) == {"Ada"}


def test_possessives_are_stripped() -> None:
    found = people_of("We saw Ada's hat. It was Ada who lost it, and Ada laughed.")
    assert found["Ada"].aliases == ("Ada",)


def test_titles_belong_to_the_name() -> None:
    found = people_of("Then old Mr. Pym came in. We liked Mr. Pym. Lady Grey of Dunmore nodded to Mr. Pym.")
    assert {"Mr. Pym", "Lady Grey"} <= set(found)


@pytest.mark.parametrize(
    ("text", "name", "gender"),
    [
        ("We met Mr. Pym.", "Mr. Pym", "male"),
        ("We met Aunt Orla.", "Aunt Orla", "female"),
        ("We met Ada, and Ada smiled.", "Ada", "female"),
        (
            "There stood Quill. Quill said that she was tired. Then Quill laughed, and she sat down.",
            "Quill",
            "female",
        ),
    ],
)
def test_gender(text: str, name: str, gender: str) -> None:
    assert people_of(text)[name].gender == gender


def test_pronouns_mean_the_latest_fitting_person() -> None:
    text = "Ada met Tom at the gate. She laughed and he bowed."
    assert meant(text, "She") == "Ada"
    assert meant(text, "he") == "Tom"


def test_a_new_scene_forgets_the_old_one() -> None:
    text = "Ada sat down. Ada sang. Ada slept.\n\nRuth woke. She rose."
    at = text.index("Ruth")
    scenes = (Scene(Span(0, at), 0), Scene(Span(at, len(text)), 0))
    assert meant(text, "She", scenes=scenes) == "Ruth"


def test_a_stated_viewpoint_comes_first() -> None:
    text = "Ada sat by Ruth, and Ruth spoke to Ada.\n\nShe rose."
    at = text.index("She")
    scenes = (Scene(Span(0, at), 0), Scene(Span(at, len(text)), 0, viewpoint="Ruth"))
    assert meant(text, "She", scenes=scenes) == "Ruth"


def test_a_description_that_speaks_is_a_character() -> None:
    found = people_of('A tall ferryman stood there. "No boats today," said the ferryman.')
    who = found["the ferryman"]
    assert (who.named, who.gender) == (False, "unknown")


def test_an_unknown_noun_becomes_a_person_by_speaking() -> None:
    found = people_of('There was a heron. "Go away," said the heron. "Why?" said Ada.')
    assert "the heron" in found


def test_a_description_that_does_nothing_is_none() -> None:
    assert set(people_of("Ada passed a soldier. Ada sang.")) == {"Ada"}


def test_a_father_by_his_surname() -> None:
    text = (
        'Ada Hale came home. Mr. Hale slept. Ada looked at her father. Ada woke her father. "Well?" said her father.'
    )
    assert meant(text, "her father", nth=1) == "Mr. Hale"


def test_a_description_in_apposition_is_the_name() -> None:
    text = 'Mr. Pym, the beadle, came in. "Here I am," said the beadle. The beadle sat down. Ada saw Mr. Pym.'
    found = people_of(text)
    assert "the beadle" in found["Mr. Pym"].aliases
    assert "the beadle" not in found


def test_the_narrator_is_found_and_named() -> None:
    text = (
        "I went in and I sat down. I was cold, and I said so to my friend.\n\n"
        '"You are late, Ralph," said Ada.\n\nI nodded. I had my reasons.\n\n'
        '"Sit, Ralph," said Ada.\n\nI sat. I smiled.\n\n"Eat, Ralph," said Ada.\n\nI ate my bread.'
    )
    found = people_of(text)
    assert found["Ralph"].narrator
    assert not found["Ada"].narrator
    assert meant(text, "I") == "Ralph"


def test_an_unnamed_narrator_is_still_somebody() -> None:
    found = people_of("I went in. I sat down. I was cold and I said so. I slept.")
    assert [who.narrator for who in found.values()] == [True]


TWO = "Then Ada Hale met Adela. Ada smiled at Adela. We saw Ada, and we saw Adela."


@pytest.mark.parametrize(
    ("correction", "names"),
    [
        (Correction("same", names=("Ada Hale", "Adela")), {"Ada Hale"}),
        (Correction("same", names=("Ada", "Adela")), {"Ada"}),
        (Correction("not_a_person", names=("Adela",)), {"Ada Hale"}),
        (Correction("split", names=("Ada Hale", "Ada")), {"Ada Hale", "Ada", "Adela"}),
        (Correction("rename", names=("Adela",), name="Sister Adela"), {"Ada Hale", "Sister Adela"}),
        (Correction("speaker", name="the ghost", quoted="Boo"), {"Ada Hale", "Adela", "the ghost"}),
    ],
)
def test_the_author_always_wins(correction: Correction, names: set[str]) -> None:
    assert set(people_of(TWO)) == {"Ada Hale", "Adela"}
    assert set(people_of(TWO, corrections=(correction,))) == names


def test_a_part_of_what_is_no_person_is_none_either() -> None:
    text = "Ada Hale came to St. Ann in the rain. St. Ann was full, and Ada Hale smiled at St. Ann. St. Ann waited."
    denied = Correction("not_a_person", names=("St. Ann",))
    assert set(people_of(text, corrections=(denied,))) == {"Ada Hale"}


@given(st.text(alphabet='Ada Tomhesi.,\n"', max_size=120))
def test_mentions_are_in_order_and_point_at_characters(text: str) -> None:
    mentions, characters = find_people(told(text))
    known = {who.id for who in characters}
    assert list(mentions) == sorted(mentions, key=lambda mention: (mention.span.start, -mention.span.end))
    assert all(mention.character is None or mention.character in known for mention in mentions)
    assert all(mention.span.of(text).strip() for mention in mentions)
    assert len(known) == len(characters)


def test_two_titled_names_without_a_comma_are_two_people() -> None:
    found = people_of("We met Miss Hale Miss Pym's niece. Then Miss Hale laughed. So Miss Pym laughed.")
    assert set(found) == {"Miss Hale", "Miss Pym"}


def test_a_shouted_name_is_shown_quietly() -> None:
    found = people_of("There stood ADA HALE. So Ada laughed at OTTO PYM. Then Ada Hale slept, and Otto Pym slept.")
    assert {"Ada Hale", "Otto Pym"} <= set(found)


def test_the_first_of_the_same_is_the_name_shown() -> None:
    same = Correction("same", names=("Adela", "Ada Hale"))
    assert set(people_of(TWO, corrections=(same,))) == {"Adela"}


FERRY = 'A tall ferryman stood there. "No boats today," said the ferryman. "Why?" said Ada. Ada sat down.'


@pytest.mark.parametrize(
    ("correction", "names"),
    [
        (Correction("rename", names=("the ferryman",), name="Joss"), {"Joss", "Ada"}),
        (Correction("same", names=("Ada", "the ferryman")), {"Ada"}),
        (Correction("speaker", name="the ghost", quoted="Boo", matched=False), {"the ferryman", "Ada"}),
    ],
)
def test_the_author_rules_over_descriptions(correction: Correction, names: set[str]) -> None:
    assert set(people_of(FERRY, corrections=(correction,))) == names


def test_the_author_may_name_the_narrator() -> None:
    text = "I went in. I sat down. I was cold and I said so. Ada saw me. Ada laughed."
    renamed = people_of(text, corrections=(Correction("rename", names=("the narrator",), name="Ned"),))
    assert renamed["Ned"].narrator
    same = people_of(text, corrections=(Correction("same", names=("Ada", "the narrator")),))
    assert [(who.name, who.narrator) for who in same.values()] == [("Ada", True)]
    assert meant(text, "me", corrections=(Correction("same", names=("Ada", "the narrator")),)) == "Ada"


def test_a_name_told_of_in_the_third_person_is_not_the_narrators() -> None:
    text = (
        "I went in and I sat down. I was cold.\n\n"
        '"Come, Mars Tom," said Jim.\n\nI nodded. Tom Reed laughed, and Tom went out with me, and Tom sang.\n\n'
        '"Eat, Mars Tom," said Jim.\n\nI ate. Tom ate too, and I saw Tom smile.'
    )
    assert not any(who.narrator and who.named for who in people_of(text).values())


def test_a_ship_that_never_speaks_is_nobody() -> None:
    text = "We saw the Marigold turn. Then the Marigold rolled. So the Marigold sailed, and Ada saw the Marigold go."
    assert set(people_of(text)) == {"Ada"}


def test_somebody_with_an_article_who_speaks_is_somebody() -> None:
    text = (
        'There stood the Weasel. "Hush," said the Weasel. "Why?" said Ada. '
        '"Hush," said the Weasel. So the Weasel left.'
    )
    assert set(people_of(text)) == {"the Weasel", "Ada"}


def test_a_chat_handle_in_lower_case_takes_nobody_away() -> None:
    text = '"Hello," said Wren.\n\n"Hi," said Midge.\n\nwren: I am here\n\nmidge: ok'
    assert {"Wren", "Midge"} <= set(people_of(text))


def test_a_word_of_grammar_may_be_a_name() -> None:
    text = '"Yes," said May. We like May. Then May smiled, and old May said: "No." ' * 6
    assert "May" in people_of(text)
    assert "May" not in people_of("We came in May. It was in May, and by May it rained. " * 9)


def test_the_pronoun_of_a_tag_means_rather_who_has_a_name_than_who_is_described_once() -> None:
    text = 'Tom and Ada came in. Tom sat down. A stout man passed the window.\n\n"It is late," he said.'
    assert meant(text, "he") == "Tom"


def test_the_end_of_the_name_of_a_place_is_nobody() -> None:
    place = "Ada lived at White Gates. The white road to White Gates was long. She came to White Gates with Tom. "
    white = "White or not, her white hat was white with snow, and so was the white road. "
    found = find_people(told(place + white + "Gates smiled at nobody. Ada slept."))[1]
    assert not any("Gates" in who.name for who in found)


def test_a_contraction_is_nobody() -> None:
    found = people_of("\"No,\" said Ada. She'd been there before. You've seen it. She'd smiled.")
    assert set(found) == {"Ada"}


def test_a_rare_name_that_only_opens_sentences_is_somebody() -> None:
    found = people_of("Renske nodded. There was nothing in the box. Renske never laughed, and Piet said so.")
    assert "Renske" in found
    assert not {"Rain", "Slowly"} & set(people_of("Rain fell. Rain came in. Slowly Ada rose. Slowly Ada sat."))


def test_a_longer_name_belongs_to_the_short_one() -> None:
    found = people_of('They looked at Gerda Holm. "Sit down," said Gerda. "No," said Benny. Gerda laughed.')
    assert found["Gerda Holm"].aliases == ("Gerda Holm", "Gerda")


def test_a_councillor_is_known_by_title() -> None:
    text = (
        'Councillor Brandt coughed. "Item one," said Councillor Brandt. "Why?" said Ada. "So," said the councillor.'
    )
    assert meant(text, "the councillor") == "Councillor Brandt"


def test_one_tag_tells_that_an_i_narrates() -> None:
    found = people_of('"Who is it?" I said.\n\n"Nobody," said Tom.\n\nHe opened the door to the yard.')
    assert found["the narrator"].narrator


def test_the_first_man_and_the_other_man_are_two() -> None:
    text = '"Pie?" said the first man.\n\n"Pie," said Gus.\n\n"He said pie," said the other man.'
    assert {meant(text, "the first man"), meant(text, "the other man")} == {"the first man", "the other man"}


def test_a_fat_guard_is_no_thin_guard() -> None:
    text = '"Halt," said the fat guard.\n\n"Why?" said the child.\n\n"He said so," said the thin guard.'
    assert meant(text, "the fat guard") != meant(text, "the thin guard")


def test_a_mother_who_speaks_once_is_somebody() -> None:
    text = 'Wilf sat by Hattie.\n\n"No," said Hattie.\n\n"What is it?" said their mother.\n\n"Nothing," said Wilf.'
    assert meant(text, "their mother") == "their mother"


def test_whoever_stands_in_one_sentence_with_the_boy_is_not_the_boy() -> None:
    text = (
        "Dragan drove, and the boy sat in the middle with a bag.\n\n"
        '"Eat," Dragan said.\n\n"No," said the boy.\n\n"Then sleep," Dragan said.'
    )
    assert meant(text, "the boy", nth=1) == "the boy"


def test_what_is_done_to_another_tells_no_gender() -> None:
    found = people_of(
        "Then Renko looked at her. Renko had seen the girl before she came. Renko nodded, and Renko said so to him."
    )
    assert found["Renko"].gender == "unknown"
