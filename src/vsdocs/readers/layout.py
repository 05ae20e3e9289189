"""From what is drawn on a page to blocks in reading order.

A page is a region; ruled tables, frames and coloured bands in it are regions of their own. What is left is read as cards
(a label with its value below, closed by a rule), rows between rules, columns without rules, or plain text.
"""

from collections.abc import Iterable, Mapping, Sequence

from vsdocs.document import Block, Box, Cell, Field, Paragraph, Table
from vsdocs.evidence import Location
from vsdocs.readers import columns
from vsdocs.readers.boxed import REACH, are_answers, boxed_answer
from vsdocs.readers.free import free_text
from vsdocs.readers.gutter import columns_apart
from vsdocs.readers.headed import headed_tables, is_stripe
from vsdocs.readers.heads import heads_over, with_row_above
from vsdocs.readers.lines import Line, lines_of, paragraphs, remark_beside, segments, with_muted_remark
from vsdocs.readers.page import ByHeight, Page, Rule, Sorted, Word, by_height, contains, outside, within
from vsdocs.readers.rows import rows_between_rules
from vsdocs.readers.ruled import Grid, GridCell, grids_and_boxes, is_shaded
from vsdocs.readers.shaded import shaded_labels
from vsdocs.readers.slots import slot_tables
from vsdocs.readers.stacks import stacked
from vsdocs.readers.under import labels_under
from vsdocs.readers.underlined import underlined
from vsdocs.readers.widgets import Slot, fill
from vsdocs.readers.zebra import zebra_tables

SEPARATES = 0.7  # of the width: a rule so long parts what is above it from what is below
BAND_HEIGHT = 60.0  # points: a coloured area taller than this is a background


def blocks_of(page: Page, slots: list[Slot]) -> list[Block]:
    """The blocks of a page from top to bottom, its fillable fields with them; none has a place yet but its page."""
    tables, closed = grids_and_boxes(page)
    cells = [cell.box for table in tables for cell in table.cells]
    fields: list[Block] = [*slot_tables(page, slots, cells), *fill(page, slots, cells)]
    fields += underlined(page, [table.box for table in tables])
    words, inline = list(page.words), []
    for number, table in enumerate(tables):
        if not any(_inside(table.box, other.box) for other in tables[:number]):
            inline.append(table)
    region = _Region(page, tables, closed)
    page.frames += closed
    frames = _outermost([*page.frames, *region.panels])
    found = region.blocks(Box(0, 0, page.width, page.height), words, inline, frames)
    return _in_reading_order([*found, *fields]) if fields else found


def _inside(inner: Box, outer: Box) -> bool:
    """Whether one box is in another and smaller, so that no two are in each other."""
    return (
        outer.top - 2.0 <= inner.top
        and inner.bottom <= outer.bottom + 2.0
        and outer.x0 - 2.0 <= inner.x0
        and inner.x1 <= outer.x1 + 2.0
        and _area(inner) < _area(outer)
    )


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _outermost(boxes: Sequence[Box]) -> list[Box]:
    kept: list[Box] = []
    for box in sorted(boxes, key=_area, reverse=True):
        if not any(_inside(box, other) for other in kept):
            kept.append(box)
    return kept


def _panels(fills: Sequence[Box], page: Page, tables: Sequence[Grid]) -> list[Box]:
    """The coloured areas that are the ground of a card: all that stands beside one is in another, or in a table."""
    if not fills:
        return []
    free = ByHeight(by_height(page).outside({*fills, *(table.box for table in tables)}))
    return [
        fill
        for fill in fills
        if not any(fill.top < word.middle[1] < fill.bottom for word in free.between(fill.top, fill.bottom))
    ]


def _without(words: Iterable[Word], used: Iterable[Word]) -> list[Word]:
    gone = set(map(id, used))
    return [word for word in words if id(word) not in gone]


