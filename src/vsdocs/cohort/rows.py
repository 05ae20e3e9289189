"""The rows of the data tables that lie beside the roll: results, attendance, schools, money. One class for each table.

A table is a .csv or .xlsx named after it in the folder of the figures; `tables/<name>.yaml` says what its columns may be
called and how its codes may be written. Years are academic years ('2025-26') unless the name says financial year.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated

from vsdocs.cohort import cells
from vsdocs.cohort.cells import Cell, Reads, Slip
from vsdocs.cohort.child import Code, Day, PastDay, Text, Yes
from vsdocs.packs import did_you_mean
from vsdocs.record import Frozen

#: the groups of published figures; the first are what ours are: of the reportable cohort, of the roll
TWELVE_MONTHS, ON_31_MARCH = "in care 12 months or more", "in care on 31 March"
TIME_NOT_TOLD = "in care, for how long is not told"
_GROUPS = (TWELVE_MONTHS, ON_31_MARCH, TIME_NOT_TOLD, "in care less than 12 months", "children in need", "all pupils")
NOT_KNOWN = -1.0  # a GCSE grade that there may be; an empty cell beside other results says that there was no entry
MOST_SESSIONS = 420  # of 195 days, and some to spare


def _year(cell: Cell, today: date) -> str:
    """'2025-26' for 2025-26, 2025/26, 2025/2026 and 202526; a bare 2025 could be either year."""
    word = cells.text(cell, today)
    found = re.fullmatch(r"(20\d\d)\s*[-/–]?\s*(?:20)?(\d\d)", word)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise Slip("this is not a year: write it as 2025-26")
    if int(found[1]) > today.year:
        raise Slip("this year has not begun yet")
    return f"{found[1]}-{found[2]}"


def _grade(cell: Cell, today: date) -> float:
    """A GCSE grade, 0 (U, or not entered) to 9; combined science's 5-4 is the mean."""
    word = cells.text(cell, today).upper()
    if word in ("U", "X", "NE", "NOT ENTERED", "NO ENTRY"):
        return 0
    if word in ("?", "NK", "NOT KNOWN", "UNKNOWN"):
        return NOT_KNOWN
    if double := re.fullmatch(r"([1-9])[-/ ]([1-9])", word):
        return (int(double[1]) + int(double[2])) / 2
    if re.fullmatch(r"[0-9]", word):
        return float(word)
    raise Slip("a GCSE grade is 9 to 1 or U; write 'not entered' or 'not known' where there is none")


def _measure(cell: Cell, today: date) -> str:
    """A figure of ours by its id or its title; one that is spelt otherwise would stand beside nothing."""
    from vsdocs.cohort.kpis import all_kpis

    word = cells.text(cell, today)
    names = {_bare(name): kpi.id for kpi in all_kpis().values() for name in (kpi.id, kpi.title)}
    if _bare(word) not in names:
        raise Slip(f"this is no figure of ours{did_you_mean(word, all_kpis())}")
    return names[_bare(word)]


def _group(cell: Cell, today: date) -> str:
    """A group of children; one that we know as we spell it, whatever its capitals and commas."""
    word = cells.text(cell, today)
    return next((group for group in _GROUPS if _bare(group) == _bare(word)), word)


def _bare(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.casefold())


def _sessions(cell: Cell, today: date) -> int:
    found = cells.count(cell, today)
    if found > MOST_SESSIONS:
        raise Slip(f"a school year has no more than {MOST_SESSIONS} sessions (half days)")
    return found


def _score(least: float, most: float) -> Reads:
    def read(cell: Cell, today: date) -> float:
        found = cells.number(cell, today)
        if not least <= found <= most:
            raise Slip(f"this is not between {least:g} and {most:g}")
        return found

    return Reads(read)


def _ended_before(began: str, ended: str | None) -> Iterator[tuple[str, str]]:
    if ended and ended < began:
        yield "ended", "this day is before the one on which it began"


Year = Annotated[str, Reads(_year)]
Count = Annotated[int, Reads(cells.count)]
Number = Annotated[float, Reads(cells.number)]
Gcse = Annotated[float, Reads(_grade)]
Progress = Annotated[float, _score(-50, 50)]


