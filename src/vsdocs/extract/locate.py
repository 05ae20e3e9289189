"""Where on a form the answers are: from blocks of any layout to headings, label-value pairs, grids and lines.

It knows how forms are drawn (a label with its value to the right, below, after a colon; a banner across a table; a row of
column heads over rows of answers), and asks the vocabulary what a label means only where the drawing leaves it open.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from vsdocs.document import TICKED, UNTICKED, Block, Box, Cell, Document, Field, Paragraph, Run, Table
from vsdocs.errors import FileProblem
from vsdocs.evidence import Location
from vsdocs.extract.vocabulary import FormVocabulary, Match, normal

MAX_SPOTS = 20_000  # a long PEP has under 1,000
LABEL_LENGTH = 150  # characters
HEADING_WORDS = 12

_NUMBERED = re.compile(r"^\s*(?:target\s*)?\(?\d{1,2}\s*[.):]\s+\S", re.IGNORECASE)
_COLON_LABEL = re.compile(r"^\s*([^:\t]{1,120}?)\s*(?::|…|\.\.\.|\?)(?=\s|$|[☒☐])\s*(.*)$", re.DOTALL)
_GAP = re.compile(r"\t+|\s{3,}")


@dataclass(frozen=True, slots=True)
class Words:
    """Text at a place."""

    text: str
    location: Location
    confidence: float = 1.0

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Spot:
    section: str | None


@dataclass(frozen=True, slots=True)
class Heading(Spot):
    words: Words


@dataclass(frozen=True, slots=True)
class Pair(Spot):
    label: Words
    value: Words


@dataclass(frozen=True, slots=True)
class Grid(Spot):
    """Column heads over rows. A body cell that runs down over several rows is None in the rows after its first."""

    heads: tuple[Words, ...]
    rows: tuple[tuple[Words | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Line(Spot):
    """A paragraph that belongs to no label."""

    words: Words


def locate(document: Document, vocabulary: FormVocabulary) -> list[Spot]:
    """Everything on the form that may be an answer, in reading order. Raises FileProblem('too_big')."""
    finder = _Finder(vocabulary)
    for block, following in zip(document.blocks, [*document.blocks[1:], None], strict=True):
        finder.block(block, following)
    finder.finish()
    return finder.spots


@dataclass
class _Finder:
    vocabulary: FormVocabulary
    spots: list[Spot] = field(default_factory=list)
    section: str | None = None
    banner: Box | None = None  # where the last heading stands
    level: int = 0  # of the heading that opened the section, 0 where it has no style
    pending: Words | None = None  # a label whose value has not come yet, or not wholly
    answer: list[Words] = field(default_factory=list)
    answered: bool = False  # the pending label had its value beside it; what follows may continue it
    titled: bool = False  # the pending label is a heading: without an answer it asks for nothing

    # ------------------------------------------------------------------------------------------------ what is found
    def add(self, spot: Spot) -> None:
        if len(self.spots) >= MAX_SPOTS:
            raise FileProblem("too_big")
        self.spots.append(spot)

    def pair(self, label: Words, value: Words) -> None:
        self.finish()
        self.add(Pair(self.section, label, value))

    def heading(self, words: Words, section: str | None, level: int = 0) -> None:
        self.finish()
        self.section, self.level = section, level
        self.add(Heading(section, words))

    def ask(self, label: Words, *answer: Words, titled: bool = False) -> None:
        """A label that waits for what follows."""
        self.finish()
        self.pending, self.answer = label, [w for w in answer if w]
        self.answered, self.titled = bool(answer), titled

    def finish(self) -> None:
        """Closes the label that waits, if one does."""
        if self.pending is not None:
            label, self.pending = self.pending, None
            answer, self.answer = self.answer, []
            if answer or not self.titled:
                self.add(Pair(self.section, label, _joined(answer) if answer else Words("", label.location)))

    # ------------------------------------------------------------------------------------------------------ blocks
    def block(self, block: Block, following: Block | None) -> None:
        if isinstance(block, Field):
            value = Words(block.value.strip(), block.location, block.confidence)
            self.pair(Words(block.label, block.location), value)
        elif isinstance(block, Paragraph):
            self.paragraph(block, following)
        else:
            self.table(block)

    def paragraph(self, paragraph: Paragraph, following: Block | None, shaded: bool = False) -> None:
        text = paragraph.text
        if not text:
            return
        words = _words(paragraph)
        if self.pending and not self.answer and _level_with(paragraph.box, self.banner) and self._is_person(text):
            return  # who fills this section in, printed at the right of its heading
        self._paragraph(paragraph, words, following, shaded)
        self.banner = paragraph.box if self.pending and not self.answer else None

    def _is_person(self, text: str) -> bool:
        role, field = self.vocabulary.role(text), self.vocabulary.field(text)
        return bool(role and role.score >= 0.9) or bool(field and field.id == "child.full_name")

    def _paragraph(self, paragraph: Paragraph, words: Words, following: Block | None, shaded: bool) -> None:
        text = words.text
        bold = shaded or _is_bold(paragraph)
        section = self.vocabulary.section(text) if len(normal(text).split()) <= HEADING_WORDS else None
        if (
            self._is_title(text)
            and (bold or paragraph.level or not self.spots)
            and not (section and section.score > 0.9)
        ):
            return self.heading(words, None)
        item = bool(_NUMBERED.match(text)) and self.section in self.vocabulary.lists
        if paragraph.level:
            return self._styled(words, paragraph.level, section)
        if (not bold or text.count(":") > 1) and (pairs := self._inline(paragraph)):
            for label, value in pairs:
                self.ask(label, value)
            return None
        if bold and len(text) <= LABEL_LENGTH:
            return self._bold(words, following, item)
        sure = section is not None and section.score >= 0.98 and not text.endswith((".", "!"))
        if section and sure and (isinstance(following, Table) or not self._asking_long()):
            return self.heading(words, section.id)
        if self.vocabulary.is_guidance(text) and _is_muted(paragraph):
            return None
        if (
            not item
            and len(text) < 90
            and self._is_label(text, text.endswith(("?", ":", "…")))
            and not self._asking_long()
        ):
            return self.ask(words)
        waits = self.pending is not None and not self.answered and not self.answer
        if self.section == "voice" and text.endswith(("?", "…")) and len(text) < 120 and not waits:
            return self.ask(words)
        if self.pending is not None and not item and (not self.answered or self._asking_long()):
            self.answer.append(words)
            return None
        self.finish()
        self.add(Line(self.section, words))
        return None

    def _styled(self, words: Words, level: int, section: Match | None) -> None:
        """A heading in a heading style: of a section, or below one a question or an item of its own."""
        below = self.section is not None and level > self.level > 0
        known = self._known(words.text)
        if self._opens_item(words.text):
            return self.pair(words, Words("", words.location))
        particular = below and (self.section == "voice" or self.section in self.vocabulary.lists)
        if section and section.score >= (0.95 if particular else known):
            self.heading(words, section.id, level)
            return self.ask(words, titled=True)
        if known >= 0.7 or (below and self.section == "voice"):
            if section and self._asks_who_came(words.text):
                self.heading(words, section.id, level)
            return self.ask(words, titled=not below)
        if not below:
            return self.heading(words, section.id if section else None, level)
        return self.ask(words, titled=True)

    def _asks_who_came(self, text: str) -> bool:
        found = self.vocabulary.field(text, self.section)
        return found is not None and found.id == "meeting.attendees"

    def _is_title(self, text: str) -> bool:
        """Whether a line names the document itself: 'Post 16 Personal Education Plan'."""
        said = normal(text)
        return ":" not in text and any(len(title) > 10 and title.casefold() in said for title in self.vocabulary.title)

    def _opens_item(self, text: str) -> bool:
        return any(self.vocabulary.is_item(name, text) for name in self.vocabulary.lists)

    def _bold(self, words: Words, following: Block | None, item: bool) -> None:
        """A bold paragraph: a heading, an item of a list, or a label whose value follows."""
        text = words.text
        section = self.vocabulary.section(text)
        known = self._known(text)
        if self._opens_item(text):
            return self.pair(words, Words("", words.location))
        boxed = self._takes_value(following)
        sure = section is not None and section.score >= 0.95
        if section and section.id == "qa_feedback" and ":" in text[:-1]:
            found = _COLON_LABEL.match(text)
            if found:
                return self.pair(Words(found[1], words.location), Words(found[2], words.location, words.confidence))
        tabled = isinstance(following, Table) and not boxed
        if item and not sure and not (section and (tabled or len(normal(text).split()) <= 4)):
            self.finish()
            return self.add(Line(self.section, words))
        likely = section.score if section and not text.endswith((".", "!")) else 0.0
        if likely and not boxed and not text.endswith((":", "?", "…")):
            boxed_field = self.vocabulary.field(text, self.section)
            known = boxed_field.score if boxed_field else 0.0
        if known > likely and known >= (0.95 if tabled else 0.7):
            if section and self._asks_who_came(text):
                self.heading(words, section.id)
            return self.ask(words)
        if section and likely and not (boxed and likely < 0.95):
            self.heading(words, section.id)
            return None if tabled else self.ask(words, titled=True)
        if boxed or text.endswith(("?", ":", "…")) or (self.section == "voice" and not tabled):
            return self.ask(words)
        if isinstance(following, (Table, Field)) or len(normal(text).split()) <= 6:
            return self.heading(words, None)
        return self.ask(words)

    def _takes_value(self, following: Block | None) -> bool:
        """Whether the block after a label is a box for one answer, or a plain paragraph."""
        if isinstance(following, Table):
            return len(following.cells) == 1 and not following.cells[0].shaded
        return False

    def _asking_long(self) -> bool:
        """Whether the label that waits is one whose answer may run over several paragraphs."""
        if self.pending is None:
            return False
        found = self.vocabulary.field(self.pending.text, self.section)
        if found is not None:
            return found.id in LONG or found.id == "meeting.attendees"
        return self.section == "voice"

    # ------------------------------------------------------------------------------------------------------ labels
    def _known(self, text: str) -> float:
        """How sure a text is a label here: 0 = not."""
        found = self.vocabulary.field(text, self.section)
        best = found.score if found else 0.0
        if self.section in self.vocabulary.lists:
            column = self.vocabulary.column(self.section, text)
            best = max(best, column.score if column else 0.0)
            if self.vocabulary.is_item(self.section, text):
                best = 1.0
        role = contact_label(text, self.vocabulary)
        return max(best, role.score if role else 0.0)

    def _is_label(self, text: str, asked: bool = False) -> bool:
        return len(text) <= LABEL_LENGTH and self._known(text) >= (0.7 if asked else 0.95)

    def _inline(self, paragraph: Paragraph) -> list[tuple[Words, Words]]:
        """The pairs inside one paragraph: bold labels with plain values, or `Label: value` between tabs."""
        pieces = _by_look(paragraph.runs)
        if len(pieces) > 1 and pieces[0][1] and not _NUMBERED.match(paragraph.text):
            pairs: list[tuple[str, str]] = []
            for text, bold in pieces:
                label = text.strip()
                new = bold and label and (not pairs or label.endswith((":", "?", "…", "...")) or self._is_label(label))
                if new:
                    pairs.append((label, ""))
                elif pairs:
                    pairs[-1] = (pairs[-1][0], pairs[-1][1] + text)
            if pairs and len(pairs[0][0]) <= LABEL_LENGTH:
                return [self._at(paragraph, label, value.lstrip(" :–-")) for label, value in pairs]
        return [self._at(paragraph, label, value) for label, value in self.split(paragraph.text)]

    def split(self, text: str) -> list[tuple[str, str]]:
        """`Label: value` pairs in a text without a look, each label known to the vocabulary."""
        pairs: list[tuple[str, str]] = []
        for part in _GAP.split(text):
            found = _COLON_LABEL.match(part)
            asked = part[found.end(1) : found.end(1) + 2].strip()[:1] if found else ""
            if found and (
                self._is_label(found[1], asked=asked == "?" and bool(found[2]))
                or (self.section == "voice" and found[1].startswith(("I ", "My ", "What ", "Who ", "How ")) and asked)
            ):
                pairs.append((found[1] + asked.replace(":", ""), found[2].strip()))
            elif pairs:
                pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {part}".strip())
            else:
                return []
        return pairs

    def _at(self, paragraph: Paragraph, label: str, value: str) -> tuple[Words, Words]:
        confidence = min((run.confidence for run in paragraph.runs), default=1.0)
        return Words(label, paragraph.location), Words(value.strip(), paragraph.location, confidence)

    # ------------------------------------------------------------------------------------------------------ tables
    def table(self, table: Table) -> None:
        rows = table.rows
        width = max((cell.column + cell.column_span for cell in table.cells), default=0)
        number = 0
        while number < len(rows):
            row = rows[number]
            if not row:
                number += 1
            elif len(row) == 1 and self._fills(row[0], width):
                self._single(row[0], rows[number + 1] if number + 1 < len(rows) else None, len(table.cells) == 1)
                number += 1
            elif depth := self._head_rows(rows, number):
                number = self._grid(rows, number, depth)
            else:
                self._pairs(row)
                number += 1
        self.finish()

    def _fills(self, cell: Cell, width: int) -> bool:
        return cell.column_span >= width or (cell.column == 0 and cell.row_span == 1)

    def _single(self, cell: Cell, below: list[Cell] | None, alone: bool) -> None:
        """A cell across the whole table: a banner, a label over its answer, or an answer."""
        labelled = self._label_like(cell)
        text = cell.text
        if alone and not labelled and self.pending is not None and not self.answered:
            self.answer.append(self.words(cell))
            self.finish()
            return
        if not text:
            if not cell.shaded:
                self.finish()
            self._nested(cell)
            return
        if labelled and len(text) <= LABEL_LENGTH:
            section, known = self.vocabulary.section(text), self._known(text)
            item = self._opens_item(text)
            answer_below = below is not None and len(below) == 1 and not self._label_like(below[0])
            words = Words(text, cell.location, cell.confidence)
            if item:
                self.pair(words, Words("", cell.location))
            elif (
                section and (section.score >= 0.95 or not answer_below) and not (known > section.score and answer_below)
            ):
                self.heading(words, section.id)
                if answer_below:
                    self.ask(words, titled=True)
            elif answer_below or known >= 0.95:
                self.ask(words)
            else:
                self.heading(words, None)
            return
        paragraphs = [p for p in cell.content if isinstance(p, Paragraph)]
        for paragraph, following in zip(paragraphs, [*paragraphs[1:], None], strict=True):
            self.paragraph(paragraph, following)
        self._nested(cell)

    def _nested(self, cell: Cell) -> None:
        for inner in cell.content:
            if isinstance(inner, Table):
                self.table(inner)

    def _label_like(self, cell: Cell) -> bool:
        return cell.shaded or cell.bold

    def _head_rows(self, rows: Sequence[Sequence[Cell]], at: int) -> int:
        """How many rows from `at` are column heads: 0 where the row is label-value pairs."""
        row = rows[at]
        if at + 1 >= len(rows) or len(row) < 2:
            return 0
        texts = [cell.text for cell in row]
        if not all(texts[1:]) or any(len(text) > LABEL_LENGTH for text in texts):
            return 0
        below = rows[at + 1]
        looks = [self._label_like(cell) for cell, text in zip(row, texts, strict=True) if text]
        styled = all(looks)
        plain_below = [cell for cell in below if cell.column > 0 and not (self._label_like(cell) and cell.text)]
        if styled and len(row) == 2 and self._label_like(below[0]) and self._is_label(texts[0]):
            styled = self._columns(texts) >= 2
        alternate = len(row) > 2 and any(self._label_like(c) and c.column > 0 for c in below if c.text)
        if styled and plain_below and not alternate:
            return 1
        spanning = any(cell.column_span > 1 or cell.row_span > 1 for cell in row)
        if styled and spanning and at + 2 < len(rows) and all(self._label_like(cell) for cell in below if cell.text):
            return 2
        if not any(looks) or not any(self._label_like(cell) for cell in below if cell.text):
            heads = self._columns(texts)
            if heads >= max(2, (len(texts) + 1) // 2) and heads > sum(self._knows(c) for c in below[1:]) + (
                len(row) == 2
            ):
                return 1
        return 0

    def _knows(self, cell: Cell) -> bool:
        return bool(cell.text) and self._is_label(cell.text)

    def _columns(self, texts: Sequence[str]) -> int:
        """How many of the texts are column heads of one list, or labels of single boxes."""
        best = sum(1 for text in texts if text and self._is_label(text))
        for name in self.vocabulary.lists:
            known = {
                found.id
                for text in texts
                if text and (found := self.vocabulary.column(name, text)) and found.score > 0.8
            }
            best = max(best, len(known))
        return best

    def _grid(self, rows: Sequence[Sequence[Cell]], at: int, depth: int) -> int:
        """Adds the grid whose heads start at row `at`; the row after it."""
        self.finish()
        heads: dict[int, Words] = {}
        for row in rows[at : at + depth]:
            for cell in row:
                for column in range(cell.column, cell.column + min(cell.column_span, 50)):
                    if cell.text and ((depth == 1 and column == cell.column) or depth > 1):
                        heads[column] = Words(self.label(cell), cell.location)
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
            styled = all(self._label_like(cell) for cell in filled)
            if len(filled) > 1 and (styled or all(self._knows(c) for c in filled)) and self._head_rows(rows, end):
                break
            found: dict[int, Words] = {}
            for cell in row:
                column = max((c for c in columns if c <= cell.column), default=columns[0])
                words = self.words(cell)
                found[column] = _joined([found[column], words]) if found.get(column) else words
            if row:
                body.append(tuple(found.get(column) for column in columns))
            end += 1
        blank = Words("", first.location)
        self.add(Grid(self.section, tuple(heads.get(column, blank) for column in columns), tuple(body)))
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
            elif self._label_like(cell) or self._is_label(text) or (at == 0 and self._plain_label(row)):
                both = self._label_like(cell) and self._label_like(after) and after.text
                if both and at + 2 < len(row):
                    self.pair(Words(self.label(cell), cell.location), Words("", cell.location))
                    at += 1
                    continue
                values = [after]
                while at + 1 + len(values) < len(row) and self._is_option(row[at + 1 + len(values)]):
                    values.append(row[at + 1 + len(values)])
                value = _joined([self.words(v) for v in values], "   ")
                self.ask(Words(self.label(cell), cell.location), *([value] if value else []))
                self.answered = True
                self.finish()
                for found in values:
                    self._nested(found)
                at += 1 + len(values)
            else:
                self._single(cell, None, False)
                at += 1
        self.finish()

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
        plain = [p for p in parts if not _is_muted(p)] or parts
        if len(plain) > 1 and _is_bold(plain[0]) and not any(_is_bold(p) for p in plain[1:]):
            plain = plain[:1]
        return " ".join(" ".join(_unmuted(p) or p.text for p in plain).split())

    def words(self, cell: Cell) -> Words:
        """A cell's answer, without the form's own advice in small, grey or italic print."""
        parts = [p for p in cell.content if isinstance(p, Paragraph) and p.text]
        answers = [p for p in parts if not _is_muted(p)]
        if not answers:
            answers = [p for p in parts if not self.vocabulary.is_guidance(p.text)]
        location = answers[0].location if answers else cell.location
        return Words("\n".join(_unmuted(p) or p.text for p in answers), location, cell.confidence)


#: fields whose answer may be several paragraphs
LONG = frozenset(
    [
        "aspirations",
        "transition",
        "enrichment",
        "carer_views",
        "strengths",
        "needs",
        "qa_feedback",
        "voice_method",
        "timetable.reason",
    ]
)


@dataclass(frozen=True, slots=True)
class ContactLabel:
    role: str
    part: str  # name, email, phone or details
    score: float


def contact_label(text: str, vocabulary: FormVocabulary) -> ContactLabel | None:
    """A label such as 'Social worker', 'Designated Teacher email', 'Name of carer': whose, and what of them."""
    said = normal(text)
    if len(said.split()) > 9 or not said:
        return None
    role = vocabulary.role(said)
    if role and role.score >= 0.9:
        return ContactLabel(role.id, "name", role.score)
    for pattern, part in _PARTS:
        rest = pattern.sub(" ", said, count=1)
        if rest != said:
            named = vocabulary.role(" ".join(rest.split()).removesuffix("'s"))
            return ContactLabel(named.id, part, named.score) if named else None
    if role and len(said.split()) < 5:
        return ContactLabel(role.id, "name", role.score)
    return None


_PARTS = [
    (re.compile(r"(?:'s)?\s*name,? (?:and|&|/|\+) (?:contact|email|phone|tel).*$|(?:'s)?\s*(?:-\s*)?contact details?.*$"), "details"),
    (re.compile(r"^contact details? (?:for|of)(?: the| my)? "), "details"),
    (re.compile(r"(?:'s)?\s*(?:-\s*)?\(?(?:contact )?e-?mail(?: address)?\)?$|^e-?mail(?: address)? (?:for|of)(?: the| my)? "), "email"),
    (re.compile(r"(?:'s)?\s*(?:-\s*)?\(?(?:contact |phone |tel |tele|mobile )?(?:phone|tel|telephone|number|mobile|no)\.?(?: number| no\.?)?\)?$|^(?:tele)?phone(?: number)? (?:for|of)(?: the| my)? "), "phone"),
    (re.compile(r"(?:'s)?\s*(?:-\s*)?\(?(?:full )?names?\)?$|^name of(?: the| my)? "), "name"),
]  # fmt: skip


def _level_with(box: Box | None, other: Box | None) -> bool:
    """Whether two pieces of a page stand on one line."""
    if box is None or other is None:
        return False
    return min(box.bottom, other.bottom) - max(box.top, other.top) > 0.4 * (other.bottom - other.top)


def _joined(parts: Sequence[Words], glue: str = "\n") -> Words:
    filled = [part for part in parts if part] or list(parts[:1])
    return Words(glue.join(p.text for p in filled), filled[0].location, min(p.confidence for p in filled))


def _words(paragraph: Paragraph) -> Words:
    confidence = min((run.confidence for run in paragraph.runs if run.text.strip()), default=1.0)
    return Words(paragraph.text, paragraph.location, confidence)


def _by_look(runs: Sequence[Run]) -> list[tuple[str, bool]]:
    """The text of the runs, joined where their boldness is the same; space takes the look of what is before it."""
    pieces: list[tuple[str, bool]] = []
    for run in runs:
        bold = run.bold if run.text.strip() or not pieces else pieces[-1][1]
        if pieces and pieces[-1][1] == bold:
            pieces[-1] = (pieces[-1][0] + run.text, bold)
        else:
            pieces.append((run.text, bold))
    return pieces


def _is_bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if any(c.isalnum() for c in run.text)]
    return bool(runs) and all(run.bold for run in runs)


def _is_muted(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.muted for run in runs)


def _unmuted(paragraph: Paragraph) -> str:
    """The paragraph without a muted start or end: guidance set before or after the answer on one line."""
    if any(run.muted for run in paragraph.runs) and not _is_muted(paragraph):
        kept = list(paragraph.runs)
        while kept and (kept[0].muted or not kept[0].text.strip()):
            kept.pop(0)
        while kept and (kept[-1].muted or not kept[-1].text.strip()):
            kept.pop()
        return "".join(run.text for run in kept).strip()
    return paragraph.text
