"""Where answers are given: each is written at once, and all that depends on it is decided again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from fabula.review.questions import DOUBTFUL, Question, questions
from fabula.store import Entry, add_correction, quoting, remove_correction
from fabula.story import CorrectionKind, Story

Decide = Callable[[Story], Story]
"""Decides a story again by the corrections that are written now."""


class _Done(NamedTuple):
    """What was done with one line.

    Attributes:
        question: the line.
        entry: what was written; None where the line was skipped.
    """

    question: Question
    entry: Entry | None


class Desk:
    """The story under review, the lines that are left, and what was done with the others.

    Args:
        story: with the layers of all stages.
        files: the corrections file of each telling.
        decide: decides the story again by what these files say.
        shared: for each telling, whether its file is that of other texts too.
        below: confidence below which a line is doubtful.
        at_least: words that must be affected.
    """

    def __init__(
        self,
        story: Story,
        files: Sequence[Path],
        decide: Decide,
        *,
        shared: Sequence[bool],
        below: float = DOUBTFUL,
        at_least: int = 1,
    ) -> None:
        self.story = story
        self.files = tuple(files)
        self._decide = decide
        self._shared = tuple(shared)
        self._below, self._at_least = below, at_least
        self._done: list[_Done] = []
        self._first: tuple[int, int] | None = None
        self.closed = False

    @property
    def decided(self) -> int:
        """How many lines were answered and not taken back."""
        return sum(done.entry is not None for done in self._done)

    @property
    def doubtful(self) -> int:
        """How many lines are doubtful now, those that were skipped included."""
        return len(self._questions())

    def _questions(self) -> tuple[Question, ...]:
        return questions(self.story, below=self._below, at_least=self._at_least)

    def left(self) -> tuple[Question, ...]:
        """Return the lines that are still to be asked, the next one first."""
        behind = {(done.question.telling, done.question.start) for done in self._done}
        open_ = [question for question in self._questions() if (question.telling, question.start) not in behind]
        return tuple(sorted(open_, key=lambda question: (question.telling, question.start) != self._first))

    def answer(self, question: Question, name: str | None) -> bool:
        """Write who speaks a line, and decide again.

        Args:
            question: one of those left.
            name: the speaker's; None where the words are no speech.

        Returns:
            False when no words tell the line from another: nothing is written then.

        Raises:
            ConfigError, OutputError: when the answer cannot be written.
        """
        telling = self.story.tellings[question.telling]
        pieces = telling.layer("utterances")[question.utterance].pieces
        kind: CorrectionKind = "not_speech" if name is None else "speaker"
        entry = quoting(telling, pieces, kind, name=name or "", only=self._shared[question.telling])
        if entry is None:
            return False
        add_correction(self.files[question.telling], entry)
        self._done.append(_Done(question, entry))
        self._first = None
        self.story = self._decide(self.story)
        return True

    def skip(self, question: Question) -> None:
        """Leave a line as it is."""
        self._done.append(_Done(question, None))
        self._first = None

    def close(self) -> None:
        """Ask no more. Nothing is lost: all answers are written."""
        self.closed = True

    def undo(self) -> bool:
        """Take back what was done last, so that its line comes next; False where nothing was done.

        Raises:
            ConfigError, OutputError: when the file was changed so that the answer cannot be taken back.
        """
        if not self._done:
            return False
        last = self._done[-1]
        if last.entry is not None:
            remove_correction(self.files[last.question.telling], last.entry)
            self.story = self._decide(self.story)
        self._done.pop()
        self._first = (last.question.telling, last.question.start)
        return True
