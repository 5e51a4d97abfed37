from __future__ import annotations

import pytest

from fabula.spans import Span
from fabula.speech import find_utterances
from fabula.story import Correction, Mark, Scene, Utterance
from tests.people.small import told, with_people

START = "That day Ada Hale met Tom Reed at the mill. Ada sat down, and Tom stood by the door.\n\n"


def said(text: str, **more: object) -> list[Utterance]:
    return list(find_utterances(with_people(told(text, **more))))  # type: ignore[arg-type]


def speakers(text: str, **more: object) -> list[str | None]:
    telling = with_people(told(text, **more))  # type: ignore[arg-type]
    names = {who.id: who.name for who in telling.layer("characters")}
    return [names.get(one.speaker or "") for one in find_utterances(telling)]


ADA, TOM = "Ada Hale", "Tom Reed"


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ('"It is late," said Tom.', TOM),
        ('"It is late," Tom said.', TOM),
        ('"Is it late?" asked Ada quietly.', ADA),
        ('"It is late," Ada, who was tired, replied.', ADA),
        ('Tom turned round and said, "It is late."', TOM),
        ('Then Ada cried: "It is late!"', ADA),
        ('"It is late," she said.', ADA),
        ('"It is late," muttered he.', TOM),
        ('"It is late." Tom took his hat. "Very late."', TOM),
        ('Ada shook her head. "It is late."', ADA),
        ('"It is late, Tom."', ADA),
        ('"You are late, Ada."', TOM),
    ],
)
def test_who_says_it(line: str, who: str) -> None:
    assert speakers(START + line) == [who]


def test_a_lead_in_may_stand_in_the_paragraph_before() -> None:
    assert speakers(START + 'Tom coughed, and began:\n\n"It is late."') == [TOM]


def test_untagged_turns_alternate() -> None:
    text = START + '"Where were you?" said Ada.\n\n"At home."\n\n"All day?"\n\n"All day."'
    assert speakers(text) == [ADA, TOM, ADA, TOM]


def test_two_tags_in_one_paragraph_are_two_turns() -> None:
    assert speakers(START + '"Stay," said Ada. "No," said Tom.') == [ADA, TOM]


def test_pieces_around_a_tag_are_one_utterance() -> None:
    (one,) = said(START + '"Stay," said Ada, "and eat."')
    assert len(one.pieces) == 2
    assert one.evidence == "tag"
    assert one.cue is not None


def test_a_speech_may_run_over_paragraphs() -> None:
    text = START + '"Stay, said the moon,\n\n"and eat," said Ada.'
    (one,) = said(text, continues=(1,))
    assert len(one.pieces) == 2
    assert speakers(text, continues=(1,)) == [ADA]


def test_who_is_called_is_who_hears() -> None:
    (one,) = said(START + '"It is late, Tom," said Ada.')
    assert one.addressees == ("tom-reed",)


def test_a_tag_may_name_the_hearer() -> None:
    (one,) = said(START + '"It is late," said Ada to Tom.')
    assert one.addressees == ("tom-reed",)


def test_self_talk_is_heard_by_the_speaker() -> None:
    (one,) = said(START + '"It is late," Ada said to herself.')
    assert one.addressees == ("ada-hale",)


def test_a_voice_belongs_to_whom_it_is_of() -> None:
    text = START + '"It is late," the voice of Tom came through the door.'
    assert speakers(text) == [TOM]


def test_nobody_near_is_unknown_with_a_reason() -> None:
    (one,) = said('"Who is there?"')
    assert (one.speaker, one.confidence) == (None, 0.0)
    assert one.reason


@pytest.mark.parametrize(
    ("line", "kind", "channel"),
    [
        ('"It is late," said Ada.', "speech", "face"),
        ('"It is late," thought Ada.', "thought", "thought"),
        ('"Late, so late," sang Ada.', "song", "song"),
        ('"I am late," texted Ada.', "text_message", "text"),
        ('"It is late," said Ada over the phone.', "speech", "phone"),
        (
            '"You have reached the mill. Please leave a message after the tone," said a voice.',
            "announcement",
            "voicemail",
        ),
    ],
)
def test_kinds_and_channels(line: str, kind: str, channel: str) -> None:
    (one,) = said(START + line)
    assert (one.kind, one.channel) == (kind, channel)


