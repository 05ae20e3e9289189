"""Next meeting set

Looks at: the date of the next PEP meeting.

Why: the next date is agreed before people leave, so that three PEPs a year are held and the plan is never left to drift.
Counts: a date after this meeting, within the months of a term and its holidays. Partly: a date that is not after this
meeting, or later than that.
"""

from datetime import date

from pydantic import Field

from vsdocs.criteria import Answer, Example, absent, quote
from vsdocs.dates import in_words, parse_iso
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    #: by default a term with its holidays
    days: int = Field(default=185, description="Within {} days of this meeting")


def check(pep: Extraction, params: Params, today: date) -> Answer:
    quotes = (quote(pep, "meeting.next_date"),)
    meeting = pep.record.meeting
    then, now = parse_iso(meeting.next_date), parse_iso(meeting.date)
    if then is None:
        return Answer(absent(pep, "meeting.next_date"), quotes)
    facts = {"date": in_words(then)}
    in_time = now is None or 0 < (then - now).days <= params.days
    return Answer(Met.MET if in_time else Met.PARTLY, quotes, facts)


EXAMPLES = [
    Example(Met.MET, {"meeting": {"date": "2025-11-10", "next_date": "2026-03-16"}}),
    Example(Met.PARTLY, {"meeting": {"date": "2025-11-10", "next_date": "2026-11-10"}}, why="a year away"),
    Example(Met.PARTLY, {"meeting": {"date": "2025-11-10", "next_date": "2025-11-10"}}, why="the same day"),
    Example(Met.NOT_MET, {"meeting": {"date": "2025-11-10"}}, {"meeting.next_date": "blank"}),
    Example(Met.CANNOT_TELL, {"meeting": {"date": "2025-11-10"}}, {"meeting.next_date": "not_located"}),
]
