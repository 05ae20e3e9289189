"""What a letter or an agenda about one child is made from, and the words that may stand in any of their sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from vsdocs.cohort.deadlines import Due
from vsdocs.cohort.terms import Calendar
from vsdocs.dates import add_months, add_working_days, in_words, parse_iso
from vsdocs.document import Format
from vsdocs.generate.plain import one_line
from vsdocs.judgement import Judgement
from vsdocs.moderation import Moderation, moderated
from vsdocs.record import Contact, Extraction, PepRecord, Role
from vsdocs.settings import Settings
from vsdocs.timing import Counted, Deadlines

DAYS_BEFORE_FULL_TIME = 5  # school days of a suspension; from the sixth there is a full-time offer (001)
NOBODY = "A N Other"  # whoever would get what is written to practise
FURTHEST_REVIEW = timedelta(days=190)  # PEPs are termly; a date further away is a slip of the pen


@dataclass(frozen=True)
class Case:
    """One child's PEP with all that is known beside it. `judgement` is what was suggested, `standing` what counts."""

    pep: Extraction
    today: date
    settings: Settings
    judgement: Judgement | None = None
    moderation: Moderation | None = None
    earlier: Judgement | None = None  # what counts of the child's last PEP
    late: Due | None = None  # the plan of an arranged meeting that has not come, as the cohort counts it
    since: date | None = None  # the first day of the suspension that a letter answers
    practice: bool = False  # written to try it out: every page says so, and it goes to nobody
    rules: Deadlines = field(default_factory=Deadlines)  # those of the rubric
    school_sdq_months: int = 1  # after the meeting, by the rubric

    @classmethod
    def of_nobody(cls, reference: str, settings: Settings, today: date, *, practice: bool = False) -> "Case":
        """What a letter about no child is made from: no slot of a child is known."""
        nobody = Extraction(source="", id=reference, format=Format.DOCX, sha256="", record=PepRecord())
        return cls(nobody, today, settings, practice=practice)

    @property
    def standing(self) -> Judgement | None:
        return moderated(self.judgement, self.moderation) if self.judgement else None

    def contact(self, role: Role) -> Contact | None:
        """Who is written to in this role; in practice nobody who is real."""
        known = self.pep.record.contact(role)
        return Contact(role=role, name=NOBODY) if known and self.practice else known

    @property
    def lead(self) -> Contact:
        """The virtual school lead among the contacts, or whoever came to the meeting from the virtual school."""
        known = self.pep.record.contact(Role.VIRTUAL_SCHOOL_LEAD)
        if known:
            return known
        came = (a for a in self.pep.record.meeting.attendees if a.name and "virtual school" in (a.role or "").lower())
        return Contact(role=Role.VIRTUAL_SCHOOL_LEAD, name=next((a.name for a in came), None))


_NOBODY_KEEPS = "always a blank to fill, since what was sent is not kept here"
_REMINDERS = {"reminder_1": "first", "reminder_2": "second"}
#: slot -> what stands there. Any sentence of a letter or an agenda may use these; a sentence that has more says so.
SLOTS = {
    "forename": "the child's forename",
    "initials": "the child's initials",
    "year_group": "Year 9, Reception, Nursery",
    "meeting_date": "the date of the PEP meeting",
    "next_date": "the date of the next meeting, as the PEP has it",
    "by": "when we ask for changes, with its 'by' or 'before'",
    "resubmit": "when a Red plan is to come back: within 20 working days, or before the next review if that is sooner",
    "answer_by": "when we ask for an answer: five working days from today",
    "today": "the day of the letter",
    "designated_teacher": "the designated teacher, as addressed",
    "school": "the school's name",
    "lead": "the virtual school lead's name",
    "phone": "the virtual school lead's telephone number, or the authority's",
    "email": "the virtual school lead's e-mail address, or the authority's",
    "authority": "the authority's name",
    "sdq_total": "the SDQ's total",
    "sdq_due": "when the school's SDQ is due: as many months after the meeting as the rubric says",
    "day_1": "the first day of a suspension (--from)",
    "day_6": "its sixth school day, from which there is a full-time offer; by the terms in vsdocs.toml, if they are there",
    "plan_due": "when the plan of the next meeting was due; not known unless `vsdocs due` has it as overdue",
    "plan_within": "how long there is for a plan after its meeting: '20 working days'",
    "reviewing_officer": "the reviewing officer's name",
    "suspensions": "how many suspensions the PEP tells of",
    "attendance": "the attendance in per cent",
    "hours": "the hours a week in school",
    **{name: f"the day of our {which} reminder to the school: {_NOBODY_KEEPS}" for name, which in _REMINDERS.items()},
    **{f"level_{n}": f"the day on which level {n} was asked: {_NOBODY_KEEPS}" for n in range(1, 5)},
}


