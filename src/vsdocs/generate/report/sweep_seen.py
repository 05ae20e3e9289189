"""A sweep as its report looks at it: a small line for each PEP, so that ten thousand of them fit the memory.

Children are known by reference and initials; schools and virtual school leads by name, since the paper stays in the house.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from vsdocs.cohort.match import plain
from vsdocs.document import Format
from vsdocs.generate import identifiers, listing
from vsdocs.generate.case import Case, year_group
from vsdocs.generate.letters.last_time import MOST
from vsdocs.generate.letters.recipient import Beside, same_child
from vsdocs.generate.listing import WEAK, Entry
from vsdocs.generate.plain import one_line
from vsdocs.generate.quotation import shorten
from vsdocs.generate.themes import Theme, Themes
from vsdocs.judgement import Grade, Met
from vsdocs.outcome import Run, Sweep
from vsdocs.record import Contact, Extraction, PepRecord, Role, School
from vsdocs.rubric import Rubric
from vsdocs.settings import Settings

LONGEST = 70  # characters of a name in a table
MOST_LOOKED_AT = 400  # of them: a box read as a name may hold a whole page
UNSURE = ("identity_unsure", "two_children")


@dataclass(frozen=True, slots=True)
class Seen:
    """One PEP. `key` groups PEPs of one school; `stub` holds what tells the child, and is never shown."""

    id: str
    sha256: str
    initials: str
    year: str
    year_group: str  # the code: N, R, 1 to 13
    key: str
    school: str
    lead: str
    grade: Grade | None
    areas: dict[str, Grade | None]
    states: dict[str, Met]
    is_moderated: bool
    asked: tuple[tuple[str, str], ...]  # id and title of what a letter about this PEP asked for first
    suspensions: int | None
    exclusions: int | None
    is_reduced: bool
    stub: Extraction | None  # None where it is not sure whose PEP it is

    @property
    def child(self) -> str:
        return f"{self.initials}, {self.year}" if self.year else self.initials


@dataclass(frozen=True)
class View:
    """What the report knows of one sweep. `themes` are the costliest first; their own schools are not used.

    `again` are plans that were handed in unchanged since the sweep before: they are no plans of this term, and count nowhere.
    """

    run: Run
    seen: tuple[Seen, ...]
    areas: dict[str, str]
    themes: tuple[Theme, ...]
    waiting: int  # files that a person must look at
    files: int
    titles: dict[str, str] = field(default_factory=dict)  # of criteria
    rules: Rubric | None = None  # that it was graded by; None where it has gone since
    again: tuple[Seen, ...] = ()

    def schools(self) -> dict[str, list[Seen]]:
        """Each school's PEPs by its name, in the order of the names."""
        found: dict[str, list[Seen]] = defaultdict(list)
        for one in self.seen:
            found[one.school].append(one)
        return dict(sorted(found.items(), key=lambda item: (item[0] == "", item[0].casefold())))

    def weak_in(self, criterion: str) -> list[Seen]:
        return [one for one in self.seen if one.states.get(criterion) in WEAK]


def view(
    sweep: Sweep,
    settings: Settings,
    leads: Mapping[str, str] | None = None,
    rules: Rubric | None = None,
    before: "View | None" = None,
) -> View:
    """Gather a sweep. `leads`: sha256 -> the virtual school lead as the roll has it, which counts before the PEP's own.

    What `before` has already is not gathered again.
    """
    seen: list[Seen] = []
    areas: dict[str, str] = {}
    titles: dict[str, str] = {}
    themes = Themes()
    waiting = files = 0
    known = {one.sha256 for one in before.seen} if before else set()
    for entry in listing.entries(sweep):
        files += 1
        waiting += entry.problem is not None
        if entry.pep is None or entry.judgement is None:
            continue
        areas |= {area.id: one_line(area.title) for area in entry.judgement.areas}
        titles |= {finding.id: one_line(finding.title) for finding in entry.judgement.criteria}
        if entry.pep.sha256 not in known:
            themes.add(entry)
        seen.append(_seen(entry, settings, leads or {}))
    named = tuple(_one_name_a_school(seen))
    again = tuple(one for one in named if one.sha256 in known)
    fresh = tuple(one for one in named if one.sha256 not in known)
    return View(sweep.run, fresh, areas, themes.found(), waiting, files, titles, rules, again)


