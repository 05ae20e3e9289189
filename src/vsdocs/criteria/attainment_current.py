"""Attainment current and on track

Looks at: for each subject or area of learning, where the child is working now, what they are aiming for, and whether they
are on track.

Why: a PEP summarises current attainment and progress against aspirational targets; a grade alone does not show progress.
Counts: a subject with all three (as far as the form asks for them). Partly: at least half of the subjects. A form that
was not read well is not held against the PEP.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, absent, quote
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen

_PARTS = {
    "current": "where they are now",
    "target": "what they are aiming for",
    "on_track": "whether they are on track",
}


class Params(Frozen):
    met_share: float = 0.75  # of the subjects, each with all three
    partly_share: float = 0.5


def check(pep: Extraction, params: Params, today: date) -> Answer:
    rows = pep.record.attainment
    if not rows:
        state = absent(pep, "attainment")
        facts = {"covered": "no subject", "missing": "the whole table is empty"} if state is Met.NOT_MET else {}
        return Answer(state, (quote(pep, "attainment"),), facts)
    gaps = []  # (path of the first empty box, what it is)
    unread = 0
    for n in range(len(rows)):
        states = {part: pep.state(f"attainment[{n}].{part}") for part in _PARTS}
        empty = [part for part, state in states.items() if state is State.BLANK]
        if empty:
            gaps.append((n, empty[0]))
        elif states["current"] is not State.FOUND:
            unread += 1
    if unread > len(rows) / 2:
        return Answer(Met.CANNOT_TELL, (quote(pep, "attainment[0].current"),))
    complete = len(rows) - unread - len(gaps)
    share = complete / (len(rows) - unread)
    facts = {
        "covered": f"{complete or 'none'} of {len(rows) - unread} subject{'s' * (len(rows) - unread != 1)}",
        "missing": "; ".join(f"{rows[n].subject or 'a subject'}: {_PARTS[part]}" for n, part in gaps[:3]),
    }
    if share >= params.met_share:
        return Answer(Met.MET, tuple(quote(pep, f"attainment[{n}].current") for n in range(min(3, len(rows)))), facts)
    quotes = tuple(quote(pep, f"attainment[{n}].subject") for n, _ in gaps[:3])
    return Answer(Met.PARTLY if share >= params.partly_share else Met.NOT_MET, quotes, facts)


def _row(subject: str, **rest: object) -> dict[str, object]:
    return {"subject": subject, "current": "Emerging", "target": "Developing", "on_track": True, **rest}


EXAMPLES = [
    Example(Met.MET, {"attainment": [_row("Reading"), _row("Maths", on_track=False)]}),
    Example(
        Met.PARTLY,
        {"attainment": [_row("Reading"), _row("Maths", target=None)]},
        {"attainment[1].target": "blank"},
    ),
    Example(
        Met.NOT_MET,
        {"attainment": [_row("Reading", on_track=None)]},
        {"attainment[0].on_track": "blank"},
    ),
    Example(Met.NOT_MET, {}, {"attainment": "blank"}),
    Example(Met.MET, {"attainment": [_row("Reading", on_track=None)]}, why="the form does not ask for it"),
    Example(Met.CANNOT_TELL, {}, {"attainment": "not_located"}),
    Example(
        Met.CANNOT_TELL,
        {"attainment": [{"subject": "Reading"}]},
        {"attainment[0].current": "unreadable"},
    ),
]
