"""Stories drawn at random from words that look like the markup of some export."""

from __future__ import annotations

from hypothesis import strategies as st

from fabula.exports.aloud import printable
from fabula.story import Character, Metadata, Story, Telling
from tests.builders import Said, telling

MARKUP = """[voice:Tom] [/voice] [pause] ] [ [[ ]] /* */ <p> </p> & &amp; ]]> --> . ! @ ! !! @TOM .INT INT. EXT. = ===
# ## #1# > < ~ ~~ ( ) (so) TO: CUT * ** *a* _b_ \\ \\* \\\\ ^ - “ ” Title: row ROW é ١ ²""".split()
WORD = st.sampled_from([*MARKUP, *"\x01\x0b\x1b\x85\ufffe\u2028\U0001f980"])
LINE = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
GENDER = st.sampled_from(["female", "plural", "unknown"])
KIND = st.sampled_from(["prose", "prose", "verse", "heading", "break", "letter", "matter"])
MATTER = st.sampled_from(["front", "note", "licence", "back"])


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Draw one or two tellings."""
    names = draw(st.lists(st.sampled_from(["log", "the <log>", "# log [[2]]"]), min_size=1, max_size=2, unique=True))
    return Story(tuple(draw(tellings(name)) for name in names))


@st.composite
def tellings(draw: st.DrawFn, name: str) -> Telling:
    """Draw a telling whose paragraphs hold up to three pieces, said by somebody, by nobody known, or not said."""
    names = draw(st.lists(LINE, min_size=1, max_size=3))
    cast = tuple(Character(f"c{at}", shown, (shown,), draw(GENDER)) for at, shown in enumerate(names))
    speaker = st.sampled_from(["narration", None, *(who.id for who in cast)])
    blocks, said, kinds, matter = [], [], {}, {}
    for at in range(draw(st.integers(1, 5))):
        kinds[at] = draw(KIND)
        if kinds[at] == "matter":
            matter[at] = draw(MATTER)
        pieces = draw(st.lists(st.tuples(LINE, speaker), min_size=1, max_size=3))
        blocks.append(("\n" if kinds[at] == "verse" else " ").join(words for words, _ in pieces))
        said += [Said(words, by, more={"reason": words}) for words, by in pieces if by != "narration"]
    stated = Metadata(draw(LINE), draw(LINE), "en")
    return telling("\n\n".join(blocks), name=name, metadata=stated, cast=cast, said=said, kinds=kinds, matter=matter)


def bare(words: str) -> str:
    """Return words without white space, and with U+FFFD for what no format can show."""
    return printable("".join(words.split()))
