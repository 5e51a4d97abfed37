"""What is known of mentions, and of pairs of them, without a network: the facts beside the encoder's vectors.

Training and reading make them here alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

PRONOUNS = (
    ("i", "me", "my", "mine", "myself"),
    ("we", "us", "our", "ours", "ourselves"),
    ("you", "your", "yours", "yourself", "yourselves", "ye", "thou", "thee", "thy", "thine", "thyself", "yeh", "yer"),
    ("he", "him", "his", "himself"),
    ("she", "her", "hers", "herself"),
    ("it", "its", "itself"),
    ("they", "them", "their", "theirs", "themselves", "'em"),
)
FIRST_PERSON, SECOND_PERSON = 0, 2
NAME = len(PRONOUNS) + 1
CLASSES = len(PRONOUNS) + 4
"""Classes of mention by their words: seven kinds of pronoun, other pronoun, name, definite noun, other noun."""
GENDERS = ("unknown", "female", "male", "plural", "neutral")
SOURCES = ("nothing", "name", "pronoun", "voice")
"""How it is known who is meant: not at all, by a name or noun, by the rules for pronouns, by who speaks to whom."""
_GENDER_OF_CLASS = (0, 0, 0, 2, 1, 4, 3)
_SMALL = frozenset(
    "the a an this that these those my your his her its our their mr mrs miss ms dr sir lady of".split()
)
DETERMINERS = (
    (),
    ("the",),
    ("this", "that", "these", "those"),
    ("a", "an"),
    (
        "some",
        "any",
        "no",
        "another",
        "other",
        "each",
        "every",
        "both",
        "all",
        "one",
        "two",
        "three",
        "many",
        "several",
    ),
    ("my", "our"),
    ("your", "thy"),
    ("his",),
    ("her",),
    ("its", "their"),
)
"""First words of nouns, by what they say of whether the thing is known; another's name with 's is one more kind."""
_DETERMINER = {word: number for number, words in enumerate(DETERMINERS) for word in words}
_AFTER_HEAD = frozenset(
    "of in on at with from to for by about upon under over behind beside near without like as than who whom whose"
    " which that where when".split()
)
_CLASS_OF_PRONOUN = {word: number for number, words in enumerate(PRONOUNS) for word in words}

TABLES: Mapping[str, int] = {
    "classes": CLASSES * CLASSES,
    "kinds": 36,
    "apart": 10,
    "sentences": 8,
    "match": 6,
    "heads": 4,
    "determiners": (len(DETERMINERS) + 1) ** 2,
    "owners": 5,
    "nest": 3,
    "quotes": 5,
    "who": len(SOURCES) ** 2 * 2,
    "gender": len(GENDERS) ** 2,
}
"""Facts of a pair: name to number of values."""


class Facts(NamedTuple):
    """What is known of the mentions of one document without a network.

    Attributes:
        first, last: word numbers, (mentions,).
        kind: entity type from 0, (mentions,).
        named: class of mention, below `CLASSES`, (mentions,).
        sentence, quote: number of the sentence, and of the quotation (-1 outside), (mentions,).
        meant: number of the character that rules think is meant, -1 where they do not know, (mentions,).
        source: how they know, see `SOURCES`, (mentions,).
        gender: of that character, or of the pronoun, see `GENDERS`, (mentions,).
        text: number of all words in lower case, equal for equal words, (mentions,).
        head: number of the head word without a plural's s, -1 for pronouns, (mentions,).
        plural: whether an s was left off it, (mentions,).
        determiner: kind of the first word, see `DETERMINERS`, (mentions,).
        owner: number of the character that a mention beginning it means ("her" in "her aunt"), -1 where unknown, -2
            where none begins it, (mentions,).
        words: content words in lower case.
    """

    first: Ints
    last: Ints
    kind: Ints
    named: Ints
    sentence: Ints
    quote: Ints
    meant: Ints
    source: Ints
    gender: Ints
    text: Ints
    head: Ints
    plural: Ints
    determiner: Ints
    owner: Ints
    words: Sequence[frozenset[str]]

    def part(self, low: int, high: int) -> Facts:
        """Return the facts of some mentions in a row."""
        return self._replace(**{name: column[low:high] for name, column in self._asdict().items()})


def class_of(text: str, form: int) -> int:
    """Return the class of a mention.

    Args:
        text: its words.
        form: 0 name, 1 noun, 2 pronoun.
    """
    low = text.lower().replace("’", "'")
    if form == 2:
        return _CLASS_OF_PRONOUN.get(low, len(PRONOUNS))
    if form == 0:
        return NAME
    return NAME + (1 if low.split()[0] in ("the", "this", "that", "these", "those") else 2)


def gender_of_class(named: int) -> int:
    """Return the gender that a pronoun of this class tells, as an index of `GENDERS`."""
    return _GENDER_OF_CLASS[named] if named < len(PRONOUNS) else 0


def determiner_of(text: str) -> int:
    """Return the kind of a mention's first word, an index of `DETERMINERS`; one beyond for another's name with 's."""
    words = text.lower().replace("’", "'").split()
    kind = _DETERMINER.get(words[0], 0)
    return len(DETERMINERS) if not kind and any(word.endswith("'s") for word in words[:-1]) else kind


def head_of(text: str) -> str:
    """Return the word that says what a noun or name is of, in lower case: the last before what is added behind.

    Args:
        text: words of a mention.
    """
    words = text.lower().split()
    for number, word in enumerate(words):
        if number and word in _AFTER_HEAD:
            words = words[:number]
            break
        if word[-1] in ",;:" and number + 1 < len(words):
            words = words[: number + 1]
            break
    return words[-1].strip(".,;:!?'’\"”")


