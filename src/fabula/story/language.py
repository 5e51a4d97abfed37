"""Records of language. Tokens come in big numbers, so they are columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fabula.spans import Span

Offsets = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """All tokens of a text, as columns; the layer `tokens` holds exactly one of these.

    Attributes:
        starts: first code point of each token, rising.
        ends: code point after each token.

    Shapes:
        starts, ends: (tokens,)
    """

    starts: Offsets
    ends: Offsets

    def __len__(self) -> int:
        return len(self.starts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tokens):
            return NotImplemented
        return np.array_equal(self.starts, other.starts) and np.array_equal(self.ends, other.ends)

    def __hash__(self) -> int:
        return hash((self.starts.tobytes(), self.ends.tobytes()))

    def inside(self, span: Span) -> range:
        """Return the indices of the tokens that start inside `span`."""
        low, high = np.searchsorted(self.starts, [span.start, span.end])
        return range(int(low), int(high))
