"""Low attendance acted upon

Looks at: where attendance is below the ambition, whether a target or an action answers it.

Why: missing school is the surest sign that a plan is not yet working; the figure alone helps nobody. Counts: a target or an
action about attendance, absence, punctuality or coming back to school. Does not count: 'to attend the maths clinic'.
Partly: attendance below the ambition but not low enough to be persistent absence, and no step is named.
"""

from datetime import date

from pydantic import Field

from vsdocs.criteria import Answer, Example, quote
from vsdocs.evidence import State
from vsdocs.judgement import Met, Quote
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    ambition: float = Field(default=95, description="Asked for below {}%")
    low: float = Field(default=90, description="Below {}% is persistent absence")
    words: tuple[str, ...] = (
        "attendance",
        "attendence",
        "absence",
        "absent",
        "punctual",
        "lateness",
        "arrive on time",
        "reintegrat",
        "re-integrat",
        "return to school",
        "back into school",
        "attend school",
        "attending school",
        "attends school",
        "come into school",
        "coming into school",
        "getting into school",
        "school avoid",
        "school refus",
        "ebsa",
    )


def steps_about(pep: Extraction, words: tuple[str, ...], *, spending: bool = False) -> tuple[Quote, ...]:
    """The targets and actions of the plan (with `spending`, its PP+ lines too) that hold one of these words, each once."""
    record = pep.record
    found = []
    for name, items, parts in (
        ("targets", record.targets, ("text", "area", "success_criteria", "provision")),
        ("actions", record.actions, ("action",)),
        ("pp_plus", record.pp_plus if spending else (), ("purpose",)),
    ):
        for n, item in enumerate(items):
            texts = " ".join(str(getattr(item, part) or "") for part in parts).lower()
            if any(word in texts for word in words):
                found.append(quote(pep, f"{name}[{n}].{parts[0]}"))
    return tuple(found)


def check(pep: Extraction, params: Params, today: date) -> Answer:
    percent = pep.record.attendance.percent
    figure = (quote(pep, "attendance.percent"),)
    if percent is None:
        blank = pep.state("attendance.percent") is State.BLANK
        return Answer(Met.NOT_APPLICABLE if blank else Met.CANNOT_TELL, figure)
    facts = {"percent": f"{percent:g}", "ambition": f"{params.ambition:g}"}
    if percent >= params.ambition:
        return Answer(Met.MET, figure, facts | {"how": f"at or above the ambition of {params.ambition:g}%"})
    steps = steps_about(pep, params.words)
    if steps:
        return Answer(Met.MET, figure + steps, facts | {"how": "and your plan does something about it"})
    unread = {pep.state("targets"), pep.state("actions")} - {State.FOUND, State.BLANK}
    if unread:
        return Answer(Met.CANNOT_TELL, figure)
    return Answer(Met.PARTLY if percent >= params.low else Met.NOT_MET, figure, facts)


_READ = {"targets": "found", "actions": "blank"}
EXAMPLES = [
    Example(Met.MET, {"attendance": {"percent": 97}}),
    Example(
        Met.MET,
        {"attendance": {"percent": 63.6}, "actions": [{"action": "Put in place a reintegration timetable"}]},
    ),
    Example(
        Met.NOT_MET,
        {"attendance": {"percent": 75.2}, "targets": [{"text": "To attend the maths clinic each week"}]},
        _READ,
    ),
    Example(Met.PARTLY, {"attendance": {"percent": 92}, "targets": [{"text": "To learn my times tables"}]}, _READ),
    Example(Met.CANNOT_TELL, {}, {"attendance.percent": "not_located"}),
    Example(Met.CANNOT_TELL, {"attendance": {"percent": 75.2}}, {"actions": "unreadable", "targets": "blank"}),
    Example(Met.NOT_APPLICABLE, {}, {"attendance.percent": "blank"}, "attendance_recorded says so"),
]
