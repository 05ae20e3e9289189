"""Which strips stand on which page."""

from collections.abc import Sequence
from dataclasses import dataclass

from vsdocs.generate.pdf.strip import Glue, Strip


@dataclass(slots=True)
class Placed:
    strip: Strip
    top: float  # below the upper end of the text


def paged(strips: Sequence[Strip], height: float) -> list[list[Placed]]:
    """The strips on pages whose text is so high."""
    pages: list[list[Placed]] = []
    rest = list(strips)
    at = 0
    while at < len(rest):
        page, after = _page(rest, at, height, is_first=not pages)
        pages.append(page)
        at = after
    return pages or [[]]


def _page(rest: list[Strip], at: int, height: float, is_first: bool) -> tuple[list[Placed], int]:
    """One page's strips from `at` on, and where the next page begins. A row that is parted leaves its end in `rest`."""
    page: list[Placed] = []
    y = 0.0
    if not is_first:
        for head in rest[at].heads:
            page.append(Placed(head, y))
            y += head.height
    repeated = len(page)
    index = at
    while index < len(rest):
        strip = rest[index]
        begins = index == at
        if strip.new_page and not begins:
            return page, index
        gap = strip.gap if not begins or is_first or strip.new_page else 0.0
        if y + gap + strip.height <= height + 0.01:
            page.append(Placed(strip, y + gap))
            y += gap + strip.height
            index += 1
            continue
        parted = strip.split(height - y - gap, force=begins)
        if parted is not None:
            page.append(Placed(parted[0], y + gap))
            rest[index] = parted[1]
            return page, index
        if begins:  # higher than a page
            page.append(Placed(strip, y))
            return page, index + 1
        end = _end(rest, at, index)
        return page[: repeated + end - at], end
    return page, index


def _end(rest: list[Strip], at: int, index: int) -> int:
    """Where to part strips that do not all fit: as late as may be, and where least is torn."""
    for bound in (Glue.LOOSE, Glue.KEPT):
        for end in range(index, at, -1):
            if rest[end - 1].glue <= bound:
                return end
    return index
