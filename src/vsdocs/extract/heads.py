"""Column heads: which rows of a table are heads over the rows below them, and where the rows under heads end."""

from collections.abc import Sequence
from dataclasses import dataclass

from vsdocs.document import Cell
from vsdocs.extract.labels import LABEL_LENGTH, Labels


def label_like(cell: Cell) -> bool:
    """Whether a cell stands out as labels do."""
    return cell.shaded or cell.bold


def alternates(row: Sequence[Cell]) -> bool:
    """Whether coloured cells with labels and white ones with answers stand in turns, however the answers are set."""
    if len(row) % 2 or not all(cell.shaded and cell.text for cell in row[::2]):
        return False
    return bool(row) and not any(cell.shaded for cell in row[1::2])


def is_wider(row: Sequence[Cell], heads: Sequence[Cell]) -> bool:
    """Whether a row under column heads begins with a label over several of their columns."""
    wider = row[0].column_span > heads[0].column_span and 1 < len(row) < len(heads)
    return wider and label_like(row[0]) and not label_like(row[-1])


@dataclass(frozen=True)
class Heads:
    """Tells heads from answers in one section of a form."""

    labels: Labels
    section: str | None

    def knows(self, cell: Cell) -> bool:
        """Whether a cell holds a known label."""
        return bool(cell.text) and self.labels.is_label(cell.text, self.section)

    def head_rows(self, rows: Sequence[Sequence[Cell]], at: int, above: bool = False) -> int:
        """How many rows from `at` are column heads: 0 where the row is label-value pairs."""
        row = list(rows[at])
        while row and not row[-1].text:
            row.pop()
        texts = [cell.text for cell in row]
        if above and len(row) == 1 and at + 1 < len(rows):
            label = label_like(row[0]) or self.knows(row[0])
            return int(label and not label_like(rows[at + 1][0]))
        if at + 1 == len(rows) and len(row) > 2 and all(label_like(cell) for cell in row):
            return int(self.labels.columns(texts) >= len(texts) // 2 + 1)  # heads over no rows
        if at + 1 >= len(rows) or len(row) < 2:
            return 0
        if not all(texts[1:]) or any(len(text) > LABEL_LENGTH for text in texts):
            return 0
        below = rows[at + 1]
        marked = [cell for cell in row if cell.text and label_like(cell)]
        marked_below = [cell for cell in below if cell.text and label_like(cell)]
        styled = len(marked) == sum(1 for text in texts if text)
        if styled and label_like(below[0]) and any(not cell.shaded for cell in rows[at][len(row) :]):
            return 0  # the last label has an empty box beside it
        beside = not any(label_like(cell) or self.knows(cell) for cell in row[1::2])
        if marked and beside and not self.labels.columns(texts) >= 2:
            return 0  # each label that stands out has its answer beside it
        if beside and not len(row) % 2 and all(map(self.knows, row[::2])) and below and self.knows(below[0]):
            return 0
        if styled and len(row) == 2 and label_like(below[0]) and self.labels.is_label(texts[0], self.section):
            styled = self.labels.heads(texts, self.section) > 1
        if styled and len(below) > 1 and not any(cell.column > 0 for cell in marked_below):
            return 1
        if styled and len(row) > 2 and all(c.shaded for c in marked) and not any(c.shaded for c in below):
            return 1  # heads in colour over answers of which some are bold
        spanning = any(cell.column_span > 1 or cell.row_span > 1 for cell in row)
        if styled and spanning and at + 2 < len(rows) and all(label_like(cell) for cell in below if cell.text):
            return 2
        if not marked or not marked_below:
            heads = self.labels.columns(texts) if len(row) == 2 else self.labels.heads(texts, self.section)
            known_below = sum(self.knows(cell) for cell in (below if len(row) == 2 else below[1:]))
            enough = max(2, (len(texts) + 1) // 2)
            if at == 0 and self._heads_of_section(texts):
                return 1
            if heads >= enough and heads > known_below:
                return 1
        return 0

    def _heads_of_section(self, texts: Sequence[str]) -> bool:
        """Whether the first row of a table without any look holds heads of the list that its section is about."""
        section, vocabulary = self.section, self.labels.vocabulary
        if section not in vocabulary.lists:
            return False
        known = [vocabulary.column(section, text) is not None for text in texts]
        return all(known) if len(texts) < 3 else known[1] and sum(known) * 2 > len(texts)

    def is_labels(self, row: Sequence[Cell]) -> bool:
        """Whether a row under column heads is labels with their values again: one that stands out is not the first."""
        out = [cell.shaded or (cell.bold and self.knows(cell)) for cell in row if cell.text]
        return any(out[1:]) and label_like(row[0]) and not all(out)
