from itertools import permutations

import pytest

import fabula
from fabula.errors import LayerMissingError
from fabula.spans import Span
from fabula.story import Alignment, Side, Story
from tests.tellings.evenings import (
    CHRONICLE,
    DREAMER,
    KEEPER,
    OILMAN,
    SKIPPER,
    Did,
    Says,
    event_of,
    named,
    person,
    story,
    told,
)


def plotted(*tellings):
    made = story(*tellings)
    return made, fabula.plot(made)


def sides(plot, event):
    return [plot.sides[each.side].name for each in event.witnesses]


def test_what_two_tell_in_the_same_words_is_one_event():
    made, plot = plotted(KEEPER, OILMAN)
    asked = event_of(made, plot, "Who is on the stair?")
    assert (asked.kind, asked.lemma, asked.doers, asked.others) == ("saying", "speech", ("marta",), ("joss",))
    assert sides(plot, asked) == ["keeper", "oilman"]
    assert sides(plot, event_of(made, plot, "trimmed the wick")) == ["keeper"]


def test_the_same_deed_of_he_and_i_is_one_event_and_they_are_one_person():
    made, plot = plotted(KEEPER, OILMAN)
    put = event_of(made, plot, "set the can")
    assert (put.lemma, put.doers, sides(plot, put)) == ("set", ("joss",), ["keeper", "oilman"])
    (joss,) = [each for each in plot.people if each.name == "Joss"]
    assert joss.characters == ((0, "joss"), (1, "narrator"))


def test_an_event_seen_in_one_telling_is_told_by_the_words_of_the_other_too():
    made, plot = plotted(KEEPER, OILMAN)
    wiped = next(each for each in plot.events if each.lemma == "wipe")
    assert [each.span.of(made.tellings[each.side].text) for each in wiped.witnesses] == ["wiped", "wiped"]
    assert wiped.doers == ("joss",)


def test_three_tellings_meet_in_what_all_three_tell():
    made, plot = plotted(KEEPER, OILMAN, SKIPPER)
    late = event_of(made, plot, "You are late")
    assert sides(plot, late) == ["keeper", "oilman", "skipper"]
    before = plot.before([late.id])
    assert {event_of(made, plot, words).id for words in ("cursed", "Only Joss", "reached")} <= before
    assert event_of(made, plot, "trimmed").id not in before


def test_what_one_alone_tells():
    _, plot = plotted(KEEPER, OILMAN, SKIPPER)
    alone = [[each.lemma for each in plot.alone(side)] for side in range(3)]
    assert alone[0][-1] == "trim"
    assert alone[1][:2] == ["meet", "talk"]
    assert {"curse", "laugh"} <= set(alone[2])


def test_what_is_told_elsewhere_in_the_past_perfect_is_the_memory():
    _, plot = plotted(DREAMER, CHRONICLE)
    burned = next(each for each in plot.events if each.lemma == "blaze")
    assert [(plot.sides[each.side].name, each.displaced) for each in burned.witnesses] == [
        ("dreamer", True),
        ("chronicle", False),
    ]
    sat = next(each for each in plot.events if each.lemma == "sit")
    assert burned.id in plot.before([sat.id])
    assert not any(each.displaced for each in sat.witnesses)


def test_others_who_do_the_same_keep_events_apart():
    text = "It rained.\n\n{} opened the wooden gate by the river and shouted loudly over the water.\n\nNobody came."
    cast = (person("Vera"), person("Ulf"))
    tellings = [
        told(who, text.format(who), cast, Did("opened", "open", who.casefold(), named=True))
        for who in ("Vera", "Ulf")
    ]
    made, plot = plotted(*tellings)
    assert made.alignments[0].links
    assert [each.doers for each in plot.events if each.lemma == "open"] == [("vera",), ("ulf",)]


def test_a_speaker_of_whom_both_are_sure_keeps_sayings_apart():
    text = 'It rained.\n\n"The gate is open and the river is rising," said {}.\n\nNobody came.'
    words, cast = '"The gate is open and the river is rising,"', (person("Vera"), person("Ulf"))

    def plot_of(sure):
        tellings = [
            told(who, text.format(who), cast, Says(words, who.casefold(), (), (), {"confidence": sure}))
            for who in ("Vera", "Ulf")
        ]
        return plotted(*tellings)[1]

    assert [each.doers for each in plot_of(0.95).events] == [("vera",), ("ulf",)]
    assert [len(each.witnesses) for each in plot_of(0.5).events] == [2]


