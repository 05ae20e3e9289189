"""The annual report: what it prints is what was counted, in an outline that can be read, and never more than may be published."""

import csv
import dataclasses
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pdfua
import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from docx import Document
from docx.oxml.ns import qn
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image

from conftest import FIXTURES, extraction_of, truth_files
from docx_accessible import faults
from vsdocs.cli.report import command
from vsdocs.cli.swept_plans import _swept as swept_plans
from vsdocs.cohort import columns, folder, kpis, rows, sheet, swept
from vsdocs.cohort.child import Child
from vsdocs.cohort.figure import Kpi, Told
from vsdocs.cohort.suppress import SMALL, is_safe, is_small
from vsdocs.cohort.year import GROUPS, Cohort
from vsdocs.dates import in_words
from vsdocs.errors import PackError, RefusedError
from vsdocs.generate import charts
from vsdocs.generate.charts.colours import GRADES, palette
from vsdocs.generate.report import annual, blocks, counts, gaps, names, narrative, parts, said, specials, wording, young
from vsdocs.generate.report.figures import FAMILIES, Figures, Shown
from vsdocs.generate.report.wording import Chart, Wording, Years
from vsdocs.judgement import Grade
from vsdocs.moderation import Given, Moderation
from vsdocs.outcome import OutcomeKind, Settled
from vsdocs.record import Extraction
from vsdocs.settings import LEAST_CONTRAST, Authority, Look, Settings, data_folder, luminance
from vsdocs.store import Store

TODAY = date(2026, 11, 22)
YEAR = "2025-26"
YEARS = ["2021-22", "2022-23", "2023-24", "2024-25", YEAR]
COHORT = FIXTURES / "cohort"
SETTINGS = Settings()
WORDING = Wording(SETTINGS)


def roll() -> list[Child]:
    found = columns.understood(sheet.read(COHORT / "roll.csv"), Child, columns.load("roll", Child), TODAY)
    return [child for _, child in found.rows]


def figures_of(children: list[Child], tables: folder.Tables, small: int | None = None) -> Figures:
    cohorts = {year: Cohort.of(year, children, tables, TODAY) for year in YEARS}
    return Figures(cohorts, YEAR, WORDING.words, small)


@pytest.fixture(scope="module")
def tables() -> folder.Tables:
    return folder.read(COHORT, [child.reference for child in roll()], TODAY)


@pytest.fixture(scope="module")
def figures(tables: folder.Tables) -> Figures:
    return figures_of(roll(), tables)


@pytest.fixture(scope="module")
def hidden(tables: folder.Tables) -> Figures:
    return figures_of(roll(), tables, SMALL)


@pytest.fixture(scope="module")
def report(figures: Figures) -> annual.Report:
    return annual.make(figures, WORDING, {}, SETTINGS, TODAY, pdf=True)


@pytest.fixture(scope="module")
def published(hidden: Figures) -> annual.Report:
    return annual.make(hidden, WORDING, {}, SETTINGS, TODAY)


def tables_in(docx: bytes) -> Iterator[list[list[str]]]:
    for table in Document(io.BytesIO(docx)).element.body.iter(qn("w:tbl")):
        yield [
            ["".join("\n" if t.tag == qn("w:br") else t.text or "" for t in cell.iter(qn("w:t"), qn("w:br")))
             for cell in row.iter(qn("w:tc"))]
            for row in table.iter(qn("w:tr"))
        ]  # fmt: skip


