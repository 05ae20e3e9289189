"""A figure of a report: what was counted, of whom, who was left out and why. Nothing is rounded here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from vsdocs.cohort.child import Child
from vsdocs.cohort.year import Cohort
from vsdocs.dates import in_words

SMALL = 10  # children: below so many one child more or less changes every percentage a lot


class Unit(StrEnum):
    PERCENT = "%"
    MEAN = "mean"
    COUNT = "count"
    POUNDS = "£"


class Told(NamedTuple):
    """What one child adds to a figure: their part of a whole, which is 0 or 1 of 1 for most percentages; a mean's value."""

    reference: str
    part: float
    whole: float = 1


@dataclass(frozen=True)
class Figure:
    """One figure of one year. `value` is None where there is nobody to count, or no table to count from ('no data')."""

    id: str
    year: str
    unit: Unit
    told: tuple[Told, ...] = ()
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # why -> references
    has_data: bool = True

    @property
    def numerator(self) -> float:
        return sum(told.part for told in self.told)

    @property
    def denominator(self) -> int:
        """How many are counted: children, but plans where plans are."""
        return len(self.told)

    @property
    def value(self) -> float | None:
        if not self.has_data or (not self.told and self.unit is not Unit.COUNT):
            return None
        if self.unit is Unit.PERCENT:
            return 100 * self.numerator / sum(told.whole for told in self.told)
        return self.numerator if self.unit in (Unit.COUNT, Unit.POUNDS) else self.numerator / self.denominator

    @property
    def is_small(self) -> bool:
        return 0 < self.denominator < SMALL

    @property
    def children(self) -> tuple[str, ...]:
        """Who is counted: those with a part in a percentage, everybody of a mean."""
        return tuple(t.reference for t in self.told if t.part or self.unit is Unit.MEAN)

    def of(self, references: Iterable[str]) -> "Figure":
        """The same figure of some of the children only."""
        wanted = frozenset(references)
        left_out = {why: tuple(r for r in who if r in wanted) for why, who in self.left_out.items()}
        told = tuple(t for t in self.told if t.reference in wanted)
        return Figure(self.id, self.year, self.unit, told, {w: r for w, r in left_out.items() if r}, self.has_data)


@dataclass(frozen=True)
class Kpi:
    """One measure: how it is counted in a cohort, its definition in words, and who asks for it.

    `better` says whether more is better (+1), worse (-1) or neither (0).
    """

    id: str
    title: str
    unit: Unit
    definition: str
    authority: str
    count: Callable[[Cohort], Figure]
    better: int = 1
    of_children: bool = True  # False for money and events, which no group of children has
    of_reportable: bool = False  # counted of, or as, those in care for twelve months on 31 March

    def so_far(self, cohort: Cohort, *, with_number: bool = True) -> str:
        """What is to be said beside a figure of the reportable children before 31 March; '' otherwise."""
        if not self.of_reportable or not cohort.is_before_census:
            return ""
        census = in_words(cohort.census_day)
        told = f"The year is not over: {in_words(cohort.day)} is counted here instead of {census}."
        number = len(cohort.reportable_if_they_stay)
        return (
            f"{told} If nobody leaves before, {number} will have been in care for twelve months on {census}."
            if with_number
            else told
        )


def share(
    cohort: Cohort,
    of: Iterable[Child],
    part: Callable[[Child], bool | None],
    *,
    unknown: str,
    has_data: bool = True,
) -> Figure:
    """The percentage of these children for whom something holds; those of whom it is not known are left out."""
    told: list[Told] = []
    left_out: list[str] = []
    for child in of:
        holds = part(child)
        if holds is None:
            left_out.append(child.reference)
        else:
            told.append(Told(child.reference, float(holds)))
    out = {unknown: tuple(left_out)} if left_out else {}
    return Figure("", cohort.year, Unit.PERCENT, tuple(told), out, has_data)
