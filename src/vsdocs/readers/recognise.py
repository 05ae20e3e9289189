"""The words of a picture by Tesseract: glued ones cut, those of one line in one size, dots of lists told from letters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

Span = tuple[int, int, int, int]  # left, top, right, bottom in pixels

LEAST_CONFIDENCE = 0.25  # below it a word is a speck or a smear
SURE = 0.6  # from here on a word is taken as it is read
PAGE = 3  # Tesseract's page segmentation modes: automatic, and one block
BLOCK = 6
ZOOM = 2.0  # how much a cell that was hard to read is enlarged
ASCENDER, X_HEIGHT = 0.72, 0.53  # of the size, in the typefaces that offices print with
ROW = 1.06  # the size, of what Tesseract calls the height of a row
SPACE = 0.24  # of the size: paper as wide as that between two letters is a space
EDGE = 0.5  # pixels by which the distances in a stroke are larger than its width tells: small print would seem bold
BULLET = "•"
DOT = (0.2, 0.5)  # of the size: how wide the dot of a list is

_HIGH = re.compile(r"[A-Z0-9bdfhkltij£%&?!()/'\"]")
_RULES = set("_~")
_LONE_I = re.compile(r"l|[{\[]?\|[}\]]?")  # how the word 'I' comes out where it is thin
_SPECKS = set("|_~`'‘’\"“”.,:;°·—-=«»\\/")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A recognised word, in pixels. `line` is what it stands on; `stroke` how thick its letters are for their size; `tone`
    how pale their ink is, 0 black to 255 white."""

    text: str
    confidence: float
    span: Span
    line: float
    size: float
    stroke: float
    tone: float

    def is_in(self, span: Span) -> bool:
        x, y = (self.span[0] + self.span[2]) / 2, (self.span[1] + self.span[3]) / 2
        return span[0] <= x <= span[2] and span[1] <= y <= span[3]


def recognised(reader: Any, seen: Any, area: Span, scale: float, strokes: Any) -> list[Recognised]:
    """The words in an area of the picture, those of one line in one size; a part of a page is read enlarged."""
    import cv2
    import tesserocr

    left, top, right, bottom = area
    part = seen.picture[top:bottom, left:right]
    whole = part.size == seen.picture.size
    zoom = 1.0 if whole else ZOOM
    if not whole:
        part = cv2.copyMakeBorder(part, 8, 8, 8, 8, cv2.BORDER_CONSTANT, value=255)
        part = cv2.resize(part, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC)
        left, top = left - 8, top - 8
    reader.SetPageSegMode(PAGE if whole else BLOCK)
    reader.SetImageBytes(part.tobytes(), *part.shape[::-1], 1, part.shape[1])
    reader.SetSourceResolution(round(72 * scale * zoom))
    reader.Recognize()
    words: list[Recognised] = []
    line: list[Recognised] = []
    letters: list[tuple[str, Span]] = []
    confidence, base, row = 0.0, 0.0, 1.0

    def place(span: Span) -> Span:
        x0, y0, x1, y1 = span
        return round(x0 / zoom) + left, round(y0 / zoom) + top, round(x1 / zoom) + left, round(y1 / zoom) + top

    def close_word() -> None:
        if letters and confidence >= LEAST_CONFIDENCE:
            for piece in unglued(letters, seen.ink, row):
                line.extend(drawn(piece, confidence, base, row, seen.picture, strokes))
        letters.clear()

    symbol, word, text_line = tesserocr.RIL.SYMBOL, tesserocr.RIL.WORD, tesserocr.RIL.TEXTLINE
    for item in tesserocr.iterate_level(reader.GetIterator(), symbol):
        if item.Empty(symbol) or (span := item.BoundingBox(symbol)) is None:
            continue
        if item.IsAtBeginningOf(word):
            close_word()
            if item.IsAtBeginningOf(text_line):
                words += _one_size(line)
                line = []
            confidence = item.Confidence(word) / 100
            (_, y0), (_, y1) = item.Baseline(word)
            base = (y0 + y1) / 2 / zoom + top
            row = max(4.0, ROW * item.RowAttributes()["row_height"] / zoom)
        letters.append((item.GetUTF8Text(symbol), place(span)))
    close_word()
    return words + _one_size(line)


