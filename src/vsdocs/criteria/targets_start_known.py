"""A starting point or success criteria for each target

Looks at: whether each target shows where the child stands now, or has criteria for success.

Why: the size of the step shows whether it is fair and worth having. Counts: 'from 61 to 85 words', 'two a week at present',
a baseline, written success criteria. Does not count: a target that stands alone.
"""

from datetime import date

from vsdocs.criteria import WHOLE_TARGET, Answer, Example, of_each_target
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    nearly: float = 0.6  # the share of targets (0-1) from which the criterion is partly met


def check(pep: Extraction, params: Params, today: date) -> Answer:
    return of_each_target(
        pep,
        params.nearly,
        "success_criteria",
        lambda target, judged: bool(judged.facets["achievable"].met or target.success_criteria),
    )


EXAMPLES = [
    Example(Met.MET, {"targets": [WHOLE_TARGET], "meeting": {"date": "2025-11-20"}}),
    Example(
        Met.PARTLY,
        {
            "targets": [WHOLE_TARGET, WHOLE_TARGET, {"text": "Read a Year 3 text aloud"}],
            "meeting": {"date": "2025-11-20"},
        },
        {"targets[2].success_criteria": "blank"},
    ),
    Example(Met.NOT_MET, {"targets": [{"text": "Read a Year 3 text aloud"}]}, {"targets[0].success_criteria": "blank"}),
    Example(
        Met.CANNOT_TELL,
        {"targets": [{"text": "Read a Year 3 text aloud"}]},
        {"targets[0].success_criteria": "not_located"},
    ),
]
