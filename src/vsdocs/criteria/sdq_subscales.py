"""SDQ subscales given

Looks at: the four difficulty subscales (emotional, conduct, hyperactivity, peer) and the prosocial score.

Why: the total alone does not say what kind of help a child needs; the five parts do. Counts: all five. Partly: some.
Where there is no score at all, only `sdq_present` says so.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, absent, quote, sdq_present
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen

SCALES = ("emotional", "conduct", "hyperactivity", "peer", "prosocial")


class Params(Frozen):
    pass


def check(pep: Extraction, params: Params, today: date) -> Answer:
    sdq = pep.record.sdq
    if sdq.total is None or not sdq_present.applies(pep, today):
        return Answer(Met.NOT_APPLICABLE)
    missing = [scale for scale in SCALES if getattr(sdq, scale) is None]
    if not missing:
        return Answer(Met.MET, tuple(quote(pep, f"sdq.{scale}") for scale in SCALES))
    empty = [scale for scale in missing if absent(pep, f"sdq.{scale}") is Met.NOT_MET]
    quotes = tuple(quote(pep, f"sdq.{scale}") for scale in missing)
    if not empty:
        return Answer(Met.CANNOT_TELL, quotes)
    state = Met.NOT_MET if len(missing) == len(SCALES) else Met.PARTLY
    return Answer(state, quotes, {"missing": ", ".join(empty)})


_ALL = {"total": 12, "emotional": 4, "conduct": 2, "hyperactivity": 5, "peer": 1, "prosocial": 8}
EXAMPLES = [
    Example(Met.MET, {"sdq": _ALL}),
    Example(Met.PARTLY, {"sdq": {**_ALL, "prosocial": None}}, {"sdq.prosocial": "blank"}),
    Example(Met.NOT_MET, {"sdq": {"total": 12}}, {f"sdq.{scale}": "blank" for scale in SCALES}),
    Example(Met.CANNOT_TELL, {"sdq": {"total": 12}}, why="the form asks for the total only"),
    Example(Met.NOT_APPLICABLE, {}, {"sdq.total": "blank"}),
]
