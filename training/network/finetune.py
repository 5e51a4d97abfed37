"""Fine-tune encoder and heads on the gold data.

python -m training.network.finetune OUT.pt --start out/fiction.safetensors --minutes 45
python -m training.network.finetune OUT.pt --start src/fabula/weights --rate 0.4 --minutes 60
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.data import data_folder
from benchmarks.quality import score as scored
from fabula.language.parses import long_pronouns, within_sentences
from fabula.nets.pairs import Facts, pair_facts
from fabula.nets.pieces import CLS, MASK, SEP, tokenizer
from fabula.nets.voices import around, voice_facts
from fabula.people.markables import facts_of
from fabula.story import ENTITY_TYPES
from training.kept_back import kept_back
from training.network.coreference import candidates, clusters, link_loss
from training.network.encoder import load_minilm
from training.network.gold import FORMS, Document, Example, litbank, markables, treebank
from training.network.heads import WIDEST, Reader
from training.network.novels import Stretch, stretches
from training.network.pretrain import minilm_folder
from training.network.restore import fill, restored
from training.network.resume import Course, Limit
from training.network.voices import choice_loss

SEED = 1
GAPS = 0.08
"""Share of pieces that are hidden while learning."""
STRETCHES = 60
"""Stretches of novels in each round, and as many of those whose speakers the rules have found."""


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


def found_spans(kinds: np.ndarray) -> list[tuple[int, int, int]]:
    """Return first word, last word and class (from 0) of the spans a table of classes holds; crossing ones stay."""
    return [(int(a), int(b), int(kinds[a, b]) - 1) for a, b in zip(*kinds.nonzero(), strict=True)]


@torch.no_grad()
def read_document(model: Reader, document: Document) -> dict[str, Any]:
    """Return what the model finds in a document, in the schema of the gold data."""
    batch = batch_of(document.examples)
    words = model.words(batch)
    possible = band(words.shape[1])[None] & batch["word"][:, :, None] & batch["word"][:, None, :]
    offsets = document.words.offsets
    out: dict[str, Any] = {"doc_id": document.name, "events": []}
    mentions: list[tuple[int, int, int, int]] = []
    entities = []
    for name, head in model.spans.items():
        best = head(words).float().argmax(1).masked_fill(~possible, 0).numpy()
        for row, example in enumerate(document.examples):
            for a, b, kind in found_spans(best[row]):
                first, last = a + example.window.words, b + example.window.words
                row_of = np.array([[kind, first, last]])
                if not within_sentences(row_of, document.words.sentence)[0]:
                    continue
                if name == "entities":
                    entities.append(
                        {"start": int(offsets[first, 0]), "end": int(offsets[last, 1]), "type": ENTITY_TYPES[kind]}
                    )
                elif not long_pronouns(row_of)[0]:
                    mentions.append((first, last, kind // 3, kind % 3))
    said = model.events(words).argmax(-1)
    for row, example in enumerate(document.examples):
        for word in np.nonzero(said[row, : len(example.window.first)].numpy())[0]:
            a, b = offsets[word + example.window.words]
            out["events"].append({"start": int(a), "end": int(b)})
    mentions.sort(key=lambda row: (row[0], -row[1]))
    told = document.words.telling
    facts = facts_of(told, markables(mentions), told.layer("utterances"))
    _, scores, alone, rows, columns = pair_scores(model, words[batch["word"]], facts)
    entity = clusters(scores.numpy(), alone.numpy(), rows.numpy(), columns.numpy())
    out["entities"] = entities
    out["mentions"] = [
        {
            "start": int(offsets[a, 0]),
            "end": int(offsets[b, 1]),
            "type": ENTITY_TYPES[kind],
            "form": FORMS[form],
            "cluster": who,
        }
        for (a, b, kind, form), who in zip(mentions, entity, strict=True)
    ]
    return out


@torch.no_grad()
def speakers_right(model: Reader, some: Sequence[Stretch]) -> float:
    """Return the share of quotations whose speaker has the highest sum of chances, in percent."""
    model.eval()
    good = count = 0
    for stretch in some:
        batch = batch_of(stretch.examples)
        scores, quotes, mentions = voice_scores(model, model.words(batch)[batch["word"]], stretch)
        people = int(stretch.entity.max()) + 1
        sums = torch.zeros(len(stretch.speaker), people)
        whom = torch.from_numpy(stretch.entity[stretch.sayers])[mentions]
        sums.index_put_((quotes, whom), scores.exp(), accumulate=True)
        good += int((sums.argmax(1) == torch.from_numpy(stretch.speaker)).sum())
        count += len(stretch.speaker)
    model.train()
    return 100 * good / max(1, count)


@torch.no_grad()
def measure(model: Reader, gold: Path, documents: Sequence[Document], ud_dev: Sequence[Example]) -> dict[str, float]:
    """Return scores on development data: LitBank by `score.py` with our words, UD by gold words."""
    model.eval()
    with tempfile.TemporaryDirectory() as folder:
        for document in documents:
            (Path(folder) / f"{document.name}.json").write_text(json.dumps(read_document(model, document)), "utf-8")
        score = scored(gold, Path(folder))
    scores = {
        "mentions": 100 * score["mention_detection"]["typed"]["f1"],
        "untyped": 100 * score["mention_detection"]["untyped"]["f1"],
        "entities": 100 * score["entities"]["typed"]["f1"],
        "events": 100 * score["events"]["f1"],
        "conll": 100 * score["coreference"]["conll_f1"],
    }
    right = dict.fromkeys(("upos", "xpos", "feats", "lemma", "uas", "las"), 0)
    total = 0
    ends = np.zeros(3)
    for low in range(0, len(ud_dev), 16):
        some = ud_dev[low : low + 16]
        batch = batch_of(some)
        words = model.words(batch)
        count = words.shape[1]
        for name, head in model.tags.items():
            right[name] += int((head(words).argmax(-1) == padded([each.tags[name] for each in some], count)).sum())
        gold_ends, found_ends = padded([each.ends for each in some], count), model.sentence_ends(words) > 0
        ends += [
            int((gold_ends == 1).sum()),
            int((found_ends & (gold_ends >= 0)).sum()),
            int((found_ends & (gold_ends == 1)).sum()),
        ]
        heads = padded([each.heads for each in some], count)
        guess = arc_scores(model, words, batch).argmax(-1)
        relation = model.relations(words, guess).argmax(-1)
        good = (guess == heads) & batch["word"]
        right["uas"] += int(good.sum())
        right["las"] += int((good & (relation == padded([each.tags["relation"] for each in some], count))).sum())
        total += int(batch["word"].sum())
    model.train()
    scores["ends"] = 200 * ends[2] / max(1, ends[0] + ends[1])
    return {**scores, **{name: 100 * value / max(1, total) for name, value in right.items()}}


class Material(NamedTuple):
    """Windows of the treebank, documents of LitBank, stretches of PDNC's novels and of `silver` ones."""

    ud: Sequence[Example]
    documents: Sequence[Document]
    novels: Sequence[Stretch]
    silver: Sequence[Stretch]


