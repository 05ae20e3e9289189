"""Last feedback answered

Looks at: what the virtual school's feedback on the last PEP asked for, each request by the criterion that looks at the same
thing ('please put a number in each target': measurable targets).

Why: feedback is for the next plan; a request that is made twice has helped nobody. Counts: every request that is understood
is met now. Partly: some are. Where the feedback asks for nothing, or for something that no criterion looks at, nothing is
said.
"""

import re
from collections.abc import Iterator
from datetime import date

from vsdocs import criteria
from vsdocs.criteria import Answer, Example, quote
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.language.text import plain, shortened
from vsdocs.record import Extraction, Frozen

_CLAUSE = re.compile(r"(?<=[.;!?])\s+|\s+but\s+|,\s+(?=please)")
_REQUEST = re.compile(
    r"\b(?:please|should|must|needs?|needed|add|say|give|include|missing|consider|next time|ensure|make sure|remember"
    r"|without|no|not|had no|lack\w*|could)\b",
    re.IGNORECASE,
)
_DONE = re.compile(r"\b(?:now done|done|thank\w* for adding|added since)\b[.!]?$", re.IGNORECASE)
#: the criterion that looks at what a request is about; the first that fits
_ABOUT = {
    "targets_start_known": r"start(?:ing)?(?:ing)? points?|\bstart\b|baselines?",
    "pp_plus_impact": r"(?:pp\+?|premium|spend\w*|funding|money).{0,30}(?:impact|effect|difference)|impact of (?:the )?(?:pp|premium)",
    "pp_plus_costed": r"\bcosts?\b|\bcosted\b|\bcosting",
    "provision_told_in_full": r"how often|frequency",
    "targets_owned": r"who (?:will|is|does)|named? (?:person|adult|people)|responsib\w+",
    "targets_time_bound": r"by when|deadlines?|\bdates? (?:to|for|on|in|beside) (?:each|every|the|all) |time[- ]bound|timescales?",
    "targets_measurable": r"numbers?|measur\w+|quantif\w+|\bsmart\b|\bsmarter\b",
    "timetable_full": r"reduced timetable|part[- ]time timetable|full[- ]time",
    "carers_view_recorded": r"carer\S* (?:view|voice|comment)s?|views? of (?:the )?carers?",
    "voice_own_words": r"own words|child\S* voice|pupil voice|\bvoice\b|child\S* views?",
    "sdq_present": r"\bsdq\b",
    "attendance_acted_upon": r"attendance",
    "transition_planned": r"transition|\bmove to\b",
    "aspirations_present": r"aspiration\w*|careers?|hopes",
    "enrichment_named": r"enrichment|clubs?|activit(?:y|ies)|beyond lessons",
    "previous_targets_reviewed": r"(?:last|previous) targets?|review(?:ed)? (?:of )?(?:the )?targets",
    "attainment_current": r"attainment|current levels?|progress data",
    "next_meeting_set": r"next (?:meeting|pep|review)(?: date)?|date of the next",
}
#: where a request is about less than the criterion looks at
_FIGURES = {"provision_told_in_full": {"parts": ("how often",), "whole": 1, "some": 1}}


class Params(Frozen):
    pass


def requests(feedback: str) -> Iterator[tuple[str, str]]:
    """Each clause of the feedback that asks for something which a criterion looks at, and that criterion's id."""
    for clause in _CLAUSE.split(plain(feedback)):
        about = (c for c, words in _ABOUT.items() if re.search(words, clause, re.IGNORECASE))
        criterion_id = next(about, None)
        if criterion_id and _REQUEST.search(clause) and not _DONE.search(clause):
            yield clause, criterion_id


def answers(pep: Extraction, today: date) -> Iterator[tuple[str, str, Met]]:
    """Each request of the last feedback, the criterion that looks at it, and how that stands now."""
    known = criteria.all_criteria()
    for clause, name in requests(pep.record.qa_feedback or ""):
        params = known[name].params.model_validate(_FIGURES.get(name, {}))
        yield clause, name, known[name].check(pep, params, today).state


def check(pep: Extraction, params: Params, today: date) -> Answer:
    quotes = (quote(pep, "qa_feedback"),)
    if pep.record.qa_feedback is None:
        return Answer(Met.NOT_APPLICABLE if pep.state("qa_feedback") is State.BLANK else Met.CANNOT_TELL, quotes)
    asked = [(clause, state) for clause, _, state in answers(pep, today)]
    told = [(clause, state) for clause, state in asked if state not in (Met.CANNOT_TELL, Met.NOT_APPLICABLE)]
    open_ones = [clause for clause, state in told if state is not Met.MET]
    if not told or (not open_ones and len(told) < len(asked)):
        return Answer(Met.CANNOT_TELL, quotes)
    words = open_ones[0] if open_ones else told[0][0]
    worse = all(state is Met.NOT_MET for _, state in told)
    state = Met.MET if not open_ones else Met.NOT_MET if worse else Met.PARTLY
    return Answer(state, (quote(pep, "qa_feedback", words),), {"asked": shortened(words)})


_ASKED = {"qa_feedback": "Amber. Lovely voice. Please put a number in each target."}
_WHOLE = {"targets": [criteria.WHOLE_TARGET], "meeting": {"date": "2025-11-20"}}
_VAGUE = {"targets": [{"text": "To get better at reading"}], "meeting": {"date": "2025-11-20"}}
_READ = {"targets[0].success_criteria": "blank"}
EXAMPLES = [
    Example(Met.MET, _ASKED | _WHOLE),
    Example(
        Met.PARTLY,
        {**_WHOLE, "qa_feedback": "Targets need a number. Please add the carer's view."},
        {"carer_views": "blank"},
    ),
    Example(Met.NOT_MET, _ASKED | _VAGUE, _READ),
    Example(Met.CANNOT_TELL, {"qa_feedback": "Green. A lovely plan, thank you."} | _VAGUE, _READ),
    Example(Met.CANNOT_TELL, {"qa_feedback": "Please give a starting point: now done."} | _VAGUE, _READ),
    Example(Met.CANNOT_TELL, {"qa_feedback": "Please ask Nan about the drums."} | _VAGUE, _READ),
    Example(Met.CANNOT_TELL, {}, {"qa_feedback": "not_located"}),
    Example(Met.NOT_APPLICABLE, {}, {"qa_feedback": "blank"}),
]
