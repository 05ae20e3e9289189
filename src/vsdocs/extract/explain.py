"""How a form was read: which of its labels are known, guessed or unknown, and which fields found no box.

For the person who teaches vsdocs a new form. It tells labels and places, never answers.
"""

from enum import StrEnum

from rapidfuzz import fuzz

from vsdocs.document import Document
from vsdocs.evidence import State
from vsdocs.extract.build import build
from vsdocs.extract.found import BY_ANSWER, Gathered, Reading
from vsdocs.extract.labels import LABEL_LENGTH, SURE
from vsdocs.extract.reading import read_form
from vsdocs.extract.recognise import is_pep
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.record import Frozen

LIKE = 55  # likeness (0-100) from which an unfilled field is offered for an unknown label


class How(StrEnum):
    """How a label got its meaning."""

    KNOWN = "known"  # a known wording
    NEAR = "near"  # like a known wording
    BY_ANSWER = "by its answer"  # unknown words, but the answer tells
    UNKNOWN = "unknown"


class LabelRead(Frozen):
    """One label, heading or column head of the form."""

    label: str
    page: int | None
    place: str
    how: How
    meaning: str | None = None  # a field, a column such as `targets[].due`, `voice`, `section: sdq`, `other`
    answered: bool
    like: str | None = None  # for an unknown label: the unfilled field whose wordings it resembles most


class Explanation(Frozen):
    """How one form was read."""

    is_pep: bool
    labels: tuple[LabelRead, ...]
    not_located: tuple[str, ...]  # fields and lists without a box on the form, as far as could be seen
    blank: tuple[str, ...]
    unreadable: tuple[str, ...]


def explain(document: Document, vocabulary: FormVocabulary) -> Explanation:
    """How the form was read, whether or not it was taken for a PEP. Raises FileProblem('too_big')."""
    found = read_form(document, vocabulary)
    evidence = build(found, vocabulary).evidence
    by_state = {
        state: tuple(path for path, known in evidence.items() if known.state is state and "[" not in path)
        for state in State
    }
    unfilled = by_state[State.NOT_LOCATED]
    return Explanation(
        is_pep=is_pep(document, found, vocabulary),
        labels=tuple(_label(reading, unfilled, vocabulary) for reading in _once(found)),
        not_located=unfilled,
        blank=by_state[State.BLANK],
        unreadable=by_state[State.UNREADABLE],
    )


def _once(found: Gathered) -> list[Reading]:
    """The readings in form order; a label that comes again and again (Target 1, Target 2 ...) with one meaning, once."""
    kept: dict[tuple[str, str], Reading] = {}
    for reading in found.readings:
        if len(reading.label.text) <= LABEL_LENGTH:
            key = (reading.label.text, reading.meaning)
            if key not in kept or (reading.answered and not kept[key].answered):
                kept[key] = reading
    return list(kept.values())


def _label(reading: Reading, unfilled: tuple[str, ...], vocabulary: FormVocabulary) -> LabelRead:
    if not reading.meaning:
        how = How.UNKNOWN
    elif reading.score >= SURE:
        how = How.KNOWN
    else:
        how = How.BY_ANSWER if reading.score <= BY_ANSWER else How.NEAR
    where = reading.label.location
    return LabelRead(
        label=" ".join(reading.label.text.split()),
        page=where.page,
        place=where.place,
        how=how,
        meaning=reading.meaning or None,
        answered=reading.answered,
        like=_most_like(reading.label.text, unfilled, vocabulary) if how is How.UNKNOWN else None,
    )


def _most_like(label: str, fields: tuple[str, ...], vocabulary: FormVocabulary) -> str | None:
    said = label.casefold()
    likeness = {
        field: max((fuzz.token_set_ratio(said, wording.casefold()) for wording in wordings.labels()), default=0.0)
        for field in fields
        if (wordings := vocabulary.fields.get(field))
    }
    best = max(likeness, key=lambda field: likeness[field], default=None)
    return best if best is not None and likeness[best] >= LIKE else None
