"""Ready in time after the meeting

Looks at: the day on which the PEP was handed in beside the day of the meeting, in working days (England's bank holidays and
weekends do not count).

Why: what was agreed can only begin when the plan is in everyone's hands, and the care review needs it. Counts: handed in
within the days that the authority gives, or before the meeting. Where the form does not say when it was handed in, or
leaves that box empty, nothing is said.
"""

from datetime import date

from pydantic import Field

from vsdocs.criteria import Answer, Example, quote
from vsdocs.dates import in_words, parse_iso, working_days_between
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    days: int = Field(default=20, description="Within {} working days of the meeting")
    misread: int = 366  # days apart from which the two dates are not believed


def check(pep: Extraction, params: Params, today: date) -> Answer:
    record = pep.record
    quotes = (quote(pep, "submitted"), quote(pep, "meeting.date"))
    if any(len(day or "") < len("2026-01-15") for day in (record.submitted, record.meeting.date)):
        return Answer(Met.CANNOT_TELL, quotes)  # missing, or without its day
    met, handed_in = parse_iso(record.meeting.date), parse_iso(record.submitted)
    if met is None or handed_in is None or abs((handed_in - met).days) >= params.misread:
        return Answer(Met.CANNOT_TELL, quotes)
    took = working_days_between(met, handed_in)
    facts = {"date": in_words(handed_in), "days": str(took), "allowed": str(params.days)}
    return Answer(Met.MET if took <= params.days else Met.NOT_MET, quotes, facts)


_MEETING = {"date": "2025-11-27"}
EXAMPLES = [
    Example(
        Met.MET, {"meeting": _MEETING, "submitted": "2025-12-29"}, why="20 working days: two bank holidays between"
    ),
    Example(Met.MET, {"meeting": _MEETING, "submitted": "2025-11-20"}, why="a week before the meeting"),
    Example(Met.NOT_MET, {"meeting": _MEETING, "submitted": "2025-12-30"}),
    Example(Met.CANNOT_TELL, {"meeting": _MEETING}, {"submitted": "not_located"}),
    Example(Met.CANNOT_TELL, {"meeting": _MEETING}, {"submitted": "blank"}),
    Example(Met.CANNOT_TELL, {"submitted": "2025-12-29"}, {"meeting.date": "unreadable"}),
    Example(Met.CANNOT_TELL, {"meeting": _MEETING, "submitted": "2015-11-28"}, why="one of the two was misread"),
    Example(Met.CANNOT_TELL, {"meeting": {"date": "2025-11"}, "submitted": "2025-12-29"}, why="the day is not given"),
]
