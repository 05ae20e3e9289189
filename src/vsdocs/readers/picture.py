"""Pictures of pages made ready to be read: light evened out, straightened, rules and tick boxes found and taken out.

Pictures are numpy arrays of grey values, 0 black to 255 white; masks are 255 where there is ink.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import cv2
import numpy as np

from vsdocs.readers.dotted import dotted
from vsdocs.readers.ink import Picture, Span, as_picture, closed, ink_of, opened, parts, strokes, without
from vsdocs.readers.rounded import rounded_boxes
from vsdocs.readers.straight import level, skew
from vsdocs.readers.struck import struck_out, take_out_struck
from vsdocs.readers.tick_boxes import take_out, tick_boxes
from vsdocs.readers.tints import tinted

LONG_RULE = 0.3  # inches: a straight stroke at least this long is a rule
TALL_RULE = 0.2
THIN = 0.045  # inches: a faint stroke is a rule where it is no thicker than that
FAINT = 45  # of 255: how much darker than the paper beside it a rule is
PALE, SMOOTHED = 14, 15  # of 255, and pixels: how pale a long rule may be after smoothing along it
INKED = 0.2  # of a pale rule's length: what of it is dark, where letters reach down to it
PALE_RULE = 1.2  # inches: the least length of such a rule
BROKEN_RULE = 0.8  # inches: the least length of a rule with gaps
DASH, STANDING_DASH = 0.08, 0.14  # inches: the least piece of a broken rule; stems of letters under each other are less
GAP = 0.06  # inches: the widest gap in a broken rule
STEM = 0.02  # inches: upright strokes that long are stems of letters
THROUGH = 0.3  # of a lying stroke's length: with so many stems along it, it is part of words
CLOSE = 0.01  # inches: letters of which a stroke is a part touch it; those of a tight row stand a little off
GRAIN = 12.0  # of 255: how far the paper is from one tone where it is grainy
LEAST_CONTRAST = 30.0  # of 255: less than that between ink and paper is noise
TALLEST_LETTER = 0.6  # inches: the stem of a letter in a title may be so long
JOINT = 0.05  # inches: how far from a lying rule an upright one may end
BAND = (0.4, 0.1, 0.8)  # inches: the least width, and the least and greatest height, of a dark band
BESIDE = 0.03  # inches: how far the heads of columns stand off the rule between them; a space in a title is narrower
DARK = 0.3  # of a band's rows and columns: what is dark in each, whatever is written there
STRIP = (0.15, 0.03)  # inches: dark areas above, below and beside light writing; a rule is thinner, a letter narrower


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A straight, even picture without its rules; where they were; and each tick box with whether it is ticked."""

    picture: Picture
    ink: Picture
    lying: list[Span]
    standing: list[Span]
    frames: list[Span]  # boxes with round corners
    struck: list[Span]  # strokes through words, which are taken out
    ticks: list[tuple[Span, bool]]
    bands: list[Span]  # dark areas with light writing, as forms set their headings; turned dark on light
    tint: Picture  # where the paper is tinted: see `tints`


def clean(picture: Picture, dpi: float) -> Cleaned:
    """Prepares a picture of a page for reading."""
    even = contrasted(evened(picture))
    angle = skew(even)
    even = level(even, angle)
    ink = ink_of(even)
    if bands := _dark_bands(even, ink, dpi):
        even = _lightened(even, bands)
        ink = ink_of(even)
    labels, inked = parts(ink)
    lying = _without_words(_ruled(even, ink, dpi, lies=True), ink, dpi) | dotted(ink, labels, inked, dpi)
    standing = _ruled(even, ink, dpi, lies=False)
    standing = _without_letters(standing, lying, dpi)
    frames, outline = rounded_boxes(labels, inked, dpi)
    lying, standing = (as_picture(cv2.bitwise_and(mask, cv2.bitwise_not(outline))) for mask in (lying, standing))
    struck = struck_out(as_picture(cv2.bitwise_and(ink, cv2.bitwise_not(outline))), dpi)
    rules = _parts(lying, dpi, wide=True), _parts(_without_bridges(standing, ink, lying, dpi), dpi, wide=False)
    lines = cv2.dilate(lying | standing | outline, np.ones((3, 3), np.uint8))
    ticks = tick_boxes(as_picture(cv2.bitwise_and(ink, cv2.bitwise_not(lines))), dpi)
    bare = as_picture(cv2.bitwise_or(even, lines))
    for span, _ in ticks:
        take_out(bare, ink, span)
    for span in struck:
        take_out_struck(bare, ink, span, dpi)
    rules[1].extend(_carried_up(rules[1], bands, even, dpi))
    for left, top, right, bottom in bands:
        rules[0].extend([(left, top, right, top + 1), (left, bottom, right, bottom + 1)])
        rules[1].extend([(left, top, left + 1, bottom), (right, top, right + 1, bottom)])
    return Cleaned(bare, ink_of(bare), *rules, frames, struck, ticks, bands, tinted(picture, angle, dpi))


