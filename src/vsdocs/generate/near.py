"""Children who are so close to each other that a forename alone may tell of one in the other's plan.

Of one family, by surname or carer, any forename that is no word. Of one school only a rare one: an assistant may be a Beth too.
"""

import re
from collections.abc import Iterator

import simplemma

from vsdocs.generate import identifiers, people
from vsdocs.record import PepRecord, Role

_SHORTEST = 3  # letters of a forename
_ELSA = "elsa"  # an assistant for emotional literacy, far more often than a sister


def ties(record: PepRecord) -> Iterator[tuple[str, bool]]:
    """What a child shares with a brother, a sister, a schoolmate: surname, school, carer, designated teacher.

    Each with whether it tells of one family.
    """
    if surname := "".join(identifiers.keys(record.child.surname or "")):
        yield f"surname {surname}", True
    school = re.sub(r"\D", "", record.school.dfe_number or "") or "".join(identifiers.keys(record.school.name or ""))
    if school:
        yield f"school {school}", False
    for contact in record.contacts:
        if contact.role in (Role.CARER, Role.DESIGNATED_TEACHER):
            for detail in filter(None, ((contact.email or "").casefold(), re.sub(r"\D", "", contact.phone or ""))):
                yield f"{contact.role.value} {detail}", contact.role is Role.CARER


def forenames(record: PepRecord, of_a_family: bool) -> Iterator[str]:
    """The child's forename as texts are compared, unless it is a word as well: 'Grace' and 'Will' would be found everywhere."""
    for name in identifiers.keys(record.child.forename or "")[:1]:
        common = not of_a_family and any(name in names for names in people.forenames())
        if len(name) >= _SHORTEST and name != _ELSA and not common and not simplemma.is_known(name, "en"):
            yield name
