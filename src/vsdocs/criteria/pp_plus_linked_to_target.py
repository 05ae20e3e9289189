"""Each line serves a target

Looks at: words or figures that each line shares with a target, and 'for the … target'.

Why: the golden thread runs from target to spending. Counts: a shared word that carries the matter, or its kin; a line that
goes with one that is tied; a target of last time, a need, a wish or a next step that the plan records; and where most of the
money is so tied, one line for something else. Does not count: words that stand in every plan.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, money_met, moot, quote
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.language.pp_plus import read_pp_plus
from vsdocs.language.text import quoted
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    enough: float = 0.5  # of the money (0-1) that serves a target, from which the criterion is met


def check(pep: Extraction, params: Params, today: date) -> Answer:
    lines = read_pp_plus(pep.record).allowed
    if not lines:
        return Answer(moot(pep, "pp_plus"))
    if not pep.record.targets and pep.state("targets") is not State.BLANK:
        return Answer(Met.CANNOT_TELL)
    told = [bool(line.serves) for line in lines]
    state = money_met(lines, told, params.enough)
    at = [line for line, one in zip(lines, told, strict=True) if one is (state is Met.MET)]
    quotes = tuple(quote(pep, f"{line.field}.purpose") for line in at[: 1 if state is Met.MET else 3])
    return Answer(state, quotes, {"purposes": quoted(line.purpose for line in at[: 1 if state is Met.MET else 3])})


_TUITION = {"purpose": "Reading tuition, 10 hours at £30", "amount": 300, "impact": "7:4 to 8:1 on the June test"}
_TARGETS = [{"text": "Reading age of 8:0 by June"}]
_RIDING = {"purpose": "Horse riding, 8 lessons", "amount": 400}
EXAMPLES = [
    Example(Met.MET, {"pp_plus": [_TUITION], "targets": _TARGETS}),
    Example(Met.MET, {"pp_plus": [_TUITION, {**_RIDING, "amount": 90}], "targets": _TARGETS}, why="most of the money"),
    Example(Met.MET, {"pp_plus": [_RIDING], "targets": _TARGETS, "aspirations": "I want to ride and train horses"}),
    Example(Met.PARTLY, {"pp_plus": [_TUITION, _RIDING], "targets": _TARGETS}),
    Example(Met.NOT_MET, {"pp_plus": [_RIDING], "targets": _TARGETS}),
    Example(Met.NOT_MET, {"pp_plus": [_TUITION]}, {"targets": "blank"}),
    Example(Met.CANNOT_TELL, {"pp_plus": [_TUITION]}, {"targets": "not_located"}),
    Example(Met.NOT_APPLICABLE, {}, {"pp_plus": "blank"}, "pp_plus_recorded says whether there is any"),
    Example(Met.CANNOT_TELL, {}, {"pp_plus": "not_located"}),
]
