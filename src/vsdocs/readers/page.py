"""What is drawn on one page, whoever saw it: words with boxes, rules, fills and frames.

The PDF reader gets them from the file, the scan reader from the picture; the layout is read from them by one code path.
All measures are points from the top left corner of the page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from vsdocs.document import Box

Point = tuple[float, float]
Place = Callable[[float, float], Point]  # from a point of the file to the page as people see it
Look = tuple[float, bool, bool, bool, bool]  # size, bold, grey, coloured, italic
Pairs = frozenset[tuple[Look, Look]]  # the looks of labels and of the values below them


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 10.0
    bold: bool = False
    grey: bool = False  # set in grey or another pale colour
    italic: bool = False
    confidence: float = 1.0
    coloured: bool = False  # set in a colour that shows as one
    pale: bool = False  # so pale that it shows on a dark ground only

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def look(self) -> Look:
        return round(self.size * 2) / 2, self.bold, self.grey, self.coloured, self.italic


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along an axis: `x0 == x1` if it stands, `top == bottom` if it lies."""

    x0: float
    top: float
    x1: float
    bottom: float
    joints: tuple[float, ...] = ()  # where the pieces of a lying rule meet: cells that draw their own edges

    @property
    def lies(self) -> bool:
        return self.top == self.bottom


@dataclass(slots=True)
class Page:
    """The facts of one page; `number` counts from 1."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)  # coloured areas
    frames: list[Box] = field(default_factory=list)  # outlines with round corners, or drawn as one shape
    strokes: list[Box] = field(
        default_factory=list
    )  # slanting lines and ticks drawn with a pen, by what is around them
    rounds: list[Box] = field(default_factory=list)  # those of them that are filled with a colour
    unseen: list[Word] = field(default_factory=list)  # set so as not to show: recognised words laid under a picture
    pairs: Pairs = frozenset()  # as far as this document shows them
    images: float = 0.0  # share of the page under pictures, 0 to 1


def contains(outer: Box, x: float, y: float, slack: float = 0.0) -> bool:
    return outer.x0 - slack <= x <= outer.x1 + slack and outer.top - slack <= y <= outer.bottom + slack


def around(items: "Iterable[Word | Box | Rule]") -> Box:
    """The smallest box around things; there must be one."""
    things = list(items)
    return Box(
        min(t.x0 for t in things), min(t.top for t in things), max(t.x1 for t in things), max(t.bottom for t in things)
    )
