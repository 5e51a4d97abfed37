import io
import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from fabula.report import cast_sheet, summary
from fabula.report.tables import cast_table
from fabula.story import Metadata, Story
from tests.builders import Said, people, telling
from tests.report.stories import both, hostile, keeper, lighthouse


def shown(renderable, width, *, colour=False):
    out = io.StringIO()
    Console(file=out, width=width, no_color=not colour, force_terminal=colour, legacy_windows=False).print(renderable)
    return out.getvalue()


def crowd(size):
    cast = people(*(f"Person {at}" for at in range(size)))
    said = [Said("“Yes.”", person.id) for person in cast for _ in range(2)]
    return telling(" ".join(line.words for line in said), cast=cast, said=said)


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
@pytest.mark.parametrize(
    "story", [both(), Story((hostile(),)), Story((telling(""),))], ids=["both", "hostile", "empty"]
)
def test_nothing_is_wider_than_the_terminal(story, width):
    lines = shown(summary(story, width=width), width).splitlines()
    assert max(cell_len(line.rstrip()) for line in lines) <= width


def test_summary_tells_title_cast_scenes_talk_and_doubts():
    told = shown(summary(Story((lighthouse(),)), width=120), 120)
    for words in (
        "The Lamp at Skerry Point",
        "A. Keeper · 136 words · 2 chapters · 3 scenes · 16 quotations",
        "Mara Quill  Mara",
        "Tobias Fenn 3",
        "Two    ",
        "Nobody spoke for a long while.",
        "1 unknown speaker: nobody is named",
        "  “You have reached the harbour office.",
        "lighthouse.txt:32:1",
        "1 quotation: never closed",
        "“I knew it, said Tobias.",
        "1 person who says nothing: The gull",
        "Your corrections: 1 of 2 apply.",
        "  corrections.toml:3: these words stand nowhere",
    ):
        assert words in told
    assert "tellings" not in told


def test_several_tellings_stand_side_by_side_and_one_after_the_other():
    told = shown(summary(both(), width=120), 120)
    assert "2 tellings of one story" in told
    row = next(line for line in told.splitlines() if line.startswith("Mara Quill"))
    assert "5 lines, 30 words" in row
    assert "1 line, 3 words" in row
    assert told.index("A. Keeper") < told.index("32 words")


def test_a_text_without_speech_is_not_called_certain():
    told = shown(summary(Story((telling("Rain fell."),)), width=80), 80)
    assert "Nobody is known to speak." in told
    assert "Nothing: no line of speech was found in this text." in told
    assert "every line" not in told


def test_nothing_doubtful_is_said_so():
    assert "Nothing: every line has a speaker" in shown(summary(Story((keeper(),)), width=80), 80)


def test_a_long_cast_is_cut_and_says_so():
    told = shown(summary(Story((crowd(49),)), width=80, rows=12), 80)
    assert "… and 37 more" in told
    assert "Person 11" in told
    assert "Person 12 " not in told
    assert "… and" not in shown(cast_sheet(Story((crowd(49),)), width=80), 80)


def test_those_who_say_nothing_are_named_below():
    quiet = telling("“Hi.”", cast=people("Ann", *(f"Person {at}" for at in range(60))), said=[Said("“Hi.”", "ann")])
    told = shown(summary(Story((quiet,)), width=80), 80)
    assert "60 people who say nothing: Person 0, Person 1," in told
    assert "Person 59" not in told
    assert re.search(r" … and \d+ more\n", told)
    assert "Person 59" in shown(cast_sheet(Story((quiet,)), width=80), 80)


def test_reasons_are_told_whole_and_words_are_cut():
    reason = "the words could be spoken by either of the two who stand at the door and quarrel"
    made = telling("“What?” " * 9, said=[Said("“What?”", more={"reason": reason}) for _ in range(9)])
    told = shown(summary(Story((made,)), width=60), 60)
    assert reason in " ".join(told.split())
    assert told.count("tale.txt:1:") == 3
    assert "… and 6 more" in told


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_language_that_is_not_read_is_named_near_the_top_and_once(width):
    made = telling(
        "« Non. » « Oui. »", metadata=Metadata(language="fr-CA"), said=[Said("« Non. »"), Said("« Oui. »")]
    )
    told = " ".join(shown(summary(Story((made,)), width=width), width).split())
    note = "This text is in French: only its chapters, scenes and quotations were read."
    assert note in told[:200]
    assert note in " ".join(shown(cast_sheet(Story((made,)), width=width), width).split())
    assert "This text is in" not in shown(summary(Story((lighthouse(),)), width=width), width)


def test_tellings_whose_titles_begin_alike_go_by_the_names_of_their_files():
    alike = [
        replace(keeper(), name=name, metadata=Metadata(title=f"The Lamp at Skerry Point, {name} time"))
        for name in ("first", "second")
    ]
    told = shown(summary(Story(tuple(alike)), width=80), 80)
    heads = next(line for line in told.splitlines() if line.startswith("Name"))
    assert heads.split() == ["Name", "first", "second"]
    assert "second · The Lamp at Skerry Point, second time" in told


def test_chapters_stand_in_the_list_of_scenes_only_where_there_are_any():
    assert "Chapter" in shown(summary(Story((lighthouse(),)), width=80), 80)
    assert "Chapter" not in shown(summary(Story((keeper(),)), width=80), 80)


def test_one_row_too_many_is_shown_rather_than_counted():
    assert "… and" not in shown(cast_table(crowd(13), width=80, rows=12), 80)


def test_without_colour_there_are_no_escapes_and_nothing_is_lost():
    plain, coloured = (shown(summary(both(), width=100), 100, colour=colour) for colour in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert "█" in plain


def test_a_text_cannot_steer_the_terminal_or_use_markup():
    told = shown(summary(Story((hostile(),)), width=200), 200)
    assert "\x1b" not in told
    assert "\u202e" not in told
    square = telling("“Hi.”", cast=people("[bold]Bo[/bold]"), said=[Said("“Hi.”", "bold-bo-bold")])
    assert "[bold]Bo[/bold]" in shown(summary(Story((square,)), width=100), 100)


def test_bars_grow_with_words():
    table = shown(cast_table(lighthouse(), width=80), 80).splitlines()
    full, less = (next(line for line in table if line.startswith(name)).count("█") for name in ("Mara", "Tobias"))
    assert full > less > 0


def test_narrow_ones_leave_out_columns():
    assert "Mostly to" in shown(cast_table(lighthouse(), width=80), 80)
    assert "Mostly to" not in shown(cast_table(lighthouse(), width=60), 60)
