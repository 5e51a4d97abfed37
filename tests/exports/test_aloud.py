import pytest
from hypothesis import given

from fabula.exports.aloud import NARRATOR, UNKNOWN, blocks, printable, voices
from fabula.story import Character
from tests.builders import Said, people, telling
from tests.exports.hostile import bare, stories
from tests.exports.quay import quay


def named(*names):
    return [Character(f"c{at}", name, (name,)) for at, name in enumerate(names)]


def test_two_characters_of_one_name_have_two_voices():
    assert voices(telling("x", cast=named("Tom", "Ida", "tom", "Tom")), str) == {
        "c0": "Tom",
        "c1": "Ida",
        "c2": "tom 2",
        "c3": "Tom 3",
    }


def test_a_character_called_as_the_narration_is_none_of_it():
    assert list(voices(telling("x", cast=named("Narrator", "unknown")), str).values()) == ["Narrator 2", "unknown 2"]


def test_a_narrator_without_a_name_reads_the_narration_and_one_with_a_name_has_a_voice():
    nameless = Character("narrator", "the narrator", ("the narrator",), narrator=True, named=False)
    toby = Character("toby", "Toby", ("Toby",), narrator=True)
    assert voices(telling("x", cast=[nameless, toby]), str) == {"narrator": NARRATOR, "toby": "Toby"}


@pytest.mark.parametrize(("name", "voice"), [("(^)", "c0"), ("A (b)", "A b")])
def test_a_name_that_a_format_cannot_write_falls_back_on_the_id(name, voice):
    def written(name):
        return " ".join(name.translate(str.maketrans("()^", "   ")).split())

    assert voices(telling("x", cast=named(name)), written) == {"c0": voice}


def test_narration_speech_and_the_unknown_take_turns():
    said = [Said("“Row,”", "ida"), Said("“To where?”")]
    made = telling("“Row,” said Ida.\n\n“To where?”", cast=people("Ida"), said=said)
    assert [[(turn.voice, turn.words) for turn in block.turns] for block in blocks(made, str)] == [
        [("Ida", "“Row,”"), (NARRATOR, "said Ida.")],
        [(UNKNOWN, "“To where?”")],
    ]


def test_footnote_numbers_and_the_licence_are_not_read():
    read = " ".join(turn.words for block in blocks(quay(), str) for turn in block.turns)
    assert "sink.” !Nobody" in read
    assert "given away" not in read
    assert "older than the quay" in read


@given(stories())
def test_all_but_the_licence_is_read_once_and_in_order(story):
    for made in story.tellings:
        licence = [part.span for part in made.layer("matter") if part.kind == "licence"]
        text = "".join("" if any(span.has(at) for span in licence) else char for at, char in enumerate(made.text))
        turns = [turn for block in blocks(made, str) for turn in block.turns]
        assert "".join(bare(turn.words) for turn in turns) == bare(text)
        assert all(turn.words == printable(turn.words) for turn in turns)
