"""Each line says what is bought

Looks at: the purpose of each Pupil Premium Plus line that the grant may pay for.

Why: 'support' cannot be checked, compared or asked for again. Counts: a thing, a person's time, a number of sessions. Does
not count: a heading ('Resources'), a float, a contribution to staffing.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, moot, quote
from vsdocs.judgement import Met
from vsdocs.language.pp_plus import read_pp_plus, share_of_money
from vsdocs.language.text import quoted
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    nearly: float = 0.5  # the share of the money (0-1) from which the criterion is partly met
    most: float = 0.66  # or the share of the lines (0-1)


def check(pep: Extraction, params: Params, today: date) -> Answer:
    lines = read_pp_plus(pep.record).allowed
    if not lines:
        return Answer(moot(pep, "pp_plus"))
    told = [line.itemised for line in lines]
    most = share_of_money(lines, told) >= params.nearly or sum(told) >= params.most * len(lines)
    state = Met.MET if all(told) else Met.PARTLY if most else Met.NOT_MET
    at = [line for line, one in zip(lines, told, strict=True) if one is (state is Met.MET)]
    quotes = tuple(quote(pep, f"{line.field}.purpose") for line in at[: 1 if state is Met.MET else 3])
    return Answer(state, quotes, {"purposes": quoted(line.purpose for line in at[: 1 if state is Met.MET else 3])})


_TUITION = {"purpose": "Reading tuition, 10 hours at £30", "amount": 300, "impact": "7:4 to 8:1 on the June test"}
_FLOAT = {"purpose": "A range of interventions as and when needed", "amount": 300}
EXAMPLES = [
    Example(Met.MET, {"pp_plus": [_TUITION]}),
    Example(Met.PARTLY, {"pp_plus": [_TUITION, _FLOAT]}),
    Example(Met.NOT_MET, {"pp_plus": [_FLOAT]}),
    Example(Met.NOT_APPLICABLE, {}, {"pp_plus": "blank"}, "pp_plus_recorded says whether there is any"),
    Example(Met.CANNOT_TELL, {}, {"pp_plus": "not_located"}),
]
