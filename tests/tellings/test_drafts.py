import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.story import Side
from fabula.tellings import align_parts, find_changes
from tests.tellings.small import KEEPER, MARKET, read

BEES = """Old Hester kept bees on the roof of the chapel, and on Sundays she sang to them in a thin cracked voice.

Nobody had ever asked her why."""
FERRY = """The ferry came in at noon with three sheep and a piano.

"Mind the legs," said the captain, and nobody knew which legs he meant."""
ROAD = """Rain had washed the road away at Culver Bend.

The carter turned his horse and swore at the hills for an hour."""
LETTER = "A letter lay under the door. It was from the bishop, and it smelled of camphor and old apples."
SCENES = (KEEPER, MARKET, BEES, FERRY, ROAD, LETTER)


def book(*chapters):
    return "\n\n".join(f"Chapter {n}\n\n" + "\n\n* * *\n\n".join(scenes) for n, scenes in enumerate(chapters, 1))


def changes(old, new):
    tellings = read(old, "old"), read(new, "new")
    a, b = (Side(number, telling.name, (telling.whole,)) for number, telling in enumerate(tellings))
    return find_changes(tellings, align_parts(tellings, a, b))


def told(found):
    """Return fate and places of each: chapter, or chapter and scene."""

    def places(parts):
        return [part.chapter if part.scene is None else (part.chapter, part.scene) for part in parts]

    return [(change.fate, change.moved, places(change.a), places(change.b)) for change in found]


def test_a_draft_is_the_same_as_itself():
    draft = book((KEEPER, BEES), (MARKET,))
    found = changes(draft, draft)
    assert told(found.chapters) == [("same", False, [1], [1]), ("same", False, [2], [2])]
    assert [fate for fate, *_ in told(found.scenes)] == ["same"] * 3
    assert sum(change.lost + change.gained for change in (*found.chapters, *found.scenes)) == 0


def test_what_is_cut_added_and_moved_is_told_by_scene_and_chapter():
    found = changes(book((KEEPER, BEES), (MARKET,), (FERRY, ROAD)), book((KEEPER,), (FERRY, ROAD, LETTER), (MARKET,)))
    assert told(found.chapters) == [
        ("reworded", False, [1], [1]),
        ("same", True, [2], [3]),
        ("reworded", False, [3], [2]),
    ]
    assert told(found.scenes) == [
        ("same", False, [(1, 1)], [(1, 1)]),
        ("cut", False, [(1, 2)], []),
        ("same", True, [(2, 1)], [(3, 1)]),
        ("same", False, [(3, 1)], [(2, 1)]),
        ("same", False, [(3, 2)], [(2, 2)]),
        ("added", False, [], [(2, 3)]),
    ]
    cut, added = found.scenes[1], found.scenes[5]
    assert (cut.lost, cut.gained, cut.share) == (28, 0, 1.0)
    assert (added.lost, added.gained) == (0, 19)


def test_rewording_is_counted_in_words():
    found = changes(book((KEEPER, BEES)), book((KEEPER.replace("an hour ago", "two long hours ago"), BEES)))
    (scene,) = (change for change in found.scenes if change.fate == "reworded")
    assert (scene.lost, scene.gained) == (2, 3)
    assert scene.share == pytest.approx(5 / (scene.a[0].words + scene.b[0].words))


def test_marks_and_order_are_no_rewording():
    marks = changes(book((KEEPER, BEES)), book((KEEPER, BEES.replace("chapel, and", "chapel; and"))))
    assert [change.fate for change in marks.scenes] == ["same", "punctuation"]
    lines = ROAD.split("\n\n")
    order = changes(book((KEEPER, ROAD)), book((KEEPER, "\n\n".join(reversed(lines)))))
    assert [change.fate for change in order.scenes] == ["same", "reordered"]


def test_scenes_split_and_merged_belong_together():
    whole, split = book((f"{BEES}\n\n{FERRY}", KEEPER)), book((BEES, FERRY, KEEPER))
    assert told(changes(whole, split).scenes)[0] == ("split", False, [(1, 1)], [(1, 1), (1, 2)])
    assert told(changes(split, whole).scenes)[0] == ("merged", False, [(1, 1), (1, 2)], [(1, 1)])


def test_a_new_number_over_a_chapter_is_no_change_of_it():
    found = changes(book((KEEPER,), (MARKET,)), book((LETTER,), (KEEPER,), (MARKET,)))
    assert told(found.chapters) == [
        ("added", False, [], [1]),
        ("same", False, [1], [2]),
        ("same", False, [2], [3]),
    ]


def test_texts_with_nothing_in_common_are_cut_and_added():
    found = changes(KEEPER, MARKET)
    assert {change.fate for change in found.scenes} == {"added", "cut"}


@settings(deadline=None, max_examples=25)
@given(st.permutations(SCENES), st.lists(st.sampled_from(SCENES), max_size=4))
def test_every_part_of_either_draft_stands_once(order, scenes):
    found = changes(book(order[:2], order[2:]), book(scenes) if scenes else "")
    for level, count in ((found.chapters, 2), (found.scenes, len(order))):
        assert sum(len(change.a) for change in level) == count
        spans = [part.span for change in level for part in change.b]
        assert len(spans) == len(set(spans)) == (0 if not scenes else 1 if level is found.chapters else len(scenes))
        for change in level:
            assert 0 <= change.lost <= sum(part.words for part in change.a)
            assert 0 <= change.gained <= sum(part.words for part in change.b)
