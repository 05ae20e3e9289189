"""What answers tell where the words over them are unknown: tables, parts, cards and leftover questions by their content."""

import pytest

from test_extract import AT, grid, line, pairs, pep, read
from test_extract_forms import COMMON, head, record
from vsdocs.document import TICKED, UNTICKED, Cell, Field, Paragraph, Run, Table
from vsdocs.evidence import State
from vsdocs.extract import values
from vsdocs.extract.compound import lost_fields
from vsdocs.extract.kinds import asked_for, contradicts
from vsdocs.extract.wording import titled
from vsdocs.extract.written import lost_labels


# -------------------------------------------------------------------------------------------------------------- tables
def test_subjects_in_the_first_column_make_attainment() -> None:
    table = grid(
        ["Lesson", "Autumn drop", "Goes for", "Fine?"], ["English", "4", "5", "Yes"], ["Maths", "3", "5", "No"]
    )
    found = record(head("Where things stand"), table).attainment
    assert [(a.subject, a.current, a.target, a.on_track) for a in found] == [
        ("English", "4", "5", True),
        ("Maths", "3", "5", False),
    ]


def test_subjects_that_were_run_together_with_a_verdict_stay_subjects() -> None:
    table = grid(["Fach", "Stufe"], ["Maths on track", "4b"], ["Science on track", "4c"])
    found = record(head("Zeugnis"), table).attainment
    assert [(a.subject, a.current) for a in found] == [("Maths on track", "4b"), ("Science on track", "4c")]


def test_sums_beside_words_are_spending() -> None:
    rows = (
        ["Boots and a coat for the forest days", "£62.35", "Goes out in all weathers"],
        ["A tutor for ten whole weeks", "£400", ""],
    )
    found = record(head("Extras"), grid(["Thing", "Pounds paid", "Since then"], *rows)).pp_plus
    assert ("Boots and a coat for the forest days", 62.35) in [(each.purpose, each.amount) for each in found]


@pytest.mark.parametrize(
    ("heads", "ticks"),
    [(["Wer", "Post", "X", "Y"], ("☒", "☒")), (["Wer", "Post", "X", "Y"], ("☒", "☐"))],
)
def test_people_with_jobs_and_ticks_are_those_at_the_meeting(heads: list[str], ticks: tuple[str, str]) -> None:
    rows = (
        ["Kay Eze", "Designated teacher", *ticks],
        ["Jo Amis", "Social worker", *ticks],
        ["Al Orr", "Foster carer", "☒", ""],
    )
    found = record(head("Gäste"), grid(heads, *rows)).meeting.attendees
    assert [person.name for person in found][:2] == ["Kay Eze", "Jo Amis"]
    assert len(found) == (2 if ticks == ("☒", "☒") else 3)  # invited and came, or present and apologies


def test_three_columns_of_what_who_and_when_after_full_targets_are_actions() -> None:
    table = grid(["By when", "By whom", "What"], ["1 May 2025", "Kay Eze", "Order the laptop"])
    found = record(head("Next steps for us all"), table)
    assert [(each.action, each.owner, each.due) for each in found.actions][-1] == (
        "Order the laptop",
        "Kay Eze",
        "2025-05-01",
    )


def test_a_row_whose_cells_say_their_own_label_is_a_subject_with_its_levels() -> None:
    cells = ["English", "working at 6", "end of year target 7", "Not on track"]
    found = record(
        head("Pupil voice"), grid(cells, ["Maths", "working at 5", "end of year target —", "On track"], heads=False)
    )
    assert [(a.subject, a.current, a.target, a.on_track) for a in found.attainment] == [
        ("English", "6", "7", False),
        ("Maths", "5", None, True),
    ]


def test_this_school_year_goes_before_the_last() -> None:
    table = grid(["", "Last school year", "This school year so far"], ["Sessions attended (%)", "95.4", "97.1"])
    assert record(head("Attendance"), table).attendance.percent == 97.1


def test_signs_say_how_a_target_went() -> None:
    rows = (
        ["To read daily at home with her carer", "☒", "Did"],
        ["To join a club", "~", "Twice"],
        ["To swim a length", "✗", "No pool"],
    )
    found = record(
        head("Review of previous targets"), grid(["We said", "☒ ~ ✗", "So what happened?"], *rows)
    ).previous_targets
    assert [each.outcome for each in found] == ["met", "partly_met", "not_met"]


def test_in_a_turned_table_the_longest_answers_are_the_targets_and_short_ones_before_them_their_areas() -> None:
    table = grid(
        ["", "Target 1", "Target 2"],
        ["It is about", "Spoken language", "Writing"],
        [
            "By the end, I will",
            "follow three steps without a prompt, 4 times out of 5",
            "write six sentences alone with all full stops",
        ],
        ["Finished by", "28 Feb 2025", "14 Feb 2025"],
    )
    first, second = record(head("What comes next"), table).targets[-2:]
    assert (first.area, second.area) == ("Spoken language", "Writing")
    assert first.text == "follow three steps without a prompt, 4 times out of 5"


