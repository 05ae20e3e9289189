"""What forms that nobody had seen share: tinted answers, outlines drawn cell by cell, lists under a question, scores in a sentence."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from test_extract import AT, grid, line, pairs
from test_extract_forms import head, questions, record
from test_readers import Look, drawn, put, tables, texts
from vsdocs import readers
from vsdocs.document import Cell, Field, Paragraph, Run, Table
from vsdocs.extract.compound import scores_told
from vsdocs.extract.vocabulary import load_vocabulary
from vsdocs.extract.written import level_of, tabbed_labels

COMMON = load_vocabulary()


def tinted(rows: Sequence[Sequence[str]], shaded: Sequence[bool]) -> Table:
    """A table whose first row is bold, and whose rows are shaded or not."""
    cells = tuple(
        Cell(r, c, (Paragraph((Run(text, bold=r == 0),), AT),) if text else (), AT, shaded=shaded[r])
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Table(cells, AT)


def told(verdict: str, remark: str) -> Paragraph:
    return Paragraph((Run(verdict, bold=True), Run(remark)), AT)


# ------------------------------------------------------------------------------------------------------- shaded tables
JOBS = (
    ("Action", "By whom?", "By when?"),
    ("Order the atlas", "Kay Eze", "4 May 2026"),
    ("Ring the choir", "Tom Ash", ""),
    ("", "", ""),
)


def test_boxes_that_are_all_tinted_are_no_labels() -> None:
    for shaded in ((True,) * 4, (False, True, True, True), (True, False, True, False)):
        found = record(head("Other actions"), tinted(JOBS, shaded))
        assert [(each.action, each.owner) for each in found.actions] == [
            ("Order the atlas", "Kay Eze"), ("Ring the choir", "Tom Ash"),
        ]  # fmt: skip


def test_a_shaded_banner_among_plain_rows_stays_one() -> None:
    found = record(head("School details"), pairs(["School", "Oak Hill"], ["Attends alternative provision", "No"]))
    assert (found.school.name, found.school.alternative_provision) == ("Oak Hill", False)


def test_figures_that_look_bold_on_a_scan_are_answers() -> None:
    cells = ("Suspensions", "0", "Permanent exclusions", "1")
    row = [Cell(0, at, (Paragraph((Run(text, bold=True),), AT),), AT) for at, text in enumerate(cells)]
    found = record(head("Attendance"), Table(tuple(row), AT))
    assert (found.attendance.suspensions, found.attendance.exclusions) == (0, 1)


def test_a_remark_under_the_subjects_is_no_subject() -> None:
    table = grid(["Subject", "Now", "Target", "On track?"], ["Maths", "3", "4", "Yes"])
    remark = "She has caught up fast and now asks for harder work."
    last = (
        Cell(2, 0, (Paragraph((Run("Tutor says"),), AT),), AT),
        Cell(2, 1, (Paragraph((Run(remark),), AT),), AT, column_span=3),
    )
    found = record(head("Attainment"), replace(table, cells=(*table.cells, *last)))
    assert [each.subject for each in found.attainment] == ["Maths"]


def test_what_is_asked_under_those_who_came_is_nobody() -> None:
    table = grid(
        ["Name", "Role"], ["Kay Eze", "Carer"], ["Apologies", "Tom Ash (IRO)"], ["Date of next PEP", "4 May 2026"]
    )
    found = record(head("Who came to the meeting"), table)
    assert [each.name for each in found.meeting.attendees] == ["Kay Eze"]
    assert str(found.meeting.next_date) == "2026-05-04"


# --------------------------------------------------------------------------------------------------------- free paragraphs
def test_an_outcome_in_bold_opens_the_remark_under_its_target() -> None:
    found = record(
        head("Targets from last time"),
        line("1. Leo will read aloud twice a week."),
        told("Partly achieved. ", "Once a week so far."),
        line("2. Leo will join a club."),
        told("Achieved. ", "He rows on Mondays."),
    )
    assert [(each.outcome, each.comment) for each in found.previous_targets] == [
        ("partly_met", "Once a week so far."), ("met", "He rows on Mondays."),
    ]  # fmt: skip


def test_help_in_bullets_belongs_to_its_target() -> None:
    found = record(
        head("New targets"),
        line("Target 1: Reading", bold=True),
        line("Leo will read three books by May."),
        Field("What we will do:", "• A book club on Tuesdays\n• Books at home", AT),
        line("Who will lead:: Kay Eze"),
    )
    assert not found.actions
    assert found.targets[-1].provision is not None
    assert found.targets[-1].responsible == "Kay Eze"


def test_levels_in_bullets_are_read_and_the_sentence_under_them_left() -> None:
    question = "In each area: level now, target and is it on track"
    value = "• Maths: now 18 to 24 months; target 30 to 36 months; on track: no\n• Art: now 3; target 4; on track: yes\nHe likes it."
    found = record(head("Progress"), Field(question, value, AT))
    assert [(each.subject, each.current, each.on_track) for each in found.attainment] == [
        ("Maths", "18 to 24 months", False), ("Art", "3", True),
    ]  # fmt: skip
    assert level_of("on track: no", COMMON) == ("on_track", "no")


def test_a_question_in_unknown_words_is_told_by_its_heading() -> None:
    wish = "She would like to keep bees and to study plants at college."
    found = record(
        line("Hopes for the future", bold=True, level=2), Field("Where might all this lead one fine day?", wish, AT)
    )
    assert found.aspirations == wish


def test_a_role_may_hold_a_comma_where_each_person_has_a_bullet() -> None:
    people = "• Kay Eze, key person, Otter Room\n• Tom Ash, social worker"
    found = record(head("PEP meeting"), Field("People at the meeting", people, AT))
    assert [each.name for each in found.meeting.attendees] == ["Kay Eze", "Tom Ash"]


def test_scores_of_an_sdq_in_a_sentence() -> None:
    text = "Total score 14. Emotional 5, conduct 2, hyperactivity 4 and peer problems 3. Completed by the carer on 3 May 2026."
    told = {match.id: said for match, said in scores_told(text, COMMON)}
    assert (told["sdq.total"], told["sdq.conduct"], told["sdq.peer"]) == ("14", "2", "3")
    assert scores_told("His total is 14 out of 40, and it rose from 9 in May.", COMMON) == []


def test_a_total_that_guidance_names_is_no_score() -> None:
    found = record(head("SDQ"), Field("Total score", "If it is 17 or more tell the school.", AT))
    assert found.sdq.total is None


def test_lines_of_labels_and_answers_with_a_gap_between() -> None:
    text = "SMART target\tLeo will row 2 km.\nHow we will know it has\tThe coach's log.\nbeen met\nLead person\tKay Eze\tTo be met by\t4 May 2026"
    assert dict(tabbed_labels("targets", text, COMMON)) == {
        "text": "Leo will row 2 km.", "success_criteria": "The coach's log.", "responsible": "Kay Eze", "due": "4 May 2026",
    }  # fmt: skip
    assert tabbed_labels("targets", "Leo rows\ton Mondays", COMMON) == []


def test_a_label_may_go_on_in_the_next_field() -> None:
    found = record(
        head("My voice"),
        Field("What do you enjoy?", "Rowing.", AT),
        Field("How the child's views were", "A walk by the river", AT),
        Field("gathered", "with the carer.", AT),
    )
    assert "gathered" not in questions(found)
    assert found.voice_method == "A walk by the river with the carer."


# ------------------------------------------------------------------------------------------------------------- drawn pages
BOLD: Look = ("Helvetica-Bold", 10, HexColor(0x000000))


def test_an_outline_drawn_cell_by_cell_tells_rows_and_columns() -> None:
    xs, ys = (50, 220, 290, 480), (760, 742, 712, 694)

    def draw(canvas: Canvas) -> None:
        for y in (ys[0], ys[-1]):
            for x0, x1 in pairwise(xs):
                canvas.line(x0, y, x1, y)
        for x in (xs[0], xs[-1]):
            for top, bottom in pairwise(ys):
                canvas.line(x, top, x, bottom)
        for x, text in zip(xs, ("Item", "Cost", "Impact"), strict=False):
            put(canvas, x + 4, 747, text, BOLD)
        for x, y, text in (
            (54, 730, "Boots for a"), (54, 717, "whole winter"), (224, 730, "£40"), (294, 730, "Goes out more"),
            (294, 717, "than before"), (54, 699, "Choir"), (224, 699, "£25"), (294, 699, "Sings"),
        ):  # fmt: skip
            put(canvas, x, y, text)

    found = [[" ".join(text.split()) for text in row] for row in texts(tables(readers.read(drawn(draw)))[0])]
    assert found == [
        ["Item", "Cost", "Impact"],
        ["Boots for a whole winter", "£40", "Goes out more than before"],
        ["Choir", "£25", "Sings"],
    ]


def test_the_number_on_a_tile_before_a_heading_is_no_word_of_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(HexColor(0x552266))
        canvas.rect(50, 740, 22, 20, fill=1, stroke=0)
        put(canvas, 57, 746, "4", ("Helvetica-Bold", 11, HexColor(0xFFFFFF)))
        put(canvas, 80, 746, "The meeting", ("Helvetica-Bold", 11, HexColor(0x552266)))
        put(canvas, 50, 700, "4 people came to it.")

    said = [block.text for block in readers.read(drawn(draw)).blocks if isinstance(block, Paragraph)]
    assert said == ["The meeting", "4 people came to it."]
