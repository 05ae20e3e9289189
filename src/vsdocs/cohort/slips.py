"""What is wrong in a council's tables, told so that a person can put it right, and never what a cell holds.

Slips that are alike in one column are told together, with all their rows: forty equal lines hide the forty-first.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vsdocs.errors import RefusedError

_MOST_LINES = 40
_MOST_RUNS = 6  # of rows, named in one line


class Found(NamedTuple):
    """A slip: where it stands and what is wrong. A row that is held against another one names it."""

    row: int
    column: str  # '' where it is the whole row
    why: str
    table: str = ""
    like: int = 0  # the other row

    def of(self, table: str) -> "Found":
        return self._replace(table=table)


class SlipsError(RefusedError):
    """A table is refused for its slips."""

    def __init__(self, found: Iterable[Found], advice: str) -> None:
        self.found = tuple(found)
        super().__init__("\n".join(lines(self.found)), advice)


def lines(found: Iterable[Found]) -> list[str]:
    """'attendance, rows 2 to 41, Year: this is not a year'; what comes after the first forty lines is only counted."""
    alike: dict[tuple[str, str, str, bool], list[Found]] = {}
    for one in found:
        alike.setdefault((one.table, one.column, one.why, bool(one.like)), []).append(one)
    told = [_line(together) for together in alike.values()]
    more = sum(map(len, list(alike.values())[_MOST_LINES:]))
    return [*told[:_MOST_LINES], *([f"and {more} more"] if more else [])]


def rows(numbers: Sequence[int]) -> str:
    """'row 3', 'rows 3 and 5', 'rows 2 to 41, 44 and 46'."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [run for one in runs for run in ([[n] for n in one] if len(one) == 2 else [one])]
    told = [str(part[0]) if len(part) == 1 else f"{part[0]} to {part[-1]}" for part in parts[:_MOST_RUNS]]
    if rest := sum(map(len, parts[_MOST_RUNS:])):
        told.append(f"{rest} more")
    word = "row" if len(set(numbers)) == 1 else "rows"
    return f"{word} {told[0]}" if len(told) == 1 else f"{word} {', '.join(told[:-1])} and {told[-1]}"


def _line(together: list[Found]) -> str:
    first = together[0]
    place = ", ".join(filter(None, (first.table, rows([one.row for one in together]), first.column)))
    like = f" {rows([one.like for one in together])}" if first.like else ""
    return f"{place}: {first.why}{like}"
