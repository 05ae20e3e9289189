"""Scans as they come from a copier: turned, faint, crooked, ticked by pen. What is read is what was drawn."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from vsdocs import readers
from vsdocs.document import TICKED, UNTICKED, Document, Field, Paragraph, Table
from vsdocs.readers import scan, second
from vsdocs.readers.assemble import take_margins
from vsdocs.readers.page import Page, Word
from vsdocs.readers.picture import Cleaned
from vsdocs.readers.recognise import Recognised

DPI = 200
ROWS = [("Name", "Answer"), ("First name", "Samantha"), ("School", "Copse Lane Primary"), ("Attendance", "93.8%")]


def pictured(draw: Callable[[Canvas], None], size: tuple[float, float] = A4) -> Image.Image:
    """What is drawn, as a picture."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=size)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return pypdfium2.PdfDocument(data.getvalue())[0].render(scale=DPI / 72).to_pil().convert("L")


def scan_of(*pictures: Image.Image) -> Document:
    """The document of a PDF that has these pictures for pages."""
    data = io.BytesIO()
    canvas = Canvas(data)
    for picture in pictures:
        width, height = (side * 72 / DPI for side in picture.size)
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(picture), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return readers.read(data.getvalue())


def form(canvas: Canvas, dash: tuple[int, int] | None = None, width: float = 0.8) -> None:
    canvas.setLineWidth(width)
    if dash:
        canvas.setDash(*dash)
    canvas.grid([50, 250, 520], [700 - 25 * row for row in range(len(ROWS) + 1)])
    for number, row in enumerate(ROWS):
        for x, text in zip((58, 258), row, strict=True):
            canvas.setFont("Helvetica" if number else "Helvetica-Bold", 12)
            canvas.drawString(x, 683 - 25 * number, text)
    canvas.setFont("Helvetica", 11)
    for number, text in enumerate(
        ("I would like to learn how to look after horses at the college.", "My friends say that I am kind to animals.")
    ):
        canvas.drawString(50, 500 - 40 * number, text)


def table_of(document: Document) -> list[list[str]]:
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    return [[cell.text for cell in row] for row in table.rows]


def prose(document: Document) -> str:
    return " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_turned_page_is_set_upright(quarter: int) -> None:
    document = scan_of(pictured(form).rotate(90 * quarter, expand=True))
    assert table_of(document) == [list(row) for row in ROWS]
    assert "look after horses at the college" in prose(document)


def test_pages_of_a_file_may_lie_each_its_own_way() -> None:
    document = scan_of(pictured(form), pictured(form).rotate(180), pictured(form).rotate(90, expand=True))
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [row[1].text for table in tables for row in table.rows].count("Samantha") == 3


def test_a_page_with_little_on_it_is_read_as_it_lies() -> None:
    document = scan_of(pictured(lambda canvas: canvas.drawString(50, 700, "Signed")))
    assert prose(document) == "Signed"


@pytest.mark.parametrize(("skew", "black", "grain"), [(4.5, 0, 0), (-4.5, 120, 0), (2.0, 110, 6)])
def test_a_faint_crooked_grainy_scan_is_read(skew: float, black: int, grain: float) -> None:
    crooked: Any = np.asarray(pictured(form).rotate(skew, fillcolor=255, resample=Image.Resampling.BICUBIC), float)
    shade = np.linspace(1.0, 0.75, crooked.shape[1])[None, :]
    grey = (black + crooked * (210 - black) / 255) * shade + np.random.default_rng(7).normal(0, grain, crooked.shape)
    document = scan_of(Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)))
    assert table_of(document) == [list(row) for row in ROWS]


@pytest.mark.parametrize(("dash", "width"), [((40, 3), 0.8), (None, 0.3)])
def test_broken_and_thin_rules_make_a_table(dash: tuple[int, int] | None, width: float) -> None:
    assert table_of(scan_of(pictured(lambda canvas: form(canvas, dash, width)))) == [list(row) for row in ROWS]


