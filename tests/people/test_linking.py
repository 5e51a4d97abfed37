"""Entities out of local links and names."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula import pipeline
from fabula.nets.linker import Ranking
from fabula.nets.pairs import SOURCES, Facts
from fabula.people.pointing.linking import clusters
from fabula.people.pointing.markables import facts_of
from fabula.story import ENTITY_TYPES, MENTION_FORMS, Markables, Telling


def ranked(chosen):
    """Return a ranking in which each mention has one likely antecedent, or none."""
    chosen = np.array(chosen, int)
    scores = np.where(chosen >= 0, 9.0, -np.inf).astype(np.float32)
    return Ranking(np.maximum(chosen, 0)[:, None], scores[:, None], np.zeros(len(chosen), np.float32))


def named(*people):
    """Return facts of which only the names matter: the number of a character, or None where there is no name."""
    meant = np.array([-1 if who is None else who for who in people])
    nothing = np.zeros(len(people), int)
    source = np.where(meant >= 0, SOURCES.index("name"), 0)
    return Facts(*[nothing] * 6, meant, source, *[nothing] * 6, [frozenset()] * len(people))


def test_a_long_way_from_entity_to_entity_ends_where_it_did():
    many = 50
    chosen = [*[-1] * many, *range(many - 1, -1, -1), *range(many)]
    people = [*[None] * many, *[0] * many, *[None] * many]
    entities, who = clusters(ranked(chosen), named(*people))
    assert set(entities) == {0}
    assert who == {0: 0}


@pytest.mark.parametrize(
    ("chosen", "people", "entities", "who"),
    [
        ([-1, 0, 1], [0, None, None], [0, 0, 0], {0: 0}),  # Ida … she … her
        ([-1, -1, -1], [0, None, 0], [0, 1, 0], {0: 0}),  # a name is one person wherever it stands
        ([-1, 0], [0, 1], [0, 1], {0: 0, 1: 1}),  # a link between two names is not believed
        ([-1, 0], [None, 0], [0, 0], {0: 0}),  # "he" before the name he goes by
        ([-1, -1, 1, 2], [0, None, 0, None], [0, 0, 0, 0], {0: 0}),  # a nameless one turns out to be somebody known
        ([-1, -1, -1], [None, None, None], [0, 1, 2], {}),
        ([], [], [], {}),
    ],
)
def test_names_hold_entities_together(chosen, people, entities, who):
    assert clusters(ranked(chosen), named(*people)) == (entities, who)


@given(st.lists(st.tuples(st.integers(-1, 30), st.sampled_from([None, None, 0, 1, 2])), max_size=25))
def test_every_character_has_one_entity_and_every_entity_one_character(rows):
    chosen = [min(antecedent, at - 1) for at, (antecedent, _) in enumerate(rows)]
    entities, who = clusters(ranked(chosen), named(*(person for _, person in rows)))
    assert len(set(who.values())) == len(who)
    for entity, (_, person) in zip(entities, rows, strict=True):
        if person is not None:
            assert who[entity] == person
    firsts = list(dict.fromkeys(entities))
    assert firsts == list(range(len(firsts)))


def test_many_weak_links_to_one_entity_outweigh_a_strong_one():
    candidates = np.array([[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 1, 2]])
    scores = np.array([[-np.inf] * 3, [9, -np.inf, -np.inf], [-np.inf] * 3, [2.5, 2.5, 2.9]], np.float32)
    entities, _ = clusters(Ranking(candidates, scores, np.zeros(4, np.float32)), named(None, None, None, None))
    assert entities == [0, 0, 1, 0]


TEXT = "“I lit it, Tom,” said Ida Marsh. “You saw me.”\n\n“I did,” said Tom Reed, the keeper.\n"


def markables(telling, *said):
    """Return markables of stretches of the text: words, type, form."""
    (tokens,) = telling.layer("tokens")
    rows = []
    for words, kind, form, nth in said:
        start = -1
        for _ in range(nth):
            start = telling.text.index(words, start + 1)
        first = int(np.searchsorted(tokens.starts, start))
        last = int(np.searchsorted(tokens.ends, start + len(words)))
        rows.append((first, last, ENTITY_TYPES.index(kind), MENTION_FORMS.index(form)))
    none = np.zeros((len(rows), 0), np.float16)
    return Markables(*np.array(rows, np.int64).T, none, none)


def test_the_facts_know_who_says_i_and_to_whom():
    telling = pipeline.run(Telling("t", TEXT), stages=pipeline.RULE_STAGES)
    found = markables(
        telling,
        ("I", "PER", "pronoun", 1),
        ("Ida Marsh", "PER", "name", 1),
        ("You", "PER", "pronoun", 1),
        ("Tom Reed, the keeper", "PER", "name", 1),
    )
    facts = facts_of(telling, found, telling.layer("utterances"))
    ids = [who.id for who in telling.layer("characters")]
    assert [ids[number] for number in facts.meant] == ["ida-marsh", "ida-marsh", "tom-reed", "tom-reed"]
    assert [SOURCES[number] for number in facts.source] == ["voice", "name", "voice", "name"]
    assert (facts.quote >= 0).tolist() == [True, False, True, False]


def test_the_facts_know_heads_and_whose_something_is():
    text = "Ida Marsh wept. Her aunts came with Ida Marsh's dog. The aunt wept; her dog slept."
    telling = pipeline.run(Telling("t", text), stages=pipeline.RULE_STAGES)
    found = markables(
        telling,
        ("Ida Marsh", "PER", "name", 1),
        ("Her aunts", "PER", "nominal", 1),
        ("Her", "PER", "pronoun", 1),
        ("Ida Marsh's dog", "PER", "nominal", 1),
        ("Ida Marsh", "PER", "name", 2),
        ("The aunt", "PER", "nominal", 1),
        ("her dog", "PER", "nominal", 1),
    )
    facts = facts_of(telling, found)
    ida = facts.meant[0]
    assert facts.owner.tolist() == [-2, ida, -2, ida, -2, -2, -2]
    assert facts.head[1] == facts.head[5] != facts.head[3] == facts.head[6]
    assert facts.head[2] == -1
    assert facts.plural.tolist() == [0, 1, 0, 0, 0, 0, 0]
