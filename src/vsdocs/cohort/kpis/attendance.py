"""Whether children are in school: attendance, absence, suspensions, hours."""

from collections import Counter

from vsdocs.cohort import rows
from vsdocs.cohort.child import Child
from vsdocs.cohort.figure import Figure, Kpi, Told, Unit, share
from vsdocs.cohort.year import Cohort, bounds

_001 = "Dorset practice standards 2023, Virtual School cohort profile"
_DFE = "DfE, Pupil absence in schools in England: methodology"
PERSISTENT, SEVERE = 0.10, 0.50  # of a child's own possible sessions
NO_SESSIONS = "no sessions are known"


def _sessions(cohort: Cohort) -> dict[str, rows.Attendance]:
    """The sessions of each child of school age; parts of a year are added up."""
    found: dict[str, rows.Attendance] = {}
    for row in cohort.tables.of(rows.Attendance):
        if row.academic_year == cohort.year:
            so_far = found.get(row.reference)
            found[row.reference] = row if so_far is None else so_far.model_copy(
                update={name: getattr(so_far, name) + getattr(row, name) for name in ("possible", "authorised", "unauthorised")}
            )  # fmt: skip
    return found


def _pupils(cohort: Cohort) -> list[Child]:
    return [child for child in cohort.children if cohort.school_age(child)]


def _rate(cohort: Cohort, *kinds: str, attended: bool = False) -> Figure:
    """Sessions of all children together over all that were possible: who had more of them weighs more, as in the DfE's figure."""
    told: list[Told] = []
    out: list[str] = []
    sessions = _sessions(cohort)
    for child in _pupils(cohort):
        row = sessions.get(child.reference)
        if row is None or not row.possible:
            out.append(child.reference)
            continue
        missed = sum(getattr(row, kind) for kind in kinds)
        part = row.possible - missed if attended else missed
        told.append(Told(child.reference, part, row.possible))
    left_out = {NO_SESSIONS: tuple(out)} if out else {}
    return Figure("", cohort.year, Unit.PERCENT, tuple(told), left_out, cohort.tables.has(rows.Attendance))


def _absent(cohort: Cohort, limit: float) -> Figure:
    sessions = _sessions(cohort)

    def is_absent(child: Child) -> bool | None:
        row = sessions.get(child.reference)
        return None if row is None or not row.possible else row.authorised + row.unauthorised >= limit * row.possible

    has = cohort.tables.has(rows.Attendance)
    return share(cohort, _pupils(cohort), is_absent, unknown=NO_SESSIONS, has_data=has)


def _times(cohort: Cohort, kind: str) -> Counter[str]:
    began, ended = (day.isoformat() for day in bounds(cohort.year))
    return Counter(r.reference for r in cohort.tables.of(rows.Suspension) if r.kind == kind and began <= r.day <= ended)


def _suspended(cohort: Cohort) -> Figure:
    times = _times(cohort, "suspension")
    has = cohort.tables.has(rows.Suspension)
    return share(cohort, _pupils(cohort), lambda c: times[c.reference] > 0, unknown="", has_data=has)


def _excluded(cohort: Cohort) -> Figure:
    times = _times(cohort, "permanent_exclusion")
    told = tuple(Told(c.reference, times[c.reference]) for c in _pupils(cohort))
    return Figure("", cohort.year, Unit.COUNT, told, has_data=cohort.tables.has(rows.Suspension))


KPIS = (
    Kpi(
        "attendance", "Attendance", Unit.PERCENT,
        "Of all sessions possible for children of school age in care, those that they attended", _001,
        lambda cohort: _rate(cohort, "authorised", "unauthorised", attended=True),
    ),
    Kpi(
        "unauthorised", "Unauthorised absence", Unit.PERCENT,
        "Of all sessions possible for children of school age in care, those missed without leave", _001,
        lambda cohort: _rate(cohort, "unauthorised"), better=-1,
    ),
    Kpi(
        "persistent_absence", "Persistent absence", Unit.PERCENT,
        "Of the children of school age whose sessions are known, those who missed 10% or more of their own", _DFE,
        lambda cohort: _absent(cohort, PERSISTENT), better=-1,
    ),
    Kpi(
        "severe_absence", "Severe absence", Unit.PERCENT,
        "Of the children of school age whose sessions are known, those who missed 50% or more of their own", _DFE,
        lambda cohort: _absent(cohort, SEVERE), better=-1,
    ),
    Kpi(
        "suspended", "At least one suspension", Unit.PERCENT,
        "Of the children of school age in care in the year, those who were suspended at least once", _001,
        _suspended, better=-1,
    ),
    Kpi(
        "permanent_exclusions", "Permanent exclusions", Unit.COUNT,
        "Permanent exclusions of children of school age in care", _001, _excluded, better=-1,
    ),
    Kpi(
        "reduced_timetable", "On a reduced timetable", Unit.PERCENT,
        "Of the children of school age on the roll on the day that is counted, those on a reduced timetable", _001,
        lambda cohort: share(
            cohort,
            [c for c in cohort.on_roll if cohort.school_age(c)],
            lambda child: child.reduced_timetable,
            unknown="it is not known whether their timetable is reduced",
        ),
        better=-1,
    ),
)  # fmt: skip
