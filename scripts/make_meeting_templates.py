"""Makes the templates of meetings: `templates/agenda.docx`, `templates/notes.docx` and `templates/meetings/README.md`.

Run it after a change to this script, to `make_templates.py` or to the fields of an agenda:

    python scripts/make_meeting_templates.py

A council does not need it: it edits a copy of either file in Word.
"""

import io
import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from pydantic import BaseModel

sys.path.insert(0, str(Path(__file__).parent))

import make_templates as letters

from vsdocs.generate.meetings import kinds
from vsdocs.generate.meetings.blocks import LINES
from vsdocs.generate.meetings.fields import REQUIRED, Agenda, Block, Child, Item, Line, NotesForm, Request, Row
from vsdocs.generate.word_template import repacked
from vsdocs.settings import Settings

EMPTY_ROWS = 8
#: of the columns, in millimetres; they add up to the 166 mm between the margins
ACTIONS = {"Action": 70, "Owner": 36, "Due": 30, "State": 30}
LIST_ACTIONS = {"Child": 34, "Action": 52, "Owner": 30, "Due": 25, "State": 25}
COHORT = {"Child": 34, "Year": 20, "PEP grade": 22, "Attendance": 24, "Please look at": 40, "Lead": 26}
THREAD = {"Link": 40, "What the PEP says": 126}
DECISIONS = {"Request": 34, "Asked for": 20, "Decision": 26, "Amount": 20, "Reason": 38, "Agreed by (two)": 28}
MEMBERS = {"Panel member": 60, "Connected with a child on the list? If so, with which?": 106}
WRITTEN = {"Child": 40, "Why, and what the child says": 68, "What we do": 58}


def agenda() -> bytes:
    document = _blank("Agenda")
    add = document.add_paragraph
    _head(document, "Agenda")
    _section(document, "Why we meet", "opening", "Normal")
    _section(document, "Aims", "aims", "List Bullet")
    _section(document, "Who is invited", "invitees", "List Bullet")
    _section(document, "Before the meeting", "before", "List Bullet")

    add("{%p for item in items %}")
    add("{{ item.number }}. {{ item.title }}", "Heading 1")
    add("{{ item.when }}", "When")
    letters._each(document, "prompt", "item.prompts", "List Bullet")
    add("{%p if item.previous_title %}")
    add("{{ item.previous_title }}", "Heading 2")
    add("{%p endif %}")
    add("{%p if item.previous_none %}")
    add("{{ item.previous_none }}")
    add("{%p endif %}")
    add("{%p if item.previous %}")
    _either(document, _previous, "item.previous")
    add("{%p endif %}")
    add("{%p if item.cohort %}")
    row = ["{{ row.child }}", "{{ row.year }}", "{{ row.grade }}", "{{ row.attendance }}", "{{ row.concerns }}", "{{ row.lead }}"]  # fmt: skip
    _table(document, COHORT, "The children", "One row a child, those of most concern first", ("item.cohort", row))
    add("{%p endif %}")
    _requests(document)
    add("{%p for block in item.blocks %}")
    add("{{ block.title }}", "Heading 2")
    letters._each(document, "line", "block.lines", "List Bullet")
    add("{%p endfor %}")
    add("{%p endfor %}")

    _section(document, "After the meeting", "after", "List Bullet")
    return _saved(document)


def notes() -> bytes:
    document = _blank("Notes of a meeting")
    add = document.add_paragraph
    _head(document, "Notes")
    add("Who was there", "Heading 1")
    add("Invited:", "To fill")
    letters._each(document, "invitee", "invitees", "List Bullet")
    add("Present:", "To fill")
    add("Apologies:", "To fill")
    add("Notes written by:", "To fill")

    add("{%p if requests %}")
    add("Conflicts of interest", "Heading 1")
    add("Three members. Whoever is connected with a child does not decide on that request.")
    _table(document, MEMBERS, "Members of the panel", "One row a member, with any connection", empty=3)
    add("Record of decisions", "Heading 1")
    add("At least two members who are not connected with the child agree on each decision.")
    row = ["{{ row.child }}", "{{ row.total }}", "", "", "", ""]
    _table(document, DECISIONS, "Decisions", "One row a request, to be filled in by the panel", ("requests", row))
    add("{%p endif %}")

    add("{%p for item in items %}")
    add("{{ item.number }}. {{ item.title }}", "Heading 1")
    add("Notes:", "Room")
    add("Decisions:", "To fill")
    add("{%p endfor %}")

    add("{%p if cohort %}")
    add("The children", "Heading 1")
    row = ["{{ row.child }}", "", ""]
    _table(document, WRITTEN, "The children", "One row a child, to write in", ("cohort", row))
    add("{%p endif %}")

    add("Actions", "Heading 1")
    told = add(
        "One action a row, with one named owner and a date such as 4 December 2026. The state may be: {{ progress }}."
    )
    told.paragraph_format.keep_with_next = True
    _either(document, _actions, "previous")
    add("Next meeting, date, time and place:", "To fill").paragraph_format.space_before = Pt(12)
    return _saved(document)


