"""A council's table as it lies on the disk: the first sheet of an Excel workbook, or a CSV file, as headings and rows."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from vsdocs.cohort import excel
from vsdocs.cohort.cells import Cell, blank
from vsdocs.errors import RefusedError

MOST_ROWS = 100_000
MOST_BYTES = 100_000_000
MOST_COLUMNS = 500
MOST_TOLD = 40
_NEAR = 20  # rows among which the headings are looked for
_NOT_UTF_8 = ("This file is not saved as UTF-8.", "In Excel, save it as 'CSV UTF-8' and try again.")


@dataclass(frozen=True)
class Sheet:
    """`rows` are (row number as the spreadsheet shows it, the cells under the headings); empty rows are left out."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def read(path: Path) -> Sheet:
    """The table in a .csv or .xlsx file. Raises `RefusedError` in words for what is neither, or is no table.

    The headings are the first row that is at least half as full as the fullest near it: titles above them do no harm.
    """
    if path.stat().st_size > MOST_BYTES:
        raise RefusedError("This file is too big to be a list of children.", "Check that it is the right one.")
    is_excel = path.read_bytes()[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    rows = excel.rows(path, MOST_ROWS, MOST_COLUMNS) if is_excel else _csv(path)
    numbered = [(number, row) for number, row in enumerate(rows, 1) if not all(map(blank, row))]
    start = _headings([sum(not blank(cell) for cell in row) for _, row in numbered])
    if start is None:
        only = " Of a workbook the first sheet is read: move the list there." if is_excel else ""
        raise RefusedError("There is no table in this file.", f"The first row holds the headings of the columns.{only}")
    headings = tuple("" if cell is None else " ".join(str(cell).split()) for cell in numbered[start][1])
    width = len(headings)
    longer = [number for number, row in numbered[start + 1 :] if not all(map(blank, row[width:]))]
    if longer:
        raise RefusedError(
            "\n".join(f"row {number}: it has more cells than there are headings" for number in longer[:MOST_TOLD]),
            "Is there a comma inside a cell? Save the list from Excel, which puts such a cell into quotation marks.",
        )
    filled = tuple((number, (*row[:width], *[None] * (width - len(row)))) for number, row in numbered[start + 1 :])
    if len(filled) > MOST_ROWS or width > MOST_COLUMNS:
        raise RefusedError("This table is too big to be a list of children.", "Check that it is the right one.")
    return Sheet(headings, filled)


def _headings(filled: list[int]) -> int | None:
    """Which row holds the headings, by how many cells of each row are filled; a title has few."""
    most = max(filled[:_NEAR], default=0)
    return next((at for at, number in enumerate(filled) if number > 1 and 2 * number >= most), None)


def _csv(path: Path) -> list[tuple[Cell, ...]]:
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:1000]:
        raise RefusedError(*_NOT_UTF_8)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")  # what Excel writes where nobody chose
        except UnicodeDecodeError:
            raise RefusedError(*_NOT_UTF_8) from None
    first = text.splitlines()[:_NEAR]
    mark = max(",;\t", key=lambda mark: (sum(mark in line for line in first), sum(line.count(mark) for line in first)))
    try:
        return [
            tuple(_plain(cell) for cell in row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        ]
    except csv.Error:
        raise RefusedError("This CSV file is damaged.", "Open it in Excel, look at it and save it again.") from None


def _plain(cell: str) -> str:
    """A cell without the quote that keeps Excel from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@" else cell
