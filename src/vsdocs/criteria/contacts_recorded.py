"""Key contacts recorded

Looks at: a telephone number or an e-mail address for the designated teacher and the social worker.

Why: the PEP keeps the people around the child in touch with each other. Counts: a way to reach both. Partly: one of them.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, absent, quote
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen, Role

_ASKED = {Role.DESIGNATED_TEACHER: "the designated teacher", Role.SOCIAL_WORKER: "the social worker"}


class Params(Frozen):
    pass


def check(pep: Extraction, params: Params, today: date) -> Answer:
    reachable, missing, quotes = [], [], []
    for n, contact in enumerate(pep.record.contacts):
        if contact.role not in _ASKED:
            continue
        quotes.append(quote(pep, f"contacts[{n}].name"))
        if contact.email or contact.phone:
            reachable.append(contact.role)
        elif absent(pep, f"contacts[{n}].email", f"contacts[{n}].phone") is Met.NOT_MET:
            missing.append(contact.role)
    missing = [role for role in missing if role not in reachable]
    if missing:
        names = " and ".join(_ASKED[role] for role in dict.fromkeys(missing))
        return Answer(Met.PARTLY if reachable else Met.NOT_MET, tuple(quotes), {"missing": names})
    return Answer(Met.MET if set(reachable) == set(_ASKED) else Met.CANNOT_TELL, tuple(quotes))


_DT = {"role": "designated_teacher", "name": "A. Teacher", "email": "a.teacher@school.example"}
_SW = {"role": "social_worker", "name": "B. Worker"}
_EMPTY = {"contacts[1].email": "blank", "contacts[1].phone": "blank"}
EXAMPLES = [
    Example(Met.MET, {"contacts": [_DT, {**_SW, "phone": "01305 000000"}]}),
    Example(Met.PARTLY, {"contacts": [_DT, _SW]}, _EMPTY),
    Example(Met.NOT_MET, {"contacts": [_SW]}, {"contacts[0].email": "blank"}),
    Example(Met.CANNOT_TELL, {"contacts": [_DT, _SW]}, why="no such boxes were found"),
    Example(Met.CANNOT_TELL, {}),
]
