"""Tables drawn with rules: pdfplumber's table finder over the rules of a page, and the grid with its merged cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.table import TableFinder, TableSettings

from vsdocs.document import Box
from vsdocs.readers.page import Page, Rule, contains

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


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What pdfplumber's table finder asks of a page."""

    bbox: tuple[float, float, float, float]
    edges: list[dict[str, Any]]
    chars: tuple[()] = ()


def grids(page: Page) -> list[Grid]:
    """The ruled tables of a page with two cells or more, outermost first."""
    finder = _finder(page)
    tables = [grid([Box(*cell) for cell in table.cells]) for table in finder.tables] if finder else []
    return sorted(tables, key=lambda table: -_area(table.box))


def boxes(page: Page) -> list[Box]:
    """The ruled rectangles of a page that are no part of a table."""
    finder = _finder(page)
    if finder is None:
        return []
    tabled = {cell for table in finder.tables for cell in table.cells}
    return [Box(*cell) for cell in finder.cells if cell not in tabled]


def _finder(page: Page) -> TableFinder | None:
    rules = [rule for rule in page.rules if max(rule.x1 - rule.x0, rule.bottom - rule.top) > SNAP]
    rules += _cut_ends(page, rules) if len(rules) <= MAX_RULES else []
    if not rules or len(rules) > MAX_RULES:
        return None
    drawing: Any = _Drawing((0, 0, page.width, page.height), [_edge(rule) for rule in rules])
    return TableFinder(drawing, TableSettings.resolve({"snap_tolerance": SNAP, "join_tolerance": SNAP}))


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


def _edge(rule: Rule) -> dict[str, Any]:
    lies = rule.lies
    return {
        "object_type": "line", "orientation": "h" if lies else "v",
        "x0": rule.x0, "x1": rule.x1, "top": rule.top, "bottom": rule.bottom,
        "width": rule.x1 - rule.x0, "height": rule.bottom - rule.top,
    }  # fmt: skip


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


def _nearest(stops: list[float], value: float) -> int:
    return min(range(len(stops)), key=lambda index: abs(stops[index] - value))


def is_shaded(cell: Box, fills: Sequence[Box]) -> bool:
    """Whether coloured areas lie under most of a cell."""
    x, y = (cell.x0 + cell.x1) / 2, (cell.top + cell.bottom) / 2
    return any(contains(fill, x, y) for fill in fills)
