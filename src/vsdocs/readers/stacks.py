"""Labels with their values below them, in one column or in several side by side, told from each other by their look alone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from vsdocs.document import Field
from vsdocs.readers.columns import SAME, field_of, is_label_of
from vsdocs.readers.lines import Line, lines_on, paragraphs, segments
from vsdocs.readers.page import Look, Page, Pairs
from vsdocs.readers.sides import plain_row

CLOSE = 1.0  # times the size: white space between a label and its value, or two lines of a value, at most
APART = 3.0  # the same between a value and the next label
ROW = 2.2  # the same between two rows of a table
TIGHT = 1.45  # times the size: from line to line inside one value, at most; rows of tables stand further apart
GUTTER = 8.0  # points: white space that a column keeps on its right
OPTION_GAP = 3.5  # times the size: white space between two options of one choice, at most
EDGE = 0.16  # of the page's height: so near to its end a page may cut labels from their answers
NEARER = 0.6  # of the white space below a line: a line that has less above it belongs to what stands there
LONG = 90  # characters: longer than a label is


@dataclass(slots=True)
class _Stack:
    """A label, the lines below it, and where the next column begins."""

    label: list[Line]
    end: float
    value: list[Line] = field(default_factory=list)

    @property
    def start(self) -> float:
        return self.label[0].box.x0

    @property
    def last(self) -> Line:
        return (self.value or self.label)[-1]

    def holds(self, part: Line) -> bool:
        return self.start - SAME <= part.box.x0 < self.end

    def is_left_by(self, part: Line) -> bool:
        """Whether a label begins a new stack in this column."""
        return self.start < part.box.x1 and part.box.x0 < self.end


def stacked(lines: Sequence[Line], right: float, pairs: Pairs) -> Iterator[tuple[list[Line], list[Field]]]:
    """The lines in turns: some that are no stacks, then the fields that the next ones make.

    `pairs` are the looks of labels and values that are known to belong together.
    """
    plain: list[Line] = []
    index = 0
    while index < len(lines):
        rows, count = _stacks_from(lines[index:], pairs)
        if rows and _are_stacks(rows, right) and not (index and _is_under(lines[index - 1], rows[0])):
            yield plain, [field_of(s.label, s.value, _right(s, right) + 4) for row in rows for s in row]
            plain = []
            index += count
        else:
            plain.append(lines[index])
            index += 1
    yield plain, []


def _is_under(before: Line, row: Sequence[_Stack]) -> bool:
    """Whether what seems a label is the small print of the line before it: that looks like the value, and is nearer."""
    label, value = row[0].label, row[0].value
    if len(row) > 1 or not value or before.look != value[0].look or before.box.x0 > label[0].box.x1:
        return False
    return label[0].box.top - before.box.bottom < NEARER * (value[0].box.top - label[-1].box.bottom)


def _right(stack: _Stack, right: float) -> float:
    """Where the lines of a value end: before the next column, or at the longest of several that nearly do."""
    edge = stack.end - GUTTER if stack.end < right else right
    longest = max((line.box.x1 for line in stack.value), default=edge)
    full = len(stack.value) > 2 and longest - stack.start > 0.85 * (edge - stack.start)
    return longest if full else edge


def _stacks_from(lines: Sequence[Line], pairs: Pairs) -> tuple[list[list[_Stack]], int]:
    """The stacks that begin with the first line, row by row, and how many lines they take: one if it begins none."""
    look = lines[0].look
    rows: list[list[_Stack]] = []
    open_: list[_Stack] = []
    ends: list[int] = []  # how many lines there are up to the end of each row
    for number, line in enumerate(lines):
        parts = [piece for part in segments(line) for piece in _cut(part, [stack.start for stack in open_])]
        labels = [part for part in parts if part.look == look and not part.is_dash]
        values = [part for part in parts if part.look != look or part.is_dash]
        if any(not _is_label_text(part) for part in labels) or any(part.is_mixed for part in parts):
            break
        holders = _holders(values, open_)
        if not all(stack and _goes_on(stack, part, open_, pairs) for stack, part in zip(holders, values, strict=True)):
            break
        if labels and not values and all(_wraps(open_, part) for part in labels):
            for part in labels:
                next(s for s in open_ if s.holds(part)).label.append(part)
        elif labels:
            if open_ and line.box.top - max(s.last.box.bottom for s in open_) > APART * line.size:
                break
            edges = [*(part.box.x0 - 1 for part in labels[1:]), float("inf")]
            row = [_Stack([part], end) for part, end in zip(labels, edges, strict=True)]
            open_ = [s for s in open_ if not any(s.is_left_by(part) for part in labels)]
            open_ = sorted([*open_, *row], key=lambda s: s.start)
            rows.append(row)
            ends.append(number)
        for stack, part in zip(holders, values, strict=True):
            if stack and stack.value and part.is_option and _is_level(stack.value[-1], part):
                stack.value[-1] = Line((*stack.value[-1].words, *part.words))
            elif stack:
                stack.value.append(part)
        if ends:
            ends[-1] = number + 1
    while rows and not any(stack.value for stack in rows[-1]) and (len(rows) < 3 or len(rows[-1]) == 1):
        rows.pop()
        ends.pop()
    return rows, ends[-1] if ends else 1


def _cut(part: Line, starts: Sequence[float]) -> list[Line]:
    """A part of a line, cut where a word begins exactly in the next column and apart from the word before it."""
    for number, (before, word) in enumerate(pairwise(part.words), 1):
        if word.x0 - before.x1 > 0.4 * word.size and any(abs(word.x0 - start) < 0.5 for start in starts):
            return [Line(part.words[:number]), *_cut(Line(part.words[number:]), starts)]
    return [part]


def _is_level(line: Line, part: Line) -> bool:
    """Whether a part stands on a line."""
    return abs(line.words[0].middle[1] - part.words[0].middle[1]) < 0.4 * part.size


def learn_pairs(pages: Sequence[Page]) -> None:
    """Tells each page how labels and the values below them look in this document, where rows of several show it."""
    counted = Counter[tuple[Look, Look]]()
    for page in pages:
        for above, below in pairwise(lines_on(page)):
            labels, values = segments(above), segments(below)
            if len(labels) > 1 < len(values) and _are_alike(labels) and _are_alike(values):
                starts = [part.box.x0 for part in labels]
                aligned = all(any(abs(part.box.x0 - start) < SAME for start in starts) for part in values)
                if aligned and is_label_of(labels[0], values[0]):
                    counted[labels[0].look, values[0].look] += 1
            if row := plain_row(above, [below]):
                counted[row[0].label[0].look, row[0].value[0].look] += 1
    known = frozenset(
        (label, value)
        for (label, value), times in counted.items()
        if label != value and times > max(1, counted[value, label])
    )
    for page in pages:
        page.pairs = known


def _are_alike(parts: Sequence[Line]) -> bool:
    return all(part.look == parts[0].look for part in parts)


def carry_labels(pages: Sequence[Page]) -> None:
    """Takes labels at the foot of a page, whose answers stand at the top of the next, over to them."""
    for before, page in pairwise(pages):
        if not before.words or not page.words:
            continue
        last, first = lines_on(before)[-1], lines_on(page)[0]
        labels, answers = segments(last), segments(first)
        known = all((labels[0].look, part.look) in before.pairs for part in answers)
        alike = all(part.look == labels[0].look and _is_label_text(part) for part in labels)
        aligned = all(any(abs(part.box.x0 - label.box.x0) < SAME for label in labels) for part in answers)
        cut = last.box.bottom > (1 - EDGE) * before.height and first.box.top < EDGE * page.height
        if known and alike and aligned and cut:
            moved = first.box.top - last.box.bottom - 1
            taken = [replace(word, top=word.top + moved, bottom=word.bottom + moved) for word in last.words]
            before.words = [word for word in before.words if word not in last.words]
            page.words = [*taken, *page.words]


def _holders(values: Sequence[Line], open_: Sequence[_Stack]) -> list[_Stack | None]:
    """The stack that each part of a line belongs to: by where it stands, a tick box by the one to its left."""
    holders: list[_Stack | None] = []
    for number, part in enumerate(values):
        if number and part.is_option and values[number - 1].is_option and _is_beside(values[number - 1], part):
            holders.append(holders[-1])
        else:
            holders.append(next((s for s in reversed(open_) if s.holds(part)), None))
    return holders


def _is_beside(before: Line, part: Line) -> bool:
    return part.box.x0 - before.box.x1 < OPTION_GAP * part.size


def _is_label_text(part: Line) -> bool:
    text = part.text
    return len(text) <= LONG and not text.endswith((".", ",", ";")) and any(letter.isalpha() for letter in text)


def _goes_on(stack: _Stack, part: Line, open_: Sequence[_Stack], pairs: Pairs) -> bool:
    """Whether a part of a line follows in a stack: set as its value is, and close enough."""
    gap = part.box.top - stack.last.box.bottom
    if gap > (ROW if len(open_) > 1 else CLOSE) * part.size:
        return False
    if stack.value and part.is_option and stack.value[0].is_option:
        return True
    if not stack.value:
        label = stack.label[0]
        if part.is_dash:
            return True
        known = (label.look, part.look) in pairs
        looks_like_one = is_label_of(label, part) or _is_slanted(label, part)
        return known or (looks_like_one and not _is_heading(part, label, alone=len(open_) == 1))
    size, bold, *_ = stack.value[0].look
    return abs(part.size - size) < 0.15 * size and (bold or not part.look[1])


def _is_slanted(label: Line, part: Line) -> bool:
    """Whether a label is in italics and what follows it is not."""
    slants = all(word.italic for word in label.words) and not any(word.italic or word.bold for word in part.words)
    return slants and label.size <= 1.05 * part.size


def _is_heading(part: Line, label: Line, alone: bool) -> bool:
    """Whether what follows a label is the next heading, not its value: larger and bold, as far as a picture tells."""
    bold = part.look[1] or (label.look[1] and part.words[0].confidence < 1)
    return bold and (alone or label.look[1]) and part.size > 1.1 * label.size


def _wraps(open_: Sequence[_Stack], part: Line) -> bool:
    """Whether a label goes on in a second line."""
    stack = next((s for s in open_ if abs(s.start - part.box.x0) < SAME), None)
    return stack is not None and not stack.value and part.box.bottom - stack.last.box.bottom < TIGHT * part.size


def _are_stacks(rows: Sequence[Sequence[_Stack]], right: float) -> bool:
    """Whether rows of labels with lines below them are that: not a table with its head, nor headings over text."""
    first, width = rows[0], max(len(row) for row in rows)
    if not any(stack.value for stack in first):
        return False
    if any(sum(line.has_own_label for line in stack.value) > 1 for stack in first):
        return False
    if width == 1:
        if not is_label_of(first[0].label[0], first[0].value[0]) and _is_slanted(first[0].label[0], first[0].value[0]):
            return len(rows) > 1  # one line in italics may be advice
        return len(rows) > 2 or all(_is_no_heading(stack) for stack in first)
    if len(rows) > 1:
        return len(first) < 3 or any(len(row) > 1 for row in rows[1:])
    longest = max(len(stack.value) for stack in first)
    if longest == 1:
        return True
    whole = all(len(paragraphs(stack.value, _right(stack, right))) < 2 for stack in first)
    return whole or (not first[0].label[0].look[1] and all(_is_tight(stack) for stack in first))


def _is_no_heading(stack: _Stack) -> bool:
    label, value = stack.label[0], stack.value[0]
    return not label.look[1] or label.size < 0.95 * value.size or stack.label[-1].text.endswith(("?", ":", "…"))


def _is_tight(stack: _Stack) -> bool:
    lines = [stack.label[-1], *stack.value]
    return all(b.box.bottom - a.box.bottom < TIGHT * b.size for a, b in pairwise(lines))
