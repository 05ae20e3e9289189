"""Tables as strips, one for each row: the widths of their columns, what stands in their cells, who is a header."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from vsdocs.document import Cell, Paragraph, Table
from vsdocs.generate.pdf.drawn import Drawn, Grid
from vsdocs.generate.pdf.form import Edge, edged, edges, filled, inked, twips
from vsdocs.generate.pdf.strip import Glue, Strip
from vsdocs.generate.pdf.table_form import padded
from vsdocs.generate.pdf.table_row import Box, RowStrip
from vsdocs.generate.pdf.tags import Node
from vsdocs.readers.word_styles import W, child, has, is_on, props_of, value

if TYPE_CHECKING:
    from vsdocs.generate.pdf.flow import Flow

NARROWEST = 14.0  # points: what a column is given at least


def rows(flow: "Flow", table: Grid, width: float, root: Node | None) -> list[Strip]:
    """The rows of a table as strips; its header rows are shown again on each page that it goes on to."""
    count = max((c.row + c.row_span for c in table.cells), default=0)
    if not count:
        return []
    columns = _columns(table, width)
    offset = {"right": width - sum(columns), "center": (width - sum(columns)) / 2}.get(
        table.form.align, table.form.indent
    )
    offset = max(min(offset, width - sum(columns)), 0.0)
    starts = [offset + sum(columns[:n]) for n in range(len(columns) + 1)]
    heads = 0
    while heads < len(table.tr) and has(table.tr[heads], "tblHeader"):
        heads += 1
    plan = _Plan(table, count, len(columns), heads or int("firstRow" in table.form.parts))
    top = _node(root, plan)
    strips: list[RowStrip] = [RowStrip([], _least(table, row)) for row in range(count)]
    made: dict[int, Node | None] = {}
    running: list[tuple[Cell, Box]] = []
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        if cell.row not in made:
            made[cell.row] = top.add("TR" if plan.is_table else "Div") if top is not None else None
        box = _place(flow, plan, cell, starts, strips, made[cell.row])
        if cell.row_span > 1:
            running.append((cell, box))
    for cell, box in running:
        _stretch(flow.tall, cell, box, strips[cell.row : cell.row + cell.row_span])
    for row, strip in enumerate(strips):
        strip.whole = row < len(table.tr) and has(table.tr[row], "cantSplit")
        strip.glue = max(strip.glue, Glue.KEPT if row < max(heads, 1) and row + 1 < count else Glue.LOOSE)
    shown = [replace(s, ornament=True) for s in strips[:heads]] if heads < count else []
    if sum(s.height for s in shown) < flow.tall / 2:
        for strip in strips[heads:]:
            strip.heads = shown
    return list(strips)


@dataclass(slots=True)
class _Plan:
    """A table's shape. One row or one column is a box or a letterhead, and no table to whoever hears it."""

    table: Grid
    count: int
    across: int
    heads: int
    is_table: bool = field(init=False)
    side_heads: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_table = self.count > 1 and len({c.column for c in self.table.cells}) > 1
        self.side_heads = "firstCol" in self.table.form.parts or (self.is_table and not self.heads)

    def tag(self, cell: Cell) -> tuple[str, dict[str, dict[str, Any]]]:
        if not self.is_table:
            return "Div", {}
        said: dict[str, Any] = {}
        if cell.row < self.heads:
            said["Scope"] = "Column"
        elif self.side_heads and cell.column == 0:
            said["Scope"] = "Row"
        tag = "TH" if said else "TD"
        if cell.column_span > 1:
            said["ColSpan"] = cell.column_span
        if cell.row_span > 1:
            said["RowSpan"] = cell.row_span
        return tag, {"Table": said} if said else {}


def _node(root: Node | None, plan: _Plan) -> Node | None:
    return root.add("Table" if plan.is_table else "Div") if root is not None else None


def _columns(table: Grid, width: float) -> list[float]:
    """The widths of a table's columns, as its grid or its cells say; together no wider than there is room."""
    count = max(c.column + c.column_span for c in table.cells)
    found = [*table.columns, *[0.0] * count][:count]
    for cell in table.cells:
        wide = twips(props_of_cell(table, cell).get(W + "tcW"), "w")
        said = value_of_type(props_of_cell(table, cell).get(W + "tcW")) == "dxa"
        if cell.column_span == 1 and wide and said and not found[cell.column]:
            found[cell.column] = wide
    known = [w for w in found if w > 0]
    usual = sum(known) / len(known) if known else width / count
    found = [w if w > 0 else usual for w in found]
    whole = table.props.get(W + "tblW")
    wanted, kind = twips(whole, "w"), value_of_type(whole)
    if kind == "pct" and wanted:
        total = width * min(wanted * 20 / 5000, 1.0)
    else:
        total = wanted if kind == "dxa" and wanted and not known else sum(found)
    total = min(total, width)
    found = [w * total / sum(found) for w in found]
    least = min(NARROWEST, width / count)
    lacking = sum(max(least - w, 0.0) for w in found)
    spare = sum(max(w - least, 0.0) for w in found)
    return [least if w < least else w - (w - least) * lacking / spare if spare else w for w in found]


