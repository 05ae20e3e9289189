"""Tables under a coloured row of heads whose rows are parted by bands of colour from end to end, or by white space alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vsdocs.document import Box, Table
from vsdocs.readers.columns import columns_of, table_of
from vsdocs.readers.lines import Line, lines_of, segments
from vsdocs.readers.page import ByHeight, Rule, Word, around, contains, side_by_side

TOUCH = 1.5  # points: cells no further apart are one row
SAME = 3.0  # points: edges closer than this are in line
SPACE = 0.5  # times the size: white space between two columns, at least
INSET = 6.0  # points: how much further under its row of heads the first row may stand than the heads in theirs
LEAST = 120.0  # points: a table is no narrower
HIGHEST = 60.0  # points: a row of heads is no higher
TIGHT = 0.9  # times the size: white space between two lines of one row, at most
EVEN = 1.15  # times: distances of lines that differ less are all the same

Rows = list[list[Word]]


@dataclass(frozen=True, slots=True)
class _Ground:
    """A band of colour across, or several side by side, and where those meet."""

    box: Box
    joints: tuple[float, ...] = ()

    def is_under(self, other: "_Ground") -> bool:
        ends = abs(self.box.x0 - other.box.x0) < SAME and abs(self.box.x1 - other.box.x1) < SAME
        return ends and self.box.top > other.box.bottom - TOUCH


def headed_tables(bands: Sequence[Box], rules: Sequence[Rule], words: list[Word]) -> tuple[list[Table], list[Word]]:
    """The tables, and the words that are left."""
    found: list[Table] = []
    grounds = _across(bands)
    standing = ByHeight(words if grounds else ())
    used: set[Word] = set()
    for ground in grounds:
        held = [word for word in standing.within(ground.box) if word not in used]
        parts = _heads(held, ground)
        if len(parts) < 2:
            continue
        below = [other for other in grounds if other.is_under(ground)]
        rows = _rows(ground, below, standing, bands)
        if not rows or _has_rules(rows, ground.box, rules):
            continue
        starts = _starts(parts, rows, ground)
        table = table_of([held, *rows], ground.box.x0, ground.box.x1, [ground.box], starts[1:]) if starts else None
        if table is not None:
            found.append(table)
            used.update(word for row in (held, *rows) for word in row)
    return found, [word for word in words if word not in used] if used else words


def is_stripe(box: Box, bands: Sequence[Box], words: ByHeight) -> bool:
    """Whether a coloured area, however high, is a row of a table: its words begin where those of a band above it do."""
    starts = _first_starts(words.within(box))
    return len(starts) > 1 and any(
        abs(band.x0 - box.x0) < SAME
        and abs(band.x1 - box.x1) < SAME
        and -TOUCH < box.top - band.bottom < HIGHEST
        and all(any(abs(x - other) < SAME for other in _first_starts(words.within(band))) for x in starts)
        for band in bands
    )


def _first_starts(words: Sequence[Word]) -> list[float]:
    """Where the parts of the first line begin."""
    return [part.box.x0 for part in segments(lines_of(words)[0])] if words else []


def _across(bands: Sequence[Box]) -> list[_Ground]:
    return [
        _Ground(Box(row[0].x0, row[0].top, row[-1].x1, row[0].bottom), tuple(cell.x0 for cell in row[1:]))
        for row in side_by_side(bands, TOUCH)
        if row[-1].x1 - row[0].x0 > LEAST
    ]


# ---------------------------------------------------------------------------------------------------------------- heads
def _heads(words: Sequence[Word], ground: _Ground) -> list[Box]:
    """Where the heads on a band stand, if they are all set alike; nothing where it holds something else."""
    if len(words) < 2 or ground.box.bottom - ground.box.top > HIGHEST or len({_look(word) for word in words}) > 1:
        return []
    boxes = [part.box for line in lines_of(words) for part in segments(line)]
    starts = [ground.box.x0, *ground.joints] if ground.joints else columns_of(boxes, min(b.x0 for b in boxes))
    ends = [*starts[1:], float("inf")]
    cells = [[w for w in words if x0 <= w.middle[0] < x1] for x0, x1 in zip(starts, ends, strict=True)]
    return [around(cell) for cell in cells if cell]


def _look(word: Word) -> tuple[float, bool, bool, bool, bool]:
    return round(word.size), word.bold, word.grey, word.coloured, word.pale


# ----------------------------------------------------------------------------------------------------------------- rows
def _rows(ground: _Ground, below: Sequence[_Ground], standing: ByHeight, bands: Sequence[Box]) -> Rows:
    """The rows under a row of heads, each its words; nothing where what stands there is set as they are, or too far away."""
    head = ground.box
    others = [b for b in bands if b.top > head.bottom - TOUCH and b.x0 < head.x1 and head.x0 < b.x1]
    end = min((b.top for b in others if not any(_inside(b, own.box) for own in below)), default=1e6)
    inside = standing.within(Box(head.x0 - SAME, head.bottom, head.x1 + SAME, end))
    lines = lines_of(inside)
    inset = standing.within(head)[0].top - head.top + INSET
    if not lines or lines[0].box.top - head.bottom > inset or _is_set_as(lines[0].words, standing.within(head)):
        return []
    first = lines[0].words[0]
    inset = lines[0].box.top - max([head.bottom, *(own.box.top for own in below if contains(own.box, *first.middle))])
    rows: Rows = []
    edge = head.bottom
    for stripe in (own.box for own in below):
        row = [word for word in inside if contains(stripe, *word.middle)]
        plain = [word for word in inside if edge < word.middle[1] < stripe.top]
        closed = _fits(plain, edge, stripe.top, inset)
        begins = [held for held in (plain, row) if held]
        if not row or not closed or any(_look(held[0])[:2] != _look(first)[:2] for held in begins):
            break
        rows += [plain, row]
        edge = stripe.bottom
    under = [line for line in lines if line.box.top > edge - TOUCH]
    if not rows:
        return _parted(under, inset)
    last = _parted(under, inset)[:1] if any(rows[::2]) and under else []
    near = last and abs(under[0].box.top - edge - inset) < SAME and _look(last[0][0])[:2] == _look(first)[:2]
    return [row for row in [*rows, *(last if near else [])] if row]


def _fits(row: Sequence[Word], top: float, bottom: float, inset: float) -> bool:
    """Whether words are the one row between two heights: as far from both as rows here are from their edges."""
    if not row:
        return bottom - top < SAME
    lines = lines_of(row)
    gaps = [below.box.top - line.box.bottom for line, below in pairwise(lines)]
    close = all(gap < TIGHT * lines[0].size for gap in gaps)
    return close and abs(lines[0].box.top - top - inset) < 2 * SAME and bottom - lines[-1].box.bottom < inset + 2 * SAME


def _is_set_as(words: Sequence[Word], others: Sequence[Word]) -> bool:
    return {_look(word) for word in words} == {_look(word) for word in others}


def _inside(box: Box, outer: Box) -> bool:
    return outer.x0 - SAME < box.x0 and box.x1 < outer.x1 + SAME and outer.top - SAME < box.top < outer.bottom


def _parted(lines: Sequence[Line], inset: float) -> Rows:
    """Rows that white space alone parts: lines that stand in columns, those close under one another a row where others do not."""
    taken = list(lines[:1])
    for before, line in pairwise(lines):
        if line.box.top - before.box.bottom > 2 * inset + SAME or _look(line.words[0]) != _look(lines[0].words[0]):
            break
        taken.append(line)
    gaps = [line.box.bottom - before.box.bottom for before, line in pairwise(taken)]
    if not gaps:
        return [list(line.words) for line in taken]
    even = max(gaps) < EVEN * min(gaps)
    middle = 0.0 if even else (max(gaps) + min(gaps)) / 2
    rows: Rows = [list(taken[0].words)]
    for gap, line in zip(gaps, taken[1:], strict=True):
        if gap > middle:
            rows.append(list(line.words))
        else:
            rows[-1].extend(line.words)
    return rows


def _has_rules(rows: Rows, head: Box, rules: Sequence[Rule]) -> bool:
    """Whether a rule stands between rows, which then are told by their rules."""
    tops = [min(word.top for word in row) for row in rows]
    last = max(word.bottom for word in rows[-1])
    return any(rule.x0 < head.x1 - SAME and rule.x1 > head.x0 + SAME and tops[0] < rule.top < last for rule in rules)


# -------------------------------------------------------------------------------------------------------------- columns
def _starts(parts: Sequence[Box], rows: Rows, ground: _Ground) -> list[float]:
    """Where the columns start; nothing where the rows do not stand under the heads."""
    left = ground.box.x0
    if ground.joints:
        return [left, *ground.joints]
    lines = [line for row in rows for line in lines_of(row)]
    under = [part.x0 - 1 for part in parts]
    corner = sum(line.words[0].x1 < under[0] for line in lines) * 2 > len(rows)  # no head over the names of the rows
    starts = [left, *under[0 if corner else 1 :]]
    if not all(_is_clear(start, line) for start in starts[1:] for line in lines):
        boxes = [*parts, *(part.box for line in lines for part in segments(line))]
        starts = columns_of(boxes, left)
        if len(starts) != len(parts) + corner:
            return []
    heads = [None, *parts] if corner else parts
    ends = [*starts[1:], float("inf")]
    columns = [[_held(row, x0, x1) for row in rows] for x0, x1 in zip(starts, ends, strict=True)]
    return starts if all(map(_is_under, heads, columns)) else []


def _held(row: Sequence[Word], x0: float, x1: float) -> Box | None:
    words = [word for word in row if x0 <= word.middle[0] < x1]
    return around(words) if words else None


def _is_clear(start: float, line: Line) -> bool:
    """Whether white space wider than between words runs through a line where a column starts."""
    left = max((w.x1 for w in line.words if w.middle[0] < start), default=float("-inf"))
    right = min((w.x0 for w in line.words if w.middle[0] >= start), default=float("inf"))
    return right > start - SAME and right - left > SPACE * line.size


def _is_under(head: Box | None, column: Sequence[Box | None]) -> bool:
    """Whether most of what stands in a column begins, ends or is centred where its head is."""
    boxes = [box for box in column if box]
    if head is None or not boxes:
        return True
    aligned = [
        abs(b.x0 - head.x0) < SAME or abs(b.x1 - head.x1) < SAME or abs(b.x0 + b.x1 - head.x0 - head.x1) < 2 * SAME
        for b in boxes
    ]
    return sum(aligned) * 2 >= len(boxes)