def train(model: Reader, material: Material, told: Callable[[float], None], course: Course) -> None:
    """Train until the course is done.

    Args:
        model: changed in place.
        material: what it learns from.
        told: called now and then with the share of the training that is done.
        course: with the optimizer of the model, see `optimizer_of`.
    """
    rng, (ud, documents, novels, silver) = course.rng, material
    queue: list[tuple[Sequence[Example], Document | Stretch | None]] = []
    model.train()
    while (share := course.share) < 1:
        if not queue:
            # Every second window of the treebank a round: novels are few, and what is learnt of them is harder.
            order = rng.permutation(len(ud))[: len(ud) // 2]
            queue = [([ud[row] for row in order[low : low + 8]], None) for low in range(0, len(order), 8)]
            queue += [(document.examples, document) for document in documents]
            for stretches_of in (novels, silver):
                some = rng.permutation(len(stretches_of))[:STRETCHES]
                queue += [(stretches_of[row].examples, stretches_of[row]) for row in some]
            queue = [queue[number] for number in rng.permutation(len(queue))]
        warm = min(1.0, (course.steps + 1) / 100)
        for group in course.optimizer.param_groups:
            group["lr"] = group["top"] * warm * (1 - share)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = losses(model, *queue.pop())
        course.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        course.optimizer.step()
        if course.step():
            told(share)


def optimizer_of(model: Reader, times: float) -> torch.optim.Optimizer:
    """Return an optimizer with one rate for the encoder, a higher one for what hangs on it; both so many times."""
    rest = [value for name, value in model.named_parameters() if not name.startswith("encoder.")]
    groups = [
        {"params": list(model.encoder.parameters()), "top": 2.5e-4 * times},
        {"params": rest, "top": 1.5e-3 * times},
    ]
    return torch.optim.AdamW(groups, lr=1e-4, weight_decay=0.01)


def started(start: Path | None, sizes: dict[str, int]) -> Reader:
    """Return a network to train.

    Args:
        start: weights of `pretrain`, a folder of exported weights, or what an earlier fine-tuning wrote (`.pt`); None
            for all-MiniLM-L6-v2 as it is.
        sizes: number of classes of each tag set.
    """
    if start and start.is_dir():
        return restored(start)
    model = Reader(sizes)
    if start and start.suffix == ".pt":
        fill(model, torch.load(start, weights_only=True)["state"], str(start))
    elif start:
        state = {name: value.float() for name, value in load_file(start).items() if not name.startswith("guess.")}
        model.encoder.load_state_dict(state)
    else:
        load_minilm(model.encoder, minilm_folder() / "model.safetensors")
    return model


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, help="weights of pretrain, or a folder of exported ones to go on from")
    parser.add_argument("--rate", type=float, default=1.0, help="times the usual learning rates; less to go on")
    parser.add_argument("--without-pdnc", action="store_true", help="learn no speakers, and links from LitBank alone")
    parser.add_argument("--silver", type=Path, help="folder made by `silver`: novels whose speakers the rules found")
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--steps", type=int, default=0)
    options = parser.parse_args(arguments)
    torch.manual_seed(SEED)
    made = tokenizer(minilm_folder() / "tokenizer.json")
    classes: dict[str, dict[str, int]] = {}
    ud, lit = data_folder() / "ud", data_folder() / "litbank"
    ud_train = treebank(ud / "train" / "en_ewt-ud-train.conllu", made, classes, learn=True)
    ud_dev = treebank(ud / "dev" / "en_ewt-ud-dev.conllu", made, classes, learn=False)
    train_documents = [litbank(file, made) for file in sorted((lit / "train").glob("*.json"))]
    dev_documents = [litbank(file, made) for file in sorted((lit / "dev").glob("*.json"))]
    files = [] if options.without_pdnc else sorted((data_folder() / "pdnc" / "train").glob("*.json"))
    away = kept_back(files)
    back = [stretch for file in away for stretch in stretches(file, made)[5:60:9]]
    learnt = [stretch for file in files if file not in away for stretch in stretches(file, made)]
    found = sorted(options.silver.glob("*.json")) if options.silver else []
    silver = [stretch for file in found for stretch in stretches(file, made)]
    model = started(options.start, {name: len(known) for name, known in classes.items()})

    def told(share: float, windows: int = 60) -> None:
        scores = measure(model, lit / "dev", dev_documents, ud_dev[:windows])
        scores["voices"] = speakers_right(model, back)
        print(f"{share:.2f}", {name: round(value, 1) for name, value in scores.items()}, flush=True)

    limit = Limit(options.minutes, options.steps)
    course = Course(
        options.out, limit, {"model": model}, optimizer_of(model, options.rate), np.random.default_rng(SEED)
    )
    train(model, Material(ud_train, train_documents, learnt, silver), told, course)
    torch.save({"state": model.state_dict(), "classes": classes, "steps": course.steps}, options.out)
    course.done()
    told(1.0, len(ud_dev))
    return 0


if __name__ == "__main__":
    sys.exit(main())
