"""Where the children live and learn, and how often that changes."""

from datetime import date

from vsdocs.cohort import rows
from vsdocs.cohort.child import Child
from vsdocs.cohort.figure import Figure, Kpi, Told, Unit, share
from vsdocs.cohort.year import Cohort, bounds

_001 = "Dorset practice standards 2023, Virtual School cohort profile"
_PLACED = "Dorset practice standards 2023, Education Placement"
_GOOD = ("outstanding", "good")
NO_SINGLE_WORD = date(2024, 9, 2)  # DfE and Ofsted: no judgement of overall effectiveness from the autumn of 2024


def _good_school(cohort: Cohort) -> Figure:
    told: list[Told] = []
    out: dict[str, list[str]] = {}
    for child in (child for child in cohort.on_roll if cohort.school_age(child)):
        ofsted = cohort.ofsted(child)
        if ofsted == "":
            out.setdefault("without a school place", []).append(child.reference)
        elif ofsted in (None, "not_inspected"):
            out.setdefault("the school's judgement is not known, or it was not inspected", []).append(child.reference)
        else:
            told.append(Told(child.reference, float(ofsted in _GOOD)))
    return Figure("", cohort.year, Unit.PERCENT, tuple(told), {why: tuple(who) for why, who in out.items()})


def _no_single_word(cohort: Cohort) -> str:
    if cohort.day < NO_SINGLE_WORD:
        return ""
    return (
        "Ofsted has given state-funded schools no single-word judgement since September 2024: what is counted is the last that each"
        " school had, which may be years old."
    )


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
        "Of the children of school age (Reception to Year 11) on the roll with a school place on 1 July (or today before it) whose school has a judgement,"
        " those whose school was judged good or outstanding when it last had one", _PLACED, _good_school, note=_no_single_word),
    Kpi("alternative_provision", "In alternative provision", Unit.PERCENT,
        "Of the children of school age (Reception to Year 11) on the roll, those in alternative provision on 1 July, or today before it",
        _PLACED, lambda cohort: _kind_of_school(cohort, "alternative"), better=-1),
    Kpi("residential_school", "In a residential school", Unit.PERCENT,
        "Of the children of school age (Reception to Year 11) on the roll, those in a residential school on 1 July, or today before it",
        _PLACED, lambda cohort: _kind_of_school(cohort, "residential"), better=0),
    Kpi("no_school", "Without a school place", Unit.PERCENT,
        "Of the children of school age (Reception to Year 11) on the roll, those without a place on 1 July, or today before it",
        _PLACED, lambda cohort: _kind_of_school(cohort, "none"), better=-1),
    Kpi("school_moves", "Changed school in the year", Unit.PERCENT,
        "Of the children in care in the year whose schools are known, those who began at another one", _001,
        lambda cohort: _moved(cohort, rows.Schooling, 1), better=-1),
    Kpi("placement_moves", "Three or more placement moves in the year", Unit.PERCENT,
        "Of the children in care in the year whose placements are known, those who moved three times or more", _001,
        lambda cohort: _moved(cohort, rows.Placement, 3), better=-1),
)  # fmt: skip
