"""What there was to spend, and what was offered: Pupil Premium Plus, activities, training, advice."""

from vsdocs.cohort import rows
from vsdocs.cohort.figure import Figure, Kpi, Told, Unit
from vsdocs.cohort.year import Cohort

_001 = "Dorset practice standards 2023, The Virtual School Head Teacher's Annual Report"
_002 = "Derby annual report 2022-23"


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


def _events(cohort: Cohort, kind: str) -> Figure:
    told = tuple(
        Told(row.title, row.people or 0)
        for row in cohort.tables.of(rows.Event)
        if row.academic_year == cohort.year and row.kind == kind
    )
    return Figure("", cohort.year, Unit.COUNT, told, has_data=cohort.tables.has(rows.Event))


KPIS = (
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
