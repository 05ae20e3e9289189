"""A sheet of an Excel workbook as rows of cells. What Excel shows as an error is not taken for an empty cell, nor 90% for 0.9."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from vsdocs.cohort.cells import NO_VALUE, Cell
from vsdocs.errors import RefusedError

MOST_UNPACKED = 100_000_000  # bytes of a workbook unpacked; a list of a thousand children has 2 million
MOST_CELLS = 5_000_000  # from A1 to the last filled row and column: the empty ones between them take room as well
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
_STYLE = re.compile(rb'\bs="(\d+)"')
_PERCENT = "%"
_TOO_BIG = ("This workbook is too big to be a list of children.", "Check that it is the right one.")


def rows(path: Path, at: int = 0) -> list[tuple[Cell, ...]]:
    """The rows of a sheet, from A1 on. Raises `RefusedError` in words for what cannot be opened, or is too big."""
    import python_calamine

    shown = _shown(path, at)
    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            sheet = book.get_sheet_by_index(at)
            found = [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (python_calamine.CalamineError, OSError, ValueError, IndexError):
        raise RefusedError(
            "This workbook could not be opened.", "Save it in Excel as .xlsx without a password, and try again."
        ) from None
    for (row, column), mark in shown.items():
        if row < len(found) and column < len(found[row]):
            cell = found[row][column]
            if mark != _PERCENT:
                found[row][column] = mark
            elif isinstance(cell, int | float) and not isinstance(cell, bool):
                found[row][column] = f"{round(100 * cell, 6):.10g}%"
    return [tuple(row) for row in found]


def names(path: Path) -> tuple[str, ...]:
    """The sheets of a workbook in their order; none of what cannot be opened."""
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            return tuple(book.sheet_names)
    except (python_calamine.CalamineError, OSError, ValueError):
        return ()


def _cell(value: object) -> Cell:
    return value if isinstance(value, Cell) else str(value)


def _shown(path: Path, at: int) -> dict[tuple[int, int], str]:
    """(row, column), from 0 -> what Excel shows there: errors and formulas that were never worked out, which are both read as
    empty; or `_PERCENT` where a number is shown as a percentage. Refuses what would take too much room."""
    try:
        with zipfile.ZipFile(path) as package:
            if sum(part.file_size for part in package.infolist()) > MOST_UNPACKED:
                raise RefusedError(*_TOO_BIG)
            data, percents = _sheet(package, at), _percents(package)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError):
        return {}  # an old workbook, which has no such parts
    found: dict[tuple[int, int], str] = {}
    height = width = 0
    for row, column, marks, inside in _filled(data):
        height, width = max(height, row + 1), max(width, column + 1)
        if height * width > MOST_CELLS:
            raise RefusedError(
                f"Row {row + 1} of this sheet has something far away from the list.",
                "Press Ctrl+End in Excel to go there, delete those rows and columns, save the list and try again.",
            )
        value, style = _VALUE.search(inside), _STYLE.search(marks)
        if b't="e"' in marks:
            found[row, column] = value[1].decode("latin-1") if value else NO_VALUE
        elif b"<f" in inside and b't="str"' not in marks and not (value and value[1]):
            found[row, column] = NO_VALUE
        elif style and int(style[1]) in percents:
            found[row, column] = _PERCENT
    return found


def _filled(data: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Row and column from 0, attributes and content of each cell that has any."""
    for cell in _CELL.finditer(data):
        if cell[4]:
            before = data[cell.start() : cell.start(1)]
            yield int(cell[2]) - 1, _number(cell[1]), before + cell[3], cell[4]


def _sheet(package: zipfile.ZipFile, at: int) -> bytes:
    """The XML of a sheet by its place in the workbook's order."""
    book, links = package.read("xl/workbook.xml"), package.read("xl/_rels/workbook.xml.rels")
    sheets = re.findall(rb'<(?:\w+:)?sheet\b[^>]*?\br:id="([^"]+)"', book)
    link = re.search(rb'<Relationship\b[^>]*\bId="%s"[^>]*>' % re.escape(sheets[at]), links) if sheets[at:] else None
    target = re.search(rb'\bTarget="/?(?:xl/)?([^"]+)"', link[0]) if link else None
    return package.read(f"xl/{target[1].decode()}" if target else f"xl/worksheets/sheet{at + 1}.xml")


def _percents(package: zipfile.ZipFile) -> frozenset[int]:
    """The styles of cells that show a number as a percentage."""
    if "xl/styles.xml" not in package.namelist():
        return frozenset()
    styles = package.read("xl/styles.xml")
    own = re.findall(rb'<numFmt\b[^>]*\bnumFmtId="(\d+)"[^>]*\bformatCode="[^"]*%', styles)
    of_percent = {b"9", b"10", *own}
    cells = re.search(rb"<cellXfs\b.*?</cellXfs>", styles, re.DOTALL)
    used = re.findall(rb'<xf\b[^>]*?\bnumFmtId="(\d+)"', cells[0]) if cells else []
    return frozenset(number for number, form in enumerate(used) if form in of_percent)


def _number(letters: bytes) -> int:
    """A column's letters as a number from 0: A is 0, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
