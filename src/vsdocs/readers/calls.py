"""The questions put to PDFium thousands of times a page, each in its quickest form.

Handles are plain numbers here, and answers land in places that are set aside once and read before the next question. The
calls are so short that they keep Python's lock: to let go of it and take it back costs as much as they do.
"""

import ctypes
from collections.abc import Callable
from struct import Struct
from typing import Any

import pypdfium2.raw as raw

from vsdocs.readers.page import Point

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
_floats_2, _floats_4, _floats_6 = (Struct(f"{many}f").unpack_from for many in (2, 4, 6))
_doubles_2, _numbers_2, _numbers_4 = (Struct(kind).unpack_from for kind in ("2d", "2I", "4I"))
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


def char_box(text: Handle, index: int) -> Sides:
    """The loose box of a character, all of them 0 where it has none."""
    return _floats_4(_PLACE) if _loose_box(text, index, _AT) else (0.0, 0.0, 0.0, 0.0)


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
count_segments = _bound(raw.FPDFPath_CountSegments, _NUMBER, _HANDLE)
segment_of = _bound(raw.FPDFPath_GetPathSegment, _HANDLE, _HANDLE, _NUMBER)
segment_kind = _bound(raw.FPDFPathSegment_GetType, _NUMBER, _HANDLE)
closes = _bound(raw.FPDFPathSegment_GetClose, _NUMBER, _HANDLE)
_point = _bound(raw.FPDFPathSegment_GetPoint, _NUMBER, _HANDLE, _HANDLE, _HANDLE)
_draw_mode = _bound(raw.FPDFPath_GetDrawMode, _NUMBER, _HANDLE, _HANDLE, _HANDLE)


def draw_mode(path: Handle) -> tuple[int, int]:
    """How a path is filled, and whether it is stroked."""
    return _numbers_2(_PLACE) if _draw_mode(path, _AT, _AT + 4) else (0, 0)


def point_of(segment: Handle) -> Point:
    """Where a stroke of a path goes to."""
    return _floats_2(_PLACE) if _point(segment, _AT, _AT + 4) else (0.0, 0.0)


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
