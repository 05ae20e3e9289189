"""Document -> record: what a PEP says, with the evidence for each field, whatever the form looks like."""

from vsdocs.document import Document
from vsdocs.errors import FileProblem
from vsdocs.extract import forms
from vsdocs.extract.build import build
from vsdocs.extract.checks import check
from vsdocs.extract.explain import Explanation, How, LabelRead, explain
from vsdocs.extract.reading import read_form
from vsdocs.extract.recognise import is_pep
from vsdocs.extract.vocabulary import COMMON, FormVocabulary, load_vocabulary
from vsdocs.record import Extraction, Warning  # noqa: A004 - the contract's own word

__all__ = ["COMMON", "Explanation", "How", "LabelRead", "explain", "extract", "forms", "load_vocabulary"]


def extract(document: Document, *, source: str, sha256: str, vocabulary: FormVocabulary | None = None) -> Extraction:
    """The record of one PEP. `source` names the file as the caller wishes, `sha256` is its hash in hex digits.

    Raises FileProblem: `not_a_pep`, or `too_big` for a document with more parts than any form has.
    """
    words = vocabulary or load_vocabulary()
    found = read_form(document, words)
    if not is_pep(document, found, words):
        raise FileProblem("not_a_pep")
    built = build(found, words)
    noted = tuple(Warning(code=note.code, message=note.message, page=note.page) for note in document.notes)
    warnings = noted + check(built.record, built.evidence, found)
    return Extraction(
        source=source,
        id=sha256[:12],
        format=document.format,
        pages=document.pages,
        sha256=sha256,
        record=built.record,
        evidence=built.evidence,
        warnings=warnings,
    )