def unglued(letters: list[tuple[str, Span]], ink: Any, size: float) -> Iterator[list[tuple[str, Span]]]:
    """The letters of a word, cut where the paper between them is as wide as a space, and wider than between others."""
    left, right = min(s[0] for _, s in letters), max(s[2] for _, s in letters)
    top, bottom = min(s[1] for _, s in letters), max(s[3] for _, s in letters)
    inked = ink[top:bottom, left:right].any(axis=0)
    middles = [max(0, (span[0] + span[2]) // 2 - left) for _, span in letters]
    gaps = [_widest_gap(inked[x0:x1]) for x0, x1 in pairwise(middles)]
    widest = max(SPACE * size, 2 * median(sorted(gaps)[:-1])) if len(gaps) > 1 else float("inf")
    piece = letters[:1]
    for gap, (before, after) in zip(gaps, pairwise(letters), strict=True):
        if gap >= widest and (before[0] + after[0]).isalpha():
            yield piece
            piece = []
        piece.append(after)
    yield piece


def _widest_gap(inked: Any) -> int:
    widest = run = 0
    for full in inked:
        run = 0 if full else run + 1
        widest = max(widest, run)
    return widest


def drawn(
    letters: list[tuple[str, Span]], confidence: float, base: float, row: float, picture: Any, strokes: Any
) -> Iterator[Recognised]:
    """A word from its letters, unless it is no word but a rule or a speck; its stroke is in pixels."""
    text = "".join(letter for letter, _ in letters).strip()
    if len(text) == 1 and _is_dot(strokes, letters[0][1], row):
        text, confidence = BULLET, max(confidence, SURE)
    if not text or set(text) <= _RULES or (set(text) <= _SPECKS and confidence < SURE):
        return
    spans = [span for _, span in letters]
    left, top, right, bottom = (f(s[i] for s in spans) for i, f in enumerate((min, min, max, max)))
    stroke = strokes[top:bottom, left:right]
    thick = stroke[stroke > 0]
    tones = picture[top:bottom, left:right][stroke > 0]
    high = ASCENDER if _HIGH.search(text) else X_HEIGHT
    size = (base - top) / high if 0.6 * row < (base - top) / high < 1.5 * row else row
    text = "I" if _LONE_I.fullmatch(text) else text
    yield Recognised(
        text, confidence, (left, top, right, bottom), base, size,
        max(0.0, float(thick.mean()) - EDGE) if thick.size else 0.0, _tenth(tones) if thick.size else 0.0,
    )  # fmt: skip


def _tenth(tones: Any) -> float:
    """The tone that a tenth of the points are darker than."""
    tones.partition(len(tones) // 10)
    return int(tones[len(tones) // 10])


def _is_dot(strokes: Any, span: Span, size: float) -> bool:
    """Whether a sign is a round, full dot as lists have them, whatever letter it was taken for."""
    left, top, right, bottom = span
    ink = strokes[top:bottom, left:right] > 0
    if not ink.any():
        return False
    rows, columns = ink.any(axis=1).nonzero()[0], ink.any(axis=0).nonzero()[0]
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = ink.shape
    least, most = DOT
    return bool(
        least * size < min(ink.shape) <= max(ink.shape) < most * size
        and abs(height - width) < 0.3 * height
        and ink.mean() > 0.7
    )


def _one_size(words: list[Recognised]) -> list[Recognised]:
    size = max(1.0, median(word.size for word in words)) if words else 1.0
    return [replace(word, size=size, stroke=word.stroke / size) for word in words]
