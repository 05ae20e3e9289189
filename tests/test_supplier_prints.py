"""What suppliers' systems print and export: tables under a band of heads, stamps, round marks, small print, cards."""

from collections.abc import Callable, Sequence

import pytest
from reportlab.lib.colors import HexColor, grey
from reportlab.pdfgen.canvas import Canvas

from test_extract import grid, line
from test_extract_forms import head, record
from test_readers import PLAIN, SMALL, STRONG, Look, drawn, fields, printed, put, tables, texts
from vsdocs import readers
from vsdocs.document import Cell, Document, Field, Paragraph, Run, Table
from vsdocs.evidence import Location
from vsdocs.extract.values import tells_absence
from vsdocs.extract.vocabulary import load_vocabulary
from vsdocs.extract.written import small_print
from vsdocs.readers.radios import boxes_of, has_marks, with_boxes

Draw = Callable[[Canvas], None]
WHITE: Look = ("Helvetica-Bold", 10, HexColor(0xFFFFFF))
COMMON = load_vocabulary()
XS = (50, 200, 320)


def shown(draw: Draw) -> Document:
    return readers.read(drawn(draw))


def said(document: Document) -> list[str]:
    return [" ".join(text.split()) for text in printed(document.blocks) if text]


def band(canvas: Canvas, y: float, high: float, colour: int, x0: float = 44, x1: float = 500) -> None:
    canvas.setFillColor(HexColor(colour))
    canvas.rect(x0, y, x1 - x0, high, fill=1, stroke=0)


def row(canvas: Canvas, y: float, cells: Sequence[str], look: Look = PLAIN) -> None:
    for x, text in zip(XS, cells, strict=True):
        put(canvas, x, y, text, look)


# -------------------------------------------------------------------------------------------------------------- tables
HEADS = ("Item", "Cost", "What it changed")
ROWS = (("Boots", "£40", "Goes out"), ("A tutor", "£300", ""), ("Choir", "£25", "Sings"))


def headed(canvas: Canvas, top: float, stripes: bool = True, colour: int = 0x224466) -> float:
    band(canvas, top, 18, colour)
    row(canvas, top + 5, HEADS, WHITE)
    for number, cells in enumerate(ROWS):
        top -= 18
        if stripes and number % 2:
            band(canvas, top, 18, 0xEEEEF6)
        row(canvas, top + 5, cells)
    return top


@pytest.mark.parametrize("stripes", [True, False])
@pytest.mark.parametrize("framed", [True, False])
def test_rows_under_a_band_of_heads_are_a_table_with_or_without_stripes(stripes: bool, framed: bool) -> None:
    def draw(canvas: Canvas) -> None:
        bottom = headed(canvas, 740, stripes)
        if framed:
            canvas.rect(44, bottom, 456, 758 - bottom)
        put(canvas, 50, bottom - 40, "What comes after is no row.")

    document = shown(draw)
    assert texts(tables(document)[0]) == [list(HEADS), *map(list, ROWS)]
    assert said(document)[-1] == "What comes after is no row."


def test_a_section_band_as_wide_as_the_table_above_it_is_no_row() -> None:
    def draw(canvas: Canvas) -> None:
        bottom = headed(canvas, 740)
        band(canvas, bottom - 34, 20, 0xDDE8EE)
        put(canvas, 50, bottom - 28, "Wellbeing", ("Helvetica-Bold", 13, "black"))
        put(canvas, 440, bottom - 28, "100%", SMALL)
        put(canvas, 50, bottom - 60, "Words under it.")

    assert texts(tables(shown(draw))[0]) == [list(HEADS), *map(list, ROWS)]


def test_a_stripe_whose_cells_are_coloured_one_by_one_may_have_an_empty_one() -> None:
    def draw(canvas: Canvas) -> None:
        band(canvas, 740, 18, 0xDDDDEE)
        row(canvas, 745, HEADS, STRONG)
        for number, cells in enumerate((*ROWS, ("Kit", "", ""))):
            y = 722 - 18 * number
            if number % 2:
                for x0, x1 in ((44, 196), (196, 316), (316, 500)):
                    band(canvas, y, 18, 0xF2F2F8, x0, x1)
            row(canvas, y + 5, cells)

    assert texts(tables(shown(draw))[0]) == [list(HEADS), *map(list, ROWS), ["Kit", "", ""]]


