"""From what stands on the form to what each thing is an answer to: still the words as written, not yet values."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from vsdocs.document import TICKED, UNTICKED
from vsdocs.extract.locate import Grid, Heading, Line, Pair, Spot, Words, contact_label
from vsdocs.extract.vocabulary import FormVocabulary, Match, normal

Item = dict[str, Words]  # column -> answer

#: lists whose items may be blocks of label-value pairs, with the column that makes an item
KEYS = {
    "targets": "text",
    "previous_targets": "text",
    "pp_plus": "purpose",
    "actions": "action",
    "attainment": "subject",
    "attendees": "name",
    "contacts": "name",
}
_BLOCKS = frozenset({"targets", "previous_targets", "pp_plus", "actions"})
_SURE = 0.95
_NEAR = 0.9  # confidence in a value whose label is not a known wording but near one
_MARKER = re.compile(r"^\s*(?:[•·●▪*–-]|\(?\d{1,2}\s*[.):]|target\s+\d{1,2}\s*[.:–-]?)\s*", re.IGNORECASE)
_INLINE = re.compile(r"(?:^|[\s;,(|–—-])([A-Z][A-Za-z+/]*(?: [A-Za-z+/]+){0,4}) ?:\s*")
_CHILD_ASKED = re.compile(
    r"\b(i|me|my|i'm|i've|you|your)\b.*(\?|…|\.\.\.)$|^(i|my|things i|what i|who i|where i|how i|something i)\b",
    re.IGNORECASE,
)


@dataclass
class Gathered:
    """The answers of one form. `boxes`: every place where a field is asked for; `asked`: lists the form has a place for."""

    boxes: dict[str, list[Words]] = field(default_factory=dict)
    items: dict[str, list[Item]] = field(default_factory=dict)
    voice: list[tuple[Words, Words]] = field(default_factory=list)
    stray_voice: list[tuple[Words, Words]] = field(default_factory=list)  # asked of the child outside such a section
    asked: dict[str, Words] = field(default_factory=dict)


def gather(spots: Iterable[Spot], vocabulary: FormVocabulary) -> Gathered:
    gatherer = _Gatherer(vocabulary)
    for spot in spots:
        if isinstance(spot, Heading):
            gatherer.heading(spot)
        elif isinstance(spot, Pair):
            gatherer.pair(spot)
        elif isinstance(spot, Grid):
            gatherer.grid(spot)
        elif isinstance(spot, Line):
            gatherer.line(spot)
    found = gatherer.found
    if not found.voice and "voice" not in found.asked and len(found.stray_voice) > 1:
        found.voice = found.stray_voice
        found.asked["voice"] = found.voice[0][0]
    return found


@dataclass
class _Gatherer:
    vocabulary: FormVocabulary
    found: Gathered = field(default_factory=Gathered)
    open: tuple[str, Item] | None = None  # the list item that pairs are filling
    contact: Item | None = None  # the person whose e-mail or telephone comes next
    key_label: tuple[str, str] | None = None  # list and label: an unknown label that opens each of its items

    def heading(self, spot: Heading) -> None:
        self.open = self.contact = None
        if spot.section in KEYS or spot.section == "voice":
            self.found.asked.setdefault(spot.section, spot.words)

    # ------------------------------------------------------------------------------------------------------- pairs
    def pair(self, spot: Pair) -> None:
        label, value, section = spot.label, spot.value, spot.section
        text = label.text
        if section == "signatures" and not self.vocabulary.field(text):
            return
        if self._opens_item(text, value, section):
            return
        known = self.vocabulary.field(text, section)
        column = self.vocabulary.column(section, text) if section in KEYS else None
        if column and (known is None or column.score >= known.score or known.score < _SURE):
            if section == "attendees":
                self._attendee_pair(label, value, column)
                return
            if section in KEYS and section != "contacts" and (column.score >= _SURE or self.open):
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
        if known is not None:
            self.box(known, value)
        elif _CHILD_ASKED.search(text.strip()) and section not in KEYS and section not in ("signatures", "contacts"):
            self.found.stray_voice.append((label, value))

    def _apart_from_voice(self, text: str, known: Match | None) -> bool:
        """Whether a label among the child's views asks for something else: the child's hopes, a teacher's comment."""
        if known is None or known.id not in _IN_VOICE:
            return False
        adult = known.id in ("carer_views", "strengths", "needs") and not _CHILD_ASKED.search(text.strip())
        return known.score >= _SURE or known.id == "aspirations" or adult

    def box(self, known: Match, value: Words) -> None:
        path = known.id
        if known.score < _SURE:
            value = replace(value, confidence=value.confidence * _NEAR)
        if path == "meeting.attendees":
            self.found.asked.setdefault("attendees", value)
            self._people(value)
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
        label = contact_label(text, self.vocabulary)
        if label is not None and (known is None or label.score >= known.score):
            if known is not None and label.score == known.score:
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
        more = column is not None and column.score >= _SURE and column.id in ("email", "phone", "details", "name")
        if self.contact is not None and column and more and (known is None or column.id != "name"):
            self.contact.setdefault(column.id, value)
            return True
        if known is not None:
            self.contact = None
        return False

    # ------------------------------------------------------------------------------------------------------ people
    def _attendee_pair(self, label: Words, value: Words, column: Match | None) -> None:
        if column and column.id in ("name", "role") and column.score >= _SURE:
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
            self._people(value)

    def _people(self, value: Words) -> None:
        """Attendees written out: one a line, or between semicolons."""
        people = self.found.items.setdefault("attendees", [])
        for line in re.split(r"[\n;]|\s{3,}", value.text):
            listed = len(re.findall(r"\s[-–—]\s", line)) > 1 or line.count(",") > 1
            for part in re.split(r",\s*(?:and\s+)?" if listed else r"(?<=\)),\s*(?:and\s+)?", line):
                person = self._person(part)
                if person:
                    name, role = person
                    item = {"name": Words(name, value.location, value.confidence)}
                    if role:
                        item["role"] = Words(role, value.location, value.confidence)
                    people.append(item)

    def _person(self, text: str) -> tuple[str, str] | None:
        """Name and role of 'Kay Eze (Designated Teacher)', 'Kay Eze – DT', 'DT: Kay Eze'."""
        if (UNTICKED in text and TICKED not in text) or re.search(
            r"apolog|unable to attend|absent", text, re.IGNORECASE
        ):
            return None
        text = _MARKER.sub("", text.replace(TICKED, " ")).strip(" .;,")
        bracketed = re.match(r"^(.+?)\s*\(([^)]*)\)$", text)
        parts = list(bracketed.groups()) if bracketed else re.split(r"\s+[-–—]\s+|\s*[,:|\t]\s*", text, maxsplit=1)
        parts = [part.strip() for part in parts]
        if self.vocabulary.is_blank(parts[0]) or len(parts[0]) > 60 or len(parts[0].split()) > 8:
            return None
        if len(parts) == 2:
            first, second = (self.vocabulary.role_in(part) for part in parts)
            return (parts[1], parts[0]) if first and not second and not bracketed else (parts[0], parts[1])
        return parts[0], ""

    # ------------------------------------------------------------------------------------------------------- lines
    def line(self, spot: Line) -> None:
        section, words = spot.section, spot.words
        if section == "attendees":
            self._people(words)
        elif section in ("targets", "previous_targets", "pp_plus", "actions"):
            marked = _MARKER.match(words.text)
            parts = self._inline(section, words.text)
            if marked or len(parts) > 1:
                self._new(section)
                for column, text in parts:
                    self._fill(section, column, Words(text, words.location, words.confidence))

    def _inline(self, name: str, text: str) -> list[tuple[str, str]]:
        """'Order laptop – Who: SW  By: 1 Oct' as columns; what comes before the first label is the item itself."""
        parts = [(KEYS[name], 0, 0)]
        for found in _INLINE.finditer(text):
            column = self.vocabulary.column(name, found[1])
            if column and (column.score >= _SURE or len(found[1].split()) < 3):
                parts.append((column.id, found.start(1), found.end()))
        ends = [start for _, start, _ in parts[1:]] + [len(text)]
        out = []
        for (column_id, _, start), end in zip(parts, ends, strict=True):
            piece = text[start:end].strip().rstrip("–—-;,(|").strip()
            if column_id == KEYS[name]:
                piece = _MARKER.sub("", piece)
            if piece or start:
                out.append((column_id, piece))
        return out

    # ------------------------------------------------------------------------------------------------------- grids
    def grid(self, spot: Grid) -> None:
        heads, rows, section = spot.heads, spot.rows, spot.section
        if section == "signatures" or self._is_signatures(heads):
            return
        side = [row[0].text if row and row[0] else "" for row in rows]
        if len(heads) > 1 and all(_is_item_head(h.text) for h in heads[1:]) and rows:
            turned = list(zip(*rows, strict=True))
            heads, rows = tuple(w or heads[0] for w in turned[0]), tuple(turned[1:])
        name, columns = self._which_list(heads, section, rows)
        if name is not None:
            self.open = self.contact = None
            self.found.asked.setdefault(name, heads[0])
            self._rows(name, columns, heads, rows)
            return
        labels = [self.vocabulary.field(h.text, section) if h else None for h in heads]
        if sum(1 for found in labels if found and found.score >= 0.7) >= 2 and section != "voice":
            row = _best_row(rows)
            for head, found, value in zip(heads, labels, row or [None] * len(heads), strict=True):
                if found is not None:
                    self.pair(Pair(section, head, value or Words("", head.location)))
        elif section == "voice" and len(rows) == 1 and all(h.text for h in heads):
            for head, value in zip(heads, rows[0], strict=True):
                self.pair(Pair(section, head, value or Words("", head.location)))
        else:
            if section == "voice" and not rows and len(heads) == 2:
                self.pair(Pair(section, heads[0], heads[1]))
            for row, text in zip(rows, side, strict=True):
                if text and len(row) > 1 and row[0] is not None:
                    self.pair(Pair(section, row[0], row[1] or Words("", row[0].location)))

    def _is_signatures(self, heads: Sequence[Words]) -> bool:
        signed = any(self.vocabulary.column("signatures", h.text) for h in heads if h)
        present = any((c := self.vocabulary.column("attendees", h.text)) and c.id == "present" for h in heads if h)
        return signed and not present

    def _which_list(
        self, heads: Sequence[Words], section: str | None, rows: Sequence[Sequence[Words | None]]
    ) -> tuple[str | None, dict[int, str]]:
        """The list that these column heads belong to, and which column each head is."""
        best: tuple[float, str | None, dict[int, str]] = (0.0, None, {})
        fields = [self.vocabulary.field(h.text, section) for h in heads if h]
        as_fields = sum(found.score for found in fields if found and found.score >= _SURE and found.id != "other")
        for name in KEYS:
            columns: dict[int, str] = {}
            scores: dict[int, float] = {}
            for at, head in enumerate(heads):
                found = self.vocabulary.column(name, head.text) if head else None
                if found is None or found.id == "_other":
                    continue
                rival = next((i for i, c in columns.items() if c == found.id), None)
                if rival is not None and scores[rival] >= found.score:
                    continue
                if rival is not None:
                    del columns[rival], scores[rival]
                columns[at], scores[at] = found.id, found.score
            outcomes = self._outcome_heads(heads) if name == "previous_targets" else {}
            if len(outcomes) > 1:
                columns = {at: c for at, c in columns.items() if at not in outcomes and c != "outcome"} | outcomes
                scores = {at: scores.get(at, 1.0) for at in columns}
            if name in ("contacts", "attendees") and heads and not heads[0] and "role" not in columns.values():
                columns[0], scores[0] = "role", 0.5
            if KEYS[name] not in columns.values() and section == name and len(columns) > 1:
                free = [at for at in range(len(heads)) if at not in columns]
                if free:
                    columns[free[0]], scores[free[0]] = KEYS[name], 0.5
            total = sum(scores.values()) + (1.0 if section == name else 0.0)
            if name == "attendees" and not {"present", "absent"} & set(columns.values()) and section != "attendees":
                total -= 0.5
            if (
                name == "contacts"
                and not {"email", "phone", "details"} & set(columns.values())
                and section != "contacts"
            ):
                total -= 1.0
            if KEYS[name] in columns.values() and len(columns) > 1 and total > best[0]:
                best = (total, name, columns)
        if best[1] is not None and as_fields >= best[0] and best[1] != section:
            return None, {}
        return best[1], best[2]

    def _outcome_heads(self, heads: Sequence[Words]) -> dict[int, str]:
        """Columns to tick, one for each outcome: 'Met', 'Partly met', 'Not met'."""
        found: dict[int, str] = {}
        for at, head in enumerate(heads):
            if head and "/" not in head.text and len(head.text.split()) <= 3:
                outcome = self.vocabulary.choice("previous_targets.outcome", head.text)
                if outcome and f"={outcome}" not in found.values():
                    found[at] = f"={outcome}"
        return found

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
            if row[key_at] is None and items and item:
                for column, words in item.items():
                    known = items[-1].get(column)
                    if words:
                        items[-1][column] = _merged(known, words) if known else words
            elif item:
                items.append(item)
        if name == "attendees" and {"email", "phone", "details"} & self._contact_columns(heads):
            self._also_contacts(heads, rows)
        if name == "attendees":
            self.found.items[name] = [item for item in items if _came(item, self.vocabulary)]

    def _contact_columns(self, heads: Sequence[Words]) -> set[str]:
        return {c.id for h in heads if h and (c := self.vocabulary.column("contacts", h.text)) and c.score >= _SURE}

    def _also_contacts(self, heads: Sequence[Words], rows: Sequence[Sequence[Words | None]]) -> None:
        """A table of those present that gives their e-mails too is a table of contacts as well."""
        columns = {
            at: c.id
            for at, h in enumerate(heads)
            if h and (c := self.vocabulary.column("contacts", h.text)) and c.score >= _SURE
        }
        people = self.found.items.setdefault("contacts", [])
        people += [{c: w for at, c in columns.items() if (w := row[at]) is not None} for row in rows]