def _dark_bands(even: Picture, ink: Picture, dpi: float) -> list[Span]:
    """Where dark bands are, which have light writing on them."""
    solid = opened(ink, (round(STRIP[0] * dpi), round(STRIP[1] * dpi)))
    if not solid.any():
        return []
    whole = closed(solid, (round(0.16 * dpi), round(0.16 * dpi)))
    return [
        _whole_band(even, (x, y, x + w, y + h), round(STRIP[0] * dpi))
        for x, y, w, h, area in parts(opened(whole, (round(BAND[0] * dpi), round(BAND[1] * dpi))))[1][1:]
        if w > BAND[0] * dpi and BAND[1] * dpi < h < BAND[2] * dpi and area > 0.8 * w * h
    ]


def _lightened(even: Picture, bands: list[Span]) -> Picture:
    """The picture with its dark bands turned, so that all writing is dark."""
    turned = even.copy()
    for left, top, right, bottom in bands:
        part = even[top:bottom, left:right].astype(np.float32)
        ground = float(np.median(part))
        turned[top:bottom, left:right] = 255 - np.clip((part - ground) * 255 / max(30.0, 255 - ground), 0, 255)
    return turned


def _whole_band(even: Picture, span: Span, reach: int) -> Span:
    """A band from its first to its last dark column and row: light letters near its ends hide parts of it."""
    left, top, right, bottom = span
    x0 = max(0, left - reach)
    dark = even[:, x0 : right + reach] < 128
    while dark[top].mean() < DARK and top < bottom - 1:
        top += 1
    bottom = top + 1
    while bottom < len(dark) and dark[bottom].mean() > DARK:
        bottom += 1
    while top and dark[top - 1].mean() > DARK:
        top -= 1
    (columns,) = (dark[top:bottom].mean(axis=0) > DARK).nonzero()
    return (x0 + int(columns[0]), int(top), x0 + int(columns[-1]) + 1, int(bottom)) if len(columns) else span


def _carried_up(standing: list[Span], bands: list[Span], even: Picture, dpi: float) -> list[Span]:
    """The rules between columns that end below a dark band of heads, most of them filled in: they part its cells too.

    A band with one title, or with writing that crosses where the columns meet, is one cell.
    """
    found: list[Span] = []
    for left, top, right, bottom in bands:
        ink = even[top + 2 : bottom - 2] < 128
        inner = (left + LONG_RULE * dpi, right - LONG_RULE * dpi)
        below = sorted(r for r in standing if inner[0] < r[0] < inner[1] and abs(r[1] - bottom) < JOINT * dpi)
        aside = round(BESIDE * dpi)
        below = [r for r in below if not 0.15 < float(ink[:, r[0] - aside : r[2] + aside].any(axis=1).mean()) < 0.85]
        edges = [left, *(r[0] for r in below), right]
        filled = sum(bool(ink[:, x0 + 6 : x1 - 6].any()) for x0, x1 in pairwise(edges))
        if filled * 2 > len(below) + 1:
            found += [(x0, top, x1, bottom) for x0, _, x1, _ in below]
    return found