class _Region:
    """Reads parts of one page."""

    def __init__(self, page: Page, tables: Sequence[Grid], closed: Sequence[Box]) -> None:
        self.page = page
        self.tables = tables
        self.shades = [f for f in page.fills if (f.x1 - f.x0) * (f.bottom - f.top) < 0.4 * page.width * page.height]
        tall = [f for f in self.shades if f.bottom - f.top >= BAND_HEIGHT]
        words = by_height(page)
        self.stripes = {f for f in tall if is_stripe(f, self.shades, words)}
        self.panels = _panels([f for f in tall if f not in self.stripes], page, tables)
        self.rules = _whole_rules(page.rules)
        bands = [fill for fill in self.shades if fill.bottom - fill.top < BAND_HEIGHT]
        every = dict.fromkeys([*page.frames, *closed, *bands])
        filled = Sorted((box for box in every if words.within(box)), lambda box: box.top)
        held = [
            box
            for box in every
            if not any(_inside(other, box) for other in filled.between(box.top - 2.0, box.bottom + 2.0))
        ]
        loose = words.outside(held)
        self.loose = set(loose)
        self.answers = are_answers(held, words, loose)
        self.lying = Sorted(self.rules, lambda rule: rule.top)

    def blocks(self, area: Box, words: list[Word], tables: Sequence[Grid], frames: Sequence[Box]) -> list[Block]:
        """What an area holds: its tables, frames and bands, and the words that are in none of them."""
        found: list[Block] = []
        regions: dict[Box, list[Block]] = {}
        taken: list[Box] = []
        for column in self.columns(area, words, tables, frames):
            inside = within(words, column)
            held = [table for table in tables if _inside(table.box, column)]
            regions[column] = self.blocks(column, inside, held, [frame for frame in frames if _inside(frame, column)])
            words = _without(words, inside)
            tables = [table for table in tables if table not in held]
            taken.append(column)
        for table in tables:
            if any(_inside(table.box, frame) for frame in frames):
                continue  # read with what stands around it in its frame
            inside = within(words, table.box)
            words = _without(words, inside)
            heads = heads_over(table, inside, words)
            found.append(with_row_above(self.table(table, inside), heads))
            words = _without(words, [word for head in heads for word in head])
            taken.append(table.box)
        for frame in frames:
            if any(_inside(frame, box) for box in taken):
                continue
            inside = within(words, frame)
            if not inside:
                continue
            words = _without(words, inside)
            taken.append(frame)
            boxed = self.boxed(frame, inside, words)
            if boxed:
                words = _without(words, boxed[1])
            regions[frame] = [boxed[0]] if boxed else self.frame(frame, inside)
        words = outside(words, taken)
        bands = [b for b in self.shades if (b.bottom - b.top < BAND_HEIGHT or b in self.stripes) and _inside(b, area)]
        rules = [r for r in self.rules if contains(area, r.x0, r.top, 2) and not any(_touches(b, r) for b in taken)]
        headed, words = headed_tables(bands, rules, words)
        bands = [band for band in bands if within(words, band)]
        under, words = labels_under(rules, words)
        shaded, words = shaded_labels(bands, self.page.rules, words)
        found.extend([*under, *shaded])
        bands = [band for band in bands if within(words, band)]
        striped, words = zebra_tables(bands, rules, words)
        striped += headed
        bands = [band for band in bands if not any(_inside(band, table.box) for table in striped if table.box)]
        walls = [*taken, *bands, *(table.box for table in striped if table.box)]
        loose = [r for r in rules if not any(table.box and _parts(r, table.box) for table in striped)]
        rows, words = rows_between_rules(loose, words, bands, walls)
        found.extend([*rows, *striped])
        tabled = [row.box for row in (*rows, *striped) if row.box]
        free = [r for r in rules if not any(_parts(r, box) for box in tabled)]
        cards, words = columns.cards(free, words, [*taken, *bands, *tabled], area)
        found.extend(cards)
        for band in _outermost(bands):
            inside = within(words, band)
            words = _without(words, inside)
            boxed = self.boxed(band, inside, words)
            if boxed:
                words = _without(words, boxed[1])
            in_card = area.top > 0 and contains(area, band.x0, band.top, 2)
            found.extend([boxed[0]] if boxed else self.band(band, lines_of(inside), in_card))
        walls = [*regions, *(block.box for block in found if block.box)]
        width = SEPARATES * (area.x1 - area.x0)
        walls += [Box(r.x0, r.top, r.x1, r.top) for r in rules if r.x1 - r.x0 > width]
        found.extend(free_text(words, walls, area, self.page.pairs))
        return _in_reading_order(found, regions)

    def columns(self, area: Box, words: list[Word], tables: Sequence[Grid], frames: Sequence[Box]) -> list[Box]:
        """The columns of text that a page is set in, stretch by stretch from left to right."""
        if area.x1 - area.x0 < self.page.width:
            return []
        boxes = [*(table.box for table in tables), *frames]
        free = outside(words, boxes)
        return [column for pair in columns_apart(free, boxes, area) for column in pair]

    def frame(self, frame: Box, words: list[Word]) -> list[Block]:
        """A box around words: a label with its answer below, or a region of its own."""
        field = columns.label_over_value(lines_of(words), frame) if self.is_plain(frame, words) else None
        if field is not None:
            return [field]
        return self.blocks(frame, words, [t for t in self.tables if _inside(t.box, frame)], self.inner(frame, words))

    def boxed(self, box: Box, inside: list[Word], words: Sequence[Word]) -> tuple[Field, set[Word]] | None:
        """The field that a box makes with a label outside of it, and the words of that label."""
        if not self.is_plain(box, inside):
            return None
        top, bottom = box.top - REACH, box.bottom
        near = [word for word in words if top < word.middle[1] < bottom and word in self.loose]
        return boxed_answer(box, inside, near, self.answers)

    def inner(self, frame: Box, words: Sequence[Word]) -> list[Box]:
        """The boxes with words in a box."""
        return _outermost([f for f in self.page.frames if _inside(f, frame) and f != frame and within(words, f)])

    def is_plain(self, frame: Box, words: Sequence[Word]) -> bool:
        """Whether a box holds words and nothing else that is drawn."""
        near = self.lying.between(frame.top + 2, frame.bottom - 2)
        ruled = any(contains(frame, r.x0, r.top, -2) and contains(frame, r.x1, r.top, -2) for r in near)
        tables = any(_inside(table.box, frame) for table in self.tables)
        return not ruled and not tables and not self.inner(frame, words)

    def band(self, band: Box, lines: Sequence[Line], in_card: bool) -> list[Block]:
        """A coloured band: a title, its parts one by one, or a card with several labels; `in_card`: the head of a card."""
        if in_card and len(lines) == 1 and (head := columns.label_and_aside(lines[0], band)):
            return [head]
        if (tile := columns.label_over_value(lines, band)) and tile.value and len(lines) == 2:
            return [tile]
        found: list[Block] = []
        for plain, fields in stacked(lines, band.x1, self.page.pairs):
            found.extend(p for line in plain for part in _parts_of(line) for p in paragraphs([part], band.x1))
            found.extend(fields)
        return found

    # ----------------------------------------------------------------------------------------------------- tables
    def table(self, table: Grid, words: list[Word]) -> Table:
        inside = ByHeight(words)
        cells = [self.cell(cell, inside.within(cell.box), table) for cell in table.cells]
        return Table(tuple(cells), Location(self.page.number, ""), box=table.box)

    def cell(self, cell: GridCell, words: list[Word], table: Grid) -> Cell:
        content: list[Paragraph | Table] = []
        for nested in self.tables:
            if nested is not table and _inside(nested.box, cell.box):
                inside = within(words, nested.box)
                content.append(self.table(nested, inside))
                words = [word for word in words if word not in inside]
        if words:
            content.extend(paragraphs(lines_of(words), cell.box.x1 - _padding(words, cell.box)))
        content.sort(key=lambda item: item.box.top if item.box else 0.0)
        return Cell(
            cell.row, cell.column, tuple(content), Location(self.page.number, ""),
            cell.row_span, cell.column_span, is_shaded(cell.box, self.shades), cell.box,
        )  # fmt: skip


