"""PDFs that people filled in, marked or turned with whatever program they had: what they see is what is read."""

import ctypes
import io
import math
from collections.abc import Callable, Sequence

import pypdfium2
import pypdfium2.raw as raw
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from conftest import FIXTURES
from test_readers import drawn, fields, form, grid, paragraphs, printed, scanned, tables, texts
from vsdocs import readers
from vsdocs.document import Document
from vsdocs.errors import FileProblem
from vsdocs.readers import scan
from vsdocs.readers.pdfium import _Chars, _Style

Mark = tuple[int, tuple[float, float, float, float], dict[bytes, str]]  # kind, left bottom right top, what it says


def marked(data: bytes, *marks: Mark) -> bytes:
    """A PDF with annotations on its first page."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    for kind, (left, bottom, right, top), said in marks:
        annotation = raw.FPDFPage_CreateAnnot(page.raw, kind)
        raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(left, top, right, bottom))
        for key, text in said.items():
            packed = ctypes.create_string_buffer((text + "\0").encode("utf-16-le"))
            raw.FPDFAnnot_SetStringValue(annotation, key, ctypes.cast(packed, ctypes.POINTER(ctypes.c_ushort)))
        raw.FPDFPage_CloseAnnot(annotation)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def typed(text: str, *place: float, look: str = "0 g /Helv 10 Tf") -> Mark:
    left, bottom, right, top = place
    return raw.FPDF_ANNOT_FREETEXT, (left, bottom, right, top), {b"Contents": text, b"DA": look}


def said(document: Document) -> str:
    return " | ".join(printed(document.blocks)).replace("\t", " ")


# ----------------------------------------------------------------------------------------------------------- typed on top
def test_words_typed_over_a_flat_form_are_its_answers() -> None:
    def flat(canvas: Canvas) -> None:
        canvas.drawString(50, 750, "Name: ______________")
        grid(canvas, [50, 250, 450], [700, 680, 600], [["Year group", ""], ["My views", ""]])

    data = marked(
        drawn(flat),
        typed("Sam Example", 82, 746, 250, 762),
        typed("Year 9", 252, 682, 440, 698),
        typed("I like school.\rI want to read more books about horses and dogs and other animals.", 252, 602, 440, 678),
    )
    document = readers.read(data)
    assert [p.text for p in paragraphs(document)] == ["Name: Sam Example"]
    (table,) = tables(document)
    assert table.rows[0][1].text == "Year 9"
    assert table.rows[1][1].text.replace("\n", " ") == (
        "I like school. I want to read more books about horses and dogs and other animals."
    )


def test_a_tick_put_on_a_box_ticks_it_and_on_empty_paper_is_one() -> None:
    def flat(canvas: Canvas) -> None:
        for x, text in ((50, "Initial"), (150, "Review")):
            canvas.rect(x, 748, 9, 9)
            canvas.drawString(x + 14, 750, text)
        grid(canvas, [50, 250, 450], [700, 680], [["Present", ""]])

    ink: Mark = (raw.FPDF_ANNOT_INK, (149, 747, 163, 760), {})
    stamp: Mark = (raw.FPDF_ANNOT_STAMP, (300, 683, 312, 697), {})
    document = readers.read(marked(drawn(flat), ink, stamp))
    assert "☐ Initial" in said(document)
    assert "☒ Review" in said(document)
    assert texts(tables(document)[0]) == [["Present", "☒"]]


def test_a_comment_stuck_on_the_page_is_put_aside() -> None:
    note: Mark = (raw.FPDF_ANNOT_TEXT, (400, 700, 420, 720), {b"Contents": "Please check"})
    document = readers.read(marked(drawn(lambda c: c.drawString(50, 700, "Text")), note))
    assert [p.text for p in paragraphs(document)] == ["Text"]
    assert [(m.location.place, m.text) for m in document.margins] == [("comments", "Please check")]


# ---------------------------------------------------------------------------------------------------------------- choices
def offered(canvas: Canvas, words: Sequence[str], bold: str = "", at: float = 750) -> dict[str, tuple[float, float]]:
    """Prints words in a row; gives where each begins and ends."""
    x, places = 50.0, {}
    for word in words:
        font = "Helvetica-Bold" if word == bold else "Helvetica"
        canvas.setFont(font, 10)
        canvas.drawString(x, at, word)
        width = canvas.stringWidth(word, font, 10)
        places[word] = (x, x + width)
        x += width + 3
    return places


def ellipse(canvas: Canvas) -> None:
    x0, x1 = offered(canvas, ["Reduced", "timetable?", "Yes", "/", "No"])["No"]
    canvas.ellipse(x0 - 4, 745, x1 + 4, 762)


def yellow(canvas: Canvas) -> None:
    words = ["Reduced", "timetable?", "Yes", "/", "No"]
    x0, x1 = offered(canvas, words)["No"]
    canvas.setFillColor("yellow")
    canvas.rect(x0 - 1, 747, x1 - x0 + 2, 12, stroke=0, fill=1)
    canvas.setFillColor("black")
    offered(canvas, words)


def bold(canvas: Canvas) -> None:
    offered(canvas, ["Reduced", "timetable?", "Yes", "/", "No"], bold="No")


@pytest.mark.parametrize("draw", [ellipse, yellow, bold])
def test_a_choice_shown_by_its_look_has_boxes(draw: Callable[[Canvas], None]) -> None:
    assert said(readers.read(drawn(draw))) == "Reduced timetable? ☐ Yes / ☒ No"


@pytest.mark.parametrize("kind", [raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_INK])
def test_a_choice_marked_in_a_reader_has_boxes(kind: int) -> None:
    places: dict[str, tuple[float, float]] = {}
    data = drawn(lambda canvas: places.update(offered(canvas, ["Term:", "Autumn", "/", "Spring", "/", "Summer"])))
    x0, x1 = places["Spring"]
    document = readers.read(marked(data, (kind, (x0 - 2, 746, x1 + 2, 761), {})))
    assert said(document) == "Term: ☐ Autumn / ☒ Spring / ☐ Summer"


def test_a_menu_with_nothing_chosen_stays_as_it_is() -> None:
    assert said(readers.read(drawn(lambda c: offered(c, ["Yes", "/", "No"]) and None))) == "Yes / No"
    assert (
        said(readers.read(drawn(lambda c: offered(c, ["Name", "/", "address"], bold="Name") and None)))
        == "Name / address"
    )


def test_a_struck_alternative_goes_with_its_stroke() -> None:
    def draw(canvas: Canvas) -> None:
        x0, x1 = offered(canvas, ["SEND:", "Yes", "/", "No"])["Yes"]
        canvas.line(x0, 753, x1, 753)

    assert said(readers.read(drawn(draw))) == "SEND: No"


def test_a_strike_put_on_in_a_reader_counts_on_its_lines_only() -> None:
    places: dict[str, tuple[float, float]] = {}
    data = drawn(lambda canvas: places.update(offered(canvas, ["SEND:", "Yes", "/", "No"])))
    x0, x1 = places["No"]
    assert said(readers.read(marked(data, (raw.FPDF_ANNOT_STRIKEOUT, (x0, 746, x1, 761), {})))) == "SEND: Yes"


# ----------------------------------------------------------------------------------------------------------------- unseen
@pytest.mark.parametrize(("state", "seen"), [(b"/ON ", ["Shown words", "On a layer"]), (b"/OFF", ["Shown words"])])
def test_a_layer_that_is_off_and_invisible_words_are_not_read(state: bytes, seen: list[str]) -> None:
    data = (FIXTURES / "hostile" / "hidden_layer.pdf").read_bytes()
    document = readers.read(data.replace(b"/OFF", state))
    assert [p.text for p in paragraphs(document)] == seen
    assert [(note.code, note.page) for note in document.notes] == [("hidden_text", 1)]


def with_words(data: bytes, text: str, mode: int = raw.FPDF_TEXTRENDERMODE_INVISIBLE, top: float = 780) -> bytes:
    """A scan with words laid under or over it."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    font = raw.FPDFText_LoadStandardFont(document.raw, b"Helvetica")
    for number, line in enumerate(text.splitlines()):
        item = raw.FPDFPageObj_CreateTextObj(document.raw, font, 11.0)
        packed = ctypes.create_string_buffer((line + "\0").encode("utf-16-le"))
        raw.FPDFText_SetText(item, ctypes.cast(packed, ctypes.POINTER(ctypes.c_ushort)))
        raw.FPDFTextObj_SetTextRenderMode(item, mode)
        raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, 50, top - number * 20)
        raw.FPDFPage_InsertObject(page.raw, item)
    raw.FPDFPage_GenerateContent(page.raw)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


