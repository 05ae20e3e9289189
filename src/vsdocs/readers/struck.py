"""Words struck out on a picture: a straight stroke runs through them, with stems of letters above and below it."""

import cv2
import numpy as np

from vsdocs.readers.ink import Picture, Span, as_picture, opened, parts, strokes

LEAST = 0.19  # inches: the least length of a stroke through a word
LONG = 1.7  # times the height of the letters: a bar of a large letter is shorter
THICK = (0.013, 0.04)  # inches: how thick it is
BARE = (0.12, 0.4)  # of its length: what has no letter above nor below, as between two letters, where a bar has none
AREA = 0.0042  # square inches: less ink than that in a thin, short stroke may be the bars of two letters
UNBROKEN = 0.97  # of its length: what is inked along its middle
STEM = 0.015  # inches: upright strokes that long are stems
NEAR = 0.02  # inches from the stroke that stems begin at
THROUGH = (0.12, 0.6)  # of its length: what has stems above at least, and below, and the two shares added
TALL = 0.09  # inches: how far letters reach above and below the stroke; what hangs together with it, twice as far


def struck_out(ink: Picture, dpi: float) -> list[Span]:
    """The strokes through words."""
    lines = opened(as_picture(cv2.dilate(ink, np.ones((2, 1), np.uint8))), (round(LEAST * dpi), 1))
    around = cv2.bitwise_not(cv2.dilate(lines, np.ones((3, 3), np.uint8)))
    stems = opened(as_picture(cv2.bitwise_and(ink, around)), (1, max(2, round(STEM * dpi))))
    thinnest, thickest = (inches * dpi for inches in THICK)
    spans = [
        (x, y, x + w, y + h) for x, y, w, h, *_ in strokes(lines) if thinnest <= h <= thickest and w * h > AREA * dpi**2
    ]
    spans = [s for s in spans if float(ink[(s[1] + s[3]) // 2, s[0] : s[2]].mean()) > UNBROKEN * 255]
    return [s for s in spans if _is_through(s, stems, dpi) and _is_bare(s, ink, dpi) and _is_long(s, ink, dpi)]


def _is_through(span: Span, stems: Picture, dpi: float) -> bool:
    """Whether letters stand above a stroke and go on below it."""
    left, top, right, bottom = span
    near = round(NEAR * dpi) + 2
    above = _share(stems[max(0, top - near) : top, left:right])
    below = _share(stems[bottom : bottom + near, left:right])
    each, both = THROUGH
    return min(above, below) > each and above + below > both


def _is_bare(span: Span, ink: Picture, dpi: float) -> bool:
    """Whether a stroke goes on between letters."""
    left, top, right, bottom = span
    near = round(NEAR * dpi) * 2
    beside = ink[max(0, top - near) : max(0, top - 1), left:right], ink[bottom + 1 : bottom + near, left:right]
    bare = 1 - float((beside[0].any(axis=0) | beside[1].any(axis=0)).mean())
    return BARE[0] < bare < BARE[1]


def _share(stems: Picture) -> float:
    """How much of a stroke's length has stems beside it, each with a little of the white around it."""
    full = as_picture(stems.any(axis=0, keepdims=True))
    return float(cv2.dilate(full, np.ones((1, 5), np.uint8)).mean()) if full.size else 0.0


def _is_long(span: Span, ink: Picture, dpi: float) -> bool:
    left, top, right, bottom = span
    y0 = max(0, top - round(4 * TALL * dpi))
    labels, found = parts(ink[y0 : bottom + round(4 * TALL * dpi), left:right])
    own = np.unique(labels[top - y0 : bottom - y0])
    return right - left > LONG * max((found[n][3] for n in own if n), default=0)


def take_out_struck(bare: Picture, ink: Picture, stroke: Span, dpi: float) -> None:
    """Whitens struck words: the letters that hang together with the stroke, and what is as high as they are."""
    left, top, right, bottom = stroke
    tall = round(TALL * dpi)
    x0, y0 = max(0, left - tall), max(0, top - 2 * tall)
    near = slice(y0, bottom + 2 * tall), slice(x0, right + tall)
    _, labels = cv2.connectedComponents(ink[near], connectivity=8)
    own = np.unique(labels[top - y0 : bottom - y0, left - x0 : right - x0])
    hangs = np.isin(labels, own[own > 0]).astype(np.uint8)
    bare[near][cv2.dilate(hangs, np.ones((5, 5), np.uint8)) > 0] = 255
    bare[max(0, top - tall) : bottom + tall, left:right] = 255
