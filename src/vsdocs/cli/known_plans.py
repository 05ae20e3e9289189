"""What deadlines are counted from: every plan that was ever read, and the figures of a rubric. `due` and `letter` share it."""

from collections.abc import Iterator
from datetime import date

from vsdocs.cohort.deadlines import Due, Plan, Rules, State, deadlines, never_came
from vsdocs.cohort.match import Roll
from vsdocs.cohort.terms import Calendar
from vsdocs.dates import parse_iso
from vsdocs.rubric import Rubric
from vsdocs.settings import Settings
from vsdocs.store import Store

_UNSURE = ("identity_unsure", "two_children")


def rules_of(asked: Rubric, known: Settings, today: date) -> Rules:
    """What this rubric asks, counted by the council's terms on a day."""
    flags = asked.flags
    return Rules(
        today, Calendar(known.term), asked.deadlines, flags.sdq_threshold, flags.school_sdq_months, flags.suspensions
    )


def known_plans(store: Store, today: date, notes: list[str]) -> Iterator[Plan]:
    """What every PEP in the store says, as far as it bears on what is due; those that are surely nobody's are counted only."""
    children = store.roll.children()
    roll, settled = Roll(children.values()), store.roll.settled()
    unsure = 0
    for pep, came in store.plans():
        reference: str | None = None
        if pep.sha256 in settled:
            reference = settled[pep.sha256] or None
            if reference is None:
                continue
        else:
            doubtful = any(warning.code in _UNSURE for warning in pep.warnings)
            match = roll.whose(pep.record) if children and not doubtful else None
            reference = match.child.reference if match and match.child else None
            if reference is None and (children or doubtful):
                unsure += 1
                continue
        yield Plan.of_record(pep.id, pep.record, reference, parse_iso(came), today)
    if unsure:
        are = "PEP is not surely anybody's and counts" if unsure == 1 else "PEPs are not surely anybody's and count"
        notes.append(f"{unsure} {are} for nobody here: `vsdocs roll match` settles whose they are")


def late_plans(store: Store, rules: Rules) -> tuple[list[Due], list[str]]:
    """Every PEP that should be here and is not, as `vsdocs due` counts it without data tables; and what is to be said of it."""
    notes: list[str] = []
    plans = list(known_plans(store, rules.today, notes))
    found = deadlines(store.roll.children().values(), plans, rules)
    return [due for due in found.in_state(State.OVERDUE) if never_came(due)], notes
