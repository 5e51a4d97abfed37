"""Which marks of one paragraph belong together.

Each mark opens, closes, or is no quotation mark at all. The reading of the whole paragraph that costs least wins;
it is found by dynamic programming over the stack of open quotations, so that time is linear in the marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from fabula.structure.quote_marks import Family, QuoteMark


class Pair(NamedTuple):
    """Two marks that belong together.

    Attributes:
        opening: None where a closing mark has no partner.
        closing: None where an opening mark has no partner.
        to_end: True where no mark closes it and nothing before the paragraph's end does.
    """

    opening: QuoteMark | None
    closing: QuoteMark | None
    to_end: bool = False

    @property
    def start(self) -> int:
        """Where its first mark stands."""
        return (self.opening or self.closing).start  # type: ignore[union-attr]


class _State(NamedTuple):
    cost: float
    open: tuple[QuoteMark, ...]
    pairs: Any  # linked list, newest first: (Pair, rest) or None


_UNCLOSED = 5.0  # an opening mark without partner, dropped because something else follows
_UNOPENED = 6.0  # a closing mark without partner
_LEFT_OPEN = 4.5  # an opening mark still open at the paragraph's end
_CARRIED = 0.5  # the same where the next paragraph opens again: one speech over several paragraphs
_SAME_INSIDE = 4.0  # a mark of the same family inside a quotation
_DEEPEST = 4
_WIDTH, _NARROW, _LONG = 16, 2, 400  # states kept; kept in paragraphs with more marks than `_LONG`
_SOUP = 4000  # marks; a paragraph with more is not prose, and is read without weighing
_SURE_OPEN, _SURE_CLOSE = 1.0, 1.0


def pair(marks: Sequence[QuoteMark], *, carried: Family | None, single_out: float) -> list[Pair]:
    """Pair the marks of one paragraph.

    Args:
        marks: in order.
        carried: family of the mark that opens the next paragraph, so that a quotation may run on; None without.
        single_out: cost of a single mark that opens outside of all other quotations.

    Returns:
        Pairs in order of their first mark; those with a partner nest properly.
    """
    quick = _in_turn(marks) if len(marks) > _SOUP else _plain(marks)
    if quick is not None:
        return quick
    states: dict[tuple[str, ...], _State] = {(): _State(0.0, (), None)}
    width = _WIDTH if len(marks) <= _LONG else _NARROW
    for mark in marks:
        after: dict[tuple[str, ...], _State] = {}
        for state in states.values():
            _keep(after, _idle(state, mark))
            _keep(after, _opened(state, mark, single_out))
            if state.open and state.open[-1].glyph.family == mark.glyph.family:
                _keep(after, _opened(_drop(state, _UNCLOSED), mark, single_out))
            _keep(after, _closed(state, mark))
        if len(after) > width:
            best = sorted(after.items(), key=lambda item: item[1].cost)[:width]
            after = dict(best)
        states = after
    return _result(min((_finish(state, carried) for state in states.values()), key=lambda state: state.cost))


def _plain(marks: Sequence[QuoteMark]) -> list[Pair] | None:
    """Pair marks that simply alternate and leave no doubt; None where they do not."""
    if len(marks) % 2:
        return None
    pairs = []
    for opening, closing in zip(marks[::2], marks[1::2], strict=True):
        if opening.glyph.family != closing.glyph.family or opening.glyph.family == "single":
            return None
        if opening.opens > _SURE_OPEN or closing.closes > _SURE_CLOSE or min(opening.idles, closing.idles) < 4:
            return None
        pairs.append(Pair(opening, closing))
    return pairs


def _in_turn(marks: Sequence[QuoteMark]) -> list[Pair]:
    """Pair each opening mark with the next mark that may close it."""
    pairs = []
    opening: QuoteMark | None = None
    for mark in marks:
        if mark.idles < min(mark.opens, mark.closes):
            continue
        if opening is None:
            opening = mark if mark.opens <= mark.closes else None
        elif opening.glyph.family == mark.glyph.family:
            pairs.append(Pair(opening, mark))
            opening = None
    return pairs


def _keep(states: dict[tuple[str, ...], _State], state: _State | None) -> None:
    if state is None:
        return
    key = tuple(mark.glyph.family for mark in state.open)
    if key not in states or state.cost < states[key].cost:
        states[key] = state


def _idle(state: _State, mark: QuoteMark) -> _State:
    return _State(state.cost + mark.idles, state.open, state.pairs)


def _opened(state: _State, mark: QuoteMark, single_out: float) -> _State | None:
    if len(state.open) >= _DEEPEST:
        return None
    cost = state.cost + mark.opens
    if mark.glyph.family == "single" and not state.open:
        cost += single_out
    if any(other.glyph.family == mark.glyph.family for other in state.open):
        cost += _SAME_INSIDE
    return _State(cost, (*state.open, mark), state.pairs)


def _drop(state: _State, cost: float, *, to_end: bool = False) -> _State:
    """Give up the innermost open quotation as never closed."""
    return _State(state.cost + cost, state.open[:-1], (Pair(state.open[-1], None, to_end), state.pairs))


def _closed(state: _State, mark: QuoteMark) -> _State:
    if any(other.glyph.family == mark.glyph.family for other in state.open):
        while state.open[-1].glyph.family != mark.glyph.family:
            state = _drop(state, _UNCLOSED)
        return _State(state.cost + mark.closes, state.open[:-1], (Pair(state.open[-1], mark), state.pairs))
    return _State(state.cost + mark.closes + _UNOPENED, state.open, (Pair(None, mark), state.pairs))


def _finish(state: _State, carried: Family | None) -> _State:
    runs_on = bool(state.open) and state.open[0].glyph.family == carried
    while state.open:
        state = _drop(state, _CARRIED if runs_on else _LEFT_OPEN, to_end=True)
    return state


def _result(state: _State) -> list[Pair]:
    pairs, rest = [], state.pairs
    while rest is not None:
        pairs.append(rest[0])
        rest = rest[1]
    return sorted(pairs, key=lambda found: found.start)
