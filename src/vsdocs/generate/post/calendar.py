"""For the calendar: a meeting as one .ics with one entry, to which a person adds the people themselves; deadlines as one .ics.

It is published, not an invitation: it names nobody, is private, and keeps its id when the meeting is moved (`sequence`).
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from vsdocs import __version__
from vsdocs.generate import gate
from vsdocs.generate.plain import one_line
from vsdocs.record import Extraction
from vsdocs.settings import Settings

ZONE = "Europe/London"
FIRST = date(2020, 1, 1)  # sequences count from here
_OURS = uuid.uuid5(uuid.NAMESPACE_DNS, "meetings.vsdocs.invalid")


def event(
    uid_of: str,
    title: str,
    starts: datetime,
    minutes: int,
    place: str | None,
    settings: Settings,
    today: date,
    sequence: int = 0,
    about: Iterable[Extraction] = (),
) -> bytes:
    """The meeting as the bytes of an .ics. `starts` without a zone is the time on the wall in London.

    Raises RefusedError where the title would tell the name of one of the children it is `about`.
    """
    title = one_line(title)
    gate.neutral(title, about)
    london = ZoneInfo(ZONE)
    begin = (starts if starts.tzinfo else starts.replace(tzinfo=london)).astimezone(UTC)
    entry = Event()
    entry.add("uid", str(uuid.uuid5(_OURS, uid_of)))
    entry.add("dtstamp", datetime.combine(today, time(), UTC))
    entry.add("dtstart", begin.astimezone(london))
    entry.add("dtend", (begin + timedelta(minutes=minutes)).astimezone(london))
    entry.add("summary", title)
    if place := one_line(place or ""):
        entry.add("location", place)
    if name := settings.authority.name:
        entry.add("description", f"Virtual School, {name}")
    entry.add("sequence", sequence)
    entry.add("class", "PRIVATE")
    entry.add("status", "CONFIRMED")
    entry.add("transp", "OPAQUE")
    calendar = _published()
    calendar.add_component(_london())
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


@dataclass(frozen=True)
class Day:
    """A day to remember. `uid_of` names what is due for whom, so that a later file moves the entry and adds no second one."""

    uid_of: str
    title: str
    day: date
    note: str = ""


def days(entries: Iterable[Day], settings: Settings, today: date) -> bytes:
    """Deadlines as the bytes of one .ics: an entry each, of the whole day, which keeps nobody from a meeting.

    An entry of a later day takes the place of an earlier one about the same thing.
    """
    calendar = _published()
    for told in entries:
        title = one_line(told.title)
        gate.neutral(title, ())
        entry = Event()
        entry.add("uid", str(uuid.uuid5(_OURS, told.uid_of)))
        entry.add("dtstamp", datetime.combine(today, time(), UTC))
        entry.add("dtstart", told.day)
        entry.add("dtend", told.day + timedelta(days=1))
        entry.add("summary", title)
        note = [one_line(told.note), f"Virtual School, {settings.authority.name}" if settings.authority.name else ""]
        if said := "\n".join(filter(None, note)):
            entry.add("description", said)
        entry.add("sequence", (today - FIRST).days)
        entry.add("class", "PRIVATE")
        entry.add("status", "CONFIRMED")
        entry.add("transp", "TRANSPARENT")
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _published() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//vsdocs//vsdocs {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar


def _london() -> Timezone:
    """British time as it has been since 1996: clocks change at 1 o'clock GMT on the last Sundays of March and October."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    for rule, name, month, first, here, before in (
        (summer, "BST", 3, datetime(1996, 3, 31, 1), 1, 0),
        (winter, "GMT", 10, datetime(1996, 10, 27, 2), 0, 1),
    ):
        rule.add("dtstart", first)
        rule.add("rrule", vRecur(freq="YEARLY", bymonth=month, byday="-1SU"))
        rule.add("tzname", name)
        rule.add("tzoffsetfrom", timedelta(hours=before))
        rule.add("tzoffsetto", timedelta(hours=here))
        zone.add_component(rule)
    return zone
