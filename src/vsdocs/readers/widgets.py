"""The fillable fields of a PDF, whose values are not in its text: each joined to the label printed beside it."""

import ctypes
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from vsdocs.document import TICKED, UNTICKED, Box, Field
from vsdocs.evidence import Location
from vsdocs.readers.lines import Line, lines_on, segments
from vsdocs.readers.page import Page, Place, Word, around, contains

MAX_FIELDS = 1_000  # on one page
MAX_OPTIONS = 500  # of one list
BESIDE = 160.0  # points: how far to the left of a field its label may end
ABOVE = 12.0  # points: how far above a field its label may end

HIDDEN = 2 | 32  # bits of an annotation's flags: hidden, not to be seen on a screen
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


def fields_of(pdf: Any, page: Any, place: Place) -> tuple[list[Slot], list[Word]]:
    """The fillable fields of a page, and its tick boxes as ☒ and ☐."""
    slots: list[Slot] = []
    ticks: list[Word] = []
    if pdf.formenv is None:
        return slots, ticks
    form = pdf.formenv.raw
    for annotation in _widgets(page):
        kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
        box = box_of(annotation, place)
        if kind in _TICKS:
            text = TICKED if _is_ticked(form, annotation) else UNTICKED
            ticks.append(Word(text, box.x0, box.top, box.x1, box.bottom, max(1.0, min(12.0, box.bottom - box.top))))
        elif kind in _TEXTS:
            value = _chosen(form, annotation) if kind != raw.FPDF_FORMFIELD_TEXTFIELD else ""
            value = value or string(lambda *to, a=annotation: raw.FPDFAnnot_GetFormFieldValue(form, a, *to))
            name = string(lambda *to, a=annotation: raw.FPDFAnnot_GetFormFieldAlternateName(form, a, *to))
            name = name or string(lambda *to, a=annotation: raw.FPDFAnnot_GetFormFieldName(form, a, *to))
            name = _readable(name)
            slots.append(Slot(box, "\n".join(line.strip() for line in value.splitlines()).strip(), name))
    return slots, ticks


def _is_ticked(form: Any, annotation: Any) -> bool:
    """Whether a tick box is ticked; some programs write down that it is and leave its picture as it was, or draw none."""
    states = (string(lambda *to, k=key: raw.FPDFAnnot_GetStringValue(annotation, k, *to)) for key in (b"AS", b"V"))
    return bool(raw.FPDFAnnot_IsChecked(form, annotation)) or any(state not in ("", "Off") for state in states)


def _chosen(form: Any, annotation: Any) -> str:
    """What a list shows as chosen; its value may be a code for it."""
    chosen = [
        string(lambda *to, n=number: raw.FPDFAnnot_GetOptionLabel(form, annotation, n, *to))
        for number in range(min(MAX_OPTIONS, raw.FPDFAnnot_GetOptionCount(form, annotation)))
        if raw.FPDFAnnot_IsOptionSelected(form, annotation, number)
    ]
    return "\n".join(chosen)


def _readable(name: str) -> str:
    """A field's name as a label: the last part of 'form1[0].Page1[0].Home_school[0]'."""
    last = re.sub(r"\[\d+\]", "", name).rpartition(".")[2] if " " not in name else name
    return last.replace("_", " ").strip()


def _widgets(page: Any) -> Iterator[Any]:
    for index in range(min(MAX_FIELDS, raw.FPDFPage_GetAnnotCount(page.raw))):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            shown = not raw.FPDFAnnot_GetFlags(annotation) & HIDDEN
            if shown and raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET:
                yield annotation
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def box_of(annotation: Any, place: Place) -> Box:
    rectangle = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, rectangle)
    x0, y0 = place(rectangle.left, rectangle.top)
    x1, y1 = place(rectangle.right, rectangle.bottom)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def string(get: Callable[..., int]) -> str:
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
    printed = [part for line in lines_on(page) for part in segments(line)] if slots else []
    for slot in slots:
        middle = (slot.box.x0 + slot.box.x1) / 2, (slot.box.top + slot.box.bottom) / 2
        if any(contains(cell, *middle) for cell in cells):
            page.words = [*page.words, *as_words(slot)]
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


def as_words(slot: Slot) -> Iterator[Word]:
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
