"""The stages in order. Checks what each needs and gives before any work; alone writes layers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from fabula.errors import LayerMissingError
from fabula.story import Correction, Provenance, Telling, Utterance
from fabula.weights import weights

Records = Mapping[str, Sequence[Any]]
Progress = Callable[[str, float, int], None]
"""Called with a stage's name, its number from 1, and the number of stages, before the stage runs.

A long stage calls again while it runs: the number is then higher by the share of the stage that is done.
"""
Tick = Callable[[float], None]
"""Called with the share of a stage that is done, 0 to 1."""


class Stage(NamedTuple):
    """One step of reading.

    Attributes:
        name: shown in provenance and progress.
        version: raised whenever its results change.
        needs: layers it reads.
        gives: layers it returns, all of them, always.
        predict: a telling in, records out; never changes its argument. Told how far it is, if it takes long.
        trained: whether it uses the network.
    """

    name: str
    version: int
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    predict: Callable[[Telling, Tick], Records]
    trained: bool = False


def _structure(telling: Telling, _: Tick) -> Records:
    from fabula.structure import find_structure

    return find_structure(telling)


def _quotes(telling: Telling, _: Tick) -> Records:
    from fabula.structure import find_quotes

    return {"quotes": find_quotes(telling)}


def _words(telling: Telling, _: Tick) -> Records:
    from fabula.language import find_sentences, find_tokens

    return {"tokens": (find_tokens(telling),), "sentences": find_sentences(telling)}


def _language(telling: Telling, tick: Tick) -> Records:
    from fabula.language import read_words

    for layer, records in _words(telling, tick).items():
        telling = telling.with_layer(layer, records, Provenance("words", 1))
    return read_words(telling, tick)


def _people(telling: Telling, _: Tick) -> Records:
    from fabula.people import find_people
    from fabula.speech import with_unnamed

    references, characters = with_unnamed(telling, *find_people(telling))
    return {"references": references, "characters": characters}


def _voices(telling: Telling, _: Tick) -> Records:
    from fabula.people import find_voices

    return {"voices": find_voices(telling)}


def _speech(telling: Telling, _: Tick) -> Records:
    from fabula.speech import find_utterances

    return {"utterances": find_utterances(telling)}


def _coreference(telling: Telling, _: Tick) -> Records:
    from fabula.people import find_mentions

    return {"mentions": find_mentions(telling)}


def _world(telling: Telling, _: Tick) -> Records:
    from fabula.world import find_roles

    return {"roles": find_roles(telling)}


_STRUCTURE = Stage("structure", 1, (), ("paragraphs", "matter", "chapters", "scenes"), _structure)
_QUOTES = Stage("quotes", 1, ("paragraphs", "corrections"), ("quotes",), _quotes)
_WORDS = Stage("words", 1, ("paragraphs",), ("tokens", "sentences"), _words)
_PEOPLE = Stage(
    "people", 1, ("paragraphs", "chapters", "scenes", "quotes", "corrections"), ("references", "characters"), _people
)
_SPEECH = Stage(
    "speech",
    2,
    ("paragraphs", "scenes", "quotes", "references", "characters", "corrections"),
    ("utterances",),
    _speech,
)

STAGES: tuple[Stage, ...] = (
    _STRUCTURE,
    _QUOTES,
    Stage(
        "language",
        1,
        ("paragraphs", "chapters", "quotes"),
        ("tokens", "sentences", "entities", "events", "markables", "spoken"),
        _language,
        trained=True,
    ),
    _PEOPLE,
    Stage(
        "voices",
        1,
        ("paragraphs", "tokens", "sentences", "markables", "spoken", "references", "characters"),
        ("voices",),
        _voices,
        trained=True,
    ),
    _SPEECH._replace(needs=(*_SPEECH.needs, "voices")),
    Stage(
        "coreference",
        1,
        ("tokens", "sentences", "markables", "references", "characters", "utterances"),
        ("mentions",),
        _coreference,
        trained=True,
    ),
    Stage("world", 1, ("tokens", "mentions"), ("roles",), _world),
)
"""Every stage, in the order in which they run."""

RULE_STAGES: tuple[Stage, ...] = (_STRUCTURE, _QUOTES, _WORDS, _PEOPLE, _SPEECH)
"""The stages that do without the network: beside them it is trained."""

ALIGN_STAGES: tuple[Stage, ...] = RULE_STAGES[:3]
"""What two tellings need to be aligned: paragraphs, scenes, quotations, sentences."""

SCAFFOLD = ("markables", "spoken", "references")
"""Layers that stages leave for later ones; gone from what `run` returns where `mentions` have been made of them."""


def _nothing(_: Telling, __: Tick) -> Records:
    return dict.fromkeys(("entities", "events", "characters", "voices", "mentions", "roles"), ())


def _unattributed(telling: Telling, _: Tick) -> Records:
    from fabula.language import language_name

    reason = f"the text is in {language_name(telling.metadata.language)}"
    spoken = (quote for quote in telling.layer("quotes") if quote.kind == "speech" and quote.depth == 0)
    return {"utterances": [Utterance((quote.span,), reason=reason) for quote in spoken]}


UNREAD_STAGES: tuple[Stage, ...] = (
    *RULE_STAGES[:3],
    Stage("people", 0, (), ("entities", "events", "characters", "voices"), _nothing),
    Stage("speech", 0, ("quotes",), ("utterances",), _unattributed),
    Stage("world", 0, (), ("mentions", "roles"), _nothing),
)
"""The stages for a text in a language that is not read: structure and quotations, and no pretence of more."""


def check_stages(stages: Sequence[Stage], given: Sequence[str]) -> None:
    """Make sure that every stage finds the layers it needs.

    Raises:
        LayerMissingError: naming the first stage that does not.
    """
    present = list(given)
    for stage in stages:
        for need in stage.needs:
            if need not in present:
                raise LayerMissingError(need, present, wanted_by=stage.name)
        present.extend(stage.gives)


def run(
    telling: Telling,
    *,
    corrections: Sequence[Correction] = (),
    stages: Sequence[Stage] = STAGES,
    progress: Progress | None = None,
) -> Telling:
    """Run the stages over a telling.

    Args:
        telling: with its text and marks; layers it has already are kept or replaced.
        corrections: the author's word, matched against this telling.
        stages: in order.
        progress: told before each stage; None for silence.

    Returns:
        The telling with the layers of all stages.

    Raises:
        LayerMissingError: before any work, when a stage lacks what it needs.
    """
    telling = telling.with_layer("corrections", tuple(corrections), Provenance("author", 1))
    check_stages(stages, list(telling.layers))
    for number, stage in enumerate(stages, 1):
        if progress:
            progress(stage.name, number, len(stages))
        records = stage.predict(telling, _ticker(progress, stage.name, number, len(stages)))
        made_by = Provenance(stage.name, stage.version, weights().checksum if stage.trained else "")
        for layer in stage.gives:
            telling = telling.with_layer(layer, records[layer], made_by)
    return telling.without(*SCAFFOLD) if "mentions" in telling.layers else telling


def _ticker(progress: Progress | None, name: str, number: int, of: int) -> Tick:
    if progress is None:
        return lambda _: None
    return lambda share: progress(name, number + share, of)
