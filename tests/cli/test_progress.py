import pytest

from fabula.cli.progress import SHARES, done, time_left
from fabula.pipeline import STAGES


def test_every_stage_has_its_share():
    assert len(SHARES) == len(STAGES)
    assert sum(SHARES) == 100


def test_work_counts_on_over_tellings():
    counted = [done(number) for number in range(1, 2 * len(STAGES) + 2)]
    assert counted[0] == 0
    assert counted[len(STAGES)] == 100
    assert counted[-1] == 200
    assert counted == sorted(counted)


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
