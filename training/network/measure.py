"""How good a network is while it learns: on development data, from the words and sentences of the rules."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from benchmarks.quality import score as scored
from fabula.language.parses import long_pronouns, within_sentences
from fabula.people.pointing.markables import facts_of
from fabula.story import ENTITY_TYPES
from training.network.coreference import clusters
from training.network.gold import FORMS, Document, Example, markables
from training.network.heads import Reader
from training.network.losses import arc_scores, band, batch_of, padded, pair_scores, voice_scores
from training.network.novels import Stretch


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
def measure(
    model: Reader, files: Sequence[Path], documents: Sequence[Document], ud_dev: Sequence[Example]
) -> dict[str, float]:
    """Return scores: LitBank by `score.py` with our words, UD by gold words.

    Args:
        model: the network.
        files: of LitBank.
        documents: the same, read.
        ud_dev: windows of the treebank.
    """
    model.eval()
    with tempfile.TemporaryDirectory() as folder:
        gold, found = Path(folder) / "gold", Path(folder) / "found"
        gold.mkdir()
        found.mkdir()
        for file, document in zip(files, documents, strict=True):
            shutil.copyfile(file, gold / file.name)
            (found / f"{document.name}.json").write_text(json.dumps(read_document(model, document)), "utf-8")
        score = scored(gold, found)
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
