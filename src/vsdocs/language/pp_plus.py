"""Pupil Premium Plus lines: what each buys, at what price, for which target, with what effect, and whether it is allowed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from vsdocs.language.links import content, shared, without_names
from vsdocs.language.numbers import NUMBER, value
from vsdocs.language.payers import payer
from vsdocs.language.text import plain, read
from vsdocs.record import PepRecord


class Impact(StrEnum):
    """How far a line tells its effect, expected or actual."""

    FIGURES = "figures"
    SEEN = "seen"  # what anybody could have seen: 'passed', 'every night', 'from D to C'
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
    serves: str  # the part of the plan that it serves: 'targets[0]', 'previous_targets[1]', 'needs'; '' for none
    tie: str  # the words that tie it to that part
    impact: Impact
    payer: str

    @property
    def index(self) -> int:
        """Which line of the record it is."""
        return int(self.field.removeprefix("pp_plus[").removesuffix("]"))

    @property
    def costed(self) -> bool:
        return bool(self.amount)

    @property
    def allowed(self) -> bool:
        return not self.payer

    @property
    def told(self) -> bool:
        """Whether its effect is told in figures, or so that anybody could have seen it."""
        return self.impact in (Impact.FIGURES, Impact.SEEN)


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
        return share_of_money(self.lines, [not line.allowed for line in self.lines])


def share_of_money(lines: Sequence[Line], good: Sequence[bool]) -> float:
    """The share (0-1) of the lines' money that is good, or of the lines where no money is named."""
    weights = [line.amount or 0.0 for line in lines]
    if not sum(weights):
        weights = [1.0] * len(lines)
    return sum(w for w, one in zip(weights, good, strict=True) if one) / sum(weights) if lines else 0.0