PLAIN = "\n".join(["I would like to learn how to look after horses at the college."] * 3)


def test_a_scan_with_recognised_words_laid_under_it_is_read_from_its_picture() -> None:
    document = readers.read(with_words(scanned(drawn(form)), PLAIN.replace("horses", "gone")))
    assert "gone" not in said(document)
    assert "horses" in said(document)


@pytest.mark.parametrize(("layer", "outcome"), [(PLAIN, "read"), ("~#]{ ¬¬ |\\ ^^ ;;" * 9, "no_ocr")])
def test_without_ocr_the_scanner_is_believed_if_it_gave_words(
    layer: str, outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan._recogniser.cache_clear()
    monkeypatch.setattr(scan, "tessdata", lambda: None)
    try:
        assert "horses" in said(readers.read(with_words(scanned(drawn(form)), layer)))
        found = "read"
    except FileProblem as problem:
        found = problem.code
    finally:
        scan._recogniser.cache_clear()
    assert found == outcome


def test_a_scanned_form_filled_in_on_the_screen_is_read_whole() -> None:
    data = with_words(scanned(drawn(form)), "Answer typed over the picture", raw.FPDF_TEXTRENDERMODE_FILL, 450)
    text = said(readers.read(data))
    assert "horses" in text
    assert "Answer typed over the picture" in text


# ----------------------------------------------------------------------------------------------------------------- turned
@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("said_so", [True, False])
def test_a_page_whose_words_are_drawn_turned_is_read_upright(turn: int, said_so: bool) -> None:
    def draw(canvas: Canvas) -> None:
        width, height = A4
        canvas.translate(*{90: (width, 0), 180: (width, height), 270: (0, height)}[turn])
        canvas.rotate(turn)
        grid(canvas, [50, 250, 450], [500, 480, 460], [["Name", "Sam Example"], ["Year", "9"]])
        canvas.drawString(50, 440, "A line below the table")

    document = readers.read(drawn(draw, turn=turn if said_so else 0))
    assert texts(tables(document)[0]) == [["Name", "Sam Example"], ["Year", "9"]]
    assert [p.text for p in paragraphs(document)] == ["A line below the table"]


# ----------------------------------------------------------------------------------------------------------------- fields
def test_lists_show_what_they_show_and_not_their_codes() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 754, "Legal status")
        canvas.acroForm.choice(
            name="s",
            value="s31",
            options=[("Care order", "s31"), ("Accommodated", "s20")],
            x=150,
            y=750,
            width=150,
            height=16,
        )
        canvas.drawString(50, 704, "Who came")
        canvas.acroForm.listbox(
            name="w", value=["b"], options=[("Carer", "a"), ("Teacher", "b")], x=150, y=690, width=150, height=40
        )

    assert fields(readers.read(drawn(draw))) == [("Legal status", "Care order"), ("Who came", "Teacher")]


