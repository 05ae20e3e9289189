"""A row of a table as a strip: it may be parted between the lines in its cells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vsdocs.generate.pdf.form import Edge
from vsdocs.generate.pdf.pen import Pen
from vsdocs.generate.pdf.strip import Glue, Strip


@dataclass(slots=True)
class Box:
    """A cell in one row: what stands in it, and its look."""

    x: float
    width: float
    strips: list[Strip]
    padding: tuple[float, float, float, float]
    edges: tuple[Edge, ...]
    ground: str = ""
    align: str = "top"
    content_height: float = 0.0  # of rows that it runs down through; 0: of its own

    def needs(self) -> float:
        return stacked(self.strips) + self.padding[0] + self.padding[2]


@dataclass(slots=True)
class RowStrip:
    boxes: list[Box]
    height: float
    gap: float = 0.0
    glue: Glue = Glue.LOOSE
    new_page: bool = False
    heads: Sequence[Strip] = ()
    whole: bool = False  # it may not be parted
    ornament: bool = False  # a header row that is shown again

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.ornaments += self.ornament
        for box in self.boxes:
            pen.box(x + box.x, top, box.width, self.height, (Edge(),) * 4, box.ground)
        for box in self.boxes:
            pen.box(x + box.x, top, box.width, self.height, box.edges, "")
        for box in self.boxes:
            spare = max((box.content_height or self.height) - box.needs(), 0.0)
            y = top + box.padding[0] + {"center": spare / 2, "bottom": spare}.get(box.align, 0.0)
            for strip in box.strips:
                y += strip.gap
                strip.draw(pen, x + box.x + box.padding[1], y)
                y += strip.height
        pen.ornaments -= self.ornament

    def split(self, room: float, force: bool = False) -> "tuple[RowStrip, RowStrip] | None":
        if not force and (self.whole or any(box.content_height for box in self.boxes)):
            return None
        upper: list[Box] = []
        lower: list[Box] = []
        for box in self.boxes:
            head, tail = _parted(box, room, force)
            if box.strips and not head:
                return None  # a cell would begin on the next page only
            upper.append(replace(box, strips=head, content_height=0.0))
            lower.append(replace(box, strips=tail, content_height=0.0))
        if not any(box.strips for box in lower):
            return None
        height, rest = (max(box.needs() for box in boxes) for boxes in (upper, lower))
        first = replace(self, boxes=upper, height=height)
        return first, replace(self, boxes=lower, height=rest, gap=0.0, new_page=False)


def _parted(box: Box, room: float, force: bool) -> tuple[list[Strip], list[Strip]]:
    """What of a cell has room, and the rest."""
    fits, y = 0, box.padding[0] + box.padding[2]
    for strip in box.strips:
        if y + strip.gap + strip.height > room:
            break
        y += strip.gap + strip.height
        fits += 1
    if fits < len(box.strips) and (inner := box.strips[fits].split(room - y - box.strips[fits].gap, force)) is not None:
        return [*box.strips[:fits], inner[0]], [inner[1], *box.strips[fits + 1 :]]
    while not force and 0 < fits < len(box.strips) and box.strips[fits - 1].glue:
        fits -= 1
    head, tail = box.strips[:fits], box.strips[fits:]
    if tail and head:
        tail[0].gap = 0.0
    return head, tail


def stacked(strips: Sequence[Strip]) -> float:
    return sum(strip.gap + strip.height for strip in strips)
