"""From words as written to the record: each answer read as a value, with the evidence where it stands."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from vsdocs.dates import parse_iso
from vsdocs.evidence import Evidence, State
from vsdocs.extract import values
from vsdocs.extract.gather import Gathered
from vsdocs.extract.people import is_tick, split_details
from vsdocs.extract.spots import Item, Words
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.record import (
    Action,
    Attainment,
    Attendee,
    Contact,
    PepRecord,
    PPPlusLine,
    PreviousTarget,
    Role,
    Target,
    VoiceEntry,
)  # fmt: skip

LEGIBLE = 0.55  # recognised text less sure than this is not read for codes, dates and figures

#: single values: how each is read; what is not here is text as written
_READERS: dict[str, Callable[[str], Any]] = {
    "child.upn": values.read_upn,
    "contacts.email": values.read_email,
    "child.year_group": values.read_year_group,
    "school.hours_per_week": values.read_number,
    "attendance.percent": values.read_percent,
    "attendance.authorised_percent": values.read_percent,
    "attendance.unauthorised_percent": values.read_percent,
    "attendance.suspensions": values.read_count,
    "attendance.exclusions": values.read_count,
    **{
        f"sdq.{part}": values.read_count
        for part in ("total", "emotional", "conduct", "hyperactivity", "peer", "prosocial")
    },
}
_AHEAD = frozenset({"meeting.next_date", "targets.due", "actions.due", "timetable.end", "timetable.next_review"})
_DATES = _AHEAD | frozenset(
    [
        "child.date_of_birth",
        "child.date_into_care",
        "school.start_date",
        "meeting.date",
        "send.last_review",
        "sdq.date",
        "submitted",
        "timetable.start",
        "timetable.last_review",
    ]
)
_YES_NO = frozenset({"school.reduced_timetable", "school.alternative_provision", "attainment.on_track"})
_CHOICES = frozenset({"meeting.type", "meeting.term", "meeting.mode", "send.status", "previous_targets.outcome"})
#: an answer of 'None' or 'No' says something here
_ZERO_SAYS = frozenset({"attendance.suspensions", "attendance.exclusions", "send.status"}) | _YES_NO

_COLUMNS: dict[str, tuple[type, tuple[str, ...]]] = {
    "contacts": (Contact, ("name", "email", "phone")),
    "meeting.attendees": (Attendee, ("name", "role")),
    "attainment": (Attainment, ("subject", "current", "target", "on_track")),
    "previous_targets": (PreviousTarget, ("text", "outcome", "comment")),
    "targets": (
        Target,
        ("text", "area", "success_criteria", "provision", "responsible", "due", "cost", "baseline", "frequency"),
    ),
    "pp_plus": (PPPlusLine, ("purpose", "amount", "impact", "target")),
    "actions": (Action, ("action", "owner", "due")),
}
#: columns of which at least one must be filled for a row to be an item
_CONTENT = {
    "contacts": ("name", "email", "phone"),
    "meeting.attendees": ("name",),
    "attainment": ("current", "target", "on_track"),
    "previous_targets": ("text", "outcome", "comment"),
    "targets": ("text", "success_criteria", "provision"),
    "pp_plus": ("purpose", "amount", "impact"),
    "actions": ("action",),
}
#: what forms and people write in one box with the answer to it: the box -> field, pattern
_SAID_WITH = {
    "attendance.percent": (
        ("attendance.authorised_percent", r"(?<!un)(?<!un-)\bauthorised\D{0,20}(\d+(?:\.\d+)?)\s*(?:%|[,;)]|$)"),
        ("attendance.unauthorised_percent", r"\bun-?authorised\D{0,20}(\d+(?:\.\d+)?)\s*(?:%|[,;)]|$)"),
    ),
    "sdq.total": (
        ("sdq.completed_by", r"\bby ((?:(?!\bon\b)[^\d,;()])+?)\s*(?:\bon\b|[\d,;()]|$)"),
        ("sdq.date", r"((?:\d{1,2}\D{1,12}){1,2}\d{4}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|[A-Z][a-z]{2,8} \d{4})"),
    ),
}
SCALARS = tuple(
    [f"{part}.{name}" for part in ("child", "school", "meeting", "send", "attendance", "sdq", "timetable")
     for name in type(getattr(PepRecord(), part)).model_fields if name != "attendees"]
    + ["aspirations", "transition", "enrichment", "carer_views", "qa_feedback", "voice_method", "submitted", "needs", "strengths"]
)  # fmt: skip


@dataclass
class Built:
    record: PepRecord
    evidence: dict[str, Evidence]


@dataclass
class _Builder:
    vocabulary: FormVocabulary
    near: date | None = None
    evidence: dict[str, Evidence] = field(default_factory=dict)

    def read(self, kind: str, text: str) -> Any:
        """The value of one answer, None where it cannot be read as such."""
        said = values.read_choice(text)
        if kind in _DATES:
            return values.read_date(said, self.near, ahead=kind in _AHEAD)
        if kind in _YES_NO:
            return self._yes_no(said)
        if kind in _CHOICES:
            return self.vocabulary.choice(kind, said)
        if kind in ("targets.cost", "pp_plus.amount"):
            return values.read_money(said)
        if kind == "pp_plus.target":
            number = values.read_count(said)
            return number - 1 if number else None
        if kind in _READERS:
            return _READERS[kind](said)
        return said if said != "☒" else None

    def _yes_no(self, said: str) -> bool | None:
        first = re.match(r"[a-z]+", said.casefold().strip())
        if is_tick(said) or (first and first.group() in self.vocabulary.yes):
            return True
        return False if first and first.group() in self.vocabulary.no else None

    def answer(self, path: str, kind: str, words: Words | None) -> Any:
        """Reads one answer and notes its evidence under `path`; the value, or None."""
        if words is None:
            self.evidence[path] = Evidence(state=State.NOT_LOCATED)
            return None

        def evidence(state: State, confidence: float = 1.0) -> Evidence:
            where = words.location
            return Evidence(
                state=state, text=text or None, page=where.page, location=where.place, confidence=round(confidence, 3)
            )

        text = words.text.strip()
        said = values.read_choice(text)
        says_zero = kind in _ZERO_SAYS and said.casefold().strip(" .") in ("none", "nil", "no", "n", "0")
        if not says_zero and (self.vocabulary.is_blank(said) or _is_menu(text)):
            self.evidence[path] = evidence(State.BLANK)
            return None
        value = self.read(kind, text)
        exact = kind in _DATES or kind in _READERS
        if value is None or value == "" or (exact and words.confidence < LEGIBLE):
            self.evidence[path] = evidence(State.UNREADABLE, min(words.confidence, 0.5))
            return None
        self.evidence[path] = evidence(State.FOUND, words.confidence)
        return value

    def best(self, path: str, boxes: list[Words]) -> Any:
        """The answer where a form asks for the same thing more than once: the first that is filled in."""
        for words in boxes:
            value = self.answer(path, path, words)
            if value is not None:
                return value
        if not boxes:
            return self.answer(path, path, None)
        return self.answer(path, path, boxes[0])


def build(found: Gathered, vocabulary: FormVocabulary) -> Built:
    """The record and its evidence. Dates without a year are read beside the meeting's own date, which is read first."""
    builder = _Builder(vocabulary)
    builder.near = parse_iso(builder.best("meeting.date", found.boxes.get("meeting.date", [])))
    _names(found)
    data: dict[str, Any] = {}
    for path in SCALARS:
        part, _, name = path.rpartition(".")
        value = builder.best(path, found.boxes.get(path, []))
        (data.setdefault(part, {}) if part else data)[name] = value
    _derived(found, builder, data)
    for name, (model, columns) in _COLUMNS.items():
        items = _items(name, found.items.get(name.rpartition(".")[2], []), columns, builder, model)
        _list_evidence(name, found, items, builder)
        if name == "meeting.attendees":
            data["meeting"]["attendees"] = items
        else:
            data[name] = items
    data["voice"] = _voice(found, builder)
    return Built(PepRecord.model_validate(data), builder.evidence)


