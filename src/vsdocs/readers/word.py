"""Word files: one pass over the XML of a .docx, .docm or .dotx.

A form is read as a person sees it printed: tracked insertions are in and deletions out, an unfilled control is empty,
every tick is ☒ or ☐ whatever was used for it, a text box is read once. Hidden text is left out and noted. Headers,
footers, comments and footnotes go to the document's margins. Nothing is fetched and no entity is resolved.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from io import BytesIO
from typing import Any

from lxml import etree

from vsdocs.document import Cell, Document, Format, Note, Paragraph, Run, Table
from vsdocs.errors import FileProblem
from vsdocs.evidence import Location
from vsdocs.readers import word_choices, word_signs
from vsdocs.readers.radios import boxes_of, has_marks
from vsdocs.readers.word_controls import settle
from vsdocs.readers.word_numbering import Lists, Numbering
from vsdocs.readers.word_package import Package, parsed
from vsdocs.readers.word_reach import reaches_out
from vsdocs.readers.word_styles import Look, Props, Styles, W, child, has, is_shaded, number, props_of, value

MAX_CELLS = 50_000
MAX_PARAGRAPHS = 100_000  # of one part; a long PEP has 3,000
TINY = 2.0  # points: the smallest print on any form has 4

MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/picture}pic", "{urn:schemas-microsoft-com:vml}imagedata")

_P, _R, _T, _BR, _TBL, _PPR, _RPR = W + "p", W + "r", W + "t", W + "br", W + "tbl", W + "pPr", W + "rPr"
_TEXT = (_T, MATHS + "t")
_DELETED, _INSERTED = (W + "del", W + "moveFrom"), (W + "ins", W + "moveTo")
_SYM, _BOX = W + "sym", W + "txbxContent"
SKIPPED = {
    W + name
    for name in (
        "del", "moveFrom", "pPr", "rPr", "tblPr", "tcPr", "trPr", "tblGrid", "sectPr", "sdtPr", "sdtEndPr",
        "instrText", "delText", "delInstrText", "commentReference", "rt",
    )
}  # fmt: skip
PLAIN = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_GONE = {W + "del", W + "cellDel", W + "hidden"}  # of a row or cell
_MARGINS = ("header", "footer", "comments", "footnotes", "endnotes")
_UNREAD = {
    W + "altChunk": "inserted_file", W + "subDoc": "inserted_file", W + "object": "inserted_file",
    W + "control": "old_controls", DIAGRAM + "relIds": "diagram",
}  # fmt: skip
_NOTES = {
    "hidden_text": "The file holds hidden text, which was not read.",
    "tracked_changes": "The file holds tracked changes: insertions were read, deletions were not.",
    "struck_out": "The file holds struck-out words, which were not read.",
    "inserted_file": "Another file is inserted in this one, and was not read.",
    "old_controls": "The file holds buttons or boxes of an old kind (ActiveX), which were not read.",
    "diagram": "The file holds a diagram, whose words were not read.",
    "macros": "The file holds macros. They were not run; a PEP does not need them.",
    "reaches_out": "The file asks for things from another computer or program. Nothing was fetched or started.",
}


def read(data: bytes) -> Document:
    """The document in a Word file's bytes.

    Raises FileProblem: `damaged` (not a zip, not XML, nested past all sense), `unsafe` (a document type declaration, which
    Word never writes), `encrypted`, `too_big`, `no_text` (pictures and not a word).
    """
    with opened(data) as package:
        return _read(package)


@contextmanager
def opened(data: bytes) -> Iterator[Package]:
    """The package in a Word file's bytes. What goes wrong while it is read is a FileProblem, as `read` says."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield Package(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, ValueError) as error:
        raise FileProblem("damaged") from error
    except (etree.XMLSyntaxError, RecursionError, IndexError) as error:
        raise FileProblem("damaged") from error
    except RuntimeError as error:  # zipfile's word for a password
        raise FileProblem("encrypted") from error


def _read(package: Package) -> Document:
    styles = styles_of(package)
    lists = Lists(package, styles)
    root = package.xml(package.main)
    body = root.find(W + "body")
    if body is None:
        raise FileProblem("damaged")
    far = reaches_out(package, root)
    settle(root, package, styles.prompts)
    walker = Walker(styles, Numbering(lists))
    blocks = tuple(walker.blocks(body))
    margins: list[Paragraph] = []
    for kind in _MARGINS:
        for name in package.parts(kind):
            aside = Walker(styles, Numbering(lists), where=kind)
            part = package.xml(name)
            settle(part, package, styles.prompts)
            content = tuple(aside.blocks(part))
            margins += [p for p in Document(Format.DOCX, content).paragraphs() if p.text]
    document = Document(Format.DOCX, blocks, None, tuple(margins))
    if next(body.iter(*PICTURES), None) is not None and not any(p.text for p in document.paragraphs()):
        raise FileProblem("no_text")
    noted = sorted(walker.noted)
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        noted.append("macros")
    if far:
        noted.append("reaches_out")
    return replace(document, notes=tuple(Note(code, _NOTES[code]) for code in noted))


