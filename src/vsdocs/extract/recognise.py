"""Is this document a PEP at all?"""

from rapidfuzz import fuzz

from vsdocs.document import Document, Format
from vsdocs.extract.found import Gathered
from vsdocs.extract.vocabulary import FormVocabulary

FEW, MANY = 4, 6  # parts of `_OWN` that a form shows that does not call itself a PEP: with targets, and without
ALIKE = 88  # of 100: how like a title words on a scan are that may be a misread one
MISREAD = 12  # characters: a shorter title may not be misread, others are too like it
ENOUGH = 8  # different parts of a PEP that a form must have a place for
_CHILD = {"child.upn", "child.date_of_birth", "child.forename", "child.full_name", "child.year_group"}
_PLAN = {"targets", "previous_targets", "voice", "aspirations", "pp_plus", "actions"}
#: what a plan for a child in care asks and other papers about a child (EHCP, school report, care plan) seldom do
_OWN = {
    "pp_plus", "previous_targets", "meeting.date", "meeting.next_date", "meeting.type", "meeting.attendees", "attendees",
    "sdq.total", "child.date_into_care", "school.reduced_timetable", "attendance.percent", "qa_feedback",
}  # fmt: skip
_CARE = {"pp_plus", "child.date_into_care", "child.legal_status", "contacts", "sdq.total"}


def is_pep(document: Document, found: Gathered, vocabulary: FormVocabulary) -> bool:
    """Whether a form asks for enough of what only a PEP brings together.

    Counted are boxes and tables, not prose: a policy or a report about PEPs uses the same words in sentences. A form
    that does not call itself a PEP must show more.
    """
    boxes = set(found.boxes) | set(found.asked)
    if len(boxes) < ENOUGH or not boxes & _CHILD or len(boxes & _PLAN) < 2:
        return False
    if _titled(document, vocabulary):
        return len(boxes & _OWN) >= 2
    own = len(boxes & _OWN)
    return bool(boxes & _CARE) and (own >= MANY or (own >= FEW and "targets" in boxes))


def _titled(document: Document, vocabulary: FormVocabulary) -> bool:
    """Whether the document calls itself a PEP in one of its short lines; those of a scan may be misread."""
    wanted = [title.casefold() for title in vocabulary.title]
    lines = [p.text for p in (*document.paragraphs(), *document.margins) if len(p.text) < 120]
    if document.format is Format.SCAN:
        long = [title for title in wanted if len(title) > MISREAD]
        near = ((t, line.casefold()) for t in long for line in lines if len(line) >= len(t))
        if any(fuzz.partial_ratio(title, line, score_cutoff=ALIKE) for title, line in near):
            return True
    return any(f" {title} " in f" {line.casefold()} " for line in lines for title in wanted)
