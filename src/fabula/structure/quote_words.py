"""Words around quotations: those that tell of speaking, and those that mention rather than say."""

from __future__ import annotations

import re


def words(listed: str) -> frozenset[str]:
    """Return the words of a list written with white space between."""
    return frozenset(listed.split())


SPEAKING: frozenset[str] = words(
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
    ventured vowed wailed whined mumbled mumbles joked teased tells speaks spoke went thundered quoted put"""
)
"""Forms of verbs that go with speech, thought, song and writing, in a tag before or after it."""

TAG_VERBS: frozenset[str] = SPEAKING | words(
    """dit répondit demanda murmura reprit ajouta cria fit s'écria dijo preguntó respondió contestó exclamó murmuró
    añadió gritó replicó repuso disse perguntou respondeu exclamou"""
)
"""The same with the commonest French, Spanish and Portuguese ones, for speech behind a dash."""

MENTIONING: frozenset[str] = words(
    """called named titled entitled styled termed dubbed christened nicknamed labelled labeled headed marked inscribed
    word words phrase term expression title name names syllable syllables letter letters initials motto
    book novel story song poem play ballad hymn opera tale chapter article newspaper paper picture ship"""
)
"""Words after which marks show a name or a word, not speech."""

DETERMINERS: frozenset[str] = words(
    """a an the this that these those his her its my your our their some any every no each another such of for in by
    with from on at about into over or and as to like than"""
)
"""Words after which a sentence wants a noun: what follows them in marks is seldom speech."""

PERSONS: frozenset[str] = words("""he she they i we it you his her my""")
"""What a beat after speech begins with."""

TALKERS: frozenset[str] = words(
    """i me my mine myself you your yours yourself we us our ours i'm i'll i've i'd you're"""
)
"""Words of one who talks of himself to another."""

CALLS: frozenset[str] = words("""oh ah yes no well please thank sir madam hush""")
"""Words said rather than told."""

OTHERS: frozenset[str] = words("""he she they him her them his hers their himself herself themselves""")
"""Words for third persons."""

BACKSHIFT: frozenset[str] = words(
    """was were had would could should might did must wasn't hadn't wouldn't couldn't didn't"""
)
"""Verbs as reported speech has them."""

PRESENT: frozenset[str] = words(
    """is are am have has will shall can do does don't isn't aren't it's that's there's he's she's i'm let's"""
)
"""Verbs of what is said now."""

UNREAL: frozenset[str] = words(
    """would could might should must almost never not if to meant mean means meaning implied implying suggested
    suggesting signified indicating may can cannot couldn't wouldn't didn't felt feeling going wanted nearly"""
)
"""Words before what is not really said, but could be, or is meant."""

WRITTEN: frozenset[str] = words(
    """wrote written write writing letter letters note notes lines line postscript telegram card page read reads
    reading began begins contents follows ran runs inscription words"""
)
"""Words before what is written or read."""

THOUGHT: frozenset[str] = words("""thought thinks think reflected felt mused feeling mind mentally wondered heart""")
"""Words around what is only thought."""

_SUBJECT = (
    r"(?:he|she|they|it|I|we|you|one|[A-ZÀ-Þ][\w.'’-]*(?:\s[A-ZÀ-Þ][\w.'’-]*){0,3}"
    r"|(?:the|his|her|my|their|our|a|an|another)\s(?:[\w'’-]+\s){0,3}?[\w'’-]+)"
)
_VERB = "(?:" + "|".join(sorted(TAG_VERBS)) + r")\b"

TAG = re.compile(rf"(?:{_SUBJECT}\s(?:\w+ly\s)?{_VERB}|{_VERB}\s{_SUBJECT})")
"""A speech tag, `he said` or `said the old man`, where it must begin at the place asked for."""
