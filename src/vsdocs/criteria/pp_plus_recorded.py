"""Pupil Premium Plus is recorded

Looks at: whether any spending line stands in the plan that this grant may pay for.

Why: the money is the child's, and the plan is where it is decided. Counts: spending planned or done. Does not count: 'none
required', 'not yet allocated', or lines of which every one is for the school, the carer or the EHCP to pay. Partly: money
stands only as the cost of what a target's provision buys.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, absent, quote
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.language.pp_plus import read_pp_plus
from vsdocs.language.text import quoted, shortened
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    pass


def check(pep: Extraction, params: Params, today: date) -> Answer:
    reading = read_pp_plus(pep.record)
    if reading.allowed:
        line = reading.allowed[0]
        return Answer(
            Met.MET, (quote(pep, f"{line.field}.purpose"),), {"purpose": shortened(line.purpose, 80), "open": ""}
        )
    costed = [n for n, target in enumerate(pep.record.targets) if target.cost and target.provision]
    if costed and not reading.lines and pep.state("pp_plus") in (State.BLANK, State.FOUND):
        quotes = tuple(quote(pep, f"targets[{n}].cost") for n in costed[:3])
        return Answer(Met.PARTLY, quotes, {"open": "money stands only beside a target, as its cost"})
    if reading.lines or pep.record.pp_plus:
        quotes = tuple(quote(pep, f"pp_plus[{n}].purpose") for n in range(len(pep.record.pp_plus)))[:3]
        purposes = quoted(line.purpose for line in reading.lines[:3])
        what = (
            f"what is written here ({purposes}) is for the school, the carer or the EHCP to pay"
            if purposes
            else "nothing is spent or planned yet"
        )
        return Answer(Met.NOT_MET, quotes, {"open": what})
    state = absent(pep, "pp_plus")
    return Answer(
        state,
        (quote(pep, "pp_plus"),),
        {"open": "the part for Pupil Premium Plus is empty"} if state is Met.NOT_MET else {},
    )


EXAMPLES = [
    Example(Met.MET, {"pp_plus": [{"purpose": "Reading tuition, 10 hours at £30", "amount": 300}]}),
    Example(
        Met.PARTLY,
        {"targets": [{"text": "Read 60 words a minute", "provision": "Tutor", "cost": 120}]},
        {"pp_plus": "blank"},
    ),
    Example(Met.NOT_MET, {"pp_plus": [{"purpose": "School uniform", "amount": 120}]}),
    Example(Met.NOT_MET, {"pp_plus": [{"purpose": "None required this term", "amount": 0}]}),
    Example(Met.NOT_MET, {}, {"pp_plus": "blank"}),
    Example(Met.CANNOT_TELL, {}, {"pp_plus": "not_located"}),
]
