"""Word files: one pass over the XML of a .docx, .docm or .dotx.

A form is read as a person sees it printed: tracked insertions are in and deletions out, an unfilled control is empty,
every tick is ☒ or ☐ whatever was used for it, a text box is read once. Hidden text is left out and noted. Headers,
footers, comments and footnotes go to the document's margins. Nothing is fetched and no entity is resolved.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from posixpath import basename, normpath
from typing import Any

from lxml import etree

from vsdocs.document import TICKED, UNTICKED, Cell, Document, Format, Note, Paragraph, Run, Table
from vsdocs.errors import FileProblem
from vsdocs.evidence import Location
from vsdocs.readers.word_styles import Look, Numbering, Styles, W, is_on

MAX_PART = 60_000_000  # bytes of one unpacked part; a large PEP has under 2 MB
MAX_UNPACKED = 500_000_000  # bytes of the whole file unpacked
MAX_CELLS = 50_000

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_SKIPPED = {
    W + name
    for name in (
        "del", "moveFrom", "pPr", "rPr", "tblPr", "tcPr", "trPr", "tblGrid", "sectPr", "sdtPr", "sdtEndPr",
        "instrText", "delText", "delInstrText", "commentReference", "rt",
    )
} | {MC + "Fallback"}  # fmt: skip
_PLAIN = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_TICKS = str.maketrans(dict.fromkeys("☑✓✔✅🗹🗷", TICKED) | dict.fromkeys("□▢◻❏❑⬜", UNTICKED))
#: Wingdings and Webdings characters that forms use for boxes, by the last byte of `w:char`
_SYMBOLS = {
    **dict.fromkeys((0xFD, 0xFE, 0x52, 0x53, 0x54, 0xFC, 0x61), TICKED),
    **dict.fromkeys((0xA8, 0x6F, 0x71, 0x72, 0xA3, 0x63), UNTICKED),
}
_MARGINS = re.compile(r"(header|footer|comments|footnotes|endnotes)\d*\.xml")


def read(data: bytes) -> Document:
    """The document in a Word file's bytes.

    Raises FileProblem: `damaged` (not a zip, not XML, nested past all sense), `unsafe` (a document type declaration, which
    Word never writes), `encrypted`, `too_big`.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return _read(_Parts(package))
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, ValueError) as error:
        raise FileProblem("damaged") from error
    except (etree.XMLSyntaxError, RecursionError, IndexError) as error:
        raise FileProblem("damaged") from error
    except RuntimeError as error:  # zipfile's word for a password
        raise FileProblem("encrypted") from error


