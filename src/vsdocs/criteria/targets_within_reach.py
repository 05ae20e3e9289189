"""Targets within reach

Looks at: the step from the starting point to the aim, and the time there is.

Why: a target that cannot be met teaches a child that trying does not help. Does not count: a leap (years of reading age in
a term, two mornings to full time in a week), or an absolute that allows no slip ('at all times'). A target that shows no
starting point is not held against the plan here.
"""

from datetime import date

from vsdocs.criteria import WHOLE_TARGET, Answer, Example, of_each_target
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    nearly: float = 0.6  # the share of targets (0-1) from which the criterion is partly met


def check(pep: Extraction, params: Params, today: date) -> Answer:
    return of_each_target(pep, params.nearly, "text", lambda _, judged: judged.facets["achievable"].met is not False)


_LEAP = {"text": "Attendance of 100% with no lates whatsoever (61% last term)", "due": "2026-03-27"}
EXAMPLES = [
    Example(Met.MET, {"targets": [WHOLE_TARGET]}),
    Example(Met.PARTLY, {"targets": [WHOLE_TARGET, WHOLE_TARGET, _LEAP]}),
    Example(Met.NOT_MET, {"targets": [_LEAP]}),
    Example(Met.CANNOT_TELL, {}, {"targets": "not_located"}, "targets_present says whether there are any"),
]
