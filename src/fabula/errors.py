"""Every error Fabula raises on purpose.

    FabulaError                 something the user can act on; exit code 2
    ├── InputError              a text that cannot be read: which file, what is wrong, what to do
    ├── ConfigError             a fabula.toml or corrections.toml that cannot be understood
    ├── OutputError             a place that cannot be written: permission, disk full, a folder
    ├── StoryFileError          a .fabula file that is damaged, foreign or newer than this program
    ├── WeightsError            the network's files are missing or not the ones that were trained
    ├── LayerMissingError       a layer was asked for that no stage has written
    └── IntegrityError          words were lost or doubled: a defect of Fabula, never of the text

Each message says what happened, to which file and place, and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable


class FabulaError(Exception):
    """Base of all errors that are reported in one line, without a traceback.

    Args:
        what: what happened, as a sentence without its full stop.
        where: the file (and place in it) concerned; None where there is none.
        advice: what the user can do; None where nothing helps.
    """

    def __init__(self, what: str, *, where: str | None = None, advice: str | None = None) -> None:
        self.what, self.where, self.advice = what, where, advice
        head = f"{where}: {what}" if where else what
        super().__init__(f"{head}. {advice}" if advice else head)


class InputError(FabulaError):
    """A text that cannot be read."""


class ConfigError(FabulaError):
    """A settings or corrections file that cannot be understood."""


class OutputError(FabulaError):
    """A result that cannot be written."""


class StoryFileError(FabulaError):
    """A story file that cannot be opened."""


class WeightsError(FabulaError):
    """Files of the network that are missing or not the ones that were trained."""


class LayerMissingError(FabulaError):
    """A layer that no stage has written yet.

    Args:
        layer: the layer asked for.
        present: the layers the telling has.
        wanted_by: the stage or command that needs it.
    """

    def __init__(self, layer: str, present: Iterable[str], *, wanted_by: str | None = None) -> None:
        self.layer, self.present = layer, tuple(present)
        who = f"'{wanted_by}' needs" if wanted_by else "something asked for"
        super().__init__(
            f"{who} the layer '{layer}'; this telling has {', '.join(self.present) or 'none'}",
            advice="Run the stage that gives it first",
        )


class IntegrityError(FabulaError):
    """Words of the text were lost, doubled or moved."""
