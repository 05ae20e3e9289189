"""One file becomes one outcome: bytes -> Document -> Extraction -> Judgement -> OutcomeKind. No database, no printing."""

import hashlib
from datetime import date

from vsdocs import extract, readers, rubric
from vsdocs.errors import FileProblem
from vsdocs.judgement import Judgement
from vsdocs.outcome import OutcomeKind
from vsdocs.record import Extraction


def reader_version(form: str = extract.COMMON) -> str:
    """Names the reader and the form vocabulary: a reading made by another one is out of date."""
    return f"{readers.READER_VERSION}-{extract.load_vocabulary(form).digest()}"


def read(
    data: bytes, source: str, form: str = extract.COMMON, seen: readers.PagesSeen = lambda pages: None
) -> Extraction:
    """What a file says; `seen` is told how many pages a PDF has.

    Raises FileProblem where it gives no record, PackError where the form vocabulary has a slip.
    """
    document, sha256 = readers.read(data, seen), hashlib.sha256(data).hexdigest()
    return extract.extract(document, source=source, sha256=sha256, vocabulary=extract.load_vocabulary(form))


def explain(data: bytes, form: str = extract.COMMON) -> extract.Explanation:
    """How a form was read: its labels, known, guessed and unknown. Raises FileProblem and PackError as `read` does."""
    return extract.explain(readers.read(data), extract.load_vocabulary(form))


def grade(extraction: Extraction, rules: rubric.Rubric, today: date) -> Judgement | None:
    """What the record is worth; None where two children's words are mixed in it, which nobody should be judged by."""
    if any(warning.code == "two_children" for warning in extraction.warnings):
        return None
    return rubric.score(extraction, rules, today)


def settled(extraction: Extraction, judgement: Judgement | None) -> tuple[OutcomeKind, str | None]:
    """What becomes of a file that was read, and the code of what a person must look at, if there is anything."""
    unsure = {warning.code for warning in extraction.warnings} & {"two_children", "identity_unsure"}
    code = max(unsure, default="" if judgement is not None and judgement.grade is not None else "cannot_grade")
    return (OutcomeKind.NEEDS_PERSON, FileProblem(code).code) if code else (OutcomeKind.GRADED, None)
