"""Specific targets

Looks at: what each target says the child will do, know or be.

Why: a target that names one thing can be taught, noticed and celebrated. Counts: an act that can be seen or heard, or a
result to reach. Does not count: provision, an adult's task, a comment, a figure for a group, 'improve', 'engage'.
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
    told = [judgement.facets["specific"].met for n, judgement in judged]
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
_VAGUE = {"text": "Improve reading", "success_criteria": "Better reading"}
EXAMPLES = [
    Example(Met.MET, {"targets": [_GOOD]}),
    Example(Met.PARTLY, {"targets": [_GOOD, _GOOD, _VAGUE]}),
    Example(Met.NOT_MET, {"targets": [_VAGUE]}),
    Example(Met.CANNOT_TELL, {}, {"targets": "not_located"}, "targets_present says whether there are any"),
]