#: what may be asked among the child's views and is a field of its own
_IN_VOICE = frozenset({"aspirations", "carer_views", "voice_method", "strengths", "needs", "enrichment", "transition"})


def _came(item: Item, vocabulary: FormVocabulary) -> bool:
    """Whether a row of a table of people says that the person came; without a column to say so, everybody did."""
    present, absent, virtual = item.get("present"), item.get("absent"), item.get("virtual")
    if virtual is not None and is_tick(virtual.text):
        return True
    if present is not None:
        text = present.text.strip()
        if re.search(r"apolog|absent|not attend|invited only", text, re.IGNORECASE):
            return TICKED in text and not re.search(
                rf"(apolog\w*|absent)\W*{TICKED}|{TICKED}\W*(apolog|absent)", text, re.IGNORECASE
            )
        return is_tick(text) or normal(text).startswith(
            ("yes", "attended", "present", "in person", "virtual", "online", "teams", "via")
        )
    if absent is not None:
        return not is_tick(absent.text)
    return True


def is_tick(text: str) -> bool:
    """A cell that is ticked: ☒, or a letter typed in for it."""
    said = text.strip().casefold().strip(".")
    return TICKED in text or said in ("x", "y", "yes", "√", "v")


def _is_item_head(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:smart )?(?:target|goal|outcome|objective|action|priority)?\s*(?:no\.?\s*)?\d{1,2}",
            normal(text) or text.strip(),
        )
    )


def _best_row(rows: Sequence[Sequence[Words | None]]) -> Sequence[Words | None] | None:
    """Of several rows of figures under the same heads, the one to date; else the first that is filled in."""
    filled = [row for row in rows if any(w and w.text for w in row)]
    for row in filled:
        if row[0] and re.search(r"to date|overall|this year|current|total", row[0].text, re.IGNORECASE):
            return row
    return filled[0] if filled else (rows[0] if rows else None)


def _merged(first: Words, second: Words) -> Words:
    return Words(f"{first.text}\n{second.text}", first.location, min(first.confidence, second.confidence))
