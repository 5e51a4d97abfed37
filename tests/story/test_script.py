import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula import pipeline
from fabula.errors import IntegrityError, LayerMissingError
from fabula.spans import Span
from fabula.story import Paragraph, Provenance, Scene, Telling, Utterance, script, verify

HAND = Provenance("hand", 1)


def telling(text, paragraphs, utterances=()):
    made = Telling("t", text)
    made = made.with_layer("paragraphs", [Paragraph(Span(*span)) for span in paragraphs], HAND)
    made = made.with_layer("scenes", [Scene(Span(0, len(text)), 0)], HAND)
    return made.with_layer("utterances", utterances, HAND)


def test_speech_and_narration_are_lines_of_their_own():
    text = '"No," said Ida, "never."\n\nIt rained.'
    said = Utterance((Span(0, 5), Span(16, 24)), speaker="ida")
    lines = script(telling(text, [(0, 24), (26, 36)], [said]))
    assert [(line.span.of(text), line.utterance, line.paragraph) for line in lines] == [
        ('"No,"', 0, 0),
        ("said Ida,", None, 0),
        ('"never."', 0, 0),
        ("It rained.", None, 1),
    ]


def test_nested_pieces_appear_once():
    text = "\"He said 'no' to me.\""
    inner, outer = Utterance((Span(9, 13),)), Utterance((Span(0, 21),))
    made = telling(text, [(0, 21)], [outer, inner])
    assert [line.utterance for line in script(made)] == [0]
    assert verify(made) == len("".join(text.split()))


def test_a_lost_paragraph_is_found():
    with pytest.raises(IntegrityError, match="part at"):
        verify(telling("One.\n\nTwo.\n\nThree.", [(0, 4), (12, 18)]))


def test_a_lost_end_is_found():
    with pytest.raises(IntegrityError, match="ends before the text"):
        verify(telling("One.\n\nTwo.", [(0, 4)]))


def test_a_missing_layer_is_named():
    with pytest.raises(LayerMissingError, match="'script' needs the layer 'paragraphs'"):
        script(Telling("t", "Hello."))


# Words and marks as they meet in prose, drawn at random, so that quotes open and close everywhere and nowhere.
SOUP = st.lists(
    st.sampled_from(
        [
            '"',
            "“",
            "”",
            "'",
            "‘",
            "’",
            "«",
            "»",
            "—",
            "\n",
            "\n\n",
            " ",
            "* * *\n",
            "Anne",
            "said",
            "I",
            "won't",
            ".",
            "?",
            ",",
        ]
    ),
    max_size=80,
).map("".join)


@given(SOUP)
def test_every_word_once_and_in_order_whatever_the_text(text):
    made = pipeline.run(Telling("soup", text))
    assert verify(made) == len("".join(text.split()))
    together = "".join("".join(line.span.of(text).split()) for line in script(made))
    assert together == "".join(text.split())


def test_layers_are_added_to_a_new_telling():
    first = Telling("t", "Hello.")
    second = first.with_layer("paragraphs", [Paragraph(Span(0, 6))], HAND)
    assert not first.layers
    assert second.layer("paragraphs") == (Paragraph(Span(0, 6)),)
    with pytest.raises(dataclasses.FrozenInstanceError):
        second.text = "Bye."
