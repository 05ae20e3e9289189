"""What is due between meetings: the SDQ, and the reviews of reduced timetables, transition plans and alternative provision."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from vsdocs.cohort.deadlines.due import YEAR, Due, Kind, Rules
from vsdocs.cohort.deadlines.facts import Known, Plan
from vsdocs.dates import add_months, in_words, last_working_day
from vsdocs.language.informant import is_carer, is_school
from vsdocs.language.numbers import NUMBER, value
from vsdocs.timing import HalfTermReview

_LASTING = re.compile(
    rf"\b(?:over|for|of|lasting|across|takes?)\s+(?:(?:a|the)\s+)?(?:(?:period|next|first|course)\s+(?:of\s+)?)?(?P<over>{NUMBER})[- ]weeks?\b"
    rf"|(?P<plan>{NUMBER})[- ]weeks?\s+(?:transition|plan|programme|reintegration|phased|integration|timetable)",
    re.IGNORECASE,
)


def sdq(known: Known, rules: Rules) -> Iterator[Due]:
    """An SDQ so many months after the last one that is known; without one, by the end of the return's year."""
    asked = rules.deadlines.sdq
    age = known.age(rules.today)
    if not asked.asked or (age is not None and not asked.from_age <= age <= asked.to_age):
        return
    last = max((plan for plan in known.plans if plan.sdq_day), key=lambda plan: plan.sdq_day or date.min, default=None)
    since = last.sdq_day if last else known.came
    if last and last.sdq_day:
        day = add_months(last.sdq_day, asked.months)
        why = f"the last SDQ that is known is of {in_words(last.sdq_day)}; one is asked for every {asked.months} months"
    else:
        day = _end_of_return(known, rules)
        why = "no SDQ with a date stands in a PEP that was read; the year's return asks for one"
    if (then := known.age(day)) is not None and then > asked.to_age:
        return
    pep = last.id if last else ""
    yield rules.due(Kind.SDQ, known, day, "SDQ", why, asked, since=since, by_working_days=False, pep=pep)


def _end_of_return(known: Known, rules: Rules) -> date:
    """31 March, or the first year in care, whichever is later: before that no score is returned."""
    end = date(rules.today.year + (rules.today.month > 3), 3, 31)
    return max(end, add_months(known.came, 12)) if known.came else end


def school_sdq(known: Known, rules: Rules) -> Iterator[Due]:
    """The school's own, so many months after the meeting at which a high score of the carer's or parent's was first told."""
    asked = rules.deadlines.school_sdq
    if not asked.asked or rules.sdq_threshold is None:
        return
    told: dict[tuple[date | None, int], Plan] = {}
    for one in known.plans:
        carers = not one.sdq_by or is_carer(one.sdq_by)
        if one.sdq_total is not None and one.sdq_total > rules.sdq_threshold and carers:
            told.setdefault((one.sdq_day, one.sdq_total), one)
    plan = next(reversed(told.values()), None)
    if plan is None or plan.met is None or (plan.sdq_day or plan.met) < rules.today - YEAR:
        return
    since = plan.met
    answered = next(
        (p for p in known.plans if p.met and p.met > since and p.sdq_total is not None and p.sdq_by and is_school(p.sdq_by)),
        None,
    )  # fmt: skip
    newer = next(
        (p for p in known.plans if p.met and p.met > since and p.sdq_day and p.sdq_day > (plan.sdq_day or since)), None
    )
    if newer is not None and answered is None:
        return  # a newer score stands in its place
    doubt = "" if plan.sdq_by else ", if it was the carer's or parent's"
    why = f"the SDQ total in the PEP of {in_words(since)} is {plan.sdq_total}, above {rules.sdq_threshold}{doubt}"
    why += f"; the school's own is due within {_months(rules.school_sdq_months)} of the meeting"
    done = (answered.sdq_day or answered.met) if answered else None
    yield rules.due(
        Kind.SCHOOL_SDQ, known, add_months(since, rules.school_sdq_months), "SDQ from the school", why, asked,
        since=since, done=done, by_working_days=False, pep=plan.id,
    )  # fmt: skip


def _of_late(known: Known, rules: Rules) -> Plan | None:
    """The latest plan, if it is of the last year: what an older one says of a timetable may be long over."""
    last = known.last
    return last if last and last.met and last.met >= rules.today - YEAR else None


