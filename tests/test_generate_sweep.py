"""What is written of a sweep: the workbook, the page's HTML and the JSON. Behaviour in a browser: test_page_browser.py."""

import base64
import hashlib
import io
import json
import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from made_sweeps import HOSTILE, finding, graded, hostile_sweep, judge, pep, sweep, term
from vsdocs.errors import PackError
from vsdocs.generate import listing, page, sweep_json, workbook
from vsdocs.generate.book import CELL_LIMIT
from vsdocs.generate.overview import overview
from vsdocs.generate.plain import one_line, plain
from vsdocs.judgement import Grade, Met
from vsdocs.outcome import Outcome, OutcomeKind, Problem, Sweep

SHEETS = ["Read me", "Summary", "PEPs", "Findings", "Needs a person", "Themes"]


@pytest.fixture(scope="module")
def whole_term() -> Sweep:
    return term()


@pytest.fixture(scope="module")
def book(whole_term: Sweep, tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    return openpyxl.load_workbook(written(whole_term, tmp_path_factory.mktemp("book")))


def written(made: Sweep, folder: Path) -> Path:
    path = folder / "sweep.xlsx"
    path.write_bytes(workbook.render(made))
    return path


def rows_of(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows of a sheet's Table, by heading."""
    (table,) = sheet.tables.values()
    heads, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    return [dict(zip(heads, row, strict=True)) for row in rows]


# Listing


def test_two_copies_of_a_file_are_one_entry_with_both_places(whole_term: Sweep) -> None:
    listed = list(listing.entries(whole_term))
    (twice,) = [entry for entry in listed if len(entry.sources) > 1]
    assert twice.sources == ("copies/again.docx", "d1_controls/d1_controls_1_whitlockamos.docx")
    assert twice.outcome.outcome is OutcomeKind.GRADED
    assert len({entry.id for entry in listed}) == len(listed)


def test_a_file_known_from_before_is_listed_with_its_grade(whole_term: Sweep) -> None:
    known = [e for e in listing.entries(whole_term) if e.outcome.outcome is OutcomeKind.KNOWN]
    assert [(e.grade, e.problem) for e in known] == [(Grade.GREEN, None)]


def test_a_person_is_asked_for_all_that_is_not_graded_and_for_nothing_else(whole_term: Sweep) -> None:
    asked = {line.outcome for line in overview(whole_term).for_a_person}
    assert asked == {OutcomeKind.NEEDS_PERSON, OutcomeKind.UNREADABLE, OutcomeKind.NOT_A_PEP}


def test_a_pep_without_a_grade_needs_a_person_even_when_nobody_said_why() -> None:
    of = pep("d1_controls_2_belhadj")
    for kind in (OutcomeKind.NEEDS_PERSON, OutcomeKind.KNOWN):
        (entry,) = listing.entries(sweep(graded(of, None, kind)))
        assert entry.problem
        assert entry.problem.code == "no_grade"
        assert entry.ungraded == {"Pupil Premium Plus": ["Every PP+ line has a cost"]}


def test_a_file_known_as_unreadable_is_still_unreadable() -> None:
    again = Outcome(source="a.pdf", id="a" * 12, outcome=OutcomeKind.KNOWN, error=Problem.of_file("damaged"))
    (line,) = overview(sweep(again)).for_a_person
    assert line.trouble is OutcomeKind.UNREADABLE


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("sdq.emotional", "SDQ emotional"),
        ("targets[0].success_criteria", "Target 1 success criteria"),
        ("voice[2].answer", "Voice 3"),
        ("pp_plus[1].amount", "PP+ 2 amount"),
        ("pp_plus", "PP+"),
        ("child.upn", "Child UPN"),
    ],
)
def test_fields_are_named_in_words(path: str, words: str) -> None:
    assert listing.field_words(path) == words


# Themes


