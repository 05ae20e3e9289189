"""Tables of forms: banners, labels with their values, column heads over rows, boxes for one answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from vsdocs.document import TICKED, UNTICKED, Cell, Paragraph, Table
from vsdocs.extract.cells import answer_of, label_and_answer, label_of, without_numbers
from vsdocs.extract.flow import Flow
from vsdocs.extract.labels import LABEL_LENGTH, SURE
from vsdocs.extract.look import over_answer, size_of
from vsdocs.extract.spots import Grid, Words, joined

_TURNED = 3  # columns of a list that lie under each other, and cells in each, at least
_FIGURES = frozenset({"attendance", "sdq"})  # sections that may be one table, with their name in its corner


@dataclass(frozen=True)
class TableReader:
    """Reads tables into a flow: what stands before and after a table is part of its meaning."""

    flow: Flow

    def read(self, table: Table) -> None:
        table = without_numbers(table)
        rows = table.rows
        width = max((cell.column + cell.column_span for cell in table.cells), default=0)
        if self._lies_turned(rows):
            self._turned(rows)
            return
        number = 0
        above = False  # labels stand above their values: a row with one label left over does so too
        while number < len(rows):
            row = rows[number]
            below = rows[number + 1] if number + 1 < len(rows) else None
            if not row:
                number += 1
            elif cards := self._cards(row, below):
                for label, value in cards:
                    self.flow.ask(label, *([value] if value else []))
                self.flow.finish()
                number += 1
            elif self._is_tagged(row):
                self._single(row[0], below, alone=False)
                number += 1
            elif len(row) == 1 and self._fills(row[0], width):
                self._single(row[0], below, len(table.cells) == 1)
                number += 1
            elif depth := self._head_rows(rows, number, above):
                start, number = number, self._grid(rows, number, depth)
                above = depth == 1 and number - start == 2 and any(self._knows(cell) for cell in row)
            else:
                self._pairs(row)
                number += 1
        self.flow.finish()

    def _is_tagged(self, row: Sequence[Cell]) -> bool:
        """Whether a row is a heading with what a system says of its section: 'Targets | Complete'."""
        labels = self.flow.labels
        if len(row) != 2 or not self._label_like(row[0]):
            return False
        if not labels.is_tag(row[1].text, row[0].text, self.flow.section):
            return False
        section = labels.vocabulary.section(row[0].text)
        return section is not None and section.score >= SURE

    def _lies_turned(self, rows: Sequence[Sequence[Cell]]) -> bool:
        """Whether the columns of a list stand under each other, its items side by side without a head."""
        if len(rows) < _TURNED or any(len(row) != len(rows[0]) for row in rows) or len(rows[0]) < _TURNED:
            return False
        sides = [row[0] for row in rows]
        beside = [cell for row in rows for cell in row[1:]]
        if not all(self._label_like(cell) for cell in sides) or any(
            self._label_like(cell) for cell in beside if cell.text
        ):
            return False
        known = self.flow.labels.columns([cell.text for cell in sides])
        return known >= _TURNED and known * 2 > len(sides)

    def _turned(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Adds such a table as a grid whose items have numbers for heads."""
        self.flow.finish()
        here = rows[0][0].location
        heads = (Words("", here), *(Words(str(number), here) for number in range(1, len(rows[0]))))
        body = tuple((Words(label_of(row[0]), row[0].location), *map(self._answer, row[1:])) for row in rows)
        self.flow.add(Grid(self.flow.section, heads, body))

    def _cards(self, row: Sequence[Cell], below: Sequence[Cell] | None) -> list[tuple[Words, Words]]:
        """The labels and answers of a row whose cells each hold both; none where a single cell does not."""
        found = [self._card(cell) for cell in row if cell.text]
        cards = [card for card in found if card is not None]
        if not cards or len(cards) < len(found):
            return []
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
            and not any(self._card(cell) for cell in below)
            and any(cell.text and not self._label_like(cell) for cell in below)
        )
        answered = any(value for _, value in cards)
        return [] if heads and not (answered and muted) else cards

    def _is_small(self, cell: Cell) -> bool:
        """Whether a cell begins in the small print that this form sets its labels in."""
        first = next((p for p in cell.content if isinstance(p, Paragraph) and p.text), None)
        return first is not None and size_of(first) in self.flow.look.label_sizes

    def _card(self, cell: Cell) -> tuple[Words, Words] | None:
        return label_and_answer(cell, self.flow.labels, self.flow.section, self.flow.look)

    def _answer(self, cell: Cell) -> Words:
        return answer_of(cell, self.flow.labels)

    def _fills(self, cell: Cell, width: int) -> bool:
        return cell.column_span >= width or (cell.column == 0 and cell.row_span == 1)

    def _single(self, cell: Cell, below: list[Cell] | None, alone: bool) -> None:
        """A cell across the whole table: a banner, a label over its answer, or an answer."""
        labelled = self._label_like(cell) and not (cell.shaded and not cell.bold and self._card(cell))
        text = cell.text
        if alone and not labelled and self.flow.pending is not None and not self.flow.answered:
            self.flow.answer.append(self._answer(cell))
            self.flow.finish()
            return
        if not text:
            if not cell.shaded:
                self.flow.finish()
            self._nested(cell)
            return
        if labelled and len(text) <= LABEL_LENGTH:
            section, known = self.flow.labels.vocabulary.section(text), self.flow.labels.known(text, self.flow.section)
            item = self.flow.labels.opens_item(text)
            answer_below = below is not None and len(below) == 1 and not self._label_like(below[0])
            words = Words(text, cell.location, cell.confidence)
            if item:
                self.flow.pair(words, Words("", cell.location))
            elif (
                section and (section.score >= SURE or not answer_below) and not (known > section.score and answer_below)
            ):
                self.flow.heading(words, section.id)
                if answer_below:
                    self.flow.ask(words, titled=True)
            elif answer_below or known >= SURE:
                self.flow.ask(words)
            else:
                self.flow.heading(words, None)
            return
        paragraphs = [p for p in cell.content if isinstance(p, Paragraph)]
        for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
            self.flow.paragraph(paragraph, following)
        self._nested(cell)

    def _nested(self, cell: Cell) -> None:
        for inner in cell.content:
            if isinstance(inner, Table):
                self.read(inner)

    def _label_like(self, cell: Cell) -> bool:
        return cell.shaded or cell.bold

    def _head_rows(self, rows: Sequence[Sequence[Cell]], at: int, above: bool = False) -> int:
        """How many rows from `at` are column heads: 0 where the row is label-value pairs."""
        row = list(rows[at])
        while row and not row[-1].text:
            row.pop()
        texts = [cell.text for cell in row]
        if above and len(row) == 1 and at + 1 < len(rows):
            label = self._label_like(row[0]) or self._knows(row[0])
            return int(label and not self._label_like(rows[at + 1][0]))
        if at + 1 == len(rows) and len(row) > 2 and all(self._label_like(cell) for cell in row):
            return int(self.flow.labels.columns(texts) * 2 > len(texts))  # heads over no rows
        if at + 1 >= len(rows) or len(row) < 2:
            return 0
        if not all(texts[1:]) or any(len(text) > LABEL_LENGTH for text in texts):
            return 0
        below = rows[at + 1]
        marked = [cell for cell in row if cell.text and self._label_like(cell)]
        marked_below = [cell for cell in below if cell.text and self._label_like(cell)]
        styled = len(marked) == sum(1 for text in texts if text)
        if styled and self._label_like(below[0]) and any(not cell.shaded for cell in rows[at][len(row) :]):
            return 0  # the last label has an empty box beside it
        beside = not any(self._label_like(cell) or self._knows(cell) for cell in row[1::2])
        if marked and beside and self.flow.labels.columns(texts) < 2:
            return 0  # each label that stands out has its answer beside it
        heads = self.flow.labels.heads(texts, self.flow.section)
        if styled and len(row) == 2 and self._label_like(below[0]) and self.flow.knows(texts[0]):
            styled = heads > 1
        if styled and len(below) > 1 and not any(cell.column > 0 for cell in marked_below):
            return 1
        spanning = any(cell.column_span > 1 or cell.row_span > 1 for cell in row)
        if styled and spanning and at + 2 < len(rows) and all(self._label_like(cell) for cell in below if cell.text):
            return 2
        if not marked or not marked_below:
            if len(row) == 2:
                heads = self.flow.labels.columns(texts)
            known_below = sum(self._knows(cell) for cell in (below if len(row) == 2 else below[1:]))
            enough = max(2, (len(texts) + 1) // 2)
            if at == 0 and self._heads_of_section(texts):
                return 1
            if heads >= enough and heads > known_below:
                return 1
        return 0

    def _heads_of_section(self, texts: Sequence[str]) -> bool:
        """Whether the first row of a table without any look holds heads of the list that its section is about."""
        section, vocabulary = self.flow.section, self.flow.labels.vocabulary
        if section not in vocabulary.lists:
            return False
        known = [vocabulary.column(section, text) is not None for text in texts]
        return all(known) if len(texts) < 3 else known[1] and sum(known) * 2 > len(texts)

    def _knows(self, cell: Cell) -> bool:
        return bool(cell.text) and self.flow.knows(cell.text)

    def _grid(self, rows: Sequence[Sequence[Cell]], at: int, depth: int) -> int:
        """Adds the grid whose heads start at row `at`; the row after it."""
        self.flow.finish()
        heads: dict[int, Words] = {}
        for row in rows[at : at + depth]:
            for cell in row:
                for column in range(cell.column, cell.column + min(cell.column_span, 50)):
                    if cell.text and ((depth == 1 and column == cell.column) or depth > 1):
                        heads[column] = Words(label_of(cell), cell.location)
        first = rows[at][0]
        listed = self.flow.labels.columns([words.text for words in heads.values()]) * 2 > len(heads)
        corner = self.flow.labels.vocabulary.section(heads[first.column].text) if first.column in heads else None
        if not listed and len(heads) > 2 and corner and corner.score >= SURE and corner.id in _FIGURES:
            self.flow.section = corner.id
        single = not listed and self.flow.section not in self.flow.labels.vocabulary.lists
        columns = sorted(heads if heads else {0})
        if first.column not in heads:
            columns = sorted({first.column, *columns})
        end = at + depth
        body: list[tuple[Words | None, ...]] = []
        width = max(columns) + 1
        while end < len(rows):
            row = rows[end]
            after = rows[end + 1] if end + 1 < len(rows) else None
            if body and len(row) > 1 and self._cards(row, after):
                break
            if body and (self._is_labels(row) or self._is_wider(row, rows[at])):
                break
            if len(row) == 1 and (row[0].column_span >= width > 1 or self._label_like(row[0])) and len(columns) > 1:
                break
            filled = [cell for cell in row if cell.text]
            known = sum(self._knows(cell) for cell in filled)
            styled = bool(filled) and all(self._label_like(cell) for cell in filled)
            if styled and end == at + 2 and self._head_rows(rows, end, above=True):
                break
            alternate = single and end == at + 2
            most = known * 2 > len(filled) if alternate else known == len(filled)
            if alternate and known == len(filled) == 1 < len(row):
                break
            if len(filled) > 1 and (styled or most) and self._head_rows(rows, end):
                break
            found: dict[int, Words] = {}
            for cell in row:
                column = max((c for c in columns if c <= cell.column), default=columns[0])
                words = self._answer(cell)
                found[column] = joined([found[column], words]) if found.get(column) else words
            if row:
                body.append(tuple(found.get(column) for column in columns))
            end += 1
        blank = Words("", first.location)
        self.flow.add(Grid(self.flow.section, tuple(heads.get(column, blank) for column in columns), tuple(body)))
        for row in rows[at:end]:
            for cell in row:
                self._nested(cell)
        return end

    def _is_wider(self, row: Sequence[Cell], heads: Sequence[Cell]) -> bool:
        """Whether a row under column heads begins with a label over several of their columns."""
        wider = row[0].column_span > heads[0].column_span and 1 < len(row) < len(heads)
        return wider and self._label_like(row[0]) and not self._label_like(row[-1])

    def _is_labels(self, row: Sequence[Cell]) -> bool:
        """Whether a row under column heads is labels with their values again: one that stands out is not the first."""
        out = [cell.shaded or (cell.bold and self._knows(cell)) for cell in row if cell.text]
        return any(out[1:]) and self._label_like(row[0]) and not all(out)

    def _pairs(self, row: Sequence[Cell]) -> None:
        """A row of labels with their values to the right."""
        at = 0
        while at < len(row):
            cell = row[at]
            after = row[at + 1] if at + 1 < len(row) else None
            text = cell.text
            if not text:
                at += 1
            elif after is None or (self._is_option(cell) and not self._label_like(cell)):
                self._single(cell, None, False)
                at += 1
            elif self._label_like(cell) or self.flow.knows(text) or (at == 0 and self._plain_label(row)):
                both = self._label_like(cell) and self._label_like(after) and after.text
                if both and at + 2 < len(row):
                    self.flow.pair(Words(label_of(cell), cell.location), Words("", cell.location))
                    at += 1
                    continue
                values = [after]
                while at + 1 + len(values) < len(row) and self._is_option(row[at + 1 + len(values)]):
                    values.append(row[at + 1 + len(values)])
                value = joined([self._answer(v) for v in values], "   ")
                self.flow.ask(Words(label_of(cell), cell.location), *([value] if value else []))
                self.flow.answered = True
                self.flow.finish()
                for found in values:
                    self._nested(found)
                at += 1 + len(values)
            else:
                self._single(cell, None, False)
                at += 1
        self.flow.finish()

    def _plain_label(self, row: Sequence[Cell]) -> bool:
        """In a table without bold or shading, a short first cell beside an answer is a label."""
        return len(row) == 2 and len(row[0].text) <= LABEL_LENGTH and not self._label_like(row[1])

    def _is_option(self, cell: Cell) -> bool:
        """'Initial ☐': one choice in a cell of its own."""
        text = cell.text
        return len(text) < 60 and (TICKED in text or UNTICKED in text)
