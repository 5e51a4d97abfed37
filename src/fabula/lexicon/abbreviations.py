"""Abbreviations that end in a full stop without ending a sentence.

Source: common knowledge; our own list. Licence: as the program.
"""

from __future__ import annotations

_BEFORE_NAMES = """
M Mr Mrs Ms Mx Dr St Ste Prof Capt Cap Col Gen Lt Lieut Sgt Sergt Maj Cpl Corp Cdr Adm Rev Revd Hon Rt Messrs
Mme Mlle Mdme Sr Sra Fr Gov Sen Rep Pres Supt Insp Mt Ft Bros Esqr Jr cf vs viz arr Attn
"""
_BEFORE_NUMBERS = """
No Nos vol vols p pp ch chap fig art sec Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
Mon Tue Tues Wed Thur Thurs Fri Sat Sun ca c
"""

BEFORE_NAMES: tuple[str, ...] = tuple(_BEFORE_NAMES.split())
"""Titles and the like: a capital after them goes on with the name."""

BEFORE_NUMBERS: tuple[str, ...] = tuple(_BEFORE_NUMBERS.split())
"""Abbreviations before a number, months and days among them: a digit after them goes on with the sentence."""

ELSEWHERE: tuple[str, ...] = ("etc", "Esq", "Co", "Inc", "Ltd", "Jr", "Sr", "Ph.D")
"""Abbreviations that may end a sentence as well."""
