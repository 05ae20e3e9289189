"""One file becomes one outcome: bytes -> Document -> Extraction -> Judgement -> Outcome. No database, no printing."""

import hashlib
from datetime import date

from vsdocs import extract, readers, rubric
from vsdocs.errors import FileProblem
from vsdocs.judgement import Judgement
from vsdocs.outcome import Outcome, OutcomeKind, Problem
from vsdocs.record import Extraction

ID_LENGTH = 12  # hex digits of the SHA-256 that stand for a file in names and logs


def reader_version(form: str = extract.COMMON) -> str:
    """Names the reader and the form vocabulary: a reading made by another one is out of date."""
    return f"{readers.READER_VERSION}-{extract.load_vocabulary(form).digest()}"


def read(data: bytes, source: str, form: str = extract.COMMON) -> Extraction:
    """What a file says. Raises FileProblem where it gives no record, PackError where the form vocabulary has a slip."""
    document, sha256 = readers.read(data), hashlib.sha256(data).hexdigest()
    return extract.extract(document, source=source, sha256=sha256, vocabulary=extract.load_vocabulary(form))


def explain(data: bytes, form: str = extract.COMMON) -> extract.Explanation:
    """How a form was read: its labels, known, guessed and unknown. Raises FileProblem and PackError as `read` does."""
    return extract.explain(readers.read(data), extract.load_vocabulary(form))


def grade(extraction: Extraction, rules: rubric.Rubric, today: date) -> Judgement | None:
    """What the record is worth; None where two children's words are mixed in it, which nobody should be judged by."""
    if any(warning.code == "two_children" for warning in extraction.warnings):
        return None
    return rubric.score(extraction, rules, today)


def outcome_of(
    source: str,
    sha256: str,
    extraction: Extraction | None,
    judgement: Judgement | None,
    problem: str | None,
) -> Outcome:
    """The outcome of a file from what reading and grading it gave. Exactly one of `extraction` and `problem` is given."""
    file_id = sha256[:ID_LENGTH]
    if extraction is None:
        code = problem or "crashed"
        kind = OutcomeKind(FileProblem(code).outcome)
        error = None if kind is OutcomeKind.IGNORED else Problem.of_file(code)
        return Outcome(source=source, id=file_id, outcome=kind, error=error)
    extraction = extraction.model_copy(update={"source": source})
    if judgement is not None:
        judgement = judgement.model_copy(update={"source": source})
    unsure = {warning.code for warning in extraction.warnings} & {"two_children", "identity_unsure"}
    code = max(unsure, default="" if judgement is not None and judgement.grade is not None else "cannot_grade")
    return Outcome(
        source=source,
        id=file_id,
        outcome=OutcomeKind.NEEDS_PERSON if code else OutcomeKind.GRADED,
        extraction=extraction,
        judgement=judgement,
        error=Problem.of_file(code) if code else None,
    )
