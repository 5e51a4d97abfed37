"""The story behind its tellings, for the terminal: in which order, who tells what, and who may know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from string import ascii_uppercase
from typing import TYPE_CHECKING

from fabula.report.markup import cut, plural
from fabula.story import Grounds, Knowledge, Known, Plot, Story, StoryEvent, Witness
from fabula.visible import visible

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table
    from rich.text import Text

ROWS = 12
"""Most lines that are shown of what one telling alone tells, where nothing more is asked for."""

_PEOPLE, _WORD, _PLACE, _MOST_WORDS = 3, 14, 34, 160
_GROUNDS: Mapping[Grounds, str] = {
    "took part": "took part in",
    "was there": "was there at",
    "speaks of it": "speaks of",
    "was told": "was told of",
    "no sign": "cannot know of, as far as is told",
}
_HONEST = "Being there or being told is evidence of knowing, no proof; people may hear more than the tellings tell."


def plot_table(story: Story, plot: Plot, *, width: int = 100, every: bool = False) -> Group:
    """Show the story in its order, with a column for each telling, and what only one of them tells.

    Args:
        story: with the layers of all stages.
        plot: of the story.
        width: columns of the terminal; 60 is the least that looks well.
        every: a row for every event; else one for events that follow each other in the same scenes.

    Returns:
        A rich renderable; the console decides about colour.
    """
    from rich.console import Group

    parts: list[RenderableType] = [_head(story, plot)]
    if plot.events:
        parts += [_key(plot), _order(story, plot, width, every=every)]
    if len(plot.sides) > 1:
        for side in range(len(plot.sides)):
            parts += _alone(story, plot, side, ROWS)
    return Group(*parts)


def told_alone(story: Story, plot: Plot, side: int) -> Group:
    """Show all that only one telling tells.

    Args:
        story: with the layers of all stages.
        plot: of the story.
        side: index of the side.

    Returns:
        A rich renderable.
    """
    from rich.console import Group

    return Group(*_alone(story, plot, side, None))


def knowledge_lists(story: Story, plot: Plot, knowledge: Knowledge) -> Group:
    """Show what somebody witnessed, was told, and cannot know.

    Args:
        story: with the layers of all stages.
        plot: of the story.
        knowledge: of one of its people.

    Returns:
        A rich renderable.
    """
    from rich.console import Group

    name = next(person.name for person in plot.people if person.id == knowledge.person)
    counts = Counter(each.grounds for each in knowledge.known)
    parts: list[RenderableType] = [_line(f"What {name} may know", "bold"), _line(_HONEST, "dim")]
    for grounds, said in _GROUNDS.items():
        if counts[grounds]:
            parts.append(_line(f"\n{name} {said}: {plural(counts[grounds], 'event')}", "bold underline"))
            chosen = [each for each in knowledge.known if each.grounds == grounds]
            parts.append(_known_lines(story, plot, chosen))
    if knowledge.unordered:
        number = plural(len(knowledge.unordered), "event")
        parts.append(_line(f"\nOf {number} no telling says whether they come before that place.", "dim"))
    if not knowledge.known:
        parts.append(_line("\nNothing happens before that place.", "dim"))
    return Group(*parts)


def _known_lines(story: Story, plot: Plot, known: Sequence[Known]) -> Table:
    """Show the sentences that tell some events, each once, and where they are spoken of."""
    told: dict[object, tuple[list[StoryEvent], StoryEvent | None]] = {}
    for each in known:
        event = plot.events[each.event]
        saying = None if each.saying is None else plot.events[each.saying]
        line = event.witnesses[0].side, event.witnesses[0].line, each.saying
        told.setdefault(line, ([], saying))[0].append(event)
    table = _lines()
    for events, saying in told.values():
        _add_line(table, story, plot, events[0])
        if not events[0].channel:
            words = ", ".join(dict.fromkeys(_event_word(story, plot, event) for event in events))
            table.add_row("", _line(f"({words})", "dim"))
        if saying is not None:
            table.add_row("", _line(f"in {_words(story, plot, saying)}", "dim"))
    return table


def _lines() -> Table:
    """Return an empty table of places and what is told there."""
    from rich.table import Table

    table = Table(show_header=False, box=None, padding=(0, 1))
    table.add_column(no_wrap=True, style="dim", overflow="ellipsis", max_width=_PLACE)
    table.add_column(overflow="fold")
    return table


def _add_line(table: Table, story: Story, plot: Plot, event: StoryEvent) -> None:
    table.add_row(_line(_place(story, plot, event.witnesses[0]), ""), _line(_words(story, plot, event), ""))


def _head(story: Story, plot: Plot) -> Text:
    shared = sum(len(event.witnesses) > 1 for event in plot.events)
    text = _line(f"The story behind {story.title}", "bold")
    counts = [plural(len(plot.events), "event and utterance", "events and utterances")]
    if len(plot.sides) > 1:
        counts.append(f"{shared:,} told by more than one")
    text.append("\n" + " · ".join(counts), style="dim not bold")
    displaced = sum(each.displaced for event in plot.events for each in event.witnesses)
    if displaced:
        text.append(
            f"\n{plural(displaced, 'place')} that would contradict the order of another telling "
            f"{'does' if displaced == 1 else 'do'} not count for the order (↶): remembered there, or told elsewhere.",
            style="yellow not bold",
        )
    if len(plot.sides) > 1 and not shared:
        text.append(
            "\nNo event was found that two tellings share: they stand one after the other.", "yellow not bold"
        )
    return text


def _key(plot: Plot) -> Text:
    """Say which column is which telling."""
    if len(plot.sides) == 1:
        return _line("", "")
    return _line("\n".join(f"{letter(number)}  {side.name}" for number, side in enumerate(plot.sides)), "")


def letter(side: int) -> str:
    """Return the sign of a telling in the table: A to Z, then AA and on.

    Args:
        side: index of the side.
    """
    before, last = divmod(side, len(ascii_uppercase))
    return (letter(before - 1) if before else "") + ascii_uppercase[last]


def _order(story: Story, plot: Plot, width: int, *, every: bool) -> Table:
    from rich.table import Table

    several = len(plot.sides) > 1
    table = Table(box=None, padding=(0, 1), width=width, expand=True, header_style="dim")
    table.add_column("", justify="right", no_wrap=True, style="dim")
    for number in range(len(plot.sides)) if several else ():
        table.add_column(letter(number), justify="center", no_wrap=True)
    table.add_column("who", ratio=1, no_wrap=True, overflow="ellipsis")
    if every:
        table.add_column("event", no_wrap=True, overflow="ellipsis", max_width=_WORD)
    table.add_column("what", ratio=4, no_wrap=True, overflow="ellipsis")
    names = {person.id: person.name for person in plot.people}
    for group in _runs(plot, every=every):
        first = group[0]
        told = {each.side: "↶" if each.displaced else "•" for each in first.witnesses}
        signs = [told.get(number, "") for number in range(len(plot.sides))] if several else []
        word = [_line(_event_word(story, plot, first), "")] if every else []
        what = _words(story, plot, first)
        if len(group) > 1:
            what = f"{cut(what, max(20, 4 * width // 5 - 20 - 3 * len(signs)))} (+{len(group) - 1})"
        style = "dim" if several and len(first.witnesses) == 1 else ""
        table.add_row(str(first.id + 1), *signs, _line(_who(group, names), ""), *word, _line(what, ""), style=style)
    return table


def _event_word(story: Story, plot: Plot, event: StoryEvent) -> str:
    """Return the word that tells an event; of a saying what sort it is."""
    witness = event.witnesses[0]
    return event.lemma if event.channel else witness.span.of(story.tellings[plot.sides[witness.side].telling].text)


def _runs(plot: Plot, *, every: bool) -> Iterator[list[StoryEvent]]:
    """Yield events that follow each other in the same scenes of the same tellings; or each by itself."""

    def scenes(event: StoryEvent) -> object:
        if every:
            return event.id
        return tuple((each.side, each.scene, each.displaced) for each in event.witnesses)

    return (list(group) for _, group in groupby(plot.events, scenes))


def _who(events: Sequence[StoryEvent], names: Mapping[str, str]) -> str:
    """Name those who take part most."""
    counts = Counter(person for event in events for person in event.people)
    shown = [names[person] for person, _ in counts.most_common(_PEOPLE)]
    return ", ".join(shown) + (", …" if len(counts) > _PEOPLE else "")


def _alone(story: Story, plot: Plot, side: int, most: int | None) -> list[RenderableType]:
    """Return the lines that only one side tells, at most so many."""
    lines: dict[object, StoryEvent] = {}
    for event in plot.alone(side):
        lines.setdefault(event.witnesses[0].line, event)
    name = plot.sides[side].name
    head = _line(f"\nOnly {name} tells: {plural(len(lines), 'line')} with events", "bold underline")
    shown = list(lines.values())[:most]
    table = _lines()
    for event in shown:
        _add_line(table, story, plot, event)
    parts: list[RenderableType] = [head, table] if shown else [head]
    if len(shown) < len(lines):
        parts.append(_line(f"  … and {len(lines) - len(shown):,} more: --only shows all", "dim"))
    return parts


def _words(story: Story, plot: Plot, event: StoryEvent) -> str:
    """Return the sentence or utterance that tells an event, on one line."""
    witness = event.witnesses[0]
    telling = story.tellings[plot.sides[witness.side].telling]
    return cut(" ".join(witness.line.of(telling.text).split()), _MOST_WORDS)


def _place(story: Story, plot: Plot, witness: Witness) -> str:
    telling = story.tellings[plot.sides[witness.side].telling]
    return telling.source.place(witness.line.start).brief


def _line(words: str, style: str) -> Text:
    from rich.text import Text

    return Text(visible(words), style=style)
