"""Tellings as witnesses: the apparatus is well-formed, and gives every witness back whole and in order."""

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree

from fabula import api
from fabula.exports.tei_alignment import write
from fabula.spans import Span
from fabula.story import Difference, Story
from tests.exports.hostile import bare
from tests.exports.test_alignment import STORY
from tests.exports.test_tei import ID, TEI
from tests.story.test_synopsis import cases, synopsis_of
from tests.tellings.small import KEEPER, MARKET, OILMAN, read

THIRD = KEEPER.replace("an hour", "three hours").replace("Joss, with", "Jack, with")


def parsed(story):
    out = io.StringIO()
    write(story, out)
    return etree.fromstring(out.getvalue().encode("utf-8"))


def aligned(*texts, pairs=False):
    tellings = tuple(read(text, f"t{at}") for at, text in enumerate(texts))
    return api.align_story(Story(tellings), pairs=pairs)


def witness(root, sign):
    """Return the words of one witness, as a reader of the document would take them."""

    def words(element):
        if element.tag == f"{TEI}rdg" and f"#{sign}" not in element.get("wit").split():
            return ""
        return (element.text or "") + "".join(words(child) + (child.tail or "") for child in element)

    return bare("".join(words(row) for row in root.iter(f"{TEI}ab")))


def check(root):
    """Make sure that ids are unique and references lead somewhere, and that no witness is read twice in an app."""
    ids = [element.get(ID) for element in root.iter() if element.get(ID)]
    assert len(set(ids)) == len(ids)
    known = {f"#{made}" for made in ids}
    for element in root.iter():
        for name in ("wit", "corresp", "ana", "target", "source"):
            assert known >= set((element.get(name) or "").split())
    for app in root.iter(f"{TEI}app"):
        assert {child.tag for child in app} == {f"{TEI}rdg"}
        read_by = [sign for rdg in app for sign in rdg.get("wit").split()]
        assert len(read_by) == len(set(read_by))


@pytest.mark.parametrize(
    "story",
    [aligned(KEEPER, OILMAN), aligned(KEEPER, OILMAN, THIRD), aligned(KEEPER, MARKET), aligned("", KEEPER), STORY],
    ids=["two", "three", "unrelated", "empty", "moved"],
)
def test_every_witness_can_be_read_whole_and_in_order(story):
    root = parsed(story)
    check(root)
    assert [witness.get(ID) for witness in root.iter(f"{TEI}witness")] == ["A", "B", "C"][: len(story.tellings)]
    for sign, telling in zip("ABC", story.tellings, strict=False):
        assert witness(root, sign) == bare(telling.text)


def test_words_that_differ_are_readings_of_their_witnesses():
    root = parsed(aligned(KEEPER, OILMAN, THIRD))
    found = [[(rdg.get("wit"), rdg.text) for rdg in app] for app in root.iter(f"{TEI}app")]
    assert [("#A", "an hour"), ("#B", "two hours"), ("#C", "three hours")] in found
    assert [("#A #B", "Joss"), ("#C", "Jack")] in found
    shared = [row.text for row in root.iter(f"{TEI}ab") if not len(row)]
    assert '"Who is on the stair?" called Marta.' in shared


def test_what_tells_an_event_otherwise_is_a_reading_of_its_own():
    first = next(parsed(aligned(KEEPER, OILMAN)).iter(f"{TEI}ab"))
    assert first.get("ana") == "#relation.event"
    assert [rdg.text for rdg in first.iter(f"{TEI}rdg")] == [KEEPER.split("\n")[0], OILMAN.split("\n")[0]]


def test_what_has_moved_stands_where_its_witness_has_it_and_points_to_its_row():
    root = parsed(STORY)
    (moved,) = [row for row in root.iter(f"{TEI}ab") if row.get("type") == "moved"]
    (row,) = [row for row in root.iter(f"{TEI}ab") if row.get("corresp") == f"#{moved.get(ID)}"]
    assert moved.get("corresp") == f"#{row.get(ID)}"
    assert ("".join(moved.itertext()), "".join(row.itertext())) == ("We'll go.", "We can go.")


def test_differences_are_notes_that_quote_both():
    told = Difference(Span(0, 2), Span(12, 17), "contradiction", "presence", "Not the same people <go>.", 0.75)
    story = replace(STORY, alignments=(replace(STORY.alignments[0], differences=(told,)),))
    root = parsed(story)
    check(root)
    (note,) = root.iter(f"{TEI}note")
    assert (note.get("type"), note.get("subtype"), note.get("cert")) == ("contradiction", "presence", "0.75")
    assert [(quote.get("source"), quote.text) for quote in note] == [("#A", "We"), ("#B", "We'll")]
    assert "".join(note.itertext()).endswith("Not the same people <go>.")


def test_every_base_has_a_document_of_its_own():
    root = parsed(aligned(KEEPER, OILMAN, THIRD, pairs=True))
    check(root)
    assert root.tag == f"{TEI}teiCorpus"
    signs = [[each.get(ID) for each in made.iter(f"{TEI}witness")] for made in root.iter(f"{TEI}TEI")]
    assert signs == [["s1.A", "s1.B", "s1.C"], ["s2.A", "s2.B"]]


@given(cases())
def test_every_witness_is_whole_whatever_the_links(case):
    tellings, (found,) = synopsis_of(case[0], *case[1])
    root = parsed(Story(tuple(tellings), found.alignments))
    check(root)
    for sign, telling in zip("ABCD", tellings, strict=False):
        assert witness(root, sign) == bare(telling.text)


@pytest.mark.skipif(
    "FABULA_TEI_SCHEMA" not in os.environ,
    reason="NOT CHECKED against the schema of TEI: FABULA_TEI_SCHEMA names no tei_all.rng (CONTRIBUTING.md)",
)
def test_documents_are_valid_by_the_schema_of_tei_p5():
    schema = etree.RelaxNG(etree.parse(Path(os.environ["FABULA_TEI_SCHEMA"])))
    for story in (aligned(KEEPER, OILMAN, THIRD), aligned(KEEPER, OILMAN, THIRD, pairs=True), STORY):
        assert schema.validate(parsed(story)), schema.error_log
