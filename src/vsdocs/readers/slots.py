"""Fillable fields in rows and columns under one row of heads: a table without rules."""

from collections.abc import Sequence

from vsdocs.document import Box, Cell, Table
from vsdocs.evidence import Location
from vsdocs.readers.lines import Line, lines_of, lines_on, paragraphs, segments
from vsdocs.readers.page import Page, Word, around, contains
from vsdocs.readers.widgets import Slot, as_words

SAME = 4.0  # points: fields whose edges are closer stand in line
ABOVE = 16.0  # points between the heads and the first row, at most
ROWS = 1.5  # times the height of a field: white space between two rows, at most


def slot_tables(page: Page, slots: list[Slot], cells: Sequence[Box]) -> list[Table]:
    """The tables that fillable fields outside of `cells` make; takes their fields from `slots`, their words from the page."""
    found: list[Table] = []
    free = [slot for slot in slots if not any(contains(cell, slot.box.x0 + 1, slot.box.top + 1) for cell in cells)]
    for rows in _runs(_rows(free), page.words):
        table, used = _table(page, rows)
        if table is not None:
            found.append(table)
            slots[:] = [slot for slot in slots if not any(slot in row for row in rows)]
            page.words = [word for word in page.words if word not in used]
    return found


def _rows(slots: Sequence[Slot]) -> list[list[Slot]]:
    rows: list[list[Slot]] = []
    for slot in sorted(slots, key=lambda s: (s.box.top, s.box.x0)):
        if rows and abs(rows[-1][0].box.top - slot.box.top) < SAME:
            rows[-1].append(slot)
        else:
            rows.append([slot])
    return [sorted(row, key=lambda s: s.box.x0) for row in rows]


def _runs(rows: Sequence[list[Slot]], words: Sequence[Word]) -> list[list[list[Slot]]]:
    """Rows of two fields or more that stand exactly under each other, closely and with no words of their own between."""
    runs: list[list[list[Slot]]] = []
    for row in rows:
        last = runs[-1][-1] if runs else []
        aligned = len(last) == len(row) and all(abs(a.box.x0 - b.box.x0) < SAME for a, b in zip(last, row, strict=True))
        if aligned and _is_close(last, row) and not _are_labelled(last, row, words):
            runs[-1].append(row)
        else:
            runs.append([row])
    return [run for run in runs if len(run) > 1 and len(run[0]) > 1]


def _is_close(last: Sequence[Slot], row: Sequence[Slot]) -> bool:
    return row[0].box.top - last[0].box.bottom < ROWS * (row[0].box.bottom - row[0].box.top)


def _are_labelled(last: Sequence[Slot], row: Sequence[Slot], words: Sequence[Word]) -> bool:
    """Whether every field of a row has words over it that part it from the row above."""
    over = [w for w in words if last[0].box.bottom - 1 < w.middle[1] < row[0].box.top + 1]
    return all(any(slot.box.x0 - SAME < word.middle[0] < slot.box.x1 for word in over) for slot in row)


def _table(page: Page, rows: Sequence[Sequence[Slot]]) -> tuple[Table | None, set[Word]]:
    """The table of these rows and the words on the page that are its heads and other cells; None without heads."""
    first = rows[0]
    top = first[0].box.top
    over = [line for line in lines_on(page) if -2 < top - line.box.bottom < ABOVE]
    heads: Sequence[Line] = segments(over[-1]) if over else []
    aligned = [slot for slot in first if any(abs(head.box.x0 - slot.box.x0) < 4 * SAME for head in heads)]
    if len(aligned) < len(first):
        return None, set()
    starts = sorted(
        min([head.box.x0, *(slot.box.x0 for slot in first if abs(slot.box.x0 - head.box.x0) < 4 * SAME)])
        for head in heads
    )
    if (left := _side(page, rows, starts[0])) is not None:
        starts.insert(0, left)
    ends = [*starts[1:], page.width]
    used = {word for head in heads for word in head.words}
    here = Location(page.number, "")
    cells: list[Cell] = []
    for number, row in enumerate([None, *rows]):
        y0, y1 = (heads[0].box.top, heads[0].box.bottom) if row is None else (row[0].box.top - 3, row[0].box.bottom + 3)
        for column, (x0, x1) in enumerate(zip(starts, ends, strict=True)):
            words = [w for w in page.words if x0 - 1 <= w.middle[0] < x1 - 1 and y0 <= w.middle[1] <= y1]
            used.update(words)
            words += [word for slot in row or () if x0 - 1 <= slot.box.x0 < x1 - 1 for word in as_words(slot)]
            content = tuple(paragraphs(lines_of(words), x1 - 4))
            cells.append(Cell(number, column, content, here, shaded=row is None, box=Box(x0, y0, x1, y1)))
    return Table(tuple(cells), here, around(cell.box for cell in cells if cell.box)), used


def _side(page: Page, rows: Sequence[Sequence[Slot]], start: float) -> float | None:
    """Where the labels of rows begin that stand to the left of their fields; None where some row has none."""
    sides = []
    for row in rows:
        level = [w for w in page.words if row[0].box.top - 3 <= w.middle[1] <= row[0].box.bottom + 3]
        sides.append(min((w.x0 for w in level if w.x1 < start), default=start))
    return min(sides) if max(sides) < start else None
