"""Targets are set

Looks at: whether the PEP has any target.

Why: without one nobody knows what the term is for. Counts: any text in a target's box. Does not count: an empty row.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, absent, quote
from vsdocs.judgement import Met
from vsdocs.language.text import in_number
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    pass


def check(pep: Extraction, params: Params, today: date) -> Answer:
    written = [n for n, target in enumerate(pep.record.targets) if target.text or target.success_criteria]
    if not written:
        return Answer(
            absent(pep, "targets", *(f"targets[{n}].text" for n in range(len(pep.record.targets)))),
            (quote(pep, "targets"),),
        )
    return Answer(Met.MET, (quote(pep, f"targets[{written[0]}].text"),), {"number": in_number(len(written), "target")})


EXAMPLES = [
    Example(Met.MET, {"targets": [{"text": "Read 60 words a minute"}]}),
    Example(Met.NOT_MET, {}, {"targets": "blank"}),
    Example(Met.CANNOT_TELL, {}, {"targets": "not_located"}),
]
