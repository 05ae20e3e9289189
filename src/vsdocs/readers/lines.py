"""Words into lines, lines into paragraphs as they were before the page wrapped them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vsdocs.document import TICKED, UNTICKED, Box, Paragraph, Run
from vsdocs.evidence import Location
from vsdocs.readers.page import Word, around

COLUMN_GAP = 1.1  # times the size: white space on a line that separates columns, not words
TAB_GAP = 1.6  # times the size: white space inside a paragraph that is kept as a tab
LEADING = 0.65  # times the size: white space between two lines of one paragraph, at most

_LIST_ITEM = re.compile(r"^([•▪●○◦‣·*–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)])$")
_ADDRESS = re.compile(r"@|://|^www\.", re.IGNORECASE)
_ADDRESS_REST = re.compile(r"^[a-z0-9._%/?=&~-]*[a-z][a-z0-9._%/?=&~-]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line, or in one column of it, from left to right."""

    words: tuple[Word, ...]

    @property
    def box(self) -> Box:
        return around(self.words)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def look(self) -> tuple[float, bool, bool, bool]:
        """How most of the line is set."""
        looks = [word.look for word in self.words for _ in word.text]
        return max(set(looks), key=looks.count)


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The lines from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.bottom, w.x0)):
        for row in rows[-3:]:
            if abs(row[0].middle[1] - word.middle[1]) < 0.4 * min(row[0].size, word.size):
                row.append(word)
                break
        else:
            rows.append([word])
    return [Line(tuple(sorted(row, key=lambda w: w.x0))) for row in rows]


def segments(line: Line) -> list[Line]:
    """A line cut where the white space is too wide to be between words. A tick stays with the words after it."""
    parts: list[list[Word]] = [[line.words[0]]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        if word.x0 - before.x1 > COLUMN_GAP * max(before.size, word.size) and before.text not in (TICKED, UNTICKED):
            parts.append([word])
        else:
            parts[-1].append(word)
    return [Line(tuple(part)) for part in parts]


def paragraphs(lines: Sequence[Line], right: float) -> list[Paragraph]:
    """Paragraphs of the lines of one column that ends at `right`.

    A line continues the one before where it follows closely and its first word would not have fitted there.
    """
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1][-1], line, right):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group) for group in groups]


def _continues(before: Line, line: Line, right: float) -> bool:
    size = max(before.size, line.size)
    first = line.words[0]
    if line.box.top - before.box.bottom > LEADING * size or abs(before.size - line.size) > 0.15 * size:
        return False
    if _LIST_ITEM.match(first.text) or first.text in (TICKED, UNTICKED):
        return False
    if all(w.bold for w in before.words) != all(w.bold for w in line.words) and before.words[-1].bold != first.bold:
        return False
    return before.box.x1 + 0.25 * size + (first.x1 - first.x0) > right - 0.3 * size


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    runs: list[Run] = []
    for number, line in enumerate(lines):
        for index, word in enumerate(line.words):
            between = ""
            if index:
                gap = word.x0 - line.words[index - 1].x1
                between = "\t" if gap > TAB_GAP * word.size else " "
            elif number:
                between = "" if _breaks_address(lines[number - 1], line) else " "
            _add(runs, word, between)
    return Paragraph(tuple(runs), Location(None, ""), box=around(word for line in lines for word in line.words))


def _breaks_address(before: Line, line: Line) -> bool:
    """An e-mail or web address that was too long for its column, cut in the middle."""
    return bool(_ADDRESS.search(before.words[-1].text)) and bool(_ADDRESS_REST.match(line.words[0].text))


def _add(runs: list[Run], word: Word, between: str) -> None:
    box = Box(word.x0, word.top, word.x1, word.bottom)
    muted = word.grey or word.italic
    last = runs[-1] if runs else None
    if last and last.box and (last.bold, last.muted, last.size) == (word.bold, muted, round(word.size, 1)):
        text, box = last.text + between + word.text, around((last.box, box))
        runs[-1] = Run(text, word.bold, muted, last.size, box, min(last.confidence, word.confidence))
        return
    if last and between:
        runs[-1] = Run(last.text + between, last.bold, last.muted, last.size, last.box, last.confidence)
    runs.append(Run(word.text, word.bold, muted, round(word.size, 1), box, word.confidence))