def test_who_has_two_names_is_two_people():
    text = 'It rained.\n\n"The gate is open," said {0}.\n\n"The river is rising," said {0}.'
    tellings = [
        told(
            who,
            text.format(who),
            (person(who),),
            *(Says(words, who.casefold()) for words in ('"The gate is open,"', '"The river is rising,"')),
        )
        for who in ("Vera", "Ulf")
    ]
    _, plot = plotted(*tellings)
    assert sorted(each.name for each in plot.people) == ["Ulf", "Vera"]


def test_two_narrators_are_not_one_for_being_narrators():
    _, plot = plotted(OILMAN, told("other", "I slept all day.", OILMAN.layer("characters"), Did("slept", "sleep")))
    assert [each.characters for each in plot.people if each.name == "the narrator"] == [
        ((0, "narrator"),),
        ((1, "narrator"),),
    ]
    assert len({each.id for each in plot.people}) == len(plot.people)


def test_a_saying_that_speaks_of_an_earlier_event_reports_it():
    made, plot = plotted(KEEPER, OILMAN)
    met, says = (
        event_of(made, plot, "I met the priest on the causeway, in"),
        event_of(made, plot, '"I met the priest'),
    )
    assert plot.reports == ((says.id, met.id),)


def test_a_verb_of_speech_beside_its_words_is_no_event_of_its_own():
    text = '"Row," said Vera.\n\nVera said no more.'
    one = told(
        "one", text, (person("Vera"),), Says('"Row,"', "vera"), Did("said", "say", "vera"), Did("said", "say", "vera")
    )
    _, plot = plotted(one)
    assert [(each.kind, each.lemma) for each in plot.events] == [("saying", "speech"), ("happening", "say")]


def test_one_telling_is_a_story_too():
    _, plot = plotted(KEEPER)
    assert [each.after for each in plot.events] == [(), *((number,) for number in range(len(plot.events) - 1))]
    assert [side.name for side in plot.sides] == ["keeper"]


def test_tellings_that_share_nothing_stand_one_after_the_other():
    other = told("other", "A camel ate the policeman's hat in Quill Street.", (), Did("ate", "eat"))
    _, plot = plotted(KEEPER, other)
    assert all(len(each.witnesses) == 1 for each in plot.events)
    assert plot.events[-1].after == ()


def test_parts_of_one_text_are_its_sides_and_what_is_left_over_is_one_if_it_tells_any():
    text = "Vera rowed home.\n\nVera rowed home.\n\nUlf slept."
    whole = told(
        "both",
        text,
        (person("Vera"), person("Ulf")),
        Did("rowed", "row", "vera"),
        Did("rowed", "row", "vera"),
        Did("slept", "sleep", "ulf"),
    )
    halves = Side(0, "both: 1", (Span(0, 16),)), Side(0, "both: 2", (Span(18, 34),))
    plot = fabula.plot(Story((whole,), (Alignment(*halves, (), (), ()),)))
    assert [side.name for side in plot.sides] == ["both: 1", "both: 2", "both"]
    assert [each.lemma for each in plot.alone(2)] == ["sleep"]


@pytest.mark.parametrize("tellings", [(KEEPER, OILMAN, SKIPPER), (DREAMER, CHRONICLE), (CHRONICLE, KEEPER, DREAMER)])
def test_every_event_has_a_witness_and_comes_after_what_it_follows(tellings):
    made, plot = plotted(*tellings)
    seen = set()
    for number, event in enumerate(plot.events):
        assert event.id == number
        assert event.witnesses
        assert len(set(event.sides)) == len(event.sides)
        assert all(before < event.id for before in event.after)
        seen |= {(each.side, each.span) for each in event.witnesses}
    for side, telling in enumerate(made.tellings):
        said = {(side, each.pieces[0]) for each in telling.layer("utterances")}
        assert said <= seen
    assert len(seen) == sum(len(event.witnesses) for event in plot.events)


@pytest.mark.parametrize("tellings", [(KEEPER, OILMAN, SKIPPER), (DREAMER, CHRONICLE)])
def test_it_does_not_matter_which_telling_is_named_first(tellings):
    found = []
    for chosen in permutations(tellings):
        made, plot = plotted(*chosen)
        names = {event.id: named(plot, made, event) for event in plot.events}
        found.append(
            (
                sorted(names.values()),
                sorted((names[before], names[event.id]) for event in plot.events for before in event.after),
                sorted((names[event.id], event.doers, event.others, event.linked) for event in plot.events),
                sorted(
                    (names[event.id], plot.sides[each.side].name)
                    for event in plot.events
                    for each in event.witnesses
                    if each.displaced
                ),
                sorted((names[saying], names[event]) for saying, event in plot.reports),
            )
        )
    assert all(each == found[0] for each in found)


def test_a_telling_that_was_not_read_whole_is_refused():
    with pytest.raises(LayerMissingError, match="'story' needs the layer 'events'"):
        fabula.plot(Story((KEEPER.without("events"),)))
