"""The checker of Word files finds what it is for, and our templates and letters give it nothing to find."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image

from conftest import ROOT, extraction_of, truth_files
from docx_accessible import faults
from test_letter import TODAY
from vsdocs import rubric
from vsdocs.generate import word_template
from vsdocs.generate.case import Case
from vsdocs.generate.letters import feedback
from vsdocs.generate.templates import all_templates
from vsdocs.settings import Settings

TEMPLATES = sorted((ROOT / "templates").glob("*.docx"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_our_templates_are_accessible(path: Path) -> None:
    assert faults(path.read_bytes()) == []


@pytest.mark.parametrize("kind", all_templates().values(), ids=lambda kind: kind.id)
def test_a_filled_sample_is_accessible(kind: Any) -> None:
    path = ROOT / "templates" / kind.file
    assert faults(word_template.fill(path, kind.sample, title="Sample", reference="0a1b2c", today=TODAY)) == []


def test_the_letters_of_all_fixtures_are_accessible() -> None:
    rules = rubric.load("dorset-2025-26")
    for path in truth_files():
        pep = extraction_of(path)
        written = feedback.render(Case(pep, TODAY, Settings(), rubric.score(pep, rules, TODAY)))
        assert faults(written.docx) == [], path.name


def spoiled(*change: Callable[[Any], object]) -> list[str]:
    """The faults of our blank letter with something done to it."""
    document = Document(str(ROOT / "templates" / "feedback.docx"))
    for one in change:
        one(document)
    saved = io.BytesIO()
    document.save(saved)
    return faults(saved.getvalue())


def paragraph(xml: str) -> Callable[[Any], object]:
    return lambda d: d.element.body.insert(3, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))


def table(**wrong: bool) -> Callable[[Any], object]:
    def add(document: Any) -> None:
        made = document.add_table(2, 2)
        document.add_paragraph("After the table.")
        for cell, words in zip(
            made._cells, ("Action", "" if wrong.get("unnamed") else "Owner", "Ring", "Mrs Ellery"), strict=True
        ):
            cell.text = words
        if not wrong.get("unmarked"):
            made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        if not wrong.get("silent"):
            said = OxmlElement("w:tblCaption")
            said.set(qn("w:val"), "What was agreed")
            made._tbl.tblPr.append(said)
        if wrong.get("merged"):
            made.cell(1, 0).merge(made.cell(1, 1))

    return add


def image(document: Any, says: str = "") -> None:
    data = io.BytesIO()
    Image.new("RGB", (9, 9)).save(data, "PNG")
    data.seek(0)
    document.add_paragraph().add_run().add_picture(data)._inline.docPr.set("descr", says)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d.add_paragraph("Again", "Title"), "there are 2 titles"),
        (lambda d: d.element.body.remove(next(p._p for p in d.paragraphs if p.style.name == "Title")), "there are 0 titles"),
        (lambda d: setattr(next(p for p in d.paragraphs if p.style.name == "Heading 1"), "style", "Heading 2"), "of level 2"),
        (lambda d: d.add_paragraph("", "Heading 1"), "a heading is empty"),
        (lambda d: d.add_paragraph(""), "an empty paragraph"),
        (lambda d: setattr(d.add_paragraph().add_run("What to do"), "bold", True), "a heading is made by bold type"),
        (lambda d: d.add_paragraph("• one"), "a list is typed"),
        (lambda d: d.add_paragraph("1. one"), "a list is typed"),
        (lambda d: setattr(d.add_paragraph("Words"), "alignment", 3), "is justified"),
        (table(unmarked=True), "not marked as its header"),
        (table(unnamed=True), "has no heading"),
        (table(silent=True), "a table has no words"),
        (table(merged=True), "merged"),
        (image, "a picture has no words"),
        (paragraph("<w:ins w:id='1'><w:r><w:t>new</w:t></w:r></w:ins>"), "a tracked change"),
        (paragraph("<w:r><w:t>x</w:t><w:commentReference w:id='0'/></w:r>"), "a comment"),
        (paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>"), "hidden text"),
        (paragraph("<w:r w:rsidR='00AA11BB'><w:t>x</w:t></w:r>"), "revision ids"),
        (paragraph("<w:r><w:rPr><w:lang w:val='en-US'/></w:rPr><w:t>x</w:t></w:r>"), "is marked as en-US"),
        (paragraph("<w:r><w:t>x</w:t><w:pict><w:txbxContent/></w:pict></w:r>"), "a text box"),
        (lambda d: setattr(d.core_properties, "language", "en-US"), "the property language"),
        (lambda d: setattr(d.core_properties, "title", ""), "the property title"),
        (lambda d: setattr(d.core_properties, "author", ""), "the property creator"),
    ],
)  # fmt: skip
def test_each_fault_is_found(change: Callable[[Any], object], told: str) -> None:
    assert any(told in fault for fault in spoiled(change)), spoiled(change)


def test_what_is_well_made_is_not_blamed() -> None:
    assert spoiled(table(), lambda d: image(d, "A child reading")) == []
    assert spoiled(lambda d: d.add_paragraph("- a list", "List Bullet")) == []


def test_what_the_library_brings_along_is_found() -> None:
    saved = io.BytesIO()
    Document().save(saved)
    told = " ".join(faults(saved.getvalue()))
    for what in (
        "docProps/thumbnail.jpeg",
        "docProps/app.xml",
        "customXml",
        "revision ids",
        "language",
        "there are 0 titles",
    ):
        assert what in told
