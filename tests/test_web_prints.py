"""What systems print from the screen: menus, words for nothing, legends, badges, initials, rows cut by the page's end."""

from collections.abc import Callable

from reportlab.lib.colors import HexColor, grey, lightgrey
from reportlab.pdfgen.canvas import Canvas

from test_readers import PLAIN, SMALL, STRONG, Look, drawn, fields, paragraphs, printed, put, tables, texts
from vsdocs import readers
from vsdocs.document import Document
from vsdocs.extract.values import read_email, without_contact
from vsdocs.extract.vocabulary import load_vocabulary
from vsdocs.extract.written import is_task, parts_of

PALE: Look = ("Helvetica-Oblique", 10, grey)
Draw = Callable[[Canvas], None]


def shown(*draw: Draw) -> Document:
    return readers.read(drawn(*draw))


def said(document: Document) -> list[str]:
    return [" ".join(text.split()) for text in printed(document.blocks) if text]


def test_pale_words_for_nothing_are_answers_and_no_labels() -> None:
    def draw(canvas: Canvas) -> None:
        labels = ("Venue", "Ofsted", "Ethnicity")
        for number, (label, answer) in enumerate(zip(labels, ("Not recorded", "Good", "Not recorded"), strict=True)):
            put(canvas, 50 + 170 * number, 750, label, SMALL)
            put(canvas, 50 + 170 * number, 738, answer, PLAIN if answer == "Good" else PALE)

    assert fields(shown(draw)) == [("Venue", "Not recorded"), ("Ofsted", "Good"), ("Ethnicity", "Not recorded")]


def test_a_menu_printed_on_every_page_is_left_out() -> None:
    def page(text: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            for number, entry in enumerate(("Overview", "Targets", "Sign off")):
                put(canvas, 20, 700 - 20 * number, entry)
            put(canvas, 150, 700, text)

        return draw

    assert said(shown(page("First answer"), page("Second answer"), page("Third one"))) == [
        "First answer", "Second answer", "Third one",
    ]  # fmt: skip


def test_a_legend_in_the_side_of_its_box_is_not_struck_out() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, answer) in enumerate((("Emotional", "4"), ("Conduct", "3"))):
            top = 750 - 60 * number
            canvas.rect(50, top - 30, 200, 30)
            put(canvas, 60, top - 2, label, SMALL)
            put(canvas, 60, top - 20, answer)

    assert {"Emotional", "Conduct"} <= set(said(shown(draw)))


def test_initials_in_a_disc_before_a_name_are_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(HexColor(0x553377))
        canvas.circle(60, 753, 11, fill=1, stroke=0)
        put(canvas, 53, 750, "SE", ("Helvetica", 8, HexColor(0xFFFFFF)))
        put(canvas, 80, 750, "Sam Example", STRONG)

    assert said(shown(draw)) == ["Sam Example"]


def test_a_title_in_a_column_of_its_own_heads_the_labels_beside_it() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 750, "School", STRONG)
        for number, (label, answer) in enumerate((("Name", "Copse Lane"), ("Phase", "Primary"), ("Head", "Mx Hay"))):
            put(canvas, 150, 750 - 16 * number, label, ("Helvetica", 10, grey))
            put(canvas, 300, 750 - 16 * number, answer)

    document = shown(draw)
    assert [p.text for p in paragraphs(document)] == ["School"]
    assert fields(document) == [("Name", "Copse Lane"), ("Phase", "Primary"), ("Head", "Mx Hay")]


def test_a_row_cut_by_the_end_of_the_page_is_a_row() -> None:
    def draw(canvas: Canvas) -> None:
        for x in (50, 200, 350):
            canvas.line(x, 800, x, 740)
        for y in (770, 740):
            canvas.line(50, y, 350, y)
        for y, row in ((780, ("of the first", "and more")), (750, ("Second", "Answer"))):
            put(canvas, 54, y, row[0])
            put(canvas, 204, y, row[1])

    assert texts(tables(shown(draw))[0]) == [["of the first", "and more"], ["Second", "Answer"]]


def test_stripes_with_labels_that_stand_out_are_a_table_from_the_first_on() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, answer) in enumerate(
            (("Name", "Sam"), ("Year", "9"), ("School", "Copse"), ("Tutor", "Hay"))
        ):
            if not number % 2:
                canvas.setFillColor(lightgrey)
                canvas.rect(50, 745 - 18 * number, 150, 18, fill=1, stroke=0)
                canvas.rect(200, 745 - 18 * number, 300, 18, fill=1, stroke=0)
            put(canvas, 54, 750 - 18 * number, label, STRONG)
            put(canvas, 204, 750 - 18 * number, answer)

    table = tables(shown(draw))[0]
    assert texts(table) == [["Name", "Sam"], ["Year", "9"], ["School", "Copse"], ["Tutor", "Hay"]]


def test_a_form_in_columns_with_its_labels_at_the_left_is_one_table() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(2):
            put(canvas, 150 + 160 * number, 760, f"Goal {number + 1}", STRONG)
        for row, (label, height) in enumerate((("I will", 40), ("Who helps", 16), ("By when", 16))):
            y = (710, 685, 660)[row]
            put(canvas, 50, y + 4, label, STRONG)
            for column in range(2):
                canvas.acroForm.textfield(
                    name=f"f{row}{column}", value=f"v{row}{column}", x=150 + 160 * column, y=y, width=150, height=height
                )

    assert texts(tables(shown(draw))[0]) == [
        ["", "Goal 1", "Goal 2"], ["I will", "v00", "v01"], ["Who helps", "v10", "v11"], ["By when", "v20", "v21"],
    ]  # fmt: skip


def test_a_name_comes_without_how_to_reach_the_person() -> None:
    card = "Sam Example\nEmail:\nsam.example@copse.example\nTel: Not recorded"
    assert without_contact(card) == "Sam Example"
    assert without_contact("Sam Example\nEmail: sam@copse.example Tel: 01632 960111") == "Sam Example"
    assert read_email("01632 960 711\ns.example@copse.example") == "s.example@copse.example"


def test_an_action_may_have_a_box_to_tick_before_it() -> None:
    assert is_task("actions", "☐ Book visits to both schools")
    assert not is_task("actions", "☐ Yes ☒ No")
    assert not is_task("targets", "☐ Book visits to both schools")
    assert parts_of("actions", "☐ Book visits to both schools", load_vocabulary())[0] == (
        "action", "Book visits to both schools",
    )  # fmt: skip
