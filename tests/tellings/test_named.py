import pytest

from fabula.errors import ConfigError
from fabula.story import Side
from fabula.tellings import find_sides, paired, part_named
from tests.builders import telling
from tests.tellings.small import KEEPER, MARKET, OILMAN, read

CHAPTERS = f"Chapter 1: The Lamp\n\n{KEEPER}\n\nChapter 2: The Market\n\n{MARKET}\n\nChapter 3: The Oil\n\n{OILMAN}"
VIEWS = f"[Marta's Point Of View]\n\n{KEEPER}\n\n[Joss's Point Of View]\n\n{OILMAN}"


def named(text, part):
    made = read(text)
    side = part_named([made], 0, part)
    return side.name, [span.of(made.text).strip() for span in side.parts]


@pytest.mark.parametrize("part", ["2", "chapter 2: the market", "The  Market", "market"])
def test_a_chapter_goes_by_its_number_its_heading_or_words_of_it(part):
    assert named(CHAPTERS, part) == ("tale: Chapter 2: The Market", [MARKET])


@pytest.mark.parametrize("part", ["Joss", "joss"])
def test_a_viewpoint_goes_by_its_name(part):
    assert named(VIEWS, part) == ("tale: Joss", [OILMAN])


def test_alternate_chapters_of_one_name_are_one_part():
    text = "Marta\n\nRain.\n\nJoss\n\nSun.\n\nMarta\n\nSnow.\n\nJoss\n\nFog."
    made = telling(text, kinds=dict.fromkeys((0, 2, 4, 6), "heading"))
    side = part_named([made], 0, "joss")
    assert (side.name, [span.of(text).strip() for span in side.parts]) == ("tale: Joss", ["Sun.", "Fog."])


def test_an_unknown_name_is_answered_with_the_names_there_are():
    with pytest.raises(
        ConfigError, match=r"no parts go by the name 'Abel'.*'Chapter 1: The Lamp'.*'Chapter 3: The Oil'"
    ):
        named(CHAPTERS, "Abel")
    with pytest.raises(ConfigError, match="3 parts go by the name 'the'"):
        named(CHAPTERS, "the")
    with pytest.raises(ConfigError, match="no headings"):
        named(KEEPER, "Abel")


def test_a_number_that_several_chapters_have_names_none():
    text = f"Part One\n\nChapter 1\n\n{KEEPER}\n\nPart Two\n\nChapter 1\n\n{OILMAN}"
    with pytest.raises(ConfigError, match="2 chapters have the number 1"):
        named(text, "1")
    assert named(text, "part two")[1][0].endswith(OILMAN)


SIDES = [Side(0, "old", ()), Side(1, "new: Anna", ()), Side(1, "new: Ben", ())]


def pairs(base=None, *, every=False):
    return [(a.name, b.name) for a, b in paired(SIDES, base, every=every)]


def test_all_are_paired_with_the_base_or_every_two():
    assert pairs() == [("old", "new: Anna"), ("old", "new: Ben")]
    assert pairs("ben") == [("new: Ben", "old"), ("new: Ben", "new: Anna")]
    assert pairs("drafts/old.docx", every=True) == [
        ("old", "new: Anna"),
        ("old", "new: Ben"),
        ("new: Anna", "new: Ben"),
    ]


def test_a_base_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(ConfigError, match="'old', 'new: Anna', 'new: Ben'"):
        pairs("Clara")


def test_one_telling_alone_has_nothing_to_be_paired_with():
    with pytest.raises(ConfigError, match="one telling alone"):
        list(paired(SIDES[:1], None, every=False))


def test_several_tellings_are_sides_as_they_are():
    assert [side.name for side in find_sides([read(KEEPER, "a"), read(MARKET, "b")])] == ["a", "b"]
