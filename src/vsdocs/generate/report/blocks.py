"""What a report is made of, between its figures and Word: headings, paragraphs, lists, tables, charts."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    place: bool = False  # it is not in the contents


@dataclass(frozen=True)
class Text:
    """A paragraph; stretches between ** are bold where it comes from a person's Markdown (`rich`)."""

    text: str
    style: str = "Normal"
    rich: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: its first row the headings, its first column what each row is. `widths` are shares of the line."""

    caption: str
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Chart:
    """A chart with its caption and what is read aloud for it."""

    caption: str
    drawing: Drawing
    alt: str


Block = Heading | Text | Grid | Chart


def bullets(lines: Sequence[str], *, rich: bool = False) -> list[Block]:
    return [Text(line, "List Bullet", rich) for line in lines]
