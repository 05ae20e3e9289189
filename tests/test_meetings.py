"""Agendas and notes forms: the right children and no other, nothing private, blanks where nothing is known, words as data."""

import io
import re
import sys
import zipfile
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from made_sweeps import HOSTILE, judge, pep
from vsdocs.errors import PackError, RefusedError, UsageError
from vsdocs.generate.case import Case
from vsdocs.generate.meetings import agenda as made
from vsdocs.generate.meetings import kinds
from vsdocs.generate.meetings.lists import by_concern
from vsdocs.generate.meetings.meeting import Meeting
from vsdocs.generate.meetings.requests import without_request
from vsdocs.judgement import Flag, Grade
from vsdocs.meeting_notes import Agreed, Progress
from vsdocs.record import Extraction
from vsdocs.settings import Authority, Look, Settings

TODAY = date(2026, 11, 22)
SETTINGS = Settings(authority=Authority(name="Brightwater Virtual School"))
KINDS = kinds.names(SETTINGS)
STEMS = sorted(p.name.removesuffix(".truth.json") for p in (ROOT / "fixtures" / "peps").rglob("*.truth.json"))


def case(stem: str = STEMS[0], *, of: Extraction | None = None, grade: Grade = Grade.AMBER, **changed: object) -> Case:
    found = of or pep(stem, **changed)
    return Case(pep=found, today=TODAY, settings=SETTINGS, judgement=judge(found, grade))


def meeting(kind: str, *cases: Case, **more: Any) -> Meeting:
    known = {"day": date(2026, 12, 3), "run": "0001" if kind.startswith("pupil") else None}
    return Meeting(
        kind=kinds.load(kind, SETTINGS), cases=cases or (case(),), today=TODAY, settings=SETTINGS, **(known | more)
    )


def words(docx: bytes) -> str:
    document = Document(io.BytesIO(docx))
    edges = [p.text for s in document.sections for part in (s.header, s.footer) for p in part.paragraphs]
    return "\n".join([p.text for p in map_paragraphs(document)] + edges)


def map_paragraphs(document: Any) -> list[Any]:
    from docx.text.paragraph import Paragraph

    return [Paragraph(element, document) for element in document.element.body.iter(qn("w:p"))]