def content(text: str) -> frozenset[str]:
    """Return the words of a mention that can be compared."""
    return frozenset(word.strip(".,'’\"") for word in text.lower().split()) - _SMALL - {""}


def pair_facts(facts: Facts, rows: Ints, columns: Ints) -> dict[str, Ints]:
    """Return the facts of pairs of mentions.

    Args:
        facts: of the mentions.
        rows: the later of each pair, an index of `facts`.
        columns: the earlier of each pair.

    Shapes: rows, columns and every value (pairs,), or any shapes that broadcast
    """
    one, other = facts.quote[rows] >= 0, facts.quote[columns] >= 0
    same_quote = one & (facts.quote[rows] == facts.quote[columns])
    inner = (facts.first[columns] <= facts.first[rows]) & (facts.last[rows] <= facts.last[columns])
    known = (facts.meant[rows] >= 0) & (facts.meant[columns] >= 0)
    sources = facts.source[rows] * len(SOURCES) + facts.source[columns]
    same_person = facts.meant[rows] == facts.meant[columns]
    return {
        "classes": facts.named[rows] * CLASSES + facts.named[columns],
        "kinds": facts.kind[rows] * 6 + facts.kind[columns],
        "apart": _bucket(rows - columns, TABLES["apart"]),
        "sentences": _bucket(facts.sentence[rows] - facts.sentence[columns], TABLES["sentences"]),
        "match": _match(facts)[rows, columns].astype(np.int64),
        "heads": _heads(facts, rows, columns),
        "determiners": facts.determiner[rows] * (len(DETERMINERS) + 1) + facts.determiner[columns],
        "owners": _owners(facts.owner[rows], facts.owner[columns]),
        "nest": np.where(inner, 1, np.where(facts.first[rows] <= facts.last[columns], 2, 0)),
        "quotes": np.where(same_quote, 1, np.where(one & other, 2, np.where(one, 3, np.where(other, 4, 0)))),
        "who": np.where(known, sources * 2 + same_person, 0),
        "gender": facts.gender[rows] * len(GENDERS) + facts.gender[columns],
    }


def _bucket(distance: Ints, most: int) -> Ints:
    """Return 0, 1, 2, 3, 4, then by powers of two; 0 for pairs in the wrong order, of which a block has some."""
    limit = 1 << (most - 4)
    near = np.arange(limit + 1)
    log = np.floor(np.log2(np.maximum(near, 1))).astype(np.int64) + 3
    found: Ints = np.where(near <= 4, near, log).take(np.clip(distance, 0, limit))
    return found


def _heads(facts: Facts, rows: Ints, columns: Ints) -> Ints:
    """Return how heads agree: 0 for pronouns, 1 the same, 2 the same but for a plural's s, 3 others."""
    one, other = facts.head[rows], facts.head[columns]
    same = np.where(facts.plural[rows] == facts.plural[columns], 1, 2)
    return np.where((one < 0) | (other < 0), 0, np.where(one == other, same, 3))


def _owners(one: Ints, other: Ints) -> Ints:
    """Return how owners agree: 0 neither has one, 1 the same, 2 different, 3 one is unknown, 4 one alone has one."""
    both = np.where((one < 0) | (other < 0), 3, np.where(one == other, 1, 2))
    return np.where((one > -2) & (other > -2), both, np.where((one > -2) | (other > -2), 4, 0))


def _match(facts: Facts) -> npt.NDArray[np.int8]:
    """Return how the words of names and nouns agree: 0 for pronouns, 1 the same text … 5 nothing in common.

    Shapes: -> (mentions, mentions)
    """
    nominal = np.flatnonzero(facts.named > len(PRONOUNS))
    known: dict[frozenset[str], int] = {}
    kind = np.array([known.setdefault(facts.words[row], len(known)) for row in nominal.tolist()], np.int64)
    text = facts.text[nominal]
    found = np.zeros((len(facts.words), len(facts.words)), np.int8)
    agreeing = _agreeing(list(known))[kind[:, None], kind]
    found[nominal[:, None], nominal] = np.where(text[:, None] == text, 1, agreeing)
    return found


def _agreeing(kinds: Sequence[frozenset[str]]) -> npt.NDArray[np.int8]:
    """Return how sets of words agree: 2 the larger is in common, 3 the smaller, 4 some words, 5 none.

    Looks only at sets that share a word, which few do.

    Shapes: -> (kinds, kinds)
    """
    known: dict[str, int] = {}
    at = [(known.setdefault(word, len(known)), number) for number, words in enumerate(kinds) for word in words]
    found = np.full((len(kinds), len(kinds)), 5, np.int8)
    if not at:
        return found
    word, owner = np.array(sorted(at)).T
    times = np.bincount(word)
    of_each = times[word]
    start = (np.cumsum(times) - times)[word]
    nth = np.arange(of_each.sum()) - np.repeat(np.cumsum(of_each) - of_each, of_each)
    one, other = np.repeat(owner, of_each), owner[np.repeat(start, of_each) + nth]
    pairs, common = np.unique(one * len(kinds) + other, return_counts=True)
    one, other = np.divmod(pairs, len(kinds))
    size = np.bincount(owner, minlength=len(kinds))
    smaller, larger = np.minimum(size[one], size[other]), np.maximum(size[one], size[other])
    found[one, other] = np.where(common == larger, 2, np.where(common == smaller, 3, 4))
    return found
