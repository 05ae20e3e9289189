"""Forms without cells: cards of label over value, and columns held apart by white space alone."""

import re
from collections.abc import Iterable, Sequence

from vsdocs.document import TICKED, UNTICKED, Box, Cell, Field, Table
from vsdocs.evidence import Location
from vsdocs.readers.heads import with_repeated_heads
from vsdocs.readers.lines import QUESTION, Line, lines_of, paragraphs, remark_beside, segments
from vsdocs.readers.page import ByHeight, Rule, Word, around, contains

NOWHERE = Location(None, "")
SAME = 3.0  # points: ends of rules closer than this are under each other
TALLEST = 60.0  # points: no line that begins further above a card reaches into it
TILE = 1.25  # times the size of what is below it: a figure shown as a headline
_FIGURE = re.compile(r"[£\d][\d.,/]*\s?%?|[–—-]|n/?a", re.IGNORECASE)
ROOM = 1.1  # times the size: white space under a label that is the place for an answer


# -------------------------------------------------------------------------------------------------- label over value
def label_over_value(lines: Sequence[Line], box: Box) -> Field | None:
    """The field that lines stacked in a box make, if the first of them are set as a label of the others."""
    groups = _by_look(lines)
    if not groups:
        return None
    if len(groups) == 2 and _is_tile(*groups):
        return field_of(groups[1], groups[0], box.x1)
    label, rest = groups[0], [line for group in groups[1:] for line in group]
    if any(group[0].look == label[0].look for group in groups[2:]) or any(len(segments(line)) > 1 for line in label):
        return None  # several labels, each with its own value
    if sum(line.has_own_label or len({word.bold for word in line.words}) > 1 for line in rest) > 1:
        return None  # a title over lines that begin with labels of their own
    if rest and (not is_label_of(label[0], rest[0]) or _are_beside(label[0], rest[0])):
        return None
    if not rest and not (is_label_look(label[0]) and len(label) <= 3 and _room_below(label[-1], box.bottom)):
        return None
    return field_of(label, rest, box.x1)


def _are_beside(line: Line, below: Line) -> bool:
    """Whether two lines have no place in common from left to right."""
    return line.box.x0 > below.box.x1 or below.box.x0 > line.box.x1


def _is_tile(figure: Sequence[Line], label: Sequence[Line]) -> bool:
    """Whether a large figure stands over the small words that say what it is."""
    large = figure[0].size > TILE * label[0].size
    return (
        len(figure) == 1 and large and bool(_FIGURE.fullmatch(figure[0].text)) and not _FIGURE.fullmatch(label[0].text)
    )


