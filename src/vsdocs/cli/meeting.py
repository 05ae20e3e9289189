"""What the commands for meetings share: which children and when, from the store to the files."""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vsdocs.cli.day import Day
from vsdocs.cli.desk import Desk
from vsdocs.cli.store_key import ChosenStore, store_options
from vsdocs.dates import is_working_day
from vsdocs.errors import RefusedError, UsageError

if TYPE_CHECKING:
    from vsdocs.generate.case import Case
    from vsdocs.generate.meetings.meeting import Meeting
    from vsdocs.generate.written import Written
    from vsdocs.outcome import Outcome
    from vsdocs.settings import Settings

SOON, A_YEAR = timedelta(days=190), timedelta(days=366)
UNSURE = ("identity_unsure", "two_children")


class Clock(click.ParamType[time]):
    """A time of day: 14:30, 14.30, 2:30pm."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> time:
        if isinstance(value, time):
            return value
        text = str(value).strip().lower().replace(".", ":").replace(" ", "")
        found = re.fullmatch(r"(\d{1,2})(?::(\d\d))?(am|pm)?", text)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        if found and found[3] and 1 <= hour <= 12:
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        if hour > 23 or minute > 59 or (found and not found[2] and not found[3]):
            self.fail("Write the time as 14:30 or 2:30pm.", param, ctx)
        return time(hour, minute)


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line."""

    kind: str
    ids: tuple[str, ...]
    sweep: str | None
    day: date | None
    starts: time | None
    place: str | None
    chair: str | None
    minutes: int | None
    out: Path
    pdf: bool
    practice: bool
    today: date
    store: ChosenStore
    ics: bool = False


def meeting_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds KIND, IDs and all options of a meeting; the command is given `asked: Asked`."""
    options = (
        click.argument("kind", metavar="KIND"),
        click.argument("ids", metavar="[ID]...", nargs=-1),
        click.option("--sweep", metavar="latest", help="Every PEP of the last sweep, in place of IDs."),
        click.option("--date", "day", type=Day(), help="The day of the meeting (YYYY-MM-DD)."),
        click.option("--time", "starts", type=Clock(), help="When it begins, such as 14:30."),
        click.option("--place", help="Where it is, or the link to join."),
        click.option("--chair", help="Who chairs it."),
        click.option("--minutes", type=click.IntRange(10, 480), help="How long it takes, if not as planned."),
        click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write to."),
        click.option("--pdf", is_flag=True, help="Write a PDF as well."),
        click.option("--practice", is_flag=True, help="Mark every page PRACTICE."),
        click.option("--today", type=Day(), help="Count from this day instead of today (YYYY-MM-DD)."),
        store_options,
    )  # fmt: skip

    @functools.wraps(command)
    def asked(today: date | None, **given: Any) -> Any:
        return command(Asked(today=today or date.today(), **given))

    made: Any = asked
    for option in reversed(options):
        made = option(made)
    return made  # type: ignore[no-any-return]


def meeting_of(asked: Asked, *, held: bool = False) -> "tuple[Meeting, Desk]":
    """The meeting that was asked for, from the last sweep and the notes of earlier meetings, and that sweep.

    Says what needs a person. Of a meeting that was `held` already, the day may be past.
    """
    from vsdocs import settings
    from vsdocs.generate.meetings import kinds
    from vsdocs.generate.meetings.meeting import Meeting
    from vsdocs.meeting_notes import last_day, of_the_meeting, previous

    known = settings.load()
    kind = kinds.load(asked.kind, known)
    if asked.day is not None:
        check_day(asked.day, asked.today, held=held)
    desk = Desk(asked.store)
    chosen = _chosen(asked, desk, kind.about)
    notes = desk.store.notes()
    peps = [one.extraction for one in chosen if one.extraction is not None]
    since = "" if kind.about == "child" else last_day(notes, kind.id, None)
    told = {pep.sha256: previous(notes, pep, since) for pep in peps}
    unsure = sum(one.unsure for one in told.values())
    if unsure:
        _say(
            f"{unsure} {'action' if unsure == 1 else 'actions'} of earlier notes may be of a child here and could not be "
            "matched: the name is the same, but UPN and date of birth do not settle it. Look at the earlier notes."
        )
    cases = tuple(_case(one, desk, asked, known) for one in chosen if one.extraction)
    meeting = Meeting(
        kind=kind,
        cases=cases,
        today=asked.today,
        settings=known,
        day=asked.day,
        starts=asked.starts,
        place=asked.place,
        chair=asked.chair,
        minutes=asked.minutes,
        run=desk.run.id if asked.sweep else None,
        practice=asked.practice,
        previous={sha256: one.agreed for sha256, one in told.items()},
        closed={sha256: one.closed for sha256, one in told.items()},
    )
    if meeting.held_on:
        _say_what_is_odd(meeting.held_on, given=asked.day is not None, today=asked.today, known=known)
    if not meeting.for_list:
        return meeting, desk
    shared = of_the_meeting(notes, kind.id, meeting.key if kind.about == "school" else None)
    return replace(meeting, shared=shared), desk


def check_day(day: date, today: date, *, held: bool) -> None:
    """Raises UsageError for a day on which nobody means to meet."""
    if not is_working_day(day):
        raise UsageError("--date is a weekend or a bank holiday.", "Give the day on which people meet.")
    if day < today and not held:
        raise UsageError(
            "--date is past.", "Give a day ahead; for a meeting that was held already there is `vsdocs notes form`."
        )
    if today - day > SOON:
        raise UsageError("--date is more than half a year ago.", "Check its year.")
    if day - today > A_YEAR:
        raise UsageError("--date is more than a year ahead.", "Check its year.")


def _say_what_is_odd(day: date, *, given: bool, today: date, known: "Settings") -> None:
    """A day that somebody may mean, and that is more often a slip. The PEP's own day is not ours to refuse."""
    from vsdocs.cohort.terms import Calendar

    what = "--date" if given else "The day, which is the PEP's own next date,"
    if not is_working_day(day):
        _say(f"{what} is a weekend or a bank holiday. Agree another one, and give it with --date.")
    elif (terms := Calendar(known.term)).knows(day) and not terms.in_school(day):
        _say(f"{what} is in the school holidays, by the terms in vsdocs.toml.")
    if given and day - today > SOON:
        _say("--date is more than half a year ahead. Check its year.")


