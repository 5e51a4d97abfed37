"""The report as one HTML file that fetches nothing and runs only its own script; one story, always the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from fabula.report.chord import chord
from fabula.report.facts import Counts, Doubt, SceneFacts, counts, doubts, names, pairs, scenes
from fabula.report.notes import MATCHED_BY_NAME, authors_word, labels, language_note, marks_note, no_doubts
from fabula.report.reading import Reading, paragraph_at, reading
from fabula.report.roles import Counted, Profile, deeds, profiles
from fabula.report.shell import part, policy_hash, style_of, templates
from fabula.report.storyline import Storyline, storyline
from fabula.report.voices import Voice, css_colour, voices
from fabula.story import CastRow, Story, Telling, cast

_PAIRS = 10
_PROFILES = 12
_ROWS = 16


@dataclass(frozen=True, slots=True)
class CastLine:
    """A row of the cast sheet.

    Attributes:
        row: the counts.
        voice: None for the row of unknown speakers.
        colour: CSS class.
        aliases: other names, the main one left out.
        mostly: names of the three they speak to most, with the number of lines.
        share: per cent of all words spoken.
        bar: length of the bar, per cent of the longest.
        first: id of the first utterance in the reading view; empty where there is none.
    """

    row: CastRow
    voice: Voice | None
    colour: str
    aliases: tuple[str, ...]
    mostly: tuple[tuple[str, int], ...]
    share: float
    bar: float
    first: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the template shows of one telling.

    Attributes:
        key: makes ids unique in the file.
        telling: its metadata and name are shown.
        label: short name for the tab.
        title: as stated, else the name.
        note: what was not read, and why; empty where all was.
        counts: for the line under the title.
        cast: those who speak, and the unknown.
        silent: names of those who never speak.
        chord: an SVG element, or nothing.
        pairs: speaker, hearer, lines: the strongest.
        profiles: what the main characters do, undergo, have and are, with name and CSS class.
        more_profiles: how many more there are.
        deeds: who, to whom, what: the most frequent.
        storyline: the picture of the scenes; None where nobody known speaks.
        scenes: for the list of scenes, with who speaks.
        doubts: grouped, each with its id in the reading view.
        no_doubts: what stands there where there are none.
        by_marks: how many lines of each style of quotation marks have no speaker; empty where all have one.
        reading: the text.
        voices: those who speak, for the filter, most lines first.
    """

    key: str
    telling: Telling
    label: str
    title: str
    note: str
    counts: Counts
    cast: tuple[CastLine, ...]
    silent: tuple[str, ...]
    chord: str
    pairs: tuple[tuple[Voice, Voice, int], ...]
    profiles: tuple[tuple[Voice, str, Profile], ...]
    more_profiles: int
    deeds: tuple[tuple[Voice, Voice, Counted], ...]
    storyline: Storyline | None
    scenes: tuple[tuple[SceneFacts, tuple[tuple[str, str, int], ...]], ...]
    doubts: tuple[tuple[tuple[Doubt, str], ...], ...]
    no_doubts: str
    by_marks: str
    reading: Reading
    voices: tuple[tuple[Voice, str], ...]


def write(story: Story, out: TextIO) -> None:
    """Write a story's report as one HTML file.

    Args:
        story: every telling with all layers of `fabula.pipeline`.
        out: a text file, in UTF-8.

    Raises:
        LayerMissingError: when a layer is missing; nothing is written then.
    """
    heard = voices(story)
    called = labels(story)
    pages = [_page(telling, heard, str(at), called[at]) for at, telling in enumerate(story.tellings)]
    style, code = style_of("page.css"), part("page.js")
    people = {voice.number: voice.name for voice in heard.values()}
    out.write(
        templates()
        .get_template("page.html")
        .render(
            story=story,
            pages=pages,
            word=authors_word(story),
            by_name=MATCHED_BY_NAME,
            side_by_side=_side_by_side(story, heard) if len(pages) > 1 else (),
            style=style,
            code=code,
            style_hash=policy_hash(style),
            code_hash=policy_hash(code),
            people=json.dumps(people, ensure_ascii=True).replace("<", "\\u003c"),
            rows=_ROWS,
        )
    )


