"""Pages of two columns of text: told by lines that stand on different heights left and right of a white gap."""

from collections.abc import Iterator, Sequence

from vsdocs.document import Box
from vsdocs.readers.lines import lines_of, segments
from vsdocs.readers.page import Sorted, Word

NEAR = 2.0  # points: edges closer than this are in line
MIDDLE = (0.3, 0.7)  # of the width: where the second column may begin
LINES = 6  # of each column, at least
UNLEVEL = 0.35  # of the lines of each column: as many have none beside them; rows of tables do


def columns_apart(words: Sequence[Word], others: Sequence[Box], area: Box) -> list[tuple[Box, Box]]:
    """The stretches of an area that are two columns of text, left and right. `others` are tables and frames in it."""
    if len(words) < 2 * LINES:
        return []
    parts = [part.box for line in lines_of(words) for part in segments(line)]
    low, high = (area.x0 + share * (area.x1 - area.x0) for share in MIDDLE)
    starts = [box.x0 for box in parts if low < box.x0 < high]
    sorted_starts = Sorted(starts, float)
    best = max(starts, key=lambda start: _in_line(start, sorted_starts), default=None)
    if best is None:
        return []
    return [
        (Box(area.x0, top, best - 1, bottom), Box(best - 1, top, area.x1, bottom))
        for top, bottom in _stretches([*parts, *others], best - 1, area)
        if _are_columns([box for box in parts if top <= box.top and box.bottom <= bottom], best - 1)
    ]


def _in_line(start: float, starts: Sorted[float]) -> int:
    return sum(abs(start - other) < NEAR for other in starts.between(start - NEAR, start + NEAR))


def _stretches(boxes: Sequence[Box], gap: float, area: Box) -> Iterator[tuple[float, float]]:
    """From where to where nothing reaches over a gap."""
    top = area.top
    for box in sorted((b for b in boxes if b.x0 < gap - 1 and b.x1 > gap + 1), key=lambda b: b.top):
        if box.top > top:
            yield top, box.top
        top = max(top, box.bottom)
    yield top, area.bottom


def _are_columns(boxes: Sequence[Box], gap: float) -> bool:
    left = [box for box in boxes if box.x1 <= gap]
    right = [box for box in boxes if box.x0 >= gap - 1]
    return min(len(left), len(right)) >= LINES and all(
        sum(not any(_level(box, other) for other in others) for box in column) >= UNLEVEL * len(column)
        for column, others in ((left, right), (right, left))
    )


def _level(one: Box, other: Box) -> bool:
    """Whether two lines stand beside each other, their middles on nearly one height."""
    apart = abs(one.top + one.bottom - other.top - other.bottom) / 2
    return apart < 0.4 * min(one.bottom - one.top, other.bottom - other.top)