def test_dots_of_a_list_are_dots() -> None:
    lines = ["Claire Kendrick (Designated Teacher)", "Kevin Whittingham (Foster Carer)", "Abigail Threlfall (School)"]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for number, line in enumerate(lines):
            canvas.drawString(50, 700 - 16 * number, f"•     {line}")

    assert prose(scan_of(pictured(draw))).replace("\t", " ").count("• ") == len(lines)


def tick(canvas: Canvas, x: float, y: float) -> None:
    canvas.setLineWidth(1.6)
    canvas.lines([(x + 2, y + 6, x + 5, y + 2), (x + 5, y + 2, x + 14, y + 15)])


def cross(canvas: Canvas, x: float, y: float) -> None:
    canvas.setLineWidth(1.6)
    canvas.lines([(x - 2, y - 1, x + 13, y + 12), (x - 1, y + 13, x + 12, y - 2)])


def filled(canvas: Canvas, x: float, y: float) -> None:
    canvas.rect(x, y, 11, 11, fill=1)


@pytest.mark.parametrize("mark", [tick, cross, filled])
def test_boxes_marked_by_pen_are_ticked(mark: Callable[[Canvas, float, float], None]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        for number, text in enumerate(("Initial meeting", "Review meeting", "Interim meeting")):
            canvas.setLineWidth(0.8)
            canvas.rect(60 + 160 * number, 558, 11, 11)
            canvas.drawString(80 + 160 * number, 560, text)
        mark(canvas, 220, 558)
        canvas.drawString(50, 500, "I would like to learn how to look after horses at the college.")

    text = prose(scan_of(pictured(draw))).replace("\t", " ")
    assert f"{UNTICKED} Initial" in text
    assert f"{TICKED} Review" in text
    assert f"{UNTICKED} Interim" in text


def test_tinted_cells_are_shaded_and_white_ones_are_not() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.85)
        canvas.rect(50, 600, 200, 100, stroke=0, fill=1)
        canvas.setFillGray(0)
        form(canvas)

    (table,) = [block for block in scan_of(pictured(draw)).blocks if isinstance(block, Table)]
    assert {cell.column for cell in table.cells if cell.shaded} == {0}


def test_heads_in_white_on_black_stand_over_their_columns() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 250, 400, 520], [650, 675, 700])
        canvas.rect(50, 675, 470, 25, fill=1)
        for colour, y, texts in ((1, 683, ("Who", "Role", "Phone")), (0, 658, ("Ann Lee", "Carer", "01632 960100"))):
            canvas.setFillGray(colour)
            canvas.setFont("Helvetica-Bold" if colour else "Helvetica", 12)
            for x, text in zip((58, 258, 408), texts, strict=True):
                canvas.drawString(x, y, text)

    assert table_of(scan_of(pictured(draw))) == [["Who", "Role", "Phone"], ["Ann Lee", "Carer", "01632 960100"]]


def test_answers_written_on_rules_belong_to_the_labels_before_them() -> None:
    def draw(canvas: Canvas) -> None:
        form(canvas)
        canvas.setFont("Helvetica", 11)
        for x, label, start, answer, end in (
            (50, "Held on", 95, "13/11/25", 200),
            (220, "Venue", 258, "Cobden School", 420),
        ):
            canvas.drawString(x, 400, label)
            canvas.drawString(start + 6, 400, answer)
            canvas.line(start, 396, end, 396)

    fields = [(b.label, b.value) for b in scan_of(pictured(draw)).blocks if isinstance(b, Field)]
    assert fields == [("Held on", "13/11/25"), ("Venue", "Cobden School")]


def test_grey_print_is_told_from_black() -> None:
    def draw(canvas: Canvas) -> None:
        form(canvas)
        canvas.setFillGray(0.45)
        canvas.drawString(50, 400, "To be filled in before the meeting by the school")

    muted = {p.text: all(run.muted for run in p.runs) for p in scan_of(pictured(draw)).paragraphs()}
    assert muted["To be filled in before the meeting by the school"]
    assert not muted["My friends say that I am kind to animals."]


