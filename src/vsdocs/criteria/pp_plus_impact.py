"""The effect of the money is told

Looks at: the impact of each Pupil Premium Plus line, expected or actual.

Why: it shows what to do again. Counts: a from and a to, a score, a count, 'target met', and what anybody could have seen
('passed', 'every night'); for most of the money. Does not count: an empty box, 'ongoing', 'increased confidence'.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, money_met, moot, quote
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.language.pp_plus import read_pp_plus
from vsdocs.language.text import quoted
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    enough: float = 0.6  # of the money (0-1) whose effect is told, from which the criterion is met


def check(pep: Extraction, params: Params, today: date) -> Answer:
    lines = read_pp_plus(pep.record).allowed
    if not lines:
        return Answer(moot(pep, "pp_plus"))
    told = [
        line.told or (None if pep.state(f"{line.field}.impact") in (State.NOT_LOCATED, State.UNREADABLE) else False)
        for line in lines
    ]
    state = money_met(lines, told, params.enough)
    at = [line for line, one in zip(lines, told, strict=True) if bool(one) is (state is Met.MET)]
    quotes = tuple(quote(pep, f"{line.field}.impact") for line in at[: 1 if state is Met.MET else 3])
    return Answer(state, quotes, {"purposes": quoted(line.purpose for line in at[: 1 if state is Met.MET else 3])})


_TUITION = {"purpose": "Reading tuition, 10 hours at £30", "amount": 300, "impact": "7:4 to 8:1 on the June test"}
_SOFT = {"purpose": "Reading tuition", "amount": 300, "impact": "Increased confidence"}
EXAMPLES = [
    Example(Met.MET, {"pp_plus": [_TUITION]}),
    Example(Met.MET, {"pp_plus": [_TUITION, {**_SOFT, "amount": 40}]}, why="most of the money"),
    Example(Met.PARTLY, {"pp_plus": [_TUITION, _SOFT]}),
    Example(Met.NOT_MET, {"pp_plus": [_SOFT]}),
    Example(Met.CANNOT_TELL, {"pp_plus": [{"purpose": "Reading tuition"}]}, {"pp_plus[0].impact": "not_located"}),
]
