"""What tells who a child is, and where it stands in a text: full name, UPN, birth date, e-mail, telephone, postcode.

Names are compared by their words: without case, accents, hyphens and apostrophes, forename or surname first.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from vsdocs.dates import parse_iso
from vsdocs.record import ChildDetails, Contact, Extraction

Name = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
_OWNED = re.compile(r"['’ʼ`´][sS]$")
_APOSTROPHE = re.compile(r"['’ʼ`´]")
_BRACKETED = re.compile(r"[(\[“\"‘]\s*([^)\]”\"’]{1,60}?)\s*[)\]”\"’]")
_PARTICLES = {"de", "da", "do", "dos", "du", "van", "von", "der", "den", "el", "al", "bin", "ben", "ibn", "la", "le", "st", "mc", "mac", "o"}  # fmt: skip
TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "sir", "dame"}
_LABELS = {"name", "names", "forename", "forenames", "surname", "first", "last", "family", "given", "known", "as"}
UPN = re.compile(r"(?<!\w)[A-Za-z](?:\s?\d){11}\s?[\dA-Za-z](?!\w)")
EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w£.-])(?:\+44\s?(?:\(0\)\s?)?|\(?0)\d(?:[\s()-]{0,2}\d){7,9}(?!\w)")
POSTCODE = re.compile(
    r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]?\s*\d[ABD-HJLNP-UW-Z]{2}(?!\w)"
    r"|(?<!\w)[a-z]{1,2}\d[a-z\d]?\s+\d(?!st|nd|rd|th)[abd-hjlnp-uw-z]{2}(?!\w)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DAY, _YEAR = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?", r"(?P<year>(?:19|20)\d\d|['’]?\d\d)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[-/.]\s?(?P<number>[01]?\d)\s?[-/.]\s?(?P<day>[0-3]?\d)(?!\d)",
        rf"(?<![\d/.-])(?P<day>[0-3]?\d)\s?[/.\-–]\s?(?P<number>[01]?\d)\s?[/.\-–]\s?{_YEAR}(?!\d)",
        rf"(?<!\d){_DAY}\s?(?:of\s+)?[-\s/.]?\s?{_MONTH}\.?,?\s?[-\s/.]?\s?{_YEAR}(?!\d)",
        rf"\b{_MONTH}\.?\s+{_DAY},?\s+{_YEAR}(?!\d)",
    )
)
SAYS_BIRTH = re.compile(r"\bborn\b|birth|\bd\.?\s?o\.?\s?b\b", re.IGNORECASE)
_BIRTH_BEFORE = re.compile(r"\b(?:born|birth\w*|d\.?\s?o\.?\s?b)\b\.?[^.!?]{0,30}$", re.IGNORECASE)
_BIRTH_AFTER = re.compile(r"^[^.!?\d]{0,20}\b(?:birth\w*|d\.?o\.?b)\b", re.IGNORECASE)


class Word(NamedTuple):
    """A word of a text: as it is compared, whether it begins as names do, and what stands before it."""

    key: str
    named: bool
    before: str


class Day(NamedTuple):
    """A date in a text, and whether it is written as somebody's birth date."""

    day: date
    of_birth: bool
    span: tuple[int, int]


@dataclass(frozen=True)
class Identifiers:
    """What tells who one child is. `parts` are the words of its names."""

    id: str
    names: frozenset[Name]
    parts: frozenset[str]
    upn: str
    born: date | None

    @classmethod
    def of(cls, pep: Extraction) -> "Identifiers":
        return cls.of_child(pep.id, pep.record.child)

    @classmethod
    def of_child(cls, reference: str, child: ChildDetails) -> "Identifiers":
        names = frozenset(_names(child))
        born = parse_iso(child.date_of_birth) if len(child.date_of_birth or "") > 7 else None
        parts = frozenset(word for name in names for word in name if len(word) > 1)
        return cls(reference, names, parts, bare(child.upn or ""), born)

    def same_child(self, other: "Identifiers") -> bool:
        """Two PEPs of one child: the same UPN, or the same name and birth date."""
        if self.id == other.id:
            return True
        if self.upn and other.upn and len(self.upn) >= 12:
            return self.upn == other.upn
        return bool(self.names & other.names) and self.born is not None and self.born == other.born


