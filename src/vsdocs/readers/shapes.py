"""What is drawn on a PDF page besides text: rules, coloured areas, frames, tick boxes."""

import math
from collections.abc import Iterator
from itertools import pairwise, repeat
from typing import Any

import pypdfium2.raw as raw

from vsdocs.document import TICKED, UNTICKED, Box
from vsdocs.errors import FileProblem
from vsdocs.readers import calls
from vsdocs.readers.calls import Handle, Matrix
from vsdocs.readers.page import Page, Place, Point, Rule, Sorted, Word, contains, height_of

MAX_OBJECTS = 100_000  # drawn on one page
MAX_DEPTH = 12  # of forms within forms
MAX_PICTURE = 300_000_000  # pixels; A3 scanned at 1,200 dpi has 280 million
THIN = 3.0  # points: a filled box no thicker is a rule

_LOOKED_AT = {raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM}
_CROSSES = {"x", "X", "✕", "✖", "×", "4", "8"}


def add_shapes(page: Any, facts: Page, place: Place) -> None:
    """Adds what is drawn on a PDFium page to its facts; `place` moves a point to the page as people see it."""
    area = 0.0
    for kind, item, matrix in _Walk().over(page):
        if kind == raw.FPDF_PAGEOBJ_PATH:
            for points, filled, stroked in _paths(item, matrix, place):
                _add_shape(facts, points, filled, stroked)
        else:
            if calls.pixels_of(item) > MAX_PICTURE:
                raise FileProblem("too_big")
            corners = [_moved(matrix, x, y) for x, y in ((0, 0), (1, 1))]
            area += abs((corners[1][0] - corners[0][0]) * (corners[1][1] - corners[0][1]))
    facts.images = min(1.0, area / (facts.width * facts.height))


class _Walk:
    """Goes over every path and picture of a page, those inside forms too."""

    def __init__(self) -> None:
        self.seen = 0

    def over(self, page: Any) -> Iterator[tuple[int, Handle, Matrix]]:
        """The kind of each, the thing itself, and the matrix that places it on the page."""
        handle = calls.handle(page.raw)
        drawn = map(calls.drawn_on, repeat(handle), range(calls.count_drawn(handle)))
        return self._over(drawn, None, 0)

    def _over(self, drawn: Iterator[Handle], outer: Matrix | None, depth: int) -> Iterator[tuple[int, Handle, Matrix]]:
        items = list(drawn)
        kinds = list(map(calls.kind_of, items))
        self.seen += len(kinds) - kinds.count(raw.FPDF_PAGEOBJ_FORM)
        if self.seen > MAX_OBJECTS:
            raise FileProblem("too_big")
        for kind, item in zip(kinds, items, strict=True):
            if kind not in _LOOKED_AT:
                continue
            own = calls.matrix_of(item)
            matrix = _times(own, outer) if outer else own
            if kind != raw.FPDF_PAGEOBJ_FORM:
                yield kind, item, matrix
            elif depth < MAX_DEPTH:
                inside = map(calls.drawn_inside, repeat(item), range(calls.count_inside(item)))
                yield from self._over(inside, matrix, depth + 1)


def _times(m: Matrix, n: Matrix) -> Matrix:
    a, b, c, d, e, f = m
    return (
        a * n[0] + b * n[2], a * n[1] + b * n[3], c * n[0] + d * n[2], c * n[1] + d * n[3],
        e * n[0] + f * n[2] + n[4], e * n[1] + f * n[3] + n[5],
    )  # fmt: skip


def _moved(m: Matrix, x: float, y: float) -> Point:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _paths(item: Handle, matrix: Matrix, place: Place) -> Iterator[tuple[list[Point], bool, bool]]:
    """The strokes of a path as lists of points on the page; `filled` only in a colour that shows."""
    mode, stroke = calls.draw_mode(item)
    filled, stroked = bool(mode) and _shows(item), bool(stroke)
    if not filled and not stroked:
        return
    a, b, c, d, e, f = matrix
    points: list[Point] = []
    for kind, closes, x, y in calls.strokes_of(item):
        if points and kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, filled, stroked
            points = []
        points.append(place(a * x + c * y + e, b * x + d * y + f))
        if closes and len(points) > 2:
            points.append(points[0])
    if len(points) > 1:
        yield points, filled, stroked


def _shows(item: Handle) -> bool:
    red, green, blue, alpha = calls.fill_of(item)
    return alpha > 8 and min(red, green, blue) < 250


