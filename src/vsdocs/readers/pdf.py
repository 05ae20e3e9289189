"""PDF files: text pages by what is drawn on them, scanned pages by their picture."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pypdfium2.raw as raw
from pypdfium2 import PdfiumError

from vsdocs.document import Document, Format, Note, Paragraph, Run
from vsdocs.errors import FileProblem
from vsdocs.evidence import Location
from vsdocs.readers import scan
from vsdocs.readers.annotations import add_to, added_to
from vsdocs.readers.assemble import assemble, take_margins
from vsdocs.readers.blanks import plain_blanks
from vsdocs.readers.layers import Layers
from vsdocs.readers.layout import blocks_of
from vsdocs.readers.navigation import drop_navigation
from vsdocs.readers.page import Page, Word
from vsdocs.readers.pdfium import Signs, open_pdf, page_facts
from vsdocs.readers.stacks import carry_labels, learn_pairs
from vsdocs.readers.stamps import drop_stamps
from vsdocs.readers.view import view_of
from vsdocs.readers.widgets import Slot, fields_of, has_xfa

MAX_PAGES = 200
MAX_SIDE = 5_000.0  # points; A0 is 3,370
FEW_CHARS = 20  # a page with fewer characters has no text layer worth the name
WHOLE_IMAGE = 0.8  # of the page: a picture that large is a scan, even with words over it, if it has print in it
INK = (0.002, 0.3)  # of the page: what is dark on a printed page, from nearly empty to black all over
INK_DPI = 75
DARK = 140  # of 255
SANE = 0.6  # of the words that a scanner recognised: from here on they are taken to be words
SENSELESS = 2  # pages of which no turn made sense: from there on, as in an album of photographs, none is tried
MUCH_IMAGE = 0.5  # of the page: a picture that large with few characters is a scan

_WORD = re.compile(r"\W*([A-Za-z]{2,}|[AaI]|[\d£%.,/:-]+)\W*")


def read(data: bytes, seen: Callable[[int], None] = lambda pages: None) -> Document:
    """The document in a PDF's bytes. `seen` is told how many pages it has before they are read.

    Raises FileProblem: `encrypted`, `damaged`, `too_big`, `no_ocr` (a scan, and no OCR installed), `no_text`.
    """
    pdf = open_pdf(data)
    try:
        return _read(pdf, Layers(data), seen)
    except PdfiumError:  # a page that cannot be loaded, in a file that can
        raise FileProblem("damaged") from None
    finally:
        pdf.close()


def _read(pdf: Any, layers: Layers, seen: Callable[[int], None]) -> Document:
    if len(pdf) == 0:
        raise FileProblem("damaged")
    if len(pdf) > MAX_PAGES:
        raise FileProblem("too_big")
    seen(len(pdf))
    pages: list[Page] = []
    scans = senseless = 0
    slots: dict[int, list[Slot]] = {}
    notes: list[Note] = []
    comments: list[Paragraph] = []
    signs = Signs(pdf)
    for index in range(len(pdf)):
        page, number = pdf[index], index + 1
        if not 0 < min(page.get_size()) <= max(page.get_size()) <= MAX_SIDE:
            raise FileProblem("too_big")
        view = view_of(page)
        slots[number], ticks = fields_of(pdf, page, view.place)
        added = added_to(page, view.place)
        facts = page_facts(page, view, number, layers, ticks, added.rings, signs)
        if _is_scan(page, facts):
            facts, scans = _recognised(page, facts, may_turn=senseless < SENSELESS), scans + 1
            senseless += not scan.makes_sense(facts)
        elif facts.unseen:
            notes.append(Note("hidden_text", "The page holds hidden words, which were not read.", number))
        add_to(facts, added)
        comments += [_comment(text, number) for text in added.comments if text.strip()]
        pages.append(facts)
    margins = take_margins(pages)
    drop_navigation(pages)
    drop_stamps(pages)
    plain_blanks(pages)
    learn_pairs(pages)
    carry_labels(pages)
    filled = any(slots.values())
    if not filled and not any(page.words for page in pages):
        raise FileProblem("no_text")
    if has_xfa(pdf):
        if not filled:
            raise FileProblem("unsupported")
        notes.append(Note("xfa", "This form was made for Adobe's own program, so parts of it may not have been read."))
    notes += _carried(pdf)
    blocks = [blocks_of(page, slots[page.number]) for page in pages]
    return Document(
        Format.SCAN if scans * 2 > len(pages) else Format.PDF,
        assemble(blocks, pages),
        pages=len(pages),
        margins=(*margins, *comments),
        notes=tuple(notes),
    )


def _carried(pdf: Any) -> Iterator[Note]:
    """What a file carries besides its pages: none of it is read or run."""
    if raw.FPDFDoc_GetAttachmentCount(pdf.raw) > 0:
        yield Note("inserted_file", "Other files are inside this one, and were not read.")
    if raw.FPDFDoc_GetJavaScriptActionCount(pdf.raw) > 0:
        yield Note("scripts", "The file holds scripts. They were not run; a PEP does not need them.")


def _is_scan(page: Any, facts: Page) -> bool:
    """Whether a page is a picture of a page, be it with words typed over it."""
    if facts.images <= MUCH_IMAGE:
        return False
    few = sum(len(word.text) for word in facts.words) < FEW_CHARS
    return few or (facts.images > WHOLE_IMAGE and INK[0] < _ink_beside(page, facts) < INK[1])


def _ink_beside(page: Any, facts: Page) -> float:
    """How much of a page is dark that is no word, 0 to 1."""
    scale = INK_DPI / 72
    bitmap = page.render(scale=scale, grayscale=True)
    dark = bitmap.to_numpy().reshape(bitmap.height, bitmap.width) < DARK
    for word in facts.words:
        left, top, right, bottom = (max(0, round(side * scale)) for side in (word.x0, word.top, word.x1, word.bottom))
        dark[top : bottom + 2, left : right + 2] = False
    return float(dark.mean())


def _recognised(page: Any, facts: Page, may_turn: bool) -> Page:
    """What is on a scanned page. Where nothing here recognises words, those that a scanner recognised will do, if they
    are words at all."""
    try:
        return scan.page_facts(page, facts.number, may_turn)
    except FileProblem as problem:
        if problem.code != "no_ocr" or not _are_words(facts.unseen):
            raise
        facts.words = [*facts.words, *facts.unseen]
        return facts


def _are_words(words: Sequence[Word]) -> bool:
    known = sum(bool(_WORD.fullmatch(word.text)) for word in words)
    return len(words) >= FEW_CHARS and known > SANE * len(words)


def _comment(text: str, page: int) -> Paragraph:
    return Paragraph((Run(" ".join(text.split())),), Location(page, "comments"))
