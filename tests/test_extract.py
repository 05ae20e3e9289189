"""Extraction: from any form's layout to the record, with evidence; and what it must not say."""

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import PEPS
from vsdocs import packs
from vsdocs.document import Cell, Document, Field, Format, Note, Paragraph, Run, Table
from vsdocs.errors import FileProblem
from vsdocs.evidence import Location, State
from vsdocs.extract import extract, load_vocabulary, values
from vsdocs.extract.answers import Answers
from vsdocs.extract.vocabulary import FORMS, FormVocabulary
from vsdocs.readers import word
from vsdocs.record import Extraction, value_at

SCALARS = [
    f"{part}.{name}"
    for part, names in {
        "child": "forename surname date_of_birth gender upn year_group ethnicity first_language legal_status date_into_care",
        "school": "name dfe_number start_date ofsted hours_per_week reduced_timetable alternative_provision",
        "meeting": "date type term mode venue next_date",
        "send": "status primary_need last_review",
        "attendance": "percent authorised_percent unauthorised_percent suspensions exclusions",
        "sdq": "total emotional conduct hyperactivity peer prosocial date completed_by",
    }.items()
    for name in names.split()
] + ["aspirations", "transition", "enrichment"]
LISTS = ("attainment", "previous_targets", "targets", "pp_plus", "actions", "meeting.attendees", "contacts")
AT = Location(None, "here")


# ------------------------------------------------------------------------------------------- documents made by hand
def line(text: str, *, bold: bool = False, muted: bool = False, level: int = 0) -> Paragraph:
    """A paragraph; `Label:: value` makes the label bold."""
    if "::" in text:
        label, _, rest = text.partition("::")
        return Paragraph((Run(f"{label}: ", bold=True), Run(rest.strip())), AT, level)
    return Paragraph((Run(text, bold=bold, muted=muted),), AT, level)


def grid(*rows: list[str], heads: bool = True, sides: bool = False, confidence: float = 1.0) -> Table:
    """A table; `heads`: its first row is shaded, `sides`: the cells before each answer are."""
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            shaded = (heads and r == 0) or (sides and c % 2 == 0)
            content = (Paragraph((Run(text, confidence=confidence),), AT),) if text else ()
            cells.append(Cell(r, c, content, AT, shaded=shaded))
    return Table(tuple(cells), AT)


def pairs(*rows: list[str], **more: Any) -> Table:
    return grid(*rows, heads=False, sides=True, **more)


CHILD = pairs(
    ["First name", "Leo", "Surname", "Example"],
    ["Date of birth", "3.4.2012", "UPN", "K996437515192"],
    ["Year group", "Y8", "Date of PEP meeting", "12/11/2024"],
    ["Type of PEP", "Initial ☐ Review ☒", "Legal status", "Care Order"],
)
TARGETS = (
    line("New SMART targets", bold=True),
    grid(["Target", "Success criteria", "By when"], ["To read a book", "He has read it", "Fri 6 Dec"]),
)
VOICE = (line("My views", bold=True), pairs(["What do I enjoy?", "Art"], ["What is hard?", ""]))
PUPIL_PREMIUM = (
    line("Pupil Premium Plus", bold=True),
    grid(["Item", "Cost", "Impact"], ["Tutor", "£20 x 5 = £100", ""]),
)


def pep(*blocks: Any, **more: Any) -> Document:
    """A small PEP with these blocks at its end."""
    start = (line("Personal Education Plan", bold=True), CHILD, *TARGETS, *VOICE, *PUPIL_PREMIUM)
    return Document(Format.DOCX, (*start, *blocks), **more)


def read(document: Document) -> Extraction:
    return extract(document, source="a.docx", sha256="ab" * 32)


def codes(extraction: Extraction) -> set[str]:
    return {warning.code for warning in extraction.warnings}


# --------------------------------------------------------------------------------------------------------- real forms
@pytest.mark.parametrize("path", sorted(PEPS.glob("*/*.docx")), ids=lambda p: p.stem)
def test_word_forms_are_read_as_their_truth_says(path: Path) -> None:
    truth = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))
    found = extract(word.read(path.read_bytes()), source=path.name, sha256="0" * 64)
    record = found.record.model_dump(mode="json")

    def plain(value: Any) -> Any:
        return re.sub(r"\s+", "", value).casefold() if isinstance(value, str) else value

    for field in SCALARS:
        if field not in truth["not_on_form"]:
            part, _, name = field.rpartition(".")
            wanted = truth["record"].get(part, {}).get(name) if part else truth["record"].get(name)
            assert plain(value_at(found.record, field)) == plain(wanted), field
    for name in LISTS:
        part, _, last = name.rpartition(".")
        wanted = truth["record"][part][last] if part else truth["record"][last]
        got = record[part][last] if part else record[last]
        assert len(got) == len(wanted), name
    for field in ("text", "area", "success_criteria", "provision", "responsible", "due", "cost"):
        assert [plain(t[field]) for t in record["targets"]] == [plain(t[field]) for t in truth["record"]["targets"]]