def words_of(docx: bytes) -> str:
    """All that a file says to anybody, read aloud or seen."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
    said = re.findall(
        r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(?:descr|tblCaption w:val|tblDescription w:val)=\"([^\"]*)\"|(<w:(?:br|p)[ />])",
        "".join(parts),
    )
    text = "".join("\n" if br else text or f"\n{alt}\n" for text, alt, br in said)
    return text.replace("Page 1 of 1", "")


# ---------------------------------------------------------------------------------------------------------------- figures


def number(words: str) -> float:
    return float(re.sub(r"[%£,+]", "", words.replace("\u2212", "-")))


def test_each_figure_that_is_printed_is_the_one_that_was_counted(
    report: annual.Report, tables: folder.Tables, figures: Figures
) -> None:
    titles = {kpi.title: kpi for kpi in figures.kpis.values()}
    cohorts = {year: Cohort.of(year, roll(), tables, TODAY) for year in YEARS}
    checked = set()
    for table in tables_in(report.made.docx):
        if table[0][0] != "Measure" or not set(table[0]) & set(YEARS):
            continue
        for row in table[1:]:
            for year, cell in zip(table[0], row, strict=True):
                if year in YEARS:
                    _is_right(cell, titles[row[0]], cohorts[year])
                    checked.add((row[0], year))
    assert len({title for title, _ in checked}) > 45
    assert len(checked) > 225


def _is_right(cell: str, kpi: Kpi, cohort: Cohort) -> None:
    figure = kpis.counted(kpi, cohort)
    if figure.value is None:
        assert cell == "no data"
        return
    value, *rest = cell.split("\n")
    places = 2 if "rogress" in kpi.title else 0 if kpi.unit in ("count", "£") else 1
    assert number(value) == pytest.approx(figure.value, abs=0.5 * 10**-places + 1e-9)
    if rest and " of " in rest[0]:
        part, whole = map(int, rest[0].split()[:3:2])
        assert (part, whole) == (figure.numerator, figure.denominator)
    elif rest:
        assert int(rest[0].split()[0]) == figure.denominator
    assert ("small cohort" in cell) == (figure.is_small and kpi.unit in ("%", "mean"))


def test_every_percentage_stands_with_its_number_of_children(report: annual.Report) -> None:
    for table in tables_in(report.made.docx):
        for row in table[1:]:
            for head, cell in zip(table[0], row, strict=True):
                if "%" in cell and head not in (
                    "Published",
                    "Value",
                    "Part of the roll",
                    "How it is counted",
                    "Series and source",
                ):
                    assert re.search(r"\n\d+( of \d+)?", cell), (row[0], cell)


def test_a_sentence_says_above_below_or_in_line_and_within_how_much(figures: Figures) -> None:
    lines = {kpi: said.sentence(figures, kpi) for kpi in kpis.all_kpis()}
    assert (
        "37.0 points below the published figure of 37.0% (in care 12 months or more, England, 2018-19)"
        in lines["ks2_rwm"]
    )
    assert "The years differ" in lines["ks2_rwm"]
    assert "within what one child is worth here" in lines["severe_absence"]
    assert (
        "33.7% (64 of 190 children). That is 7.3 points lower than in 2024-25 (41.0%). Of those in care 12 months or more: 34.7%"
        " (51 of 147 children). It is 15.6 points above the published figure" in lines["persistent_absence"]
    )
    assert "small cohort: one child is worth 11 points" in lines["phonics"]
    assert "Not counted: 10 (in care for less than twelve months on 31 March)" in lines["phonics"]
    assert not [line for line in lines.values() if re.search(r"because|thanks to|worse|improve|success", line)]


def test_a_published_figure_of_another_series_or_group_is_not_mixed_in(figures: Figures) -> None:
    beside = figures.beside("persistent_absence")
    assert beside is not None
    assert (beside.academic_year, beside.series) == ("2021-22", "England, with special schools and PRUs")
    assert figures.beside("ks2_reading") is None  # of all pupils only
    assert figures.beside_by_year("persistent_absence") == [19.1, None, None, None, None]


def with_published(figures: Figures, *given: dict[str, Any], small: int | None = None) -> Figures:
    own = tuple(
        rows.Comparator(source="X", **{"own": True, "group": "in care 12 months or more", **one}) for one in given
    )
    ours = figures.cohort.tables.of(rows.Comparator)
    return figures_of(roll(), folder.Tables({**figures.cohort.tables.rows, "comparators": (*ours, *own)}), small)


def test_the_published_figure_is_of_the_same_children_where_there_is_one(figures: Figures) -> None:
    ehcp = figures.beside("ehcp")
    assert ehcp is not None
    assert (ehcp.value, ehcp.academic_year, ehcp.group) == (29.07, "2023-24", "in care on 31 March")
    assert "may be of other children" in said.short(figures, "sen_support")
    assert "may be of other children" not in said.short(figures, "ehcp")
    like = figures.like("persistent_absence").figure
    assert {told.reference for told in like.told} <= figures.cohort.reportable
    assert "(51 of 147 children)" in said.short(figures, "persistent_absence")


def test_the_councils_own_published_figure_comes_before_ours_everywhere(figures: Figures) -> None:
    own = with_published(
        figures,
        {"measure": "ehcp", "academic_year": "2018-19", "value": 31.0},
        {"measure": "attainment_8", "academic_year": "2020-21", "value": 20.0},
        {"measure": "attainment_8", "academic_year": "2020-21", "group": "all pupils", "value": 50.0},
    )
    assert own.beside("ehcp") == own.cohort.tables.of(rows.Comparator)[-3]
    assert "published figure of 31.0%" in said.short(own, "ehcp")
    assert {one.value for one in own.published("attainment_8") if one.group == "in care 12 months or more"} == {20.0}
    assert {name: one.value for name, one in own.of_one_year("attainment_8").items()} == {
        "in care 12 months or more": 20.0, "all pupils": 50.0,
    }  # fmt: skip


def test_a_row_beside_others_is_of_one_year(figures: Figures) -> None:
    for kpi in kpis.all_kpis():
        assert len({one.academic_year for one in figures.of_one_year(kpi).values()}) <= 1, kpi
    assert {name: one.value for name, one in figures.of_one_year("ks2_rwm").items()} == {
        "in care 12 months or more": 37, "all pupils": 65, "children in need": 35,
    }  # fmt: skip


def test_what_the_plan_puts_first_is_in_the_annual_report_and_noise_is_not(figures: Figures) -> None:
    told = [block.text for block in specials.pointers(figures) if isinstance(block, blocks.Text)]
    for gap in [gap for gap in gaps.gaps(figures) if not gap.is_small][:4]:
        assert any(line.startswith(gap.kpi.title) for line in told), gap.kpi.id
    assert not [line for line in told if "small cohort" in line]
    assert not any(line.startswith("Early years") for line in told)  # 5 of 10 against 2 of 7
    assert not figures.has_moved(figures.shown("gld"), figures.shown("gld", "2024-25"))
    assert figures.has_moved(figures.shown("pep_each_term"), figures.shown("pep_each_term", "2024-25"))


def test_what_must_be_known_beside_a_figure_is_said(figures: Figures) -> None:
    assert "these are taken: Autumn 2025, 01/09/2025 to 31/12/2025" in figures.notes(["pep_each_term"])
    assert "As the roll has it on 22 November 2026" in figures.notes(["ehcp"])
    assert "no single-word judgement since September 2024" in figures.notes(["good_school"])
    assert "nobody of Year 13" in figures.notes(["roll"])
    assert "Progress 8 for 2024-25 and 2025-26" in figures.notes(["progress_8"], YEARS)
    assert said.sentence(figures, "progress_8").startswith("Key Stage 4: Progress 8: no data for 2025-26. The DfE made")
    assert figures.notes(["attendance"], YEARS) == ""


# ----------------------------------------------------------------------------------------------------------- the document


def test_the_word_file_and_the_pdf_have_no_accessibility_faults(report: annual.Report, tmp_path: Path) -> None:
    assert faults(report.made.docx) == []
    assert report.made.pdf is not None
    path = tmp_path / "report.pdf"
    path.write_bytes(report.made.pdf)
    checked = pdfua.validate(str(path))
    assert [str(one) for one in (*checked.findings, *checked.skipped)] == []


def test_the_contents_name_each_section_and_its_page(report: annual.Report) -> None:
    document = Document(io.BytesIO(report.made.docx))
    styles = [(p.style.name, "".join(t.text or "" for t in p._p.iter(qn("w:t")))) for p in document.paragraphs]  # type: ignore[union-attr]
    headings = [text for style, text in styles if style in ("Heading 1", "Heading 2")]
    entries = [text for style, text in styles if (style or "").startswith("toc")]
    listed = [(heading, entry.removeprefix(heading)) for heading, entry in zip(headings, entries, strict=True)]
    assert report.made.pdf is not None
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(report.made.pdf)]
    for heading, number_ in listed:
        assert heading in re.sub(r"\s+", " ", pages[int(number_) - 1].replace("\ufffe", "-"))


def test_in_the_pdf_the_contents_and_the_outline_lead_to_each_section(report: annual.Report) -> None:
    assert report.made.pdf is not None
    opened = pikepdf.open(io.BytesIO(report.made.pdf))
    numbers = {page.objgen: number_ for number_, page in enumerate(opened.pages, 1)}
    links = [link for page in opened.pages for link in page.get("/Annots", [])]  # type: ignore[union-attr]
    outline = [(one.title, numbers[one.destination[0].objgen]) for one in every_bookmark(opened)]
    assert [f"{title}, page {page}" for title, page in outline] == [str(link.Contents) for link in links]
    assert [page for _, page in outline] == [numbers[link.Dest[0].objgen] for link in links]
    assert len(outline) > 25
    nums = list(opened.Root.StructTreeRoot.ParentTree.Nums)  # type: ignore[call-overload]
    elements = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
    for link in links:
        element = elements[int(link.StructParent)]
        assert [str(e.S) for e in (element, element.P, element.P.P, element.P.P.P)] == ["/Link", "/Reference", "/TOCI", "/TOC"]  # fmt: skip
        assert [kid.Obj.objgen for kid in element.K if kid.get("/Type") == "/OBJR"] == [link.objgen]


def every_bookmark(opened: pikepdf.Pdf) -> Iterator[pikepdf.OutlineItem]:
    with opened.open_outline() as outline:
        for one in outline.root:
            yield from (one, *one.children)


def test_words_field_of_the_contents_is_whole(report: annual.Report) -> None:
    """So that F9 in Word counts anew: one field, from the first entry to the last, of the headings of two levels."""
    body = Document(io.BytesIO(report.made.docx)).element.body
    entries = [p for p in body.iter(qn("w:p")) if p.style and p.style.upper().startswith("TOC")]
    assert [c.get(qn("w:fldCharType")) for c in body.iter(qn("w:fldChar"))] == ["begin", "separate", "end"]
    assert next(entries[0].iter(qn("w:instrText"))).text == r' TOC \o "1-2" \h \z '
    assert list(entries[-1].iter(qn("w:fldChar")))
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} <= marks


def test_a_note_stays_with_the_table_that_it_explains(published: annual.Report) -> None:
    body = Document(io.BytesIO(published.made.docx)).element.body
    notes = [p for p in body.iter(qn("w:p")) if p.style == "Note" and p.getprevious().tag == qn("w:tbl")]
    assert len(notes) > 15
    for note in notes:
        last = note.getprevious().findall(qn("w:tr"))[-1]
        assert all(p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for p in last.iter(qn("w:p")))
    hiding = [table for table in tables_in(published.made.docx) if any("c" in row for row in table)]
    assert len(hiding) == sum("".join(note.itertext()).startswith("c: hidden") for note in notes)


def test_one_is_one_child_and_fewer_are_counted(report: annual.Report) -> None:
    text = words_of(report.made.docx)
    assert re.findall(r"(?<![\d.,])1 (?:children|plans|young people|PEPs|schools)\b", text) == []
    assert "Children on the roll: 193. That is 26 fewer than in 2024-25 (219)." in text
    assert "what one young person is worth here" in text
    assert re.findall(r"\b(\w+): (?:Not )?\1\b", text, re.IGNORECASE) == []  # 'Unaccompanied: Unaccompanied'


def test_no_line_of_a_chart_leads_over_a_year_that_is_not_shown() -> None:
    def strokes(*values: float | None) -> int:
        one = charts.Series("One", values, ("c",) * len(values))
        drawn = charts.lines(palette("#1F3A5F"), ["a", "b", "c"], [one], charts.Scale())
        return sum(getattr(part, "strokeWidth", 0) == 1.8 for part in drawn.contents)

    assert strokes(1.0, 2.0, 3.0) - strokes(1.0, None, 3.0) == 2


def test_001s_outline_and_002s_parts_are_all_there(report: annual.Report) -> None:
    words = words_of(report.made.docx).casefold()
    for part in (
        "purpose", "recommendations", "sign-off", "executive summary", "context", "staffing", "ethnicity: ", "send: ", "gender: ",
        "first language: ", "unaccompanied: ", "admissions", "ofsted", "placement changes", "attendance", "exclusions",
        "alternative provision", "residential", "opportunities", "live away", "agencies", "case studies", "personal education plans",
        "sign-off", "gold", "pupil premium plus", "previously looked-after", "care leavers", "retakes", "leadership", "priorities",
        "strengths and concerns", "reasons", "actions taken", "impact", "early years pupil premium", "year group: ", "age into care: ", "placement: foster care",
    ):  # fmt: skip
        assert part in words, part


def test_captions_are_numbered_in_order_and_charts_have_words(report: annual.Report) -> None:
    document = Document(io.BytesIO(report.made.docx))
    captions = [
        "".join(t.text or "" for t in p._p.iter(qn("w:t"))) for p in document.paragraphs if p.style.name == "Caption"
    ]  # type: ignore[union-attr]
    for kind in ("Table", "Figure"):
        numbers = [int(c.split()[1].rstrip(":")) for c in captions if c.startswith(kind)]
        assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 12
    for shape in document.inline_shapes:
        assert len(shape._inline.docPr.get("descr")) > 40


def test_charts_are_drawings_in_the_pdf_and_pictures_in_word(report: annual.Report) -> None:
    assert report.made.pdf is not None
    raster = [o for page in pypdfium2.PdfDocument(report.made.pdf) for o in page.get_objects() if o.type == 3]
    assert raster == []
    with zipfile.ZipFile(io.BytesIO(report.made.docx)) as archive:
        assert len([name for name in archive.namelist() if name.endswith(".png")]) > 12


def test_the_same_figures_make_the_same_bytes(figures: Figures) -> None:
    first, again = (young.make(figures, WORDING, SETTINGS, TODAY, pdf=True) for _ in range(2))
    assert first == again
    block = next(
        parts.chart(figures, Chart(kind="bars", kpis=("attendance",), caption="Attendance"), palette("#1F3A5F"))
    )
    assert isinstance(block, blocks.Chart)
    assert charts.picture(block.drawing) == charts.picture(block.drawing)


@given(st.integers(0, 0xFFFFFF))
@settings(max_examples=200)
def test_the_steps_of_any_councils_colour_are_told_apart_without_colours(number_: int) -> None:
    colour = f"#{number_:06X}"
    assume(luminance(colour) <= 1.05 / LEAST_CONTRAST - 0.05)
    bars = [luminance(one) + 0.05 for one in palette(colour).bars]
    assert all(lighter / darker > 1.7 for darker, lighter in pairwise(bars))
    assert all(1.05 / (luminance(one) + 0.05) > 3 for one in palette(colour).lines)
    assert palette(colour).bars[0] == palette(colour).lines[0] == colour


def test_charts_take_the_councils_colour_and_the_four_grades_keep_theirs(figures: Figures) -> None:
    def colours(kind: str, *names: str) -> set[str]:
        [block] = parts.chart(
            figures, Chart.model_validate({"kind": kind, "kpis": names, "caption": "C"}), palette("#6A1B4D")
        )
        assert isinstance(block, blocks.Chart)
        fills = {getattr(one, "fillColor", None) for one in block.drawing.contents}
        return {one.hexval().removeprefix("0x").upper() for one in fills if one is not None}

    assert "6A1B4D" in colours("bars", "attendance")
    grades = colours("shares", "pep_gold", "pep_green", "pep_amber", "pep_red")
    assert {colour.removeprefix("#") for _, colour, _ in GRADES.values()} <= grades
    assert "6A1B4D" not in grades


def test_whether_the_account_balances_is_said(figures: Figures, report: annual.Report) -> None:
    income, spending = (figures.figure(name).value or 0 for name in ("pp_plus_income", "pp_plus_spending"))
    assert income > spending
    assert f"£{income - spending:,.0f} of the income is not in the spending" in words_of(report.made.docx)


# ------------------------------------------------------------------------------------------------------ what people write


def test_words_and_figures_are_merged_in_any_order(tmp_path: Path) -> None:
    figures = figures_of(roll(), folder.Tables({}))
    words, outline = WORDING.words, WORDING.outline
    made = narrative.files(outline, words, YEAR, "2026-27")
    assert "attendance.md" in made
    for name, prompts in made.items():
        (tmp_path / name).write_text(prompts, encoding="utf-8")
    assert not any(w.places for w in narrative.read(tmp_path, outline, words).values())  # prompts are nobody's words
    path = tmp_path / "attendance.md"
    hostile = "A <b>tag</b>, {{ 7*7 }}, =1+1 & \\n {year}"
    text = path.read_text(encoding="utf-8").replace(
        words.place.format(prompt=outline.places[1].prompt),
        f"Illness, **mostly**.\n{hostile}\n\n- one\n- two\n\n1. first\n2. second\n\n### Deeper\n\nMore.",
    )
    path.write_text(text + "\n## A heading of our own\n\nOurs.\n", encoding="utf-8")
    written = narrative.read(tmp_path, outline, words)
    report = annual.make(figures, WORDING, written, SETTINGS, TODAY)
    assert faults(report.made.docx) == []
    paragraphs = [(p.style.name, p.text) for p in Document(io.BytesIO(report.made.docx)).paragraphs]  # type: ignore[union-attr]
    at = paragraphs.index(("Place 3", "Reasons"), [text for _, text in paragraphs].index("6.3 Attendance"))
    assert paragraphs[at + 1] == ("Normal", f"Illness, mostly. {hostile}")
    assert [style for style, _ in paragraphs[at + 2 : at + 7]] == ["List Bullet"] * 2 + ["List Number"] * 2 + [
        "Place 4"
    ]
    assert ("Place 3", "A heading of our own") in paragraphs
    assert "attendance: Reasons" not in report.unwritten
    assert "attendance: Impact" in report.unwritten


def test_a_file_of_no_section_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "atendance.md").write_text("Words", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("Words", encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        narrative.read(tmp_path, WORDING.outline, WORDING.words)
    assert refused.value.message.splitlines() == [
        "atendance.md: there is no section 'atendance' (did you mean 'attendance'?)",
        "notes.txt: only files that end in .md are read",
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("| Term | Absence |", "attendance.md: line 3: a table"),
        ("See ![a chart](chart.png)", "attendance.md: line 3: a picture"),
        ("```", "attendance.md: line 3: code"),
    ],
)
def test_what_a_report_has_not_is_told_by_its_line_and_a_link_is_words_and_address(
    tmp_path: Path, line: str, says: str
) -> None:
    path = tmp_path / "attendance.md"
    path.write_text(f"# Attendance\n\n{line}\n", encoding="utf-8")
    with pytest.raises(RefusedError, match=re.escape(says)):
        narrative.read(tmp_path, WORDING.outline, WORDING.words)
    path.write_text("By [our plan](https://example.org/plan) [sic] (2025) and [a|b](x y)\n", encoding="utf-8")
    [told] = narrative.read(tmp_path, WORDING.outline, WORDING.words)["attendance"].first
    assert told == blocks.Text("By our plan (https://example.org/plan) [sic] (2025) and a|b (x)", rich=True)


def test_a_slip_in_the_wording_is_told_by_its_line(tmp_path: Path) -> None:
    shutil.copytree(data_folder("templates") / "report", tmp_path / "report")
    path = tmp_path / "report" / "annual.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[gld, phonics], caption", "[gld, phonix], caption"), encoding="utf-8")  # fmt: skip
    own = Settings.model_validate({"look": {"templates": tmp_path}})
    with pytest.raises(
        PackError, match=r"annual.yaml:\d+:\d+: there is no figure 'phonix' \(did you mean 'phonics'\?\)"
    ):
        Wording(own).outline  # noqa: B018
    path = tmp_path / "report" / "words.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{worth} points", "{wort} points"), encoding="utf-8")
    with pytest.raises(PackError, match=r"words.yaml:\d+:\d+: \{wort\} is not a slot here \(did you mean 'worth'\?\)"):
        Wording(own).words  # noqa: B018
    path.write_text(path.read_text(encoding="utf-8").replace("kpi: attendance,", "kpi: atendance,"), encoding="utf-8")
    with pytest.raises(PackError, match=r"there is no figure 'atendance' \(did you mean 'attendance'\?\)"):
        Wording(own).words  # noqa: B018


@pytest.mark.parametrize(
    ("name", "right", "wrong", "slip"),
    [
        ("annual", "virtual school head, {year}", "virtual school head, {titel}", r"annual.yaml:\d+:\d+: \{titel\} is not a slot here"),
        ("annual", "Priorities for {next_year}", "Priorities for {nextyear}", r"\{nextyear\} is not a slot here \(did you mean 'next_year'"),
        ("annual", "support the priorities for {next_year}", "support {", r"annual.yaml:\d+:\d+: a brace"),
        ("annual", "kind: lines", "kind: line", r"annual.yaml:\d+:\d+: "),
        ("annual", "special: facts", "special: fact", r"annual.yaml:\d+:\d+: there is no special part 'fact' \(did you mean 'facts'"),
        ("annual", "special: ofsted, caption", "special: ofstead, caption", r"annual.yaml:\d+:\d+: "),
        ("annual", ", group: area, caption", ", caption", "give group"),
        ("annual", "{kind: across, group: year_group,", "{kind: across,", "give one of them"),
        ("annual", "kind: shares, kpis: [pep_gold,", "kind: shares, kpis: [ehcp,", "the four grades"),
        ("annual", "kind: bars, kpis: [roll]", "kind: bars, kpis: []", "give kpis"),
        ("annual", "under: virtual-school", "under: cohort", "no section of the first level is called 'cohort'"),
        ("words", "{margin} points, about", "{margn} points, about", r"words.yaml:\d+:\d+: \{margn\} is not a slot here"),
        ("words", '  half: "half a point"\n', "", "'half' is missing here"),
        ("words", "fewer than {small} children", "fewer than {smal} children", r"\{smal\} is not a slot here"),
        ("words", "  send: SEND\n", "", "'send' is missing here"),
        ("words", "none: [gld,", "none: [gdl,", "there is no figure 'gdl'"),
        ("audiences", "roll, ehcp, attendance", "roll, echp, attendance", r"audiences.yaml:\d+:\d+: there is no figure 'echp'"),
        ("audiences", "annually: [gld,", "annually: [", "how often 'gld' changes is not said"),
        ("young", "{value} of us ({of}) go to a school outside", "{vaule} of us go to a school outside", r"young.yaml:\d+:\d+: \{vaule\}"),
    ],
)  # fmt: skip
def test_a_councils_slip_is_told_before_anything_is_written(
    tmp_path: Path, name: str, right: str, wrong: str, slip: str
) -> None:
    shutil.copytree(data_folder("templates") / "report", tmp_path / "report")
    path = tmp_path / "report" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    own = Settings.model_validate({"look": {"templates": tmp_path}})
    with pytest.raises(PackError, match=slip):
        getattr(Wording(own), "outline" if name == "annual" else name)


def test_each_special_part_that_may_be_named_is_made() -> None:
    assert set(wording.SPECIALS) == {*specials.SPECIALS, "places"}


# ------------------------------------------------------------------------------------------------------------- publishing


def test_no_small_number_is_told_anywhere_in_the_publishable_edition(published: annual.Report) -> None:
    text = words_of(published.made.docx)
    told = [(int(part), int(of)) for part, of in re.findall(r"\b(\d+) of (\d+)\b", text)]
    assert len(told) > 50
    assert [one for one in told if any(0 < n < SMALL for n in (one[0], one[1], one[1] - one[0]))] == []
    assert re.findall(r"\b[1-5] (?:children|child|plans|young people)\b", text) == []
    assert "Not counted" not in text
    assert "[To write" not in text
    assert faults(published.made.docx) == []


def test_the_publishable_edition_names_no_child_and_holds_no_row_of_one(published: annual.Report) -> None:
    with zipfile.ZipFile(io.BytesIO(published.made.docx)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist() if not name.endswith(".png")).decode()
    words = set(re.findall(r"[A-Za-z]+\d*", everything))
    text = words_of(published.made.docx)
    for child in roll():
        assert child.surname not in words
        assert not re.search(rf"\b{child.reference}\b", text)
        assert child.upn not in everything
    assert not re.search(r"\.(xlsx|csv|bin)\b", everything)


@pytest.mark.parametrize("words", ["Jude Quill0", "QUILL0, Jude", "J991200020000", "we saw Júde Quill0's plan"])
def test_what_people_write_may_not_name_a_child_in_what_is_published(hidden: Figures, words: str) -> None:
    written = {"attendance": narrative.Written(places={"reasons": (blocks.Text(f"Thanks to {words} for this."),)})}
    with pytest.raises(RefusedError, match=r"A child of the roll is named below: .* Attendance, Reasons") as refused:
        annual.make(hidden, WORDING, written, SETTINGS, TODAY)
    assert "Quill" not in refused.value.message


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Jude Q at Ashbrook Academy", "A child of the roll is named below: 5.3 Attendance, Reasons."),
        ("Jude Q.", "A child of the roll is named below: 5.3 Attendance, Reasons."),
        ("A girl, born 27/11/2010, did well", "A birth date stands below: 5.3 Attendance, Reasons."),
        ("She turned ten on {born}.", "A birth date stands below: 5.3 Attendance, Reasons."),
    ],
)
def test_nor_by_an_initial_or_a_birth_date(hidden: Figures, words: str, why: str) -> None:
    born = in_words(date.fromisoformat(roll()[0].date_of_birth))
    written = {"attendance": narrative.Written(places={"reasons": (blocks.Text(words.format(born=born), rich=True),)})}
    with pytest.raises(RefusedError) as refused:
        annual.make(hidden, WORDING, written, SETTINGS, TODAY)
    assert refused.value.message == why


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Jude learnt to read.", [names.FORENAME]),
        ("The head of {school} told us.", [names.SCHOOL]),
        ("An unaccompanied girl in Year 10 passed.", [names.ONE_CHILD]),
        ("We met on 3 March 2026. Children in Year 10 read more.", []),
    ],
)
def test_what_may_tell_who_a_child_is_is_to_be_read_again(words: str, why: list[str]) -> None:
    child = roll()[0].model_copy(update={"school": "Ashbrook Academy"})
    known = names.Known.of([child], ["Ashbrook Academy"])
    headed = [blocks.Heading(1, "Cohort"), blocks.Text(words.format(school="Ashbrook Academy"), rich=True)]
    names.refuse(headed, known)
    assert names.to_read_again(headed, known) == [f"Cohort: {', '.join(why)}"] * bool(why)


def test_sections_without_figure_or_writing_and_empty_approvals_are_not_published(
    published: annual.Report, report: annual.Report, hidden: Figures
) -> None:
    text = words_of(published.made.docx)
    assert published.left_out == ("Context", "Leadership")
    assert report.left_out == ()
    assert "3 The virtual school" in text  # and the numbers close up
    assert "approved by the following" not in text
    assert "Sign-off" not in text
    assert "approved by the following" in words_of(report.made.docx)
    written = {
        "cover-report": narrative.Written(places={"sign-off": (blocks.Text("Finance: J. Sum, 8 December 2026"),)}),
        "context": narrative.Written(places={"national": (blocks.Text("New guidance."),)}),
    }
    made = annual.make(hidden, WORDING, written, SETTINGS, TODAY)
    assert made.left_out == ("Leadership",)
    text = words_of(made.made.docx)
    assert "approved by the following people.\n\nFinance: J. Sum" in re.sub(r"\n+", "\n\n", text)
    assert "cover-report: Sign-off" not in made.unwritten
    assert "cover-report: Sign-off" in report.unwritten


def test_no_hidden_part_can_be_worked_out_by_taking_the_others_from_the_whole(hidden: Figures) -> None:
    """As `test_suppress.py` proves it of a table, for each table that the report may show."""
    assert hidden.small is not None
    tables = 0
    for kpi in [k for k in kpis.all_kpis().values() if k.of_children]:
        whole = hidden.shown(kpi.id)
        for group in GROUPS:
            parts = hidden.parts(kpi.id, group)
            assert not parts or sum(one.figure.denominator for _, one in parts) == whole.figure.denominator
            assert not parts or not whole.hidden
            assert all(one.hidden or not is_small(hidden.count(one.figure), SMALL) for _, one in parts)
            out = [hidden.count(one.figure) for _, one in parts if one.hidden]
            if whole.hidden or not out:
                continue
            tables += 1
            assert len(out) >= 2
            assert is_safe([[one] for one in out]), (kpi.id, group)
    assert tables > 40


def test_none_or_all_of_a_year_group_with_a_result_is_not_published(tables: folder.Tables) -> None:
    """If none of twelve reached the standard, whoever knows one of them knows their result; that none was suspended harms nobody."""
    took = {row.reference for row in tables.of(rows.Attainment) if (row.academic_year, row.stage) == (YEAR, "ks2")}

    def spoilt(reached: str) -> tuple[rows.Attainment, ...]:
        return tuple(
            row.model_copy(update={"reading": reached}) if (row.academic_year, row.stage) == (YEAR, "ks2") else row
            for row in tables.of(rows.Attainment)
        )

    of_nobody = tuple(row.model_copy(update={"reference": "nobody"}) for row in tables.of(rows.Suspension))
    assert len(took) > SMALL
    for reached in ("below", "expected"):
        figures = figures_of(
            roll(), folder.Tables({**tables.rows, "attainment": spoilt(reached), "suspensions": of_nobody}), SMALL
        )
        assert figures.figure("ks2_reading").value in (0.0, 100.0)
        assert figures.shown("ks2_reading").hidden
        assert figures.shown("ks2_rwm").value is None
        assert figures.shown("suspended").value == 0.0
        assert (
            said.sentence(figures, "ks2_reading") == "Key Stage 2: reading: not published (c), to protect the children."
        )
        assert not figures.parts("ks2_reading", "gender")


def test_a_chart_that_is_hidden_is_not_said_to_be_nought(tables: folder.Tables, hidden: Figures) -> None:
    [block] = parts.chart(
        hidden, Chart(kind="subjects", kpis=("ks1_reading", "ks1_rwm"), caption="Key Stage 1"), palette("#1F3A5F")
    )
    assert block == blocks.Text("Key Stage 1: not published (c), to protect the children.")
    of_nobody = tuple(row.model_copy(update={"reference": "nobody"}) for row in tables.of(rows.Suspension))
    nobody = figures_of(roll(), folder.Tables({**tables.rows, "suspensions": of_nobody}), SMALL)
    [block] = parts.chart(nobody, Chart(kind="bars", kpis=("suspended",), caption="Suspensions"), palette("#1F3A5F"))
    assert block == blocks.Text("Suspensions: nothing is drawn, since every value is 0.")


def test_lines_of_few_children_stand_together_without_their_names(tables: folder.Tables) -> None:
    def line(kind: str, heading: str, amount: float, children: int | None, impact: str | None = None) -> rows.Money:
        return rows.Money(
            financial_year="2025-26", kind=kind, heading=heading, amount=amount, children=children, impact=impact
        )

    account = (
        line("income", "Grant", 9000, 190), line("spending", "Taxi for a wheelchair user", 4100, 1, "She came each day"),
        line("spending", "Tutoring", 3000, 20, "They read"), line("spending", "Books", 900, 60), line("spending", "Staff", 1000, None),
    )  # fmt: skip
    events = tuple(
        rows.Event(
            academic_year=YEAR, kind="activity", title=title, people=people, sessions=1, outcome=f"{title} was good"
        )
        for title, people in (("Flying for one", 1), ("Choir", 30), ("Art for a few", 5))
    )
    changed = folder.Tables({**tables.rows, "pp_plus": account, "events": events})
    public = figures_of(roll(), changed, SMALL)
    table, note, balance, *told = counts.pp_plus(public)
    assert isinstance(table, blocks.Grid)
    assert table.rows[1:] == (
        ("Grant", "9,000", "", "190"), ("Books", "", "900", "60"), ("Staff", "", "1,000", ""),
        ("Others, of a few people each", "", "7,100", "21"), ("Total", "9,000", "9,000", ""),
    )  # fmt: skip
    assert "Income and spending balance" in getattr(balance, "text", "")
    assert told == []
    assert "stand together" in getattr(note, "text", "")
    table, note, *told = counts.activities(public)
    assert isinstance(table, blocks.Grid)
    assert table.rows[1:] == (("Choir", "30", "1"), ("Others, of a few people each", "6", "2"))
    assert [getattr(one, "text", "") for one in told] == ["Choir: Choir was good"]
    internal, *_ = counts.pp_plus(figures_of(roll(), changed))
    assert isinstance(internal, blocks.Grid)
    assert ("Taxi for a wheelchair user", "", "4,100", "1") in internal.rows


def test_grades_and_send_hide_two_of_a_whole_or_none(hidden: Figures) -> None:
    for year in YEARS:
        for family in FAMILIES:
            shown = [hidden.shown(kpi, year) for kpi in family]
            out = [one for one in shown if one.hidden]
            rest = shown[0].figure.denominator - sum(round(one.figure.numerator) for one in shown)
            assert len(out) != 1 or rest


def test_the_young_peoples_version_is_two_pages_and_hides_too(hidden: Figures, tmp_path: Path) -> None:
    made = young.make(hidden, WORDING, SETTINGS, TODAY, pdf=True)
    assert made.pdf is not None
    assert len(pypdfium2.PdfDocument(made.pdf)) == 2
    assert faults(made.docx) == []
    text = words_of(made.docx)
    assert "0%" not in re.findall(r"\b\d+%", text)
    [shape] = Document(io.BytesIO(made.docx)).inline_shapes
    assert (
        "Each row is ten people. 9 of every ten had a PEP in each term (170 of 199 children)."
        in shape._inline.docPr.get("descr")
    )
    assert not [1 for part, of in re.findall(r"\b(\d+) of (\d+)\b", text) if 0 < int(part) < SMALL or int(of) < SMALL]


class Everything(Figures):
    """Figures of which each may be shown."""

    def shown(self, kpi: str, year: str | None = None) -> Shown:
        figure = self.figure(kpi, year)
        told = tuple(Told(str(n), float(n < 96)) for n in range(100))
        return Shown(kpis.all_kpis()[kpi], dataclasses.replace(figure, told=told, has_data=True))


@pytest.mark.parametrize("much", [True, False])
def test_the_young_peoples_version_is_two_pages_with_all_figures_and_with_none(
    tables: folder.Tables, much: bool, tmp_path: Path
) -> None:
    cohorts = {
        year: Cohort.of(year, roll() if much else [], tables if much else folder.Tables({}), TODAY) for year in YEARS
    }
    figures = (Everything if much else Figures)(cohorts, YEAR, WORDING.words, SMALL)
    logo = tmp_path / "logo.png"
    Image.new("RGB", (700, 250), "navy").save(logo)  # as high as one may be
    authority = Authority(name="Brightwater and Weymouth Metropolitan Borough Council")
    named = SETTINGS.model_copy(update={"authority": authority, "look": Look(logo=logo)})
    made = young.make(figures, WORDING, named, TODAY, pdf=True)
    assert made.pdf is not None
    assert len(pypdfium2.PdfDocument(made.pdf)) == 2
    text = words_of(made.docx)
    assert ("Nearly all of us had a PEP in each term (96 of 100 children)." in text) == much
    assert ("coloured in" in text) == much
    assert not re.search(r"[{}]", text)


# -------------------------------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize("small", [None, SMALL])
@pytest.mark.parametrize("children", [0, 1])
def test_nobody_one_child_and_no_tables_make_a_report_without_a_nought_or_a_crash(
    children: int, small: int | None
) -> None:
    one = Child(reference="1", date_of_birth="2014-01-01", into_care="2020-01-01", send_status="ehcp")
    figures = figures_of([one][:children], folder.Tables({}), small)
    report = annual.make(figures, WORDING, {}, SETTINGS, TODAY)
    assert faults(report.made.docx) == []
    text = words_of(report.made.docx)
    assert "no data" in text or (small and not children)  # where there is nobody, nothing is left to publish
    assert "0.0%" not in text if not children else True
    if small is None:
        assert "Attendance: no data for 2025-26." in text
    else:  # what holds no figure is left out of what is published
        assert "Attendance" not in "".join(report.made and text.split("Annex A")[0])
        assert any(title.endswith("Attendance") for title in report.left_out)
    if children and small is None:
        assert "small cohort" in text
    if children and small:
        assert "not published (c), to protect the children" in text
        assert "1 of 1" not in text


def test_a_year_without_rows_is_no_data_beside_years_with_them(tables: folder.Tables) -> None:
    kept = tuple(r for r in tables.of(rows.Attainment) if r.academic_year != YEAR)
    figures = figures_of(roll(), folder.Tables({**tables.rows, "attainment": kept, "comparators": ()}))
    assert said.sentence(figures, "ks2_rwm") == "Key Stage 2: reading, writing and maths: no data for 2025-26."
    [table] = parts.years(figures, Years(kpis=("ks2_reading",), caption="Reading"))
    assert isinstance(table, blocks.Grid)
    assert table.rows[1][5:] == ("no data", "none known")
    assert "\n7 of 13" in table.rows[1][4]


def test_a_plan_that_was_swept_and_listed_counts_once() -> None:
    listed = [rows.Pep(reference="1", met="2026-03-02", signed_off="2026-03-20", grade="red"), rows.Pep(reference="2", met="2026-03-02")]  # fmt: skip
    graded = [rows.Pep(reference="1", met="2026-03-04", grade="gold"), rows.Pep(reference="1", met="2026-06-01"), rows.Pep(reference="2", met="2026-03-02")]  # fmt: skip
    both = swept.together(listed, graded)
    assert [(p.reference, p.met, p.signed_off, p.grade) for p in both] == [
        ("1", "2026-03-02", "2026-03-20", "gold"), ("2", "2026-03-02", None, None), ("1", "2026-06-01", None, None),
    ]  # fmt: skip


class Shelf:
    """As much of a store as tells which plans were swept."""

    def __init__(self, peps: dict[str, Extraction], given: dict[str, Grade]) -> None:
        self.peps, self.given = peps, given
        self.roll = self

    def settled(self) -> dict[str, str]:
        return {"c": "7"}

    def reports(self) -> list[tuple[Any, None]]:
        return [(SimpleNamespace(rubric="r"), None)]

    def moderations(self, rubric: str) -> list[Moderation]:
        return [
            Moderation(sha256=sha, rubric=rubric, reader="A", day="2026-01-01", given=Given(grade=grade), suggested=Given())
            for sha, grade in self.given.items()
        ]  # fmt: skip

    def files(self, run: Any) -> dict[str, Settled]:
        return {sha: Settled(f"{sha}.docx", sha, OutcomeKind.GRADED) for sha in self.peps}

    def loaded(self, run: Any, files: Any) -> Iterator[Any]:
        return ((file, self.peps[file.sha256], None) for file in files)


def test_swept_plans_count_with_the_grade_that_a_person_gave_and_no_other() -> None:
    peps = [extraction_of(path) for path in truth_files()[:3]]
    children = {}
    for reference, pep in zip("789", peps[:2], strict=False):
        about = pep.record.child
        children[reference] = Child(reference=reference, forename=about.forename, surname=about.surname,
                                    date_of_birth=about.date_of_birth or "2015-01-01", upn=about.upn)  # fmt: skip
    shelf = Shelf(dict(zip("abc", peps, strict=True)), {"a": Grade.GOLD})
    plans, unsure = swept_plans(shelf, children, TODAY)
    assert [(p.reference, p.met, p.grade) for p in plans] == [
        ("7", peps[0].record.meeting.date, "gold"), ("8", peps[1].record.meeting.date, None), ("7", peps[2].record.meeting.date, None),
    ]  # fmt: skip
    assert unsure == 0
    assert swept_plans(Shelf({"d": peps[2]}, {}), children, TODAY) == ([], 1)


# --------------------------------------------------------------------------------------------------------------- commands


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "store.sqlite"
    opened = Store(f"sqlite:///{path}")
    opened.roll.save(roll(), "2026-11-22")
    opened.close()
    return path


def run(store: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        command, [*arguments, "--data", str(COHORT), "--store", str(store), "--today", TODAY.isoformat()]
    )


def test_kpi_and_trace_tell_the_same(store: Path, figures: Figures) -> None:
    told = json.loads(run(store, "kpi", "--for", "slt", "--year", "2025/26", "--json").stdout)
    found = {line["figure"]: line for line in told}
    assert found["attendance"]["value"] == pytest.approx(figures.figure("attendance").value)
    assert {"ehcp", "gld", "ks1_reading", "ks2_rwm", "attainment_8", "english_maths_4", "attendance", "unauthorised",
            "suspended", "reduced_timetable"} <= set(found)  # fmt: skip
    traced = json.loads(run(store, "trace", "suspended", "--year", YEAR, "--json").stdout)
    assert len(traced["counted"]) == found["suspended"]["children"]
    assert sum(part == "yes" for _, part in traced["counted"]) == found["suspended"]["numerator"]
    with (COHORT / "suspensions.csv").open(encoding="utf-8-sig") as file:
        suspended = {r["Reference"] for r in csv.DictReader(file) if r["Type"] == "Suspension"}
    assert {reference for reference, part in traced["counted"] if part == "yes"} <= suspended


def test_kpi_by_group_and_as_a_workbook(store: Path, tmp_path: Path) -> None:
    shown = run(store, "kpi", "--for", "governors", "--year", YEAR, "--group", "send")
    assert "Virtual school governing body, termly" in shown.stdout
    assert "SEN Support" in shown.stdout
    made = run(store, "kpi", "--for", "cpb", "--year", YEAR, "--xlsx", str(tmp_path / "kpi.xlsx"))
    assert made.exit_code == 0
    assert (tmp_path / "kpi.xlsx").stat().st_size > 5000


def test_each_audience_has_its_own_list_with_what_001_asks_for() -> None:
    lists = {name: set(one.kpis) for name, one in WORDING.audiences.audiences.items()}
    core = {"ehcp", "gld", "ks1_reading", "ks1_writing", "ks1_maths", "ks2_reading", "ks2_writing", "ks2_maths", "attainment_8",
            "english_maths_4", "attendance", "unauthorised", "suspended", "reduced_timetable"}  # fmt: skip
    assert all(core <= kpis for kpis in lists.values())
    assert all({"pep_each_term", "persistent_absence", "permanent_exclusions"} <= kpis for kpis in lists.values())
    assert {"care_leavers_eet", "pep_gold"} <= lists["cpb"]
    assert len({frozenset(kpis) for kpis in lists.values()}) == 3


def test_figures_for_a_public_board_hold_no_small_number(store: Path, tmp_path: Path) -> None:
    arguments = ("kpi", "--for", "cpb", "--year", YEAR, "--edition", "publishable", "--group", "send")
    text = run(store, *arguments).stdout
    for part, of in re.findall(r"\b(\d+) of (\d+)\b", text):
        assert not [n for n in (int(part), int(of), int(of) - int(part)) if 0 < n < SMALL]
    assert "c: hidden" in text
    told = json.loads(run(store, *arguments, "--json").stdout)
    hidden = [line for line in told if line["hidden"]]
    assert len(hidden) > 5
    assert all((line["value"], line["numerator"], line["children"]) == (None, None, None) for line in hidden)
    assert all(
        line["children"] >= SMALL for line in told if line["value"] is not None and line["numerator"] is not None
    )
    assert "Do not publish it" in run(store, "kpi", "--for", "cpb", "--year", YEAR).stdout


def test_annual_is_written_and_says_what_is_not_written_yet(store: Path, tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.mkdir()
    (words / "peps.md").write_text("## Reasons\n\nOurs.\n", encoding="utf-8")
    done = run(store, "annual", "--year", YEAR, "--out", str(tmp_path / "out"), "--narrative", str(words), "--start-narrative")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        f"annual-report-{YEAR}-internal.docx",
        "drafts.json",
    }
    assert (words / "attendance.md").is_file()
    assert "places are not written yet" in done.stderr
    assert (words / "peps.md").read_text(encoding="utf-8") == "## Reasons\n\nOurs.\n"  # what is there is left alone


def test_a_report_that_somebody_edited_stays_and_an_older_pdf_is_told(store: Path, tmp_path: Path) -> None:
    arguments = ("annual", "--year", YEAR, "--young", "--out", str(tmp_path))
    name = f"young-people-{YEAR}"
    assert run(store, *arguments, "--pdf").exit_code == 0
    first = (tmp_path / f"{name}.docx").read_bytes()
    again = run(store, *arguments)
    assert "earlier report" not in again.stderr  # the same .docx, so the PDF is still its own
    later = CliRunner().invoke(
        command, [*arguments, "--data", str(COHORT), "--store", str(store), "--today", "2026-11-23"]
    )
    assert f"{name}.pdf is of an earlier report" in later.stderr
    assert (tmp_path / f"{name}.docx").read_bytes() != first
    (tmp_path / f"{name}.docx").write_bytes(b"edited")
    refused: Any = run(store, *arguments, "--pdf").exception
    assert "somebody has edited it" in refused.message
    assert (tmp_path / f"{name}.docx").read_bytes() == b"edited"


def test_what_is_unfinished_is_told_before_it_is_published(store: Path, tmp_path: Path) -> None:
    words, out = tmp_path / "words", tmp_path / "out"
    words.mkdir()
    (words / "attendance.md").write_text("## Reasons\n\nPia at School 3 did well.\n", encoding="utf-8")
    arguments = ("annual", "--year", YEAR, "--edition", "publishable", "--out", str(out), "--narrative", str(words))
    done = run(store, *arguments)
    assert "the publishable edition leaves them out" in done.stderr
    assert "  attendance.md: Strengths and concerns, Actions taken, Impact" in done.stderr
    assert "Left out, since nothing stands there yet: Context; Leadership." in done.stderr
    assert "[authority] stands where the council's name belongs" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("trace", "ks2_rmw", "--year", YEAR), "did you mean 'ks2_rwm'"),
        (("kpi", "--for", "slf", "--year", YEAR), "did you mean 'slt'"),
        (("kpi", "--for", "slt", "--year", YEAR, "--group", "sendd"), "did you mean 'send'"),
        (("kpi", "--for", "slt", "--year", "2030-31"), "has not begun"),
        (("annual", "--year", YEAR, "--out", "x", "--start-narrative"), "Where is the narrative"),
    ],
)
def test_a_slip_on_the_command_line_is_told(store: Path, arguments: tuple[str, ...], words: str) -> None:
    error: Any = run(store, *arguments).exception
    assert words in error.message


def test_a_year_is_written_as_councils_do(store: Path) -> None:
    assert "Write the academic year" in run(store, "kpi", "--for", "slt", "--year", "2025").stderr
