"""Makes the templates' own files: `templates/feedback.docx`, the blank letter, and `templates/README.md`.

Run it after a change to this script or to the fields and sentences of the letter:

    python scripts/make_templates.py

A council does not need it: it edits a copy of feedback.docx in Word.
"""

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from pydantic import BaseModel

from vsdocs.generate.letters.layers import VARIANTS
from vsdocs.generate.templates import all_templates
from vsdocs.generate.word_template import AUTHOR, repacked
from vsdocs.settings import Settings

FOLDER = Path(__file__).parents[1] / "templates"
MADE = date(2026, 9, 1)
FONT = "Arial"
INK, ACCENT = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x1F, 0x3A, 0x5F)
_LEFT_OVERS = ("/thumbnail", "/customXml", "/extended-properties", "/stylesWithEffects", "/webSettings")
KEPT = {
    "Normal", "Title", "Heading 1", "Heading 2", "List Bullet", "List Number", "Header", "Footer",
    "Default Paragraph Font", "Normal Table", "No List", "Strong",
}  # fmt: skip


def letter() -> bytes:
    """The blank letter: A4, en-GB, headings and lists by real styles, no tables, no text boxes."""
    document = Document()
    _clean(document)
    _styles(document)
    _page(document)
    add = document.add_paragraph

    add("{%p if draft %}")
    add("{{ draft }}", "Draft notice")
    add("{%p endif %}")
    add("{{ logo }}")
    add("{{ authority }}", "Letterhead")
    add("{{ address }}", "Letterhead")
    add("{{ date }}", "Date")
    add("{{ designated_teacher }}, Designated Teacher", "Address")
    add("{{ school }}", "Address last")
    add("{{ subject }}, reference {{ reference }}", "Title")
    add("Dear {{ dear }},")
    add("{{ thanks }}")

    add("Overall grade: {{ grade }}", "Heading 1")
    add("{{ meaning }}")
    add("{{ areas }}")

    add("What is strong", "Heading 1")
    _each(document, "strength", "strengths", "List Bullet")

    add("{%p if last_time %}")
    add("Since the last plan", "Heading 1")
    _each(document, "line", "last_time", "List Bullet")
    add("{%p endif %}")

    add("What to change", "Heading 1")
    add("{{ change_intro }}")
    add("{%p for change in changes %}")
    add("{{ loop.index }}. {{ change.title }}", "Heading 2")
    _labelled(document, "The PEP now:", "{% if change.says %}{{ change.says }} {% endif %}{{ change.why }}")
    _labelled(document, "To make it stronger:", "{{ change.stronger }}")
    _labelled(document, "Who and when:", "{{ change.who }}, {{ change.when }}.", "Change last")
    add("{%p endfor %}")

    add("{%p if matters %}")
    add("Matters that need action", "Heading 1")
    _each(document, "matter", "matters", "List Bullet")
    add("{%p endif %}")

    add("{%p if thread %}")
    add("The golden thread", "Heading 1")
    _each(document, "line", "thread", "List Bullet")
    add("{%p endif %}")

    add("What happens next", "Heading 1")
    _each(document, "step", "next_steps", "List Number")
    add("{{ contact }}").paragraph_format.space_before = Pt(8)
    add("{{ second_look }}")
    add("{{ closing }}").paragraph_format.keep_with_next = True
    add("Yours sincerely,", "Signature block")
    add("{%p if not draft %}")  # nobody signs what nobody has read
    add("{{ signature }}", "Signature block")
    add("{%p endif %}")
    add("{{ lead }}", "Signature block")
    add("Virtual School Lead")

    _for_the_lead(document)

    saved = io.BytesIO()
    document.save(saved)
    return repacked(saved.getvalue(), MADE)