def test_one_of_several_buttons_is_ticked() -> None:
    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(("Autumn", "Spring", "Summer")):
            canvas.acroForm.radio(
                name="term", value=text, selected=text == "Spring", x=50 + number * 100, y=748, size=12
            )
            canvas.drawString(66 + number * 100, 750, text)

    text = said(readers.read(drawn(draw)))
    assert "☐ Autumn" in text
    assert "☒ Spring" in text
    assert "☐ Summer" in text


def fillable(widget: bytes, parent: bytes = b"") -> bytes:
    """A PDF with one field over the word 'Yes', written by hand as careless programs write it."""
    body = b"BT /F1 10 Tf 70 702 Td (Yes) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> "
        b"/Annots [%d 0 R] >>" % (7 if parent else 6),
        b"<< /Length %d >>\nstream\n" % len(body) + body + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *([parent] if parent else []),
        b"<< /Type /Annot /Subtype /Widget /F 4 /Rect [50 700 60 710] " + widget + b" >>",
    ]
    parts = [b"%d 0 obj\n%s\nendobj\n" % (number, text) for number, text in enumerate(objects, start=1)]
    return b"%PDF-1.5\n" + b"".join(parts) + b"trailer << /Size 8 /Root 1 0 R >>\n%%EOF\n"


@pytest.mark.parametrize(
    ("widget", "parent", "seen"),
    [
        (b"/FT /Btn /T (a) /V /Yes /AS /Yes", b"", "☒ Yes"),
        (b"/FT /Btn /T (a) /V /Yes", b"", "☒ Yes"),
        (b"/FT /Btn /T (a) /V /Off /AS /Off", b"", "☐ Yes"),
        (b"/FT /Btn /T (a)", b"", "☐ Yes"),
        (b"/Parent 6 0 R /AS /Spring", b"<< /FT /Btn /Ff 32768 /T (term) /V /Spring /Kids [7 0 R] >>", "☒ Yes"),
        (b"/Parent 6 0 R /AS /Off", b"<< /FT /Btn /Ff 32768 /T (term) /V /Spring /Kids [7 0 R] >>", "☐ Yes"),
    ],
)
def test_a_tick_box_without_a_picture_has_its_state(widget: bytes, parent: bytes, seen: str) -> None:
    assert said(readers.read(fillable(widget, parent))) == seen


