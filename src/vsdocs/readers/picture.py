"""Pictures of pages made ready to be read: light evened out, straightened, rules and tick boxes found and taken out.

Pictures are numpy arrays of grey values, 0 black to 255 white; masks are 255 where there is ink.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]

LONGEST_SKEW = 5.0  # degrees either way
LONG_RULE = 0.3  # inches: a straight stroke at least this long is a rule
TALL_RULE = 0.2
TALLEST_LETTER = 0.6  # inches: the stem of a letter in a title may be so long
JOINT = 0.05  # inches: how far from a lying rule an upright one may end
TICK_BOX = (0.1, 0.25)  # inches: the side of a tick box
BAND = (0.4, 0.1, 0.8)  # inches: the least width, and the least and greatest height, of a dark band
STRIP = (0.15, 0.03)  # inches: dark areas above, below and beside light writing; a rule is thinner, a letter narrower
INK_OF_TICK = 0.07  # of the inside of a tick box

Span = tuple[int, int, int, int]  # left, top, right, bottom in pixels


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A straight, even picture without its rules; where they were; and each tick box with whether it is ticked."""

    picture: Picture
    ink: Picture
    lying: list[Span]
    standing: list[Span]
    ticks: list[tuple[Span, bool]]
    bands: list[Span]  # dark areas with light writing, as forms set their headings; turned dark on light


def clean(picture: Picture, dpi: float) -> Cleaned:
    """Prepares a picture of a page for reading."""
    even, bands = _lightened(straightened(evened(picture)), dpi)
    ink = _ink(even)
    thick = _picture(cv2.dilate(ink, np.ones((3, 1), np.uint8)))
    wide = _picture(cv2.dilate(ink, np.ones((1, 3), np.uint8)))
    lying = _opened(thick, (round(LONG_RULE * dpi), 1))
    standing = _opened(wide, (1, round(TALL_RULE * dpi)))
    standing = _without_letters(standing, lying, dpi)
    rules = _parts(lying, dpi, wide=True), _parts(standing, dpi, wide=False)
    lines = cv2.dilate(lying | standing, np.ones((3, 3), np.uint8))
    ticks = _tick_boxes(_picture(cv2.bitwise_and(ink, cv2.bitwise_not(lines))), dpi)
    bare = even.copy()
    bare[lines > 0] = 255
    for (left, top, right, bottom), _ in ticks:
        bare[max(0, top - 2) : bottom + 3, max(0, left - 2) : right + 3] = 255
    for left, top, right, bottom in bands:
        rules[0].extend([(left, top, right, top + 1), (left, bottom, right, bottom + 1)])
        rules[1].extend([(left, top, left + 1, bottom), (right, top, right + 1, bottom)])
    return Cleaned(bare, _ink(bare), *rules, ticks, bands)


def _lightened(even: Picture, dpi: float) -> tuple[Picture, list[Span]]:
    """The picture with its dark bands turned, so that all writing is dark, and where they were."""
    solid = _opened(_ink(even), (round(STRIP[0] * dpi), round(STRIP[1] * dpi)))
    reach = np.ones((round(0.16 * dpi), round(0.16 * dpi)), np.uint8)
    whole = _picture(cv2.morphologyEx(solid, cv2.MORPH_CLOSE, reach))
    _, _, stats, _ = cv2.connectedComponentsWithStats(_opened(whole, (round(BAND[0] * dpi), round(BAND[1] * dpi))))
    turned, bands = even.copy(), []
    for x, y, w, h, area in stats[1:]:
        if w > BAND[0] * dpi and BAND[1] * dpi < h < BAND[2] * dpi and area > 0.8 * w * h:
            part = even[y : y + h, x : x + w].astype(np.float32)
            ground = float(np.median(part))
            turned[y : y + h, x : x + w] = 255 - np.clip((part - ground) * 255 / max(30.0, 255 - ground), 0, 255)
            bands.append((int(x), int(y), int(x + w), int(y + h)))
    return turned, bands


