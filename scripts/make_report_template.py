"""Makes `templates/report.docx`, the Word template of reports: cover, header and footer, styles.

Run it after a change to this script or to `make_templates.py`:

    python scripts/make_report_template.py

A council does not need it: it edits a copy of report.docx in Word.
"""

import io
import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

sys.path.insert(0, str(Path(__file__).parent))

import make_templates as letters

from vsdocs.generate.word_template import repacked

_MORE = {"Heading 3", "Heading 4", "Caption", "List Number"}
_TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="Report table"/>
<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="1F3A5F"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="1F3A5F"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="C9CFCE"/></w:tblBorders><w:tblCellMar><w:top w:w="45" w:type="dxa"/>
<w:left w:w="60" w:type="dxa"/><w:bottom w:w="45" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="1F3A5F"/>
</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="E6EFEE"/></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="firstCol"><w:rPr><w:b w:val="0"/></w:rPr></w:tblStylePr></w:style>"""


def report() -> bytes:
    letters.KEPT |= _MORE
    document = _blank("Report of the virtual school")
    add = document.add_paragraph
    add("{{ logo }}")
    add("{{ authority }}", "Letterhead")
    add("{{ title }}", "Title")
    add("{{ for_whom }}", "Cover")
    add("{{ counted }}", "Cover")
    add("{{ day }}", "Cover")
    add("{{ edition }}", "Draft notice")
    return _saved(document)


def young() -> bytes:
    """Two pages for young people: larger print, no cover."""
    document = _blank("For young people")
    letters._look(document.styles["Normal"], 13, after=7)
    letters._look(document.styles["List Bullet"], 13, after=4)
    letters._look(document.styles["Title"], 28, bold=True, colour=letters.ACCENT, before=0, after=8)
    letters._look(document.styles["Heading 1"], 18, bold=True, colour=letters.ACCENT, before=12, after=4, together=True)
    letters._look(document.styles["Caption"], 13, bold=True, colour=letters.INK, before=4, after=4, together=True)
    add = document.add_paragraph
    add("{{ logo }}")
    add("{{ authority }}", "Letterhead")
    add("{{ title }}", "Title")
    add("{{ for_whom }}", "Cover")
    add("{{ day }}. {{ counted }} {{ edition }}", "Note")
    return _saved(document)


def _blank(title: str) -> Any:
    letters.KEPT |= _MORE
    document = Document()
    letters._clean(document)
    document.core_properties.title = title
    letters._styles(document)
    _styles(document)
    _page(document)
    return document


def _saved(document: Any) -> bytes:
    saved = io.BytesIO()
    document.save(saved)
    return repacked(saved.getvalue(), letters.MADE)


def _styles(document: Any) -> None:
    styles, look = document.styles, letters._look
    accent, ink = letters.ACCENT, letters.INK
    look(styles["Normal"], 11, after=7)
    look(styles["Title"], 28, bold=True, colour=accent, before=150, after=24)
    look(styles["Heading 1"], 20, bold=True, colour=accent, before=26, after=8, together=True)
    look(styles["Heading 2"], 15, bold=True, colour=accent, before=18, after=6, together=True)
    look(styles["Heading 3"], 12, bold=True, colour=ink, before=12, after=4, together=True)
    look(styles["Heading 4"], 11, bold=True, colour=ink, before=8, after=3, together=True)
    look(styles["Caption"], 10, bold=True, colour=ink, before=12, after=4, together=True)
    for level, size, colour in ((2, 12.5, ink), (3, 12, ink), (4, 11, ink)):
        _new(
            document,
            f"Place {level}",
            f"Heading {level}",
            size,
            bold=True,
            colour=colour,
            before=12,
            after=4,
            together=True,
        )
    _new(document, "Cover", "Normal", 13, after=8)
    _new(document, "Prompt", "Normal", 11, after=8)
    _new(document, "Note", "Normal", 9.5, before=4, after=8)
    _new(document, "Chart", "Normal", 11, after=8)
    _new(document, "Table text", "Normal", 9, after=0)
    _new(document, "Table head", "Table text", 9, bold=True, after=0)
    _new(document, "Lead in", "Normal", 11, after=7, together=True)
    heading = _new(document, "Contents heading", "Normal", 20, bold=True, colour=accent, after=10, together=True)
    heading.paragraph_format.page_break_before = True
    for level, left in ((1, 0), (2, 8)):
        style = _new(document, f"toc {level}", "Normal", 11, bold=False, before=4 if level == 1 else 0, after=2)
        style.paragraph_format.left_indent = Mm(left)
        style.paragraph_format.tab_stops.add_tab_stop(Mm(166), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    styles["Draft notice"].font.bold = False
    styles["Draft notice"].paragraph_format.space_before = Pt(60)
    styles.element.append(parse_xml(_TABLE))


def _new(document: Any, name: str, base: str, size: float, **settings: Any) -> Any:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
    style.base_style = document.styles[base]
    letters._look(style, size, **settings)
    return style


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    section.header.paragraphs[0].add_run("{{ authority }}: {{ title }}")
    footer = section.footer.paragraphs[0]
    footer.add_run("Page ")
    letters._field(footer, "PAGE")
    footer.add_run(" of ")
    letters._field(footer, "NUMPAGES")


if __name__ == "__main__":
    (letters.FOLDER / "report.docx").write_bytes(report())
    (letters.FOLDER / "report_young.docx").write_bytes(young())
