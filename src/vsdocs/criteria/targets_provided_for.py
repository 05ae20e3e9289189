"""Provision for each target

Looks at: what will be done to reach each target.

Why: it links the target to teaching, time and money. Counts: an intervention, a resource, a routine. Does not count: an
empty box.
"""

from datetime import date

from vsdocs.criteria import WHOLE_TARGET, Answer, Example, of_each_target
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    nearly: float = 0.6  # the share of targets (0-1) from which the criterion is partly met


def check(pep: Extraction, params: Params, today: date) -> Answer:
    return of_each_target(pep, params.nearly, "provision", lambda target, _judged: bool(target.provision))


EXAMPLES = [
    Example(Met.MET, {"targets": [WHOLE_TARGET], "meeting": {"date": "2025-11-20"}}),
    Example(
        Met.PARTLY,
        {
            "targets": [WHOLE_TARGET, WHOLE_TARGET, {"text": "Read a Year 3 text aloud"}],
            "meeting": {"date": "2025-11-20"},
        },
        {"targets[2].provision": "blank"},
    ),
    Example(Met.NOT_MET, {"targets": [{"text": "Read a Year 3 text aloud"}]}, {"targets[0].provision": "blank"}),
    Example(
        Met.CANNOT_TELL, {"targets": [{"text": "Read a Year 3 text aloud"}]}, {"targets[0].provision": "not_located"}
    ),
]
