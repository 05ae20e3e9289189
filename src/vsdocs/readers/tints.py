"""Pale tints on scanned pages: the ground of a form's labels and headings, told from shadows by its sharp edges."""

import cv2
import numpy as np

from vsdocs.readers.ink import Picture, Span, as_picture, opened
from vsdocs.readers.straight import level

QUARTER = 4  # the picture is looked at so many times smaller
LETTERS = 0.2  # inches: what is closed so that writing and rules vanish
AROUND = 2.6  # inches: how far around a point the paper is looked for; a tinted column is narrower
PALE = 0.955  # of the paper's tone: what is darker is tinted
LIGHTEST = 90  # percentile of a column's tones that is its paper: its margins at least are bare
BAND = (0.4, 0.12, 0.8)  # inches: the least width, and the least and greatest height, of a tinted band
MOST = 0.6  # of a cell: so much is tinted where it is shaded


def tinted(picture: Picture, angle: float, dpi: float) -> Picture:
    """A mask, a quarter of the picture's size, of what on it, turned by an angle, is darker than the paper around but no writing."""
    small = level(
        as_picture(cv2.resize(picture, None, fx=1 / QUARTER, fy=1 / QUARTER, interpolation=cv2.INTER_AREA)), angle
    )
    fine = dpi / QUARTER
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, _square(LETTERS * fine))
    ground = cv2.medianBlur(ground, 5)
    lightest = np.maximum(np.percentile(ground, LIGHTEST, axis=0), 1)  # of each column: binding and lid cast a shadow
    ground = as_picture(np.clip(ground * (lightest.max() / lightest), 0, 255))
    paper = cv2.blur(cv2.dilate(ground, _square(AROUND * fine)), (25, 25))
    return as_picture(np.where(ground < PALE * paper.astype(np.float32), 255, 0))


def _square(side: float) -> Picture:
    """A square for morphology whose side is odd, so that nothing is moved by it."""
    return np.ones((round(side) // 2 * 2 + 1,) * 2, np.uint8)


def is_tinted(mask: Picture, span: Span) -> bool:
    """Whether most of an area of the whole picture lies on a tint."""
    left, top, right, bottom = (side // QUARTER for side in span)
    part = mask[top : bottom + 1, left : right + 1]
    return part.size > 0 and float(part.mean()) > MOST * 255


def tinted_bands(mask: Picture, dpi: float) -> list[Span]:
    """The upright rectangles that are tinted throughout and no higher than a heading, on the whole picture."""
    least, lowest, highest = (round(inches * dpi / QUARTER) for inches in BAND)
    _, _, stats, _ = cv2.connectedComponentsWithStats(opened(mask, (least // 2 | 1, lowest // 2 | 1)), connectivity=4)
    return [
        (x * QUARTER, y * QUARTER, (x + w) * QUARTER, (y + h) * QUARTER)
        for x, y, w, h, area in stats[1:].tolist()
        if w >= least and lowest <= h <= highest and area > 0.85 * w * h
    ]
