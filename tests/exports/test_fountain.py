import re

from hypothesis import given

from fabula.exports.aloud import Turn, blocks
from fabula.formats import fountain
from fabula.formats.source import Source
from fabula.spans import gaps
from fabula.story import Story
from tests.builders import Said, people, telling
from tests.exports.hostile import bare, stories
from tests.exports.quay import quay, written
from tests.exports.quay import story as quay_story


def read_back(made):
    return fountain.read(Source("story.fountain", written(made, "fountain").encode("utf-8")))


def spoken(told):
    """Return who speaks which words, as our own reader finds them under the cues."""
    cues = [mark for mark in told.marked("cue")]
    speeches = [mark.span.of(told.text) for mark in told.marked("speech")]
    return list(zip((" ".join(cue.value.split()) for cue in cues), map(bare, speeches), strict=True))


def printed(told):
    """Return the words of the story: all that is printed but title page, cues and the names of tellings."""
    added = [mark.span for mark in told.marked("preface", "cue")]
    added += [mark.span for mark in told.marked("heading") if mark.span.of(told.text).startswith("Telling: ")]
    return bare("".join(gap.of(told.text) for gap in gaps(sorted(added), told.whole)))


def turns_of(made):
    return [turn for told in made.tellings for block in blocks(told, shown) for turn in block.turns]


def shown(name):
    return " ".join(re.sub(r"[()\[\]^]+", " ", name).split())


def is_said(turn: Turn):
    return turn.passage.said is not None


def test_our_reader_finds_the_same_speakers_and_words():
    made = quay_story()
    told = read_back(made)
    assert spoken(told) == [(turn.voice, bare(turn.words)) for turn in turns_of(made) if is_said(turn)]
    assert [mark.span.of(told.text) for mark in told.marked("heading")] == [
        "Telling: quay",
        "PART ONE",
        "Chapter One",
        "Chapter Two",
        "Telling: log",
    ]
    assert (told.metadata.title, told.metadata.author) == ("The Quay <1>", "A. & B. Wick")


def test_doubts_are_notes_that_are_not_printed():
    told = read_back(Story((quay(),)))
    notes = [note for kind, note in told.metadata.more if kind == "note"]
    assert notes[0] == "0.00: several could be speaking"
    assert "several" not in told.text


def test_the_channel_is_the_extension_of_the_cue():
    text = written(Story((quay(),)), "fountain")
    assert "@Narrator (thought)\n" in text
    assert "@Ida Marsh (text)\n" in text
    assert "@Ida Marsh\n" in text


def test_verse_is_sung():
    told = read_back(Story((quay(),)))
    assert "“Low tide, low tide," in [mark.span.of(told.text) for mark in told.marked("line")]


def test_a_long_paragraph_with_asterisks_comes_back():
    words = "“" + "never *ever* _again_ " * 300 + "”"
    made = Story((telling(words, cast=people("Tom_1"), said=[Said(words, "tom_1")]),))
    assert spoken(read_back(made)) == [("Tom_1", bare(words))]


@given(stories())
def test_whatever_the_words_our_reader_finds_them_all(story):
    told = read_back(story)
    assert printed(told) == "".join(bare(turn.words) for turn in turns_of(story))
    assert [(bare(voice), said) for voice, said in spoken(told)] == [
        (bare(turn.voice), bare(turn.words)) for turn in turns_of(story) if is_said(turn)
    ]