def _chosen(asked: Asked, desk: Desk, about: str) -> "list[Outcome]":
    if asked.sweep is not None and asked.sweep not in ("latest", desk.run.id):
        raise UsageError("Only the last sweep can be met about.", "Write --sweep latest, or give IDs.")
    if bool(asked.ids) == bool(asked.sweep):
        raise UsageError("Which children is it about?", "Give IDs or --sweep latest, not both: `vsdocs moderate list`.")
    if about == "child" and (asked.sweep or len(asked.ids) != 1):
        raise UsageError("This meeting is about one child.", "Give exactly one ID, and make one agenda for each child.")
    found = list(desk.peps.values()) if asked.sweep else [desk.pep(one) for one in asked.ids]
    found = list({one.id: one for one in found}.values())
    unsure = [one for one in found if one.error is not None and one.error.code in UNSURE]
    if unsure and about == "child":
        raise RefusedError(
            "It is not certain which child this plan is about, so nothing was made.",
            "Check the name and date of birth at its top; ask the school to fill them in, and sweep again.",
        )
    if unsure:
        _say(f"Left out, since it is not certain whose plans they are: {', '.join(one.id for one in unsure)}.")
    return [one for one in found if one not in unsure]


def _case(one: "Outcome", desk: Desk, asked: Asked, known: "Settings") -> "Case":
    from vsdocs.generate.case import Case

    assert one.extraction is not None
    return Case(
        pep=one.extraction,
        today=asked.today,
        settings=known,
        judgement=one.judgement,
        moderation=desk.given.get(one.extraction.sha256),
        practice=asked.practice,
        rules=desk.rules,
        school_sdq_months=desk.rubric.flags.school_sdq_months,
    )


def write(written: "Written", asked: Asked, meeting: "Meeting", desk: Desk) -> None:
    """Write what was made, and say what a person must fill in. A file that is there already may have been filled: it stays."""
    from vsdocs.generate import gate

    gate.check(
        written,
        gate.Others((pep.extraction for pep in desk.peps.values() if pep.extraction), meeting.settings),
        listing=meeting.for_list,
    )
    files = {f"{written.name}.docx": written.docx}
    if asked.pdf:
        files[f"{written.name}.pdf"] = _drawn(written.docx)
    if asked.ics:
        files[f"{meeting.name}.ics"] = _event(meeting)
    from vsdocs import deliver

    deliver.write_new({asked.out / name: data for name, data in files.items()})
    for name in files:
        click.echo(str(asked.out / name))
    if written.gaps:
        _say(f"Still blank: {', '.join(written.gaps)}.")
    if meeting.kind.about == "list" and "requests" in {name for item in meeting.kind.every_item for name in item.shows}:
        from vsdocs.generate.meetings.requests import without_request

        if none := without_request(meeting):
            _say(f"Left out, since they ask for no money that is not spent yet: {none} of {len(meeting.cases)} PEPs.")


def _drawn(docx: bytes) -> bytes:
    """The PDF of a finished document."""
    from vsdocs.generate.pdf import draw

    return draw(docx)


def _event(meeting: "Meeting") -> bytes:
    """The meeting for a calendar: no child's name in it."""
    if meeting.at is None:
        raise UsageError("A calendar needs day and time.", "Add --date and --time.")
    words = meeting.words()
    from vsdocs.generate.post import calendar

    subject, place = words.say(meeting.kind.subject), meeting.place
    about = [case.pep for case in meeting.cases]
    return calendar.event(
        # a PEP is reviewed once: moved to another day, the meeting stays one entry
        meeting.name if meeting.kind.on_next_date else meeting.reference,
        subject,
        meeting.at,
        meeting.lasts,
        place,
        meeting.settings,
        today=meeting.today,
        sequence=(meeting.today - calendar.FIRST).days,
        about=about,
    )


def _say(words: str) -> None:
    click.echo(words, err=True)
