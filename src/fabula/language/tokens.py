"""Tokens: words, numbers and marks, always leading back to the text."""

from __future__ import annotations

import numpy as np
import regex

from fabula.lexicon.abbreviations import BEFORE_NAMES, BEFORE_NUMBERS, ELSEWHERE
from fabula.story import Telling, Tokens

_TITLES, _DATES = (
    "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))
    for words in ((*BEFORE_NAMES[1:], *ELSEWHERE), BEFORE_NUMBERS)
)
# Two words written as one, as far as the first goes: only those that can be nothing else (`its`, `your`, `lets` can).
_FIRST_OF_TWO = r"""(?:
    [Ii](?=(?:m|ve)\b)
  | (?i:
      (?:you|they)(?=(?:re|ve|ll)\b) | (?:that|what)(?=s\b)
    | (?:do|does|did|would|could|should|is|was|are|were|have|has|had|ai|must|need)(?=nt\b)
    | (?:gon|wan)(?=na\b) | (?:got|out)(?=ta\b) | (?:lem|gim)(?=me\b) | can(?=not\b)
    )
  | (?<=\b(?i:i|you|we|they|it|he|she|this|that)\s)(?i:wo|ca)(?=nt\b)
)"""
# Hyphens are words of their own, except after what is no word without them.
_PREFIX = r"""(?i:
    anti|co|counter|cross|e|ex|inter|mid|mini|multi|neo|non|over|post|pre|pro|re|semi|socio|sub|ultra|un
  | to(?=[-‐‑](?:day|night|morrow)\b) | good(?=[-‐‑](?:bye?|night)\b)
)"""
_FILES = "docx?|pdf|xlsx?|pptx?|html?|txt|rtf|jpe?g|gif|png|zip|exe|mp3|url|asp|php"
_DOMAINS = "com|org|net|edu|gov"
_APOSTROPHE_INSIDE = r"\p{L}++(?:['’]\p{L}(?=['’]))?+['’](?!(?i:s|m|d|re|ve|ll|em|t|all|tis|twas|se)\b)\p{L}{2,}+"
# Whatever reads far ahead and may then fail has a limit (the parts of an address), so that time stays linear.
_TOKEN = regex.compile(
    rf"""
    (?!{_FIRST_OF_TWO})[a-zA-Z]++(?=[ \n,;!?])                # most words by far, for speed …
  | ["“”,] | ;(?=\s)                                         # … and most marks
  | (?:https?://|www\.)[^\s<>"“”]*[\p{{L}}\p{{N}}/=]             # addresses
  | [\p{{L}}\p{{N}}]++(?:[._%+-][\p{{L}}\p{{N}}]+){{0,31}}+(?:\.\.\.)?@[\p{{L}}\p{{N}}-]+(?:\.[\p{{L}}\p{{N}}-]+)*+
  | [\p{{L}}\p{{N}}]++(?:[._-][\p{{L}}\p{{N}}]++){{0,31}}?\.(?i:{_FILES}|{_DOMAINS})\b   # names of files and sites …
  | \.(?:{_FILES})\b                                         # (also an ending alone)
  | (?:alt|comp|misc|rec|sci|soc)(?:\.[a-z]+)+\b              # … and of newsgroups
  | (?<!_)[\p{{L}}\p{{N}}]++(?:_[\p{{L}}\p{{N}}]++)++(?!_)
  | (?i:{_TITLES})\.(?=\s+["“‘'(]*[\p{{L}}\p{{N}}]|[,;:—–-])
  | (?:{_DATES})\.(?=\s*\p{{N}})
  | etc\.(?=[)\]]) | (?<=\bet\s)al\.
  | (?:\p{{L}}\.)+(?:\p{{L}}\.|\p{{L}}\b(?!['’]))               # initials: U.S., P.S., a.k.a
  | \p{{Lu}}\.(?=\s?\p{{Lu}}|[,;?!])
  | \p{{Lu}}{{1,3}}&\p{{Lu}}{{1,3}}\b | (?i:s/he|\p{{L}}/\p{{L}})\b(?!/)
  | {_FIRST_OF_TWO}
  | [Oo]['’]clock\b
  | {_APOSTROPHE_INSIDE}                                               # O'Hara, ma'am
  | \p{{L}}+?(?=(?i:n['’]t)\b)                                  # do | n't
  | (?i:n['’]t)\b
  | ['’`](?i:s|m|d|re|ve|ll|em|tis|twas|cause|bout|til|till)\b  # clitics and clipped words
  | \p{{N}}{{1,4}}(?P<between>[-/.])\p{{N}}{{1,2}}(?P=between)\p{{N}}{{2,4}}\b   # dates, …
  | \p{{N}}{{1,2}}/\p{{N}}{{1,2}}\b                                 # … fractions, …
  | (?:\p{{N}}{{1,3}}[-.]){{0,2}}\p{{N}}{{3}}[-.]\p{{N}}{{4}}\b           # … telephones, …
  | \p{{N}}*0['’]s\b                                           # … decades, …
  | \p{{N}}++(?:[.,:]\p{{N}}++)*+(?=(?i:[ap]m|[cmk]m|kg|k|m|ft|lbs?)\b)   # … measures
  | \p{{N}}+(?:[.,:]\p{{N}}+)*(?:st|nd|rd|th)?\b
  | (?<![\p{{L}}\p{{N}}])(?P<stammer>[b-hj-np-zB-HJ-NP-Z]|[CSTWcstw]h)-(?=[\s,]|(?i:(?P=stammer)))   # w-what
  | (?:{_PREFIX}[-‐‑](?=[\p{{L}}\p{{N}}]))*+[\p{{L}}\p{{M}}\p{{N}}]+
  | (?<![^\s(])(?:\#\p{{L}}[\p{{L}}\p{{N}}_]*+ | \+\p{{N}}++)           # tags, +44
  | [:;=8]['’]?-?[()DP](?![\p{{L}}\p{{N}}])                     # :-)
  | \.[?!](?![.?!]) | [!?]{{2,}} | \.{{2,}} | …+ | -{{2,}} | [—–]+ | _{{2,}} | ={{2,}} | \*{{2,}} | ~{{2,}}
  | \+{{2,}} | \${{2,}} | << | >> | '' | `` | [‘’]’(?!\p{{L}})
  | \S
    """,
    regex.VERBOSE,
)


def find_tokens(telling: Telling) -> Tokens:
    """Cut the text into tokens in the manner of the Penn Treebank and Universal Dependencies.

    A hyphen is a token of its own ("well-known" is three), except after a prefix ("non-human", "e-mail") and in
    the old spellings "to-day" and "good-bye". Clitics are cut off ("did" and "n't"), also where the apostrophe was
    left out and nothing else can be meant ("did" and "nt", "gon" and "na"). Dates, file names and addresses are one.

    Args:
        telling: only the text is read.

    Returns:
        Columns of offsets; every code point that is not white space lies in exactly one token.
    """
    spans = [match.span() for match in _TOKEN.finditer(telling.text)]
    table = np.array(spans, dtype=np.int32).reshape(-1, 2)
    return Tokens.bare(np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1]))
