"""What people put on a PDF with the program they read it in: typed words, ticks, circles, highlights, comments.

None of it is in the page's own text, and much of it is an answer: a flat form is filled in by typing on top of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from vsdocs.document import TICKED, UNTICKED, Box
from vsdocs.readers.lined import without_struck
from vsdocs.readers.page import Page, Place, Word, contains
from vsdocs.readers.widgets import HIDDEN, box_of, string

MAX_ANNOTATIONS = 500  # on one page
MAX_LINES = 200  # that one highlight or strike lies over
MAX_NOTE = 20_000  # characters typed in one place
MAX_TICK = 40.0  # points: what is drawn larger by hand is a signature or a circle
LEADING = 1.2  # times the size, from line to line
LETTER = 0.5  # of the size: how wide a letter is, on average

_SIZE = re.compile(r"([\d.]+)\s+Tf")
_RULED = re.compile(r"[_.…]+")  # a line to write on
_TAG = re.compile(r"<[^<>]*>")
_NO_COMMENT = {raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP}
_DRAWN = {raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_POLYLINE, raw.FPDF_ANNOT_LINE}
_ROUND = {raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_INK}


@dataclass(slots=True)
class Added:
    """What was added to one page."""

    notes: list[tuple[Box, list[Word]]] = field(default_factory=list)  # typed on the page
    ticks: list[Box] = field(default_factory=list)  # drawn or stamped, small
    rings: list[Box] = field(default_factory=list)  # around or over words, to choose them
    struck: list[Box] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def added_to(page: Any, place: Place) -> Added:
    """What was added to a PDFium page; `place` moves a point to the page as people see it."""
    added = Added()
    for annotation in _annotations(page):
        kind, box = raw.FPDFAnnot_GetSubtype(annotation), box_of(annotation, place)
        if kind == raw.FPDF_ANNOT_FREETEXT:
            text = _said(annotation, b"Contents") or _TAG.sub(" ", _said(annotation, b"RC"))
            words = list(_typed(text, box, _said(annotation, b"DA")))
            if words:
                added.notes.append((box, words))
        elif kind not in _NO_COMMENT:
            added.comments.append(_said(annotation, b"Contents")[:MAX_NOTE])
            if kind == raw.FPDF_ANNOT_STRIKEOUT:
                added.struck += _marked(annotation, place) or [box]
            if kind in _DRAWN and max(box.x1 - box.x0, box.bottom - box.top) <= MAX_TICK:
                added.ticks.append(box)
            if kind in _ROUND:
                added.rings += _marked(annotation, place) or [box]
    return added


def _marked(annotation: Any, place: Place) -> list[Box]:
    """The lines of text that a highlight or a strike lies over."""
    boxes, corners = [], raw.FS_QUADPOINTSF()
    for index in range(min(MAX_LINES, raw.FPDFAnnot_CountAttachmentPoints(annotation))):
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, index, corners):
            points = [place(getattr(corners, f"x{n}"), getattr(corners, f"y{n}")) for n in (1, 2, 3, 4)]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            boxes.append(Box(min(xs), min(ys), max(xs), max(ys)))
    return boxes


def _annotations(page: Any) -> Iterator[Any]:
    for index in range(min(MAX_ANNOTATIONS, raw.FPDFPage_GetAnnotCount(page.raw))):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            if not raw.FPDFAnnot_GetFlags(annotation) & HIDDEN:
                yield annotation
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _said(annotation: Any, key: bytes) -> str:
    return string(lambda *to: raw.FPDFAnnot_GetStringValue(annotation, key, *to))


def _typed(text: str, box: Box, look: str) -> Iterator[Word]:
    """The words of a text typed into a box, placed about where they are seen."""
    named = _SIZE.search(look)
    size = min(24.0, max(6.0, float(named.group(1)))) if named and named.group(1).count(".") < 2 else 10.0
    lines = list(_wrapped(text[:MAX_NOTE], box.x1 - box.x0, size))
    height = box.bottom - box.top
    step = min(LEADING * size, max(2.0, height / max(1, len(lines))))
    size = min(size, step)
    spare = height - step * len(lines)
    top = box.top + (spare / 2 if len(lines) == 1 and spare < step else min(2.0, max(0.0, spare)))
    for number, line in enumerate(lines):
        x, y = box.x0 + 2, top + number * step
        letter = min(LETTER * size, (box.x1 - box.x0 - 2) / max(1, sum(len(word) + 1 for word in line)))
        for word in line:
            yield Word(word, x, y, x + letter * len(word), y + size, size)
            x += letter * (len(word) + 1)


def _wrapped(text: str, width: float, size: float) -> Iterator[list[str]]:
    """The words of each line, as they fit into a width."""
    fit = max(1, int(width / (LETTER * size)))
    for line in re.split(r"\r\n?|\n", text):
        words: list[str] = []
        for word in line.split():
            if words and sum(len(w) + 1 for w in words) + len(word) > fit:
                yield words
                words = []
            words.append(word)
        if words:
            yield words


def add_to(facts: Page, added: Added) -> None:
    """Puts typed words and ticks among the words of a page; what they cover or strike is taken away."""
    struck = [word for word in facts.words if any(contains(box, *word.middle) for box in added.struck)]
    facts.words = without_struck(facts.words, struck) if struck else facts.words
    for box, words in added.notes:
        facts.words = [w for w in facts.words if not (contains(box, *w.middle) and _is_covered(w))]
        facts.words = [*facts.words, *words]
    for box in added.ticks:
        _tick(facts, box)


def _is_covered(word: Word) -> bool:
    return word.confidence < 1 or bool(_RULED.fullmatch(word.text))


def _tick(facts: Page, tick: Box) -> None:
    """Ticks the box that a tick was put on; on empty paper it stands for itself, on words it does not count."""
    x, y = (tick.x0 + tick.x1) / 2, (tick.top + tick.bottom) / 2
    boxes = [w for w in facts.words if w.text in (TICKED, UNTICKED) and contains(tick, *w.middle, 4)]
    if boxes:
        near = min(boxes, key=lambda w: abs(w.middle[0] - x) + abs(w.middle[1] - y))
        ticked = Word(TICKED, near.x0, near.top, near.x1, near.bottom, near.size)
        facts.words = [ticked if word is near else word for word in facts.words]
    elif not any(contains(tick, *w.middle, 1) for w in facts.words):
        size = min(12.0, tick.bottom - tick.top, tick.x1 - tick.x0) or 10.0
        facts.words = [*facts.words, Word(TICKED, x - size / 2, y - size / 2, x + size / 2, y + size / 2, size)]
