"""The command line: one file a command, listed here; each parses, calls `fabula.api`, and shows."""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand

from fabula.cli import align, cast, demo, export, read, report, review, story, streams, verify
from fabula.errors import FabulaError, IntegrityError


class _Command(TyperCommand):
    """A command whose help names what it takes as manuals do, `FILE...`, and not by types of Python."""

    def get_help(self, ctx: Any) -> str:
        """Return the help of the command."""
        shown = re.sub(r"\{(\w+)\}", r"\1", super().get_help(ctx))
        return re.sub(r"(?<=\w) <list\[str\]>", lambda kind: " " * len(kind[0]), shown)


app = typer.Typer(
    name="fabula",
    help="Read fiction and rebuild the story behind it: who is in it, and who says what to whom.",
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("read", cls=_Command)(read.read)
app.command("cast", cls=_Command)(cast.cast)
app.command("align", cls=_Command)(align.align)
app.command("story", cls=_Command)(story.story)
app.command("review", cls=_Command)(review.review)
app.command("report", cls=_Command)(report.report)
app.command("export", cls=_Command)(export.export)
app.command("verify", cls=_Command)(verify.verify)
app.command("demo", cls=_Command)(demo.demo)


def _show_version(wanted: bool) -> None:
    if wanted:
        from fabula import __version__

        typer.echo(f"fabula {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(False, "--version", help="Show the version.", callback=_show_version, is_eager=True),
    debug: bool = typer.Option(False, "--debug", help="Show where in the program an error arose (any position)."),
) -> None:
    """Hold the options that stand before any command."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 2 bad input or usage, 3 a defect of Fabula, 130 stopped by Ctrl-C.

    Args:
        arguments: the words after `fabula`; None takes those of the process.
    """
    streams.prepare()
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    words = [word for word in given if word != "--debug"]
    sys.exit(run(words, debug=debug))


def run(words: list[str], *, debug: bool) -> int:
    """Run one command line and return its exit code; errors are told on standard error in one line.

    Args:
        words: command and options; none show the help.
        debug: show the traceback of an error before its line.
    """
    # Not by calling `app`, which would keep interrupts and broken pipes to itself.
    command = typer.main.get_command(app)
    try:
        with command.make_context("fabula", words or ["--help"]) as context:
            command.invoke(context)
        sys.stdout.flush()
        return 0
    except typer.Exit as stop:
        return stop.exit_code
    except KeyboardInterrupt:
        return _tell("stopped; no file is half-written", 130)
    except BrokenPipeError:
        # The reader of our output has gone (`fabula export … | head`): nothing is wrong.
        streams.give_up_output()
        return 0
    except Exception as error:
        if debug:
            traceback.print_exception(error)
        return _explain(error)
    return 0


def _explain(error: Exception) -> int:
    """Tell an error in one line and return the exit code."""
    if isinstance(error, FabulaError) and not isinstance(error, IntegrityError):
        return _tell(str(error), 2)
    if isinstance(error, typer.TyperException):
        context = getattr(error, "ctx", None)
        asked = context.command_path if context else "fabula"
        return _tell(f"{error.format_message().removesuffix('.')} (see {asked} --help)", 2)
    if isinstance(error, MemoryError):
        return _tell("not enough memory for this text. Read it in parts", 2)
    if isinstance(error, OSError) and error.filename is None:
        # Files are read and written where their errors get names; what is left is standard output.
        streams.give_up_output()
        return _tell(
            f"the output cannot be written ({error.strerror or error}). Make room, or write to a file with -o", 2
        )
    return _tell(f"a defect of Fabula, please report it: {type(error).__name__}: {error}. --debug shows where", 3)


def _tell(message: str, code: int) -> int:
    streams.say(f"fabula: {message}")
    return code
