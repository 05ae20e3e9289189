"""The facts of a PDF page by PDFium: a few C calls a word, which is thirty times faster than reading every character."""

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from vsdocs.document import TICKED, UNTICKED, Box
from vsdocs.errors import FileProblem
from vsdocs.readers.page import Page, Rule, Word, contains

MAX_CHARS = 60_000  # on one page; a dense page has 6,000
MAX_OBJECTS = 100_000  # drawn on one page
MAX_DEPTH = 12  # of forms within forms
THIN = 3.0  # points: a filled box no thicker is a rule
ASCENT, DESCENT = 0.78, 0.22  # of the font size: what a word's box has above and below its line, in every font
PALE = 70  # of 255: text lighter than this is grey

_WORDS = re.compile(r"[^\s\x00\xa0\u200b\ufeff]+")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
_TICKS = dict.fromkeys("☑✓✔✅☒✗✘\uf0fe\uf0fd\uf0fc\uf052\uf078", TICKED) | dict.fromkeys(
    "□▢◻❏❑⬜☐\uf0a8\uf06f\uf071\uf0a3", UNTICKED
)
_TICK_WORDS = re.compile(f"([{''.join(_TICKS)}])")
_CROSSES = {"x", "X", "✕", "✖", "×", "4", "8", TICKED}

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]


def page_facts(page: Any, number: int) -> Page:
    """What is drawn on an upright PDFium page. Raises FileProblem('too_big')."""
    width, height = page.get_size()
    left, bottom, _, _ = page.get_cropbox()
    facts = Page(number, width, height)
    _add_shapes(page, facts, lambda x, y: (x - left, height - (y - bottom)))
    facts.words = list(_words(page, left, height + bottom))
    facts.fills = list(dict.fromkeys(facts.fills))
    _drop_struck(facts)
    _add_boxes(facts)
    return facts


