"""One meeting: its kind, the children it is about, when and where it is; and the words that its sentences may use."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from vsdocs.dates import add_working_days, in_words, parse_iso, working_days_between
from vsdocs.document import Format
from vsdocs.errors import RefusedError, UsageError
from vsdocs.generate.case import Case, Words
from vsdocs.generate.meetings.kinds import Kind, Said, Sentence
from vsdocs.generate.plain import one_line
from vsdocs.meeting_notes import Agreed
from vsdocs.record import Extraction, PepRecord, Role
from vsdocs.settings import Settings
from vsdocs.timing import Deadlines

KEY = 12  # hex digits
NEAR = timedelta(days=190)  # a next date further away is a slip of the pen


@dataclass(frozen=True)
class Meeting:
    """`previous`: by the PEP's sha256, what earlier meetings agreed for the child. `run`: of a whole sweep, its id."""

    kind: Kind
    cases: tuple[Case, ...]
    today: date
    settings: Settings
    day: date | None = None
    starts: time | None = None
    place: str | None = None
    chair: str | None = None
    minutes: int | None = None
    run: str | None = None
    practice: bool = False
    previous: Mapping[str, tuple[Agreed, ...]] = field(default_factory=dict)
    closed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by sha256: what notes closed, and their day
    shared: tuple[Agreed, ...] = ()  # what was agreed for nobody in particular

    def __post_init__(self) -> None:
        if not self.cases:
            raise UsageError("There is no child to meet about.", "Give the id of a PEP: `vsdocs moderate list`.")
        if self.kind.about == "child" and len(self.cases) > 1:
            raise UsageError("This meeting is about one child.", "Give one ID, and make one agenda for each child.")
        if self.kind.about == "school":
            _one_school([case.pep.record for case in self.cases])

    @property
    def for_list(self) -> bool:
        return self.kind.about != "child"

    @cached_property
    def held_on(self) -> date | None:
        """The day that was given; for a review, else the next date that the PEP itself names."""
        if self.day or not self.kind.on_next_date:
            return self.day
        text = self.cases[0].pep.record.meeting.next_date
        day = parse_iso(text) if len(text or "") > 7 else None
        return day if day and self.today <= day <= self.today + NEAR else None

    @cached_property
    def key(self) -> str:
        """The PEP, the school, or the list that it is about, as ids and references have it."""
        if not self.for_list:
            return self.cases[0].pep.id
        if self.kind.about == "school":
            return _digest([school_of(self.cases[0].pep.record) or ""])
        return self.run or _digest(case.pep.sha256 for case in self.cases)

    @property
    def reference(self) -> str:
        """By which its notes are read back. Without a day there is none to read back by yet."""
        day = self.held_on.isoformat() if self.held_on else "no-date"
        return f"{'practice-' if self.practice else ''}{self.key}-{self.kind.id}-{day}"

    @property
    def name(self) -> str:
        """The stem of its file names."""
        return f"{'practice-' if self.practice else ''}{self.key}-{self.kind.id}"

    @property
    def lasts(self) -> int:
        return self.minutes or sum(item.minutes for item in self.kind.every_item)

    @property
    def at(self) -> datetime | None:
        return datetime.combine(self.held_on, self.starts) if self.held_on and self.starts else None

    def words(self) -> Words:
        """The slots of the whole meeting. Of a list no child's: its sentences cannot name one."""
        record = self.cases[0].pep.record
        if not self.for_list:
            return self.words_of(self.cases[0])
        more = {"children": str(len(self.cases))}
        if self.kind.about == "school":
            own = Words(self.cases[0], self.kind.blanks)
            more |= {name: own[name] for name in ("school", "designated_teacher") if own.knows(name)}
            more.setdefault("school", one_line(record.school.name or ""))
        return Words(_nobody(self), self.kind.blanks, **self._every(), **more)

    def words_of(self, case: Case) -> Words:
        """The slots of one child in this meeting."""
        return Words(case, self.kind.blanks, **self._every(), **self._first(case), suspended=_suspended(case))

    @property
    def rules(self) -> Deadlines:
        return self.cases[0].rules

    def _every(self) -> dict[str, str]:
        after = (add_working_days(self.held_on, n) if self.held_on else None for n in (self.rules.document.days, 1))
        complete_by, told_by = (in_words(day) if day else "" for day in after)
        return {
            "day": in_words(self.held_on) if self.held_on else "",
            "time": clock(self.starts) if self.starts else "",
            "place": one_line(self.place or ""),
            "chair": one_line(self.chair or ""),
            "minutes": str(self.lasts),
            "reference": self.reference,
            "name": "",  # of somebody to invite: a blank where the PEP does not name them
            "complete_by": complete_by,
            "told_by": told_by,
        }

    def _first(self, case: Case) -> dict[str, str]:
        """The days of a first PEP, where the day of coming into care is known."""
        text = case.pep.record.child.date_into_care
        into_care = parse_iso(text) if len(text or "") > 7 else None
        if into_care is None:
            return {"initial_by": "", "into_care": "", "late": ""}
        due = add_working_days(into_care, self.rules.initial_pep.days)
        late = working_days_between(due, self.held_on or self.today)
        return {"initial_by": in_words(due), "into_care": in_words(into_care), "late": str(late) if late else ""}


