"""A report in Word: the council's template with its cover filled, then the contents and all blocks in the template's styles."""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from reportlab.graphics.shapes import Drawing

from vsdocs.generate import charts
from vsdocs.generate.pdf import draw, heading_pages
from vsdocs.generate.plain import plain
from vsdocs.generate.report.blocks import Block, Chart, Grid, Heading, Text
from vsdocs.generate.report.cover import Cover
from vsdocs.generate.word_template import fill, repacked
from vsdocs.settings import Settings

LINE = 9412  # twips: 166 mm between the margins
CONTENTS = "Contents"
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Made:
    docx: bytes
    pdf: bytes | None = None


def write(
    template: Path,
    cover: Cover,
    blocks: Sequence[Block],
    reference: str,
    today: date,
    settings: Settings,
    *,
    pdf: bool,
    contents: bool = True,
) -> Made:
    """The report as .docx and, where that is asked for, as PDF with its charts as vectors."""
    filled = fill(template, cover, title=cover.title, reference=reference, today=today, settings=settings)
    paper = _Paper(filled, blocks, contents)
    if contents:
        paper.number(heading_pages(paper.saved(today)))
    docx = paper.saved(today)
    return Made(docx, draw(docx, paper.vectors) if pdf else None)


class _Paper:
    """A document in the making. Headings are numbered as they come, so that the contents can name their pages."""

    def __init__(self, filled: bytes, blocks: Sequence[Block], contents: bool) -> None:
        self.document = Document(io.BytesIO(filled))
        self.body = self.document.element.body
        self.end = self.body.find(qn("w:sectPr"))
        self.vectors: dict[bytes, Drawing] = {}
        self.styles = {style.name: style.style_id for style in self.document.styles}
        self.entries: list[tuple[int, int, str]] = []  # which heading it is, its level, its words
        self.counts = {"Table": 0, "Figure": 0}
        self.headings = 0
        self.marks: list[Any] = []  # the numbers of pages in the contents
        self.lists = 0
        self.contents = contents
        if contents:
            self._put_contents(blocks)
        self._put(blocks)

    def saved(self, today: date) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return repacked(out.getvalue(), today)

    def number(self, pages: Sequence[int]) -> None:
        """Write the pages of the headings into the contents."""
        for (at, _, _), mark in zip(self.entries, self.marks, strict=True):
            mark.text = str(pages[at]) if at < len(pages) else ""

    # ------------------------------------------------------------------------------------------------------ contents
    def _put_contents(self, blocks: Sequence[Block]) -> None:
        listed = [(at, one) for at, one in enumerate(b for b in blocks if isinstance(b, Heading)) if not one.place]
        self.entries = [(at, heading.level, heading.text) for at, heading in listed]
        self._paragraph(CONTENTS + " heading", _run(CONTENTS))
        for place, (at, level, words) in enumerate(self.entries):
            begin = end = ""
            if place == 0:
                code = ' TOC \\o "1-2" \\h \\z '
                begin = (
                    f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">{escape(code)}'
                    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
                )
            if place == len(self.entries) - 1:
                end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            link = (
                f'<w:hyperlink w:anchor="_Toc{at:05d}" w:history="1">{_run(words)}<w:r><w:tab/></w:r>'
                f'<w:fldSimple w:instr=" PAGEREF _Toc{at:05d} \\h "><w:r><w:t>0</w:t></w:r></w:fldSimple></w:hyperlink>'
            )
            made = self._paragraph(f"toc {level}", begin + link + end)
            self.marks.append(list(made.iter(qn("w:t")))[-1])

    # -------------------------------------------------------------------------------------------------------- blocks
    def _put(self, blocks: Iterable[Block]) -> None:
        before: Block | None = None
        kinds: dict[type, Callable[[Any], None]] = {Heading: self._heading, Grid: self._grid, Chart: self._chart}
        for block in blocks:
            if isinstance(block, Text):
                self._text(block, before)
            else:
                kinds[type(block)](block)
            before = block

    def _heading(self, block: Heading) -> None:
        name = f"_Toc{self.headings:05d}"
        mark = (
            f'<w:bookmarkStart w:id="{self.headings}" w:name="{name}"/>',
            f'<w:bookmarkEnd w:id="{self.headings}"/>',
        )
        first = "<w:pageBreakBefore/>" if self.contents and self.headings == 0 else ""
        style = f"Place {block.level}" if block.place else f"Heading {block.level}"
        self._paragraph(style, mark[0] + _run(block.text) + mark[1], first)
        self.headings += 1

    def _text(self, block: Text, before: Block | None) -> None:
        about = '<w:spacing w:before="120"/>' if isinstance(before, Grid) else ""
        if block.style == "List Number":
            again = isinstance(before, Text) and before.style == "List Number"
            about = self._numbered(new=not again) + about
        self._paragraph(block.style, _rich(block.text) if block.rich else _run(block.text), about)

    def _numbered(self, new: bool) -> str:
        """A list of its own begins at 1."""
        numbering = self.document.part.numbering_part.element
        if new:
            style = self.document.styles["List Number"].element.pPr.numPr.numId.val
            kind = next(num.abstractNumId.val for num in numbering.findall(qn("w:num")) if num.numId == style)
            num = numbering.add_num(kind)
            num.add_lvlOverride(0).add_startOverride(1)
            self.lists = num.numId
        return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self.lists}"/></w:numPr>'

    def _caption(self, kind: str, words: str, *, keep: bool) -> None:
        self.counts[kind] += 1
        field = (
            f'<w:fldSimple w:instr=" SEQ {kind} \\* ARABIC "><w:r><w:t>{self.counts[kind]}</w:t></w:r></w:fldSimple>'
        )
        about = "<w:keepNext/>" if keep else '<w:keepNext w:val="0"/>'
        self._paragraph("Caption", _run(f"{kind} ") + field + _run(f": {words}"), about)

    def _chart(self, block: Chart) -> None:
        data = charts.picture(block.drawing)
        self.vectors[data] = block.drawing
        self._caption("Figure", block.caption, keep=True)
        paragraph = self.document.add_paragraph(style="Chart")
        shape = paragraph.add_run().add_picture(
            io.BytesIO(data), width=Pt(block.drawing.width), height=Pt(block.drawing.height)
        )
        name = f"Figure {self.counts['Figure']}"
        for side in "TBLR":  # other programs keep a distance where none is told
            shape._inline.set(f"dist{side}", "0")
        shape._inline.docPr.set("name", name)
        shape._inline.docPr.set("descr", block.alt)
        for inner in shape._inline.iter(qn("pic:cNvPr")):
            inner.set("name", name)

    def _grid(self, block: Grid) -> None:
        self._caption("Table", block.caption, keep=True)
        whole = sum(block.widths)
        widths = [round(LINE * share / whole) for share in block.widths]
        said = f"{block.caption}. {len(block.rows) - 1} rows; the first row has the headings, the first column says what each row is."  # fmt: skip
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        head = (
            f'<w:tblPr><w:tblStyle w:val={quoteattr(self.styles["Report table"])}/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
            f' w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val={quoteattr(_clean(block.caption))}/>'
            f"<w:tblDescription w:val={quoteattr(_clean(said))}/></w:tblPr>"
            f"<w:tblGrid>{columns}</w:tblGrid>"
        )
        made = [self._row(row, widths, at, len(block.rows)) for at, row in enumerate(block.rows)]
        self.end.addprevious(parse_xml(f"<w:tbl {nsdecls('w')}>{head}{''.join(made)}</w:tbl>"))

    def _row(self, row: Sequence[str], widths: Sequence[int], at: int, count: int) -> str:
        """A row that stays whole. The rows of a short table stay together; of a long one its head with the next."""
        about = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if at == 0 else "") + "</w:trPr>"
        keep = "<w:keepNext/>" if at < count - 1 and (count <= 9 or at in (0, count - 2)) else ""
        style = quoteattr(self.styles["Table text" if at else "Table head"])
        cells = [
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val={style}/>{keep}</w:pPr>'
            f"{_run(words) if words else ''}</w:p></w:tc>"
            for words, width in zip(row, widths, strict=True)
        ]
        return f"<w:tr>{about}{''.join(cells)}</w:tr>"

    def _paragraph(self, style: str, content: str, about: str = "") -> Any:
        made = parse_xml(
            f"<w:p {nsdecls('w')}><w:pPr><w:pStyle w:val={quoteattr(self.styles[style])}/>{about}</w:pPr>{content}</w:p>"
        )
        self.end.addprevious(made)
        return made


def _clean(text: str) -> str:
    return " ".join(plain(text).split())


def _run(text: str, about: str = "") -> str:
    """A run of a text; its newlines are line breaks. Whatever it holds prints as it is."""
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in plain(text).split("\n")]
    return f"<w:r>{about}{'<w:br/>'.join(lines)}</w:r>"


def _rich(text: str) -> str:
    """A paragraph of Markdown: what stands between two pairs of stars is strong."""
    runs, at = [], 0
    for found in _BOLD.finditer(text):
        runs += [_run(text[at : found.start()])] if found.start() > at else []
        runs.append(_run(found[1], '<w:rPr><w:rStyle w:val="Strong"/></w:rPr>'))
        at = found.end()
    return "".join([*runs, _run(text[at:])] if at < len(text) else runs)
