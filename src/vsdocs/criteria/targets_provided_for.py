"""Provision for each target

Looks at: what will be done to reach each target.

Why: it links the target to teaching, time and money. Counts: an intervention, a resource, a routine. Does not count: an
empty box.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, moot, quote, share_met
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.language.smart import judge_all
from vsdocs.language.text import quoted
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    nearly: float = 0.6  # the share of targets (0-1) from which the criterion is partly met


def check(pep: Extraction, params: Params, today: date) -> Answer:
    judged = judge_all(pep.record)
    if not judged:
        return Answer(moot(pep, "targets"))
    told = [
        bool(pep.record.targets[n].provision)
        or (None if pep.state(f"targets[{n}].provision") in (State.NOT_LOCATED, State.UNREADABLE) else False)
        for n, judgement in judged
    ]
    state = share_met(told, params.nearly)
    at = [n for (n, _), one in zip(judged, told, strict=True) if one is (state is Met.MET)]
    quotes = tuple(quote(pep, f"targets[{n}].provision") for n in at[: 1 if state is Met.MET else 3])
    return Answer(
        state, quotes, {"targets": quoted(pep.record.targets[n].text for n in at[: 1 if state is Met.MET else 3])}
    )


_GOOD = {
    "text": "Read 60 words a minute from a Year 3 text",
    "success_criteria": "60 words a minute, 45 in September",
    "provision": "Paired reading",
    "responsible": "Mrs Ellery",
    "due": "2026-03-27",
}
EXAMPLES = [
    Example(Met.MET, {"targets": [_GOOD], "meeting": {"date": "2025-11-20"}}),
    Example(
        Met.PARTLY,
        {"targets": [_GOOD, _GOOD, {"text": "Read a Year 3 text aloud"}], "meeting": {"date": "2025-11-20"}},
        {"targets[2].provision": "blank"},
    ),
    Example(Met.NOT_MET, {"targets": [{"text": "Read a Year 3 text aloud"}]}, {"targets[0].provision": "blank"}),
    Example(
        Met.CANNOT_TELL, {"targets": [{"text": "Read a Year 3 text aloud"}]}, {"targets[0].provision": "not_located"}
    ),
]
