"""The first sheet of an Excel workbook as rows of cells. What Excel shows as an error is not taken for an empty cell."""

import re
import zipfile
from pathlib import Path

from vsdocs.cohort.cells import NO_VALUE, Cell
from vsdocs.errors import RefusedError

_MOST = 200_000_000  # bytes of a sheet's XML
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")


def rows(path: Path, most_rows: int, most_columns: int) -> list[tuple[Cell, ...]]:
    """The rows of the first sheet, from A1 on. Raises `RefusedError` in words for what cannot be opened, or is too big."""
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            sheet = book.get_sheet_by_index(0)
            if sheet.total_height > most_rows or sheet.total_width > most_columns:
                raise RefusedError("This table is too big to be a list of children.", "Check that it is the right one.")
            found = [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (python_calamine.CalamineError, OSError, ValueError, IndexError):
        raise RefusedError(
            "This workbook could not be opened.", "Save it in Excel as .xlsx without a password, and try again."
        ) from None
    for (row, column), shown in _without_value(path).items():
        if row < len(found) and column < len(found[row]):
            found[row][column] = shown
    return [tuple(row) for row in found]


def _cell(value: object) -> Cell:
    return value if isinstance(value, Cell) else str(value)


def _without_value(path: Path) -> dict[tuple[int, int], str]:
    """(row, column), from 0 -> what Excel shows there: errors, and formulas that were never worked out. Both are read as empty."""
    try:
        with zipfile.ZipFile(path) as package:
            data = _first_sheet(package)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError):
        return {}  # an old workbook, which has no such parts
    found = {}
    for column, row, marks, inside in _CELL.findall(data):
        value = _VALUE.search(inside)
        if b't="e"' in marks:
            found[int(row) - 1, _number(column)] = value[1].decode("latin-1") if value else NO_VALUE
        elif b"<f" in inside and b't="str"' not in marks and not (value and value[1]):
            found[int(row) - 1, _number(column)] = NO_VALUE
    return found


def _first_sheet(package: zipfile.ZipFile) -> bytes:
    """The XML of the first sheet in the workbook's order."""
    book, links = package.read("xl/workbook.xml"), package.read("xl/_rels/workbook.xml.rels")
    first = re.search(rb'<(?:\w+:)?sheet\b[^>]*?\br:id="([^"]+)"', book)
    link = re.search(rb'<Relationship\b[^>]*\bId="%s"[^>]*>' % re.escape(first[1]), links) if first else None
    target = re.search(rb'\bTarget="/?(?:xl/)?([^"]+)"', link[0]) if link else None
    name = f"xl/{target[1].decode()}" if target else "xl/worksheets/sheet1.xml"
    if package.getinfo(name).file_size > _MOST:
        return b""
    return package.read(name)


def _number(letters: bytes) -> int:
    """A column's letters as a number from 0: A is 0, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
