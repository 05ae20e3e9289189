"""Labels on coloured ground under each other, with their values on the plain ground to the right."""

from collections.abc import Sequence
from itertools import pairwise

from vsdocs.document import Box, Field
from vsdocs.readers.columns import SAME, field_of
from vsdocs.readers.lines import lines_of, segments
from vsdocs.readers.page import ByHeight, Rule, Sorted, Word, contains

APART = 12.0  # points between two labels of one stack, at most
HIGHEST = 60.0  # points: what is higher is no band
LONG = 80  # characters: longer than a label is
MANY = 2  # labels of a stack: fewer are a title, unless they stand beside such a stack


def shaded_labels(bands: Sequence[Box], rules: Sequence[Rule], words: list[Word]) -> tuple[list[Field], list[Word]]:
    """The fields that labels on bands of one width make with what stands beside them, and the words that are left."""
    found: list[Field] = []
    told: list[Box] = []
    if not bands:
        return found, words
    by_height, grounds = ByHeight(words), Sorted(bands, lambda band: band.top)
    for stack in sorted(_stacks(bands), key=len, reverse=True):
        alone = len(stack) < MANY and not any(abs(stack[0].top - band.top) < SAME for band in told)
        ends = [b.x0 for b in bands if b.x0 > stack[0].x1 and any(abs(b.top - band.top) < SAME for band in stack)]
        end = min(ends, default=float("inf"))
        rows = [(by_height.within(band), _beside(by_height, band, (band.x1, end), grounds)) for band in stack]
        if any(_beside(by_height, band, (0.0, band.x0), grounds) for band in stack):
            continue  # answers, their labels to the left
        filled = sum(bool(value) for _, value in rows)
        ruled = any(
            r.lies and stack[0].top + SAME < r.top < stack[-1].bottom - SAME and r.x0 < stack[0].x1 < r.x1
            for r in rules
        )
        if ruled or alone or filled * 2 < len(rows) or not all(_is_label(label) for label, _ in rows):
            continue
        for label, value in rows:
            lines = lines_of(value)
            found.append(field_of(lines_of(label), lines, max((line.box.x1 for line in lines), default=end) + 4))
        told += stack
        used = {word for row in rows for held in row for word in held}
        words = [word for word in words if word not in used]
        by_height = ByHeight(words)
    return found, words


def _stacks(bands: Sequence[Box]) -> list[list[Box]]:
    """Bands of one width closely under each other."""
    stacks: list[list[Box]] = []
    for band in sorted(bands, key=lambda b: b.top):
        under = (s for s in stacks if abs(s[-1].x0 - band.x0) < SAME and abs(s[-1].x1 - band.x1) < SAME)
        stack = next((s for s in under if -1 <= band.top - s[-1].bottom < APART), None)
        if stack is None:
            stacks.append([band])
        else:
            stack.append(band)
    return stacks


def _beside(words: Sorted[Word], band: Box, ends: tuple[float, float], bands: Sorted[Box]) -> list[Word]:
    """The words on the height of a band between two `ends` that are on no band themselves."""
    start, end = ends
    level = words.between(band.top - 1, band.bottom + 1)
    row = [w for w in level if w.x0 > start - 1 and w.x1 <= end + 1 and band.top - 1 < w.middle[1] < band.bottom + 1]
    near = bands.between(band.top - 1 - HIGHEST, band.bottom + 1) if row else []
    return [word for word in row if not any(contains(other, *word.middle) for other in near)]


def _is_label(words: Sequence[Word]) -> bool:
    lines = lines_of(words)
    text = " ".join(line.text for line in lines)
    close = all(b.box.bottom - a.box.bottom < 1.5 * b.size for a, b in pairwise(lines))
    return bool(lines) and len(text) <= LONG and close and all(len(segments(line)) == 1 for line in lines)
