"""Targets fall due by the next review

Looks at: the due date of each target beside the date of the next PEP meeting.

Why: the next meeting looks at what came of each target; one that falls due later is looked at a term late, or never. Counts:
due on or before the day of the next meeting. Where no next meeting is set, or no target has a date, others say so.
"""

from datetime import date, timedelta

from pydantic import Field

from vsdocs.criteria import Answer, Example, moot, quote, share_met
from vsdocs.dates import parse_iso
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.language.text import quoted
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    #: by default the end of the same week
    days: int = Field(default=7, description="Up to {} days after the next meeting")
    nearly: float = 0.6  # the share of dated targets (0-1) from which the criterion is partly met


def check(pep: Extraction, params: Params, today: date) -> Answer:
    meeting, targets = pep.record.meeting, pep.record.targets
    if not targets:
        return Answer(moot(pep, "targets"))
    dues = [(n, due) for n, target in enumerate(targets) if (due := parse_iso(target.due))]
    then, now = parse_iso(meeting.next_date), parse_iso(meeting.date)
    if not dues or (then is None and pep.state("meeting.next_date") is State.BLANK):
        return Answer(Met.NOT_APPLICABLE)
    if then is None or (now is not None and then <= now):
        return Answer(Met.CANNOT_TELL, (quote(pep, "meeting.next_date"),))
    told: list[bool | None] = [due - then <= timedelta(days=params.days) for _, due in dues]
    state = share_met(told, params.nearly)
    at = [n for (n, _), one in zip(dues, told, strict=True) if one is (state is Met.MET)]
    at = at[: 1 if state is Met.MET else 3]
    return Answer(
        state,
        tuple(quote(pep, f"targets[{n}].due") for n in at),
        {"targets": quoted(targets[n].text for n in at)},
    )


_MEETING = {"meeting": {"date": "2025-11-20", "next_date": "2026-03-12"}}
_IN_TIME, _LATE = {"text": "Read aloud", "due": "2026-03-06"}, {"text": "Read aloud", "due": "2026-07-17"}
EXAMPLES = [
    Example(Met.MET, {**_MEETING, "targets": [_IN_TIME]}),
    Example(Met.PARTLY, {**_MEETING, "targets": [_IN_TIME, _IN_TIME, _LATE]}),
    Example(Met.NOT_MET, {**_MEETING, "targets": [_LATE]}),
    Example(Met.CANNOT_TELL, {"targets": [_LATE]}, {"meeting.next_date": "not_located"}),
    Example(Met.NOT_APPLICABLE, {"targets": [_LATE]}, {"meeting.next_date": "blank"}, "next_meeting_set says so"),
    Example(Met.NOT_APPLICABLE, {**_MEETING, "targets": [{"text": "Read aloud"}]}, why="targets_time_bound says so"),
]
