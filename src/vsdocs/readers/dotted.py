"""Dotted lines on a picture, as forms print them to be written on: rows of small dots, told from letters by their size."""

import cv2
import numpy as np

from vsdocs.readers.ink import Labels, Part, Picture, as_picture, closed, only, opened

DOT = 0.03  # inches: the greatest height of a dot
APART = 0.045  # inches: the widest gap between two dots
FEW = 0.15  # inches: shorter rows of dots are an ellipsis
CROSSED = 0.16  # inches: the widest gap where the foot of a letter hangs together with dots
LEAST = 0.25  # inches: the least length of a dotted line


def dotted(ink: Picture, labels: Labels, found: list[Part], dpi: float) -> Picture:
    """A mask of the dotted lines that lie in the ink, of which the parts are told."""
    dots = only(ink, labels, [height <= DOT * dpi for _, _, _, height, _ in found])
    rows = _closed(as_picture(cv2.dilate(dots, np.ones((3, 1), np.uint8))), APART * dpi)
    lines = _closed(opened(rows, (round(FEW * dpi) | 1, 1)), CROSSED * dpi)
    return opened(lines, (round(LEAST * dpi) | 1, 1))


def _closed(mask: Picture, gap: float) -> Picture:
    """The mask with gaps along lying strokes filled."""
    reach = round(gap) | 1  # odd, so that nothing is moved by it
    padded = cv2.copyMakeBorder(mask, 0, 0, reach, reach, cv2.BORDER_CONSTANT, value=0)
    return closed(as_picture(padded), (reach, 1))[:, reach:-reach]
