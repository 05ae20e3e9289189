"""SDQ from the last twelve months

Looks at: the date of the SDQ beside the date of the meeting.

Why: an old score describes a child who has changed. Counts: a date within the months before the meeting, or after it.
Does not count: a score without a date. Where there is no score at all, only `sdq_present` says so.
"""

from datetime import date

from pydantic import Field

from vsdocs.criteria import Answer, Example, absent, quote, sdq_present
from vsdocs.dates import in_words, parse_iso
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    months: int = Field(default=12, description="Within {} months of the meeting")


def check(pep: Extraction, params: Params, today: date) -> Answer:
    sdq = pep.record.sdq
    nothing = sdq.total is None and sdq.date is None and pep.state("sdq.total") is State.BLANK
    if nothing or not sdq_present.applies(pep, today):
        return Answer(Met.NOT_APPLICABLE)
    quotes = (quote(pep, "sdq.date"),)
    done = parse_iso(sdq.date)
    if done is None:
        state = absent(pep, "sdq.date")
        return Answer(state, quotes, {"date": "no date is given"} if state is Met.NOT_MET else {})
    day = parse_iso(pep.record.meeting.date) or today
    until = done.year * 12 + done.month + params.months, done.day if len(sdq.date or "") > 7 else 31
    in_date = (day.year * 12 + day.month, day.day) <= until
    return Answer(Met.MET if in_date else Met.NOT_MET, quotes, {"date": f"it is dated {in_words(done)}"})


EXAMPLES = [
    Example(Met.MET, {"sdq": {"total": 9, "date": "2025-05-20"}, "meeting": {"date": "2025-11-20"}}),
    Example(Met.MET, {"sdq": {"total": 9, "date": "2024-11-20"}, "meeting": {"date": "2025-11-20"}}, why="to the day"),
    Example(Met.NOT_MET, {"sdq": {"total": 9, "date": "2024-11-19"}, "meeting": {"date": "2025-11-20"}}),
    Example(Met.NOT_MET, {"sdq": {"total": 9}}, {"sdq.date": "blank"}),
    Example(Met.CANNOT_TELL, {"sdq": {"total": 9}}, {"sdq.date": "not_located"}),
    Example(Met.NOT_APPLICABLE, {}, {"sdq.total": "blank", "sdq.date": "blank"}, "sdq_present says so"),
]