def test_a_call_lasts_until_somebody_hangs_up() -> None:
    text = START + (
        'The phone rang, and Ada took it.\n\n"Hello?"\n\n"It is Tom."\n\nAda hung up.\n\n"Who was it?" asked Ruth.'
    )
    assert [one.channel for one in said(text)] == ["phone", "phone", "face"]


def test_a_signed_card_is_its_writers() -> None:
    text = START + 'Ada found a card and opened it.\n\n"For the best of friends, from Tom"'
    assert [one.kind for one in said(text)] == ["letter"]
    assert speakers(text) == [TOM]


def test_thoughts_without_marks_in_a_run() -> None:
    lines = ("Ada could not quiet the thoughts in her head.", "You miss him.", "I do not.", "You do.", "She slept.")
    text = START + "\n\n".join(lines)
    found = said(text)
    assert [one.kind for one in found] == ["thought"] * 3
    assert {one.speaker for one in found} == {"ada-hale"}


def test_short_lines_without_a_mind_are_no_thoughts() -> None:
    assert said(START + "The rain fell on the mill.\n\nYou could hear it.\n\nI could not.\n\nYou slept.") == []


def test_a_sentence_in_italics_is_a_thought() -> None:
    text = START + "Ada stopped. I should not be here. She turned."
    at = text.index("I should")
    (one,) = said(text, marks=(Mark(at, at + len("I should not be here."), "italic"),))
    assert (one.kind, one.speaker) == ("thought", "ada-hale")


def test_a_stressed_word_is_no_thought() -> None:
    assert said(START + "Ada was *very* cold.") == []


def test_a_stated_viewpoint_helps() -> None:
    text = START + '"It is late."'
    scenes = (Scene(Span(0, len(text)), 0, viewpoint="Tom"),)
    assert speakers(text, scenes=scenes) == [TOM]


def test_the_author_names_the_speaker() -> None:
    text = START + '"It is late," said Ada.'
    span = Span(text.index('"It'), text.index('"It') + 13)
    (one,) = said(text, corrections=(Correction("speaker", span, "Tom Reed", quoted="It is late"),))
    assert (one.speaker, one.evidence, one.confidence) == ("tom-reed", "correction", 1.0)


def test_the_author_says_what_is_no_speech() -> None:
    text = START + 'It was a "mill" in name. "Yes," said Ada.'
    span = Span(text.index('"mill"'), text.index('"mill"') + 6)
    found = said(text, corrections=(Correction("not_speech", span, quoted="mill"),))
    assert [piece.of(text) for one in found for piece in one.pieces] == ['"Yes,"']


def test_confidence_is_a_chance() -> None:
    text = START + '"Where were you?" said Ada.\n\n"At home."\n\n"All day?"\n\n"All day," he said.'
    assert all(0.0 <= one.confidence <= 1.0 for one in said(text))


def test_lines_of_one_paragraph_are_grouped_by_whom_they_call_as_far_back_as_they_go():
    text = START + '"Come, Tom." She laughed. "It is late." She sat. "So late, Tom." He rose. "No, Ada." He left.'
    found = said(text)
    assert [len(one.pieces) for one in found] == [3, 1]


def test_many_who_act_in_one_paragraph_each_speak_their_own_line():
    names = [f"{first}{second}on" for first in ("Bar", "Cal", "Del", "Fin", "Gar") for second in ("d", "g", "l", "t")]
    text = " ".join(f'"Line {at} is short," said {name}.' for at, name in enumerate(names))
    assert speakers(text) == names


def test_one_huge_paragraph_is_read_as_its_parts_are():
    lines = ['"It is late," said Ada Hale.', '"Come, Ada," said Tom Reed.']
    assert speakers(" ".join(lines * 30)) == [ADA, TOM] * 30
