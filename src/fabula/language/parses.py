"""Tags, lemmas and arcs of tokens, as the network gives them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from fabula.story import Telling

Ints = npt.NDArray[np.int64]


def grid(telling: Telling) -> tuple[list[range], Ints, Ints]:
    """Return how a text lies before the network.

    Args:
        telling: with the layers `paragraphs`, `quotes`, `tokens` and `sentences`.

    Returns:
        Paragraphs as ranges of tokens, which tile them; the number of each token's sentence; 1 for each token in a
        quotation, else 0.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    (tokens,) = telling.layer("tokens", wanted_by="language")
    count = len(tokens)
    edges = [tokens.inside(paragraph.span).start for paragraph in telling.layer("paragraphs", wanted_by="language")]
    units = [range(low, high) for low, high in zip([0, *edges], [*edges, count], strict=True) if low < high]
    starts = np.array([each.span.start for each in telling.layer("sentences", wanted_by="language")], np.int64)
    sentence = np.searchsorted(starts, tokens.starts, side="right") - 1
    quoted = np.zeros(count, np.int64)
    for quote in telling.layer("quotes", wanted_by="language"):
        if quote.kind == "speech":
            rows = tokens.inside(quote.span)
            quoted[rows.start : rows.stop] = 1
    return units, sentence.astype(np.int64), quoted
