"""A plan beside the roll, where there is one: whether it is surely the child's, and the school and the teacher are the same."""

import re
from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz

from vsdocs.cohort.child import Child
from vsdocs.cohort.match import Roll, plain
from vsdocs.generate import identifiers
from vsdocs.record import Extraction, Role

ALIKE = 80  # of 100: 'St Mary's CE Primary' and 'St Marys C of E Primary School' are one school
_KIND = re.compile(
    r"\b(?:the|school|academy|college|primary|secondary|junior|infants?|high|community|ce|cofe|c of e|rc|trust)\b"
)


class OnRoll:
    """The roll and what people have settled: whose a file is by its SHA-256, '' for nobody's."""

    def __init__(self, children: Mapping[str, Child], settled: Mapping[str, str]) -> None:
        self._children, self._settled = children, settled
        self._roll = Roll(children.values())

    def conflicts(self, pep: Extraction) -> Iterator[str]:
        """What the roll says otherwise, in words without names. An empty roll says nothing."""
        if not self._children:
            return
        child = self._child(pep)
        if child is None:
            yield "The roll does not surely know this child. `vsdocs roll match` shows why, and keeps your answer."
            return
        if _elsewhere(pep, child):
            yield "The roll has the child at another school."
        if _taught_by_another(pep, child):
            yield "The roll names another designated teacher."

    def _child(self, pep: Extraction) -> Child | None:
        if pep.sha256 in self._settled:
            return self._children.get(self._settled[pep.sha256])
        return self._roll.whose(pep.record).child


def _elsewhere(pep: Extraction, child: Child) -> bool:
    school = pep.record.school
    told, known = (re.sub(r"\D", "", number or "") for number in (school.dfe_number, child.school_number))
    if len(told) == len(known) == 7:
        return told != known
    if not school.name or not child.school:
        return False
    names = [_KIND.sub(" ", plain(name)).split() for name in (school.name, child.school)]
    return bool(names[0] and names[1]) and fuzz.token_set_ratio(*map(" ".join, names)) < ALIKE


def _taught_by_another(pep: Extraction, child: Child) -> bool:
    teachers = [contact for contact in pep.record.contacts if contact.role is Role.DESIGNATED_TEACHER]
    emails = {(contact.email or "").strip().casefold() for contact in teachers} - {""}
    if emails and child.designated_teacher_email:
        return child.designated_teacher_email.casefold() not in emails
    if not child.designated_teacher or not any(contact.name for contact in teachers):
        return False
    known = teachers[0].model_copy(update={"name": child.designated_teacher, "email": None})
    return not any(identifiers.one_person(contact, known) for contact in teachers if contact.name)
