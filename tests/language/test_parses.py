import numpy as np

from fabula import pipeline
from fabula.language import find_sentences, find_tokens
from fabula.language.parses import ended
from fabula.story import Provenance, Telling


def ended_at(text, *after):
    """Return the sentences of a text, as the rules cut it, when the network ends them after these words only."""
    telling = pipeline.run(Telling("t", text), stages=pipeline.RULE_STAGES[:1])
    tokens = find_tokens(telling)
    telling = telling.with_layer("sentences", find_sentences(telling), Provenance("words", 1))
    words = [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
    ends = np.array([word in after for word in words], np.int64)
    return [sentence.span.of(text) for sentence in ended(telling, tokens, ends)]


def test_sentences_are_joined_and_cut_as_the_network_ends_them():
    text = "He saw Mr. No. 7 there it rained.  All day."
    assert ended_at(text, "there", ".") == ["He saw Mr. No. 7 there", "it rained.", "All day."]


def test_marks_around_words_stay_with_their_sentence():
    assert ended_at("_One_ came. _Two_ went.", ".") == ["_One_ came.", "_Two_ went."]
    assert ended_at("One came. Two went.") == ["One came. Two went."]


def test_a_text_without_words_has_its_signs():
    assert ended_at("* * *") in (["* * *"], [])
    assert ended_at("") == []
