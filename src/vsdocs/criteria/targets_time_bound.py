"""Dated targets

Looks at: the due date of each target, and dates, terms and named events in its text and success criteria.

Why: a date says when the next look is due. Counts: a date, a term, a named event, a due date after the meeting. Does not
count: how often something happens, or a due date that had passed before the meeting.
"""

from datetime import date

from vsdocs.criteria import WHOLE_TARGET, Answer, Example, of_each_target
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    nearly: float = 0.6  # the share of targets (0-1) from which the criterion is partly met


def check(pep: Extraction, params: Params, today: date) -> Answer:
    return of_each_target(pep, params.nearly, "due", lambda _, judged: judged.facets["time_bound"].met)


EXAMPLES = [
    Example(Met.MET, {"targets": [WHOLE_TARGET], "meeting": {"date": "2025-11-20"}}),
    Example(
        Met.PARTLY,
        {
            "targets": [WHOLE_TARGET, WHOLE_TARGET, {"text": "Read a Year 3 text aloud"}],
            "meeting": {"date": "2025-11-20"},
        },
        {"targets[2].due": "blank"},
    ),
    Example(Met.NOT_MET, {"targets": [{"text": "Read a Year 3 text aloud"}]}, {"targets[0].due": "blank"}),
    Example(Met.CANNOT_TELL, {"targets": [{"text": "Read a Year 3 text aloud"}]}, {"targets[0].due": "not_located"}),
]
