"""Reads one text with BookNLP's released code, unchanged, and reports how long each of its stages took.

    python -I booknlp_child.py small|big FOLDER TEXT REPORT.json

Runs inside the environment that `benchmarks.peers.booknlp` makes; FOLDER holds the stand-ins that
`booknlp_standins.py` made. The tagger runs in full; being random and inclined to nothing it finds no entity, so its
empty list is then replaced by one made by rule, for the stages after it to have as much to do as in a real book.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import metadata
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple, Protocol

STAGES = "entity,quote,supersense,event,coref"
# What BookNLP calls the time from the open file to the last result, imports and loading of models left out.
TOTAL = "TOTAL (excl. startup)"
PACKAGES = ("booknlp", "transformers", "torch", "spacy", "numpy")
PRONOUNS = frozenset(
    "i me my mine myself you your yours yourself he him his himself she her hers herself we us our ours ourselves "
    "they them their theirs themselves".split()
)
LEADS = frozenset("a an the this that these those some no every my your his her our their".split())
PEOPLE = frozenset(
    "aunt baby boy boys brother brothers captain child children cousin creature daughter doctor father fellow friend "
    "friends gardener gentleman gentlemen girl girls grandfather grandmother guest host housekeeper husband king lad "
    "lady ladies maid man master men mistress mother neighbour nurse people person priest prince princess queen "
    "sailor servant servants sister sisters soldier son stranger teacher uncle widow wife witch woman women".split()
)
# A description reaches from its article over at most so many words to its noun: "the two very old men".
REACH = 4


class Token(Protocol):
    """What is looked at of a token of BookNLP."""

    text: str
    sentence_id: int


class Entity(NamedTuple):
    """A mention in BookNLP's own terms.

    Attributes:
        start: number of its first token.
        end: number of its last token.
        kind: form and type, such as `PROP_PER`.
        text: its tokens with blanks between them.
    """

    start: int
    end: int
    kind: str
    text: str


def people_by_rule(tokens: Sequence[Token]) -> list[Entity]:
    """Return pronouns, runs of names, and articles with a noun for a person, in the order of the text."""
    names = _names(tokens)
    spans = {(at, at): "PRON" for at, token in enumerate(tokens) if token.text.lower() in PRONOUNS}
    spans |= dict.fromkeys(_runs(tokens, names), "PROP")
    spans |= dict.fromkeys(_descriptions(tokens), "NOM")
    return [
        Entity(start, end, f"{form}_PER", " ".join(token.text for token in tokens[start : end + 1]))
        for (start, end), form in sorted(spans.items())
    ]


def _names(tokens: Sequence[Token]) -> set[str]:
    """Words that stand with a capital inside a sentence, and never without one."""
    small = {token.text for token in tokens if token.text.islower()}
    inside = (one.text for before, one in pairwise(tokens) if before.text[-1].isalnum())
    words = {word for word in inside if word.istitle() and word.isalpha()}
    return {word for word in words if word.lower() not in small | PRONOUNS}


def _runs(tokens: Sequence[Token], names: set[str]) -> Iterator[tuple[int, int]]:
    def place(at: int) -> tuple[int, bool]:
        return tokens[at].sentence_id, tokens[at].text in names

    for (_, named), run in groupby(range(len(tokens)), place):
        if named:
            start, *rest = run
            yield start, rest[-1] if rest else start


def _descriptions(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    for start, token in enumerate(tokens):
        if token.text.lower() in LEADS:
            for end in range(start + 1, min(start + REACH + 1, len(tokens))):
                one = tokens[end]
                if one.sentence_id != token.sentence_id or not one.text.isalpha():
                    break
                if one.text.lower() in PEOPLE:
                    yield start, end
                    break


def stages(printed: str) -> dict[str, float]:
    """Return the seconds of each stage, in their order, from what BookNLP prints as it goes."""
    return {name: float(seconds) for name, seconds in re.findall(r"^--- (.+?): ([\d.]+) seconds ---", printed, re.M)}


def read(size: str, folder: Path, text: Path) -> dict[str, Any]:
    """Read a text with all five of BookNLP's stages; return what it took and how much it found."""
    begin = time.perf_counter()
    from booknlp.booknlp import BookNLP
    from booknlp.english.entity_tagger import LitBankEntityTagger

    imported = time.perf_counter() - begin
    tag = LitBankEntityTagger.tag
    found: dict[str, Any] = {}

    def tag_then_replace(tagger: Any, tokens: Sequence[Token], **wanted: bool) -> dict[str, Any]:
        answer: dict[str, Any] = tag(tagger, tokens, **wanted)
        made = people_by_rule(tokens)
        found.update(tokens=len(tokens), mentions_of_the_tagger=len(answer["entities"]), mentions_by_rule=len(made))
        found.update(forms=dict(Counter(one.kind.partition("_")[0] for one in made)))
        return {**answer, "entities": [tuple(one) for one in made]}

    LitBankEntityTagger.tag = tag_then_replace
    settings = {"pipeline": STAGES, "model": size, "model_path": "models", "spacy_model": "pipeline"}
    os.chdir(folder)  # the encoders are found by a path relative to where it runs
    with tempfile.TemporaryDirectory() as out:
        BookNLP("en", settings).process(str(text), out, "book")
        quotes = len((Path(out) / "book.quotes").read_text("utf-8").splitlines()) - 1
    return {"imports_s": round(imported, 3), "found": {**found, "quotes": quotes}}


def main(size: str, folder: Path, text: Path, report: Path) -> int:
    """Read a text and write the report; returns the exit code."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            figures = read(size, folder, text)
    except SystemExit:
        # BookNLP ends the program where it is at a loss; what it printed last says why.
        print(printed.getvalue()[-500:], file=sys.stderr)
        return 1
    import torch

    seconds = stages(printed.getvalue())
    figures["reading_s"] = seconds.pop(TOTAL)
    figures["stages_s"] = seconds
    figures["threads"] = torch.get_num_threads()
    figures["versions"] = {name: metadata.version(name) for name in PACKAGES}
    report.write_text(json.dumps(figures), "utf-8")
    return 0


if __name__ == "__main__":
    # Never ask a hub for anything: what is not in FOLDER is missing. Fabula uses no graphics card; nor may this.
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", CUDA_VISIBLE_DEVICES="")
    sys.exit(main(sys.argv[1], *(Path(word).resolve() for word in sys.argv[2:5])))