def short_letter() -> bytes:
    """The blank of all other letters, in the looks of the first."""
    document = Document()
    _clean(document)
    document.core_properties.title = "Letter of the virtual school"
    _styles(document)
    _page(document)
    header = document.sections[0].header.paragraphs[0]
    header.clear()
    _header(header, "{{ confidential }}")
    add = document.add_paragraph

    add("{{ logo }}")
    add("{{ authority }}", "Letterhead")
    add("{{ address }}", "Letterhead")
    add("{{ date }}", "Date")
    add("{{ to }}", "Address")
    add("{{ school }}", "Address last")
    add("{{ subject }}, reference {{ reference }}", "Title")
    add("Dear {{ dear }},")
    _each(document, "paragraph", "paragraphs", "Normal")

    add("{%p for part in parts %}")
    add("{{ part.heading }}", "Heading 1")
    _each(document, "paragraph", "part.paragraphs", "Normal")
    _each(document, "point", "part.points", "List Bullet")
    add("{%p endfor %}")

    add("{%p if asks %}")
    add("What we ask", "Heading 1")
    add("{%p for ask in asks %}")
    add("{{ ask.what }}{% if ask.when %} When: {{ ask.when }}.{% endif %}", "List Bullet")
    add("{%p endfor %}")
    add("{%p endif %}")

    add("{%p if next_steps %}")
    add("What happens next", "Heading 1")
    _each(document, "step", "next_steps", "List Number")
    add("{%p endif %}")
    add("{{ contact }}").paragraph_format.space_before = Pt(8)
    add("{{ second_look }}")
    add("{{ closing }}").paragraph_format.keep_with_next = True
    add("Yours sincerely,", "Signature block")
    add("{{ signature }}", "Signature block")
    add("{{ lead }}", "Signature block")
    add("Virtual School Lead")

    _for_the_lead(document)

    saved = io.BytesIO()
    document.save(saved)
    return repacked(saved.getvalue(), MADE)


def _for_the_lead(document: Any) -> None:
    document.add_paragraph("{%p if lead_list %}")
    document.add_paragraph("For the virtual school lead: check, then delete this part", "Lead heading")
    _each(document, "line", "lead_list", "List Bullet")
    document.add_paragraph("{%p endif %}")


def _each(document: Any, name: str, names: str, style: str) -> None:
    document.add_paragraph(f"{{%p for {name} in {names} %}}")
    document.add_paragraph(f"{{{{ {name} }}}}", style)
    document.add_paragraph("{%p endfor %}")


def _labelled(document: Any, label: str, words: str, style: str = "Change") -> None:
    paragraph = document.add_paragraph(style=style)
    paragraph.add_run(label, "Strong")
    paragraph.add_run(f" {words}")


def _clean(document: Any) -> None:
    """Take out what python-docx's blank brings along: its thumbnail, its notes, its date, its gallery of styles."""
    package = document.part.package
    for owner in (package, document.part):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.endswith(_LEFT_OVERS):
                del owner.rels[key]
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.language = "PEP feedback letter", AUTHOR, AUTHOR, "en-GB"
    core.comments, core.keywords, core.subject, core.category = "", "", "", ""
    core.identifier = "vsdocs template"
    for node in document.element.iter():
        for attribute in [name for name in node.attrib if "}rsid" in name]:
            del node.attrib[attribute]
    core.created = core.modified = datetime(MADE.year, MADE.month, MADE.day)
    core.revision = 1
    for style in list(document.styles):
        if style.name not in KEPT:
            style.delete()
    for name in ("w:latentStyles", "w:rsid", "w:link", "w:tabs"):
        for element in list(document.styles.element.iter(qn(name))):
            element.getparent().remove(element)
    _settings(document.settings.element)
    _numbering(document)


def _settings(settings: Any) -> None:
    """Word 2013 and later, British English, and no trace of the documents that the blank grew from."""
    kept = {qn(f"w:{name}") for name in ("defaultTabStop", "characterSpacingControl", "compat", "themeFontLang")}
    for child in list(settings):
        if child.tag not in kept:
            settings.remove(child)
    language = settings.find(qn("w:themeFontLang"))
    language.attrib.clear()
    language.set(qn("w:val"), "en-GB")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _numbering(document: Any) -> None:
    """Only the two lists that the letter has."""
    numbering = document.part.numbering_part.element
    used = {document.styles[name].element.pPr.numPr.numId.val for name in ("List Bullet", "List Number")}
    kept = set()
    for number in numbering.findall(qn("w:num")):
        if number.numId in used:
            kept.add(number.abstractNumId.val)
        else:
            numbering.remove(number)
    for abstract in numbering.findall(qn("w:abstractNum")):
        if int(abstract.get(qn("w:abstractNumId"))) not in kept:
            numbering.remove(abstract)


