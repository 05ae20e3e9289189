"""Tables of forms: banners, labels with their values, column heads over rows, boxes for one answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from vsdocs.document import TICKED, UNTICKED, Cell, Paragraph, Table
from vsdocs.extract.cards import Cards
from vsdocs.extract.cells import answer_of, by_weight, has_own_label, is_asked, label_of, without_numbers
from vsdocs.extract.flow import Flow
from vsdocs.extract.heads import Heads, alternates, is_wider, label_like
from vsdocs.extract.labels import LABEL_LENGTH, SURE
from vsdocs.extract.look import over_answer
from vsdocs.extract.spots import Grid, Line, Words, is_muted, joined, unmuted
from vsdocs.extract.written import level_of

_TURNED = 3  # columns of a list that lie under each other, and cells in each, at least
_FIGURE = re.compile(r"yes|no|n/a|[£]?\d[\d.,/]*%?", re.IGNORECASE)  # no label, however bold it looks on a scan
_FIGURES = frozenset({"attendance", "sdq"})  # sections that may be one table, with their name in its corner


@dataclass(frozen=True)
class TableReader:
    """Reads tables into a flow: what stands before and after a table is part of its meaning."""

    flow: Flow

    @property
    def _cards(self) -> Cards:
        return Cards(self.flow)

    @property
    def _heads(self) -> Heads:
        return Heads(self.flow.labels, self.flow.section)

    def read(self, table: Table) -> None:
        table = by_weight(without_numbers(table))
        rows = [row for row in table.rows if row]  # into some, only cells from above reach
        width = max((cell.column + cell.column_span for cell in table.cells), default=0)
        if self._lies_turned(rows):
            self._turned(rows)
            return
        if self._cards.are_people(rows):
            self._cards.people(rows)
            return
        filled = [cell for cell in table.cells if cell.text]
        inline = sum(map(has_own_label, filled)) * 2 > len(filled)
        number = 0
        above = False  # labels stand above their values: a row with one label left over does so too
        while number < len(rows):
            row = rows[number]
            below = rows[number + 1] if number + 1 < len(rows) else None
            if inline and len(row) > 1 and all(has_own_label(cell) or is_asked(cell) for cell in row if cell.text):
                self._labelled(row)
                number += 1
            elif cards := self._cards.of_row(row, below):
                for label, value in cards:
                    self.flow.ask(label, *([value] if value else []))
                self.flow.finish()
                number += 1
            elif self._is_levels(row):
                self._levels(row)
                number += 1
            elif self._is_tagged(row):
                self._single(row[0], below, alone=False)
                number += 1
            elif len(row) == 1 and self._fills(row[0], width):
                self._single(row[0], below, len(table.cells) == 1)
                number += 1
            elif depth := self._heads.head_rows(rows, number, above):
                start, number = number, self._grid(rows, number, depth)
                above = depth == 1 and number - start == 2 and any(self._heads.knows(cell) for cell in row)
            else:
                self._pairs(row)
                number += 1
        self.flow.finish()

    def _labelled(self, row: Sequence[Cell]) -> None:
        """A row whose cells each begin with their own label: 'Name: Sam', or only 'Name:' where nothing was written."""
        for cell in (cell for cell in row if cell.text):
            if has_own_label(cell):
                self._single(cell, None, False)
                self.flow.finish()
            else:
                self.flow.pair(Words(label_of(cell), cell.location), Words("", cell.location))

    def _is_tagged(self, row: Sequence[Cell]) -> bool:
        """Whether a row is a heading with what a system says of its section: 'Targets | Complete'."""
        labels = self.flow.labels
        if len(row) != 2 or not label_like(row[0]):
            return False
        if not labels.is_tag(row[1].text, row[0].text, self.flow.section):
            return False
        section = labels.vocabulary.section(row[0].text)
        return section is not None and section.score >= SURE

    def _is_levels(self, row: Sequence[Cell]) -> bool:
        """Whether a row is a subject with its levels, each said with its label: 'English', 'working at 6', 'target 7'."""
        vocabulary = self.flow.labels.vocabulary
        if len(row) < 3 or not row[0].text or vocabulary.column("attainment", row[0].text):
            return False
        told = [level_of(cell.text, vocabulary)[0] for cell in row[1:] if not vocabulary.is_blank(cell.text)]
        return len(told) > 1 and None not in told and len(set(told)) == len(told)

    def _levels(self, row: Sequence[Cell]) -> None:
        """Adds such a row as a line of attainment."""
        self.flow.finish()
        vocabulary = self.flow.labels.vocabulary
        told = [cell.text for cell in row[1:] if not vocabulary.is_blank(level_of(cell.text, vocabulary)[1])]
        said = " – ".join((row[0].text, *told))
        self.flow.add(Line("attainment", Words(said, row[0].location, min(cell.confidence for cell in row))))

    def _lies_turned(self, rows: Sequence[Sequence[Cell]]) -> bool:
        """Whether the columns of a list stand under each other, its items side by side without a head."""
        if len(rows) < _TURNED or any(len(row) != len(rows[0]) for row in rows) or len(rows[0]) < _TURNED:
            return False
        sides = [row[0] for row in rows]
        beside = [cell for row in rows for cell in row[1:]]
        if not all(label_like(cell) for cell in sides) or any(label_like(cell) for cell in beside if cell.text):
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

    def _answer(self, cell: Cell) -> Words:
        return answer_of(cell, self.flow.labels)

    def _fills(self, cell: Cell, width: int) -> bool:
        return cell.column_span >= width or (cell.column == 0 and cell.row_span == 1)

    def _single(self, cell: Cell, below: list[Cell] | None, alone: bool) -> None:
        """A cell across the whole table: a banner, a label over its answer, or an answer."""
        text = cell.text
        labelled = label_like(cell) and not (cell.shaded and not cell.bold and self._cards.of_cell(cell))
        labelled = labelled or (below is not None and self._is_small_over(cell, below))
        if labelled and len(cell.content) == 1 and isinstance(cell.content[0], Paragraph):
            text = unmuted(cell.content[0]) or text
        waits = self.flow.pending is not None and not self.flow.answered
        card = self._cards.of_cell(cell) if alone and self.flow.section == "voice" else None
        if card and card[1] and (not waits or self.flow.titled):
            self.flow.pair(*card)
            return
        other = (bool(self.flow.answer) or self.flow.titled) and has_own_label(cell)
        if alone and not labelled and waits and not other:
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
            answer_below = below is not None and len(below) == 1 and not label_like(below[0])
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

    def _is_small_over(self, cell: Cell, below: Sequence[Cell]) -> bool:
        """Whether a cell in italics or grey is the label or question over the answer in the next row."""
        alone = len(below) == 1 and over_answer(below[0]) is None and bool(below[0].text) and not label_like(below[0])
        asked = self.flow.knows(cell.text) or self.flow.labels.is_asked_of_child(cell.text)
        return alone and asked and all(is_muted(p) for p in cell.content if isinstance(p, Paragraph) and p.text)

    def _nested(self, cell: Cell) -> None:
        for inner in cell.content:
            if isinstance(inner, Table):
                self.read(inner)

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
        listed = self.flow.labels.columns([words.text for words in heads.values()]) >= len(heads) // 2 + 1
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
            if body and len(row) > 1 and self._cards.of_row(row, after):
                break
            if body and (self._heads.is_labels(row) or is_wider(row, rows[at])):
                break
            if len(row) == 1 and (row[0].column_span >= width > 1 or label_like(row[0])) and len(columns) > 1:
                break
            filled = [cell for cell in row if cell.text]
            known = sum(self._heads.knows(cell) for cell in filled)
            styled = bool(filled) and all(label_like(cell) for cell in filled)
            if styled and end == at + 2 and self._heads.head_rows(rows, end, above=True):
                break
            alternate = single and end == at + 2
            most = known * 2 > len(filled) if alternate else known == len(filled)
            if alternate and known == len(filled) == 1 < len(row):
                break
            if len(filled) > 1 and (styled or (most and rows[at][0].text)) and self._heads.head_rows(rows, end):
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

    def _pairs(self, row: Sequence[Cell]) -> None:
        """A row of labels with their values to the right."""
        at, in_turns = 0, alternates(row)
        while at < len(row):
            cell = row[at]
            after = row[at + 1] if at + 1 < len(row) else None
            text = cell.text
            if not text:
                at += 1
            elif after is None or (self._is_option(cell) and not label_like(cell)):
                self._single(cell, None, False)
                at += 1
            elif label_like(cell) or self.flow.knows(text) or (at == 0 and self._plain_label(row)):
                both = label_like(cell) and label_like(after) and after.text and not in_turns
                both = both and not _FIGURE.fullmatch(after.text)
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
        return len(row) == 2 and len(row[0].text) <= LABEL_LENGTH and not label_like(row[1])

    def _is_option(self, cell: Cell) -> bool:
        """'Initial ☐': one choice in a cell of its own."""
        text = cell.text
        return len(text) < 60 and (TICKED in text or UNTICKED in text)
