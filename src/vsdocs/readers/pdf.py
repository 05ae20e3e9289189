"""PDF files: text pages by what is drawn on them, scanned pages by their picture."""

from typing import Any

from vsdocs.document import Document, Format, Note
from vsdocs.errors import FileProblem
from vsdocs.readers.assemble import assemble, take_margins
from vsdocs.readers.layout import blocks_of
from vsdocs.readers.page import Page
from vsdocs.readers.pdfium import open_pdf, page_facts
from vsdocs.readers.widgets import Slot, fields_of, has_xfa

MAX_PAGES = 200
MAX_SIDE = 5_000.0  # points; A0 is 3,370
FEW_CHARS = 20  # a page with fewer characters has no text layer worth the name
MUCH_IMAGE = 0.5  # of the page: a picture that large with few characters is a scan


def read(data: bytes) -> Document:
    """The document in a PDF's bytes.

    Raises FileProblem: `encrypted`, `damaged`, `too_big`, `no_ocr` (a scan, and no OCR installed), `no_text`.
    """
    pdf = open_pdf(data)
    try:
        return _read(pdf)
    finally:
        pdf.close()


def _read(pdf: Any) -> Document:
    if len(pdf) == 0:
        raise FileProblem("damaged")
    if len(pdf) > MAX_PAGES:
        raise FileProblem("too_big")
    pages: list[Page] = []
    scans = 0
    slots: dict[int, list[Slot]] = {}
    for index in range(len(pdf)):
        page = pdf[index]
        if not 0 < min(page.get_size()) <= max(page.get_size()) <= MAX_SIDE:
            raise FileProblem("too_big")
        slots[index + 1], ticks = fields_of(pdf, page)
        facts = page_facts(page, index + 1, ticks)
        if _is_scan(facts):
            from vsdocs.readers import scan

            facts, scans = scan.page_facts(page, index + 1), scans + 1
        pages.append(facts)
    margins = take_margins(pages)
    filled = any(slots.values())
    if not filled and not any(page.words for page in pages):
        raise FileProblem("no_text")
    notes = []
    if has_xfa(pdf):
        if not filled:
            raise FileProblem("unsupported")
        notes.append(Note("xfa", "This form was made for Adobe's own program, so parts of it may not have been read."))
    blocks = [blocks_of(page, slots[page.number]) for page in pages]
    return Document(
        Format.SCAN if scans * 2 > len(pages) else Format.PDF,
        assemble(blocks, pages),
        pages=len(pages),
        margins=tuple(margins),
        notes=tuple(notes),
    )


def _is_scan(page: Page) -> bool:
    return page.images > MUCH_IMAGE and sum(len(word.text) for word in page.words) < FEW_CHARS
