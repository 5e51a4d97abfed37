import re

from hypothesis import given

from fabula.exports.aloud import blocks
from fabula.story import Story
from tests.exports.hostile import bare, stories
from tests.exports.quay import quay, written

_TAG = re.compile(r"\[voice:([^\[\]\n]+)\]([^\[\]]+)\[/voice\]|\[pause\]")
ROUND = str.maketrans("[]", "()")


def test_what_looks_like_a_tag_is_none():
    text = written(Story((quay(),)), "sml")
    assert "The slate said (voice:Tom) and ((low_tide))" in text


@given(stories())
def test_every_sign_of_the_file_is_a_tag_or_read_by_a_voice(story):
    text = written(story, "sml")
    assert _TAG.sub("", text).strip() == ""
    told = [
        (turn.voice, bare(turn.words.translate(ROUND)))
        for made in story.tellings
        for block in blocks(made, lambda name: " ".join(name.translate(ROUND).split()))
        if block.kind != "break"
        for turn in block.turns
    ]
    assert [(tag[1], bare(tag[2])) for tag in _TAG.finditer(text) if tag[1]] == told
