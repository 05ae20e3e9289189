"""What, when, where, by whom and how often

Looks at: the support for each target: what is done, when, where, by whom and how often.

Why: support that has its five Ws happens; 'TA support' may mean anything. Counts, in the provision or in a box of its own:
a day, a time or the date by which (when); a room or a place (where); a name or a role (by whom); 'twice a week', '8 sessions'
(how often). Met: most targets tell all that the rubric asks for. Partly: most tell some of it.
"""

import re
from collections import Counter
from datetime import date
from math import ceil

from pydantic import Field

from vsdocs.criteria import Answer, Example, absent, quote
from vsdocs.evidence import State
from vsdocs.judgement import Met, Quote
from vsdocs.language.text import plain, quoted
from vsdocs.record import Extraction, Frozen

_DAY = r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|nesday|rsday|sday|urday)?s?"
_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several)"
_PLACE = (
    r"(?:class(?:room)?|room|hub|den|nest|library|hall|corner|area|unit|centre|home|school|college|garden|playground|office"
    r"|studio|gym|kitchen|base|lessons?|assembly|nursery|workshop|table|desk|pool|clinic|club|house|lab|space)"
)
_TELLS = {
    "when": re.compile(
        rf"\b(?:{_DAY}|mornings?|afternoons?|evenings?|lunch\w*|break ?times?|(?:before|after) (?:school|snack|lunch)"
        r"|registration|tutor time|p(?:eriod)? ?\d|\d{1,2}[.:]\d\d|\d ?[ap]m|weekends?|half term|until|from \d|by \w+)\b",
        re.IGNORECASE,
    ),
    "where": re.compile(
        rf"\b(?:in|at|into|on) (?:(?:the|a|an|his|her|their|our|all) )?(?:[\w-]+ ){{0,2}}{_PLACE}\b"
        r"|\b(?:[Aa]t|[Ii]n the) [A-Z]\w+|\b(?i:online|on-line|at home|in class|library|playground|forest school)\b"
    ),
    "by whom": re.compile(
        r"\b(?:Mr|Mrs|Ms|Miss|Dr)\b|\b(?:tutor|ta|lsa|hlta|teacher|senco|elsa|therapist|mentor|counsellor|coach|carers?"
        r"|key (?:person|adult|worker)|adviser|(?:speech|educational) \w+)\b",
        re.IGNORECASE,
    ),
    "how often": re.compile(
        rf"\b(?:daily|weekly|fortnightly|monthly|termly|once|twice|each|every|per (?:day|week|fortnight|month|term|session)"
        rf"|an? (?:day|week|fortnight|month|term)|{_NUMBER} ?x|x ?\d+|{_DAY[:-2]}s|{_NUMBER} (?:times|weeks)"
        rf"|{_NUMBER} (?:[\w:-]+ )?(?:sessions|visits|meetings|lessons|hours|mornings|afternoons|journeys|appointments))\b",
        re.IGNORECASE,
    ),
}
_BOXES = {"what": "provision", "when": "due", "by whom": "responsible", "how often": "frequency"}
_ORDER = ("what", "when", "where", "by whom", "how often")


class Params(Frozen):
    parts: tuple[str, ...] = _ORDER  # those of the five that are asked for
    whole: int = Field(default=5, description="Met with {} of the five")
    some: int = Field(default=2, description="Partly met with {} of the five")
    most: float = 0.6  # share of the targets (0-1) that must tell so many


def told(pep: Extraction, n: int, asked: tuple[str, ...] = _ORDER) -> tuple[frozenset[str], frozenset[str]]:
    """Of the parts asked for, those that target `n` tells, and those that may stand in a box which was not found or read."""
    target = pep.record.targets[n]
    text = " ".join(plain(part) for part in (target.provision, target.frequency) if part)
    known = frozenset(part for part, pattern in _TELLS.items() if pattern.search(text))
    known |= {part for part, box in _BOXES.items() if getattr(target, box)}
    closed = (State.NOT_LOCATED, State.UNREADABLE)
    if not target.provision and pep.state(f"targets[{n}].provision") in closed:
        return known & {*asked}, frozenset(asked) - known
    unread = frozenset(["by whom"] if pep.state(f"targets[{n}].responsible") in closed else [])
    return known & {*asked}, (unread - known) & {*asked}


def check(pep: Extraction, params: Params, today: date) -> Answer:
    targets = pep.record.targets
    if not targets:
        facts = {"targets": "the targets", "missing": _listed([*params.parts])}
        return Answer(absent(pep, "targets"), (quote(pep, "targets"),), facts)
    each = [told(pep, n, params.parts) for n in range(len(targets))]

    def level(counts: list[int]) -> Met:
        most = sorted(counts, reverse=True)[ceil(params.most * len(counts)) - 1]
        return Met.MET if most >= params.whole else Met.PARTLY if most >= params.some else Met.NOT_MET

    state = level([len(known) for known, _ in each])
    if state is not level([len(known | unread) for known, unread in each]):
        return Answer(Met.CANNOT_TELL, (quote(pep, "targets[0].provision"),))
    if state is Met.MET:
        best = max(range(len(each)), key=lambda n: len(each[n][0]))
        return Answer(state, (_provision(pep, best),), {"targets": quoted([targets[best].text])})
    short = [n for n, (known, _) in enumerate(each) if len(known) < params.whole][:3]
    gaps = Counter(part for known, unread in each for part in params.parts if part not in known | unread)
    missing = [p for p in params.parts if gaps[p] * 2 >= len(each)] or [p for p in params.parts if gaps[p]]
    facts = {"targets": quoted(targets[n].text for n in short), "missing": _listed(missing)}
    return Answer(state, tuple(_provision(pep, n) for n in short), facts)


def _provision(pep: Extraction, n: int) -> Quote:
    return quote(pep, f"targets[{n}].{'provision' if pep.record.targets[n].provision else 'text'}")


def _listed(parts: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""


_READ = {"text": "Read 60 words a minute by Easter", "due": "2026-03-27"}
_FIVE = {**_READ, "provision": "Paired reading in the library, Tuesdays and Fridays", "responsible": "Mrs Ellery"}
_TWO = {**_READ, "provision": "Paired reading"}
_CLOSED = {"targets[0].responsible": "blank", "targets[0].frequency": "blank"}
EXAMPLES = [
    Example(Met.MET, {"targets": [_FIVE]}),
    Example(Met.MET, {"targets": [_FIVE, _FIVE, _TWO]}, why="most targets tell it all"),
    Example(Met.PARTLY, {"targets": [_TWO]}, _CLOSED),
    Example(Met.PARTLY, {"targets": [{**_TWO, "responsible": "Mrs Ellery"}]}, why="where and how often are not told"),
    Example(
        Met.NOT_MET,
        {"targets": [{"text": "Read more"}]},
        {"targets[0].provision": "blank", "targets[0].responsible": "blank"},
    ),
    Example(Met.CANNOT_TELL, {"targets": [{"text": "Read more"}]}, {"targets[0].provision": "not_located"}),
    Example(Met.NOT_MET, {}, {"targets": "blank"}),
    Example(Met.CANNOT_TELL, {}, {"targets": "not_located"}),
]
