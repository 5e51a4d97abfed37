import os
from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree

from fabula.exports.tei import NAMESPACE
from fabula.story import Character, Provenance, Story
from tests.builders import Said, telling
from tests.exports.hostile import bare, stories
from tests.exports.quay import quay, written
from tests.exports.quay import story as quay_story

TEI = f"{{{NAMESPACE}}}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
# What may stand in a division before its own divisions, and nothing after them.
BLOCKS = {f"{TEI}{name}" for name in ("head", "p", "ab", "lg", "note")}


def parsed(made):
    return etree.fromstring(written(made, "tei").encode("utf-8"))


def texts(root):
    return list(root.iter(f"{TEI}text"))


def check(root):
    """Make sure that ids are unique, references lead somewhere, and divisions are built as TEI has them."""
    ids = [element.get(ID) for element in root.iter() if element.get(ID)]
    assert len(set(ids)) == len(ids)
    people_ids = {element.get(ID) for kind in ("person", "personGrp") for element in root.iter(f"{TEI}{kind}")}
    for said in root.iter(f"{TEI}said"):
        for name in ("who", "toWhom"):
            assert {f"#{who}" for who in people_ids} >= set((said.get(name) or "").split())
        for name in ("next", "prev", "ana"):
            assert {f"#{made}" for made in ids} >= set((said.get(name) or "").split())
        assert said.get("aloud") in {"true", "false", "unknown"}
    for text in texts(root):
        assert [child.tag for child in text if child.tag == f"{TEI}body"] == [f"{TEI}body"]
    for div in root.iter(f"{TEI}div"):
        tags = [child.tag for child in div]
        inner = tags.index(f"{TEI}div") if f"{TEI}div" in tags else len(tags)
        assert set(tags[:inner]) <= BLOCKS
        assert set(tags[inner:]) <= {f"{TEI}div"}
        heads = [at for at, tag in enumerate(tags) if tag == f"{TEI}head"]
        assert heads == list(range(len(heads)))


def words(text):
    return bare("".join(text.itertext()))


def test_the_story_by_hand_keeps_to_the_rules():
    root = parsed(quay_story())
    check(root)
    assert [words(text) for text in texts(root)] == [bare(told.text) for told in quay_story().tellings]


def test_one_telling_is_a_tei_document_several_are_a_corpus():
    assert parsed(Story((quay(),))).tag == f"{TEI}TEI"
    assert [child.tag for child in parsed(quay_story())] == [f"{TEI}teiHeader", f"{TEI}TEI", f"{TEI}TEI"]


def test_pieces_of_one_utterance_are_chained():
    row, swim = [said for said in parsed(Story((quay(),))).iter(f"{TEI}said") if said.get("who") == "#t1.ida-marsh"][
        :2
    ]
    assert row.get("next") == f"#{swim.get(ID)}"
    assert swim.get("prev") == f"#{row.get(ID)}"
    assert swim.get("toWhom") == "#t1.tom #t1.the-crew"


def test_nobody_known_is_nobody_named():
    (unknown,) = [said for said in parsed(Story((quay(),))).iter(f"{TEI}said") if said.text == "“To where?”"]
    assert unknown.get("who") is None
    assert unknown.get("cert") is None


def test_ids_that_xml_writes_alike_stay_apart():
    cast = [Character(made, "Zoë", ("Zoë",)) for made in ("zoë", "zoé", "zo-")]
    made = telling("“Oh.”", cast=cast, said=[Said("“Oh.”", "zoé", ("zoë", "zo-"))])
    root = parsed(Story((made,)))
    check(root)
    assert [who.get(ID) for who in root.iter(f"{TEI}person")] == ["t1.zo-", "t1.zo-.2", "t1.zo-.3"]
    (said,) = root.iter(f"{TEI}said")
    assert (said.get("who"), said.get("toWhom")) == ("#t1.zo-.2", "#t1.zo- #t1.zo-.3")


def test_a_note_after_the_last_scene_of_a_chapter_spoils_no_division():
    made = telling("One\n\nRain.\n\n* * *\n\nSun.\n\nTwo\n\nThe end.", kinds={0: "heading", 2: "break", 4: "heading"})
    root = parsed(Story((made,)))
    check(root)
    assert [(div.get("type"), div.get("n")) for div in root.iter(f"{TEI}div")] == [
        ("chapter", "1"),
        ("scene", "1"),
        ("scene", "2"),
        ("chapter", "2"),
    ]


def test_a_text_without_a_story_has_a_body_all_the_same():
    made = telling("For the crew.", matter={0: "front"})
    made = made.with_layer("chapters", (), Provenance("by hand", 1)).with_layer(
        "scenes", (), Provenance("by hand", 1)
    )
    root = parsed(Story((made,)))
    check(root)
    assert words(texts(root)[0]) == "Forthecrew."


@given(stories())
def test_every_word_once_and_in_order_whatever_the_text(story):
    root = parsed(story)
    check(root)
    assert [words(text) for text in texts(root)] == [bare(told.text) for told in story.tellings]


@pytest.mark.skipif(
    "FABULA_TEI_SCHEMA" not in os.environ,
    reason="NOT CHECKED against the schema of TEI: FABULA_TEI_SCHEMA names no tei_all.rng (CONTRIBUTING.md)",
)
def test_documents_are_valid_by_the_schema_of_tei_p5():
    schema = etree.RelaxNG(etree.parse(Path(os.environ["FABULA_TEI_SCHEMA"])))
    for made in (quay_story(), Story((quay(),))):
        assert schema.validate(parsed(made)), schema.error_log

    @given(stories())
    def valid(story):
        assert schema.validate(parsed(story)), schema.error_log

    valid()
