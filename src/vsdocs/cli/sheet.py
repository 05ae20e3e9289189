"""The sheet of a second reader: written for Excel without a grade in it, and read back as Excel saves it."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path


def blank(columns: Sequence[str], peps: Iterable[tuple[str, str]]) -> str:
    """CSV with a line for each PEP, (id, file), and empty columns: overall, areas, criteria."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["id", "file", "overall", *columns])
    writer.writerows([file_id, _as_text(source)] for file_id, source in peps)
    return text.getvalue()


def filled(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The number of each row and what is filled in, by column."""
    from vsdocs.cohort import sheet

    page = sheet.read(path)
    for number, row in page.rows:
        words = {heading: _word(cell) for heading, cell in zip(page.headings, row, strict=True)}
        yield number, {heading: word for heading, word in words.items() if word}


def _word(cell: object) -> str:
    """What stands in a cell; an id of digits alone is a number to Excel."""
    whole = isinstance(cell, float) and cell.is_integer()
    return "" if cell is None else f"{cell:.0f}" if whole else str(cell).strip()


def _as_text(source: str) -> str:
    """A file's name as no spreadsheet takes for a formula."""
    return f"'{source}" if source[:1] in "=+-@\t\r" else source
