"""The flow of a form: paragraph after paragraph, which is a heading, which a label, and which the answer to the last label.

It goes by how forms are drawn (a bold label with its value after it or below it, `Label: value` between tabs, a question
over its answer), and asks the vocabulary what a text means only where the drawing leaves it open.
"""

import re
from dataclasses import dataclass, field, replace

from vsdocs.document import Box, Field, Paragraph, Table
from vsdocs.errors import FileProblem
from vsdocs.extract import spots
from vsdocs.extract.frames import QUESTION, is_answer_box, is_boxes, is_over_answer, runs_on
from vsdocs.extract.inline import pairs_of_line
from vsdocs.extract.kinds import BLOCKS, KEYS
from vsdocs.extract.labels import LABEL_LENGTH, SURE, Labels, contact_label
from vsdocs.extract.legend import read_legend
from vsdocs.extract.look import Look, is_smaller
from vsdocs.extract.people import BULLET, MARKER
from vsdocs.extract.spots import Heading, Line, Pair, Spot, Title, Words
from vsdocs.extract.wording import Match, normal
from vsdocs.extract.written import is_task, small_print

MAX_SPOTS = 20_000  # a long PEP has under 1,000
HEADING_WORDS = 12
_HERE = 0.01  # how much surer a label is that is known under its heading
_NAMES_A_FORM = re.compile(r"\b(?:plan|passport|record|profile|booklet|form)\b", re.IGNORECASE)

Block = Paragraph | Table | Field