@pytest.mark.parametrize("path", sorted(PEPS.glob("*/*.docx")), ids=lambda p: p.stem)
def test_what_is_found_stands_in_the_document(path: Path) -> None:
    document = word.read(path.read_bytes())
    found = extract(document, source=path.name, sha256="0" * 64)
    everything = re.sub(r"\s+", "", "".join(p.text for p in document.paragraphs()))
    for field, evidence in found.evidence.items():
        if evidence.state is State.FOUND:
            assert evidence.location, field
            assert re.sub(r"\s+", "", evidence.text or "") in everything, field
    assert all(field in found.evidence for field in SCALARS)


@pytest.mark.parametrize("path", sorted(PEPS.glob("*/*.docx")), ids=lambda p: p.stem)
def test_a_value_is_there_exactly_where_evidence_says_found(path: Path) -> None:
    found = extract(word.read(path.read_bytes()), source=path.name, sha256="0" * 64)
    for field, evidence in found.evidence.items():
        assert (value_at(found.record, field) not in (None, ())) == (evidence.state is State.FOUND), field


# ------------------------------------------------------------------------------------------------------------ layouts
def test_a_label_has_its_value_beside_it_below_it_or_after_a_colon() -> None:
    beside = read(pep(pairs(["Venue", "Library"]))).record
    below = read(pep(grid(["Venue", "Ofsted"], ["Library", "Good"]))).record
    colon = read(pep(line("Venue:: Library"))).record
    plain = read(pep(line("Venue: Library\tOfsted: Good"))).record
    question = read(pep(line("Where was the meeting held?", bold=True), line("Library"))).record
    boxed = read(pep(line("Venue", bold=True), grid(["Library"], heads=False))).record
    widget = read(pep(Field("Venue", "Library", AT))).record
    for record in (beside, below, colon, plain, question, boxed, widget):
        assert record.meeting.venue == "Library"
    assert (below.school.ofsted, plain.school.ofsted) == ("Good", "Good")


def test_one_table_a_target() -> None:
    blocks = [
        pairs([f"Target {n}"], ["SMART target", text], ["Review date", "07/02/2025"], ["Cost (PP+)", "£30"])
        for n, text in ((1, "To add"), (2, "To spell"))
    ]
    found = read(
        Document(Format.DOCX, (line("PEP"), CHILD, *VOICE, line("Targets", bold=True), *blocks))
    ).record.targets
    assert [(t.text, t.due, t.cost) for t in found] == [("To add", "2025-02-07", 30), ("To spell", "2025-02-07", 30)]


def test_numbered_targets_with_lines_below() -> None:
    blocks = (
        line("Targets", bold=True),
        line("1. To hop.", bold=True),
        line("Who:: Mr A"),
        line("By when:: 6 Dec 2024"),
        line("2. To skip.", bold=True),
        line("Who:: Ms B"),
    )
    found = read(Document(Format.DOCX, (line("PEP"), CHILD, *VOICE, *blocks))).record.targets
    assert [(t.text, t.responsible, t.due) for t in found] == [
        ("To hop.", "Mr A", "2024-12-06"),
        ("To skip.", "Ms B", None),
    ]


def test_targets_side_by_side() -> None:
    table = grid(["", "Target 1", "Target 2"], ["SMART target", "To add", "To spell"], ["Who", "Mr A", ""])
    found = read(Document(Format.DOCX, (line("PEP"), CHILD, *VOICE, line("Targets", bold=True), table))).record.targets
    assert [(t.text, t.responsible) for t in found] == [("To add", "Mr A"), ("To spell", None)]


def test_a_row_that_runs_over_the_page_is_one_row() -> None:
    def cell(row: int, column: int, text: str, page: int) -> Cell:
        place = Location(page, "table")
        return Cell(row, column, (Paragraph((Run(text),), place),) if text else (), place, shaded=row == 0)

    texts = [
        ("Target", "Who", "By when", 1),
        ("To write a page", "TA", "6/12/24", 1),
        ("every day", "", "", 2),
        ("To hop", "", "", 2),
    ]
    cells = [cell(r, c, row[c], row[3]) for r, row in enumerate(texts) for c in range(3)]
    blocks = (line("PEP"), CHILD, *VOICE, line("Targets", bold=True), Table(tuple(cells), AT))
    found = read(Document(Format.PDF, blocks, pages=2)).record.targets
    assert [t.text for t in found] == ["To write a page\nevery day", "To hop"]


def test_outcomes_may_be_words_or_ticked_columns() -> None:
    head = line("Review of previous targets", bold=True)
    words = grid(["Target", "Met / partly met / not met"], ["To add", "Partially achieved"], ["To hop", "Not met"])
    ticks = grid(["Target", "Met", "Partly met", "Not met"], ["To add", "", "☒", ""], ["To hop", "", "", "x"])
    for table in (words, ticks):
        found = read(pep(head, table)).record.previous_targets
        assert [t.outcome for t in found] == ["partly_met", "not_met"]


