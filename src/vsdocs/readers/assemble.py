"""Pages into one document: running heads put aside, tables joined over page breaks, headings ranked, places told."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from vsdocs.document import Block, Cell, Field, Paragraph, Table
from vsdocs.evidence import Location
from vsdocs.readers.lines import Line, lines_on, paragraphs
from vsdocs.readers.page import Page, Word, contains
from vsdocs.readers.ruled import grids

MARGIN = 0.12  # of the page's height, at the top and the bottom: where running heads and feet are
NEARLY = 0.85  # of the letters of a running head on a scan: those that are read alike on each page
VERY_EDGE = 0.04  # of the height: where browsers print
HEADING = 1.12  # times the body's size
FEW = 3  # headings larger than the body: more divide a form into sections
HEADING_LENGTH = 100  # characters
EDGE = 0.16  # of the page's height: a table that ends or begins so near the page's end may go on over it

_PAGE_NUMBER = re.compile(
    r"^(page\s*)?\d{1,3}(\s*(of|\/)\s*\d{1,3})?$|\bpage\s*\d{1,3}\s*(of|\/)\s*\d{1,3}\b", re.IGNORECASE
)
#: what a browser prints around a page: when and what it printed, and from where
_PRINTED = re.compile(
    r"^\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}[:.]\d{2}( ?[ap]m)?\b|^(https?://|file:///|about:blank)\S*( \d+/\d+)?$",
    re.IGNORECASE,
)

Content = tuple[Paragraph | Table, ...]


# -------------------------------------------------------------------------------------------------------------- margins
def take_margins(pages: Sequence[Page]) -> list[Paragraph]:
    """Takes running heads, feet and page numbers out of the pages' words and gives each once."""
    lines = {page.number: _margin_lines(page) for page in pages}
    patterns = [_pattern(line, page) for page in pages for line in lines[page.number]]
    alike = _alike(patterns, any(word.confidence < 1 for page in pages for word in page.words))
    counted = Counter(alike[pattern] for pattern in patterns)
    need = max(2, len(pages) // 2)
    margins: dict[str, Paragraph] = {}
    for page in pages:
        taken: set[Word] = set()
        for line in lines[page.number]:
            pattern = alike[_pattern(line, page)]
            if counted[pattern] >= need or _PAGE_NUMBER.search(line.text) or _is_printed(line, page):
                taken.update(line.words)
                place = Location(page.number, "header" if line.box.top < page.height / 2 else "footer")
                margins.setdefault(pattern, replace(paragraphs([line], page.width)[0], location=place))
        if taken:
            page.words = [word for word in page.words if word not in taken]
    return list(margins.values())


def _alike(patterns: Sequence[str], misread: bool) -> dict[str, str]:
    """Each pattern with the one it counts as: where words were `misread`, the first that is nearly the same."""
    first: dict[str, str] = {}
    for pattern in patterns:
        known = dict.fromkeys(first.values()) if misread and pattern not in first else ()
        near = (other for other in known if SequenceMatcher(None, other, pattern).ratio() > NEARLY)
        first.setdefault(pattern, next(near, pattern))
    return first


def _margin_lines(page: Page) -> list[Line]:
    """The lines in a page's margins; a table that reaches into one is none, though its head comes again on every page."""
    lines = [line for line in lines_on(page) if _in_margin(line, page)]
    tables = [table.box for table in grids(page)] if lines else []
    body = [t for t in tables if t.bottom > page.height * MARGIN and t.top < page.height * (1 - MARGIN)]
    return [line for line in lines if not any(contains(table, *line.words[0].middle) for table in body)]


def _in_margin(line: Line, page: Page) -> bool:
    return line.box.bottom < page.height * MARGIN or line.box.top > page.height * (1 - MARGIN)


def _is_printed(line: Line, page: Page) -> bool:
    """Whether a line is a browser's, at the very edge of the page."""
    edge = min(line.box.top, page.height - line.box.bottom)
    return edge < page.height * VERY_EDGE and bool(_PRINTED.match(line.text))


def _pattern(line: Line, page: Page) -> str:
    """What a running line is known by: how far it is from its edge of the page, upright or not, and its words."""
    top = line.box.top < page.height / 2
    edge = line.box.top if top else page.height - line.box.bottom
    return f"{top} {round(edge / 6)} {re.sub(r'[0-9]+', '#', line.text)}"


# ------------------------------------------------------------------------------------------------------------- assembly
def assemble(blocks: Sequence[Sequence[Block]], pages: Sequence[Page]) -> tuple[Block, ...]:
    """The blocks of all pages as one list. Page by page, in order."""
    located = [[_on_page(block, page.number) for block in found] for found, page in zip(blocks, pages, strict=True)]
    joined: list[Block] = []
    before: Page | None = None
    for found, page in zip(located, pages, strict=True):
        if before and joined and found and (table := _joined(joined[-1], found[0], before, page)):
            joined[-1:] = [table]
            found = found[1:]
        joined.extend(found)
        if found or not before:
            before = page
    return _told(_ranked(joined, pages))


def _on_page(block: Block, page: int) -> Block:
    return _table_on_page(block, page) if isinstance(block, Table) else _at(block, Location(page, ""))


def _table_on_page(table: Table, page: int) -> Table:
    if table.location.page == page and all(cell.location.page == page for cell in table.cells):
        return table
    here = Location(page, "")
    cells = []
    for cell in table.cells:
        content = tuple(_table_on_page(item, page) if isinstance(item, Table) else item for item in cell.content)
        cells.append(_cell_at(cell, here, content))
    return Table(tuple(cells), here, table.box)


def _at(block: Paragraph | Field, here: Location) -> Paragraph | Field:
    """A paragraph or field in its place. All blocks of a file pass here twice, so it is made anew field by field."""
    if isinstance(block, Paragraph):
        return Paragraph(block.runs, here, block.level, block.box)
    return Field(block.label, block.value, here, block.box, block.confidence)


def _cell_at(cell: Cell, here: Location, content: Content) -> Cell:
    return Cell(cell.row, cell.column, content, here, cell.row_span, cell.column_span, cell.shaded, cell.box)


def _joined(last: Block, first: Block, before: Page, page: Page) -> Table | None:
    """One table of two that a page break cut, or None if they are two."""
    if not isinstance(last, Table) or not isinstance(first, Table) or not last.box or not first.box:
        return None
    if last.box.bottom < before.height * (1 - EDGE) or first.box.top > page.height * EDGE:
        return None
    ends = (last.box.x0 - first.box.x0, last.box.x1 - first.box.x1)
    if not _same_columns(last, first) or (
        any(abs(end) > 4 for end in ends) and len(_stops(last)) != len(_stops(first))
    ):
        return None
    rows = first.rows
    above = last.rows
    if rows and not any(cell.text for cell in rows[0]) and rows[0][0].shaded and len(rows) > 1:
        rows = rows[1:]  # what the page break left of a heading row
    elif rows and _row_texts(rows[0]) in [_row_texts(row) for row in above[:2]] and any(_row_texts(rows[0])):
        rows = rows[1:]  # the header row, repeated
    elif _begins_anew(rows, above):
        return None
    if not rows:
        return last
    if _goes_on(above[-1], rows[0]):
        head = {cell.column: cell for cell in rows[0]}
        merged = [replace(c, content=_rejoined(c.content, head[c.column].content)) for c in above[-1]]
        kept = [c for c in last.cells if c.row != above[-1][0].row]
        cells, rows = [*kept, *merged], rows[1:]
    else:
        cells = list(last.cells)
    start = max(cell.row for cell in cells) + 1
    shift = rows[0][0].row - start if rows else 0
    cells.extend(replace(cell, row=cell.row - shift) for row in rows for cell in row)
    return replace(last, cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))))


