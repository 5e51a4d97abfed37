import pytest

from fabula.language.parses import lemma_of, spelt


@pytest.mark.parametrize(
    ("word", "script", "lemma"),
    [
        ("Lamps", "l|0||1|", "lamp"),
        ("Ida", "k|0||0|", "Ida"),
        ("was", "l|=|be", "be"),
        ("feet", "l|0||3|oot", "foot"),
        ("|", "l|=|||", "||"),
        ("a", "l|2||3|", "a"),
    ],
)
def test_scripts_make_lemmas(word, script, lemma):
    assert lemma_of(word, script) == lemma


@pytest.mark.parametrize(
    ("word", "cut", "known", "lemma"),
    [
        ("cried", "cri", "", "cry"),
        ("liked", "lik", "like", "like"),
        ("liked", "lik", "", "lik"),
        ("stopped", "stopp", "stop", "stop"),
        ("filled", "fill", "fill", "fill"),
        ("waited", "wait", "", "wait"),
        ("having", "hav", "have", "have"),
        ("was", "be", "bee", "be"),
        ("lamps", "lamp", "lampe", "lamp"),
        ("taxis", "taxi", "", "taxi"),
    ],
)
def test_hidden_letters_come_back_where_the_text_shows_them(word, cut, known, lemma):
    assert spelt(word, cut, set(known.split())) == lemma
