"""PDF pages and scans as documents: what is printed, in the order and the shape in which a person reads it."""

import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from reportlab.lib.colors import grey, lightgrey
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from conftest import FIXTURES, PEPS
from vsdocs import readers
from vsdocs.document import Block, Document, Field, Format, Paragraph, Table
from vsdocs.errors import FileProblem
from vsdocs.readers import scan

ACROFORM = FIXTURES / "acroform" / "f1_acroform_1_oldcastle.pdf"


def drawn(*pages: Callable[[Canvas], None], turn: int = 0) -> bytes:
    """A PDF with one page for each function that draws."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        if turn:
            canvas.setPageRotation(turn)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def grid(canvas: Canvas, xs: list[float], ys: list[float], rows: list[list[str]]) -> None:
    canvas.grid(xs, ys)
    for y, row in zip(ys[1:], rows, strict=False):
        for x, text in zip(xs, row, strict=False):
            canvas.drawString(x + 4, y + 6, text)


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def fields(document: Document) -> list[tuple[str, str]]:
    return [(block.label, block.value) for block in document.blocks if isinstance(block, Field)]


def printed(blocks: tuple[Any, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Field):
            yield from (block.label, block.value)
        elif isinstance(block, Paragraph):
            yield block.text
        else:
            for cell in block.cells:
                yield from printed(cell.content)


# ------------------------------------------------------------------------------------------------------ the invented PEPs
def letters(text: str) -> str:
    return re.sub(r"[^a-z0-9£%@.]", "", text.lower())


def values(record: Any) -> Iterator[str]:
    """The texts of a truth record that are on the page as they are written there."""
    if isinstance(record, dict):
        for key, value in record.items():
            if key not in {"role", "type", "term", "mode", "status", "outcome", "gender"}:
                yield from values(value)
    elif isinstance(record, list):
        for value in record:
            yield from values(value)
    elif isinstance(record, str) and not re.fullmatch(r"\d{4}-\d\d(-\d\d)?", record):
        yield record


@pytest.mark.parametrize("path", sorted([*PEPS.rglob("*.pdf"), ACROFORM]), ids=lambda path: path.stem)
def test_every_answer_of_a_pep_is_read(path: Path) -> None:
    truth = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))
    document = readers.read(path.read_bytes())
    assert (document.format.value, document.pages) == (truth["format"], truth["pages"])
    page = letters(" ".join(printed(document.blocks)))
    wanted = list(values(truth["record"]))
    missing = [text for text in wanted if letters(text) not in page]
    assert len(missing) <= (len(wanted) * 0.03 if document.format is Format.SCAN else 0)


@pytest.mark.parametrize("path", sorted(PEPS.rglob("*.pdf"))[::3], ids=lambda path: path.stem)
def test_every_block_knows_its_page_and_place(path: Path) -> None:
    document = readers.read(path.read_bytes())
    assert document.pages is not None
    for block in document.blocks:
        assert block.location.page in range(1, document.pages + 1)
        assert block.location.place
        for cell in block.cells if isinstance(block, Table) else ():
            assert re.search(r"table \d+, row \d+", cell.location.place)


def test_a_scan_and_its_text_are_told_apart_by_confidence() -> None:
    document = readers.read(next(iter(sorted((PEPS / "d6_scan_p16").glob("*.pdf")))).read_bytes())
    runs = [run for paragraph in document.paragraphs() for run in paragraph.runs]
    assert all(0 < run.confidence < 1 for run in runs)


# ------------------------------------------------------------------------------------------------------------------ PDF
def test_a_merged_cell_is_once_in_the_table_with_its_span() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(lightgrey)
        canvas.rect(50, 730, 400, 20, fill=1, stroke=0)
        canvas.setFillColor("black")
        canvas.rect(50, 730, 400, 20, fill=0)
        canvas.drawString(54, 736, "About me")
        grid(canvas, [50, 250, 450], [730, 710, 690], [["Name", "Sam"], ["Year", ""]])

    (table,) = tables(readers.read(drawn(draw)))
    title = table.rows[0][0]
    assert (title.text, title.column_span, title.shaded) == ("About me", 2, True)
    assert texts(table)[1:] == [["Name", "Sam"], ["Year", ""]]
    assert not table.rows[1][0].shaded


def test_a_table_over_a_page_break_is_one_table_without_its_repeated_heads() -> None:
    def first(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 10)
        grid(canvas, [50, 250, 450], [100, 80], [["Action", "Who"]])
        canvas.setFont("Helvetica", 10)
        grid(canvas, [50, 250, 450], [80, 60], [["Ring the college", "Carer"]])

    def second(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 10)
        grid(canvas, [50, 250, 450], [800, 780], [["Action", "Who"]])
        canvas.setFont("Helvetica", 10)
        grid(canvas, [50, 250, 450], [780, 760], [["Order a laptop", "School"]])

    (table,) = tables(readers.read(drawn(first, second)))
    assert texts(table) == [["Action", "Who"], ["Ring the college", "Carer"], ["Order a laptop", "School"]]
    assert [row[0].location.page for row in table.rows] == [1, 1, 2]


def test_two_tables_on_two_pages_stay_two() -> None:
    def first(canvas: Canvas) -> None:
        grid(canvas, [50, 250, 450], [100, 80, 60], [["Ring the college", "Carer"], ["Write a letter", "School"]])

    def second(canvas: Canvas) -> None:
        grid(canvas, [50, 120, 300, 450], [800, 780], [["English", "5", "6"]])

    assert len(tables(readers.read(drawn(first, second)))) == 2


def test_a_line_that_the_page_wrapped_is_one_paragraph_again() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 690, 160, 60)
        canvas.line(110, 690, 110, 750)
        for y, text in ((738, "I like art because"), (726, "we make things"), (708, "And lunch.")):
            canvas.drawString(114, y, text)
        canvas.drawString(54, 738, "Likes")

    (table,) = tables(readers.read(drawn(draw)))
    assert table.rows[0][1].text == "I like art because we make things\nAnd lunch."


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (("sam.example@brightw", "ater.school.example"), "sam.example@brightwater.school.example"),
        (("s.o-", "hara@school.example"), "s.o-hara@school.example"),
        (("an extra-", "curricular club"), "an extra-curricular club"),
    ],
)
def test_a_word_cut_at_the_end_of_a_line_is_whole_again(lines: tuple[str, str], whole: str) -> None:
    def draw(canvas: Canvas) -> None:
        width = max(canvas.stringWidth(line, "Helvetica", 10) for line in lines) + 12
        canvas.grid([50, 120, 120 + width], [750, 720])
        canvas.drawString(54, 738, "Contact")
        canvas.drawString(124, 738, lines[0])
        canvas.drawString(124, 726, lines[1])

    (table,) = tables(readers.read(drawn(draw)))
    assert table.rows[0][1].text == whole


def card(canvas: Canvas, x: float, label: str, value: str) -> None:
    canvas.setFont("Helvetica-Bold", 7)
    canvas.setFillColor(grey)
    canvas.drawString(x, 750, label)
    canvas.setFont("Helvetica", 9)
    canvas.setFillColor("black")
    canvas.drawString(x, 739, value)
    canvas.line(x - 3, 733, x + 140, 733)


def test_cards_of_label_over_value_are_fields_and_an_empty_one_is_blank() -> None:
    def draw(canvas: Canvas) -> None:
        card(canvas, 50, "First name", "Sam")
        card(canvas, 200, "UPN", "")
        card(canvas, 350, "Year", "9")

    assert fields(readers.read(drawn(draw))) == [("First name", "Sam"), ("UPN", ""), ("Year", "9")]


def test_a_boxed_question_and_its_answer_are_a_field() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.roundRect(50, 700, 450, 60, 5)
        canvas.setFont("Helvetica-Bold", 7)
        canvas.drawString(56, 748, "What do you enjoy?")
        canvas.setFont("Helvetica", 9)
        canvas.drawString(56, 735, "Art and PE.")
        canvas.drawString(56, 723, "Lunch too.")

    assert fields(readers.read(drawn(draw))) == [("What do you enjoy?", "Art and PE.\nLunch too.")]


def test_rows_between_rules_are_a_table() -> None:
    def draw(canvas: Canvas) -> None:
        rows = [("Subject", "Now", "Target"), ("English", "4", "5"), ("Maths", "3", "")]
        for number, row in enumerate(rows):
            y = 750 - 20 * number
            canvas.setFont("Helvetica-Bold" if number == 0 else "Helvetica", 9)
            for x, text in zip((54, 220, 380), row, strict=True):
                canvas.drawString(x, y, text)
            canvas.line(50, y - 6, 500, y - 6)

    (table,) = tables(readers.read(drawn(draw)))
    assert texts(table) == [["Subject", "Now", "Target"], ["English", "4", "5"], ["Maths", "3", ""]]


def test_labels_beside_their_values_without_any_lines_are_fields() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, value) in enumerate((("Name", "Sam Example"), ("School", "Copse Lane School"))):
            canvas.setFont("Helvetica-Bold", 10)
            canvas.drawString(50, 750 - 16 * number, label)
            canvas.setFont("Helvetica", 10)
            canvas.drawString(200, 750 - 16 * number, value)

    assert fields(readers.read(drawn(draw))) == [("Name", "Sam Example"), ("School", "Copse Lane School")]


def test_labels_and_values_on_one_line_stay_one_paragraph() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(50, 750, "Name:")
        canvas.drawString(300, 750, "Year:")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(90, 750, "Sam Example")
        canvas.drawString(340, 750, "9")

    assert [b.text for b in paragraphs(readers.read(drawn(draw)))] == ["Name: Sam Example\tYear: 9"]


def paragraphs(document: Document) -> list[Paragraph]:
    return [block for block in document.blocks if isinstance(block, Paragraph)]


def test_headings_are_ranked_by_size_and_underlining_is_no_card() -> None:
    def draw(canvas: Canvas) -> None:
        for y, size, text in ((780, 18, "Personal Education Plan"), (740, 13, "My views"), (600, 13, "Attendance")):
            canvas.setFont("Helvetica-Bold", size)
            canvas.drawString(50, y, text)
            canvas.line(50, y - 2, 50 + canvas.stringWidth(text, "Helvetica-Bold", size), y - 2)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 720, "I like most things about school this year.")

    found = [(block.text, block.level) for block in paragraphs(readers.read(drawn(draw)))]
    assert found == [
        ("Personal Education Plan", 1),
        ("My views", 2),
        ("I like most things about school this year.", 0),
        ("Attendance", 2),
    ]


def test_struck_words_are_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 750, "DELETED kept")
        canvas.line(50, 753, 50 + canvas.stringWidth("DELETED", "Helvetica", 10), 753)

    assert [b.text for b in paragraphs(readers.read(drawn(draw)))] == ["kept"]


def test_running_heads_and_page_numbers_are_put_aside() -> None:
    def page(number: int, text: str) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(50, 815, "PEP in confidence")
            canvas.drawString(50, 30, f"Page {number} of 3")
            canvas.drawString(50, 600, text)

        return draw

    document = readers.read(drawn(page(1, "One"), page(2, "Two"), page(3, "Three")))
    assert [b.text for b in paragraphs(document)] == ["One", "Two", "Three"]
    assert [m.text for m in document.margins] == ["PEP in confidence", "Page 1 of 3"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_people_see_it(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        width, height = A4
        if turn == 90:
            canvas.translate(width, 0)
        elif turn == 180:
            canvas.translate(width, height)
        elif turn == 270:
            canvas.translate(0, height)
        canvas.rotate(turn)
        grid(canvas, [50, 250, 450], [500, 480, 460], [["Name", "Sam Example"], ["Year", "9"]])

    (table,) = tables(readers.read(drawn(draw, turn=turn)))
    assert texts(table) == [["Name", "Sam Example"], ["Year", "9"]]


def test_drawn_tick_boxes_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        for x, text, ticked in ((50, "Initial", False), (150, "Review", True)):
            canvas.rect(x, 748, 9, 9)
            canvas.drawString(x + 14, 750, text)
            if ticked:
                canvas.drawString(x + 2, 750, "x")

    assert "☐ Initial" in " ".join(printed(readers.read(drawn(draw)).blocks))
    assert "☒ Review" in " ".join(printed(readers.read(drawn(draw)).blocks))


# ------------------------------------------------------------------------------------------------- labels over their values
Look = tuple[str, float, Any]
SMALL: Look = ("Helvetica", 7.5, grey)
PLAIN: Look = ("Helvetica", 10, "black")
STRONG: Look = ("Helvetica-Bold", 10, "black")
BLUE: Look = ("Helvetica", 10, "blue")


def put(canvas: Canvas, x: float, y: float, text: str, look: Look = PLAIN) -> None:
    font, size, colour = look
    canvas.setFont(font, size)
    canvas.setFillColor(colour)
    canvas.drawString(x, y, text)


def rows_of(canvas: Canvas, rows: Sequence[tuple[str, ...]], look: Look, pitch: float, every: int = 100) -> None:
    """Rows of columns 160 points wide; the first of `every` so many is set in `look`, the others plainly."""
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            put(canvas, 50 + 160 * column, 760 - pitch * number, text, PLAIN if number % every else look)


@pytest.mark.parametrize("look", [SMALL, STRONG, BLUE], ids=["small", "bold", "coloured"])
def test_labels_over_values_in_columns_are_fields(look: Look) -> None:
    rows = [("Name", "Year", "UPN"), ("Sam", "9", ""), ("School", "Tutor"), ("Copse Lane", "Mx Hay"), ("Sex",), ("M",)]
    document = readers.read(drawn(lambda canvas: rows_of(canvas, rows, look, 13, every=2)))
    pairs = [("Name", "Sam"), ("Year", "9"), ("UPN", ""), ("School", "Copse Lane"), ("Tutor", "Mx Hay"), ("Sex", "M")]
    assert fields(document) == pairs


@pytest.mark.parametrize(("look", "pitch"), [(STRONG, 12.5), (STRONG, 18), (SMALL, 18)])
def test_a_head_over_rows_that_are_set_alike_is_a_table(look: Look, pitch: float) -> None:
    rows = [("Action", "Who", "When"), ("Ring the college", "Carer", "1 May"), ("Buy a laptop", "School", "2 May")]
    (table,) = tables(readers.read(drawn(lambda canvas: rows_of(canvas, rows, look, pitch))))
    assert texts(table) == [list(row) for row in rows]


def test_a_value_of_several_lines_ends_where_the_next_label_begins_whatever_stands_beside_it() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 760, "Social worker", SMALL)
        for number, text in enumerate(("Dev Parrish", "dev.parrish@brightwater.example", "01632 960111")):
            put(canvas, 50, 748 - 12 * number, text)
        put(canvas, 320, 760, "Carer", SMALL)
        put(canvas, 320, 748, "Jo Day")
        put(canvas, 320, 734, "Tutor", SMALL)
        put(canvas, 320, 722, "Mx Hay")
        put(canvas, 50, 708, "Last review", SMALL)
        put(canvas, 50, 696, "-")

    assert fields(readers.read(drawn(draw))) == [
        ("Social worker", "Dev Parrish\ndev.parrish@brightwater.example\n01632 960111"),
        ("Carer", "Jo Day"),
        ("Tutor", "Mx Hay"),
        ("Last review", "-"),
    ]


def test_a_question_over_its_answer_is_a_field_but_a_heading_over_text_is_none() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 760, "What is going well?", STRONG)
        put(canvas, 50, 747, "Art and lunch.")
        put(canvas, 50, 700, "Behaviour", STRONG)
        put(canvas, 50, 687, "There were no incidents.")

    document = readers.read(drawn(draw))
    assert fields(document) == [("What is going well?", "Art and lunch.")]
    assert [b.text for b in paragraphs(document)] == ["Behaviour", "There were no incidents."]


def test_an_empty_answer_is_not_filled_with_the_next_heading() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 760, "Completed on:", STRONG)
        put(canvas, 50, 742, "My voice", ("Helvetica-Bold", 13, "black"))
        put(canvas, 50, 726, "I like it here and would like to stay.")

    assert "My voice" in [b.text for b in paragraphs(readers.read(drawn(draw)))]


def test_coloured_cards_side_by_side_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        for x, title, label, value in ((40, "Home", "Carer", "Jo Day"), (310, "School", "Tutor", "Mx Hay")):
            canvas.setFillColor(lightgrey)
            canvas.rect(x, 690, 250, 90, fill=1, stroke=0)
            put(canvas, x + 8, 765, title, STRONG)
            put(canvas, x + 8, 745, label, SMALL)
            put(canvas, x + 8, 734, value)

    assert list(printed(readers.read(drawn(draw)).blocks)) == [
        "Home", "Carer", "Jo Day", "School", "Tutor", "Mx Hay",
    ]  # fmt: skip


def test_a_head_repeated_at_the_top_of_every_page_is_no_running_head() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            low = 500 if number < 3 else 700
            canvas.grid([50, 250, 450], [800, 770, 50 if number < 3 else low])
            put(canvas, 54, 788, "What success", STRONG)
            put(canvas, 54, 776, "looks like", STRONG)
            put(canvas, 254, 788, "Who", STRONG)
            put(canvas, 54, 758, f"Aim {number}")
            put(canvas, 254, 758, "School")

        return draw

    (table,) = tables(readers.read(drawn(page(1), page(2), page(3))))
    assert [row[0].text.split()[-1] for row in table.rows] == ["like", "1", "2", "3"]


# ------------------------------------------------------------------------------------------------------- fillable fields
def test_fillable_fields_have_the_labels_printed_beside_them() -> None:
    found = dict(fields(readers.read(ACROFORM.read_bytes())))
    assert found["First name"] == "Marnie"
    assert found["Ethnicity"] == ""
    assert found["What would help you?"] == ""
    assert found["What is going well?"].splitlines()[1] == "Maths is better since I moved next to Ada."
    assert found["Type of PEP"].split() == ["☐", "Initial", "☒", "Review", "☐", "Interim"]


def test_a_field_in_a_table_fills_its_cell() -> None:
    (table,) = tables(readers.read(ACROFORM.read_bytes()))
    assert texts(table)[1:] == [
        ["English", "Secure", "Secure", "Yes"],
        ["Maths", "Developing", "Secure", "No"],
        [""] * 4,
    ]


def test_a_field_without_a_printed_label_goes_by_its_own_name() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 800, "A form")
        canvas.acroForm.textfield(name="t1", tooltip="Social worker", value="Dev Parrish", x=300, y=400)

    assert fields(readers.read(drawn(draw))) == [("Social worker", "Dev Parrish")]


# ----------------------------------------------------------------------------------------------------------------- scans
def scanned(data: bytes, skew: float = 0.0, extra: Callable[[Canvas], None] | None = None) -> bytes:
    """A PDF whose pages are pictures of another's."""
    document = pypdfium2.PdfDocument(data)
    pictures = [page.render(scale=200 / 72).to_pil().convert("L") for page in document]

    def showing(picture: Any) -> Callable[[Canvas], None]:
        turned = picture.rotate(skew, fillcolor=245)
        return lambda canvas: canvas.drawImage(ImageReader(turned), 0, 0, *A4)

    return drawn(*map(showing, pictures), *([extra] if extra else []))


