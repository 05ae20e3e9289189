"""Where the children live and learn, and how often that changes."""

from vsdocs.cohort import rows
from vsdocs.cohort.child import Child
from vsdocs.cohort.figure import Figure, Kpi, Unit, share
from vsdocs.cohort.year import Cohort, bounds

_001 = "Dorset practice standards 2023, Virtual School cohort profile"
_PLACED = "Dorset practice standards 2023, Education Placement"
_GOOD = ("outstanding", "good")


def _good_school(cohort: Cohort) -> Figure:
    def is_good(child: Child) -> bool | None:
        school = cohort.school_on(child.reference, cohort.school_day)
        ofsted = (school.ofsted if school else None) or child.school_ofsted
        return None if ofsted in (None, "not_inspected") else ofsted in _GOOD

    pupils = [child for child in cohort.on_roll if cohort.school_age(child)]
    return share(cohort, pupils, is_good, unknown="the school's judgement is not known, or it was not inspected")


def _kind_of_school(cohort: Cohort, kind: str) -> Figure:
    def goes(child: Child) -> bool | None:
        school = cohort.school_on(child.reference, cohort.school_day)
        return None if school is None else school.kind == kind

    pupils = [child for child in cohort.on_roll if cohort.school_age(child)]
    has = cohort.tables.has(rows.Schooling)
    return share(cohort, pupils, goes, unknown="it is not known where they learn", has_data=has)


def _moved(cohort: Cohort, kind: type[rows.Schooling] | type[rows.Placement], least: int) -> Figure:
    """Children with so many new beginnings in the year while they were in care. The first ever is no move."""
    began, ended = (day.isoformat() for day in bounds(cohort.year))
    times: dict[str, list[str]] = {}
    for row in cohort.tables.of(kind):
        times.setdefault(row.reference, []).append(row.began)

    def moved(child: Child) -> bool | None:
        starts = sorted(times.get(child.reference, ()))
        return None if not starts else sum(began <= day <= ended for day in starts[1:]) >= least

    return share(cohort, cohort.children, moved, unknown="nothing is known of it", has_data=cohort.tables.has(kind))


KPIS = (
    Kpi("good_school", "In a school judged good or outstanding", Unit.PERCENT,
        "Of the children of school age on the roll whose school has a judgement, those whose school is good or outstanding",
        _PLACED, _good_school),
    Kpi("alternative_provision", "In alternative provision", Unit.PERCENT,
        "Of the children of school age on the roll, those in alternative provision on 1 July, or today before it",
        _PLACED, lambda cohort: _kind_of_school(cohort, "alternative"), better=-1),
    Kpi("residential_school", "In a residential school", Unit.PERCENT,
        "Of the children of school age on the roll, those in a residential school on 1 July, or today before it",
        _PLACED, lambda cohort: _kind_of_school(cohort, "residential"), better=0),
    Kpi("no_school", "Without a school place", Unit.PERCENT,
        "Of the children of school age on the roll, those without a place on 1 July, or today before it",
        _PLACED, lambda cohort: _kind_of_school(cohort, "none"), better=-1),
    Kpi("school_moves", "Changed school in the year", Unit.PERCENT,
        "Of the children in care in the year whose schools are known, those who began at another one", _001,
        lambda cohort: _moved(cohort, rows.Schooling, 1), better=-1),
    Kpi("placement_moves", "Three or more placement moves in the year", Unit.PERCENT,
        "Of the children in care in the year whose placements are known, those who moved three times or more", _001,
        lambda cohort: _moved(cohort, rows.Placement, 3), better=-1),
)  # fmt: skip
