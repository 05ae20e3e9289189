"""Whether a line of Pupil Premium Plus tells of money that is spent, or of what somebody would like to spend."""

import re
from enum import StrEnum

from vsdocs.language.text import plain


class When(StrEnum):
    """Which way a line of spending looks."""

    SPENT = "spent"
    AHEAD = "ahead"
    UNSURE = "unsure"  # a purpose and no effect: forms ask for both, and tables of last term's spending have gaps too


_NO_EFFECT = re.compile(r"\W*(?:n ?/ ?a|none|nil|tbc|tba|not applicable|not yet known|unknown)?\W*", re.IGNORECASE)
_LATER = re.compile(
    r"\W*(?:to|will) be (?:\w+ly )?(?:discussed|reviewed|assessed|evaluated|measured|looked at|confirmed)\b|\W*will (?:report|review)\b",
    re.IGNORECASE,
)
#: A wish, and not the figure that a running piece of work is on its way to.
_HOPED = re.compile(
    r"^\W*to (?!date\b)[a-z]+|\b(?:should|will|would|expect(?:ed|ation)?|aim\w*|hop(?:e|es|ed|ing|efuly|efully)|intend\w*|so that"
    r"|by (?:the end|next|easter|christmas|whitsun|half[- ]term|summer|(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october))\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:now|was|were|is|are|has|have|had|did|went|gone|rose|grew|made|came|got|since|too early|ongoing|up from|down from|to date"
    r"|(?!(?:expected|hoped|aimed|intended|needed|planned|raised|increased|improved)\b)[a-z]{3,}ed(?! to\b))\b|→|\bfrom \d",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:request(?:ed|ing)? (?:for|of|to)|we (?:would like|ask|request)|requested:|proposed|to request|bid for|apply(?:ing)? for)",
    re.IGNORECASE,
)
_PAID = re.compile(r"\b(?:already )?(?:paid for|was|were|bought|purchased|delivered|attended|spent)\b", re.IGNORECASE)


def when(purpose: str | None, effect: str | None) -> When:
    """Which way a line looks, by its purpose and by the effect that it tells."""
    words, told = plain(purpose), plain(effect)
    if _ASKED.search(words):
        return When.AHEAD
    if _NO_EFFECT.fullmatch(told) or _LATER.match(told):
        return When.SPENT if _PAID.search(words) else When.UNSURE
    hoped = _HOPED.search(told)
    measured = hoped and re.search(r"\d", told[: hoped.start()])  # '3 of 10, then 5; aim 6': it is under way
    return When.AHEAD if hoped and not measured and not _HAPPENED.search(told) else When.SPENT
