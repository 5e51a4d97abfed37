"""The commonest words of English fiction, by which rare words are told from common ones in a short text.

Source: counted in stretches of fourteen public-domain novels that are in no development set; words that stand in at
least seven of ten of them, most frequent first. Licence: as the program.
"""

from __future__ import annotations

from collections.abc import Mapping

_WORDS = """
the and of to a i in was he that it his had with as for you her she but at him on my not they all me is so be this
which by have were from one there an said out we when no what or them if up would could their been little very upon
into now more then about some who do time like mr over are great did down never made before good other only see man
after don't than two your any way back us say again well come old came our know much day how will such life own
should too first himself young went long might go though just through away its thought these being where things has
seemed must off here nothing eyes still last got room looked am most even think make while house head found look
hand lord another oh face something place took can get people ever yet men many quite sir saw without night take
knew it's moment once always lady tell every put those door three right thing why left mind myself half began world
going sea felt side turned round yes water love let boy same told poor may heard mother asked under new far gave
next stood enough home want done rather work among between having days together hands almost that's years really
anything both seen shall till because looking each indeed set brought dear whole few small against lay feet part
morning gone sat find rest called herself fire soon however i'm voice heart light friend end large taken dead course
says alone fell everything strange along give behind perhaps air full high best woman nor father bed i've wild
better kind girl english near words feel talk close matter whom whether table gentleman
"""

COMMON_WORDS: Mapping[str, int] = {word: rank for rank, word in enumerate(_WORDS.split(), 1)}
"""Word, in small letters with straight apostrophes, to its rank: about one word in `10 * rank` is this one."""
