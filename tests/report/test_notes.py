from dataclasses import replace

import pytest

from fabula.pipeline import Provenance
from fabula.report.notes import authors_word, labels, marks_note
from fabula.story import Correction, Metadata, Story
from tests.builders import Said, telling
from tests.report.stories import both, keeper, lighthouse


def corrected(*corrections):
    return keeper().with_layer("corrections", corrections, Provenance("author", 1))


def entry(line, problem="", folder=""):
    return Correction(
        "speaker", quoted="x", where=f"{folder}corrections.toml:{line}", matched=not problem, problem=problem
    )


@pytest.mark.parametrize(
    ("corrections", "told", "problems"),
    [
        ([], "", 0),
        ([entry(1)], "Your correction applies.", 0),
        ([entry(1, "gone")], "Your correction does not apply.", 1),
        ([entry(1), entry(5)], "Your corrections: all 2 apply.", 0),
        ([entry(1), entry(5, "gone")], "Your corrections: 1 of 2 apply.", 1),
        ([entry(1, "gone"), entry(5, "gone")], "Your corrections: none of 2 apply.", 2),
    ],
)
def test_the_authors_word_is_counted(corrections, told, problems):
    word = authors_word(Story((corrected(*corrections),)))
    assert (word.told, len(word.problems)) == (told, problems)


def test_a_correction_that_applies_to_one_telling_is_no_problem_in_another():
    there, gone = corrected(entry(1)), corrected(entry(1, "gone"))
    assert authors_word(Story((there, replace(gone, name="second")))) == ("Your correction applies.", ())


def test_problems_tell_the_place_without_its_folders():
    word = authors_word(Story((corrected(entry(3, "“x” stands nowhere", folder="/home/me/books/")),)))
    assert word.problems == ("corrections.toml:3: “x” stands nowhere",)


def test_a_telling_alone_goes_by_its_title_and_several_by_what_tells_them_apart():
    assert labels(Story((lighthouse(),))) == ("The Lamp at Skerry Point",)
    assert labels(both()) == ("lighthouse", "keeper")
    titled = [replace(keeper(), metadata=Metadata(title=title)) for title in ("Morning", "Evening")]
    assert labels(Story(tuple(titled))) == ("Morning", "Evening")


def test_the_share_of_the_unknown_is_told_by_marks():
    made = telling("“One.” “Two.”", said=[Said("“One.”", "ida"), Said("“Two.”")])
    assert marks_note(made) == "Lines without a speaker, by their marks: curly 1 of 2 (50%)."
    assert marks_note(telling("“One.”", said=[Said("“One.”", "ida")])) == ""
