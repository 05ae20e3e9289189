"""What is drawn on a PDF page besides text: rules, coloured areas, frames, tick boxes."""

import ctypes
import math
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import Any

import pypdfium2.raw as raw

from vsdocs.document import TICKED, UNTICKED, Box
from vsdocs.errors import FileProblem
from vsdocs.readers.page import Page, Point, Rule, Word, contains

MAX_OBJECTS = 100_000  # drawn on one page
MAX_DEPTH = 12  # of forms within forms
MAX_PICTURE = 300_000_000  # pixels; A3 scanned at 1,200 dpi has 280 million
MAX_SEGMENTS = 5_000  # of one path
THIN = 3.0  # points: a filled box no thicker is a rule

_CROSSES = {"x", "X", "✕", "✖", "×", "4", "8"}

Matrix = tuple[float, float, float, float, float, float]


def add_shapes(page: Any, facts: Page, place: Callable[[float, float], Point]) -> None:
    """Adds what is drawn on a PDFium page to its facts; `place` moves a point to the page as people see it."""
    area = 0.0
    for number, (item, matrix) in enumerate(_objects(page.raw)):
        if number > MAX_OBJECTS:
            raise FileProblem("too_big")
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            for points, filled, stroked in _paths(item, matrix):
                _add_shape(facts, [place(x, y) for x, y in points], filled, stroked)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            wide, high = ctypes.c_uint(), ctypes.c_uint()
            if raw.FPDFImageObj_GetImagePixelSize(item, wide, high) and wide.value * high.value > MAX_PICTURE:
                raise FileProblem("too_big")
            corners = [_moved(matrix, x, y) for x, y in ((0, 0), (1, 1))]
            area += abs((corners[1][0] - corners[0][0]) * (corners[1][1] - corners[0][1]))
    facts.images = min(1.0, area / (facts.width * facts.height))


def _objects(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """Every drawn thing with the matrix that places it on the page, those inside forms too."""

    def walk(count: int, get: Callable[[int], Any], outer: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
        for index in range(count):
            item = get(index)
            own = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(item, own)
            matrix = _times((own.a, own.b, own.c, own.d, own.e, own.f), outer)
            if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
                yield item, matrix
            elif depth < MAX_DEPTH:
                inner = raw.FPDFFormObj_CountObjects(item)
                yield from walk(inner, partial(raw.FPDFFormObj_GetObject, item), matrix, depth + 1)

    yield from walk(raw.FPDFPage_CountObjects(page), partial(raw.FPDFPage_GetObject, page), (1, 0, 0, 1, 0, 0), 0)


def _times(m: Matrix, n: Matrix) -> Matrix:
    a, b, c, d, e, f = m
    return (
        a * n[0] + b * n[2], a * n[1] + b * n[3], c * n[0] + d * n[2], c * n[1] + d * n[3],
        e * n[0] + f * n[2] + n[4], e * n[1] + f * n[3] + n[5],
    )  # fmt: skip


def _moved(m: Matrix, x: float, y: float) -> Point:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _paths(item: Any, matrix: Matrix) -> Iterator[tuple[list[Point], bool, bool]]:
    """The strokes of a path as lists of points on the page; `filled` only in a colour that shows."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, mode, stroke)
    filled = bool(mode.value) and _shows(item)
    if not filled and not stroke.value:
        return
    points: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFPath_CountSegments(item), MAX_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, filled, bool(stroke.value)
            points = []
        points.append(_moved(matrix, x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and len(points) > 2:
            points.append(points[0])
    if len(points) > 1:
        yield points, filled, bool(stroke.value)


def _shows(item: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return alpha.value > 8 and min(red.value, green.value, blue.value) < 250


def _add_shape(facts: Page, points: list[Point], filled: bool, stroked: bool) -> None:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    if not all(map(math.isfinite, (*xs, *ys))):
        return  # a broken file's numbers put it nowhere
    box = Box(min(xs), min(ys), max(xs), max(ys))
    width, height = box.x1 - box.x0, box.bottom - box.top
    upright = all(abs(a[0] - b[0]) < 0.1 or abs(a[1] - b[1]) < 0.1 for a, b in pairwise(points))
    if min(width, height) <= THIN and max(width, height) > THIN:
        middle = ((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2)
        lies = width > height
        facts.rules.append(
            Rule(*((box.x0, middle[1], box.x1, middle[1]) if lies else (middle[0], box.top, middle[0], box.bottom)))
        )
        return
    if min(width, height) <= THIN:
        return
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
    for box in squares:
        inside = [w for w in facts.words if contains(box, *w.middle, 1) and w.x1 - w.x0 < 14]
        if any(w.text not in _CROSSES and w.text not in (TICKED, UNTICKED) for w in inside):
            continue
        known = next((w.text == TICKED for w in inside if w.text in (TICKED, UNTICKED)), None)  # a fillable box
        crossed = (
            known
            if known is not None
            else bool(inside)
            or any(
                contains(box, (f.x0 + f.x1) / 2, (f.top + f.bottom) / 2)
                and f != box
                and f.x1 - f.x0 < box.x1 - box.x0 - 0.5
                for f in (*facts.frames, *facts.fills)
            )
            or any(contains(box, (s.x0 + s.x1) / 2, (s.top + s.bottom) / 2) for s in facts.strokes)
        )
        facts.words = [w for w in facts.words if w not in inside]
        size = box.bottom - box.top
        facts.words.append(Word(TICKED if crossed else UNTICKED, box.x0, box.top, box.x1, box.bottom, size))
        facts.frames = [f for f in facts.frames if f != box]
        facts.rules = [
            r for r in facts.rules if not (contains(box, r.x0, r.top, 1) and contains(box, r.x1, r.bottom, 1))
        ]


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
