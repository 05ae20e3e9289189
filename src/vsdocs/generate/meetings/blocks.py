"""Parts of a PEP as an agenda shows them: each block is one small function, and its sentences are the kind's.

A block gives lines, and a line is sentences: the name of each in the kind's file, with what fills it. Words of the PEP
go through `quotation`, so that they name nobody but the child.
"""

import re
from collections.abc import Callable, Iterator

from vsdocs.generate.case import Case, day_in_words
from vsdocs.generate.plain import one_line
from vsdocs.generate.quotation import private, quotable, words_of_the_child
from vsdocs.judgement import Finding, Grade, Met
from vsdocs.language.pp_plus import read_pp_plus
from vsdocs.language.speaker import Whose
from vsdocs.record import PepRecord

Line = list[tuple[str, dict[str, str]]]
Block = Callable[[Case], Iterator[Line]]

MOST_ANSWERS = 6
MOST_CHANGES = 3
SHORT, LONG = 160, 320  # characters of a quotation

#: block -> its sentences -> what may stand in each. `previous_actions`, `cohort` and `requests` are tables.
LINES: dict[str, dict[str, tuple[str, ...]]] = {
    "previous_actions": {},
    "cohort": {},
    "requests": {
        "request": ("number", "child"),
        "line": ("number", "quote"),
        "total": ("amount",),
        "amount": ("amount",),
        "target": ("number", "quote"),
        "told": ("quote",),
        "spent": ("quote", "amount", "effect"),
        "spent_no_effect": ("quote", "amount"),
    },
    "voice": {
        "asked": ("question", "quote"),
        "said": ("quote",),
        "hope": ("quote",),
        "shown": (),
        "told": (),
    },
    "carer_views": {"text": ("quote",)},
    "strengths": {"text": ("quote",)},
    "needs": {"text": ("quote",)},
    "targets": {"target": ("number", "quote"), "provision": ("quote",), "due": ("date",)},
    "previous_targets": {"target": ("quote",), "outcome": ("outcome",), "comment": ("quote",)},
    "attainment": {"subject": ("subject", "current"), "target": ("target",), "on_track": (), "behind": ()},
    "attendance": {
        "attendance": ("percent",),
        "unauthorised": ("percent",),
        "suspensions": ("number",),
        "no_suspension": (),
        "exclusions": ("number",),
    },
    "send": {"status": ("status",), "need": ("quote",), "review": ("date",)},
    "sdq": {
        "total": ("total",),
        "date": ("date",),
        "scales": ("emotional", "conduct", "hyperactivity", "peer", "prosocial"),
        "due": ("message",),
    },
    "pp_plus": {"line": ("quote",), "amount": ("amount",), "effect": ("quote",), "no_effect": ()},
    "transition": {"text": ("quote",)},
    "enrichment": {"text": ("quote",)},
    "timetable": {
        "hours": ("hours",),
        "reduced": (),
        "dates": ("start", "end"),
        "reason": ("quote",),
        "reviewed": ("date",),
        "next_review": ("date",),
        "alternative": (),
    },
    "flags": {"urgent": ("message",), "check": ("message",)},
    "changes": {"change": ("title", "advice")},
}


def voice(case: Case) -> Iterator[Line]:
    record = case.pep.record
    answers = [(entry, whose) for n, entry in enumerate(record.voice) if (whose := _whose(f"voice[{n}].answer", case))]
    for entry, whose in answers[:MOST_ANSWERS]:
        said, asked = quotable(entry.answer, record, SHORT), quotable(entry.question, record, 90)
        asked = asked if asked.endswith(("?", "!", "…")) else f"{asked.rstrip(':. ')}:" if asked else ""
        line: Line = [("asked", {"question": asked, "quote": said})] if asked else [("said", {"quote": said})]
        yield line + _in_whose_words(whose)
    if whose := _whose("aspirations", case):
        yield [("hope", {"quote": quotable(record.aspirations, record, SHORT)}), *_in_whose_words(whose)]


def _whose(path: str, case: Case) -> Whose | None:
    return words_of_the_child(path, case.pep.record)


def _in_whose_words(whose: Whose) -> Line:
    """What is said after an answer that is not the child's own words."""
    return [] if whose is Whose.OWN else [("shown" if whose is Whose.RECORDED else "told", {})]


def _text(field: str) -> Block:
    def shown(case: Case) -> Iterator[Line]:
        if words := quotable(getattr(case.pep.record, field), case.pep.record, LONG):
            yield [("text", {"quote": words})]

    return shown


def targets(case: Case) -> Iterator[Line]:
    record = case.pep.record
    for number, target in enumerate(record.targets, 1):
        if not target.text:
            continue
        line: Line = [("target", {"number": str(number), "quote": quotable(target.text, record)})]
        if target.provision:
            line.append(("provision", {"quote": quotable(target.provision, record, SHORT)}))
        if target.due:
            line.append(("due", {"date": day_in_words(target.due)}))
        yield line


def previous_targets(case: Case) -> Iterator[Line]:
    record = case.pep.record
    for target in record.previous_targets:
        if not target.text:
            continue
        line: Line = [("target", {"quote": quotable(target.text, record)})]
        if target.outcome:
            line.append(("outcome", {"outcome": quotable(target.outcome, record, 60)}))
        if target.comment:
            line.append(("comment", {"quote": quotable(target.comment, record, SHORT)}))
        yield line


