"""When lines are sung: a song's own times, and those that prose has from it. All songs here are made up."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula import api, pipeline
from fabula.exports.lines import lines
from fabula.exports.times import Times, own_times, times
from fabula.formats import lyrics
from fabula.formats.source import Source
from fabula.spans import Span
from fabula.story import Alignment, Link, Mark, Side, Story, Telling, WordChange

LRC = """[ti:Rain]
[offset:+500]
[01:10.00][00:10.00]Rain on the roof tonight
[00:12.50]<00:12.50>down <00:13.00>it <00:13.25>comes upon the town

[Chorus]
Oh, the rain
[00:30]Come in, come in from the rain, my dear
"""
PROSE = """She hummed, and then sang.

"Rain on the roof tonight," she sang, "down it comes upon the town."

"Come in, come in from the rain, my dear," she said."""


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    folder = tmp_path_factory.mktemp("songs")
    (folder / "rain.lrc").write_text(LRC, "utf-8")
    (folder / "evening.txt").write_text(PROSE, "utf-8")
    return api.align(folder / "rain.lrc", folder / "evening.txt", whole=True)


def test_a_timed_line_is_a_line_of_the_script_with_its_time(story):
    song = [(row["time"], row["text"]) for row in lines(Story(story.tellings[:1]))]
    assert song == [
        (9.5, "Rain on the roof tonight"),
        (12.0, "down it comes upon the town"),
        (None, "[Chorus]"),
        (None, "Oh, the rain"),
        (29.5, "Come in, come in from the rain, my dear"),
    ]


def test_prose_that_quotes_a_song_has_its_times(story):
    rows = [(row["time"], row["text"]) for row in lines(story) if row["telling"] == "evening"]
    assert rows == [
        (None, "She hummed, and then sang."),
        (9.5, '"Rain on the roof tonight,"'),
        (None, "she sang,"),
        (12.0, '"down it comes upon the town."'),
        (29.5, '"Come in, come in from the rain, my dear,"'),
        (None, "she said."),
    ]


def test_it_does_not_matter_which_is_named_first(story):
    song, prose = times(story)
    (alignment,) = story.alignments
    turned = Alignment(
        replace(alignment.b, telling=0),
        replace(alignment.a, telling=1),
        tuple(
            replace(link, a=link.b, b=link.a, changes=tuple(replace(one, a=one.b, b=one.a) for one in link.changes))
            for link in alignment.links
        ),
        (),
        (),
    )
    assert times(Story(story.tellings[::-1], (turned,))) == (prose, song)


def test_prose_that_is_not_aligned_has_no_times(story):
    assert times(replace(story, alignments=()))[1] == Times()


def test_a_song_keeps_its_own_times():
    one, other = (lyrics.read(Source(f"{at}.lrc", f"[00:0{at}]Rain".encode())) for at in (1, 2))
    sides = (Side(number, telling.name, (telling.whole,)) for number, telling in enumerate((one, other)))
    link = Link((one.whole,), (other.whole,), "same")
    assert times(Story((one, other), (Alignment(*sides, (link,), (), ()),))) == (
        Times((0,), (1.0,)),
        Times((0,), (2.0,)),
    )


def test_a_time_begins_with_the_first_word_that_both_have():
    song = lyrics.read(Source("rain.lrc", b"[00:07]Rain tonight"))
    prose = Telling("prose", "She sang: rain tonight.")
    changes = (WordChange(None, Span(0, 9), "added"), WordChange(Span(0, 4), Span(10, 14), "case"))
    sides = Side(0, "rain", (song.whole,)), Side(1, "prose", (prose.whole,))
    for relation, shown, begin in (("wording", changes, 15), ("event", (), 0)):
        link = Link((song.whole,), (prose.whole,), relation, changes=shown)
        assert times(Story((song, prose), (Alignment(*sides, (link,), (), ()),)))[1] == Times((begin,), (7.0,))


@pytest.mark.parametrize("value", ["", "soon", "-1", "nan", "1e9", "1" * 400, "²"])
def test_what_is_no_time_is_none(value):
    marks = (Mark(0, 4, "line"), Mark(0, 4, "time", value))
    assert own_times(Telling("a", "Rain", marks)) == Times()


@given(st.lists(st.sampled_from(["[00:01]la la", "la", "[00:02.50]", "", "[Chorus]", "[00:03]<00:03>do <00:04>re"])))
def test_the_script_holds_every_word_once(rows):
    telling = lyrics.read(Source("a.lrc", "\n".join(["[00:00]oh", *rows]).encode()))
    story = Story((pipeline.run(telling, stages=pipeline.UNREAD_STAGES),))
    assert " ".join(row["text"] for row in lines(story)).split() == telling.text.split()
    assert sum(row["time"] is not None for row in lines(story)) == len(own_times(telling).starts)
