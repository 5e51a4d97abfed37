"""The story as a TEI P5 document: people in the header, who says what to whom in the text.

Source: TEI P5 Guidelines, https://tei-c.org/release/doc/tei-p5-doc/en/html/ (`said`, `listPerson`, `teiCorpus`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import TextIO, get_args

from fabula.exports.markup import attribute, language, text
from fabula.exports.tei_text import People, write_text
from fabula.story import Channel, Character, Story, Telling, UtteranceKind

NAMESPACE = "http://www.tei-c.org/ns/1.0"

_NOT_OF_AN_ID = re.compile(r"[^A-Za-z0-9._-]")
_SEXES = {"female": "F", "male": "M", "neutral": "O"}
_PRINCIPLES = (
    "Speech, thought, song and writing were found by Fabula, a program, and so were their speakers: cert says how "
    "surely, from 0 to 1; who is left out where nobody could be named. White space is normalised; characters that "
    "XML forbids are U+FFFD."
)
PUBLICATION = "Not published: a working file. The rights in the text remain with those who hold them."
"""What a TEI document of Fabula says of its publication."""
"""What every TEI document of Fabula says of its publication, which the schema asks for."""


def write(story: Story, out: TextIO) -> None:
    """Write a `TEI` document; for several tellings a `teiCorpus` with a `TEI` for each.

    Args:
        story: with the layers of all stages.
        out: an open text file.
    """
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    several = len(story.tellings) > 1
    if several:
        out.write(f'<teiCorpus xmlns="{NAMESPACE}">\n')
        out.write(
            _header(story.title, "", "; ".join(file_name(telling) for telling in story.tellings), _TAXONOMIES, "")
        )
    for number, telling in enumerate(story.tellings, 1):
        _write_telling(telling, f"t{number}", out, alone=not several)
    if several:
        out.write("</teiCorpus>\n")


def _write_telling(telling: Telling, prefix: str, out: TextIO, *, alone: bool) -> None:
    people = _people(telling, prefix)
    tag = language(telling)
    namespace = f' xmlns="{NAMESPACE}"' if alone else ""
    out.write(f"<TEI{namespace}{attribute('xml:id', prefix)}{attribute('xml:lang', tag)}>\n")
    stated = telling.metadata
    profile = f"<langUsage><language{attribute('ident', tag)}/></langUsage>\n" + _cast(telling, people)
    taxonomies = _TAXONOMIES if alone else ""
    out.write(_header(stated.title or telling.name, stated.author, file_name(telling), taxonomies, profile))
    write_text(telling, people, prefix, out)
    out.write("</TEI>\n")


def file_name(telling: Telling) -> str:
    """Return the name of a telling's file, without its folder."""
    return PurePath(telling.source.place(0).file).name or telling.name


def _people(telling: Telling, prefix: str) -> People:
    """Give every character an XML name, unique in the document."""
    ids: dict[str, str] = {}
    for who in telling.layer("characters", wanted_by="tei"):
        bare = made = f"{prefix}.{_NOT_OF_AN_ID.sub('-', who.id)}"
        number = 1
        while made in ids.values():
            number += 1
            made = f"{bare}.{number}"
        ids[who.id] = made
    return ids


def _header(title: str, author: str, source: str, taxonomies: str, profile: str) -> str:
    by = f"<author>{text(author)}</author>" if author else ""
    return (
        "<teiHeader>\n<fileDesc>\n"
        f"<titleStmt><title>{text(title)}</title>{by}</titleStmt>\n"
        f"<publicationStmt><p>{text(PUBLICATION)}</p></publicationStmt>\n"
        f"<sourceDesc><p>{text(source)}</p></sourceDesc>\n"
        "</fileDesc>\n"
        f"<encodingDesc>\n<editorialDecl><p>{text(_PRINCIPLES)}</p></editorialDecl>\n{taxonomies}</encodingDesc>\n"
        + (f"<profileDesc>\n{profile}</profileDesc>\n" if profile else "")
        + "</teiHeader>\n"
    )


def _taxonomy(name: str, values: Iterator[str]) -> str:
    categories = "".join(
        f'<category xml:id="{name}.{value}"><catDesc>{value.replace("_", " ")}</catDesc></category>'
        for value in values
    )
    return f'<taxonomy xml:id="{name}">{categories}</taxonomy>\n'


_TAXONOMIES = (
    "<classDecl>\n"
    + _taxonomy("kind", iter(get_args(UtteranceKind)))
    + _taxonomy("channel", iter(get_args(Channel)))
    + "</classDecl>\n"
)


def _cast(telling: Telling, people: Mapping[str, str]) -> str:
    cast = telling.layer("characters", wanted_by="tei")
    persons = "".join(f"{_person(who, people[who.id])}\n" for who in cast)
    return f"<particDesc><listPerson>\n{persons}</listPerson></particDesc>\n" if persons else ""


def _person(who: Character, made: str) -> str:
    element = "personGrp" if who.gender == "plural" else "person"
    role = attribute("role", "narrator" if who.narrator else None)
    sex = attribute("sex", _SEXES.get(who.gender))
    kind = "main" if who.named else "description"
    names = f'<persName type="{kind}">{text(who.name)}</persName>' + "".join(
        f'<persName type="alias">{text(alias)}</persName>' for alias in who.aliases if alias != who.name
    )
    return f"<{element}{attribute('xml:id', made)}{role}{sex}>{names}</{element}>"
