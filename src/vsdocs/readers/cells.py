"""Rectangles that straight rules close, and which of them stand together as tables."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

from vsdocs.document import Box
from vsdocs.readers.page import Point, Rule

NEAR = 3.0  # points: rules closer than this are one, and meet


class _Stroke(NamedTuple):
    """A rule, upright or lying: where it is, and from where to where it goes."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class _Crossing:
    """The strokes that meet in one point, by their numbers."""

    uprights: set[int] = field(default_factory=set)
    lying: set[int] = field(default_factory=set)


def cells_of(rules: Sequence[Rule]) -> list[Box]:
    """The smallest rectangles that rules close, column by column."""
    uprights = _joined([_Stroke(rule.x0, rule.top, rule.bottom) for rule in rules if not rule.lies])
    lying = _joined([_Stroke(rule.top, rule.x0, rule.x1) for rule in rules if rule.lies])
    crossings = _crossings(uprights, lying)
    points = sorted(crossings)
    columns: defaultdict[float, list[float]] = defaultdict(list)
    rows: defaultdict[float, list[float]] = defaultdict(list)
    for x, y in points:
        columns[x].append(y)
        rows[y].append(x)
    found = (_cell(point, crossings, columns[point[0]], rows[point[1]]) for point in points)
    return [cell for cell in found if cell]


def _joined(strokes: Sequence[_Stroke]) -> list[_Stroke]:
    """The strokes, those closely beside each other moved onto one line and joined where they touch."""
    places: dict[float, int] = {}  # which line each is on
    number, last = 0, -inf
    for at in sorted({stroke.at for stroke in strokes}):
        number += at > last + NEAR
        places[at], last = number, at
    lines: defaultdict[int, list[_Stroke]] = defaultdict(list)
    for stroke in strokes:
        lines[places[stroke.at]].append(stroke)
    moved: defaultdict[float, list[_Stroke]] = defaultdict(list)
    for line in lines.values():
        middle = sum(stroke.at for stroke in line) / len(line)
        for stroke in line:
            at = stroke.at + (middle - stroke.at)
            moved[at].append(_Stroke(at, stroke.start, stroke.end))
    return [stroke for at in sorted(moved) for stroke in _end_to_end(moved[at])]


def _end_to_end(strokes: Sequence[_Stroke]) -> Iterator[_Stroke]:
    """The strokes on one line from end to end."""
    first, *rest = sorted(strokes, key=lambda stroke: stroke.start)
    at, start, end = first.at, first.start, first.end
    for stroke in rest:
        if stroke.start > end + NEAR:
            yield _Stroke(at, start, end)
            start = stroke.start
            end = stroke.end
        end = max(end, stroke.end)
    yield _Stroke(at, start, end)


def _crossings(uprights: Sequence[_Stroke], lying: Sequence[_Stroke]) -> dict[Point, _Crossing]:
    """Where uprights and lying strokes meet."""
    crossings: defaultdict[Point, _Crossing] = defaultdict(_Crossing)
    heights = [stroke.at for stroke in lying]
    for number, upright in enumerate(uprights):
        first, last = bisect_left(heights, upright.start - NEAR), bisect_right(heights, upright.end + NEAR)
        for other in range(first, last):
            across = lying[other]
            if across.start - NEAR <= upright.at <= across.end + NEAR:
                crossing = crossings[upright.at, across.at]
                crossing.uprights.add(number)
                crossing.lying.add(other)
    return crossings


def _cell(point: Point, crossings: dict[Point, _Crossing], column: Sequence[float], row: Sequence[float]) -> Box | None:
    """The smallest rectangle of which a point is the top left corner. A column and a row hold where strokes meet."""
    (x0, top), here = point, crossings[point]
    for bottom in column[bisect_right(column, top) :]:
        below = crossings[x0, bottom]
        if here.uprights.isdisjoint(below.uprights):
            break
        for x1 in row[bisect_right(row, x0) :]:
            right, corner = crossings[x1, top], crossings.get((x1, bottom))
            if here.lying.isdisjoint(right.lying):
                break
            if corner and not (corner.uprights.isdisjoint(right.uprights) or corner.lying.isdisjoint(below.lying)):
                return Box(x0, top, x1, bottom)
    return None


def together(cells: Sequence[Box]) -> list[list[Box]]:
    """The cells, those that share corners with each other as one group, from top to bottom."""
    at: defaultdict[Point, list[int]] = defaultdict(list)
    for number, cell in enumerate(cells):
        for corner in _corners(cell):
            at[corner].append(number)
    groups: list[list[Box]] = []
    left = set(range(len(cells)))
    for number in range(len(cells)):
        if number not in left:
            continue
        left.discard(number)
        group, ends = [number], [number]
        while ends:
            near = {other for corner in _corners(cells[ends.pop()]) for other in at[corner]} & left
            left -= near
            group += near
            ends += near
        groups.append([cells[member] for member in sorted(group)])
    return sorted(groups, key=lambda group: min((cell.top, cell.x0) for cell in group))


def _corners(cell: Box) -> tuple[Point, Point, Point, Point]:
    return (cell.x0, cell.top), (cell.x0, cell.bottom), (cell.x1, cell.top), (cell.x1, cell.bottom)
