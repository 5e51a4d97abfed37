import pytest

import fabula
from fabula.errors import ConfigError
from fabula.tellings.merging.asked import find_person, find_places
from tests.tellings.evenings import KEEPER, OILMAN, SKIPPER, Did, person, story, told

_SLOW = "The days were long, and nothing came of them but rain, and mud, and letters that nobody wished to open. " * 4
CHAPTERS = f"""Chapter I. The Well

Vera dug a well. {_SLOW}

Chapter II. The Frost

Vera’s well froze, and Vera wept. {_SLOW}

Chapter III. The Thaw

Vera sang. {_SLOW}"""


def chaptered(name, text=CHAPTERS):
    return told(name, text, (person("Vera", "Miss Holm"),), Did("dug", "dig", "vera"), Did("wept", "weep", "vera"))


def places(made, asked):
    return find_places(made, fabula.plot(made), asked)


def test_a_person_is_found_by_any_name_or_id():
    plot = fabula.plot(story(chaptered("one")))
    assert find_person(plot, "miss  holm") is find_person(plot, "VERA") is find_person(plot, "vera")


def test_nobody_and_several_of_a_name_are_told():
    plot = fabula.plot(story(chaptered("one")))
    with pytest.raises(ConfigError, match=r"nobody goes by 'Ulf' here. There are Vera"):
        find_person(plot, "Ulf")
    two = (person("Vera", "Holm"), person("Ulf", "Holm"))
    plot = fabula.plot(story(told("two", "It rained.", two)))
    with pytest.raises(ConfigError, match=r"several people go by 'holm'. Name one of them by id: ulf \(Ulf\), vera"):
        find_person(plot, "holm")


@pytest.mark.parametrize("asked", ["2", "Chapter II. The Frost", "chapter ii. the frost", "one:2", "ONE: 2"])
def test_a_chapter_is_found_by_number_or_title(asked):
    assert places(story(chaptered("one")), asked) == {0: CHAPTERS.index("Chapter II.")}


@pytest.mark.parametrize("asked", ["Vera's well froze", "“vera’s  WELL”", "one:well\nfroze"])
def test_words_are_found_whatever_their_marks_and_spaces(asked):
    (at,) = places(story(chaptered("one")), asked).values()
    assert CHAPTERS[at:].casefold().startswith(("vera’s well", "well froze"))


def test_words_that_several_tellings_have_are_a_place_in_each():
    found = places(story(KEEPER, OILMAN, SKIPPER), "You are late, Joss")
    assert found == {side: each.text.index("You are") for side, each in enumerate((KEEPER, OILMAN, SKIPPER))}
    assert set(places(story(KEEPER, OILMAN, SKIPPER), "oilman:You are late")) == {1}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("Vera", r"'Vera' stands 4 times in one \(.*\). Quote more words"),
        ("9", "'9' is neither a chapter nor words of the text"),
        ("Zebra", "Give the number or title of a chapter, or quote some words as they stand"),
        ("…", "is neither a chapter nor words"),
        ("", "is neither a chapter nor words"),
    ],
)
def test_a_place_that_is_none_or_several_is_told(asked, message):
    with pytest.raises(ConfigError, match=message):
        places(story(chaptered("one")), asked)


def test_a_chapter_of_several_tellings_must_say_of_which():
    made = story(chaptered("one"), chaptered("two", CHAPTERS.replace("Vera sang", "Nobody sang at all")))
    with pytest.raises(ConfigError, match=r"several tellings have a chapter '2'. Say 'one:2' or 'two:2'"):
        places(made, "2")
    assert set(places(made, "two:2")) == {1}
