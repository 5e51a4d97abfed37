import numpy as np

from fabula import pipeline
from fabula.nets.linker import Ranking
from fabula.people.pointing.voices import standing
from fabula.story import Telling


def ranked(*rows):
    """Return a ranking given, for each mention, as its antecedents with scores; having none scores 0."""
    most = max(map(len, rows))
    candidates = np.zeros((len(rows), most), np.int64)
    scores = np.full((len(rows), most), -np.inf, np.float32)
    for row, pairs in enumerate(rows):
        for column, (antecedent, score) in enumerate(pairs.items()):
            candidates[row, column], scores[row, column] = antecedent, score
    return Ranking(candidates, scores, np.zeros(len(rows), np.float32))


def test_a_pronoun_stands_for_those_it_may_take_up():
    found = standing(ranked({}, {}, {0: 5.0, 1: 3.0}, {2: 9.0}), np.array([7, 8, -1, -1]))
    assert found[0] == {7: (0, 1.0)}
    assert list(found[2]) == [7, 8]
    assert found[2][7].chance > 0.8
    assert sum(stand.chance for stand in found[2].values()) < 1
    # A chain of pronouns leads back to the names.
    assert found[3][7].name == 0
    assert abs(found[3][7].chance - found[2][7].chance) < 0.01


def test_a_mention_that_takes_up_nobody_stands_for_nobody():
    found = standing(ranked({}, {0: -9.0}), np.array([-1, -1]))
    assert found == [{}, {}]


TALK = (
    "Ida Marsh came in with the lamp, and Tom Reed looked up from the nets.\n\n"
    "“You are late,” said Tom Reed.\n\n“The tide was,” Ida Marsh answered.\n\n“Sit down,” he said.\n\n"
)


def test_voices_point_at_names_and_go_with_quotations():
    telling = pipeline.run(Telling("t", TALK))
    voices = telling.layer("voices")
    quotes = {quote.span for quote in telling.layer("quotes")}
    assert {voice.span for voice in voices} <= quotes
    assert voices
    for span in quotes:
        assert sum(voice.chance for voice in voices if voice.span == span) <= 1.001
    first = max((voice for voice in voices if voice.span.start == TALK.index("“You")), key=lambda each: each.chance)
    assert first.mention.of(TALK) == "Tom Reed"
