"""What systems write about a record in small print: who edited it last and when, how many entries a list has."""

import re
from collections import Counter
from collections.abc import Sequence

from vsdocs.readers.lines import lines_on, segments
from vsdocs.readers.page import Page, Word

SMALL = 0.95  # times the size of most words: small print
LONGEST = 120  # characters

_WHEN = (
    r"(?:\d{1,2}[:.]\d{2}|\d{1,4}[ /.-](?:\d{1,2}|[A-Z][a-z]{2,8})[ /.-]\d{2,4}|today|yesterday|just now|\d+ \w+ ago)"
)
_STAMP = re.compile(
    r"^(?:(?:this )?(?:section|page|form|record|plan|tab|entry|data|details?|screen)\s+)?(?:was |were )?"
    r"(?:(?:date |last |first |auto-?)*(?:edited|updated?|modified|saved|changed|amended|viewed|accessed|locked|synchronised|synced|refreshed"
    rf"|imported|printed|exported|generated|created|opened|published|downloaded|shared|uploaded|received)\b.*(?:{_WHEN}|\bby\b|\bfrom\b)"
    rf"|(?:last|revision|version) .{{0,30}}\bby\b.*{_WHEN}|pre-?(?:filled|populated|loaded) (?:from|by)\b)",
    re.IGNORECASE | re.DOTALL,
)
_COUNT = re.compile(
    r"^(?:[Ss]howing )?(?:\d+|[Nn]o|one|two|three|four|five|six) (?:[a-z]+ ){0,2}"
    r"(?:entr(?:y|ies)|items?|records?|rows?|results?|open|closed|active|people|contacts|linked|files?|attachments?)\b[^:?]*$"
)


def drop_stamps(pages: Sequence[Page]) -> None:
    """Leaves out such lines where they are set smaller, paler or more slanted than the rest."""
    sizes: Counter[float] = Counter()
    for page in pages:
        sizes.update(word.look[0] for word in page.words)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    for page in pages:
        gone = {
            word
            for line in lines_on(page)
            for part in segments(line)
            if _is_stamp(part.words, body)
            for word in part.words
        }
        if gone:
            page.words = [word for word in page.words if word not in gone]


def _is_stamp(words: Sequence[Word], body: float) -> bool:
    if (
        len(words) < 2
        or words[0].confidence < 1
        or not all(word.grey or word.italic or word.size < SMALL * body for word in words)
    ):
        return False
    text = " ".join(word.text for word in words)
    return len(text) <= LONGEST and bool(_STAMP.match(text) or _COUNT.match(text))
