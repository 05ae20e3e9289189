"""What is known of each PEP, and of each child, that bears on what is due: from plans that were read, tables and the roll."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import cached_property

from vsdocs.cohort import rows
from vsdocs.cohort.child import Child
from vsdocs.cohort.folder import Tables
from vsdocs.cohort.match import plain
from vsdocs.dates import add_months, age_on, parse_iso
from vsdocs.record import ChildDetails, PepRecord, Role

FIRST_YEAR, YEARS_AHEAD = 2000, 3  # a plan's dates lie between; others are of the wrong century


@dataclass(frozen=True)
class Plan:
    """One PEP. `key` keeps the plans of one child together: the reference of a child on the roll, else what the plan says of them.

    `id` is that of the file, '' where no document is known; `arrived` the day on which it was first read.
    """

    key: str
    id: str = ""
    met: date | None = None
    kind: str | None = None  # initial | review | interim
    mode: str | None = None  # in_person | virtual | hybrid
    complete: date | None = None
    arrived: date | None = None
    next: date | None = None
    sdq_day: date | None = None
    sdq_total: int | None = None
    sdq_by: str | None = None
    reduced: bool | None = None
    reduced_since: date | None = None
    reduced_until: date | None = None
    reduced_reviewed: date | None = None
    reduced_review_next: date | None = None
    alternative: bool | None = None
    transition: str | None = None
    suspensions: int | None = None
    exclusions: int | None = None
    name: str | None = None
    initials: str | None = None
    school: str | None = None
    lead: str | None = None
    born: date | None = None
    doubts: tuple[str, ...] = ()  # dates that cannot be right

    @classmethod
    def of_record(
        cls, pep_id: str, record: PepRecord, reference: str | None, arrived: date | None, today: date
    ) -> "Plan":
        """What a plan that was read says. `reference` is that of its child on the roll, None where it is nobody's there."""
        doubts: list[str] = []

        def day(iso: str | None, what: str, until: date | None = None) -> date | None:
            found = _day(iso, today)
            latest = until or today.replace(year=today.year + YEARS_AHEAD, day=1)
            if found and (found.year < FIRST_YEAR or found > latest):
                doubts.append(f"{what} in PEP {pep_id} cannot be right, so nothing is counted from it")
                return None
            return found

        child, meeting, sdq, timetable = record.child, record.meeting, record.sdq, record.timetable
        born = parse_iso(child.date_of_birth)
        lead = record.contact(Role.VIRTUAL_SCHOOL_LEAD)
        return cls(
            key=reference or _key(child) or pep_id,
            id=pep_id,
            met=day(meeting.date, "the date of the meeting"),
            kind=meeting.type,
            mode=meeting.mode,
            complete=day(record.submitted, "the day on which it was completed", until=today),
            arrived=arrived,
            next=day(meeting.next_date, "the date of the next meeting"),
            sdq_day=day(sdq.date, "the date of the SDQ", until=today),
            sdq_total=sdq.total,
            sdq_by=sdq.completed_by,
            reduced=record.school.reduced_timetable,
            reduced_since=day(timetable.start, "the beginning of the reduced timetable"),
            reduced_until=day(timetable.end, "the end of the reduced timetable"),
            reduced_reviewed=day(timetable.last_review, "the last review of the timetable", until=today),
            reduced_review_next=day(timetable.next_review, "the next review of the timetable"),
            alternative=record.school.alternative_provision,
            transition=record.transition,
            suspensions=record.attendance.suspensions,
            exclusions=record.attendance.exclusions,
            name=" ".join(filter(None, (child.forename, child.surname))) or None,
            initials=child.initials,
            school=record.school.name,
            lead=lead.name if lead else None,
            born=born if born and born < today else None,
            doubts=tuple(doubts),
        )

    @classmethod
    def of_row(cls, row: rows.Pep) -> "Plan":
        """A row of the table `peps`."""
        mode = {True: "in_person", False: "virtual", None: None}[row.in_person]
        return cls(row.reference, met=parse_iso(row.met), kind=row.kind, mode=mode, complete=parse_iso(row.signed_off))


