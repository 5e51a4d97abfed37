"""Each verdict on a line that is told twice amid the same evening, and each trap that is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula import pipeline
from fabula.story import Side, Telling
from fabula.tellings import align_parts, judge
from tests.tellings.small import KEEPER, MARKET, OILMAN

BEFORE, AFTER = KEEPER.split("\n\n")[:3], KEEPER.split("\n\n")[3:]


def judged(a, b, stages=pipeline.RULE_STAGES):
    tellings = [pipeline.run(Telling(name, text), stages=stages) for name, text in (("a", a), ("b", b))]
    sides = [Side(number, each.name, (each.whole,)) for number, each in enumerate(tellings)]
    return tellings, judge(tellings, align_parts(tellings, *sides))


def amid(line):
    return "\n\n".join([*BEFORE, line, *AFTER])


def differences(a, b):
    tellings, alignment = judged(amid(a), amid(b))
    return [
        (each.a.of(tellings[0].text), each.b.of(tellings[1].text), each.verdict, each.subject)
        for each in alignment.differences
    ]


def contradiction(a, b, subject):
    return [(a, b, "contradiction", subject)]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (
            "There were twenty five boats in the harbour that week.",
            "There were twenty six boats in the harbour that week.",
            contradiction("twenty five", "twenty six", "number"),
        ),
        (
            "There were 1,500 herrings in the hold of the boat.",
            "There were two thousand herrings in the hold of the boat.",
            contradiction("1,500", "two thousand", "number"),
        ),
        (
            "She waited on the third step of the tower stair.",
            "She waited on the second step of the tower stair.",
            contradiction("third", "second", "number"),
        ),
        (
            "He paid ten shillings for the rope and the can.",
            "He paid three pounds for the rope and the can.",
            contradiction("ten shillings", "three pounds", "number"),
        ),
        (
            "The priest was sixty years old and talked like a mill.",
            "The priest was eighty years old and talked like a mill.",
            contradiction("sixty years", "eighty years", "time"),
        ),
        (
            "It was half past three when the brig came back.",
            "It was half past four when the brig came back.",
            contradiction("half past three", "half past four", "time"),
        ),
        (
            "The storm of 1815 took the roof off the chapel.",
            "The storm of 1841 took the roof off the chapel.",
            contradiction("1815", "1841", "time"),
        ),
        (
            "The oil came from Arden on Monday, as it always had.",
            "The oil came from Arden on Tuesday, as it always had.",
            contradiction("Monday", "Tuesday", "time"),
        ),
        (
            "They had been married on a cold day in March, by the sea.",
            "They had been married on a cold day in August, by the sea.",
            contradiction("March", "August", "time"),
        ),
        (
            "The keeper wore a black coat with horn buttons.",
            "The keeper wore a white coat with horn buttons.",
            contradiction("black", "white", "attribute"),
        ),
        (
            "A red-haired woman stood on the quay and waved.",
            "A brown-haired woman stood on the quay and waved.",
            contradiction("red-haired", "brown-haired", "attribute"),
        ),
        (
            "He carried the lamp in his left hand up the stair.",
            "He carried the lamp in his right hand up the stair.",
            contradiction("left", "right", "place"),
        ),
        (
            "They found the old captain alive in the boat.",
            "They found the old captain dead in the boat.",
            contradiction("alive", "dead", "outcome"),
        ),
        (
            "The door of the oil store was open all night.",
            "The door of the oil store was shut all night.",
            contradiction("open", "shut", "outcome"),
        ),
        (
            "“Yes,” said Marta, “that is my uncle's boat.”",
            "“No,” said Marta, “that is my uncle's boat.”",
            contradiction("Yes", "No", "outcome"),
        ),
        (
            "Her brother kept the shop by the fish market.",
            "Her sister kept the shop by the fish market.",
            contradiction("brother", "sister", "attribute"),
        ),
        (
            "They went to Arden by train and came home wet.",
            "They went to Arden by boat and came home wet.",
            contradiction("train", "boat", "attribute"),
        ),
        (
            "She found the letter in the kitchen under a plate.",
            "She found the letter in the garden under a plate.",
            contradiction("kitchen", "garden", "place"),
        ),
        (
            "The brig passed the tower with a light at the mast.",
            "The brig passed the tower without a light at the mast.",
            contradiction("with", "without", "outcome"),
        ),
    ],
)
def test_what_cannot_both_be_true_is_a_contradiction(a, b, expected):
    assert differences(a, b) == expected


def test_what_differs_throughout_is_said_once():
    told = EVENING.format(who="Joss").replace("Abel took the lamp.", "the dog took the bone.")
    a = told + "".join(f"\n\nThe dog lay down by the {thing} and slept." for thing in "oar net fire door".split())
    tellings, alignment = judged(a, a.replace("dog", "cat"))
    assert len([each for each in alignment.differences if each.a.of(tellings[0].text) == "dog"]) == 1


def test_what_is_denied_is_a_contradiction():
    said = "The captain had seen the light on the rocks."
    (found,) = differences(said, "The captain had not seen the light on the rocks.")
    assert found[2:] == ("contradiction", "outcome")
    (found,) = differences(said, "The captain hadn't seen the light on the rocks.")
    assert "hadn't seen" in found[1]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("There were two boats in the harbour.", "There were 2 boats in the harbour."),
        ("He was sixty years old and deaf.", "He was threescore years old and deaf."),
        ("He was five-and-twenty and had no boat.", "He was twenty-five and had no boat."),
        ("He was three and twenty years old.", "He was three-and-twenty years old."),
        ("He had gone, had not Mr. Hoskyn called him back.", "He had gone, had Mr. Hoskyn not called him back."),
        ("They waited a fortnight for the wind.", "They waited two weeks for the wind."),
        ("They waited half an hour for the tide.", "They waited thirty minutes for the tide."),
        ("It was half past three by the clock.", "It was 3:30 by the clock."),
        ("It was about ten miles to the mill.", "It was twelve miles to the mill."),
        ("He would be back in a minute, she thought.", "He would be back in five minutes, she thought."),
        ("I have told you a hundred times not to.", "I have told you a thousand times not to."),
        ("Two or three boats lay on the sand.", "Three or four boats lay on the sand."),
        ("Three men and four women came ashore.", "Four women and three men came ashore."),
        ("It was the one she had always liked.", "It was the boat she had always liked."),
        ("She wore a grey hat with a feather.", "She wore a gray hat with a feather."),
        ("She wore a scarlet hat with a feather.", "She wore a red hat with a feather."),
        ("She spoke to Mr. White about the rope.", "She spoke to Mr. Black about the rope."),
        ("He began to shut the door of the store.", "He began to close the door of the store."),
        ("He left the tower at the turn of the tide.", "He quitted the tower at the turn of the tide."),
        ("Do you know the way to the mill?", "Don't you know the way to the mill?"),
        ("He would not eat until the boats were in.", "He would eat when the boats were in."),
        ("She was not alive when they found her.", "She was dead when they found her."),
        ("I do not think that he will come tonight.", "I think that he won't come tonight."),
        ("He didn't see the light on the rocks.", "He did not see the light on the rocks."),
        ("Thou hast a fair boat, said the old man.", "You have a fine boat, said the old man."),
        ("The very old keeper was quite tired.", "The quite aged keeper was very weary."),
        ("His sister kept the shop by the market.", "Her brother kept the shop by the market."),
        ("They may on the day be glad of it.", "They march on the day be glad of it."),
        ('"Look at the tide," cried Joss.', '"Look at the tide," laughed Joss.'),
        ("It was a big house with a slate roof.", "It was a large house with a slate roof."),
        ("They talked in the morning of the oil.", "They talked in the forenoon of the oil."),
    ],
)
def test_other_words_for_the_same_are_no_contradiction(a, b):
    assert differences(a, b) == []


def test_numbers_of_chapters_and_notes_are_no_contradiction():
    assert differences("Chapter 3", "Chapter 4") == []
    assert differences("He lit the lamp [3] and went up.", "He lit the lamp [7] and went up.") == []


def test_what_one_telling_is_not_sure_of_is_perception():
    found = differences(
        "The stranger by the boats wore perhaps a brown cap.", "The stranger by the boats wore a green cap."
    )
    assert [each[:3] for each in found] == [("brown", "green", "perception")]


def test_whom_one_viewpoint_does_not_see_is_perception():
    tellings, alignment = judged(KEEPER, OILMAN)
    (unseen,) = (each for each in alignment.differences if each.verdict == "perception")
    assert (unseen.a.of(tellings[0].text), unseen.b.of(tellings[1].text)) == ("voice", "I")
    assert unseen.subject == "speaker"
    found = differences("Somebody rang the bell of the old chapel.", "Joss rang the bell of the old chapel.")
    assert found == [("Somebody", "Joss", "perception", "presence")]


def test_a_voice_that_is_somebodys_is_no_perception():
    assert differences("His voice shook when he spoke of the brig.", "Joss shook when he spoke of the brig.") == []


def test_an_hour_and_two_are_a_contradiction_of_two_viewpoints():
    tellings, alignment = judged(KEEPER, OILMAN)
    (late,) = (each for each in alignment.differences if each.verdict == "contradiction")
    assert (late.a.of(tellings[0].text), late.b.of(tellings[1].text)) == ("an hour", "two hours")
    assert late.reason.endswith(".")
    assert 0 < late.confidence <= 1


def test_in_other_words_a_count_of_the_same_things_may_still_differ():
    a = "So at the end of it all the captain paid them fifty shillings, grumbling, for the boat."
    b = "Nobody remembered later why, but Hoskyn had them given eighty shillings that night."
    found = differences(a, b)
    assert found in ([], contradiction("fifty", "eighty", "number"))


EVENING = """Joss and Abel came up from the boats together.

