"""Outcomes fit the figures

Looks at: a target of the last PEP that names a figure which this PEP records too (attendance, a subject's grade), beside its
outcome.

Why: a target marked met that the figures contradict hides that the child still waits for it. Counts: 'met' with the figure
reached. Partly: the figure is below the aim, though it may cover another time. Not met: the figure stands where it
started, or the grade below the aim. Where no figure can be set beside an outcome, nothing is said.
"""

import re
from datetime import date

from vsdocs.criteria import Answer, Example, quote
from vsdocs.criteria.targets_move_on import NOW, aim_of
from vsdocs.judgement import Met, Quote
from vsdocs.language.links import shared
from vsdocs.language.text import plain, shortened
from vsdocs.record import Extraction, Frozen, PreviousTarget

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?) ?(?:%|per ?cent)")
_LESSER = re.compile(r"\b(?:lessons?|sessions?|clubs?|days with|mornings?|half[- ]term|weeks?)\b", re.IGNORECASE)


class Params(Frozen):
    rounding: float = 0.5  # points of attendance that a figure may be off


def check(pep: Extraction, params: Params, today: date) -> Answer:
    answers = [
        answer
        for n, target in enumerate(pep.record.previous_targets)
        if target.outcome == "met"
        for answer in (_attendance(pep, n, target, params), _grade(pep, n, target))
        if answer
    ]
    order = [Met.NOT_MET, Met.PARTLY, Met.MET]
    return min(answers, key=lambda answer: order.index(answer.state), default=Answer(Met.CANNOT_TELL))


def _attendance(pep: Extraction, n: int, target: PreviousTarget, params: Params) -> Answer | None:
    """'From 90.7% to 96%' beside the attendance recorded; None where the target is about part of the school week."""
    text, now = plain(target.text), pep.record.attendance.percent
    figures = [float(found) for found in _PERCENT.findall(text)]
    if now is None or not figures or "attend" not in text.lower() or _LESSER.search(text):
        return None
    aim = figures[-1]
    if now >= aim - params.rounding:
        state = Met.MET
    elif len(figures) > 1 and now <= figures[0] + params.rounding:
        state = Met.NOT_MET
    else:
        state = Met.PARTLY
    return _answer(pep, n, target, state, quote(pep, "attendance.percent"), f"{now:g}%")


def _grade(pep: Extraction, n: int, target: PreviousTarget) -> Answer | None:
    """'To a grade 5 in maths' beside the grade recorded in maths."""
    aim = aim_of(target.text)
    for m, attainment in enumerate(pep.record.attainment):
        now = NOW.search(attainment.current or "")
        if aim is None or now is None or bool(aim["entry"]) is not bool(now["entry"]):
            continue
        if shared(attainment.subject, target.text or ""):
            state = Met.MET if int(now["number"]) >= int(aim["number"]) else Met.NOT_MET
            return _answer(pep, n, target, state, quote(pep, f"attainment[{m}].current"), attainment.current or "")
    return None


def _answer(pep: Extraction, n: int, target: PreviousTarget, state: Met, figure: Quote, now: str) -> Answer:
    quotes = (quote(pep, f"previous_targets[{n}].text"), figure)
    return Answer(state, quotes, {"target": shortened(target.text, 80), "now": now})


def _marked(text: str, outcome: str | None = "met") -> dict[str, object]:
    return {"previous_targets": [{"text": text, "outcome": outcome}]}


_NINETY = {"attendance": {"percent": 90.7}}
_MATHS = {"attainment": [{"subject": "Maths", "current": "4"}]}
EXAMPLES = [
    Example(Met.MET, _marked("Attendance of 90% or more") | _NINETY),
    Example(Met.MET, _marked("A grade 4 in maths by Easter") | _MATHS),
    Example(Met.PARTLY, _marked("Attendance of 96%") | _NINETY, why="the figure may be the whole year's"),
    Example(Met.NOT_MET, _marked("Raise attendance from 90.7% to 96%") | _NINETY),
    Example(Met.NOT_MET, _marked("A grade 5 in maths by Easter") | _MATHS),
    Example(Met.CANNOT_TELL, _marked("Raise attendance from 90.7% to 96%", "not_met") | _NINETY),
    Example(Met.CANNOT_TELL, _marked("Attend 96% of reading sessions") | _NINETY, why="not the whole of school"),
    Example(Met.CANNOT_TELL, _marked("Raise attendance from 90.7% to 96%"), {"attendance.percent": "not_located"}),
    Example(Met.CANNOT_TELL, _marked("Read six books") | _NINETY),
]
