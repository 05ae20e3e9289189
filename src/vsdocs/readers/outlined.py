"""Tables of which only the outline is drawn, cell by cell: its pieces tell where the rows and columns are."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from vsdocs.document import Box
from vsdocs.readers.page import ByHeight, Page, Rule, Sorted, by_height

SAME = 1.5  # points: edges closer than this are one
MOST = 200  # rows


def outlined(page: Page, box: Box, lying: Sorted[Rule], standing: Sorted[Rule]) -> list[Box]:
    """The cells of a ruled rectangle whose opposite sides are drawn in the same pieces; none where they are not."""
    across = [
        _joints((r.x0, r.x1) for r in lying.between(y - SAME, y + SAME) if _along(r.x0, r.x1, box.x0, box.x1))
        for y in (box.top, box.bottom)
    ]
    if not (across[0] and across[1]):
        return []
    down = [
        _joints((r.top, r.bottom) for r in standing.between(x - SAME, x + SAME) if _along(r.top, r.bottom, box.top, box.bottom))
        for x in (box.x0, box.x1)
    ]  # fmt: skip
    if not all(_alike(*sides) and 0 < len(sides[0]) < MOST for sides in (across, down)):
        return []
    xs, ys = [box.x0, *across[0], box.x1], [box.top, *down[0], box.bottom]
    words = by_height(page)
    return [cell for top, bottom in pairwise(ys) for cell in _row(xs, top, bottom, words)]


def _row(xs: Sequence[float], top: float, bottom: float, words: ByHeight) -> list[Box]:
    """The cells of a row; those that a word reaches over are one."""
    inside = words.within(Box(xs[0], top, xs[-1], bottom))
    starts = [x for x in xs[1:-1] if not any(word.x0 < x - SAME and word.x1 > x + SAME for word in inside)]
    edges = [xs[0], *starts, xs[-1]]
    return [Box(x0, top, x1, bottom) for x0, x1 in pairwise(edges)]


def _along(start: float, end: float, first: float, last: float) -> bool:
    return start > first - SAME and end < last + SAME and end - start > SAME


def _joints(pieces: Iterable[tuple[float, float]]) -> list[float]:
    """Where the pieces of a side meet; none where there is a gap between two or one lies over another."""
    ordered = sorted(pieces)
    joints = [after[0] for after in ordered[1:]]
    ends = [before[1] for before in ordered[:-1]]
    return joints if all(abs(joint - end) < SAME for joint, end in zip(joints, ends, strict=True)) else []


def _alike(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(abs(a - b) < SAME for a, b in zip(one, other, strict=True))
