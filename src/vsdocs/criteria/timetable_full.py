"""Full-time timetable, or a plan back to one

Looks at: the hours a week and whether a reduced timetable is recorded; where the hours are short, the plan to build up.

Why: no child in care should be on a reduced timetable; where one exists it is planned, recorded and reviewed in the PEP
every half term. Counts: full-time hours for the age; or short hours with an end or a review date, or with a target, action
or transition plan back to full time. Partly: hours only a little short and not called a reduced timetable. Nursery and
Reception hours are not looked at.
"""

from datetime import date

from pydantic import Field

from vsdocs.criteria import Answer, Example, quote
from vsdocs.criteria.attendance_acted_upon import steps_about
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    full_time_hours: float = Field(default=25, description="Full time is {} hours a week in Years 1 to 11")
    full_time_hours_post_16: float = Field(default=16, description="Full time is {} hours a week in Years 12 and 13")
    nearly: float = 0.8  # share of full time that is only a little short
    words: tuple[str, ...] = (
        "reintegrat",
        "re-integrat",
        "full-time",
        "full time",
        "reduced timetable",
        "part-time timetable",
        "part time timetable",
        "increase hours",
        "increase the hours",
        "increase his hours",
        "increase her hours",
        "increase their hours",
        "phased return",
        "build up",
        "building up",
    )


def check(pep: Extraction, params: Params, today: date) -> Answer:
    record = pep.record
    year = record.child.year_group or ""
    hours, reduced = record.school.hours_per_week, record.school.reduced_timetable
    if not year.isdigit() and not reduced:
        return Answer(Met.NOT_APPLICABLE if year else Met.CANNOT_TELL)
    if hours is None and reduced is None:
        return Answer(Met.CANNOT_TELL, (quote(pep, "school.hours_per_week"),))
    full = params.full_time_hours_post_16 if year in ("12", "13") else params.full_time_hours
    if not reduced and (hours is None or hours >= full):
        told = "a whole timetable" if hours is None else f"{hours:g} hours a week"
        return Answer(Met.MET, (quote(pep, "school.hours_per_week"),), {"hours": told, "how": "full time at this age"})
    quotes = tuple(quote(pep, f"school.{name}") for name in ("hours_per_week", "reduced_timetable"))
    short = (
        "a reduced timetable"
        if hours is None or hours >= full
        else f"{hours:g} hours a week, where full time is {full:g}"
    )
    facts = {"hours": short}
    dated = [name for name in ("end", "next_review") if getattr(record.timetable, name)]
    steps = tuple(quote(pep, f"timetable.{name}") for name in dated) + steps_about(pep, params.words)
    if any(word in (record.transition or "").lower() for word in params.words):
        steps += (quote(pep, "transition"),)
    if steps:
        return Answer(Met.MET, quotes + steps, facts | {"how": "with a plan for building it up"})
    nearly = not reduced and hours is not None and hours >= params.nearly * full
    return Answer(Met.PARTLY if nearly else Met.NOT_MET, quotes, facts)


_YEAR_4 = {"year_group": "4"}
EXAMPLES = [
    Example(Met.MET, {"child": _YEAR_4, "school": {"hours_per_week": 25}}),
    Example(
        Met.MET,
        {
            "child": _YEAR_4,
            "school": {"hours_per_week": 10, "reduced_timetable": True},
            "timetable": {"next_review": "2026-02-20"},
        },
    ),
    Example(Met.PARTLY, {"child": _YEAR_4, "school": {"hours_per_week": 23.5, "reduced_timetable": False}}),
    Example(Met.NOT_MET, {"child": _YEAR_4, "school": {"hours_per_week": 12.5}}),
    Example(Met.NOT_MET, {"child": _YEAR_4, "school": {"hours_per_week": 25, "reduced_timetable": True}}),
    Example(Met.CANNOT_TELL, {"child": _YEAR_4}, {"school.hours_per_week": "not_located"}),
    Example(Met.NOT_APPLICABLE, {"child": {"year_group": "N"}, "school": {"hours_per_week": 15}}),
]
