"""How sure a choice of speaker is: what the choice itself says, and whether the network would have chosen the same.

The two look at different things (a conversation, and the words around one quotation), so that where they agree both
are seldom wrong.
"""

from __future__ import annotations

import math

from fabula.speech.settings import Setting

_LEAST, _MOST = 0.01, 0.995
_UNHEARD = 0.03
"""What somebody has whom the network does not name."""


def doubts(setting: Setting, who: str, chance: float) -> list[tuple[str, float]]:
    """Return what speaks for and against a choice; the group of the turn is part of each name.

    Args:
        setting: of the turn.
        who: the speaker that was chosen.
        chance: of the choice among the candidates.
    """
    bounded = min(max(chance, _LEAST), _MOST)
    group = "name" if setting.group == "first" else setting.group
    group = group if setting.voices else f"{group}-unheard"
    found = [(f"{group}:bias", 1.0), (f"{group}:odds", math.log(bounded / (1 - bounded)))]
    if setting.voices:
        found.append((f"{group}:voice", math.log(1 + setting.voices.get(who, 0.0) / _UNHEARD)))
    return found