def test_a_stripe_may_be_as_high_as_a_long_answer() -> None:
    lines = [f"line {number} of a long answer to it" for number in range(6)]

    def draw(canvas: Canvas) -> None:
        band(canvas, 740, 18, 0x224466)
        row(canvas, 745, HEADS, WHITE)
        row(canvas, 727, ROWS[0])
        band(canvas, 640, 82, 0xEEEEF6)
        row(canvas, 710, ("A club", "£9", lines[0]))
        for number, text in enumerate(lines[1:], 1):
            put(canvas, XS[2], 710 - 12 * number, text)
        row(canvas, 627, ROWS[2])

    table = texts(tables(shown(draw))[0])
    assert [cells[0] for cells in table] == ["Item", "Boots", "A club", "Choir"]
    assert table[2][2].split() == " ".join(lines).split()


def test_sums_may_end_where_their_head_ends() -> None:
    def draw(canvas: Canvas) -> None:
        band(canvas, 740, 18, 0x224466)
        for x, text in ((50, "Item"), (330, "Impact")):
            put(canvas, x, 745, text, WHITE)
        canvas.setFillColor(HexColor(0xFFFFFF))
        canvas.drawRightString(300, 745, "Cost")
        for y, (item, cost, impact) in zip(
            (727, 709), (("Boots", "£1,240.00", "Goes out"), ("Tea", "£4", "Warm")), strict=True
        ):
            put(canvas, 50, y, item)
            put(canvas, 330, y, impact)
            canvas.drawRightString(300, y, cost)

    assert texts(tables(shown(draw))[0]) == [
        ["Item", "Cost", "Impact"], ["Boots", "£1,240.00", "Goes out"], ["Tea", "£4", "Warm"],
    ]  # fmt: skip


# -------------------------------------------------------------------------------------------------------- small print
@pytest.mark.parametrize(
    "stamp",
    ["Last edited by Kay Eze, 17 Nov 2025 15:22", "Exported 03/12/2025 16:20", "3 entries, total £305.00", "This section was saved by Kay Eze"],
)  # fmt: skip
def test_what_a_system_writes_about_a_record_is_no_answer(stamp: str) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 760, "Meeting", ("Helvetica-Bold", 14, "black"))
        put(canvas, 50, 745, stamp, SMALL)
        for number in range(4):
            put(canvas, 50, 720 - 14 * number, f"Words of the form, number {number}, that go on for a while.")

    assert stamp not in " ".join(said(shown(draw)))


def test_the_same_words_in_the_size_of_answers_stay() -> None:
    assert "Updated by hand on 3 May 2025" in said(
        shown(lambda canvas: put(canvas, 50, 760, "Updated by hand on 3 May 2025"))
    )


def test_a_line_over_a_box_that_runs_on_beyond_it_is_not_its_label() -> None:
    text = "Asked by the mentor over two weeks, and in his own words: with cards"

    def draw(canvas: Canvas) -> None:
        put(canvas, 50, 760, text, ("Helvetica", 9, grey))
        canvas.setFillColor(HexColor(0xEEEEEE))
        canvas.roundRect(44, 730, 200, 22, 6, fill=1, stroke=0)
        put(canvas, 50, 738, "What do you enjoy?")

    assert fields(shown(draw)) == []


def test_labels_that_had_room_for_more_are_rows_however_close() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, answer) in enumerate(
            (("Gender", "Male"), ("Ethnicity", "White British"), ("Legal status", "Care order"))
        ):
            put(canvas, 50, 760 - 13 * number, label, ("Helvetica-Bold", 10, grey))
            put(canvas, 180, 760 - 13 * number, answer)

    assert fields(shown(draw)) == [("Gender", "Male"), ("Ethnicity", "White British"), ("Legal status", "Care order")]


# --------------------------------------------------------------------------------------------------------------- marks
def test_round_and_typed_marks_are_choices_where_one_is_full_and_one_is_empty() -> None:
    assert boxes_of("○ Yes ● No") == "☐ Yes ☒ No"
    assert boxes_of("( ) Yes (x) No") == "☐ Yes ☒ No"
    assert with_boxes("Type ( ) First [x] Review").split() == ["Type", "☐", "First", "☒", "Review"]
    assert with_boxes("○ First ● Review\r\n○ Interim\r\n● a bullet") == "☐ First ☒ Review\r\n☐ Interim\r\n● a bullet"
    assert not has_marks("● one thing\n● another")
    assert not has_marks("Cost (x) for each ( )".replace("( )", "(each)"))


# ------------------------------------------------------------------------------------------------------------ meanings
def test_small_print_under_an_action_says_who_and_by_when() -> None:
    text = "Assigned to Kay Eze · Due 28 Nov 2025 · Open"
    assert small_print("actions", text, COMMON) == [("owner", "Kay Eze"), ("due", "28 Nov 2025")]
    assert small_print("actions", "She reads · writes", COMMON) == []
    found = record(head("Actions"), head("Order the laptop for homework and set it up"), line(text)).actions
    assert [(each.action, each.owner) for each in found] == [("Order the laptop for homework and set it up", "Kay Eze")]


