from dataclasses import replace

import pytest

from fabula import pipeline
from fabula.errors import LayerMissingError
from fabula.pipeline import SCAFFOLD, STAGES, UNREAD_STAGES, Stage, check_stages
from fabula.story import LAYERS, Telling


@pytest.mark.parametrize("stages", [STAGES, UNREAD_STAGES])
def test_every_layer_is_given_once_in_order(stages):
    check_stages(stages, ["corrections"])
    given = [layer for stage in stages for layer in stage.gives if layer not in SCAFFOLD]
    assert ["corrections", *given] == list(LAYERS)


def test_a_missing_need_is_told_before_any_work():
    def never(*_):
        raise AssertionError("ran")

    stages = [Stage("first", 1, (), ("a",), never), Stage("second", 1, ("b",), ("c",), never)]
    with pytest.raises(LayerMissingError, match="'second' needs the layer 'b'; this telling has corrections, a"):
        pipeline.run(Telling("t", "x"), stages=stages)


class Asked(dict):
    """Layers that note which of them are asked for."""

    def __init__(self, layers):
        super().__init__(layers)
        self.names = set()

    def __contains__(self, name):
        self.names.add(name)
        return super().__contains__(name)


@pytest.mark.parametrize("stage", [*STAGES, *UNREAD_STAGES[3:]], ids=lambda stage: f"{stage.name}-{stage.version}")
def test_a_stage_reads_the_layers_it_names_and_no_others(stage, monkeypatch):
    whole = Telling("t", "CHAPTER I\n\n“Go,” said Ida Marsh.\n\n“I will,” said he.\n")
    # Scaffolding goes when mentions are made of it, so it is taken from a reading that stops before.
    layers = {**pipeline.run(whole).layers, **pipeline.run(whole, stages=STAGES[:-2]).layers}
    needed = Asked({name: layers[name] for name in stage.needs})
    layer = Telling.layer

    def noted(telling, name, **how):
        needed.names.add(name)
        return layer(telling, name, **how)

    monkeypatch.setattr(Telling, "layer", noted)
    stage.predict(replace(whole, layers=needed), lambda _: None)
    assert needed.names - set(stage.gives) == set(stage.needs)


def test_progress_is_told_of_every_stage():
    told = []
    pipeline.run(Telling("t", '"Go," said Ida.'), progress=lambda *step: told.append(step))
    begun = [step for step in told if isinstance(step[1], int)]
    assert begun == [(stage.name, number, len(STAGES)) for number, stage in enumerate(STAGES, 1)]
    assert [number for _, number, _ in told] == sorted(number for _, number, _ in told)


def test_records_have_the_type_their_layer_states_and_lie_inside_the_text():
    text = "CHAPTER I\n\n“Go,” said Ida Marsh. “Go, Mr. Reed!”\n\nHe went. She stayed where she was."
    read = pipeline.run(Telling("t", text))
    for name, layer in read.layers.items():
        for record in layer.records:
            assert isinstance(record, LAYERS[name])
            span = getattr(record, "span", None)
            assert span is None or read.whole.holds(span)


def test_same_text_same_records():
    text = '"Go," said Ida. "Or stay."\n\n"I will," said Tom. He smiled at her.'
    assert pipeline.run(Telling("t", text)).layers == pipeline.run(Telling("t", text)).layers


def test_a_language_that_is_not_read_is_not_pretended_to_be():
    from fabula import api
    from fabula.story import Metadata

    text = '"Non," dit Ida. "Jamais."'
    read = pipeline.run(Telling("t", text, metadata=Metadata(language="fr")), stages=api.stages_for("fr"))
    assert read.layer("characters") == ()
    assert {said.speaker for said in read.layer("utterances")} == {None}
    assert all("in French" in said.reason for said in read.layer("utterances"))
