"""What one file costs, beside what anybody would write instead, in one process and in turn: CPU time, median of five rounds."""

import io
import time
import zipfile
from collections.abc import Callable
from ctypes import POINTER, byref, c_ushort, cast, create_string_buffer
from datetime import date
from pathlib import Path
from statistics import median

import corpus
import docx
import numpy as np
import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from lxml import etree

from vsdocs import pipeline, rubric

ROUNDS = 5
FILES = 20  # of each kind


def whole(path: Path, rules: rubric.Rubric, today: date) -> None:
    """Read, extract, grade, and pack for the store: all that a worker does for a file."""
    extraction = pipeline.read(path.read_bytes(), path.name)
    extraction.packed()
    if judgement := pipeline.grade(extraction, rules, today):
        judgement.packed()


def pdfium_words(path: Path) -> None:
    """Every word with its box, by two calls a word: the least that a reader of PDFs must do."""
    pdf = pdfium.PdfDocument(path)
    first, last = raw.FS_RECTF(), raw.FS_RECTF()
    for page in pdf:
        text_page = page.get_textpage()
        count = raw.FPDFText_CountChars(text_page)
        buffer = create_string_buffer((count + 1) * 2)
        raw.FPDFText_GetText(text_page, 0, count, cast(buffer, POINTER(c_ushort)))
        text = buffer.raw[: count * 2].decode("utf-16-le", "surrogatepass")
        place = 0
        for word in text.split():
            place = text.index(word, place)
            raw.FPDFText_GetLooseCharBox(text_page, place, byref(first))
            place += len(word)
            raw.FPDFText_GetLooseCharBox(text_page, place - 1, byref(last))
    pdf.close()


def plumber(path: Path) -> None:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_words()
            page.extract_tables()
            page.close()


def lxml_parse(path: Path) -> None:
    """The parts that hold a document's words and looks, parsed and no more."""
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                etree.fromstring(parts.read(name))


def python_docx(path: Path) -> None:
    document = docx.Document(io.BytesIO(path.read_bytes()))
    for paragraph in document.paragraphs:
        paragraph.text  # noqa: B018
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                cell.text  # noqa: B018


def bare_ocr(path: Path) -> None:
    """Tesseract over the pages as they lie: what a scan costs at the least."""
    import tesserocr
    from PIL import Image

    from vsdocs.readers.scan import tessdata

    with tesserocr.PyTessBaseAPI(path=str(tessdata()), lang="eng") as api:
        pdf = pdfium.PdfDocument(path)
        for page in pdf:
            picture = page.render(scale=200 / 72, grayscale=True).to_numpy()
            api.SetImage(Image.fromarray(np.squeeze(picture)))
            api.Recognize()
        pdf.close()


def cost(files: list[Path], *ways: Callable[[Path], None], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of CPU a file for each way; the ways take turns, so that a busy machine is busy for all."""
    taken: list[list[float]] = [[] for _ in ways]
    for way in ways:
        way(files[0])
    for _ in range(rounds):
        for way, times in zip(ways, taken, strict=True):
            began = time.process_time()
            for path in files:
                way(path)
            times.append((time.process_time() - began) / len(files) * 1000)
    return [median(times) for times in taken]


def lines(folder: Path) -> list[str]:
    """The table of what files cost."""
    rules, today = rubric.load("dorset-2025-26"), date(2026, 11, 22)

    def ours(path: Path) -> None:
        whole(path, rules, today)

    made = corpus.make(folder / "reading", 200)
    pdfs = [path for path in made if path.suffix == ".pdf"][:FILES]
    words = [path for path in made if path.suffix == ".docx"][:FILES]
    scanned = corpus.scans(folder / "scanned", len(corpus.SCAN))
    pdf, bare_pdf, plumbed = cost(pdfs, ours, pdfium_words, plumber)
    word, bare_word, with_docx = cost(words, ours, lxml_parse, python_docx)
    scan, bare_scan = cost(scanned, ours, bare_ocr, rounds=1)
    return [
        "| a file, whole: read, extracted, graded, packed | ms of CPU | beside | ms of CPU | ratio |",
        "|---|---|---|---|---|",
        f"| PDF with text or form | {pdf:.0f} | PDFium's words with boxes, no more | {bare_pdf:.1f} | {pdf / bare_pdf:.1f} |",
        f"| | | pdfplumber's words and tables | {plumbed:.0f} | {pdf / plumbed:.2f} |",
        f"| Word | {word:.0f} | lxml's parse of the parts, no more | {bare_word:.1f} | {word / bare_word:.1f} |",
        f"| | | python-docx's paragraphs and tables | {with_docx:.0f} | {word / with_docx:.2f} |",
        f"| scan | {scan:.0f} | Tesseract over the pages as they lie | {bare_scan:.0f} | {scan / bare_scan:.2f} |",
    ]