class _Parts:
    """The XML parts of the package, each parsed when asked for."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package
        self.names = {info.filename: info for info in package.infolist()}
        if sum(info.file_size for info in self.names.values()) > MAX_UNPACKED:
            raise FileProblem("too_big")
        for name in self.names:
            if name.endswith((".xml", ".rels")):
                with package.open(name) as part:
                    if b"<!DOCTYPE" in part.read(4096).upper():
                        raise FileProblem("unsafe")

    def xml(self, name: str) -> Any:
        if self.names[name].file_size > MAX_PART:
            raise FileProblem("too_big")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        root = etree.fromstring(self.package.read(name), parser)
        if root.getroottree().docinfo.doctype:
            raise FileProblem("unsafe")
        return root

    def optional(self, name: str) -> Any | None:
        return self.xml(name) if name in self.names else None

    def main(self) -> str:
        """The name of the part that holds the body: `word/document.xml` nearly always."""
        rels = self.optional("_rels/.rels")
        for rel in rels if rels is not None else ():
            if rel.get("Type", "").endswith("/officeDocument"):
                name = str(normpath(rel.get("Target", "").lstrip("/")))
                if name in self.names:
                    return name
        return "word/document.xml"


def _read(parts: _Parts) -> Document:
    main = parts.main()
    folder = main.rpartition("/")[0]
    styles = Styles(parts.optional(f"{folder}/styles.xml"))
    numbering = Numbering(parts.optional(f"{folder}/numbering.xml"))
    body = parts.xml(main).find(W + "body")
    if body is None:
        raise FileProblem("damaged")
    walker = _Walker(styles, numbering)
    blocks = tuple(walker.blocks(body))
    margins: list[Paragraph] = []
    for name in sorted(parts.names):
        if name.startswith(f"{folder}/") and _MARGINS.fullmatch(basename(name)):
            aside = _Walker(styles, numbering, where=basename(name).rstrip("0123456789.xml"))
            content = tuple(aside.blocks(parts.xml(name)))
            margins += [p for p in Document(Format.DOCX, content).paragraphs() if p.text]
    notes = [Note(code, _NOTES[code]) for code in sorted(walker.noted)]
    if any(name.lower().endswith("vbaproject.bin") for name in parts.names):
        notes.append(Note("macros", _NOTES["macros"]))
    return Document(Format.DOCX, blocks, None, tuple(margins), tuple(notes))


_NOTES = {
    "hidden_text": "The file holds hidden text, which was not read.",
    "tracked_changes": "The file holds tracked changes: insertions were read, deletions were not.",
    "struck_out": "The file holds struck-out words, which were not read.",
    "inserted_file": "Another file is inserted in this one, and was not read.",
    "macros": "The file holds macros. They were not run; a PEP does not need them.",
}


@dataclass
class _Text:
    """A paragraph in the making: its runs so far, and blocks met inside it (text boxes)."""

    runs: list[Run] = field(default_factory=list)
    inner: list[Paragraph | Table] = field(default_factory=list)

    def add(self, text: str, look: Look) -> None:
        if not text:
            return
        run = Run(text, bold=look.bold, muted=look.muted, size=look.size)
        if self.runs and replace(self.runs[-1], text=text) == run:
            run = replace(run, text=self.runs.pop().text + text)
        self.runs.append(run)


class _Walker:
    """Goes once over a part, counting paragraphs and tables to say where things are."""

    def __init__(self, styles: Styles, numbering: Numbering, where: str = "") -> None:
        self.styles, self.numbering, self.where = styles, numbering, where
        self.heading = ""
        self.counted = {"paragraph": 0, "table": 0}
        self.cells = 0
        self.noted: set[str] = set()

    def place(self, kind: str, rest: str = "") -> Location:
        lead = f"{self.heading}: " if self.heading else ""
        return Location(None, self.where or f"{lead}{kind} {self.counted[kind]}{rest}")

    def blocks(self, parent: Any, blank: bool = False, inside: str = "") -> Iterator[Paragraph | Table]:
        """The paragraphs and tables under an element. `blank`: in an unfilled control, whose text is a placeholder;
        `inside`: the place of the cell they are in."""
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                yield from self.paragraph(child, blank, inside)
            elif tag == W + "tbl":
                yield self.table(child, blank)
            elif tag == W + "sdt":
                content = child.find(W + "sdtContent")
                if content is not None:
                    if _box(child) is not None:
                        yield from self.paragraph(child, blank, inside)
                    else:
                        yield from self.blocks(content, blank or _unfilled(child), inside)
            elif tag == W + "altChunk":
                self.noted.add("inserted_file")
            elif tag not in _SKIPPED and len(child):
                yield from self.blocks(child, blank, inside)

    def paragraph(self, element: Any, blank: bool, inside: str) -> Iterator[Paragraph | Table]:
        props = element.find(W + "pPr")
        style = self.styles.of(props, W + "pStyle")
        if not inside:
            self.counted["paragraph"] += 1
        text = _Text()
        self.runs(element, text, style, blank)
        marker = self.numbering.marker(props, style.numbering)
        if marker and any(run.text.strip() for run in text.runs):
            text.runs.insert(0, replace(text.runs[0], text=f"{marker} "))
        level = self.styles.level(props)
        location = Location(None, inside) if inside else self.place("paragraph")
        made = Paragraph(tuple(text.runs), location, level)
        if not inside and made.text and len(made.text) < 90 and (level or _all_bold(made)):
            self.heading = made.text.rstrip(":")
        yield made
        yield from text.inner

    def runs(self, parent: Any, text: _Text, look: Look, blank: bool) -> None:
        """Adds the text under an element to a paragraph."""
        for child in parent:
            tag = child.tag
            if tag == W + "t":
                if not blank:
                    text.add((child.text or "").translate(_TICKS), look)
            elif tag == W + "r":
                own = self.styles.run(child.find(W + "rPr"), look)
                if own.hidden or own.struck:
                    if any(t.text and t.text.strip() for t in child.iter(W + "t")):
                        self.noted.add("hidden_text" if own.hidden else "struck_out")
                    continue
                self.runs(child, text, own, blank)
            elif tag in _PLAIN:
                if not blank and not (tag == W + "br" and child.get(W + "type") in ("page", "column")):
                    text.add(_PLAIN[tag], look)
            elif tag == W + "sdt":
                box = _box(child)
                content = child.find(W + "sdtContent")
                if box is not None:
                    text.add(box, look)
                elif content is not None:
                    self.runs(content, text, look, blank or _unfilled(child))
            elif tag == W + "fldChar":
                text.add(_legacy_field(child), look)
            elif tag == W + "sym":
                text.add(_symbol(child), look)
            elif tag in (W + "del", W + "moveFrom"):
                self.noted.add("tracked_changes")
            elif tag == W + "txbxContent":
                text.inner += self.blocks(child, blank, self.place("paragraph").place + ", text box")
            elif tag not in _SKIPPED and len(child):
                if tag == W + "ins":
                    self.noted.add("tracked_changes")
                self.runs(child, text, look, blank)

    def table(self, element: Any, blank: bool) -> Table:
        self.counted["table"] += 1
        number = self.counted["table"]
        location = self.place("table")
        heads = self.styles.table_heads(element.find(W + "tblPr"))
        cells: list[Cell] = []
        open_merges: dict[int, int] = {}  # grid column -> index in `cells` of the cell that runs down through it
        for row, (tr, row_blank) in enumerate(_rows(element, blank)):
            props = tr.find(W + "trPr")
            is_head = ("firstRow" in heads and row == 0) or _has(props, "tblHeader")
            column = _number(props, "gridBefore")
            for tc, cell_blank in _cells(tr, row_blank):
                self.cells += 1
                if self.cells > MAX_CELLS:
                    raise FileProblem("too_big")
                cell_props = tc.find(W + "tcPr")
                span = max(_number(cell_props, "gridSpan", 1), 1)
                merge = cell_props.find(W + "vMerge") if cell_props is not None else None
                running = open_merges.get(column)
                if merge is not None and merge.get(W + "val", "continue") != "restart" and running is not None:
                    cells[running] = replace(cells[running], row_span=row - cells[running].row + 1)
                    column += span
                    continue
                open_merges.pop(column, None)
                if merge is not None:
                    open_merges[column] = len(cells)
                lead = location.place.rpartition("table ")[0]
                place = self.where or f"{lead}table {number}, row {row + 1}"
                content = tuple(self.blocks(tc, cell_blank, place))
                shaded = is_head or ("firstCol" in heads and column == 0) or _shaded(cell_props)
                cells.append(Cell(row, column, content, Location(None, place), column_span=span, shaded=shaded))
                column += span
        return Table(tuple(cells), location)


def _rows(parent: Any, blank: bool) -> Iterator[tuple[Any, bool]]:
    """The rows of a table, those inside content controls too; rows deleted in a tracked change are gone."""
    for child in parent:
        if child.tag == W + "tr":
            if not _has(child.find(W + "trPr"), "del"):
                yield child, blank
        elif child.tag == W + "sdt":
            content = child.find(W + "sdtContent")
            yield from _rows(content if content is not None else (), blank or _unfilled(child))
        elif child.tag not in _SKIPPED:
            yield from _rows(child, blank)


def _cells(row: Any, blank: bool) -> Iterator[tuple[Any, bool]]:
    for child in row:
        if child.tag == W + "tc":
            yield child, blank
        elif child.tag == W + "sdt":
            content = child.find(W + "sdtContent")
            yield from _cells(content if content is not None else (), blank or _unfilled(child))
        elif child.tag not in _SKIPPED:
            yield from _cells(child, blank)


def _has(props: Any, name: str) -> bool:
    return props is not None and is_on(props.find(W + name))


def _number(props: Any, name: str, default: int = 0) -> int:
    found = props.find(W + name) if props is not None else None
    value = found.get(W + "val", "") if found is not None else ""
    return min(int(value), 1000) if value.isdigit() else default


def _shaded(props: Any) -> bool:
    shading = props.find(W + "shd") if props is not None else None
    if shading is None:
        return False
    fill, theme = shading.get(W + "fill", "auto"), shading.get(W + "themeFill", "background1")
    return fill.lower() not in ("auto", "ffffff", "") or theme not in ("background1", "light1")


def _unfilled(control: Any) -> bool:
    props = control.find(W + "sdtPr")
    return props is not None and is_on(props.find(W + "showingPlcHdr"))


def _box(control: Any) -> str | None:
    """☒ or ☐ where a content control is a check box."""
    props = control.find(W + "sdtPr")
    box = props.find(W14 + "checkbox") if props is not None else None
    if box is None:
        return None
    checked = box.find(W14 + "checked")
    return TICKED if checked is not None and checked.get(W14 + "val", "1") in ("1", "true") else UNTICKED


def _legacy_field(char: Any) -> str:
    """What a form field of the kind before 2007 shows: its box, or the chosen line of its list."""
    data = char.find(W + "ffData")
    if data is None:
        return ""
    box = data.find(W + "checkBox")
    if box is not None:
        state = box.find(W + "checked")
        return TICKED if is_on(state if state is not None else box.find(W + "default")) else UNTICKED
    choices = data.find(W + "ddList")
    if choices is not None:
        lines = [entry.get(W + "val", "") for entry in choices.findall(W + "listEntry")]
        chosen = _number(choices, "result", _number(choices, "default"))
        return lines[chosen] if chosen < len(lines) else ""
    return ""


def _symbol(symbol: Any) -> str:
    if not symbol.get(W + "font", "").startswith(("Wingdings", "Webdings")):
        return ""
    return _SYMBOLS.get(int(symbol.get(W + "char", "0"), 16) & 0xFF, "")


def _all_bold(paragraph: Paragraph) -> bool:
    return all(run.bold for run in paragraph.runs if run.text.strip())
