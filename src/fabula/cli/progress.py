"""How far a reading has come, on standard error. Loads rich, so it is imported where something is read."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

SHARES = (1, 3, 68, 8, 6, 7, 5, 2)
"""How much of the time of reading a long novel each stage of `fabula.pipeline` takes, per cent, as measured."""

ALIGN_SHARES = (8, 12, 30, 27, 23)
"""The same for what is read of it where it is only aligned."""
ALIGNING, ALIGNING_READ = 110, 6
"""What aligning two long novels takes, in parts of which reading one takes 100: as far as needed, or whole."""
Shares = Callable[[int], Sequence[int]]
"""How long each of so many steps takes, in parts of which one telling takes 100."""

_ENOUGH = 15


class _Left(ProgressColumn):
    """The time left, counting down: from how long the stages before this one took."""

    max_refresh = 0.5

    def render(self, task: Task) -> Text:
        return Text(time_left(task.completed, task.total or 0, task.fields["reached"], task.elapsed or 0))


def reading(steps: int) -> Sequence[int]:
    """Return the shares of all steps of reading some tellings."""
    return (SHARES * (steps // len(SHARES) + 1))[:steps]


def aligning(steps: int, *, every: bool = False) -> Sequence[int]:
    """Return the shares of all steps of aligning, from what is read for it to the last.

    Args:
        steps: of reading all tellings, and one of aligning them.
        every: whether every two are aligned, rather than each with the first.
    """
    read = (ALIGN_SHARES * (steps // len(ALIGN_SHARES) + 1))[: steps - 1]
    return (*read, ALIGNING * _alignments(len(read) // len(ALIGN_SHARES), every=every))


def reading_and_aligning(steps: int, *, every: bool = False) -> Sequence[int]:
    """Return the shares of all steps of aligning tellings that are read whole.

    Args:
        steps: of reading all tellings, and one of aligning them.
        every: whether every two are aligned, rather than each with the first.
    """
    read = reading(steps - 1)
    return (*read, ALIGNING_READ * _alignments(len(read) // len(SHARES), every=every))


def _alignments(tellings: int, *, every: bool) -> int:
    """Return how many alignments so many tellings make; one telling is aligned with itself, part by part."""
    return max(1, tellings * (tellings - 1) // 2 if every else tellings - 1)


@contextmanager
def progress(*, quiet: bool, shares: Shares = reading) -> Iterator[Callable[[str, float, int], None] | None]:
    """Show the stages on standard error while they run; nothing where that is no terminal.

    Args:
        quiet: show nothing anyway.
        shares: of the steps that will be told.

    Yields:
        What `api.read` takes as `progress`; None for silence.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description:<12}"), BarColumn(bar_width=28), TimeElapsedColumn(), _Left())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("opening", total=None, reached=0.0)

        def told(stage: str, number: float, of: int) -> None:
            elapsed = bar.tasks[0].elapsed or 0.0
            every = shares(of)
            bar.update(task, description=stage, completed=done(number, every), total=sum(every), reached=elapsed)

        yield told


def done(number: float, shares: Sequence[int]) -> float:
    """Return how much of the work lies before a step, in parts of which one telling takes 100.

    Args:
        number: of the step, from 1, counted on over several tellings; a fraction is the share of it that is done.
        shares: of all steps.
    """
    steps = math.floor(number) - 1
    return sum(shares[:steps]) + (number % 1) * sum(shares[steps : steps + 1])


def time_left(completed: float, total: float, reached: float, elapsed: float) -> str:
    """Say how long it will still take; nothing where too little is done to tell, or the end is near.

    Args:
        completed: work done before this stage.
        total: all work.
        reached: seconds from the start when this stage began.
        elapsed: seconds from the start.
    """
    if completed < _ENOUGH or not total:
        return ""
    seconds = reached * total / completed - elapsed
    if seconds < 2:
        return ""
    return f"about {seconds:.0f} s left" if seconds < 90 else f"about {seconds / 60:.0f} min left"
