"""Words without quotation marks that are somebody's all the same: a machine going on, sung verses, a letter shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from fabula.lexicon import words
from fabula.spans import Span, stripped
from fabula.speech import reasons
from fabula.speech.channels.devices import MACHINE
from fabula.speech.channels.manners import Manner
from fabula.speech.settings import Setting
from fabula.speech.tagging.clauses import last_sentence
from fabula.speech.tagging.tags import beat
from fabula.speech.view import View
from fabula.story import Utterance

_SENTENCE = re.compile(r"[^.!?…]+(?:[.!?…]+[\"”’)]*|$)\s*")
_SUNG = re.compile(r"\b(?:sang|sings?|singing|sung|songs?|tunes?|lullaby|hymn|carol|chorus|verses?|hummed|ballad)\b")
_RECITED = re.compile(r"\b(?:recit(?:ed|es?|ing)|declaim(?:ed|s|ing)?|intoned|chant(?:ed|s|ing)?)\b")
_OPENING = frozenset(":.—–")
"""What may stand between who recites and the verse."""
_SHORT_LINE = 60
_WRITTEN = re.compile(
    r"\b(?:letters?|notes?|cards?|telegram|postcard|wrote|written|handwriting|scrawl\w*|scribbl\w*"
    r"|in (?:block )?capitals|paper|inscription|e-?mail|back of)\b"
)
_READ = re.compile(r"\bread(?:s|ing)? (?:it|this|that|the (?:letter|note|card|page|words|lines))\b")
_PERSON = re.compile(r"\b(?:I|I['’]\w+|me|my|you|your|we|us)\b")
_SALUTATION = re.compile(r"(?:My )?(?:[Dd]ear(?:est)? )?([A-Z][\w’']+(?: [A-Z][\w’']+)?)[.,:;!—–-]")
_SIGNED = re.compile(r"(?:^|[\s.!?,—–-])([A-Z][\w’']*)\.?\s*$")
_LONGEST_LEAD = 400
_WORDS_ALIKE = 4


class Said(NamedTuple):
    """An utterance found, with what is known of its neighbours: id of the speaker, of those who hear."""

    speaker: str | None
    hearers: tuple[str, ...]


def machine_lines(view: View, setting: Setting, manner: Manner, said: Said, heard: Sequence[str]) -> Utterance | None:
    """Find what a machine goes on to say after its quotation, where the marks are missing.

    Args:
        view: what the speech chapter reads.
        setting: of the turn.
        manner: of the turn.
        said: who speaks it, and to whom.
        heard: quotations so far, of which a machine repeats the openings.

    Returns:
        An announcement; None where the narration goes on as narration.
    """
    if manner.kind != "announcement" or manner.channel != "voicemail":
        return None
    end = view.paragraphs[setting.turn.last].end
    rest = view.text[setting.turn.pieces[-1].end : end]
    found: list[Span] = []
    at = setting.turn.pieces[-1].end
    for match in _SENTENCE.finditer(rest):
        span = stripped(view.text, Span(at + match.start(), at + match.end()))
        said_so = span.of(view.text)
        if not any(mark in said_so for mark in '"“”') and (MACHINE.search(said_so) or _repeats(said_so, heard)):
            found.append(span)
        elif found:
            break
    if not found:
        return None
    piece = Span(found[0].start, found[-1].end)
    return Utterance(
        (piece,), said.speaker, said.hearers, "announcement", "voicemail", "continuation", None, 0.7, reasons.NO_MARKS
    )


def _repeats(sentence: str, heard: Sequence[str]) -> bool:
    """Whether a sentence opens with the words that opened a quotation before."""
    opening = _plain(sentence)[:_WORDS_ALIKE]
    return len(opening) == _WORDS_ALIKE and any(_plain(other)[:_WORDS_ALIKE] == opening for other in heard)


def _plain(sentence: str) -> list[str]:
    return re.findall(r"[\w’']+", sentence.lower())


def verses(view: View) -> Iterator[Utterance]:
    """Yield verses without marks that somebody sings or recites, as the narration before them says."""
    for first, pieces in (*_runs(view, "verse"), *_lines_sung(view)):
        lead = _lead(view, first)
        singer = _subject(view, lead)
        hearers = _objects(view, lead, singer)
        if _SUNG.search(lead.of(view.text)):
            said = Utterance(tuple(pieces), None, hearers, "song", "song", reason=reasons.NOBODY_SINGS)
        elif _recited(view, lead):
            said = Utterance(tuple(pieces), None, hearers, reason=reasons.NOBODY)
        else:
            continue
        yield replace(said, speaker=singer, evidence="cue", confidence=0.6, reason="") if singer else said


def _lines_sung(view: View) -> Iterator[tuple[int, list[Span]]]:
    """Yield short lines that are not set as verse, under words that announce a song and end with a colon."""
    for index, span in enumerate(view.paragraphs):
        lead = _lead(view, index)
        if view.kinds[index] != "prose" or not lead.of(view.text).endswith(":"):
            continue
        announced = last_sentence(view.text, lead).of(view.text)
        if not (_SUNG.search(announced) or _RECITED.search(announced)):
            continue
        pieces = [span]
        for other in view.paragraphs[index + 1 :]:
            if view.text[pieces[-1].end : other.start].strip(" \t") != "\n":
                break
            pieces.append(other)
        lines = view.text[span.start : pieces[-1].end].split("\n")
        short = len(lines) > 1 and max(len(line.strip()) for line in lines) <= _SHORT_LINE
        if short and not _quoted(view, Span(span.start, pieces[-1].end)):
            yield index, pieces


def _recited(view: View, lead: Span) -> bool:
    sentence = last_sentence(view.text, lead).of(view.text)
    return _RECITED.search(sentence) is not None and sentence.rstrip()[-1:] in _OPENING


def letters(view: View) -> Iterator[Utterance]:
    """Yield letters and notes set apart without marks, by whom they are signed."""
    for first, pieces in (*_runs(view, "letter"), *_set_in(view)):
        whole = Span(pieces[0].start, pieces[-1].end).of(view.text)
        after = view.paragraphs[min(len(view.paragraphs) - 1, view.paragraph_at(pieces[-1].start) + 1)]
        shown = _WRITTEN.search(_lead(view, first).of(view.text)) or _READ.search(after.of(view.text)[:200])
        if not shown or not _PERSON.search(whole):
            continue
        reader = _named(view, _SALUTATION.match(whole))
        writer = _named(view, _SIGNED.search(whole), besides=reader)
        hearers = (reader,) if reader else ()
        letter = Utterance(tuple(pieces), None, hearers, "letter", "letter", reason=reasons.UNSIGNED)
        yield replace(letter, speaker=writer, evidence="cue", confidence=0.7, reason="") if writer else letter


def _runs(view: View, kind: str) -> Iterator[tuple[int, list[Span]]]:
    """Yield runs of paragraphs of a kind that hold no quotation, with the index of the first."""
    run: list[Span] = []
    for index, span in enumerate(view.paragraphs):
        if view.kinds[index] == kind and not _quoted(view, span):
            run.append(span)
            continue
        if run:
            yield index - len(run), run
        run = []
    if run:
        yield len(view.paragraphs) - len(run), run


def _set_in(view: View) -> Iterator[tuple[int, list[Span]]]:
    """Yield single paragraphs of prose that are set in, where those around are not."""
    for index, span in enumerate(view.paragraphs):
        if view.kinds[index] == "prose" and _indent(view, span) >= 2 and not _quoted(view, span):
            around = [view.paragraphs[at] for at in (index - 1, index + 1) if 0 <= at < len(view.paragraphs)]
            if not any(_indent(view, other) for other in around):
                yield index, [span]


def _indent(view: View, span: Span) -> int:
    start = view.text.rfind("\n", 0, span.start) + 1
    return span.start - start if not view.text[start : span.start].strip() else 0


def _quoted(view: View, span: Span) -> bool:
    return any(quote.overlap(span) for quote in view.quotes_before(span.end, 1))


def _lead(view: View, index: int) -> Span:
    """Return the narration before a paragraph, of its scene and not too long."""
    if index == 0:
        return Span(0, 0)
    span = view.paragraphs[index - 1]
    return Span(max(span.start, span.end - _LONGEST_LEAD), span.end)


def _subject(view: View, lead: Span) -> str | None:
    tag = beat(view, last_sentence(view.text, lead), last=True)
    return tag.character if tag and tag.character else view.narrator_at(lead.start)


def _objects(view: View, lead: Span, singer: str | None) -> tuple[str, ...]:
    """Return whoever else the narration before names last."""
    others = [mention.character for mention in view.mentions_in(lead) if mention.character != singer]
    return tuple(who for who in others if who is not None)[-1:]


def _named(view: View, match: re.Match[str] | None, *, besides: str | None = None) -> str | None:
    """Return the only one with a name, or whose name begins with an initial; None where several or none have."""
    if match is None:
        return None
    name = match[1].rstrip(".").lower()
    found = {
        who.id
        for who in view.characters.values()
        if who.id != besides and who.named and any(_bears(alias.lower(), name) for alias in who.aliases)
    }
    return found.pop() if len(found) == 1 else None


def _bears(alias: str, name: str) -> bool:
    """Whether a name is one of those in an alias, or the initial of the given name in it."""
    if len(name) > 1:
        return name in (alias, *alias.split())
    titles = words("titles", "male", "female", "unknown")
    return alias.startswith(name) and alias.split(maxsplit=1)[0] not in titles
