"""The requests to the Pupil Premium Plus panel: what each PEP would spend, with its golden thread, and what it has spent."""

from collections.abc import Iterator
from dataclasses import dataclass

from vsdocs.generate.case import Case
from vsdocs.generate.meetings.blocks import money
from vsdocs.generate.meetings.fields import Line, Request
from vsdocs.generate.meetings.kinds import Kind
from vsdocs.generate.meetings.lists import child_of
from vsdocs.generate.meetings.meeting import Meeting
from vsdocs.generate.quotation import quotable, words_of_the_child
from vsdocs.language.pp_plus import Line as Spending
from vsdocs.language.pp_plus import read_pp_plus
from vsdocs.language.spent import When, when
from vsdocs.language.thread import Link, golden_thread, target_of
from vsdocs.record import PepRecord, value_at

QUOTED = 200  # characters
LINKS = ("need", "voice", "target", "provision", "money", "effect")


@dataclass(frozen=True)
class _Asked:
    """Money for something ahead. `unsure`: the PEP does not say whether it is spent, or which target it serves."""

    purpose: str | None
    amount: float | None
    target: int | None
    effect: str | None
    unsure: tuple[str, ...] = ()


def requests(meeting: Meeting) -> tuple[Request, ...]:
    """One request for each PEP that asks for money, in the order of the ids."""
    cases = [case for case in sorted(meeting.cases, key=lambda c: c.pep.id) if any(_asked(case.pep.record))]
    return tuple(_request(meeting, case, number) for number, case in enumerate(cases, 1))


def without_request(meeting: Meeting) -> int:
    return sum(not any(_asked(case.pep.record)) for case in meeting.cases)


def _asked(record: PepRecord) -> Iterator[_Asked]:
    """The lines of spending that are not spent yet, as far as the PEP tells, and what the targets cost beside them."""
    listed = set()
    for line in read_pp_plus(record).lines:
        if (told := _when(line, record)) is When.SPENT:
            continue
        index, effect = target_of(line, record), record.pp_plus[line.index].impact
        unsure = [*(("ahead",) if told is When.UNSURE else ()), *(("target",) if index != line.target else ())]
        listed.add((index, line.amount))
        yield _Asked(line.purpose, line.amount, index, effect, tuple(unsure))
    for n, target in enumerate(record.targets):
        if target.cost and (n, target.cost) not in listed:
            yield _Asked(target.provision or target.text, target.cost, n, target.success_criteria)


def _when(line: Spending, record: PepRecord) -> When:
    return when(line.purpose, record.pp_plus[line.index].impact)


def _request(meeting: Meeting, case: Case, number: int) -> Request:
    kind, say = meeting.kind, meeting.words_of(case)
    phrases, asked = kind.blocks["requests"].lines, tuple(_asked(case.pep.record))
    total = sum(one.amount or 0 for one in asked)
    child = f"{child_of(case)}, {say['year_group']}"
    return Request(
        title=phrases["request"].format(number=number, child=child),
        child=child_of(case),
        school=say["school"],
        total=phrases["total"].format(amount=money(total)) if total else kind.names["unknown"],
        lines=tuple(_line(case, kind, one, n) for n, one in enumerate(asked, 1)),
        spent=tuple(_spent(case.pep.record, kind)),
    )


def _spent(record: PepRecord, kind: Kind) -> Iterator[str]:
    """What was spent before, with what it changed."""
    phrases = kind.blocks["requests"].lines
    for line in read_pp_plus(record).lines:
        if _when(line, record) is When.SPENT:
            quote, effect = (kind.fit(quotable(text, record, QUOTED)) for text in (line.purpose, _effect(line, record)))
            amount = money(line.amount) if line.amount else kind.names["no_amount"]
            name = "spent" if effect else "spent_no_effect"
            yield phrases[name].format(quote=quote, amount=amount, effect=effect)


def _effect(line: Spending, record: PepRecord) -> str | None:
    return record.pp_plus[line.index].impact


def _line(case: Case, kind: Kind, asked: _Asked, number: int) -> Line:
    """What is asked for and the thread of the target that it serves, in the PEP's words; and what to ask about it."""
    record, phrases = case.pep.record, kind.blocks["requests"].lines
    thread = next((one for one in golden_thread(record) if one.target == f"targets[{asked.target}]"), None)
    links = {name: _words(case, kind, getattr(thread, name, None)) for name in ("need", "voice", "provision")}
    whose = words_of_the_child(thread.voice.field, record) if thread and thread.voice else None
    if links["voice"] and not (whose and whose.faithful):
        links["voice"] = phrases["told"].format(quote=links["voice"].strip("“”"))
    links["target"] = links["money"] = ""
    if thread and asked.target is not None:
        text = kind.fit(quotable(record.targets[asked.target].text, record, QUOTED))
        links["target"] = phrases["target"].format(number=asked.target + 1, quote=text)
    if asked.amount:
        links["money"] = phrases["amount"].format(amount=money(asked.amount))
    effect = kind.fit(quotable(asked.effect, record, QUOTED))
    links["effect"] = f"“{effect}”" if effect else ""
    unsure = {*asked.unsure, *(thread.unsure if thread else ())}
    missing = [
        kind.names["unsure"].format(link=kind.names[name]) if name in unsure else kind.names[name]
        for name in LINKS
        if not links[name]
    ]
    if "ahead" in unsure:
        missing.append(kind.names["ahead"])
    title = phrases["line"].format(number=number, quote=kind.fit(quotable(asked.purpose, record, QUOTED)))
    return Line(title=title, missing="; ".join(missing), **links)


def _words(case: Case, kind: Kind, link: Link | None) -> str:
    """The whole words of the field that a link names, else the words that carry it."""
    if link is None:
        return ""
    found = value_at(case.pep.record, link.field)
    words = kind.fit(quotable(found if isinstance(found, str) else link.words, case.pep.record, QUOTED))
    return f"“{words}”" if words else ""
