"""SDQ figures agree

Looks at: the total and the four difficulty subscales.

Why: the four difficulty subscales of 0 to 10 make the total of 0 to 40 (the prosocial score stands apart). Where they do
not, one figure is wrong, and the wrong one may be the one that support is planned from. A figure that was hard to read is
not held against the PEP.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, quote, sdq_present
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen

_PARTS = ("emotional", "conduct", "hyperactivity", "peer")


class Params(Frozen):
    confidence: float = 0.85  # below it a scanned figure may be misread, and nothing is said


def check(pep: Extraction, params: Params, today: date) -> Answer:
    sdq = pep.record.sdq
    if sdq.total is None or not sdq_present.applies(pep, today):
        return Answer(Met.NOT_APPLICABLE)
    paths = ["sdq.total", *(f"sdq.{part}" for part in _PARTS)]
    quotes = tuple(quote(pep, path) for path in paths)
    parts = [getattr(sdq, part) for part in _PARTS]
    if any(part is None for part in parts):
        return Answer(Met.CANNOT_TELL, quotes)
    total = sum(parts)
    facts = {"total": str(sdq.total), "sum": str(total)}
    if total == sdq.total:
        return Answer(Met.MET, quotes, facts)
    if any(pep.evidence[path].confidence < params.confidence for path in paths if path in pep.evidence):
        return Answer(Met.CANNOT_TELL, quotes)
    return Answer(Met.NOT_MET, quotes, facts)


_PARTS_OF_TWELVE = {"emotional": 4, "conduct": 2, "hyperactivity": 5, "peer": 1}
EXAMPLES = [
    Example(Met.MET, {"sdq": {"total": 12, **_PARTS_OF_TWELVE}}),
    Example(Met.NOT_MET, {"sdq": {"total": 21, **_PARTS_OF_TWELVE}}),
    Example(Met.CANNOT_TELL, {"sdq": {"total": 12}}, why="the form asks for the total only"),
    Example(Met.NOT_APPLICABLE, {}, {"sdq.total": "blank"}),
]