def _head(document: Any, what: str) -> None:
    add = document.add_paragraph
    add("{%p if practice %}")
    add("{{ practice }}", "Draft notice")
    add("{%p endif %}")
    add("{{ logo }}")
    add("{{ authority }}", "Letterhead")
    add(f"{what}: {{{{ title }}}}", "Title")
    for label, words in (("Date:", "{{ day }}"), ("Time:", "{{ time }}"), ("Place:", "{{ place }}"), ("Chair:", "{{ chair }}")):  # fmt: skip
        letters._labelled(document, label, words, "Address")
    add("{%p if school %}")
    letters._labelled(document, "School:", "{{ school }}", "Address")
    add("{%p endif %}")
    letters._labelled(document, "Reference:", "{{ reference }}", "Address")


def _section(document: Any, heading: str, names: str, style: str) -> None:
    document.add_paragraph(f"{{%p if {names} %}}")
    document.add_paragraph(heading, "Heading 1")
    letters._each(document, "line", names, style)
    document.add_paragraph("{%p endif %}")


def _either(document: Any, table: Any, rows: str) -> None:
    """The table with a column for the child in a list, without it in a meeting about one child."""
    document.add_paragraph("{%p if for_list %}")
    table(document, LIST_ACTIONS, rows, ["{{ row.child }}"])
    document.add_paragraph("{%p else %}")
    table(document, ACTIONS, rows, [])
    document.add_paragraph("{%p endif %}")


_ROW = ["{{ row.action }}", "{{ row.owner }}", "{{ row.due }}", "{{ row.progress }}"]


def _previous(document: Any, columns: dict[str, int], rows: str, first: list[str]) -> None:
    _table(document, columns, "Actions so far", "One row an action: owner, date, state", (rows, [*first, *_ROW]))


def _actions(document: Any, columns: dict[str, int], rows: str, first: list[str]) -> None:
    told = "One row an action: those still open, then empty rows to fill in"
    _table(document, columns, "Actions", told, (rows, [*first, *_ROW]), empty=EMPTY_ROWS)


def _requests(document: Any) -> None:
    add = document.add_paragraph
    add("{%p for request in item.requests %}")
    add("{{ request.title }}", "Heading 2")
    letters._labelled(document, "School:", "{{ request.school }}", "Change")
    letters._labelled(document, "Asked for in all:", "{{ request.total }}", "Change")
    add("{%p for line in request.lines %}")
    add("{{ line.title }}", "Heading 3")
    links = {
        "Need": "need",
        "The child's voice": "voice",
        "Target": "target",
        "Provision": "provision",
        "Money": "money",
        "Effect": "effect",
        "Not found, so ask": "missing",
    }
    table = _table(document, THREAD, "Golden thread", "From need to effect, in the words of the PEP")
    for label, name in links.items():
        for row in ([f"{{%tr if line.{name} %}}", ""], [label, f"{{{{ line.{name} }}}}"], ["{%tr endif %}", ""]):
            _write(table.add_row(), row, THREAD)
    add("{%p endfor %}")
    add("{%p if request.spent %}")
    add("Spent before, not asked for now", "Heading 3")
    add("{%p for one in request.spent %}")
    add("{{ one }}", "List Bullet")
    add("{%p endfor %}")
    add("{%p endif %}")
    add("{%p endfor %}")


def _table(
    document: Any,
    columns: dict[str, int],
    title: str,
    description: str,
    loop: tuple[str, list[str]] | None = None,
    empty: int = 0,
) -> Any:
    """A data table: its first row is its header and repeats on each page; the title is read aloud."""
    table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.autofit = False
    for name, words in (("tblCaption", title), ("tblDescription", description)):
        told = OxmlElement(f"w:{name}")
        told.set(qn("w:val"), words)
        table._tbl.tblPr.append(told)
    for column, width in zip(table.columns, columns.values(), strict=True):
        column.width = Mm(width)
    _write(table.rows[0], list(columns), columns, "Table heading")
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    if loop is not None:
        rows, words = loop
        blank = [""] * (len(columns) - 1)
        _write(table.add_row(), [f"{{%tr for row in {rows} %}}", *blank], columns)
        _write(table.add_row(), words, columns)
        _write(table.add_row(), ["{%tr endfor %}", *blank], columns)
    for _ in range(empty):
        _write(table.add_row(), [""] * len(columns), columns)
    return table


def _write(row: Any, words: list[str], columns: dict[str, int], style: str = "Table text") -> None:
    whole = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(whole)
    for cell, text, width in zip(row.cells, words, columns.values(), strict=True):
        cell.width = Mm(width)
        cell.paragraphs[0].style = style
        cell.paragraphs[0].text = text


