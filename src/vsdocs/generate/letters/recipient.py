"""Who gets a letter, from the one record that it is about; and what makes it unsure whose letter it would be."""

import re
from collections.abc import Iterable, Iterator

from vsdocs.generate import gate
from vsdocs.generate.case import Case
from vsdocs.generate.letters.on_roll import OnRoll
from vsdocs.generate.plain import one_line
from vsdocs.generate.written import Recipient
from vsdocs.record import Extraction, Role
from vsdocs.settings import is_address


def recipient_of(case: Case) -> Recipient | None:
    """The designated teacher; in practice mode whoever gets what is written to practise, if anybody."""
    if case.practice:
        own = case.settings.post.practice
        return Recipient(name=None, email=own, school=None) if own else None
    teacher = case.pep.record.contact(Role.DESIGNATED_TEACHER)
    school = one_line(case.pep.record.school.name or "") or None
    if teacher is None:
        return Recipient(name=None, email=None, school=school)
    email = (teacher.email or "").strip()
    return Recipient(one_line(teacher.name or "") or None, email if is_address(email) else None, school)


class Beside:
    """The plans of one sweep, to be looked up by child."""

    def __init__(self, peps: Iterable[Extraction]) -> None:
        self._by_upn: dict[str, list[Extraction]] = {}
        self._by_name: dict[tuple[str, str], list[Extraction]] = {}
        for pep in peps:
            if upn := _key(pep.record.child.upn):
                self._by_upn.setdefault(upn, []).append(pep)
            self._by_name.setdefault(_name(pep), []).append(pep)

    def near(self, pep: Extraction) -> list[Extraction]:
        """The others with the same UPN or the same name."""
        found = [*self._by_upn.get(_key(pep.record.child.upn), ()), *self._by_name.get(_name(pep), ())]
        return list({other.sha256: other for other in found if other.sha256 != pep.sha256}.values())

    def of_child(self, pep: Extraction) -> list[Extraction]:
        """The child's other plans, by the day of the meeting; those without one are left out."""
        found = [other for other in self.near(pep) if same_child(pep, other) and other.record.meeting.date]
        return sorted(found, key=lambda other: (other.record.meeting.date or "", other.sha256))


def same_child(one: Extraction, other: Extraction) -> bool:
    """The same UPN, or where one of them has none, the same name and birth date; nothing that speaks against it."""
    first, second = one.record.child, other.record.child
    if _name(one) != _name(other) or "" in _name(one):
        return False
    if first.upn and second.upn and _key(first.upn) != _key(second.upn):
        return False
    births = (first.date_of_birth, second.date_of_birth)
    return births[0] == births[1] and (births[0] is not None or bool(first.upn and second.upn))


def conflicts(case: Case, beside: Beside, roll: OnRoll) -> tuple[str, ...]:
    """Why it is unsure who this child is, or whose letter it would be, in words without names. Such a letter is not written."""
    near = _against(case.pep, beside.near(case.pep))
    return tuple(dict.fromkeys([*_within(case.pep), *near, *roll.conflicts(case.pep)]))


def _within(pep: Extraction) -> Iterator[str]:
    """What one plan leaves unsure by itself."""
    if blocked := gate.blocked(pep):
        yield blocked
    child = pep.record.child
    if not (child.forename and child.surname):
        yield "The plan gives no full name of the child."
    teachers = [c for c in pep.record.contacts if c.role is Role.DESIGNATED_TEACHER]
    if any(re.search(r"[,;\r\n]", (c.email or "").strip()) for c in teachers):
        yield "The designated teacher's e-mail address is more than one address."


def _against(pep: Extraction, others: Iterable[Extraction]) -> Iterator[str]:
    """What another plan of the same sweep says otherwise of the same child."""
    child = pep.record.child
    for other in others:
        found = other.record.child
        same_upn = bool(child.upn) and _key(child.upn) == _key(found.upn)
        births = {child.date_of_birth, found.date_of_birth} - {None}
        if same_upn and (_name(pep) != _name(other) or len(births) > 1):
            yield "Another plan has the same UPN with another name or birth date."
        elif not same_upn and child.upn and found.upn and len(births) == 1:
            yield "Another plan has the same name and birth date with another UPN."


def _name(pep: Extraction) -> tuple[str, str]:
    return _key(pep.record.child.forename), _key(pep.record.child.surname)


def _key(text: str | None) -> str:
    return one_line(text or "").casefold()
