import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.errors import LayerMissingError
from fabula.spans import Span
from fabula.story import Mention, Provenance, Telling, Tokens
from fabula.world import find_roles
from tests.world.parsed import parsed


def told(table, *mentions):
    """Return who, which kind and which lemma, in order."""
    return [(role.character, role.kind, role.lemma) for role in find_roles(parsed(table, *mentions))]


def test_who_does_what_to_whom():
    table = """
Mara Mara PROPN nsubj 2
pushed push VERB root 0
old old ADJ amod 4
Wren Wren PROPN obj 2
"""
    assert told(table, ("Mara", "mara"), ("old Wren", "wren")) == [
        ("mara", "agent", "push"),
        ("wren", "patient", "push"),
        ("wren", "modifier", "old"),
    ]


def test_a_role_points_at_its_word_and_at_the_mention():
    made = parsed("Mara Mara PROPN nsubj 2\nlaughed laugh VERB root 0", ("Mara", "mara"))
    (role,) = find_roles(made)
    assert (role.span.of(made.text), role.mention.of(made.text)) == ("laughed", "Mara")


def test_joined_people_and_joined_verbs_share():
    table = """
Mara Mara PROPN nsubj 4
and and CCONJ cc 3
Tobias Tobias PROPN conj 1
ducked duck VERB root 0
and and CCONJ cc 6
ran run VERB conj 4
"""
    assert told(table, ("Mara", "mara"), ("Tobias", "tobias")) == [
        ("mara", "agent", "duck"),
        ("tobias", "agent", "duck"),
        ("mara", "agent", "run"),
        ("tobias", "agent", "run"),
    ]


def test_a_joined_verb_with_a_subject_of_its_own_is_not_shared():
    table = """
Mara Mara PROPN nsubj 2
sang sing VERB root 0
and and CCONJ cc 5
Tobias Tobias PROPN nsubj 5
wept weep VERB conj 2
and and CCONJ cc 7
left leave VERB conj 5
"""
    assert told(table, ("Mara", "mara"), ("Tobias", "tobias")) == [
        ("mara", "agent", "sing"),
        ("tobias", "agent", "weep"),
        ("tobias", "agent", "leave"),
    ]


def test_a_passive_turns_who_and_whom():
    table = """
He he PRON nsubj:pass 3
was be AUX aux:pass 3
caught catch VERB root 0 VerbForm=Part
and and CCONJ cc 5
bound bind VERB conj 3 VerbForm=Part
by by ADP case 7
Mara Mara PROPN obl:agent 3
but but CCONJ cc 9
escaped escape VERB conj 3 VerbForm=Fin
"""
    assert told(table, ("He", "tobias"), ("Mara", "mara")) == [
        ("mara", "agent", "catch"),
        ("tobias", "patient", "catch"),
        ("tobias", "patient", "bind"),
        ("tobias", "agent", "escape"),
    ]


def test_a_receiver_undergoes_nothing():
    table = """
Mara Mara PROPN nsubj 2
gave give VERB root 0
him he PRON iobj 2
the the DET det 5
key key NOUN obj 2
"""
    assert told(table, ("Mara", "mara"), ("him", "tobias")) == [("mara", "agent", "give")]


def test_what_somebody_owns():
    table = """
Mara Mara PROPN nmod:poss 3
's 's PART case 1
hat hat NOUN root 0
and and CCONJ cc 5
coat coat NOUN conj 3
and and CCONJ cc 8
the the DET det 8
cat cat NOUN conj 3
"""
    assert told(table, ("Mara 's", "mara")) == [("mara", "possessive", "hat"), ("mara", "possessive", "coat")]


def test_the_owner_inside_a_mention_owns_its_head():
    table = """
Mara Mara PROPN nmod:poss 3
's 's PART case 1
brother brother NOUN nsubj 4
slept sleep VERB root 0
"""
    assert told(table, ("Mara 's brother", "tobias"), ("Mara 's", "mara")) == [
        ("mara", "possessive", "brother"),
        ("tobias", "agent", "sleep"),
    ]


def test_what_somebody_is():
    table = """
She she PRON nsubj 3
was be AUX cop 3
tired tired ADJ root 0
and and CCONJ cc 5
hungry hungry ADJ conj 3
and and CCONJ cc 9
still still ADV advmod 9
a a DET det 9
captain captain NOUN conj 3
and and CCONJ cc 11
left leave VERB conj 3
"""
    assert told(table, ("She", "mara")) == [
        ("mara", "modifier", "tired"),
        ("mara", "modifier", "hungry"),
        ("mara", "modifier", "captain"),
        ("mara", "agent", "leave"),
    ]


def test_where_somebody_is_is_not_what_they_are():
    table = """
She she PRON nsubj 5
was be AUX cop 5
in in ADP case 5
the the DET det 5
tower tower NOUN root 0
"""
    assert told(table, ("She", "mara")) == []


