"""Suspensions answered by the plan

Looks at: where suspensions form a pattern, whether a target or an action speaks to what lies behind them.

Why: suspension tells the adults that something is not right for the child, and a pattern of it asks for strategies in the
PEP. Counts: a target or an action about behaviour, feelings, relationships, support from a trusted adult or coming back
to school. One suspension alone is not a pattern.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, quote
from vsdocs.criteria.attendance_acted_upon import steps_about
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    pattern: int = 2  # suspensions
    words: tuple[str, ...] = (
        "suspen",
        "exclu",
        "behav",
        "reintegrat",
        "re-integrat",
        "removal",
        "incident",
        "calm",
        "regulat",
        "anger",
        "angry",
        "feelings",
        "emotion",
        "trigger",
        "trusted adult",
        "key adult",
        "mentor",
        "play therapy",
        "art therapy",
        "talking therapy",
        "therapeutic",
        "counsel",
        "elsa",
        "semh",
        "wellbeing",
        "well-being",
        "restorative",
    )


def check(pep: Extraction, params: Params, today: date) -> Answer:
    times = pep.record.attendance.suspensions
    figure = (quote(pep, "attendance.suspensions"),)
    if times is None and pep.state("attendance.suspensions") is not State.BLANK:
        return Answer(Met.CANNOT_TELL, figure)
    if times is None or times < params.pattern:
        return Answer(Met.NOT_APPLICABLE)
    steps = steps_about(pep, params.words)
    if steps:
        return Answer(Met.MET, figure + steps, {"times": str(times)})
    if {pep.state("targets"), pep.state("actions")} - {State.FOUND, State.BLANK}:
        return Answer(Met.CANNOT_TELL, figure)
    return Answer(Met.NOT_MET, figure, {"times": str(times)})


_READ = {"targets": "found", "actions": "blank"}
EXAMPLES = [
    Example(
        Met.MET,
        {"attendance": {"suspensions": 3}, "targets": [{"text": "To use the exit card when I feel angry"}]},
    ),
    Example(Met.NOT_MET, {"attendance": {"suspensions": 3}, "targets": [{"text": "To learn my tables"}]}, _READ),
    Example(Met.CANNOT_TELL, {}, {"attendance.suspensions": "not_located"}),
    Example(Met.NOT_APPLICABLE, {"attendance": {"suspensions": 1}}),
    Example(Met.NOT_APPLICABLE, {}, {"attendance.suspensions": "blank"}, "most forms leave the box empty for none"),
]
