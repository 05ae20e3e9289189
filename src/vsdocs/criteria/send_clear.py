"""SEND status and review clear

Looks at: the SEND status, the main need, and the date of the last review.

Why: the plan must fit the child's needs and stand beside the EHCP, not apart from it. Counts: 'none'; or SEN Support or an
EHCP with its main need and its last review, an EHCP's within a year. Partly: one of these is missing or out of date. Not
met: no status, or a status with neither.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, absent, quote
from vsdocs.dates import parse_iso
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    ehcp_review_days: int = 396  # a year and a month: annual reviews are held in school terms


def check(pep: Extraction, params: Params, today: date) -> Answer:
    send = pep.record.send
    status = (quote(pep, "send.status"),)
    if send.status is None:
        state = absent(pep, "send.status")
        return Answer(state, status, {"missing": "the SEND status"} if state is Met.NOT_MET else {})
    shown = {"none": "no SEND", "sen_support": "SEN Support", "ehcp": "an EHCP"}.get(send.status, send.status)
    facts = {"status": shown}
    if send.status == "none":
        return Answer(Met.MET, status, facts)
    names = {"send.primary_need": "the main need", "send.last_review": "the date of the last review"}
    missing = [path for path in names if pep.state(path) is State.BLANK]
    reviewed, met = parse_iso(send.last_review), parse_iso(pep.record.meeting.date) or today
    late = send.status == "ehcp" and reviewed is not None and (met - reviewed).days > params.ehcp_review_days
    if len(missing) == len(names):
        return Answer(Met.NOT_MET, status, facts | {"missing": " and ".join(names.values())})
    if missing or late:
        what = names[missing[0]] if missing else "a review of the EHCP in the last year"
        return Answer(
            Met.PARTLY, (*status, quote(pep, missing[0] if missing else "send.last_review")), facts | {"missing": what}
        )
    return Answer(Met.MET, (*status, *(quote(pep, path) for path in names if pep.state(path) is State.FOUND)), facts)


_EHCP = {"status": "ehcp", "primary_need": "SLCN", "last_review": "2025-06-01"}
EXAMPLES = [
    Example(Met.MET, {"send": {"status": "none"}}),
    Example(Met.MET, {"send": _EHCP, "meeting": {"date": "2025-11-10"}}),
    Example(Met.PARTLY, {"send": {**_EHCP, "primary_need": None}}, {"send.primary_need": "blank"}),
    Example(Met.PARTLY, {"send": {**_EHCP, "last_review": "2023-06-01"}, "meeting": {"date": "2025-11-10"}}),
    Example(
        Met.NOT_MET,
        {"send": {"status": "ehcp"}},
        {"send.primary_need": "blank", "send.last_review": "blank"},
    ),
    Example(Met.NOT_MET, {}, {"send.status": "blank"}),
    Example(Met.CANNOT_TELL, {}, {"send.status": "not_located"}),
]