def test_only_those_who_came_are_attendees() -> None:
    ticked = grid(
        ["Name", "Role", "Invited", "Attended"],
        ["Ann", "Designated Teacher", "☒", "☒"],
        ["Bob", "Social Worker", "☒", "☐"],
        ["Cy", "Carer", "Yes", "Apologies"],
    )
    listed = line("Attended by:: Ann – Designated Teacher; Dee (Carer)")
    assert [a.name for a in read(pep(line("Attendees", bold=True), ticked)).record.meeting.attendees] == ["Ann"]
    found = read(pep(listed)).record.meeting.attendees
    assert [(a.name, a.role) for a in found] == [("Ann", "Designated Teacher"), ("Dee", "Carer")]


def test_contacts_from_a_table_and_from_labels() -> None:
    table = grid(["", "Name", "Email"], ["Social Worker", "Bo", "bo@x.example"], ["Carer / keyworker", "Di", ""])
    from_table = read(pep(line("Key contacts", bold=True), table)).record.contacts
    assert [(c.role, c.name, c.email) for c in from_table] == [
        ("social_worker", "Bo", "bo@x.example"),
        ("carer", "Di", None),
    ]
    labels = pairs(["Social worker", "Bo", "Contact", "bo@x.ex\nample\n01632 960111"], ["DT email", "dt@x.example"])
    from_labels = read(pep(labels)).record.contacts
    assert [(c.role, c.name, c.email, c.phone) for c in from_labels] == [
        ("social_worker", "Bo", "bo@x.example", "01632 960111"),
        ("designated_teacher", None, "dt@x.example", None),
    ]


def test_labels_that_only_look_alike_are_left_alone() -> None:
    found = read(
        pep(
            pairs(
                ["Date of last PEP", "1/7/24", "Date of next CLA review", "2/2/25"],
                ["Placement start date", "5/5/20", "Attendance last year", "71%"],
                ["SENCo", "Mr S", "Emergency contact", "Jo, 01632 960333"],
            ),
            line("Signatures", bold=True),
            grid(["Role", "Print name", "Signature", "Date"], ["Social worker", "Bo", "", "1/1/25"]),
        )
    ).record
    assert found.meeting.next_date is None
    assert found.meeting.date == "2024-11-12"
    assert found.school.start_date is None
    assert found.child.date_into_care is None
    assert found.attendance.percent is None
    assert found.contacts == ()
    assert found.meeting.attendees == ()


def test_guidance_in_an_answer_box_is_no_answer() -> None:
    prompt, answer = line("Think about clubs and friends", muted=True), line("Swimming")
    for content, wanted in (((prompt,), None), ((prompt, answer), "Swimming")):
        box = Table((Cell(0, 0, (line("Enrichment", bold=True),), AT), Cell(0, 1, content, AT)), AT)
        assert read(pep(box)).record.enrichment == wanted


def test_a_near_wording_is_found_with_less_confidence() -> None:
    found = read(pep(pairs(["Venue", "Hall"], ["Attendance across all the weeks until now", "91%"])))
    assert found.record.attendance.percent == 91
    assert found.evidence["attendance.percent"].confidence < found.evidence["meeting.venue"].confidence == 1


# ----------------------------------------------------------------------------------------------------------- evidence
@pytest.mark.parametrize(
    "nothing", ["", "N/A", "n/k", "-", "TBC", "Click here to enter text.", "Choose an item.", "Yes ☐ No ☐"]
)
def test_an_empty_box_is_blank_and_no_box_is_not_located(nothing: str) -> None:
    found = read(pep(pairs(["Reduced timetable?", nothing])))
    assert found.record.school.reduced_timetable is None
    assert found.evidence["school.reduced_timetable"].state is State.BLANK
    assert found.evidence["school.alternative_provision"].state is State.NOT_LOCATED


def test_what_does_not_parse_or_cannot_be_made_out_is_unreadable() -> None:
    found = read(pep(pairs(["Date of next PEP", "when we can"])))
    assert found.record.meeting.next_date is None
    assert found.evidence["meeting.next_date"].state is State.UNREADABLE
    faint = read(pep(pairs(["Attendance %", "91"], confidence=0.3)))
    assert faint.record.attendance.percent is None
    assert faint.evidence["attendance.percent"].state is State.UNREADABLE


def test_lists_have_evidence_of_their_own() -> None:
    found = read(pep(line("Actions", bold=True), grid(["Action", "Who", "When"], ["", "", ""])))
    assert found.evidence["targets"].state is State.FOUND
    assert found.evidence["actions"].state is State.BLANK
    assert found.evidence["attainment"].state is State.NOT_LOCATED
    assert found.evidence["targets[0].due"].text == "Fri 6 Dec"
    assert found.record.targets[0].due == "2024-12-06"
    assert [entry.answer for entry in found.record.voice] == ["Art"]


def test_a_childs_no_is_an_answer() -> None:
    voice = pairs(["What would you change?", "No"], ["Who helps you?", "nothing"], ["Anything else?", "n/a"])
    found = read(pep(line("Pupil voice", bold=True), voice)).record.voice
    assert [v.answer for v in found][-2:] == ["No", "nothing"]


def test_none_is_nought_only_where_things_are_counted() -> None:
    found = read(
        pep(pairs(["Suspensions", "None", "Permanent exclusions", "0"], ["SEND status", "None", "Venue", "-"]))
    )
    assert (found.record.attendance.suspensions, found.record.attendance.exclusions) == (0, 0)
    assert found.record.send.status == "none"


