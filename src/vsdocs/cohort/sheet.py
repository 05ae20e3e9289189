"""A council's table as it lies on the disk: a sheet of an Excel workbook, or a CSV file, as headings and rows."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vsdocs.cohort import excel
from vsdocs.cohort.cells import Cell, blank
from vsdocs.cohort.slips import Found, SlipsError
from vsdocs.errors import RefusedError, reading

MOST_ROWS = 100_000
MOST_BYTES = 20_000_000
MOST_COLUMNS = 500
_NEAR = 20  # rows among which the headings are looked for
_LINES, _FIRST = 10, 100_000  # from which it is told what stands between the columns: filled lines, letters
_NOT_UTF_8 = ("This file is not saved as UTF-8.", "In Excel, save it as 'CSV UTF-8' and try again.")
_TOO_BIG = ("This file is too big to be a list of children.", "Check that it is the right one.")


class NoTableError(RefusedError):
    """There is no such list here; perhaps on another sheet."""


@dataclass(frozen=True)
class Sheet:
    """`rows` are (row number as the spreadsheet shows it, the cells under the headings); empty rows are left out."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def read(path: Path) -> Sheet:
    """The table in a .csv or .xlsx file. Raises `RefusedError` in words for what is neither, or is no table.

    The headings are the first row that is at least half as full as the fullest near it: titles above them do no harm.
    """
    with reading():
        is_excel = _is_excel(path)
        rows = excel.rows(path) if is_excel else _csv(path)
    numbered, start = _found(rows)
    if start is None:
        only = " Of a workbook the first sheet is read: move the list there." if is_excel else ""
        raise NoTableError("There is no table in this file.", f"The first row holds the headings of the columns.{only}")
    headings = _named(numbered[start][1])
    width = len(headings)
    longer = [number for number, row in numbered[start + 1 :] if not all(map(blank, row[width:]))]
    if longer:
        raise SlipsError(
            [Found(number, "", "it has more cells than there are headings") for number in longer],
            "Is there a comma inside a cell? Save the list from Excel, which puts such a cell into quotation marks.",
        )
    filled = tuple((number, (*row[:width], *[None] * (width - len(row)))) for number, row in numbered[start + 1 :])
    if len(filled) > MOST_ROWS or width > MOST_COLUMNS:
        raise RefusedError(*_TOO_BIG)
    return Sheet(headings, filled)


def others(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each sheet of a workbook but the first, with its headings, where it has a table."""
    with reading():
        if not _is_excel(path):
            return
        for at, name in list(enumerate(excel.names(path)))[1:]:
            try:
                numbered, start = _found(excel.rows(path, at))
            except RefusedError:
                continue
            if start is not None:
                yield name, _named(numbered[start][1])


def _is_excel(path: Path) -> bool:
    if path.stat().st_size > MOST_BYTES:
        raise RefusedError(*_TOO_BIG)
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def _found(rows: Sequence[tuple[Cell, ...]]) -> tuple[list[tuple[int, tuple[Cell, ...]]], int | None]:
    """The filled rows, each with its number; and which of them holds the headings, by how many of its cells are filled."""
    numbered = [(number, row) for number, row in enumerate(rows, 1) if not all(map(blank, row))]
    filled = [sum(not blank(cell) for cell in row) for _, row in numbered]
    most = max(filled[:_NEAR], default=0)
    return numbered, next((at for at, number in enumerate(filled) if number > 1 and 2 * number >= most), None)


def _named(row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple("" if cell is None else " ".join(str(cell).split()) for cell in row)


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
    try:
        return [
            tuple(_plain(cell) for cell in row)
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
        ]
    except csv.Error:
        raise RefusedError("This CSV file is damaged.", "Open it in Excel, look at it and save it again.") from None


def separator(text: str) -> str:
    """What stands between the columns of a CSV: comma, semicolon or tab, by the first lines that hold anything."""
    lines = [line for line in text[:_FIRST].splitlines() if line.strip()][:_LINES]
    return max(",;\t", key=lambda mark: (sum(mark in line for line in lines), sum(line.count(mark) for line in lines)))


def _plain(cell: str) -> str:
    """A cell without the quote that keeps Excel from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@" else cell