def attainment(case: Case) -> Iterator[Line]:
    record = case.pep.record
    for one in record.attainment:
        if not one.subject or not one.current:
            continue
        subject, current = quotable(one.subject, record, 40), quotable(one.current, record, 60)
        line: Line = [("subject", {"subject": subject, "current": current})]
        if one.target:
            line.append(("target", {"target": quotable(one.target, record, 60)}))
        if one.on_track is not None:
            line.append(("on_track" if one.on_track else "behind", {}))
        yield line


def attendance(case: Case) -> Iterator[Line]:
    told = case.pep.record.attendance
    if told.percent is not None:
        line: Line = [("attendance", {"percent": f"{told.percent:g}"})]
        if told.unauthorised_percent:
            line.append(("unauthorised", {"percent": f"{told.unauthorised_percent:g}"}))
        yield line
    if told.suspensions:
        yield [("suspensions", {"number": str(told.suspensions)})]
    elif told.suspensions == 0:
        yield [("no_suspension", {})]
    if told.exclusions:
        yield [("exclusions", {"number": str(told.exclusions)})]


def send(case: Case) -> Iterator[Line]:
    told = case.pep.record.send
    if told.status:
        yield [("status", {"status": quotable(told.status, case.pep.record, 60)})]
    if told.primary_need:
        yield [("need", {"quote": quotable(told.primary_need, case.pep.record, SHORT)})]
    if told.last_review:
        yield [("review", {"date": day_in_words(told.last_review)})]


def sdq(case: Case) -> Iterator[Line]:
    told = case.pep.record.sdq
    if told.total is not None:
        line: Line = [("total", {"total": str(told.total)})]
        if told.date:
            line.append(("date", {"date": day_in_words(told.date)}))
        yield line
    scales = {name: getattr(told, name) for name in LINES["sdq"]["scales"]}
    if None not in scales.values():
        yield [("scales", {name: str(figure) for name, figure in scales.items()})]
    for flag in _flags(case):
        if flag[0] == "sdq_above_threshold":
            yield [("due", {"message": flag[2]})]


def pp_plus(case: Case) -> Iterator[Line]:
    record = case.pep.record
    for one in read_pp_plus(record).lines:
        effect = record.pp_plus[one.index].impact
        line: Line = [("line", {"quote": quotable(one.purpose, record, SHORT)})]
        if one.amount:
            line.append(("amount", {"amount": money(one.amount)}))
        line.append(("effect", {"quote": quotable(effect, record, SHORT)}) if effect else ("no_effect", {}))
        yield line


def timetable(case: Case) -> Iterator[Line]:
    record = case.pep.record
    plan, school = record.timetable, record.school
    if school.hours_per_week is not None:
        yield [("hours", {"hours": f"{school.hours_per_week:g}"})]
    if school.reduced_timetable:
        line: Line = [("reduced", {})]
        if plan.start or plan.end:
            start, end = (day_in_words(day) or "[date]" for day in (plan.start, plan.end))
            line.append(("dates", {"start": start, "end": end}))
        if plan.reason:
            line.append(("reason", {"quote": quotable(plan.reason, record, SHORT)}))
        for name, day in (("reviewed", plan.last_review), ("next_review", plan.next_review)):
            if day:
                line.append((name, {"date": day_in_words(day)}))
        yield line
    if school.alternative_provision:
        yield [("alternative", {})]


def flags(case: Case) -> Iterator[Line]:
    for _, severity, message in _flags(case):
        if severity in ("urgent", "check"):
            yield [(severity, {"message": message})]


def changes(case: Case) -> Iterator[Line]:
    """What the quality check of this PEP asked for: what costs most first."""
    for finding in weakest(case)[:MOST_CHANGES]:
        title, advice = (
            private(one_line(words), case.pep.record) for words in (finding.title, " ".join(finding.advice))
        )
        yield [("change", {"title": title, "advice": advice})]


def weakest(case: Case) -> list[Finding]:
    """What is not or partly met and costs something: the lowest cap first."""
    found = case.standing.criteria if case.standing else ()
    asked = [
        f for f in found if f.state in (Met.NOT_MET, Met.PARTLY) and f.advice and f.grade not in (None, Grade.GOLD)
    ]
    return sorted(asked, key=lambda f: (f.grade.rank if f.grade else 0, f.state is Met.PARTLY))


#: block -> its function. The tables are made elsewhere.
BLOCKS: dict[str, Block] = {
    "voice": voice,
    "carer_views": _text("carer_views"),
    "strengths": _text("strengths"),
    "needs": _text("needs"),
    "targets": targets,
    "previous_targets": previous_targets,
    "attainment": attainment,
    "attendance": attendance,
    "send": send,
    "sdq": sdq,
    "pp_plus": pp_plus,
    "transition": _text("transition"),
    "enrichment": _text("enrichment"),
    "timetable": timetable,
    "flags": flags,
    "changes": changes,
}


def _flags(case: Case) -> list[tuple[str, str, str]]:
    """code, severity, message."""
    found = case.standing.flags if case.standing else ()
    return [(flag.code, flag.severity, private(one_line(flag.message), case.pep.record)) for flag in found]


def money(amount: float) -> str:
    return f"£{amount:,.0f}" if amount == int(amount) else f"£{amount:,.2f}"


def person(name: str | None, record: PepRecord) -> str:
    """Who is to do something or to come: a name or a title, and never how to reach them."""
    words = one_line(name or "")
    return private(words, record) if re.search(r"[@\d]", words) else words
