"""Two little tellings of one evening, and a text that has nothing to do with them."""

from fabula import pipeline
from fabula.spans import Span
from fabula.story import Side, Telling
from fabula.tellings import align_parts

KEEPER = """The lamp in the tower went out a little after nine.

"Who is on the stair?" called Marta.

"Only Joss, with the oil," said a voice below.

"You are late, Joss. The brig from Arden passed an hour ago without a light."

He set the can down and wiped his hands on his coat.

"I met the priest on the causeway and he would talk of nothing but herrings."

Marta trimmed the wick and said no more."""

OILMAN = """It was raining when I reached the tower.

"Who is on the stair?" called Marta.

"Only Joss, with the oil," I said from below.

"You are late, Joss. The brig from Arden passed two hours ago without a light."

I set the can down and wiped my hands on my coat.

"I met the priest on the causeway and he would talk of nothing but herrings."

I thought of the warm kitchen at home."""

MARKET = """Nobody in Quill Street had ever bought a camel before.

"What does it eat?" asked the grocer.

"Thistles, mostly, and other people's hats."

By noon a crowd had gathered, and two policemen, and a brass band that happened to be passing."""


def read(text, name="tale"):
    return pipeline.run(Telling(name, text), stages=pipeline.ALIGN_STAGES)


def aligned(a, b):
    """Return both tellings and their alignment."""
    tellings = (read(a, "a"), read(b, "b"))
    sides = [Side(number, telling.name, (telling.whole,)) for number, telling in enumerate(tellings)]
    return tellings, align_parts(tellings, *sides)


def words_of(telling, spans):
    return " … ".join(Span(*span).of(telling.text) for span in spans)


def paired(tellings, alignment):
    """Return the words of every link: left, right."""
    return [(words_of(tellings[0], link.a), words_of(tellings[1], link.b)) for link in alignment.links]
