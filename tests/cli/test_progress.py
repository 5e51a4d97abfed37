import pytest

from fabula import api
from fabula.cli.progress import (
    ALIGN_SHARES,
    ALIGNING,
    ALIGNING_READ,
    SHARES,
    aligning,
    done,
    reading,
    reading_and_aligning,
    time_left,
)
from fabula.pipeline import RULE_STAGES, STAGES
from tests.tellings.small import KEEPER, OILMAN


@pytest.mark.parametrize(("shares", "stages"), [(SHARES, STAGES), (ALIGN_SHARES, RULE_STAGES)])
def test_every_stage_has_its_share(shares, stages):
    assert len(shares) == len(stages)
    assert sum(shares) == 100


def test_work_counts_on_over_tellings():
    every = reading(2 * len(STAGES))
    counted = [done(number, every) for number in range(1, len(every) + 2)]
    assert counted[0] == 0
    assert counted[len(STAGES)] == 100
    assert counted[-1] == 200
    assert counted == sorted(counted)


def test_aligning_is_the_last_step():
    assert sum(aligning(2 * len(RULE_STAGES) + 1)) == 200 + ALIGNING
    assert sum(reading_and_aligning(2 * len(STAGES) + 1)) == 200 + ALIGNING_READ
    assert done(11.5, aligning(11)) == 200 + ALIGNING / 2


def test_every_alignment_of_many_tellings_counts():
    assert aligning(4 * len(RULE_STAGES) + 1)[-1] == 3 * ALIGNING
    assert aligning(4 * len(RULE_STAGES) + 1, every=True)[-1] == 6 * ALIGNING
    assert reading_and_aligning(4 * len(STAGES) + 1, every=True)[-1] == 6 * ALIGNING_READ
    assert aligning(len(RULE_STAGES) + 1)[-1] == aligning(1)[-1] == ALIGNING


@pytest.mark.parametrize("whole", [False, True])
def test_every_step_of_aligning_is_told_and_counts_on(tmp_path, whole):
    for name, text in (("a.txt", KEEPER), ("b.txt", OILMAN)):
        (tmp_path / name).write_text(text, "utf-8")
    told = []
    api.align(tmp_path / "a.txt", tmp_path / "b.txt", whole=whole, progress=lambda *step: told.append(step))
    shares = reading_and_aligning if whole else aligning
    work = [done(number, shares(of)) for _, number, of in told]
    assert work == sorted(work)
    steps = 2 * len(STAGES if whole else RULE_STAGES) + 1
    assert told[-1] == ("aligning", steps + 1, steps)
    assert {of for *_, of in told} == {steps}


@pytest.mark.parametrize(
    ("completed", "reached", "elapsed", "told"),
    [
        (5, 1, 2, ""),
        (20, 10, 10, "about 40 s left"),
        (20, 10, 25, "about 25 s left"),
        (20, 10, 60, ""),
        (20, 60, 60, "about 4 min left"),
        (100, 10, 10, ""),
    ],
)
def test_the_time_left_counts_down(completed, reached, elapsed, told):
    assert time_left(completed, 100, reached, elapsed) == told