def _add_shape(facts: Page, points: list[Point], filled: bool, stroked: bool) -> None:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    if not all(map(math.isfinite, (*xs, *ys))):
        return  # a broken file's numbers put it nowhere
    x0, top, x1, bottom = min(xs), min(ys), max(xs), max(ys)
    width, height = x1 - x0, bottom - top
    if width <= THIN or height <= THIN:
        if width > height and width > THIN:
            facts.rules.append(Rule(x0, (top + bottom) / 2, x1, (top + bottom) / 2))
        elif height > THIN:
            facts.rules.append(Rule((x0 + x1) / 2, top, (x0 + x1) / 2, bottom))
        return
    box = Box(x0, top, x1, bottom)
    upright = all(abs(a[0] - b[0]) < 0.1 or abs(a[1] - b[1]) < 0.1 for a, b in pairwise(points))
    if not upright and not filled and points[0] != points[-1]:
        facts.strokes.append(box)
        return
    if filled and upright:
        facts.fills.append(box)
    if stroked and upright:
        for a, b in pairwise(points):
            facts.rules.append(_rule(a, b))
    elif not upright:
        facts.frames.append(box)
        if filled:
            facts.rounds.append(box)


def _rule(a: Point, b: Point) -> Rule:
    if abs(a[1] - b[1]) < 0.1:
        return Rule(min(a[0], b[0]), a[1], max(a[0], b[0]), a[1])
    return Rule(a[0], min(a[1], b[1]), a[0], max(a[1], b[1]))


def add_tick_boxes(facts: Page) -> None:
    """Puts ☒ or ☐ where a small square is drawn, ticked if there is ink or a cross in it."""
    squares = [b for b in (*facts.frames, *_drawn_squares(facts.rules)) if _is_tick_box(b)]
    if not squares:
        return
    words = Sorted(facts.words, height_of)
    frames, fills, strokes = (Sorted(boxes, _middle) for boxes in (facts.frames, facts.fills, facts.strokes))
    rules = Sorted(facts.rules, lambda rule: rule.top)
    gone: set[int] = set()
    ticks: list[Word] = []
    done: set[Box] = set()
    sides: set[Rule] = set()
    for box in squares:
        near = (*words.between(box.top - 1, box.bottom + 1), *ticks)
        inside = [w for w in near if contains(box, *w.middle, 1) and w.x1 - w.x0 < 14 and id(w) not in gone]
        if any(w.text not in _CROSSES and w.text not in (TICKED, UNTICKED) for w in inside):
            continue
        known = next((w.text == TICKED for w in inside if w.text in (TICKED, UNTICKED)), None)  # a fillable box
        inner = [*(frame for frame in _inside(box, frames) if frame not in done), *_inside(box, fills)]
        drawn = any(f != box and f.x1 - f.x0 < box.x1 - box.x0 - 0.5 for f in inner) or bool(_inside(box, strokes))
        crossed = known if known is not None else bool(inside) or drawn
        gone.update(map(id, inside))
        size = box.bottom - box.top
        ticks.append(Word(TICKED if crossed else UNTICKED, box.x0, box.top, box.x1, box.bottom, size))
        done.add(box)
        sides.update(
            rule
            for rule in rules.between(box.top - 1, box.bottom + 1)
            if contains(box, rule.x0, rule.top, 1) and contains(box, rule.x1, rule.bottom, 1)
        )
    facts.words = [word for word in (*facts.words, *ticks) if id(word) not in gone]
    facts.frames = [frame for frame in facts.frames if frame not in done]
    facts.rules = [rule for rule in facts.rules if rule not in sides]


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _inside(box: Box, others: Sorted[Box]) -> list[Box]:
    """The boxes whose middle is in a box."""
    return [o for o in others.between(box.top, box.bottom) if box.x0 <= (o.x0 + o.x1) / 2 <= box.x1]


def _is_tick_box(box: Box) -> bool:
    width, height = box.x1 - box.x0, box.bottom - box.top
    return 5 <= width <= 16 and 5 <= height <= 16 and abs(width - height) < 2.5


def _drawn_squares(rules: list[Rule]) -> list[Box]:
    """Small squares made of four rules."""
    lying = [r for r in rules if r.lies and 5 <= r.x1 - r.x0 <= 16]
    standing = [r for r in rules if not r.lies and 5 <= r.bottom - r.top <= 16]
    if len(lying) > 400:
        return []
    squares = []
    for upper in lying:
        for lower in lying:
            if abs(upper.x0 - lower.x0) < 1.5 and abs(upper.x1 - lower.x1) < 1.5 and 5 <= lower.top - upper.top <= 16:
                sides = [s for s in standing if abs(s.top - upper.top) < 1.5 and abs(s.bottom - lower.top) < 1.5]
                if any(abs(s.x0 - upper.x0) < 1.5 for s in sides) and any(abs(s.x0 - upper.x1) < 1.5 for s in sides):
                    squares.append(Box(upper.x0, upper.top, upper.x1, lower.top))
    return squares
