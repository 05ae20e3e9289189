"""Actions owned and dated

Looks at: who does each action, and by when.

Why: a PEP clearly defines actions for named professionals; an action with nobody's name and no date is a wish. Counts: every
action has an owner and a date (as far as the form asks for both). Partly: at least half of them. Not met: fewer, or none.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, absent, quote, shown
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    partly_share: float = 0.5  # of the actions


def check(pep: Extraction, params: Params, today: date) -> Answer:
    actions = pep.record.actions
    if not actions:
        state = absent(pep, "actions")
        return Answer(
            state, (quote(pep, "actions"),), {"open": "no action is written down"} if state is Met.NOT_MET else {}
        )
    states = [{part: pep.state(f"actions[{n}].{part}") for part in ("owner", "due")} for n in range(len(actions))]
    open_ones = [n for n, parts in enumerate(states) if State.BLANK in parts.values()]
    if not open_ones:
        if all(State.FOUND not in parts.values() for parts in states):
            return Answer(Met.CANNOT_TELL, (quote(pep, "actions[0].owner"),))
        return Answer(Met.MET, (quote(pep, "actions[0].action"),), {"actions": str(len(actions))})
    facts = {"open": "; ".join(_gap(actions[n].action, states[n]) for n in open_ones[:3])}
    share = 1 - len(open_ones) / len(actions)
    quotes = tuple(quote(pep, f"actions[{n}].action") for n in open_ones[:3])
    return Answer(Met.PARTLY if share >= params.partly_share else Met.NOT_MET, quotes, facts)


def _gap(action: str | None, states: dict[str, State]) -> str:
    missing = [word for part, word in (("owner", "owner"), ("due", "date")) if states[part] is State.BLANK]
    return f"‘{shown(action, 80) or 'an action'}’ has no {' and no '.join(missing)}"


_CHASE = {"action": "Chase the CAMHS referral", "owner": "Social worker", "due": "2026-02-01"}
EXAMPLES = [
    Example(Met.MET, {"actions": [_CHASE]}),
    Example(Met.PARTLY, {"actions": [_CHASE, {**_CHASE, "due": None}]}, {"actions[1].due": "blank"}),
    Example(Met.NOT_MET, {"actions": [{**_CHASE, "owner": None}]}, {"actions[0].owner": "blank"}),
    Example(Met.NOT_MET, {}, {"actions": "blank"}),
    Example(Met.CANNOT_TELL, {}, {"actions": "not_located"}),
    Example(Met.CANNOT_TELL, {"actions": [{"action": "Chase the CAMHS referral"}]}),
]
