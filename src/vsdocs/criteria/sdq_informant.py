"""Who completed the SDQ

Looks at: who filled the SDQ in.

Why: a carer's, a teacher's and a young person's own scores are read differently, and a carer's or parent's high score
asks for the school's own. Counts: any person or role. Where there is no score at all, only `sdq_present` says so.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, absent, quote, sdq_present
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    pass


def check(pep: Extraction, params: Params, today: date) -> Answer:
    sdq = pep.record.sdq
    if sdq.total is None or not sdq_present.applies(pep, today):
        return Answer(Met.NOT_APPLICABLE)
    quotes = (quote(pep, "sdq.completed_by"),)
    if sdq.completed_by:
        return Answer(Met.MET, quotes, {"informant": sdq.completed_by})
    return Answer(absent(pep, "sdq.completed_by"), quotes)


EXAMPLES = [
    Example(Met.MET, {"sdq": {"total": 9, "completed_by": "Foster carer"}}),
    Example(Met.NOT_MET, {"sdq": {"total": 9}}, {"sdq.completed_by": "blank"}),
    Example(Met.CANNOT_TELL, {"sdq": {"total": 9}}),
    Example(Met.NOT_APPLICABLE, {}, {"sdq.total": "blank"}),
]
