import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.language.lemmas import lemma_of


@pytest.mark.parametrize(
    ("forms", "xpos", "lemma"),
    [
        ("spoke heard jumped chewed looked echoed", "VBD", "speak hear jump chew look echo"),
        ("liked closed breathed handled argued danced", "VBD", "like close breathe handle argue dance"),
        ("stopped filled added hissed purred travelled", "VBD", "stop fill add hiss purr travel"),
        ("cried tied agreed waited entered hanged changed", "VBD", "cry tie agree wait enter hang change"),
        ("lying crying seeing shining singing thing", "VBG", "lie cry see shine sing thing"),
        ("goes watches buzzes says tries lies", "VBZ", "go watch buzz say try lie"),
        ("ladies feet houses glasses shoes gas wives", "NNS", "lady foot house glass shoe gas wife"),
        ("nicer bigger happier better", "JJR", "nice big happy good"),
        ("worst kindest", "JJS", "bad kind"),
        ("her Me ’em", "PRP", "she I they"),
        ("her", "PRP$", "her"),
        ("’ll wo Must", "MD", "will will must"),
        ("n’t Never", "RB", "not never"),
        ("1,200", "CD", "1200"),
        ("’s", "POS", "'s"),
        ("LAMP saw", "NN", "lamp saw"),
        ("Ida McRae", "NNP", "Ida McRae"),
        ("read fallen-in", "VB", "read fallen-in"),
    ],
)
def test_forms_go_back_to_their_dictionary_form(forms, xpos, lemma):
    assert [lemma_of(form, xpos, frozenset()) for form in forms.split()] == lemma.split()


@pytest.mark.parametrize(
    ("form", "known", "lemma"),
    [
        ("planed", "plan", "plan"),
        ("planed", "plan plane", "plane"),
        ("aunties", "auntie", "auntie"),
        ("dozed", "", "doze"),
    ],
)
def test_where_spelling_leaves_it_open_the_text_decides(form, known, lemma):
    assert lemma_of(form, "NNS" if form.endswith("s") else "VBD", frozenset(known.split())) == lemma


def test_capitals_stay_where_they_belong_to_the_word():
    assert lemma_of("English", "JJ", frozenset(), cased=True) == "English"
    assert lemma_of("English", "JJ", frozenset()) == "english"
    assert lemma_of("Parisians", "NNPS", {"parisian"}) == "Parisian"


@given(
    st.text(min_size=1), st.sampled_from("VB VBD VBG VBN VBZ NN NNS NNP NNPS JJ JJR RBS PRP MD CD POS . FW".split())
)
def test_every_word_has_a_dictionary_form(word, xpos):
    assert lemma_of(word, xpos, frozenset({word.lower()}))
