"""The questions put to PDFium thousands of times a page, each in its quickest form.

Handles are plain numbers here, and answers land in places that are set aside once and read before the next question. The
calls are so short that they keep Python's lock: to let go of it and take it back costs as much as they do.
"""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from struct import Struct
from typing import Any

import pypdfium2.raw as raw

from vsdocs.readers.page import Point

MAX_SEGMENTS = 5_000  # of one path

Handle = int
Sides = tuple[float, float, float, float]  # left, top, right, bottom
Colour = tuple[int, int, int, int]  # red, green, blue, and how well it covers
Matrix = tuple[float, float, float, float, float, float]

_NUMBER, _HANDLE = ctypes.c_int, ctypes.c_void_p
_LONGEST = 500  # characters of a text of a mark


def _bound(function: Any, told: Any, *asked: Any) -> Callable[..., Any]:
    return ctypes.PYFUNCTYPE(told, *asked)(ctypes.cast(function, _HANDLE).value or 0)


def handle(pointer: Any) -> Handle:
    """The number of a handle that pypdfium2 gave."""
    return ctypes.cast(pointer, _HANDLE).value or 0


# where PDFium writes what it is asked
_PLACE = ctypes.create_string_buffer(64)
_AT = ctypes.addressof(_PLACE)
_TEXT = ctypes.create_string_buffer(2 * _LONGEST)
_floats_6 = Struct("6f").unpack_from
_doubles_2, _numbers_2, _numbers_4 = (Struct(kind).unpack_from for kind in ("2d", "2I", "4I"))
_floats_4_each: Callable[[Any], Iterator[Sides]] = Struct("4f").iter_unpack
_length = Struct("L").unpack_from

