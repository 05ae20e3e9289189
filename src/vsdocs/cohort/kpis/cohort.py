"""Who the children are, and where they live and learn."""

from collections.abc import Callable

from vsdocs.cohort import rows
from vsdocs.cohort.child import Child
from vsdocs.cohort.figure import Figure, Kpi, Told, Unit, share
from vsdocs.cohort.year import Cohort, bounds

_001 = "Dorset practice standards 2023, Virtual School cohort profile"
_002 = "Derby annual report 2022-23"
_PLACED = "Dorset practice standards 2023, Education Placement"
_GOOD = ("outstanding", "good")


def _roll(cohort: Cohort) -> Figure:
    told = tuple(Told(child.reference, 1) for child in cohort.on_roll)
    return Figure(
        "", cohort.year, Unit.COUNT, told, has_data=bool(cohort.children)
    )  # a year before the roll began has none


def _of_roll(
    kpi: str, title: str, what: str, part: Callable[[Child], bool | None], unknown: str, authority: str = _001
) -> Kpi:
    return Kpi(
        kpi,
        title,
        Unit.PERCENT,
        f"Of the children on the roll on the day that is counted, those {what}",
        authority,
        lambda cohort: share(cohort, cohort.on_roll, part, unknown=unknown),
        better=0,
    )


def _send(*codes: str) -> Callable[[Child], bool | None]:
    return lambda child: None if child.send_status is None else child.send_status in codes


def _reportable(cohort: Cohort) -> Figure:
    return share(cohort, cohort.on_roll, lambda child: child.reference in cohort.reportable, unknown="")


def _good_school(cohort: Cohort) -> Figure:
    def is_good(child: Child) -> bool | None:
        school = cohort.school_on(child.reference, cohort.school_day)
        ofsted = (school.ofsted if school else None) or child.school_ofsted
        return None if ofsted in (None, "not_inspected") else ofsted in _GOOD

    pupils = [child for child in cohort.on_roll if cohort.school_age(child)]
    return share(cohort, pupils, is_good, unknown="the school's judgement is not known, or it was not inspected")


def _kind_of_school(cohort: Cohort, *kinds: str) -> Figure:
    def goes(child: Child) -> bool | None:
        school = cohort.school_on(child.reference, cohort.school_day)
        return None if school is None else school.kind in kinds

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
    Kpi("roll", "Children on the roll", Unit.COUNT, "Children in care on the day that is counted", _001, _roll, better=0),
    _of_roll("ehcp", "With an EHCP", "with an Education, Health and Care Plan", _send("ehcp"), "the SEND status is not known"),
    _of_roll("sen_support", "With SEN Support", "with SEN Support", _send("sen_support"), "the SEND status is not known"),
    _of_roll("eal", "With English as an additional language", "whose first language is not English",
             lambda child: child.english_additional, "the first language is not known"),
    _of_roll("unaccompanied", "Unaccompanied", "who came to this country alone to seek asylum",
             lambda child: child.unaccompanied, "it is not known whether they came alone"),
    _of_roll("out_of_area", "Educated out of area", "whose school is outside the authority",
             lambda child: child.out_of_area, "it is not known where the school is", _002),
    Kpi("reportable", "In care for twelve months or more", Unit.PERCENT,
        "Of the children on the roll, those in care on 31 March (while that is to come: on the day that is counted) and without a"
        " break for the twelve months before", _002, _reportable, better=0, of_reportable=True),
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