"The tide is turning already," said Joss.

"Then we must have the nets in before dark," said Abel.

Joss took the oars and Abel took the lamp.

"There is somebody on the rocks," said {who}.

Abel looked at Joss for a long time.

"It is only a seal," said Joss.

"Seals do not carry umbrellas," said Abel.

They rowed home without another word."""


@pytest.mark.parametrize("stages", [pipeline.ALIGN_STAGES, pipeline.RULE_STAGES], ids=["words", "people"])
def test_another_speaker_is_a_contradiction(stages):
    tellings, alignment = judged(EVENING.format(who="Joss"), EVENING.format(who="Abel"), stages)
    (found,) = alignment.differences
    assert (found.a.of(tellings[0].text), found.b.of(tellings[1].text)) == ("Joss", "Abel")
    assert (found.verdict, found.subject) == ("contradiction", "speaker")


@pytest.mark.parametrize("stages", [pipeline.ALIGN_STAGES, pipeline.RULE_STAGES], ids=["words", "people"])
def test_a_new_name_for_the_same_part_is_a_proposal_and_no_contradiction(stages):
    renamed = EVENING.format(who="Joss").replace("Abel", "Walter")
    _, alignment = judged(EVENING.format(who="Joss"), renamed, stages)
    assert alignment.differences == ()
    assert {(each.a, each.b, each.kind) for each in alignment.people} == {
        ("Joss", "Joss", "same"),
        ("Abel", "Walter", "renamed"),
    }


@pytest.mark.parametrize("stages", [pipeline.ALIGN_STAGES, pipeline.RULE_STAGES], ids=["words", "people"])
def test_who_tells_one_of_them_is_matched_with_the_i(stages):
    told = EVENING.format(who="Joss")
    mine = told.replace("said Joss", "I said").replace("Abel looked at Joss", "Abel looked at me")
    mine = mine.replace("Joss and Abel came", "Abel and I came").replace("Joss took", "I took")
    _, alignment = judged(told, mine, stages)
    assert alignment.differences == ()
    assert ("Joss", "I", "narrator") in {(each.a, each.b, each.kind) for each in alignment.people}


def test_another_spelling_or_a_longer_name_is_no_contradiction():
    told = EVENING.format(who="Joss")
    for other in (told.replace("Abel", "Abell"), told.replace("said Abel.", "said Mr. Abel Hoskyn.")):
        assert judged(told, other)[1].differences == ()


def test_unrelated_texts_contradict_nothing_and_share_nobody():
    _, alignment = judged(KEEPER, MARKET)
    assert (alignment.differences, alignment.people) == ((), ())


LINES = st.sampled_from(
    [
        "Three boats lay on the sand.",
        "Two boats lay on the sand.",
        '"No," said Marta.',
        '"Yes," said Joss.',
        "The black cat had not seen the lamp.",
        "The white cat had seen the lamp.",
        "Marta met Joss at half past nine.",
        "He paid about ten shillings on Monday, at 9:45.",
        "Chapter 7",
        "...",
    ]
)
TEXTS = st.lists(LINES, max_size=9).map("\n\n".join)


@settings(deadline=None, max_examples=30)
@given(TEXTS)
def test_a_text_does_not_contradict_itself(text):
    assert judged(text, text)[1].differences == ()


@settings(deadline=None, max_examples=30)
@given(TEXTS, TEXTS)
def test_verdicts_are_mirrored_when_the_tellings_are(a, b):
    one, other = judged(a, b)[1], judged(b, a)[1]
    assert {(each.a, each.b, each.verdict, each.subject) for each in one.differences} == {
        (each.b, each.a, each.verdict, each.subject) for each in other.differences
    }


@settings(deadline=None, max_examples=30)
@given(TEXTS, TEXTS)
def test_every_difference_stands_in_a_link_and_is_in_order(a, b):
    _, alignment = judged(a, b)
    assert list(alignment.differences) == sorted(alignment.differences, key=lambda each: (each.a, each.b))
    for each in alignment.differences:
        assert any(
            any(span.holds(each.a) for span in link.a) and any(span.holds(each.b) for span in link.b)
            for link in alignment.links
        )
