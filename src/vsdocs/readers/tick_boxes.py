"""Tick boxes on a picture: where they are, and whether a pen has marked them."""

from collections.abc import Iterator

import cv2
import numpy as np

from vsdocs.readers.ink import Picture, Span, as_picture, opened, strokes

TICK_BOX = (0.1, 0.25)  # inches: the side of a tick box
LARGE_BOX = 0.15  # inches: from here on letters of its size are in titles only
FULL_SIDE = 0.6  # of a tick box's side with a tick's ends beside it
SOLID = 0.93  # of a tick box: so much ink is a box filled all over
INK_OF_TICK = 0.07  # of the inside of a tick box


def tick_boxes(ink: Picture, dpi: float) -> list[tuple[Span, bool]]:
    """The tick boxes in the ink, and for each whether it is ticked."""
    smallest, largest = (round(side * dpi) for side in TICK_BOX)
    stroke = max(8, round(smallest * 0.75))
    lying = opened(as_picture(cv2.dilate(ink, np.ones((2, 1), np.uint8))), (stroke, 1))
    standing = opened(as_picture(cv2.dilate(ink, np.ones((1, 2), np.uint8))), (1, stroke))
    boxes: list[tuple[Span, bool]] = []
    for span in (*_framed(lying, standing, (smallest, largest)), *_paired(lying, (smallest, largest))):
        w, h = span[2] - span[0] + 2, span[3] - span[1] + 2
        if not (smallest <= w <= largest and smallest <= h <= largest and abs(w - h) <= 0.2 * max(w, h)):
            continue
        if any(_meet(span, other) for other, _ in boxes) or not _four_sides(lying, standing, span):
            continue
        if _four_corners(ink, span, large=min(w, h) > LARGE_BOX * dpi):
            inset = max(4, round(0.22 * w))
            inside = ink[span[1] + inset : span[3] - inset, span[0] + inset : span[2] - inset]
            boxes.append((span, float(inside.mean()) / 255 > INK_OF_TICK))
    return boxes


def _framed(lying: Picture, standing: Picture, sides: tuple[int, int]) -> Iterator[Span]:
    """The boxes of strokes that hang together and with nothing else but the ends of a tick."""
    frame = cv2.dilate(lying | standing, np.ones((3, 3), np.uint8))
    smallest, largest = sides
    for x, y, w, h, *_ in strokes(as_picture(frame)):
        if smallest <= w <= 1.5 * largest and smallest <= h <= 1.5 * largest:
            # without what the dilation added
            yield _without_tails(lying, standing, (x + 1, y + 1, x + w - 1, y + h - 1))


def _paired(lying: Picture, sides: tuple[int, int]) -> Iterator[Span]:
    """The squares between two lying strokes of one length: boxes that letters or a long tick hang together with."""
    smallest, largest = sides
    sides_there = sorted((y, x, x + w, y + h) for x, y, w, h, *_ in strokes(lying) if smallest <= w <= 1.5 * largest)
    for number, (top, left, right, _) in enumerate(sides_there):
        for _, x0, x1, bottom in sides_there[number + 1 :]:
            if bottom - top > 1.2 * (right - left):
                break
            x0, x1 = max(left, x0), min(right, x1)
            if abs(x1 - x0 - (bottom - top)) <= 0.2 * (bottom - top):
                yield x0, top, x1, bottom


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def take_out(bare: Picture, ink: Picture, span: Span) -> None:
    """Whitens a tick box and the ends of its tick: what hangs together with it and is near."""
    left, top, right, bottom = span
    reach = (bottom - top) // 2
    x0, y0 = max(0, left - reach), max(0, top - reach)
    near = slice(y0, bottom + reach), slice(x0, right + reach)
    _, labels = cv2.connectedComponents(ink[near], connectivity=8)
    own = np.unique(labels[top - y0 : bottom - y0, left - x0 : right - x0])
    hangs = np.isin(labels, own[own > 0]).astype(np.uint8)
    bare[near][cv2.dilate(hangs, np.ones((5, 5), np.uint8)) > 0] = 255
    bare[max(0, top - 2) : bottom + 3, max(0, left - 2) : right + 3] = 255


def _without_tails(lying: Picture, standing: Picture, span: Span) -> Span:
    """A box without the ends of a tick that leave it: from its first to its last full stroke each way."""
    left, top, right, bottom = span
    rows = (lying[top:bottom, left:right] > 0).mean(axis=1) > FULL_SIDE
    columns = (standing[top:bottom, left:right] > 0).mean(axis=0) > FULL_SIDE
    if not rows.any() or not columns.any():
        return span
    (ys,), (xs,) = rows.nonzero(), columns.nonzero()
    return left + int(xs[0]), top + int(ys[0]), left + int(xs[-1]) + 1, top + int(ys[-1]) + 1


def _four_sides(lying: Picture, standing: Picture, span: Span) -> bool:
    """Whether a straight stroke runs along the whole of each side: a letter's strokes leave a part of one open."""
    left, top, right, bottom = span
    across, up = lying[top:bottom, left:right] > 0, standing[top:bottom, left:right] > 0
    depth = max(4, round(0.2 * across.shape[0]))
    sides = (
        across[:depth].any(axis=0),
        across[-depth:].any(axis=0),
        up[:, :depth].any(axis=1),
        up[:, -depth:].any(axis=1),
    )
    return all(side.mean() > 0.9 for side in sides)


def _four_corners(ink: Picture, span: Span, large: bool) -> bool:
    """Whether ink reaches into each corner with thin strokes, and, where it does so barely, nothing stands close by.

    A bold D has thick strokes and an O hardly any corners, and both have letters beside them. A tick that leaves its box
    does so at the top; a box that is filled all over stands alone. Of a large box a corner may be worn off,
    and words may follow closely.
    """
    left, top, right, bottom = span
    part = ink[top:bottom, left:right] > 0
    deep = max(3, round(0.12 * part.shape[0]))
    ends = slice(None, deep), slice(-deep, None)
    corners = [part[y, x] for y in ends for x in ends]
    full = max(part[:, : deep * 2].mean(), part[:, -deep * 2 :].mean())
    away = max(3, round(0.22 * part.shape[1]))
    low = top + round(0.4 * part.shape[0])
    first = not ink[low:bottom, max(0, left - away) : max(0, left - 1)].any()
    alone = first and not ink[low:bottom, right + 1 : right + away].any()
    if part.mean() > SOLID:
        return alone
    if first and large and full < 0.85 and sum(bool(corner.any()) for corner in corners) >= 3:
        return True
    thin = full < (0.88 if alone else 0.75)
    return bool(thin and all(c.any() for c in corners) and (alone or all(c.mean() > 0.4 for c in corners)))
