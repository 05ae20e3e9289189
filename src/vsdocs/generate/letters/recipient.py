"""Who gets a letter, from the one record that it is about; and what makes it unsure whose letter it would be."""

import re
from collections.abc import Iterable, Iterator

from vsdocs.generate.case import Case
from vsdocs.generate.plain import one_line
from vsdocs.generate.written import Recipient
from vsdocs.record import Contact, Extraction, Role
from vsdocs.settings import is_address

IDENTITY = ("identity_unsure", "two_children")


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


def conflicts(case: Case, others: Iterable[Extraction] = ()) -> tuple[str, ...]:
    """Why it is unsure who this child is, or whose letter it would be, in words without names. Such a letter is not written."""
    return tuple(dict.fromkeys([*_whose(case), *_to_whom(case), *_beside(case.pep, others)]))


def _whose(case: Case) -> Iterator[str]:
    codes = {warning.code for warning in case.pep.warnings}
    codes |= {flag.code for flag in case.judgement.flags} if case.judgement else set()
    if "two_children" in codes:
        yield "the file seems to hold two children's details"
    if "identity_unsure" in codes:
        yield "it is not certain which child the plan is about"
    child = case.pep.record.child
    if not (child.forename and child.surname):
        yield "the plan gives no full name of the child"


def _to_whom(case: Case) -> Iterator[str]:
    teachers = [c for c in case.pep.record.contacts if c.role is Role.DESIGNATED_TEACHER]
    if len({_last(c) for c in teachers if c.name}) > 1 or len({_key(c.email) for c in teachers if c.email}) > 1:
        yield "the plan names two different designated teachers"
    if any(re.search(r"[,;\r\n]", (c.email or "").strip()) for c in teachers):
        yield "the designated teacher's e-mail address is more than one address"


def _beside(pep: Extraction, others: Iterable[Extraction]) -> Iterator[str]:
    """What another plan of the same sweep says otherwise of the same child."""
    child = pep.record.child
    for other in others:
        if other.sha256 == pep.sha256:
            continue
        found = other.record.child
        same_upn = bool(child.upn) and _key(child.upn) == _key(found.upn)
        same_name = _name(pep) == _name(other)
        births = {child.date_of_birth, found.date_of_birth} - {None}
        if same_upn and (not same_name or len(births) > 1):
            yield "another plan has the same UPN with another name or birth date"
        elif same_name and len(births) == 1 and child.upn and found.upn and not same_upn:
            yield "another plan has the same name and birth date with another UPN"


def _name(pep: Extraction) -> tuple[str, str]:
    return _key(pep.record.child.forename), _key(pep.record.child.surname)


def _last(contact: Contact) -> str:
    """Mrs L Trent-Davies and Lynn Trent-Davies may be one person."""
    return _key(contact.name).split(" ")[-1]


def _key(text: str | None) -> str:
    return one_line(text or "").casefold()
