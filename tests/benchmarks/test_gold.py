import pytest

from benchmarks.gold import bearers_of, gold_characters, gold_quotes, overlaid, plain, surfaces_of, told_mentions
from fabula.spans import Span
from fabula.story import Mention, Quote

TEXT = (
    'The landlady came in. "Come, Sophy," said Mr. Tom Weir, "and bring little Ned."\n\n'
    '"Sophy is out. I said to him, \'Go,\' and he went," said the landlady. "A word, Sophy."'
)


def document(**more):
    return {
        "doc_id": "small",
        "text": TEXT,
        "characters": [
            {"id": "p0", "name": "Mr. Tom Weir", "aliases": ["Mr. Tom Weir"], "gender": "M"},
            {"id": "p1", "name": "Sophia", "aliases": ["Sophia"], "gender": "F"},
            {"id": "p2", "name": "The Landlady", "aliases": ["The Landlady", "_narr"], "gender": "X"},
            {"id": "p3", "name": "_group", "aliases": ["_group"], "gender": "X", "special": "group"},
            {"id": "p4", "name": "A Man", "aliases": ["A Man"], "gender": "M"},
        ],
        "quotes": [],
        "mentions": [],
        **more,
    }


def mention(words, who, after=0):
    start = TEXT.index(words, after)
    return {"start": start, "end": start + len(words), "characters": who}


def quote(*pieces):
    return {"spans": [[TEXT.index(piece), TEXT.index(piece) + len(piece)] for piece in pieces]}


def test_the_list_becomes_characters_without_the_pseudo_ones():
    people = gold_characters(document())
    assert [who.id for who in people] == ["p0", "p1", "p2", "p4"]
    assert [who.gender for who in people] == ["male", "female", "unknown", "male"]
    assert [(who.narrator, who.aliases) for who in people][2] == (True, ("The Landlady",))


@pytest.mark.parametrize(
    ("name", "told"),
    [("The  Old\nMan", "old man"), ("Mr. Weir's", "mr weir"), ("A Man", "man"), ("The", "the"), ("Anna", "anna")],
)
def test_names_are_compared_without_articles_dots_and_endings(name, told):
    assert plain(name) == told


def test_parts_of_one_name_are_names_and_descriptions_have_none():
    bearers = bearers_of(document())
    assert (bearers["tom"], bearers["weir"], bearers["landlady"]) == ("p0", "p0", "p2")
    assert "mr" not in bearers


def test_a_part_that_two_bear_is_nobodys():
    people = [*document()["characters"], {"id": "p5", "name": "Ann Weir", "aliases": ["Ann Weir"], "gender": "F"}]
    bearers = bearers_of(document(characters=people))
    assert (bearers.get("weir"), bearers["ann"]) == (None, "p5")


def test_mentions_show_names_that_the_list_lacks():
    spoken = [mention("Sophy", ["p1"]), mention("Sophy", ["p1"], TEXT.index("Sophy") + 5)]
    assert "sophy" not in bearers_of(document(mentions=spoken[:1]))  # once may be a slip
    assert bearers_of(document(mentions=spoken))["sophy"] == "p1"
    assert {"Sophy", "Landlady", "Weir"} <= surfaces_of(document(mentions=spoken))
    assert "A Man" not in surfaces_of(document())


def test_pronouns_plurals_and_forms_of_address_in_quotations_name_nobody():
    spoken = [
        mention("little Ned", ["p1"]),
        mention("I", ["p2"]),
        mention("he", ["p0"], TEXT.index("and he") + 4),
        mention("Sophy", ["p1", "p0"]),
        mention("him", None),
        mention("word", ["p3"]),
    ]
    told = told_mentions(document(mentions=spoken))
    assert [(one.span.of(TEXT), one.form, one.character) for one in told] == [("little Ned", "name", "p1")]


def test_gold_pieces_are_quotes_and_later_pieces_go_on():
    gold = document(quotes=[quote('"Come, Sophy,"', '"and bring little Ned."')])
    first, second = gold_quotes(gold)
    assert (first.inner.of(TEXT), first.continues, second.continues) == ("Come, Sophy,", False, True)
    assert first.opened
    assert first.closed


def test_pieces_between_one_pair_of_marks_go_on_from_each_other():
    whole = "\"Sophy is out. I said to him, 'Go,' and he went,\""
    gold = document(quotes=[quote('"Sophy is out. I said to him,', 'and he went,"'), quote("'Go,'")])
    assert [one.continues for one in gold_quotes(gold)] == [False, False, True]
    start = TEXT.index(whole)
    found = [Quote(Span(start, start + len(whole)), Span(start + 1, start + len(whole) - 1), "straight")]
    told = gold_quotes(gold, found)
    assert [one.continues for one in told] == [False, True, True]
    assert (told[0].closed, told[2].opened) == (False, False)


def test_words_between_marks_that_are_no_gold_speech_are_nobodys():
    start = TEXT.index('"A word, Sophy."')
    span = Span(start, start + 16)
    found = [Quote(span, Span(span.start + 1, span.end - 1), "straight")]
    told = gold_quotes(document(quotes=[quote('"Come, Sophy,"')]), found)
    assert [(one.span.start, one.kind) for one in told] == [(TEXT.index('"Come'), "speech"), (start, "scare")]


def test_given_mentions_replace_what_they_touch():
    ours = [Mention(Span(0, 3), "name", "a"), Mention(Span(5, 12), "nominal", "b"), Mention(Span(20, 22), "pronoun")]
    given = [Mention(Span(9, 12), "name", "c")]
    assert overlaid(ours, given) == (ours[0], given[0], ours[2])
