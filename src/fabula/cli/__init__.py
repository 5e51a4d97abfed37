"""The command line: one file a command, listed here; each parses, calls `fabula.api`, and shows."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from fabula.cli import cast, demo, export, read, report, verify
from fabula.errors import FabulaError, IntegrityError

app = typer.Typer(
    name="fabula",
    help="Read fiction and rebuild the story behind it: who is in it, and who says what to whom.",
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("read")(read.read)
app.command("cast")(cast.cast)
app.command("report")(report.report)
app.command("export")(export.export)
app.command("verify")(verify.verify)
app.command("demo")(demo.demo)


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
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    words = [word for word in given if word != "--debug"]
    sys.exit(run(words, debug=debug))


def run(words: list[str], *, debug: bool) -> int:
    """Run one command line and return its exit code; errors are told on standard error in one line.

    Args:
        words: command and options.
        debug: let errors through as tracebacks.
    """
    command = typer.main.get_command(app)
    try:
        with command.make_context("fabula", list(words) or ["--help"]) as context:
            command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except (typer.Abort, EOFError, KeyboardInterrupt):
        return _tell("stopped; nothing was written", 130)
    except BrokenPipeError:
        # The reader of our output has gone (`fabula export … | head`): nothing is wrong.
        sys.stdout = None
    except typer.TyperException as error:
        return _tell(_usage(error), 2)
    except Exception as error:
        if debug:
            raise
        return _explain(error)
    return 0


def _usage(error: typer.TyperException) -> str:
    """Say what is wrong with a command line, and which help tells more."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "fabula"
    said = error.format_message()
    return f"{said}{'' if said.endswith(('.', '?')) else '.'} {command} --help shows how"


def _explain(error: Exception) -> int:
    if isinstance(error, FabulaError) and not isinstance(error, IntegrityError):
        return _tell(str(error), 2)
    if isinstance(error, MemoryError):
        return _tell("not enough memory for this text. Read it in parts", 2)
    return _tell(f"a defect of Fabula, please report it: {type(error).__name__}: {error}. --debug shows where", 3)


def _tell(message: str, code: int) -> int:
    one_line = " ".join(message.split())
    typer.echo(f"{typer.style('fabula:', fg='red', bold=True)} {one_line}", err=True)
    return code
