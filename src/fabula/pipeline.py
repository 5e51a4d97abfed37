"""The stages in order. Checks what each needs and gives before any work; alone writes layers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from fabula.errors import LayerMissingError
from fabula.story import Correction, Provenance, Telling, Utterance

Records = Mapping[str, Sequence[Any]]
Progress = Callable[[str, int, int], None]
"""Called with a stage's name, its number from 1, and the number of stages, before the stage runs."""


class Stage(NamedTuple):
    """One step of reading.

    Attributes:
        name: shown in provenance and progress.
        version: raised whenever its results change.
        needs: layers it reads.
        gives: layers it returns, all of them, always.
        predict: a telling in, records out; never changes its argument.
    """

    name: str
    version: int
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    predict: Callable[[Telling], Records]


def _structure(telling: Telling) -> Records:
    from fabula.structure import find_structure

    return find_structure(telling)


def _quotes(telling: Telling) -> Records:
    from fabula.structure import find_quotes

    return {"quotes": find_quotes(telling)}


def _language(telling: Telling) -> Records:
    from fabula.language import find_sentences, find_tokens

    tokens = find_tokens(telling)
    return {"tokens": (tokens,), "sentences": find_sentences(telling)}


def _people(telling: Telling) -> Records:
    from fabula.people import find_people

    mentions, characters = find_people(telling)
    return {"mentions": mentions, "characters": characters}


def _speech(telling: Telling) -> Records:
    from fabula.speech import find_utterances

    return {"utterances": find_utterances(telling)}


STAGES: tuple[Stage, ...] = (
    Stage("structure", 1, (), ("paragraphs", "matter", "chapters", "scenes"), _structure),
    Stage("quotes", 1, ("paragraphs", "corrections"), ("quotes",), _quotes),
    Stage("language", 1, ("paragraphs",), ("tokens", "sentences"), _language),
    Stage("people", 1, ("paragraphs", "scenes", "quotes", "corrections"), ("mentions", "characters"), _people),
    Stage(
        "speech",
        1,
        ("paragraphs", "scenes", "quotes", "mentions", "characters", "corrections"),
        ("utterances",),
        _speech,
    ),
)
"""Every stage, in the order in which they run."""


def _nobody(_: Telling) -> Records:
    return {"mentions": (), "characters": ()}


def _unattributed(telling: Telling) -> Records:
    from fabula.language import language_name

    reason = f"the text is in {language_name(telling.metadata.language)}"
    spoken = (quote for quote in telling.layer("quotes") if quote.kind == "speech" and quote.depth == 0)
    return {"utterances": [Utterance((quote.span,), reason=reason) for quote in spoken]}


UNREAD_STAGES: tuple[Stage, ...] = (
    *STAGES[:3],
    Stage("people", 0, (), ("mentions", "characters"), _nobody),
    Stage("speech", 0, ("quotes",), ("utterances",), _unattributed),
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
        records = stage.predict(telling)
        for layer in stage.gives:
            telling = telling.with_layer(layer, records[layer], Provenance(stage.name, stage.version))
    return telling