def _rejoined(above: Content, below: Content) -> Content:
    """The content of a cell that a page break cut; a sentence cut in the middle is one paragraph again."""
    if above and below and isinstance(above[-1], Paragraph) and isinstance(below[0], Paragraph):
        last, first = above[-1], below[0]
        if last.text[-1:] not in ".!?:;" and first.text[:1] not in "-•–*" and first.text[:1].strip():
            space = replace(last.runs[-1], text=last.runs[-1].text + " ")
            whole = replace(last, runs=(*last.runs[:-1], space, *first.runs))
            return (*above[:-1], whole, *below[1:])
    return above + below


def _stops(table: Table) -> list[float]:
    return sorted({cell.box.x0 for cell in table.cells if cell.box})


def _same_columns(last: Table, first: Table) -> bool:
    """Whether the columns of one begin where columns of the other do; a row of fewer, wider cells does no harm."""
    few, many = sorted((_stops(last), _stops(first)), key=len)
    return all(any(abs(stop - other) < 4 for other in many) for stop in few)


def _row_texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in row]


def _begins_anew(rows: Sequence[Sequence[Cell]], above: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table at a page's top has its own title or heads, where the one before has had answers already."""
    if not rows or len(above) == 1:
        return False
    title = len(rows[0]) == 1 and rows[0][0].shaded and bool(rows[0][0].text)
    heads = len(rows[0]) > 1 and all(cell.shaded or cell.bold for cell in rows[0]) and bool(rows[0][0].text)
    widths = [len(row) for row in above[-2:]]
    return (title and len(rows) > 1 and len(rows[1]) not in widths) or (heads and not _all_heads(above[-1]))


def _all_heads(row: Sequence[Cell]) -> bool:
    return all(cell.shaded or cell.bold for cell in row)


def _goes_on(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """Whether a row is the rest of the one before: the same columns, and nothing in the first, which names the row."""
    return (
        len(row) > 1
        and [c.column for c in above] == [c.column for c in row]
        and not row[0].text
        and bool(above[0].text)
        and any(c.text for c in row[1:])
        and all(above[n].text for n, c in enumerate(row) if c.text)
    )


# -------------------------------------------------------------------------------------------------------------- headings
def _ranked(blocks: Sequence[Block], pages: Sequence[Page]) -> list[Block]:
    """The blocks with heading levels, by size: larger than the body, or all bold on a line of its own.

    Where larger headings divide the page, bold words are a heading only over fields, as the title of a card.
    """
    sizes: Counter[float] = Counter()
    for word in (word for page in pages for word in page.words):
        sizes[word.look[0]] += len(word.text)
    body = sizes.most_common(1)[0][0] if sizes else 10.0
    headings = [isinstance(block, Paragraph) and _is_heading(block, body) for block in blocks]
    divided = sum(_is_large(b, body) for b, heads in zip(blocks, headings, strict=True) if heads) > FEW
    for number, block in enumerate(blocks):
        over = blocks[number + 1] if number + 1 < len(blocks) else None
        headings[number] &= not divided or _is_large(block, body) or isinstance(over, Field)
    found = {_size(b) for b, heads in zip(blocks, headings, strict=True) if heads and isinstance(b, Paragraph)}
    levels = _levels(sorted(found, reverse=True))
    return [
        replace(b, level=levels[_size(b)]) if heads and isinstance(b, Paragraph) else b
        for b, heads in zip(blocks, headings, strict=True)
    ]


def _is_large(block: Block, body: float) -> bool:
    return isinstance(block, Paragraph) and _size(block) >= body * HEADING


def _levels(sizes: Sequence[float]) -> dict[float, int]:
    """The level of each size, largest first; sizes that hardly differ are one level."""
    levels: dict[float, int] = {}
    largest = 0.0
    for size in sizes:
        if size < 0.9 * largest or not levels:
            largest, level = size, min(6, max(levels.values(), default=0) + 1)
        levels[size] = level
    return levels


def _size(paragraph: Paragraph) -> float:
    return round(max((run.size or 0.0 for run in paragraph.runs), default=0.0) * 2) / 2


def _is_heading(paragraph: Paragraph, body: float) -> bool:
    runs = [
        run for run in paragraph.runs if not run.muted
    ] or paragraph.runs  # beside a heading a small remark may stand
    text = "".join(run.text for run in runs).strip()
    if not text or len(text) > HEADING_LENGTH or text.endswith((".", ",", ";", ":")) or "\t" in text:
        return False
    bold = all(run.bold for run in runs if run.text.strip())
    return _is_large(paragraph, body) or (bold and _size(paragraph) >= body * 0.95)


# ---------------------------------------------------------------------------------------------------------------- places
def _told(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with their places in words: the heading they are under, and which table, row, field or paragraph."""
    lead, counted = "", Counter[str]()
    told: list[Block] = []
    for block in blocks:
        kind = "table" if isinstance(block, Table) else "field" if isinstance(block, Field) else "paragraph"
        counted[kind] += 1
        place = f"{lead}{kind} {counted[kind]}"
        if isinstance(block, Table):
            told.append(_told_table(block, place))
        else:
            told.append(_at(block, Location(block.location.page, place)))
        if isinstance(block, Paragraph) and block.level:
            lead = f"{block.text}: "
    return tuple(told)


def _told_table(table: Table, place: str) -> Table:
    cells = []
    for cell in table.cells:
        here = Location(cell.location.page, f"{place}, row {cell.row + 1}")
        content = tuple(
            _told_table(item, here.place + ", inner table")
            if isinstance(item, Table)
            else Paragraph(item.runs, here, item.level, item.box)
            for item in cell.content
        )
        cells.append(_cell_at(cell, here, content))
    return Table(tuple(cells), Location(table.location.page, place), table.box)