class Words(Mapping[str, str]):
    """The slots of one case. What is not known is its blank, and `gaps` lists the blanks that were used."""

    def __init__(self, case: Case, blanks: Mapping[str, str], **more: str) -> None:
        self._known = {**_known(case), **more}
        self._blanks = blanks
        self.gaps: list[str] = []

    def __getitem__(self, name: str) -> str:
        if self._known[name]:
            return self._known[name]
        return self.blank(name)

    def blank(self, name: str) -> str:
        """What stands where something is not known; it is a gap from now on."""
        blank = self._blanks.get(name, f"[{name.replace('_', ' ')}]")
        if blank not in self.gaps:
            self.gaps.append(blank)
        return blank

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def knows(self, name: str) -> bool:
        return bool(self._known[name])

    def say(self, sentence: str, **more: str) -> str:
        """A sentence with its slots filled."""
        return sentence.format_map(_Over(self, more)) if more else sentence.format_map(self)


class _Over(dict[str, str]):
    """Some slots laid over all others."""

    def __init__(self, words: Words, more: dict[str, str]) -> None:
        super().__init__(more)
        self._words = words

    def __missing__(self, name: str) -> str:
        return self._words[name]


def _known(case: Case) -> dict[str, str]:
    """slot -> its words on one line; '' where they are not known."""
    record, authority = case.pep.record, case.settings.authority
    teacher, officer, lead = case.contact(Role.DESIGNATED_TEACHER), case.contact(Role.REVIEWING_OFFICER), case.lead
    written = case.rules.document
    met = parse_iso(record.meeting.date)
    number = {"sdq_total": record.sdq.total, "suspensions": record.attendance.suspensions}
    amounts = {"attendance": record.attendance.percent, "hours": record.school.hours_per_week}
    found = {
        "forename": record.child.forename,
        "initials": record.child.initials,
        "year_group": year_group(record.child.year_group),
        "meeting_date": day_in_words(record.meeting.date),
        "next_date": in_words(case.late.since)
        if case.late and case.late.since
        else day_in_words(record.meeting.next_date),
        "by": _by(case),
        "resubmit": _resubmit(case),
        "answer_by": f"by {in_words(add_working_days(case.today, case.rules.escalation.days))}",
        "today": in_words(case.today),
        "designated_teacher": greeted(teacher.name or "") if teacher else "",
        "school": record.school.name,
        "lead": lead.name or authority.lead,
        "phone": lead.phone or authority.telephone,
        "email": lead.email or authority.email,
        "authority": authority.name,
        "sdq_due": in_words(add_months(met, case.school_sdq_months))
        if met and len(record.meeting.date or "") > 7
        else "",
        "day_1": in_words(case.since) if case.since else "",
        "day_6": in_words(day_6(case.since, case.settings)) if case.since else "",
        "plan_due": in_words(case.late.day) if case.late else "",
        "plan_within": f"{written.days} {'school' if written.counted is Counted.SCHOOL_DAYS else 'working'} days",
        "reviewing_officer": officer.name if officer else "",
        **{name: "" if value is None else str(value) for name, value in number.items()},
        **{name: "" if value is None else f"{value:g}" for name, value in amounts.items()},
    }
    return {name: one_line(found.get(name) or "") for name in SLOTS}


def year_group(code: str | None) -> str:
    """'Nursery', 'Reception', 'Year 9', or ''."""
    return {"": "", "N": "Nursery", "R": "Reception"}.get(code or "", f"Year {code}")


def greeted(name: str) -> str:
    """'Mrs L Trent-Davies' is greeted as Mrs Trent-Davies, 'Rajesh Farrow' as Rajesh Farrow."""
    words = one_line(name).split()
    if not words or words[0].rstrip(".").casefold() not in _TITLES:
        return " ".join(words)
    return " ".join([words[0], *(word for word in words[1:] if len(word.rstrip(".")) > 1)])


_TITLES = ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev")


def day_in_words(iso: str | None) -> str:
    """'12 May 2026', or 'May 2026' where the form gives no day; '' for no date."""
    day = parse_iso(iso)
    if day is None:
        return ""
    return in_words(day) if len(iso or "") > 7 else f"{day:%B %Y}"


def _by(case: Case) -> str:
    """Before the next review if it is near, else within 20 working days of today."""
    review = parse_iso(case.pep.record.meeting.next_date)
    if review and case.today < review <= case.today + FURTHEST_REVIEW:
        return f"before the next review on {day_in_words(case.pep.record.meeting.next_date)}"
    return f"by {in_words(add_working_days(case.today, case.rules.document.days))}"


def _resubmit(case: Case) -> str:
    """A Red plan does not wait for a review that is months away."""
    review, latest = (
        parse_iso(case.pep.record.meeting.next_date),
        add_working_days(case.today, case.rules.document.days),
    )
    return _by(case) if review and case.today < review <= latest else f"by {in_words(latest)}"


def day_6(since: date, settings: Settings) -> date:
    """The sixth school day of a suspension. Where the terms are not in vsdocs.toml, no holidays but bank holidays are known."""
    calendar = Calendar(settings.term)
    counted = Counted.SCHOOL_DAYS if calendar.knows(since) else Counted.WORKING_DAYS
    return calendar.after(since, DAYS_BEFORE_FULL_TIME, counted)
