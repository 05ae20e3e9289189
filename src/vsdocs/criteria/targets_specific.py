"""Specific targets

Looks at: what each target says the child will do, know or be.

Why: a target that names one thing can be taught, noticed and celebrated. Counts: an act that can be seen or heard, or a
result to reach. Does not count: provision, an adult's task, a comment, a figure for a group, 'improve', 'engage'.
"""

from datetime import date

from vsdocs.criteria import WHOLE_TARGET, Answer, Example, of_each_target
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    nearly: float = 0.6  # the share of targets (0-1) from which the criterion is partly met


def check(pep: Extraction, params: Params, today: date) -> Answer:
    return of_each_target(pep, params.nearly, "text", lambda _, judged: judged.facets["specific"].met)


_VAGUE = {"text": "Improve reading", "success_criteria": "Better reading"}
EXAMPLES = [
    Example(Met.MET, {"targets": [WHOLE_TARGET]}),
    Example(Met.PARTLY, {"targets": [WHOLE_TARGET, WHOLE_TARGET, _VAGUE]}),
    Example(Met.NOT_MET, {"targets": [_VAGUE]}),
    Example(Met.CANNOT_TELL, {}, {"targets": "not_located"}, "targets_present says whether there are any"),
]