def evened(picture: Picture) -> Picture:
    """The picture with shadows and tinted paper taken out: each point against the paper around it."""
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = np.maximum(cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21), 1)
    paper = cv2.resize(paper, picture.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return as_picture(cv2.divide(picture, paper, scale=255))


def contrasted(even: Picture) -> Picture:
    """The picture with its ink black and its paper white; grain is smoothed first. A good picture hardly changes."""
    dark = ink_of(even)
    if not dark.any() or dark.all():
        return even
    paper = as_picture(cv2.bitwise_not(dark))
    white, pale = _percentiles(even, paper, 0.5, 0.1)
    if white - pale > GRAIN:
        even = as_picture(cv2.GaussianBlur(even, (0, 0), 0.8))
        (pale,) = _percentiles(even, paper, 0.1)
    (black,) = _percentiles(even, dark, 0.1)
    if pale - black < LEAST_CONTRAST:
        return even
    tones = np.clip((np.arange(256, dtype=np.float32) - black) * (255 / (pale - black)), 0, 255)
    return as_picture(cv2.LUT(even, as_picture(tones)))


def _percentiles(picture: Picture, mask: Picture, *shares: float) -> list[float]:
    """For each share the tone that such a share of the points in a mask are darker than."""
    up_to = cv2.calcHist([picture], [0], mask, [256], [0, 256]).ravel().astype(np.int64).cumsum()
    places = [float(up_to[-1] - 1) * share for share in shares]
    ends = (np.searchsorted(up_to, (int(at), int(at) + 1), side="right").tolist() for at in places)
    return [low + (high - low) * (at - int(at)) for (low, high), at in zip(ends, places, strict=True)]


def _ruled(even: Picture, ink: Picture, dpi: float, lies: bool) -> Picture:
    """The straight strokes along one axis that are long enough for rules: faint ones too, and dashes joined."""

    def along(inches: float) -> tuple[int, int]:
        return (max(1, round(inches * dpi)), 1) if lies else (1, max(1, round(inches * dpi)))

    thin = max(3, round(THIN * dpi))
    across = np.ones((thin, 1) if lies else (1, thin), np.uint8)
    faint = as_picture(
        cv2.threshold(cv2.morphologyEx(even, cv2.MORPH_BLACKHAT, across), FAINT, 255, cv2.THRESH_BINARY)[1]
    )
    thick = as_picture(cv2.dilate(ink | faint, np.ones((3, 1) if lies else (1, 3), np.uint8)))
    dashes = opened(thick, along(DASH if lies else STANDING_DASH))
    joined = closed(dashes, along(GAP))
    long = opened(thick, along(LONG_RULE if lies else TALL_RULE)) | opened(joined, along(BROKEN_RULE))
    return long | _pale(even, ink, dpi, lies)


def _pale(even: Picture, ink: Picture, dpi: float, lies: bool) -> Picture:
    """Long rules in a pale grey, as web pages set them: they show when the picture is smoothed along them.

    They are too pale to be ink; a stroke with much ink in it is the foot of a line of letters.
    """
    thin, length = max(3, round(THIN * dpi)), round(PALE_RULE * dpi)
    smooth = cv2.blur(even, (SMOOTHED, 1) if lies else (1, SMOOTHED))
    across = np.ones((thin, 1) if lies else (1, thin), np.uint8)
    pale = cv2.threshold(cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, across), PALE, 255, cv2.THRESH_BINARY)[1]
    thick = as_picture(cv2.dilate(pale, np.ones((3, 1) if lies else (1, 3), np.uint8)))
    mask = opened(thick, (length, 1) if lies else (1, length))
    feet = []
    for stroke in strokes(mask):
        x, y, w, h, *_ = stroke
        if float(ink[y : y + h, x : x + w].any(axis=0 if lies else 1).mean()) >= INKED:
            feet.append(stroke)
    return without(mask, feet)


def _without_bridges(standing: Picture, ink: Picture, lying: Picture, dpi: float) -> Picture:
    """The upright strokes, without what joins one box to the next: white gaps from a lying rule to a lying rule."""
    gaps = as_picture(cv2.bitwise_and(standing, cv2.bitwise_not(cv2.dilate(ink, np.ones((3, 3), np.uint8)))))
    reach = max(3, round(0.02 * dpi))
    bridges = []
    for gap in strokes(gaps):
        x, y, w, h, *_ = gap
        near = lying[:, max(0, x - reach) : x + w + reach]
        ends = near[max(0, y - reach) : y], near[y + h : y + h + reach]
        if not near[y : y + h].any() and all(end.any() for end in ends):
            bridges.append(gap)
    return as_picture(cv2.bitwise_xor(standing, cv2.bitwise_xor(gaps, without(gaps, bridges))))


def _parts(mask: Picture, dpi: float, wide: bool) -> list[Span]:
    """The separate strokes of a mask, those too thick to be a rule left out."""
    thickest = 0.12 * dpi
    spans = [(x, y, x + w, y + h) for x, y, w, h, *_ in strokes(mask)]
    return [s for s in spans if ((s[3] - s[1]) if wide else (s[2] - s[0])) < thickest]


def _without_words(lying: Picture, ink: Picture, dpi: float) -> Picture:
    """The lying strokes but those that run through words: stems of letters stand all along them."""
    rules = cv2.dilate(lying, np.ones((3, 1), np.uint8))
    stems = cv2.bitwise_and(opened(ink, (1, round(STEM * dpi))), cv2.bitwise_not(rules))
    near = max(2, round(CLOSE * dpi))
    through = []
    for stroke in strokes(lying):
        x, y, w, h, *_ = stroke
        if float(stems[max(0, y - near) : y + h + near, x : x + w].any(axis=0).mean()) > THROUGH:
            through.append(stroke)
    return without(lying, through)


def _without_letters(standing: Picture, lying: Picture, dpi: float) -> Picture:
    """The upright strokes but those of large letters: short ones that do not run from one lying rule to another."""
    reach = round(JOINT * dpi)
    letters = []
    for stroke in strokes(standing):
        x, y, w, h, *_ = stroke
        ends = (lying[max(0, end - reach) : end + reach, max(0, x - reach) : x + w + reach] for end in (y, y + h))
        if h <= TALLEST_LETTER * dpi and not all(end.any() for end in ends):
            letters.append(stroke)
    return without(standing, letters)


def stroke_width(ink: Picture) -> Picture:
    """For each point of ink its distance to the paper: half the width of the stroke it is in."""
    distance: Any = cv2.distanceTransform(ink, cv2.DIST_L2, 3)
    return distance  # type: ignore[no-any-return]
