"""Personal Education Plans: whether each child has one in each term, how soon it is done, and how good it is."""

from collections.abc import Callable
from datetime import date
from functools import partial

from vsdocs.cohort import rows
from vsdocs.cohort.child import Child
from vsdocs.cohort.figure import Figure, Kpi, Told, Unit, share
from vsdocs.cohort.year import Cohort, bounds
from vsdocs.dates import age_on, parse_iso, working_days_between
from vsdocs.settings import Term
from vsdocs.timing import InDays

_001 = "Dorset practice standards 2023, Personal Education Planning"
_002 = "Derby annual report 2022-23, Personal Education Plans"


def _plans(cohort: Cohort) -> dict[str, list[rows.Pep]]:
    """reference -> the plans of the year, in the order of their meetings."""
    began, ended = (day.isoformat() for day in bounds(cohort.year))
    found: dict[str, list[rows.Pep]] = {}
    for row in sorted(cohort.tables.of(rows.Pep), key=lambda row: row.met):
        if began <= row.met <= min(ended, cohort.day.isoformat()) and row.reference in cohort.references:
            found.setdefault(row.reference, []).append(row)
    return found


def _asked(cohort: Cohort, child: Child, day: date) -> bool:
    """Whether the rules ask for a PEP of a child of this age."""
    born, asked = parse_iso(child.date_of_birth), cohort.rules.term_pep
    return born is None or born > day or asked.from_age <= age_on(born, day) <= asked.to_age


def _terms_in_care(cohort: Cohort, child: Child) -> list[Term]:
    """The terms that are over, in which the child was in care throughout and of an age to have a PEP."""
    came = parse_iso(child.into_care or child.first_into_care) or date.min
    left = parse_iso(child.left_care) or date.max
    return [
        term
        for term in cohort.calendar.terms(cohort.year)
        if term.ends <= cohort.day and came <= term.begins and left > term.ends and _asked(cohort, child, term.begins)
    ]


def _with_pep(cohort: Cohort) -> Figure:
    """A meeting in the holidays counts to the term before, as in what is due."""
    days = {row.met: day for row in cohort.tables.of(rows.Pep) if (day := parse_iso(row.met)) and day <= cohort.today}
    term_of = {iso: cohort.calendar.term_of(day).begins for iso, day in days.items()}
    met: dict[str, set[date]] = {}
    for row in cohort.tables.of(rows.Pep):
        if row.met in term_of:
            met.setdefault(row.reference, set()).add(term_of[row.met])

    def has_all(child: Child) -> bool | None:
        terms = {term.begins for term in _terms_in_care(cohort, child)}
        return terms <= met.get(child.reference, set()) if terms else None

    return share(
        cohort, cohort.children, has_all, unknown="in care for no whole term of the year, or of another age",
        has_data=cohort.tables.has(rows.Pep),
    )  # fmt: skip


def _by_which_terms(cohort: Cohort) -> str:
    terms = "; ".join(f"{t.name}, {t.begins:%d/%m/%Y} to {t.ends:%d/%m/%Y}" for t in cohort.calendar.terms(cohort.year))
    if cohort.calendar.assumed(cohort.year):
        return f"vsdocs.toml does not give every term of {cohort.year}, so these are taken: {terms}."
    return f"The terms are those of vsdocs.toml: {terms}."


def _initial(cohort: Cohort) -> Figure:
    """Children who came into care in the year: whether their first PEP met in the time that the rules give."""
    asked = cohort.rules.initial_pep
    began, ended = bounds(cohort.year)
    first: dict[str, str] = {}
    for row in cohort.tables.of(rows.Pep):
        first[row.reference] = min(row.met, first.get(row.reference, row.met))
    new = [
        c
        for c in cohort.children
        if (came := parse_iso(c.into_care)) and began <= came <= ended and _asked(cohort, c, came)
    ]

    def in_time(child: Child) -> bool | None:
        came = parse_iso(child.into_care)
        assert came is not None
        due = cohort.calendar.after(came, asked.days, asked.counted)
        left = parse_iso(child.left_care)
        if left and left < due:
            return None
        met = parse_iso(first.get(child.reference))
        return bool(met and met <= due) if met or due <= cohort.today else None

    unknown = "left care before it was due, or it is not due yet"
    return share(cohort, new, in_time, unknown=unknown, has_data=cohort.tables.has(rows.Pep))


def _each(cohort: Cohort) -> list[rows.Pep]:
    return [pep for plans in _plans(cohort).values() for pep in plans]


def _per_plan(cohort: Cohort, unit: Unit, part: Callable[[rows.Pep], float | bool | None], unknown: str) -> Figure:
    """A figure of plans: a child with three plans is in it three times."""
    told: list[Told] = []
    out: list[str] = []
    for pep in _each(cohort):
        found = part(pep)
        if found is None:
            out.append(pep.reference)
        else:
            told.append(Told(pep.reference, float(found)))
    left_out = {unknown: tuple(out)} if out else {}
    return Figure("", cohort.year, unit, tuple(told), left_out, cohort.tables.has(rows.Pep))


def _days(pep: rows.Pep) -> int | None:
    met, done = parse_iso(pep.met), parse_iso(pep.signed_off)
    return working_days_between(met, done) if met and done else None


def _soon(cohort: Cohort) -> Figure:
    asked: InDays = cohort.rules.document
    late: dict[date, date] = {}  # of each day of a meeting the first day on which its document is late

    def in_time(pep: rows.Pep) -> bool | None:
        met, done = parse_iso(pep.met), parse_iso(pep.signed_off)
        if met is None or done is None:
            return None
        if met not in late:
            late[met] = cohort.calendar.after(met, asked.days + 1, asked.counted)
        return done < late[met]

    return _per_plan(cohort, Unit.PERCENT, in_time, "not signed off")


def _graded(grade: str, pep: rows.Pep) -> bool | None:
    return None if pep.grade is None else pep.grade == grade


def _in_person(cohort: Cohort) -> Figure:
    plans = _plans(cohort)

    def once(child: Child) -> bool | None:
        known = [pep.in_person for pep in plans.get(child.reference, ()) if pep.in_person is not None]
        return any(known) if known else None

    of = [child for child in cohort.children if child.reference in plans]
    return share(cohort, of, once, unknown="it is not known how they met", has_data=cohort.tables.has(rows.Pep))


def _number(cohort: Cohort) -> Figure:
    told = tuple(Told(pep.reference, 1) for pep in _each(cohort))
    return Figure("", cohort.year, Unit.COUNT, told, has_data=cohort.tables.has(rows.Pep))


def _of_grade(grade: str) -> Kpi:
    return Kpi(
        f"pep_{grade}", f"PEPs graded {grade.title()}", Unit.PERCENT,
        f"Of the year's PEPs that were graded, those graded {grade.title()}; a child with three plans counts three times", _002,
        lambda cohort: _per_plan(cohort, Unit.PERCENT, partial(_graded, grade), "not graded"),
        better={"gold": 1, "green": 1, "amber": 0, "red": -1}[grade],
    )  # fmt: skip


KPIS = (
    Kpi("peps", "PEPs written", Unit.COUNT, "PEP meetings in the year of children in care", _002, _number),
    Kpi(
        "pep_each_term", "A PEP in each term", Unit.PERCENT,
        "Of the children aged {ages} who were in care for at least one whole term that is over, those with a PEP in each such term; a"
        " meeting in the holidays counts to the term before", _001,
        _with_pep, note=_by_which_terms,
    ),
    Kpi(
        "initial_pep_in_time", "First PEP within {initial_pep}", Unit.PERCENT,
        "Of the children aged {ages} who came into care in the year, those whose first PEP met within {initial_pep}", _001, _initial,
    ),
    Kpi(
        "pep_days_to_sign_off", "Working days from meeting to sign-off", Unit.MEAN,
        "Mean number of working days from the meeting until the PEP was signed off, over the year's PEPs", _002,
        lambda cohort: _per_plan(cohort, Unit.MEAN, _days, "not signed off"), better=-1,
    ),
    Kpi(
        "pep_done_in_time", "Complete within {document}", Unit.PERCENT,
        "Of the year's PEPs that were signed off, those signed off within {document} of the meeting", _001, _soon,
    ),
    Kpi(
        "pep_in_person", "At least one PEP in person", Unit.PERCENT,
        "Of the children with a PEP in the year of which it is known how people met, those with one in person", _001, _in_person,
    ),
    *(_of_grade(grade) for grade in ("gold", "green", "amber", "red")),
)  # fmt: skip
