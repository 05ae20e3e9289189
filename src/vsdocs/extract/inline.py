"""Labels and answers on one line of a paragraph: bold labels with plain answers, or `Label: value` between tabs."""

import re

from vsdocs.document import Paragraph
from vsdocs.extract import spots
from vsdocs.extract.labels import LABEL_LENGTH, SURE, Labels
from vsdocs.extract.people import MARKER
from vsdocs.extract.spots import Words

Said = list[tuple[str, str]]  # label, answer


def pairs_of_line(
    paragraph: Paragraph, labels: Labels, section: str | None, *, in_answer: bool, over_table: bool
) -> list[tuple[Words, Words]]:
    """The pairs inside one paragraph: bold labels with plain values, or `Label: value` between tabs.

    `in_answer`: it follows a question to the child. `over_table`: it may be the heading of the table under it.
    """
    pairs = _by_drawing(paragraph, labels, section)
    if not pairs:
        pairs = labels.split(paragraph.text, section)
        if in_answer and not all(labels.is_put_to_child(label) for label, _ in pairs):
            pairs = []  # 'School: she works hard' among what the child says
        elif over_table and pairs and labels.as_field(pairs[0][0], section) < SURE:
            pairs = []  # 'Next steps: SMART outcomes' over its table
    confidence = min((run.confidence for run in paragraph.runs), default=1.0)
    return [
        (Words(label, paragraph.location), Words(_without_advice(value), paragraph.location, confidence))
        for label, value in pairs
    ]


def _by_drawing(paragraph: Paragraph, labels: Labels, section: str | None) -> Said:
    """The pairs that the look of a line tells: bold labels with plain answers, small print before each answer."""
    pieces = spots.by_look(paragraph.runs)
    if not pieces[0][1]:  # small print before each answer: 'By when: ' and the date
        pieces = [p for p in spots.by_look(paragraph.runs, muted=True) if p[0].strip()]
        told = [text for text, label in pieces if label]
        apart = all(text.endswith("\t") and labels.is_label(text.strip(), section) for text in told)
        if not apart and not all(text.strip().endswith((":", "?")) for text in told):
            pieces = pieces[:1]
    pairs: Said = []
    if len(pieces) > 1 and pieces[0][1] and not MARKER.match(paragraph.text):
        for text, bold in pieces:
            label = text.strip()
            if bold and label and (not pairs or _is_next_label(label, labels, section)):
                if pairs and label[:1].islower():
                    pairs[-1], label = _with_first_word(pairs[-1], label, labels, section)
                pairs.append((label, ""))
            elif pairs:
                pairs[-1] = (pairs[-1][0], pairs[-1][1] + text)
    return pairs if pairs and len(pairs[0][0]) <= LABEL_LENGTH else []


def _with_first_word(
    before: tuple[str, str], label: str, labels: Labels, section: str | None
) -> tuple[tuple[str, str], str]:
    """The pair before a label, and the label with its first word, if that was taken for the end of the answer before it."""
    said, _, word = before[1].rstrip().rpartition(" ")
    whole = f"{word} {label}"
    return ((before[0], said), whole) if word.istitle() and labels.is_label(whole, section) else (before, label)


def _is_next_label(text: str, labels: Labels, section: str | None) -> bool:
    """Whether bold words after an answer are the next label and not a stressed part of the answer."""
    asked = text.endswith((":", "?", "…", "..."))
    return asked or (not text[:1].islower() and labels.is_label(text, section))


def _without_advice(value: str) -> str:
    """What stands after a label, unless it is only advice in brackets: 'Who was there? (name and job)'."""
    said = value.lstrip(" :–-").strip()
    return "" if re.fullmatch(r"\([a-z][^()]*\)", said) else said