def _styles(document: Any) -> None:
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(defaults):
        defaults.remove(child)
    _fonts(defaults)
    language = OxmlElement("w:lang")
    for attribute, value in (("val", "en-GB"), ("eastAsia", "en-GB"), ("bidi", "ar-SA")):
        language.set(qn(f"w:{attribute}"), value)
    defaults.append(language)

    _look(styles["Normal"], 11, after=6)
    _look(styles["Title"], 15, bold=True, colour=ACCENT, before=0, after=10, together=True)
    _look(styles["Heading 1"], 13, bold=True, colour=ACCENT, before=12, after=4, together=True)
    _look(styles["Heading 2"], 11.5, bold=True, colour=INK, before=8, after=2, together=True)
    for name in ("List Bullet", "List Number"):
        _look(styles[name], 11, after=3)
    for name in ("Header", "Footer"):
        _look(styles[name], 9, after=0)
    strong = (
        styles["Strong"]
        if "Strong" in [s.name for s in styles]
        else styles.add_style("Strong", WD_STYLE_TYPE.CHARACTER)
    )
    strong.font.bold = True
    for name, size, settings in (
        ("Draft notice", 11, {"bold": True, "after": 10}),
        ("Letterhead", 11, {"bold": True, "after": 0}),
        ("Date", 11, {"before": 10, "after": 10}),
        ("Address", 11, {"after": 0}),
        ("Address last", 11, {"after": 12}),
        ("Change", 11, {"after": 3, "together": True}),
        ("Change last", 11, {"after": 6}),
        ("Signature block", 11, {"after": 0, "together": True}),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _look(style, size, **settings)
    styles["Signature block"].paragraph_format.space_after = Pt(10)
    _boxed(styles["Draft notice"])
    lead = styles.add_style("Lead heading", WD_STYLE_TYPE.PARAGRAPH)  # what stands under it is not for the school
    lead.base_style = styles["Heading 1"]


def _fonts(properties: Any) -> None:
    fonts = OxmlElement("w:rFonts")
    for attribute in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{attribute}"), FONT)
    properties.insert(0, fonts)


def _look(
    style: Any, size: float, *, bold: bool = False, colour: RGBColor = INK, before: float = 0, after: float = 6,
    together: bool = False,
) -> None:  # fmt: skip
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    _fonts(properties)
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, colour
    shape = style.element.get_or_add_pPr()
    for child in list(shape):
        if child.tag in (qn("w:pBdr"), qn("w:contextualSpacing")):
            shape.remove(child)
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.keep_with_next = Pt(before), Pt(after), together
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.08


def _boxed(style: Any) -> None:
    """A border all round, so that nobody takes the draft for the letter; it prints in black and white."""
    border = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for attribute, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "1A1A1A")):
            line.set(qn(f"w:{attribute}"), value)
        border.append(line)
    shape = style.element.get_or_add_pPr()
    shape.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(18), Mm(16)
    section.header_distance = section.footer_distance = Mm(9)
    _header(section.header.paragraphs[0], "{% if draft %}DRAFT. {% endif %}{{ confidential }}")
    footer = section.footer.paragraphs[0]
    footer.add_run("Reference {{ reference }}, page ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")


def _header(paragraph: Any, text: str) -> None:
    paragraph.add_run("{% if practice %}{{ practice }} {% endif %}", "Strong")
    paragraph.add_run(text)