def _names(found: Gathered) -> None:
    """A full name stands for forename and surname where the form does not ask for them apart."""
    for full in found.boxes.pop("child.full_name", []):
        forename, surname = values.split_name(full.text)
        for path, part in (("child.forename", forename), ("child.surname", surname)):
            known = found.boxes.setdefault(path, [])
            if not any(words.text for words in known):
                known.append(Words(part or "", full.location, full.confidence))


def _derived(found: Gathered, builder: _Builder, data: dict[str, Any]) -> None:
    """Boxes that ask for a field in other terms: 'Full time?' for a reduced timetable, 'EHCP?' for the SEND status."""
    for words in found.boxes.get("school.full_time", []):
        full = builder._yes_no(values.read_choice(words.text))
        if full is not None and data["school"]["reduced_timetable"] is None:
            builder.answer("school.reduced_timetable", "school.reduced_timetable", words)
            data["school"]["reduced_timetable"] = not full
    for path, others in _SAID_WITH.items():
        for words in found.boxes.get(path, [])[:1]:
            for other, pattern in others:
                part, _, name = other.partition(".")
                fact = re.search(pattern, words.text, re.IGNORECASE)
                if fact and data[part][name] is None:
                    data[part][name] = builder.answer(other, other, replace(words, text=fact[1]))
    for words in found.boxes.get("send.has_ehcp", []):
        said = values.read_choice(words.text)
        if data["send"]["status"] is None and builder._yes_no(said):
            builder.answer("send.status", "", words)
            data["send"]["status"] = "ehcp"


