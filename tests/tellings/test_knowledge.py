import pytest

import fabula
from fabula.story import Scene
from tests.tellings.evenings import KEEPER, OILMAN, SKIPPER, Did, Says, event_of, person, story, told

ISLAND = """Vera rowed to the island and buried the box.

* * *

Ulf mended the roof. Berit watched him.

"Vera buried the box," said Ulf.

Berit laughed. Ulf climbed down.

* * *

Vera drowned the cat."""

CAST = (person("Vera"), person("Ulf"), person("Berit"))
HEARD = '"Vera buried the box,"'
WHAT = (
    Did("rowed", "row", "vera", named=True),
    Did("buried", "bury", "vera"),
    Did("mended", "mend", "ulf", named=True),
    Did("watched", "watch", "berit", "ulf", named=True),
    Says(HEARD, "ulf", ("berit",), (Did("buried", "bury", "vera"),)),
    Did("laughed", "laugh", "berit", named=True),
    Did("climbed", "climb", "ulf", named=True),
    Did("drowned", "drown", "vera", named=True),
)


def island(**more):
    said = Says(HEARD, "ulf", ("berit",), (Did("buried", "bury", "vera"),), {"confidence": 0.9, **more})
    return story(told("island", ISLAND, CAST, *(said if isinstance(each, Says) else each for each in WHAT)))


def grounds(made, name, at=None):
    plot = fabula.plot(made)
    known = fabula.knows(made, name, at, plot=plot).known
    return {plot.events[each.event].lemma: each.grounds for each in known}


def test_who_acts_takes_part_and_who_is_there_between_is_a_witness():
    assert grounds(island(), "Ulf") == {
        "row": "no sign",
        "bury": "speaks of it",
        "mend": "took part",
        "watch": "took part",
        "speech": "took part",
        "laugh": "was there",
        "climb": "took part",
        "drown": "no sign",
    }


def test_who_hears_of_something_was_told_by_that_saying():
    made = island()
    plot = fabula.plot(made)
    (heard,) = [each for each in fabula.knows(made, "berit").known if each.grounds == "was told"]
    assert plot.events[heard.event].lemma == "bury"
    assert heard.saying == event_of(made, plot, HEARD).id
    assert heard.confidence == 0.9


def test_who_comes_later_or_leaves_earlier_was_not_there():
    found = grounds(island(), "Berit")
    assert found["mend"] == found["climb"] == "no sign"
    assert found["laugh"] == "took part"


def test_what_is_only_thought_reaches_nobody():
    found = grounds(island(kind="thought", channel="thought"), "Berit")
    assert found["thought"] == found["bury"] == "no sign"


def test_a_caller_hears_but_sees_nothing():
    text = 'Ulf sat down.\n\n"Come home," said Vera.\n\nUlf wept.\n\n"Now," said Vera.'
    phone = {"channel": "phone", "confidence": 0.9}
    made = story(
        told(
            "call",
            text,
            CAST,
            Did("sat", "sit", "ulf", named=True),
            Says('"Come home,"', "vera", ("ulf",), (), phone),
            Did("wept", "weep", "ulf", named=True),
            Says('"Now,"', "vera", ("ulf",), (), phone),
        )
    )
    assert grounds(made, "Vera") == {"sit": "no sign", "speech": "took part", "weep": "no sign"}


def test_whose_viewpoint_it_is_sees_the_whole_scene():
    (telling,) = island().tellings
    scenes = telling.layer("scenes")
    seen = tuple(Scene(each.span, each.chapter, "Ulf", each.opening) for each in scenes[:1]) + scenes[1:]
    made = story(telling.with_layer("scenes", seen, telling.layers["scenes"].made_by))
    assert grounds(made, "Ulf")["row"] == "was there"


def test_only_what_comes_before_the_place_counts():
    assert set(grounds(island(), "Ulf", "Berit laughed")) == {"row", "bury", "mend", "watch", "speech"}
    assert grounds(island(), "Berit", "Vera rowed") == {}


def test_of_what_another_telling_tells_at_an_unknown_time_nothing_is_said():
    made = story(KEEPER, OILMAN, SKIPPER)
    plot = fabula.plot(made)
    known = fabula.knows(made, "Marta", "You are late", plot=plot)
    assert {plot.events[each].lemma for each in known.unordered} == set()
    known = fabula.knows(made, "Marta", "keeper:Who is on the stair", plot=plot)
    late = event_of(made, plot, "You are late").id
    assert {plot.events[each].lemma for each in known.unordered} == {"come", "curse", "light"}
    assert late not in {each.event for each in known.known}


@pytest.mark.parametrize("name", ["Marta", "Joss", "Hanne"])
def test_everything_before_a_place_is_known_or_not(name):
    made = story(KEEPER, OILMAN, SKIPPER)
    plot = fabula.plot(made)
    known = fabula.knows(made, name, plot=plot)
    assert [each.event for each in known.known] == list(range(len(plot.events)))
    for each in known.known:
        if name.casefold() in plot.events[each.event].doers:
            assert each.grounds == "took part"
        assert (each.saying is None) == (each.grounds not in ("was told", "speaks of it"))
