"""Record complete

Looks at: ten parts that every PEP needs: attainment, attendance, who was there, the next date, SEND, aspirations,
transition, enrichment, actions and the review of the last targets.

Why: a PEP is a comprehensive and enduring record of the child's education; with several parts empty the next reader cannot
act on it. Counts: boxes left empty on the form. Boxes that the form does not have, or that could not be read, do not count.
Where most parts could not be read, nothing is said.
"""

from datetime import date

from pydantic import Field

from vsdocs.criteria import Answer, Example, quote
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    partly_from: int = Field(default=3, description="Partly from {} empty parts")
    not_met_from: int = Field(default=5, description="Not met from {} empty parts")


_PARTS = {
    "attainment": "attainment",
    "attendance.percent": "attendance",
    "meeting.attendees": "who was at the meeting",
    "meeting.next_date": "the date of the next meeting",
    "send.status": "SEND status",
    "aspirations": "aspirations",
    "transition": "transition",
    "enrichment": "activities beyond lessons",
    "actions": "actions",
    "previous_targets": "the review of the last targets",
}


def check(pep: Extraction, params: Params, today: date) -> Answer:
    paths = dict(_PARTS)
    if pep.record.meeting.type == "initial":
        del paths["previous_targets"]
    states = {path: pep.state(path) for path in paths}
    send = pep.record.send
    if send.status in ("sen_support", "ehcp") and {pep.state("send.primary_need"), pep.state("send.last_review")} == {
        State.BLANK
    }:
        states["send.status"] = State.BLANK
        paths["send.status"] = "the main SEND need and its review"
    empty = [path for path, state in states.items() if state is State.BLANK]
    told = len(empty) + sum(state is State.FOUND for state in states.values())
    facts = {"empty": ", ".join(paths[path] for path in empty), "count": str(len(empty))}
    quotes = tuple(quote(pep, path) for path in empty)
    if len(empty) >= params.not_met_from:
        return Answer(Met.NOT_MET, quotes, facts)
    if told * 2 < len(paths):
        return Answer(Met.CANNOT_TELL, tuple(quote(pep, path) for path in paths if path not in empty))
    return Answer(Met.PARTLY if len(empty) >= params.partly_from else Met.MET, quotes, facts)


_FULL = {
    "attainment": [{"subject": "Reading", "current": "Secure"}],
    "attendance": {"percent": 96},
    "meeting": {"type": "review", "attendees": [{"role": "Social Worker"}], "next_date": "2026-03-01"},
    "send": {"status": "none"},
    "aspirations": "I want to be a vet one day.",
    "transition": "No changes planned.",
    "enrichment": "Karate",
}
EXAMPLES = [
    Example(Met.MET, _FULL),
    Example(Met.MET, _FULL, {"actions": "blank", "previous_targets": "blank"}, "two gaps do not make it incomplete"),
    Example(
        Met.PARTLY,
        {**_FULL, "enrichment": None},
        {"enrichment": "blank", "actions": "blank", "previous_targets": "blank"},
    ),
    Example(Met.NOT_MET, {}, dict.fromkeys(_PARTS, "blank")),
    Example(Met.CANNOT_TELL, {}, dict.fromkeys(_PARTS, "unreadable")),
]
