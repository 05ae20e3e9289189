"""One table cell: its label without the advice under it, its answer without the advice over it, or both in the one cell."""

import re
from dataclasses import replace

from vsdocs.document import TICKED, UNTICKED, Cell, Paragraph, Table
from vsdocs.extract.labels import LABEL_LENGTH, Labels
from vsdocs.extract.look import SMALLER, Look, size_of
from vsdocs.extract.spots import Words, by_look, is_bold, is_muted, lines_of, unmuted

_QUESTION = re.compile(r"[Qq]?(\d{1,2}(?:\.\d{1,2})*)[.)]?")  # the number of a question or row
_SENTENCE = re.compile(r"[a-z]{2}\.$")  # not 'D.O.B.'
_LABEL_WORDS = 16  # the advice of a form is longer


def label_of(cell: Cell) -> str:
    """A label without the advice printed under it."""
    parts = _paragraphs(cell)
    plain = [p for p in parts if not is_muted(p)] or parts
    if len(plain) > 1 and is_bold(plain[0]) and not any(is_bold(p) for p in plain[1:]):
        plain = plain[:1]
    return " ".join(" ".join(unmuted(p) or p.text for p in plain).split())


def answer_of(cell: Cell, labels: Labels) -> Words:
    """A cell's answer, without the form's own advice in small, grey or italic print."""
    parts = _paragraphs(cell)
    answers = [p for p in parts if not is_muted(p)]
    if not answers:
        answers = [p for p in parts if not labels.vocabulary.is_guidance(p.text)]
    if not answers:
        boxes = [inner for inner in cell.content if isinstance(inner, Table) and len(inner.cells) == 1]
        if len(boxes) == 1:
            return answer_of(boxes[0].cells[0], labels)
    location = answers[0].location if answers else cell.location
    return Words("\n".join(unmuted(p) or p.text for p in answers), location, cell.confidence)


def label_and_answer(cell: Cell, labels: Labels, section: str | None, look: Look) -> tuple[Words, Words] | None:
    """The label and the answer of a cell that holds both, None where it does not.

    They are told apart by their look (a small grey or a bold line over the answer) or, in one look, by a known label.
    """
    parts = [line for paragraph in _paragraphs(cell) for line in lines_of(paragraph)]
    if not parts or any(isinstance(inner, Table) for inner in cell.content):
        return None
    first, rest = parts[0], parts[1:]
    if (
        len(first.text) > LABEL_LENGTH
        or first.text.startswith((TICKED, UNTICKED))
        or len(first.text.split()) > _LABEL_WORDS
        or (_SENTENCE.search(first.text) and size_of(first) not in look.label_sizes)
    ):
        return None
    if not rest and not is_muted(first) and not is_bold(first) and size_of(first) not in look.label_sizes:
        return None
    answers = [p for p in rest if not is_muted(p)]
    known = labels.is_label(first.text, section)
    if size_of(first) in look.label_sizes and not any(size_of(p) in look.label_sizes for p in rest):
        answers = answers or [p for p in rest if _is_larger(p, first) and not labels.vocabulary.is_guidance(p.text)]
        itself = True
    elif is_muted(first):
        itself = (look.muted_labels or known) and not any(
            is_muted(p) and labels.is_label(p.text, section) for p in rest
        )
    elif is_bold(first) and not (cell.shaded and not answers):
        answers = answers or [
            p for p in rest if _is_larger(p, first) or not labels.vocabulary.is_guidance(p.text)
        ]  # what the child says, in italics
        itself = bool(answers) and not any(is_bold(p) for p in rest)
    else:
        apart = bool(answers) and is_bold(answers[0]) and _is_larger(answers[0], first)
        itself = apart or (
            known and bool(answers) and not is_bold(first) and not labels.is_label(rest[0].text, section)
        )
    if not itself:
        return None
    text = "\n".join(unmuted(p) or p.text for p in answers)
    location = answers[0].location if answers else cell.location
    return Words(first.text, first.location), Words(text, location, cell.confidence)


def _is_larger(paragraph: Paragraph, label: Paragraph) -> bool:
    return size_of(label) < SMALLER * size_of(paragraph)


def has_own_label(cell: Cell) -> bool:
    """Whether a cell begins with a bold label and a colon, and goes on plainly with its answer."""
    first = next((p for p in cell.content if isinstance(p, Paragraph) and p.text), None)
    if first is None or not first.runs[0].bold or is_bold(first):
        return False
    return by_look(first.runs)[0][0].rstrip().endswith((":", "?"))


def is_asked(cell: Cell) -> bool:
    """Whether a cell holds a bold label with its colon and nothing else."""
    return cell.bold and cell.text.endswith((":", "?"))


def _paragraphs(cell: Cell) -> list[Paragraph]:
    return [p for p in cell.content if isinstance(p, Paragraph) and p.text]


def without_numbers(table: Table) -> Table:
    """A table without its first column where that only numbers the rows: '1', '2', or '3.1', '3.2'."""
    first = [cell for cell in table.cells if cell.column == 0]
    numbers = [cell for cell in first if cell.column_span == 1]
    told = [found for cell in numbers if (found := _QUESTION.fullmatch(cell.text.strip()))]
    if not told or len(told) < sum(bool(cell.text) for cell in numbers):
        return table
    counted = [tuple(map(int, found[1].split("."))) for found in told]
    dotted = any(len(number) > 1 for number in counted)
    beside = [cell for cell in table.cells if cell.column > 0 and cell.text]
    heading = len(first) == 1 == len(beside) and (beside[0].shaded or beside[0].bold)
    if not heading and (not (dotted or len(counted) > 1) or counted != sorted(set(counted))):
        return table
    apart = {id(cell) for cell in numbers}
    kept = [cell for cell in table.cells if id(cell) not in apart and (cell.text or not heading)]
    return replace(table, cells=tuple(_one_left(cell) for cell in kept))


def by_weight(table: Table) -> Table:
    """A table without the shade of its answers where that tells nothing: its boxes all tinted, or its rows by turns.

    Then bold tells the labels, which are in one row or one column.
    """
    shaded = [cell for cell in table.cells if cell.row > 0 and cell.shaded]
    if not shaded:
        return table
    bold = [cell for cell in table.cells if cell.bold]
    heads = [cell for cell in table.cells if cell.row == 0]
    tinted = len(shaded) == sum(cell.row > 0 for cell in table.cells)
    sides = [cell for cell in table.cells if cell.column == 0] if tinted else heads
    plain = any(cell.text and not cell.bold for cell in table.cells)
    if not plain or bold not in (heads, sides) or not (tinted or _is_striped(table.rows)):
        return table
    return replace(table, cells=tuple(replace(cell, shaded=cell.bold) for cell in table.cells))


def _is_striped(rows: list[list[Cell]]) -> bool:
    """Whether whole rows under the heads are shaded and others are not."""
    told = {tuple(cell.shaded for cell in row) for row in rows[1:] if row}
    whole = all(len(set(shades)) == 1 and len(shades) == len(rows[0]) > 1 for shades in told)
    return whole and len(told) > 1


def _one_left(cell: Cell) -> Cell:
    if cell.column == 0:
        return replace(cell, column_span=cell.column_span - 1)
    return replace(cell, column=cell.column - 1)
