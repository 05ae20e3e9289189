"""The sheet of a second reader: written for Excel without a grade in it, and read back as Excel saves it."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from vsdocs.errors import UsageError


def blank(columns: Sequence[str], peps: Iterable[tuple[str, str]]) -> str:
    """CSV with a line for each PEP, (id, file), and empty columns: overall, areas, criteria."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["id", "file", "overall", *columns])
    writer.writerows([file_id, _as_text(source)] for file_id, source in peps)
    return text.getvalue()


def filled(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The number of each row and what is filled in, by column; commas, semicolons or tabs between the columns."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("The sheet is not saved as UTF-8.", "In Excel, save it as 'CSV UTF-8'.") from None
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    for number, row in enumerate(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter), 2):
        words = {str(name).strip(): word for name, word in row.items() if isinstance(word, str)}
        yield number, {name: word.strip() for name, word in words.items() if word.strip()}


def _as_text(source: str) -> str:
    """A file's name as no spreadsheet takes for a formula."""
    return f"'{source}" if source[:1] in "=+-@\t\r" else source
