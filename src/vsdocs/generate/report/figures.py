"""The figures of a report: each over the years, by group and beside what is published; in a publishable edition the small ones hidden.

All that a report prints of a figure comes from here, so that what is hidden in one place is hidden in all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from vsdocs.cohort import rows, suppress
from vsdocs.cohort.figure import Figure, Kpi, Unit
from vsdocs.cohort.kpis import all_kpis, counted
from vsdocs.cohort.kpis.destinations import NOT_EET
from vsdocs.cohort.suppress import Count, count_of
from vsdocs.cohort.year import GROUPS, Cohort
from vsdocs.generate.report.wording import Words

#: figures of which each tells of the others, being parts of one whole; what is in none of them is a part too
FAMILIES = (("pep_gold", "pep_green", "pep_amber", "pep_red"), ("ehcp", "sen_support"))
UNKNOWN = "Not known"
OTHER = "Another wording"  # of the roll, of so few children that it might tell of one
OWN_WORDS = ("ethnicity", "legal_status")  # groups that are called what stands on the roll
DAY = 0.5  # points of attendance: about one day of 190
HALF = 0.5  # points: nothing smaller is called a difference, however many children there are


@dataclass(frozen=True)
class Shown:
    """A figure as it may be shown. `value` is None where there is no data, and where it is hidden."""

    kpi: Kpi
    figure: Figure
    hidden: bool = False

    @property
    def value(self) -> float | None:
        return None if self.hidden else self.figure.value

    @property
    def is_share(self) -> bool:
        """A percentage of children or plans, and not of sessions."""
        return self.kpi.unit is Unit.PERCENT and all(told.whole == 1 for told in self.figure.told)


class Figures:
    """All figures of a year and of those before it. With `small` no number of children from 1 up to below it is shown."""

    def __init__(self, cohorts: Mapping[str, Cohort], year: str, words: Words, small: int | None = None) -> None:
        self.cohorts, self.year, self.words, self.small = cohorts, year, words, small
        self.years = tuple(cohorts)
        self._counted: dict[tuple[str, str], Figure] = {}
        self._parts: dict[tuple[str, str], list[tuple[str, Shown]]] = {}
        self._hidden: dict[str, frozenset[str]] = {}

    @property
    def cohort(self) -> Cohort:
        return self.cohorts[self.year]

    @property
    def last_year(self) -> str | None:
        return self.years[-2] if len(self.years) > 1 else None

    def figure(self, kpi: str, year: str | None = None) -> Figure:
        key = (kpi, year or self.year)
        if key not in self._counted:
            self._counted[key] = counted(all_kpis()[kpi], self.cohorts[key[1]])
        return self._counted[key]

    def shown(self, kpi: str, year: str | None = None) -> Shown:
        year = year or self.year
        return Shown(all_kpis()[kpi], self.figure(kpi, year), kpi in self._hidden_in(year))

    def so_far(self, kpis: Iterable[str]) -> str:
        """What is to be said beside these while the year's 31 March is to come; without a number where small ones are hidden."""
        with_data = (all_kpis()[kpi] for kpi in kpis if self.figure(kpi).value is not None)
        told = (kpi.so_far(self.cohort, with_number=self.small is None) for kpi in with_data)
        return next(filter(None, told), "")

    def over_years(self, kpi: str) -> list[Shown]:
        return [self.shown(kpi, year) for year in self.years]

    def has_data(self, kpis: Iterable[str]) -> bool:
        """Whether any of these has a figure in any of the years."""
        return any(self.figure(kpi, year).value is not None for kpi in kpis for year in self.years)

    # ----------------------------------------------------------------------------------------------------- by group
    def parts(self, kpi: str, group: str) -> list[tuple[str, Shown]]:
        """This year's figure for each part of a group, in the group's own order; those of whom it is not known last.

        None of them where nothing may be shown and the list alone would tell.
        """
        key = (kpi, group)
        if key not in self._parts:
            whole, names = self.shown(kpi), self.grouped(group)
            made = [(name, whole.figure.of(references)) for name, references in names]
            some = [(name, figure) for name, figure in made if figure.denominator]
            hidden: frozenset[int] = frozenset()
            if self.small is not None:
                column = [[count_of(figure)] for _, figure in some]
                hidden = suppress.hidden(column, self.small)
                if whole.hidden or (hidden and not suppress.is_safe([column[at] for at in hidden], self.small)):
                    some = []
            self._parts[key] = [
                (name, Shown(whole.kpi, figure, at in hidden)) for at, (name, figure) in enumerate(some)
            ]
        return self._parts[key]

    def grouped(self, group: str) -> list[tuple[str, frozenset[str]]]:
        return self._grouped[group]

    @cached_property
    def _grouped(self) -> dict[str, list[tuple[str, frozenset[str]]]]:
        """group -> its parts with their children. A figure may tell of children who are in none: they are 'not known'."""
        found = {}
        everybody = {told.reference for kpi in all_kpis().values() if kpi.of_children
                     for told in self.figure(kpi.id).told}  # fmt: skip
        for group, named in GROUPS.items():
            parts: dict[str, set[str]] = {}
            for child in self.cohort.children:
                name = named(self.cohort, child)
                parts.setdefault(self.words.coded(group, name) if name else UNKNOWN, set()).add(child.reference)
            if self.small is not None:
                parts = self._few_together(group, parts, self.small)
            others = everybody - {child.reference for child in self.cohort.children}
            if others:
                parts.setdefault(UNKNOWN, set()).update(others)
            order = self.words.orders.get(group, ())
            ranked = sorted(
                parts,
                key=lambda n: (
                    n == UNKNOWN,
                    n == OTHER,
                    order.index(n) if n in order else len(order),
                    -len(parts[n]),
                    n,
                ),
            )
            found[group] = [(name, frozenset(parts[name])) for name in ranked]
        return found

    def _few_together(self, group: str, parts: dict[str, set[str]], small: int) -> dict[str, set[str]]:
        """What the roll says in its own words of a few children is no name of a group, and may be anything."""
        known = {UNKNOWN, *self.words.orders.get(group, ()), *self.words.codes.get(group, {}).values()}
        found: dict[str, set[str]] = {}
        for name, references in parts.items():
            is_own = group in OWN_WORDS and name not in known and len(references) < small
            found.setdefault(OTHER if is_own else name, set()).update(references)
        return found

    # ------------------------------------------------------------------------------------------------ beside others
    def published(self, kpi: str) -> list[rows.Comparator]:
        """What is published of a measure, up to the year of the report; the latest first."""
        found = [c for c in self.cohort.tables.of(rows.Comparator) if c.measure == kpi]
        return sorted((c for c in found if c.academic_year <= self.year), key=lambda c: c.academic_year, reverse=True)

    def beside(self, kpi: str) -> rows.Comparator | None:
        """The published figure of children in care that stands beside ours: the latest, and of that year the last given."""
        for group in self.words.beside:
            found = [one for one in self.published(kpi) if one.group == group]
            if found:
                return [one for one in found if one.academic_year == found[0].academic_year][-1]
        return None

    def latest_of_each(self, kpi: str) -> dict[str, rows.Comparator]:
        """group -> the latest figure that is published of it; of one year the last given."""
        return {one.group: one for one in sorted(self.published(kpi), key=lambda one: one.academic_year)}

    def beside_by_year(self, kpi: str) -> list[float | None]:
        """The same series in each of the years, and no other."""
        one = self.beside(kpi)
        if one is None:
            return [None] * len(self.years)
        same = {c.academic_year: c.value for c in self.published(kpi) if (c.group, c.series) == (one.group, one.series)}
        return [same.get(year) for year in self.years]

    # ------------------------------------------------------------------------------------------------------- hiding
    def _hidden_in(self, year: str) -> frozenset[str]:
        """The figures of a whole year that are not shown."""
        if self.small is None:
            return frozenset()
        if year not in self._hidden:
            self._hidden[year] = frozenset()  # while it is worked out
            self._hidden[year] = frozenset(self._small_in(year))
        return self._hidden[year]

    def _small_in(self, year: str) -> Iterable[str]:
        assert self.small is not None
        for kpi in all_kpis().values():
            if kpi.unit is not Unit.POUNDS and suppress.is_small(count_of(self.figure(kpi.id, year)), self.small):
                yield kpi.id
        for family in FAMILIES:
            figures = [self.figure(kpi, year) for kpi in family]
            parts = [round(figure.numerator) for figure in figures]
            rest = figures[0].denominator - sum(parts)
            at = suppress.hidden([[Count(part)] for part in (*parts, rest)], self.small)
            yield from (kpi for place, kpi in enumerate(family) if place in at)
        if year == self.year:
            hidden = hidden_in_blocks(self.destinations("care_leaver"), self.small)
            if hidden is None or "higher_education" in hidden:
                yield "care_leavers_university"

    def destinations(self, group: str) -> list[list[tuple[str, int]]]:
        """destination -> young people, of this year: those in education, employment or training; the others; the unknown.

        Those of whom it is not known are not among what is published: one of them would hide all the others.
        """
        found: dict[str, int] = {}
        for row in self.cohort.tables.of(rows.Destination):
            if row.academic_year == self.year and row.group == group:
                found[row.destination] = found.get(row.destination, 0) + 1
        ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        kinds = {name: 2 if name == "unknown" else 1 if name in NOT_EET else 0 for name in found}
        return [[pair for pair in ranked if kinds[pair[0]] == kind] for kind in range(3 if self.small is None else 2)]

    # ------------------------------------------------------------------------------------------------------ margins
    def margin(self, shown: Shown) -> tuple[str, float]:
        """Up to which difference two values are in line, and by what rule (a key of the words' margins)."""
        figure, number = shown.figure, shown.figure.denominator
        if shown.kpi.unit is Unit.PERCENT and not shown.is_share:
            return "day", DAY
        if shown.kpi.unit is Unit.PERCENT:
            worth = 100 / number if number else 0.0
            rule = "plan" if self.words.noun(shown.kpi.id) == "plans" else "child"
            return (rule, worth) if worth > HALF else ("half", HALF)
        if shown.kpi.unit is Unit.MEAN and number > 1:
            middle = figure.numerator / number
            spread = sqrt(sum((told.part - middle) ** 2 for told in figure.told) / (number - 1))
            return "chance", spread / sqrt(number)
        return "none", 0.0


def hidden_in_blocks(blocks: Sequence[Sequence[tuple[str, int]]], small: int) -> frozenset[str] | None:
    """The names that are not shown of blocks whose sums are known from elsewhere; None where nothing may be shown."""
    found: set[str] = set()
    for block in blocks:
        counts = [[Count(number)] for _, number in block]
        hidden = suppress.hidden(counts, small)
        if hidden and not suppress.is_safe([counts[at] for at in hidden], small):
            return None
        found |= {block[at][0] for at in hidden}
    return frozenset(found)