def value_of_type(measure: Any) -> str:
    return str(measure.get(W + "type", "dxa")) if measure is not None else ""


def props_of_cell(table: Grid, cell: Cell) -> dict[str, Any]:
    return table.tc.get((cell.row, cell.column), {})


def _least(table: Grid, row: int) -> float:
    """The height that a row is given at least."""
    said = table.tr[row].get(W + "trHeight") if row < len(table.tr) else None
    points = twips(said, "val") if said is not None else None
    return min(points or 0.0, 600.0)


def _place(flow: "Flow", plan: _Plan, cell: Cell, starts: list[float], strips: list[RowStrip], row: Node | None) -> Box:
    table, form = plan.table, plan.table.form
    props = props_of_cell(table, cell)
    end = min(cell.column + cell.column_span, len(starts) - 1)
    x, width = starts[cell.column], starts[end] - starts[cell.column]
    padding = padded(form.padding, props.get(W + "tcMar"))
    if padding[1] + padding[3] > width / 2:
        padding = padding[0], width / 8, padding[2], width / 8
    parts = [form.parts[name] for name in _kinds(plan, cell) if name in form.parts]
    drawn, ground = dict(form.edges), ""
    for part in parts:
        about = props_of(child(part, W + "tcPr"))
        ground = filled(about[W + "shd"]) if W + "shd" in about else ground
        for edge in about.get(W + "tcBorders", ()):
            drawn[str(edge.tag).removeprefix(W)] = edged(edge)
    ground = filled(props[W + "shd"]) if W + "shd" in props else ground
    none = Edge()
    last_row, last_column = cell.row + cell.row_span >= plan.count, end >= plan.across
    around: tuple[Edge, ...] = (
        drawn.get("top" if cell.row == 0 else "insideH", none), drawn.get("left" if cell.column == 0 else "insideV", none),
        drawn.get("bottom" if last_row else "insideH", none), drawn.get("right" if last_column else "insideV", none),
    )  # fmt: skip
    if W + "tcBorders" in props:
        around = edges(props[W + "tcBorders"], around)
    node = None
    if row is not None:
        tag, about_ = plan.tag(cell)
        node = row.add(tag, about=about_)
    content = _looked(cell.content, parts)
    inner = flow.strips(content, max(width - padding[1] - padding[3], 8.0), node, ground)
    if inner:
        inner[0].new_page = False
    align = value(props.get(W + "vAlign")) or "top"
    top, left, bottom, right = around
    last = cell.row_span - 1
    box = Box(x, width, inner, padding, (top, left, none if last else bottom, right), ground, align)
    strips[cell.row].boxes.append(box)
    for down in range(1, cell.row_span):
        under = replace(box, strips=[], edges=(none, left, bottom if down == last else none, right))
        strips[cell.row + down].boxes.append(under)
    if not last:
        strips[cell.row].height = max(strips[cell.row].height, box.needs())
        if cell.column == 0 and inner and inner[-1].glue:  # the last row with what follows the table, as in Word
            strips[cell.row].glue = Glue.KEPT
    return box


def _stretch(tall: float, cell: Cell, box: Box, within: list[RowStrip]) -> None:
    """Gives the rows that a cell runs down through the height that it needs, and keeps them on one page if that holds them."""
    height = sum(strip.height for strip in within)
    lacking = max(box.needs() - height, 0.0)
    if height + lacking <= tall:
        within[-1].height += lacking
        box.content_height = height + lacking
        for strip in within[:-1]:
            strip.glue = Glue.BOUND
    else:
        within[0].height = max(within[0].height, box.needs())


def _kinds(plan: _Plan, cell: Cell) -> list[str]:
    """The parts of its table that a cell belongs to, the weakest first."""
    banded = cell.row - (1 if "firstRow" in plan.table.form.parts else 0)
    found = ["wholeTable", "band1Horz" if banded % 2 == 0 else "band2Horz"] if banded >= 0 else ["wholeTable"]
    if cell.column == 0:
        found.append("firstCol")
    if cell.column + cell.column_span == plan.across:
        found.append("lastCol")
    if cell.row == 0:
        found.append("firstRow")
    if cell.row + cell.row_span == plan.count:
        found.append("lastRow")
    return found


def _looked(content: Sequence[Paragraph | Table], parts: list[Any]) -> list[Paragraph | Table]:
    """A cell's paragraphs with what the table's style says of their words."""
    said = [props for part in parts if (props := child(part, W + "rPr")) is not None]
    if not said:
        return list(content)
    found: list[Paragraph | Table] = []
    for block in content:
        if isinstance(block, Drawn):
            stretches = []
            for stretch in block.stretches:
                ink = stretch.ink
                for props in said:
                    new, bold = inked(ink, props), is_on(props_of(props).get(W + "b"))
                    ink = replace(ink, bold=ink.bold or bold, colour=ink.colour or new.colour)
                stretches.append(replace(stretch, ink=ink))
            block = replace(block, stretches=tuple(stretches))
        found.append(block)
    return found