def evened(picture: Picture) -> Picture:
    """The picture with shadows and tinted paper taken out: each point against the paper around it."""
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21)
    paper = cv2.resize(paper, picture.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return _picture(cv2.divide(picture, np.maximum(paper, 1), scale=255))


def straightened(picture: Picture) -> Picture:
    """The picture turned so that its lines lie level."""
    ink = _picture(cv2.resize(_ink(picture), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
    angle = 0.0
    for step, reach in ((0.5, LONGEST_SKEW), (0.1, 0.4)):
        angles = np.arange(angle - reach, angle + reach + step / 2, step)
        angle = float(max(angles, key=lambda a: _levelness(ink, float(a))))
    return picture if abs(angle) < 0.05 else _turned(picture, angle, 255)


def _levelness(ink: Picture, angle: float) -> float:
    rows = _turned(ink, angle, 0).sum(axis=1, dtype=np.float64)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())


def _turned(picture: Picture, angle: float, edge: int) -> Picture:
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return _picture(cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=edge))


def _ink(picture: Picture) -> Picture:
    return _picture(cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1])


def _opened(ink: Picture, shape: tuple[int, int]) -> Picture:
    return _picture(cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape)))


def _parts(mask: Picture, dpi: float, wide: bool) -> list[Span]:
    """The separate strokes of a mask, those too thick to be a rule left out."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    thickest = 0.12 * dpi
    spans = [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:]]
    return [s for s in spans if ((s[3] - s[1]) if wide else (s[2] - s[0])) < thickest]


def _without_letters(standing: Picture, lying: Picture, dpi: float) -> Picture:
    """The upright strokes but those of large letters: short ones that do not run from one lying rule to another."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(standing, connectivity=8)
    reach = round(JOINT * dpi)
    kept = np.zeros(len(stats), np.uint8)
    for number, (x, y, w, h, _) in enumerate(stats[1:], 1):
        ends = (lying[max(0, end - reach) : end + reach, max(0, x - reach) : x + w + reach] for end in (y, y + h))
        kept[number] = 255 if h > TALLEST_LETTER * dpi or all(end.any() for end in ends) else 0
    return _picture(kept[labels])


def _tick_boxes(ink: Picture, dpi: float) -> list[tuple[Span, bool]]:
    smallest, largest = (round(side * dpi) for side in TICK_BOX)
    stroke = max(8, round(smallest * 0.75))
    lying = _opened(_picture(cv2.dilate(ink, np.ones((2, 1), np.uint8))), (stroke, 1))
    standing = _opened(_picture(cv2.dilate(ink, np.ones((1, 2), np.uint8))), (1, stroke))
    frame = cv2.dilate(lying | standing, np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(_picture(frame), connectivity=8)
    boxes = []
    for x, y, w, h, _ in stats[1:]:
        if smallest <= w <= largest and smallest <= h <= largest and abs(int(w) - int(h)) <= 0.2 * max(w, h):
            span = int(x) + 1, int(y) + 1, int(x + w) - 1, int(y + h) - 1  # without what the dilation added
            if _four_sides(lying, standing, span) and _four_corners(ink, span):
                inset = max(4, round(0.22 * w))
                inside = ink[span[1] + inset : span[3] - inset, span[0] + inset : span[2] - inset]
                boxes.append((span, float(inside.mean()) / 255 > INK_OF_TICK))
    return boxes


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


def _four_corners(ink: Picture, span: Span) -> bool:
    """Whether ink reaches into each corner with thin strokes, and, where it does so barely, nothing stands close by.

    A bold D has thick strokes and an O hardly any corners, and both have letters beside them.
    """
    left, top, right, bottom = span
    part = ink[top:bottom, left:right] > 0
    deep = max(3, round(0.12 * part.shape[0]))
    ends = slice(None, deep), slice(-deep, None)
    corners = [part[y, x] for y in ends for x in ends]
    thin = part[:, : deep * 2].mean() < 0.75 and part[:, -deep * 2 :].mean() < 0.75
    away = max(3, round(0.22 * part.shape[1]))
    alone = not ink[top:bottom, max(0, left - away) : max(0, left - 1)].any()
    alone = alone and not ink[top:bottom, right + 1 : right + away].any()
    return thin and all(corner.any() for corner in corners) and (alone or all(c.mean() > 0.4 for c in corners))


def stroke_width(ink: Picture) -> Picture:
    """For each point of ink its distance to the paper: half the width of the stroke it is in."""
    distance: Any = cv2.distanceTransform(ink, cv2.DIST_L2, 3)
    return distance  # type: ignore[no-any-return]


def _picture(array: Any) -> Picture:
    return np.asarray(array, dtype=np.uint8)