def test_themes_count_only_what_is_weak_and_name_the_schools() -> None:
    one, two = pep("d1_controls_2_belhadj"), pep("d2_fourcol_1_drysdale")
    weak = finding("rest", "b", "Weak in both", Met.PARTLY, Grade.GREEN)
    red = finding("voice", "a", "Weak in one", Met.NOT_MET, Grade.RED)
    fine = [
        finding("sdq", state.value, state.value, state, None)
        for state in (Met.MET, Met.CANNOT_TELL, Met.NOT_APPLICABLE)
    ]
    first = graded(one).model_copy(update={"judgement": judge(one).model_copy(update={"criteria": (weak, *fine)})})
    second = graded(two).model_copy(update={"judgement": judge(two).model_copy(update={"criteria": (red, weak)})})
    found = overview(sweep(first, second)).themes
    assert [(t.title, t.peps, t.not_met, t.partly, t.cost) for t in found] == [
        ("Weak in one", 1, 1, 0, 3),
        ("Weak in both", 2, 0, 2, 2),
    ]
    assert [(s.school, s.peps) for s in found[1].schools] == sorted(
        [(str(one.record.school.name), 1), (str(two.record.school.name), 1)]
    )
    assert found[0].area_title == "My views, wishes and feelings"


def test_a_second_copy_is_not_counted_twice() -> None:
    of = graded(pep("d1_controls_2_belhadj"))
    again = of.model_copy(update={"source": "again.docx", "outcome": OutcomeKind.KNOWN})
    assert overview(sweep(of)).themes == overview(sweep(of, again)).themes


# JSON


def test_the_sweep_object_has_the_contract_s_keys_and_its_outcomes_add_up(whole_term: Sweep) -> None:
    made = sweep_json.sweep_object(whole_term)
    assert list(made) == ["run", "counts", "files", "themes"]
    assert all(list(f) == ["source", "id", "outcome", "grade", "areas", "error"] for f in made["files"])
    assert sum(made["counts"].values()) == len(made["files"]) == len(whole_term.outcomes)
    assert set(made["counts"]) == {kind.value for kind in OutcomeKind}
    assert [f["source"] for f in made["files"]] == sorted(f["source"] for f in made["files"])
    locked = next(f for f in made["files"] if f["source"] == "locked.pdf")
    assert (locked["grade"], locked["areas"], locked["error"]["code"]) == (None, {}, "encrypted")


def test_a_pep_s_object_is_its_extraction_with_the_judgement(whole_term: Sweep) -> None:
    again = next(o for o in whole_term.outcomes if o.source == "copies/again.docx")
    made = sweep_json.pep_object(again)
    assert made["source"] == made["judgement"]["source"] == "copies/again.docx"
    assert {"format", "pages", "sha256", "record", "evidence", "warnings", "judgement"} <= set(made)
    assert made["record"]["child"]["surname"] == "Whitlock-Amos"
    assert made["judgement"]["criteria"][0]["evidence"]


def test_a_file_without_a_record_says_what_went_wrong(whole_term: Sweep) -> None:
    menu = next(o for o in whole_term.outcomes if o.outcome is OutcomeKind.NOT_A_PEP)
    made = sweep_json.pep_object(menu)
    assert list(made) == ["source", "id", "outcome", "error"]
    assert set(made["error"]) == {"code", "message", "advice"}


def test_json_text_is_the_same_each_time_and_can_always_be_written() -> None:
    made = hostile_sweep()
    text = sweep_json.dumps(sweep_json.pep_object(made.outcomes[3]))
    assert text == sweep_json.dumps(sweep_json.pep_object(made.outcomes[3]))
    assert text.endswith("}\n")
    for outcome in made.outcomes:
        assert json.loads(sweep_json.dumps(sweep_json.pep_object(outcome)).encode("utf-8"))


# Workbook


