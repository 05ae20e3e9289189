"""Text that stands in no box: columns held apart by white space alone, and paragraphs."""

from collections.abc import Sequence
from itertools import pairwise

from vsdocs.document import TICKED, UNTICKED, Block, Box, Paragraph
from vsdocs.readers.columns import SAME, columns_of, field_of, is_label_look, is_label_of, label_over_value, table_of
from vsdocs.readers.lines import Line, lines_of, paragraphs, remark_beside, segments, with_muted_remark
from vsdocs.readers.page import Pairs, Word
from vsdocs.readers.sides import LARGEST, sided
from vsdocs.readers.stacks import stacked

ROW_GAP = 2.2  # times the size: white space between two rows of one block of columns, at most


def free_text(words: Sequence[Word], walls: Sequence[Box], area: Box, pairs: Pairs) -> list[Block]:
    """What stands in no box: labels over their values, columns held apart by white space, then paragraphs."""
    found: list[Block] = []
    lines = lines_of(words)
    right = _right_margin(lines, area) if lines else area.x1
    for stretch in _stretches(lines, walls):
        for rest, beside in sided(stretch, right, pairs):
            for plain, below in stacked(rest, right, pairs):
                for block in _blocks_of_columns(plain, right):
                    columned = _is_columned(block)
                    found.extend(_column_block(block) if columned else _text(block, right))
                found.extend(below)
            found.extend(beside)
    return found


def _text(block: Sequence[Line], right: float) -> list[Paragraph]:
    """The paragraphs of a block of text; a remark beside a heading is small print, whatever its colour."""
    return paragraphs([with_muted_remark(line) for line in block], _rights(block, right))


def _rights(block: Sequence[Line], margin: float) -> list[float]:
    """Where each line of a block of text ends: lines under each other that nearly fill the page show it themselves."""
    runs: list[list[Line]] = []
    for line in block:
        if runs and abs(runs[-1][-1].box.x0 - line.box.x0) < 2 and runs[-1][-1].size == line.size:
            runs[-1].append(line)
        else:
            runs.append([line])
    rights: list[float] = []
    for run in runs:
        longest = max(line.box.x1 for line in run)
        full = len(run) > 2 and longest - run[0].box.x0 > 0.85 * (margin - run[0].box.x0)
        rights += [longest if full else margin] * len(run)
    return rights


def _right_margin(lines: Sequence[Line], area: Box) -> float:
    """Where lines of text end: at the longest of several long ones, else as far from the right as they begin from the left."""
    boxes = [part.box for line in lines for part in segments(line)]
    end = max(box.x1 for box in boxes)
    most = area.x0 + 0.7 * (area.x1 - area.x0)
    if sum(box.x1 > most and box.x0 < (area.x0 + area.x1) / 2 for box in boxes) > 2:
        return end
    return max(end, area.x0 + area.x1 - min(box.x0 for box in boxes))


def _stretches(lines: Sequence[Line], walls: Sequence[Box]) -> list[list[Line]]:
    """Lines with no table, frame or card between them."""
    stretches: list[list[Line]] = []
    for line in lines:
        last = stretches[-1][-1].box.bottom if stretches else None
        if last is None or any(last - 1 <= wall.top and wall.bottom <= line.box.top + 3 for wall in walls):
            stretches.append([line])
        else:
            stretches[-1].append(line)
    return stretches


def _blocks_of_columns(lines: Sequence[Line], right: float) -> list[list[Line]]:
    """Neighbouring lines that stand in columns together, and those that do not."""
    blocks: list[list[Line]] = []
    for line in lines:
        before = blocks[-1][-1] if blocks else None
        if (
            before
            and _near(before, line)
            and (_is_cut(line) == _is_cut(blocks[-1][0]) or _hangs(blocks[-1], line, right))
        ):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _hangs(block: Sequence[Line], line: Line, right: float) -> bool:
    """Whether a line goes on under the last column of the lines before it, or under a label whose answer was cut."""
    first = segments(block[0])
    if not _is_cut(block[0]) or len(segments(line)) > 1 or is_label_look(line) or line.is_inline_label:
        return False
    full = block[-1].box.x1 + line.words[0].x1 - line.words[0].x0 > right - 0.3 * line.size
    return abs(line.box.x0 - first[-1].box.x0) < SAME or (full and abs(line.box.x0 - first[0].box.x0) < SAME)


def _is_cut(line: Line) -> bool:
    """Whether a line stands in columns; labels with their answers behind them on one line do not make columns."""
    parts = segments(line)
    return len(parts) > 1 and not remark_beside(line) and not any(part.is_inline_label for part in parts)


def _near(before: Line, line: Line) -> bool:
    return line.box.top - before.box.bottom < ROW_GAP * max(before.size, line.size)


def _is_columned(lines: Sequence[Line]) -> bool:
    if not _is_cut(lines[0]):
        return False
    boxes = [segment.box for line in lines for segment in segments(line)]
    return len(columns_of(boxes, lines[0].box.x0)) > 1 and (len(lines) > 1 or _is_pair(lines[0]))


def _is_pair(line: Line) -> bool:
    return _label_and_value(line) is not None


def _label_and_value(line: Line) -> tuple[Line, Line] | None:
    """A label and the value to its right, or the tick boxes to choose from; None where a line is something else."""
    label, *rest = segments(line)
    if not rest or _has_tick(label):
        return None
    if all(_has_tick(part) for part in rest):
        return label, Line(tuple(word for part in rest for word in part.words))
    is_pair = is_label_look(label) and not is_label_look(rest[0]) and label.size <= LARGEST * rest[0].size
    return (label, rest[0]) if len(rest) == 1 and is_pair else None


def _has_tick(line: Line) -> bool:
    return any(word.text in (TICKED, UNTICKED) for word in line.words)


def _column_block(lines: Sequence[Line]) -> list[Block]:
    """Cards side by side without rules, labels with values to their right, or a table without rules."""
    rows = _rows(lines)
    pairs = [(_label_and_value(row[0]), row[1:]) for row in rows]
    if all(pair for pair, _ in pairs):
        right = max(line.box.x1 for line in lines)
        return [field_of([pair[0]], [pair[1], *more], right) for pair, more in pairs if pair]
    first = lines[0]
    starts = columns_of([s.box for line in lines for s in segments(line)], first.box.x0)
    stacked = [
        [s for line in lines for s in segments(line) if x0 <= s.box.x0 + 1 < x1] for x0, x1 in pairwise([*starts, 1e6])
    ]
    if len(lines) == 2 and is_label_of(first, lines[1]) and all(len(column) <= 2 for column in stacked):
        fields = [label_over_value(column, Box(0, 0, 1e6, 1e6)) for column in stacked]
        if all(fields):
            return [field for field in fields if field]
    words = [[word for line in row for word in line.words] for row in rows]
    right = max(line.box.x1 for line in lines)
    table = table_of(words, first.box.x0, right, ())
    return [table] if table else list(paragraphs(lines, right))


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines in columns as rows: one that leaves the first column empty goes on with the row above."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and (not _is_cut(line) or line.box.x0 > segments(rows[-1][0])[1].box.x0 - SAME):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows
