"""Tables drawn with rules: the cells that the rules of a page close as a grid, with its merged cells."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vsdocs.document import Box
from vsdocs.readers.cells import cells_of, together
from vsdocs.readers.outlined import outlined
from vsdocs.readers.page import Page, Rule, Sorted

MAX_RULES = 3_000  # on one page; above that it is a drawing
SNAP = 3.0  # points: edges closer than this are one
EDGE = 0.12  # of the page's height: where a page break may cut a row
MANY = 2  # upright rules of a row that was cut, more than


@dataclass(frozen=True, slots=True)
class GridCell:
    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table, in reading order."""

    box: Box
    cells: tuple[GridCell, ...]


def grids(page: Page) -> list[Grid]:
    """The ruled tables of a page with two cells or more, outermost first."""
    return grids_and_boxes(page)[0]


def grids_and_boxes(page: Page) -> tuple[list[Grid], list[Box]]:
    """The ruled tables of a page, outermost first, and the ruled rectangles that are no part of a table."""
    return page.once("grids", page.rules, lambda: _found(page))


def _found(page: Page) -> tuple[list[Grid], list[Box]]:
    rules = [rule for rule in page.rules if rule.x1 - rule.x0 > SNAP or rule.bottom - rule.top > SNAP]
    rules += _cut_ends(page, rules) if len(rules) <= MAX_RULES else []
    groups = together(cells_of(rules)) if len(rules) <= MAX_RULES else []
    tables = [grid(group) for group in groups if len(group) > 1]
    alone = []
    lying = Sorted((rule for rule in rules if rule.lies), lambda rule: rule.top)
    standing = Sorted((rule for rule in rules if not rule.lies), lambda rule: rule.x0)
    for box in (cell for group in groups if len(group) == 1 for cell in group):
        cells = outlined(page, box, lying, standing)
        if cells:
            tables.append(grid(cells))
        else:
            alone.append(box)
    return sorted(tables, key=lambda table: -_area(table.box)), sorted(alone, key=lambda box: (box.x0, box.top))


def _cut_ends(page: Page, rules: Sequence[Rule]) -> list[Rule]:
    """The lying rules that are missing where a page break cut a row: its upright ones end together near the page's end."""
    found = []
    for top in (True, False):
        ends = sorted((rule.top if top else rule.bottom, rule.x0) for rule in rules if not rule.lies)
        near = [(y, x) for y, x in ends if (y < EDGE * page.height if top else y > (1 - EDGE) * page.height)]
        if not near:
            continue
        y = near[0][0] if top else near[-1][0]
        level = [x for end, x in near if abs(end - y) < SNAP]
        closed = any(rule.lies and abs(rule.top - y) < SNAP and rule.x0 < max(level) for rule in rules)
        if len(_stops(level)) > MANY and not closed:
            found.append(Rule(min(level), y, max(level), y))
    return found


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def grid(boxes: Sequence[Box]) -> Grid:
    """The grid that cells make by where they are; a cell over several columns or rows has spans."""
    columns = _stops(x for box in boxes for x in (box.x0, box.x1))
    rows = _stops(y for box in boxes for y in (box.top, box.bottom))
    cells = []
    for box in boxes:
        row, column = _nearest(rows, box.top), _nearest(columns, box.x0)
        row_span = max(1, _nearest(rows, box.bottom) - row)
        column_span = max(1, _nearest(columns, box.x1) - column)
        cells.append(GridCell(row, column, row_span, column_span, box))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(Box(columns[0], rows[0], columns[-1], rows[-1]), tuple(cells))


def _stops(values: Iterable[float]) -> list[float]:
    stops: list[float] = []
    for value in sorted(values):
        if not stops or value - stops[-1] > SNAP:
            stops.append(value)
    return stops


def _nearest(stops: Sequence[float], value: float) -> int:
    above = bisect_left(stops, value)
    if above == len(stops):
        return above - 1
    return above - 1 if above and value - stops[above - 1] <= stops[above] - value else above


def is_shaded(cell: Box, fills: Sequence[Box]) -> bool:
    """Whether coloured areas lie under most of a cell."""
    x, y = (cell.x0 + cell.x1) / 2, (cell.top + cell.bottom) / 2
    return any(fill.x0 <= x <= fill.x1 and fill.top <= y <= fill.bottom for fill in fills)
