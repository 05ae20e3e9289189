"""Small numbers hidden for publication, and as many others as it takes that no hidden one can be worked out.

A figure shows how many children it holds of, of how many. Both, and what is between them, must be nought or no smaller than
the threshold. Where one part of a table is hidden, its total and the other parts would tell it: so at least two are hidden,
and the hidden ones together hold so many children, on either side, that none can be worked out from the others and the total
(`tests/test_suppress.py` tries every table that could lie behind what is shown). Where no hiding helps, a table is not listed.
"""

from collections.abc import Sequence
from typing import NamedTuple

from vsdocs.cohort.figure import Figure, Unit

SMALL = 6  # children: the DfE shows 'c' below it


class Count(NamedTuple):
    """Of so many children, so many. Where nothing is counted out of them `part` is None: a number, or a mean of them."""

    of: int
    part: int | None = None


def count_of(figure: Figure) -> Count:
    """What a figure tells of children. A share of sessions or a mean tells only how many children it is of."""
    if figure.unit is Unit.PERCENT and all(told.whole == 1 for told in figure.told):
        return Count(figure.denominator, round(figure.numerator))
    if figure.unit is Unit.COUNT:
        return Count(round(figure.numerator))
    return Count(figure.denominator)


def is_small(count: Count, least: int = SMALL) -> bool:
    """Whether a figure would tell of so few that somebody might be known by it."""
    parts = (count.of,) if count.part is None else (count.of, count.part, count.of - count.part)
    return any(0 < part < least for part in parts)


def hidden(rows: Sequence[Sequence[Count]], least: int = SMALL, *, total_is_told: bool = True) -> frozenset[int]:
    """Which rows of a table are not shown. A row is a part of the children, with a figure in each column.

    A row is hidden whole, so that no column tells of another. Rows without anybody in a column tell nothing there.
    """
    found = {at for at, row in enumerate(rows) if any(is_small(count, least) for count in row)}
    if not found or not total_is_told:
        return frozenset(found)
    rest = sorted(set(range(len(rows))) - found, key=lambda at: (sum(count.of for count in rows[at]), at))
    while rest and not is_safe([rows[at] for at in found], least):
        found.add(rest.pop(0))
    return frozenset(found)


def is_safe(rows: Sequence[Sequence[Count]], least: int = SMALL) -> bool:
    """Whether what is known of the hidden rows together leaves each of them open, in every column that tells of any."""
    return all(_is_open(column, least) for column in zip(*rows, strict=True))


def _is_open(column: Sequence[Count], least: int) -> bool:
    of = [count for count in column if count.of]
    if not of:
        return True
    whole = sum(count.of for count in of)
    sums = [whole - len(of) + 1]  # each row that is listed has somebody
    if any(count.part is not None for count in of):
        part = sum(count.part or 0 for count in of)
        sums += [part, whole - part]
    return len(of) >= 2 and all(one >= least for one in sums)
