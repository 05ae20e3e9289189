"""Targets within reach

Looks at: the step from the starting point to the aim, and the time there is.

Why: a target that cannot be met teaches a child that trying does not help. Does not count: a leap (years of reading age in
a term, two mornings to full time in a week), or an absolute that allows no slip ('at all times'). A target that shows no
starting point is not held against the plan here.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, moot, quote, share_met
from vsdocs.judgement import Met
from vsdocs.language.smart import judge_all
from vsdocs.language.text import quoted
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    nearly: float = 0.6  # the share of targets (0-1) from which the criterion is partly met


def check(pep: Extraction, params: Params, today: date) -> Answer:
    judged = judge_all(pep.record)
    if not judged:
        return Answer(moot(pep, "targets"))
    told = [judgement.facets["achievable"].met is not False for n, judgement in judged]
    state = share_met(told, params.nearly)
    at = [n for (n, _), one in zip(judged, told, strict=True) if one is (state is Met.MET)]
    quotes = tuple(quote(pep, f"targets[{n}].text") for n in at[: 1 if state is Met.MET else 3])
    return Answer(
        state, quotes, {"targets": quoted(pep.record.targets[n].text for n in at[: 1 if state is Met.MET else 3])}
    )


_GOOD = {
    "text": "Read 60 words a minute from a Year 3 text",
    "success_criteria": "60 words a minute, 45 in September",
    "provision": "Paired reading",
    "responsible": "Mrs Ellery",
    "due": "2026-03-27",
}
_LEAP = {"text": "Attendance of 100% with no lates whatsoever (61% last term)", "due": "2026-03-27"}
EXAMPLES = [
    Example(Met.MET, {"targets": [_GOOD]}),
    Example(Met.PARTLY, {"targets": [_GOOD, _GOOD, _LEAP]}),
    Example(Met.NOT_MET, {"targets": [_LEAP]}),
    Example(Met.CANNOT_TELL, {}, {"targets": "not_located"}, "targets_present says whether there are any"),
]
