"""High SDQ score answered by the plan

Looks at: where the SDQ total is above the authority's figure, whether a target, an action or spending speaks to how the child
is feeling.

Why: a high score says that something is hard for the child; a score that nobody answers helps nobody. Counts: advice or a
step for feelings, friendships, behaviour, attention or support by a trusted adult. Where the total is not above the figure,
this does not apply.
"""

from datetime import date

from pydantic import Field

from vsdocs.criteria import Answer, Example, quote
from vsdocs.criteria.attendance_acted_upon import steps_about
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    above: int = Field(default=17, description="Asked for where the total is above {}")
    words: tuple[str, ...] = (
        "feelings",
        "emotion",
        "anxi",
        "worr",
        "calm",
        "regulat",
        "anger",
        "angry",
        "trigger",
        "behav",
        "wellbeing",
        "well-being",
        "mental health",
        "self-esteem",
        "sleep",
        "friend",
        "attention",
        "concentrat",
        "movement break",
        "sensory",
        "nurture",
        "thrive",
        "elsa",
        "semh",
        "camhs",
        "counsel",
        "play therapy",
        "art therapy",
        "music therapy",
        "talking therapy",
        "therapeutic",
        "mentoring",
        "restorative",
        "zones of",
        "trusted adult",
        "key adult",
        "key person",
        "safe space",
        "check-in",
        "check in",
    )


def check(pep: Extraction, params: Params, today: date) -> Answer:
    total = pep.record.sdq.total
    figure = (quote(pep, "sdq.total"),)
    if total is None:
        return Answer(Met.NOT_APPLICABLE if pep.state("sdq.total") is State.BLANK else Met.CANNOT_TELL, figure)
    if total <= params.above:
        return Answer(Met.NOT_APPLICABLE, figure)
    facts = {"total": str(total), "above": str(params.above)}
    steps = steps_about(pep, params.words, spending=True)
    if steps:
        return Answer(Met.MET, figure + steps, facts)
    if {pep.state("targets"), pep.state("actions")} - {State.FOUND, State.BLANK}:
        return Answer(Met.CANNOT_TELL, figure)
    return Answer(Met.NOT_MET, figure, facts)


_READ = {"targets": "found", "actions": "blank"}
_TABLES = [{"text": "To learn my times tables"}]
EXAMPLES = [
    Example(Met.MET, {"sdq": {"total": 21}, "actions": [{"action": "Daily check-in with Mrs Ellery"}]}),
    Example(Met.MET, {"sdq": {"total": 21}, "targets": _TABLES, "pp_plus": [{"purpose": "Play therapy, 6 sessions"}]}),
    Example(Met.NOT_MET, {"sdq": {"total": 21}, "targets": _TABLES}, _READ),
    Example(Met.CANNOT_TELL, {"sdq": {"total": 21}, "targets": _TABLES}, why="no list of actions was found"),
    Example(Met.CANNOT_TELL, {}, {"sdq.total": "not_located"}),
    Example(Met.NOT_APPLICABLE, {"sdq": {"total": 17}, "targets": _TABLES}, _READ),
    Example(Met.NOT_APPLICABLE, {}, {"sdq.total": "blank"}, "sdq_present says so"),
]
