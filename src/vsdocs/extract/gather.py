"""From what stands on the form to what each thing is an answer to: still the words as written, not yet values."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from vsdocs.document import TICKED, UNTICKED
from vsdocs.extract.company import Company
from vsdocs.extract.compound import answered_together, figures_of, scores_told
from vsdocs.extract.content import learn_columns
from vsdocs.extract.found import BY_ANSWER, Gathered
from vsdocs.extract.grids import is_signatures, pairs_of, turned
from vsdocs.extract.items import entitle
from vsdocs.extract.kinds import BLOCKS, KEYS, asked_for, column_of, contradicts, field_of, kind_of
from vsdocs.extract.labels import SURE, Labels, contact_label
from vsdocs.extract.legend import read_legend
from vsdocs.extract.lists import Lists, Row
from vsdocs.extract.people import BULLET
from vsdocs.extract.sections import settle
from vsdocs.extract.spots import Grid, Heading, Line, Pair, Spot, Title, Words
from vsdocs.extract.topics import TOPICS, Topics
from vsdocs.extract.values import counts_sessions, tells_absence, tells_attendance, tells_sdq, yes_no_inside
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.extract.voice import asks_apart
from vsdocs.extract.wording import Match, normal
from vsdocs.extract.written import is_listed, is_pattern, levels, list_of, run_on, small_print

_NEAR = 0.9  # confidence in a value whose label is not a known wording but near one
_MEETING = frozenset({"meeting.type", "meeting.mode", "meeting.term"})  # 'Type of meeting' may ask for each
#: sections that ask for one field
_SOLE = {"qa_feedback": "qa_feedback", "carer": "carer_views"}
_NAMES = frozenset({"child.full_name", "child.forename", "child.surname", "school.name"})
_SIGNED = re.compile(r"\W*(?:signed|signature)\b", re.IGNORECASE)
_NEXT_LABEL = re.compile(r"\s*(?:on|by|from|to|at|date|dated|signed)\s*:\s*", re.IGNORECASE)  # 'Completed by      on:'
_TOLD_IN_WORDS = frozenset({"transition", "enrichment", "aspirations", "carer_views"})
_TOLD = re.compile(r"[^,;:(–—]*?\b(?:[a-z']+\s+){4}|Attendance\b[^,;]*%")  # a sentence, no name
_ATTENDANCE = re.compile(
    r"(?:(?:the|his|her|their|my|current|overall) )?attendance\b.*\b(?:is|was|has been|stands at)\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?:year|yr) ?(?:\d{1,2}|r)\b(?=\s*(?:[·•|,\t–-]|$))", re.IGNORECASE)
_SUBMITTED = re.compile(r"\bsubmitted(?: on)?:? (\d{1,2}[ /.-]\w{2,9}[ /.-]\d{2,4})", re.IGNORECASE)
_SHARES = frozenset(f"attendance.{each}" for each in ("percent", "authorised_percent", "unauthorised_percent"))
_NAME_LENGTH = 200  # characters
_ROLE = 5  # words of a role, at most
_IF_SO_HIGH = re.compile(r"\bif\b.*\b\d+ (?:or|and) (?:more|above|over|higher)\b", re.IGNORECASE)
_SENTENCE = 6  # words: a sentence has more
_FEW = 3  # words: a name, a date, a grade


def gather(spots: Iterable[Spot], vocabulary: FormVocabulary) -> Gathered:
    """The answers among these spots, by the fields and lists they belong to."""
    gatherer = _Gatherer(vocabulary)
    settled = settle(list(spots), vocabulary)
    gatherer.learnt = {name: learn_columns(settled, name, vocabulary) for name in BLOCKS}
    for spot in settled:
        if isinstance(spot, Heading):
            gatherer.heading(spot)
        elif isinstance(spot, Pair):
            gatherer.found.note(spot.label, gatherer.pair(spot), answered=bool(spot.value))
            gatherer.promised = None
        elif isinstance(spot, Grid):
            gatherer.grid(spot)
        elif isinstance(spot, Line):
            gatherer.line(spot)
        elif isinstance(spot, Title):
            gatherer.topics.title(spot.words.text)
            gatherer.promised = gatherer.promise(spot.words)
            heads = gatherer.headed is not None and gatherer.headed.text == spot.words.text
            if not gatherer.lists.names(spot):
                gatherer.lists.close(spot.words if spot.section in BLOCKS and not heads else None)
            gatherer.company.named = spot.words if spot.section == "contacts" and not heads else None
            gatherer.found.note(spot.words, None, answered=False)
    found = gatherer.found
    for path, words in found.guesses.items():
        if not any(found.boxes.get(path, [])):
            found.boxes[path] = [words]
    for name, items in found.items.items():
        for item in items:
            entitle(name, item)
    if not found.voice and "voice" not in found.asked and len(found.stray_voice) > 1:
        found.voice = found.stray_voice
        found.asked["voice"] = found.voice[0][0]
    return found


@dataclass
class _Gatherer:
    vocabulary: FormVocabulary
    found: Gathered = field(default_factory=Gathered)
    learnt: dict[str, dict[str, str]] = field(default_factory=dict)  # list -> unknown label -> column
    signing: bool = False
    headed: Words | None = None  # the heading just met, while nothing stands under it
    promised: Match | None = None  # the field that the heading just met names, for a question in unknown words under it

    def __post_init__(self) -> None:
        self.labels = Labels(self.vocabulary)
        self.topics = Topics(self.vocabulary)
        self.lists = Lists(self.vocabulary, self.found)
        self.company = Company(self.vocabulary, self.found, self.lists)

    def heading(self, spot: Heading) -> None:
        self.lists.close()
        self.lists.legend, self.signing = {}, False
        self.company.contact = None
        self.headed, self.promised = spot.words, self.promise(spot.words)
        self.topics.heading(spot.section)
        if spot.section in KEYS or spot.section == "voice":
            self.found.asked.setdefault(spot.section, spot.words)
        known = self.vocabulary.section(spot.words.text)
        taken = Match(f"section: {spot.section}", known.score if known else 0.0) if spot.section else None
        self.found.note(spot.words, taken, answered=False)

    def promise(self, heading: Words) -> Match | None:
        """The field that a heading names, of those that are answered in sentences: 'Hopes for the future'."""
        known = self.vocabulary.field(heading.text)
        return known if known and known.score >= SURE and known.id in _TOLD_IN_WORDS else None

    # ------------------------------------------------------------------------------------------------------- pairs
    def pair(self, spot: Pair) -> Match | None:
        """Takes a label and its value; what the label was taken for, or None."""
        label, value, section = spot.label, spot.value, spot.section
        self.headed = None
        if _NEXT_LABEL.fullmatch(value.text):
            value = replace(value, text="")
        if taken := self._of_last_time(label, value, section) or self._of_the_form(label, value, section):
            return taken
        label, value = self._parted(label, value, section)
        text = label.text
        if section in BLOCKS and _SIGNED.match(text):
            self.lists.close()
            self.signing = True  # what follows up to the next heading is who signed, and when
        if (section == "signatures" or self.signing) and not self.vocabulary.field(text):
            return Match("other", BY_ANSWER)
        if name := self.lists.begins(text, value, section):
            return Match(f"{name}[]", 1.0)
        if known := self._unasked(text, self.topics.under_title(text)):
            self.box(known, value)
            return known
        known = self.topics.meaning(text, section)
        if known is not None and known.id in _SHARES and counts_sessions(text, value.text):
            return Match("other", known.score)
        if known is not None and known.score < SURE and contradicts(known.id, value.text, self.vocabulary):
            known = None
        return (
            self._shared(label, value, section, known)
            or self._of_a_list(label, value, section, known)
            or self._told(label, value, section, known)
            or self._of_people(label, value, section, known)
            or self._single(label, value, section, known)
        )

    def _of_last_time(self, label: Words, value: Words, section: str | None) -> Match | None:
        """How a target of the last plan went, said by the label or beside it."""
        if section != "previous_targets":
            return None
        if TICKED in label.text and (self.lists.open or self.lists.title):
            self.lists.fill(section, "outcome", label)  # 'Met ☒  Partly met ☐' on a line of its own
            if value:
                self.lists.fill(section, "comment", value)
            return Match("previous_targets[].outcome", BY_ANSWER)
        if self.lists.went(label, value) or self.lists.verdict(label, value):
            return Match("previous_targets[].outcome", BY_ANSWER)
        return None

    def _of_the_form(self, label: Words, value: Words, section: str | None) -> Match | None:
        """What the form itself says where an answer stands: an example to follow, what its letters mean."""
        if section in BLOCKS and is_pattern(section, value.text, self.vocabulary):
            return Match("other", BY_ANSWER)
        if section in KEYS and (legend := read_legend(f"{label.text}: {value.text}")):
            self.lists.legend |= legend
            return Match("other", BY_ANSWER)
        return None

    def _parted(self, label: Words, value: Words, section: str | None) -> tuple[Words, Words]:
        """Label and value without the questions and labels that stand in them as well, which are taken here."""
        text, rest = label.text, value.text
        for inner, said in yes_no_inside(value.text):
            if (asked := self.topics.meaning(inner, section)) and asked.score >= SURE:
                self.box(asked, replace(value, text=said))
                rest = rest.replace(inner, "", 1).replace(said, "", 1).strip(" :?\n\t-–")
        if rest and value.text.startswith(rest):
            value = replace(value, text=rest)
        if "\t" in text.strip():  # labels in a row, of which only the last is answered
            *empty, text = text.strip().split("\t")
            for part in empty:
                self.pair(Pair(section, replace(label, text=part), Words("", label.location)))
            label = replace(label, text=text)
        role, _, rest = value.text.partition("\n")
        if section == "contacts" and self._is_role(role) and not contact_label(text, self.vocabulary):
            value = replace(value, text=f"{text}\n{rest}".strip())  # the name in bold, and the role in a badge after it
            label = replace(label, text=role)
        return label, value

    def _shared(self, label: Words, value: Words, section: str | None, known: Match | None) -> Match | None:
        """Takes an answer that holds several, for as many boxes or rows."""
        if figures := figures_of(section, label.text, value.text, self.vocabulary):
            return self._boxes(value, figures)
        if section == "voice":
            return None
        if listed := self._listed(label, value, known, section):
            return listed
        listed_here = section in KEYS and self.vocabulary.column(section, label.text) is not None
        shares = answered_together(label.text, value.text, section, known, self.vocabulary)
        return self._boxes(value, shares) if shares and not listed_here else None

    def _of_a_list(self, label: Words, value: Words, section: str | None, known: Match | None) -> Match | None:
        """Takes what a column of its section's list asks for."""
        if section not in KEYS:
            return None
        column = self.vocabulary.column(section, label.text)
        unsure = column is None or column.score < SURE
        if unsure and (parts := small_print(section, value.text, self.vocabulary)):
            self.lists.begin(section)
            for name, said in ((KEYS[section], label.text), *parts):
                self.lists.fill(section, name, replace(value, text=said))
            return Match(f"{section}[].{KEYS[section]}", BY_ANSWER)
        if column is None and section in BLOCKS and (taught := self.learnt[section].get(normal(label.text))):
            self.lists.fill(section, taught, value)
            return Match(f"{section}[].{taught}", BY_ANSWER)
        column = self._column(label, value, section, known)
        if column is None or (known is not None and known.score >= SURE and known.score > column.score):
            return None
        if section == "attendees" and kind_of(value.text, self.vocabulary) != "reach":
            return self.company.attend(label, value, column)
        if section != "contacts" and (column.score >= SURE or self.lists.open):
            for name, said in run_on(section, column.id, value.text, self.vocabulary):
                self.lists.fill(section, name, replace(value, text=said))
            return Match(f"{section}[].{column.id}", column.score)
        return None

    def _column(self, label: Words, value: Words, section: str, known: Match | None) -> Match | None:
        """The column of its section's list that a label names."""
        column = self.vocabulary.column(section, label.text)
        if column and column.score < SURE and section in BLOCKS:
            typed = column_of(section, column.id, value.text, self.vocabulary)
            column = Match(typed, column.score) if typed else column
        own = known is not None and known.score >= SURE and section not in BLOCKS
        return None if column and column.id == "_other" and own else column  # 'Strengths' under the table of subjects

    def _told(self, label: Words, value: Words, section: str | None, known: Match | None) -> Match | None:
        """Takes what a child answered, and a sentence where a name is asked for."""
        if section == "voice" and not asks_apart(label.text, value.text, known, self.labels):
            self.found.asked.setdefault("voice", label)
            self.found.voice.append((label, value))
            return Match("voice", 1.0)
        if known is not None and known.id in _NAMES and _TOLD.match(value.text[:_NAME_LENGTH]):
            self.line(Line(section, value))
            return Match("other", BY_ANSWER)
        return None

    def _of_people(self, label: Words, value: Words, section: str | None, known: Match | None) -> Match | None:
        """Takes who came to the meeting and whom to ring; then the key of a list under a label in unknown words."""
        if (
            (known is None or known.score < SURE)
            and section != "contacts"
            and self.company.are_there(label.text, value)
        ):
            self.found.asked.setdefault("attendees", label)
            self.company.came(value)
            return Match("meeting.attendees", BY_ANSWER)
        reached = kind_of(value.text, self.vocabulary) == "reach"
        if section == "attendees" and not reached and (known is None or known.id in ("other", "meeting.attendees")):
            return self.company.attend(label, value, self._column(label, value, section, known))
        if person := self.company.meet(label.text, value, section, known):
            return person
        if known is None and section in BLOCKS and not self.promised and self.lists.is_key(section, label, value):
            self.lists.fill(section, KEYS[section], value)
            return Match(f"{section}[].{KEYS[section]}", BY_ANSWER)
        return None

    def _is_role(self, text: str) -> bool:
        role = self.vocabulary.role(text) if 0 < len(text.split()) <= _ROLE else None
        return role is not None and role.score >= SURE

    def _unasked(self, text: str, known: Match | None) -> Match | None:
        """What else a label stands for where another has asked for what it means here: 'Needs' after 'Main area of need'."""
        if known is None or known.id not in self.found.boxes:
            return known
        other = self.vocabulary.field(text)
        return other if other and other.score >= SURE and other.id not in ("other", *self.found.boxes) else known

    def _boxes(self, value: Words, shares: Sequence[tuple[Match, str]]) -> Match:
        """Takes several single boxes, each with its share of one answer; what the first is."""
        for found, said in shares:
            self.box(found, replace(value, text=said))
        return shares[0][0]

    def _single(self, label: Words, value: Words, section: str | None, known: Match | None) -> Match | None:
        """Takes the label of a single box, by its words or, where they are unknown, by its answer."""
        told = field_of(section, label.text, value.text)
        if known is None and not told:
            told = asked_for(section, label.text, value.text, self.vocabulary)
        known = self._unasked(label.text, known)
        if known is not None and {known.id, told} <= _MEETING:
            known = Match(told or known.id, known.score)
        if known is None or (known.id == "other" and known.score < SURE):
            known = self._sole(label.text, value, section) or known
        if known is not None and (told != "child.upn" or known.id == told):
            self.box(known, value)
            return known
        if told:
            self.found.guesses.setdefault(told, replace(value, confidence=value.confidence * _NEAR * _NEAR))
            return Match(told, BY_ANSWER)
        if section == "contacts" and kind_of(value.text, self.vocabulary) in ("reach", "person"):
            self.found.items.setdefault("contacts", []).append({"details": value, "role": label})
            return Match("contacts[].details", BY_ANSWER)
        if tells_attendance(value.text) and section in ("attendance", "school", None):
            self.line(Line(section, value))
            return Match("attendance.percent", BY_ANSWER)
        if known is None and self.promised and len(value.text.split()) > _SENTENCE and not is_listed(value.text):
            self.found.guesses.setdefault(self.promised.id, replace(value, confidence=value.confidence * _NEAR))
            return Match(self.promised.id, BY_ANSWER)
        asked = self.labels.is_asked_of_child(label.text)
        if asked and section not in KEYS and section not in ("signatures", "contacts"):
            self.found.stray_voice.append((label, value))
            return Match("voice", BY_ANSWER)
        return None

    def _sole(self, text: str, value: Words, section: str | None) -> Match | None:
        """The one field of a section that asks for nothing else, under a label in unknown words or its heading's own."""
        about = self.vocabulary.section(text)
        for name, field_id in _SOLE.items():
            if (about and about.id == name) or (section == name and (len(value.text.split()) > _FEW or not value)):
                return Match(field_id, BY_ANSWER)
        return None

    def box(self, known: Match, value: Words) -> None:
        path = known.id
        if path.startswith("sdq.") and _IF_SO_HIGH.search(value.text):
            return  # 'If the total is 15 or more ...'
        if known.score < SURE:
            value = replace(value, confidence=value.confidence * _NEAR)
        if path in _TOLD_IN_WORDS and (TICKED in value.text or UNTICKED in value.text):
            self.found.guesses.setdefault(path, value)  # 'Is a move coming up? ☒ Year 7': what is planned is asked next
        elif path == "meeting.attendees":
            self.found.asked.setdefault("attendees", value)
            self.company.came(value)
        elif path != "other":
            self.found.boxes.setdefault(path, []).append(value)

    # ------------------------------------------------------------------------------------------------------- lines
    def line(self, spot: Line) -> None:
        section, words = spot.section, spot.words
        if section in (None, "child") and (sent := _SUBMITTED.search(words.text)):
            self.found.guesses.setdefault("submitted", replace(words, text=sent[1]))
        if section in KEYS and (legend := read_legend(words.text)):
            self.lists.legend |= legend
        elif tells_attendance(words.text) and (section not in (*KEYS, "voice") or _ATTENDANCE.match(words.text)):
            self.box(Match("attendance.percent", SURE), words)
            for path, said in tells_absence(words.text).items():
                self.box(Match(path, BY_ANSWER), replace(words, text=said))
        elif section == "attendees":
            self.company.came(words)
        elif section is None and (year := _YEAR.match(words.text)):  # under the child's name, at the head of a print
            self.found.guesses.setdefault("child.year_group", replace(words, text=year[0]))
        elif section == "sdq" and (scores := scores_told(words.text, self.vocabulary)):
            self._boxes(words, scores)
        elif section == "sdq" and (parts := tells_sdq(words.text)):
            for path, said in parts.items():
                self.box(Match(path, BY_ANSWER), replace(words, text=said))
        elif self.headed and (known := self.vocabulary.field(self.headed.text)) and known.id == section:
            self.box(known, words)  # what is written under 'Transition planning'
        elif (section == "previous_targets" and self.lists.remark(words)) or (
            section == "contacts" and self.company.reached(words)
        ):
            return
        elif section in ("contacts", "attainment") or (
            section in BLOCKS and self.lists.is_written(section, words.text)
        ):
            self.lists.take(section, words)
        elif section in BLOCKS:
            self.lists.complete(section, words)

    def _listed(self, label: Words, value: Words, known: Match | None, label_in: str | None) -> Match | None:
        """Takes an answer written as a list after bullets; what the label was taken for, or None."""
        if (known is None or label_in == "attainment") and (parts := levels(value.text, self.vocabulary)):
            self.lists.begin("attainment")
            for column, said in (("subject", label.text.strip(" :")), *parts):
                self.lists.fill("attainment", column, replace(value, text=said))
            return Match("attainment[].subject", BY_ANSWER)
        if not value:
            return None
        about, lines = self.vocabulary.section(label.text), value.text.split("\n")
        if self.lists.has_open(label_in, label.text) and (about is None or about.id != label_in):
            return None  # 'What we will do' in a target is no list of actions
        if known is None and label_in in KEYS:
            listed = list(takewhile(BULLET.match, lines))
            lines = listed if len(listed) > 1 else lines  # and what is said of them all below them
        written = False
        if about and about.id in BLOCKS and len(lines) > 1:
            items = [line for line in lines if not is_pattern(about.id, line, self.vocabulary)]
            written = len(items) < len(lines) or all(self.lists.is_written(about.id, line) for line in items)
            if not written and about.id == label_in and self.lists.is_written(about.id, items[0]):
                for line in items:  # items with remarks of their own between them
                    self.line(Line(label_in, replace(value, text=line)))
                return Match(about.id, about.score)
            lines = items
        if not written and not is_listed("\n".join(lines)):
            return None
        if about and about.id in TOPICS and all(":" in line for line in lines):
            for line in lines:  # '• Overall: 11' and so on under 'What were the latest scores?'
                asked, _, said = line.lstrip("•·●▪*–- ").partition(":")
                self.pair(Pair(about.id, replace(label, text=asked), replace(value, text=said.strip())))
            return Match(f"section: {about.id}", about.score)
        if known is not None:
            return None
        name = about.id if about and about.id in KEYS else None
        if name is None or (about and about.score < SURE and about.id != label_in):
            name = list_of(lines, self.vocabulary) or name
        if name is None:
            return None
        self.found.asked.setdefault(name, label)
        for line in lines:
            self.lists.take(name, replace(value, text=line))
        self.lists.close()
        return Match(name, about.score if about and about.id == name else BY_ANSWER)

    # ------------------------------------------------------------------------------------------------------- grids
    def grid(self, spot: Grid) -> None:
        heads, rows, section = spot.heads, spot.rows, spot.section
        if section == "signatures" or is_signatures(heads, self.vocabulary):
            return
        if self.company.side_by_side(heads, rows):
            return
        self.company.row = []
        beside = turned(heads, rows, section, self.vocabulary)
        counted = [name for name in BLOCKS if all(self.vocabulary.is_item(name, head.text) for head in heads[1:])]
        if beside and self._table(*beside, counted[0] if counted and section not in counted else section):
            return
        if self.lists.goes_on(heads, rows, section) or self._table(heads, rows, section):
            return
        for pair in pairs_of(spot, self.vocabulary):
            self.found.note(pair.label, self.pair(pair), answered=bool(pair.value))

    def _table(self, heads: Sequence[Words], rows: Sequence[Row], section: str | None) -> bool:
        self.company.contact = None
        return self.lists.table(heads, rows, section)
