"""Who the children are."""

from collections.abc import Callable

from vsdocs.cohort.child import Child
from vsdocs.cohort.figure import Figure, Kpi, Told, Unit, share
from vsdocs.cohort.year import Cohort

_001 = "Dorset practice standards 2023, Virtual School cohort profile"
_002 = "Derby annual report 2022-23"


def _roll(cohort: Cohort) -> Figure:
    return Figure("", cohort.year, Unit.COUNT, tuple(Told(child.reference, 1) for child in cohort.on_roll))


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


def _send(code: str) -> Callable[[Child], bool | None]:
    return lambda child: None if child.send_status is None else child.send_status == code


def _reportable(cohort: Cohort) -> Figure:
    return share(cohort, cohort.on_roll, lambda child: child.reference in cohort.reportable, unknown="")


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
)  # fmt: skip
