"""Labels with their values to the right of them, one pair or several on a line, told from each other by their look alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile

from vsdocs.document import Field
from vsdocs.readers.columns import SAME, field_of, is_label_look
from vsdocs.readers.lines import Line, segments
from vsdocs.readers.page import Pairs

TIGHT = 1.4  # times the size: from line to line inside one label or one value, at most
BETWEEN = 16.0  # points: white space between a column of labels and their values, at most
SPACE = 0.3  # times the size: between two words
GUTTER = 8.0  # points: white space that a value keeps on its right
LARGEST = 1.15  # times the size of its value: a larger label is a heading
WIDE = 0.5  # times the size: white space before a dash that stands for an answer
SHORT = 60  # characters: longer than a label is


@dataclass(slots=True)
class _Side:
    """A label, the lines of its value, and where they must end."""

    label: list[Line]
    value: list[Line] = field(default_factory=list)
    end: float = float("inf")

    def takes(self, part: Line) -> bool:
        """Whether a part of a later line goes on with the value, as closely below it as lines do, or with the label."""
        if is_label_look(part) == is_label_look(self.label[0]):
            if self.label[-1].text.endswith((":", "?")) or self._had_room(part):
                return False
            held = self.label
        elif self.value:
            held = self.value
        else:
            return False
        start, last = held[0].box.x0, held[-1]
        close = part.box.bottom - last.box.bottom < TIGHT * max(part.size, last.size)
        return close and abs(part.box.x0 - start) < SAME and not part.is_option

    def _had_room(self, part: Line) -> bool:
        """Whether a part begins with a word that would have fitted behind the label: then it is a label of its own."""
        end = self.value[0].box.x0 if self.value else self.end
        first, last = part.words[0], self.label[-1].box.x1
        return end - last - BETWEEN > first.x1 - first.x0 + SPACE * part.size

    def add(self, part: Line) -> None:
        (self.label if is_label_look(part) == is_label_look(self.label[0]) else self.value).append(part)


def sided(lines: Sequence[Line], right: float, pairs: Pairs) -> Iterator[tuple[list[Line], list[Field]]]:
    """The lines in turns: some that are no pairs, then the fields that the next ones make.

    `pairs` are the looks of labels and of values below them: what looks like those values is no label here either.
    """
    values = {value for _, value in pairs} - {label for label, _ in pairs}
    plain: list[Line] = []
    rows: list[list[_Side]] = []

    def told() -> list[Field]:
        return [field_of(s.label, s.value, min(s.end - GUTTER, right) + 4) for row in rows for s in row]

    for number, line in enumerate(lines):
        if rows and _wraps(rows[-1], line, right):
            rows[-1][-1].value.append(line)
            continue
        if title := _title_beside(line, lines[number + 1 : number + 2]):
            if rows:
                yield plain, told()
                plain, rows = [], []
            plain.append(title)
            line = Line(line.words[len(title.words) :])
        row = _row(line) if _pieces(line)[0].look not in values else []
        row = row or plain_row(line, [*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2]])
        below = lines[number + 1] if number + 1 < len(lines) else None
        if row and not (rows and _is_more(rows[-1], line, below)):
            rows.append(row)
        elif rows and _is_more(rows[-1], line, below):
            for part in segments(line):
                next(side for side in rows[-1] if side.takes(part)).add(part)
        else:
            if rows:
                yield plain, told()
                plain, rows = [], []
            plain.append(line)
    yield plain, told()


def _title_beside(line: Line, below: Sequence[Line]) -> Line | None:
    """The bold title of a section in a column of its own, to the left of the first of its labels; None where is none."""
    title, *parts = _pieces(line)
    if len(parts) < 2 or not below or not all(word.bold for word in title.words) or parts[0].look == title.look:
        return None
    under = _pieces(below[0])
    aligned = all(abs(part.box.x0 - other.box.x0) < SAME for part, other in zip(parts, under, strict=False))
    alike = aligned and len(under) > 1 and under[0].look == parts[0].look
    return title if alike and _row(Line(line.words[len(title.words) :])) else None


def _row(line: Line) -> list[_Side]:
    """The pairs that one line makes: labels and values in turns, tick boxes together; none where it is something else."""
    sides: list[_Side] = []
    parts = _pieces(line)
    if len(parts) < 2 or any(part.is_mixed or (part.is_inline_label and not part.text.endswith("?")) for part in parts):
        return []
    look = parts[0].look
    if not is_label_look(parts[0]) or parts[0].is_option:
        return []
    for part in parts:
        last = sides[-1] if sides else None
        if part.look == look and is_label_look(part) and not part.is_option and not part.is_dash:
            if len(part.text) > SHORT:
                return []
            if last:
                last.end = part.box.x0
            sides.append(_Side([part]))
        elif (
            last
            and not last.value
            and (part.look != look or part.is_dash)
            and last.label[0].size <= LARGEST * part.size
        ):
            last.value.append(part)
        elif last and last.value and part.is_option and last.value[0].is_option:
            last.value[-1] = Line((*last.value[-1].words, *part.words))
        else:
            return []
    filled = [side for side in sides if side.value]
    return sides if filled and len(filled) * 2 >= len(sides) else []


def plain_row(line: Line, beside: Sequence[Line]) -> list[_Side]:
    """The pairs of a line on which labels are set plainly and their values in bold, as on one of the lines `beside`."""
    row = _with_bold_values(line)
    if not row:
        return []
    others = [held for other in beside if (held := _with_bold_values(other))]
    starts = {round(other[0].value[0].box.x0) for other in others}
    aligned = any(abs(row[0].value[0].box.x0 - start) < SAME for start in starts)
    dashed = all(Line(side.label[0].words[-1:]).is_dash for each in (row, *others) for side in each)
    if dashed and others:
        return [_Side([Line(side.label[0].words[:-1])], side.value, side.end) for side in row]
    return row if aligned else []


def _with_bold_values(line: Line) -> list[_Side]:
    if (
        line.words[0].bold
        or line.is_option
        or line.is_item
        or not any(word.bold for word in line.words)
        or any(word.text.endswith((":", "…")) for word in line.words)
    ):
        return []
    sides: list[_Side] = []
    for bold, group in groupby(line.words, key=lambda word: word.bold):
        part = Line(tuple(group))
        if len(segments(part)) > 1 or len(part.text) > SHORT + 60 * bold:
            return []
        if not bold:
            if sides:
                sides[-1].end = part.box.x0
            sides.append(_Side([part]))
        else:
            sides[-1].value.append(part)
    return sides if all(side.value for side in sides) else []


def _pieces(line: Line) -> list[Line]:
    """The parts of a line, those apart too that only their look keeps apart: grey labels close before their values."""
    pieces: list[Line] = []
    for part in segments(line):
        grey = sum(1 for _ in takewhile(lambda word: word.grey, part.words))
        if (
            len(part.words) > 1
            and Line(part.words[-1:]).is_dash
            and part.words[-1].x0 - part.words[-2].x1 > WIDE * part.size
        ):
            pieces += [Line(part.words[:-1]), Line(part.words[-1:])]
        elif 0 < grey < len(part.words) and not any(word.grey for word in part.words[grey:]):
            pieces += [Line(part.words[:grey]), Line(part.words[grey:])]
        else:
            pieces.append(part)
    return pieces


def _wraps(row: Sequence[_Side], line: Line, right: float) -> bool:
    """Whether a line goes on with a row's last value that reached the right margin, though it begins where the labels do."""
    value, first = row[-1].value, line.words[0]
    if not value or abs(line.box.x0 - row[0].label[0].box.x0) > SAME or len(segments(line)) > 1:
        return False
    last = value[-1]
    close = line.box.bottom - last.box.bottom < TIGHT * last.size
    alike = all(word.look[:3] == last.look[:3] for word in line.words) and not line.is_inline_label
    return close and alike and last.box.x1 + 0.25 * last.size + first.x1 - first.x0 > right


def _is_more(row: Sequence[_Side], line: Line, below: Line | None) -> bool:
    """Whether a line goes on with the labels and values of the row before it, and does not begin the next one."""
    parts = segments(line)
    if not all(any(side.takes(part) for side in row) for part in parts):
        return False
    if not any(is_label_look(part) == is_label_look(row[0].label[0]) for part in parts):
        return True
    last = max(held[-1].box.bottom for side in row for held in (side.label, side.value) if held)
    return below is None or below.box.bottom - line.box.bottom > 1.15 * (line.box.bottom - last)
