"""At least one target that can be worked to

Looks at: whether any target has a date, or a firm measure of the child's.

Why: where none has either, there is nothing to review. Counts: one target that does. Does not count: 'without help' alone, or 'will be dry'.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, is_closed, is_due_in_words, moot, quote
from vsdocs.judgement import Met
from vsdocs.language.smart import judge_all
from vsdocs.language.text import shortened
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    firm: float = 0.8  # how surely (0-1) a measure must settle whether the target was met


def check(pep: Extraction, params: Params, today: date) -> Answer:
    judged = judge_all(pep.record)
    if not judged:
        return Answer(moot(pep, "targets"))
    for n, judgement in judged:
        measurable, dated = judgement.facets["measurable"], judgement.facets["time_bound"]
        if dated.met or is_due_in_words(pep, n) or (measurable.met and measurable.score >= params.firm):
            return Answer(
                Met.MET, (quote(pep, f"targets[{n}].text"),), {"target": shortened(pep.record.targets[n].text, 80)}
            )
    boxes = [f"targets[{n}].{box}" for n, _ in judged for box in ("due", "success_criteria")]
    unseen = any(is_closed(pep, box) for box in boxes)
    first = judged[0][0]
    facts = {"target": shortened(pep.record.targets[first].text, 80)}
    return Answer(Met.CANNOT_TELL if unseen else Met.NOT_MET, (quote(pep, f"targets[{first}].text"),), facts)


_VAGUE = {"text": "Improve reading"}
EXAMPLES = [
    Example(Met.MET, {"targets": [_VAGUE, {"text": "Read 60 words a minute by Easter"}]}),
    Example(Met.NOT_MET, {"targets": [_VAGUE]}, {"targets[0].due": "blank", "targets[0].success_criteria": "blank"}),
    Example(Met.CANNOT_TELL, {"targets": [_VAGUE]}, {"targets[0].due": "not_located"}),
]