# ------------------------------------------------------------------------------------------------------------- checks
def test_values_that_do_not_fit_are_kept_with_a_warning() -> None:
    sdq = grid(["Total", "Emotional", "Conduct", "Hyperactivity", "Peer"], ["20", "1", "2", "3", "4"])
    found = read(pep(pairs(["Attendance %", "191"]), line("SDQ", bold=True), sdq))
    assert codes(found) == {"sdq_sum", "percent_range"}
    assert found.record.sdq.total == 20
    assert found.evidence["sdq.total"].confidence < 0.5


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (["UPN", "K996437515193", "DOB", "3.4.2012"], "upn_check"),
        (["Year group", "2", "DOB", "3.4.2012"], "age_year_group"),
        (["Date into care", "1.1.2010", "DOB", "3.4.2012"], "date_order"),
    ],
)
def test_child_details_are_checked(details: list[str], code: str) -> None:
    child = pairs(["First name", "Leo", "Surname", "Example"], details, ["PEP date", "12/11/2024", "Legal status", ""])
    found = read(Document(Format.DOCX, (line("PEP"), child, *TARGETS, *VOICE, *PUPIL_PREMIUM)))
    assert code in codes(found)


def test_two_children_in_one_file_are_noticed() -> None:
    other = pairs(["First name", "Mia", "Surname", "Other"], ["Date of birth", "5.6.2013", "UPN", ""])
    assert "two_children" in codes(read(pep(other)))
    assert "two_children" not in codes(read(pep(CHILD)))


def test_an_unnamed_child_is_unsure() -> None:
    child = pairs(["First name", "", "Surname", ""], ["Date of birth", "", "UPN", ""], ["PEP date", "", "PEP type", ""])
    found = read(Document(Format.DOCX, (line("PEP"), child, *TARGETS, *VOICE, *PUPIL_PREMIUM)))
    assert "identity_unsure" in codes(found)
    assert not any("Leo" in w.message for w in found.warnings)


def test_notes_of_the_reader_are_passed_on() -> None:
    assert "hidden_text" in codes(read(pep(notes=(Note("hidden_text", "There is hidden text."),))))


# -------------------------------------------------------------------------------------------------------- not a PEP
def refused(*blocks: Any) -> bool:
    try:
        read(Document(Format.DOCX, blocks))
    except FileProblem as problem:
        return problem.code == "not_a_pep"
    return False


def test_other_papers_are_not_peps() -> None:
    assert refused()
    report = [line(t) for t in ("Annual Report", "Personal Education Plans", "Attendance: 92% of children", "Targets")]
    assert refused(
        *report, *(line("The virtual school's PEPs improved, and the voice of the child with them.") for _ in range(50))
    )
    letter = ("Dear Ms Lee,", "Thank you for the PEP of 3 May.", "Targets: please add dates.", "Yours sincerely")
    assert refused(*(line(t) for t in letter))
    cv = pairs(["Name", "Ann Lee", "Date of birth", "1/2/80"], ["Address", "x", "Telephone", "01632 960111"])
    assert refused(line("Curriculum vitae", level=1), cv, line("Aspirations", level=1), line("To lead."))


def test_an_ehcp_is_not_a_pep() -> None:
    child = pairs(
        ["First name", "Ann", "Surname", "Lee"],
        ["Date of birth", "1/2/2012", "UPN", ""],
        ["Gender", "F", "Ethnicity", ""],
        ["Home language", "English", "School", "Oak"],
        ["Legal status", "Care order", "Social worker", "Jo"],
    )
    plan = (
        line("Section A: the views, interests and aspirations of the child", level=1),
        line("I like football."),
        line("Section B: special educational needs", level=1),
        line("Primary need: SEMH"),
        line("Section E: outcomes", level=1),
        grid(["Outcome", "Provision", "Who", "By when"], ["To read", "TA", "TA", "July 2025"]),
    )
    assert refused(line("Education, Health and Care Plan", level=1), child, *plan)


@pytest.mark.parametrize("layout", ["d1_controls", "d2_fourcol"])
def test_an_empty_form_is_still_a_pep(layout: str) -> None:
    """A form handed in with every answer taken out."""
    source = docx.Document(str(sorted((PEPS / layout).glob("*.docx"))[0]))
    for run in source.element.body.iter(docx.oxml.ns.qn("w:r")):
        bold = run.find(f"{docx.oxml.ns.qn('w:rPr')}/{docx.oxml.ns.qn('w:b')}")
        if bold is None:
            for text in run.iter(docx.oxml.ns.qn("w:t")):
                text.text = ""
    out = BytesIO()
    source.save(out)
    found = extract(word.read(out.getvalue()), source="empty.docx", sha256="0" * 64)
    assert found.record.targets == ()
    assert found.evidence["child.upn"].state is State.BLANK
    assert "identity_unsure" in codes(found)


# ------------------------------------------------------------------------------------------------------------ hostile
def test_a_document_with_more_parts_than_any_form_is_too_big() -> None:
    for blocks in ([line("x")] * 12_000, [grid(*[["a"] * 10] * 1_200)]):
        with pytest.raises(FileProblem) as caught:
            read(Document(Format.DOCX, tuple(blocks)))
        assert caught.value.code == "too_big"


