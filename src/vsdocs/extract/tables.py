"""Tables of forms: banners, labels with their values, column heads over rows, boxes for one answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from vsdocs.document import TICKED, UNTICKED, Cell, Paragraph, Table
from vsdocs.extract.flow import Flow
from vsdocs.extract.labels import LABEL_LENGTH, SURE
from vsdocs.extract.spots import Grid, Words, is_bold, is_muted, joined, unmuted


@dataclass(frozen=True)
class TableReader:
    """Reads tables into a flow: what stands before and after a table is part of its meaning."""

    flow: Flow

    def read(self, table: Table) -> None:
        rows = table.rows
        width = max((cell.column + cell.column_span for cell in table.cells), default=0)
        number = 0
        above = False  # labels stand above their values: a row with one label left over does so too
        while number < len(rows):
            row = rows[number]
            if not row:
                number += 1
            elif len(row) == 1 and self._fills(row[0], width):
                self._single(row[0], rows[number + 1] if number + 1 < len(rows) else None, len(table.cells) == 1)
                number += 1
            elif depth := self._head_rows(rows, number, above):
                start, number = number, self._grid(rows, number, depth)
                above = depth == 1 and number - start == 2 and any(self._knows(cell) for cell in row)
            else:
                self._pairs(row)
                number += 1
        self.flow.finish()

    def _fills(self, cell: Cell, width: int) -> bool:
        return cell.column_span >= width or (cell.column == 0 and cell.row_span == 1)

    def _single(self, cell: Cell, below: list[Cell] | None, alone: bool) -> None:
        """A cell across the whole table: a banner, a label over its answer, or an answer."""
        labelled = self._label_like(cell)
        text = cell.text
        if alone and not labelled and self.flow.pending is not None and not self.flow.answered:
            self.flow.answer.append(self.words(cell))
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
                        heads[column] = Words(self.label(cell), cell.location)
        listed = self.flow.labels.columns([words.text for words in heads.values()]) * 2 > len(heads)
        single = not listed and self.flow.section not in self.flow.labels.vocabulary.lists
        columns = sorted(heads if heads else {0})
        first = rows[at][0]
        if first.column not in heads:
            columns = sorted({first.column, *columns})
        end = at + depth
        body: list[tuple[Words | None, ...]] = []
        width = max(columns) + 1
        while end < len(rows):
            row = rows[end]
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
                words = self.words(cell)
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
                    self.flow.pair(Words(self.label(cell), cell.location), Words("", cell.location))
                    at += 1
                    continue
                values = [after]
                while at + 1 + len(values) < len(row) and self._is_option(row[at + 1 + len(values)]):
                    values.append(row[at + 1 + len(values)])
                value = joined([self.words(v) for v in values], "   ")
                self.flow.ask(Words(self.label(cell), cell.location), *([value] if value else []))
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

    # ------------------------------------------------------------------------------------------------- words of cells
    def label(self, cell: Cell) -> str:
        """A label without the advice printed under it."""
        parts = [p for p in cell.content if isinstance(p, Paragraph) and p.text]
        plain = [p for p in parts if not is_muted(p)] or parts
        if len(plain) > 1 and is_bold(plain[0]) and not any(is_bold(p) for p in plain[1:]):
            plain = plain[:1]
        return " ".join(" ".join(unmuted(p) or p.text for p in plain).split())

    def words(self, cell: Cell) -> Words:
        """A cell's answer, without the form's own advice in small, grey or italic print."""
        parts = [p for p in cell.content if isinstance(p, Paragraph) and p.text]
        answers = [p for p in parts if not is_muted(p)]
        if not answers:
            answers = [p for p in parts if not self.flow.labels.vocabulary.is_guidance(p.text)]
        boxes = [inner for inner in cell.content if isinstance(inner, Table) and len(inner.cells) == 1]
        if not answers and len(boxes) == 1:
            return self.words(boxes[0].cells[0])
        location = answers[0].location if answers else cell.location
        return Words("\n".join(unmuted(p) or p.text for p in answers), location, cell.confidence)
