"""Measurable targets

Looks at: the text and the success criteria of each target.

Why: two people should agree whether it was met. Counts: a score, rate, level, limit, named product or a yes/no feat of
the child's. Does not count: sessions, hours, staff or papers, a percentage of nothing, an opinion, 'better' with no from
and to.
"""

from datetime import date

from vsdocs.criteria import WHOLE_TARGET, Answer, Example, of_each_target
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    nearly: float = 0.6  # the share of targets (0-1) from which the criterion is partly met


def check(pep: Extraction, params: Params, today: date) -> Answer:
    return of_each_target(pep, params.nearly, "success_criteria", lambda _, judged: judged.facets["measurable"].met)


_VAGUE = {"text": "Improve reading", "success_criteria": "Better reading"}
EXAMPLES = [
    Example(Met.MET, {"targets": [WHOLE_TARGET], "meeting": {"date": "2025-11-20"}}),
    Example(
        Met.PARTLY,
        {"targets": [WHOLE_TARGET, WHOLE_TARGET, {"text": "Improve reading"}], "meeting": {"date": "2025-11-20"}},
        {"targets[2].success_criteria": "blank"},
    ),
    Example(Met.NOT_MET, {"targets": [{"text": "Improve reading"}]}, {"targets[0].success_criteria": "blank"}),
    Example(
        Met.CANNOT_TELL, {"targets": [{"text": "Improve reading"}]}, {"targets[0].success_criteria": "not_located"}
    ),
]
