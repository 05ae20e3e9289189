"""A row of a table as a strip: it may be parted between the lines in its cells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vsdocs.generate.pdf.form import Edge
from vsdocs.generate.pdf.pen import Pen

if TYPE_CHECKING:
    from vsdocs.generate.pdf.flow import Strip


@dataclass(slots=True)
class Box:
    """A cell in one row: what stands in it, and its look."""

    x: float
    width: float
    strips: "list[Strip]"
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
    glue: int = 0
    new_page: bool = False
    heads: "Sequence[Strip]" = ()
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
            for place, strip in enumerate(box.strips):
                y += strip.gap if place else min(strip.gap, max(strip.gap, 0.0))
                strip.draw(pen, x + box.x + box.padding[1], y)
                y += strip.height
        pen.ornaments -= self.ornament

    def split(self, room: float) -> "tuple[RowStrip, RowStrip] | None":
        if self.whole or any(box.content_height for box in self.boxes):
            return None
        upper: list[Box] = []
        lower: list[Box] = []
        for box in self.boxes:
            fits, y = 0, box.padding[0] + box.padding[2]
            for strip in box.strips:
                y += strip.gap + strip.height
                if y > room:
                    break
                fits += 1
            inner = box.strips[fits].split(room - y + box.strips[fits].height) if fits < len(box.strips) else None
            head, tail = box.strips[:fits], box.strips[fits:]
            if inner is not None:
                head, tail = [*head, inner[0]], [inner[1], *tail[1:]]
            if box.strips and not head:
                return None  # a cell would begin on the next page only
            upper.append(replace(box, strips=head))
            lower.append(replace(box, strips=tail))
        if not any(box.strips for box in lower):
            return None
        height = max(box.needs() for box in upper)
        rest = max(box.needs() for box in lower)
        return replace(self, boxes=upper, height=height), replace(
            self, boxes=lower, height=rest, gap=0.0, new_page=False
        )


def stacked(strips: "Sequence[Strip]") -> float:
    return sum(strip.gap + strip.height for strip in strips)
