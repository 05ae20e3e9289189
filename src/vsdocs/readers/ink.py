"""Pictures as arrays: what is ink on them, and the straight strokes in it.

Pictures are numpy arrays of grey values, 0 black to 255 white; masks are 255 where there is ink.
"""

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
Span = tuple[int, int, int, int]  # left, top, right, bottom in pixels


def ink_of(picture: Picture) -> Picture:
    """The ink of a picture, told from the paper by its darkness."""
    return as_picture(cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1])


def opened(ink: Picture, shape: tuple[int, int]) -> Picture:
    """What of the ink a full rectangle of this width and height can cover."""
    return as_picture(cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape)))


def as_picture(array: Any) -> Picture:
    return np.asarray(array, dtype=np.uint8)
