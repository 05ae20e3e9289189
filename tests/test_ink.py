"""What is found in the ink of a picture, against OpenCV's own way, which takes longer."""

import cv2
import numpy as np
import pytest
from PIL import Image

from test_scan import form, pictured
from vsdocs.readers import ink, scan, straight

SHAPES = [(1, 1), (2, 1), (7, 1), (60, 1), (1, 3), (1, 40), (30, 6), (32, 32)]


def page() -> ink.Picture:
    """A page of writing, rules and specks, some of them at its edges."""
    drawn = np.asarray(pictured(form)).copy()
    specks = np.random.default_rng(7).random(drawn.shape) < 0.02
    drawn[specks] = 0
    drawn[300:310], drawn[:, -4:], drawn[:3, :500] = 0, 0, 0
    return ink.ink_of(ink.as_picture(drawn))


@pytest.mark.parametrize("shape", SHAPES)
def test_opened_and_closed_are_what_opencv_makes_of_them(shape: tuple[int, int]) -> None:
    seen, rectangle = page(), np.ones(shape[::-1], np.uint8)
    assert (ink.opened(seen, shape) == cv2.morphologyEx(seen, cv2.MORPH_OPEN, rectangle)).all()
    assert (ink.closed(seen, shape) == cv2.morphologyEx(seen, cv2.MORPH_CLOSE, rectangle)).all()


def test_parts_are_those_of_opencv() -> None:
    seen = page()
    _, labels, stats, _ = cv2.connectedComponentsWithStats(seen, connectivity=8)
    found, parts = ink.parts(seen)
    assert (found == labels).all()
    assert parts[1:] == [tuple(part) for part in stats[1:].tolist()]
    low = [height < 10 for _, _, _, height, _ in parts]
    assert (ink.only(seen, found, low) == np.where(np.asarray(low)[labels], seen, 0)).all()


def test_strokes_are_the_parts_and_can_be_taken_out() -> None:
    seen = page()
    labels, parts = ink.parts(seen)
    strokes = ink.strokes(seen)
    assert sorted(stroke[:4] for stroke in strokes) == sorted(part[:4] for part in parts[1:])
    taken = strokes[::3]
    numbers = [labels[y, x] for *_, x, y in taken]
    assert (ink.without(seen, taken) == np.where(np.isin(labels, numbers), 0, seen)).all()


def test_a_blank_page_has_no_parts() -> None:
    blank = np.zeros((40, 30), np.uint8)
    assert ink.parts(blank)[1] == [(0, 0, 0, 0, 0)]
    assert ink.strokes(blank) == []
    assert not straight.lines_stand(blank)


@pytest.mark.parametrize("degrees", [-4.0, -0.7, 0.0, 2.3])
def test_how_far_a_page_is_off_level(degrees: float) -> None:
    crooked = pictured(form).rotate(degrees, fillcolor=255, resample=Image.Resampling.BICUBIC)
    assert straight.skew(ink.as_picture(crooked)) == pytest.approx(-degrees, abs=0.11)


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_whether_lines_stand(quarter: int) -> None:
    turned = np.ascontiguousarray(np.rot90(np.asarray(pictured(form)), quarter))
    assert straight.lines_stand(scan._cleaned(turned, 200 / 72).ink) == (quarter % 2 == 1)


def test_a_page_too_narrow_for_lines_is_level() -> None:
    assert straight.skew(np.full((900, 9), 255, np.uint8)) == 0
