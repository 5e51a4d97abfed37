import io
from dataclasses import replace

from lxml import html
from rich.console import Console

from fabula import api
from fabula.report import alignment_columns, draft_summary, write_synopsis
from fabula.story import Story
from tests.tellings.small import KEEPER, MARKET, read
from tests.tellings.test_drafts import BEES, FERRY, LETTER, ROAD, book

OLD = book((KEEPER, BEES), (MARKET,), (FERRY, ROAD)).replace("Chapter 2", "Chapter 2: The Camel")
NEW = book((KEEPER.replace("an hour", "two hours"),), (FERRY, ROAD, LETTER), (MARKET,)).replace(
    "Chapter 3", "Chapter 3: The Camel"
)


def story(old, new):
    return api.align_story(Story((read(old, "old"), read(new, "new"))))


def lines(renderable, width=100):
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(renderable)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_the_summary_names_what_changed_and_passes_over_what_did_not():
    assert lines(draft_summary(story(OLD, NEW))) == [
        "What changed from old to new",
        "chapters: 2 reworded · 1 the same · 1 moved",
        "scenes: 1 reworded · 1 cut · 3 the same · 1 added · 1 moved",
        "  reworded     chapter 1 · 18%: 30 words out, 2 in",
        "    reworded   chapter 1, scene 1 · 3%: 2 words out, 2 in",
        "    cut        chapter 1, scene 2 · 28 words",
        "  moved        chapter 2 “Chapter 2: The Camel” → chapter 3 “Chapter 3: The Camel”",
        "  reworded     chapter 3 → chapter 2 · 17%: 0 words out, 19 in",
        "    added      chapter 2, scene 3 · 19 words",
        "",
    ]


def test_a_scene_that_left_its_chapter_stands_by_itself():
    found = lines(draft_summary(story(book((KEEPER, BEES), (MARKET, ROAD)), book((KEEPER,), (MARKET, ROAD, BEES)))))
    assert "  moved        chapter 1, scene 2 → chapter 2, scene 3" in found


def test_places_stand_below_each_other_also_beside_the_longest_change():
    new = book((KEEPER.replace("an hour", "two hours"),), (MARKET, ROAD, BEES.replace("bees", "wasps", 1)))
    found = lines(draft_summary(story(book((KEEPER, BEES), (MARKET, ROAD)), new)))
    assert any(line.startswith("  moved, reworded ") for line in found)
    assert len({line.find(" chapter ") for line in found if line.startswith("  ")}) == 1


def test_it_stands_above_the_lines_where_there_are_several_scenes():
    assert lines(alignment_columns(story(OLD, NEW)))[0] == "What changed from old to new"
    assert lines(alignment_columns(story(KEEPER, KEEPER)))[0] == "old | new"
    found = story(OLD, NEW)
    unrelated = replace(found, alignments=(replace(found.alignments[0], links=()),))
    assert lines(alignment_columns(unrelated))[0] == "old | new"


def test_above_the_lines_it_is_cut_where_it_is_long():
    scenes = [f"{word.capitalize()} stood alone on the {word} hill at dusk." for word in map(chr, range(97, 123))]
    found = lines(alignment_columns(story(book((*scenes, KEEPER)), book((KEEPER,)))))
    assert "  … and 6 more: --summary shows all" in found
    assert sum(line.startswith("  cut ") for line in found) == 20


def test_what_is_too_wide_goes_on_below_its_beginning():
    found = lines(draft_summary(story(OLD, NEW)), 60)
    at = next(number for number, line in enumerate(found) if line.startswith("  moved "))
    assert found[at : at + 2] == [
        "  moved        chapter 2 “Chapter 2: The Camel” → chapter 3",
        "               “Chapter 3: The Camel”",
    ]


def test_names_and_titles_cannot_steer_a_terminal():
    old = book((KEEPER,), (MARKET,)).replace("Chapter 2", "Chapter 2: \x1b[2J")
    assert not any("\x1b" in line for line in lines(draft_summary(story(old, book((KEEPER,))))))


def page(found):
    out = io.StringIO()
    write_synopsis(found, out)
    return html.fromstring(out.getvalue())


def test_the_page_begins_with_what_changed_too():
    (section,) = page(story(OLD, NEW)).xpath("//section[@class='changes']")
    assert section.xpath("h2")[0].text_content() == "What changed from old to new"
    assert [each.text_content() for each in section.xpath("p")] == lines(draft_summary(story(OLD, NEW)))[1:3]
    rows = [(" ".join(row.text_content().split()), row.get("class")) for row in section.xpath(".//li")]
    assert rows == [
        ("Reworded chapter 1 18%: 30 words out, 2 in", None),
        ("Reworded chapter 1, scene 1 3%: 2 words out, 2 in", "in"),
        ("Cut chapter 1, scene 2 28 words", "in"),
        ("Moved chapter 2 “Chapter 2: The Camel” → chapter 3 “Chapter 3: The Camel”", None),
        ("Reworded chapter 3 → chapter 2 17%: 0 words out, 19 in", None),
        ("Added chapter 2, scene 3 19 words", "in"),
    ]


def test_a_page_without_changes_of_chapters_and_scenes_does_not_tell_of_them():
    assert not page(story(KEEPER, KEEPER.replace("an hour", "two hours"))).xpath("//section[@class='changes']")
    assert not page(story(OLD, OLD)).xpath("//section[@class='changes']")


def test_a_long_list_of_changes_is_folded_on_the_page():
    scenes = [f"{word.capitalize()} stood alone on the {word} hill at dusk." for word in map(chr, range(97, 123))]
    (folded,) = page(story(book((*scenes, KEEPER)), book((KEEPER,)))).xpath("//section[@class='changes']/details")
    assert folded.get("open") is None
    assert folded.xpath("summary")[0].text_content() == "26 changes, as a list"
