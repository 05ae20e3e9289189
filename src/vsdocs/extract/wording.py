"""Labels without what makes no difference: case, numbering, short forms, final punctuation."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

SURE = 0.9  # from here on a match is a known wording, below it is near one
LONGEST_TEXT = 160  # characters: the same
_TITLE = 6  # words: the title of an item has no more
_CACHE_SIZE = 20_000

_NUMBERING = re.compile(
    r"^(?:(?:section|part|question|step)(?:\s+(?:[a-z]|[ivx]{1,4}|\d{1,2}[a-z]?)|\s*\d{1,2})\s*(?:[.:)]|[-–—]\s|\s)|q?\d{1,2}[a-z]?(?:\.\d{1,2})*\s*[.:)]?\s+|[a-z][.)]\s+|[a-z]\s{2,}(?=\S)|\((?:[a-z]|\d{1,2}|[ivx]{1,4})\)\s*|q?\d{1,2}[.)])\s*[-–—:]?\s*",
    re.IGNORECASE,
)
_SHORT_FORMS = [
    (re.compile(rf"\b{short}\b\.?"), full)
    for short, full in {
        "yrs?": "year", "hrs": "hours", "grp": "group", "gp": "group", "abs": "absence", "auth": "authorised",
        "unauth": "unauthorised", "tel": "telephone", "perm": "permanent", r"no(?:\.|(?= of))": "number",
    }.items()
]  # fmt: skip
_MAY_BE_SHORT = re.compile(r"(?:yrs?|hrs|grp|gp|abs|auth|tel|perm|no)\b")  # most labels hold no short form
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_DASH = re.compile(r"\s+[–—-]\s+|(?<=\d)\s?:\s+(?!I\b)")
_SLASH = re.compile(r"\s*/\s*")
_ITEM_NUMBER = re.compile(
    r"\s+(?:no\.?\s*|number\s+)?(?:\d{1,2}|one|two|three|four|five|six|[a-e])(?:\s+of\s+\d{1,2})?$"
)
WORD = re.compile(r"[a-z0-9£%#][a-z0-9'+£%-]*")


class Match(NamedTuple):
    """What a label means: the id of a field, section, column or role, and how sure that is (1 = a known wording)."""

    id: str
    score: float


def plain(text: str) -> str:
    """A text in small letters, its signs as they are typed on a keyboard."""
    if text.isascii():
        return text.lower().replace("&", " and ")
    text = unicodedata.normalize("NFKC", text).casefold()
    return text.replace("’", "'").replace("‘", "'").replace("–", "-").replace("—", "-").replace("&", " and ")


@lru_cache(maxsize=_CACHE_SIZE)
def normal(label: str) -> str:
    """A label without case, numbering and final punctuation: '3. Date of Birth: *' is 'date of birth'."""
    text = plain(label).replace("☒", " ").replace("☐", " ").strip(" •*▾▸▼▶►▴▲⌄›»").lstrip("−+⊖⊕⊟⊞ ")
    if number := _NUMBERING.match(text):
        text = text[number.end() :]
    if _MAY_BE_SHORT.search(text):
        for short, full in _SHORT_FORMS:
            text = short.sub(full, text)
    if "/" in text:
        text = _SLASH.sub("/", text)
    return " ".join(text.split()).strip(" *:?.,;-_|!•\"'")


def bare_of(label: str) -> str:
    """As `normal`, and without what is in brackets: 'UPN (if known)' is 'upn'."""
    return (normal(_BRACKETS.sub("", label)) if "(" in label or "[" in label else "") or normal(label)


def titled(label: str) -> tuple[str, str]:
    """The number of an item and the title after it: 'Target Two – Reading' is 'Target Two' and 'Reading'."""
    dash = _DASH.search(label)
    title = label[dash.end() :] if dash else ""
    return (label[: dash.start()], title) if dash and 0 < len(title.split()) <= _TITLE else (label, "")


@lru_cache(maxsize=_CACHE_SIZE)
def counted(label: str) -> str:
    """What a label counts: 'Target 2', 'target two', 'Target 2 of 3 – Reading' is 'target'; '' where it counts nothing."""
    said = normal(titled(label)[0])
    words = _ITEM_NUMBER.sub("", said)
    return words if words != said else ""
