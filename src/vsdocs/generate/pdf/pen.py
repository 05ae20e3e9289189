"""Draws on pages, and marks all that is drawn: as part of an element of the structure, or as an ornament (artifact).

Measures are points from the top left corner of the page.
"""

import hashlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

from vsdocs.generate.pdf.fonts import glyphs
from vsdocs.generate.pdf.form import Edge, Ink
from vsdocs.generate.pdf.tags import Node, Spot, Tree, describe

BLACK, WHITE = "000000", "FFFFFF"


class Pen:
    def __init__(self, size: tuple[float, float], seed: bytes, vectors: Mapping[bytes, Drawing] | None = None) -> None:
        rl_config.useA85 = 0  # letters of bytes as they are, and not a quarter larger
        glyphs("", False, False)
        self._out = BytesIO()
        self.height = size[1]
        self.vectors = vectors or {}  # what is drawn in place of a picture of these bytes
        self._canvas: Any = Canvas(
            self._out, pagesize=size, pageCompression=1, invariant=1, pdfVersion=(1, 7), lang="en-GB",
            initialFontName="LiberationSans-Regular",
        )  # fmt: skip
        self._doc = self._canvas._doc
        digest = hashlib.sha256(seed).hexdigest()[:32].encode()
        self._doc._ID = b"[<" + digest + b"><" + digest + b">]"
        self.page = self._links = 0
        self._level = -1  # of the last bookmark
        self._marked = 0
        self._open: Node | str | None = None  # what is open: an element, an ornament, nothing
        self.edge = ""  # 'Header' or 'Footer' while that is drawn
        self.ornaments = 0  # above 0 while all that is drawn is an ornament

    # ------------------------------------------------------------------------------------------------------- marking
    def mark(self, node: Node | None) -> None:
        """What is drawn from now on belongs to an element, or with None is an ornament."""
        wanted: Node | str = "ornament" if node is None or self.ornaments else node
        if wanted is self._open:
            return
        self.close()
        if isinstance(wanted, Node):
            wanted.kids.append((self.page, self._marked))
            self._code(f"/{wanted.tag} <</MCID {self._marked}>> BDC")
            self._marked += 1
        else:
            kind = f"<</Type /Pagination /Subtype /{self.edge}>> BDC" if self.edge else "BMC"
            self._code(f"/Artifact {kind}")
        self._open = wanted

    def close(self) -> None:
        if self._open is not None:
            self._code("EMC")
            self._open = None

    def _code(self, code: str) -> None:
        self._canvas._code.append(code)

    # ------------------------------------------------------------------------------------------------------- drawing
    def text(
        self,
        x: float,
        base: float,
        text: str,
        ink: Ink,
        spread: float = 0.0,
        ground: str = "",
        clusters: Sequence[str] = (),
    ) -> None:
        """A text of one ink, its base line at `base`. With `clusters` it is those, each to the left of the last."""
        canvas, y = self._canvas, self.height - base + ink.raised * ink.size
        size = ink.size * (0.65 if ink.raised else 1.0)
        parts = [glyphs(cluster, ink.bold, ink.italic) for cluster in clusters or (text,)]
        widths = [sum(part.width for part in some) * size for some in parts]
        wide = sum(widths) + spread * text.count(" ")
        if ink.ground and text.strip():
            self._fill(ink.ground)
            canvas.rect(x, y - 0.22 * size, wide, 1.15 * size, stroke=0, fill=1)
        self._fill(colour := ink.colour or (WHITE if is_dark(ink.ground or ground) else BLACK))
        code = [f"BT {spread:.3f} Tw"]
        at = x + wide if clusters else x
        for some, width in zip(parts, widths, strict=True):
            at -= width if clusters else 0.0
            code.append(f"1 0 0 1 {at:.2f} {y:.2f} Tm")
            for part in some:
                font = pdfmetrics.getFont(part.face)
                for subset, letters in font.splitString(part.text, self._doc):
                    name = font.getSubsetInternalName(subset, self._doc)
                    code.append(f"{name} {size:g} Tf <{letters.hex()}> Tj")
        self._code(" ".join([*code, "ET"]))
        for struck, at in ((ink.underlined, -0.12), (ink.struck, 0.27)):
            if struck:
                self.line(x, base - at * size, x + wide, base - at * size, Edge(size / 16, colour))

    def line(self, x0: float, top0: float, x1: float, top1: float, edge: Edge) -> None:
        self._canvas.setStrokeColor(f"#{edge.colour or BLACK}")
        self._canvas.setLineWidth(edge.width)
        self._canvas.line(x0, self.height - top0, x1, self.height - top1)

    def box(self, x: float, top: float, width: float, height: float, edges: tuple[Edge, ...], ground: str) -> None:
        """A ground and the edges that have a width (top, left, bottom, right), as ornaments."""
        if ground:
            self.mark(None)
            self._fill(ground)
            self._canvas.rect(x, self.height - top - height, width, height, stroke=0, fill=1)
        right, bottom = x + width, top + height
        ends = ((x, top, right, top), (x, top, x, bottom), (x, bottom, right, bottom), (right, top, right, bottom))
        for edge, (x0, y0, x1, y1) in zip(edges, ends, strict=True):
            if edge.width:
                self.mark(None)
                out = edge.width / 2  # so that corners meet
                across = y0 == y1
                self.line(x0 - out * across, y0 - out * (not across), x1 + out * across, y1 + out * (not across), edge)

    def picture(self, image: ImageReader, x: float, top: float, width: float, height: float) -> None:
        self._canvas.drawImage(image, x, self.height - top - height, width, height, mask="auto")

    def drawing(self, drawing: Drawing, x: float, top: float, width: float, height: float) -> None:
        """A drawing of lines and words, made as large as its picture was."""
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(x, self.height - top - height)
        canvas.scale(width / drawing.width, height / drawing.height)
        renderPDF.draw(drawing, canvas, 0, 0)
        canvas.restoreState()

    def place(self, name: str, top: float) -> None:
        """What links and bookmarks of this name lead to."""
        self._canvas.bookmarkPage(name, fit="XYZ", left=0, top=self.height - top)

    def bookmark(self, words: str, name: str, level: int) -> None:
        """A place under these words in the list of bookmarks."""
        self._level = min(level, self._level + 1)
        self._canvas.addOutlineEntry(words, name, self._level, closed=self._level > 0)

    def link(self, node: Node, name: str, words: str, box: tuple[float, float, float, float]) -> None:
        """Makes a box (left, top, right, bottom) lead to a place; it belongs to an element, and is read aloud as these words."""
        if self.ornaments:
            return
        left, top, right, bottom = box
        about = PDFDictionary({
            "Type": PDFName("Annot"), "Subtype": PDFName("Link"), "F": 4, "Border": PDFArray([0, 0, 0]),
            "Rect": PDFArray([round(v, 2) for v in (left, self.height - bottom, right, self.height - top)]),
            "Contents": PDFString(words), "Dest": self._canvas._bookmarkReference(name),
        })  # fmt: skip
        own = f"link{self._links}"
        self._links += 1
        self._canvas._addAnnotation(about, own)
        node.kids.append(Spot(self.page, own, about))

    def _fill(self, colour: str) -> None:
        self._canvas.setFillColor(f"#{colour}")

    # ------------------------------------------------------------------------------------------------------ finishing
    def end_page(self) -> None:
        self.close()
        self._canvas.showPage()
        self.page += 1
        self._marked = 0

    def finish(self, root: Node, *, title: str, author: str, identifier: str, language: str, made: str) -> bytes:
        stamp = self._doc._timeStamp
        stamp.YMDhms, stamp.dhh, stamp.dmm = _moment(made), 0, 0
        describe(self._doc, title=title, author=author, identifier=identifier, language=language, made=_iso(made))
        Tree(self._doc, root)
        self._canvas.save()
        return self._out.getvalue()


def _moment(made: str) -> tuple[int, ...]:
    digits = [int(part) for part in "".join(c if c.isdecimal() else " " for c in made).split()[:6]]
    return tuple([*digits, 0, 0, 0, 0, 0, 0][:6]) if len(digits) >= 3 else (2000, 1, 1, 0, 0, 0)


def _iso(made: str) -> str:
    return "{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}Z".format(*_moment(made))


def is_dark(colour: str) -> bool:
    if not colour:
        return False
    red, green, blue = bytes.fromhex(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue < 96