@lru_cache(maxsize=64)
def read_pp_plus(record: PepRecord) -> PPPlusReading:
    """Read the PP+ lines of a record beside its targets."""
    lines = [
        _line(f"pp_plus[{n}]", line.purpose, line.amount, line.impact, line.target, record)
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
            return replace(line, target=other.target, serves=other.serves, tie=words)
    return line


#: 'No spend planned', 'Awaiting VSH decision', 'n/a': an entry that there is nothing, in any words.
_MONEY = r"(?:spend\w*|spent|plan\w*|request\w*|claim\w*|alloc\w*|fund\w*|pp\+?|ppg|pupil premium|cost\w*|need\w*|requir\w*|appl\w+|bids?|money|used?|using|expenditure|grant|purchas\w*|bought|agreed|decided|confirmed|made|premium|drawn|yet|this (?:term|time|year))"
_NIL = re.compile(
    rf"\W*(?:(?:n ?/ ?a|nil|none|nothing|tbc|tba|unspent|declined|not applicable)\b"
    rf"|(?:(?:there|we|it|currently|at present|to date|so far|he|she|they|(?:the )?\w+) (?:is|are|was|were|has|have|had|does|do|did|being|been)? ?(?:is |being )?)?(?:no|not|none|nothing|zero|\w+n't)\b(?:[^.;]{{0,30}}?)\b{_MONEY}\b"
    rf"|see\b|discuss\b|(?:\w+ ){{0,3}}to follow\b|(?:still )?(?:awaiting|pending|awaited|waiting (?:for|on|to))\b|(?:amount |spend |plan |use |how )?(?:still )?(?:to be|will be|yet to be) (?:agreed|confirmed|decided|allocated|discussed|requested|advised|determined|planned|arranged)\b"
    r"|(?:carried|carry|rolled|saved|held|balance|underspen[dt]|returned)\b[^.;]{0,25}\b(?:forward|over|next|back|term|year|school)\b)|\W*\Z",
    re.IGNORECASE,
)


def _nil(purpose: str | None, amount: float | None) -> bool:
    words = plain(purpose)
    if amount or _PRICE.search(words):
        return False
    return not words or bool(_NIL.match(words))


_PRICE = re.compile(r"£ ?(\d[\d,]*(?:\.\d\d)?)")


def _line(
    field: str, purpose: str | None, amount: float | None, impact: str | None, index: int | None, record: PepRecord
) -> Line:
    words, effect = plain(purpose), plain(impact)
    named = amount
    if named is None and (price := _PRICE.search(words)):
        named = float(price[1].replace(",", ""))
    if index is None or not 0 <= index < len(record.targets):
        index, tie = _tie(words, effect, record)
    else:
        tie = record.targets[index].text or ""
    serves = "" if index is None else f"targets[{index}]"
    if not serves:
        serves, tie = next(
            ((path, shown) for path, text in _beside_targets(record) if (shown := shared(text, words))), ("", "")
        )
    return Line(field, words, named, _itemised(words), index, serves, tie, _impact(effect), payer(words))


def _beside_targets(record: PepRecord) -> Iterator[tuple[str, str]]:
    """What else money may serve: last time's targets, what the child said or hopes for, the needs, the next move."""
    for n, target in enumerate(record.previous_targets):
        yield f"previous_targets[{n}]", without_names(target.text or "", record.child)
    for n, entry in enumerate(record.voice):
        yield f"voice[{n}].answer", without_names(entry.answer or "", record.child)
    for name in ("needs", "aspirations", "transition"):
        yield name, without_names(getattr(record, name) or "", record.child)


def _carried(text: str, purpose: str, impact: str) -> str:
    """The words of a line (its purpose, else its effect) that carry a link with a part of the plan."""
    return (shared(text, purpose) or shared(text, impact)) if text else ""


def _itemised(words: str) -> bool:
    reading = read(words, "pp_plus")
    heading = any(len(words.strip(" .")) == len(hit.words) for hit in reading.hits.get("headings_as_written", ()))
    return (
        bool(words)
        and not heading
        and not reading.has("generic", "generic_as_written")
        and bool(content(words) or re.search(r"\d", words))
    )


_NUMBERED = re.compile(
    r"\btargets? (?:no\.? ?)?(\d)\b|\bT ?(\d)\b|^\W*(\d)(?=[).](?!\d)|: | and \d)|\btarget (one|two|three|four|five)\b",
    re.IGNORECASE,
)
_SPOKEN_OF = re.compile(
    r"\b(?!(?:his|her|their|my|your|all|pep|smart|these|those|meet|of|and|the|this)\b)[\w/-]+ targets?\b|\btargets? (?=on|of|about)",
    re.IGNORECASE,
)


def _tie(purpose: str, impact: str, record: PepRecord) -> tuple[int | None, str]:
    """The target a line serves: the one it numbers, else the one it shares most words with, else any it says it is for."""
    targets = record.targets
    if not targets:
        return None, ""
    if numbered := _NUMBERED.search(purpose):
        told = next(group for group in numbered.groups() if group)
        index = int(value(told) or 0) - 1
        if 0 <= index < len(targets):
            return index, numbered.group().strip()
    links = []
    for n, target in enumerate(targets):
        parts = (target.text, target.area, target.success_criteria, target.provision, target.baseline)
        whole = without_names(" ".join(filter(None, parts)), record.child)
        links.append((_carried(whole, purpose, impact) or _same_figure(whole, purpose), -n))
    words, n = max(links, key=lambda link: (len(link[0].split(",")) if link[0] else 0, link[1]))
    if words:
        return -n, words
    spoken = _SPOKEN_OF.search(purpose)
    if spoken:
        return 0, spoken.group()
    return (0, "the only target") if len(targets) == 1 and _helps_to_learn(purpose) else (None, "")


def numbers_its_target(purpose: str) -> bool:
    """Whether a line says by its number which target it is for: 'Target 2: tutor'."""
    return bool(_NUMBERED.search(purpose))


def _helps_to_learn(purpose: str) -> bool:
    """Whether a line buys teaching, help or a tool, which with one target in the plan can only be for that; a treat cannot."""
    reading = read(purpose, "pp_plus")
    return _itemised(purpose) and reading.has("help") and not reading.has("leisure")


#: 'Question 5' is Q5, 'Level 2' is L2; '6B' and '5-5' are codes as they stand.
_CODE = re.compile(
    r"\b(question|q|paper|p|unit|u|level|l|grade|g|entry|phase|book|band|stage|component|section) ?(\d{1,2})\b|\b(\d{1,2}[a-z])\b|\b(\d-\d)\b",
    re.IGNORECASE,
)
_NOTHING_OF_ITS_OWN = re.compile(
    r"\b(?:years?|yr|y|x) ?\d+\b|£ ?[\d.,]+|\b\d+ ?(?:x\b|hours?|hrs?|h\b|min\w*|sessions?|weeks?|wks?|visits?|lessons?|days?|months?|terms?|half|at|@)",
    re.IGNORECASE,
)


def _codes(text: str) -> dict[str, str]:
    """The coded names in a text ('Question 5', 'Q5', '6B'), by their short form."""
    bare = _NOTHING_OF_ITS_OWN.sub(" ", text)
    return {(f"{m[1][0]}{m[2]}" if m[1] else m[3] or m[4]).lower(): m.group() for m in _CODE.finditer(bare)}


def _same_figure(target: str, purpose: str) -> str:
    """'to reach the grade 4', 'Q5', '36 slots': a code or figure of a target named again."""
    wanted = _codes(target)
    if named := [words for code, words in _codes(purpose).items() if code in wanted]:
        return ", ".join(named)
    figures = re.findall(r"\b\d{2,}\b(?= [a-z]{3})", _NOTHING_OF_ITS_OWN.sub(" ", purpose))
    return next((figure for figure in figures if re.search(rf"\b{figure}\b", target)), "")


#: Figures that are no effect: money, dates, times of the year, how often it was held, how many staff it served.
_NO_EFFECT = re.compile(
    rf"£ ?[\d,.]+|{NUMBER} (?:of {NUMBER} )?(?:[\w-]+ ){{0,2}}?(?:attended|delivered|trained|supplied|bought|visits? made|sessions? (?:held|run|had|completed|taken up))\b"
    rf"|\b(?:attended|delivered|trained|supplied|entered|held|ran) (?:for |all )?{NUMBER}(?: (?:of|out of) {NUMBER})?|\b(?:one|no one)\b(?! each)|\b(?:week|year|term|target) \d+"
    r"|\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*(?: \d{4})?|\b(?:start\w*|begin\w*|due|review\w*|received|booked) (?:on |in |at )?(?:the )?\d+\w*|\b20\d\d\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:every|each) (?:\w+day|time|session|lesson)\b|\b(?:from )?([A-U]|[1-9][+=-]?|[1-9][a-c]) (?:to|>|->|up to) (?:an? )?([A-U]|[1-9][+=-]?|[1-9][a-c])\b"
)


def _impact(words: str) -> Impact:
    if not words:
        return Impact.NONE
    reading = read(words, "pp_plus")
    if reading.has("result") or re.search(NUMBER, _NO_EFFECT.sub(" ", words), re.IGNORECASE):
        return Impact.FIGURES
    if reading.has("seen_as_written") or _CHANGED.search(words):
        return Impact.SEEN
    return Impact.VAGUE if reading.has("vague_impact") else Impact.SAID