# -------------------------------------------------------------------------------------------------------------- words
def _words(page: Any, left: float, height: float) -> Iterator[Word]:
    text_page = page.get_textpage()
    handle = text_page.raw
    count = raw.FPDFText_CountChars(handle)
    if count <= 0:
        return
    if count > MAX_CHARS:
        raise FileProblem("too_big")
    buffer = ctypes.create_string_buffer((count + 1) * 2)
    raw.FPDFText_GetText(handle, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    text = buffer.raw[: count * 2].decode("utf-16-le", "replace")
    text = text.replace("\x02", "-").replace("\ufffe", "-").replace("\uffff", " ")
    rectangle = raw.FS_RECTF()
    across, up = ctypes.c_double(), ctypes.c_double()

    def box(index: int) -> tuple[float, float, float, float]:
        raw.FPDFText_GetLooseCharBox(handle, index, rectangle)
        tops = (height - rectangle.top, height - rectangle.bottom)
        sides = (rectangle.left - left, rectangle.right - left)
        return min(sides), min(tops), max(sides), max(tops)

    looks = _Looks(handle)
    for match in _WORDS.finditer(text):
        for start, end in _pieces(match.start(), match.end(), box):
            first, last = box(start), box(end - 1)
            size, bold, grey, italic = looks.at(start, first[3] - first[1])
            raw.FPDFText_GetCharOrigin(handle, start, across, up)
            x0, x1, line = first[0], last[2], height - up.value
            top, low = line - ASCENT * size, line + DESCENT * size
            parts = [p for p in _TICK_WORDS.split(text[start:end]) if p]
            step = (x1 - x0) / max(1, end - start)
            for part in parts:
                yield Word(_TICKS.get(part, part), x0, top, x0 + step * len(part), low, size, bold, grey, italic)
                x0 += step * len(part)


def _pieces(start: int, end: int, box: Callable[[int], tuple[float, float, float, float]]) -> Iterator[tuple[int, int]]:
    """A word that PDFium joined over the end of a line, line by line."""
    first, last = box(start), box(end - 1)
    if end - start == 1 or (last[1] < first[3] and first[1] < last[3] and last[2] >= first[0]):
        yield start, end
        return
    begin, before = start, first
    for index in range(start + 1, end):
        here = box(index)
        if here[1] >= before[3] or here[3] <= before[1] or here[2] < before[0]:
            yield begin, index
            begin = index
        before = here
    yield begin, end


class _Looks:
    """How the character at an index is set: size in points, bold, grey, italic."""

    def __init__(self, handle: Any) -> None:
        self.handle = handle
        self.fonts: dict[bytes, tuple[bool, bool]] = {}
        self.name = ctypes.create_string_buffer(256)
        self.flags = ctypes.c_int()
        self.matrix = raw.FS_MATRIX()
        self.colour = tuple(ctypes.c_uint() for _ in range(4))

    def at(self, index: int, height: float) -> tuple[float, bool, bool, bool]:
        raw.FPDFText_GetFontInfo(self.handle, index, self.name, 256, self.flags)
        name = self.name.value
        if name not in self.fonts:
            known = name.decode("latin-1")
            self.fonts[name] = bool(_BOLD.search(known)), bool(_ITALIC.search(known))
        bold, italic = self.fonts[name]
        size = raw.FPDFText_GetFontSize(self.handle, index)
        if raw.FPDFText_GetMatrix(self.handle, index, self.matrix):
            size *= math.hypot(self.matrix.c, self.matrix.d)
        grey = False
        if raw.FPDFText_GetFillColor(self.handle, index, *self.colour):
            red, green, blue = (c.value for c in self.colour[:3])
            grey = (
                PALE < min(red, green, blue)
                and max(red, green, blue) < 200
                and max(red, green, blue) - min(red, green, blue) < 60
            )
        return size if 1 < size < 200 else height * 0.85, bold, grey, italic


def _drop_struck(facts: Page) -> None:
    """Leaves out words with a line through their middle, and the line: a tracked deletion, as a PDF prints it."""
    strikes = set()
    kept = []
    for word in facts.words:
        height, width = word.bottom - word.top, word.x1 - word.x0
        through = [
            rule
            for rule in facts.rules
            if rule.lies
            and word.top + height * 0.38 < rule.top < word.bottom - height * 0.28
            and min(rule.x1, word.x1) - max(rule.x0, word.x0) > 0.7 * width
        ]
        strikes.update(through)
        if not through:
            kept.append(word)
    facts.words = kept
    facts.rules = [rule for rule in facts.rules if rule not in strikes]


# ------------------------------------------------------------------------------------------------------------- shapes
def _add_shapes(page: Any, facts: Page, place: Callable[[float, float], Point]) -> None:
    area = 0.0
    for number, (item, matrix) in enumerate(_objects(page.raw)):
        if number > MAX_OBJECTS:
            raise FileProblem("too_big")
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            for points, filled, stroked in _paths(item, matrix):
                _add_shape(facts, [place(x, y) for x, y in points], filled, stroked)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
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
                yield from walk(inner, lambda i, form=item: raw.FPDFFormObj_GetObject(form, i), matrix, depth + 1)

    yield from walk(raw.FPDFPage_CountObjects(page), lambda i: raw.FPDFPage_GetObject(page, i), (1, 0, 0, 1, 0, 0), 0)


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
    for index in range(min(raw.FPDFPath_CountSegments(item), 5_000)):
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
    box = Box(min(xs), min(ys), max(xs), max(ys))
    width, height = box.x1 - box.x0, box.bottom - box.top
    upright = all(abs(a[0] - b[0]) < 0.1 or abs(a[1] - b[1]) < 0.1 for a, b in zip(points, points[1:], strict=False))
    if min(width, height) <= THIN and max(width, height) > THIN:
        middle = ((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2)
        lies = width > height
        facts.rules.append(
            Rule(*((box.x0, middle[1], box.x1, middle[1]) if lies else (middle[0], box.top, middle[0], box.bottom)))
        )
        return
    if min(width, height) <= THIN:
        return
    if filled and upright:
        facts.fills.append(box)
    if stroked and upright:
        for a, b in zip(points, points[1:], strict=False):
            facts.rules.append(_rule(a, b))
    elif not upright:
        facts.frames.append(box)


def _rule(a: Point, b: Point) -> Rule:
    if abs(a[1] - b[1]) < 0.1:
        return Rule(min(a[0], b[0]), a[1], max(a[0], b[0]), a[1])
    return Rule(a[0], min(a[1], b[1]), a[0], max(a[1], b[1]))


def _add_boxes(facts: Page) -> None:
    """Puts ☒ or ☐ where a small square is drawn, ticked if there is ink or a cross in it."""
    squares = [b for b in (*facts.frames, *_drawn_squares(facts.rules)) if _is_tick_box(b)]
    for box in squares:
        inside = [w for w in facts.words if contains(box, *w.middle, 1) and w.x1 - w.x0 < 14]
        if any(w.text not in _CROSSES for w in inside):
            continue
        crossed = bool(inside) or any(
            contains(box, (f.x0 + f.x1) / 2, (f.top + f.bottom) / 2)
            and f != box
            and f.x1 - f.x0 < box.x1 - box.x0 - 0.5
            for f in (*facts.frames, *facts.fills)
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


def open_pdf(data: bytes) -> Any:
    """The PDFium document. Raises FileProblem: `encrypted` where it asks for a password, else `damaged`."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower()
        raise FileProblem("encrypted" if locked else "damaged") from None
