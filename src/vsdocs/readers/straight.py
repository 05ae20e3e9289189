"""Pictures of pages laid straight: how far they are off level, and whether they lie on their side."""

import cv2
import numpy as np

from vsdocs.readers.ink import Picture, as_picture, ink_of

LONGEST_SKEW = 50  # tenths of a degree either way
STRIP = 16  # pixels of a picture of half the size: how wide the strips are in which a lean is looked for
STANDING = 1.5  # times what tells rows apart is what tells columns apart: about 5 on a page on its side, else below 0.5


def skew(picture: Picture) -> float:
    """By how many degrees a picture must be turned to the left for its lines to lie level."""
    ink = ink_of(as_picture(cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)))
    if ink.shape[1] < STRIP:
        return 0.0
    strips = as_picture(cv2.resize(ink, None, fx=1 / STRIP, fy=1.0, interpolation=cv2.INTER_AREA))
    angle = 0
    for step, reach in ((5, LONGEST_SKEW), (1, 4)):
        tenths = range(angle - reach, angle + reach + 1, step)
        angle = max(tenths, key=lambda each: _levelness(_slanted(strips, each / 10)))
    return angle / 10


def _slanted(strips: Picture, angle: float) -> Picture:
    """Upright strips of a picture, each moved up or down as far as turning the picture by an angle would move it."""
    height, width = strips.shape
    slope = -np.tan(np.radians(angle)) * STRIP
    matrix = np.array([[1, 0, 0], [slope, 1, -slope * width / 2]])
    return as_picture(cv2.warpAffine(strips, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=0))


def level(picture: Picture, angle: float) -> Picture:
    """The picture turned by an angle in degrees."""
    return picture if abs(angle) < 0.05 else _turned(picture, angle, 255)


def _levelness(ink: Picture) -> float:
    """How much more ink is in some rows than in the rows beside them."""
    rows = ink.sum(axis=1, dtype=np.float64)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())


def _turned(picture: Picture, angle: float, edge: int) -> Picture:
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return as_picture(cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=edge))


def lines_stand(ink: Picture) -> bool:
    """Whether the lines of writing run up the page: it is its columns that differ in ink, not its rows."""
    small = as_picture(cv2.resize(ink, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA))
    return _levelness(as_picture(cv2.transpose(small))) > STANDING * _levelness(small)