def test_odd_tables_do_no_harm() -> None:
    ragged = Table(
        (Cell(0, 3, (), AT, column_span=500), Cell(2, 0, (line("Target"),), AT, row_span=9), Cell(2, 7, (), AT)), AT
    )
    assert read(pep(ragged, Table((), AT), grid([""]), grid(["", ""], ["", ""]))).record.child.forename == "Leo"


WORDS = st.sampled_from(["Target 1", "Target 2", "Target", "Who", "Date", "Name", "☒", "Met", "UPN", "", "2", "SDQ"])


@given(st.lists(st.lists(WORDS | st.text(max_size=20), min_size=1, max_size=4), min_size=1, max_size=5), st.booleans())
def test_any_table_gives_a_record(rows: list[list[str]], heads: bool) -> None:
    table = grid(*rows, heads=heads)
    for before in ((), (line("My targets", bold=True),), (line("Attendees", bold=True),)):
        assert read(pep(*before, table)).record.child.date_of_birth == "2012-04-03"


# ------------------------------------------------------------------------------------------------------------- values
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12.9.24", "2024-09-12"),
        ("12/09/2024", "2024-09-12"),
        ("2024-09-12", "2024-09-12"),
        ("12th September 2024", "2024-09-12"),
        ("Thursday 12 Sept 2024 at 2pm", "2024-09-12"),
        ("September 12, 2024", "2024-09-12"),
        ("Oct 2024", "2024-10"),
        ("10/2024", "2024-10"),
        ("Thurs 12 Sept", "2024-09-12"),
        ("12/9", "2024-09-12"),
        ("12/09/20 24", "2024-09-12"),
        ("12/09/20 14:30", "2020-09-12"),
        ("31/02/2024", None),
        ("September", None),
        ("ongoing", None),
        ("96%", None),
    ],
)
def test_dates_as_people_write_them(text: str, wanted: str | None) -> None:
    assert values.read_date(text, date(2024, 7, 1), ahead=True) == wanted


def test_a_date_without_a_year_takes_the_one_that_fits_the_meeting() -> None:
    met = date(2025, 1, 20)
    assert values.read_date("3 Feb", met, ahead=True) == "2025-02-03"
    assert values.read_date("3 Dec", met, ahead=True) == "2025-12-03"
    assert values.read_date("3 Dec", met) == "2024-12-03"
    assert values.read_date("3 Dec") is None


@given(
    st.dates(date(1990, 1, 1), date(2068, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%d %B %Y", "%A %d %b %Y", "%Y-%m-%d"]),
)
def test_every_full_date_is_read_back(day: date, shape: str) -> None:
    assert values.read_date(day.strftime(shape)) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "pounds"),
    [("£480", 480), ("£1,440.50", 1440.5), ("£40 x 12 weeks = £480", 480), ("480", 480), ("12 sessions @ £22.50 = £270.00", 270),
     ("£20 and £30", None), ("£20 + £30, total £50", 50), ("nil", 0), ("to be agreed", None)],
)  # fmt: skip
def test_money(text: str, pounds: float | None) -> None:
    assert values.read_money(text) == pounds


@pytest.mark.parametrize(
    ("text", "year"),
    [("Y9", "9"), ("Year 10", "10"), ("NCY 9", "9"), ("9", "9"), ("Reception", "R"), ("Nursery (F1)", "N"), ("R", "R"), ("N", "N"),
     ("Year 9 / 9B", "9"), ("Yr 12 (Level 3)", "12"), ("Oak class", None)],
)  # fmt: skip
def test_year_groups(text: str, year: str | None) -> None:
    assert values.read_year_group(text) == year


@pytest.mark.parametrize(
    ("text", "chosen"),
    [("Autumn ☒ Spring ☐", "Autumn"), ("☐ Autumn ☒ Spring", "Spring"), ("☒", "☒"), ("Yes ☐ No ☐", ""), ("Review", "Review")],
)  # fmt: skip
def test_ticked_options(text: str, chosen: str) -> None:
    assert values.read_choice(text) == chosen


@given(st.text(alphabet="0123456789", min_size=12, max_size=12))
def test_a_upn_has_one_right_letter(digits: str) -> None:
    letters = [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if values.is_upn(letter + digits)]
    assert len(letters) == 1
    assert letters[0] not in "IOS"


@pytest.mark.parametrize(
    ("name", "parts"),
    [("Leo Marchetti", ("Leo", "Marchetti")), ("MARCHETTI, Leo", ("Leo", "MARCHETTI")), ("Ana de Souza", ("Ana", "de Souza")),
     ("Leo Ray OKORO SMITH", ("Leo Ray", "OKORO SMITH")), ("Leo", ("Leo", None)), ("", (None, None))],
)  # fmt: skip
def test_names(name: str, parts: tuple[str | None, str | None]) -> None:
    assert values.split_name(name) == parts


