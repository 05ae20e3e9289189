"""Previous targets reviewed

Looks at: the outcome and the comment of each target of the last PEP.

Why: a review says what came of the last plan before it makes the next. Counts: each target has an outcome and a comment.
Partly: every target has an outcome or a comment, but not both. Initial PEPs have nothing to review.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, absent, quote, shown
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    pass


def check(pep: Extraction, params: Params, today: date) -> Answer:
    previous = pep.record.previous_targets
    if not previous:
        if pep.record.meeting.type == "initial":
            return Answer(Met.NOT_APPLICABLE)
        state = absent(pep, "previous_targets")
        return Answer(
            state, (quote(pep, "previous_targets"),), {"open": "the last targets"} if state is Met.NOT_MET else {}
        )
    gaps = {
        part: [n for n in range(len(previous)) if pep.state(f"previous_targets[{n}].{part}") is State.BLANK]
        for part in ("outcome", "comment")
    }
    told = [n for n, target in enumerate(previous) if target.outcome or target.comment]
    neither = set(gaps["outcome"]) & set(gaps["comment"])
    if not told and not neither:
        return Answer(Met.CANNOT_TELL, (quote(pep, "previous_targets[0].outcome"),))
    unfinished = sorted({*gaps["outcome"], *gaps["comment"]})
    if not unfinished:
        part = "comment" if previous[told[0]].comment else "outcome"
        return Answer(Met.MET, (quote(pep, f"previous_targets[{told[0]}].{part}"),), {"targets": str(len(previous))})
    quotes = tuple(quote(pep, f"previous_targets[{n}].text") for n in unfinished[:3])
    facts = {"open": "; ".join(f"‘{shown(previous[n].text, 80) or 'a target'}’" for n in unfinished[:3])}
    return Answer(Met.NOT_MET if len(neither) * 2 > len(previous) else Met.PARTLY, quotes, facts)


_REVIEWED = {"text": "To learn ten spellings", "outcome": "met", "comment": "Ten out of ten, twice."}
EXAMPLES = [
    Example(Met.MET, {"previous_targets": [_REVIEWED]}),
    Example(
        Met.PARTLY,
        {"previous_targets": [{**_REVIEWED, "comment": None}]},
        {"previous_targets[0].comment": "blank"},
    ),
    Example(
        Met.NOT_MET,
        {"previous_targets": [{"text": "To learn ten spellings"}]},
        {"previous_targets[0].outcome": "blank", "previous_targets[0].comment": "blank"},
    ),
    Example(Met.NOT_MET, {"meeting": {"type": "review"}}, {"previous_targets": "blank"}),
    Example(Met.MET, {"previous_targets": [{**_REVIEWED, "comment": None}]}, why="the form asks for no comment"),
    Example(Met.CANNOT_TELL, {"meeting": {"type": "review"}}, {"previous_targets": "not_located"}),
    Example(Met.CANNOT_TELL, {"previous_targets": [{"text": "To learn ten spellings"}]}),
    Example(Met.NOT_APPLICABLE, {"meeting": {"type": "initial"}}, {"previous_targets": "blank"}),
]