def form(canvas: Canvas) -> None:
    canvas.setFont("Helvetica-Bold", 12)
    grid(canvas, [50, 250, 450], [700, 675], [["Name", "Answer"]])
    canvas.setFont("Helvetica", 12)
    grid(canvas, [50, 250, 450], [675, 650, 625], [["First name", "Samantha"], ["Reduced timetable", ""]])
    for x, text, ticked in ((60, "Initial meeting", False), (220, "Review meeting", True)):
        canvas.rect(x, 558, 11, 11)
        canvas.drawString(x + 18, 560, text)
        if ticked:
            canvas.line(x, 558, x + 11, 569)
            canvas.line(x, 569, x + 11, 558)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(50, 500, "I would like to learn how to look after horses at the college.")


@pytest.mark.parametrize("skew", [0.0, 1.7, -2.4])
def test_a_crooked_scan_gives_the_table_the_ticks_and_the_text(skew: float) -> None:
    document = readers.read(scanned(drawn(form), skew))
    assert document.format is Format.SCAN
    (table,) = [t for t in tables(document) if len(t.rows) == 3]
    assert texts(table) == [["Name", "Answer"], ["First name", "Samantha"], ["Reduced timetable", ""]]
    text = " ".join(printed(document.blocks))
    assert "☐ Initial meeting" in text.replace("\t", " ")
    assert "☒ Review meeting" in text.replace("\t", " ")
    assert "I would like to learn how to look after horses at the college." in text


