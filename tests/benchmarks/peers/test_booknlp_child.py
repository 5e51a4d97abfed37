from typing import NamedTuple

from benchmarks.peers.booknlp_child import people_by_rule, stages


class Token(NamedTuple):
    text: str
    sentence_id: int


def tokens(*sentences):
    return [Token(word, number) for number, sentence in enumerate(sentences) for word in sentence.split()]


def found(*sentences):
    return [(one.kind, one.text) for one in people_by_rule(tokens(*sentences))]


def test_pronouns_names_and_descriptions_are_people():
    assert found("Then Ida Marsh saw her old uncle .") == [
        ("PROP_PER", "Ida Marsh"),
        ("PRON_PER", "her"),
        ("NOM_PER", "her old uncle"),
    ]


def test_a_capital_at_the_head_of_a_sentence_alone_makes_no_name():
    assert found("Rowing is hard .", "Then Tom slept .", "Tom woke .") == [("PROP_PER", "Tom"), ("PROP_PER", "Tom")]


def test_a_word_that_also_stands_small_is_no_name():
    assert found("The old Ferry sank .", "The ferry sank .") == []


def test_no_mention_reaches_over_the_end_of_a_sentence():
    people = people_by_rule(tokens("Then came Tom", "Ida laughed at the", "uncle , said Ida"))
    assert [(one.start, one.end) for one in people] == [(2, 2), (3, 3), (10, 10)]


def test_mentions_lead_back_to_their_tokens_in_order():
    words = tokens("He met the two very old men .", "Every woman he met knew Tom .")
    people = people_by_rule(words)
    assert people == sorted(people)
    for one in people:
        assert one.text == " ".join(word.text for word in words[one.start : one.end + 1])


def test_an_empty_text_has_nobody():
    assert people_by_rule([]) == []


def test_stages_are_read_from_what_is_printed():
    printed = "using device cpu\n--- startup: 1.250 seconds ---\n--- name coref: 0.100 seconds ---\n"
    total = "--- TOTAL (excl. startup): 2.000 seconds ---, 12 words\n"
    assert stages(printed + total) == {"startup": 1.25, "name coref": 0.1, "TOTAL (excl. startup)": 2.0}