class Attainment(Frozen):
    """One child's results at the end of one stage. What is not known is empty; a GCSE cell beside other results: not entered."""

    reference: Text
    academic_year: Year
    stage: Code  # eyfs | phonics | ks1 | ks2 | ks4
    gld: Yes | None = None
    phonics: Yes | None = None  # reached the expected standard in Year 1
    reading: Code | None = None  # below | expected | greater
    writing: Code | None = None
    maths: Code | None = None
    gps: Code | None = None
    reading_progress: Progress | None = None
    writing_progress: Progress | None = None
    maths_progress: Progress | None = None
    attainment_8: Annotated[float, _score(0, 90)] | None = None
    progress_8: Annotated[float, _score(-10, 10)] | None = None
    english: Gcse | None = None  # the better of language and literature
    mathematics: Gcse | None = None


class Attendance(Frozen):
    """One child's sessions (half days) in one year, or in the part of it that the council was told of."""

    reference: Text
    academic_year: Year
    possible: Annotated[int, Reads(_sessions)]
    authorised: Count = 0  # absence
    unauthorised: Count = 0

    def faults(self) -> Iterator[tuple[str, str]]:
        if self.authorised + self.unauthorised > self.possible:
            yield "possible", "the absences are more than the sessions that were possible"


class Suspension(Frozen):
    reference: Text
    day: PastDay  # it began
    days: Annotated[float, _score(0, 45)] | None = None
    kind: Code = "suspension"  # suspension | permanent_exclusion
    reason: Text | None = None


class Placement(Frozen):
    """A care placement."""

    reference: Text
    began: PastDay
    ended: Day | None = None
    kind: Text | None = None
    reason: Text | None = None  # for the change
    residential: Yes | None = None

    def faults(self) -> Iterator[tuple[str, str]]:
        yield from _ended_before(self.began, self.ended)


class Schooling(Frozen):
    """A time at one school or other provision."""

    reference: Text
    began: PastDay
    ended: Day | None = None
    school: Text
    kind: Code = "mainstream"  # mainstream | special | alternative | residential | independent | none
    ofsted: Code | None = None
    out_of_area: Yes | None = None
    reason: Text | None = None  # for the change

    def faults(self) -> Iterator[tuple[str, str]]:
        yield from _ended_before(self.began, self.ended)


class Pep(Frozen):
    """A PEP as the ePEP system has it: for years, or plans, that were never swept."""

    reference: Text
    met: PastDay
    signed_off: PastDay | None = None
    grade: Code | None = None
    kind: Code = "review"  # initial | review | interim
    in_person: Yes | None = None

    def faults(self) -> Iterator[tuple[str, str]]:
        if self.signed_off and self.signed_off < self.met:
            yield "signed_off", "this day is before the meeting"


class Money(Frozen):
    """A line of the Pupil Premium Plus account."""

    financial_year: Year
    kind: Code  # income | spending
    heading: Text
    amount: Number  # pounds
    children: Count | None = None
    impact: Text | None = None


class Event(Frozen):
    """An activity for children, a training, or advice for previously looked-after children."""

    academic_year: Year
    kind: Code  # activity | training | advice
    title: Text
    people: Count | None = None
    sessions: Count | None = None
    audience: Text | None = None
    outcome: Text | None = None


class Destination(Frozen):
    """Where a young person went on: after Year 11, after Year 13, or as a care leaver."""

    reference: Text
    academic_year: Year
    group: Code  # post_16 | care_leaver
    destination: (
        Code  # school | college | apprenticeship | employment | training | higher_education | neet | custody | unknown
    )
    retained: Yes | None = None  # still there at the end of the year


class Comparator(Frozen):
    """A published figure to stand beside ours. `series` keeps apart what looks alike and was counted otherwise."""

    measure: Annotated[str, Reads(_measure)]
    academic_year: Year
    group: Annotated[str, Reads(_group)]
    value: Annotated[float, Reads(cells.value)]
    series: Text = ""
    source: Text
    own: bool = False  # of the council's own table, which comes before what ships


#: table -> what there is one row of, where the whole row would not tell
ONCE = {"attainment": ("reference", "academic_year", "stage"), "destinations": ("reference", "academic_year", "group")}

#: table -> its rows
TABLES: dict[str, type[Frozen]] = {
    "attainment": Attainment,
    "attendance": Attendance,
    "suspensions": Suspension,
    "placements": Placement,
    "schools": Schooling,
    "peps": Pep,
    "pp_plus": Money,
    "events": Event,
    "destinations": Destination,
    "comparators": Comparator,
}