def test_bold_is_seen_in_a_scan() -> None:
    (table,) = [t for t in tables(readers.read(scanned(drawn(form)))) if len(t.rows) == 3]
    assert [cell.bold for cell in table.rows[0]] == [True, True]
    assert not table.rows[1][1].bold


def test_a_file_of_scans_and_text_is_read_page_by_page() -> None:
    document = readers.read(scanned(drawn(form), extra=form))
    assert [page_of(block) for block in document.blocks if "horses" in " ".join(printed((block,)))] == [1, 2]
    assert document.format is Format.PDF


def page_of(block: Block) -> int | None:
    return block.location.page


def test_a_scan_without_ocr_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    scan._recogniser.cache_clear()
    monkeypatch.setattr(scan, "tessdata", lambda: None)
    try:
        with pytest.raises(FileProblem) as caught:
            readers.read(scanned(drawn(form)))
        assert caught.value.code == "no_ocr"
    finally:
        scan._recogniser.cache_clear()


def test_an_empty_scan_has_no_text() -> None:
    with pytest.raises(FileProblem) as caught:
        readers.read(scanned(drawn(lambda canvas: None)))
    assert caught.value.code == "no_text"


def test_a_scan_with_dark_bars_a_large_title_and_lone_signs_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 780, "Education Plan for a Child in Care", ("Helvetica", 26, "black"))
        canvas.setFillColor("navy")
        canvas.rect(50, 706, 400, 16, fill=1, stroke=0)
        put(canvas, 54, 710, "Section B: Who attended the meeting", ("Helvetica-Bold", 11, "white"))
        canvas.grid([50, 110, 450], [706, 600, 520])
        for y, number, text in ((694, "7", "Read for ten minutes"), (588, "2", "Come in every day")):
            put(canvas, 54, y, number, ("Helvetica", 11, "black"))
            put(canvas, 114, y, text, ("Helvetica", 11, "black"))

    found = list(printed(readers.read(scanned(drawn(draw), skew=0.7)).blocks))
    assert found == [
        "Education Plan for a Child in Care",
        "Section B: Who attended the meeting",
        "7",
        "Read for ten minutes",
        "2",
        "Come in every day",
    ]


def test_labels_over_values_are_seen_in_a_scan() -> None:
    rows = [("First name", "Year group"), ("Samantha", "Year 9"), ("School", "Tutor"), ("Copse Lane", "Mx Hay")]
    document = readers.read(scanned(drawn(lambda canvas: rows_of(canvas, rows, SMALL, 13, every=2)), skew=0.7))
    assert fields(document) == [
        ("First name", "Samantha"),
        ("Year group", "Year 9"),
        ("School", "Copse Lane"),
        ("Tutor", "Mx Hay"),
    ]
