"""Pages that are laid out otherwise than most: answers in boxes, labels under a line, heads where a table has none."""

from collections.abc import Callable

import pytest
from reportlab.lib.colors import HexColor, grey, lightgrey
from reportlab.pdfgen.canvas import Canvas

from test_readers import PLAIN, SMALL, STRONG, Look, drawn, fields, paragraphs, printed, put, tables
from vsdocs import readers
from vsdocs.document import Document

HEAD: Look = ("Helvetica-Bold", 14, "black")
TINY: Look = ("Helvetica", 7, grey)
SLANTED: Look = ("Helvetica-Oblique", 10, "black")
PAIRS = [("Name", "Sam Example"), ("Year group", "9"), ("School", "Copse Lane"), ("Tutor", "Mx Hay")]
Draw = Callable[[Canvas], None]


def shown(draw: Draw) -> Document:
    return readers.read(drawn(draw))


def said(document: Document) -> list[str]:
    return [" ".join(text.split()) for text in printed(document.blocks) if text]


def boxed(canvas: Canvas, x: float, y: float, text: str, fill: bool = False, width: float = 150) -> None:
    canvas.setFillColor(lightgrey if fill else HexColor(0xFFFFFF))
    canvas.roundRect(x, y - 6, width, 18, 3, fill=1, stroke=0 if fill else 1)
    put(canvas, x + 6, y, text)


# ------------------------------------------------------------------------------------------------------ answers in boxes
def test_an_answer_in_a_box_belongs_to_the_label_over_it() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 780, "Wider plan", HEAD)
        for number, (label, answer) in enumerate(PAIRS):
            put(canvas, 50, 750 - 40 * number, label, SMALL)
            boxed(canvas, 50, 732 - 40 * number, answer, width=480)

    assert fields(shown(draw)) == PAIRS


def test_boxes_for_answers_side_by_side_are_no_choices() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, answer) in enumerate(PAIRS):
            x, y = 50 + 170 * (number % 3), 750 - 40 * (number // 3)
            put(canvas, x, y, label, SMALL)
            boxed(canvas, x, y - 18, answer)

    assert sorted(fields(shown(draw))) == sorted(PAIRS)


def test_answers_on_grey_ground_belong_to_plain_labels_at_their_left_where_many_show_it() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, answer) in enumerate(PAIRS):
            put(canvas, 50, 750 - 22 * number, label)
            boxed(canvas, 160, 750 - 22 * number, answer, fill=True)

    assert fields(shown(draw)) == PAIRS


def test_labels_on_coloured_ground_stand_with_what_is_beside_them() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, answer) in enumerate(PAIRS):
            canvas.setFillColor(lightgrey)
            canvas.rect(50, 744 - 20 * number, 120, 18, fill=1, stroke=0)
            put(canvas, 54, 750 - 20 * number, label)
            put(canvas, 178, 750 - 20 * number, answer)

    assert fields(shown(draw)) == PAIRS


def test_a_title_over_labelled_lines_in_a_frame_is_no_label_of_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.roundRect(45, 700, 500, 60, 4)
        put(canvas, 50, 745, "Target 1", STRONG)
        for number, (label, answer) in enumerate(PAIRS[:2]):
            put(canvas, 50, 728 - 16 * number, f"{label} needed", STRONG)
            put(canvas, 130, 728 - 16 * number, answer)

    document = shown(draw)
    assert "Target 1" in said(document)
    assert ("Target 1", "Name needed Sam Example\nYear group needed 9") not in fields(document)


# -------------------------------------------------------------------------------------------------------- labels by look
def test_labels_may_stand_under_the_line_that_their_values_are_written_on() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, answer) in enumerate(PAIRS):
            x, y = 50 + 240 * (number % 2), 750 - 40 * (number // 2)
            put(canvas, x, y, answer)
            canvas.line(x, y - 4, x + 200, y - 4)
            put(canvas, x, y - 12, label, TINY)

    assert sorted(fields(shown(draw))) == sorted(PAIRS)


def test_plain_labels_with_bold_values_beside_them_are_pairs() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, answer) in enumerate(PAIRS):
            put(canvas, 150 - canvas.stringWidth(label, *PLAIN[:2]), 750 - 16 * number, label)
            put(canvas, 154, 750 - 16 * number, answer, STRONG)

    assert fields(shown(draw)) == PAIRS


