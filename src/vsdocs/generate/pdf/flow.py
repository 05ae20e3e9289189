"""Paragraphs and tables as strips: what is set one below the other, and may be parted by the end of a page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from typing import Any, Protocol

from PIL import Image
from reportlab.lib.utils import ImageReader

from vsdocs.document import Paragraph, Table
from vsdocs.generate.pdf import grid
from vsdocs.generate.pdf.drawn import Drawn, Grid, Stretch
from vsdocs.generate.pdf.form import Edge, Form, Ink
from vsdocs.generate.pdf.lines import Bit, Line, Setter, marker_width
from vsdocs.generate.pdf.pen import Pen
from vsdocs.generate.pdf.tags import Node

LOOSE, KEPT, BOUND = (
    0,
    1,
    2,
)  # whether a strip may part from the next: freely, only in need, only where nothing else helps
DPI = 300  # what a picture needs at most
MAX_PIXELS = 50_000_000
PADDING = 30.0  # points of a page's height that a picture leaves to the cell or line that holds it


class Strip(Protocol):
    gap: float  # above it, unless it begins a page
    height: float
    glue: int
    new_page: bool  # it begins one
    heads: "Sequence[Strip]"  # what is repeated above it where it begins a page

    def draw(self, pen: Pen, x: float, top: float) -> None: ...

    def split(self, room: float, force: bool = False) -> "tuple[Strip, Strip] | None":
        """Itself in two, the first no higher than the room; None where that cannot be, or should not and is not forced."""
        ...


@dataclass(slots=True)
class LineStrip:
    """One line of a paragraph, with its part of the paragraph's box."""

    line: Line
    node: Node | None
    form: Form
    width: float
    gap: float = 0.0
    height: float = 0.0
    glue: int = LOOSE
    new_page: bool = False
    heads: Sequence[Strip] = ()
    marker: tuple[str, Ink, float, Node | None] | None = None  # text, ink, x, element
    edges: tuple[Edge, ...] = (Edge(),) * 4
    above: float = 0.0  # between the box's upper edge and the line
    joined: bool = False  # its box goes on from the strip before, through the gap
    ground: str = ""  # of the cell that it stands in
    block: Drawn | None = None  # the paragraph, where this is its first line
    link: tuple[str, str] | None = None  # where the line leads, and what is read aloud for that

    def draw(self, pen: Pen, x: float, top: float) -> None:
        form, line = self.form, self.line
        if form.ground or any(edge.width for edge in self.edges):
            up = self.gap if self.joined else 0.0
            around = [edge.space + edge.width for edge in form.edges]
            left = x + form.left + min(form.first, 0.0) - around[1]
            wide = self.width - form.left - min(form.first, 0.0) - form.right + around[1] + around[3]
            pen.box(left, top - up, wide, self.height + up, self.edges, form.ground)
        ground = form.ground or self.ground
        base = top + self.above + line.ascent
        if self.marker is not None:
            text, ink, at, node = self.marker
            pen.mark(node)
            pen.text(x + at, base, text + " ", ink, 0.0, ground)
        for bit in line.bits:
            if bit.picture is not None:
                self._picture(pen, bit, x + line.left + bit.x, base)
            elif bit.text:
                pen.mark(self.node)
                pen.text(x + line.left + bit.x, base, bit.text, bit.ink, line.spread, ground, bit.clusters)
        for begins, ends, sign, ink in line.leaders:
            self._lead(pen, x + line.left + begins, x + line.left + ends, base, sign, ink)
        if self.link and self.node:
            box = (x + line.left, top, x + self.width - form.right, top + self.height)
            pen.link(self.node, *self.link, box)

    @staticmethod
    def _lead(pen: Pen, begins: float, ends: float, base: float, sign: str, ink: Ink) -> None:
        """Signs from the words up to the number, below those of the line above."""
        step = marker_width(sign + " ", ink)
        first = -(-(begins + step / 2) // step)
        count = int((ends - step / 2 - first * step) // step)
        if count > 0:
            pen.mark(None)
            pen.text(first * step, base, (sign + " ") * count, ink)

    def _picture(self, pen: Pen, bit: Bit, x: float, base: float) -> None:
        picture = bit.picture
        assert picture is not None
        tall = picture.height * bit.width / picture.width
        box = [round(v, 2) for v in (x, pen.height - base, x + bit.width, pen.height - base + tall)]
        figure = Node("Figure", alt=picture.alt, about={"Layout": {"BBox": box, "Placement": "Block"}})
        if self.node is not None and not picture.decorative and not pen.ornaments:
            self.node.kids.append(figure)
        pen.mark(None if picture.decorative or self.node is None else figure)
        if (vector := pen.vectors.get(picture.data)) is not None:
            pen.drawing(vector, x, base - tall, bit.width, tall)
            return
        image = image_of(picture.data, round(bit.width * DPI / 72), round(tall * DPI / 72))
        if image is not None:
            pen.picture(image, x, base - tall, bit.width, tall)
        else:
            text = f"[{picture.alt}]"
            pen.text(x, base - 2, text, replace(bit.ink, size=min(bit.ink.size, 8.0)))

    def split(self, room: float, force: bool = False) -> None:
        return None


@lru_cache(maxsize=32)
def image_of(data: bytes, wide: int, tall: int) -> ImageReader | None:
    """A picture no finer than print shows; None where it cannot be read: vector formats, damaged files, huge ones."""
    try:
        with Image.open(BytesIO(data)) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                return None
            image: Any = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    except Exception:  # Pillow raises a dozen kinds for a damaged file
        return None
    if image.width > 1.5 * wide and image.height > 1.5 * tall:
        image.thumbnail((max(wide, 1), max(tall, 1)))
    return ImageReader(image)


@dataclass(slots=True)
class _Lists:
    """The lists that are open in the structure, the outermost first: each with its element and its last item's."""

    parent: Node | None
    open: list[tuple[Node, Node]]

    def item(self, depth: int, numbered: bool) -> tuple[Node, Node]:
        """The elements of a new item's bullet and body."""
        del self.open[depth:]
        about = {"List": {"ListNumbering": "Decimal" if numbered else "Disc"}}
        while len(self.open) < depth:
            if self.open:
                parent = self.open[-1][1]
            else:
                assert self.parent is not None
                parent = self.parent
            made = parent.add("L", about=about)
            self.open.append((made, made))
        top = self.open[-1][0]
        item = top.add("LI")
        label, body = item.add("Lbl"), item.add("LBody")
        self.open[-1] = top, body
        return label, body


class Flow:
    """Makes strips of blocks. `tall`: what a page holds. With `root` None all is an ornament."""

    def __init__(self, tall: float, has_title: bool = False, targets: frozenset[str] = frozenset()) -> None:
        self.tall, self.has_title = tall, has_title
        self.heading = 0
        self.targets = targets  # the bookmarks that there are
        self.contents: list[Node] = []  # the lists of contents that are open, the outermost first

    def strips(
        self, blocks: Sequence[Paragraph | Table], width: float, root: Node | None, ground: str = ""
    ) -> list[Strip]:
        found: list[Strip] = []
        lists = _Lists(root, [])
        before: Drawn | None = None
        ends_page = False
        for block, after in pairwise([*blocks, None]):
            if isinstance(block, Drawn):
                made = self._paragraph(block, before, after, width, root, lists, ground)
                made[0].new_page = made[0].new_page or ends_page
                ends_page = any(s.line.ends_page for s in made) and made[-1].line.ends_page
                found += made
                before = block
            elif isinstance(block, Grid):
                rows = grid.rows(self, block, width, root)
                if rows:
                    rows[0].new_page = ends_page
                    ends_page = False
                    rows[0].gap += before.form.after if before else 0.0
                found += rows
                lists.open.clear()
                before = None
        return found

    def _paragraph(
        self,
        block: Drawn,
        before: Drawn | None,
        after: object,
        width: float,
        root: Node | None,
        lists: _Lists,
        ground: str,
    ) -> list[LineStrip]:
        form, hang = block.form, 0.0
        node, label = self._node(block, root, lists)
        at = form.left + form.first
        if block.marker:
            ink = block.marker_ink or block.ink
            end = form.first + marker_width(block.marker + " ", ink)
            hang = max(end, 0.0)
        lines = Setter(block.stretches, form, block.ink, width, self.tall - PADDING).lines(
            hang if block.marker else form.first
        )
        box = tuple(edge.space + edge.width if edge.width else 0.0 for edge in form.edges)
        joins = before is not None and _boxed(before) and before.form.edges == form.edges and _boxed(block)
        goes_on = isinstance(after, Drawn) and _boxed(after) and after.form.edges == form.edges
        gap = form.before
        if before is not None:  # the larger of both spaces; none of it between close paragraphs of one style
            same = before.form.style == form.style
            gap = max(0.0 if same and before.form.close else before.form.after, 0.0 if same and form.close else gap)
        strips: list[LineStrip] = []
        for number, line in enumerate(lines):
            first, last = number == 0, number == len(lines) - 1
            above = box[0] if first and not joins else 0.0
            below = box[2] if last and not goes_on else 0.0
            none = Edge()
            edges = (
                form.edges[0] if above else none,
                form.edges[1],
                form.edges[2] if below else none,
                form.edges[3],
            )
            strips.append(
                LineStrip(
                    line,
                    node,
                    form,
                    width,
                    gap if first else 0.0,
                    line.height + above + below,
                    edges=edges,
                    above=above,
                    joined=first and joins,
                    ground=ground,
                    glue=_glue(form, number, len(lines)),
                    new_page=(first and form.new_page) or (not first and lines[number - 1].ends_page),
                    block=block if first else None,
                    link=(block.link, ", page ".join(map(str.strip, block.text.split("\t"))))
                    if block.link in self.targets
                    else None,
                )
            )
        if block.marker:
            strips[0].marker = block.marker, block.marker_ink or block.ink, at, label
        return strips

    def _node(self, block: Drawn, root: Node | None, lists: _Lists) -> tuple[Node | None, Node | None]:
        """The element of a paragraph, and that of its bullet."""
        if root is None:
            return None, None
        if block.link in self.targets:
            return self._entry(block.contents, root), None
        if block.text:
            self.contents.clear()
        if block.marker and not block.level:
            label, body = lists.item(block.depth, numbered=block.marker != "•")
            return body, label
        if block.text or any(stretch.picture for stretch in block.stretches):
            lists.open.clear()
        if block.level:
            wanted = 1 if block.title else block.level + self.has_title
            self.heading = min(wanted, self.heading + 1, 6)
            heading = root.add(f"H{self.heading}")
            return heading, heading
        return root.add("P"), None

    def _entry(self, level: int, root: Node) -> Node:
        """The element of an entry of the contents: its link. Entries of a lower level stand in a list of their own."""
        del self.contents[level:]
        while len(self.contents) < level:
            self.contents.append((self.contents[-1] if self.contents else root).add("TOC"))
        return self.contents[-1].add("TOCI").add("Reference").add("Link")


def _boxed(block: Drawn) -> bool:
    return any(edge.width for edge in block.form.edges)


def _glue(form: Form, number: int, count: int) -> int:
    """How a line holds on to the next one: what stays with the next paragraph stays whole, and no line of a paragraph
    stands alone at the foot or head of a page."""
    if form.keep_next:
        return KEPT
    if number == count - 1:
        return LOOSE
    return KEPT if form.keep_lines or (form.widows and number in (0, count - 2)) else LOOSE


def filled(blocks: Sequence[Paragraph | Table], page: int, pages: int) -> list[Paragraph | Table]:
    """What stands at the head or foot of a page, with its number in it."""
    said = {"PAGE": str(page), "NUMPAGES": str(pages)}

    def put(stretch: Stretch) -> Stretch:
        return replace(stretch, text=said[stretch.mark]) if stretch.mark else stretch

    found: list[Paragraph | Table] = []
    for block in blocks:
        if isinstance(block, Drawn):
            found.append(replace(block, stretches=tuple(map(put, block.stretches))))
        elif isinstance(block, Grid):
            cells = (replace(c, content=tuple(filled(c.content, page, pages))) for c in block.cells)
            found.append(replace(block, cells=tuple(cells)))
    return found
