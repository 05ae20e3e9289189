"""How pages are laid out: chips, labels beside and over their values, rows between rules, fillable tables, running feet."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from reportlab.lib.colors import HexColor, grey, lightgrey
from reportlab.pdfgen.canvas import Canvas

from test_readers import PLAIN, SMALL, STRONG, Look, drawn, fields, paragraphs, printed, put, tables, texts
from vsdocs import readers
from vsdocs.document import Document

HEAD: Look = ("Helvetica-Bold", 14, "black")
GREY_STRONG: Look = ("Helvetica-Bold", 8, grey)
LARGE_STRONG: Look = ("Helvetica-Bold", 11, "black")
Draw = Callable[[Canvas], object]


def shown(draw: Draw) -> Document:
    return readers.read(drawn(draw))


def said(document: Document) -> list[str]:
    """Every text of the document, tabs as spaces, what is blank left out."""
    return [" ".join(text.split()) for text in printed(document.blocks) if text]


# ------------------------------------------------------------------------------------------------------------------ chips
def chip(canvas: Canvas, x: float, y: float, text: str, filled: bool = False, tick: str = "") -> float:
    """A word in a small round outline; gives where the next one begins."""
    width = canvas.stringWidth(text, "Helvetica", 9) + (30 if tick else 18)
    canvas.setFillColor(HexColor(0x2060A0) if filled else "white")
    canvas.roundRect(x, y - 5, width, 17, 8, fill=int(filled))
    if tick:
        put(canvas, x + 8, y, tick, ("ZapfDingbats", 9, "black"))
    put(canvas, x + (20 if tick else 9), y, text, ("Helvetica", 9, "white" if filled else "black"))
    return x + width + 8


def chips(canvas: Canvas, x: float, y: float, *words: tuple[str, bool]) -> None:
    for text, filled in words:
        x = chip(canvas, x, y, text, filled)


def test_the_filled_one_of_a_row_of_chips_is_chosen() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 760, "Key stage")
        chips(canvas, 50, 735, ("KS2", False), ("KS3", True), ("KS4", False))

    assert "☐ KS2 ☒ KS3 ☐ KS4" in " ".join(said(shown(draw)))


def test_chips_go_on_in_the_row_below() -> None:
    def draw(canvas: Canvas) -> None:
        chips(canvas, 50, 735, ("Speech", True), ("Hearing", True))
        chips(canvas, 50, 713, ("Sight", False), ("Movement", False))

    assert " ".join(said(shown(draw))) == "☒ Speech ☒ Hearing ☐ Sight ☐ Movement"


def test_the_ticked_one_of_a_row_of_chips_is_chosen() -> None:
    def draw(canvas: Canvas) -> None:
        x = chip(canvas, 50, 735, "Initial")
        chip(canvas, chip(canvas, x, 735, "Review", tick="✓"), 735, "Interim")

    assert " ".join(said(shown(draw))) == "☐ Initial ☒ Review ☐ Interim"


@pytest.mark.parametrize("filled", [True, False], ids=["all", "one alone"])
def test_chips_that_leave_no_choice_stay_as_they_are(filled: bool) -> None:
    def draw(canvas: Canvas) -> None:
        words = ("Reading", "Swimming", "Chess") if filled else ("Reading",)
        chips(canvas, 50, 735, *((word, True) for word in words))

    assert not set("☐☒") & set(" ".join(said(shown(draw))))


def test_none_of_a_row_of_chips_may_be_chosen() -> None:
    assert said(shown(lambda canvas: chips(canvas, 50, 735, ("Yes", False), ("No", False)))) == ["☐ Yes ☐ No"]


@pytest.mark.parametrize(("signs", "seen"), [("✓✗", "☒☐"), ("✗✗", "☒☒")], ids=["beside ticks", "alone"])
def test_a_cross_beside_a_tick_says_no(signs: str, seen: str) -> None:
    def draw(canvas: Canvas) -> None:
        for number, (sign, text) in enumerate(zip(signs, ("Passport", "Bank account"), strict=True)):
            put(canvas, 50, 760 - 16 * number, sign, ("ZapfDingbats", 10, "black"))
            put(canvas, 64, 760 - 16 * number, text)

    assert said(shown(draw)) == [f"{seen[0]} Passport", f"{seen[1]} Bank account"]


# ------------------------------------------------------------------------------------------------------------------ sides
def beside(canvas: Canvas, y: float, *pairs: tuple[str, str], label: Look = STRONG, value: Look = PLAIN) -> None:
    for number, (name, answer) in enumerate(pairs):
        put(canvas, 50 + 260 * number, y, name, label)
        put(canvas, 150 + 260 * number, y, answer, value)


def test_several_labels_stand_with_their_values_on_one_line() -> None:
    def draw(canvas: Canvas) -> None:
        beside(canvas, 760, ("Name", "Sam Example"), ("Year group", "9"))
        beside(canvas, 744, ("School", "Copse Lane"), ("Tutor", "Mx Hay"))

    assert fields(shown(draw)) == [
        ("Name", "Sam Example"), ("Year group", "9"), ("School", "Copse Lane"), ("Tutor", "Mx Hay"),
    ]  # fmt: skip


def test_labels_and_values_beside_each_other_may_be_wrapped() -> None:
    def draw(canvas: Canvas) -> None:
        beside(canvas, 760, ("Social worker", "Dev Parrish of the"), ("Tutor", "Mx Hay"))
        put(canvas, 50, 748, "and team", STRONG)
        put(canvas, 150, 748, "Brightwater team")
        beside(canvas, 728, ("School", "Copse Lane"), ("Year group", "9"))

    found = {label: " ".join(value.split()) for label, value in fields(shown(draw))}
    assert found == {
        "Social worker and team": "Dev Parrish of the Brightwater team", "Tutor": "Mx Hay",
        "School": "Copse Lane", "Year group": "9",
    }  # fmt: skip


def test_an_unanswered_label_beside_an_answered_one_is_blank() -> None:
    found = fields(shown(lambda canvas: beside(canvas, 760, ("Name", "Sam Example"), ("UPN", ""))))
    assert found == [("Name", "Sam Example"), ("UPN", "")]


def test_a_heading_with_a_tag_at_its_right_is_no_pair() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 760, "My views", HEAD)
        put(canvas, 450, 760, "Completed", ("Helvetica", 9, "black"))
        put(canvas, 50, 738, "I like art best of all.")

    document = shown(draw)
    assert fields(document) == []
    assert said(document)[-1] == "I like art best of all."


def over(canvas: Canvas, y: float, *pairs: tuple[str, str], label: Look = SMALL, value: Look = LARGE_STRONG) -> None:
    """Labels side by side, each with its value close below."""
    for number, (name, answer) in enumerate(pairs):
        put(canvas, 50 + 160 * number, y, name, label)
        put(canvas, 50 + 160 * number, y - 13, answer, value)


def test_bold_values_under_grey_labels_are_no_labels_of_what_stands_beside_them() -> None:
    def draw(canvas: Canvas) -> None:
        over(canvas, 760, ("Name", "Sam Example"), ("Year", "9"))
        over(canvas, 720, ("School", "Copse Lane"), ("Tutor", "Mx Hay"))
        over(canvas, 680, ("Language", "English"), ("Religion", ""))
        put(canvas, 210, 667, "not asked")

    found = fields(shown(draw))
    assert found[:4] == [("Name", "Sam Example"), ("Year", "9"), ("School", "Copse Lane"), ("Tutor", "Mx Hay")]
    assert found[4:] == [("Language", "English"), ("Religion", "not asked")]


# ----------------------------------------------------------------------------------------------------------------- stacks
def known_pairs(canvas: Canvas) -> None:
    """Two rows that show how labels and values look in this document."""
    over(canvas, 790, ("Name", "Sam Example"), ("Year", "9"), ("UPN", "A123"))
    over(canvas, 755, ("School", "Copse Lane"), ("Tutor", "Mx Hay"), ("Sex", "M"))


def test_what_rows_show_of_labels_and_values_holds_for_a_single_column() -> None:
    def draw(canvas: Canvas) -> None:
        known_pairs(canvas)
        for number, (label, value) in enumerate((("Carer", "Jo Day"), ("Language", "English"))):
            over(canvas, 690 - 34 * number, (label, value))

    found = dict(fields(shown(draw)))
    assert (found["Carer"], found["Language"]) == ("Jo Day", "English")
    assert (found["Name"], found["Sex"]) == ("Sam Example", "M")


def test_the_options_of_a_choice_below_its_label_stay_together() -> None:
    def draw(canvas: Canvas) -> None:
        for number, label in enumerate(("Type of PEP", "Any SEND?")):
            x = 50 + 250 * number
            put(canvas, x, 760, label, SMALL)
            for option, ticked in enumerate((number == 0, number == 1)):
                canvas.rect(x + 70 * option, 745, 8, 8)
                if ticked:
                    put(canvas, x + 70 * option + 2, 747, "x", ("Helvetica", 8, "black"))
                put(canvas, x + 70 * option + 12, 746, (("Initial", "Review"), ("Yes", "No"))[number][option])

    found = [(label, " ".join(value.split())) for label, value in fields(shown(draw))]
    assert found == [("Type of PEP", "☒ Initial ☐ Review"), ("Any SEND?", "☐ Yes ☒ No")]


def test_options_go_on_under_the_next_label_where_that_has_no_answer() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 760, "Type of PEP", SMALL)
        put(canvas, 170, 760, "Completed by", SMALL)
        for number, option in enumerate(("Initial", "Review", "Interim")):
            canvas.rect(50 + 64 * number, 745, 8, 8)
            put(canvas, 62 + 64 * number, 746, option)

    found = [(label, " ".join(value.split())) for label, value in fields(shown(draw))]
    assert found == [("Type of PEP", "☐ Initial ☐ Review ☐ Interim"), ("Completed by", "")]


def test_a_heading_does_not_swallow_the_labels_below_it() -> None:
    def draw(canvas: Canvas) -> None:
        known_pairs(canvas)
        put(canvas, 50, 700, "My carer", HEAD)
        over(canvas, 680, ("Carer", "Jo Day"), ("Since", "2024"))

    document = shown(draw)
    found = dict(fields(document))
    assert (found["Carer"], found["Since"]) == ("Jo Day", "2024")
    assert "My carer" in [block.text for block in paragraphs(document)]


# ------------------------------------------------------------------------------------------------------ rows between rules
XS = (50, 200, 350, 500)


def cell_rules(canvas: Canvas, y: float, xs: Sequence[float] = XS) -> None:
    """A rule under a row, drawn cell by cell."""
    for x0, x1 in pairwise(xs):
        canvas.line(x0, y, x1, y)


def ruled_rows(canvas: Canvas, y: float, rows: Sequence[Sequence[str]], head: Look | None = None) -> float:
    """Rows of cells on rules drawn cell by cell; gives where they end."""
    for number, row in enumerate(rows):
        for x, text in zip(XS, row, strict=False):
            put(canvas, x + 4, y, text, head if head and number == 0 else PLAIN)
        y -= 6
        cell_rules(canvas, y)
        y -= 14
    return y


AIMS = [["Aim", "Who", "When"], ["Ring the college", "Carer", "1 May"], ["Buy a laptop", "", "2 May"]]


def test_rules_drawn_cell_by_cell_keep_an_empty_cell_in_its_column() -> None:
    rows = [*AIMS, ["", "School", ""]]
    (table,) = tables(shown(lambda canvas: ruled_rows(canvas, 760, rows, STRONG)))
    assert texts(table) == rows


def test_rules_drawn_cell_by_cell_make_a_column_that_nobody_filled_in() -> None:
    rows = [["Ring the college", "", "1 May"], ["Buy a laptop", "", "2 May"]]
    (table,) = tables(shown(lambda canvas: ruled_rows(canvas, 760, rows)))
    assert texts(table) == rows


def test_a_head_on_a_band_of_colour_is_the_first_row() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(lightgrey)
        canvas.rect(50, 755, 450, 20, fill=1, stroke=0)
        for x, text in zip(XS, AIMS[0], strict=False):
            put(canvas, x + 4, 761, text, STRONG)
        ruled_rows(canvas, 740, AIMS[1:])

    (table,) = tables(shown(draw))
    assert texts(table) == AIMS
    assert all(cell.shaded for cell in table.rows[0])


def test_a_title_between_two_tables_is_in_neither() -> None:
    def draw(canvas: Canvas) -> None:
        y = ruled_rows(canvas, 760, AIMS, STRONG)
        put(canvas, 54, y - 4, "Targets that the school has set for the spring term", STRONG)
        ruled_rows(canvas, y - 24, [["Target", "Now", "By May"], ["Reading", "4", "5"]], STRONG)

    document = shown(draw)
    assert [texts(table) for table in tables(document)] == [AIMS, [["Target", "Now", "By May"], ["Reading", "4", "5"]]]
    assert "Targets that the school has set for the spring term" in [block.text for block in paragraphs(document)]


def test_tables_with_other_columns_under_each_other_are_two() -> None:
    def draw(canvas: Canvas) -> None:
        y = ruled_rows(canvas, 760, AIMS)
        for number, row in enumerate((("English", "on track"), ("Maths", "not yet"))):
            put(canvas, 54, y - 20 * number, row[0])
            put(canvas, 284, y - 20 * number, row[1])
            cell_rules(canvas, y - 20 * number - 6, (50, 280, 500))

    assert [texts(table) for table in tables(shown(draw))] == [AIMS, [["English", "on track"], ["Maths", "not yet"]]]


@pytest.mark.parametrize("ruled", [True, False], ids=["on a rule", "without a rule"])
def test_a_banner_across_a_table_is_a_row_of_one_cell(ruled: bool) -> None:
    def draw(canvas: Canvas) -> None:
        y = ruled_rows(canvas, 760, AIMS[:2], STRONG)
        canvas.setFillColor(lightgrey)
        canvas.rect(50, y - 6, 450, 20, fill=1, stroke=0)
        put(canvas, 54, y, "At home", STRONG)
        if ruled:
            cell_rules(canvas, y - 6)
        ruled_rows(canvas, y - 20, AIMS[2:])

    (table,) = tables(shown(draw))
    assert texts(table) == [*AIMS[:2], ["At home"], AIMS[2]]
    assert table.rows[2][0].column_span == 3


def test_a_rule_as_long_as_those_of_a_table_does_not_spoil_it() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 790, "Personal Education Plan", HEAD)
        canvas.line(50, 780, 500, 780)
        put(canvas, 50, 764, "Everyone who was at the meeting agreed to what is written below.")
        y = ruled_rows(canvas, 730, AIMS, STRONG)
        put(canvas, 50, y - 20, "The next meeting is at the school, in the spring term, with the carers.")
        canvas.line(50, y - 40, 500, y - 40)

    document = shown(draw)
    (table,) = tables(document)
    assert texts(table) == AIMS
    others = [block.text for block in paragraphs(document)]
    assert "Everyone who was at the meeting agreed to what is written below." in others
    assert "The next meeting is at the school, in the spring term, with the carers." in others


# ------------------------------------------------------------------------------------------------------------ cards, boxes
@pytest.mark.parametrize("card", [("Signed", "Sam"), None], ids=["under a card", "alone"])
def test_a_short_rule_does_not_take_a_piece_out_of_longer_lines(card: tuple[str, str] | None) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 760, "I want to be an engineer and to build bridges when I have left school.", STRONG)
        put(canvas, 50, 746, "For this I need good grades in maths, and somebody who shows me how.", STRONG)
        if card:
            put(canvas, 50, 732, card[0], SMALL)
            put(canvas, 50, 721, card[1])
        canvas.line(50, 715, 150, 715)

    document = shown(draw)
    assert fields(document) == ([card] if card else [])
    whole = " ".join(block.text for block in paragraphs(document))
    assert "an engineer and to build bridges when I have left school." in whole
    assert "good grades in maths, and somebody who shows me how." in whole


def test_a_label_over_its_answer_in_one_ruled_rectangle_is_a_field() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 690, 450, 70)
        put(canvas, 56, 745, "What is going well?", STRONG)
        put(canvas, 56, 730, "Art and lunch.")

    assert fields(shown(draw)) == [("What is going well?", "Art and lunch.")]


def test_a_label_alone_in_one_ruled_rectangle_is_blank() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 690, 450, 70)
        put(canvas, 56, 745, "What is going well?", STRONG)

    assert fields(shown(draw)) == [("What is going well?", "")]


# -------------------------------------------------------------------------------------------------------- fillable tables
def slot(canvas: Canvas, name: str, value: str, x: float, y: float) -> None:
    canvas.acroForm.textfield(name=name, value=value, x=x, y=y, width=120, height=18, fontSize=9)


def test_fillable_fields_in_rows_under_heads_are_a_table() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 790, "My progress", HEAD)
        for x, text in ((50, "Subject"), (190, "Now"), (330, "Target"), (470, "On track")):
            put(canvas, x, 760, text, STRONG)
        for row, values in enumerate((("English", "4", "5"), ("Maths", "3", ""), ("Science", "", "6"))):
            for column, value in enumerate(values):
                slot(canvas, f"r{row}c{column}", value, 50 + 140 * column, 735 - 24 * row)
            canvas.acroForm.checkbox(name=f"t{row}", checked=row == 1, x=475, y=738 - 24 * row, size=12)

    document = shown(draw)
    (table,) = tables(document)
    assert texts(table) == [
        ["Subject", "Now", "Target", "On track"],
        ["English", "4", "5", "☐"], ["Maths", "3", "", "☒"], ["Science", "", "6", "☐"],
    ]  # fmt: skip
    assert fields(document) == []


def test_fillable_fields_under_each_other_with_labels_at_their_left_are_no_table() -> None:
    answers = {"Name": "Sam", "Year": "9", "School": "Copse Lane", "Tutor": "Mx Hay"}

    def draw(canvas: Canvas) -> None:
        for number, (label, value) in enumerate(answers.items()):
            x, y = 50 + 260 * (number % 2), 740 - 30 * (number // 2)
            put(canvas, x, y, label)
            slot(canvas, label, value, x + 60, y - 5)

    document = shown(draw)
    assert tables(document) == []
    assert dict(fields(document)) == answers


# ---------------------------------------------------------------------------------------------------- numbers of questions
def test_the_number_of_a_question_stays_with_it() -> None:
    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(("Does the child have a laptop?", "Does the child have a library card?")):
            put(canvas, 50, 760 - 60 * number, f"3.{number + 9}", STRONG)
            put(canvas, 85, 760 - 60 * number, text, STRONG)
            put(canvas, 50, 745 - 60 * number, ("Yes, since May.", "Not yet.")[number])

    assert fields(shown(draw)) == [
        ("3.9 Does the child have a laptop?", "Yes, since May."),
        ("3.10 Does the child have a library card?", "Not yet."),
    ]


def test_a_star_after_a_label_does_not_glue_two_columns() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, value) in enumerate((("First name", "Sam"), ("Surname", "Example"))):
            x = 50 + 200 * number
            put(canvas, x, 760, label, SMALL)
            put(canvas, x + canvas.stringWidth(label, "Helvetica", 7.5) + 3, 760, "*", SMALL)
            put(canvas, x, 748, value)

    found = [(label.rstrip(" *"), value) for label, value in fields(shown(draw))]
    assert found == [("First name", "Sam"), ("Surname", "Example")]


# ---------------------------------------------------------------------------------------------------------- running feet
@pytest.mark.parametrize("sizes", [[(595, 842)] * 3, [(595, 842), (842, 595), (612, 792)]], ids=["alike", "different"])
def test_a_running_foot_goes_from_pages_of_any_size(sizes: list[tuple[float, float]]) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.setPageSize(sizes[number - 1])
            put(canvas, 50, 500, f"What was said on day {number} of the meeting.")
            put(canvas, 50, 30, "Brightwater Virtual School, in confidence", SMALL)
            put(canvas, 50, 44, f"Page {number} of 3", SMALL)

        return draw

    document = readers.read(drawn(page(1), page(2), page(3)))
    assert said(document) == [f"What was said on day {number} of the meeting." for number in (1, 2, 3)]
    assert all(paragraph.location.place == "footer" for paragraph in document.margins)
    assert "Brightwater Virtual School, in confidence" in " ".join(m.text for m in document.margins)


def test_the_number_of_a_page_goes_from_a_document_of_one() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 500, "What was said at the meeting.")
        put(canvas, 50, 30, "Autumn review, Page 4 of 6", SMALL)

    assert said(shown(draw)) == ["What was said at the meeting."]