def test_cards_of_people_tell_their_section_themselves() -> None:
    cards = [
        Field(name, value, Location(1, "here"))
        for name, value in (
            ("Kay Eze", "Social worker\n01632 960111\nNo email"),
            ("Al Orr", "Designated teacher\nNo phone number\na.orr@copse.example"),
        )
    ]
    found = record(head("Folk"), *cards).contacts
    assert [(each.role, each.name, each.email, each.phone) for each in found] == [
        ("social_worker", "Kay Eze", None, "01632 960111"),
        ("designated_teacher", "Al Orr", "a.orr@copse.example", None),
    ]


def test_a_card_may_have_its_area_or_outcome_in_its_head_and_its_target_without_a_label() -> None:
    target = "Sam will read 80 words a minute from a new book."
    found = record(head("New targets"), head("Target 1: Reading"), line(target), line("By when:: 1 May 2026")).targets
    assert [(each.area, each.text) for each in found][1:] == [("Reading", target)]
    old = record(head("Review of previous targets"), head("Target 1\tAchieved"), line(target)).previous_targets
    assert [(each.text, each.outcome) for each in old] == [(target, "met")]


def test_a_card_whose_title_is_also_a_section_stays_with_the_cards_before_it() -> None:
    def card(text: str) -> list[Field]:
        asked = (
            ("Target", text),
            ("Success criteria", "It is seen"),
            ("Deadline", "1 May 2026"),
            ("Responsible", "Kay Eze"),
        )
        return [Field(label, value, Location(1, "here")) for label, value in asked]

    first, second = "Sam will read 80 words a minute.", "Sam will be at school each day in May."
    found = record(
        line("New targets", bold=True, level=1),
        line("1. Literacy", bold=True, level=2),
        *card(first),
        line("2. Attendance", bold=True, level=2),
        *card(second),
    ).targets
    assert [each.text for each in found][1:] == [first, second]


def test_shares_of_absence_and_figures_to_date_are_read_where_sentences_and_labels_tell_them() -> None:
    told = "Attendance is 94.6%, with authorised absence of 4.2% and unauthorised absence of 1.2%."
    assert tells_absence(told) == {"attendance.authorised_percent": "4.2%", "attendance.unauthorised_percent": "1.2%"}
    found = record(head("Attendance"), line("Suspensions, 2025/26 to date: 3 Permanent exclusions: 0")).attendance
    assert (found.suspensions, found.exclusions) == (3, 0)


def test_a_review_asked_for_after_a_reduced_timetable_is_of_that() -> None:
    asked = (
        ("Part-time timetable start", "13 Oct 2025"),
        ("Planned end", "19 Dec 2025"),
        ("Next review", "1 Dec 2025"),
    )
    found = record(head("Education setting"), *(Field(label, value, Location(1, "here")) for label, value in asked))
    assert str(found.timetable.next_review) == "2025-12-01"
    assert found.meeting.next_date is None


def test_a_box_with_its_question_in_small_bold_and_what_the_child_says_in_italics_is_an_answer() -> None:
    def box(question: str, answer: str) -> Table:
        runs = Run(question, bold=True, size=9.0), Run(answer, muted=True, size=11.0)
        content = tuple(Paragraph((run,), Location(None, "here")) for run in runs)
        return Table((Cell(0, 0, content, Location(None, "here")),), Location(None, "here"))

    boxes = box("What I find tricky", "When people shout in the hall"), box("What helps me", "Sitting near the door")
    found = record(line("What I think", bold=True, level=1), *boxes).voice
    assert [(each.question, each.answer) for each in found][-2:] == [
        ("What I find tricky", "When people shout in the hall"), ("What helps me", "Sitting near the door"),
    ]  # fmt: skip


def test_levels_beside_their_labels_under_subjects_are_no_heads() -> None:
    rows = (
        ["", "Reading", "Maths"], ["Where I am now", "Expected", "Expected"], ["End of year target", "Expected", "Greater depth"],
        ["On track?", "Yes", "No"],
    )  # fmt: skip
    found = record(head("My progress"), grid(*rows)).attainment
    assert [(each.subject, each.current, each.target, each.on_track) for each in found] == [
        ("Reading", "Expected", "Expected", True), ("Maths", "Expected", "Greater depth", False),
    ]  # fmt: skip


def test_who_signed_is_no_action() -> None:
    blocks = (
        head("Actions"),
        line("• Book the eye test (Jan Cole, by 1 March 2026)"),
        line("Signed (DT):: P Hart"),
        line("Date:: 2 May 2026"),
    )
    found = record(*blocks).actions
    assert [(each.action, str(each.due)) for each in found] == [("Book the eye test", "2026-03-01")]
