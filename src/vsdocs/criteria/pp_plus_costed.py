"""Each line has its cost

Looks at: the amount of each Pupil Premium Plus line that the grant may pay for.

Why: spending has to add up and be answered for. Counts: an amount in its box, or pounds in the purpose.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, moot, quote, share_met
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.language.pp_plus import read_pp_plus
from vsdocs.language.text import quoted
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    nearly: float = 0.66  # the share of lines (0-1) from which the criterion is partly met


def check(pep: Extraction, params: Params, today: date) -> Answer:
    lines = read_pp_plus(pep.record).allowed
    if not lines:
        return Answer(moot(pep, "pp_plus"))
    told = [
        line.costed or (None if pep.state(f"{line.field}.amount") in (State.NOT_LOCATED, State.UNREADABLE) else False)
        for line in lines
    ]
    state = share_met(told, params.nearly)
    at = [line for line, one in zip(lines, told, strict=True) if one is (state is Met.MET)]
    quotes = tuple(quote(pep, f"{line.field}.amount") for line in at[: 1 if state is Met.MET else 3])
    return Answer(state, quotes, {"purposes": quoted(line.purpose for line in at[: 1 if state is Met.MET else 3])})


_TUITION = {"purpose": "Reading tuition, 10 hours at £30", "amount": 300, "impact": "7:4 to 8:1 on the June test"}
_FREE = {"purpose": "Reading tuition"}
EXAMPLES = [
    Example(Met.MET, {"pp_plus": [_TUITION]}),
    Example(Met.PARTLY, {"pp_plus": [_TUITION, _TUITION, _FREE]}, {"pp_plus[2].amount": "blank"}),
    Example(Met.NOT_MET, {"pp_plus": [_TUITION, _FREE]}, {"pp_plus[1].amount": "blank"}),
    Example(Met.NOT_MET, {"pp_plus": [_FREE]}, {"pp_plus[0].amount": "blank"}),
    Example(Met.CANNOT_TELL, {"pp_plus": [_FREE]}, {"pp_plus[0].amount": "not_located"}),
]
