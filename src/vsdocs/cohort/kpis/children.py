"""Who the children are."""

from collections.abc import Callable, Iterable

from vsdocs.cohort.child import Child
from vsdocs.cohort.figure import Figure, Kpi, Told, Unit, share
from vsdocs.cohort.rows import ON_31_MARCH, TWELVE_MONTHS
from vsdocs.cohort.year import Cohort
from vsdocs.dates import in_words

_001 = "Dorset practice standards 2023, Virtual School cohort profile"
_002 = "Derby annual report 2022-23"


def _roll(cohort: Cohort) -> Figure:
    told = tuple(Told(child.reference, 1) for child in cohort.on_roll)
    return Figure(
        "", cohort.year, Unit.COUNT, told, has_data=bool(cohort.children)
    )  # a year before the roll began has none


def of_today(cohort: Cohort) -> str:
    """What is to be said beside a state that only the roll knows."""
    return f"As the roll has it on {in_words(cohort.today)}: it does not tell how it was in earlier years."


def share_of_today(
    cohort: Cohort, of: Iterable[Child], part: Callable[[Child], bool | None], *, unknown: str
) -> Figure:
    """A share by what the roll says of a state: of another year than the roll tells of there is none."""
    if cohort.of_today:
        return share(cohort, of, part, unknown=unknown)
    return share(cohort, of, lambda child: None, unknown="the roll is of another year", has_data=False)


def _turned_18(cohort: Cohort) -> str:
    if cohort.day == cohort.today:
        return ""
    return f"Who turned 18 by {in_words(cohort.day)} had left care by then, so nobody of Year 13 is on the roll of that day."


def _of_roll(
    kpi: str, title: str, what: str, part: Callable[[Child], bool | None], unknown: str, *, lasting: bool = False
) -> Kpi:
    """A share of the roll. What does not last is known of the year that the roll tells of, and of no other."""
    return Kpi(
        kpi,
        title,
        Unit.PERCENT,
        f"Of the children on the roll on the day that is counted, those {what}",
        _001,
        lambda cohort: (share if lasting else share_of_today)(cohort, cohort.on_roll, part, unknown=unknown),
        better=0,
        population=ON_31_MARCH,
        note=None if lasting else of_today,
    )


def _send(code: str) -> Callable[[Child], bool | None]:
    return lambda child: None if child.send_status is None else child.send_status == code


def _reportable(cohort: Cohort) -> Figure:
    return share(cohort, cohort.on_census_day, lambda child: child.reference in cohort.reportable, unknown="")


def _out_of_area(cohort: Cohort) -> Figure:
    pupils = [child for child in cohort.on_roll if not _has_no_place(cohort, child)]
    return share(cohort, pupils, cohort.out_of_area, unknown="it is not known where the school is")


def _has_no_place(cohort: Cohort, child: Child) -> bool:
    return cohort.ofsted(child) == ""


KPIS = (
    Kpi("roll", "Children on the roll", Unit.COUNT, "Children in care on the day that is counted", _001, _roll, better=0,
        note=_turned_18),
    _of_roll("ehcp", "With an EHCP", "with an Education, Health and Care Plan", _send("ehcp"), "the SEND status is not known"),
    _of_roll("sen_support", "With SEN Support", "with SEN Support", _send("sen_support"), "the SEND status is not known"),
    _of_roll("eal", "With English as an additional language", "whose first language is not English",
             lambda child: child.english_additional, "the first language is not known", lasting=True),
    _of_roll("unaccompanied", "Unaccompanied", "who came to this country alone to seek asylum",
             lambda child: child.unaccompanied, "it is not known whether they came alone", lasting=True),
    Kpi("out_of_area", "Educated out of area", Unit.PERCENT,
        "Of the children on the roll with a school place, those whose school on 1 July (or today before it) is outside the authority, by"
        " the table of schools, or by the roll where that is of the same school", _002, _out_of_area, better=0, population=ON_31_MARCH),
    Kpi("reportable", "In care for twelve months or more", Unit.PERCENT,
        "Of the children in care on 31 March (while that is to come: on the day that is counted), those who had been without a break"
        " for the twelve months to it, from 1 April; short breaks (V3, V4) are left out", _002, _reportable, better=0,
        population=TWELVE_MONTHS),
)  # fmt: skip