def styles_of(package: Package) -> Styles:
    parts = package.parts("styles")
    return _styles(package.text(parts[0]) if parts else None)


@lru_cache(maxsize=4)
def _styles(text: bytes | None) -> Styles:
    """The PEPs of a council come on one form, whose styles are its largest part: they are worked out once."""
    return Styles(parsed(text) if text is not None else None)


@dataclass
class Text:
    """A paragraph in the making: its pieces so far, and blocks met inside it (text boxes)."""

    pieces: list[word_choices.Piece] = field(default_factory=list)
    inner: list[Paragraph | Table] = field(default_factory=list)

    def runs(self) -> list[Run]:
        """The pieces as runs, neighbours of one look joined."""
        if not self.pieces:
            return []
        texts: list[str] = []
        looks: list[tuple[bool, bool, float | None]] = []
        for text, look in word_choices.settle([piece for piece in self.pieces if piece[0]]):
            shown = look.bold, look.muted, look.size
            if looks and looks[-1] == shown:
                texts[-1] += text
            else:
                texts.append(text)
                looks.append(shown)
        if has_marks("".join(texts)):
            texts = [boxes_of(text) for text in texts]
        return [Run(word_signs.boxed(text), *look) for text, look in zip(texts, looks, strict=True)]


class Walker:
    """Goes once over a part, counting paragraphs and tables to say where things are. What draws a finished document is
    a walker too, so that the page shows what the reader reads."""

    def __init__(self, styles: Styles, numbering: Numbering, where: str = "") -> None:
        self.styles, self.numbering, self.where = styles, numbering, where
        self.heading = ""
        self.counted = {"paragraph": 0, "table": 0}
        self.cells = self.paragraphs = 0
        self.grounded = False  # whether something coloured lies under what is being read
        self.noted: set[str] = set()

    def place(self, kind: str, rest: str = "") -> Location:
        lead = f"{self.heading}: " if self.heading else ""
        return Location(None, self.where or f"{lead}{kind} {self.counted[kind]}{rest}")

    def blocks(self, parent: Any, inside: Location | None = None) -> Iterator[Paragraph | Table]:
        """The paragraphs and tables under an element. `inside`: the place of the cell they are in."""
        text = Text()
        for element in parent:
            tag = element.tag
            if tag == _P:
                about = child(
                    element, _PPR
                )  # held, as below, while the element is read: a name costs much to make twice
                props = props_of(about)
                look = self.styles.of(props)
                before, self.grounded = self.grounded, self.grounded or look.grounded or is_shaded(props)
                self.runs(element, text, look)
                self.grounded = before
                if _RPR not in props or not self.goes_on(element, props):
                    yield self.paragraph(text, props, look, inside)
                    yield from text.inner
                    text = Text()
            elif tag == _TBL:
                yield self.table(element)
            elif tag in _UNREAD:
                self.noted.add(_UNREAD[tag])
            elif tag not in SKIPPED and len(element):
                yield from self.blocks(element, inside)

    def goes_on(self, element: Any, props: Props) -> bool:
        """Whether a paragraph's end was deleted in a tracked change, so that the next one is its rest."""
        mark = props_of(props.get(_RPR))
        if not (has(mark, "del") or has(mark, "moveFrom")):
            return False
        after = element.getnext()
        if after is None or after.tag != _P:
            return False
        self.noted.add("tracked_changes")
        return True

    def paragraph(self, text: Text, props: Props, look: Look, inside: Location | None) -> Paragraph:
        if not inside:
            self.counted["paragraph"] += 1
        self.paragraphs += 1
        if self.paragraphs > MAX_PARAGRAPHS:
            raise FileProblem("too_big")
        runs = text.runs()
        marker = self.numbering.marker(props, look.numbering)
        if marker and any(run.text.strip() for run in runs):
            runs.insert(0, replace(runs[0], text=f"{marker} "))
        level = self.styles.level(props)
        made = Paragraph(tuple(runs), inside or self.place("paragraph"), level)
        if not inside and made.text and len(made.text) < 90 and (level or _all_bold(made)):
            self.heading = made.text.rstrip(":")
        return made

    def runs(self, parent: Any, text: Text, look: Look) -> None:
        """Adds the text under an element to a paragraph."""
        for element in parent:
            tag = element.tag
            if tag == _R:
                about = child(element, _RPR)
                self.run(element, text, self.styles.run(about, look))
            elif tag in _TEXT:
                text.pieces.append((word_signs.shown(element.text or "", look.font), look))
            elif tag in SKIPPED:
                if tag in _DELETED:
                    self.noted.add("tracked_changes")
            elif tag in PLAIN:
                if not (tag == _BR and element.get(W + "type") in ("page", "column")):
                    text.pieces.append((PLAIN[tag], look))
            elif tag == _SYM:
                text.pieces.append((word_signs.symbol(element.get(W + "font", ""), element.get(W + "char", "")), look))
            elif tag == _BOX:
                before, self.grounded = self.grounded, True
                text.inner += self.blocks(element, Location(None, self.place("paragraph").place + ", text box"))
                self.grounded = before
            elif tag in _UNREAD:
                self.noted.add(_UNREAD[tag])
                self.runs(element, text, look)
            elif len(element):
                if tag in _INSERTED:
                    self.noted.add("tracked_changes")
                self.runs(element, text, look)

    def run(self, element: Any, text: Text, look: Look) -> None:
        """Adds a run to a paragraph, unless it does not show."""
        tiny = look.size is not None and look.size < TINY
        unseen = look.hidden or tiny or (look.white and not look.marked and not self.grounded)
        if look.struck and not look.hidden and _is_written(element):
            self.noted.add("struck_out")
        if not unseen:
            self.runs(element, text, look)
        elif _is_written(element):
            self.noted.add("hidden_text")

    def table(self, element: Any) -> Table:
        self.counted["table"] += 1
        table_number = self.counted["table"]
        location = self.place("table")
        props = props_of(child(element, W + "tblPr"))
        heads = self.styles.table_heads(props)
        before, coloured = self.grounded, self.grounded or self.styles.colours_table(props)
        cells: list[Cell] = []
        merges: dict[int, int] = {}  # grid column -> index in `cells` of the cell that runs down through it
        lead = location.place.rpartition("table ")[0]
        for row, (tr, row_props) in enumerate(self.table_parts(element, "tr")):
            is_head = ("firstRow" in heads and row == 0) or has(row_props, "tblHeader")
            column = number(row_props, "gridBefore")
            running, merges = merges, {}
            here = Location(None, self.where or f"{lead}table {table_number}, row {row + 1}")
            for tc, cell_props in self.table_parts(tr, "tc"):
                self.cells += 1
                if self.cells > MAX_CELLS:
                    raise FileProblem("too_big")
                span = max(number(cell_props, "gridSpan", 1), 1)
                down, across = _merge(cell_props, "vMerge"), _merge(cell_props, "hMerge")
                if across == "continue" and cells and cells[-1].row == row:
                    cells[-1] = replace(cells[-1], column_span=cells[-1].column_span + span)
                elif down == "continue" and column in running:
                    at = merges[column] = running[column]
                    cells[at] = replace(cells[at], row_span=row - cells[at].row + 1)
                else:
                    if down:
                        merges[column] = len(cells)
                    own = is_shaded(cell_props)
                    self.grounded = coloured or own
                    content = tuple(self.blocks(tc, here))
                    shaded = is_head or ("firstCol" in heads and column == 0) or own
                    cells.append(Cell(row, column, content, here, column_span=span, shaded=shaded))
                column += span
        self.grounded = before
        return Table(tuple(cells), location)

    def table_parts(self, parent: Any, kind: str) -> Iterator[tuple[Any, Props]]:
        """The rows of a table or the cells of a row with their properties, those inside controls too, without those that
        are hidden or that a tracked change deleted."""
        wanted, named = W + kind, W + f"{kind}Pr"
        for element in parent:
            tag = element.tag
            if tag == wanted:
                about = child(element, named)
                props = props_of(about)
                if _GONE.isdisjoint(props):
                    yield element, props
                elif has(props, "del") or has(props, "cellDel"):
                    self.noted.add("tracked_changes")
                elif has(props, "hidden"):
                    self.noted.add("hidden_text")
                else:
                    yield element, props
            elif tag not in SKIPPED:
                yield from self.table_parts(element, kind)


def _is_written(element: Any) -> bool:
    return any(t.text and t.text.strip() for t in element.iter(_T))


def _merge(props: Props, name: str) -> str:
    """How a cell is merged with the one above it or before it: 'restart', 'continue' or '' for not."""
    merge = props.get(W + name)
    return (value(merge) or "continue") if merge is not None else ""


def _all_bold(paragraph: Paragraph) -> bool:
    return all(run.bold for run in paragraph.runs if run.text.strip())
