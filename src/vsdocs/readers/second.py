"""A second reader for what Tesseract read with doubt: RapidOCR on single lines, where the extra `ocr-plus` is installed.

Its models come with its wheel; nothing is fetched. Without it the words stay as they were read.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from statistics import fmean, median
from typing import Any

from vsdocs.readers.recognise import BULLET, Recognised, Span, drawn, unglued

DOUBTFUL = 0.75  # a word less sure than this has its line read again
APART = 0.9  # times the size: white space at which a line is cut into parts
MARGIN = (5, 4)  # pixels left and right of a part, and above and below it

Letter = tuple[str, float, float, float]  # a sign or a space, from where to where in pixels, and how sure it is, 0 to 1


def read_again(words: Sequence[Recognised], seen: Any, strokes: Any) -> list[Recognised]:
    """The words, those of doubtful parts of lines as the second reader has them where it is surer."""
    reader = line_reader()
    if reader is None:
        return list(words)
    found: list[Recognised] = []
    for part in _parts(words):
        doubtful = any(word.confidence < DOUBTFUL and word.text != BULLET for word in part)
        found += _again(reader, part, seen, strokes) if doubtful else part
    return found


@lru_cache(maxsize=1)
def line_reader() -> Callable[[Any], list[Letter]] | None:
    """What reads the letters of a picture of one line, None where RapidOCR is not installed."""
    try:
        from rapidocr import RapidOCR
    except ImportError:
        return None
    engine = RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        }
    )

    def letters(line: Any) -> list[Letter]:
        import cv2

        told = engine(cv2.cvtColor(line, cv2.COLOR_GRAY2BGR), use_det=False, use_cls=False, return_word_box=True)
        if not told.txts or not told.word_results or told.word_results[0] is None:
            return []
        info = told.word_results[0]
        if not info.line_txt_len:
            return []
        step, sure = line.shape[1] / info.line_txt_len, iter(info.confs)
        found: list[Letter] = []
        for signs, columns in zip(info.words, info.word_cols, strict=True):
            found += [
                (s, c * step, (c + 1) * step, float(next(sure, 0.0))) for s, c in zip(signs, columns, strict=True)
            ]
            found.append((" ", 0.0, 0.0, 1.0))
        return found[:-1]

    return letters


def _parts(words: Sequence[Recognised]) -> Iterator[list[Recognised]]:
    """The words of each line, cut at wide white space."""
    part: list[Recognised] = []
    for word in words:
        last = part[-1] if part else None
        if (
            last
            and abs(last.line - word.line) < 0.5 * last.size
            and -3 <= word.span[0] - last.span[2] < APART * last.size
        ):
            part.append(word)
            continue
        if part:
            yield part
        part = [word]
    if part:
        yield part


def _again(reader: Callable[[Any], list[Letter]], part: list[Recognised], seen: Any, strokes: Any) -> list[Recognised]:
    """A part of a line as the second reader has it, or as it was where that is surer.

    As many words as before keep their places, which the first reader knows better.
    """
    beside, over = MARGIN
    spans = [word.span for word in part]
    left, top = max(0, min(s[0] for s in spans) - beside), max(0, min(s[1] for s in spans) - over)
    right, bottom = max(s[2] for s in spans) + beside, max(s[3] for s in spans) + over
    letters = reader(seen.picture[top:bottom, left:right])
    signs = [sure for sign, _, _, sure in letters if sign != " "]
    before = sum(len(word.text) * word.confidence for word in part) / sum(len(word.text) for word in part)
    if not signs or fmean(signs) <= before:
        return part
    line, size = median(word.line for word in part), median(word.size for word in part)
    found: list[Recognised] = []
    for pieces, sure in _words(letters, (left, top + over, right, bottom - over)):
        for piece in unglued(pieces, seen.ink, size):
            found += drawn(piece, sure, line, size, seen.picture, strokes)
    if len(found) == len(part):
        return [
            old if old.text == BULLET else replace(old, text=new.text, confidence=max(new.confidence, _same(old, new)))
            for old, new in zip(part, found, strict=True)
        ]
    return [replace(word, size=size, stroke=word.stroke / size) for word in found] or part


def _same(old: Recognised, new: Recognised) -> float:
    return old.confidence if old.text == new.text else 0.0


def _words(letters: Sequence[Letter], area: Span) -> Iterator[tuple[list[tuple[str, Span]], float]]:
    """The letters of each word with their places on the page, and how sure the word is."""
    left, top, _, bottom = area
    word: list[tuple[str, Span]] = []
    sure: list[float] = []
    for sign, x0, x1, confidence in [*letters, (" ", 0.0, 0.0, 1.0)]:
        if sign != " ":
            word.append((sign, (round(left + x0), top, round(left + x1), bottom)))
            sure.append(confidence)
        elif word:
            yield word, fmean(sure)
            word, sure = [], []
