"""PDF from a finished Word document: what our own Word reader reads of it, drawn as its styles say and tagged for PDF/UA-1.

So that the council's template rules both. The bytes depend on the document alone.
"""

from collections.abc import Iterator, Mapping, Sequence

from reportlab.graphics.shapes import Drawing

from vsdocs.document import Paragraph, Table
from vsdocs.generate.pdf.drawn import Drawn, Sheet, Source
from vsdocs.generate.pdf.flow import Flow, LineStrip, filled
from vsdocs.generate.pdf.pages import Placed, paged
from vsdocs.generate.pdf.pen import Pen
from vsdocs.generate.pdf.source import load
from vsdocs.generate.pdf.table_row import stacked
from vsdocs.generate.pdf.tags import Node


def draw(docx: bytes, vectors: Mapping[bytes, Drawing] | None = None) -> bytes:
    """The document as a tagged PDF. Raises FileProblem where it is no Word file, or a damaged one.

    A picture whose bytes are among `vectors` is drawn as that drawing, sharp at any size.
    """
    source = load(docx)
    return _Drawing(source, Pen(source.sheet.size, docx, vectors)).bytes()


def heading_pages(docx: bytes) -> list[int]:
    """The page on which each heading begins, in their order; the title is none of them."""
    source = load(docx)
    return list(_Drawing(source, Pen(source.sheet.size, docx)).heading_pages())


LONG = 8  # pages: from there on a PDF has bookmarks
_HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


class _Drawing:
    def __init__(self, source: Source, pen: Pen) -> None:
        self.source, self.sheet, self.pen = source, source.sheet, pen
        _, left, _, right = self.sheet.margins
        self.width = self.sheet.size[0] - left - right
        texts = [block for block in source.blocks if isinstance(block, Drawn)]
        self.has_title = any(text.title for text in texts)
        self.names = frozenset(name for text in texts for name in text.names)
        self.listed = {text.link: text.contents for text in texts if text.link in self.names}

    def _pages(self, root: Node) -> tuple[list[list[Placed]], float]:
        """What stands on each page, and where its text begins."""
        top, bottom = _kept(self.sheet, self.width)
        tall = max(self.sheet.size[1] - top - bottom, 72.0)
        strips = Flow(tall, self.has_title, self.names).strips(self.source.blocks, self.width, root)
        return paged(strips, tall), top

    def heading_pages(self) -> Iterator[int]:
        for number, page in enumerate(self._pages(Node("Document"))[0], 1):
            for placed in page:
                strip = placed.strip
                if (
                    isinstance(strip, LineStrip)
                    and strip.block
                    and strip.node
                    and strip.node.tag in _HEADINGS[self.has_title :]
                ):
                    yield number

    def bytes(self) -> bytes:
        source, sheet, pen = self.source, self.sheet, self.pen
        root = Node("Document")
        pages, top = self._pages(root)
        for number, page in enumerate(pages, 1):
            head, foot = sheet.first if sheet.first is not None and number == 1 else (sheet.head, sheet.foot)
            self._edge(filled(head, number, len(pages)), top=sheet.head_at)
            for placed in page:
                if isinstance(placed.strip, LineStrip) and placed.strip.block:
                    self._mark(placed.strip, placed.strip.block, top + placed.top, is_long=len(pages) >= LONG)
                placed.strip.draw(pen, sheet.margins[1], top + placed.top)
            self._edge(filled(foot, number, len(pages)), bottom=sheet.size[1] - sheet.foot_at)
            pen.end_page()
        return pen.finish(
            root, title=source.title, author=source.author, identifier=source.identifier, language=source.language,
            made=source.made,
        )  # fmt: skip

    def _mark(self, strip: LineStrip, block: Drawn, top: float, *, is_long: bool) -> None:
        """Makes a paragraph's first line a place that the contents lead to, and an entry in the list that readers show beside.

        That list holds what the contents hold; in a long document without contents the headings of the upper two levels.
        """
        names = [name for name in block.names if name in self.listed]
        tag = strip.node.tag if strip.node else ""
        if not names and not (is_long and not self.listed and tag in _HEADINGS[1:3]):
            return
        level = self.listed[names[0]] if names else _HEADINGS.index(tag)
        names = names or [f"heading {self.pen.page} {top:.2f}"]
        for name in names:
            self.pen.place(name, top)
        self.pen.bookmark(" ".join(block.text.split()), names[0], level - 1)

    def _edge(self, blocks: Sequence[Paragraph | Table], top: float = 0.0, bottom: float | None = None) -> None:
        """What stands at the head of a page from `top` down, or at its foot down to `bottom`: an ornament."""
        strips = Flow(self.sheet.size[1] / 2).strips(blocks, self.width, None)
        y = top if bottom is None else bottom - stacked(strips)
        self.pen.close()
        self.pen.edge = "Header" if bottom is None else "Footer"
        for strip in strips:
            y += strip.gap
            strip.draw(self.pen, self.sheet.margins[1], y)
            y += strip.height
        self.pen.close()
        self.pen.edge = ""


def _kept(sheet: Sheet, width: float) -> tuple[float, float]:
    """What head and foot keep of a page: at least its margins."""

    def height(blocks: Sequence[Paragraph | Table]) -> float:
        return stacked(Flow(sheet.size[1] / 2).strips(filled(blocks, 1, 1), width, None))

    heads, feet = [sheet.head], [sheet.foot]
    if sheet.first is not None:
        heads.append(sheet.first[0])
        feet.append(sheet.first[1])
    top = max([sheet.margins[0], *(sheet.head_at + height(h) for h in heads if h)])
    bottom = max([sheet.margins[2], *(sheet.foot_at + height(f) for f in feet if f)])
    return min(top, sheet.size[1] / 2), min(bottom, sheet.size[1] / 2)
