"""PDF drawn from finished Word documents: the same words, in order, accessible, on the page, and the same bytes each time."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pdfua
import pikepdf
import pypdfium2
import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from conftest import ROOT, extraction_of, truth_files
from vsdocs import rubric
from vsdocs.errors import FileProblem
from vsdocs.generate import pdf, word_template
from vsdocs.generate.case import Case
from vsdocs.generate.letters import feedback
from vsdocs.generate.templates import Template, all_templates
from vsdocs.readers import word
from vsdocs.record import Extraction
from vsdocs.settings import Settings

TODAY = date(2026, 11, 22)
#: what a PEP may hold, as its words come out of the PDF again
HOSTILE = {
    "St Mary's & St John's <b>bold</b>": None,
    "{{ 7*7 }} {% raw %} =HYPERLINK(\"http://x.example\",\"click\")": None,
    "smile 😀, tick ✓, box ☐, arrow →, naïve café, Łódź, Ωμέγα, Привет": None,
    "child 🧑 and \u0904 end": "child [U+1F9D1] and [U+0904] end",
    "bell\u0085end": "bell[U+0085]end",
    "zero\u200bwidth\ufe0f and soft\u00adhyphen": "zerowidth and softhyphen",
    "\u202egnirts desrever\u202c": "gnirts desrever",
    "שלום": None,
    "مدرسة": None,
    "لا": None,
    "x" * 5_000: None,
    "<" * 200: None,
}  # fmt: skip


@pytest.fixture(params=truth_files()[::4], ids=lambda path: path.name.split(".")[0])
def some_pep(request: pytest.FixtureRequest) -> Extraction:
    return extraction_of(request.param)


def letter(pep: Extraction, template: Path | None = None) -> bytes:
    judgement = rubric.score(pep, rubric.load("dorset-2025-26"), TODAY)
    return feedback.render(Case(pep, TODAY, Settings(), judgement), template).docx


def saved(document: Any, title: str = "A letter") -> bytes:
    core = document.core_properties
    core.title, core.author, core.identifier, core.language = title, "Virtual School", "0a1b2c", "en-GB"
    core.created = core.modified = datetime(2026, 11, 22, tzinfo=UTC)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def of(make: Callable[[Any], None]) -> bytes:
    document = Document()
    make(document)
    return saved(document)


def errors(drawn: bytes, folder: Path) -> list[str]:
    """What the checker finds, errors and warnings, and the rules that it could not try."""
    path = folder / "drawn.pdf"
    path.write_bytes(drawn)
    report = pdfua.validate(str(path))
    return [str(found) for found in (*report.findings, *report.skipped)]


def pages(drawn: bytes) -> list[str]:
    """The text of each page. The reader has a mark of its own for a hyphen at the end of a line."""
    document = pypdfium2.PdfDocument(drawn)
    return [page.get_textpage().get_text_range().replace("\ufffe", "-") for page in document]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def body(drawn: bytes, docx: bytes) -> str:
    """The words of all pages without what stands at their heads and feet."""
    edges = [bare(p.text) for p in word.read(docx).margins]
    found = ""
    shown = [bare(page) for page in pages(drawn)]
    for number, page in enumerate(shown, 1):
        for edge in edges:
            page = page.replace(edge.replace("page1of1", f"page{number}of{len(shown)}"), "", 1)
        found += page
    return found


def outside(drawn: bytes) -> list[Any]:
    """What reaches beyond the box of its page."""
    found = []
    for page in pypdfium2.PdfDocument(drawn):
        width, height = page.get_size()
        for thing in page.get_objects():
            left, bottom, right, top = thing.get_bounds()
            if left < -0.5 or bottom < -0.5 or right > width + 0.5 or top > height + 0.5:
                found.append((left, bottom, right, top))
    return found


def tree(drawn: bytes) -> list[tuple[str, dict[str, str]]]:
    """The elements of the structure in order: the kind of each, and what is said of it."""

    def walk(element: Any) -> Iterator[tuple[str, dict[str, str]]]:
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            said = {key: str(value) for owned in element.get("/A", []) for key, value in owned.items()}
            yield str(element.S)[1:], said | ({"Alt": str(element.Alt)} if "/Alt" in element else {})
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                yield from walk(kid)

    with pikepdf.open(io.BytesIO(drawn)) as document:
        return list(walk(document.Root.StructTreeRoot.K))


def tags(drawn: bytes) -> list[str]:
    return [tag for tag, _ in tree(drawn)]


def flag(parent: Any, name: str, **said: str) -> Any:
    element = OxmlElement(name)
    for key, value in said.items():
        element.set(qn(f"w:{key}"), value)
    parent.append(element)
    return element


def picture(wide: int = 300, tall: int = 100, kind: str = "PNG") -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (wide, tall), (30, 60, 120)).save(out, kind)
    return io.BytesIO(out.getvalue())


# Our own letters


def test_a_letter_says_the_same_in_pdf_is_accessible_and_stays_on_its_pages(
    some_pep: Extraction, tmp_path: Path
) -> None:
    docx = letter(some_pep)
    drawn = pdf.draw(docx)
    assert errors(drawn, tmp_path) == []
    assert body(drawn, docx) == bare("".join(p.text for p in word.read(docx).paragraphs()))
    assert outside(drawn) == []
    assert len(pages(drawn)) <= 3
    assert pdf.draw(docx) == drawn


def test_a_letter_has_headings_lists_and_what_its_word_file_says_of_itself(some_pep: Extraction) -> None:
    docx = letter(some_pep)
    drawn = pdf.draw(docx)
    found = tags(drawn)
    levels = [int(tag[1]) for tag in found if re.fullmatch("H[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {"Document", "P", "L", "LI", "Lbl", "LBody"} <= set(found)
    core = Document(io.BytesIO(docx)).core_properties
    with pikepdf.open(io.BytesIO(drawn)) as document:
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle is True
        assert document.Root.MarkInfo.Marked is True
        assert document.check_pdf_syntax() == []
        assert str(document.docinfo.Title) == core.title
        assert str(document.docinfo.Author) == core.author
        assert str(document.docinfo.CreationDate).startswith("D:20261122")
        said = document.open_metadata()
        assert said["pdfuaid:part"] == "1"
        assert said["dc:title"] == core.title
        assert said["dc:identifier"] == core.identifier
        fonts = {str(f.BaseFont) for page in document.pages for f in page.Resources.Font.values()}
        assert all(re.match(r"/[A-Z]{6}\+(Liberation|DejaVu)Sans", name) for name in fonts)


def test_each_page_has_its_number_and_what_repeats_is_no_content(some_pep: Extraction) -> None:
    shown = pages(pdf.draw(letter(some_pep)))
    for number, page in enumerate(shown, 1):
        assert f"page {number} of {len(shown)}" in page
        assert page.startswith("DRAFT. Confidential")


def test_a_heading_never_ends_a_page() -> None:
    def make(document: Any) -> None:
        for n in range(60):
            document.add_heading(f"Heading {n}", 2)
            document.add_paragraph("Some words that follow.\n" * (n % 5 + 1))

    for page in pages(pdf.draw(of(make))):
        assert not page.strip().splitlines()[-1].startswith("Heading")


# Hostile words


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_printed_as_they_are(text: str, tmp_path: Path) -> None:
    def make(document: Any) -> None:
        document.add_heading(text[:40], 1)
        document.add_paragraph(text)
        document.add_table(2, 2, "Table Grid").cell(0, 0).text = text

    drawn = pdf.draw(of(make))
    assert errors(drawn, tmp_path) == []
    assert bare("".join(pages(drawn))).count(bare(HOSTILE[text] or text)) >= 2
    assert outside(drawn) == []


@settings(max_examples=60)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=80))
def test_any_text_is_drawn(text: str) -> None:
    drawn = pdf.draw(of(lambda document: document.add_paragraph(text)))
    assert outside(drawn) == []
    ascii_words = re.findall(r"[!-~]+", text) if text.isascii() else []
    assert bare("".join(pages(drawn))) == "".join(ascii_words) or not text.isascii()


def test_right_to_left_words_are_seen_in_their_order_and_kept_in_the_order_of_reading() -> None:
    text = "Name שלום עולם (7) and مرحبا بكم end"

    def make(document: Any) -> None:
        document.add_paragraph(text)
        flag(document.add_paragraph("שלום עולם PEP")._p.get_or_add_pPr(), "w:bidi")

    with pdfplumber.open(io.BytesIO(pdf.draw(of(make)))) as document:
        chars = document.pages[0].chars
        page = document.pages[0].width
    read = "".join(char["text"] for char in chars)
    assert text in read  # as it lies in the file
    line = [c for c in chars if abs(c["top"] - chars[0]["top"]) < 2]
    first, second = (next(c for c in line if c["text"] == letter) for letter in "שע")
    assert second["x0"] < first["x0"]  # what is read first stands to the right
    assert next(c for c in line if c["text"] == "N")["x0"] < second["x0"]
    other = [c for c in chars if c["top"] > chars[0]["top"] + 5 and c["text"].strip()]
    assert max(c["x1"] for c in other) > page - 100
    assert min(c["x0"] for c in other if c["text"] in "PE") < min(c["x0"] for c in other if c["text"] in "שלום")


# A council's own template


def council(document: Any) -> None:
    """Styles, boxes and tables that ours do not have."""
    own = document.styles.add_style("Council box", WD_STYLE_TYPE.PARAGRAPH)
    own.font.size, own.font.color.rgb = Pt(14), RGBColor(0, 0x64, 0)
    own.paragraph_format.left_indent, own.paragraph_format.alignment = Cm(2), WD_ALIGN_PARAGRAPH.CENTER
    props = own.element.get_or_add_pPr()
    border = flag(props, "w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        flag(border, f"w:{side}", val="single", sz="8", space="4", color="FF0000")
    flag(props, "w:shd", val="clear", color="auto", fill="FFFFCC")
    loud = document.styles.add_style("Loud", WD_STYLE_TYPE.CHARACTER)
    loud.font.bold, loud.font.color.rgb = True, RGBColor(0xC0, 0, 0)
    document.add_heading("A letter", 0)
    document.add_paragraph("In a box", style=own)
    document.add_paragraph("and on in the same box", style=own)
    paragraph = document.add_paragraph("Plain, ")
    paragraph.add_run("loud", style=loud)
    paragraph.add_run(", leaning").italic = True
    for style in ("List Bullet", "List Bullet 2", "List Number", "Intense Quote", "Body Text"):
        document.add_paragraph(f"In the style {style}", style=style)
    document.add_paragraph("Justified " * 60).alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    document.add_paragraph("Telephone:\t01632 960671\tand on")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("On the second page")


def test_a_councils_own_styles_rule_the_pdf(tmp_path: Path) -> None:
    docx = of(council)
    drawn = pdf.draw(docx)
    assert errors(drawn, tmp_path) == []
    assert body(drawn, docx) == bare("".join(p.text for p in word.read(docx).paragraphs()))
    with pdfplumber.open(io.BytesIO(drawn)) as document:
        assert len(document.pages) == 2
        page = document.pages[0]
        chars = page.chars
        box = next(c for c in chars if c["size"] == 14)
        assert box["non_stroking_color"] == pytest.approx((0, 100 / 255, 0), abs=0.01)
        assert any(r["non_stroking_color"] == pytest.approx((1, 1, 0.8), abs=0.01) for r in page.rects if r["fill"])
        loud = next(c for c in chars if c["non_stroking_color"] == pytest.approx((192 / 255, 0, 0), abs=0.01))
        assert "Bold" in loud["fontname"]
        assert any("Italic" in c["fontname"] for c in chars)


def test_a_councils_edit_of_our_letter_is_drawn(tmp_path: Path) -> None:
    template = Document(str(ROOT / "templates" / "feedback.docx"))
    template.styles["Heading 1"].font.color.rgb = RGBColor(0x80, 0, 0x80)
    template.sections[0].header.paragraphs[0].add_run().add_picture(picture(), width=Cm(3))
    template.save(str(tmp_path / "ours.docx"))
    (tmp_path / "ours.yaml").write_bytes((ROOT / "templates" / "feedback.yaml").read_bytes())
    drawn = pdf.draw(letter(extraction_of(truth_files()[0]), tmp_path / "ours.docx"))
    assert errors(drawn, tmp_path) == []
    assert "Figure" not in tags(drawn)  # at the head of each page it is an ornament
    with pdfplumber.open(io.BytesIO(drawn)) as document:
        assert document.pages[0].images
        purple = [
            c for c in document.pages[0].chars if c["non_stroking_color"] == pytest.approx((0.5, 0, 0.5), abs=0.01)
        ]
        assert "".join(c["text"] for c in purple).startswith("Overall grade")


# Tables


def table(document: Any, rows: int, columns: int, words: str = "") -> Any:
    made = document.add_table(rows, columns, "Table Grid")
    for r, row in enumerate(made.rows):
        for c, cell in enumerate(row.cells):
            cell.text = f"r{r}c{c} {words}"
    flag(made.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    return made


def test_a_tables_header_is_shown_on_each_page_and_read_once(tmp_path: Path) -> None:
    drawn = pdf.draw(of(lambda document: table(document, 41, 4, "Action with some words to wrap")))
    assert errors(drawn, tmp_path) == []
    shown = pages(drawn)
    assert len(shown) > 1
    assert all("r0c0" in page for page in shown)
    found = tree(drawn)
    assert [tag for tag, _ in found].count("TR") == 41
    assert [said["/Scope"] for tag, said in found if tag == "TH"] == ["/Column"] * 4
    assert [tag for tag, _ in found].count("TD") == 160


def test_a_table_wider_than_the_page_is_made_to_fit(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        made = table(document, 3, 14, "wide")
        for column in [*made._tbl.tblGrid, *made._tbl.iter(qn("w:tcW"))]:
            column.set(qn("w:w"), "3000")

    drawn = pdf.draw(of(make))
    assert errors(drawn, tmp_path) == []
    assert outside(drawn) == []


def test_merged_cells_tall_rows_and_tables_in_tables_are_drawn(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        made = table(document, 4, 3)
        made.cell(0, 1).merge(made.cell(0, 2)).text = "across"
        made.cell(1, 0).merge(made.cell(3, 0)).text = "down " * 30
        made.cell(2, 2).add_table(2, 2).cell(0, 0).text = "inner"
        long = table(document, 2, 2)
        long.cell(1, 0).text = "\n".join(f"line {n}" for n in range(120))
        flag(long.rows[1]._tr.get_or_add_trPr(), "w:cantSplit")
        for n in range(3):
            document.add_paragraph(f"after {n}")

    docx = of(make)
    drawn = pdf.draw(docx)
    assert errors(drawn, tmp_path) == []
    assert outside(drawn) == []
    shown = bare("".join(pages(drawn)))
    for words in ("across", "down" * 30, "inner", "after2", *(f"line{n}" for n in range(120))):
        assert words in shown
    assert {"/ColSpan", "/RowSpan"} <= {key for _, said in tree(drawn) for key in said}


def test_one_cell_is_a_box_and_no_table(tmp_path: Path) -> None:
    drawn = pdf.draw(of(lambda document: document.add_table(1, 1, "Table Grid").cell(0, 0).add_paragraph("In it")))
    assert errors(drawn, tmp_path) == []
    assert "Table" not in tags(drawn)
    assert "Div" in tags(drawn)


def test_a_table_nested_past_sense_is_drawn_or_refused() -> None:
    def make(document: Any) -> None:
        cell = document.add_table(1, 1, "Table Grid").cell(0, 0)
        for _ in range(60):
            cell = cell.add_table(1, 1).cell(0, 0)
        cell.text = "deep"

    assert "deep" in bare("".join(pages(pdf.draw(of(make)))))


# Pictures


def test_a_picture_has_its_words_and_one_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        for alt in ("The council's logo", "A chart that is damaged"):
            document.add_picture(picture(3000, 1000), width=Cm(5))
            last = list(document.element.iter(qn("wp:docPr")))[-1]
            last.set("descr", alt)
        document.add_picture(picture(10, 10), width=Cm(60))
        document.add_picture(picture(11, 500), width=Cm(1))

    docx = of(make)
    drawn = pdf.draw(docx)
    assert errors(drawn, tmp_path) == []
    assert outside(drawn) == []
    told = [said["Alt"] for tag, said in tree(drawn) if tag == "Figure"]
    assert told == ["The council's logo", "A chart that is damaged", "Picture", "Picture"]
    assert len(drawn) < 200_000
    damaged = pdf.draw(_without_pictures(docx))
    assert errors(damaged, tmp_path) == []
    assert "[A chart that is damaged]" in "".join(pages(damaged))


def _without_pictures(docx: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"no picture" if name.endswith(".png") else old.read(name))
    return out.getvalue()


# The file


def test_lists_count_as_word_shows_them() -> None:
    def make(document: Any) -> None:
        for n in range(3):
            document.add_paragraph(f"step {n}", style="List Number")
        document.add_paragraph("between")
        document.add_paragraph("goes on", style="List Number")

    docx = of(make)
    assert body(pdf.draw(docx), docx) == bare("".join(p.text for p in word.read(docx).paragraphs()))
    assert "4. goes on" in " ".join(pages(pdf.draw(docx))[0].split())


def test_a_line_may_end_after_a_hyphen_and_not_inside_a_year() -> None:
    from vsdocs.generate.pdf.lines import _HYPHENS

    assert _HYPHENS.findall("well-known") == ["well-", "known"]
    assert _HYPHENS.findall("(2025-26),") == ["(2025-26),"]
    assert _HYPHENS.findall("--a-") == ["--a-"]


def test_a_tables_last_row_may_stay_with_the_note_below_it() -> None:
    def make(document: Any) -> None:
        for number in range(90):
            for cell in table(document, 2 + number * 7 % 5, 2, "Cell").rows[-1].cells:
                cell.paragraphs[0].text = "The last row"
                cell.paragraphs[0].paragraph_format.keep_with_next = True
            document.add_paragraph("The note")

    shown = pages(pdf.draw(of(make)))
    assert len(shown) > 3
    assert [page.count("The note") * 2 for page in shown] == [page.count("The last row") for page in shown]


def test_contents_that_lead_nowhere_are_lines_of_text_and_dots_are_ornaments(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
        style.paragraph_format.tab_stops.add_tab_stop(Cm(12), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        for name in ("_here", "_gone"):
            paragraph = document.add_paragraph(style=style)
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), name)
            link.append(paragraph.add_run(f"Part {name}\t7")._r)
            paragraph._p.append(link)
        heading = document.add_heading("Part", 1)
        heading._p.insert(1, flag_of := OxmlElement("w:bookmarkStart"))
        flag_of.set(qn("w:name"), "_here")

    drawn = pdf.draw(of(make))
    assert errors(drawn, tmp_path) == []
    assert [tag for tag in tags(drawn) if tag in ("TOC", "TOCI", "Link", "P", "H1")] == [
        "TOC",
        "TOCI",
        "Link",
        "P",
        "H1",
    ]
    opened = pikepdf.open(io.BytesIO(drawn))
    assert len(opened.pages[0].Annots) == 1
    dots = [char["mcid"] for char in pdfplumber.open(io.BytesIO(drawn)).pages[0].chars if char["text"] == "."]
    assert len(dots) > 40
    assert set(dots) == {None}


def test_page_numbers_written_as_long_fields_count() -> None:
    def make(document: Any) -> None:
        foot = document.sections[0].footer.paragraphs[0]
        foot.add_run("Left\tMiddle\tPage ")
        for kind, text in (
            ("begin", None),
            (None, " PAGE \\* MERGEFORMAT "),
            ("separate", None),
            ("", "9"),
            ("end", None),
        ):
            run = foot.add_run("9" if kind == "" else "")
            if kind:
                flag(run._r, "w:fldChar", fldCharType=kind)
            elif kind is None:
                flag(run._r, "w:instrText").text = text
        document.add_page_break()
        document.add_paragraph("Second")

    shown = pages(pdf.draw(of(make)))
    assert [re.search(r"Page (\d+)", page)[1] for page in shown] == ["1", "2"]  # type: ignore[index]


def test_the_bytes_depend_on_the_document_alone() -> None:
    docx = letter(extraction_of(truth_files()[1]))
    first = pdf.draw(docx)
    pdf.draw(of(council))
    assert pdf.draw(docx) == first


def test_what_is_no_word_file_is_told() -> None:
    with pytest.raises(FileProblem):
        pdf.draw(b"no file")


def test_an_empty_document_is_a_page() -> None:
    assert len(pages(pdf.draw(of(lambda document: None)))) == 1


def test_the_first_page_may_have_a_head_of_its_own_and_a_section_a_new_page() -> None:
    def make(document: Any) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "Only first"
        section.header.paragraphs[0].text = "All others"
        document.add_paragraph("One")
        document.add_section()
        document.sections[1].different_first_page_header_footer = True
        document.sections[1].first_page_header.is_linked_to_previous = True
        document.add_paragraph("Two")

    first, second = pages(pdf.draw(of(make)))
    assert first.split() == ["Only", "first", "One"]
    assert second.split() == ["All", "others", "Two"]


@pytest.mark.parametrize("one", all_templates().values(), ids=lambda one: one.id)
def test_each_of_our_papers_is_accessible_and_on_its_pages(one: Template, tmp_path: Path) -> None:
    """Letters, agendas, notes: each template filled with its sample."""
    docx = word_template.fill(
        Settings().template(one.file), one.sample, title="Sample", reference="0a1b2c", today=TODAY
    )
    drawn = pdf.draw(docx)
    assert errors(drawn, tmp_path) == []
    assert outside(drawn) == []
    assert "Table" not in tags(drawn) or "TH" in tags(drawn)
