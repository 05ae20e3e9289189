"""The neutral document: what is on the page, with no PEP words in it.

Readers make it from Word, PDF and scans; extraction reads it. A document is a list of blocks in reading order, and every
block knows where it is. Ticked and empty boxes are the characters ☒ and ☐ whatever the file used for them; the
placeholder text of an unfilled control is no text at all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

from vsdocs.evidence import Location

TICKED, UNTICKED = "☒", "☐"
Found = TypeVar("Found")


class Once(Generic[Found]):
    """A property that is worked out once and kept. Python 3.11's own takes a lock each time, which costs more than it."""

    def __init__(self, find: Callable[[Any], Found]) -> None:
        self.find, self.name, self.__doc__ = find, find.__name__, find.__doc__

    def __get__(self, one: Any, kind: type) -> Found:
        found = one.__dict__[self.name] = self.find(one)
        return found


class Format(StrEnum):
    DOCX = "docx"
    PDF = "pdf"
    SCAN = "pdf-scan"


class Box(NamedTuple):
    """A rectangle on a page, in points from its top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look. Tabs and line breaks inside a paragraph are `\\t` and `\\n`."""

    text: str
    bold: bool = False
    muted: bool = False  # grey, italic or small print: how forms set their guidance
    size: float | None = None  # points
    box: Box | None = None  # None in Word
    confidence: float = 1.0  # below 1 only for recognised (OCR) text


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, or one label or value that stands by itself on a PDF page."""

    runs: tuple[Run, ...]
    location: Location
    level: int = 0  # heading level 1..6; 0 = not a heading
    box: Box | None = None

    @Once
    def text(self) -> str:
        runs = self.runs
        return (runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])).strip()


@dataclass(frozen=True)
class Cell:
    """A table cell; `row` and `column` count from 0 and name its top left corner in the grid."""

    row: int
    column: int
    content: tuple["Paragraph | Table", ...]
    location: Location
    row_span: int = 1
    column_span: int = 1
    shaded: bool = False  # a coloured background: how forms set their labels
    box: Box | None = None

    @Once
    def text(self) -> str:
        """The cell's own paragraphs, one a line; nested tables are left out."""
        return "\n".join([p.text for p in self.content if isinstance(p, Paragraph)]).strip()

    @Once
    def bold(self) -> bool:
        runs = [r for p in self.content if isinstance(p, Paragraph) for r in p.runs if r.text.strip()]
        return bool(runs) and all(r.bold for r in runs)

    @Once
    def confidence(self) -> float:
        runs = [r for p in self.content if isinstance(p, Paragraph) for r in p.runs if r.text.strip()]
        return min((r.confidence for r in runs), default=1.0)


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells. A merged cell is in `cells` once, with its spans; `rows` lists the cells that start in each row."""

    cells: tuple[Cell, ...]
    location: Location
    box: Box | None = None

    @property
    def rows(self) -> list[list[Cell]]:
        grid: list[list[Cell]] = [[] for _ in range(max((c.row for c in self.cells), default=-1) + 1)]
        for cell in self.cells:
            grid[cell.row].append(cell)
        return [sorted(row, key=lambda c: c.column) for row in grid]


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value that the file itself ties together: a fillable PDF's widget, a card of a printed web form."""

    label: str
    value: str
    location: Location
    box: Box | None = None
    confidence: float = 1.0


Block = Paragraph | Table | Field


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about the file: hidden text, macros, XFA, a page that could not be read."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read. `pages` is None for Word, which has none."""

    format: Format
    blocks: tuple[Block, ...]
    pages: int | None = None
    margins: tuple[Paragraph, ...] = ()  # running headers, footers, comments, footnotes: kept apart from the answers
    notes: tuple[Note, ...] = field(default=())

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph in reading order, those inside tables too."""

        def walk(blocks: tuple[Block, ...] | tuple[Paragraph | Table, ...]) -> Iterator[Paragraph]:
            for block in blocks:
                if isinstance(block, Paragraph):
                    yield block
                elif isinstance(block, Table):
                    for cell in block.cells:
                        yield from walk(cell.content)

        yield from walk(self.blocks)