def tables(docx: bytes) -> list[list[list[str]]]:
    found = Document(io.BytesIO(docx)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


# ------------------------------------------------------------------------------------------------- every kind of meeting
def test_there_are_nine_kinds() -> None:
    assert sorted(KINDS) == [
        "dt-visit", "initial-pep", "interim-pep", "pep-review", "pp-plus-panel", "pre-exclusion", "pupil-progress",
        "reintegration", "tac",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_chair_aims_invitees_times_and_names_no_child_in_full(kind: str) -> None:
    own = case()
    record = own.pep.record
    written = made.agenda(meeting(kind, own, starts=time(14, 0), chair="Denise Pugh"))
    text = words(written.docx)
    assert "Chair: Denise Pugh" in text
    for heading in ("Aims", "Who is invited", "2:00pm", "Actions"):
        assert heading in text
    assert str(record.child.surname) not in text
    assert str(record.child.surname) not in written.subject + written.name
    assert str(record.child.forename) not in written.subject + written.name
    assert "{{" not in text
    assert written.about == (own.pep,)
    assert written.recipient is None


@pytest.mark.parametrize("kind", KINDS)
def test_nobodys_telephone_email_or_birth_date_is_in_it(kind: str) -> None:
    for stem in STEMS[::8]:
        own = case(stem)
        text = words(made.agenda(meeting(kind, own)).docx) + words(made.notes_form(meeting(kind, own)).docx)
        for contact in own.pep.record.contacts:
            for private in (contact.phone, contact.email):
                assert not private or private not in text
        assert not own.pep.record.child.upn or own.pep.record.child.upn not in text
        assert "@" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_known_is_a_visible_blank_and_listed(kind: str) -> None:
    empty = case(of=Extraction(source="a.docx", id="0a1b2c3d4e5f", format="docx", sha256="0" * 64, record={}))
    if kind == "dt-visit":
        with pytest.raises(RefusedError):
            meeting(kind, empty)
        return
    written = made.agenda(meeting(kind, empty, day=None))
    text = words(written.docx)
    for blank in ("[chair]", "[time]", "[date of the meeting]", "[place, or link to join]"):
        assert blank in text
        assert blank in written.gaps
    with pytest.raises(UsageError):
        made.notes_form(meeting(kind, empty, day=None))


def test_the_same_meeting_gives_the_same_bytes() -> None:
    for kind in ("pep-review", "pp-plus-panel"):
        assert made.agenda(meeting(kind)).docx == made.agenda(meeting(kind)).docx


@pytest.mark.parametrize("kind", ["tac", "pp-plus-panel", "dt-visit"])
def test_hostile_words_print_literally(kind: str) -> None:
    texts = [text[:60] for text in HOSTILE]
    own = case(
        voice=[{"question": text, "answer": text} for text in texts],
        targets=[{"text": text, "provision": text} for text in texts],
        pp_plus=[{"purpose": f"Tuition {text}", "amount": 10, "impact": text} for text in texts],
        actions=[{"action": text or "x", "owner": text} for text in texts],
    )
    for one in (made.agenda, made.notes_form):
        written = one(meeting(kind, own, place=texts[0], chair=texts[9]))
        assert texts[9] in words(written.docx)
    assert "{{ 7*7 }} & <b>" in words(made.agenda(meeting("tac", case(actions=[{"action": "{{ 7*7 }} & <b>"}]))).docx)


@settings(max_examples=8)
@given(st.text(max_size=80), st.text(max_size=40))
def test_any_words_make_an_agenda(said: str, who: str) -> None:
    own = case(voice=[{"question": said, "answer": who}], actions=[{"action": said, "owner": who}], strengths=said)
    assert made.agenda(meeting("reintegration", own, chair=who)).docx


def test_every_page_of_a_practice_meeting_says_so() -> None:
    own = case(contacts=[{"role": "carer", "name": "Owen Ahmed"}], meeting={"attendees": [{"name": "Pat Vane", "role": "Tutor"}]})  # fmt: skip
    for practice in (True, False):  # nobody real is invited to practise
        text = words(made.agenda(meeting("tac", own, practice=practice)).docx)
        assert ("Owen Ahmed" in text) is ("Pat Vane" in text) is not practice
    written = made.agenda(meeting("tac", practice=True))
    header = Document(io.BytesIO(written.docx)).sections[0].header.paragraphs[0].text
    assert header.startswith("PRACTICE")
    assert written.name.startswith("practice-")


def test_the_minutes_add_up_and_the_clock_runs_on() -> None:
    text = words(made.agenda(meeting("pep-review", starts=time(9, 30), minutes=30)).docx)
    lengths = [int(n) for n in re.findall(r"^\d+:\d\d[ap]m, (\d+) minutes$", text, re.MULTILINE)]
    assert len(lengths) == 6
    assert sum(lengths) == 30
    assert "9:30am, 3 minutes" in text
    assert "9:57am, 3 minutes" in text


# ------------------------------------------------------------------------------------------------------ one child's PEP
def test_an_initial_pep_says_by_which_day_it_is_due() -> None:
    own = case(child={"forename": "Tamsin", "surname": "Quill", "date_into_care": "2026-11-20"})
    text = words(made.agenda(meeting("initial-pep", own)).docx)
    assert "came into care on 20 November 2026, so this meeting is due by 18 December 2026" in text
    assert "That day has passed" not in text
    late = words(made.agenda(meeting("initial-pep", own, day=date(2027, 1, 8))).docx)
    assert "That day has passed" in late
    unknown = words(made.agenda(meeting("initial-pep", case(child={"forename": "Tamsin"}))).docx)
    assert "came into care on" not in unknown


def test_a_review_is_on_the_day_that_the_pep_names_unless_another_is_given() -> None:
    own = case(meeting={"date": "2026-09-24", "next_date": "2027-01-21"})
    assert meeting("pep-review", own, day=None).held_on == date(2027, 1, 21)
    assert meeting("tac", own, day=None).held_on is None
    assert meeting("pep-review", case(meeting={"next_date": "2020-01-01"}), day=None).held_on is None


def test_the_voice_is_quoted_with_the_forename_and_nobody_else() -> None:
    own = case(
        child={"forename": "Tamsin", "surname": "Quill"},
        contacts=[{"role": "carer", "name": "Owen Ahmed", "phone": "01632 960510"}],
        voice=[{"question": "What helps?", "answer": "Owen Ahmed rings 01632 960511, says Tamsin Quill"}],
    )
    text = words(made.agenda(meeting("tac", own)).docx)
    assert "“[name] rings [telephone], says Tamsin”" in text
    assert "Carer: Owen Ahmed" in text


def test_an_adults_words_in_the_childs_part_are_not_told_as_the_childs() -> None:
    own = case(
        aspirations="Tamsin's carers hope that she will be happy.",
        voice=[
            {"question": "What do you like?", "answer": "My wobble cushion, and I love the den."},
            {"question": "What helps?", "answer": "Tamsin says she likes school and feels well supported."},
            {"question": "Carer's views", "answer": "I think she is settled."},
            {"question": "What is hard?", "answer": "N/A"},
        ],
    )
    lines = words(made.agenda(meeting("tac", own)).docx).splitlines()
    (spoken,) = (line for line in lines if "wobble cushion" in line)
    assert "adult" not in spoken
    for told in ("well supported", "she is settled", "carers hope"):
        (line,) = (line for line in lines if told in line)
        assert "An adult's words, not the child's own" in line
    assert not any("N/A" in line for line in lines)


def test_what_is_nobody_elses_business_is_not_quoted() -> None:
    own = case(
        targets=[{"text": "Bonnie will be dry during the nursery day", "provision": "Toileting routine"}],
        pp_plus=[{"purpose": "Sticker chart for toileting", "amount": 10, "target": 0}],
        voice=[{"question": "What helps?", "answer": "A quiet start. Toilet passes."}],
    )
    for kind in ("reintegration", "pp-plus-panel"):
        text = words(made.agenda(meeting(kind, own)).docx)
        assert "oilet" not in text
        assert "dry during" not in text
        assert "[kept in the PEP]" in text


def test_no_line_is_said_twice_under_one_item() -> None:
    own = case()
    assert own.judgement
    flag = Flag(code="sdq_above_threshold", severity="check", message="The school's own SDQ is due by 5 January 2027.")
    flagged = Case(
        pep=own.pep, today=TODAY, settings=SETTINGS, judgement=own.judgement.model_copy(update={"flags": (flag,)})
    )
    assert words(made.agenda(meeting("tac", flagged)).docx).count(flag.message) == 1


def test_actions_of_the_pep_and_of_notes_stand_once_with_their_state() -> None:
    own = case(actions=[{"action": "Ring the taxi firm", "owner": "SW"}, {"action": "Buy a book", "owner": "DT"}])
    noted = (
        Agreed(action="Ring the taxi firm", owner="SW", progress=Progress.DONE),
        Agreed(action="Visit the college", owner="Carer", due="2027-01-15"),
    )
    [rows] = tables(made.agenda(meeting("pep-review", own, previous={own.pep.sha256: noted})).docx)
    assert rows == [
        ["Action", "Owner", "Due", "State"],
        ["Ring the taxi firm", "SW", "[by when?]", "done since last time"],
        ["Visit the college", "Carer", "15 January 2027", "open"],
        ["Buy a book", "DT", "[by when?]", "open"],
    ]
    [form] = tables(made.notes_form(meeting("pep-review", own, previous={own.pep.sha256: noted})).docx)
    assert [row[0] for row in form[:4]] == ["Action", "Visit the college", "Buy a book", ""]


def test_a_judgement_of_another_pep_makes_nothing() -> None:
    own, other = case(STEMS[0]), case(STEMS[1])
    mixed = Case(pep=own.pep, today=TODAY, settings=SETTINGS, judgement=other.judgement)
    with pytest.raises(RefusedError):
        made.agenda(meeting("tac", mixed))


def test_a_meeting_about_one_child_takes_one_child() -> None:
    with pytest.raises(UsageError):
        meeting("tac", case(STEMS[0]), case(STEMS[1]))


# ------------------------------------------------------------------------------------------------------- several children
def test_the_cohort_is_ordered_by_concern() -> None:
    def one(stem: str, grade: Grade, percent: float | None, *severities: str) -> Case:
        own = case(stem, grade=grade, attendance={"percent": percent})
        flags = tuple(Flag(code=f"c{n}", severity=s, message="Look at this.") for n, s in enumerate(severities))
        return Case(
            pep=own.pep, today=TODAY, settings=SETTINGS, judgement=judge(own.pep, grade).model_copy(update={"flags": flags})
        )  # fmt: skip

    wanted = [
        one(STEMS[0], Grade.RED, 99),
        one(STEMS[1], Grade.AMBER, 99, "urgent"),
        one(STEMS[2], Grade.AMBER, 98, "check", "check"),
        one(STEMS[3], Grade.AMBER, 50, "check"),
        one(STEMS[4], Grade.AMBER, 97),
        one(STEMS[5], Grade.AMBER, None, "note"),
        one(STEMS[6], Grade.GOLD, 10, "urgent"),
    ]
    assert by_concern(reversed(wanted)) == wanted
    written = made.agenda(meeting("pupil-progress", *reversed(wanted)))
    [rows] = tables(written.docx)
    assert [row[0].split(",")[0] for row in rows[1:]] == [c.pep.id for c in wanted]


def test_a_list_names_children_by_reference_and_initials_alone() -> None:
    cases = [case(stem) for stem in STEMS]
    for kind in ("pupil-progress", "pp-plus-panel"):
        for one in (made.agenda, made.notes_form):
            text = words(one(meeting(kind, *cases)).docx)
            for own in cases:
                child = own.pep.record.child
                assert f"{child.forename} {child.surname}" not in text
                assert not child.upn or child.upn not in text


def test_a_request_shows_its_golden_thread_and_what_is_missing() -> None:
    own = case(
        needs="Reading fluently aloud in class",
        voice=[{"question": "What would help?", "answer": "I want to get better at reading aloud"}],
        targets=[{"text": "Read aloud 90 words a minute by July", "provision": "Reading tuition twice a week", "due": "2027-07-01"}],
        pp_plus=[
            {"purpose": "Reading tuition", "amount": 480, "impact": "Should read 90 words a minute", "target": 0},
            {"purpose": "Football boots", "amount": 30.5},
        ],
    )  # fmt: skip
    written = made.agenda(meeting("pp-plus-panel", own))
    first, second = [dict(row for row in table) for table in tables(written.docx)]
    assert first["Target"] == "Target 1: “Read aloud 90 words a minute by July”"
    assert "reading aloud" in first["The child's voice"]
    assert first["Provision"] == "“Reading tuition twice a week”"
    assert first["Money"] == "£480"
    assert "90 words" in first["Effect"]
    assert "Target" not in second
    assert second["Money"] == "£30.50"
    assert "a target that the money serves" in second["Not found, so ask"]
    assert "Asked for in all: £510.50" in words(written.docx)
    notes = words(made.notes_form(meeting("pp-plus-panel", own)).docx)
    for part in ("Agreed by (two)", "Connected with a child on the list?", "At least two members"):
        assert part in notes
    assert "on 4 December 2026" in words(written.docx)  # the decisions are told the next working day


def test_only_what_is_ahead_is_a_request_and_what_is_spent_stands_below_it_with_its_effect() -> None:
    own = case(
        targets=[{"text": "Read 90 words a minute", "provision": "Reading tutor on Mondays", "cost": 240}],
        pp_plus=[
            {"purpose": "Laptop", "amount": 300, "impact": "Homework handed in on time since it came"},
            {"purpose": "Swimming lessons", "amount": 60},
            {"purpose": "Play therapy", "amount": 500, "impact": "To settle him in the morning"},
            {"purpose": "Uniform was bought", "amount": 90},
        ],
    )
    past = case(STEMS[1], targets=[], pp_plus=[{"purpose": "Laptop", "amount": 300, "impact": "Too early to say"}])
    panel = meeting("pp-plus-panel", own, past)
    written = made.agenda(panel)
    swimming, therapy, reading = [dict(row for row in table) for table in tables(written.docx)]
    assert "whether this money is still to be spent" in swimming["Not found, so ask"]
    assert "still to be spent" not in therapy["Not found, so ask"]
    assert reading["Money"] == "£240"
    lines = words(written.docx).splitlines()
    assert "Asked for in all: £800" in lines
    spent = lines[lines.index("Spent before, not asked for now") :]
    assert "“Laptop”, £300. What it changed: “Homework handed in on time since it came”" in spent
    assert "“Uniform was bought”, £90. The PEP does not tell what it changed." in spent
    assert not any(past.pep.id in line for line in lines)
    assert without_request(panel) == 1


def test_a_visit_is_about_one_schools_children() -> None:
    here, there = {"name": "St Mary's School"}, {"name": "St Mark's School"}
    one, two = case(STEMS[0], school=here), case(STEMS[1], school={"name": "St Mary’s  school"})
    assert made.agenda(meeting("dt-visit", one, two)).about == (one.pep, two.pep)
    for other in (there, {"name": None}, {"name": "St Mary's School", "dfe_number": "835/4000"}):
        with pytest.raises(RefusedError):
            meeting("dt-visit", one, case(STEMS[2], school=other))
    assert "social worker" in words(made.agenda(meeting("dt-visit", one, two)).docx)


# ------------------------------------------------------------------------------------------------ words and Word are data
def council(folder: Path, name: str, text: str) -> Settings:
    (folder / "meetings").mkdir(exist_ok=True)
    (folder / "meetings" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Settings(look=Look(templates=folder))


def test_a_council_may_change_a_kind_and_add_one(tmp_path: Path) -> None:
    own = council(tmp_path, "tac", "extends: meeting\ntitle: Our TAC\nabout: child\nsubject: 'TAC, {reference}'\naims: [Talk]\ninvitees: [{title: All}]\nitems: [{title: Talk, minutes: 5}]\n")  # fmt: skip
    own = council(tmp_path, "stay-well", "extends: tac\ntitle: Staying well\n")
    assert kinds.load("tac", own).title == "Our TAC"
    assert kinds.load("stay-well", own).aims == ("Talk",)
    assert "stay-well" in kinds.names(own)
    assert kinds.load("pep-review", own).title == "PEP review meeting"


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        ("aims: ['Hear {forname}']", "x.yaml:3:8: {forname} is not a slot here (did you mean 'forename'?)"),
        ("subject: 'About {forename}'", "x.yaml:3:1: {forename} is not a slot here"),
        ("aims: [{say: 'So', where: sdq_totl}]", "'sdq_totl' is not a slot here (did you mean 'sdq_total'?)"),
        ("items: [{title: A, minutes: 5, shows: [voices]}]", "there is no block 'voices' here (did you mean 'voice'?)"),
        ("items: [{title: A, minutes: 5, shows: [cohort]}]", "there is no block 'cohort' here"),
        ("items: [{title: A, minuts: 5}]", "did you mean 'minutes'?"),
        ("blocks: {voice: {lines: {askd: 'A'}}}", "'askd' is no line of this block (did you mean 'asked'?)"),
        ("blocks: {voice: {lines: {said: '{quot}'}}}", "{quot} is not a slot here (did you mean 'quote'?)"),
        ("names: {takes: null}", "'takes' is missing here"),
        ("progress: {done: null}", "'done' is missing here"),
        ("aims: ['A {brace']", "without its partner"),
    ],
)
def test_a_slip_is_told_with_its_line(slip: str, told: str, tmp_path: Path) -> None:
    own = council(tmp_path, "x", f"extends: tac\ntitle: X\n{slip}\n")
    with pytest.raises(PackError) as caught:
        kinds.load("x", own)
    assert told in caught.value.message


def test_an_unknown_kind_is_told_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'pep-review'"):
        kinds.load("pep-revew", SETTINGS)


def test_a_sentence_of_a_list_can_name_no_child(tmp_path: Path) -> None:
    own = council(tmp_path, "x", "extends: pupil-progress\ntitle: X\naims: ['Hear {forename}']\n")
    with pytest.raises(PackError, match="forename"):
        kinds.load("x", own)


def script() -> ModuleType:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import make_meeting_templates
    finally:
        sys.path.remove(str(ROOT / "scripts"))
    return make_meeting_templates


def test_the_templates_are_up_to_date_and_without_fault() -> None:
    made.check_templates(SETTINGS)
    makes = script()
    assert makes.agenda() == (ROOT / "templates" / "agenda.docx").read_bytes()
    assert makes.notes() == (ROOT / "templates" / "notes.docx").read_bytes()
    assert makes.readme() == (ROOT / "templates" / "meetings" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["pep-review", "pp-plus-panel", "pupil-progress"])
def test_tables_have_header_rows_and_words_for_who_cannot_see_them_and_headings_are_in_order(kind: str) -> None:
    for one in (made.agenda, made.notes_form):
        docx = one(meeting(kind, *([case(s) for s in STEMS[:3]] if kind != "pep-review" else [case()]))).docx
        document = Document(io.BytesIO(docx))
        assert document.tables
        for table in document.tables:
            assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
            for name in ("w:tblCaption", "w:tblDescription"):
                assert table._tbl.tblPr.find(qn(name)).get(qn("w:val"))
            assert not list(table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge")))
        levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]
        assert levels[0] == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))
        assert document.core_properties.language == "en-GB"
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            assert b"en-US" not in archive.read("word/styles.xml")
