from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.store import Entry, correction_problems, match_corrections, unaddressed
from fabula.store.matching import NEAR
from fabula.story import Anchor, Correction, SourceMap, Telling

TEXT = """“No,” said Anna, and turned from
the window. “I never said that.”

He laughed. “No!” The bell rang. “No,” he said
again, to the cat that Providence had sent.
"""
SOURCE = SourceMap(tuple(Anchor(at, "night.txt", line, 1) for line, at in enumerate((0, 33, 66, 67, 114), 1)))
NIGHT = Telling("night", TEXT, source=SOURCE)


def one(entry: Entry, telling: Telling = NIGHT) -> Correction:
    (correction,) = match_corrections([entry], telling)
    return correction


def speaker(quoted: str, context: str = "", **more: str) -> Entry:
    return Entry("speaker", quoted, context, "Anna", where="c.toml:1", **more)


@pytest.mark.parametrize(
    ("quoted", "context", "line_start"),
    [
        ("i never SAID that", "", "I never"),
        ("'I never\nsaid that'", "", "I never"),
        ("turned from the window", "", "turned"),
        ("No!", "", "No!”"),
        ("no", "turned from the window", "No,” said"),
        ("no", "He laughed.", "No!”"),
        ("no", "again to the cat", "No,” he"),
        ("no", "the bell", "No!”"),
        ("no", "The bell rang. No, he said", "No,” he"),
        ('"No,"', "the bell", "No,” he"),
    ],
)
def test_a_place_is_found_by_its_words_and_those_near_by(quoted, context, line_start) -> None:
    found = one(speaker(quoted, context))
    assert (found.matched, found.problem) == (True, "")
    assert found.span is not None
    assert TEXT[found.span.start :].startswith(line_start)
    assert (found.kind, found.name, found.quoted, found.where) == ("speaker", "Anna", quoted, "c.toml:1")


@pytest.mark.parametrize(
    ("quoted", "context", "problem"),
    [
        ("I said that", "", "“I said that” stands nowhere in night"),
        ("“I said that.”", "", "“I said that.” stands nowhere in night"),
        ("no", "", "“no” stands 3 times in night (night.txt:1:2, night.txt:4:14, night.txt:4:35); add context = "),
        ("No,", "", "“No,” stands 2 times in night (night.txt:1:2, night.txt:4:35); add context = "),
        ("I never", "the ferry", "“I never” stands once in night, never near “the ferry”"),
        ("no", "the bell rang", "“no” stands 2 times in night (night.txt:4:14, night.txt:4:35); give other words"),
        ("No,", "said", "“No,” stands 2 times in night (night.txt:1:2, night.txt:4:35); give other words"),
    ],
)
def test_what_matches_nowhere_or_in_several_places_is_told(quoted, context, problem) -> None:
    found = one(speaker(quoted, context))
    assert (found.matched, found.span) == (False, None)
    assert found.problem.startswith(problem)
    assert correction_problems([found]) == (f"c.toml:1: {found.problem}",)


def test_long_quotes_are_cut_in_messages() -> None:
    found = one(speaker("I never " * 30))
    assert "I never I never" in found.problem
    assert len(found.problem) < 110


@pytest.mark.parametrize(("gap", "matched"), [(NEAR, True), (NEAR + 1, False)])
def test_near_is_six_hundred_characters(gap, matched) -> None:
    text = "Yes" + "." * gap + "window"
    assert one(speaker("yes", "window"), Telling("t", text)).matched is matched
    assert one(speaker("window", "yes"), Telling("t", text)).matched is matched


def test_names_are_looked_for_as_well() -> None:
    there = one(Entry("not_a_person", names=("Providence",)))
    assert there == Correction("not_a_person", names=("Providence",))
    gone = one(Entry("rename", name="Nurse Hale", names=("the nurse",)))
    assert (gone.matched, gone.problem) == (False, "“the nurse” stands nowhere")
    half = one(Entry("same", names=("Anna", "Anie")))
    assert (half.matched, half.problem) == (True, "“Anie” stands nowhere")
    none = one(Entry("split", names=("Ida", "Eda")))
    assert (none.matched, none.problem) == (False, "“Ida” stands nowhere, “Eda” stands nowhere")


@pytest.mark.parametrize(("name", "count"), [("night", 1), ("Night.txt", 1), ("", 1), ("evening", 0), ("night.5", 0)])
def test_an_entry_may_be_for_one_telling(name, count) -> None:
    assert len(match_corrections([speaker("I never", telling=name)], NIGHT)) == count


def test_an_entry_for_a_telling_that_is_not_there_is_told() -> None:
    entries = [speaker("I never"), speaker("I never", telling="Night"), speaker("I never", telling="nihgt")]
    (found,) = unaddressed(entries, ["night", "evening"])
    assert (found.matched, found.name) == (False, "")
    assert found.problem == "there is no telling “nihgt”; did you mean “night”?"
    assert unaddressed(entries[2:], ["a"])[0].problem == "there is no telling “nihgt”"


def test_an_entry_that_applies_to_one_telling_is_no_problem_in_the_others() -> None:
    evening = Telling("evening", "“I know,” said Annie.")
    entries = [
        speaker("I never"),
        Entry("speaker", "Not there", where="c.toml:2"),
        Entry("same", names=("Anna", "Annie"), where="c.toml:3"),
        Entry("same", names=("Anna", "Anie", "Annie"), where="c.toml:4"),
    ]
    both = [found for telling in (NIGHT, evening) for found in match_corrections(entries, telling)]
    assert correction_problems(both) == (
        "c.toml:2: “Not there” stands nowhere in night; “Not there” stands nowhere in evening",
        "c.toml:4: “Anie” stands nowhere",
    )
    assert correction_problems([]) == ()


BLANKS = st.text(" \n\t", min_size=1, max_size=3)
WORDS = st.lists(st.sampled_from(["the", "bell", "rang", "twice", "over", "Harrow"]), min_size=3, max_size=30)


@given(WORDS, st.data())
def test_a_match_survives_any_wrapping(words, data) -> None:
    text = "".join(word + data.draw(BLANKS) for word in words)
    plain = one(speaker("rang twice over"), Telling("t", " ".join(words)))
    wrapped = one(speaker("rang\ntwice  over"), Telling("t", text))
    assert plain.matched == wrapped.matched
    if wrapped.span:
        assert wrapped.span.of(text).split() == ["rang", "twice", "over"]
        index = len(text[: wrapped.span.start].split())
        assert plain.span is not None
        assert plain.span.start == len(" ".join([*words[:index], ""]))


def test_the_narrator_may_be_named_although_no_text_does() -> None:
    found = one(Entry("rename", name="Ned", names=("the narrator",), where="corrections.toml, 1"))
    assert (found.matched, found.problem) == (True, "")
