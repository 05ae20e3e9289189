"""How a page is turned: from the points of the file to the page as people see it."""

import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from vsdocs.readers import calls
from vsdocs.readers.calls import Handle
from vsdocs.readers.page import Place, Point

SAMPLES = 200  # characters looked at to tell how a page is turned
MOST = 0.6  # of them: from here on the page is turned as they are


@dataclass(frozen=True)
class View:
    """A page as people see it: its text, its size in points, and where each point of the file is on it."""

    text: Any  # PDFium frees the text when this goes
    width: float
    height: float
    place: Place


def view_of(page: Any) -> View:
    """The view of a PDFium page, turned so that most of its words stand upright."""
    text = page.get_textpage()
    width, height = page.get_size()
    place = placing(page)
    turn = _turn(calls.handle(text.raw), place)
    if turn in (90, 270):
        return View(text, height, width, turned(place, turn, width, height))
    return View(text, width, height, turned(place, turn, width, height) if turn else place)


def placing(page: Any) -> Place:
    """The function that moves a point of the file to the page as its file turns it: from the top left corner."""
    seen = raw.FS_RECTF()  # with what the page takes over from the list of pages, which its own boxes leave out
    raw.FPDF_GetPageBoundingBox(page.raw, seen)
    left, bottom, right, top = seen.left, seen.bottom, seen.right, seen.top
    return {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }[page.get_rotation()]


def turned(place: Place, turn: int, width: float, height: float) -> Place:
    """The function for a page, so wide and so high, that is turned clockwise once more."""

    def moved(x: float, y: float) -> Point:
        x, y = place(x, y)
        return {90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}[turn]

    return moved


def _turn(handle: Handle, place: Place) -> int:
    """How far a page must be turned clockwise for most of its words to stand upright: 0, 90, 180 or 270."""
    count = calls.count_chars(handle)
    samples = range(0, max(0, count), max(1, count // SAMPLES))
    found, turns = Counter[int](), dict[Point, int]()
    enough = MOST * len(samples)
    for index in samples:
        if calls.unicode_of(handle, index) > 32 and (matrix := calls.char_matrix(handle, index)):
            way = matrix[:2]
            if way not in turns:
                (x0, y0), (x1, y1) = place(0, 0), place(*way)
                turns[way] = (360 - round(math.degrees(math.atan2(y1 - y0, x1 - x0)) / 90) * 90) % 360
            turn = turns[way]
            found[turn] += 1
            if turn == 0 and found[0] > enough:
                return 0
    turn, most = found.most_common(1)[0] if found else (0, 0)
    return turn if most > MOST * found.total() else 0
