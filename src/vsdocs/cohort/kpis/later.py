"""Where young people go on to, what the money was spent on, and what was offered."""

from collections.abc import Callable

from vsdocs.cohort import rows
from vsdocs.cohort.figure import Figure, Kpi, Told, Unit
from vsdocs.cohort.year import Cohort

_001 = "Dorset practice standards 2023, The Virtual School Head Teacher's Annual Report"
_002 = "Derby annual report 2022-23"
#: destinations that are no education, employment or training
NOT_EET = ("neet", "custody")


def _destinations(cohort: Cohort, group: str, part: Callable[[rows.Destination], bool | None], unknown: str) -> Figure:
    told: list[Told] = []
    out: list[str] = []
    for row in cohort.tables.of(rows.Destination):
        if row.academic_year != cohort.year or row.group != group:
            continue
        found = part(row)
        if found is None:
            out.append(row.reference)
        else:
            told.append(Told(row.reference, float(found)))
    left_out = {unknown: tuple(out)} if out else {}
    return Figure("", cohort.year, Unit.PERCENT, tuple(told), left_out, cohort.tables.has(rows.Destination))


def _eet(row: rows.Destination) -> bool | None:
    return None if row.destination == "unknown" else row.destination not in NOT_EET


def financial_year(cohort: Cohort) -> str:
    """The financial year that ends in the academic year: April to March."""
    first = int(cohort.year[:4])
    return f"{first}-{(first + 1) % 100:02d}"


def _money(cohort: Cohort, *kinds: str) -> Figure:
    """Pounds: income counts for, spending against, where both are asked for."""
    year = financial_year(cohort)
    lines = [row for row in cohort.tables.of(rows.Money) if row.financial_year == year and row.kind in kinds]
    both = len(kinds) > 1
    told = tuple(Told(row.heading, -row.amount if both and row.kind == "spending" else row.amount) for row in lines)
    return Figure("", cohort.year, Unit.POUNDS, told, has_data=bool(lines))


def _events(cohort: Cohort, kind: str, people: bool = True) -> Figure:
    told = tuple(
        Told(row.title, row.people or 0 if people else 1)
        for row in cohort.tables.of(rows.Event)
        if row.academic_year == cohort.year and row.kind == kind
    )
    return Figure("", cohort.year, Unit.COUNT, told, has_data=cohort.tables.has(rows.Event))


KPIS = (
    Kpi("post_16_eet", "After Year 11: in education, employment or training", Unit.PERCENT,
        "Of the young people after Year 11 whose destination is known, those in education, employment or training", _001,
        lambda cohort: _destinations(cohort, "post_16", _eet, "where they went is not known")),
    Kpi("post_16_retained", "After Year 11: still there at the end of the year", Unit.PERCENT,
        "Of the young people after Year 11 of whom it is known, those who were still there at the end of the year", _001,
        lambda cohort: _destinations(cohort, "post_16", lambda row: row.retained, "it is not known whether they stayed")),
    Kpi("care_leavers_eet", "Care leavers: in education, employment or training", Unit.PERCENT,
        "Of the care leavers whose destination is known, those in education, employment or training", _001,
        lambda cohort: _destinations(cohort, "care_leaver", _eet, "where they are is not known")),
    Kpi("care_leavers_university", "Care leavers: in higher education", Unit.PERCENT,
        "Of the care leavers whose destination is known, those in higher education", _001,
        lambda cohort: _destinations(
            cohort, "care_leaver",
            lambda row: None if row.destination == "unknown" else row.destination == "higher_education",
            "where they are is not known")),
    Kpi("pp_plus_income", "Pupil Premium Plus: income", Unit.POUNDS,
        "Pupil Premium Plus received in the financial year that ends in the academic year", _002,
        lambda cohort: _money(cohort, "income"), better=0, of_children=False),
    Kpi("pp_plus_spending", "Pupil Premium Plus: spending", Unit.POUNDS,
        "Pupil Premium Plus spent in the financial year that ends in the academic year", _002,
        lambda cohort: _money(cohort, "spending"), better=0, of_children=False),
    Kpi("pp_plus_balance", "Pupil Premium Plus: left over", Unit.POUNDS,
        "Income less spending of the financial year that ends in the academic year", _002,
        lambda cohort: _money(cohort, "income", "spending"), better=0, of_children=False),
    Kpi("activities", "Places taken at activities", Unit.COUNT, "Children at the year's activities, each time counted", _001,
        lambda cohort: _events(cohort, "activity"), of_children=False),
    Kpi("trained", "People trained", Unit.COUNT, "People at the year's trainings, each time counted", _001,
        lambda cohort: _events(cohort, "training"), of_children=False),
    Kpi("advice", "Requests about previously looked-after children", Unit.COUNT,
        "Requests for advice about previously looked-after children in the year", _001,
        lambda cohort: _events(cohort, "advice"), of_children=False),
)  # fmt: skip
