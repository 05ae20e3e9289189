"""What is told of several children at once, by reference and initials: the list by concern, and requests to the panel."""

from collections.abc import Iterable

from vsdocs.generate.case import Case, day_in_words, year_group
from vsdocs.generate.meetings.blocks import money, person
from vsdocs.generate.meetings.fields import Child, Line, Request, Row
from vsdocs.generate.meetings.kinds import Kind
from vsdocs.generate.meetings.meeting import Meeting, name_of
from vsdocs.generate.plain import one_line
from vsdocs.generate.quotation import private, quotable, shorten, words_of_the_child
from vsdocs.judgement import Grade
from vsdocs.language.pp_plus import Line as Spent
from vsdocs.language.pp_plus import read_pp_plus
from vsdocs.language.speaker import Whose
from vsdocs.language.thread import Link, golden_thread, target_of
from vsdocs.meeting_notes import Agreed
from vsdocs.record import Role, value_at

SEVERITIES = ("urgent", "check")
MOST_CONCERNS = 4
QUOTED = 200  # characters
LINKS = ("need", "voice", "target", "provision", "money", "effect")


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


# ---------------------------------------------------------------------------------------------- requests to the panel


def requests(meeting: Meeting) -> tuple[Request, ...]:
    """One request for each PEP that spends, in the order of the ids."""
    cases = [case for case in sorted(meeting.cases, key=lambda c: c.pep.id) if read_pp_plus(case.pep.record).lines]
    return tuple(_request(meeting, case, number) for number, case in enumerate(cases, 1))


def without_request(meeting: Meeting) -> int:
    return sum(not read_pp_plus(case.pep.record).lines for case in meeting.cases)


def _request(meeting: Meeting, case: Case, number: int) -> Request:
    kind, say = meeting.kind, meeting.words_of(case)
    phrases, record = kind.blocks["requests"].lines, case.pep.record
    read = read_pp_plus(record).lines
    total = sum(line.amount or 0 for line in read)
    child = f"{child_of(case)}, {say['year_group']}"
    return Request(
        title=phrases["request"].format(number=number, child=child),
        child=child_of(case),
        school=say["school"],
        total=phrases["total"].format(amount=money(total)) if total else kind.names["unknown"],
        lines=tuple(_line(case, kind, line, n) for n, line in enumerate(read, 1)),
    )


def _line(case: Case, kind: Kind, line: Spent, number: int) -> Line:
    """One line of spending and the thread of the target that it serves, in the PEP's words; and what to ask for."""
    record, phrases = case.pep.record, kind.blocks["requests"].lines
    threads = {thread.target: thread for thread in golden_thread(record)}
    index = target_of(line, record)
    thread = threads.get(f"targets[{index}]")
    links = {name: _words(case, kind, getattr(thread, name, None)) for name in ("need", "voice", "provision")}
    if thread and thread.voice and words_of_the_child(thread.voice.field, record) not in (Whose.OWN, Whose.RECORDED):
        links["voice"] = phrases["told"].format(quote=links["voice"].strip("“”"))
    links["target"] = links["money"] = ""
    if thread and index is not None:
        text = kind.fit(quotable(record.targets[index].text, record, QUOTED))
        links["target"] = phrases["target"].format(number=index + 1, quote=text)
    if line.amount:
        links["money"] = phrases["amount"].format(amount=money(line.amount))
    effect = kind.fit(quotable(record.pp_plus[line.index].impact, record, QUOTED))
    links["effect"] = f"“{effect}”" if effect else ""
    unsure = {*(thread.unsure if thread else ()), *(("target",) if index != line.target else ())}
    missing = [
        kind.names["unsure"].format(link=kind.names[name]) if name in unsure else kind.names[name]
        for name in LINKS
        if not links[name]
    ]
    title = phrases["line"].format(number=number, quote=kind.fit(quotable(line.purpose, record, QUOTED)))
    return Line(title=title, missing="; ".join(missing), **links)


def _words(case: Case, kind: Kind, link: Link | None) -> str:
    """The whole words of the field that a link names, else the words that carry it."""
    if link is None:
        return ""
    found = value_at(case.pep.record, link.field)
    words = kind.fit(quotable(found if isinstance(found, str) else link.words, case.pep.record, QUOTED))
    return f"“{words}”" if words else ""