# --------------------------------------------------------------------------------------------------------- vocabulary
def test_every_field_of_the_vocabulary_is_in_the_record() -> None:
    asked_in_other_terms = {"child.full_name", "school.full_time", "send.has_ehcp", "meeting.attendees"}
    record = read(pep()).record.model_dump()
    for field in set(load_vocabulary().fields) - asked_in_other_terms:
        part, _, name = field.rpartition(".")
        assert name in (record[part] if part else record), field


def test_the_digest_follows_the_words() -> None:
    data = packs.load(FORMS, "common").data
    same, other = FormVocabulary.model_validate(data), FormVocabulary.model_validate(data | {"blanks": ["nix"]})
    assert load_vocabulary().digest() == same.digest() != other.digest()


def test_a_council_may_add_its_own_words() -> None:
    data = packs.load(FORMS, "common").data
    venue = data["fields"]["meeting.venue"] | {"also": ["Whereabouts of the gathering"]}
    own = FormVocabulary.model_validate(data | {"fields": data["fields"] | {"meeting.venue": venue}})
    document = pep(pairs(["Whereabouts of the gathering", "Hall"]))
    assert read(document).record.meeting.venue is None
    assert extract(document, source="a", sha256="0" * 64, vocabulary=own).record.meeting.venue == "Hall"


# -------------------------------------------------------------------------------------------------------- other words
def test_columns_in_unknown_words_are_told_by_their_answers() -> None:
    targets = grid(
        ["Promise", "Success criteria", "Champion", "Check-in", "Pounds"],
        ["Leo will read to Ann on four nights a week", "Diary", "Mr Bee", "19/12/2024", "£60"],
    )
    found = read(pep(line("New targets", bold=True), targets)).record.targets[-1]
    assert found.text == "Leo will read to Ann on four nights a week"
    assert (found.responsible, found.due, found.cost) == ("Mr Bee", "2024-12-19", 60)
    reach = grid(
        ["Adult", "Part in the plan", "Get hold of"], ["Zed Ali", "Social worker", "z.ali@a.example 01632 960001"]
    )
    contact = read(pep(line("Key contacts", bold=True), reach)).record.contacts[-1]
    assert (contact.role, contact.name, contact.email, contact.phone) == (
        "social_worker", "Zed Ali", "z.ali@a.example", "01632 960001"
    )  # fmt: skip


def test_an_answer_may_tell_its_field_but_never_against_a_known_label() -> None:
    child = line("About me", bold=True)
    assert read(pep(child, pairs(["Whatever they call it", "Girl"]))).record.child.gender == "Girl"
    assert read(pep(child, pairs(["Sibling", "Girl"]))).record.child.gender is None


def test_a_card_of_several_rows_of_heads_is_one_target() -> None:
    card = (
        grid(["Target 1: what will be achieved", "Focus"], ["Leo will be on time on four days a week", "Attendance"]),
        grid(["Support and resources", "How success is measured"], ["Walking bus", "Register"]),
        grid(["Who leads", "Target date", "PP+ needed"], ["Ann Poe", "01.05.25", "£20"]),
    )
    target = read(pep(line("New targets", bold=True), *card)).record.targets[-1]
    assert (target.area, target.provision, target.success_criteria) == ("Attendance", "Walking bus", "Register")
    assert (target.responsible, target.due, target.cost) == ("Ann Poe", "2025-05-01", 20)


def test_several_facts_in_one_box() -> None:
    record = read(
        pep(
            pairs(["Attendance this year", "91.2% (authorised 5.3%, unauthorised 3.5%)"]),
            pairs(["Latest SDQ score", "17, completed by Marie Dunne on 01/07/2024"]),
        )
    ).record
    attendance = record.attendance
    assert (attendance.percent, attendance.authorised_percent, attendance.unauthorised_percent) == (91.2, 5.3, 3.5)
    assert (record.sdq.total, record.sdq.completed_by, record.sdq.date) == (17, "Marie Dunne", "2024-07-01")


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("Carrow\nn.carrow@college.example", "n.carrow@college.example"),
        ("n.carrow\n@college.example", "n.carrow@college.example"),
        ("Ola Brandt ola.brandt@county.example", "ola.brandt@county.example"),
        ("n.carrow@college.\nexample", "n.carrow@college.example"),
    ],
)
def test_an_address_is_told_from_the_name_beside_it(text: str, email: str) -> None:
    assert values.read_email(text) == email


# ------------------------------------------------------------------------------------ forms in other words and structures
def card(*lines: Run) -> tuple[Paragraph, ...]:
    return tuple(Paragraph((run,), AT) for run in lines if run.text)


def cards(*rows: list[tuple[str, str]], one_paragraph: bool = False) -> Table:
    """Cells that hold a small grey label and below it the answer."""
    cells = []
    for r, row in enumerate(rows):
        for c, (label, answer) in enumerate(row):
            if one_paragraph:
                content = (Paragraph((Run(f"{label}\n", muted=True), Run(answer)), AT),)
            else:
                content = card(Run(label, muted=True), Run(answer))
            cells.append(Cell(r, c, content, AT))
    return Table(tuple(cells), AT)


def sized(text: str, size: float, *, bold: bool = True, muted: bool = False) -> Paragraph:
    return Paragraph((Run(text, bold=bold, muted=muted, size=size),), AT)


