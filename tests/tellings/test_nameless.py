"""Two stories of the same people are not one story: what is shared beside the names decides."""

import pytest

from fabula.tellings.collation.lines import find_lines
from fabula.tellings.collation.nameless import shared_names, without_names
from tests.tellings.small import aligned, read

GLOBE = (
    "The teacher asked who had broken the globe. Nobody spoke. Then Karl put up his hand, although it was Anna who "
    "had done it. He had to copy out the rivers of Asia a hundred times."
)
GLOBE_AGAIN = (
    "Anna had knocked over the globe. When the teacher wanted to know who it was, the class was silent. Karl took "
    "the blame for her. His punishment was to write down Asia's rivers one hundred times."
)
WINDOW = (
    'Anna opened the window. "Who is there?" she asked. Nobody answered, only the wind moved the curtain. At '
    'breakfast Karl laughed at her. "You dream too much," said Karl.'
)
DOCTOR = (
    'The doctor listened to Anna\'s chest. "It is nothing," he said. Karl did not believe him. He wrote to a '
    "professor in Vienna. The professor sent a bill and no advice."
)


def names_of(*texts):
    return shared_names(*(find_lines(telling, (telling.whole,)) for telling in map(read, texts)))


@pytest.mark.parametrize(("a", "b"), [(WINDOW, GLOBE), (DOCTOR, WINDOW), (GLOBE, DOCTOR)])
def test_who_is_in_two_texts_makes_them_no_tellings_of_one_story(a, b):
    assert aligned(a, b)[1].links == ()
    assert aligned(b, a)[1].links == ()


def test_one_story_of_named_people_told_in_other_words_is_linked_as_before():
    (link,) = aligned(GLOBE, GLOBE_AGAIN)[1].links
    assert (link.a, link.b) == (((0, len(GLOBE)),), ((0, len(GLOBE_AGAIN)),))


def test_names_are_what_both_have_with_a_capital_and_never_without():
    assert names_of(WINDOW, DOCTOR) == {"anna", "karl"}
    beside = (
        "Behind the old mill by the river Anna met the Fox.",
        "There the fox saw Anna once again, and with her was Vera.",
    )
    assert names_of(*beside) == {"anna"}
    assert names_of("Anna slept. I'm here.", "Anna ate. And I'm not.") == {"anna"}


def test_where_nouns_have_capitals_these_show_no_names():
    german = "Als Anna das Fenster öffnete, bewegte der Wind den Vorhang. Nur Karl hörte im Bett das Geräusch."
    assert names_of(german, german + " Am Morgen lachte Karl.") == frozenset()


def test_without_names_lines_are_the_same_but_for_them():
    telling = read('"Anna!" Karl\'s hat flew off, and Anna ran.')
    lines = find_lines(telling, (telling.whole,))
    bare = without_names(lines, frozenset({"anna", "karl"}))
    assert [span.of(bare.text) for span in bare.spans] == [
        span.of(lines.text).replace("Anna", "someone").replace("Karl's", "someone") for span in lines.spans
    ]
    assert len(bare.words) == len(lines.words) == len(bare.blocks)
    assert "anna" not in {word for words in bare.words for word in words}