def test_each_sheet_is_one_named_table_under_a_title_with_its_header_in_view(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == SHEETS
    names = []
    for sheet in book.worksheets:
        (table,) = sheet.tables.values()
        names.append(table.displayName)
        assert table.autoFilter is not None
        assert sheet["A1"].value == sheet.title
        assert sheet["A2"].value
        assert str(sheet.freeze_panes).endswith("5")
        assert table.ref.startswith("A4:")
        assert sheet.sheet_state == "visible"
        assert not sheet.merged_cells.ranges
        heads = [cell.value for cell in sheet[table.ref][0]]
        assert len(set(heads)) == len(heads)
        assert all(cell.font.name == "Arial" and cell.font.size >= 12 for row in sheet.iter_rows() for cell in row if cell.value)  # fmt: skip
    assert len(set(names)) == len(names)


def test_the_sheet_of_peps_has_whole_names_real_dates_and_grades_in_words(book: openpyxl.Workbook) -> None:
    rows = rows_of(book["PEPs"])
    sana = next(row for row in rows if row["Surname"] == "Mirzaei")
    assert sana["Forename"] == "Sana"
    assert sana["School"] == "Northgate Park Academy"
    assert sana["Designated Teacher"] == "Patrick Lightowler"
    assert sana["Virtual School Lead"] == "Priya Vickers"
    assert sana["UPN"] == "K994463413134"
    assert sana["Meeting date"] == datetime(2025, 2, 10)
    assert {row["Grade"] for row in rows} == {"Gold", "Green", "Amber", "Red", "No grade"}
    assert len(rows) == len({row["File id"] for row in rows})
    assert {cell.number_format for row in book["PEPs"].iter_rows() for cell in row if cell.is_date} == {"dd/mm/yyyy"}


def test_every_finding_is_in_the_workbook_with_its_words_and_place(whole_term: Sweep, book: openpyxl.Workbook) -> None:
    rows = rows_of(book["Findings"])
    judged = {e.id: e for e in listing.entries(whole_term) if e.judgement}
    assert len(rows) == sum(len(e.findings) for e in judged.values())
    voices = [row for row in rows if row["Criterion"] == "The child's views are in the plan" and row["State"] == "Met"]
    for row in voices:
        entry = judged[str(row["File id"])]
        quoted = next(f for f in entry.findings if f.id == "voice_present").evidence[0]
        assert plain(str(quoted.text)) in str(row["In the PEP's words"])
        assert quoted.location in str(row["Place"])
        assert row["Page"] == quoted.page
    blank = [row for row in rows if row["State"] == "Not met" and "next PEP" in str(row["Criterion"])]
    assert blank
    assert all(row["In the PEP's words"] == "Meeting next date: Left empty on the form" for row in blank)


def test_who_needs_a_person_is_told_what_happened_and_what_to_do(book: openpyxl.Workbook) -> None:
    rows = {row["File"]: row for row in rows_of(book["Needs a person"])}
    assert len(rows) == 3
    assert rows["locked.pdf"]["Outcome"] == "Could not be read"
    assert "password" in str(rows["locked.pdf"]["What happened and why"])
    assert rows["locked.pdf"]["What to do next"] == "Ask the school for a copy without a password."


def test_each_part_of_the_summary_adds_up(whole_term: Sweep, book: openpyxl.Workbook) -> None:
    totals: dict[str, int] = {}
    for row in rows_of(book["Summary"]):
        totals[str(row["Part"])] = totals.get(str(row["Part"]), 0) + int(str(row["Number"]))
    assert totals.pop("Files by outcome") == len(whole_term.outcomes)
    assert set(totals.values()) == {24}


def test_the_workbook_is_the_same_each_time_and_dated_by_the_sweep(whole_term: Sweep, tmp_path: Path) -> None:
    first = written(whole_term, tmp_path).read_bytes()
    assert written(whole_term, tmp_path).read_bytes() == first
    assert openpyxl.load_workbook(io.BytesIO(first)).properties.created == datetime(2026, 4, 2)


def test_no_cell_of_a_hostile_sweep_is_a_formula_or_a_link(tmp_path: Path) -> None:
    path = written(hostile_sweep(), tmp_path)
    opened = openpyxl.load_workbook(path)
    for sheet in opened.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
    parts = zipfile.ZipFile(path)
    assert not [name for name in parts.namelist() if "externalLink" in name or "vba" in name]
    assert not [n for n in parts.namelist() if n.endswith(".rels") and b'TargetMode="External"' in parts.read(n)]
    assert not re.search(rb"<f>|<f ", b"".join(parts.read(n) for n in parts.namelist() if "/sheet" in n))
    shown = {str(row["Surname"]): row for row in rows_of(opened["PEPs"])}
    for number, text in enumerate(HOSTILE):
        row = shown[f"Canary{number:02d}"]
        assert (row["Forename"] or "") == one_line(text)[:CELL_LIMIT]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec=None), max_size=60))