def _items(name: str, rows: list[Item], columns: tuple[str, ...], builder: _Builder, model: type) -> tuple[Any, ...]:
    made: list[Any] = []
    seen: set[tuple[Any, ...]] = set()
    for row in rows:
        if name == "contacts":
            split_details(row)
        path = f"{name}[{len(made)}]"
        cells = {c: builder.answer(f"{path}.{c}", _kind(name, c), row.get(c)) for c in columns}
        if row.get("outcome_as_written"):
            _as_written(builder, f"{path}.outcome", row["outcome_as_written"])
        if name == "contacts":
            cells["role"] = _role(row, builder)
        if name in ("targets", "previous_targets", "actions", "pp_plus") and isinstance(cells[columns[0]], str):
            cells[columns[0]] = _unnumbered(cells[columns[0]])
        empty = all(cells[c] is None for c in _CONTENT[name])
        key = tuple(sorted((c, v) for c, v in cells.items() if isinstance(v, str)))
        if empty or (name in ("contacts", "meeting.attendees") and key in seen):
            for column in columns:
                builder.evidence.pop(f"{path}.{column}", None)
            continue
        seen.add(key)
        made.append(model(**cells))
    return tuple(made)


def _kind(name: str, column: str) -> str:
    return f"{name.rpartition('.')[2]}.{column}" if column not in ("name",) else "name"


def _as_written(builder: _Builder, path: str, words: Words) -> None:
    known = builder.evidence[path]
    builder.evidence[path] = known.model_copy(update={"text": words.text})


def _unnumbered(text: str) -> str:
    return re.sub(r"^\s*(?:\(?\d{1,2}[.):]\s+|[•·]\s*)", "", text) or text


def _role(row: Item, builder: _Builder) -> Role:
    if "role_id" in row:
        return Role(row["role_id"].text)
    words = row.get("role")
    found = builder.vocabulary.role_in(words.text) if words else None
    return Role(found.id) if found else Role.OTHER


def _list_evidence(name: str, found: Gathered, items: tuple[Any, ...], builder: _Builder) -> None:
    """Whether the form has a place for a list, and whether anything stands there."""
    place = found.asked.get(name.rpartition(".")[2])
    rows = found.items.get(name.rpartition(".")[2], [])
    words = next((w for row in rows for column, w in row.items() if w and column != "role_id"), None) or place
    if items or words is not None or rows:
        state = State.FOUND if items else State.BLANK
        where = words.location if words is not None else None
        builder.evidence[name] = Evidence(
            state=state,
            text=words.text if items and words is not None else None,
            page=where.page if where else None,
            location=where.place if where else None,
        )
    else:
        builder.evidence[name] = Evidence(state=State.NOT_LOCATED)


def _voice(found: Gathered, builder: _Builder) -> tuple[VoiceEntry, ...]:
    """The child's answers with their questions, in form order; a question without an answer is no entry."""
    entries: list[VoiceEntry] = []
    for label, value in found.voice:
        path = f"voice[{len(entries)}]"
        answer = builder.answer(f"{path}.answer", "voice.answer", value)
        if answer is None:
            del builder.evidence[f"{path}.answer"]
            continue
        builder.evidence[f"{path}.question"] = Evidence(
            state=State.FOUND, text=label.text, page=label.location.page, location=label.location.place
        )
        entries.append(VoiceEntry(question=label.text.strip().rstrip(":…. ").strip() or None, answer=answer))
    place = found.asked.get("voice")
    if place is None:
        builder.evidence["voice"] = Evidence(state=State.NOT_LOCATED)
    else:
        builder.evidence["voice"] = Evidence(
            state=State.FOUND if entries else State.BLANK,
            text=place.text if entries else None,
            page=place.location.page,
            location=place.location.place,
        )
    return tuple(entries)


def _is_menu(text: str) -> bool:
    """Printed alternatives of which none was picked: 'Yes / No', 'Y/N', 'Initial / Review / Interim'."""
    return bool(re.fullmatch(r"\W*(?:yes|y)\s*[/|]\s*(?:no|n)\W*", text.strip(), re.IGNORECASE))
