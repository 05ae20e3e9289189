"""A strip: what is set one below the other on pages. A line of a paragraph is one, a row of a table, a picture."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Protocol

from vsdocs.generate.pdf.pen import Pen


class Glue(IntEnum):
    """Whether the end of a page may part a strip from the next one."""

    LOOSE = 0  # freely
    KEPT = 1  # only in need
    BOUND = 2  # only where nothing else helps


class Strip(Protocol):
    gap: float  # above it, unless it begins a page
    height: float
    glue: Glue
    new_page: bool  # it begins one
    heads: "Sequence[Strip]"  # what is repeated above it where it begins a page

    def draw(self, pen: Pen, x: float, top: float) -> None: ...

    def split(self, room: float, force: bool = False) -> "tuple[Strip, Strip] | None":
        """Itself in two, the first no higher than the room; None where that cannot be, or should not and is not forced."""
        ...
