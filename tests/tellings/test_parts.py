from fabula.tellings import find_parts
from tests.tellings.small import KEEPER, MARKET, OILMAN, read


def names(text):
    return [side.name for side in find_parts([read(text)], 0)]


def test_viewpoint_headings_over_the_same_events_are_parts():
    text = f"[Marta's Point Of View]\n\n{KEEPER}\n\n[Joss's Point Of View]\n\n{OILMAN}"
    assert names(text) == ["tale: Marta", "tale: Joss"]


def test_viewpoints_that_tell_other_things_are_no_parts():
    assert names(f"[Marta's Point Of View]\n\n{KEEPER}\n\n[Abel's Point Of View]\n\n{MARKET}") == ["tale"]


def test_alternate_chapters_are_gathered_by_viewpoint():
    halves = [text.split("\n\n") for text in (KEEPER, OILMAN)]
    blocks = []
    for cut in (slice(0, 4), slice(4, None)):
        for who, half in zip(("Marta", "Joss"), halves, strict=True):
            blocks += [f"[{who}'s Point Of View]", *half[cut]]
    sides = find_parts([read("\n\n".join(blocks))], 0)
    assert [(side.name, len(side.parts)) for side in sides] == [("tale: Marta", 2), ("tale: Joss", 2)]


def test_dialogue_that_returns_after_a_break_makes_two_parts():
    said = [f'"Then we shall take the {thing} to Arden before dark."' for thing in "oil can rope lamp net".split()]
    first = "\n\n".join(["The tide was low.", *said])
    second = "\n\n".join(["I had not slept.", *said])
    text = f"{first}\n\n* * *\n\n{second}"
    sides = find_parts([read(text)], 0)
    assert [side.name for side in sides] == ["tale: 1", "tale: 2"]
    assert sides[0].parts[0].end == sides[1].parts[0].start


def test_a_text_told_once_is_one_part():
    (side,) = find_parts([read(KEEPER)], 0)
    assert side.parts == (read(KEEPER).whole,)
