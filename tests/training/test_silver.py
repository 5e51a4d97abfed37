"""Speakers that are read from tags, then hidden."""

import random

import pytest

from fabula import pipeline
from fabula.story import Telling
from training.network import silver

TEXT = """Ida Marsh and Tom Reed met by the lamp. Mr. Reed was late, and he knew it.

"You are late," said Ida.

"I know it," said Tom. "The tide was out."

"Well," said Ida.

Ida looked at him. Tom's hat was wet.

"It rained," said Tom.
"""


class Always(random.Random):
    """Dice that always show one number."""

    def __init__(self, number):
        super().__init__()
        self.number = number

    def random(self):
        return self.number


def made(number):
    telling = pipeline.run(Telling("t", TEXT), stages=pipeline.RULE_STAGES)
    return silver.hidden(telling, Always(number))


@pytest.mark.parametrize("number", [0.0, 0.2, 0.5, 0.9])
def test_what_is_hidden_leaves_everything_in_its_place(number):
    document = made(number)
    text = document["text"]
    said = {"".join(text[a:b] for a, b in each["spans"]): each["speaker"] for each in document["quotes"]}
    assert {who.split("-")[0] for who in said.values()} == {"ida", "tom"}
    assert all(text[a] == '"' == text[b - 1] for each in document["quotes"] for a, b in each["spans"])
    words = {text[each["start"] : each["end"]] for each in document["mentions"]}
    assert words <= {"Ida Marsh", "Tom Reed", "Mr. Reed", "Ida", "Tom", "he", "she", "He", "She", "his", "His", "her"}


def test_a_whole_tag_is_dropped_where_nothing_follows_it():
    text = made(0.0)["text"]
    assert '"You are late."\n' in text
    assert '"I know it," said he. "The tide was out."' in text  # not whole: only the name is hidden
    assert "She looked at him. His hat was wet." in text  # as in the narration


def test_names_of_tags_become_pronouns_and_are_known():
    document = made(0.5)
    assert '"I know it," said he.' in document["text"]
    pronouns = [each for each in document["mentions"] if document["text"][each["start"] : each["end"]] == "he"]
    assert pronouns
    assert {each["characters"][0].split("-")[0] for each in pronouns} == {"tom"}


def test_nothing_is_hidden_where_the_dice_say_so():
    assert made(0.9)["text"] == TEXT