def timetable(known: Known, rules: Rules) -> Iterator[Due]:
    """A reduced timetable is reviewed in the half term after the one in which it was reviewed last."""
    last = _of_late(known, rules)
    of_plan = bool(last and last.reduced)
    if not of_plan and not (known.child and known.child.reduced_timetable):
        return
    reviews = [day for plan in known.plans if plan.reduced for day in (plan.met, plan.reduced_reviewed) if day]
    wanted = last.reduced_review_next if last and of_plan else None
    ends = last.reduced_until if last and of_plan else None
    over = f". It was to end on {in_words(ends)}: is the child back full time?" if ends and ends < rules.today else ""
    yield from _reviewed(
        known, rules, Kind.TIMETABLE_REVIEW, "a reduced timetable", rules.deadlines.timetable_review,
        reviews, last.id if last and of_plan else "", wanted, over,
    )  # fmt: skip


def alternative(known: Known, rules: Rules) -> Iterator[Due]:
    """So is alternative provision."""
    last = _of_late(known, rules)
    of_plan = bool(last and last.alternative)
    if not of_plan and not (known.child and known.child.alternative_provision):
        return
    reviews = [plan.met for plan in known.plans if plan.alternative and plan.met]
    yield from _reviewed(
        known, rules, Kind.ALTERNATIVE_PROVISION, "alternative provision", rules.deadlines.alternative_provision,
        reviews, last.id if last and of_plan else "",
    )  # fmt: skip


def _reviewed(
    known: Known,
    rules: Rules,
    kind: Kind,
    what: str,
    asked: HalfTermReview,
    reviews: list[date],
    pep: str,
    wanted: date | None = None,
    more: str = "",
) -> Iterator[Due]:
    if not asked.asked:
        return
    reviewed = max((day for day in reviews if rules.today - YEAR <= day <= rules.today), default=None)
    half = rules.calendar.half_after(reviewed) if reviewed else rules.calendar.half_of(rules.today)
    day = last_working_day(half[1])
    as_planned = wanted is not None and (reviewed or date.min) < wanted < day
    if wanted is not None and as_planned:
        day = wanted
    why = f"the {'PEP' if pep else 'roll'} records {what}, which is reviewed in every half term. "
    why += f"It was last reviewed on {in_words(reviewed)}" if reviewed else "No review is known"
    why += ", and the next review was set for this day" if as_planned else ""
    yield rules.due(
        kind, known, day, f"Review of {what}", why + more, asked,
        since=reviewed, by_working_days=not as_planned, pep=pep,
    )  # fmt: skip


def transition(known: Known, rules: Rules) -> Iterator[Due]:
    """The end of a transition plan: of a reduced timetable with a beginning, or where its words say how long it takes."""
    asked, last = rules.deadlines.transition, known.last
    if not asked.asked or last is None or last.met is None or last.met < rules.today - YEAR:
        return
    longest = timedelta(weeks=asked.weeks)
    if last.reduced and last.reduced_since:
        begins, ends = last.reduced_since, last.reduced_until
        day = min(ends, begins + longest) if ends and ends >= begins else begins + longest
        why = f"the reduced timetable began on {in_words(begins)}; a transition plan takes at most {asked.weeks} weeks"
        if ends and ends > begins + longest:
            why += f", and the PEP lets it go on until {in_words(ends)}"
    elif (weeks := _weeks(last.transition)) is not None and weeks > asked.weeks:
        begins, day = last.met, last.met + longest
        why = (
            f"the PEP of {in_words(begins)} speaks of a transition over {weeks:g} weeks; it takes at most {asked.weeks}"
        )
    else:
        return
    yield rules.due(
        Kind.TRANSITION, known, day, "End of the transition plan", why, asked,
        since=begins, by_working_days=False, pep=last.id,
    )  # fmt: skip


def _weeks(text: str | None) -> float | None:
    """How many weeks a transition takes, where the plan says so: the longest time that it names."""
    found = [value(match["over"] or match["plan"]) for match in _LASTING.finditer(text or "")]
    return max((weeks for weeks in found if weeks), default=None)


def _months(number: int) -> str:
    return "a month" if number == 1 else f"{number} months"
