"""What is due of meetings and their plans: the first PEP, one in each term, the document, in person, interim, escalation."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from vsdocs.cohort.deadlines.due import YEAR, Due, Kind, Rules, State
from vsdocs.cohort.deadlines.facts import Known
from vsdocs.dates import academic_year, add_working_days, in_words, last_working_day, working_days_between
from vsdocs.settings import Term
from vsdocs.timing import Counted, Escalation

_AHEAD = timedelta(days=28)  # ours: where it is planned that a child comes into care, the first PEP may meet before
_IN_PERSON = ("in_person", "hybrid")  # ours: where some joined by a link the others were there


def _days(days: int, counted: Counted) -> str:
    return f"{days} {'school' if counted is Counted.SCHOOL_DAYS else 'working'} days"


def of_age(known: Known, rules: Rules, day: date) -> bool:
    age = known.age(day)
    return age is None or rules.deadlines.term_pep.from_age <= age <= rules.deadlines.term_pep.to_age


def initial(known: Known, rules: Rules) -> Iterator[Due]:
    """Of who came into care in the last year: of others the terms' PEPs tell more."""
    asked, came = rules.deadlines.initial_pep, known.came
    if not asked.asked or came is None or not rules.today - YEAR <= came <= rules.today:
        return
    if not of_age(known, rules, came):
        return
    ahead = (
        plan.met for plan in known.plans if plan.kind == "initial" and plan.met and came - _AHEAD <= plan.met < came
    )
    day, met = rules.calendar.after(came, asked.days, asked.counted), next(ahead, None) or known.met_since(came)
    why = f"came into care on {in_words(came)}; the first PEP meets within {_days(asked.days, asked.counted)}"
    if met:
        why += f". It met on {in_words(met)}{_late(day, met)}"
    else:
        why += _on_the_way(known, rules)
    yield rules.due(Kind.INITIAL_PEP, known, day, "First PEP meeting", why, asked, since=came, done=met)


def of_terms(known: Known, rules: Rules, only: Term | None = None) -> Iterator[Due]:
    """A PEP in each term of this academic year that has begun. One missed in a past term is told until the next has met.

    A child who came into care in the term has the first PEP instead. With `only`, that one term, whatever came after it.
    """
    asked = rules.deadlines.term_pep
    terms = [only] if only else rules.calendar.terms(academic_year(rules.today))
    for term in terms if asked.asked else ():
        day = last_working_day(term.ends)
        came = known.came
        if term.begins > rules.today or (came and came > term.begins) or not of_age(known, rules, term.begins):
            continue
        if known.left and known.left <= term.ends:
            continue
        own = [plan for plan in known.plans if plan.met and rules.calendar.term_of(plan.met) == term]
        met = own[0].met if own else None
        if not only and not own and (known.met_since(term.ends) or _arranged_in(known, term, rules)):
            continue
        why = f"{term.name} ends on {in_words(term.ends)}; each term has a PEP"
        if own:
            why += f". It met on {' and '.join(in_words(plan.met) for plan in own if plan.met)}"
        elif known.arranged:
            why += _on_the_way(known, rules)
        elif known.plans and known.plans[-1].met:
            why += f". The last one that is known met on {in_words(known.plans[-1].met)}"
        else:
            why += ". None is known at all"
        pep = own[-1].id if own else ""
        yield rules.due(
            Kind.TERM_PEP, known, day, f"PEP meeting, {term.name}", why, asked, since=term.begins, done=met, pep=pep
        )


def _on_the_way(known: Known, rules: Rules) -> str:
    if known.arranged is None:
        return ""
    if known.arranged >= rules.today:
        return f". A meeting is arranged for {in_words(known.arranged)}"
    return f". A meeting was arranged for {in_words(known.arranged)}, and no plan of it has come"


def _arranged_in(known: Known, term: Term, rules: Rules) -> bool:
    """A meeting that is to come within the term is told of itself."""
    return known.arranged is not None and rules.today <= known.arranged <= term.ends


