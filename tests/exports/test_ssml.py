from hypothesis import given
from lxml import etree

from fabula.exports.aloud import blocks
from fabula.exports.ssml import NAMESPACE
from fabula.story import Metadata, Story
from tests.builders import people, telling
from tests.exports.hostile import bare, stories
from tests.exports.quay import story as quay_story
from tests.exports.quay import written

# Which elements may stand in which: the part of the recommendation that concerns the elements used here.
MAY_HOLD = {"speak": {"p", "break"}, "p": {"voice"}, "voice": {"mark", "break"}, "mark": set(), "break": set()}
ATTRIBUTES = {
    "speak": {"version", "{http://www.w3.org/XML/1998/namespace}lang"},
    "p": {"{http://www.w3.org/XML/1998/namespace}lang"},
    "voice": {"name", "gender"},
    "mark": {"name"},
    "break": {"strength"},
}
STRENGTHS = {"weak", "strong", "x-strong"}


def parsed(made):
    return etree.fromstring(written(made, "ssml").encode("utf-8"))


def name_of(element):
    tag = etree.QName(element)
    assert tag.namespace == NAMESPACE
    return tag.localname


def check(root):
    """Make sure that a document keeps to the rules of SSML 1.1, as far as its elements go."""
    assert (name_of(root), root.get("version")) == ("speak", "1.1")
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang")
    for element in root.iter():
        name = name_of(element)
        assert {name_of(child) for child in element} <= MAY_HOLD[name]
        assert set(element.attrib) <= ATTRIBUTES[name]
    for voice in root.iter(f"{{{NAMESPACE}}}voice"):
        assert voice.get("name")
        assert not any(char.isspace() for char in voice.get("name"))
        assert voice.get("gender") in {None, "female", "male", "neutral"}
    assert {pause.get("strength") for pause in root.iter(f"{{{NAMESPACE}}}break")} <= STRENGTHS


def test_the_story_by_hand_keeps_to_the_rules():
    check(parsed(quay_story()))


def test_marks_are_the_ids_of_the_script_each_once():
    marks = [mark.get("name") for mark in parsed(quay_story()).iter(f"{{{NAMESPACE}}}mark")]
    assert marks[:3] == ["quay:1", "quay:2", "quay:3"]
    assert len(set(marks)) == len(marks)


def test_a_language_that_is_no_tag_is_not_determined():
    made = telling("Hoy.", metadata=Metadata(language="<es>"), cast=people("Tom"))
    assert parsed(Story((made,))).get("{http://www.w3.org/XML/1998/namespace}lang") == "und"


@given(stories())
def test_every_turn_has_its_voice_and_its_words(story):
    root = parsed(story)
    check(root)
    told = [
        (turn.voice, bare(turn.words))
        for made in story.tellings
        for block in blocks(made, lambda name: "_".join(name.split()))
        if block.kind != "break"
        for turn in block.turns
    ]
    voices = list(root.iter(f"{{{NAMESPACE}}}voice"))
    assert [(voice.get("name"), bare("".join(voice.itertext()))) for voice in voices] == told
