"""Spending that this grant may pay for

Looks at: lines for what the school, the carer or the EHCP must pay: uniform, exam entries, school transport, whole-class
or whole-school things, what an EHCP names.

Why: the grant is for what the child would not get without it. Partly: a small share of the money. Does not count against
the plan: 'on top of', 'not in the EHCP'.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, moot, quote
from vsdocs.judgement import Met
from vsdocs.language.pp_plus import read_pp_plus
from vsdocs.language.text import quoted
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    small_share: float = 0.2  # of the money (0-1), up to which what is not allowed is a slip
    few: float = 0.34  # of the lines (0-1), likewise


def check(pep: Extraction, params: Params, today: date) -> Answer:
    reading = read_pp_plus(pep.record)
    if not reading.lines:
        return Answer(moot(pep, "pp_plus"))
    wrong = reading.not_allowed
    if not wrong:
        return Answer(Met.MET, (quote(pep, f"{reading.lines[0].field}.purpose"),))
    facts = {"purposes": quoted(line.purpose for line in wrong[:3])}
    slip = reading.not_allowed_share <= params.small_share and len(wrong) <= params.few * len(reading.lines)
    state = Met.PARTLY if slip else Met.NOT_MET
    return Answer(state, tuple(quote(pep, f"{line.field}.purpose") for line in wrong[:3]), facts)


_TUITION = {"purpose": "Science tuition, 6 hours at £35", "amount": 210}
EXAMPLES = [
    Example(Met.MET, {"pp_plus": [_TUITION]}),
    Example(Met.MET, {"pp_plus": [{"purpose": "Training in picture exchange, not in the EHCP", "amount": 140}]}),
    Example(Met.PARTLY, {"pp_plus": [_TUITION, _TUITION, {"purpose": "School tie", "amount": 6}]}),
    Example(Met.NOT_MET, {"pp_plus": [_TUITION, {"purpose": "New blazer", "amount": 65}]}),
    Example(Met.NOT_APPLICABLE, {}, {"pp_plus": "blank"}, "pp_plus_recorded says whether there is any"),
    Example(Met.CANNOT_TELL, {}, {"pp_plus": "not_located"}),
]