def _suspended(case: Case) -> str:
    times = case.pep.record.attendance.suspensions or 0
    return f"{times} suspension{'' if times == 1 else 's'}" if times else ""


def said(sentences: Iterable[Sentence], words: Words) -> tuple[str, ...]:
    """The sentences with their slots filled; those that hang on something unknown are left out."""
    found = []
    for sentence in sentences:
        if isinstance(sentence, Said):
            if words.knows(sentence.where):
                found.append(words.say(sentence.say))
        else:
            found.append(words.say(sentence))
    return tuple(found)


def clock(at: time) -> str:
    """2:30pm."""
    return f"{at.hour % 12 or 12}:{at.minute:02d}{'am' if at.hour < 12 else 'pm'}"


def school_of(record: PepRecord) -> str | None:
    """What tells one school from another: its DfE number, else its name in plain letters."""
    number = "".join(c for c in record.school.dfe_number or "" if c.isdigit())
    name = "".join(c for c in (record.school.name or "").casefold() if c.isalnum())
    return number or name or None


def _one_school(records: list[PepRecord]) -> None:
    schools = {school_of(record) for record in records}
    if None in schools:
        raise RefusedError(
            "A PEP names no school, so it may not be this school's child's.",
            "Leave that PEP out, or ask the school to fill in its name.",
        )
    if len(schools) > 1:
        raise RefusedError(
            "These PEPs are of more than one school, and each school may see its own children only.",
            "Give the ids of one school; make an agenda for each school.",
        )


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()[:KEY]


def _nobody(meeting: Meeting) -> Case:
    empty = Extraction(source="", id="", format=Format.DOCX, sha256="", record=PepRecord())
    return Case(pep=empty, today=meeting.today, settings=meeting.settings)


#: role -> words that tell it among those who came to a meeting
_TOLD_BY = {
    Role.DESIGNATED_TEACHER: ("designated",),
    Role.SOCIAL_WORKER: ("social worker",),
    Role.CARER: ("carer",),
    Role.REVIEWING_OFFICER: ("reviewing", "iro", "qaro"),
}


def name_of(role: Role, case: Case) -> str | None:
    """Who has a role: among the contacts, else among those who came to the PEP's meeting."""
    if role is Role.VIRTUAL_SCHOOL_LEAD:
        return case.lead.name
    known = case.pep.record.contact(role)
    if known and known.name:
        return known.name
    came = case.pep.record.meeting.attendees
    told = _TOLD_BY.get(role, ())
    return next((a.name for a in came if a.name and any(word in (a.role or "").casefold() for word in told)), None)
