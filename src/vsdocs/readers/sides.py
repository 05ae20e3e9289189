"""Labels with their values to the right of them, one pair or several on a line, told from each other by their look alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from vsdocs.document import Field
from vsdocs.readers.columns import SAME, field_of, is_label_look
from vsdocs.readers.lines import Line, segments
from vsdocs.readers.page import Pairs

TIGHT = 1.4  # times the size: from line to line inside one label or one value, at most
GUTTER = 8.0  # points: white space that a value keeps on its right
LARGEST = 1.15  # times the size of its value: a larger label is a heading
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
            held = self.label
        elif self.value:
            held = self.value
        else:
            return False
        start, last = held[0].box.x0, held[-1]
        close = part.box.bottom - last.box.bottom < TIGHT * max(part.size, last.size)
        return close and abs(part.box.x0 - start) < SAME and not part.is_option

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
        row = _row(line) if _pieces(line)[0].look not in values else []
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
        if part.look == look and is_label_look(part) and not part.is_option:
            if len(part.text) > SHORT:
                return []
            if last:
                last.end = part.box.x0
            sides.append(_Side([part]))
        elif last and not last.value and part.look != look and last.label[0].size <= LARGEST * part.size:
            last.value.append(part)
        elif last and part.is_option and last.value[0].is_option:
            last.value[-1] = Line((*last.value[-1].words, *part.words))
        else:
            return []
    filled = [side for side in sides if side.value]
    return sides if filled and len(filled) * 2 >= len(sides) else []


def _pieces(line: Line) -> list[Line]:
    """The parts of a line, those apart too that only their look keeps apart: grey labels close before their values."""
    pieces: list[Line] = []
    for part in segments(line):
        grey = sum(1 for _ in takewhile(lambda word: word.grey, part.words))
        if 0 < grey < len(part.words) and not any(word.grey for word in part.words[grey:]):
            pieces += [Line(part.words[:grey]), Line(part.words[grey:])]
        else:
            pieces.append(part)
    return pieces


def _is_more(row: Sequence[_Side], line: Line, below: Line | None) -> bool:
    """Whether a line goes on with the labels and values of the row before it, and does not begin the next one."""
    parts = segments(line)
    if not all(any(side.takes(part) for side in row) for part in parts):
        return False
    if not any(is_label_look(part) == is_label_look(row[0].label[0]) for part in parts):
        return True
    last = max(held[-1].box.bottom for side in row for held in (side.label, side.value) if held)
    return below is None or below.box.bottom - line.box.bottom > 1.15 * (line.box.bottom - last)
