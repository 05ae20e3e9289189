"""What is told of several children at once, by reference and initials: the list by concern, and what was agreed."""

from collections.abc import Iterable

from vsdocs.generate.case import Case, day_in_words, year_group
from vsdocs.generate.meetings.blocks import person
from vsdocs.generate.meetings.fields import Child, Row
from vsdocs.generate.meetings.kinds import Kind
from vsdocs.generate.meetings.meeting import Meeting, name_of
from vsdocs.generate.plain import one_line
from vsdocs.generate.quotation import private, shorten
from vsdocs.judgement import Grade
from vsdocs.meeting_notes import Agreed
from vsdocs.record import Role

SEVERITIES = ("urgent", "check")
MOST_CONCERNS = 4


def child_of(case: Case) -> str:
    """'3f2a9c11aa22, TQ': how a list names a child."""
    return f"{case.pep.id}, {one_line(case.pep.record.child.initials)}"


def by_concern(cases: Iterable[Case]) -> list[Case]:
    """Red first, and what could not be graded after it; then urgent flags, other flags, and the lowest attendance."""
    return sorted(cases, key=_concern)


def _concern(case: Case) -> tuple[float, ...] | tuple[float | str, ...]:
    judged = case.standing
    rank = judged.grade.rank if judged and judged.grade else Grade.RED.rank + 0.5
    flags = judged.flags if judged else ()
    counts = [-sum(flag.severity == severity for flag in flags) for severity in SEVERITIES]
    percent = case.pep.record.attendance.percent
    return (rank, *counts, 101.0 if percent is None else percent, case.pep.id)


def cohort(meeting: Meeting) -> tuple[Child, ...]:
    kind = meeting.kind
    return tuple(_child(case, kind) for case in by_concern(meeting.cases))


def _child(case: Case, kind: Kind) -> Child:
    record, judged = case.pep.record, case.standing
    flags = [flag for flag in (judged.flags if judged else ()) if flag.severity in SEVERITIES]
    told = [kind.concerns.get(flag.code) or one_line(flag.message) for flag in flags][:MOST_CONCERNS]
    percent = record.attendance.percent
    return Child(
        child=child_of(case),
        year=one_line(year_group(record.child.year_group)) or kind.names["unknown"],
        grade=kind.names[judged.grade.value] if judged and judged.grade else kind.names["no_grade"],
        attendance=kind.names["unknown"] if percent is None else f"{percent:g}%",
        concerns=private("; ".join(dict.fromkeys(told)), record) or kind.names["no_concern"],
        lead=person(name_of(Role.VIRTUAL_SCHOOL_LEAD, case), record) or kind.names["unknown"],
    )


def previous_rows(meeting: Meeting, *, only_open: bool = False) -> tuple[Row, ...]:
    """What earlier meetings agreed, child by child, and what the PEP itself asks of named people."""
    rows = [
        _row(meeting, agreed, case)
        for case in (by_concern(meeting.cases) if meeting.for_list else meeting.cases)
        for agreed in (*meeting.previous.get(case.pep.sha256, ()), *_of_the_pep(meeting, case))
        if agreed.progress.is_open or not only_open
    ]
    return (
        *rows,
        *(_row(meeting, agreed, None) for agreed in meeting.shared if agreed.progress.is_open or not only_open),
    )


def _of_the_pep(meeting: Meeting, case: Case) -> list[Agreed]:
    """The PEP's own actions, in a meeting about the child, unless notes have them already."""
    if meeting.for_list:
        return []
    noted = {_plain(agreed.action) for agreed in meeting.previous.get(case.pep.sha256, ())}
    return [
        Agreed(action=a.action, owner=a.owner or "", due=a.due)
        for a in case.pep.record.actions
        if a.action and _plain(_action(a.action, case)) not in noted and _plain(a.action) not in noted
    ]


def _row(meeting: Meeting, agreed: Agreed, case: Case | None) -> Row:
    kind = meeting.kind
    record = case.pep.record if case else None
    return Row(
        child=child_of(case) if case and meeting.for_list else "",
        action=_action(agreed.action, case),
        owner=(person(agreed.owner, record) if record else one_line(agreed.owner)) or kind.blanks["owner"],
        due=day_in_words(agreed.due) or kind.blanks["due"],
        progress=kind.progress[agreed.progress][0],
    )


def _action(words: str, case: Case | None) -> str:
    text = one_line(words)
    return shorten(private(text, case.pep.record) if case else text, 400)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
