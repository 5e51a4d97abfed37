"""The example story is shipped whole, and its hand annotation says what stands in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from examples import annotate
from fabula.examples import example_paths

GOLD: dict[str, Any] = json.loads(annotate.GOLD.read_text(encoding="utf-8"))
TEXTS = {path.name: path.read_bytes().decode("utf-8") for path in example_paths()}
TELLINGS = {telling["id"]: telling for telling in GOLD["tellings"]}
NAMES = {character["name"] for character in GOLD["characters"]}
PAIRS = re.compile(r'“[^“”]*”|‘[^‘’]*’|"[^"]*"')

each_telling = pytest.mark.parametrize("telling", GOLD["tellings"], ids=list(TELLINGS))


def words_of(telling: dict[str, Any]) -> str:
    return TEXTS[telling["file"]]


def cut(text: str, span: list[int]) -> str:
    return text[span[0] : span[1]]


def placed(record: Any, telling: dict[str, Any] | None = None) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield every record that states both a span and its words, with its telling."""
    if isinstance(record, list):
        for item in record:
            yield from placed(item, telling)
    elif isinstance(record, dict):
        telling = TELLINGS.get(record.get("telling", record.get("id")), telling)
        if "span" in record and "text" in record:
            assert telling is not None
            yield record, telling
        for value in record.values():
            yield from placed(value, telling)


def test_three_files_are_shipped_and_clean() -> None:
    assert list(TEXTS) == [telling["file"] for telling in GOLD["tellings"]]
    for text in TEXTS.values():
        assert text.endswith("\n")
        assert not re.search(r"[\r\t\ufeff]|[ ]+$|\n{3}", text, re.MULTILINE)


def test_length_of_the_story() -> None:
    counts = {telling["file"]: telling["words"] for telling in GOLD["tellings"]}
    assert counts == {name: len(text.split()) for name, text in TEXTS.items()}
    assert 2500 <= sum(counts.values()) <= 4000


def test_gold_is_what_the_annotation_makes_of_the_texts() -> None:
    assert annotate.GOLD.read_text(encoding="utf-8") == annotate.rendered(annotate.gold())


def test_every_span_covers_the_words_it_states() -> None:
    records = list(placed(GOLD))
    assert len(records) > 150
    for record, telling in records:
        text = words_of(telling)
        assert cut(text, record["span"]) == record["text"]
        assert text.count("\n", 0, record["span"][0]) + 1 == record["line"]


@each_telling
def test_every_pair_of_quotation_marks_is_annotated(telling: dict[str, Any]) -> None:
    text = words_of(telling)
    outer = [match for match in PAIRS.finditer(text) if match[0][0] != "‘"]
    inner = [
        [match.start() + at.start(), match.start() + at.end()]
        for match in outer
        for at in re.finditer("‘[^‘’]*’", match[0])
    ]
    quoted = [quote for quote in telling["quotes"] if quote["quoted"]]
    assert [quote["span"] for quote in quoted if quote["depth"] == 0] == [[m.start(), m.end()] for m in outer]
    assert [quote["span"] for quote in quoted if quote["depth"] == 1] == inner
    assert sum(text.count(mark) for mark in '“”"') == 2 * len(outer)


@each_telling
def test_speakers_and_hearers_are_in_the_cast(telling: dict[str, Any]) -> None:
    for quote in telling["quotes"]:
        assert {quote["speaker"], *quote["addressees"]} <= NAMES
        assert quote["speaker"] not in quote["addressees"]
    assert {thought["who"] for thought in telling["thoughts"]} <= NAMES


def test_every_alias_is_used_in_the_story() -> None:
    story = "\n".join(TEXTS.values())
    for character in GOLD["characters"]:
        for alias in character["aliases"]:
            assert re.search(rf"\b{re.escape(alias)}(?!\w)", story, re.IGNORECASE), alias


@each_telling
def test_scenes_hold_all_that_is_said(telling: dict[str, Any]) -> None:
    scenes = [scene["span"] for scene in telling["scenes"]]
    assert all(before[1] < after[0] for before, after in pairwise(scenes))
    for quote in telling["quotes"]:
        assert any(start <= quote["span"][0] and quote["span"][1] <= end for start, end in scenes)
    between = [cut(words_of(telling), [a[1], b[0]]).strip() for a, b in pairwise(scenes)]
    assert between == ["* * *"] * (len(scenes) - 1)


def test_the_hard_things_are_all_there() -> None:
    quotes = [quote for telling in GOLD["tellings"] for quote in telling["quotes"]]
    assert {q["kind"] for q in quotes} == {"speech", "letter", "text_message", "song", "announcement"}
    assert {q["channel"] for q in quotes} == {"face", "phone", "voicemail", "text", "letter", "loudspeaker", "song"}
    assert {thought["italic"] for telling in GOLD["tellings"] for thought in telling["thoughts"]} == {True, False}
    assert {telling["person"] for telling in GOLD["tellings"]} == {1, 3}
    assert {telling["tense"] for telling in GOLD["tellings"]} == {"past", "present"}
    assert {promise["outcome"] for promise in GOLD["promises"]} >= {"broken", "kept"}


def test_three_slips_with_the_passages_that_disagree() -> None:
    assert [slip["kind"] for slip in GOLD["slips"]] == ["time", "attribute", "name_variant"]
    telling_words = [("Thursday", "Fridays"), ("grey", "brown"), ("Imrie", "Imry")]
    for slip, (one, other) in zip(GOLD["slips"], telling_words, strict=True):
        assert one in slip["sites"][0]["text"]
        assert other in slip["sites"][-1]["text"]
        for site in slip["sites"]:
            assert cut(words_of(TELLINGS[site["telling"]]), site["span"]) == site["text"]


def test_aligned_lines_agree_as_far_as_they_say() -> None:
    aligned = GOLD["alignment"]
    spans = {u["id"]: TEXTS[aligned[s]["file"]][u["start"] : u["end"]] for s in "ab" for u in aligned[s]["units"]}
    paired = {unit for pair in aligned["pairs"] + aligned["optional"] for side in "ab" for unit in pair[side]}
    for pair in aligned["pairs"]:
        a, b = (spans[pair[side][0]] for side in "ab")
        assert (a == b) == (pair["relation"] == "same")
        assert bool(pair.get("word_changes")) == (pair["relation"] == "wording")
    assert paired | set(aligned["only_a"]) | set(aligned["only_b"]) == set(spans)
