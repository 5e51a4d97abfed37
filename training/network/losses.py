"""What the network is to learn, as losses: tags, arcs, spans, events, links and speakers, where a batch has them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from fabula.nets.pairs import Facts, pair_facts
from fabula.nets.pieces import CLS, MASK, SEP
from fabula.nets.voices import around, voice_facts
from training.network.coreference import candidates, link_loss
from training.network.gold import Document, Example
from training.network.heads import WIDEST, Reader
from training.network.novels import Stretch
from training.network.voices import choice_loss

GAPS = 0.08
"""Share of pieces that are hidden while learning."""


def batch_of(examples: Sequence[Example]) -> dict[str, Tensor]:
    """Pad examples to one length; words beyond a window's end have first piece 0."""
    pieces = max(len(each.window.pieces) for each in examples)
    pieces = -(-pieces // 32) * 32
    words = max(len(each.window.first) for each in examples)
    out = {
        "pieces": np.zeros((len(examples), pieces), np.int64),
        "shapes": np.zeros((len(examples), pieces), np.int64),
        "mask": np.zeros((len(examples), pieces), bool),
        "first": np.zeros((len(examples), words), np.int64),
        "word": np.zeros((len(examples), words), bool),
        "inside": np.zeros((len(examples), words), np.int64),
        "sentence": np.full((len(examples), words), -1, np.int64),
    }
    for row, each in enumerate(examples):
        size, count = len(each.window.pieces), len(each.window.first)
        out["pieces"][row, :size], out["shapes"][row, :size] = each.window.pieces, each.window.shapes
        out["mask"][row, :size], out["word"][row, :count] = True, True
        out["first"][row, :count], out["sentence"][row, :count] = each.window.first, each.sentence
        out["inside"][row, :count] = each.inside
    return {name: torch.from_numpy(value) for name, value in out.items()}


def padded(arrays: Sequence[np.ndarray], words: int) -> Tensor:
    """Return one row an array, -100 where it ends."""
    out = np.full((len(arrays), words), -100, np.int64)
    for row, array in enumerate(arrays):
        out[row, : len(array)] = array
    return torch.from_numpy(out)


def arc_scores(model: Reader, words: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """Return scores (batch, words, words) of each word's head; only words of the same sentence compete."""
    same = (batch["sentence"][:, :, None] == batch["sentence"][:, None, :]) & batch["word"][:, None, :]
    return model.arcs(words)[:, 0].float().masked_fill(~same, -1e4)


def band(words: int) -> Tensor:
    """Return which (first, last) pairs can be a span."""
    places = torch.arange(words)
    apart = places[None, :] - places[:, None]
    return (apart >= 0) & (apart < WIDEST)


def with_gaps(batch: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """Return a batch with some pieces hidden, so that no name is learnt by heart.

    Args:
        batch: from `batch_of`.
        share: of pieces to hide.
    """
    hide = (torch.rand(batch["pieces"].shape) < share) & (batch["pieces"] != CLS) & (batch["pieces"] != SEP)
    return {**batch, "pieces": batch["pieces"].masked_fill(hide & batch["mask"], MASK)}


def losses(model: Reader, examples: Sequence[Example], whole: Document | Stretch | None = None) -> Tensor:
    """Return the summed loss of all labels that a batch has.

    Args:
        model: the network.
        examples: windows; all of one source.
        whole: what they are the windows of, where its links and speakers are to be learnt too.
    """
    batch = with_gaps(batch_of(examples), GAPS)
    words = model.words(batch)
    soft = model.dropout(words)
    count = words.shape[1]
    total = torch.zeros(())
    if examples[0].ends is not None:
        ends = padded([each.ends for each in examples], count)
        known = ends >= 0
        total = total + 2 * functional.binary_cross_entropy_with_logits(
            model.sentence_ends(soft).float()[known], ends[known].float()
        )
    if examples[0].tags:
        for name, head in model.tags.items():
            gold = padded([each.tags[name] for each in examples], count)
            total = (
                total + functional.cross_entropy(head(soft).float().transpose(1, 2), gold, ignore_index=-100) * 0.5
            )
        heads = padded([each.heads for each in examples], count)
        total = total + functional.cross_entropy(
            arc_scores(model, words, batch).transpose(1, 2), heads, ignore_index=-100
        )
        relation = padded([each.tags["relation"] for each in examples], count)
        relation = torch.where(heads < 0, heads, relation)
        scores = model.relations(words, heads.clamp(min=0))
        total = total + functional.cross_entropy(scores.float().transpose(1, 2), relation, ignore_index=-100) * 0.7
    if examples[0].spans:
        together = batch["sentence"][:, :, None] == batch["sentence"][:, None, :]
        possible = band(count)[None] & together & batch["word"][:, :, None] & batch["word"][:, None, :]
        for name, head in model.spans.items():
            gold = torch.zeros(len(examples), count, count, dtype=torch.long)
            for row, each in enumerate(examples):
                rows = torch.from_numpy(each.spans[name])
                rows = rows[rows[:, 1] - rows[:, 0] < WIDEST]
                gold[row, rows[:, 0], rows[:, 1]] = rows[:, 2] + 1
            scores = head(words).permute(0, 2, 3, 1)[possible].float()
            found = functional.cross_entropy(scores, gold[possible], reduction="sum")
            total = total + found / batch["word"].sum() * (1.5 if name == "mentions" else 1.0)
        gold = padded([each.events for each in examples], count)
        total = (
            total + functional.cross_entropy(model.events(soft).float().transpose(1, 2), gold, ignore_index=-100) * 2
        )
    if isinstance(whole, Document):
        total = total + link_losses(model, words[batch["word"]], whole)
    elif whole is not None:
        total = total + novel_losses(model, words[batch["word"]], whole)
    return total


def link_losses(model: Reader, words: Tensor, document: Document) -> Tensor:
    """Return the loss of the coreference of gold mentions, for each mention.

    Args:
        model: the network.
        document: with its gold mentions.
        words: vectors of all words of the document, in order.
    """
    count = len(document.entity)
    if count < 2:
        return torch.zeros(())
    coarse, fine, alone, rows, columns = pair_scores(model, words, document.facts)
    entity = torch.from_numpy(document.entity)
    right = entity[rows] == entity[columns]
    return (link_loss(fine, alone, rows, right) + 0.5 * link_loss(coarse, alone, rows, right)) / count


def novel_losses(model: Reader, words: Tensor, stretch: Stretch) -> Tensor:
    """Return the loss of the speakers of quotations, and of which mentions of one character belong together.

    Only mentions with a gold entity are known, so nothing is learnt of those that take up none.

    Args:
        model: the network.
        words: vectors of all words of the stretch, in order.
        stretch: with its gold mentions and quotations.
    """
    coarse, fine, _, rows, columns = pair_scores(model, words, stretch.facts)
    entity = torch.from_numpy(stretch.entity)
    right = entity[rows] == entity[columns]
    count = len(entity)
    links = (choice_loss(fine, rows, right, count) + 0.5 * choice_loss(coarse, rows, right, count)) / count
    scores, quotes, mentions = voice_scores(model, words, stretch)
    spoken = torch.from_numpy(stretch.speaker)
    own = spoken[quotes] == torch.from_numpy(stretch.entity[stretch.sayers])[mentions]
    return links + choice_loss(scores, quotes, own, len(spoken)) / len(spoken)


def voice_scores(model: Reader, words: Tensor, stretch: Stretch) -> tuple[Tensor, Tensor, Tensor]:
    """Return the scores of pairs of a quotation and a mention near it, and the pairs."""
    quotes, mentions = stretch.quotes, stretch.candidates
    rows, columns = around(quotes, mentions)
    found = voice_facts(quotes, mentions, rows, columns)
    known = {name: torch.from_numpy(values) for name, values in found.items()}
    later, near = torch.from_numpy(rows), torch.from_numpy(columns)
    with torch.autocast("cpu", enabled=False):
        words = words.float()
        own = model.voices.quotes(words, torch.from_numpy(quotes.first), torch.from_numpy(quotes.last))
        theirs = model.linker.hidden(words, torch.from_numpy(mentions.first), torch.from_numpy(mentions.last))
        scores = model.voices(own, model.voices.theirs(theirs), later, near, known)
    return scores, later, near


def pair_scores(model: Reader, words: Tensor, facts: Facts) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Return the coarse and fine scores of all pairs, the scores of no antecedent, and the pairs."""
    rows, columns = candidates(len(facts.first))
    known = {name: torch.from_numpy(values) for name, values in pair_facts(facts, rows, columns).items()}
    later, earlier = torch.from_numpy(rows), torch.from_numpy(columns)
    with torch.autocast("cpu", enabled=False):
        links = model.linker.mentions(words.float(), torch.from_numpy(facts.first), torch.from_numpy(facts.last))
        coarse, fine = model.linker(links, later, earlier, known)
    return coarse, fine, links[:, -1], later, earlier
