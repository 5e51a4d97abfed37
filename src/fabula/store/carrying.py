"""Corrections carried over to a later draft: to where a line stands there, also when its words changed a little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import NamedTuple

from fabula.spans import Span, index_at
from fabula.store.corrections import Entry
from fabula.store.matching import NARRATOR, absent, cited, is_called, placed
from fabula.store.quoting import quoting
from fabula.store.words import Words, index_words
from fabula.story import Alignment, Link, Quote, Telling, joined

_ALIKE = 0.5
"""Share of the words of a line that must have stayed for it to be found again."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of an entry.

    Attributes:
        entry: as it stood.
        becomes: as it stands for the new draft; None where it does not apply there.
        note: why it does not, or what is doubtful; empty where all is well.
    """

    entry: Entry
    becomes: Entry | None
    note: str = ""


class _Draft(NamedTuple):
    """One of the two drafts, its words, and where each of them starts."""

    telling: Telling
    words: Words
    starts: Sequence[int]

    def inside(self, spans: Sequence[Span]) -> list[int]:
        """Return which words stand in some stretches of the text."""
        bounds = (
            (index_at(self.starts, span.start - 1) + 1, index_at(self.starts, span.end - 1) + 1) for span in spans
        )
        return [at for first, after in bounds for at in range(first, after)]


class _Drafts(NamedTuple):
    """What entries are carried by.

    Attributes:
        old: the draft that they were written for.
        new: the draft that they are for now.
        alignment: of the two, the old one first.
        called: what the new draft is called where it is read by itself.
    """

    old: _Draft
    new: _Draft
    alignment: Alignment
    called: str


def carried(
    entries: Sequence[Entry], tellings: Sequence[Telling], alignment: Alignment, *, called: str = ""
) -> tuple[Carried, ...]:
    """Carry entries over from the first telling of an alignment to the second.

    Args:
        entries: of the corrections file of the first.
        tellings: of the story, with the layer `quotes`.
        alignment: of two of them.
        called: what the second is called where it is read by itself; empty for the name that it has here.

    Returns:
        What became of each entry, in order.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    old, new = (_draft(tellings[side.telling]) for side in (alignment.a, alignment.b))
    drafts = _Drafts(old, new, alignment, called or new.telling.name)
    return tuple(_carried(entry, drafts) for entry in entries)


def _draft(telling: Telling) -> _Draft:
    words = index_words(telling.text)
    return _Draft(telling, words, [start for start, _ in words.spans])


def _carried(entry: Entry, drafts: _Drafts) -> Carried:
    if entry.telling and not is_called(entry.telling, drafts.old.telling.name):
        if is_called(entry.telling, drafts.called):
            return Carried(entry, entry)
        return Carried(entry, None, f"it is for another telling, {cited(entry.telling)}")
    kept = replace(entry, telling=drafts.called if entry.telling else "")
    if not entry.quoted:
        return _named(entry, kept, drafts)
    found = _quoted(entry, kept, drafts)
    if found.becomes and _is_gone(entry.name, drafts):
        return replace(found, note=f"{absent(entry.name)} in {drafts.called}")
    return found


def _is_gone(name: str, drafts: _Drafts) -> bool:
    """Whether the old draft names somebody whom the new one does not."""
    return bool(name) and bool(drafts.old.words.find(name)) and not drafts.new.words.find(name)


def _named(entry: Entry, kept: Entry, drafts: _Drafts) -> Carried:
    """Carry an entry about people: as it is, unless none of them is left."""
    gone = [name for name in entry.names if name.casefold() != NARRATOR and not drafts.new.words.find(name)]
    note = f"{', '.join(map(absent, gone))} in {drafts.called}" if gone else ""
    return Carried(entry, None if len(gone) == len(entry.names) else kept, note)


def _quoted(entry: Entry, kept: Entry, drafts: _Drafts) -> Carried:
    """Carry an entry that quotes a line: as it is if it means that line still, else quoted anew."""
    before = placed(entry, drafts.old.telling, drafts.old.words)
    now = placed(kept, drafts.new.telling, drafts.new.words).span
    if before.span is None:
        return Carried(entry, kept if now else None, before.problem)
    link = _link_at(before.span, drafts.alignment.links)
    if link is None:
        is_new = now is not None and any(span.overlap(now) for span in drafts.alignment.only_b)
        return Carried(entry, kept) if is_new else Carried(entry, None, "its line was cut")
    if now is not None and any(span.overlap(now) for span in link.b):
        return Carried(entry, kept)
    return _quoted_anew(entry, before.span, link, drafts)


def _link_at(place: Span, links: Sequence[Link]) -> Link | None:
    """Return the link that has most of a stretch of the first telling."""
    best = max(links, key=lambda link: _shared(place, link), default=None)
    return best if best and _shared(place, best) else None


def _shared(place: Span, link: Link) -> int:
    return sum(span.overlap(place) for span in link.a)


def _quoted_anew(entry: Entry, place: Span, link: Link, drafts: _Drafts) -> Carried:
    spoken = _quote_at(place, drafts.old.telling)
    piece = _followed(place, link, drafts) or (spoken and _followed(spoken, link, drafts))
    if not piece:
        now = joined(drafts.new.telling.text, Span(link.b[0].start, link.b[-1].end))
        return Carried(entry, None, f"its words were rewritten: {cited(now)}")
    if spoken:
        inside = _quote_at(piece, drafts.new.telling)
        if not inside:
            return Carried(entry, None, "its words are no longer in quotation marks")
        piece = Span(max(piece.start, inside.start), min(piece.end, inside.end))
    anew = quoting(drafts.new.telling, [piece], entry.kind, name=entry.name, words=drafts.new.words)
    if anew is None:
        return Carried(entry, None, "its words stand elsewhere too, in the same surroundings")
    return Carried(entry, replace(anew, telling=drafts.called if entry.telling else ""))


def _quote_at(place: Span, telling: Telling) -> Span | None:
    """Return the quotation that has most of a stretch of the text; None outside quotations."""
    quotes: tuple[Quote, ...] = telling.layer("quotes", wanted_by="carry")
    best = max((quote.span for quote in quotes if not quote.depth), key=place.overlap, default=None)
    return best if best and place.overlap(best) else None


def _followed(place: Span, link: Link, drafts: _Drafts) -> Span | None:
    """Return where words of the first telling stand in the second, by the words of a link; None if few of them do."""
    (_, before, _), (_, after, _) = drafts.old, drafts.new
    old, new = drafts.old.inside(link.a), drafts.new.inside(link.b)
    meant = [at for at, word in enumerate(old) if place.overlap(Span(*before.spans[word]))]
    if not meant:
        return None
    first, last = meant[0], meant[-1]
    blocks = SequenceMatcher(None, [*map(before.word, old)], [*map(after.word, new)], autojunk=False)
    pairs = [(one.a + at, one.b + at) for one in blocks.get_matching_blocks() for at in range(one.size)]
    kept = [(i, j) for i, j in pairs if first <= i <= last]
    if not kept:
        return None
    # Words at either edge that were replaced reach to the nearest ones beside them that were not.
    start = kept[0][1] if kept[0][0] == first else max((j + 1 for i, j in pairs if i < first), default=0)
    end = kept[-1][1] + 1 if kept[-1][0] == last else min((j for i, j in pairs if i > last), default=len(new))
    if len(kept) < _ALIKE * max(last - first + 1, end - start):
        return None
    return Span(after.spans[new[start]][0], after.spans[new[end - 1]][1])
