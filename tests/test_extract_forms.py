"""How forms differ: what each way of asking and answering gives, on small invented documents; and that any text is read."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from test_extract import AT, CHILD, PUPIL_PREMIUM, TARGETS, VOICE, grid, line, pairs, pep, read
from vsdocs.document import Block, Cell, Document, Field, Format, Paragraph, Run, Table
from vsdocs.evidence import State
from vsdocs.extract import explain, load_vocabulary, values
from vsdocs.extract.answers import Answers
from vsdocs.extract.cells import without_numbers
from vsdocs.extract.gather import gather
from vsdocs.extract.items import heads_of_card
from vsdocs.extract.kinds import fits, kind_of
from vsdocs.extract.legend import read_legend
from vsdocs.extract.people import read_people, says_who_came
from vsdocs.extract.sections import settle
from vsdocs.extract.spots import Line, Words
from vsdocs.extract.written import is_listed, is_pattern, levels, list_of, parts_of, run_on
from vsdocs.record import PepRecord

COMMON = load_vocabulary()
LISTS = sorted(COMMON.lists)


def record(*blocks: Block) -> PepRecord:
    """What is read of these blocks at the end of a small PEP."""
    return read(pep(*blocks)).record


def without_child(*blocks: Block) -> Document:
    """A small PEP that tells nothing of its child but what these blocks do."""
    title = line("Personal Education Plan", bold=True)
    meeting = pairs(["Date of PEP meeting", "12/11/2024", "Type of PEP", "Review"])
    return Document(Format.DOCX, (title, *blocks, line("Meeting", bold=True), meeting, *TARGETS, *PUPIL_PREMIUM))


def head(text: str) -> Paragraph:
    return line(text, bold=True)


def meanings(document: Document) -> dict[str, str | None]:
    """What each label was taken for."""
    return {label.label: label.meaning for label in explain(document, COMMON).labels}


def questions(found: PepRecord) -> list[str | None]:
    return [entry.question for entry in found.voice]


# ---------------------------------------------------------------------------------- what a heading promises and what it has
def test_all_about_me_may_head_the_childs_details() -> None:
    details = pairs(
        ["Name", "Leo Example"],
        ["Date of birth", "3 April 2012"],
        ["UPN", "K996437515192"],
        ["Ethnicity", "White British"],
    )
    found = read(without_child(head("ALL ABOUT ME"), details))
    child = found.record.child
    assert (child.forename, child.surname, child.date_of_birth) == ("Leo", "Example", "2012-04-03")
    assert (child.upn, child.ethnicity) == ("K996437515192", "White British")
    assert found.record.voice == ()


def test_all_about_me_may_head_what_the_child_says() -> None:
    asked = pairs(["What do I like at school?", "Art"], ["Who helps me?", "Kit"], ["What would I change?", "Maths"])
    found = record(head("ALL ABOUT ME"), asked).voice
    assert [(entry.question, entry.answer) for entry in found][-3:] == [
        ("What do I like at school?", "Art"),
        ("Who helps me?", "Kit"),
        ("What would I change?", "Maths"),
    ]


def test_levels_after_bullets_are_attainment_under_a_heading_that_opens_no_such_part() -> None:
    bullets = (line("• English – 4 – 5 – on track"), line("• Maths – 3 – 5 – not on track"))
    found = record(head("School"), line("Attainment::"), *bullets).attainment
    assert [(a.subject, a.current, a.target, a.on_track) for a in found] == [
        ("English", "4", "5", True),
        ("Maths", "3", "5", False),
    ]


def test_sentences_under_a_heading_are_no_name() -> None:
    for text in ("He is doing well and goes to most of his lessons", "Attendance this year is 93.8%"):
        found = read(pep(head("School"), line(text)))
        assert found.record.school.name is None
        assert found.evidence["school.name"].state is State.NOT_LOCATED
    named = record(head("School"), line("St Anne's Church of England Primary School"))
    assert named.school.name == "St Anne's Church of England Primary School"


def test_a_childs_list_after_bullets_stays_the_childs() -> None:
    asked = (head("My views"), head("What do I like?"), line("• Art – with Kit"), line("• Football – on Mondays"))
    found = record(*asked)
    assert "Art" in (found.voice[-1].answer or "")
    assert found.attainment == ()


def test_figures_and_numbers_among_the_childs_views_go_to_their_own_boxes() -> None:
    asked = pairs(["What do I enjoy?", "Art"], ["Attendance", "93%"], ["Next PEP", "4 June 2026"])
    found = record(head("Pupil voice"), asked)
    assert found.attendance.percent == 93
    assert found.meeting.next_date == "2026-06-04"
    assert not {"Attendance", "Next PEP"} & set(questions(found))


def test_a_upn_among_the_childs_views_is_no_view() -> None:
    views = (head("Pupil voice"), pairs(["What do I enjoy?", "Art"], ["UPN", "K996437515192"]))
    found = read(without_child(pairs(["First name", "Leo", "Surname", "Example"]), *views)).record
    assert found.child.upn == "K996437515192"
    assert questions(found) == ["What do I enjoy?"]


def test_a_childs_words_under_a_word_that_is_also_a_box_stay_the_childs() -> None:
    asked = pairs(["School", "I like it when we paint"], ["Attendance", "I come in every day because of Kit"])
    found = record(head("Pupil voice"), asked)
    assert questions(found)[-2:] == ["School", "Attendance"]
    assert found.school.name is None
    assert found.attendance.percent is None


# ------------------------------------------------------------------------------------------------------------ codes
def test_a_code_in_a_head_says_who_came() -> None:
    table = grid(
        ["Name", "Role", "Attended (A), apologies (Ap)"],
        ["Kay Eze", "Designated Teacher", "A"],
        ["Bo Lund", "Social Worker", "Ap"],
    )
    found = record(head("Attendees"), table)
    assert [(a.name, a.role) for a in found.meeting.attendees] == [("Kay Eze", "Designated Teacher")]


def test_a_code_explained_over_a_table_gives_outcomes_and_the_evidence_stays_as_written() -> None:
    table = grid(["Target", "Outcome"], ["To add", "A"], ["To hop", "P"], ["To skip", "N"])
    found = read(
        pep(head("Review of previous targets"), line("A = achieved, P = partly achieved, N = not achieved"), table)
    )
    assert [t.outcome for t in found.record.previous_targets] == ["met", "partly_met", "not_met"]
    assert [found.evidence[f"previous_targets[{at}].outcome"].text for at in range(3)] == ["A", "P", "N"]


def test_a_code_holds_to_the_next_heading_only() -> None:
    first = (head("Review of previous targets"), line("A = achieved, P = partly achieved"))
    later = (head("Targets from the previous PEP"), grid(["Target", "Outcome"], ["To add", "A"]))
    found = read(pep(*first, *later))
    assert found.record.previous_targets[-1].outcome is None
    assert found.evidence["previous_targets[0].outcome"].state is State.UNREADABLE


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Attended (A), apologies (Ap)", {"a": "Attended", "ap": "apologies"}),
        ("A = achieved, P = partly", {"a": "achieved", "p": "partly"}),
        ("Key: M = met; PM = partly met; NM = not met", {"m": "met", "pm": "partly met", "nm": "not met"}),
        ("Attended (A)", {}),
        ("Kay Eze (DT)", {}),
        ("", {}),
    ],
)
def test_codes_are_explained_two_at_a_time(text: str, codes: dict[str, str]) -> None:
    assert read_legend(text) == codes


def test_people_with_their_roles_in_letters_are_no_codes() -> None:
    table = line("Those present: Kay Eze (DT), Bo Lund (SW)")
    found = record(head("Attendees"), table)
    assert [(a.name, a.role) for a in found.meeting.attendees] == [("Kay Eze", "DT"), ("Bo Lund", "SW")]


def test_options_to_tick_with_letters_after_them_are_no_codes() -> None:
    found = record(head("SEND"), pairs(["SEND status", "No SEN ☐  SEN Support (K) ☒  EHCP (E) ☐"]))
    assert found.send.status == "sen_support"
    assert read_legend("☒ SEN Support (K) / ☐ EHCP (E)") == {}


# ----------------------------------------------------------------------------------------------------------- people
def test_contacts_with_a_column_of_ticks_say_who_came_too() -> None:
    table = grid(
        ["Role", "Name", "Email", "Present"],
        ["Designated Teacher", "Kay Eze", "k.eze@oak.example", "☒"],
        ["Social Worker", "Bo Lund", "b.lund@council.example", "☐"],
        ["Carer", "Di Moss", "di@home.example", "Apologies"],
    )
    found = record(head("Key contacts"), table)
    assert [c.name for c in found.contacts] == ["Kay Eze", "Bo Lund", "Di Moss"]
    assert [a.name for a in found.meeting.attendees] == ["Kay Eze"]


def test_contacts_with_ticks_under_a_head_in_unknown_words_say_who_came_too() -> None:
    table = grid(
        ["Role", "Name", "Email", "With us 12/11?"],
        ["Designated Teacher", "Kay Eze", "k.eze@oak.example", "☒"],
        ["Social Worker", "Bo Lund", "b.lund@council.example", "Apologies"],
    )
    found = record(head("Key contacts"), table)
    assert [a.name for a in found.meeting.attendees] == ["Kay Eze"]


def test_contacts_without_such_a_column_say_nothing_of_the_meeting() -> None:
    table = grid(["Role", "Name", "Email"], ["Social Worker", "Bo Lund", "b.lund@council.example"])
    found = read(pep(head("Key contacts"), table))
    assert found.record.meeting.attendees == ()
    assert found.evidence["meeting.attendees"].state is State.NOT_LOCATED


def test_people_side_by_side_with_how_to_reach_them_below() -> None:
    names = grid(["Designated Teacher", "Social Worker"], ["Kay Eze", "Bo Lund"])
    reach = grid(
        ["Email", "Telephone", "Email", "Telephone"],
        ["k.eze@oak.example", "01632 960001", "b.lund@council.example", ""],
    )
    found = record(head("Key contacts"), names, reach).contacts
    assert [(c.role, c.name, c.email, c.phone) for c in found] == [
        ("designated_teacher", "Kay Eze", "k.eze@oak.example", "01632 960001"),
        ("social_worker", "Bo Lund", "b.lund@council.example", None),
    ]


# ----------------------------------------------------------------------------------------------------------- tables
def test_a_percentage_beside_attendance_is_its_answer() -> None:
    for block in (
        pairs(["Attendance", "93%"]),
        pairs(["Venue", "Hall"], ["Attendance", "93%"]),
        Field("Attendance", "93%", AT),
    ):
        found = read(pep(block))
        assert found.record.attendance.percent == 93
        assert found.evidence["attendance.percent"].text == "93%"


def test_a_long_answer_under_an_unknown_label_does_no_harm() -> None:
    found = record(pairs(["Zyx qwe", "He reads to Kit. " * 100], ["Venue", "Hall"]))
    assert found.meeting.venue == "Hall"


def test_a_list_may_lie_turned_without_heads() -> None:
    table = Table(
        tuple(
            Cell(r, c, (Paragraph((Run(text),), AT),), AT, shaded=c == 0)
            for r, row in enumerate(
                (
                    ("Target", "To add", "To spell"),
                    ("Success criteria", "Ten sums", "Ten words"),
                    ("Who", "Mr A", "Ms B"),
                    ("By when", "6 Dec 2024", "13 Dec 2024"),
                )
            )
            for c, text in enumerate(row)
        ),
        AT,
    )
    blocks = (line("PEP"), CHILD, *VOICE, *PUPIL_PREMIUM, head("Targets"), table)
    found = read(Document(Format.DOCX, blocks)).record.targets
    assert [(t.text, t.success_criteria, t.responsible, t.due) for t in found] == [
        ("To add", "Ten sums", "Mr A", "2024-12-06"),
        ("To spell", "Ten words", "Ms B", "2024-12-13"),
    ]


def cell(row: int, column: int, text: str, *, span: int = 1, shaded: bool = False) -> Cell:
    content = (Paragraph((Run(text),), AT),) if text else ()
    return Cell(row, column, content, AT, column_span=span, shaded=shaded)


def test_a_label_over_several_columns_ends_the_list_above_it() -> None:
    table = Table(
        (
            *(cell(0, at, text, shaded=True) for at, text in enumerate(["Subject", "Current", "Target", "On track?"])),
            *(cell(1, at, text) for at, text in enumerate(["Maths", "3", "4", "No"])),
            cell(2, 0, "Transition", span=2, shaded=True),
            cell(2, 2, "A visit in June", span=2),
        ),
        AT,
    )
    found = record(head("Attainment"), table)
    assert [(a.subject, a.current, a.target, a.on_track) for a in found.attainment] == [("Maths", "3", "4", False)]
    assert found.transition == "A visit in June"


def test_a_heading_may_have_beside_it_how_far_its_section_is() -> None:
    document = Document(
        Format.DOCX,
        (
            line("PEP"),
            CHILD,
            *VOICE,
            *PUPIL_PREMIUM,
            Table((cell(0, 0, "Targets", shaded=True), cell(0, 1, "Complete")), AT),
            line("To read daily. By whom: Mr A. By when: 6 Dec 2024"),
            grid(["Target", "Who"], ["To add", "Ms B"]),
        ),
    )
    found = read(document)
    assert "Complete" not in {t.text for t in found.record.targets}
    assert [t.text for t in found.record.targets][-1] == "To add"
    assert meanings(document)["Targets"] == "section: targets"


def test_a_column_of_numbers_before_the_labels_is_passed_over() -> None:
    numbered = pairs(["1", "Venue", "Library"], ["2", "Ofsted", "Good"])
    dotted = pairs(["3.1", "Venue", "Library"], ["3.2", "Ofsted", "Good"])
    for table in (numbered, dotted):
        found = record(table)
        assert (found.meeting.venue, found.school.ofsted) == ("Library", "Good")


def test_a_first_column_of_scores_is_kept() -> None:
    scores = grid(["20", "Total"], ["4", "Emotional"], ["7", "Conduct"], heads=False)
    assert without_numbers(scores) == scores
    alone = grid(["7", "Maths"], heads=False)
    assert without_numbers(alone) == alone


# ------------------------------------------------------------------------------------------------------------ cards
def test_the_head_of_a_card_tells_its_area_and_date() -> None:
    card = (
        pairs(["T1", "Academic\tReview by 12 June 2026"]),
        pairs(["SMART target", "To read daily"], ["Who", "Mr A"]),
        pairs(["T2", "Social\tReview by 19 June 2026"]),
        pairs(["SMART target", "To join a club"], ["Who", "Ms B"]),
    )
    found = read(
        Document(Format.DOCX, (line("PEP"), CHILD, *VOICE, *PUPIL_PREMIUM, head("Targets"), *card))
    ).record.targets
    assert [(t.text, t.area, t.due, t.responsible) for t in found] == [
        ("To read daily", "Academic", "2026-06-12", "Mr A"),
        ("To join a club", "Social", "2026-06-19", "Ms B"),
    ]


def test_the_head_of_a_card_may_be_the_target_itself() -> None:
    card = pairs(["Target 1", "To read daily at home"], ["Who", "Mr A"], ["By when", "6 Dec 2024"])
    found = read(
        Document(Format.DOCX, (line("PEP"), CHILD, *VOICE, *PUPIL_PREMIUM, head("Targets"), card))
    ).record.targets
    assert [(t.text, t.area, t.responsible, t.due) for t in found] == [
        ("To read daily at home", None, "Mr A", "2024-12-06")
    ]


# ---------------------------------------------------------------------------------------------------------- written
def test_an_old_target_with_how_it_went_on_its_line() -> None:
    lines = (line("• To read daily. Partly met – 3 days a week"), line("• To add to ten. Met"))
    found = record(head("Review of previous targets"), *lines).previous_targets
    assert [(t.text, t.outcome, t.comment) for t in found] == [
        ("To read daily.", "partly_met", "3 days a week"),
        ("To add to ten.", "met", None),
    ]


def test_a_remark_under_an_old_target_is_its_comment() -> None:
    lines = (line("• To read daily. Partly met"), line("He reads with Kit on Mondays and Fridays"), line("• To hop"))
    found = record(head("Review of previous targets"), *lines).previous_targets
    assert [(t.text, t.outcome, t.comment) for t in found] == [
        ("To read daily.", "partly_met", "He reads with Kit on Mondays and Fridays"),
        ("To hop", None, None),
    ]


def test_an_arrow_under_an_old_target_tells_how_it_went() -> None:
    lines = (line("• To read daily"), line("→ Achieved. Done in March"))
    (found,) = record(head("Review of previous targets"), *lines).previous_targets
    assert (found.text, found.outcome, found.comment) == ("To read daily", "met", "Done in March")


def test_an_action_with_who_and_when_behind_dashes() -> None:
    lines = (
        line("Action - who - by when"),
        line("Order laptop - Kay Eze - 14/2/25"),
        line("Book a drop-in visit - Bo Lund - 1 March 2025"),
        line("Ring the tutor"),
    )
    found = record(head("Actions"), *lines).actions
    assert [(a.action, a.owner, a.due) for a in found] == [
        ("Order laptop", "Kay Eze", "2025-02-14"),
        ("Book a drop-in visit", "Bo Lund", "2025-03-01"),
        ("Ring the tutor", None, None),
    ]


def test_how_a_list_is_to_be_written_is_no_item_though_it_stand_after_a_label() -> None:
    found = record(
        head("Actions"), line("Actions: Action - who - by when"), line("• Order laptop (Kay Eze, by 14/2/25)")
    )
    assert [(a.action, a.owner, a.due) for a in found.actions] == [("Order laptop", "Kay Eze", "2025-02-14")]


# ----------------------------------------------------------------------------------------------------------- values
@pytest.mark.parametrize(
    ("text", "pounds"),
    [("£35 x 6: £210", 210), ("6 x £35 = £210", 210), ("£35 x 6", None), ("£35 an hour, £210 in all", 210), ("", None)],
)
def test_a_price_for_each_is_not_the_sum(text: str, pounds: float | None) -> None:
    assert values.read_money(text) == pounds


@pytest.mark.parametrize(
    ("text", "number"), [("22½", 22.5), ("22 ½ hours", 22.5), ("7¼", 7.25), ("22", 22), ("½", None), ("", None)]
)
def test_halves(text: str, number: float | None) -> None:
    assert values.read_number(text) == number


def test_questions_with_their_own_boxes_inside_an_answer() -> None:
    text = "25 hours\nReduced timetable? ☐ Yes ☒ No\nAlternative provision: ☒ Yes ☐ No"
    assert values.yes_no_inside(text) == [
        ("Reduced timetable", "☐ Yes ☒ No"),
        ("Alternative provision", "☒ Yes ☐ No"),
    ]
    found = record(head("School"), pairs(["Hours per week", text])).school
    assert (found.hours_per_week, found.reduced_timetable, found.alternative_provision) == (25, False, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Attendance this year is 93.8% (last year 89%)", True),
        ("He has attended 91 % of sessions", True),
        ("Attendance is good. 40% of his work is late", False),
        ("She scored 93% in maths", False),
        ("", False),
    ],
)
def test_sentences_that_tell_the_attendance(text: str, told: bool) -> None:
    assert values.tells_attendance(text) is told


def test_attendance_told_in_a_sentence_is_read() -> None:
    found = record(head("School"), line("Attendance this year is 93.8% (last year 89%)"))
    assert found.attendance.percent == 93.8


# ---------------------------------------------------------------------------------------------------------- answers
@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Teams and in the room", "hybrid"),
        ("Hybrid", "hybrid"),
        ("On Teams", "virtual"),
        ("In person", "in_person"),
        ("In person ☐  Virtual ☒", "virtual"),
        ("In person ☒  Virtual ☒", "hybrid"),
    ],
)
def test_how_people_met(text: str, mode: str) -> None:
    assert record(pairs(["Meeting format", text])).meeting.mode == mode


@pytest.mark.parametrize(
    ("text", "on_track"), [("Yes", True), ("No", False), ("not sure yet", None), ("Not yet", False), ("Unsure", None)]
)
def test_who_is_not_sure_says_neither_yes_nor_no(text: str, on_track: bool | None) -> None:
    table = grid(["Subject", "Working at", "Target", "On track?"], ["Maths", "3", "4", text])
    found = read(pep(head("Attainment"), table))
    assert found.record.attainment[0].on_track is on_track
    state = State.UNREADABLE if on_track is None else State.FOUND
    assert found.evidence["attainment[0].on_track"].state is state


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("N/A - first PEP", True),
        ("N/A – this is her first PEP", True),
        ("No previous targets recorded", True),
        ("None (first PEP)", True),
        ("No", False),
        ("nothing", False),
        ("No targets were met because Leo moved school", False),
        ("No money worries and a good term at school with his friends", False),
    ],
)
def test_what_people_write_for_nothing(text: str, blank: bool) -> None:
    assert COMMON.is_blank(text) is blank


def test_a_list_with_nothing_said_in_it_is_blank_not_missing() -> None:
    table = grid(["Target", "Outcome"], ["N/A - first PEP", ""])
    found = read(pep(head("Review of previous targets"), table))
    assert found.record.previous_targets == ()
    assert found.evidence["previous_targets"].state is State.BLANK


# ------------------------------------------------------------------------------------------------------------ grids
def test_of_two_rows_of_scores_the_last_date_counts() -> None:
    heads = ["Date", "Total", "Emotional", "Conduct", "Hyperactivity", "Peer", "Prosocial"]
    first = ["10/01/2024", "20", "5", "5", "5", "5", "6"]
    second = ["12/09/2024", "14", "4", "3", "4", "3", "8"]
    for rows in ((first, second), (second, first)):
        found = record(head("SDQ"), grid(heads, *rows)).sdq
        assert (found.date, found.total, found.emotional, found.peer, found.prosocial) == ("2024-09-12", 14, 4, 3, 8)


def test_a_date_without_scores_yet_hides_no_earlier_ones() -> None:
    table = grid(["Date", "Total", "Peer"], ["10/01/2024", "20", "5"], ["12/09/2024", "", ""])
    found = record(head("SDQ"), table).sdq
    assert (found.date, found.total, found.peer) == ("2024-01-10", 20, 5)


def test_of_two_columns_of_scores_the_last_date_counts() -> None:
    table = grid(["", "10/01/2024", "12/09/2024"], ["Total", "20", "14"], ["Emotional", "5", "4"])
    found = record(head("SDQ"), table).sdq
    assert (found.total, found.emotional) == (14, 4)


def test_a_named_column_goes_before_one_that_only_resembles_it() -> None:
    table = grid(
        ["Subject", "Level", "Working at", "Predicted grade", "Target grade"], ["Maths", "GCSE", "3", "4", "5"]
    )
    turned = grid(
        ["Subject", "Working at", "Level", "Target grade", "Predicted grade"], ["Maths", "3", "GCSE", "5", "4"]
    )
    for found in (record(head("Attainment"), table).attainment, record(head("Attainment"), turned).attainment):
        assert [(a.subject, a.current, a.target) for a in found] == [("Maths", "3", "5")]


# -------------------------------------------------------------------------------------------------------- any text at all
TOKENS = st.sampled_from(
    ["☒", "☐", "£", "%", " – ", " - ", ": ", "\t", "\n", "(", ")", ", ", ". ", "= ", "12/9/24", "1 May", "Met", "Partly met",
     "Target 1", "Yes", "No", "A", "attendance", "Kay Eze", "Social Worker", "k@x.example", "01632 960001", "½", "9", "to ",
     "by ", "@", "0", "•", "£35 x 6", "Apologies", "T1", "   "]
)  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(max_size=5_000),
    st.lists(TOKENS | st.text(max_size=4), max_size=120).map("".join),
    st.tuples(st.lists(TOKENS, min_size=1, max_size=3).map("".join), st.integers(1, 2_000)).map(
        lambda drawn: (drawn[0] * drawn[1])[:5_000]
    ),
)

OF_TEXT: dict[str, Callable[[str], Any]] = {
    "codes": read_legend,
    "attendance": values.tells_attendance,
    "boxes inside": values.yes_no_inside,
    "money": values.read_money,
    "number": values.read_number,
    "date": values.read_date,
    "dates": values.find_dates,
    "blank": COMMON.is_blank,
    "tag": COMMON.is_tag,
    "kind": lambda text: kind_of(text, COMMON),
    "fits": lambda text: [fits(path, text, COMMON) for path in ("child.upn", "meeting.date", "attendance.percent")],
    "people": lambda text: read_people(Words(text, AT), COMMON),
    "who came": lambda text: says_who_came([text, text]),
    "levels": lambda text: levels(text, COMMON),
    "bullets": is_listed,
    "list": lambda text: list_of(text.split("\n"), COMMON),
    "items": lambda text: [parts_of(name, text, COMMON) for name in LISTS if name != "signatures"],
    "pattern": lambda text: is_pattern("actions", text, COMMON),
    "run on": lambda text: run_on("actions", "owner", text, COMMON),
    "card": lambda text: heads_of_card("targets", Words(text, AT), COMMON),
    "answers": lambda text: [
        Answers(COMMON).read(kind, text)
        for kind in (
            "meeting.mode",
            "attainment.on_track",
            "send.status",
            "targets.due",
            "targets.cost",
            "pp_plus.target",
        )
    ],
}


@pytest.mark.parametrize("name", OF_TEXT)
def test_any_text_is_read(name: str) -> None:
    @settings(max_examples=40)
    @given(ANY_TEXT)
    def reads(text: str) -> None:
        OF_TEXT[name](text)

    reads()


@settings(max_examples=40)
@given(ANY_TEXT, st.sampled_from([None, *LISTS, "voice", "sdq", "attendance", "school"]))
def test_any_line_and_any_label_is_gathered(text: str, section: str | None) -> None:
    words = Words(text, AT)
    spots = [Line(section, words), Line(section, words)]
    assert len(settle(spots, COMMON)) == 2
    assert gather(spots, COMMON).boxes is not None


@settings(max_examples=40)
@given(
    ANY_TEXT,
    st.sampled_from(["Attendees", "Actions", "Attainment", "Review of previous targets", "Pupil voice", "SDQ"]),
)
def test_any_text_in_any_part_of_a_form_is_read(text: str, section: str) -> None:
    found = record(
        head(section), line(text), line(f"• {text}"), pairs([text[:150], text]), grid([text[:100], "Who"], [text, text])
    )
    assert found.child.forename == "Leo"
