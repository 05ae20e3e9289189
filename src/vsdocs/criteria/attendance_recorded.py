"""Attendance recorded

Looks at: the attendance percentage.

Why: a PEP summarises the child's attendance; without the figure nobody can see that a child is missing school. Counts: any
figure for the period, however low. What is done about a low one is looked at by `attendance_acted_upon`.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, absent, quote
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    pass


def check(pep: Extraction, params: Params, today: date) -> Answer:
    quotes = (quote(pep, "attendance.percent"),)
    percent = pep.record.attendance.percent
    if percent is None:
        return Answer(absent(pep, "attendance.percent"), quotes)
    return Answer(Met.MET, quotes, {"percent": f"{percent:g}"})


EXAMPLES = [
    Example(Met.MET, {"attendance": {"percent": 71.5}}),
    Example(Met.NOT_MET, {}, {"attendance.percent": "blank"}),
    Example(Met.CANNOT_TELL, {}, {"attendance.percent": "not_located"}),
]