def _blank(title: str) -> Any:
    document = Document()
    letters._clean(document)
    letters._styles(document)
    letters._page(document)
    document.core_properties.title = title
    document.sections[0].header.paragraphs[0].text = "{% if practice %}{{ practice }}. {% endif %}{{ confidential }}"
    styles = document.styles
    heading = styles.add_style("Heading 3", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    heading.base_style = styles["Normal"]
    letters._look(heading, 11, bold=True, colour=letters.INK, before=6, after=2, together=True)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "2")
    heading.element.get_or_add_pPr().append(level)
    for name, size, look in (
        ("When", 11, {"bold": True, "after": 3, "together": True}),
        ("To fill", 11, {"bold": True, "before": 4, "after": 8}),
        ("Room", 11, {"bold": True, "before": 4, "after": 60, "together": True}),
        ("Table text", 10, {"before": 2, "after": 2}),
        ("Table heading", 10, {"bold": True, "before": 2, "after": 2, "together": True}),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        letters._look(style, size, **look)
    _grid(styles)
    return document


def _grid(styles: Any) -> None:
    """Thin lines all round, that also print in black and white."""
    grid = styles.add_style("Table Grid", WD_STYLE_TYPE.TABLE, builtin=True)
    properties, borders = OxmlElement("w:tblPr"), OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for attribute, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "7F7F7F")):
            line.set(qn(f"w:{attribute}"), value)
        borders.append(line)
    properties.append(borders)
    grid.element.append(properties)


def _saved(document: Any) -> bytes:
    saved = io.BytesIO()
    document.save(saved)
    return repacked(saved.getvalue(), letters.MADE)


def readme() -> str:
    """The kinds, slots, blocks and placeholders, as Markdown."""
    lines = [
        "# Meetings",
        "",
        "One file a kind of meeting; each extends `meeting.yaml`, which has what all share. Made by",
        "`scripts/make_meeting_templates.py`; a test keeps it true. To change a kind, copy its file into the folder `meetings`",
        "of your own templates (`vsdocs.toml`, `[look] templates`) and edit it there; a new file there is a new kind.",
        "`vsdocs agenda --list` lists them, and tells each slip with its line.",
        "",
        "| kind | what it is | about |",
        "|---|---|---|",
    ]
    about = {"child": "one child", "list": "a list of children", "school": "one school's children"}
    for name in kinds.names(Settings()):
        kind = kinds.load(name, Settings())
        lines.append(f"| `{name}` | {kind.title} | {about[kind.about]} |")
    for title, slots in (
        ("Words in braces, in any sentence", kinds.EVERY),
        ("Of one child, also", kinds.OF_A_CHILD),
        ("Of a list, also", kinds.OF_A_LIST),
        ("Of one school's children, also", kinds.OF_A_SCHOOL),
    ):
        lines += ["", f"## {title}", "", "| in braces | what stands there |", "|---|---|"]
        lines += [f"| `{{{slot}}}` | {told} |" for slot, told in slots.items()]
    lines += [
        "",
        "## Parts of a PEP that an item may show",
        "",
        "An item names them under `shows`. Their sentences stand under `blocks` in `meeting.yaml`.",
        "",
        "| part | its sentences, with what each may use |",
        "|---|---|",
    ]
    for name, sentences in LINES.items():
        told = "; ".join(" ".join([f"`{s}`", *(f"`{{{slot}}}`" for slot in slots)]) for s, slots in sentences.items())
        lines.append(f"| `{name}` | {told or 'a table'} |")
    for name, model, needed in (("agenda.docx", Agenda, REQUIRED["agenda.docx"]), ("notes.docx", NotesForm, REQUIRED["notes.docx"])):  # fmt: skip
        lines += ["", f"## {name}", "", *_placeholders(model, needed)]
    for model in (Item, Block, Row, Child, Request, Line):
        name = model.__name__.lower()
        needed = tuple({*REQUIRED["agenda.docx"], *REQUIRED["notes.docx"]})
        lines += ["", f"### Of each {name}", "", *_placeholders(model, needed, f"{name}.")]
    return "\n".join([*lines, ""])


def _placeholders(model: type[BaseModel], needed: tuple[str, ...], prefix: str = "") -> list[str]:
    rows = [
        f"| `{{{{ {prefix}{name} }}}}` | {info.description} | {'yes' if prefix + name in needed else ''} |"
        for name, info in model.model_fields.items()
    ]
    return ["| placeholder | what stands there | must stay |", "|---|---|---|", *rows]


def main() -> None:
    (letters.FOLDER / "agenda.docx").write_bytes(agenda())
    (letters.FOLDER / "notes.docx").write_bytes(notes())
    (letters.FOLDER / "meetings" / "README.md").write_text(readme(), encoding="utf-8")


if __name__ == "__main__":
    main()
