"""A form read: once, and once more with the child's name where its labels use that name."""

from vsdocs.document import Document
from vsdocs.extract import values
from vsdocs.extract.found import Gathered
from vsdocs.extract.gather import gather
from vsdocs.extract.locate import locate
from vsdocs.extract.vocabulary import FormVocabulary


def read_form(document: Document, vocabulary: FormVocabulary) -> Gathered:
    """The answers on a form, by the fields and lists they belong to. Raises FileProblem('too_big')."""
    found = gather(locate(document, vocabulary), vocabulary)
    name = _forename(found)
    if name and any(name in reading.label.text and not reading.meaning for reading in found.readings):
        named = vocabulary.calling(name)
        return gather(locate(document, named), named)
    return found


def _forename(found: Gathered) -> str | None:
    """The child's first name as the form gives it."""
    for path in ("child.forename", "child.full_name"):
        for words in found.boxes.get(path, []):
            forename = values.split_name(words.text)[0] if path == "child.full_name" else words.text
            first = (forename or "").split()
            if first and len(first[0]) > 2 and first[0][:1].isupper():
                return first[0]
    return None
