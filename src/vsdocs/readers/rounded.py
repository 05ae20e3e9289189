"""Boxes with round corners on a picture, which the straight strokes of their sides alone do not close."""

from typing import Any

import cv2
import numpy as np

from vsdocs.readers.ink import Labels, Part, Picture, Span, as_picture

LEAST = (0.6, 0.25)  # inches: the least width and height of such a box
DEEP = 0.04  # inches: how far its sides may lie from what is around it
CORNER = (0.03, 0.3)  # inches: how far from a corner its sides end
ALONG = 0.9  # of a side between two corners: what of it is drawn


def rounded_boxes(labels: Labels, parts: list[Part], dpi: float) -> tuple[list[Span], Picture]:
    """The boxes among the parts of the ink, and a mask of the strokes that they are drawn with."""
    width, height = (inches * dpi for inches in LEAST)
    found: list[Span] = []
    mask = np.zeros(labels.shape, np.uint8)
    for number, (x, y, w, h, area) in enumerate(parts[1:], 1):
        if w < width or h < height or area > 0.2 * w * h:
            continue
        stroke = labels[y : y + h, x : x + w] == number
        if _is_rounded(stroke, dpi):
            found.append((x, y, x + w, y + h))
            mask[y : y + h, x : x + w][stroke] = 255
    return found, as_picture(cv2.dilate(mask, np.ones((5, 5), np.uint8)))


def _is_rounded(stroke: Picture, dpi: float) -> bool:
    """Whether four sides are drawn between corners that are left out."""
    deep, near, far = (max(2, round(inches * dpi)) for inches in (DEEP, *CORNER))
    sides: tuple[Any, ...] = (
        stroke[:deep].any(axis=0), stroke[-deep:].any(axis=0), stroke[:, :deep].any(axis=1), stroke[:, -deep:].any(axis=1)
    )  # fmt: skip
    far = min(far, min(stroke.shape) // 3)
    corners = [
        stroke[y, x] for y in (slice(None, near), slice(-near, None)) for x in (slice(None, near), slice(-near, None))
    ]
    return all(float(side[far:-far].mean()) > ALONG for side in sides) and not any(corner.any() for corner in corners)