def test_doubtful_words_are_read_again_where_a_second_reader_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    unsure = Recognised("l4", 0.4, (100, 100, 140, 120), 120.0, 28.0, 0.04, 20.0)
    sure = replace(unsure, text="Yes", confidence=0.95, span=(300, 100, 350, 120))
    paper = np.full((200, 400), 255, np.uint8)
    seen = Cleaned(paper, 255 - paper, [], [], [], [], [], [], paper)
    letters = [("1", 5.0, 20.0, 0.99), ("4", 25.0, 40.0, 0.97)]
    monkeypatch.setattr(second, "line_reader", lambda: lambda line: letters)
    assert [word.text for word in second.read_again([unsure, sure], seen, paper * 0.0)] == ["14", "Yes"]
    monkeypatch.setattr(second, "line_reader", lambda: None)
    assert second.read_again([unsure, sure], seen, paper) == [unsure, sure]


def test_turns_are_no_longer_tried_where_two_pages_made_no_sense_any_way_round(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    turns = scan._turns
    monkeypatch.setattr(scan, "_turns", lambda seen, scale: (tried.append(1), turns(seen, scale))[1])
    noise = np.random.default_rng(7)
    shapes = [noise.integers(0, 2, (30, 20), dtype=np.uint8) * 255 for _ in range(4)]
    photographs = [Image.fromarray(shape).resize((600, 900)).rotate(20, fillcolor=255) for shape in shapes]
    scan_of(*photographs, pictured(form))
    assert len(tried) <= 2


def test_a_struck_out_choice_is_left_out_and_large_letters_stay() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(50, 700, "Is this a part-time timetable?  YES / NO")
        canvas.drawString(50, 660, "Held: face to face / by video / both")
        for x, y, text in ((50, 700, "Is this a part-time timetable?  "), (50, 660, "Held: face to face / ")):
            struck = "YES" if y == 700 else "by video"
            begin = x + canvas.stringWidth(text, "Times-Roman", 11)
            canvas.setLineWidth(0.9)
            canvas.line(begin, y + 3, begin + canvas.stringWidth(struck, "Times-Roman", 11), y + 3)
        canvas.setFont("Helvetica-Bold", 26)
        canvas.drawString(50, 760, "Meeting THE TEAM")

    text = prose(scan_of(pictured(draw)))
    assert not [gone for gone in ("YES", "video") if gone in text]
    assert [kept for kept in ("NO", "face to face", "both", "Meeting THE TEAM") if kept not in text] == []


def test_answers_over_dotted_lines_belong_to_the_label_before_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        for y, asked in ((700, [("Date held:", "4 March 2026"), ("Held at:", "Room 7")]), (670, [("Started:", "")])):
            x = 50.0
            for label, answer in asked:
                canvas.drawString(x, y, label)
                x += canvas.stringWidth(label, "Times-Roman", 11) + 4
                canvas.drawString(x + 4, y, answer)
                canvas.setLineWidth(0.6)
                canvas.setDash(1, 1.6)
                canvas.line(x, y - 4, x + 130, y - 4)
                x += 145

    fields = [(b.label.strip(" :"), b.value) for b in scan_of(pictured(draw)).blocks if isinstance(b, Field)]
    assert fields == [("Date held", "4 March 2026"), ("Held at", "Room 7"), ("Started", "")]


def test_a_box_with_round_corners_holds_a_label_and_its_answer() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setLineWidth(0.8)
        canvas.roundRect(50, 640, 480, 60, 12)
        canvas.setFont("Times-Bold", 10)
        canvas.drawString(62, 684, "What makes me happy at school")
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(62, 668, "Feeding the hens with my friend.")

    fields = [(b.label, b.value) for b in scan_of(pictured(draw)).blocks if isinstance(b, Field)]
    assert fields == [("What makes me happy at school", "Feeding the hens with my friend.")]


def test_running_heads_that_are_read_differently_are_put_aside() -> None:
    heads = (
        "Wexley Council - Education plan form",
        "Wexley Councll - Educatlon plan form",
        "Wexley Council - Educaton plan form",
    )
    pages = [
        Page(
            number,
            595,
            842,
            [Word(head, 50, 30, 250, 40, confidence=0.9), Word("Answer", 50, 400, 90, 410, confidence=0.9)],
        )
        for number, head in enumerate(heads, 1)
    ]
    take_margins(pages)
    assert [[word.text for word in page.words] for page in pages] == [["Answer"]] * 3
