"""The criteria: one file each, found by scanning this folder. There is nothing to register.

A criterion's file is named after its id, which reads true when met (`voice_present`). It holds

* a docstring: first line the title; then what it looks at, why, and what counts and what does not;
* `Params`: the figures that a rubric may set, with their defaults and units; one with a `description` ('At least {} targets')
  stands in the rule book for teachers;
* `check(pep, params, today) -> Answer`: the look at one PEP. It never grades: what an unmet criterion costs, and in which
  words a teacher is told, is the rubric's business;
* `EXAMPLES`: at least one PEP each that meets it, does not meet it, and of which it cannot tell.
"""

import importlib
import pkgutil
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from vsdocs.dates import parse_iso
from vsdocs.document import Format
from vsdocs.errors import PackError
from vsdocs.evidence import Evidence, State
from vsdocs.judgement import Met, Quote, TargetJudgement
from vsdocs.language.pp_plus import Line, share_of_money
from vsdocs.language.smart import judge_all
from vsdocs.language.text import plain, quoted
from vsdocs.language.times import moments
from vsdocs.record import Extraction, Frozen, PepRecord, Target, value_at


@dataclass(frozen=True)
class Answer:
    """What a criterion says of one PEP.

    `facts` fill the slots of the rubric's wording for this criterion ('{percent}% attendance'); `quotes` are the words of
    the PEP that decided.
    """

    state: Met
    quotes: tuple[Quote, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Example:
    """A PEP in a few fields and the state that the criterion must give it. `evidence` is path -> state where it matters."""

    state: Met
    record: dict[str, Any]
    evidence: dict[str, str] = field(default_factory=dict)
    why: str = ""

    def pep(self) -> Extraction:
        """The example as a PEP read from nowhere in particular."""
        return Extraction(
            source="example",
            id="0" * 12,
            format=Format.DOCX,
            sha256="0" * 64,
            record=PepRecord.model_validate(self.record),
            evidence={path: Evidence(state=State(state)) for path, state in self.evidence.items()},
        )


@dataclass(frozen=True)
class Criterion:
    id: str
    title: str
    about: str  # the docstring below its first line
    params: type[Frozen]
    check: Callable[[Extraction, Any, date], Answer]
    examples: tuple[Example, ...]


#: The day on which every example is looked at.
EXAMPLE_DAY = date(2026, 1, 15)


def absent(pep: Extraction, *paths: str) -> Met:
    """How a criterion stands where these fields hold no value: not met if the form left one of their boxes empty."""
    blank = any(pep.state(path) is State.BLANK for path in paths)
    return Met.NOT_MET if blank else Met.CANNOT_TELL


def moot(pep: Extraction, path: str) -> Met:
    """How a criterion stands where the part it looks at holds nothing to look at, and another criterion says so."""
    unseen = pep.state(path) in (State.NOT_LOCATED, State.UNREADABLE)
    return Met.CANNOT_TELL if unseen else Met.NOT_APPLICABLE


def share_met(told: Sequence[bool | None], nearly: float) -> Met:
    """Met where all are, partly where at least the share `nearly` (0-1) is; cannot tell where a None would decide."""

    def state(unknown: bool) -> Met:
        good = sum(unknown if one is None else one for one in told)
        return Met.MET if good == len(told) else Met.PARTLY if good >= nearly * len(told) and good else Met.NOT_MET

    return state(True) if state(True) is state(False) else Met.CANNOT_TELL


def money_met(lines: Sequence[Line], told: Sequence[bool | None], enough: float) -> Met:
    """Met where all lines are, or the share `enough` (0-1) of their money is, partly where some is; as `share_met` for a None."""

    def state(unknown: bool) -> Met:
        good = [unknown if one is None else one for one in told]
        share = share_of_money(lines, good)
        return Met.MET if all(good) or share >= enough else Met.PARTLY if any(good) and share > 0 else Met.NOT_MET

    return state(True) if state(True) is state(False) else Met.CANNOT_TELL


#: A target with every box filled, for examples.
WHOLE_TARGET = {
    "text": "Read 60 words a minute from a Year 3 text",
    "success_criteria": "60 words a minute, 45 in September",
    "provision": "Paired reading",
    "responsible": "Mrs Ellery",
    "due": "2026-03-27",
}


def is_closed(pep: Extraction, path: str) -> bool:
    """Whether nothing can be told of a box: not found, or not legible. Words that are no date ('ongoing') can be read."""
    state, evidence = pep.state(path), pep.evidence.get(path)
    if state is State.UNREADABLE:
        return pep.format is Format.SCAN or evidence is None or not evidence.text
    return state is State.NOT_LOCATED


def is_due_in_words(pep: Extraction, n: int) -> bool:
    """Whether the box for a target's due date holds a deadline that is no date: 'Easter', 'end of term'."""
    evidence = pep.evidence.get(f"targets[{n}].due")
    if evidence is None or not evidence.text or pep.record.targets[n].due or is_closed(pep, f"targets[{n}].due"):
        return False
    return any(one.deadline for one in moments(plain(f"by {evidence.text}"), parse_iso(pep.record.meeting.date)))


def of_each_target(
    pep: Extraction, nearly: float, box: str, good: Callable[[Target, TargetJudgement], bool | None]
) -> Answer:
    """Whether each target is good in one respect, which is written in `box` of the form or in the target's own text.

    A target that is not good counts against the PEP only where the form has such a box and it could be read.
    """
    judged = judge_all(pep.record)
    if not judged:
        return Answer(moot(pep, "targets"))
    targets = pep.record.targets
    unseen = {n for n, _ in judged if is_closed(pep, f"targets[{n}].{box}")}
    met = {n for n, judgement in judged if good(targets[n], judgement) or (box == "due" and is_due_in_words(pep, n))}
    told = [n in met or (None if n in unseen else False) for n, _ in judged]
    state = share_met(told, nearly)
    at = [n for (n, _), one in zip(judged, told, strict=True) if one is (state is Met.MET)]
    at = at[: 1 if state is Met.MET else 3]
    quotes = tuple(quote(pep, f"targets[{n}].{box if getattr(targets[n], box) else 'text'}") for n in at)
    return Answer(state, quotes, {"targets": quoted(targets[n].text for n in at)})


def shown(text: str | None, width: int = 140) -> str:
    """The start of a text on one line, without its full stop, to stand in a sentence."""
    return textwrap.shorten(text or "", width, placeholder=" …").rstrip(".")


def quote(pep: Extraction, path: str, words: str | None = None) -> Quote:
    """The words of a field (or the part of them that decided) with the place where they stand."""
    evidence = pep.evidence.get(path, Evidence(state=pep.state(path)))
    value = value_at(pep.record, path)
    told = None if value is None or isinstance(value, tuple | Frozen) else str(value)
    text = words or evidence.text or told
    return Quote(field=path, text=text, page=evidence.page, location=evidence.location)


@cache
def all_criteria() -> dict[str, Criterion]:
    """Every criterion by id. A file that lacks one of the four parts is fatal: it would never run, and nobody would know."""
    found = {}
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        missing = [part for part in ("__doc__", "Params", "check", "EXAMPLES") if not getattr(module, part, None)]
        if missing:
            raise PackError(
                f"criteria/{info.name}.py lacks {', '.join(missing)}", "See the docstring of vsdocs.criteria."
            )
        title, _, about = (module.__doc__ or "").partition("\n")
        found[info.name] = Criterion(
            info.name, title.strip().rstrip("."), about.strip(), module.Params, module.check, tuple(module.EXAMPLES)
        )
    return found