def _names(child: ChildDetails) -> Iterator[Name]:
    """The full name as it may be written: either part first, without middle names, by one half of a double surname."""
    forename, surname = child.forename or "", child.surname or ""
    given, family = keys(_BRACKETED.sub(" ", forename)), keys(_BRACKETED.sub(" ", surname))
    givens = {given, given[:1], *(keys(called) for called in _BRACKETED.findall(forename))}
    families = {family, tuple(split_keys(surname)), ("".join(family),)}
    if len(family) > 1:
        families |= {(half,) for half in (family[0], family[-1]) if len(half) > 2 and half not in _PARTICLES}
    for one in givens:
        for other in families:
            if any(one) and any(other):
                yield one + other
                yield other + one


def folded(text: str) -> str:
    """The text without accents and without characters that show nothing; full-width letters as plain ones."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")


@lru_cache(maxsize=4096)  # most texts of a letter are its template's, and stand in every letter
def words(text: str) -> tuple[Word, ...]:
    """The words of a text, without the labels of name boxes ('Forename: Amy, Surname: …')."""
    text = folded(text)
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        key = _APOSTROPHE.sub("", _OWNED.sub("", match[0])).casefold()
        if key not in _LABELS:
            found.append(Word(key, not match[0][0].islower(), text[end : match.start()]))
        end = match.end()
    return tuple(found)


def keys(text: str) -> Name:
    return tuple(word.key for word in words(text))


def split_keys(text: str) -> Iterator[str]:
    """The words of a name with each apostrophe as a gap: 'O'Rourke' is also written 'O Rourke'."""
    return (word.key for word in words(_APOSTROPHE.sub(" ", text)))


def bare(text: str) -> str:
    """Letters and digits only, in capitals: how UPNs and postcodes are compared."""
    return re.sub(r"[\W_]", "", text).upper()


def upns(text: str) -> Iterator[str]:
    return (bare(found[0]) for found in UPN.finditer(text))


def emails(text: str) -> Iterator[str]:
    return (found[0].strip(".'").casefold() for found in EMAIL.finditer(text)) if "@" in text else iter(())


def telephones(text: str) -> Iterator[str]:
    """Telephone numbers as digits from their nought on."""
    for found in PHONE.finditer(text):
        digits = re.sub(r"\D", "", found[0].replace("(0)", ""))
        yield f"0{digits[2:]}" if found[0].startswith("+44") else digits


def postcodes(text: str) -> Iterator[str]:
    return (bare(found[0]) for found in POSTCODE.finditer(text))


def dates(text: str) -> Iterator[Day]:
    """Every date in the forms that English documents use."""
    for pattern in _DATES:
        for found in pattern.finditer(text):
            part = found.groupdict()
            month = int(part["number"]) if part.get("number") else _MONTHS.index(part["month"][:3].lower()) + 1
            year = int(part["year"].strip("'’"))
            try:
                day = date(year if year > 99 else year + (1900 if year >= 70 else 2000), month, int(part["day"]))
            except ValueError:
                continue
            before, after = text[max(0, found.start() - 60) : found.start()], text[found.end() : found.end() + 40]
            yield Day(day, bool(_BIRTH_BEFORE.search(before) or _BIRTH_AFTER.search(after)), found.span())


def one_person(one: Contact, other: Contact) -> bool:
    """Whether two contacts are one person written twice: 'Mrs L Trent-Davies' and 'Lucy Trent-Davies'."""
    if one.email and other.email and one.email.casefold() == other.email.casefold():
        return True
    (title, given, family), (title2, given2, family2) = _parted(one.name or ""), _parted(other.name or "")
    if title and title2 and {title, title2} <= {"mr", "mrs", "ms", "miss"} and (title == "mr") != (title2 == "mr"):
        return False
    slips = Levenshtein.distance(family, family2)
    half = len(family) > 3 < len(family2) and (
        family.endswith(family2) or family2.endswith(family)
    )  # of a double surname
    if not half and slips > (1 if min(len(family), len(family2)) > 4 else 0):
        return False
    return not given or not given2 or given.startswith(given2) or given2.startswith(given)


def _parted(name: str) -> tuple[str, str, str]:
    """Title, first forename or initial, and surname in one word; 'Smith, Jane' turned round."""
    name = re.sub(r"\s*[(\[].*?[)\]]\s*", " ", name).split(" - ")[0]
    last, comma, first = name.partition(",")
    if comma and first.strip() and " " not in last.strip():
        name = f"{first} {last}"
    elif comma:
        name = last
    words = [w for w in folded(name).casefold().replace(".", " ").split() if w]
    title = words.pop(0) if words and words[0] in TITLES else ""
    if not words:
        return title, "", ""
    return title, words[0] if len(words) > 1 else "", re.sub(r"\W", "", words[-1])