@pytest.mark.parametrize("one_paragraph", [False, True])
def test_a_label_may_stand_in_the_cell_of_its_answer(one_paragraph: bool) -> None:
    form = cards(
        [("Ethnicity", "White British"), ("First language", "Polish")],
        [("School name", "Oak School"), ("Date of next PEP meeting", "4/3/2025")],
        [("Legal status", "Care Order"), ("Attendance (%)", "")],
        one_paragraph=one_paragraph,
    )
    record = read(pep(form)).record
    assert (record.child.ethnicity, record.child.first_language, record.school.name) == (
        "White British",
        "Polish",
        "Oak School",
    )
    assert record.meeting.next_date == "2025-03-04"
    assert record.attendance.percent is None


def test_where_labels_are_small_and_grey_unknown_ones_are_labels_too() -> None:
    known = cards(
        [("Ethnicity", "White British"), ("First language", "Polish")],
        [("School name", "Oak School"), ("Date of next PEP meeting", "4/3/2025")],
    )
    record = read(pep(known, line("My views", bold=True), cards([("The best bit of my week", "Swimming")]))).record
    assert "Swimming" in [entry.answer for entry in record.voice]
    assert "The best bit of my week" in [entry.question for entry in record.voice]


def test_advice_in_small_print_over_an_answer_is_no_label() -> None:
    box = Table((Cell(0, 0, card(Run("Write here what the child said.", muted=True), Run("I like maths")), AT),), AT)
    found = read(pep(line("What do I like about school?", bold=True), box)).record
    assert "Write here what the child said." not in [entry.question for entry in found.voice]


def test_subjects_may_stand_side_by_side() -> None:
    table = grid(
        ["", "English", "Maths"], ["Working at", "4", "3"], ["Target grade", "5", "4"], ["On track?", "Yes", "No"]
    )
    lines = read(pep(line("Attainment", bold=True), table)).record.attainment
    assert [(a.subject, a.current, a.target, a.on_track) for a in lines] == [
        ("English", "4", "5", True),
        ("Maths", "3", "4", False),
    ]


def test_labels_with_values_end_the_table_over_them() -> None:
    cells = list(grid(["Name", "Role", "Attended"], ["Kay Eze", "Designated Teacher", "☒"]).cells)
    for column, (text, shaded) in enumerate(
        [("Venue", True), ("Oak School", False), ("Term", True), ("Autumn", False)]
    ):
        cells.append(Cell(2, column, (line(text),), AT, shaded=shaded))
    record = read(pep(line("The meeting", bold=True), Table(tuple(cells), AT))).record
    assert (record.meeting.venue, record.meeting.term) == ("Oak School", "autumn")
    assert [a.name for a in record.meeting.attendees] == ["Kay Eze"]


def test_the_sum_under_a_table_is_no_item() -> None:
    table = grid(["Item", "Cost", "Impact"], ["Club", "£96", "Goes weekly"], ["TOTAL", "£96", ""])
    document = Document(
        Format.DOCX,
        (
            line("Personal Education Plan", bold=True),
            CHILD,
            *TARGETS,
            *VOICE,
            line("Pupil Premium Plus", bold=True),
            table,
        ),
    )
    assert [item.purpose for item in read(document).record.pp_plus] == ["Club"]


def test_numbered_questions_are_no_items_of_the_list_above_them() -> None:
    questions = [
        "Who decided the targets?",
        "What is the child's ethnicity?",
        "What is the first language?",
        "Is anything else planned?",
    ]
    blocks = [
        b
        for n, q in enumerate(questions, 1)
        for b in (line(f"{n}. {q}", bold=True), line("Irish" if n == 2 else "Something"))
    ]
    record = read(pep(line("Next steps: targets", bold=True), *blocks)).record
    assert record.child.ethnicity == "Irish"
    assert [target.text for target in record.targets] == ["To read a book"]


def test_items_of_lists_may_be_written_out_after_bullets() -> None:
    record = read(
        pep(
            line("Attainment", bold=True),
            line("• Reading – secure – greater depth – not yet"),
            line("• English: working at 3, target 4, on track"),
            line("Actions agreed", bold=True),
            line("• Order the laptop (Kay Eze, by 13 March 2025)"),
            line("• Visit the college (SW)"),
            line("Who helps the child at school and at home?", bold=True),
            line("• Designated Teacher – Kay Eze, k.eze@oak.example, 01632 960001"),
            line("• Social Worker – Bo Lund, bo@county.example"),
        )
    ).record
    assert [(a.subject, a.current, a.target, a.on_track) for a in record.attainment] == [
        ("Reading", "secure", "greater depth", False),
        ("English", "3", "4", True),
    ]
    assert [(a.action, a.owner, a.due) for a in record.actions] == [
        ("Order the laptop", "Kay Eze", "2025-03-13"),
        ("Visit the college", "SW", None),
    ]
    assert [(c.role, c.name, c.email) for c in record.contacts] == [
        ("designated_teacher", "Kay Eze", "k.eze@oak.example"),
        ("social_worker", "Bo Lund", "bo@county.example"),
    ]


