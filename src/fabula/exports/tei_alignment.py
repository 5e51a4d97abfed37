"""Tellings side by side as a TEI P5 document: a critical apparatus by parallel segmentation.

Words that all witnesses share stand once, others in an `app` with a `rdg` for each reading. Read for one witness
alone, the document gives that witness's words in its own order: what has moved stands where the witness has it, and
points to the row that tells the same (`corresp`).

Source: TEI P5 Guidelines, chapter 12 (Critical Apparatus), https://tei-c.org/release/doc/tei-p5-doc/en/html/TC.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from fabula.exports.markup import attribute, language, text
from fabula.exports.tei import NAMESPACE, PUBLICATION, file_name
from fabula.spans import Span
from fabula.story import Difference, Displaced, Parallel, Story, Synopsis, Telling, rows_holding, synopses

_PRINCIPLES = (
    "The tellings were lined up by Fabula, a program. Each ab is a row: words that all witnesses share stand once, "
    "an app has a rdg for each reading, and a witness that no rdg of a row names lacks the row. The value of ana "
    "says how the tellings are linked there, cert how surely, from 0 to 1. A row of type moved stands where its "
    "witness has it; corresp points to the row that tells the same. White space is normalised; characters that XML "
    "forbids are U+FFFD."
)
_RELATIONS: Mapping[str, str] = {
    "same": "the same words and marks",
    "punctuation": "the same words; marks or capitals differ",
    "wording": "the same line, some words differ",
    "event": "the same told in other words",
    "single": "told by one only",
}


@dataclass(frozen=True, slots=True)
class _Witness:
    """A column: its name in XML, its words."""

    column: int
    sign: str
    text: str

    def words(self, spans: Sequence[Span]) -> str:
        return " ".join(" ".join(span.of(self.text).split()) for span in spans)


def write(story: Story, out: TextIO) -> None:
    """Write a `TEI` document; a `teiCorpus` of them where there are several bases.

    Args:
        story: with its alignments.
        out: an open text file.
    """
    found = list(synopses(story.tellings, story.alignments))
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    if len(found) == 1:
        _write_synopsis(story.tellings, found[0], "", f' xmlns="{NAMESPACE}"', out)
        return
    out.write(f'<teiCorpus xmlns="{NAMESPACE}">\n')
    files = dict.fromkeys(file_name(story.tellings[side.telling]) for each in found for side in each.sides)
    out.write(_header(story.title, f"<p>{text('; '.join(files))}</p>", ""))
    for number, each in enumerate(found, 1):
        _write_synopsis(story.tellings, each, f"s{number}.", "", out)
    out.write("</teiCorpus>\n")


def _write_synopsis(tellings: Sequence[Telling], found: Synopsis, prefix: str, namespace: str, out: TextIO) -> None:
    witnesses = [
        _Witness(column, f"{prefix}{_sign(column)}", tellings[side.telling].text)
        for column, side in enumerate(found.sides)
    ]
    tags = sorted({language(tellings[side.telling]) for side in found.sides})
    out.write(f"<TEI{namespace}{attribute('xml:lang', tags[0] if len(tags) == 1 else None)}>\n")
    listed = "".join(
        f"<witness{attribute('xml:id', witness.sign)}>{text(side.name)}"
        f" (<title>{text(file_name(tellings[side.telling]))}</title>)</witness>\n"
        for witness, side in zip(witnesses, found.sides, strict=True)
    )
    languages = "".join(f"<language{attribute('ident', tag)}/>" for tag in tags)
    title = ", ".join(side.name for side in found.sides)
    out.write(_header(title, f"<listWit>\n{listed}</listWit>", _taxonomy(prefix), languages))
    out.write('<text>\n<body>\n<div type="synopsis">\n')
    empty = True
    for row in _rows(found, witnesses, prefix):
        out.write(f"{row}\n")
        empty = False
    out.write(f"{'<p/>' if empty else ''}</div>\n</body>\n{_back(found, witnesses, prefix)}</text>\n</TEI>\n")


def _sign(column: int) -> str:
    return chr(ord("A") + column) if column < 26 else f"W{column + 1}"


def _header(title: str, source: str, classes: str, languages: str = "") -> str:
    return (
        "<teiHeader>\n<fileDesc>\n"
        f"<titleStmt><title>{text(title)}</title></titleStmt>\n"
        f"<publicationStmt><p>{text(PUBLICATION)}</p></publicationStmt>\n"
        f"<sourceDesc>{source}</sourceDesc>\n"
        "</fileDesc>\n"
        f"<encodingDesc>\n<editorialDecl><p>{text(_PRINCIPLES)}</p></editorialDecl>\n"
        + (f'<variantEncoding method="parallel-segmentation" location="internal"/>\n{classes}' if classes else "")
        + "</encodingDesc>\n"
        + (f"<profileDesc><langUsage>{languages}</langUsage></profileDesc>\n" if languages else "")
        + "</teiHeader>\n"
    )


def _taxonomy(prefix: str) -> str:
    categories = "".join(
        f'<category xml:id="{prefix}relation.{name}"><catDesc>{text(what)}</catDesc></category>'
        for name, what in _RELATIONS.items()
    )
    return f'<classDecl><taxonomy xml:id="{prefix}relation">{categories}</taxonomy></classDecl>\n'


def _rows(found: Synopsis, witnesses: Sequence[_Witness], prefix: str) -> Iterator[str]:
    """Yield an `ab` for every row, and for the place of what is displaced."""
    away: dict[int, list[str]] = {}
    for at, entry in enumerate(found.entries):
        if isinstance(entry, Displaced):
            away.setdefault(entry.parallel, []).append(f"#{prefix}r{at + 1}")
    for at, entry in enumerate(found.entries):
        name = attribute("xml:id", f"{prefix}r{at + 1}")
        if isinstance(entry, Displaced):
            witness = witnesses[entry.column]
            words = text(witness.words(entry.spans))
            target = attribute("corresp", f"#{prefix}r{entry.parallel + 1}")
            yield f'<ab{name} type="moved"{target}><app><rdg wit="#{witness.sign}">{words}</rdg></app></ab>'
            continue
        links = [link for joined in entry.links for link in joined]
        relations = sorted({str(link.relation) for link in links}) or ["single"]
        ana = attribute("ana", " ".join(f"#{prefix}relation.{relation}" for relation in relations))
        sure = attribute("cert", f"{min(link.confidence for link in links):.3g}" if links else None)
        target = attribute("corresp", " ".join(away[at]) if at in away else None)
        yield f"<ab{name}{ana}{sure}{target}>{_apparatus(entry, witnesses)}</ab>"


def _apparatus(row: Parallel, witnesses: Sequence[_Witness]) -> str:
    """Return the words of a row; those who tell it in words of their own have a reading apart."""
    here = [witness for witness in witnesses if row.cells[witness.column].here]
    if not here:
        return ""
    together = [
        witness
        for witness in here
        if witness is here[0] or any(link.relation != "event" for link in row.links[witness.column])
    ]
    words = _segments(row, together)
    if len(together) == len(witnesses):
        return words
    apart = (witness for witness in here if witness not in together)
    readings = [(together, words)]
    readings += [([witness], text(witness.words(row.cells[witness.column].here))) for witness in apart]
    return _app(readings)


def _app(readings: Sequence[tuple[Sequence[_Witness], str]]) -> str:
    inside = "".join(
        f'<rdg wit="{" ".join(f"#{witness.sign}" for witness in those)}">{words}</rdg>' for those, words in readings
    )
    return f"<app>{inside}</app>"


def _segments(row: Parallel, witnesses: Sequence[_Witness]) -> str:
    """Return what the witnesses share once, and what differs as readings."""
    base, *others = witnesses
    spans = row.cells[base.column].here
    words = base.words(spans)
    if all(each.words(row.cells[each.column].here) == words for each in others):
        return text(words)
    from fabula.tellings import shared_words

    matches = [shared_words(base.text, spans, each.text, row.cells[each.column].here) for each in others]
    tokens = [matches[0].a, *(match.b for match in matches)]
    partners = [dict(match.pairs) for match in matches]
    common = [
        (i, *(partner[i] for partner in partners))
        for i, token in enumerate(tokens[0])
        if all(
            i in partner and tokens[k][partner[i]].of(each.text) == token.of(base.text)
            for k, (partner, each) in enumerate(zip(partners, others, strict=True), 1)
        )
    ]
    parts: list[str] = []
    before = tuple(-1 for _ in tokens)
    for shared in [*common, tuple(map(len, tokens))]:
        gaps = [list(token[low + 1 : high]) for token, low, high in zip(tokens, before, shared, strict=True)]
        if any(gaps):
            parts.append(_readings(witnesses, gaps))
        if shared[0] < len(tokens[0]):
            parts.append(_spaced(base.text, tokens[0][shared[0]], first=shared[0] == 0))
        before = shared
    return "".join(parts).lstrip(" ")


def _readings(witnesses: Sequence[_Witness], gaps: Sequence[Sequence[Span]]) -> str:
    """Return an `app`; witnesses with the same reading share a `rdg`."""
    those: dict[str, list[_Witness]] = {}
    for witness, tokens in zip(witnesses, gaps, strict=True):
        words = "".join(_spaced(witness.text, token, first=False) for token in tokens)
        those.setdefault(words, []).append(witness)
    lead = " " if all(words.startswith(" ") for words in those) else ""
    return lead + _app([(readers, words.removeprefix(lead)) for words, readers in those.items()])


def _spaced(words: str, token: Span, *, first: bool) -> str:
    """Return a word, with a space before it where the text has white space there."""
    gap = "" if first or not token.start or not words[token.start - 1].isspace() else " "
    return f"{gap}{text(token.of(words))}"


def _back(found: Synopsis, witnesses: Sequence[_Witness], prefix: str) -> str:
    """Return notes on what two witnesses tell in two ways; nothing where they do not."""
    notes = []
    for column, alignment in enumerate(found.alignments, 1):
        both = (witnesses[0], witnesses[column])
        rows_a = rows_holding(found, 0, [each.a for each in alignment.differences])
        rows_b = rows_holding(found, column, [each.b for each in alignment.differences])
        for difference, *rows in zip(alignment.differences, rows_a, rows_b, strict=True):
            target = " ".join(dict.fromkeys(f"#{prefix}r{row + 1}" for row in rows if row is not None))
            notes.append(f"<p>{_note(both, difference, target)}</p>\n")
    inside = "".join(notes)
    return f'<back>\n<div type="differences">\n{inside}</div>\n</back>\n' if inside else ""


def _note(witnesses: tuple[_Witness, _Witness], difference: Difference, target: str) -> str:
    quotes = " ".join(
        f'<quote source="#{witness.sign}">{text(witness.words([span]))}</quote>'
        for witness, span in zip(witnesses, (difference.a, difference.b), strict=True)
    )
    kind = attribute("type", difference.verdict) + attribute("subtype", difference.subject)
    sure = attribute("cert", f"{difference.confidence:.3g}")
    return f"<note{kind}{attribute('target', target or None)}{sure}>{quotes} {text(difference.reason)}</note>"
