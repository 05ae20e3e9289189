"""Makes `templates/papers.docx`, on which the report of a sweep, the self-evaluation and the development plan are written.

Run it after a change to this script, to the two that it builds on, or to the shapes of the tables:

    python scripts/make_paper_template.py

A council does not need it: it edits a copy of the file in Word.
"""

import sys
from pathlib import Path
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

sys.path.insert(0, str(Path(__file__).parent))

import make_meeting_templates as meetings
import make_templates as letters

from vsdocs.generate.report.paper import CHART, COLUMNS, SHAPES, TO_FILL

TALL = 850  # twentieths of a point: room for three lines by hand


def papers() -> bytes:
    document = meetings._blank("Paper")
    document.sections[0].header.paragraphs[0].text = "{{ confidential }}"
    over = document.styles.add_style("Over table", WD_STYLE_TYPE.PARAGRAPH)
    over.base_style = document.styles["Normal"]
    letters._look(over, 11, bold=True, before=8, after=3, together=True)
    under = document.styles.add_style("Under table", WD_STYLE_TYPE.PARAGRAPH)
    under.base_style = document.styles["Normal"]
    letters._look(under, 10, before=4, after=6)
    chart = document.styles.add_style(CHART, WD_STYLE_TYPE.PARAGRAPH)
    chart.base_style = document.styles["Normal"]
    letters._look(chart, 11, after=4, together=True)
    add = document.add_paragraph
    add("{{ logo }}")
    add("{{ authority }}", "Letterhead")
    add("{{ title }}", "Title")
    add("{%p for fact in facts %}")
    letters._labelled(document, "{{ fact.label }}:", "{{ fact.words }}", "Address")
    add("{%p endfor %}")
    add("{%p for block in blocks %}")
    _either(document, "block.heading", "Heading 1")
    _either(document, "block.subheading", "Heading 2")
    letters._each(document, "paragraph", "block.paragraphs", "Normal")
    letters._each(document, "point", "block.points", "List Bullet")
    _either(document, "block.chart_title", "Over table")
    _either(document, "block.chart", CHART)
    _either(document, "block.table", "Over table")
    for shape, widths in SHAPES.items():
        add(f"{{%p if block.shape == '{shape}' %}}")
        _table(document, shape, widths)
        add("{%p endif %}")
    letters._each(document, "note", "block.notes", "Under table")
    letters._each(document, "place", "block.fill", "To fill")
    add("{%p endfor %}")
    add("{{ ends_heading }}", "Heading 1")
    letters._each(document, "line", "ends", "List Bullet")
    return meetings._saved(document)


def _either(document: Any, name: str, style: str) -> None:
    document.add_paragraph(f"{{%p if {name} %}}")
    document.add_paragraph(f"{{{{ {name} }}}}", style)
    document.add_paragraph("{%p endif %}")


def _table(document: Any, shape: str, widths: tuple[int, ...]) -> None:
    names = COLUMNS[: len(widths)]
    columns = {f"{{{{ block.head.{name} }}}}": width for name, width in zip(names, widths, strict=True)}
    cells = [f"{{{{ row.{name} }}}}" for name in names]
    if shape == "evidence":
        cells[2] = ""
    made = meetings._table(document, columns, "{{ block.table }}", "{{ block.about }}", ("block.rows", cells))
    [filled] = [one for one in made.rows if "row.one" in one.cells[0].text]
    if shape == "evidence":
        cell = filled.cells[2]
        for number, words in enumerate(("{%p for line in row.lines %}", "{{ line }}", "{%p endfor %}")):
            paragraph = cell.add_paragraph(style="Table text") if number else cell.paragraphs[0]
            paragraph.text = words
        filled._tr.trPr.remove(filled._tr.trPr.find(qn("w:cantSplit")))  # it may be longer than a page
    if shape in TO_FILL:
        tall = OxmlElement("w:trHeight")
        tall.set(qn("w:val"), str(TALL))
        tall.set(qn("w:hRule"), "atLeast")
        filled._tr.get_or_add_trPr().append(tall)


def main() -> None:
    (letters.FOLDER / "papers.docx").write_bytes(papers())


if __name__ == "__main__":
    main()