def test_money_spent_may_be_a_sentence() -> None:
    document = Document(
        Format.DOCX,
        (
            line("Personal Education Plan", bold=True),
            CHILD,
            *TARGETS,
            *VOICE,
            line("Pupil Premium Plus", bold=True),
            line("• Climbing club, autumn (£96). Impact: goes every week"),
        ),
    )
    assert [(p.purpose, p.amount, p.impact) for p in read(document).record.pp_plus] == [
        ("Climbing club, autumn", 96, "goes every week")
    ]


def test_one_label_may_ask_for_two_things() -> None:
    record = read(
        pep(
            line("School", bold=True),
            pairs(["Name of school and start date", "Oak Primary School, since 4 September 2022"]),
            line("Child", bold=True),
            pairs(["Ethnicity and first language", "White Irish; English"]),
        )
    ).record
    assert (record.school.name, record.school.start_date) == ("Oak Primary School", "2022-09-04")
    assert (record.child.ethnicity, record.child.first_language) == ("White Irish", "English")


def test_small_print_before_each_answer_is_a_label() -> None:
    runs = (Run("Start date: ", muted=True), Run("6/1/2025"), Run("   End date: ", muted=True), Run("14/2/2025"))
    record = read(pep(line("Part-time timetable", level=2), Paragraph(runs, AT))).record
    assert (record.timetable.start, record.timetable.end) == ("2025-01-06", "2025-02-14")


def test_those_present_may_be_told_in_a_sentence() -> None:
    said = "Kay Eze (Designated Teacher), Bo Lund (social worker, by Teams) and Leo, who stayed for half. Apologies: Al Roy (IRO)."
    people = read(pep(pairs(["Who came to the meeting", said]))).record.meeting.attendees
    assert [person.name for person in people] == ["Kay Eze", "Bo Lund", "Leo"]


def test_the_childs_name_in_a_label_is_the_child() -> None:
    assert (
        read(pep(line("What Leo does well", bold=True), line("Draws and listens."))).record.strengths
        == "Draws and listens."
    )


def test_the_alternatives_of_a_box_tell_what_it_asks_for() -> None:
    record = read(
        pep(line("About me", bold=True), pairs(["More help for me", "☐ None   ☒ SEN Support   ☐ EHCP"]))
    ).record
    assert record.send.status == "sen_support"
    assert (
        read(pep(line("The meeting", bold=True), pairs(["Type of meeting", "Virtual"]))).record.meeting.mode
        == "virtual"
    )


def test_a_tick_belongs_to_the_word_beside_it() -> None:
    assert values.read_choice("Yes       No ☒") == "No"
    assert values.read_choice("☐ Yes   ☒ No") == "No"


def test_bold_questions_may_stand_over_answers_in_italics_cell_by_cell() -> None:
    pieces = [("I love", "Diggers"), ("I'm proud of", "My boat")]
    cells = [
        Cell(0, c, card(Run(label, bold=True), Run(answer, muted=True)), AT) for c, (label, answer) in enumerate(pieces)
    ]
    voice = read(pep(line("My views", bold=True), Table(tuple(cells), AT))).record.voice
    assert [(entry.question, entry.answer) for entry in voice][-2:] == pieces


def test_levels_may_stand_in_one_line_after_their_subject() -> None:
    form = pep(line("Attainment", bold=True), line("Reading:: Now: WTS\tTarget: EXS\tOn track: Yes"))
    (reading,) = read(form).record.attainment
    assert (reading.subject, reading.current, reading.target, reading.on_track) == ("Reading", "WTS", "EXS", True)


def test_targets_may_stand_side_by_side_with_their_number_in_words() -> None:
    table = grid(
        ["", "Target one", "Target two"], ["Target", "Read a book", "Swim 10 m"], ["By when", "1/5/2025", "2/5/2025"]
    )
    targets = read(pep(line("New targets", bold=True), table)).record.targets
    assert [(t.text, t.due) for t in targets][-2:] == [("Read a book", "2025-05-01"), ("Swim 10 m", "2025-05-02")]


def test_what_follows_a_label_on_its_line_is_told_apart() -> None:
    form = pep(line("Actions", bold=True), line("1. Order the laptop"), line("Who:: Kay Eze When: 1 May 2025"))
    (action,) = read(form).record.actions
    assert (action.action, action.owner, action.due) == ("Order the laptop", "Kay Eze", "2025-05-01")


def test_absences_may_be_told_in_a_sentence() -> None:
    said = "In school for 98.1% of sessions (last year 95%). She has had no suspensions and has never been excluded."
    attendance = read(pep(line("Attendance", bold=True), pairs(["Attendance this year", said]))).record.attendance
    assert (attendance.percent, attendance.suspensions, attendance.exclusions) == (98.1, 0, 0)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("ACHIEVED / PARTLY ACHIEVED / NOT YET", None),
        ("Met | Partly met | Not met", None),
        ("Partly achieved", "partly_met"),
        ("Met / exceeded", "met"),
    ],
)
def test_a_choice_that_nobody_made_is_no_answer(said: str, read: str | None) -> None:
    assert Answers(load_vocabulary()).read("previous_targets.outcome", said) == read
