"""The plans of a year from two sides: those that were swept and graded here, and those that the ePEP system lists."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from vsdocs.cohort.rows import Pep
from vsdocs.dates import parse_iso

NEAR = 7  # days: meetings of one child no further apart are the same plan, written down twice


def together(listed: Iterable[Pep], swept: Iterable[Pep]) -> tuple[Pep, ...]:
    """Each plan once. The list's days and kind count; of the grades that which a person gave here."""
    plans = list(listed)
    days: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for at, pep in enumerate(plans):
        days[pep.reference].append((_day(pep), at))
    for pep in swept:
        day = _day(pep)
        near = [(abs((day - other).days), at) for other, at in days[pep.reference] if abs((day - other).days) <= NEAR]
        if near:
            at = min(near)[1]
            plans[at] = plans[at].model_copy(update={"grade": pep.grade or plans[at].grade})
        else:
            days[pep.reference].append((day, len(plans)))
            plans.append(pep)
    return tuple(plans)


def _day(pep: Pep) -> date:
    day = parse_iso(pep.met)
    assert day is not None
    return day
