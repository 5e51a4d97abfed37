"""`fabula review`: the doubtful lines, one by one; each answer goes to corrections.toml at once."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.common import Quiet, Texts, is_story_file, show, story_of
from fabula.cli.streams import say
from fabula.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fabula.review import Desk, Keeping, Question
    from fabula.story import Character

_KEYS = "n name, s skip, x not speech, u undo, q quit"


def review(
    texts: Texts,
    below: Annotated[
        float,
        typer.Option("--below", metavar="CONFIDENCE", help="Ask about lines less sure than this.", min=0, max=1),
    ] = 0.5,
    at_least: Annotated[
        int, typer.Option("--at-least", metavar="WORDS", help="Pass over what affects fewer words.", min=1)
    ] = 1,
    quiet: Quiet = False,
) -> None:
    """Decide the doubtful lines, weightiest first."""
    from fabula import api
    from fabula.errors import ConfigError
    from fabula.output import check_writable
    from fabula.review import Desk, keepings

    if "-" in texts:
        raise ConfigError("answers come from standard input, so a text cannot", advice="Give the text as a file")
    opened = len(texts) == 1 and is_story_file(texts[0])
    story = story_of(texts, quiet=quiet)
    kept = keepings(story, texts, opened=opened)
    files = [keeping.file for keeping in kept]
    for file in files:
        check_writable(file)
    if opened:
        # The story file knows only the answers that were there when it was made.
        story = api.decide_again(story, files)
    desk = Desk(
        story,
        files,
        lambda told: api.decide_again(told, files),
        shared=[keeping.shared for keeping in kept],
        below=below,
        at_least=at_least,
    )
    try:
        _walk(desk)
    finally:
        if not quiet:
            _tell(desk, kept, texts[0] if opened else "")


def _walk(desk: Desk) -> None:
    """Ask about one line after the other until none is left or the author has enough."""
    while left := desk.left():
        people = _shown(desk, left)
        while not _answered(desk, left[0], people):
            pass
        if desk.closed:
            return


def _shown(desk: Desk, left: Sequence[Question]) -> tuple[Character, ...]:
    """Show the next line and return who may speak it, in the order of their numbers."""
    from fabula.report.asking import asking
    from fabula.report.voices import voices
    from fabula.review import candidates

    question = left[0]
    telling = desk.story.tellings[question.telling]
    people = candidates(telling, question.utterance)
    show(lambda _: asking(telling, question, people, voices(desk.story), left=len(left)))
    return people


def _answered(desk: Desk, question: Question, people: Sequence[Character]) -> bool:
    """Ask once, and do what the answer says; False where it is to be asked again."""
    said = desk.story.tellings[question.telling].layer("utterances")[question.utterance]
    accept = "Enter yes, " if said.speaker else ""
    number = f"1-{len(people)} choose, " if people else ""
    answer = _ask(f"[{accept}{number}{_KEYS}] ")
    key, _, rest = ("q" if answer is None else answer).partition(" ")
    match key.lower():
        case "q":
            desk.close()
            return True
        case "s":
            desk.skip(question)
            return True
        case "u":
            return _undone(desk)
        case "x":
            return _written(desk, question, None)
        case "n":
            who = _named(desk, question, rest.strip())
            return who is not None and _written(desk, question, who)
    who = _chosen(desk, question, people, key)
    return who is not None and _written(desk, question, who)


def _ask(prompt: str) -> str | None:
    """Return one line of input; None where the input has ended."""
    from fabula.errors import InputError

    try:
        answer = input(prompt).strip()
    except EOFError:
        typer.echo("")
        return None
    except KeyboardInterrupt:
        typer.echo("")
        raise
    except UnicodeDecodeError as error:
        raise InputError("an answer is not written in the terminal's encoding", where="<stdin>") from error
    if not sys.stdin.isatty():
        # So that what was answered can be read between what was asked.
        typer.echo(visible(answer))
    return answer


def _chosen(desk: Desk, question: Question, people: Sequence[Character], key: str) -> str | None:
    """Return the name that a number, or Enter, stands for."""
    from fabula.review import known_as

    telling = desk.story.tellings[question.telling]
    everybody = telling.layer("characters")
    if not key:
        speaker = telling.layer("utterances")[question.utterance].speaker
        guess = next((who for who in everybody if who.id == speaker), None)
        if guess is None:
            typer.echo("There is no guess to accept: choose a number, or skip with s.")
        return known_as(guess, everybody) if guess else None
    if key.isascii() and key.isdecimal() and 1 <= int(key[:4]) <= len(people):
        return known_as(people[int(key[:4]) - 1], everybody)
    typer.echo(visible(f"“{key[:20]}” is none of the answers."))
    return None


def _named(desk: Desk, question: Question, name: str) -> str | None:
    """Return the name of somebody known, or a new one after a yes."""
    from fabula.review import known_as, people_called

    everybody = desk.story.tellings[question.telling].layer("characters")
    name = name or _ask("Name: ") or ""
    if not any(char.isalnum() for char in name):
        return None
    found = people_called(name, everybody)
    if len(found) > 1:
        among = ", ".join(who.name for who in found)
        typer.echo(visible(f"“{name}” may be {among}. Say which."))
        return None
    if found:
        return known_as(found[0], everybody)
    sure = _ask(visible(f"Nobody here is called “{name}”. Somebody new? [y/N] ")) or ""
    return name if sure.lower() in ("y", "yes") else None


def _written(desk: Desk, question: Question, name: str | None) -> bool:
    before = len(desk.left())
    if not desk.answer(question, name):
        typer.echo("The same words stand elsewhere in the same surroundings, so no correction can mean this line.")
        desk.skip(question)
        return True
    told = "Not speech." if name is None else f"{name}."
    settled = before - len(desk.left()) - 1
    more = f" It settled {settled} more." if settled > 0 else ""
    typer.echo(visible(f"{told}{more}"))
    return True


def _undone(desk: Desk) -> bool:
    undone = desk.undo()
    typer.echo("Taken back." if undone else "There is nothing to take back.")
    return undone


def _tell(desk: Desk, kept: Sequence[Keeping], story_file: str) -> None:
    """Say what was done, and how to read again."""
    left = desk.doubtful
    rest = f"{left} still doubtful" if left else "none is doubtful"
    if not desk.decided:
        say(f"No line was decided; {rest}.")
        return
    lines = "1 line" if desk.decided == 1 else f"{desk.decided} lines"
    files = ", ".join(dict.fromkeys(str(keeping.file) for keeping in kept))
    names = " ".join(dict.fromkeys(shlex.quote(str(keeping.text)) for keeping in kept))
    output = shlex.quote(story_file or str(Path(f"{desk.story.tellings[0].name}.fabula")))
    say(f"{lines} decided; {rest}. Written to {files}. To read again: fabula read {names} -o {output}")