def test_bold_words_in_the_text_of_two_lines_are_no_values() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (text, strong) in enumerate((("Please send it to us", "by Friday"), ("and keep", "a copy"))):
            put(canvas, 50, 750 - 14 * number, text)
            put(canvas, 53 + canvas.stringWidth(text, *PLAIN[:2]), 750 - 14 * number, strong, STRONG)

    assert not fields(shown(draw))


def test_labels_in_italics_stand_over_their_values_where_several_do() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, answer) in enumerate(PAIRS):
            put(canvas, 50, 750 - 36 * number, label, SLANTED)
            put(canvas, 50, 738 - 36 * number, answer)

    assert fields(shown(draw)) == PAIRS


def test_a_dash_below_a_label_is_its_answer() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, answer) in enumerate((*PAIRS[:2], ("Tutor", "—"))):
            put(canvas, 50 + 160 * number, 750, label, TINY)
            put(canvas, 50 + 160 * number, 738, answer, PLAIN if answer != "—" else TINY)

    assert fields(shown(draw)) == [*PAIRS[:2], ("Tutor", "—")]


# ------------------------------------------------------------------------------------------------------ headings and text
def test_a_remark_beside_a_heading_does_not_spoil_it() -> None:
    def draw(canvas: Canvas) -> None:
        for number, heading in enumerate(("Pupil", "School", "Meeting")):
            put(canvas, 50, 780 - 60 * number, heading, HEAD)
            put(canvas, 450, 780 - 60 * number, "from the register")
            put(canvas, 50, 760 - 60 * number, "Nothing is known yet.")

    heading = next(p for p in paragraphs(shown(draw)) if p.text.startswith("Pupil"))
    assert heading.level
    assert [run.muted for run in heading.runs] == [False, True]


def test_a_heading_on_a_rule_is_no_part_of_the_answer_above_it() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 780, "What is planned?", SMALL)
        put(canvas, 50, 766, "A visit in June.")
        put(canvas, 50, 740, "Progress", HEAD)
        canvas.line(50, 736, 545, 736)
        put(canvas, 50, 715, "She reads well.")

    assert "Progress" not in " ".join(value for _, value in fields(shown(draw)))


def test_lines_that_begin_with_labels_in_bold_are_a_paragraph_each() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, text) in enumerate((("Social worker:", "Ada Sample, " * 7), ("Carer:", "Bo Sample"))):
            put(canvas, 50, 750 - 13 * number, label, STRONG)
            put(canvas, 55 + canvas.stringWidth(label, *STRONG[:2]), 750 - 13 * number, text)

    assert [p.text.split(":")[0] for p in paragraphs(shown(draw))] == ["Social worker", "Carer"]


def test_a_value_that_goes_on_at_the_margin_is_one() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (796, 784, 772):
            put(
                canvas,
                50,
                y,
                "Lines that are as long as this one is tell where the page ends for all of the text on this page.",
            )
        put(canvas, 50, 740, "Name", STRONG)
        put(canvas, 150, 740, "Sam")
        put(canvas, 280, 740, "Ethnicity", STRONG)
        put(canvas, 340, 740, "White and Black and Asian")
        put(canvas, 50, 727, "Caribbean")

    assert ("Ethnicity", "White and Black and Asian Caribbean") in fields(shown(draw))


def test_an_address_that_is_whole_takes_no_word_of_the_next_line() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 700, 150, 60)
        canvas.line(125, 700, 125, 700)
        put(canvas, 54, 745, "s.hart@bramblewick.example")
        put(canvas, 54, 733, "Telephone 0113 496 0309")

    assert "exampleTelephone" not in " ".join(said(shown(draw)))


def test_an_answer_at_the_top_of_a_page_belongs_to_the_label_at_the_foot_of_the_last() -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(4):
            for column, (label, answer) in enumerate(PAIRS[:2]):
                put(canvas, 50 + 240 * column, 200 - 36 * row, label, SMALL)
                if row < 3:
                    put(canvas, 50 + 240 * column, 189 - 36 * row, answer)
        canvas.showPage()
        put(canvas, 50, 790, "Bo Sample")
        put(canvas, 290, 790, "10")
        put(canvas, 50, 740, "School", HEAD)

    assert fields(shown(draw))[-2:] == [("Name", "Bo Sample"), ("Year group", "10")]


