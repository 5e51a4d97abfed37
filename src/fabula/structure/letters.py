"""Letters: from the date line or salutation to the signature and postscript."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fabula.structure.paragraphs import Block

_QUOTE = r"[\"“‘'_*\s]*"
_SALUTATION = re.compile(
    rf"""{_QUOTE}(?:to\s+)?(?:oh?,?\s+)?(?:my\s+(?:own\s+|very\s+|ever\s+)?)?(?:dear(?:est)?|beloved|darling|honou?red|respected)
    (?:\s+(?:and|old|little|good)\b)*
    \s+(?!me\b|god\b|lord\b|heavens?\b|heart\b|life\b|no\b)(?:\b(?:Dr|Mrs?|Messrs|St)\.|[^.?!"”\n]){{1,60}}
    (?:[,:;][—–-]*|[.]?[—–-]+|[,:;.]?_?[,:;.]?)\s*$""",
    re.I | re.X,
)
_RUN_IN = re.compile(
    rf"""{_QUOTE}(?:my\s+(?:own\s+|very\s+)?)?dear(?:est)?\s+(?!me\b|god\b|lord\b|heart\b|no\b)
    (?:(?:[^\W\d_][\w.'’]*)\s?){{1,4}}(?:[,:;.]\s?[—–]|[,:;.]\s?--|:)\s*_?[“"‘'_]?[^\W\d_]""",
    re.I | re.X,
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DATE = re.compile(
    rf"(?:[^\d\W][\w.'’ ,\-]{{0,50}}[,.]\s*)?(?:{_WEEKDAY}\b.{{0,40}}|{_MONTH}\s+(?:the\s+)?{_DAY}\b.{{0,20}}"
    rf"|{_DAY}\s+(?:of\s+)?{_MONTH}\b.{{0,20}})",
    re.I | re.S,
)
_CLOSING = re.compile(
    r"""(?:^|\n|[.!,;—–-]\s*)[_"“‘'\s]*(?:
        (?:i\s+(?:am|remain|have\ the\ hono(?:u)?r\ to\ be)|believe\s+me)\b[^.]{0,80}
          (?:\bsir|madam|yours?|servant|friend|brother|sister|son|daughter|mother|father)\b
      | (?:ever\s+|most\s+|very\s+)*(?:yours|thine)\b
      | your\s+(?:own\s+|ever\s+|most\s+|very\s+|true\s+|old\s+|loving\s+|poor\s+|sincere\s+|dear\s+|fond\s+)*
        (?:affectionate(?:ly)?|obedient|humble|loving|devoted|dutiful|faithful|sincere(?:ly)?|friend|servant|son|daughter
          |brother|sister|cousin|mother|father|nephew|niece|wife|husband)\b
      | (?:with\s+(?:all\s+my\s+|much\s+)?)?(?:love|affectionately|sincerely|respectfully|faithfully|best\s+wishes)
        (?:\s+(?:from|to|always|yours)\b[^.]{0,30})?\s*[,.!—–-]*\s*(?:$|\n)
    )""",
    re.I | re.X,
)
_SIGNATURE = re.compile(r"[_\"“‘'(\s—–-]*(?:[^\W\d_][\w.'’\-]*[,.]?\s*){1,6}[_)\"”’'\s.]*")
_POSTSCRIPT = re.compile(r"[_\"“‘'(\[\s]*(?:P\.?\s?(?:P\.?\s?)?S\b|Postscript|N\.?\s?B\.)", re.I)
_SIGNED = re.compile(r"[_—–\s-]*(?:[^\W\d_a-z][\w'’\-]*\.?\s*){1,4}_?")
_DAY_ALONE = re.compile(rf"(?!good\b)[^.]{{0,30}}\b(?:{_WEEKDAY}|morning|noon|evening|night)\b.{{0,25}}", re.I)
_DOUBLE = '"“«„'
_LONGEST = 120
_FEWEST = 8


def find_letters(text: str, blocks: Sequence[Block], within: Sequence[bool], starts: Sequence[bool]) -> set[int]:
    """Return the indices of blocks that belong to letters.

    Args:
        text: that the blocks point into.
        blocks: in order.
        within: for each block whether a letter may run over it; a heading or break ends it.
        starts: for each block whether it opens a chapter or scene.
    """
    found: set[int] = set()
    at = 0
    while at < len(blocks):
        end = _letter_end(text, blocks, within, starts, at) if within[at] else 0
        if not end:
            at += 1
            continue
        first = at
        while first > 0 and within[first - 1] and first - 1 not in found and _is_head(text, blocks[first - 1]):
            first -= 1
        found.update(range(first, end))
        at = end
    return found


def find_epistles(text: str, blocks: Sequence[Block], within: Sequence[bool]) -> list[int]:
    """Return where the letters start of a novel that is letters from first to last.

    Args:
        text: that the blocks point into.
        blocks: in order; none is the heading of a chapter.
        within: for each block whether it belongs to the story.

    Returns:
        Indices of the blocks that open a letter, its date and address included; none where there are few
        salutations, or where the story does not begin with one.
    """
    body = [at for at in range(len(blocks)) if within[at]]
    greeted = [
        at for at in body if _SALUTATION.fullmatch(words := blocks[at].span.of(text)) and words[0] not in _DOUBLE
    ]
    starts = [_above(text, blocks, within, at) for at in greeted]
    return starts if len(starts) >= _FEWEST and starts[0] == body[0] else []


def _above(text: str, blocks: Sequence[Block], within: Sequence[bool], at: int) -> int:
    """Return the index of the first block of the date and address above a salutation."""
    while at > 0 and within[at - 1]:
        words = blocks[at - 1].span.of(text)
        is_address = words.endswith(",") and len(words) <= 60
        is_day = len(words) <= 60 and _DAY_ALONE.fullmatch(words.strip("_ ."))
        if not (is_address or is_day or _is_head(text, blocks[at - 1])):
            break
        at -= 1
    return at


def _letter_end(text: str, blocks: Sequence[Block], within: Sequence[bool], starts: Sequence[bool], at: int) -> int:
    """Return the index after a letter whose salutation is block `at`; 0 where no letter opens there."""
    words = blocks[at].span.of(text)
    own_line = _SALUTATION.fullmatch(words.strip("_ \n")) is not None
    if not own_line and not _RUN_IN.match(words):
        return 0
    stop = at + 1
    while stop < len(blocks) and stop - at <= _LONGEST and within[stop] and not starts[stop]:
        stop += 1
    if words.lstrip("_* ")[0] in _DOUBLE:
        return _quoted_end(text, blocks, at, stop)
    opens_chapter = _opens_chapter(text, blocks, starts, at)
    if not opens_chapter:
        spoken = (index for index in range(at + 1, stop) if blocks[index].span.of(text)[0] in _DOUBLE)
        stop = next(spoken, stop)
    for index in range(at + 1 if own_line else at, stop):
        if _closes(text, blocks[index]):
            return _with_signature(text, blocks, index + 1, stop)
        if index > at + 1 and _is_signature(text, blocks[index]):
            return _with_signature(text, blocks, index, stop)
    # Without closing formula or signature a letter is surely no longer than its first paragraph.
    return stop if own_line and opens_chapter else min(at + 2, stop) if own_line else 0


def _opens_chapter(text: str, blocks: Sequence[Block], starts: Sequence[bool], at: int) -> bool:
    """Whether nothing but a date or address stands between a chapter's start and block `at`."""
    for index in range(at, max(-1, at - 4), -1):
        if index < at and blocks[index].span.length > 90 and not _is_head(text, blocks[index]):
            return False
        if starts[index]:
            return True
    return False


def _quoted_end(text: str, blocks: Sequence[Block], at: int, stop: int) -> int:
    """Return the index after a letter in quotation marks: each paragraph opens with one, only the last closes."""
    for index in range(at, stop):
        words = blocks[index].span.of(text).strip("_* ")
        if words[:1] not in _DOUBLE or _closing_mark(words[1:-1]):
            return index if index > at else 0
        if len(words) > 1 and words[-1] in '"”»':
            return index + 1
    return 0


def _closing_mark(words: str) -> bool:
    """Whether a double quotation mark closes inside a paragraph, so that it is talk with its tag and no letter."""
    return "”" in words or "»" in words or words.count('"') % 2 == 1


def _is_signature(text: str, block: Block) -> bool:
    words = block.span.of(text).strip()
    return len(words) < 40 and words[-1] not in "?!:;," and words[0].isupper() and bool(_SIGNED.fullmatch(words))


def _closes(text: str, block: Block) -> bool:
    words = block.span.of(text)
    return bool(_CLOSING.search(words[-160:])) and (len(words) < 200 or bool(_CLOSING.search(words[-70:])))


def _with_signature(text: str, blocks: Sequence[Block], at: int, stop: int) -> int:
    for _ in range(3):
        words = blocks[at].span.of(text) if at < stop else ""
        if words and (_POSTSCRIPT.match(words) or (len(words) < 60 and _SIGNATURE.fullmatch(words))):
            at += 1
    return at


def _is_head(text: str, block: Block) -> bool:
    """Whether a block before a salutation is its date or address."""
    words = block.span.of(text)
    return len(words) <= 90 and bool(_DATE.fullmatch(words.strip("_ .\"“‘'")) or re.match(r"to\s+[A-Z]", words, re.I))
