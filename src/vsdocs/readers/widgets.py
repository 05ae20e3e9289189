"""The fillable fields of a PDF, whose values are not in its text: each joined to the label printed beside it."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from vsdocs.document import TICKED, UNTICKED, Box, Field
from vsdocs.evidence import Location
from vsdocs.readers.lines import Line, lines_of, segments
from vsdocs.readers.page import Page, Word, around, contains
from vsdocs.readers.pdfium import placing

MAX_FIELDS = 1_000  # on one page
BESIDE = 160.0  # points: how far to the left of a field its label may end
ABOVE = 12.0  # points: how far above a field its label may end

_HIDDEN = 2  # bit of an annotation's flags
_TICKS = {raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON}
_TEXTS = {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX}


@dataclass(frozen=True, slots=True)
class Slot:
    """A fillable text, date or choice: where it is, what it holds, and what the file calls it."""

    box: Box
    value: str
    name: str


def has_xfa(pdf: Any) -> bool:
    """Whether the form is XFA throughout: what people see is then made by Adobe's program and is not in the file."""
    return raw.FPDF_GetFormType(pdf.raw) in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND)


def fields_of(pdf: Any, page: Any) -> tuple[list[Slot], list[Word]]:
    """The fillable fields of a page, and its tick boxes as ☒ and ☐."""
    slots: list[Slot] = []
    ticks: list[Word] = []
    if pdf.formenv is None:
        return slots, ticks
    form, place = pdf.formenv.raw, placing(page)
    for annotation in _widgets(page):
        kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
        box = _box(annotation, place)
        if kind in _TICKS:
            text = TICKED if raw.FPDFAnnot_IsChecked(form, annotation) else UNTICKED
            ticks.append(Word(text, box.x0, box.top, box.x1, box.bottom, min(12.0, box.bottom - box.top)))
        elif kind in _TEXTS:
            value = _string(lambda *to, a=annotation: raw.FPDFAnnot_GetFormFieldValue(form, a, *to))
            name = _string(lambda *to, a=annotation: raw.FPDFAnnot_GetFormFieldAlternateName(form, a, *to))
            name = name or _string(lambda *to, a=annotation: raw.FPDFAnnot_GetFormFieldName(form, a, *to))
            slots.append(Slot(box, "\n".join(line.strip() for line in value.splitlines()).strip(), name))
    return slots, ticks


def _widgets(page: Any) -> Iterator[Any]:
    for index in range(min(MAX_FIELDS, raw.FPDFPage_GetAnnotCount(page.raw))):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            shown = not raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN
            if shown and raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET:
                yield annotation
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _box(annotation: Any, place: Callable[[float, float], tuple[float, float]]) -> Box:
    rectangle = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, rectangle)
    x0, y0 = place(rectangle.left, rectangle.top)
    x1, y1 = place(rectangle.right, rectangle.bottom)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _string(get: Callable[..., int]) -> str:
    """A text that PDFium gives in two steps: how long it is, then the text itself."""
    length = get(None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    get(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


# --------------------------------------------------------------------------------------------------------------- labels
def fill(page: Page, slots: Sequence[Slot], cells: Sequence[Box]) -> list[Field]:
    """Puts values that lie in table cells among the page's words; the others become fields with the label beside them.

    The words of those labels are taken from the page.
    """
    found: list[Field] = []
    printed = [part for line in lines_of(page.words) for part in segments(line)] if slots else []
    for slot in slots:
        middle = (slot.box.x0 + slot.box.x1) / 2, (slot.box.top + slot.box.bottom) / 2
        if any(contains(cell, *middle) for cell in cells):
            page.words.extend(_as_words(slot))
            continue
        label = _label(printed, slot, slots)
        words = set(label.words) if label else set()
        if label:
            printed.remove(label)
            page.words = [word for word in page.words if word not in words]
        text = label.text if label else slot.name
        found.append(
            Field(text, slot.value, Location(page.number, ""), around([*words, slot.box]) if words else slot.box)
        )
    return found


def _as_words(slot: Slot) -> Iterator[Word]:
    """A value as words of the page, a word a line, so that its lines stay as they were filled in."""
    lines = [line for line in slot.value.splitlines() if line]
    height = min(12.0, (slot.box.bottom - slot.box.top) / max(1, len(lines)))
    for number, line in enumerate(lines):
        top = slot.box.top + number * height
        yield Word(line, slot.box.x0, top, slot.box.x0 + 1, top + height * 0.9, height * 0.8)


def _label(printed: Sequence[Line], slot: Slot, slots: Sequence[Slot]) -> Line | None:
    """The printed words that name a field: close above it and in line with it, or to its left."""
    box = slot.box
    above = [
        part
        for part in printed
        if -2 <= box.top - part.box.bottom <= ABOVE and part.box.x0 < box.x1 and part.box.x1 > box.x0
        and abs(part.box.x0 - box.x0) < 20
    ]  # fmt: skip
    beside = [
        part
        for part in printed
        if part.box.top < box.bottom and part.box.bottom > box.top and -2 <= box.x0 - part.box.x1 <= BESIDE
        and not any(_between(part.box, other.box, box) for other in slots if other is not slot)
    ]  # fmt: skip
    near = max(beside, key=lambda part: part.box.x1, default=None)
    if above and (near is None or box.x0 - near.box.x1 > 40):
        return max(above, key=lambda part: part.box.bottom)
    return near


def _between(label: Box, other: Box, box: Box) -> bool:
    """Whether another field stands between a label and a field, and so has the label."""
    return other.x0 >= label.x1 - 2 and other.x1 <= box.x0 + 2 and other.top < box.bottom and other.bottom > box.top
