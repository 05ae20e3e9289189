"""Who was at the meeting

Looks at: the people recorded as present.

Why: a PEP is made by the team around the child; who was there says whose views are in it. Counts: at least the school, the
social worker (or personal adviser) and someone from home (carer, parent or key worker). Partly: some of them. People who
were only invited or sent apologies are not counted.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, absent, quote
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    school: tuple[str, ...] = (
        "teacher",
        "head",
        "senco",
        "tutor",
        "lecturer",
        "key person",
        "manager",
        "mentor",
        "dt",
        "school",
        "college",
        "designated",
    )
    social_worker: tuple[str, ...] = ("social worker", "social_worker", "sw", "personal adviser", "personal advisor")
    home: tuple[str, ...] = (
        "carer",
        "parent",
        "mum",
        "mother",
        "dad",
        "father",
        "guardian",
        "key worker",
        "residential",
    )


_NAMES = {"school": "the school", "social_worker": "the social worker", "home": "the carer or parent"}


def check(pep: Extraction, params: Params, today: date) -> Answer:
    attendees = pep.record.meeting.attendees
    if not attendees:
        state = absent(pep, "meeting.attendees")
        facts = {"missing": "anyone at all"} if state is Met.NOT_MET else {}
        return Answer(state, (quote(pep, "meeting.attendees"),), facts)
    roles = [(person.role or "").lower().replace("virtual school", "") for person in attendees]
    if not any(roles):
        return Answer(Met.CANNOT_TELL, (quote(pep, "meeting.attendees[0].role"),))
    missing = [
        name
        for group, name in _NAMES.items()
        if not any(_holds(role, word) for role in roles for word in getattr(params, group))
    ]
    quotes = tuple(quote(pep, f"meeting.attendees[{n}].role") for n in range(len(attendees)) if roles[n])
    facts = {"people": str(len(attendees))} | ({"missing": " and ".join(missing)} if missing else {})
    return Answer(Met.PARTLY if missing else Met.MET, quotes, facts)


def _holds(role: str, word: str) -> bool:
    return word in role if len(word) > 3 else word in role.replace("/", " ").split()


_TEAM = [{"role": "Designated Teacher"}, {"role": "Social Worker"}, {"role": "Foster Carer"}]
EXAMPLES = [
    Example(Met.MET, {"meeting": {"attendees": _TEAM}}),
    Example(Met.PARTLY, {"meeting": {"attendees": [*_TEAM[:1], {"role": "Virtual School"}]}}),
    Example(Met.NOT_MET, {}, {"meeting.attendees": "blank"}),
    Example(Met.CANNOT_TELL, {}, {"meeting.attendees": "not_located"}),
    Example(Met.CANNOT_TELL, {"meeting": {"attendees": [{"name": "A. Person"}]}}),
]
