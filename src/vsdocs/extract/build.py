"""From words as written to the record: each answer read as a value, with the evidence where it stands."""

import re
from dataclasses import dataclass, replace
from typing import Any

from vsdocs.dates import parse_iso
from vsdocs.document import UNTICKED
from vsdocs.evidence import Evidence, State
from vsdocs.extract import values
from vsdocs.extract.answers import NOT_LOCATED, Answers
from vsdocs.extract.found import Gathered
from vsdocs.extract.people import split_details
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
#: a number before what it counts: 'no suspensions', 'has never been excluded'
_TIMES = r"\b(no|none|nil|never|one|two|three|four|five|\d{1,2})\b(?: (?!no\b|never\b|one\b|\d)[\w-]+){0,3} "
#: what forms and people write in one box with the answer to it: the box -> field, pattern
_SAID_WITH = {
    "attendance.percent": (
        ("attendance.authorised_percent", r"(?<!un)(?<!un-)\bauthorised\D{0,20}(\d+(?:\.\d+)?)\s*(?:%|[,;)]|$)"),
        ("attendance.unauthorised_percent", r"\bun-?authorised\D{0,20}(\d+(?:\.\d+)?)\s*(?:%|[,;)]|$)"),
        ("attendance.authorised_percent", r"(\d+(?:\.\d+)?)\s*%[^.;%]*\bwith (?:authoris|permission|leave)"),
        ("attendance.unauthorised_percent", r"(\d+(?:\.\d+)?)\s*%[^.;%]*\bwithout\b"),
        ("attendance.suspensions", rf"{_TIMES}suspen"),
        ("attendance.suspensions", r"\bsuspended (once|twice|never|\d{1,2} times?)\b"),
        ("attendance.exclusions", rf"{_TIMES}exclu"),
        ("attendance.suspensions", r"\bsuspensions?(?: this year)?\W{1,3}(none|nil|no|\d{1,2})\b"),
        ("attendance.exclusions", r"\bexclusions?(?: this year)?\W{1,3}(none|nil|no|\d{1,2})\b"),
    ),
    "meeting.venue": (("meeting.mode", r"\b(in person|face[ -]to[ -]face)\b"),),
    "sdq.total": (
        *(
            (f"sdq.{part}", rf"\b{part[:9]}\w*\W{{1,3}}(?:\w+\W)?(\d{{1,2}})\b")
            for part in ("emotional", "conduct", "hyperactivity", "peer", "prosocial")
        ),
        ("sdq.completed_by", r"\bby ((?=[^\W\d_])(?:(?!\bon\b)[^\d,;()])+?)\s*(?:\bon\b|[\d,;()]|$)"),
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


def build(found: Gathered, vocabulary: FormVocabulary) -> Built:
    """The record and its evidence. Dates without a year are read beside the meeting's own date, which is read first."""
    answers = Answers(vocabulary)
    answers.near = parse_iso(answers.best("meeting.date", found.boxes.get("meeting.date", [])))
    _names(found)
    data: dict[str, Any] = {}
    for path in SCALARS:
        part, _, name = path.rpartition(".")
        value = answers.best(path, found.boxes.get(path, []))
        (data.setdefault(part, {}) if part else data)[name] = value
    _derived(found, answers, data)
    for name, (model, columns) in _COLUMNS.items():
        items = _items(name, found.items.get(name.rpartition(".")[2], []), columns, answers, model)
        _list_evidence(name, found, items, answers)
        if name == "meeting.attendees":
            data["meeting"]["attendees"] = items
        else:
            data[name] = items
    data["voice"] = _voice(found, answers)
    return Built(PepRecord.model_validate(data), answers.evidence)


def _names(found: Gathered) -> None:
    """A full name stands for forename and surname where the form does not ask for them apart."""
    for full in found.boxes.pop("child.full_name", []):
        forename, surname = values.split_name(full.text)
        for path, part in (("child.forename", forename), ("child.surname", surname)):
            known = found.boxes.setdefault(path, [])
            if not any(words.text for words in known):
                known.append(Words(part or "", full.location, full.confidence))


def _derived(found: Gathered, answers: Answers, data: dict[str, Any]) -> None:
    """Boxes that ask for a field in other terms: 'Full time?' for a reduced timetable, 'EHCP?' for the SEND status."""
    for words in found.boxes.get("school.full_time", []):
        full = answers.yes_no(values.read_choice(words.text))
        if full is not None and data["school"]["reduced_timetable"] is None:
            answers.read_as("school.reduced_timetable", "school.reduced_timetable", words)
            data["school"]["reduced_timetable"] = not full
    for path, others in _SAID_WITH.items():
        for words in found.boxes.get(path, [])[:1]:
            for other, pattern in others:
                part, _, name = other.partition(".")
                fact = re.search(pattern, words.text, re.IGNORECASE)
                if fact and data[part][name] is None:
                    data[part][name] = answers.read_as(other, other, replace(words, text=fact[1]))
                elif answers.evidence[other].state is State.NOT_LOCATED and _has_gap(name, words.text):
                    answers.read_as(other, other, replace(words, text=""))
    for words in found.boxes.get("send.has_ehcp", []):
        said = values.read_choice(words.text)
        if data["send"]["status"] is None and answers.yes_no(said):
            answers.read_as("send.status", "", words)
            data["send"]["status"] = "ehcp"


def _has_gap(name: str, text: str) -> bool:
    """Whether a sentence leaves dots or a line for a figure: 'emotional ......, conduct ......'."""
    return bool(re.search(rf"\b{name[:9]}\w*\W{{0,2}}(?:\.{{3,}}|…|_{{3,}})", text, re.IGNORECASE))


def _items(name: str, rows: list[Item], columns: tuple[str, ...], answers: Answers, model: type) -> tuple[Any, ...]:
    made: list[Any] = []
    seen: set[tuple[Any, ...]] = set()
    for row in rows:
        if name == "contacts":
            split_details(row)
        path = f"{name}[{len(made)}]"
        cells = {c: answers.read_as(f"{path}.{c}", _kind(name, c), row.get(c)) for c in columns}
        level = name == "attainment" and (cells["current"] or cells["target"])
        if level and (box := row.get("on_track")) and box.text.strip() == UNTICKED:  # on track is what is ticked
            cells["on_track"] = answers.read_as(f"{path}.on_track", "attainment.on_track", replace(box, text="✗"))
            _as_written(answers, f"{path}.on_track", box)
        if row.get("outcome_as_written"):
            _as_written(answers, f"{path}.outcome", row["outcome_as_written"])
        if name == "contacts":
            cells["role"] = _role(row, answers)
        if name in ("targets", "previous_targets", "actions", "pp_plus") and isinstance(cells[columns[0]], str):
            cells[columns[0]] = _unnumbered(cells[columns[0]])
        empty = all(cells[c] is None for c in _CONTENT[name])
        key = tuple(sorted((c, v) for c, v in cells.items() if isinstance(v, str)))
        if empty or (name in ("contacts", "meeting.attendees") and key in seen):
            for column in columns:
                answers.evidence.pop(f"{path}.{column}", None)
            continue
        seen.add(key)
        made.append(model(**cells))
    return tuple(made)


def _kind(name: str, column: str) -> str:
    return f"{name.rpartition('.')[2]}.{column}" if column not in ("name",) else "name"


def _as_written(answers: Answers, path: str, words: Words) -> None:
    known = answers.evidence[path]
    answers.evidence[path] = known.model_copy(update={"text": words.text})


def _unnumbered(text: str) -> str:
    return re.sub(r"^\s*(?:\(?\d{1,2}[.):]\s+|[•·]\s*)", "", text) or text


def _role(row: Item, answers: Answers) -> Role:
    if "role_id" in row:
        return Role(row["role_id"].text)
    words = row.get("role")
    found = answers.vocabulary.role_in(words.text) if words else None
    return Role(found.id) if found else Role.OTHER


def _list_evidence(name: str, found: Gathered, items: tuple[Any, ...], answers: Answers) -> None:
    """Whether the form has a place for a list, and whether anything stands there."""
    place = found.asked.get(name.rpartition(".")[2])
    rows = found.items.get(name.rpartition(".")[2], [])
    words = next((w for row in rows for column, w in row.items() if w and column != "role_id"), None) or place
    if items or words is not None or rows:
        state = State.FOUND if items else State.BLANK
        where = words.location if words is not None else None
        answers.evidence[name] = Evidence(
            state=state,
            text=words.text if items and words is not None else None,
            page=where.page if where else None,
            location=where.place if where else None,
        )
    else:
        answers.evidence[name] = NOT_LOCATED


def _voice(found: Gathered, answers: Answers) -> tuple[VoiceEntry, ...]:
    """The child's answers with their questions, in form order; a question without an answer is no entry."""
    entries: list[VoiceEntry] = []
    for label, value in found.voice:
        path = f"voice[{len(entries)}]"
        answer = answers.read_as(f"{path}.answer", "voice.answer", value)
        if answer is None:
            del answers.evidence[f"{path}.answer"]
            continue
        answers.evidence[f"{path}.question"] = Evidence(
            state=State.FOUND, text=label.text, page=label.location.page, location=label.location.place
        )
        entries.append(VoiceEntry(question=label.text.strip().rstrip(":…. ").strip() or None, answer=answer))
    place = found.asked.get("voice")
    if place is None:
        answers.evidence["voice"] = NOT_LOCATED
    else:
        answers.evidence["voice"] = Evidence(
            state=State.FOUND if entries else State.BLANK,
            text=place.text if entries else None,
            page=place.location.page,
            location=place.location.place,
        )
    return tuple(entries)
