from dataclasses import replace

import pytest

from fabula.errors import LayerMissingError
from fabula.report.facts import MarksShare, counts, doubts, pairs, scenes, sureness, unknown_by_marks
from fabula.story import Telling, Utterance
from tests.builders import Said, people, telling
from tests.report.stories import keeper, lighthouse


def test_counts_leave_out_what_is_not_the_story():
    found = counts(lighthouse())
    assert (found.chapters, found.scenes, found.people, found.speakers) == (2, 3, 4, 3)
    body = lighthouse().text[lighthouse().text.index("Chapter One") :]
    assert found.words == len([word for word in body.split() if any(map(str.isalnum, word))])


def test_a_text_without_headings_is_one_chapter():
    assert counts(keeper()).chapters == 1


def test_nested_quotations_and_titles_are_not_counted():
    made = telling("“One,” she said. “Two.”", said=[Said("“One,”"), Said("“Two.”")])
    first, second = made.layer("quotes")
    for changed in (replace(second, depth=1), replace(second, kind="title")):
        assert counts(made.with_layer("quotes", (first, changed), made.layers["quotes"].made_by)).quotations == 1


def test_pairs_come_most_first_and_leave_out_who_speaks_to_themselves():
    assert pairs(lighthouse()) == (
        ("mara-quill", "tobias-fenn", 3),
        ("tobias-fenn", "mara-quill", 2),
        ("old-wren", "mara-quill", 1),
        ("old-wren", "tobias-fenn", 1),
    )
    alone = telling("“Ah.”", cast=people("Ann"), said=[Said("“Ah.”", "ann", ("ann",))])
    assert pairs(alone) == ()


def test_scenes_tell_opening_viewpoint_and_voices():
    first, second, third = scenes(lighthouse())
    assert (first.chapter, first.viewpoint, first.number) == ("Chapter One", "Mara", 1)
    assert first.opening == "The telephone rang at ten. Mara let it ring twice."
    assert dict(first.voices) == {"mara-quill": 4, "tobias-fenn": 2, "old-wren": 1}
    assert second.opening.startswith("The lamp is low, the lamp is low, and who")
    assert (third.chapter, third.chapter_number) == ("Chapter Two", 2)
    assert dict(third.voices) == {None: 1, "mara-quill": 1}


def test_a_scene_opens_after_the_notes_before_it():
    made = telling("Chapter Notes\n\nThanks, Kit.\n\nIt rained.", kinds={0: "matter", 1: "matter"})
    assert scenes(made)[0].opening == "It rained."


def test_doubts_say_what_why_and_where():
    found = [doubt for group in doubts(lighthouse()) for doubt in group]
    assert [(doubt.kind, doubt.reason) for doubt in found] == [
        ("unknown speaker", "nobody is named"),
        ("doubtful speaker", "weak tag"),
        ("quotation", "never closed"),
    ]
    unknown, _, unclosed = found
    line = lighthouse().text[: lighthouse().text.index("“You have reached")].count("\n") + 1
    assert unknown.place == f"lighthouse.txt:{line}:1"
    assert unclosed.words == "“I knew it, said Tobias."


def test_doubts_of_one_kind_and_reason_stand_together():
    made = telling(
        "“A?” “B?” “C?”",
        cast=people("Ann"),
        said=[Said("“A?”"), Said("“B?”", "ann", more={"confidence": 0.2}), Said("“C?”")],
    )
    unknown, doubtful = doubts(made)
    assert [doubt.words for doubt in unknown] == ["“A?”", "“C?”"]
    assert [doubt.words for doubt in doubtful] == ["Ann? “B?”"]


@pytest.mark.parametrize(
    ("speaker", "confidence", "expected"),
    [
        (None, 0.9, "unknown"),
        ("a", 0.8, "sure"),
        ("a", 0.79, "likely"),
        ("a", 0.5, "likely"),
        ("a", 0.49, "doubtful"),
    ],
)
def test_sureness(speaker, confidence, expected):
    assert sureness(Utterance((), speaker, confidence=confidence)) == expected


def test_a_missing_layer_is_named():
    with pytest.raises(LayerMissingError, match="'report' needs the layer 'matter'"):
        counts(Telling("bare", "words"))


def test_the_unknown_are_counted_by_their_marks():
    made = telling("“One.” “Two.” Three.", said=[Said("“One.”", "ida"), Said("“Two.”"), Said("Three.")])
    first, second, _ = made.layer("quotes")
    made = made.with_layer("quotes", (first, second), made.layers["quotes"].made_by)
    assert unknown_by_marks(made) == (MarksShare("curly", 1, 2), MarksShare("unmarked", 1, 1))
