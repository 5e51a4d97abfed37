"""Fit the weights by which speakers are decided.

    python -m training.fit_speakers [--leave NOVEL ...] [--without-pdnc] [--out FILE]

Reads novels with gold speakers (the training parts of PDNC and LitBank under `$FABULA_DATA`) and scenes in modern
prose of our own (`training/scenes/`), runs every stage up to speech, and fits a conditional log-linear model over the
candidates of each turn: first with the true speakers as history, then with its own guesses. How sure a choice is, the
network's word on it among the evidence, is fitted on the novels that were kept back from the network, beside weights
that have not seen them either. Writes `src/fabula/speech/deciding/weights.toml`. Novels under `--leave` are kept out,
to measure on; PDNC as a whole, which states no licence, under `--without-pdnc`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.data import data_folder
from fabula.speech.deciding.addressees import hearer_features
from fabula.speech.deciding.candidates import candidates, features
from fabula.speech.deciding.confidence import doubts
from fabula.speech.deciding.decode import decide, history
from training.books import Book, read_books, read_scene, read_short
from training.kept_back import kept_back
from training.scenes import scenes

_OUT = Path(__file__).resolve().parents[1] / "src" / "fabula" / "speech" / "deciding" / "weights.toml"
_MEMORY = 10
_BY_HAND = {
    "viewpoint": 0.8,
    "calls-self-alone": 4.0,
    "bystander": -3.0,
    "hung-up": -3.0,
    "reads-it": -4.0,
}
"""What the corpora cannot teach: they have no headings that name a viewpoint, nobody who calls themselves by name,
and no telephones."""
_LEAN = {"none": -1.0, "pronoun": -2.0, "nominal": -1.5}
"""Added, by group, to what is learned of descriptions of somebody who may have a name: where the name is at hand too,
they are left out when learning."""
_GOES_ON = -2.0
"""Added to what is learned of three paragraphs of bare speech by one person: wrong guesses teach that it happens."""
_NARRATOR_HEARS = 1.5
"""By hand: the novels with gold hearers that are learned from have no first-person narrator."""
TIMES_SHORT = 3
"""How often the few short documents, and the scenes, count."""
_GROUPS = ("none", "pronoun", "nominal")
SCENES = Path(__file__).parent / "scenes"


class Example(NamedTuple):
    """One turn to learn from: features of each candidate, and which candidates are right."""

    rows: list[list[tuple[str, float]]]
    right: list[bool]


def examples(book: Book, past_of: Sequence[str | None]) -> Iterator[Example]:
    """Yield the turns of a book that are a choice.

    Args:
        book: the novel.
        past_of: whom to take for the speaker of each turn when looking back from later ones.
    """
    past: list[str] = []
    spoke: list[str] = []
    for index, setting in enumerate(book.known):
        truth = book.gold[index]
        people = candidates(book.view, book.known, index, spoke)
        if truth and len(people) > 1 and setting.group in _GROUPS:
            shown = _told_apart(book, people, truth)
            right = [book.bearers.get(who) == truth for who in shown]
            if any(right) and len(shown) > 1:
                rows = [features(book.view, book.known, index, who) + history(setting, who, past) for who in shown]
                yield Example(rows, right)
        who = past_of[index]
        tag = setting.turn.tag
        if people and not setting.aside:
            past.insert(0, who or "")
        for other in (who, tag.character if tag and tag.form == "name" else None):
            if other:
                spoke = [other, *(one for one in spoke if one != other)][:_MEMORY]
        del past[_MEMORY:]


def _told_apart(book: Book, people: Sequence[str], truth: str) -> list[str]:
    """Leave out descriptions of nobody knows whom, and of the speaker where the name is at hand too."""
    named = {who for who in people if book.view.characters[who].named}
    right = any(book.bearers.get(who) == truth for who in named)
    return [who for who in people if who in named or not (right and book.bearers.get(who) in (truth, None))]


def true_past(book: Book) -> list[str | None]:
    """Return a character found for every gold speaker: the most mentioned that stands for it."""
    best: dict[str, str] = {}
    people = book.view.characters
    for who in sorted(book.bearers, key=lambda one: (people[one].named, people[one].mentions)):
        best[book.bearers[who]] = who
    return [best.get(truth) if truth else None for truth in book.gold]


def fit(data: Sequence[Example], *, penalty: float = 0.5, rounds: int = 250) -> dict[str, float]:
    """Fit weights by gradient ascent (Adam) on the likelihood of the right candidates.

    Args:
        data: turns to learn from.
        penalty: of squared weights.
        rounds: passes over all data.
    """
    names = {name: n for n, name in enumerate(sorted({f for one in data for row in one.rows for f, _ in row}))}
    column = np.array([names[f] for one in data for row in one.rows for f, _ in row])
    value = np.array([v for one in data for row in one.rows for _, v in row])
    row_of = np.repeat(np.arange(sum(len(one.rows) for one in data)), [len(row) for one in data for row in one.rows])
    turn_of = np.repeat(np.arange(len(data)), [len(one.rows) for one in data])
    right = np.array([flag for one in data for flag in one.right], dtype=float)
    weights, mean, square = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, rounds + 1):
        scores = np.bincount(row_of, value * weights[column], minlength=len(right))
        chance = np.exp(np.clip(scores, -30, 30))
        model = chance / np.bincount(turn_of, chance)[turn_of]
        wanted = chance * right / np.bincount(turn_of, chance * right)[turn_of]
        slope = np.bincount(column, value * (wanted - model)[row_of], minlength=len(names)) - penalty * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        weights += 0.1 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(weights[n]), 3) for name, n in names.items() if abs(weights[n]) >= 0.02}


def fit_confidence(books: Sequence[Book], weights: Mapping[str, float]) -> dict[str, float]:
    """Fit a logistic model of whether a choice is right.

    Args:
        books: read with the network; neither it nor the weights have learned from them.
        weights: by which speakers are chosen.

    Returns:
        By group of turns, for those of which the network says something and for others.
    """
    rows: list[list[tuple[str, float]]] = []
    right: list[bool] = []
    for book in books:
        choices = decide(book.view, book.known, weights, {})
        # A person who is two of ours is right as one of them only.
        for setting, choice, truth in zip(book.known, choices, true_past(book), strict=True):
            if truth is not None and choice.speaker is not None:
                for one in (setting, setting._replace(voices={})):
                    rows.append(doubts(one, choice.speaker, choice.chance))
                    right.append(choice.speaker == truth)
    return fit_logistic(rows, right)


def fit_hearers(books: Sequence[Book], weights: Mapping[str, float]) -> dict[str, float]:
    """Fit a logistic model of who hears a turn, given the speakers that the weights choose."""
    rows: list[list[tuple[str, float]]] = []
    right: list[bool] = []
    for book in books:
        choices = decide(book.view, book.known, weights, {})
        for index, wanted in enumerate(book.hearers):
            if wanted:
                for who, found in hearer_features(book.view, book.known, choices, index).items():
                    rows.append(found)
                    right.append(book.bearers.get(who) in wanted)
    return {**fit_logistic(rows, right), "narrator": _NARRATOR_HEARS}


def fitted(books: Sequence[Book], *, ignored: str = "(?!)", rounds: int = 2) -> dict[str, float]:
    """Return the weights by which speakers are decided.

    Args:
        books: to fit on.
        ignored: pattern of the features to do without, as their names begin without their group.
        rounds: how often to fit again beside its own guesses.
    """
    without = re.compile(ignored)
    weights = with_hand(_fitted(books, without, rounds))
    return {name: value for name, value in weights.items() if not without.match(name.split(":")[1])}


def _fitted(books: Sequence[Book], without: re.Pattern[str], rounds: int) -> dict[str, float]:
    data = _without([one for book in books for one in examples(book, true_past(book))], without)
    weights = fit(data)
    for _ in range(rounds):
        guessed = [[choice.speaker for choice in decide(book.view, book.known, weights, {})] for book in books]
        more = [one for book, past in zip(books, guessed, strict=True) for one in examples(book, past)]
        weights = fit([*data, *_without(more, without)], penalty=1.0)
    return weights


def _without(data: Sequence[Example], names: re.Pattern[str]) -> list[Example]:
    return [
        Example([[cell for cell in row if not names.match(cell[0].split(":")[1])] for row in one.rows], one.right)
        for one in data
    ]


def fit_logistic(
    rows: Sequence[Sequence[tuple[str, float]]], right: Sequence[bool], *, rounds: int = 200
) -> dict[str, float]:
    """Fit the weights of a logistic model.

    Args:
        rows: features with their values.
        right: what each row should say.
        rounds: passes over all.
    """
    names = {name: n for n, name in enumerate(sorted({name for row in rows for name, _ in row}))}
    column = np.array([names[name] for row in rows for name, _ in row])
    value = np.array([number for row in rows for _, number in row])
    row_of = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    truth, found_weights = np.array(right, dtype=float), np.zeros(len(names))
    mean, square = np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, rounds + 1):
        scores = np.bincount(row_of, value * found_weights[column], minlength=len(rows))
        miss = truth - 1 / (1 + np.exp(-scores))
        slope = np.bincount(column, value * miss[row_of], minlength=len(names)) - found_weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        found_weights += 0.1 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(found_weights[n]), 3) for name, n in names.items() if abs(found_weights[n]) >= 0.02}


def with_hand(weights: Mapping[str, float]) -> dict[str, float]:
    """Return weights with what is set by hand."""
    found = dict(weights)
    found["none:narrator"] = 0.0
    for group in _GROUPS:
        found.update({f"{group}:{name}": value for name, value in _BY_HAND.items()})
        goes_on = f"{group}:goes-on-next"
        found[goes_on] = round(found.get(goes_on, 0.0) + _GOES_ON, 3)
        lean = f"{group}:is-perhaps"
        found[lean] = round(found.get(lean, 0.0) + _LEAN[group], 3)
    return found


def written(
    weights: Mapping[str, float], hearers: Mapping[str, float], confidence: Mapping[str, float], source: str
) -> str:
    """Return weights as the file that ships."""
    lines = [
        "# What speaks for and against a candidate speaker: weights of a conditional log-linear model.",
        "[made]",
        'by = "python -m training.fit_speakers"',
        f'from = "{source}"',
        'licence = "MIT, as Fabula; numbers fitted to a corpus, which they do not hold"',
        "",
        "[weights]",
        *(f'"{name}" = {value}' for name, value in sorted(weights.items())),
        "",
        "# What speaks for and against somebody as a hearer: weights of a logistic model.",
        "[hearers]",
        *(f'"{name}" = {value}' for name, value in sorted(hearers.items())),
        "",
        "# What speaks for and against a choice of speaker being right: weights of a logistic model.",
        "[confidence]",
        *(f'"{name}" = {value}' for name, value in sorted(confidence.items())),
    ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leave", nargs="*", default=[])
    parser.add_argument("--without-pdnc", action="store_true", help="use LitBank alone")
    parser.add_argument("--out", type=Path, default=_OUT)
    options = parser.parse_args(arguments)
    files = [] if options.without_pdnc else sorted((data_folder() / "pdnc" / "train").glob("*.json"))
    files = [file for file in files if file.stem not in options.leave]
    away = kept_back(sorted((data_folder() / "pdnc" / "train").glob("*.json")))
    short = [
        book for file in sorted((data_folder() / "litbank" / "train").glob("*.json")) for book in read_short(file)
    ]
    short = [*short, *(read_scene(scene) for scene in scenes(SCENES))] * TIMES_SHORT
    learned = [*(book for file in files if file not in away for book in read_books(file)), *short]
    every = [*learned, *(book for file in files if file in away for book in read_books(file))]
    heard = [book for file in files if file in away for book in read_books(file, trained=True)]
    corpora = "LitBank" if options.without_pdnc else "PDNC and LitBank"
    count = sum(1 for book in every for _ in examples(book, true_past(book)))
    texts = f"{corpora}, training parts, and scenes of our own, {len(every)} texts"
    source = f"{texts}; {count} turns with more than one candidate"
    weights = fitted(every)
    # Whether choices are right shows only where neither weights nor network have seen the answer.
    sure = fit_confidence(heard or every, fitted(learned, rounds=1))
    options.out.write_text(written(weights, fit_hearers(every, weights), sure, source), "utf-8")
    print(f"{count} turns, {len(weights)} weights in {options.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
