"""A council's table as it lies on the disk: the first sheet of an Excel workbook, or a CSV file, as headings and rows."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from vsdocs.cohort.cells import Cell, blank
from vsdocs.errors import RefusedError

MOST_ROWS = 100_000
MOST_BYTES = 100_000_000
MOST_COLUMNS = 500


@dataclass(frozen=True)
class Sheet:
    """`rows` are (row number as the spreadsheet shows it, the cells under the headings); empty rows are left out."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def read(path: Path) -> Sheet:
    """The table in a .csv or .xlsx file. Raises `RefusedError` in words for what is neither, or is no table.

    The headings are the first row that has at least two filled cells: a title above them does no harm.
    """
    if path.stat().st_size > MOST_BYTES:
        raise RefusedError("This file is too big to be a list of children.", "Check that it is the right one.")
    rows = _excel(path) if path.read_bytes()[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0") else _csv(path)
    numbered = [(number, row) for number, row in enumerate(rows, 1) if not all(map(blank, row))]
    start = next((i for i, (_, row) in enumerate(numbered) if sum(not blank(c) for c in row) > 1), None)
    if start is None:
        raise RefusedError("There is no table in this file.", "The first row holds the headings of the columns.")
    headings = tuple("" if cell is None else " ".join(str(cell).split()) for cell in numbered[start][1])
    width = len(headings)
    filled = tuple((number, (*row[:width], *[None] * (width - len(row)))) for number, row in numbered[start + 1 :])
    if len(filled) > MOST_ROWS or width > MOST_COLUMNS:
        raise RefusedError("This table is too big to be a list of children.", "Check that it is the right one.")
    return Sheet(headings, filled)


def _excel(path: Path) -> list[tuple[Cell, ...]]:
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            sheet = book.get_sheet_by_index(0)
            if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
                raise RefusedError("This table is too big to be a list of children.", "Check that it is the right one.")
            return [tuple(_cell(cell) for cell in row) for row in sheet.to_python(skip_empty_area=False)]
    except (python_calamine.CalamineError, OSError, ValueError, IndexError):
        raise RefusedError(
            "This workbook could not be opened.", "Save it in Excel as .xlsx without a password, and try again."
        ) from None


def _cell(value: object) -> Cell:
    return value if isinstance(value, Cell) else str(value)


def _csv(path: Path) -> list[tuple[Cell, ...]]:
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:1000]:
        raise RefusedError("This file is not saved as UTF-8.", "In Excel, save it as 'CSV UTF-8' and try again.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # what Excel writes where nobody chose
    first = text.splitlines()[0] if text.strip() else ""
    mark = max(",;\t", key=first.count)
    try:
        return [
            tuple(_plain(cell) for cell in row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        ]
    except csv.Error:
        raise RefusedError("This CSV file is damaged.", "Open it in Excel, look at it and save it again.") from None


def _plain(cell: str) -> str:
    """A cell without the quote that keeps Excel from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@" else cell
