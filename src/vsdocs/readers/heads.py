"""Heads that a table does not have in its first row: above its first rule, or before each answer in its rows."""

from collections.abc import Sequence
from dataclasses import replace

from vsdocs.document import Box, Cell, Paragraph, Run, Table
from vsdocs.evidence import Location
from vsdocs.readers.lines import lines_of, paragraphs, segments
from vsdocs.readers.page import Word, around
from vsdocs.readers.ruled import Grid

ABOVE = 8.0  # points: white space between the heads and the first rule, at most
SLACK = 4.0  # points: how far a head may reach over the sides of its column


def heads_over(table: Grid, inside: Sequence[Word], words: Sequence[Word]) -> list[list[Word]]:
    """The words of the heads above a ruled table, column by column; nothing where its first row says what they are."""
    columns = [cell.box for cell in table.cells if cell.row == 0]
    first = [w for w in inside if w.middle[1] < columns[0].bottom]
    if len(columns) < 2 or any(cell.column_span > 1 for cell in table.cells) or any(w.bold for w in first):
        return []
    box = table.box
    near = [w for w in words if box.x0 - SLACK < w.middle[0] < box.x1 + SLACK and w.middle[1] < box.top]
    lines = lines_of(near)[-2:]
    if not lines or not -2 < box.top - lines[-1].box.bottom < ABOVE:
        return []
    if len(lines) > 1 and (
        lines[1].look != lines[0].look or lines[1].box.bottom - lines[0].box.bottom > 1.4 * lines[1].size
    ):
        del lines[0]
    parts = [part for line in lines for part in segments(line)]
    heads: list[list[Word]] = [[] for _ in columns]
    for part in parts:
        at = next((n for n, c in enumerate(columns) if c.x0 - SLACK < part.box.x0 and part.box.x1 < c.x1 + SLACK), None)
        if at is None or not all(word.bold for word in part.words):
            return []
        heads[at] += part.words
    return heads if sum(map(bool, heads)) >= max(2, len(columns) - 1) else []


def with_row_above(table: Table, heads: Sequence[Sequence[Word]]) -> Table:
    """A table with heads for its first row."""
    if not heads or not table.box:
        return table
    top = min(word.top for head in heads for word in head)
    first = [cell for cell in table.cells if cell.row == 0 and cell.box]
    row = [
        Cell(0, cell.column, tuple(paragraphs(lines_of(head), cell.box.x1)), Location(None, ""), shaded=True,
             box=Box(cell.box.x0, top, cell.box.x1, table.box.top))
        for cell, head in zip(first, heads, strict=True)
        if cell.box
    ]  # fmt: skip
    below = [replace(cell, row=cell.row + 1) for cell in table.cells]
    return Table((*row, *below), table.location, around([table.box, *(c.box for c in row if c.box)]))


def with_repeated_heads(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells of a table; labels that its rows repeat, each before its own answer, become the heads of their columns.

    A later column without such a label has a dash for its head.
    """
    columns = {cell.column: [c for c in cells if c.column == cell.column] for cell in cells}
    heads = {number: _repeated(column) for number, column in columns.items()}
    if not any(heads.values()) or any(cell.column_span > 1 for cell in cells):
        return tuple(cells)
    first = [cell for cell in cells if cell.row == 0]
    blank = Paragraph((Run("–", bold=True),), Location(None, ""))
    made = [replace(c, content=(heads[c.column] or blank,) if c.column or heads[0] else (), shaded=True) for c in first]
    below = [replace(c, row=c.row + 1, content=_unlabelled(c) if heads[c.column] else c.content) for c in cells]
    return (*made, *below)


def _repeated(column: Sequence[Cell]) -> Paragraph | None:
    """The label, set otherwise than the answer after it, that each cell of a column begins with."""
    labels = [_label_in(cell) for cell in column]
    first = labels[0]
    if len(labels) < 3 or first is None or any(label is None or label.text != first.text for label in labels):
        return None
    return Paragraph(
        (replace(first, text=first.text.strip(), bold=True, muted=False),), Location(None, ""), box=column[0].box
    )


def _label_in(cell: Cell) -> Run | None:
    item = cell.content[0] if len(cell.content) == 1 else None
    if not isinstance(item, Paragraph) or len(item.runs) != 2:
        return None
    label, answer = item.runs
    if label.confidence < 1:  # how words in a picture are set is a guess
        return None
    return label if (label.bold, label.muted) != (answer.bold, answer.muted) and answer.text.strip() else None


def _unlabelled(cell: Cell) -> tuple[Paragraph | Table, ...]:
    answers = [replace(item, runs=item.runs[1:]) for item in cell.content if isinstance(item, Paragraph)]
    return tuple(replace(a, runs=tuple(replace(run, bold=False) for run in a.runs)) for a in answers)