def arranged(known: Known, rules: Rules) -> Iterator[Due]:
    """The next meeting, as it was arranged at the last; once its day has gone by, the document of it."""
    asked, day, last = rules.deadlines.term_pep, known.arranged, known.last
    if not asked.asked or day is None or day < rules.today - YEAR:
        return
    since, pep = (last.met, last.id) if last else (None, "")
    if day >= rules.today:
        why = f"was arranged{f' at the meeting of {in_words(since)}' if since else ''}"
        yield rules.due(
            Kind.NEXT_PEP, known, day, "PEP meeting", why, asked, since=since, by_working_days=False, pep=pep
        )
        return
    written = rules.deadlines.document
    until = rules.calendar.after(day, written.days, written.counted)
    why = f"a PEP meeting was arranged for {in_words(day)}, and no plan of it has come"
    yield rules.due(Kind.NEXT_PEP, known, until, "Plan of the arranged PEP meeting", why, written, since=day, pep=pep)


def documents(known: Known, rules: Rules) -> Iterator[Due]:
    """The document of each meeting of the last year."""
    asked = rules.deadlines.document
    for plan in known.plans if asked.asked else ():
        if plan.met is None or plan.met < rules.today - YEAR:
            continue
        day = rules.calendar.after(plan.met, asked.days, asked.counted)
        why = f"the PEP met on {in_words(plan.met)}; its document is complete within {_days(asked.days, asked.counted)}"
        come = plan.arrived is not None and plan.arrived >= plan.met
        if plan.complete:
            why += f". It was complete on {in_words(plan.complete)}{_late(day, plan.complete)}"
        elif come and plan.arrived:
            why += f". It does not say when it was completed; it was here by {in_words(plan.arrived)}"
        elif plan.id:
            why += ". What was read had been written before the meeting"
        else:
            why += ". No document of it is known"
        yield rules.due(
            Kind.DOCUMENT, known, day, "PEP document complete", why, asked, since=plan.met, is_done=come, done=plan.complete, pep=plan.id
        )  # fmt: skip


def in_person(known: Known, rules: Rules) -> Iterator[Due]:
    """At least one meeting of the academic year in person, of children who were in care when it began."""
    asked = rules.deadlines.in_person
    terms = rules.calendar.terms(academic_year(rules.today))
    begins, came = terms[0].begins, known.came
    if not asked.asked or (came and came > begins) or not of_age(known, rules, rules.today):
        return
    own = [plan for plan in known.plans if plan.met and plan.met >= begins]
    there = [plan for plan in own if plan.mode in _IN_PERSON]
    virtual, unknown = sum(plan.mode == "virtual" for plan in own), sum(plan.mode is None for plan in own)
    done = there[asked.a_year - 1].met if len(there) >= asked.a_year else None
    why = f"{_number(asked.a_year)} a year {'is' if asked.a_year == 1 else 'are'} in person. "
    why += f"Since {in_words(begins)}: {len(there)} in person, {virtual} virtual"
    why += f", {unknown} of which it is not known" if unknown else ""
    if known.child and known.child.out_of_area and not done:
        left = asked.virtual_out_of_area - virtual
        why += (
            f". Out of area, {left} more may be virtual"
            if left > 0
            else ". Out of area: the next one is to be in person"
        )
    day = last_working_day(terms[-1].ends)
    yield rules.due(Kind.IN_PERSON, known, day, "PEP meeting in person", why, asked, since=begins, done=done)