@dataclass(frozen=True)
class Known:
    """All that is known of one child. `plans` are those whose meeting has been, one for each meeting, in their order."""

    reference: str  # on the roll; else the id of the child's latest plan
    child: Child | None
    plans: tuple[Plan, ...]
    today: date
    moves: tuple[date, ...] = ()  # to another school or provision
    suspensions: tuple[date, ...] = ()  # of the last year
    excluded: tuple[date, ...] = ()  # permanently, of the last year
    coming: date | None = None  # a meeting that a plan is already written for

    @cached_property
    def last(self) -> Plan | None:
        """The latest plan of which there is a document."""
        return next((plan for plan in reversed(self.plans) if plan.id), None)

    @property
    def came(self) -> date | None:
        """The day of coming into care, this time."""
        return parse_iso(self.child.into_care or self.child.first_into_care) if self.child else None

    @property
    def left(self) -> date | None:
        return parse_iso(self.child.left_care) if self.child else None

    @property
    def born(self) -> date | None:
        known = parse_iso(self.child.date_of_birth) if self.child else None
        return known or next((plan.born for plan in reversed(self.plans) if plan.born), None)

    def age(self, day: date) -> int | None:
        return age_on(self.born, day) if self.born and self.born <= day else None

    @property
    def arranged(self) -> date | None:
        """The day of the next meeting, where one is arranged that no plan has come of."""
        last = self.last
        days = {last.next if last else None, self.coming} - {None}
        return max((day for day in days if day and not self.met_since(day)), default=None)

    def met_since(self, day: date) -> date | None:
        """The first meeting on or after a day."""
        return next((plan.met for plan in self.plans if plan.met and plan.met >= day), None)

    @property
    def lead(self) -> str | None:
        return (self.child.lead if self.child else None) or (self.last.lead if self.last else None)

    @property
    def school(self) -> str | None:
        return (self.child.school if self.child else None) or (self.last.school if self.last else None)

    @property
    def name(self) -> str | None:
        if not self.child:
            return self.last.name if self.last else None
        return " ".join(filter(None, (self.child.used_name or self.child.forename, self.child.surname))) or None

    @property
    def initials(self) -> str:
        if not self.child:
            return (self.last.initials if self.last else None) or "?"
        return ChildDetails(forename=self.child.used_name or self.child.forename, surname=self.child.surname).initials


def known_of(children: Iterable[Child], plans: Iterable[Plan], tables: Tables, today: date) -> Iterator[Known]:
    """Each child with their plans, by reference; then children who are only known from plans, by the id of the latest."""
    on_roll = {child.reference: child for child in children}
    by_key: dict[str, list[Plan]] = {}
    told = [Plan.of_row(row) for row in tables.of(rows.Pep)]
    told += [Plan(c.reference, met=parse_iso(c.last_pep)) for c in on_roll.values() if c.last_pep]
    for plan in (*told, *sorted(plans, key=lambda plan: (plan.arrived or date.min, plan.id))):
        by_key.setdefault(plan.key, []).append(plan)
    moves, suspended, excluded = (
        _moves(tables),
        _suspensions(tables, "suspension"),
        _suspensions(tables, "permanent_exclusion"),
    )
    for reference, child in sorted(on_roll.items()):
        met, coming = _met(by_key.pop(reference, ()), today)
        since = parse_iso(child.school_since)
        moved = {*moves.get(reference, ()), *([since] if since else ())}
        yield Known(
            reference, child, met, today, tuple(sorted(moved)), suspended.get(reference, ()), excluded.get(reference, ()), coming
        )  # fmt: skip
    alone = []
    for own in by_key.values():
        met, coming = _met(own, today)
        latest = next((plan.id for plan in reversed(met) if plan.id), next((plan.id for plan in own if plan.id), ""))
        alone.append(Known(latest or own[0].key, None, met, today, coming=coming))
    yield from sorted(alone, key=lambda known: known.reference)


def _met(plans: Iterable[Plan], today: date) -> tuple[tuple[Plan, ...], date | None]:
    """One plan for each meeting that has been, what a later reading says over an earlier one; and the next that is to be."""
    by_day: dict[date, Plan] = {}
    for plan in plans:
        if plan.met is not None:
            by_day[plan.met] = _over(by_day[plan.met], plan) if plan.met in by_day else plan
    been = tuple(plan for day, plan in sorted(by_day.items()) if day <= today)
    return been, min((day for day in by_day if day > today), default=None)


def _over(earlier: Plan, later: Plan) -> Plan:
    """What both say of one meeting: the later word where it says anything."""
    said = {f.name: value for f in fields(Plan) if (value := getattr(later, f.name)) not in (None, "", ())}
    first = min((day for day in (earlier.arrived, later.arrived) if day), default=None)
    return replace(earlier, **{**said, "arrived": first})


def _moves(tables: Tables) -> Mapping[str, list[date]]:
    """The days on which children began at another school or provision: not at their first one that is known."""
    found: dict[str, list[rows.Schooling]] = {}
    for row in sorted(tables.of(rows.Schooling), key=lambda row: row.began):
        found.setdefault(row.reference, []).append(row)
    return {
        reference: [day for row in times[1:] if (day := parse_iso(row.began))] for reference, times in found.items()
    }


def _suspensions(tables: Tables, kind: str) -> Mapping[str, tuple[date, ...]]:
    found: dict[str, tuple[date, ...]] = {}
    for row in sorted(tables.of(rows.Suspension), key=lambda row: row.day):
        day = parse_iso(row.day)
        if row.kind == kind and day:
            found[row.reference] = (*found.get(row.reference, ()), day)
    return found


def _day(iso: str | None, today: date) -> date | None:
    """A day; of a month alone its last day, so that nothing is late too early, but not later than today if it is this month."""
    found = parse_iso(iso)
    if found is None or len(iso or "") > 7 or found.year >= 9999:
        return found
    last = add_months(found, 1) - timedelta(days=1)
    return min(last, today) if found <= today else last


def _key(child: ChildDetails) -> str | None:
    if child.upn:
        return child.upn.upper()
    name = plain(f"{child.forename or ''} {child.surname or ''}")
    return f"{name} {child.date_of_birth}" if name and child.date_of_birth else None