@dataclass
class Flow:
    """What has been found so far, the section it stands in, and the label that waits for its answer."""

    labels: Labels
    look: Look = field(default_factory=Look)
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
        waits = not self.answer and label.text.endswith(("?", "…"))
        self.answered, self.titled = bool(answer) and not waits, titled

    def finish(self) -> None:
        """Closes the label that waits, if one does."""
        if self.pending is not None:
            label, self.pending = self.pending, None
            answer, self.answer = self.answer, []
            if answer or not self.titled:
                self.add(Pair(self.section, label, spots.joined(answer) if answer else Words("", label.location)))
            else:
                self.add(Title(self.section, label))

    def knows(self, text: str) -> bool:
        """Whether a text is a known label here."""
        return self.labels.is_label(text, self.section)

    # ------------------------------------------------------------------------------------------------------ blocks
    def block(self, block: Paragraph | Field, following: Block | None) -> None:
        """A block that is no table. `following` is the block after it."""
        if isinstance(block, Field) and (more := runs_on(block, self.labels, self.section, self.level or 1)):
            for part in more:
                self.block(part, following)
        elif isinstance(block, Field) and (begun := self._begun(block)):
            value = Words(block.value.strip(), block.location, block.confidence)
            whole = replace(begun.label, text=f"{begun.label.text} {block.label}")
            self.spots[-1] = replace(begun, label=whole, value=spots.joined([begun.value, value], " "))
        elif isinstance(block, Field):
            label = Words(block.label, block.location)
            value = Words(block.value.strip(), block.location, block.confidence)
            section = self._section(block.label, following)
            listed = section is not None and section.id in BLOCKS and section.id != self.section
            if section and listed and QUESTION.match(block.label) and "\n" in value.text:
                self.heading(label, section.id)
                self.pair(label, value)
            elif section and section.score >= SURE and self.labels.is_tag(value.text, block.label, self.section):
                self.heading(label, section.id)
            elif value or not self.labels.asks_for_long(block.label, self.section):
                self.pair(label, value)
            else:
                self.ask(label)
        else:
            self.paragraph(block, following)

    def _begun(self, field: Field) -> Pair | None:
        """The pair before a field where its label goes on in the field's: 'How the views were' and 'gathered'."""
        last = self.spots[-1] if self.spots and self.pending is None else None
        if not isinstance(last, Pair) or last.section != self.section or not field.label[:1].islower():
            return None
        known = self.labels.known(f"{last.label.text} {field.label}", self.section)
        return last if known >= SURE and known > self.labels.known(last.label.text, self.section) else None

    def paragraph(self, paragraph: Paragraph, following: Block | None) -> None:
        text, box = paragraph.text, paragraph.box
        if not text:
            return
        if self._is_beside_heading(box) and (self.labels.is_person(text) or self.labels.vocabulary.is_tag(text)):
            return  # who fills this section in, or how far it is, printed at the right of its heading
        self._paragraph(spots.without_hint(paragraph), following)
        self.banner = box if self.pending and not self.answer else None

    def _is_beside_heading(self, box: Box | None) -> bool:
        return self.pending is not None and not self.answer and spots.level_with(box, self.banner)

    def _paragraph(self, paragraph: Paragraph, following: Block | None) -> None:
        words = spots.words_of(paragraph)
        text, bold = words.text, spots.is_bold(paragraph)
        head, tab, beside = text.partition("\t")
        if tab and bold and self.labels.opens_item(head):  # 'Target 1' and at the right of its card 'Reading'
            self.pair(replace(words, text=head), replace(words, text=beside))
            return
        section = self._section(text, following, paragraph.level)
        standing_out = bold or paragraph.level or not self.spots
        item = self._is_item(text, bold)
        subtitled = isinstance(following, Paragraph) and self.labels.is_title(following.text)
        opening = not self.spots and not isinstance(following, Table) and (subtitled or _NAMES_A_FORM.search(text))
        if standing_out and (opening or (self.labels.is_title(text) and not (section and section.score > 0.9))):
            self.heading(words, None)
        elif not paragraph.level and self.look.is_heading(paragraph) and not self.labels.opens_item(text):
            self.heading(words, section.id if section else None)
            if not is_boxes(following):
                self.ask(words, titled=True)
        elif paragraph.level:
            self._styled(words, paragraph.level, following, section)
        elif self.pending and not (bold or self.titled or self.answer) and self._is_small_print(paragraph):
            self.answer.append(words)
        elif self.titled and not (bold or self.answer or read_legend(text)) and is_smaller(paragraph, following):
            return  # the form's own advice between a heading and its table
        elif (not bold or text.count(":") > 1) and (pairs := self._inline(paragraph, section, following)):
            for label, value in pairs:
                self.ask(label, value)
        elif bold and len(text) <= LABEL_LENGTH:
            self._bold(words, following, section, item)
        else:
            self._plain(words, following, section, item, spots.is_muted(paragraph))

    def _is_item(self, text: str, bold: bool) -> bool:
        """Whether a paragraph is an item of the list that the section is about: numbered, or after a bullet."""
        if self.section not in self.labels.vocabulary.lists:
            return False
        if BULLET.match(text) or is_task(self.section, text):
            return self.pending is None or self.titled
        return bool(MARKER.match(text)) and not (bold and self.look.numbered_questions)

    def _section(self, text: str, following: Block | None, level: int = 0) -> Match | None:
        """The section that a text heads. Among the child's views a question is a question, whatever it is about."""
        if len(text) > LABEL_LENGTH or len(normal(text).split()) > HEADING_WORDS or BULLET.match(text):
            return None
        section = self.labels.vocabulary.section(text)
        beside = 0 < level <= self.level  # set as the heading of this section is
        if section and section.score < SURE and not beside and self._is_question(text, following):
            return None
        return section

    def _is_question(self, text: str, following: Block | None = None) -> bool:
        """Whether a text among the child's views is a question to the child, and not the heading of what follows."""
        over_table = isinstance(following, Table) and not is_answer_box(following)
        return self.section == "voice" and self.labels.is_put_to_child(text) and not over_table

    def _styled(self, words: Words, level: int, following: Block | None, section: Match | None) -> None:
        """A heading in a heading style: of a section, or below one a question or an item of its own."""
        below = self.section is not None and level > self.level > 0
        particular = below and (self.section == "voice" or self.section in self.labels.vocabulary.lists)
        known = self.labels.known(words.text, self.section)
        listed = section is not None and section.id in KEYS and section.id != self.section
        if self.labels.opens_item(words.text):
            self.pair(words, Words("", words.location))
        elif (
            section and listed and QUESTION.match(words.text) and self.labels.as_column(words.text, self.section) < SURE
        ):
            self.heading(words, section.id, level)
            self.ask(words, titled=True)
        elif below and self._is_contact(words.text):
            self.ask(words)
        elif section and (section.score >= (SURE if particular else known) or (not below and is_boxes(following))):
            self.heading(words, section.id, level)
            self.ask(words, titled=True)
        elif (
            known >= 0.7
            or (below and self.section == "voice")
            or (not 0 < level <= self.level and self._is_question(words.text, following))
        ):
            if section and self.labels.asks_who_came(words.text, self.section):
                self.heading(words, section.id, level)
            self.ask(words, titled=not below and self.section != "voice")
        elif below:
            self.ask(words, titled=True)
        else:
            self.heading(words, section.id if section else None, level)

    def _bold(self, words: Words, following: Block | None, section: Match | None, item: bool) -> None:
        """A bold paragraph: a heading, an item of a list, or a label whose value follows."""
        text = words.text
        boxed = is_answer_box(following)
        tabled = isinstance(following, Table) and not boxed
        asked = text.endswith((":", "?", "…", " –", " -"))
        known = self.labels.known(text, self.section)
        column = self.labels.as_column(text, self.section)
        likely = section.score if section and not text.endswith((".", "!")) else 0.0
        if likely and not boxed and not asked:
            known = max(
                column if self.section in BLOCKS and not tabled else 0.0, self.labels.as_field(text, self.section)
            )
        if self.labels.vocabulary.field_within(text, self.section or "") or self._is_contact(text):
            known = max(known, likely + _HERE)  # what it means under this heading goes before what it would head
        within = self.labels.split(text, self.section) if known < SURE and not likely else []
        listing = likely >= SURE and known <= likely and section is not None and section.id != "pp_plus"
        short_heading = likely and (tabled or len(normal(text).split()) <= 4)
        if self.labels.opens_item(text):
            self.pair(words, Words("", words.location))
        elif self._is_small_print(following) or (
            self.section in BLOCKS and text.endswith(":") and normal(text) in self.look.repeated
        ):
            self.ask(words)
        elif within and within[0][1] and not text.endswith("?"):
            for label, value in within:
                self.ask(Words(label, words.location), Words(value, words.location, words.confidence))
        elif item and likely < SURE and not short_heading:
            self.finish()
            self.add(Line(self.section, words))
        elif (known > likely or (asked and known == likely)) and known >= (SURE if tabled else 0.7) and not listing:
            if section and self.labels.asks_who_came(text, self.section):
                self.heading(words, section.id)
            self.ask(words)
        elif section and likely and not (boxed and likely < SURE):
            self.heading(words, section.id)
            if not tabled:
                self.ask(words, titled=True)
        elif boxed or asked or (self.section == "voice" and not tabled) or self.look.is_question(text):
            self.ask(words)
        elif self.section in BLOCKS and text.endswith(".") and not tabled:
            self.finish()
            self.add(Title(self.section, words))
        elif isinstance(following, (Table, Field)) or len(normal(text).split()) <= 6:
            self.heading(words, None)
        else:
            self.ask(words)

    def _is_small_print(self, block: Block | None) -> bool:
        """Whether a line says of the item over it who does it, and by when."""
        if not isinstance(block, Paragraph) or self.section not in BLOCKS or spots.is_bold(block):
            return False
        return bool(small_print(self.section, block.text, self.labels.vocabulary))

    def _is_contact(self, text: str) -> bool:
        """Whether a text among the contacts names a role: 'Carer' there heads a person, not the carer's views."""
        label = contact_label(text, self.labels.vocabulary) if self.section == "contacts" else None
        return label is not None and label.score >= SURE

    def _plain(self, words: Words, following: Block | None, section: Match | None, item: bool, muted: bool) -> None:
        """A paragraph of no particular look: mostly an answer, in forms without bold a heading or a label."""
        text = words.text
        asked = text.endswith(("?", ":", "…"))
        long = self.pending is not None and self.labels.asks_for_long(self.pending.text, self.section)
        waits = self.pending is not None and not self.answered and not self.answer
        own = self.labels.known(text, self.section) == 1.0 and bool(self.answer) and text[-1:].isalpha()
        sure = section is not None and section.score > 0.97 and not text.endswith((".", "!"))
        followed = isinstance(following, Table) and not is_answer_box(following)
        if isinstance(following, Paragraph) and len(text) < 60 and self.section not in self.labels.vocabulary.lists:
            followed = spots.is_bold(following)
        if self.section == "attendees":  # 'Kay Eze (Virtual School)' heads nothing
            followed = followed and sure
        listing = section is not None and section.id == "attendees" != self.section and len(text) < 60
        if (
            section
            and not item
            and ((sure and not long) or (followed and not waits and (sure or not asked)) or (listing and not waits))
        ):
            self.heading(words, section.id)
        elif QUESTION.match(text) and len(text) <= LABEL_LENGTH:
            self.ask(words)
        elif waits and self.pending and self.pending.text.endswith("?") and not asked:
            self.answer.append(words)
        elif (
            muted
            and not read_legend(text)
            and (self.labels.vocabulary.is_guidance(text) or self._is_advice(text, following))
        ):
            return
        elif (
            not item and len(text) < 90 and self.labels.is_label(text, self.section, asked) and (not long or own)
        ) or (self.section == "voice" and text.endswith(("?", "…")) and len(text) < 120 and (not waits or self.titled)):
            self.ask(words)
        elif self.pending is not None and not item and (not self.answered or long):
            self.answer.append(words)
        else:
            self.finish()
            self.add(Line(self.section, words))

    def _is_advice(self, text: str, following: Block | None) -> bool:
        """Whether small print between a heading and the boxes or text under it is the form's own advice."""
        under_heading = self.pending is not None and self.titled and not self.answer
        if under_heading and self.section in ("voice", *BLOCKS):
            return True
        last = isinstance(following, Paragraph) and (spots.is_muted(following) or self._heads(following))
        return under_heading and text.endswith((".", "!", ")")) and following is not None and not last

    def _heads(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph looks like a heading of the form."""
        known = not self.look.is_question(paragraph.text) and self.labels.vocabulary.section(paragraph.text) is not None
        return paragraph.level > 0 or (known and spots.is_bold(paragraph)) or self.look.is_heading(paragraph)

    def _inline(
        self, paragraph: Paragraph, section: Match | None, following: Block | None
    ) -> list[tuple[Words, Words]]:
        """The pairs inside one paragraph: bold labels with plain values, or `Label: value` between tabs."""
        if BULLET.match(paragraph.text) and self.pending is not None and not self.titled and not self.answered:
            return []
        if is_over_answer(paragraph, following):
            return []
        in_answer = self.section == "voice" and self.pending is not None and not self.titled
        over_table = section is not None and isinstance(following, Table)
        return pairs_of_line(paragraph, self.labels, self.section, in_answer=in_answer, over_table=over_table)
