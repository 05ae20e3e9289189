"""Flags: what a person must look at whatever the grade. No message holds a name or words from the document."""

from collections.abc import Iterable, Iterator
from datetime import date

from vsdocs.dates import add_months, in_words, parse_iso
from vsdocs.evidence import State
from vsdocs.judgement import Finding, Flag, Met
from vsdocs.language.informant import is_carer
from vsdocs.record import Extraction, PepRecord
from vsdocs.rubric.model import Flags


def flags_of(
    pep: Extraction, figures: Flags, today: date, findings: Iterable[Finding] = (), *, spoken_to: bool = False
) -> tuple[Flag, ...]:
    """Every flag of one PEP, urgent ones first. `spoken_to`: some of its words spoke to whoever grades it."""
    answered = {finding.id: finding.state for finding in findings}.get("attendance_acted_upon")
    found = [
        *_identity(pep, figures),
        *_timetable(pep.record, figures),
        *_exclusion(pep.record, figures),
        *_attendance(pep.record, figures, answered),
        *_sdq(pep.record, figures, today),
        *_ofsted(pep.record, figures),
        *_next_meeting(pep),
    ]
    if spoken_to:
        message = "Some words in this PEP speak to whoever grades it. They were not counted; please read the document."
        found.append(Flag(code="speaks_to_reader", severity="check", message=message))
    return tuple(sorted(found, key=lambda flag: ("urgent", "check", "note").index(flag.severity)))


def _identity(pep: Extraction, figures: Flags) -> Iterator[Flag]:
    for code in figures.identity_warnings:
        if any(warning.code == code for warning in pep.warnings):
            message = "It is not certain whose PEP this is. Check the child's details before anything is sent."
            yield Flag(code=code, severity="urgent", message=message)


def full_time_hours(record: PepRecord, figures: Flags) -> float | None:
    """The hours a week that count as full time for the child's year group; None below Year 1 and where it is unknown."""
    year = record.child.year_group or ""
    if not year.isdigit() or int(year) < 1:
        return None
    return figures.full_time_hours if int(year) <= 11 else figures.full_time_hours_post_16


def _timetable(record: PepRecord, figures: Flags) -> Iterator[Flag]:
    hours, full = record.school.hours_per_week, full_time_hours(record, figures)
    if record.school.reduced_timetable:
        message = (
            "A reduced timetable is recorded. No child in care should be on one; where one exists it is planned, "
            "recorded and reviewed in the PEP every half term."
        )
        yield Flag(code="reduced_timetable", severity="urgent", message=message)
    if record.school.alternative_provision:
        message = (
            "Alternative provision is recorded. Check that the PEP shows the need for it, what it is to achieve, how it "
            "ends, and the plan for coming back to school."
        )
        yield Flag(code="alternative_provision", severity="note", message=message)
    if hours is not None and full is not None and hours < full:
        message = f"{hours:g} hours a week are recorded; full time at this age is {full:g}."
        yield Flag(code="hours_below_full_time", severity="check", message=message)


def _exclusion(record: PepRecord, figures: Flags) -> Iterator[Flag]:
    if record.attendance.exclusions:
        message = "A permanent exclusion is recorded. Check that the virtual school knows and that education continues."
        yield Flag(code="permanent_exclusion", severity="urgent", message=message)
    times = record.attendance.suspensions or 0
    if times >= figures.suspensions:
        message = f"{times} suspensions are recorded: a pattern calls for an interim PEP review."
        yield Flag(code="suspensions_pattern", severity="check", message=message)


def _attendance(record: PepRecord, figures: Flags, answered: Met | None) -> Iterator[Flag]:
    percent = record.attendance.percent
    if percent is None:
        return
    unanswered = answered in (Met.NOT_MET, Met.PARTLY)
    then = ", and the plan names no step that answers it" if unanswered else ""
    if answered is Met.MET:
        then = "; the plan names a step"
    if percent < figures.attendance_low:
        message = f"Attendance is {percent:g}%, below {figures.attendance_low:g}% (persistent absence){then}."
        yield Flag(code="attendance_low", severity="check", message=message)
    elif percent < figures.attendance_ambition and unanswered:
        message = f"Attendance is {percent:g}%, below the ambition of {figures.attendance_ambition:g}%{then}."
        yield Flag(code="attendance_below_ambition", severity="note", message=message)


def _sdq(record: PepRecord, figures: Flags, today: date) -> Iterator[Flag]:
    total, informant = record.sdq.total, record.sdq.completed_by
    if (
        total is None
        or figures.sdq_threshold is None
        or total <= figures.sdq_threshold
        or (informant and not is_carer(informant))
    ):
        return
    met = parse_iso(record.meeting.date)
    day = add_months(met, figures.school_sdq_months) if met else None
    months = figures.school_sdq_months
    within = f"is due within {'a month' if months == 1 else f'{months} months'} of the meeting"
    is_due = f"{'is' if day >= today else 'was'} due by {in_words(day)}" if day else within
    doubt = "" if informant else ", if it was the carer's or parent's"
    message = f"The SDQ total is {total}, above {figures.sdq_threshold}{doubt}: the school's own SDQ {is_due}."
    yield Flag(code="sdq_above_threshold", severity="check", message=message)


def _ofsted(record: PepRecord, figures: Flags) -> Iterator[Flag]:
    judged = (record.school.ofsted or "").strip().lower()
    if judged in {grade.lower() for grade in figures.ofsted_below_good}:
        message = "The school is judged below good. The rationale for the place must be recorded."
        yield Flag(code="ofsted_below_good", severity="note", message=message)


def _next_meeting(pep: Extraction) -> Iterator[Flag]:
    if pep.record.meeting.next_date is None and pep.state("meeting.next_date") is State.BLANK:
        message = "No date is set for the next PEP meeting."
        yield Flag(code="next_meeting_missing", severity="check", message=message)