def _page(telling: Telling, heard: Mapping[str, Voice], key: str, label: str) -> Page:
    text = reading(telling, heard, key=key)
    told = scenes(telling)
    talk = pairs(telling)
    rows = cast(telling)
    lines = _cast_lines(telling, rows, heard, text, key)
    known = [(heard[each.character.id], each) for each in profiles(telling)]
    done = [each for each in deeds(telling) if each.agent in heard and each.patient in heard]
    return Page(
        key=key,
        telling=telling,
        label=label,
        title=telling.metadata.title or telling.name,
        note=language_note(telling),
        counts=counts(telling),
        cast=tuple(line for line in lines if line.row.lines),
        silent=tuple(row.character.name for row in rows if row.character and not row.lines),
        chord=chord(talk, heard),
        pairs=tuple((heard[a], heard[b], n) for a, b, n in talk[:_PAIRS] if a in heard and b in heard),
        profiles=tuple((voice, css_colour(voice), each) for voice, each in known[:_PROFILES]),
        more_profiles=len(known[_PROFILES:]),
        deeds=tuple((heard[each.agent], heard[each.patient], each.verbs) for each in done[:_PAIRS]),
        storyline=storyline(told, heard, key=key, linked=text.scenes),
        scenes=tuple((scene, _scene_voices(scene, heard)) for scene in told),
        doubts=tuple(
            tuple((doubt, _link(telling, doubt, text, key)) for doubt in group) for group in doubts(telling)
        ),
        no_doubts=no_doubts(telling),
        by_marks=marks_note(telling),
        reading=text,
        voices=tuple((line.voice, line.colour) for line in lines if line.voice and line.row.lines),
    )


def _scene_voices(scene: SceneFacts, heard: Mapping[str, Voice]) -> tuple[tuple[str, str, int], ...]:
    """Return name, colour and lines of each who speaks in a scene."""
    found = ((heard.get(id or ""), lines) for id, lines in scene.voices)
    return tuple((voice.label if voice else "unknown", css_colour(voice), lines) for voice, lines in found)


def _cast_lines(
    telling: Telling, rows: Sequence[CastRow], heard: Mapping[str, Voice], text: Reading, key: str
) -> list[CastLine]:
    called = names(telling)
    spoken = sum(row.words for row in rows) or 1
    most = max((row.words for row in rows), default=0) or 1
    first: dict[str | None, int] = {}
    for at, said in enumerate(telling.layer("utterances", wanted_by="report")):
        if at in text.utterances:
            first.setdefault(said.speaker, at)
    lines = []
    for row in rows:
        id = row.character.id if row.character else None
        voice = heard[id] if id is not None else None
        names_else = (
            tuple(name for name in row.character.aliases if name != row.character.name) if row.character else ()
        )
        mostly = tuple((called.get(hearer, hearer), lines) for hearer, lines in row.hearers[:3])
        link = f"u{key}-{first[id]}" if id in first else ""
        lines.append(
            CastLine(
                row,
                voice,
                css_colour(voice),
                names_else,
                mostly,
                100 * row.words / spoken,
                100 * row.words / most,
                link,
            )
        )
    return lines


def _link(telling: Telling, doubt: Doubt, text: Reading, key: str) -> str:
    """Return the id of the place in the reading view."""
    if doubt.utterance is not None and doubt.utterance in text.utterances:
        return f"u{key}-{doubt.utterance}"
    return f"p{key}-{paragraph_at(telling, doubt.offset)}"


def _side_by_side(
    story: Story, heard: Mapping[str, Voice]
) -> tuple[tuple[Voice, str, tuple[CastRow | None, ...]], ...]:
    """Return each speaker with their row in every telling (None where they are not in it)."""
    tables = [{row.character.id: row for row in cast(telling) if row.character} for telling in story.tellings]
    rows = ((id, voice, tuple(table.get(id) for table in tables)) for id, voice in heard.items())
    return tuple(
        (voice, css_colour(voice), found) for _, voice, found in rows if any(row and row.lines for row in found)
    )
