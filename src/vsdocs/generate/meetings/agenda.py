"""The agenda of a meeting and its notes form, as finished Word documents.

Both are made from the PEPs that were asked for, their own judgements and the notes of earlier meetings, and from nothing
else. What is not known stands in them as a visible blank.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from pydantic import BaseModel

from vsdocs.errors import RefusedError, UsageError
from vsdocs.generate import word_template
from vsdocs.generate.case import Case, Words
from vsdocs.generate.meetings import kinds, lists
from vsdocs.generate.meetings.blocks import BLOCKS, Line, person
from vsdocs.generate.meetings.fields import REQUIRED, SAMPLE_AGENDA, SAMPLE_NOTES, Agenda, Block, Item, NotesForm
from vsdocs.generate.meetings.meeting import Meeting, clock, name_of, said
from vsdocs.generate.meetings.requests import requests
from vsdocs.generate.plain import one_line
from vsdocs.generate.templates import Checks, Template
from vsdocs.generate.written import Written
from vsdocs.meeting_notes import Progress
from vsdocs.settings import Settings

AGENDA, NOTES = "agenda.docx", "notes.docx"
NOT_A_CHANCE = 40  # characters: shorter lines ('The PEP does not say yet.') may well stand twice
_CLOSED_SET = ("outcome", "status")  # slots whose values have names of their own


def agenda(meeting: Meeting) -> Written:
    """The agenda. Raises RefusedError where a judgement is another PEP's."""
    words = meeting.words()
    kind = meeting.kind
    filled = Agenda.model_validate(
        _head(meeting, words)
        | {"opening": said(kind.opening, words), "aims": said(kind.aims, words), "before": said(kind.before, words)}
        | {"items": _items(meeting, words), "after": said(kind.after, words)}
    )
    return _written(meeting, AGENDA, "agenda", filled, words)


def notes_form(meeting: Meeting) -> Written:
    """The form for its notes, with the open actions of earlier meetings. Raises UsageError where the day is not known."""
    if meeting.held_on is None:
        raise UsageError("The notes are kept by the day of the meeting.", "Add --date, such as --date 2026-12-03.")
    words = meeting.words()
    shown = {name for item in meeting.kind.every_item for name in item.shows}
    progress = [meeting.kind.progress[one][0] for one in Progress]
    filled = NotesForm.model_validate(
        _head(meeting, words)
        | {
            "items": tuple(item.model_copy(update=_BARE) for item in _items(meeting, words)),
            "requests": requests(meeting) if "requests" in shown else (),
            "cohort": lists.cohort(meeting) if "cohort" in shown else (),
            "previous": lists.previous_rows(meeting, only_open=True),
            "progress": ", ".join(progress),
        }
    )
    return _written(meeting, NOTES, "notes", filled, words)


def check_templates(settings: Settings) -> None:
    """Raise PackError with every fault of the two Word templates."""
    for name, sample in ((AGENDA, SAMPLE_AGENDA), (NOTES, SAMPLE_NOTES)):
        word_template.check(kinds.template(name, settings), sample, REQUIRED[name])


def _sentences(settings: Settings) -> Checks:
    return {f"meetings/{name}.yaml": partial(kinds.load, name, settings) for name in kinds.names(settings)}


AGENDA_PAPER = Template("agenda", "the agendas of meetings", SAMPLE_AGENDA, REQUIRED[AGENDA], _sentences)
NOTES_PAPER = Template("notes", "the forms for notes of meetings", SAMPLE_NOTES, REQUIRED[NOTES])


_BARE = {"prompts": (), "blocks": (), "previous": (), "previous_none": "", "cohort": (), "requests": ()}


def _written(meeting: Meeting, template: str, what: str, filled: BaseModel, words: Words) -> Written:
    for case in meeting.cases:
        if case.judgement is not None and case.judgement.source != case.pep.source:
            raise RefusedError("A judgement belongs to another PEP, so nothing was made.", "Grade the PEP again.")
    docx = word_template.fill(
        kinds.template(template, meeting.settings),
        filled,
        title=f"{meeting.kind.title}, {what}, reference {meeting.reference}",
        reference=meeting.reference,
        today=meeting.today,
        settings=meeting.settings,
    )
    return Written(
        name=f"{meeting.name}-{what}",
        docx=docx,
        subject=words.say(meeting.kind.subject),
        about=tuple(case.pep for case in meeting.cases),
        gaps=tuple(words.gaps),
    )


def _head(meeting: Meeting, words: Words) -> dict[str, Any]:
    kind = meeting.kind
    child = "" if meeting.for_list else f": {words['initials']}, {words['year_group']}"
    takes = kind.names["takes"].format(minutes=meeting.lasts)
    return {
        "practice": kind.practice if meeting.practice else "",
        "confidential": words.say(kind.confidential),
        "authority": words["authority"],
        "title": f"{kind.title}{child}",
        "day": words["day"],
        "time": f"{words['time']}, {takes}",
        "place": words["place"],
        "chair": words["chair"],
        "school": "" if kind.about == "list" else words["school"],
        "reference": meeting.reference,
        "invitees": _invitees(meeting, words),
        "for_list": meeting.for_list,
    }


