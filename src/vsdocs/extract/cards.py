"""Cards in tables: cells that each hold a label and its answer, and cells that each hold a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from vsdocs.document import Cell, Paragraph
from vsdocs.extract.cells import label_and_answer, label_of
from vsdocs.extract.flow import Flow
from vsdocs.extract.heads import alternates, label_like
from vsdocs.extract.labels import LABEL_LENGTH, SURE, contact_label
from vsdocs.extract.look import over_answer, size_of
from vsdocs.extract.spots import Words


@dataclass(frozen=True)
class Cards:
    """Reads cards into a flow."""

    flow: Flow

    def of_row(self, row: Sequence[Cell], below: Sequence[Cell] | None) -> list[tuple[Words, Words]]:
        """The labels and answers of a row whose cells each hold both; none where a single cell does not."""
        if alternates(row):
            return []
        found = [self.of_cell(cell) for cell in row if cell.text]
        if any(found):
            found = [
                card or self._unanswered(cell) for card, cell in zip(found, (c for c in row if c.text), strict=True)
            ]
        cards = [card for card in found if card is not None]
        if not cards or len(cards) < len(found):
            return []
        if len(row) == 1 and not cards[0][1] and below is not None and len(below) == 1 and not over_answer(below[0]):
            return []  # its answer has the next row
        waits = self.flow.pending is not None and not self.flow.titled
        over = all(over_answer(cell) or self._is_small(cell) for cell in row if cell.text)
        muted = self.flow.look.muted_labels or self._is_small(row[0])
        if len(row) == 1 and (waits or not muted or not over):
            return []
        if len(cards) < len(row) and not over:
            return []
        heads = (
            below is not None
            and len(below) == len(row) > 1
            and not any(self.of_cell(cell) for cell in below[not row[0].text :])
            and any(cell.text and not label_like(cell) for cell in below)
        )
        answered = any(value for _, value in cards)
        return [] if heads and not (answered and muted) else cards

    def _unanswered(self, cell: Cell) -> tuple[Words, Words] | None:
        """The label of a cell that has no answer under it, beside cells that have one."""
        label, labels = label_of(cell), self.flow.labels
        asked = self.flow.section == "voice" or labels.is_asked_of_child(label) or self.flow.knows(label)
        if cell.bold and asked and len(label) <= LABEL_LENGTH:
            return Words(label, cell.location), Words("", cell.location)
        return None

    def _is_small(self, cell: Cell) -> bool:
        """Whether a cell begins in the small print that this form sets its labels in."""
        first = next((p for p in cell.content if isinstance(p, Paragraph) and p.text), None)
        return first is not None and size_of(first) in self.flow.look.label_sizes

    def of_cell(self, cell: Cell) -> tuple[Words, Words] | None:
        return label_and_answer(cell, self.flow.labels, self.flow.section, self.flow.look)

    def are_people(self, rows: Sequence[Sequence[Cell]]) -> bool:
        """Whether the cells of a table are cards, each of a role with boxes for a name and how to reach the person."""
        vocabulary, cards = self.flow.labels.vocabulary, [cell for row in rows for cell in row if cell.text]
        people = 0
        for first, *lines in (cell.text.split("\n") for cell in cards):
            asked = [vocabulary.column("contacts", line.partition(":")[0]) for line in lines if ":" in line]
            reach = {column.id for column in asked if column is not None and column.score >= SURE}
            if len(reach & {"name", "email", "phone"}) > 1:
                role = contact_label(first, vocabulary)
                people += role is not None and role.score >= SURE
        return people > 1 and people * 2 > len(cards)

    def people(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Adds such cards; one of no known role only where it says how to reach its person."""
        labels = self.flow.labels
        self.flow.finish()
        self.flow.section = "contacts"
        for cell in (cell for row in rows for cell in row if cell.text):
            head, *lines = cell.text.split("\n")
            asked = [(label, said.strip()) for label, _, said in (line.partition(":") for line in lines)]
            role = contact_label(head, labels.vocabulary)
            if role is not None and role.score >= SURE:
                for label, said in ((head, ""), *asked):
                    self.flow.pair(Words(label, cell.location), Words(said, cell.location, cell.confidence))
            elif all(said for _, said in asked):
                value = "\n".join(said for _, said in asked)
                self.flow.pair(Words(head, cell.location), Words(value, cell.location, cell.confidence))
