"""The finished Word document as it is to be drawn: read by the walker of our own reader, with the looks that it leaves out.

What the reader leaves out (hidden words, deletions) is not drawn either; what it makes plain for extraction (ticks, boxes,
choices) stays as it is written.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from vsdocs.document import Paragraph, Table
from vsdocs.errors import FileProblem
from vsdocs.evidence import Location
from vsdocs.generate.pdf.drawn import A4, NEW_PAGE, PAGE, PAGES, Drawn, Grid, Picture, Sheet, Source, Stretch
from vsdocs.generate.pdf.form import Form, Forms, Ink, Level, forms_of, inked, twips
from vsdocs.generate.pdf.table_form import table_form
from vsdocs.readers import word, word_signs
from vsdocs.readers.word_controls import settle
from vsdocs.readers.word_numbering import Lists, Numbering
from vsdocs.readers.word_package import Package
from vsdocs.readers.word_styles import Look, Props, Styles, W, child, has, number, props_of, value

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
VML = "{urn:schemas-microsoft-com:vml}"
_BLANK = str.maketrans("\t\r\n", "   ")
_CONTENTS = re.compile(r"toc (\d)")  # styles of entries
EMU = 12_700  # to the point


def load(docx: bytes) -> Source:
    """Raises FileProblem as the reader does."""
    with word.opened(docx) as package:
        forms, styles = forms_of(package), word.styles_of(package)
        lists = Lists(package, styles)

        def part(name: str, element: Any) -> tuple[Paragraph | Table, ...]:
            keep_page_numbers(element)
            settle(element, package, styles.prompts)
            return tuple(Tracer(styles, Numbering(lists), forms, _Pictures(package, name)).blocks(element))

        body = package.xml(package.main).find(W + "body")
        if body is None:
            raise FileProblem("damaged")
        sections = [s for s in body.iter(W + "sectPr") if s.getparent().tag != W + "sectPrChange"]
        sheet = _sheet(package, sections, part) if sections else Sheet()
        for ended, begun in pairwise(sections):
            if value(begun.find(W + "type")) != "continuous":
                _break_after(ended)
        said = _core(package)
        blocks = part(package.main, body)
        title = (
            said.get("title") or next((p.text for p in blocks if isinstance(p, Drawn) and p.title), "") or "Document"
        )
        return Source(
            blocks, sheet, title, said.get("creator", ""), said.get("identifier", ""), said.get("language") or "en-GB",
            said.get("modified") or said.get("created", ""),
        )  # fmt: skip


def _break_after(section: Any) -> None:
    """Ends the page with the paragraph that ends a section."""
    for paragraph in section.iterancestors(W + "p"):
        run = paragraph.makeelement(W + "r", {})
        run.append(run.makeelement(W + "br", {W + "type": "page"}))
        paragraph.append(run)


def _core(package: Package) -> dict[str, str]:
    """The core properties by their plain names."""
    found: dict[str, str] = {}
    for name in package.related("", "core-properties"):
        for element in package.xml(name):
            found[str(element.tag).rpartition("}")[2]] = " ".join((element.text or "").split())
    return found


def _sheet(package: Package, sections: Sequence[Any], part: Any) -> Sheet:
    """The page of the first section, which all others share; heads and feet are those of the first that has them."""
    props = props_of(sections[0])
    size, margins = props.get(W + "pgSz"), props.get(W + "pgMar")
    width, height = twips(size, "w") or A4[0], twips(size, "h") or A4[1]
    around = [twips(margins, side) for side in ("top", "left", "bottom", "right")]
    top, left, bottom, right = (72.0 if m is None else min(abs(m), 400.0) for m in around)
    left += twips(margins, "gutter") or 0.0
    width, height = min(max(width, 200.0), 2000.0), min(max(height, 200.0), 2000.0)
    if left + right > width - 72 or top + bottom > height - 72:
        top = left = bottom = right = 36.0
    targets = {}
    for rel in package.xml(rels) if (rels := _rels_of(package.main)) in package.names else ():
        targets[rel.get("Id")] = rel.get("Target", "")

    def edge(kind: str, which: str) -> tuple[Paragraph | Table, ...]:
        for reference in [r for section in sections for r in section.iterchildren(f"{W}{kind}Reference")]:
            name = _inside(package.main, targets.get(reference.get(R + "id"), ""))
            if reference.get(W + "type") == which and name in package.names:
                return tuple(part(name, package.xml(name)))
        return ()

    first = (edge("header", "first"), edge("footer", "first")) if has(props, "titlePg") else None
    head_at, foot_at = twips(margins, "header"), twips(margins, "footer")
    return Sheet(
        (width, height), (top, left, bottom, right), 36.0 if head_at is None else max(head_at, 0.0),
        36.0 if foot_at is None else max(foot_at, 0.0), edge("header", "default"), edge("footer", "default"), first,
    )  # fmt: skip


def _rels_of(name: str) -> str:
    folder, _, base = name.rpartition("/")
    return f"{folder}/_rels/{base}.rels"


def _inside(part: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"{part.rpartition('/')[0]}/{target}"


def keep_page_numbers(root: Any) -> None:
    """Makes each PAGE and NUMPAGES field that is written out in runs a simple one, which `settle` leaves alone."""
    for begin in [c for c in root.iter(W + "fldChar") if c.get(W + "fldCharType") == "begin"]:
        run, said, parts = begin.getparent(), "", []
        while run is not None and run.tag == W + "r":
            parts.append(run)
            said += "".join(t.text or "" for t in run.iter(W + "instrText"))
            if any(c.get(W + "fldCharType") == "end" for c in run.iter(W + "fldChar")):
                break
            run = run.getnext()
        kind = said.split()[0].upper() if said.split() else ""
        if run is None or run.tag != W + "r" or kind not in (PAGE, PAGES):
            continue
        shown = next((p for p in parts if p.find(W + "t") is not None), parts[0])
        for element in [e for e in shown if e.tag in (W + "fldChar", W + "instrText")]:
            shown.remove(element)
        field_ = root.makeelement(W + "fldSimple", {W + "instr": kind})
        parts[0].addprevious(field_)
        for other in parts:
            if other is not shown:
                other.getparent().remove(other)
        field_.append(shown)


class _Pictures:
    """The pictures that a part refers to, by the ids of its relations."""

    def __init__(self, package: Package, part: str) -> None:
        self._package, self._part = package, part
        rels = package.optional(_rels_of(part))
        self._targets = {r.get("Id"): r.get("Target", "") for r in rels if r.get("TargetMode") != "External"} if rels is not None else {}  # fmt: skip

    def of(self, drawing: Any) -> Picture | None:
        blip = next(drawing.iter(A + "blip", VML + "imagedata"), None)
        if blip is None:
            return None
        name = self._targets.get(blip.get(R + "embed") or blip.get(R + "id"), "")
        path = _inside(self._part, name)
        data = self._package.text(path) if name and path in self._package.names else b""
        about, extent = next(drawing.iter(WP + "docPr"), None), next(drawing.iter(WP + "extent"), None)
        alt = (about.get("descr") or about.get("title") or "") if about is not None else ""
        plain = about is not None and any(e.get("val") in ("1", "true") for e in about.iter(DECORATIVE))
        sides = [extent.get(k, "0") if extent is not None else "0" for k in ("cx", "cy")]
        width, height = (int(s) / EMU if s.isdecimal() and s != "0" else 72.0 for s in sides)
        return Picture(data, width, height, " ".join(alt.split()) or "Picture", plain)


class Tracer(word.Walker):
    """The reader's walker, which keeps the looks."""

    def __init__(self, styles: Styles, numbering: Numbering, forms: Forms, pictures: _Pictures) -> None:
        super().__init__(styles, numbering)
        self.forms, self.pictures = forms, pictures
        self.stretches: list[Stretch] = []
        self.done: list[Stretch] = []  # those of the paragraph that was read last
        self.ink = Ink()
        self.base: tuple[Form, Ink] | None = None  # of the paragraph that is being read

    def runs(self, parent: Any, text: word.Text, look: Look) -> None:
        if parent.tag == W + "p":
            outer = self.stretches, self.ink, self.base
            if not text.pieces and not text.inner:
                self.stretches = []
            self.base = self.forms.paragraph(child(parent, W + "pPr"))
            self.ink = self.base[1]
            self._runs(parent, text, look)
            text.pieces.append(("", look))
            if outer[2] is not None:  # inside a text box, inside another paragraph
                self.done, (self.stretches, self.ink, self.base) = self.stretches, outer
            else:
                self.done, self.base = self.stretches, None
        else:
            self._runs(parent, text, look)

    def _runs(self, parent: Any, text: word.Text, look: Look) -> None:
        if parent.tag in (W + "drawing", W + "pict") and (picture := self.pictures.of(parent)) is not None:
            self.stretches.append(Stretch("", self.ink, picture))
        if parent.tag == W + "hyperlink" and (anchor := parent.get(W + "anchor")):
            self.stretches.append(Stretch("", self.ink, link=anchor))
        said = parent.get(W + "instr", "").split() if parent.tag == W + "fldSimple" else []
        if said and said[0].upper() in (PAGE, PAGES):
            shown = "".join(t.text or "" for t in parent.iter(W + "t"))
            self.stretches.append(Stretch(shown, self.inked_of(parent), mark=said[0].upper()))
            return
        for element in parent:
            tag = element.tag
            if tag == W + "r":
                about = child(element, W + "rPr")
                before, self.ink = self.ink, self.forms.run(about, self.ink)
                self.run(element, text, self.styles.run(about, look))
                self.ink = before
            elif tag == W + "t":
                self.stretches.append(Stretch((element.text or "").translate(_BLANK), self.ink))
            elif tag in word.PLAIN:
                kind = element.get(W + "type")
                said_ = NEW_PAGE if tag == W + "br" and kind in ("page", "column") else word.PLAIN[tag]
                self.stretches.append(Stretch(said_, self.ink))
            elif tag == W + "sym":
                sign = word_signs.symbol(element.get(W + "font", ""), element.get(W + "char", ""))
                self.stretches.append(Stretch(sign, self.ink))
            elif tag == W + "bookmarkStart":
                self.stretches.append(Stretch("", self.ink, name=element.get(W + "name", "")))
            elif tag == W + "txbxContent":
                text.inner += self.blocks(element, Location(None, "text box"))
            elif tag not in word.SKIPPED and len(element):
                self.runs(element, text, look)

    def inked_of(self, field_: Any) -> Ink:
        run = child(field_, W + "r")
        return self.forms.run(child(run, W + "rPr"), self.ink) if run is not None else self.ink

    def paragraph(self, text: word.Text, props: Props, look: Look, inside: Location | None) -> Paragraph:
        self.paragraphs += 1
        if self.paragraphs > word.MAX_PARAGRAPHS:
            raise FileProblem("too_big")
        element = next((e.getparent() for e in props.values()), None)
        form, ink = self.forms.paragraph(element)
        marker = self.numbering.marker(props, look.numbering)
        level = self.forms.level(element) if marker else None
        name = self.forms.name(form.style).lower()
        return Drawn(
            (), inside or Location(None, ""), self.styles.level(props), stretches=tuple(self.done), form=form, ink=ink,
            marker=marker, marker_ink=inked(ink, level.ink) if isinstance(level, Level) else ink,
            depth=_depth(props, look) if marker else 0, title=name == "title",
            contents=int(found[1]) if (found := _CONTENTS.fullmatch(name)) else 0,
        )  # fmt: skip

    def table(self, element: Any) -> Grid:
        plain = super().table(element)
        props = props_of(child(element, W + "tblPr"))
        rows, cells = [], {}
        for row, (tr, row_props) in enumerate(self.table_parts(element, "tr")):
            rows.append(row_props)
            column = number(row_props, "gridBefore")
            for _, cell_props in self.table_parts(tr, "tc"):
                cells[row, column] = cell_props
                column += max(number(cell_props, "gridSpan", 1), 1)
        grid = child(element, W + "tblGrid")
        widths = [twips(c, "w") or 0.0 for c in grid.iterchildren(W + "gridCol")] if grid is not None else []
        form = table_form(self.forms, props)
        return Grid(plain.cells, plain.location, None, form, props, tuple(rows), cells, tuple(widths))


def _depth(props: Props, look: Look) -> int:
    own = props.get(W + "numPr")
    depth = number(props_of(own), "ilvl") if own is not None else (look.numbering[1] if look.numbering else 0)
    return min(depth, 8) + 1