# ---------------------------------------------------------------------------------------------- characters of a text page
count_chars = _bound(raw.FPDFText_CountChars, _NUMBER, _HANDLE)
unicode_of = _bound(raw.FPDFText_GetUnicode, ctypes.c_uint, _HANDLE, _NUMBER)
size_of = _bound(raw.FPDFText_GetFontSize, ctypes.c_double, _HANDLE, _NUMBER)
text_object = _bound(raw.FPDFText_GetTextObject, _HANDLE, _HANDLE, _NUMBER)
_loose_box = _bound(raw.FPDFText_GetLooseCharBox, _NUMBER, _HANDLE, _NUMBER, _HANDLE)
_origin = _bound(raw.FPDFText_GetCharOrigin, _NUMBER, _HANDLE, _NUMBER, _HANDLE, _HANDLE)
_char_matrix = _bound(raw.FPDFText_GetMatrix, _NUMBER, _HANDLE, _NUMBER, _HANDLE)
_char_colour = _bound(raw.FPDFText_GetFillColor, _NUMBER, _HANDLE, _NUMBER, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
_font_info = _bound(raw.FPDFText_GetFontInfo, ctypes.c_ulong, _HANDLE, _NUMBER, _HANDLE, ctypes.c_ulong, _HANDLE)


def char_boxes(text: Handle, indices: Sequence[int]) -> Iterator[Sides]:
    """The loose boxes of characters, all sides 0 of one that has none."""
    place = ctypes.create_string_buffer(16 * len(indices))
    start = ctypes.addressof(place)
    list(map(_loose_box, repeat(text), indices, range(start, start + len(place), 16)))
    return _floats_4_each(place)


def origin_of(text: Handle, index: int) -> Point:
    """Where the pen was set down for a character."""
    return _doubles_2(_PLACE) if _origin(text, index, _AT, _AT + 8) else (0.0, 0.0)


def char_matrix(text: Handle, index: int) -> Matrix | None:
    return _floats_6(_PLACE) if _char_matrix(text, index, _AT) else None


def char_colour(text: Handle, index: int) -> Colour | None:
    return _numbers_4(_PLACE) if _char_colour(text, index, _AT, _AT + 4, _AT + 8, _AT + 12) else None


def font_name(text: Handle, index: int) -> bytes:
    """The name of a character's font, its first 255 letters; nothing where it has none."""
    told = _font_info(text, index, ctypes.addressof(_TEXT), 256, _AT)
    return _TEXT.value if 0 < told <= 256 else b""


# ------------------------------------------------------------------------------------------------------- drawn things
kind_of = _bound(raw.FPDFPageObj_GetType, _NUMBER, _HANDLE)
render_mode = _bound(raw.FPDFTextObj_GetTextRenderMode, _NUMBER, _HANDLE)
font_of = _bound(raw.FPDFTextObj_GetFont, _HANDLE, _HANDLE)
count_drawn = _bound(raw.FPDFPage_CountObjects, _NUMBER, _HANDLE)
drawn_on = _bound(raw.FPDFPage_GetObject, _HANDLE, _HANDLE, _NUMBER)
count_inside = _bound(raw.FPDFFormObj_CountObjects, _NUMBER, _HANDLE)
drawn_inside = _bound(raw.FPDFFormObj_GetObject, _HANDLE, _HANDLE, ctypes.c_ulong)
_matrix = _bound(raw.FPDFPageObj_GetMatrix, _NUMBER, _HANDLE, _HANDLE)
_colour = _bound(raw.FPDFPageObj_GetFillColor, _NUMBER, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
_pixels = _bound(raw.FPDFImageObj_GetImagePixelSize, _NUMBER, _HANDLE, _HANDLE, _HANDLE)


def matrix_of(item: Handle) -> Matrix:
    return _floats_6(_PLACE) if _matrix(item, _AT) else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def fill_of(item: Handle) -> Colour:
    return _numbers_4(_PLACE) if _colour(item, _AT, _AT + 4, _AT + 8, _AT + 12) else (0, 0, 0, 0)


def pixels_of(item: Handle) -> int:
    """How many pixels a picture has, 0 where that is not known."""
    wide, high = _numbers_2(_PLACE) if _pixels(item, _AT, _AT + 4) else (0, 0)
    return int(wide * high)


# --------------------------------------------------------------------------------------------------------------- paths
_count_segments = _bound(raw.FPDFPath_CountSegments, _NUMBER, _HANDLE)
_segment = _bound(raw.FPDFPath_GetPathSegment, _HANDLE, _HANDLE, _NUMBER)
_kind = _bound(raw.FPDFPathSegment_GetType, _NUMBER, _HANDLE)
_closes = _bound(raw.FPDFPathSegment_GetClose, _NUMBER, _HANDLE)
_point = _bound(raw.FPDFPathSegment_GetPoint, _NUMBER, _HANDLE, _HANDLE, _HANDLE)
_draw_mode = _bound(raw.FPDFPath_GetDrawMode, _NUMBER, _HANDLE, _HANDLE, _HANDLE)
_POINTS = (ctypes.c_float * (2 * MAX_SEGMENTS))()
_POINTS_AT = ctypes.addressof(_POINTS)


def draw_mode(path: Handle) -> tuple[int, int]:
    """How a path is filled, and whether it is stroked."""
    return _numbers_2(_PLACE) if _draw_mode(path, _AT, _AT + 4) else (0, 0)


def strokes_of(path: Handle) -> Iterator[tuple[int, int, float, float]]:
    """The strokes of a path: the kind of each, whether it closes a shape, and where it goes to."""
    segments = list(map(_segment, repeat(path), range(min(_count_segments(path), MAX_SEGMENTS))))
    end = _POINTS_AT + 8 * len(segments)
    told = list(map(_point, segments, range(_POINTS_AT, end, 8), range(_POINTS_AT + 4, end, 8)))
    points = _POINTS[: 2 * len(told)]
    return zip(map(_kind, segments), map(_closes, segments), points[::2], points[1::2], strict=True)


# --------------------------------------------------------------------------------------------------------------- marks
count_marks = _bound(raw.FPDFPageObj_CountMarks, _NUMBER, _HANDLE)
mark_of = _bound(raw.FPDFPageObj_GetMark, _HANDLE, _HANDLE, ctypes.c_ulong)
_name = _bound(raw.FPDFPageObjMark_GetName, _NUMBER, _HANDLE, _HANDLE, ctypes.c_ulong, _HANDLE)
_value = _bound(
    raw.FPDFPageObjMark_GetParamStringValue, _NUMBER, _HANDLE, ctypes.c_char_p, _HANDLE, ctypes.c_ulong, _HANDLE
)


def mark_name(mark: Handle) -> str:
    return _said(_name(mark, ctypes.addressof(_TEXT), len(_TEXT), _AT))


def mark_value(mark: Handle, key: bytes) -> str:
    return _said(_value(mark, key, ctypes.addressof(_TEXT), len(_TEXT), _AT))


def _said(told: int) -> str:
    """A text of a mark; nothing where it is too long for its place."""
    (length,) = _length(_PLACE)
    return _TEXT.raw[: length - 2].decode("utf-16-le", "replace") if told and 2 <= length <= len(_TEXT) else ""