def _parts_of(line: Line) -> Sequence[Line]:
    """The parts of a line on a band, a heading with the remark beside it as one."""
    return [with_muted_remark(line)] if remark_beside(line) else segments(line)


def _padding(words: Sequence[Word], box: Box) -> float:
    """The white space that a cell keeps on its right, taken to be what it keeps on its left."""
    return min(12.0, max(0.0, min([word.x0 for word in words]) - box.x0))


def _touches(box: Box, rule: Rule) -> bool:
    return contains(box, rule.x0, rule.top, 2) or contains(box, rule.x1, rule.top, 2)


def _parts(rule: Rule, box: Box) -> bool:
    """Whether a rule runs between the rows of a table."""
    return box.top < rule.top < box.bottom and rule.x0 < box.x1 and box.x0 < rule.x1


def _whole_rules(rules: Sequence[Rule]) -> list[Rule]:
    """Lying rules, pieces that touch end to end joined into one."""
    whole: list[Rule] = []
    for rule in sorted((r for r in rules if r.lies), key=lambda r: (round(r.top), r.x0)):
        last = whole[-1] if whole else None
        if last and abs(last.top - rule.top) < 1.0 and rule.x0 - last.x1 < 1.5:
            joints = (*last.joints, rule.x0) if rule.x0 > last.x1 - 1.5 else last.joints
            whole[-1] = Rule(last.x0, last.top, max(last.x1, rule.x1), last.top, joints)
        else:
            whole.append(rule)
    return whole


def _in_reading_order(blocks: Sequence[Block], regions: Mapping[Box, list[Block]] | None = None) -> list[Block]:
    """Top to bottom, what stands side by side from left to right; the blocks of a region stay together."""
    parts = [(box, held) for box, held in (regions or {}).items() if held]
    parts += [(block.box or Box(0, 0, 0, 0), [block]) for block in blocks]
    rows: list[list[tuple[Box, list[Block]]]] = []
    for part in sorted(parts, key=lambda p: p[0].top):
        if rows and part[0].top < rows[-1][0][0].top + 4.0:
            rows[-1].append(part)
        else:
            rows.append([part])
    return [block for row in rows for _, held in sorted(row, key=lambda p: p[0].x0) for block in held]
