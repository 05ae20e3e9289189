"""Deadlines: what is due for each child, counted from what is known of their PEPs by the figures of the rubric.

A pure function of its arguments: no store, no clock. What cannot be told is said, never guessed.
"""

from collections.abc import Iterable, Iterator

from vsdocs.cohort.child import Child
from vsdocs.cohort.deadlines import between, meetings
from vsdocs.cohort.deadlines.due import YEAR, Due, Found, Kind, Rules, State, Untold
from vsdocs.cohort.deadlines.facts import Known, Plan, known_of
from vsdocs.cohort.deadlines.meetings import is_plan_of_arranged, never_came
from vsdocs.cohort.folder import Tables
from vsdocs.dates import academic_year
from vsdocs.settings import Term
from vsdocs.timing import Counted

__all__ = [
    "Due", "Found", "Kind", "Known", "Plan", "Rules", "State", "Untold", "deadlines", "is_plan_of_arranged", "never_came"
]  # fmt: skip

_NO_TABLES = Tables({})
_ORDER = (State.OVERDUE, State.DUE, State.DONE)


def deadlines(
    children: Iterable[Child],
    plans: Iterable[Plan],
    rules: Rules,
    tables: Tables = _NO_TABLES,
    only: Term | None = None,
) -> Found:
    """Everything that is due for these children and plans; with `only`, whose PEP came in that term and whose never did.

    Plans of nobody on the roll are looked at by themselves, so without a roll all are.
    """
    given = list(plans)
    dues: list[Due] = []
    known: dict[str, Known] = {}
    gone: set[str] = set()
    untold: list[Untold] = []
    for one in known_of(children, given, tables, rules.today):
        if one.left and not only:
            gone.add(one.reference)
            continue
        own = list(_of_child(one, rules, only))
        dues += own if one.left else meetings.escalated(one, own, rules)
        known[one.reference] = one
        if one.child and one.came is None:
            untold.append(Untold(one.reference, "no day of coming into care is known, so no first PEP can be due"))
    owner = {plan.id: one.reference for one in known.values() for plan in one.plans if plan.id}
    for plan in (plan for plan in given if plan.key not in gone):
        of = plan.key if plan.key in known else owner.get(plan.id, plan.id)
        untold += [Untold(of, doubt) for doubt in plan.doubts]
        if plan.id and plan.met is None and not plan.doubts:
            untold.append(Untold(of, f"PEP {plan.id} gives no date of its meeting, so it counts for no term"))
    dues.sort(key=lambda due: (_ORDER.index(due.state), due.day, due.child, due.kind))
    return Found(tuple(dues), tuple(untold), known, tuple(_notes(rules, only)))


def _of_child(one: Known, rules: Rules, only: Term | None) -> Iterator[Due]:
    if only is not None:
        if one.child:
            yield from meetings.of_terms(one, rules, only)
            yield from (
                due for due in meetings.initial(one, rules) if only.begins <= (due.since or due.day) <= only.ends
            )
        return
    if one.child:
        yield from meetings.initial(one, rules)
        yield from meetings.of_terms(one, rules)
        yield from meetings.in_person(one, rules)
    elif not _is_recent(one, rules):
        return
    yield from meetings.arranged(one, rules)
    yield from meetings.documents(one, rules)
    yield from meetings.interim(one, rules)
    yield from between.sdq(one, rules)
    yield from between.school_sdq(one, rules)
    yield from between.timetable(one, rules)
    yield from between.transition(one, rules)
    yield from between.alternative(one, rules)


def _is_recent(one: Known, rules: Rules) -> bool:
    """Of a child who is only known from plans: nothing is asked a year after the last."""
    last = one.plans[-1].met if one.plans else one.coming
    return last is not None and last >= rules.today - YEAR


def _notes(rules: Rules, only: Term | None) -> Iterator[str]:
    year = academic_year(only.begins if only else rules.today)
    if rules.calendar.assumed(year):
        names = ", ".join(
            f"{term.name} ({term.begins:%d/%m/%Y} to {term.ends:%d/%m/%Y})" for term in rules.calendar.terms(year)
        )
        yield f"vsdocs.toml does not give every term of {year}, so these are taken: {names}"
        asked = (rules.deadlines.initial_pep, rules.deadlines.document, rules.deadlines.interim_pep)
        if any(one.counted is Counted.SCHOOL_DAYS for one in asked):
            yield "School days are counted as if there were no holidays but bank holidays"