@pytest.mark.parametrize(
    ("widget", "parent", "field"),
    [
        (b"/Parent 6 0 R /T (Surname) /V (Oak)", b"<< /FT /Tx /T (page1) /Kids [7 0 R] >>", ("Surname", "Oak")),
        (b"/Parent 6 0 R", b"<< /FT /Tx /T (s) /TU (Family name) /V (Oak) /Kids [7 0 R] >>", ("Family name", "Oak")),
        (b"/FT /Ch /Ff 393216 /T (Status) /V (own words) /Opt [(A) (B)]", b"", ("Status", "own words")),
        (b"/FT /Tx /Ff 16777217 /MaxLen 3 /T (Class) /V (9B)", b"", ("Class", "9B")),
    ],
)
def test_a_field_has_the_name_and_value_of_its_parent(widget: bytes, parent: bytes, field: tuple[str, str]) -> None:
    far = widget + b" /Rect [300 300 400 320]"
    assert fields(readers.read(fillable(far, parent).replace(b"/Rect [50 700 60 710] ", b""))) == [field]


def test_a_long_field_name_is_shortened_to_its_last_part() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 800, "A form")
        canvas.acroForm.textfield(
            name="Home_school", tooltip="", value="Oak", x=300, y=400, maxlen=3, fieldFlags="comb"
        )

    assert fields(readers.read(drawn(draw))) == [("Home school", "Oak")]


def test_a_field_not_meant_for_the_screen_is_not_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 800, "A form with nothing to fill in")
        canvas.acroForm.textfield(name="t", value="gone", x=300, y=400, annotationFlags="noview")

    assert "gone" not in said(readers.read(drawn(draw)))


# ---------------------------------------------------------------------------------------------------------------- margins
@pytest.mark.parametrize("pages", [1, 2, 4])
def test_what_a_browser_prints_around_a_page_is_put_aside(pages: int) -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(25, 822, "12/03/2026, 14:05")
            canvas.drawString(250, 822, "PEP for a child")
            canvas.drawString(25, 14, "https://epep.council.example/pep/print?id=88213")
            canvas.drawRightString(570, 14, f"{number}/{pages}")
            canvas.setFont("Helvetica", 10)
            canvas.drawString(50, 600, f"Text of sheet {number}")

        return draw

    document = readers.read(drawn(*(page(n + 1) for n in range(pages))))
    assert [p.text for p in paragraphs(document)] == [f"Text of sheet {n + 1}" for n in range(pages)]


def test_frames_that_nearly_cover_each_other_do_no_harm() -> None:
    def draw(canvas: Canvas) -> None:
        for n in range(3):
            canvas.roundRect(50 + n * 0.5, 700 - n * 0.5, 200, 60, 5)
        canvas.drawString(60, 730, "Text in the frame")

    assert "Text in the frame" in said(readers.read(drawn(draw)))


def test_a_word_whose_characters_are_nowhere_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere, style = (0.0, math.nan, 9.0, math.nan), _Style(True, frozenset(), 0.0, False, False, False, False, False)
    monkeypatch.setattr(_Chars, "origin_of", lambda chars, index: (0.0, math.nan))
    assert [word.size for word in _Chars.__new__(_Chars).words("School", 0, 6, (nowhere, nowhere), style)] == [0.0]
