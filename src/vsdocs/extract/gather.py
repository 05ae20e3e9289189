"""From what stands on the form to what each thing is an answer to: still the words as written, not yet values."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from vsdocs.extract.company import Company
from vsdocs.extract.found import BY_ANSWER, Gathered
from vsdocs.extract.grids import KEYS, best_row, is_item_head, is_signatures
from vsdocs.extract.items import entitle
from vsdocs.extract.kinds import field_of, kind_of
from vsdocs.extract.labels import SURE, Labels
from vsdocs.extract.lists import BLOCKS, Lists, Row
from vsdocs.extract.people import MARKER
from vsdocs.extract.spots import Grid, Heading, Line, Pair, Spot, Title, Words
from vsdocs.extract.values import read_date
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.extract.wording import Match

_NEAR = 0.9  # confidence in a value whose label is not a known wording but near one
_INLINE = re.compile(r"(?:^|[\s;,(|–—-])([A-Z][A-Za-z+/]*(?: [A-Za-z+/]+){0,4}) ?:\s*")
_AGREED = re.compile(r"((?:\S+ ){0,4}?\S+) (?:to|will) [a-z]")
_BY = re.compile(r"\b(?:by|before|on) ((?:\w+ )?\d[^,;]*?)\W*$")

#: what may be asked among the child's views and is a field of its own
_IN_VOICE = frozenset({"aspirations", "carer_views", "voice_method", "strengths", "needs", "enrichment", "transition"})
_SCHOOLS = frozenset({"strengths", "needs"})
_ADULTS = frozenset({"carer_views", "strengths", "needs"})


def gather(spots: Iterable[Spot], vocabulary: FormVocabulary) -> Gathered:
    """The answers among these spots, by the fields and lists they belong to."""
    gatherer = _Gatherer(vocabulary)
    for spot in spots:
        if isinstance(spot, Heading):
            gatherer.heading(spot)
        elif isinstance(spot, Pair):
            gatherer.found.note(spot.label, gatherer.pair(spot), answered=bool(spot.value))
        elif isinstance(spot, Grid):
            gatherer.grid(spot)
        elif isinstance(spot, Line):
            gatherer.line(spot)
        elif isinstance(spot, Title):
            gatherer.lists.close(spot.words if spot.section in BLOCKS else None)
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

    def __post_init__(self) -> None:
        self.labels = Labels(self.vocabulary)
        self.lists = Lists(self.vocabulary, self.found)
        self.company = Company(self.vocabulary, self.found, self.lists)

    def heading(self, spot: Heading) -> None:
        self.lists.close()
        self.company.contact = None
        if spot.section in KEYS or spot.section == "voice":
            self.found.asked.setdefault(spot.section, spot.words)
        known = self.vocabulary.section(spot.words.text)
        taken = Match(f"section: {spot.section}", known.score if known else 0.0) if spot.section else None
        self.found.note(spot.words, taken, answered=False)

    # ------------------------------------------------------------------------------------------------------- pairs
    def pair(self, spot: Pair) -> Match | None:
        """Takes a label and its value; what the label was taken for, or None."""
        label, value, section = spot.label, spot.value, spot.section
        text = label.text
        if "\t" in text.strip():  # labels in a row, of which only the last is answered
            *empty, text = text.strip().split("\t")
            for part in empty:
                self.pair(Pair(section, replace(label, text=part), Words("", label.location)))
            label = replace(label, text=text)
        if section == "signatures" and not self.vocabulary.field(text):
            return Match("other", BY_ANSWER)
        if name := self.lists.begins(text, value, section):
            return Match(f"{name}[]", 1.0)
        known = self.vocabulary.field(text, section)
        column = self.vocabulary.column(section, text) if section in KEYS else None
        if column and (known is None or column.score >= known.score or known.score < SURE):
            if section == "attendees":
                return self.company.attend(label, value, column)
            if section in KEYS and section != "contacts" and (column.score >= SURE or self.lists.open):
                self.lists.fill(section, column.id, value)
                return Match(f"{section}[].{column.id}", column.score)
        if section == "voice" and not self._apart_from_voice(text, known):
            self.found.asked.setdefault("voice", label)
            self.found.voice.append((label, value))
            return Match("voice", 1.0)
        if section == "attendees" and (known is None or known.id in ("other", "meeting.attendees")):
            return self.company.attend(label, value, column)
        if person := self.company.meet(text, value, section, known):
            return person
        if known is None and section in BLOCKS and self.lists.is_key(section, label, value):
            self.lists.fill(section, KEYS[section], value)
            return Match(f"{section}[].{KEYS[section]}", BY_ANSWER)
        return self._single(label, value, section, known)

    def _single(self, label: Words, value: Words, section: str | None, known: Match | None) -> Match | None:
        """Takes the label of a single box, by its words or, where they are unknown, by its answer."""
        told = field_of(section, label.text, value.text)
        if known is not None and (told != "child.upn" or known.id == told):
            self.box(known, value)
            return known
        if told:
            self.found.guesses.setdefault(told, replace(value, confidence=value.confidence * _NEAR * _NEAR))
            return Match(told, BY_ANSWER)
        if section == "contacts" and kind_of(value.text, self.vocabulary) in ("reach", "person"):
            self.found.items.setdefault("contacts", []).append({"details": value, "role": label})
            return Match("contacts[].details", BY_ANSWER)
        asked = self.labels.is_asked_of_child(label.text)
        if asked and section not in KEYS and section not in ("signatures", "contacts"):
            self.found.stray_voice.append((label, value))
            return Match("voice", BY_ANSWER)
        return None

    def _apart_from_voice(self, text: str, known: Match | None) -> bool:
        """Whether a label among the child's views asks for something else: the child's hopes, a teacher's comment."""
        if known is None or known.id not in _IN_VOICE:
            return False
        if known.id == "aspirations":
            return True
        if self.labels.is_asked_of_child(text) or (known.id in _SCHOOLS and text.rstrip().endswith("?")):
            return False
        return known.score >= SURE or known.id in _ADULTS

    def box(self, known: Match, value: Words) -> None:
        path = known.id
        if known.score < SURE:
            value = replace(value, confidence=value.confidence * _NEAR)
        if path == "meeting.attendees":
            self.found.asked.setdefault("attendees", value)
            self.company.came(value)
        elif path != "other":
            self.found.boxes.setdefault(path, []).append(value)

    # ------------------------------------------------------------------------------------------------------- lines
    def line(self, spot: Line) -> None:
        section, words = spot.section, spot.words
        if section == "attendees":
            self.company.came(words)
        elif section in BLOCKS:
            marked = MARKER.match(words.text)
            parts = self._inline(section, words.text)
            if marked or len(parts) > 1:
                self.lists.begin(section)
                if section == "actions" and len(parts) == 1:
                    parts += self._agreed(parts[0][1])
                for column, text in parts:
                    self.lists.fill(section, column, Words(text, words.location, words.confidence))

    def _agreed(self, text: str) -> list[tuple[str, str]]:
        """Who and by when, where one sentence says it: 'Kay Eze to order the laptop by 1 October'."""
        owner = _AGREED.match(text)
        parts = [("owner", owner[1])] if owner and kind_of(owner[1], self.vocabulary) in ("person", "role") else []
        due = _BY.search(text)
        return parts + ([("due", due[1])] if due and read_date(due[1]) else [])

    def _inline(self, name: str, text: str) -> list[tuple[str, str]]:
        """'Order laptop – Who: SW  By: 1 Oct' as columns; what comes before the first label is the item itself."""
        parts = [(KEYS[name], 0, 0)]
        for found in _INLINE.finditer(text):
            column = self.vocabulary.column(name, found[1])
            if column and (column.score >= SURE or len(found[1].split()) < 3):
                parts.append((column.id, found.start(1), found.end()))
        ends = [start for _, start, _ in parts[1:]] + [len(text)]
        out = []
        for (column_id, _, start), end in zip(parts, ends, strict=True):
            piece = text[start:end].strip().rstrip("–—-;,(|").strip()
            if column_id == KEYS[name]:
                piece = MARKER.sub("", piece)
            if piece or start:
                out.append((column_id, piece))
        return out

    # ------------------------------------------------------------------------------------------------------- grids
    def grid(self, spot: Grid) -> None:
        heads, rows, section = spot.heads, spot.rows, spot.section
        if section == "signatures" or is_signatures(heads, self.vocabulary):
            return
        if rows and len(heads) > 1 and all(is_item_head(head.text) for head in heads[1:]):
            columns = list(zip(heads, *rows, strict=True))  # 'Target 1', 'Target 2' side by side: turn it
            turned = tuple(words or heads[0] for words in columns[0][1:]), tuple(column[1:] for column in columns[1:])
            if self._table(*turned, section):
                return
        if self.lists.goes_on(heads, rows, section) or self._table(heads, rows, section):
            return
        for pair in self._pairs(spot):
            self.found.note(pair.label, self.pair(pair), answered=bool(pair.value))

    def _table(self, heads: Sequence[Words], rows: Sequence[Row], section: str | None) -> bool:
        self.company.contact = None
        return self.lists.table(heads, rows, section)

    def _pairs(self, spot: Grid) -> list[Pair]:
        """A grid that is no list: heads over the values of single boxes, or labels in the first column."""
        heads, rows, section = spot.heads, spot.rows, spot.section
        labels = [self.vocabulary.field(head.text, section) for head in heads]
        above = section != "voice" and sum(1 for label in labels if label) > (len(heads) > 1)
        if above or (section == "voice" and len(rows) == 1 and all(heads)):
            row = best_row(rows) or [None] * len(heads)
            return [
                Pair(section, head, value or Words("", head.location))
                for head, label, value in zip(heads, labels, row, strict=True)
                if label is not None or section == "voice"
            ]
        pairs = [Pair(section, heads[0], heads[1])] if section == "voice" and not rows and len(heads) == 2 else []
        for row in rows:
            if row[0] and len(row) > 1:
                pairs.append(Pair(section, row[0], row[1] or Words("", row[0].location)))
        return pairs
