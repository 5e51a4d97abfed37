from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.story import rows
from tests.tellings.small import KEEPER, MARKET, OILMAN, aligned, paired, words_of

SENTENCES = (
    "The lamp went out.",
    '"Who is there?" said Marta.',
    '"Yes."',
    "Rain fell on the causeway all night, and nobody slept.",
    "A brig passed the tower without a light.",
    "...",
    "Seven herrings lay in the boat.",
)
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=9).map("\n\n".join)
LOOSE = st.lists(st.sampled_from([*SENTENCES, " ", "\n\n", "the", "!", "Ünlü 9"]), max_size=12).map("".join)


def test_lines_told_twice_are_linked_and_the_rest_is_one_sided():
    tellings, alignment = aligned(KEEPER, OILMAN)
    pairs = paired(tellings, alignment)
    assert ('"Who is on the stair?" called Marta.', '"Who is on the stair?" called Marta.') in pairs
    assert (
        "He set the can down and wiped his hands on his coat.",
        "I set the can down and wiped my hands on my coat.",
    ) in pairs
    assert words_of(tellings[0], alignment.only_a[-1:]) == "Marta trimmed the wick and said no more."
    assert words_of(tellings[1], alignment.only_b[-1:]) == "I thought of the warm kitchen at home."


def test_a_link_says_how_the_lines_differ():
    tellings, alignment = aligned(KEEPER, OILMAN)
    by_words = {words_of(tellings[0], link.a): link for link in alignment.links}
    same = by_words['"Who is on the stair?" called Marta.']
    assert (same.relation, same.changes) == ("same", ())
    (late,) = (link for words, link in by_words.items() if "brig" in words)
    changed = [(change.a.of(tellings[0].text), change.b.of(tellings[1].text), change.kind) for change in late.changes]
    assert late.relation == "wording"
    assert changed == [("an hour", "two hours", "wording")]


def test_texts_that_have_nothing_in_common_are_not_linked():
    for other in (KEEPER, OILMAN):
        _, alignment = aligned(other, MARKET)
        assert alignment.links == ()
        assert alignment.only_a
        assert alignment.only_b


def test_a_paragraph_told_as_two_is_linked_with_both():
    a = KEEPER.replace('below.\n\n"You', 'below. "You')
    tellings, alignment = aligned(a, KEEPER)
    partners = [right for left, right in paired(tellings, alignment) if "oil" in left or "brig" in left]
    assert len(partners) == 2
    assert "oil" in partners[0]
    assert "brig" in partners[1]
    assert (alignment.only_a, alignment.only_b) == ((), ())


def test_a_passage_that_stands_elsewhere_is_moved():
    paragraphs = KEEPER.split("\n\n")
    shifted = "\n\n".join([*paragraphs[1:], paragraphs[0]])
    tellings, alignment = aligned(KEEPER, shifted)
    assert [words_of(tellings[0], link.a) for link in alignment.links if link.moved] == [paragraphs[0]]
    assert all(link.relation == "same" for link in alignment.links)


def test_lines_of_verse_are_lines():
    song = "The tide is low, the lamp is lit,\nThe boats are on the sand,\nAnd I shall row\nTo take her hand."
    _, alignment = aligned(f"He sang to the empty stair.\n\n{song}", song)
    assert len(alignment.links) == 4


def test_a_telling_much_longer_than_the_other_still_finds_it():
    long = "\n\n".join(f"{MARKET}\n\nDay {day} brought {day} more camels to the street." for day in range(40))
    tellings, alignment = aligned(long + "\n\n" + KEEPER, KEEPER)
    assert [right for _, right in paired(tellings, alignment)] == KEEPER.split("\n\n")


def test_a_side_by_side_holds_every_line_once_and_keeps_the_order_of_the_first():
    _, alignment = aligned(KEEPER, OILMAN)
    view = list(rows(alignment))
    assert [row.a for row in view if row.a] == sorted(row.a for row in view if row.a)
    assert len(view) == len(alignment.links) + len(alignment.only_a) + len(alignment.only_b)
    assert view[0].b == () or view[0].a != ()


@settings(deadline=None, max_examples=40)
@given(TEXTS)
def test_a_text_is_the_same_as_itself(text):
    tellings, alignment = aligned(text, text)
    assert all(link.relation == "same" and not link.moved for link in alignment.links)
    assert all(left == right for left, right in paired(tellings, alignment))
    assert (alignment.only_a, alignment.only_b) == ((), ())


@settings(deadline=None, max_examples=30)
@given(TEXTS)
def test_against_an_empty_text_everything_is_one_sided(text):
    tellings, alignment = aligned(text, "")
    assert alignment.links == ()
    assert bool(alignment.only_a) == bool(text.strip())
    assert words_of(tellings[0], alignment.only_a).replace(" … ", " ").split() == text.split()


@settings(deadline=None, max_examples=60)
@given(LOOSE, LOOSE)
def test_every_word_is_in_a_link_or_one_sided_and_every_span_in_its_text(a, b):
    tellings, alignment = aligned(a, b)
    for side, telling, only in (("a", tellings[0], alignment.only_a), ("b", tellings[1], alignment.only_b)):
        linked = [span for link in alignment.links for span in getattr(link, side)]
        assert all(0 <= span.start < span.end <= len(telling.text) for span in [*linked, *only])
        covered = {at for span in [*linked, *only] for at in range(*span)}
        kinds = [p.span for p in telling.layer("paragraphs") if p.kind != "break"]
        assert all(at in covered or telling.text[at].isspace() for span in kinds for at in range(*span))
        assert not {at for span in linked for at in range(*span)} & {at for span in only for at in range(*span)}
    for link in alignment.links:
        assert 0 <= link.confidence <= 1
        for change in link.changes:
            assert change.a is None or any(span.holds(change.a) for span in link.a) or len(link.a) > 1
            assert change.b is None or any(span.holds(change.b) for span in link.b) or len(link.b) > 1


@settings(deadline=None, max_examples=40)
@given(TEXTS, TEXTS)
def test_it_does_not_matter_which_telling_is_named_first(a, b):
    _, one = aligned(a, b)
    _, other = aligned(b, a)
    assert {(link.a, link.b, link.relation, link.moved) for link in one.links} == {
        (link.b, link.a, link.relation, link.moved) for link in other.links
    }
    assert (one.only_a, one.only_b) == (other.only_b, other.only_a)
