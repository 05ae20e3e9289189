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
from vsdocs.cohort.rows import TWELVE_MONTHS
from vsdocs.cohort.suppress import Count, Tells, count_of
from vsdocs.cohort.year import GROUPS, LONG, Cohort
from vsdocs.generate.report.wording import Words

#: figures of which each tells of the others, being parts of one whole; what is in none of them is a part too
FAMILIES = (("pep_gold", "pep_green", "pep_amber", "pep_red"), ("ehcp", "sen_support"))
UNKNOWN = "Not known"
OTHER = "Another wording"  # of the roll, of so few children that it might tell of one
OWN_WORDS = ("ethnicity", "legal_status", "placement")  # groups that are called what stands on the roll
WHERE_THEY_LIVE = "placement"  # in whose own words an address may stand: gathered in every edition
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

    @cached_property
    def kpis(self) -> dict[str, Kpi]:
        """Every measure, worded by the authority's rules."""
        return {name: kpi.worded(self.cohort) for name, kpi in all_kpis().items()}

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
        return Shown(self.kpis[kpi], self.figure(kpi, year), kpi in self._hidden_in(year))

    def notes(self, kpis: Iterable[str], years: Iterable[str] = ()) -> str:
        """What is to be said beside these: of a year that runs, of years without such a figure, of how it is known."""
        found: dict[str, None] = {}
        for kpi in kpis:
            if self.has_data([kpi]):
                found |= dict.fromkeys(self.kpis[kpi].notes(self.cohort, years, with_number=self.small is None))
        return " ".join(found)

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
                column = [[self.count(figure)] for _, figure in some]
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
            if self.small is not None or group == WHERE_THEY_LIVE:
                parts = self._few_together(group, parts, self.small or suppress.SMALL)
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
        """What is published of a measure, up to the year of the report; the latest first.

        Where the council's own table has a figure of a group, ours of that group are left out.
        """
        found = [c for c in self.cohort.tables.of(rows.Comparator) if c.measure == kpi and c.academic_year <= self.year]
        own = {c.group for c in found if c.own}
        found = [c for c in found if c.own or c.group not in own]
        return sorted(found, key=lambda c: c.academic_year, reverse=True)

    def beside(self, kpi: str) -> rows.Comparator | None:
        """The published figure of children in care that stands beside ours, in every report.

        The council's own before what ships; of the same children as ours before others; the latest, and of its year the last given.
        """
        nearest = [self.kpis[kpi].population, *self.words.beside]
        found = [one for one in self.published(kpi) if one.group in nearest]
        found = [one for one in found if one.own] or found
        found.sort(key=lambda one: nearest.index(one.group))  # which keeps the latest first
        same = [one for one in found if (one.group, one.academic_year) == (found[0].group, found[0].academic_year)]
        return same[-1] if same else None

    def like(self, kpi: str) -> Shown:
        """Ours as it is held against the published figure: where that is of children in care for twelve months, of those only.

        Where that may not be shown it is of all, and `same_children` says that they differ.
        """
        shown, beside = self.shown(kpi), self.beside(kpi)
        if beside is None or beside.group != TWELVE_MONTHS or shown.kpi.of_reportable or not shown.kpi.of_children:
            return shown
        part = dict(self.parts(kpi, "reportable")).get(self.words.coded("reportable", LONG))
        return part if part is not None and part.value is not None else shown

    def same_children(self, kpi: str) -> bool:
        """Whether the published figure counts the children that ours counts, as it is held against it."""
        beside = self.beside(kpi)
        of_same = beside is None or beside.group == self.kpis[kpi].population
        return of_same or self.like(kpi).figure is not self.figure(kpi)

    def of_one_year(self, kpi: str) -> dict[str, rows.Comparator]:
        """group -> what is published of it for one and the same year: that of the figure beside ours, else the latest."""
        beside, every = self.beside(kpi), self.published(kpi)
        year = beside.academic_year if beside else every[0].academic_year if every else ""
        found = {one.group: one for one in every if one.academic_year == year}
        return {**found, **({beside.group: beside} if beside else {})}

    def beside_by_year(self, kpi: str) -> list[float | None]:
        """The same series in each of the years, and no other."""
        one = self.beside(kpi)
        if one is None:
            return [None] * len(self.years)
        same = {c.academic_year: c.value for c in self.published(kpi) if (c.group, c.series) == (one.group, one.series)}
        return [same.get(year) for year in self.years]

    # ------------------------------------------------------------------------------------------------------- hiding
    def count(self, figure: Figure) -> Count:
        """What a figure tells of children, and whether none of them or all would tell of each."""
        tells = self.words.tells_of_each
        return count_of(figure, Tells(figure.id in tells.none, figure.id in tells.all))

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
        for kpi in self.kpis.values():
            if kpi.unit is not Unit.POUNDS and suppress.is_small(self.count(self.figure(kpi.id, year)), self.small):
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
    def has_moved(self, shown: Shown, last: Shown) -> bool:
        """Whether two years differ by more than twice what chance moves them. Nothing is said of small cohorts."""
        if shown.value is None or last.value is None or shown.figure.is_small or last.figure.is_small:
            return False
        if shown.kpi.unit is Unit.COUNT:
            return abs(shown.value - last.value) > 2 * sqrt(shown.value + last.value)
        return abs(shown.value - last.value) > 2 * sqrt(_error(shown) ** 2 + _error(last) ** 2)

    def margin(self, shown: Shown) -> tuple[str, float]:
        """Up to which difference two values are in line, and by what rule (a key of the words' margins)."""
        figure, number = shown.figure, shown.figure.denominator
        if shown.kpi.unit is Unit.PERCENT and not shown.is_share:
            return "day", DAY
        if shown.kpi.unit is Unit.PERCENT:
            worth = 100 / number if number else 0.0
            return ("one", worth) if worth > HALF else ("half", HALF)
        if shown.kpi.unit is Unit.MEAN and number > 1:
            middle = figure.numerator / number
            spread = sqrt(sum((told.part - middle) ** 2 for told in figure.told) / (number - 1))
            return "chance", spread / sqrt(number)
        return "none", 0.0


def _error(shown: Shown) -> float:
    """The standard error of a share, a mean or a rate, from what each child adds to it."""
    each = [told.part / told.whole if told.whole else 0.0 for told in shown.figure.told]
    if len(each) < 2:
        return 0.0
    middle = sum(each) / len(each)
    spread = sqrt(sum((one - middle) ** 2 for one in each) / (len(each) - 1))
    return (100 if shown.kpi.unit is Unit.PERCENT else 1) * spread / sqrt(len(each))


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