def stubs(views: Iterable[View]) -> tuple[Extraction, ...]:
    """Records that hold what a paper may name, schools and leads, and no child: what the gate holds it against."""
    pairs = sorted({(one.school, one.lead) for known in views for one in known.seen})
    return tuple(
        _bare(
            f"paper-{number}",
            PepRecord(
                school=School(name=school),
                contacts=(Contact(role=Role.VIRTUAL_SCHOOL_LEAD, name=lead),) if lead else (),
            ),
        )
        for number, (school, lead) in enumerate(pairs)
    )


def latest(seen: Iterable[Seen]) -> Iterator[Seen]:
    """Of each child the last plan only; of those whose child is not sure, none."""
    known = {one.sha256: one for one in seen if one.stub}
    beside = Beside(one.stub for one in known.values() if one.stub)
    for one in known.values():
        assert one.stub is not None
        others = (other for other in beside.near(one.stub) if same_child(one.stub, other))
        if not any(_order(other) > _order(one.stub) for other in others):
            yield one


def _order(pep: Extraction) -> tuple[str, str]:
    return pep.record.meeting.date or "", pep.sha256


def _seen(entry: Entry, settings: Settings, leads: Mapping[str, str]) -> Seen:
    pep, judgement = entry.pep, entry.judgement
    assert pep is not None
    assert judgement is not None
    record = pep.record
    case = Case(pep, _NO_DAY, settings, entry.outcome.judgement, entry.moderation)
    school = _name(record.school.name, record)
    sure = not (entry.outcome.error and entry.outcome.error.code in UNSURE)
    stub = _bare(pep.sha256, PepRecord(child=record.child, meeting=record.meeting.model_copy(update=_NO_PEOPLE)))
    asked = judgement.weightiest()[:MOST] if entry.moderation else ()
    return Seen(
        id=pep.id,
        sha256=pep.sha256,
        initials=shorten(one_line(record.child.initials), 8),
        year=one_line(year_group(record.child.year_group)),
        year_group=one_line(record.child.year_group or ""),
        key=f"{plain(school)}|{_number(record.school.dfe_number)}",
        school=school,
        lead=_name(leads.get(pep.sha256) or case.lead.name, record),
        grade=judgement.grade,
        areas={area.id: None if area.unseen else area.grade for area in judgement.areas},
        states={finding.id: finding.state for finding in judgement.criteria},
        is_moderated=entry.moderation is not None,
        asked=tuple((finding.id, one_line(finding.title)) for finding in asked),
        suspensions=record.attendance.suspensions,
        exclusions=record.attendance.exclusions,
        is_reduced=bool(record.school.reduced_timetable),
        stub=stub if sure else None,
    )


_NO_DAY = date.min  # the lead does not hang on it
_NO_PEOPLE = {"attendees": (), "venue": None}


def _bare(name: str, record: PepRecord) -> Extraction:
    return Extraction(source="", id=name[:12], format=Format.DOCX, sha256=name, record=record)


def _number(dfe: str | None) -> str:
    digits = re.sub(r"\D", "", dfe or "")
    return digits if len(digits) == 7 else ""


def _name(text: str | None, record: PepRecord) -> str:
    """The name of a school or a lead for a table: one line, not too long, and no way to reach anybody.

    What holds the child's own full name was read from another box, and is not shown.
    """
    words = one_line((text or "")[:MOST_LOOKED_AT])
    for pattern in (identifiers.EMAIL, identifiers.PHONE, identifiers.POSTCODE, identifiers.UPN):
        words = pattern.sub("", words)
    words = " ".join(words.split()).strip(" ,;-")
    child = {*identifiers.keys(record.child.forename or ""), *identifiers.keys(record.child.surname or "")}
    if record.child.forename and record.child.surname and child <= set(identifiers.keys(words)):
        return ""
    return shorten(words, LONGEST)


def _one_name_a_school(seen: list[Seen]) -> Iterator[Seen]:
    """The same school under one name: its most common spelling. Two of one name are told apart by their DfE numbers."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    numbers: dict[str, set[str]] = defaultdict(set)
    for one in seen:
        name, _, number = one.key.rpartition("|")
        spellings[name][one.school] += 1
        numbers[name] |= {number} - {""}
    for one in seen:
        name, _, number = one.key.rpartition("|")
        shown = min(spellings[name].items(), key=lambda item: (-item[1], item[0]))[0] if name else one.school
        if len(numbers[name]) > 1 and number:
            shown = f"{shown} ({number})"
        yield replace(one, school=shown)
