"""The terms of the authority's schools. Where `vsdocs.toml` does not give them, a term is a third of the year."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import count

from vsdocs.dates import academic_year, easter, is_working_day
from vsdocs.settings import Term
from vsdocs.timing import Counted

_EARLY = timedelta(days=14)  # a first term may begin in the last days of August
_DAY = timedelta(days=1)
Half = tuple[date, date]


class Calendar:
    """The terms of every year: those that were given, and our thirds of the year where none was."""

    def __init__(self, given: Iterable[Term] = ()) -> None:
        self._given: dict[str, list[Term]] = {}
        self._terms: dict[str, tuple[Term, ...]] = {}  # as they were asked for
        for term in sorted(given, key=lambda term: term.begins):
            self._given.setdefault(academic_year(term.begins + _EARLY), []).append(term)

    def terms(self, year: str) -> tuple[Term, ...]:
        """The terms of an academic year ('2026-27') in their order."""
        if year in self._terms:
            return self._terms[year]
        given = self._given.get(year, [])
        free = [one for one in _thirds(year) if all(one.ends < t.begins or one.begins > t.ends for t in given)]
        self._terms[year] = tuple(sorted([*given, *free], key=lambda term: term.begins))
        return self._terms[year]

    def assumed(self, year: str) -> bool:
        """Whether any term of this year is ours."""
        given = self._given.get(year, [])
        return any(term not in given for term in self.terms(year))

    def knows(self, day: date) -> bool:
        """Whether the holidays around a day are known: all terms of its year were given."""
        return not self.assumed(academic_year(day))

    def around(self, day: date) -> tuple[Term, ...]:
        """The terms of the academic year of a day, with those of the year before and the year after."""
        first = int(academic_year(day)[:4])
        return tuple(term for n in (first - 1, first, first + 1) for term in self.terms(_year(n)))

    def term_of(self, day: date) -> Term:
        """The term that a day is in; a day in the holidays counts to the term before."""
        return max((term for term in self.around(day) if term.begins <= day), key=lambda term: term.begins)

    def halves(self, day: date) -> tuple[Half, ...]:
        """The half terms around a day, in their order; a term without a known half term is parted in its middle."""
        return tuple(half for term in self.around(day) for half in _halves(term))

    def half_of(self, day: date) -> Half:
        """The half term that a day is in; a day in the holidays counts to the one before."""
        return max(half for half in self.halves(day) if half[0] <= day)

    def half_after(self, day: date) -> Half:
        """The half term after the one that a day is in."""
        this = self.half_of(day)
        return min(half for half in self.halves(day) if half > this)

    def after(self, start: date, days: int, counted: Counted) -> date:
        """So many working or school days after a day, which is not counted itself."""
        school = counted is Counted.SCHOOL_DAYS
        for n in count(1):
            day = start + n * _DAY
            days -= is_working_day(day) and (not school or self.in_school(day))
            if days == 0:
                return day
        raise AssertionError

    def in_school(self, day: date) -> bool:
        """Whether a day is in a half term, and not in the holidays: by terms that were given, where it `knows` them."""
        first, last = self.half_of(day)
        return first <= day <= last


def _year(first: int) -> str:
    return f"{first}-{(first + 1) % 100:02d}"


def _thirds(year: str) -> Iterator[Term]:
    """September to December, January to Easter, Easter to August."""
    first = int(year[:4])
    turn = easter(first + 1)
    yield Term(name=f"Autumn {first}", begins=date(first, 9, 1), ends=date(first, 12, 31))
    yield Term(name=f"Spring {first + 1}", begins=date(first + 1, 1, 1), ends=turn - _DAY)
    yield Term(name=f"Summer {first + 1}", begins=turn, ends=date(first + 1, 8, 31))


def _halves(term: Term) -> tuple[Half, Half]:
    if term.half_term:
        return (term.begins, term.half_term[0] - _DAY), (term.half_term[1] + _DAY, term.ends)
    middle = term.begins + (term.ends - term.begins) // 2
    return (term.begins, middle), (middle + _DAY, term.ends)