def interim(known: Known, rules: Rules) -> Iterator[Due]:
    """After a change of provision, and after a pattern of suspensions or a permanent exclusion."""
    asked = rules.deadlines.interim_pep
    if not asked.asked or not of_age(known, rules, rules.today):
        return
    for since, told in _events(known, rules):
        day, met = rules.calendar.after(since, asked.days, asked.counted), known.met_since(since)
        why = f"{told}; an interim PEP meets within {_days(asked.days, asked.counted)}"
        why += f". A PEP met on {in_words(met)}{_late(day, met)}" if met else ""
        yield rules.due(Kind.INTERIM_PEP, known, day, "Interim PEP meeting", why, asked, since=since, done=met)
    last = known.last
    pattern = last is not None and ((last.suspensions or 0) >= rules.suspensions or bool(last.exclusions))
    if last is None or last.met is None or not pattern or last.kind == "interim" or last.met < rules.today - YEAR:
        return
    if known.suspensions or known.excluded or known.plans[-1].met != last.met:  # the table of suspensions knows days
        return
    what = (
        f"{last.suspensions} suspensions" if (last.suspensions or 0) >= rules.suspensions else "a permanent exclusion"
    )
    why = f"the PEP of {in_words(last.met)} records {what}; an interim PEP meets within {_days(asked.days, asked.counted)}"
    day = rules.calendar.after(last.met, asked.days, asked.counted)
    yield rules.due(Kind.INTERIM_PEP, known, day, "Interim PEP meeting", why, asked, since=last.met, pep=last.id)


def _events(known: Known, rules: Rules) -> Iterator[tuple[date, str]]:
    """The days since which an interim PEP is asked for, with what happened on them."""
    since = rules.today - YEAR
    if known.came:
        since = max(since, known.came)  # the first PEP tells of the school that a child came to
    for day in known.moves:
        if since < day <= rules.today:
            yield day, f"began at another school or provision on {in_words(day)}"
    begins = rules.calendar.terms(academic_year(rules.today))[0].begins
    times = [day for day in known.suspensions if begins <= day <= rules.today]
    if len(times) >= rules.suspensions:
        yield times[-1], f"{len(times)} suspensions this school year, the last on {in_words(times[-1])}"
    for day in known.excluded:
        if since < day <= rules.today:
            yield day, f"was permanently excluded on {in_words(day)}"


def escalated(known: Known, dues: list[Due], rules: Rules) -> list[Due]:
    """The same, with the next step of escalation at the PEP that is waited for the longest: one ladder a child."""
    asked = rules.deadlines.escalation
    waiting = [due for due in dues if due.state is State.OVERDUE and never_came(due)]
    if not asked.asked or not waiting:
        return dues
    first = min(waiting, key=lambda due: due.day)
    return [replace(due, step=_step(due, asked)) if due is first else due for due in dues]


def _step(due: Due, asked: Escalation) -> str:
    """What is to be done now. Nobody knows here who was asked already, so it says what holds if all were, and if none was."""
    last = len(asked.levels)
    level = min(-(-due.late // asked.days), last + 1)
    by = in_words(add_working_days(due.day, level * asked.days))
    ask = asked.then if level > last else f"ask {asked.levels[level - 1]} (level {level}) for an answer by {by}"
    if level == 1:
        return f"A{ask[1:]}"
    return (
        f"If {_levels(level - 1)} did not help, {ask}; if nobody was asked yet, begin with {asked.levels[0]} (level 1)"
    )


def _levels(last: int) -> str:
    return "level 1" if last == 1 else f"levels 1 to {last}"


def never_came(due: Due) -> bool:
    """Whether this is a PEP of which nothing is known: the ladder of escalation begins where it is overdue."""
    if due.kind is Kind.DOCUMENT:
        return not due.pep
    return due.kind in (Kind.INITIAL_PEP, Kind.TERM_PEP) or is_plan_of_arranged(due)


def is_plan_of_arranged(due: Due) -> bool:
    """The plan of an arranged meeting whose day has gone by."""
    return due.kind is Kind.NEXT_PEP and due.by_working_days


def _late(day: date, done: date) -> str:
    days = working_days_between(day, done)
    return f", {days} working {'day' if days == 1 else 'days'} late" if days else ""


def _number(number: int) -> str:
    return {1: "one", 2: "two", 3: "three"}.get(number, str(number))