# ---------------------------------------------------------------------------------------------------------------- tables
def test_labels_that_every_row_repeats_are_the_heads_of_their_columns() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (subject, now, goal) in enumerate((("English", "6", "7"), ("Maths", "5", "5"), ("Art", "7", "8"))):
            y = 750 - 18 * number
            for x, label, answer in ((50, "", subject), (200, "working at", now), (350, "target", goal)):
                put(canvas, x, y, label, ("Helvetica", 10, grey))
                put(canvas, x + (60 if label else 0), y, answer, STRONG)
            for x in (50, 200, 350):
                canvas.line(x, y - 5, x + 150, y - 5)

    (table,) = tables(shown(draw))
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["", "working at", "target"], ["English", "6", "7"], ["Maths", "5", "5"], ["Art", "7", "8"],
    ]  # fmt: skip


def test_heads_above_the_first_rule_belong_to_the_table() -> None:
    def draw(canvas: Canvas) -> None:
        for column, head in enumerate(("Action", "Who", "By when")):
            put(canvas, 54 + 150 * column, 754, head, STRONG)
            for row in range(2):
                canvas.rect(50 + 150 * column, 730 - 20 * row, 150, 20)
                put(canvas, 54 + 150 * column, 736 - 20 * row, f"{head} {row}")

    (table,) = tables(shown(draw))
    assert [cell.text for cell in table.rows[0]] == ["Action", "Who", "By when"]
    assert len(table.rows) == 3


def test_a_table_in_a_frame_is_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(40, 690, 400, 90)
        put(canvas, 50, 765, "Attendees", STRONG)
        for row, names in enumerate((("Ada", "Carer"), ("Bo", "Teacher"))):
            for column, text in enumerate(names):
                canvas.rect(50 + 150 * column, 730 - 20 * row, 150, 20)
                put(canvas, 54 + 150 * column, 736 - 20 * row, text)

    assert len(tables(shown(draw))) == 1
    assert said(shown(draw)).count("Ada") == 1


# ----------------------------------------------------------------------------------------------------------------- ticks
def crossed(canvas: Canvas, x: float, y: float, ticked: bool) -> None:
    canvas.rect(x, y, 9, 9)
    if ticked:
        canvas.line(x, y, x + 9, y + 9)
        canvas.line(x, y + 9, x + 9, y)


def test_a_cross_drawn_from_corner_to_corner_ticks_a_box() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (word, ticked) in enumerate((("Yes", True), ("No", False))):
            crossed(canvas, 50 + 60 * number, 750, ticked)
            put(canvas, 63 + 60 * number, 751, word)

    assert " ".join(said(shown(draw))) == "☒ Yes ☐ No"


def test_a_cross_as_wide_as_its_box_ticks_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 748, 8, 9)
        put(canvas, 50.2, 750, "X", ("Helvetica", 11.4, "black"))
        put(canvas, 66, 750, "Yes")

    assert " ".join(said(shown(draw))) == "☒ Yes"


@pytest.mark.parametrize(("tick", "seen"), [("✓", "☐"), ("", "☒")], ids=["ticks on another page", "no tick at all"])
def test_a_cross_says_no_where_the_file_has_ticks(tick: str, seen: str) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 760, "✗", ("ZapfDingbats", 10, "black"))
        put(canvas, 64, 760, "Excluded")
        canvas.showPage()
        put(canvas, 50, 760, tick, ("ZapfDingbats", 10, "black"))
        put(canvas, 64, 760, "Passport")

    assert said(shown(draw))[0] == f"{seen} Excluded"


def test_a_page_of_a_few_words_keeps_them_whole() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for number, row in enumerate((("Action", "Who"), ("Order a laptop", "Teacher"), ("Book a dentist", "Carer"))):
            for column, words in enumerate(row):
                x = 50.0 + 250 * column
                for letter in words:  # each letter set by itself, as some programs do
                    canvas.drawString(x, 780 - 18 * number, letter)
                    x += canvas.stringWidth(letter, "Helvetica", 10)

    assert "Order a laptop" in " ".join(said(shown(draw)))


# --------------------------------------------------------------------------------------------------------------- columns
def test_a_page_of_two_columns_of_text_is_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(8):
            put(canvas, 50, 780 - 20 * number, f"Left {number}", STRONG)
            put(canvas, 310, 771 - 23 * number, f"Right {number} goes on for a while", PLAIN)

    words = [word for text in said(shown(draw)) for word in text.split() if word in ("Left", "Right")]
    assert words == ["Left"] * 8 + ["Right"] * 8


def test_labels_and_values_with_a_dash_between_them_are_pairs() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, answer) in enumerate(PAIRS):
            put(canvas, 50, 750 - 16 * number, f"{label} –")
            put(canvas, 54 + canvas.stringWidth(f"{label} –", *PLAIN[:2]), 750 - 16 * number, answer, STRONG)

    assert fields(shown(draw)) == PAIRS
