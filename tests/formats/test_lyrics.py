"""Lyrics, with times and without. All songs here are made up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.formats import detect, lyrics
from fabula.formats.source import Source

LRC = """[ti:Rain]
[ar: The Drops]
[offset:+500]
[00:10.00][01:10.00]Rain on the roof
[00:12.50]<00:12.50>down <00:13.00>it <00:13.25>comes
[00:15.00]
[00:20:25]Second stanza

[Chorus]
[100:30]La la
"""

SONG = """[Verse 1]
Rain on the roof tonight
down on the empty town
nobody holds a light
everything tumbles down

[Chorus]
Come in from the rain
come in from the rain
nothing is the same
come in from the rain
"""

DIALOGUE = "\n".join(["“Come in,” he said.", "“No,” she said.", "“It rains.”", "“Let it rain.”"] * 3)


def test_lrc() -> None:
    telling = lyrics.read(Source("rain.lrc", LRC.encode()))
    assert telling.text == "Rain on the roof\ndown it comes\n\nSecond stanza\n\n[Chorus]\nLa la"
    assert (telling.metadata.title, telling.metadata.author) == ("Rain", "The Drops")
    times = [(mark.span.of(telling.text), mark.value) for mark in telling.marked("time")]
    assert times == [
        ("Rain on the roof", "9.5"),
        ("Rain on the roof", "69.5"),
        ("down it comes", "12"),
        ("down", "12"),
        ("it", "12.5"),
        ("comes", "12.75"),
        ("Second stanza", "19.75"),
        ("La la", "6029.5"),
    ]
    assert [mark.span.of(telling.text) for mark in telling.marked("verse")] == [
        "Rain on the roof\ndown it comes",
        "Second stanza",
        "La la",
    ]
    assert len(list(telling.marked("line"))) == 4
    assert [mark.span.of(telling.text) for mark in telling.marked("heading")] == ["[Chorus]"]


def test_words_lead_back_past_their_times() -> None:
    telling = lyrics.read(Source("rain.lrc", LRC.replace("\n", "\r\n").encode()))
    place = telling.source.place(telling.text.index("comes"))
    assert (place.line, place.column) == (5, 49)
    assert LRC.replace("\n", "\r\n")[place.character or 0 :].startswith("comes")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_lrc_in_other_encodings(encoding: str) -> None:
    text = LRC.replace("roof", "Dachgebälk – “größer”")
    telling = lyrics.read(Source("rain.lrc", text.encode(encoding)))
    assert telling.text.startswith("Rain on the Dachgebälk – “größer”\ndown it comes")
    assert [mark.value for mark in telling.marked("time")][:2] == ["9.5", "69.5"]


@given(st.text(st.sampled_from("[]<>:.0123456789 \t\nxy#"), max_size=80))
def test_broken_times_are_words_and_no_word_is_lost(text: str) -> None:
    telling = lyrics.read(Source("x.lrc", f"[00:01]la\n{text}".encode()))
    words = re.sub(r"(?m)^\[[xy#]\w*:[^\]\n]*\][ \t]*$", "", text)  # but for what the file says of itself
    assert re.findall("[xy]", telling.text) == re.findall("[xy]", words)
    for mark in telling.marked("time"):
        assert float(mark.value) >= 0
        assert 0 <= mark.start < mark.end <= len(telling.text)


def test_a_hundred_thousand_times_in_one_line_are_read() -> None:
    telling = lyrics.read(Source("x.lrc", b"[00:01]" * 100_000 + b"la\n" + b"<00:02>" * 100_000 + b"la"))
    assert telling.text == "la\nla"


def test_song_without_times() -> None:
    telling = lyrics.read(Source("song.txt", SONG.encode()))
    assert telling.text == SONG.strip()
    assert [mark.span.of(telling.text).count("\n") for mark in telling.marked("verse")] == [3, 3]
    assert [mark.span.of(telling.text) for mark in telling.marked("heading")] == ["[Verse 1]", "[Chorus]"]


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("rain.txt", LRC, "lyrics"),
        ("song.txt", SONG, "lyrics"),
        ("song.txt", SONG.replace("[Verse 1]\n", "").replace("[Chorus]\n", ""), "lyrics"),
        ("poem.txt", SONG.partition("[Chorus]")[0].replace("[Verse 1]\n", ""), "plain"),
        ("talk.txt", DIALOGUE, "plain"),
        ("story.txt", "It was dark and it rained.\n\n" + SONG.replace("\n", " "), "plain"),
        ("story.txt", (DIALOGUE + "\n" + SONG), "plain"),
        ("log.txt", "At [00:10] he called.\n[00:11] she said\nno more of that\n" * 3, "plain"),
    ],
)
def test_detection(name: str, text: str, form: str) -> None:
    assert detect(Source(name, text.encode())).name == form