def test_appositions_say_what_somebody_is_whichever_stands_first():
    after = """
Wren Wren PROPN nsubj 6
, , PUNCT punct 4
the the DET det 4
keeper keeper NOUN appos 1
, , PUNCT punct 4
rowed row VERB root 0
"""
    assert told(after, ("Wren", "wren"), ("the keeper", "wren")) == [
        ("wren", "modifier", "keeper"),
        ("wren", "agent", "row"),
    ]
    before = """
my my PRON nmod:poss 2
brother brother NOUN nsubj 4
Tom Tom PROPN appos 2
rowed row VERB root 0
"""
    assert told(before, ("my brother Tom", "tom"), ("my", "mara"), ("Tom", "tom")) == [
        ("mara", "possessive", "brother"),
        ("tom", "modifier", "brother"),
        ("tom", "agent", "row"),
    ]


def test_a_relative_pronoun_stands_for_whom_the_clause_describes():
    table = """
Wren Wren PROPN nsubj 9
, , PUNCT punct 5
whom whom PRON obj 5 PronType=Rel
Mara Mara PROPN nsubj 5
loved love VERB acl:relcl 1
and and CCONJ cc 8
who who PRON nsubj 8 PronType=Rel
sang sing VERB conj 5
slept sleep VERB root 0
"""
    assert told(table, ("Wren", "wren"), ("Mara", "mara")) == [
        ("mara", "agent", "love"),
        ("wren", "patient", "love"),
        ("wren", "agent", "sleep"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "Mara Mara PROPN nsubj 4\ndid do AUX aux 4\nnot not PART advmod 4\ngo go VERB root 0",
        "Mara Mara PROPN nsubj 4\nis be AUX cop 4\nno no DET det 4\nfool fool NOUN root 0",
        "Nobody nobody PRON nsubj 3\nnever never ADV advmod 3\nsaw see VERB root 0\nMara Mara PROPN obj 3",
    ],
)
def test_what_is_denied_is_left_out(table):
    assert told(table, ("Mara", "mara")) == []


def test_sentences_keep_apart_and_words_come_in_order():
    table = """
Mara Mara PROPN nsubj 2
slept sleep VERB root 0

Wren Wren PROPN nsubj 2
rowed row VERB root 0
"""
    assert told(table, ("Mara", "mara"), ("Wren", "wren")) == [("mara", "agent", "sleep"), ("wren", "agent", "row")]


def test_mentions_of_one_character_say_a_thing_once():
    table = "old old ADJ amod 2\nWren Wren PROPN nsubj 3\nslept sleep VERB root 0"
    assert told(table, ("old Wren", "wren"), ("Wren", "wren")) == [
        ("wren", "modifier", "old"),
        ("wren", "agent", "sleep"),
    ]


def test_nobody_has_no_role():
    assert told("Mara Mara PROPN nsubj 2\nslept sleep VERB root 0", ("Mara", None)) == []


def test_where_nothing_is_known_of_the_words_nobody_has_a_role():
    assert told("Mara _ _ _ _\nslept _ _ _ _", ("Mara", "mara")) == []
    empty = Tokens.bare(np.zeros(0, np.int32), np.zeros(0, np.int32))
    made = Telling("tale", "").with_layer("tokens", (empty,), Provenance("by hand", 1))
    assert find_roles(made.with_layer("mentions", (), Provenance("by hand", 1))) == ()


@pytest.mark.parametrize("above", ["_", "0"])
def test_a_relation_to_nothing_says_nothing(above):
    assert told(f"Mara Mara VERB nsubj {above}\nslept sleep VERB root 0", ("Mara", "mara")) == []


def test_missing_layers_are_named():
    with pytest.raises(LayerMissingError):
        find_roles(Telling("tale", "Mara slept."))


RELATIONS = ["nsubj", "nsubj:pass", "obj", "conj", "amod", "appos", "nmod:poss", "cop", "root"]
WORDS = st.tuples(st.integers(-1, 11), st.sampled_from(RELATIONS), st.sampled_from(["NOUN", "VERB", "ADJ"]))


@given(st.lists(WORDS, min_size=12, max_size=12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11))))
def test_no_tree_however_wrong_is_fatal_and_roles_are_sorted_and_once(words, spans):
    heads, relations, upos = zip(*words, strict=True)
    starts = np.arange(0, 24, 2, dtype=np.int32)
    unknown = np.full(12, "", object)
    tokens = Tokens(
        starts,
        starts + 1,
        unknown,
        np.array(upos, object),
        unknown,
        unknown,
        np.array(relations, object),
        np.array(heads, np.int32),
    )
    by_hand = Provenance("by hand", 1)
    mentions = [Mention(Span(2 * min(two), 2 * max(two) + 1), "name", f"c{min(two) % 3}") for two in spans]
    made = (
        Telling("tale", "a " * 12).with_layer("tokens", (tokens,), by_hand).with_layer("mentions", mentions, by_hand)
    )
    roles = find_roles(made)
    assert len({(role.character, role.kind, role.span) for role in roles}) == len(roles)
    assert [role.span for role in roles] == sorted(role.span for role in roles)
    assert {role.mention for role in roles} <= {mention.span for mention in mentions}
