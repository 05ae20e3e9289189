"""From what stands on the form to what each thing is an answer to: still the words as written, not yet values."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from vsdocs.document import TICKED, UNTICKED
from vsdocs.extract.grids import KEYS, best_row, choose_list, is_item_head, is_signatures
from vsdocs.extract.items import entitle, merged, runs_on
from vsdocs.extract.kinds import field_of, kind_of
from vsdocs.extract.labels import SURE, Labels, contact_label
from vsdocs.extract.people import MARKER, came, is_tick, read_people
from vsdocs.extract.spots import Grid, Heading, Item, Line, Pair, Spot, Title, Words
from vsdocs.extract.values import read_date
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.extract.wording import Match, normal

_BLOCKS = frozenset({"targets", "previous_targets", "pp_plus", "actions"})
_NEAR = 0.9  # confidence in a value whose label is not a known wording but near one
_INLINE = re.compile(r"(?:^|[\s;,(|–—-])([A-Z][A-Za-z+/]*(?: [A-Za-z+/]+){0,4}) ?:\s*")


_AGREED = re.compile(r"((?:\S+ ){0,4}?\S+) (?:to|will) [a-z]")
_BY = re.compile(r"\b(?:by|before|on) ((?:\w+ )?\d[^,;]*?)\W*$")


@dataclass
class Gathered:
    """The answers of one form. `boxes`: every place where a field is asked for; `asked`: lists the form has a place for."""

    boxes: dict[str, list[Words]] = field(default_factory=dict)
    items: dict[str, list[Item]] = field(default_factory=dict)
    guesses: dict[str, Words] = field(default_factory=dict)  # answers that tell their field under an unknown label
    voice: list[tuple[Words, Words]] = field(default_factory=list)
    stray_voice: list[tuple[Words, Words]] = field(default_factory=list)  # asked of the child outside such a section
    asked: dict[str, Words] = field(default_factory=dict)


def gather(spots: Iterable[Spot], vocabulary: FormVocabulary) -> Gathered:
    gatherer = _Gatherer(vocabulary, Labels(vocabulary))
    for spot in spots:
        if isinstance(spot, Heading):
            gatherer.heading(spot)
        elif isinstance(spot, Pair):
            gatherer.pair(spot)
        elif isinstance(spot, Grid):
            gatherer.grid(spot)
        elif isinstance(spot, Line):
            gatherer.line(spot)
        elif isinstance(spot, Title):
            gatherer.title = spot.words if spot.section in _BLOCKS else None
            gatherer.open = None
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
    labels: Labels
    found: Gathered = field(default_factory=Gathered)
    open: tuple[str, Item] | None = None  # the list item that pairs are filling
    contact: Item | None = None  # the person whose e-mail or telephone comes next
    title: Words | None = None  # the heading of a card, until an item is opened under it
    key_label: tuple[str, str] | None = None  # list and label: an unknown label that opens each of its items

    def heading(self, spot: Heading) -> None:
        self.open = self.contact = self.title = None
        if spot.section in KEYS or spot.section == "voice":
            self.found.asked.setdefault(spot.section, spot.words)

    # ------------------------------------------------------------------------------------------------------- pairs
    def pair(self, spot: Pair) -> None:
        label, value, section = spot.label, spot.value, spot.section
        text = label.text
        if "\t" in text.strip():  # labels in a row, of which only the last is answered
            *empty, text = text.strip().split("\t")
            for part in empty:
                self.pair(Pair(section, replace(label, text=part), Words("", label.location)))
            label = replace(label, text=text)
        if section == "signatures" and not self.vocabulary.field(text):
            return
        if self._opens_item(text, value, section):
            return
        known = self.vocabulary.field(text, section)
        column = self.vocabulary.column(section, text) if section in KEYS else None
        if column and (known is None or column.score >= known.score or known.score < SURE):
            if section == "attendees":
                self._attendee_pair(label, value, column)
                return
            if section in KEYS and section != "contacts" and (column.score >= SURE or self.open):
                self._fill(section, column.id, value)
                return
        if section == "voice" and not self._apart_from_voice(text, known):
            self._voice(label, value)
            return
        if section == "attendees" and (known is None or known.id in ("other", "meeting.attendees")):
            self._attendee_pair(label, value, column)
            return
        if self._contact(text, value, section, known):
            return
        if known is None and section in _BLOCKS and self._is_key(section, label, value):
            self._fill(section, KEYS[section], value)
            return
        told = field_of(section, text, value.text)
        if known is not None and (told != "child.upn" or known.id == told):
            self.box(known, value)
        elif told:
            self.found.guesses.setdefault(told, replace(value, confidence=value.confidence * _NEAR * _NEAR))
        elif section == "contacts" and kind_of(value.text, self.vocabulary) in ("reach", "person"):
            self.found.items.setdefault("contacts", []).append({"details": value, "role": label})
        elif self.labels.is_asked_of_child(text) and section not in KEYS and section not in ("signatures", "contacts"):
            self.found.stray_voice.append((label, value))

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
            self._came(value)
        elif path != "other":
            self.found.boxes.setdefault(path, []).append(value)

    def _opens_item(self, text: str, value: Words, section: str | None) -> bool:
        """'Target 2': a new item, with or without its text."""
        order = ([section] if section in KEYS else []) + ["targets", "previous_targets", "pp_plus", "actions"]
        for name in order:
            if self.vocabulary.is_item(name, text):
                self._new(name)
                if value:
                    self._fill(name, KEYS[name], value)
                return True
        return False

    def _new(self, name: str) -> Item:
        item: Item = {}
        if self.title is not None:
            item["title"], self.title = self.title, None
        self.found.items.setdefault(name, []).append(item)
        self.open = (name, item)
        return item

    def _is_key(self, name: str, label: Words, value: Words) -> bool:
        """Whether an unknown label in a list's section asks for the item itself: the first label, each time it comes."""
        said = (name, normal(label.text))
        if self.key_label and self.key_label[0] == name:
            return self.key_label == said
        if self.found.items.get(name) or not re.search(r"[^\W\d_]{3}", value.text):
            return False
        self.key_label = said
        return True

    def _fill(self, name: str, column: str, value: Words) -> None:
        """Adds an answer to the open item; a column that is already there opens the next one."""
        item = self.open[1] if self.open and self.open[0] == name else None
        if item is None or column in item:
            item = self._new(name)
        head = self.vocabulary.column(name, value.text)
        if head and head.score == 1.0 and head.id != column and not item.get(KEYS[name]):
            value = Words("", value.location)  # a row of heads over no rows, read as a label and its value
        item[column] = value

    def _voice(self, label: Words, value: Words) -> None:
        self.found.asked.setdefault("voice", label)
        self.found.voice.append((label, value))

    def _contact(self, text: str, value: Words, section: str | None, known: Match | None) -> bool:
        """A person's name, or the e-mail or telephone of the person named last."""
        label = contact_label(text, self.vocabulary, section)
        reached = section == "contacts" and kind_of(value.text, self.vocabulary) == "reach"
        if label is not None and (known is None or label.score >= known.score):
            if known is not None and label.score == known.score and not reached:
                self.contact = None
                return known.id == "other"
            people = self.found.items.setdefault("contacts", [])
            same = [p for p in people if "role_id" in p and p["role_id"].text == label.role]
            part = label.part if label.part != "name" or not same or "name" not in same[-1] else "name"
            if same and (part != "name" or "name" not in same[-1]):
                person = same[-1]
            else:
                person = {"role_id": Words(label.role, value.location)}
                people.append(person)
            person[part] = value
            self.contact = person
            return True
        column = self.vocabulary.column("contacts", text)
        more = column is not None and column.score >= SURE and column.id in ("email", "phone", "details", "name")
        if self.contact is not None and column and more and (known is None or column.id != "name"):
            self.contact.setdefault(column.id, value)
            return True
        if known is not None:
            self.contact = None
        return False

    # ------------------------------------------------------------------------------------------------------ people
    def _attendee_pair(self, label: Words, value: Words, column: Match | None) -> None:
        if column and column.id in ("name", "role") and column.score >= SURE:
            if (column.id == "name" and (not self.open or "name" in self.open[1])) or not self.open:
                self._new("attendees")
            self._fill("attendees", column.id, value)
            return
        if column and column.id == "absent":
            return
        role = self.vocabulary.role(label.text)
        section = self.vocabulary.section(label.text)
        if role and role.score >= 0.9:
            text = value.text
            present = not (UNTICKED in text and TICKED not in text) and not re.search(
                r"apolog|absent", text, re.IGNORECASE
            )
            name = Words(re.sub(f"[{TICKED}{UNTICKED}].*$", "", text).strip(), value.location, value.confidence)
            if present and name:
                self.found.items.setdefault("attendees", []).append({"name": name, "role": label})
        elif section and section.id == "attendees":
            self._came(value)

    def _came(self, value: Words) -> None:
        self.found.items.setdefault("attendees", []).extend(read_people(value, self.vocabulary))

    # ------------------------------------------------------------------------------------------------------- lines
    def line(self, spot: Line) -> None:
        section, words = spot.section, spot.words
        if section == "attendees":
            self._came(words)
        elif section in ("targets", "previous_targets", "pp_plus", "actions"):
            marked = MARKER.match(words.text)
            parts = self._inline(section, words.text)
            if marked or len(parts) > 1:
                self._new(section)
                if section == "actions" and len(parts) == 1:
                    parts += self._agreed(parts[0][1])
                for column, text in parts:
                    self._fill(section, column, Words(text, words.location, words.confidence))

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
            if self._listed(*turned, section):
                return
        if self._goes_on(heads, rows, section) or self._listed(heads, rows, section):
            return
        labels = [self.vocabulary.field(head.text, section) for head in heads]
        above = section != "voice" and sum(1 for label in labels if label) > (len(heads) > 1)
        if above or (section == "voice" and len(rows) == 1 and all(heads)):
            row = best_row(rows) or [None] * len(heads)
            for head, label, value in zip(heads, labels, row, strict=True):
                if label is not None or section == "voice":
                    self.pair(Pair(section, head, value or Words("", head.location)))
            return
        if section == "voice" and not rows and len(heads) == 2:
            self.pair(Pair(section, heads[0], heads[1]))
        for row in rows:
            if row[0] and len(row) > 1:
                self.pair(Pair(section, row[0], row[1] or Words("", row[0].location)))

    def _goes_on(self, heads: Sequence[Words], rows: Sequence[Sequence[Words | None]], section: str | None) -> bool:
        """Reads further columns of the item that the last grid opened: a card drawn as several rows of heads."""
        if section not in _BLOCKS or len(rows) != 1 or self.open is None or self.open[0] != section:
            return False
        found = [self.vocabulary.column(section, head.text) for head in heads]
        if any(column is None or column.id in (KEYS[section], *self.open[1]) for column in found):
            return False
        for head, column, value in zip(heads, found, rows[0], strict=True):
            if column:
                self.open[1][column.id] = value or Words("", head.location)
        return True

    def _listed(self, heads: Sequence[Words], rows: Sequence[Sequence[Words | None]], section: str | None) -> bool:
        """Reads a grid as a list where its heads say so."""
        chosen = choose_list(heads, rows, section, self.vocabulary)
        if chosen is None:
            return False
        self.open = self.contact = None
        self.found.asked.setdefault(chosen[0], heads[0])
        self._rows(*chosen, heads, rows)
        if len(rows) == 1 and self.found.items[chosen[0]]:
            self.open = (chosen[0], self.found.items[chosen[0]][-1])  # the next grid may go on with it
        return True

    def _rows(
        self, name: str, columns: dict[int, str], heads: Sequence[Words], rows: Sequence[Sequence[Words | None]]
    ) -> None:
        items = self.found.items.setdefault(name, [])
        key_at = next(at for at, column in columns.items() if column == KEYS[name])
        for row in rows:
            item: Item = {}
            for at, column in columns.items():
                words = row[at]
                if words is None:
                    continue
                if column.startswith("="):
                    if is_tick(words.text):
                        item["outcome"] = Words(column[1:], words.location, words.confidence)
                        item["outcome_as_written"] = words
                    else:
                        item.setdefault("outcome", Words("", words.location))
                else:
                    item[column] = words
            if items and item and (row[key_at] is None or runs_on(items[-1], item, KEYS[name])):
                for column, words in item.items():
                    known = items[-1].get(column)
                    if words:
                        items[-1][column] = merged(known, words) if known else words
            elif item:
                items.append(item)
        if name == "attendees" and {"email", "phone", "details"} & self._contact_columns(heads):
            self._also_contacts(heads, rows)
        if name == "attendees":
            self.found.items[name] = [item for item in items if came(item)]

    def _contact_columns(self, heads: Sequence[Words]) -> set[str]:
        return {c.id for h in heads if h and (c := self.vocabulary.column("contacts", h.text)) and c.score >= SURE}

    def _also_contacts(self, heads: Sequence[Words], rows: Sequence[Sequence[Words | None]]) -> None:
        """A table of those present that gives their e-mails too is a table of contacts as well."""
        columns = {
            at: c.id
            for at, h in enumerate(heads)
            if h and (c := self.vocabulary.column("contacts", h.text)) and c.score >= SURE
        }
        people = self.found.items.setdefault("contacts", [])
        people += [{c: w for at, c in columns.items() if (w := row[at]) is not None} for row in rows]


#: what may be asked among the child's views and is a field of its own
_IN_VOICE = frozenset({"aspirations", "carer_views", "voice_method", "strengths", "needs", "enrichment", "transition"})
_SCHOOLS = frozenset({"strengths", "needs"})
_ADULTS = frozenset({"carer_views", "strengths", "needs"})