def test_any_text_at_all_is_written_and_read_back_as_text(text: str, tmp_path: Path) -> None:
    of = pep("d1_controls_2_belhadj")
    bad = finding("rest", "any", "Any", Met.NOT_MET, Grade.RED, reasons=(text,))
    judged = judge(of).model_copy(update={"criteria": (bad,)})
    made = sweep(graded(of).model_copy(update={"judgement": judged}))
    (row,) = rows_of(openpyxl.load_workbook(written(made, tmp_path))["Findings"])
    assert (row["Reasons"] or "") == plain(text)
    page.render(made).encode("utf-8")


def test_an_empty_sweep_is_still_a_workbook_a_page_and_json(tmp_path: Path) -> None:
    empty = sweep()
    assert openpyxl.load_workbook(written(empty, tmp_path)).sheetnames == SHEETS
    assert "0 files were in the folder" in page.render(empty)
    assert sweep_json.sweep_object(empty)["themes"] == []


# Page


def blocks(html: str) -> dict[str, object]:
    found = re.findall(r'<script type="application/json" id="(\w+)">(.*?)</script>', html, re.DOTALL)
    return {name: json.loads(text) for name, text in found}


def test_the_page_lets_nothing_load_and_only_its_own_script_run(whole_term: Sweep) -> None:
    html = page.render(whole_term)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    assert "default-src &#39;none&#39;" in policy
    for name, rule in (("style", "style-src"), ("script", "script-src")):
        (text,) = re.findall(rf"<{name}>(.*?)</{name}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{rule} &#39;sha256-{digest.replace('+', '&#43;')}&#39;" in policy.replace("+", "&#43;")
    assert "unsafe" not in policy
    assert not re.findall(r"""(?:src|href|action)\s*=\s*["'](?!#|data:,)""", html)
    assert not re.search(r"url\(|@import|fetch\(|innerHTML|\bstyle=", html)


def test_hostile_text_cannot_leave_its_place_in_the_page() -> None:
    html = page.render(hostile_sweep())
    assert html.count("<script") == html.count("</script>") == 3
    assert "<img" not in html
    assert "<!--" not in html
    assert "{{ 7*7 }}" in html.replace("&#39;", "'")
    details = blocks(html)["details"]
    assert isinstance(details, dict)
    for text in HOSTILE:
        assert plain(text) in details["strings"]


def test_the_page_holds_every_pep_and_every_quotation(whole_term: Sweep) -> None:
    html = page.render(whole_term)
    made = blocks(html)
    index, details = made["index"], made["details"]
    assert isinstance(index, dict)
    assert isinstance(details, dict)
    listed = [entry for entry in listing.entries(whole_term) if entry.pep]
    assert [row["id"] for row in index["rows"]] == [line.id for line in overview(whole_term).peps]
    assert html.count('<tr id="pep-') == len(details["peps"]) == len(listed) == 24
    strings = set(details["strings"])
    quotes = [q.text for e in listed for f in e.findings for q in f.evidence if q.text]
    assert quotes
    assert all(plain(text) in strings for text in quotes)


def test_the_page_is_the_same_each_time(whole_term: Sweep) -> None:
    assert page.render(whole_term) == page.render(term())


def test_a_slip_in_the_template_is_told_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "sweep"
    folder.mkdir()
    for name in ("page.css", "page.js"):
        (folder / name).write_text("", encoding="utf-8")
    (folder / "page.html").write_text("<h1>\n{% if %}</h1>", encoding="utf-8")
    monkeypatch.setattr(page, "data_folder", lambda _: tmp_path)
    with pytest.raises(PackError, match=r"page\.html:2:1"):
        page.render(sweep())
    (folder / "page.html").write_text("<h1>{{ pepz }}</h1>", encoding="utf-8")
    with pytest.raises(PackError, match="pepz"):
        page.render(sweep())
