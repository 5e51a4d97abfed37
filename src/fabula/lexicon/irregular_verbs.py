"""English verbs whose past is another word.

Source: written for Fabula from general knowledge. Licence: MIT, as Fabula.
"""

from __future__ import annotations

from collections.abc import Mapping

_VERBS = """
arise arose arisen; awake awoke awoken; bear bore borne; beat beaten; become became; begin began begun; bend bent;
bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken; bring brought; build built; buy bought;
catch caught; choose chose chosen; cling clung; come came; creep crept; deal dealt; dig dug; draw drew drawn;
drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found;
flee fled; fling flung; fly flew flown; forget forgot forgotten; forgive forgave forgiven; freeze froze frozen;
get got gotten; give gave given; go went gone; grow grew grown; hang hung; hear heard; hide hid hidden; hold held;
keep kept; kneel knelt; know knew known; lay laid; lead led; leap leapt; leave left; lend lent; light lit; lose lost;
make made; mean meant; meet met; pay paid; ride rode ridden; ring rang rung; rise rose risen; run ran; say said;
see saw seen; seek sought; sell sold; send sent; shake shook shaken; shine shone; shoot shot; show shown;
shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat; sleep slept; slide slid; speak spoke spoken;
spend spent; spin spun; spring sprang sprung; stand stood; steal stole stolen; stick stuck; strike struck stricken;
swear swore sworn; sweep swept; swim swam swum; swing swung; take took taken; teach taught; tear tore torn;
tell told; think thought; throw threw thrown; wake woke woken; wear wore worn; weep wept; win won; write wrote written
"""


def _bases() -> Mapping[str, str]:
    verbs = [verb.split() for verb in _VERBS.split(";")]
    return {past: forms[0] for forms in verbs for past in forms[1:]}


BASES: Mapping[str, str] = _bases()
"""Each past form or participle that its verb cannot be told from, with the verb."""
