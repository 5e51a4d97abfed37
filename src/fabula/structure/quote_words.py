"""Words around quotations: those that tell of speaking, and those that mention rather than say."""

from __future__ import annotations

import re

SPEAKING: frozenset[str] = frozenset(
    """said say says saying asked ask asks asking answered answer answers answering replied reply replies replying
    cried cry cries crying exclaimed exclaim exclaims exclaiming whispered whisper whispers whispering murmured murmur
    murmurs murmuring muttered mutter mutters muttering shouted shout shouts shouting called calls calling returned
    returns rejoined rejoins responded responds responding continued continues continuing added adds adding began
    begins beginning observed observes remarked remarks remarking repeated repeats repeating inquired inquires
    enquired enquires demanded demands declared declares suggested suggests protested protests admitted admits
    agreed agrees announced announces argued argues begged begs pleaded pleads explained explains insisted insists
    interposed interrupted interrupts interjected interjects laughed laughs smiled sighed sighs sobbed sobs groaned
    groans gasped gasps growled growls grunted grunts hissed hisses moaned moans screamed screams shrieked shrieks
    yelled yells snapped snaps snarled snarls stammered stammers stuttered stutters retorted retorts assented
    persisted pursued resumed proceeded concluded ejaculated faltered thought thinks wondered wonders wrote writes
    read reads sang sings told tells promised promises confessed confesses warned warns commanded ordered urged
    breathed chuckled giggled drawled roared bellowed boomed croaked echoed corrected countered mused noted offered
    ventured vowed wailed whined mumbled mumbles joked teased tells speaks spoke went thundered quoted put""".split()
)
"""Forms of verbs that go with speech, thought, song and writing, in a tag before or after it."""

TAG_VERBS: frozenset[str] = SPEAKING | frozenset(
    """dit répondit demanda murmura reprit ajouta cria fit s'écria dijo preguntó respondió contestó exclamó murmuró
    añadió gritó replicó repuso disse perguntou respondeu exclamou""".split()
)
"""The same with the commonest French, Spanish and Portuguese ones, for speech behind a dash."""

MENTIONING: frozenset[str] = frozenset(
    """called named titled entitled styled termed dubbed christened nicknamed labelled labeled headed marked inscribed
    word words phrase term expression title name names syllable syllables letter letters initials motto
    book novel story song poem play ballad hymn opera tale chapter article newspaper paper picture ship""".split()
)
"""Words after which marks show a name or a word, not speech."""

DETERMINERS: frozenset[str] = frozenset(
    """a an the this that these those his her its my your our their some any every no each another such of for in by
    with from on at about into over or and as to like than""".split()
)
"""Words after which a sentence wants a noun: what follows them in marks is seldom speech."""

_SUBJECT = (
    r"(?:he|she|they|it|I|we|you|one|[A-ZÀ-Þ][\w.'’-]*(?:\s[A-ZÀ-Þ][\w.'’-]*){0,3}"
    r"|(?:the|his|her|my|their|our|a|an|another)\s(?:[\w'’-]+\s){0,3}?[\w'’-]+)"
)
_VERB = "(?:" + "|".join(sorted(TAG_VERBS)) + r")\b"

TAG = re.compile(rf"(?:{_SUBJECT}\s(?:\w+ly\s)?{_VERB}|{_VERB}\s{_SUBJECT})")
"""A speech tag, `he said` or `said the old man`, where it must begin at the place asked for."""
