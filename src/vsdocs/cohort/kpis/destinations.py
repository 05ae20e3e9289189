"""Where young people go on to: after Year 11, and when they leave care."""

from collections.abc import Callable

from vsdocs.cohort import rows
from vsdocs.cohort.figure import Figure, Kpi, Told, Unit
from vsdocs.cohort.year import Cohort

_001 = "Dorset practice standards 2023, The Virtual School Head Teacher's Annual Report"
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
)  # fmt: skip
