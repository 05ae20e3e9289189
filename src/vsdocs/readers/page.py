"""What is drawn on one page, whoever saw it: words with boxes, rules, fills and frames.

The PDF reader gets them from the file, the scan reader from the picture; the layout is read from them by one code path.
All measures are points from the top left corner of the page.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar, cast

from vsdocs.document import Box

Point = tuple[float, float]
Place = Callable[[float, float], Point]  # from a point of the file to the page as people see it
Look = tuple[float, bool, bool, bool, bool]  # size, bold, grey, coloured, italic
Pairs = frozenset[tuple[Look, Look]]  # the looks of labels and of the values below them
Thing = TypeVar("Thing")
Told = TypeVar("Told")


@dataclass(slots=True)
class Word:
    """A word and how it is set. It is put in the place of another, never changed itself; to be frozen would take it twice
    the time to be made."""

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
    middle: Point = field(init=False, repr=False, compare=False)
    look: Look = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.middle = (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2
        self.look = round(self.size * 2) / 2, self.bold, self.grey, self.coloured, self.italic

    def __hash__(self) -> int:
        return hash((self.text, self.x0, self.top))


class Rule(NamedTuple):
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
    """The facts of one page; `number` counts from 1. Lists are put in the place of others, never changed themselves."""

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
    known: dict[str, tuple[Sequence[object], int, object]] = field(default_factory=dict, repr=False, compare=False)

    def once(self, what: str, things: Sequence[Thing], tell: Callable[[], Told]) -> Told:
        """What there is to tell of the things of this page, told again only when others have taken their place."""
        of, many, told = self.known.get(what, ((), 0, None))
        if of is not things or many != len(things):
            told = tell()
            self.known[what] = things, len(things), told
        return cast(Told, told)


def contains(outer: Box, x: float, y: float, slack: float = 0.0) -> bool:
    return outer.x0 - slack <= x <= outer.x1 + slack and outer.top - slack <= y <= outer.bottom + slack


def within(words: Iterable[Word], box: Box) -> list[Word]:
    """The words whose middle is in a box."""
    x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
    return [word for word in words if top <= word.middle[1] <= bottom and x0 <= word.middle[0] <= x1]


def outside(words: Sequence[Word], boxes: Iterable[Box]) -> list[Word]:
    """The words whose middle is in none of these boxes."""
    every = set(boxes)
    return ByHeight(words).outside(every) if every else list(words)


def height_of(word: Word) -> float:
    return word.middle[1]


def around(items: "Iterable[Word | Box | Rule]") -> Box:
    """The smallest box around things; there must be one."""
    things = iter(items)
    first = next(things)
    x0, top, x1, bottom = first.x0, first.top, first.x1, first.bottom
    for thing in things:
        if thing.x0 < x0:
            x0 = thing.x0
        if thing.top < top:
            top = thing.top
        if thing.x1 > x1:
            x1 = thing.x1
        if thing.bottom > bottom:
            bottom = thing.bottom
    return Box(x0, top, x1, bottom)


class Sorted(Generic[Thing]):
    """Things in the order of a measure, such as their height on the page, to find those between two values of it."""

    def __init__(self, things: Iterable[Thing], measure: Callable[[Thing], float]) -> None:
        self.things = list(things)
        measures = list(map(measure, self.things))
        self.order = sorted(range(len(measures)), key=measures.__getitem__)
        self.measures = [measures[number] for number in self.order]

    def between(self, low: float, high: float) -> list[Thing]:
        """The things whose measure is between two values or is one of them, in the order in which they were given."""
        start, end = bisect_left(self.measures, low), bisect_right(self.measures, high)
        return [self.things[number] for number in sorted(self.order[start:end])] if start < end else []


class ByHeight(Sorted[Word]):
    """Words by how high they stand, to find those in a box."""

    def __init__(self, words: Iterable[Word]) -> None:
        super().__init__(words, height_of)

    def within(self, box: Box) -> list[Word]:
        """The words whose middle is in a box."""
        x0, x1 = box.x0, box.x1
        return [word for word in self.between(box.top, box.bottom) if x0 <= word.middle[0] <= x1]

    def outside(self, boxes: Iterable[Box]) -> list[Word]:
        """The words whose middle is in none of these boxes."""
        held = {id(word) for box in boxes for word in self.within(box)}
        return [word for word in self.things if id(word) not in held] if held else list(self.things)


def by_height(page: Page) -> ByHeight:
    """All words of a page."""
    return page.once("by height", page.words, lambda: ByHeight(page.words))


def side_by_side(boxes: Iterable[Box], touch: float) -> list[list[Box]]:
    """Boxes that stand in one row and touch, from left to right; the rows from top to bottom. `touch`: points."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda b: (round(b.top), b.x0)):
        last = rows[-1][-1] if rows else None
        if last and abs(last.top - box.top) < touch and -touch < box.x0 - last.x1 < touch:
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows
