"""What sentences mean, as vectors: the more two mean the same, the smaller the angle between theirs.

One sentence a call, each on one thread: so a vector depends on nothing that is read beside it, and not on the number
of threads.
Source: Reimers and Gurevych 2019, "Sentence-BERT"; Wang et al. 2020, "MiniLM".
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from fabula.nets.pieces import SEP
from fabula.nets.runtime import session, shared_tokenizer

SIZE = 384
"""Numbers of a vector."""
_LONGEST = 96
"""Most pieces of a sentence that are read; what a longer one says first stands for it."""
_BUCKET = 8
"""Lengths are filled up to multiples of this: few shapes spare the runtime its allocations."""
_AT_A_TIME = 16
"""Sentences that a thread takes at a time; each is still a call of its own."""
_KEPT = 16_384
"""Sentences whose vectors are kept, about 1.5 kB each: many tellings are aligned with one another."""
Vectors = npt.NDArray[np.float32]


def vectors(
    sentences: Sequence[str], *, threads: int | None = None, tick: Callable[[float], None] = lambda _: None
) -> Vectors:
    """Return the vector of each sentence, of length 1.

    Args:
        sentences: any text; equal ones are read once.
        threads: how many are read at a time; None for one a core. The result does not depend on it.
        tick: told the share of the sentences that is read, 0 to 1.

    Shapes:
        returns: (sentences, SIZE)

    Raises:
        WeightsError: when the network's files are missing or damaged.
    """
    known = {sentence: number for number, sentence in enumerate(dict.fromkeys(sentences))}
    if not known:
        return np.zeros((0, SIZE), np.float32)
    different = list(known)
    parts = [different[low : low + _AT_A_TIME] for low in range(0, len(different), _AT_A_TIME)]
    # Opened here, by one thread, and told at once if they are damaged.
    session("sentences.onnx")
    shared_tokenizer()
    found = []
    pool = ThreadPoolExecutor(threads or os.cpu_count() or 1, thread_name_prefix="meaning")
    try:
        for part in pool.map(lambda part: [_vector(sentence) for sentence in part], parts):
            found += part
            tick(len(found) / len(different))
    finally:
        # After Ctrl-C the sentences that wait are not read any more.
        pool.shutdown(wait=True, cancel_futures=True)
    return np.stack(found)[[known[sentence] for sentence in sentences]]


@lru_cache(_KEPT)
def _vector(sentence: str) -> Vectors:
    ids = shared_tokenizer().encode(sentence).ids
    if len(ids) > _LONGEST:
        ids = [*ids[: _LONGEST - 1], SEP]
    given = np.zeros((2, 1, -(-len(ids) // _BUCKET) * _BUCKET), np.int64)
    given[0, 0, : len(ids)], given[1, 0, : len(ids)] = ids, 1
    (found,) = session("sentences.onnx").run(None, {"pieces": given[0], "mask": given[1]})
    return np.asarray(found[0], np.float32)
