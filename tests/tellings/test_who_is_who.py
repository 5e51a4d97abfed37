"""Who is who in two tellings of one evening, where only what people are called differs."""

import pytest

from tests.tellings.test_verdicts import EVENING, judged

TOLD = EVENING.format(who="Joss")


def told_by(name, other):
    """Return the evening as one of the two tells it."""
    mine = TOLD.replace(f"said {name}", "I said").replace(f"{name} took", "I took")
    mine = mine.replace(f"{name} looked at {other}", f"I looked at {other}")
    mine = mine.replace(f"{other} looked at {name}", f"{other} looked at me")
    return mine.replace("Joss and Abel came", f"{other} and I came")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (TOLD.replace("Abel", "Abe"), {("Abel", "Abe", "same")}),
        (TOLD.replace("Abel", "Abel Hoskyn"), {("Abel", "Abel Hoskyn", "same")}),
        (TOLD.replace("Joss", "Josse"), {("Joss", "Josse", "same")}),
        (TOLD.replace("Abel", "Mr. Hoskyn"), {("Abel", "Mr. Hoskyn", "renamed")}),
        (TOLD.replace("Abel", "Martha"), {("Abel", "Martha", "renamed")}),
        (TOLD.replace("Abel", "the old man"), {("Abel", "the old man", "renamed")}),
        (
            TOLD.replace("Abel", "Walter").replace("Joss", "Peter"),
            {("Abel", "Walter", "renamed"), ("Joss", "Peter", "renamed")},
        ),
        (told_by("Abel", "Joss"), {("Abel", "I", "narrator"), ("Joss", "Joss", "same")}),
        (told_by("Joss", "Abel"), {("Joss", "I", "narrator"), ("Abel", "Abel", "same")}),
        (TOLD.replace("said Abel.", "said Walter.", 1), {("Abel", "Abel", "same"), ("Joss", "Joss", "same")}),
    ],
    ids="short longer spelling titled woman described both abel-tells joss-tells once".split(),
)
def test_who_is_who(other, expected):
    _, alignment = judged(TOLD, other)
    found = {(each.a, each.b, each.kind) for each in alignment.people}
    assert expected <= found
    assert len(found) == 2
    assert alignment.differences == ()