def _by_look(lines: Sequence[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and groups[-1][0].look == line.look:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def is_label_of(label: Line, value: Line) -> bool:
    """Whether one line is set as the label of the next: bolder, greyer, coloured or smaller, and never larger."""
    if (label.is_inline_label and not is_label_look(label)) or label.words[0].text in (TICKED, UNTICKED):
        return False
    size, bold, grey, coloured, _ = label.look
    value_size, value_bold, value_grey, value_coloured, _ = value.look
    if size > value_size * 1.05:
        return False
    stands_out = (bold and not value_bold) or (grey and not value_grey) or (coloured and not value_coloured)
    return stands_out or (size < value_size * _smaller(label) and bold >= value_bold)


def label_and_aside(line: Line, box: Box) -> Field | None:
    """The field that the head of a card makes: what it is in bold, and in another look at its right end which one."""
    parts = segments(line)
    if len(parts) != 2 or remark_beside(line):
        return None
    label, aside = parts
    apart = label.look[1] and not any(word.bold for word in aside.words) and box.x1 - aside.box.x1 < label.box.x1
    return field_of([label], [aside], box.x1) if apart else None


def _smaller(line: Line) -> float:
    """How small a label is, of its value's size; sizes in a picture are estimates."""
    return 0.95 if line.words[0].confidence == 1 else 0.85


def is_label_look(line: Line) -> bool:
    words = line.words[1:] if len(line.words) > 1 and QUESTION.match(line.words[0].text) else line.words
    return all(word.bold for word in words) or all(word.grey for word in words)


def _room_below(line: Line, bottom: float) -> bool:
    return bottom - line.box.bottom > ROOM * line.size


def field_of(label: Sequence[Line], value: Sequence[Line], right: float) -> Field:
    words = [word for line in (*label, *value) for word in line.words]
    answer = paragraphs(value, right - 4)
    confidence = min((word.confidence for line in value for word in line.words), default=1.0)
    text = " ".join(line.text for line in label)
    return Field(text, "\n".join(p.text for p in answer), NOWHERE, around(words), confidence)


# --------------------------------------------------------------------------------------------------------------- cards
def cards(rules: Sequence[Rule], words: list[Word], walls: Sequence[Box], area: Box) -> tuple[list[Field], list[Word]]:
    """Fields that stand on a rule, and the words that are left. A card ends at the next thing above it (`walls`)."""
    found: list[Field] = []
    by_height = ByHeight(words if rules else ())
    ends = bottoms(rules, walls)
    used: set[Word] = set()
    for rule in sorted(rules, key=lambda r: (r.top, r.x0)):
        if rule.x1 - rule.x0 < 25:
            continue
        ceiling = lowest_over(rule, ends, default=area.top)
        above = [w for w in by_height.between(ceiling - TALLEST, rule.top) if w not in used]
        inside = [
            w for w in above if ceiling < w.middle[1] < rule.top and rule.x0 - SAME <= w.middle[0] <= rule.x1 + SAME
        ]
        if not inside:
            continue
        ceiling = max([ceiling, *_cut_by(rule, above)])
        lines = lines_of(word for word in inside if ceiling < word.middle[1])
        if not lines or any(len(segments(line)) > 1 for line in lines):
            continue
        field, held = _card(lines, rule)
        if field is not None:
            found.append(field)
            used |= held
    return found, [word for word in words if word not in used]


def _cut_by(rule: Rule, words: Iterable[Word]) -> list[float]:
    """Where the lines above a rule end that run on past it: a card goes no higher."""
    over = [w for w in words if w.bottom < rule.top]
    if not any(w.x1 > rule.x1 + 2 * SAME for w in over):
        return []
    parts = [part.box for line in lines_of(over) for part in segments(line)]
    return [b.bottom for b in parts if b.x0 < rule.x1 - SAME and b.x1 > rule.x1 + 2 * SAME and b.x1 > rule.x0]


def bottoms(rules: Sequence[Rule], walls: Sequence[Box]) -> list[tuple[float, float, float]]:
    """Where rules and walls end below, and from where to where they go; the lowest first."""
    ends = [(r.top, r.x0, r.x1) for r in rules] + [(b.bottom, b.x0, b.x1) for b in walls]
    return sorted(ends, reverse=True)


def lowest_over(rule: Rule, ends: Sequence[tuple[float, float, float]], default: float) -> float:
    """Where the lowest thing ends that stands over a rule."""
    over = (y for y, x0, x1 in ends if y < rule.top - 2 and min(x1, rule.x1) - max(x0, rule.x0) > 4)
    return next(over, default)


def _card(lines: Sequence[Line], rule: Rule) -> tuple[Field | None, set[Word]]:
    """The field at the bottom of the lines above a rule, and its words."""
    groups = _by_look(lines)
    label: Sequence[Line] = groups[-1]
    value: Sequence[Line] = ()
    for number in range(len(groups) - 1, 0, -1):
        over, under = groups[number - 1][0], groups[number][0]
        if is_label_of(over, under) and not _are_beside(over, under):
            label, value = groups[number - 1], [line for group in groups[number:] for line in group]
            break
    else:
        if not is_label_look(label[0]) or not _room_below(label[-1], rule.top):
            return None, set()
    if rule.top - (value or label)[-1].box.bottom > 4 * label[0].size or (value and _is_heading(value[-1], value[0])):
        return None, set()
    return field_of(label, value, rule.x1), {word for line in (*label, *value) for word in line.words}


def _is_heading(line: Line, value: Line) -> bool:
    """Whether the last line above a rule is a heading underlined by it: bold, and larger than the value before it."""
    return line.look[1] and line.size > TILE * value.size * 0.9


# -------------------------------------------------------------------------------------------------------------- tables
def table_of(
    rows: Sequence[Sequence[Word]], left: float, right: float, bands: Sequence[Box], joints: Sequence[float] = ()
) -> Table | None:
    """A table of rows of words, its columns at the joints, else where white space runs down through every row."""
    banners = [row for row in rows if is_banner(row, left, right, bands)]
    boxes = [part.box for row in rows if row not in banners for line in lines_of(row) for part in segments(line)]
    starts = [left, *joints] if joints else columns_of(boxes, left)
    if len(starts) < 2:
        return None
    ends = [*starts[1:], right]
    cells = []
    for number, row in enumerate(rows):
        box = around(row)
        if row in banners:
            content = tuple(paragraphs(lines_of(row), right - 4))
            whole = Box(left, box.top, right, box.bottom)
            cells.append(Cell(number, 0, content, NOWHERE, column_span=len(starts), shaded=True, box=whole))
            continue
        for column, (x0, x1) in enumerate(zip(starts, ends, strict=True)):
            inside = [word for word in row if x0 <= word.middle[0] < x1]
            content = tuple(paragraphs(lines_of(inside), x1 - 4))
            shaded = any(contains(band, *word.middle) for band in bands for word in inside)
            cells.append(Cell(number, column, content, NOWHERE, shaded=shaded, box=Box(x0, box.top, x1, box.bottom)))
    return Table(with_repeated_heads(cells), NOWHERE, around([*(word for row in rows for word in row)]))


def is_banner(row: Sequence[Word], left: float, right: float, bands: Sequence[Box]) -> bool:
    """Whether a row is a title on one band of colour across the table."""
    across = [b for b in bands if b.x1 - b.x0 > 0.9 * (right - left) and all(contains(b, *w.middle) for w in row)]
    return bool(across) and all(len(segments(line)) == 1 for line in lines_of(row))


def columns_of(boxes: Sequence[Box], left: float) -> list[float]:
    """Where columns start: the white gaps that no box crosses, the first column at the left end."""
    starts: list[float] = []
    reach = float("-inf")
    for box in sorted(boxes, key=lambda b: b.x0):
        if box.x0 > reach + 3:
            starts.append(box.x0 - 1)
        reach = max(reach, box.x1)
    return [min(left, starts[0]), *starts[1:]] if starts else []
