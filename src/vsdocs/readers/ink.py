"""Pictures as arrays: what is ink on them, and the straight strokes in it.

Pictures are numpy arrays of grey values, 0 black to 255 white; masks are 255 where there is ink.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.int32]
Span = tuple[int, int, int, int]  # left, top, right, bottom in pixels
Stroke = tuple[int, int, int, int, int, int]  # left, top, width, height, and a point of it
Part = tuple[int, int, int, int, int]  # left, top, width, height in pixels, and how many of them are inked


def ink_of(picture: Picture) -> Picture:
    """The ink of a picture, told from the paper by its darkness."""
    return as_picture(cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1])


def opened(ink: Picture, shape: tuple[int, int]) -> Picture:
    """What of the ink a full rectangle of this width and height can cover."""
    for reach, across in zip(shape, (1, 0), strict=True):
        ink = _met(ink, reach, across, cv2.bitwise_and, 255)
    for reach, across in zip(shape, (1, 0), strict=True):
        ink = _met(ink, reach, across, cv2.bitwise_or, 0)
    return ink


def closed(ink: Picture, shape: tuple[int, int]) -> Picture:
    """The ink with the gaps filled that no rectangle of this width and height fits into."""
    for reach, across in zip(shape, (1, 0), strict=True):
        ink = _met(ink, reach, across, cv2.bitwise_or, 0)
    for reach, across in zip(shape, (1, 0), strict=True):
        ink = _met(ink, reach, across, cv2.bitwise_and, 255)
    return ink


def _met(mask: Picture, reach: int, axis: int, meet: Any, beyond: int) -> Picture:
    """Each point with its neighbours along an axis: a run of `reach` points, doubled until it is as long as that.

    OpenCV's own way takes as many steps as the run has points, this one as many as their number has binary digits.
    """
    if reach == 1:
        return mask
    before, after = reach // 2, reach - 1 - reach // 2
    edges = (0, 0, before, after) if axis else (before, after, 0, 0)
    mask = as_picture(cv2.copyMakeBorder(mask, *edges, cv2.BORDER_CONSTANT, value=beyond))
    other = np.empty_like(mask)
    run = 1
    while run < reach:
        step = min(run, reach - run)
        here, there = (mask[:, :-step], mask[:, step:]) if axis else (mask[:-step], mask[step:])
        other, mask = mask, meet(here, there, dst=other[: here.shape[0], : here.shape[1]])
        run += step
    return mask


def parts(mask: Picture) -> tuple[Labels, list[Part]]:
    """The parts of a mask that hang together: the number of each point's part, and the parts, the paper as number 0 first.

    OpenCV measures parts point by point, paper and all; here only the ends of their runs along each row are looked at.
    """
    count, told = cv2.connectedComponents(mask, connectivity=8)
    labels: Labels = np.asarray(told, np.int32)
    padded = cv2.copyMakeBorder(mask, 0, 0, 1, 1, cv2.BORDER_CONSTANT, value=0)
    ends = cv2.findNonZero(cv2.compare(padded[:, 1:], padded[:, :-1], cv2.CMP_NE))
    if ends is None:
        return labels, [(0, 0, 0, 0, 0)]
    ends = ends.reshape(-1, 2)
    (first, y), last = ends[::2].T, ends[1::2, 0]
    own = labels[y, first]
    left, top = np.full((2, count), max(mask.shape), np.int32)
    right, bottom = np.zeros((2, count), np.int32)
    np.minimum.at(left, own, first)
    np.minimum.at(top, own, y)
    np.maximum.at(right, own, last)
    np.maximum.at(bottom, own, y + 1)
    area = np.bincount(own, last - first, count).astype(np.int32)
    return labels, list(zip(*(a.tolist() for a in (left, top, right - left, bottom - top, area)), strict=True))


def only(mask: Picture, labels: Labels, chosen: Sequence[bool]) -> Picture:
    """Of a mask the chosen of its parts."""
    kept, inked = np.zeros_like(mask), mask > 0
    kept[inked] = np.where(chosen, 255, 0).astype(np.uint8)[labels[inked]]
    return kept


def strokes(mask: Picture) -> list[Stroke]:
    """The parts of a mask that hang together, from the top: quicker than `parts` where little of it is inked."""
    outlines, nested = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return []
    outer = [line for line, (*_, within) in zip(outlines, nested.reshape(-1, 4), strict=True) if within < 0]
    found = [(*cv2.boundingRect(line), *line.reshape(-1, 2)[0].tolist()) for line in outer]
    return sorted(found, key=lambda stroke: (stroke[5] // 2, stroke[4] // 2))


def without(mask: Picture, taken: Iterable[Stroke]) -> Picture:
    """The mask but these of its parts."""
    mask = mask.copy()
    for *_, x, y in taken:
        cv2.floodFill(mask, None, (x, y), 0, flags=8)
    return mask


def as_picture(array: Any) -> Picture:
    return np.asarray(array, dtype=np.uint8)
