"""What is due, why and by when; and what is asked, from which calendar and which day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from vsdocs.cohort.deadlines.facts import Known
from vsdocs.cohort.terms import Calendar
from vsdocs.dates import working_days_between
from vsdocs.timing import Asked, Deadlines

YEAR = timedelta(days=365)


class Kind(StrEnum):
    INITIAL_PEP = "initial_pep"
    TERM_PEP = "term_pep"
    NEXT_PEP = "next_pep"
    DOCUMENT = "document"
    IN_PERSON = "in_person"
    INTERIM_PEP = "interim_pep"
    SDQ = "sdq"
    SCHOOL_SDQ = "school_sdq"
    TIMETABLE_REVIEW = "timetable_review"
    TRANSITION = "transition"
    ALTERNATIVE_PROVISION = "alternative_provision"


class State(StrEnum):
    OVERDUE = "overdue"
    DUE = "due"
    DONE = "done"


@dataclass(frozen=True)
class Due:
    """One thing that is due for one child. `late` counts the working days that it is overdue; no name is in any of it.

    `by_working_days`: the day was counted in working days, or is the last one of a time, and so is one itself.
    """

    kind: Kind
    what: str
    child: str  # the reference on the roll, else the id of the PEP
    day: date
    since: date | None  # the fact that it is counted from
    why: str
    authority: str
    state: State
    late: int = 0
    done: date | None = None
    by_working_days: bool = True
    pep: str = ""  # the id of the plan that it comes from
    step: str = ""  # what is to be done about it now, which nobody is known to have done


@dataclass(frozen=True)
class Rules:
    """What the rubric asks, its flags' figures that make something due among them, by whose calendar, on which day."""

    today: date
    calendar: Calendar = field(default_factory=Calendar)
    deadlines: Deadlines = field(default_factory=Deadlines)
    sdq_threshold: int | None = None
    school_sdq_months: int = 1
    suspensions: int = 2

    def due(
        self,
        kind: Kind,
        known: Known,
        day: date,
        what: str,
        why: str,
        asked: Asked,
        *,
        since: date | None = None,
        is_done: bool = False,
        done: date | None = None,
        by_working_days: bool = True,
        pep: str = "",
    ) -> Due:
        """It is overdue once a working day has gone by since its day."""
        late = 0 if is_done or done else working_days_between(day, self.today)
        state = State.DONE if is_done or done else State.OVERDUE if late else State.DUE
        why = f"{why[:1].upper()}{why[1:]}"
        return Due(
            kind, what, known.reference, day, since, why, asked.authority, state, late, done, by_working_days, pep
        )


@dataclass(frozen=True)
class Untold:
    """What could not be told of one child, and why."""

    child: str
    why: str


@dataclass(frozen=True)
class Found:
    """Everything that is due, overdue first and then by day, what is done last; what could not be told; and of whom."""

    dues: tuple[Due, ...]
    untold: tuple[Untold, ...]
    known: Mapping[str, Known]
    notes: tuple[str, ...] = ()  # what was assumed

    def in_state(self, state: State) -> tuple[Due, ...]:
        return tuple(due for due in self.dues if due.state is state)
