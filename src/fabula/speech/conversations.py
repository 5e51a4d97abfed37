"""Conversations: turns that follow each other closely, and who takes part in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from fabula.speech.tags import Tag
from fabula.speech.turns import Turn


class Conversation(NamedTuple):
    """Turns without long narration or a scene's end between them.

    Attributes:
        acting: id to how often somebody is the subject of a tag or of narration beside speech, named or described.
        called: id to how often somebody is called by name.
        narrated: ids mentioned in the narration within it.
    """

    acting: Counter[str]
    called: Counter[str]
    narrated: frozenset[str]

    @property
    def party(self) -> frozenset[str]:
        """Everybody who acts or is called."""
        return frozenset((*self.acting, *self.called))


class Share(NamedTuple):
    """What a turn has to say about who takes part.

    Attributes:
        turn: the turn.
        far: whether it begins a conversation.
        acting: tags and subjects of narration in its paragraph.
        called: ids called by name in it.
        narrated: ids mentioned in the narration of its paragraph and of those between it and the turn before.
    """

    turn: Turn
    far: bool
    acting: tuple[Tag | None, ...]
    called: tuple[str, ...]
    narrated: frozenset[str]


def conversations(shares: Sequence[Share]) -> list[Conversation]:
    """Gather turns into conversations.

    Args:
        shares: of all turns, in order.

    Returns:
        For each turn the conversation it belongs to.
    """
    groups: list[list[Share]] = []
    for share in shares:
        if share.far or not groups:
            groups.append([])
        groups[-1].append(share)
    return [found for group in groups for found in [_gathered(group)] * len(group)]


def _gathered(group: Sequence[Share]) -> Conversation:
    acting = Counter(
        tag.character for share in group for tag in share.acting if tag and tag.character and tag.form != "pronoun"
    )
    called = Counter(who for share in group for who in share.called)
    return Conversation(acting, called, frozenset(who for share in group for who in share.narrated))
