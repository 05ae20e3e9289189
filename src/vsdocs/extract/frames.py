"""What stands round an answer: the frame of one cell, the question over it, the heading that was read into its end."""

import re
from dataclasses import replace

from vsdocs.document import Field, Paragraph, Run, Table
from vsdocs.extract.labels import SURE, Labels
from vsdocs.extract.look import size_of
from vsdocs.extract.spots import lines_of

QUESTION = re.compile(r"^\d{1,2}\.\d{1,2}\.?\s+[A-Z]")  # the number of a form's own question
_COUNTED = re.compile(r"^\d{1,2}\.\s+[A-Z][^.]*$")  # the heading of a numbered section
_SEVERAL = 2


def is_over_answer(paragraph: Paragraph, following: object) -> bool:
    """Whether a line is a numbered question in another size than its answer: '4.7 SEN code: N, K or E' is all question."""
    if not isinstance(following, Paragraph) or not QUESTION.match(paragraph.text) or QUESTION.match(following.text):
        return False
    return ":" in paragraph.text and bool(following.text) and 0 < size_of(paragraph) < size_of(following)


def is_boxes(block: object) -> bool:
    """A table or field with labels of its own."""
    return isinstance(block, (Table, Field)) and not is_answer_box(block)


def is_answer_box(block: object) -> bool:
    """A table of one cell that is not shaded: a frame round one answer, and not round several labels."""
    if not isinstance(block, Table) or len(block.cells) != 1 or block.cells[0].shaded:
        return False
    parts = [part for part in block.cells[0].content if isinstance(part, Paragraph) and part.text]
    labels = [
        part for part in parts if part.runs[0].bold and not all(run.bold for run in part.runs if run.text.strip())
    ]
    return len(labels) < _SEVERAL


def runs_on(block: Field, labels: Labels, section: str | None, level: int) -> list[Field | Paragraph]:
    """A field apart from the heading of the next section at the end of its answer, or from the child's next questions.

    `level` is that of the heading over the field. None where its answer is its own.
    """
    lines = block.value.strip().split("\n")
    asked, colon, _ = lines[0].partition(":")
    headed = [
        at
        for at, line in enumerate(lines)
        if _COUNTED.match(line) and (found := labels.vocabulary.section(line)) and found.score >= SURE
    ]
    if section == "voice" and colon and labels.is_asked_of_child(asked + "…"):
        headed, level = [0], 0
    if not headed:
        return []
    rest = Paragraph((Run("\n".join(lines[headed[0] :])),), block.location, level=level, box=block.box)
    return [replace(block, value="\n".join(lines[: headed[0]])), *lines_of(rest)]
