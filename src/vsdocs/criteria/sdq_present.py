"""SDQ score in the PEP

Looks at: the SDQ total difficulties score.

Why: the score tells the school and the virtual school how the child is feeling, so that support can be put in place; it
must be in the PEP. Counts: a total from 0 to 40, whoever filled it in. Does not count: 'to follow'. It is not asked of
children under four or from their seventeenth birthday, and nothing in this area is then looked at, unless a score of the
last year is given all the same.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, absent, quote
from vsdocs.dates import age_on, parse_iso
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    from_age: int = 4  # years, on the day of the meeting
    to_age: int = 16


_YEAR = 365  # days


def applies(pep: Extraction, today: date, params: Params | None = None) -> bool:
    """Is an SDQ asked for at this child's age, or one of the last year given all the same?

    Where the date of birth is not known, the year group says.
    """
    record, params = pep.record, params or Params()
    born, done = parse_iso(record.child.date_of_birth), parse_iso(record.sdq.date)
    day = parse_iso(record.meeting.date) or today
    if record.sdq.total is not None and done and (day - done).days <= _YEAR:
        return True
    if born is None:
        return record.child.year_group not in ("N", "13")
    return params.from_age <= age_on(born, day) <= params.to_age


def check(pep: Extraction, params: Params, today: date) -> Answer:
    if not applies(pep, today, params):
        return Answer(Met.NOT_APPLICABLE)
    quotes = (quote(pep, "sdq.total"),)
    total = pep.record.sdq.total
    if total is None:
        return Answer(absent(pep, "sdq.total"), quotes)
    return Answer(Met.MET, quotes, {"total": str(total)})


EXAMPLES = [
    Example(Met.MET, {"sdq": {"total": 16}}),
    Example(
        Met.MET,
        {
            "child": {"date_of_birth": "2008-10-01"},
            "meeting": {"date": "2026-01-10"},
            "sdq": {"total": 9, "date": "2025-11-02"},
        },
        why="seventeen, and given all the same",
    ),
    Example(Met.NOT_MET, {}, {"sdq.total": "blank"}),
    Example(Met.CANNOT_TELL, {}, {"sdq.total": "not_located"}),
    Example(Met.CANNOT_TELL, {}, {"sdq.total": "unreadable"}),
    Example(
        Met.NOT_APPLICABLE,
        {"child": {"date_of_birth": "2022-10-01"}, "meeting": {"date": "2026-01-10"}},
        {"sdq.total": "blank"},
        "three years old",
    ),
    Example(
        Met.NOT_APPLICABLE,
        {"child": {"date_of_birth": "2008-10-01"}, "meeting": {"date": "2026-01-10"}},
        {"sdq.total": "blank"},
        "seventeen years old",
    ),
]