# --------------------------------------------------------------------------------------------------------------- parts
def test_a_part_under_an_unknown_heading_is_told_by_its_labels() -> None:
    table = grid(["Total", "Emotional symptoms", "Conduct problems", "Peer problems"], ["14", "5", "3", "2"])
    assert record(head("Zahlen"), table).sdq.total == 14


def test_names_and_roles_in_turn_are_a_table_of_people() -> None:
    boxes = (
        Field(label, said, AT)
        for label, said in [
            ("Name", "Kay Eze"),
            ("Role", "Designated teacher"),
            ("Name", "Jo Amis"),
            ("Role", "Social worker"),
        ]
    )
    found = record(head("Transition and enrichment"), line("Attendees", level=3), *boxes).meeting.attendees
    assert [person.name for person in found] == ["Kay Eze", "Jo Amis"]


def test_numbered_lines_of_one_size_are_headings_though_one_of_them_could_be_a_label() -> None:
    def large(text: str) -> Paragraph:
        return Paragraph((Run(text, bold=True, size=14.0),), AT)

    blocks = [
        large("1. My views"), line("Art is best."), large("2. About the child"), line("Ethnicity: Roma"), large("3. The PEP meeting"),
        line("Venue: The hall"), large("4. School, college or setting"), line("Start date: 4 May 2021"), large("5. Attendance"),
        line("Attendance: 91%"),
    ]  # fmt: skip
    assert record(*blocks).school.start_date == "2021-05-04"


def test_people_written_out_under_an_unknown_label_came_to_the_meeting() -> None:
    said = "Kay Eze, Designated Teacher; Jo Amis, Social worker; Al Orr, Foster carer."
    found = record(
        head("PEP meeting"), line(f"Round the table:: {said}"), line("Apologies:: Di Fox, IRO; Bo Ray, Class teacher")
    )
    assert [person.name for person in found.meeting.attendees] == ["Kay Eze", "Jo Amis", "Al Orr"]


# --------------------------------------------------------------------------------------------------------------- cards
def test_unknown_labels_that_come_on_every_card_are_told_by_their_answers() -> None:
    def card(number: int, due: str, cost: str) -> list[Field]:
        told = [
            (f"Target {number}", ""),
            ("Ziel", "To read two whole books before the summer holidays"),
            ("Zuletzt", due),
            ("Preis", cost),
        ]
        return [Field(label, said, AT) for label, said in told]

    found = record(
        head("New targets for this term"), *card(1, "1 May 2025", "£20"), *card(2, "2 June 2025", "£45")
    ).targets[-2:]
    assert [(each.due, each.cost) for each in found] == [("2025-05-01", 20), ("2025-06-02", 45)]
    assert found[0].text == "To read two whole books before the summer holidays"


def test_a_title_after_the_number_of_a_target_is_its_area() -> None:
    found = record(
        head("New targets for this term"),
        head("Target Two – Reading"),
        line("Desired outcome:: To read"),
        line("Success criteria:: Two books read"),
    ).targets[-1]
    assert (found.area, found.success_criteria) == ("Reading", "Two books read")
    assert titled("Target Two – Reading") == ("Target Two", "Reading")
    assert titled("Reading") == ("Reading", "")


def test_labels_that_lost_their_look_part_an_answer() -> None:
    said = "Desired outcome Leo will read two books\nWho will help Kay Eze Review date 20 June 2025 Cost to PP+ £120"
    assert dict(lost_labels("targets", said, COMMON)) == {
        "text": "Leo will read two books",
        "responsible": "Kay Eze",
        "due": "20 June 2025",
        "cost": "£120",
    }
    assert not lost_labels("targets", "Leo will read two books. Review date 20 June", COMMON)


def test_results_on_lines_under_old_targets_belong_to_them() -> None:
    lines = (
        line("(1) To read daily"),
        line("Result: Fully met. Why: He reads to Kay."),
        line("(2) To swim"),
        line("Result: Not met. Why: No pool."),
    )
    found = record(head("Review of previous targets"), *lines).previous_targets
    assert [(each.text, each.outcome, each.comment) for each in found] == [
        ("To read daily", "met", "He reads to Kay."),
        ("To swim", "not_met", "No pool."),
    ]


def test_a_frame_round_several_labels_is_no_answer() -> None:
    inside = (head("Target 1"), line("Success criteria:: Two books"), line("By when:: 1 May 2025"))
    frame = Table((Cell(0, 0, inside, AT),), AT)
    assert record(head("Targets until the next PEP"), frame).targets[-1].due == "2025-05-01"


def test_a_card_without_an_answer_beside_one_that_has_it_is_blank() -> None:
    def cell(column: int, label: str, said: str) -> Cell:
        return Cell(0, column, (Paragraph((Run(label, bold=True),), AT), Paragraph((Run(said),), AT)), AT, shaded=True)

    found = record(
        head("Over to me! My views"),
        Table((cell(0, "It is hard for me when…", "it is loud"), cell(1, "These things help", "")), AT),
    )
    assert ("It is hard for me when", "it is loud") in [(each.question, each.answer) for each in found.voice]
    assert "These things help" not in [each.answer for each in found.voice]