def _field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def readme() -> str:
    """What each template may hold and each sentence may use, as Markdown; made from the kinds that there are."""
    templates = all_templates().values()
    files = {one.id: list(one.sentences(Settings())) for one in templates}
    lines = [
        "# Templates",
        "",
        "What vsdocs writes, in forms that a council may change. Made by `scripts/make_templates.py`; a test keeps it true.",
        "",
        "| file | what it is | edited with |",
        "|---|---|---|",
    ]
    for one in templates:
        lines.append(f"| `{one.file}` | {one.title}: headings, labels, order | Word |")
        lines += [f"| `{name}` | sentences of {one.title} | any text editor |" for name in files[one.id]]
    lines += ["| `sweep/` | the page of a sweep, `sweep.html` | not made to be edited |", "", *_HOW_TO]
    for one in templates:
        lines += ["", f"## {one.file}", "", *_table(type(one.sample), one.required)]
        for model in _listed(type(one.sample)):
            name = model.__name__.lower()
            lines += ["", f"In a list, for each `{name}`:", "", *_table(model, one.required, prefix=f"{name}.")]
    lines += ["", *_LETTERS_OF_YOUR_OWN, *(f"| `{name}` | {when} |" for name, when in VARIANTS.items())]
    told: list[dict[str, str]] = []
    for one in templates:
        if one.slots and dict(one.slots) not in told:
            told.append(dict(one.slots))
            sharing = [other for other in templates if dict(other.slots) == told[-1]]
            lines += ["", f"## Sentences of {', '.join(other.title for other in sharing)}", ""]
            lines += [
                "Any sentence may use these words in braces. A sentence that may use more shows them in the file."
            ]
            lines += ["", "| in braces | what stands there |", "|---|---|"]
            lines += [f"| `{{{slot}}}` | {about} |" for slot, about in one.slots.items()]
    return "\n".join([*lines, ""])


_HOW_TO = """\
## How to change them

1. `vsdocs templates copy our-templates` copies them into a folder of your own. Delete there what you do not want to change.
2. Edit them in Word, or the sentences in a text editor.
3. Name the folder in `vsdocs.toml`, and what you would like to have in every letter:

   ```toml
   [authority]
   name = "Brightwater Council"

   [look]
   templates = "our-templates"
   logo = "pictures/logo.png"           # PNG or JPEG
   logo_says = "Brightwater Council"    # for those who have the letter read aloud
   signature = "pictures/signature.png"
   colour = "#1F3A5F"                   # of the headings
   ```
4. `vsdocs templates check` fills each template with a sample and tells each fault with its place and the nearest right spelling.

Words in double braces are placeholders, filled for each document; move or delete what you like, but for those that must stay.
A list stands between `{%p for change in changes %}` and `{%p endfor %}`, each alone in its paragraph. Text from a PEP prints as
it is: it can hold no placeholder and no markup. A faulty template stops the work before the first document is written.

Two placeholders may stand in every template, each alone in its paragraph: `{{ logo }}` and `{{ signature }}`. Where
`vsdocs.toml` names no such picture, the paragraph goes away.""".splitlines()


_LETTERS_OF_YOUR_OWN = """\
## A letter of your own

Each of the other letters is a `.yaml` file that begins with `extends: common`: `title`, `subject`, `paragraphs`, `asks`
(what, and by when), `sections`, `next_steps`, `closing`. `needs` says without what it is not written: a slot that must be
known, a flag that must be up, or a grade, and what is said where it is missing. A letter of your own is a file of your own in
your templates' folder: nothing else is needed for `vsdocs letter --kind`. Its Word form is `letter.docx`, or one of the file's
own name beside it.

Below `variants` stand sentences that take the place of others in some letters; of each key only what differs. Below `levels`
stands the same for letters that are sent in steps (`vsdocs letter --level`).

| variant | where |
|---|---|""".splitlines()


def _listed(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The models that a model's lists hold, and theirs."""
    found: list[type[BaseModel]] = []
    for info in model.model_fields.values():
        for kind in get_args(info.annotation):
            if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in found:
                found += [kind, *(inner for inner in _listed(kind) if inner not in found)]
    return found


def _table(model: type[BaseModel], required: tuple[str, ...], prefix: str = "") -> list[str]:
    rows = []
    for name, info in model.model_fields.items():
        needed = "yes" if prefix + name in required else ""
        rows.append(f"| `{{{{ {prefix}{name} }}}}` | {info.description} | {needed} |")
    return ["| placeholder | what stands there | must stay |", "|---|---|---|", *rows]


def main() -> None:
    (FOLDER / "feedback.docx").write_bytes(letter())
    (FOLDER / "letter.docx").write_bytes(short_letter())
    (FOLDER / "README.md").write_text(readme(), encoding="utf-8")


if __name__ == "__main__":
    main()
