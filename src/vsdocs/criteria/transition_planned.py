"""Transition planned where a move is due

Looks at: what is written about the next move in the years before one: into school, into secondary school, options, the end
of Year 11, the end of a post-16 course.

Why: children in care have had more moves than most, and each goes better with a plan made in advance. Counts: at least one
step ('two joint visits in June'). Partly: words that only say that nothing changes. In other years an empty box is no gap.
"""

from datetime import date

from pydantic import Field

from vsdocs.criteria import Answer, Example, absent, quote, shown
from vsdocs.criteria.enrichment_named import beyond_denials
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    #: school place, secondary, options, post-16
    years: tuple[str, ...] = Field(
        default=("N", "6", "9", "11", "12", "13"), description="Asked for in these year groups: {}"
    )
    terms: tuple[str, ...] = Field(default=("autumn", "spring", "summer"), description="Asked for in these terms: {}")
    words: int = 4  # a step takes at least so many words


def check(pep: Extraction, params: Params, today: date) -> Answer:
    quotes = (quote(pep, "transition"),)
    year, text = pep.record.child.year_group, pep.record.transition
    if text and len(beyond_denials(text).split()) >= params.words:
        return Answer(Met.MET, quotes, {"words": shown(text)})
    if year is None:
        return Answer(Met.CANNOT_TELL, quotes)
    if year not in params.years or _term(pep) not in (*params.terms, None):
        return Answer(Met.NOT_APPLICABLE)
    named = {"N": "Nursery", "R": "Reception"}.get(year, f"Year {year}")
    if text:
        return Answer(Met.PARTLY, quotes, {"year": named})
    state = absent(pep, "transition")
    return Answer(state, quotes, {"year": named} if state is Met.NOT_MET else {})


def _term(pep: Extraction) -> str | None:
    """The term of this meeting, by its date where the form does not name it."""
    meeting = pep.record.meeting
    if meeting.term or not meeting.date:
        return meeting.term
    month = int(meeting.date[5:7])
    return "autumn" if month >= 9 else "spring" if month <= 3 else "summer"


EXAMPLES = [
    Example(Met.MET, {"child": {"year_group": "6"}, "transition": "Two visits to the new school in June."}),
    Example(
        Met.MET,
        {
            "child": {"year_group": "N"},
            "transition": "Not moving this year. Will join the pre-school room after Easter.",
        },
    ),
    Example(Met.PARTLY, {"child": {"year_group": "9"}, "transition": "No transition this year."}),
    Example(Met.NOT_MET, {"child": {"year_group": "11"}}, {"transition": "blank"}),
    Example(Met.CANNOT_TELL, {"child": {"year_group": "11"}}, {"transition": "not_located"}),
    Example(Met.NOT_APPLICABLE, {"child": {"year_group": "4"}, "transition": "No changes planned."}),
]
