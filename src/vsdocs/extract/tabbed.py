"""Tables typed with tabs: lines under each other, each with as many pieces between tabs, under a line of heads."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from vsdocs.document import Block, Cell, Paragraph, Table
from vsdocs.extract.labels import Labels

_TABS = re.compile(r"\t+")
_FEW = 3  # columns, and lines, that make a table


def tables_of_tabs(blocks: Sequence[Block], labels: Labels) -> list[Block]:
    """The blocks, with a table in place of each run of lines that are one."""
    found: list[Block] = []
    for pieces, run in groupby(blocks, _pieces):
        same = list(run)
        lines = [block for block in same if isinstance(block, Paragraph)]
        heads = _TABS.split(lines[0].text.strip()) if pieces >= _FEW else []
        if len(lines) >= _FEW - 1 and labels.columns(heads) * 2 > len(heads) > 0:
            found.append(_table(lines))
        else:
            found += same
    return found


def _pieces(block: Block) -> int:
    """How many pieces a line has between its tabs; 0 for what is no line of a table."""
    if not isinstance(block, Paragraph):
        return 0
    parts = _TABS.split(block.text.strip())
    return 0 if any(part.rstrip().endswith((":", "?")) for part in parts) else len(parts)


def _table(lines: Sequence[Paragraph]) -> Table:
    cells = []
    for row, line in enumerate(lines):
        for column, text in enumerate(_TABS.split(line.text.strip())):
            part = Paragraph((replace(line.runs[0], text=text, muted=False),), line.location)
            cells.append(Cell(row, column, (part,), line.location, shaded=row == 0))
    return Table(tuple(cells), lines[0].location)
