"""Records of language. Tokens come in big numbers, so they are columns."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from fabula.spans import Span

Offsets = npt.NDArray[np.int32]
Words = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """All tokens of a text, as columns; the layer `tokens` holds exactly one of these.

    Attributes:
        starts: first code point of each token, rising.
        ends: code point after each token.
        lemma: dictionary form; empty, as all that follow, in a language that is not read.
        upos: part of speech in Universal Dependencies (`NOUN`).
        xpos: part of speech in the Penn Treebank (`NNS`).
        feats: morphological features in Universal Dependencies (`Number=Plur`), empty where there are none.
        relation: to the head, in Universal Dependencies (`nsubj`).
        head: index of the token that it depends on; its own for the root of a sentence, -1 where nothing is known.

    Shapes:
        each: (tokens,); offsets and heads int32, words as objects of type str
    """

    starts: Offsets
    ends: Offsets
    lemma: Words
    upos: Words
    xpos: Words
    feats: Words
    relation: Words
    head: Offsets

    @classmethod
    def bare(cls, starts: Offsets, ends: Offsets) -> Tokens:
        """Return tokens of which nothing is known but where they stand.

        Shapes:
            starts, ends: (tokens,)
        """
        unknown = np.full(len(starts), "", object)
        return cls(
            starts, ends, unknown, unknown, unknown, unknown, unknown, np.full(len(starts), -1, dtype=np.int32)
        )

    def __len__(self) -> int:
        return len(self.starts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tokens):
            return NotImplemented
        return all(np.array_equal(getattr(self, one.name), getattr(other, one.name)) for one in fields(self))

    def __hash__(self) -> int:
        return hash((self.starts.tobytes(), self.ends.tobytes()))

    def inside(self, span: Span) -> range:
        """Return the indices of the tokens that start inside `span`."""
        low, high = np.searchsorted(self.starts, [span.start, span.end])
        return range(int(low), int(high))

    def extent(self, first: int, last: int | None = None) -> Span:
        """Return the stretch of text from one token to the end of another, or of the same."""
        return Span(int(self.starts[first]), int(self.ends[first if last is None else last]))


@dataclass(frozen=True, slots=True, eq=False)
class Markables:
    """Spans of tokens that the network takes for mentions, before it is known of whom; scaffolding, never stored.

    Sorted by first token, wider first.

    Attributes:
        first: first token of each.
        last: last token of each.
        type: entity type, an index of `ENTITY_TYPES`.
        form: an index of `MENTION_FORMS`.
        vectors: what the network has to say of each for coreference.
        sayers: what it has to say of each as the speaker of quotations near by.

    Shapes:
        first, last, type, form: (markables,); vectors, sayers: (markables, size), float16
    """

    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    type: npt.NDArray[np.int64]
    form: npt.NDArray[np.int64]
    vectors: npt.NDArray[np.float16]
    sayers: npt.NDArray[np.float16]

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """The outermost quotations of speech as the network sees them; scaffolding, never stored.

    Attributes:
        first: first token of each, its mark.
        last: last token of each.
        vectors: what the network has to say of each.

    Shapes:
        first, last: (quotations,); vectors: (quotations, size), float16
    """

    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    vectors: npt.NDArray[np.float16]
