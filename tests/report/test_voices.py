import re
from importlib.resources import files
from itertools import combinations

import numpy as np
import pytest

from fabula.report.voices import PALETTE, PAPER, css_colour, voices
from fabula.story import Story
from tests.builders import Said, people, telling
from tests.report.stories import both

# Sight: normal, protanopia, deuteranopia as matrices over linear RGB (Machado, Oliveira, Fernandes 2009, severity 1).
SIGHT = [
    np.eye(3),
    np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
]
# Linear RGB to OKLab (Ottosson 2020).
TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def linear(colour):
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(colour):
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def distance(one, other, sight):
    first, second = (TO_LAB @ np.cbrt(TO_LMS @ (sight @ linear(colour))) for colour in (one, other))
    return float(np.linalg.norm(first - second))


@pytest.mark.parametrize("mode", [0, 1])
def test_every_voice_can_be_read_on_the_paper(mode):
    assert min(contrast(pair[mode], PAPER[mode]) for pair in PALETTE) >= 4.5


@pytest.mark.parametrize("mode", [0, 1])
@pytest.mark.parametrize(
    ("sheet", "names", "least"),
    [
        ("shared.css", "ink soft faint accent cx cq", 4.5),
        ("parallels.css", "sign-wording k-event k-single k-moved k-contradiction k-perception", 4.5),
        ("parallels.css", "k-punctuation k-wording", 3),
    ],
)
def test_every_other_ink_can_be_read_on_the_paper(sheet, names, least, mode):
    style = (files("fabula.report") / "templates" / sheet).read_text(encoding="utf-8")
    root = style.split(":root {")[1 + mode].split("}")[0]
    inks = dict(re.findall(r"--([\w-]+): (#\w{6});", root))
    assert {name for name in names.split() if contrast(inks[name], PAPER[mode]) < least} == set()


@pytest.mark.parametrize("mode", [0, 1])
def test_voices_stay_apart_for_the_colour_blind(mode):
    for sight, least in zip(SIGHT, (0.1, 0.06, 0.06), strict=True):
        close = min(distance(a[mode], b[mode], sight) for a, b in combinations(PALETTE, 2))
        assert close >= least


def test_most_lines_come_first_over_all_tellings():
    found = voices(both())
    assert [voice.name for voice in sorted(found.values(), key=lambda voice: voice.number)] == [
        "Mara Quill",
        "Tobias Fenn",
        "Old Wren",
        "The gull",
    ]
    assert [css_colour(found[id]) for id in ("mara-quill", "tobias-fenn", "old-wren", "the-gull")] == [
        "c0",
        "c1",
        "c2",
        "cx",
    ]


def test_the_palette_ends_and_the_rest_share_one_colour():
    cast = people(*(f"P{at}" for at in range(len(PALETTE) + 2)))
    text = " ".join("“Yes.”" for _ in cast)
    found = voices(Story((telling(text, cast=cast, said=[Said("“Yes.”", person.id) for person in cast]),)))
    assert [voice.colour for voice in found.values()][-3:] == [len(PALETTE) - 1, None, None]
    assert css_colour(None) == "cq"


def test_a_long_name_is_shortened_to_an_alias_of_its_own():
    cast = people(
        "Lady Augusta Fortescue-Bland|Lady Fortescue|Augusta|Gus",
        "Sir Peregrine Fortescue-Bland|Fortescue",
        "Colonel Fortescue of the Guards|Fortescue",
    )
    found = voices(Story((telling("Nothing.", cast=cast),)))
    assert [voice.label for voice in found.values()] == [
        "Lady Fortescue",
        "Sir Peregrine Fortescue-Bland",
        "Colonel Fortescue of the Guards",
    ]
