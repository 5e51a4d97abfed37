"""BookNLP's `.quotes`."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fabula.exports.booknlp.page import WANTED_BY, Entity, Page, table
from fabula.spans import Span, index_at
from fabula.story import Utterance, script

_QUOTES = ("quote_start", "quote_end", "mention_start", "mention_end", "mention_phrase", "char_id", "quote")


@dataclass(frozen=True, slots=True)
class _Pointing:
    """The mentions by which a speaker can be named.

    Attributes:
        at_token: those that each token is part of.
        of_character: those of each character, sorted; in narration where there are such, else in speech.
    """

    at_token: Mapping[int, Sequence[Entity]]
    of_character: Mapping[str, Sequence[Entity]]


def quotes(page: Page) -> str:
    """Return the utterances, a row a piece, marks included, with the mention that names the speaker.

    That is the one at the cue, else the nearest before the piece, else the next; in narration if the speaker is
    mentioned there at all. Where there is none the cells say `None`.

    Raises:
        LayerMissingError: when one of `paragraphs`, `scenes` and `utterances` is missing.
    """
    utterances: Sequence[Utterance] = page.telling.layer("utterances", wanted_by=WANTED_BY)
    said = [(line.span, utterances[line.utterance]) for line in script(page.telling) if line.utterance is not None]
    pointing = _pointing(page, [span for span, _ in said])
    rows: list[tuple[object, ...]] = []
    for span, utterance in said:
        inside = page.tokens.inside(span)
        if inside:
            found = _at_cue(page, pointing, utterance) or _nearest(pointing, utterance, inside.start)
            by = (found.start, found.end, found.text, found.coref) if found else (None,) * 4
            rows.append((inside.start, inside.stop - 1, *by, page.text(inside)))
    return table(_QUOTES, rows)


def _pointing(page: Page, said: Sequence[Span]) -> _Pointing:
    starts = [span.start for span in said]
    at_token: dict[int, list[Entity]] = defaultdict(list)
    told: dict[str, list[Entity]] = defaultdict(list)
    quoted: dict[str, list[Entity]] = defaultdict(list)
    for entity in page.entities:
        for token in range(entity.start, entity.end + 1):
            at_token[token].append(entity)
        if entity.mention.character is not None:
            at = index_at(starts, entity.mention.span.start)
            in_speech = at >= 0 and said[at].has(entity.mention.span.start)
            (quoted if in_speech else told)[entity.mention.character].append(entity)
    return _Pointing(at_token, {**quoted, **told})


def _at_cue(page: Page, pointing: _Pointing, said: Utterance) -> Entity | None:
    """Return the mention of the speaker that fits the cue best; None where there is none."""
    if said.cue is None:
        return None
    cue = page.tokens.inside(said.cue)
    met = {one for token in cue for one in pointing.at_token.get(token, ()) if one.mention.character == said.speaker}
    return min(met, key=lambda one: (abs(one.start - cue.start) + abs(one.end + 1 - cue.stop), one[:4]), default=None)


def _nearest(pointing: _Pointing, said: Utterance, start: int) -> Entity | None:
    """Return the last mention of the speaker that starts before a token, else the first one after it."""
    known = pointing.of_character.get(said.speaker, ()) if said.speaker is not None else ()
    return known[max(0, bisect_left(known, start, key=lambda one: one.start) - 1)] if known else None
