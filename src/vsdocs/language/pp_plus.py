"""Pupil Premium Plus lines: what each buys, at what price, for which target, with what effect, and whether it is allowed."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from vsdocs.language.links import content, shared
from vsdocs.language.numbers import NUMBER
from vsdocs.language.text import plain, read
from vsdocs.record import PepRecord, Target


class Impact(StrEnum):
    """How far a line tells its effect, expected or actual."""

    FIGURES = "figures"
    SAID = "said"  # an effect in words
    VAGUE = "vague"  # 'ongoing', 'increased confidence'
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Line:
    """One spending line as read. `payer` is who must pay instead ('carer', 'school', 'transport', 'ehcp'), or ''."""

    field: str  # where it stands in the record: 'pp_plus[0]'
    purpose: str
    amount: float | None
    itemised: bool
    target: int | None  # index of the target it serves
    tie: str  # the words that tie it to that target
    impact: Impact
    payer: str

    @property
    def costed(self) -> bool:
        return bool(self.amount)

    @property
    def allowed(self) -> bool:
        return not self.payer


@dataclass(frozen=True, slots=True)
class PPPlusReading:
    """The lines that spend or plan to spend; nil entries ('none required') are left out."""

    lines: tuple[Line, ...]

    @property
    def allowed(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.allowed)

    @property
    def not_allowed(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.allowed)

    @property
    def not_allowed_share(self) -> float:
        """The share (0-1) of the money, or of the lines where no money is named, that goes on what is not allowed."""
        total = sum(line.amount or 0 for line in self.lines)
        if total:
            return sum(line.amount or 0 for line in self.not_allowed) / total
        return len(self.not_allowed) / len(self.lines) if self.lines else 0.0


@lru_cache(maxsize=64)
def read_pp_plus(record: PepRecord) -> PPPlusReading:
    """Read the PP+ lines of a record beside its targets."""
    lines = [
        _line(f"pp_plus[{n}]", line.purpose, line.amount, line.impact, line.target, record.targets)
        for n, line in enumerate(record.pp_plus)
        if not _nil(line.purpose, line.amount)
    ]
    return PPPlusReading(tuple(_with_its_sibling(line, lines) for line in lines))


def _with_its_sibling(line: Line, lines: list[Line]) -> Line:
    """'Practice papers used with the tutor' serves the target of the tuition beside it."""
    if line.target is not None:
        return line
    for other in lines:
        if other.target is not None and (words := shared(other.purpose, line.purpose)):
            return replace(line, target=other.target, tie=words)
    return line


def _nil(purpose: str | None, amount: float | None) -> bool:
    words = plain(purpose)
    if not words:
        return not amount
    return not amount and read(words, "pp_plus").has("nil") and len(words.split()) <= 8


def _line(
    field: str,
    purpose: str | None,
    amount: float | None,
    impact: str | None,
    index: int | None,
    targets: tuple[Target, ...],
) -> Line:
    words = plain(purpose)
    named = amount
    if named is None and (price := re.search(r"£ ?(\d[\d,]*(?:\.\d\d)?)", words)):
        named = float(price[1].replace(",", ""))
    if index is None or not 0 <= index < len(targets):
        index, tie = _tie(words, plain(impact), targets)
    else:
        tie = targets[index].text or ""
    return Line(field, words, named, _itemised(words), index, tie, _impact(plain(impact)), _payer(words))


def _itemised(words: str) -> bool:
    reading = read(words, "pp_plus")
    heading = any(len(words.strip(" .")) == len(hit.words) for hit in reading.hits.get("headings_as_written", ()))
    return (
        bool(words) and not heading and not reading.has("generic") and bool(content(words) or re.search(r"\d", words))
    )


def _payer(words: str) -> str:
    reading = read(re.sub(r"\b[\w/-]+ targets?\b", " ", words).strip(), "pp_plus")  # 'for the coat target' buys no coat
    if reading.has("beyond_as_written"):
        return ""
    if _FOR_MANY.search(words):
        return "school"
    return next((payer for payer in ("ehcp", "transport", "carer", "school") if reading.has(payer)), "")


#: What serves staff, a class or the building serves more than this child.
_FOR_MANY = re.compile(
    r"\b(?:for|to) (?:all|every|each|the|our) (?:\d+ )?(?:[\w-]+ ){0,2}?(?:staff|class|classes|pupils|students|year group|cohort|teachers|TAs|department)\b"
    r"|\b(?:Year|Yr|Y) ?\d+ (?:class|cohort|pupils|group)\b|\b(?:whole|all|entire)[- ](?:staff|school|class|year)\b|\bINSET\b|\b(?:staff|teacher|teachers'?) (?:training|CPD)\b"
    r"|\b(?:playground|school hall|the hall|staff ?room|corridor|reception area|car park)\b|\b(?:school's|the school) (?:usual|own)\b|\b(?:attendance|welfare) officer's?\b",
    re.IGNORECASE,
)


def _tie(purpose: str, impact: str, targets: tuple[Target, ...]) -> tuple[int | None, str]:
    """The target a line serves: the one it numbers, else the one it shares most words with, else any it says it is for."""
    if not targets:
        return None, ""
    numbered = re.search(r"\btargets? (\d)\b", purpose, re.IGNORECASE)
    if numbered and 0 < int(numbered[1]) <= len(targets):
        return int(numbered[1]) - 1, numbered.group()
    links = []
    for n, target in enumerate(targets):
        whole = " ".join(filter(None, (target.text, target.area, target.success_criteria, target.provision)))
        links.append((shared(whole, purpose) or shared(whole, impact) or _same_figure(whole, purpose), -n))
    words, n = max(links, key=lambda link: (len(link[0].split(",")) if link[0] else 0, link[1]))
    if words:
        return -n, words
    spoken = re.search(
        r"\b(?!(?:his|her|their|my|your|all|pep|smart|these|those|meet|of|and)\b)[\w/-]+ targets?\b|\btargets? (?=on|of|about)",
        purpose,
        re.IGNORECASE,
    )
    return (0, spoken.group()) if spoken else (None, "")


def _same_figure(target: str, purpose: str) -> str:
    """'to reach the grade 4', '36 slots': the figure of a target named again."""
    figures = re.findall(r"\b(?:grade|level|unit|entry) \d\b|\b\d{2,}\b(?= \w+)", purpose, re.IGNORECASE)
    return next((figure for figure in figures if re.search(rf"\b{re.escape(figure)}\b", target, re.IGNORECASE)), "")


def _impact(words: str) -> Impact:
    if not words:
        return Impact.NONE
    reading = read(words, "pp_plus")
    bare = re.sub(
        rf"£ ?[\d,.]+|{NUMBER} (?:of {NUMBER} )?(?:[\w-]+ ){{0,2}}?(?:attended|delivered|trained|supplied|bought|visits? made|sessions? (?:held|run|had|completed))\b|\b(?:one|no one)\b(?! each)|\b(?:week|year|term|target) \d+",
        " ",
        words,
        flags=re.IGNORECASE,
    )
    if reading.has("result") or re.search(NUMBER, bare, re.IGNORECASE):
        return Impact.FIGURES
    return Impact.VAGUE if reading.has("vague_impact", "nil") else Impact.SAID
