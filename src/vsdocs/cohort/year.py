"""The children of one academic year, and the groups in which figures are looked at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from vsdocs.cohort import rows
from vsdocs.cohort.child import Child
from vsdocs.cohort.folder import Tables
from vsdocs.dates import add_months, age_on, parse_iso
from vsdocs.timing import Deadlines

#: years of age on 31 August before the year -> National Curriculum year
_STAGES = {"Nursery": (-9, -1), "Reception": (0, 0), "Key Stage 1": (1, 2), "Key Stage 2": (3, 6),
           "Key Stage 3": (7, 9), "Key Stage 4": (10, 11), "Post-16": (12, 14)}  # fmt: skip


@dataclass(frozen=True)
class Cohort:
    """The children who were in care in an academic year ('2025-26') on or before `day`, with all that is known of them."""

    year: str
    children: tuple[Child, ...]
    tables: Tables
    day: date
    today: date
    rules: Deadlines

    @classmethod
    def of(
        cls, year: str, roll: Iterable[Child], tables: Tables, today: date, rules: Deadlines | None = None
    ) -> "Cohort":
        """The cohort of a year, counted on its last day or, while it runs, on `today`."""
        began, ended = bounds(year)
        children = tuple(c for c in roll if _in_care_between(c, began, min(ended, today)))
        return cls(year, children, tables, min(ended, today), today, rules or Deadlines())

    @cached_property
    def references(self) -> frozenset[str]:
        return frozenset(child.reference for child in self.children)

    @property
    def census_day(self) -> date:
        """31 March in the year: who had been in care for twelve months by then is reported on."""
        return date(int(self.year[:4]) + 1, 3, 31)

    @property
    def school_day(self) -> date:
        """The day on which it is looked where children learn: 1 July is in term everywhere."""
        return min(self.day, date(int(self.year[:4]) + 1, 7, 1))

    @property
    def is_before_census(self) -> bool:
        """Whether 31 March of this year is still to come: then nobody can be said to be in care on it."""
        return self.day < self.census_day

    @cached_property
    def reportable(self) -> frozenset[str]:
        """The children in care on 31 March, and without a break for the twelve months before it.

        Before that day: those in care on the day that is counted, and for the twelve months before it.
        """
        return self._in_care_for_a_year(min(self.census_day, self.day))

    @cached_property
    def reportable_if_they_stay(self) -> frozenset[str]:
        """Who will be reportable on 31 March if nobody leaves care before."""
        return self._in_care_for_a_year(self.census_day)

    def _in_care_for_a_year(self, day: date) -> frozenset[str]:
        since = add_months(day, -12)
        return frozenset(
            child.reference
            for child in self.children
            if (began := parse_iso(child.into_care or child.first_into_care)) is not None
            and began <= since
            and not ((left := parse_iso(child.left_care)) and left < day)
        )

    @cached_property
    def on_roll(self) -> tuple[Child, ...]:
        """Those who are in care on the day that is counted."""
        return tuple(c for c in self.children if not ((left := parse_iso(c.left_care)) and left <= self.day))

    def nc_year(self, child: Child) -> int:
        """The National Curriculum year of a child's age in this year; 0 is Reception, below it nursery."""
        born = parse_iso(child.date_of_birth)
        assert born is not None
        return age_on(born, date(int(self.year[:4]), 8, 31)) - 4

    def stage(self, child: Child) -> str:
        number = self.nc_year(child)
        return next((name for name, (first, last) in _STAGES.items() if first <= number <= last), "Over 18")

    def school_age(self, child: Child) -> bool:
        return 0 <= self.nc_year(child) <= 11

    def months_in_care(self, child: Child) -> int | None:
        began = parse_iso(child.into_care or child.first_into_care)
        if began is None:
            return None
        end = min(parse_iso(child.left_care) or self.day, self.day)
        return max(0, (end.year - began.year) * 12 + end.month - began.month - (end.day < began.day))

    def school_on(self, reference: str, day: date) -> rows.Schooling | None:
        """Where a child learnt on a day; the later of two."""
        iso = day.isoformat()
        times = [t for t in self._schools.get(reference, ()) if t.began <= iso and not (t.ended and t.ended < iso)]
        return max(times, key=lambda t: t.began, default=None)

    @cached_property
    def _schools(self) -> dict[str, list[rows.Schooling]]:
        found: dict[str, list[rows.Schooling]] = {}
        for row in self.tables.of(rows.Schooling):
            found.setdefault(row.reference, []).append(row)
        return found


def bounds(year: str) -> tuple[date, date]:
    """The first and last day of an academic year: 1 September to 31 August."""
    first = int(year[:4])
    return date(first, 9, 1), date(first + 1, 8, 31)


def _in_care_between(child: Child, began: date, ended: date) -> bool:
    came, left = parse_iso(child.into_care or child.first_into_care), parse_iso(child.left_care)
    return not (came and came > ended) and not (left and left < began)


# ------------------------------------------------------------------------------------------------------------ groups

#: group -> its parts' name of a child, None where it is not known
Group = Callable[[Cohort, Child], str | None]


def _said(name: str) -> Group:
    return lambda cohort, child: getattr(child, name)


def _either(name: str, yes: str, no: str) -> Group:
    return lambda cohort, child: {True: yes, False: no, None: None}[getattr(child, name)]


def _time_in_care(cohort: Cohort, child: Child) -> str | None:
    months = cohort.months_in_care(child)
    if months is None:
        return None
    bands = ((6, "Under 6 months"), (12, "6 to 11 months"), (24, "1 year"), (60, "2 to 4 years"))
    return next((name for limit, name in bands if months < limit), "5 years and more")


def _age_into_care(cohort: Cohort, child: Child) -> str | None:
    came, born = parse_iso(child.first_into_care or child.into_care), parse_iso(child.date_of_birth)
    if came is None or born is None:
        return None
    bands = ((1, "Under 1"), (5, "1 to 4"), (10, "5 to 9"), (16, "10 to 15"))
    return next((name for limit, name in bands if age_on(born, came) < limit), "16 and over")


def _year_group(cohort: Cohort, child: Child) -> str:
    number = cohort.nc_year(child)
    return "Nursery" if number < 0 else "Reception" if number == 0 else f"Year {number}"


def _area(cohort: Cohort, child: Child) -> str | None:
    school = cohort.school_on(child.reference, cohort.school_day)
    out = school.out_of_area if school and school.out_of_area is not None else child.out_of_area
    return {True: "Out of area", False: "In area", None: None}[out]


GROUPS: dict[str, Group] = {
    "stage": lambda cohort, child: cohort.stage(child),
    "year_group": _year_group,
    "gender": _said("gender"),
    "ethnicity": _said("ethnicity"),
    "send": lambda cohort, child: {"none": "No SEND", "sen_support": "SEN Support", "ehcp": "EHCP"}.get(
        child.send_status or ""
    ),
    "language": _either("english_additional", "EAL", "Not EAL"),
    "unaccompanied": _either("unaccompanied", "Unaccompanied", "Not unaccompanied"),
    "area": _area,
    "legal_status": _said("legal_status"),
    "time_in_care": _time_in_care,
    "age_into_care": _age_into_care,
    "reportable": lambda cohort, child: (
        "12 months and more" if child.reference in cohort.reportable else "Under 12 months"
    ),
}