# ----------------------------------------------------------------------------------------------------- leftover questions
@pytest.mark.parametrize(
    ("section", "label", "answer", "field"),
    [
        ("child", "Born when and where?", "3 May 2012", "child.date_of_birth"),
        ("school", "When did things begin there?", "", None),
        ("school", "Joined this school in", "4 May 2021", "school.start_date"),
        ("school", "Last inspected", "4 May 2021", None),
        ("meeting", "When was it?", "4 May 2025", "meeting.date"),
        ("meeting", "When was the previous one?", "4 May 2025", None),
        ("meeting", "When will it be again?", "4 May 2025", "meeting.next_date"),
        ("sdq", "Returned by", "Foster carer", "sdq.completed_by"),
        (None, "Something else", "4 May 2025", None),
    ],
)
def test_a_telling_word_and_the_kind_of_answer_give_a_field_away(
    section: str | None, label: str, answer: str, field: str | None
) -> None:
    assert asked_for(section, label, answer, COMMON) == field


def test_an_answer_of_another_kind_unmakes_a_guess() -> None:
    assert contradicts("meeting.venue", "18/9/24", COMMON)
    assert contradicts("school.start_date", "Oak School", COMMON)
    assert not contradicts("meeting.venue", "The hall", COMMON)
    assert not contradicts("meeting.venue", "", COMMON)
    found = record(
        head("PEP meeting"),
        pairs(["When did the meeting take place?", "5 June 2025"], ["Where did people meet?", "The hall"]),
    )
    assert found.meeting.venue == "The hall"


def test_capitals_in_brackets_are_the_name_of_a_thing() -> None:
    asked = "Does the child learn at some other place (AP) for part of the week?"
    assert record(head("Education"), pairs([asked, "Yes"])).school.alternative_provision is True


# --------------------------------------------------------------------------------------------------------------- values
@pytest.mark.parametrize(
    ("label", "answer", "percent"),
    [
        ("Number of sessions attended", "8", None),
        ("Sessions attended", "112", None),
        ("Sessions attended", "95.4", 95.4),
        ("Sessions attended (%)", "97", 97),
        ("Sessions attended", "97%", 97),
        ("Attendance", "162 of 170", None),
        ("Attendance", "162/170 (95.3%)", 95.3),
        ("Attendance", "91", 91),
    ],
)
def test_a_count_of_sessions_is_no_percentage(label: str, answer: str, percent: float | None) -> None:
    assert record(head("Attendance"), pairs([label, answer])).attendance.percent == percent


def test_sentences_of_attendance_tell_both_kinds_of_absence() -> None:
    said = "Leo has attended 92.5% of sessions; 4% were missed with authorisation and 3.5% without. Number of suspensions: None."
    found = record(head("Attendance"), line(said)).attendance
    assert (found.percent, found.authorised_percent, found.unauthorised_percent, found.suspensions) == (92.5, 4, 3.5, 0)


def test_words_before_the_first_box_that_end_in_a_colon_are_no_option() -> None:
    assert values.read_choice(f"Tick one:  {UNTICKED} No  {TICKED} K  {UNTICKED} E") == "K"
    assert values.read_choice("[ ] Yes [x] No") == "No"
    assert values.read_choice(f"Autumn {TICKED} Spring {UNTICKED}") == "Autumn"


def test_a_line_says_when_an_sdq_was_done_and_by_whom() -> None:
    assert values.tells_sdq("Returned 05/09/2025 by Halima Roble. Band guide: 0–13 close") == {
        "sdq.date": "05/09/2025",
        "sdq.completed_by": "Halima Roble",
    }
    assert values.tells_sdq("Returned — by —. Band guide: 0–13") == {"sdq.date": "", "sdq.completed_by": ""}
    assert values.tells_sdq("The SDQ is due in May") == {}


def test_figures_in_a_row_each_go_to_their_box() -> None:
    told = lost_fields("sdq", "Emotional 5 | Conduct __ | Peer 2 | Total difficulties 14", COMMON)
    assert [(found.id, said) for found, said in told] == [
        ("sdq.emotional", "5"),
        ("sdq.conduct", ""),
        ("sdq.peer", "2"),
        ("sdq.total", "14"),
    ]
    assert not lost_fields(
        "sdq", "He is emotional at home and his conduct at school is much better than it was", COMMON
    )


def test_a_gap_left_in_a_sentence_is_blank() -> None:
    said = "Total 16 out of 40, made up of emotional ......, conduct ......, hyperactivity ...... and peer ......."
    found = read(pep(head("Strengths and Difficulties Questionnaire"), line(f"SDQ:: {said}")))
    assert found.record.sdq.total == 16
    assert found.evidence["sdq.conduct"].state is State.BLANK


def test_an_empty_tick_box_beside_a_level_says_not_on_track() -> None:
    table = grid(["Subject", "Working at", "Target", "On track"], ["Maths", "3", "5", "☐"], ["Art", "", "", "☐"])
    found = record(head("Attainment"), table).attainment
    assert [(each.subject, each.on_track) for each in found] == [("Maths", False)]