def _invitees(meeting: Meeting, words: Words) -> tuple[str, ...]:
    """By role with their names; nobody's telephone, e-mail or address."""
    case, found, named = meeting.cases[0], [], set()
    for invitee in meeting.kind.invitees:
        if invitee.role is None:
            found.append(invitee.title)
            continue
        if invitee.role == "child":
            name = words["forename"]
        else:
            name = person(name_of(invitee.role, case), case.pep.record) or words["name"]
        named.add(name.casefold())
        found.append(f"{invitee.title}: {name}")
    if meeting.kind.with_attendees and not meeting.for_list:
        found += _attendees(case, named)
    return tuple(found)


def _attendees(case: Case, named: set[str]) -> list[str]:
    """Those who came to the PEP's meeting and are not listed yet, the child apart."""
    record = case.pep.record
    listed = {*named, *(one_line(c.name or "").casefold() for c in record.contacts)}
    own = {_plain(record.child.forename), _plain(f"{record.child.forename} {record.child.surname}")}
    found = []
    for came in record.meeting.attendees:
        name, role = person(came.name, record), person(came.role, record)
        if name and name.casefold() not in listed and _plain(name) not in own:
            listed.add(name.casefold())
            found.append(f"{role[:1].upper()}{role[1:]}: {name}" if role else name)
    return found


def _plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


# ---------------------------------------------------------------------------------------------------------- the items


def _items(meeting: Meeting, words: Words) -> tuple[Item, ...]:
    planned = meeting.kind.every_item
    lengths = _shared_out([item.minutes for item in planned], meeting.lasts)
    found, begins = [], meeting.starts
    for number, (item, minutes) in enumerate(zip(planned, lengths, strict=True), 1):
        takes = meeting.kind.names["takes"].format(minutes=minutes)
        rows = lists.previous_rows(meeting) if "previous_actions" in item.shows else ()
        told = meeting.kind.blocks["previous_actions"]
        found.append(
            Item(
                number=str(number),
                title=words.say(item.title),
                when=f"{clock(begins)}, {takes}" if begins else takes,
                prompts=said(item.prompts, words),
                blocks=tuple(_once(block for name in item.shows for block in _blocks(meeting, name))),
                previous=rows,
                previous_title=told.title if "previous_actions" in item.shows else "",
                previous_none="" if rows or "previous_actions" not in item.shows else told.none,
                cohort=lists.cohort(meeting) if "cohort" in item.shows else (),
                requests=requests(meeting) if "requests" in item.shows else (),
            )
        )
        begins = _later(begins, minutes)
    return tuple(found)


def _once(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of an item; a line that an earlier one has is not said again."""
    said_so_far: set[str] = set()
    for block in blocks:
        lines = tuple(line for line in block.lines if line not in said_so_far)
        said_so_far |= {line for line in lines if len(line) > NOT_A_CHANCE}
        if lines:
            yield block.model_copy(update={"lines": lines})


def _blocks(meeting: Meeting, name: str) -> list[Block]:
    """A part of each child's PEP; in a list, under the child's reference."""
    if name not in BLOCKS:
        return []
    words, found = meeting.kind.blocks[name], []
    for case in lists.by_concern(meeting.cases):
        say = meeting.words_of(case)
        lines = tuple(" ".join(_sentence(meeting, name, line)).strip() for line in BLOCKS[name](case))
        title = f"{lists.child_of(case)}: {say.say(words.title)}" if meeting.for_list else say.say(words.title)
        found.append(Block(title=title, lines=tuple(filter(None, lines)) or (say.say(words.none),)))
    return found


def _sentence(meeting: Meeting, block: str, line: Line) -> list[str]:
    """The sentences of a line that the kind's file has."""
    phrases, names = meeting.kind.blocks[block].lines, meeting.kind.names
    told = []
    for name, slots in line:
        if name in phrases:
            named = {slot: names.get(word, word) if slot in _CLOSED_SET else word for slot, word in slots.items()}
            if "quote" in named:
                named["quote"] = meeting.kind.fit(named["quote"])
            told.append(phrases[name].format_map(named))
    return told


def _shared_out(minutes: list[int], whole: int) -> list[int]:
    """The minutes of the items, made longer or shorter so that they add up to the whole; none below one."""
    planned, shares, done = sum(minutes), [], 0
    for n in range(len(minutes)):
        shares.append(max(1, round(sum(minutes[: n + 1]) * whole / planned) - done))
        done += shares[-1]
    return shares


def _later(at: time | None, minutes: int) -> time | None:
    return (datetime(2000, 1, 1, at.hour, at.minute) + timedelta(minutes=minutes)).time() if at else None
