"""Whether a target is SMART: five facets, each with the words that decided and why.

A target is strong when it says what this child will do or reach, something would settle it, it has a deadline, it is about
the child's learning, development, attendance or readiness, and it is not shown to be out of reach.
"""

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from math import prod

from vsdocs.dates import parse_iso
from vsdocs.judgement import Facet, TargetJudgement
from vsdocs.language import learned
from vsdocs.language.advice import advise
from vsdocs.language.clauses import Kind, Part, read_part
from vsdocs.language.links import shared, without_names
from vsdocs.language.measures import Measure
from vsdocs.language.reach import is_one_step, out_of_reach
from vsdocs.language.text import plain
from vsdocs.record import PepRecord, Target

_CALENDAR = re.compile(
    r"\b(?:days?|mornings?|lessons?|weeks?)$", re.IGNORECASE
)  # 'every day' is how often, not how many
_WISH = re.compile(r"\b(?:improv|achiev|progress|develop|confiden|better|increas|rais(?:e|ing)|so that)", re.IGNORECASE)
_SETTLES = 0.5  # a measure of this weight or more settles whether the target was met
_NEEDED = ("specific", "measurable", "relevant", "time_bound")
#: How much say the rules have beside what labelled texts taught (measured with each writer left out: accuracy/train_language.py).
_SAY = {"specific": 0.35, "measurable": 0.3, "relevant": 0.7, "time_bound": 0.4}
_ENOUGH_WORDS = 15  # a shorter text gives words little to weigh, and the rules more to say
_START_SHOWN = 0.7  # the weight from which words tell where the child stands now
_AS_A_WHOLE: dict[str, dict[bool | None, str]] = {
    "specific": {
        True: "Read as a whole, it says what the child will do, know or reach.",
        False: "Read as a whole, it does not say what the child will be seen or heard to do.",
    },
    "measurable": {
        True: "Read as a whole, something here would settle whether it was met.",
        False: "Read as a whole, nothing here would settle whether it was met.",
    },
    "relevant": {
        True: "Read as a whole, it is about the child's own learning or life.",
        False: "Read as a whole, it is not about the child's own learning or life.",
    },
    "time_bound": {
        True: "Read as a whole, it says by when.",
        False: "Read as a whole, it does not say by when.",
    },
    "achievable": {
        True: "Read as a whole, it shows where the child stands now, and the step is a reasonable one.",
        False: "Read as a whole, the step looks too big for the time there is.",
        None: "No starting point is shown, so nobody can say how big the step is.",
    },
}
_NO_OUTCOME = {
    Kind.PROVISION: "This says what will be provided, not what the child will gain from it.",
    Kind.ADULT_TASK: "This is a task for an adult, so it belongs with the actions.",
    Kind.COHORT: "This is a figure for a group, and says nothing of this child.",
    Kind.POINTER: "This points elsewhere, or is a placeholder.",
    Kind.EMPTY: "Nothing is written here.",
    Kind.COMMENT: "This describes how things are. It does not yet say what comes next.",
    Kind.HELPED: "The verb is the adult's: what the child will do is not said.",
}

_SETTLED_BY = {
    "score": "A score or count settles it.",
    "change": "A from and a to settle it.",
    "percentage": "A percentage settles it.",
    "age": "A reading or spelling age settles it.",
    "limit": "A number to reach or stay within settles it.",
    "speed": "A speed settles it.",
    "level": "A grade or level settles it.",
    "rate": "How often settles it.",
    "streak": "So many in a row settles it.",
    "distance": "How far settles it.",
    "duration": "How long settles it.",
    "zero": "That it no longer happens settles it.",
    "product": "A number of things to do or make settles it.",
    "all of": "Every one of a known set settles it.",
    "feat": "It happens or it does not.",
    "unaided": "The child does it unaided or does not.",
}


def judge(
    target: Target,
    meeting_date: str | None = None,
    next_date: str | None = None,
    needs: tuple[str, ...] = (),
    taught: dict[str, learned.Opinion] | None = None,
) -> TargetJudgement:
    """Judge one target from its text and columns.

    Dates are ISO 8601; `needs` are texts of the plan that a target may answer (needs, voice, attainment), used only to say
    what it is linked to; `taught` is what labelled texts taught of its words, by the shipped model if it is not given.
    Raises nothing for any text.
    """
    meeting = parse_iso(meeting_date)
    text, criteria = read_part(target.text, meeting), read_part(target.success_criteria, meeting)
    measured = _measure(text, criteria)
    by_rule = {
        "specific": _specific(text, criteria, measured),
        "measurable": _measurable(text, criteria, measured),
        "achievable": _achievable(text, criteria, target, meeting),
        "relevant": _relevant(text, criteria, measured, needs),
        "time_bound": _time_bound(text, criteria, target, meeting, parse_iso(next_date)),
    }
    told = _damped(target, taught or learned.opinions("targets", learned_boxes(target), learned_facts(target, meeting)))
    facets = by_rule if text.kind in (Kind.EMPTY, Kind.POINTER) else _weighed(by_rule, told)
    smart = all(facets[name].met for name in _NEEDED) and facets["achievable"].met is not False
    score = round(prod(facet.score for facet in facets.values()) ** (1 / len(facets)), 3)
    return TargetJudgement(
        text=target.text or "", score=score, smart=smart, facets=facets, advice=advise(target, text, facets, smart)
    )


def _damped(target: Target, told: dict[str, learned.Opinion]) -> dict[str, learned.Opinion]:
    """The opinions, the fewer the words the fainter."""
    share = min(1.0, sum(len(box.split()) for box in learned_boxes(target)) / _ENOUGH_WORDS)
    return {name: replace(opinion, weight=opinion.weight * share) for name, opinion in told.items()}


def _weighed(by_rule: dict[str, Facet], told: dict[str, learned.Opinion]) -> dict[str, Facet]:
    """The facets by rule and by what labelled texts taught, each with its say. Where the two differ, the reason names the
    words that weighed most."""
    facets = {}
    for name in _NEEDED:
        weight = told[name].weight + _SAY[name] * learned.odds(by_rule[name].score)
        facets[name] = _settled(name, by_rule[name], weight > 0, learned.likelihood(weight), told[name])
    if by_rule["time_bound"].words and by_rule["time_bound"].score in (0.9, 1.0):  # a due date is no matter of opinion
        facets["time_bound"] = by_rule["time_bound"]
    facets["achievable"] = _reach(by_rule["achievable"], told, measured=bool(facets["measurable"].met))
    return {name: facets[name] for name in by_rule}


def _reach(rule: Facet, told: dict[str, learned.Opinion], *, measured: bool) -> Facet:
    """Whether the step can be taken. Of a step that nothing measures, only the rules can say that it is too big."""
    reach, start = told["within_reach"], told["start_shown"]
    if rule.met and rule.score == 1.0:  # the very next grade is no matter of opinion
        return rule
    too_far = reach.weight < {False: 1.0, True: -0.3, None: 0.0}[rule.met]
    if too_far and (measured or rule.met is False):
        return _settled("achievable", rule, False, learned.likelihood(-abs(reach.weight)), reach)
    if rule.met or start.weight > _START_SHOWN:
        return _settled("achievable", rule, True, learned.likelihood(abs(reach.weight)), start)
    return _settled("achievable", rule, None, learned.likelihood(reach.weight) if measured else rule.score, start)


def _settled(name: str, rule: Facet, met: bool | None, score: float, told: learned.Opinion) -> Facet:
    if met is rule.met:
        return rule.model_copy(update={"score": round(score, 3)})
    return Facet(met=met, score=round(score, 3), words=", ".join(told.words), because=_AS_A_WHOLE[name][met])


@lru_cache(maxsize=64)
def judge_all(record: PepRecord) -> tuple[tuple[int, TargetJudgement], ...]:
    """Every written target of a record, judged beside its plan: (its index, its judgement)."""
    needs = tuple(need for _, need in needs_of(record))
    return tuple(
        (n, judge(target, record.meeting.date, record.meeting.next_date, needs))
        for n, target in enumerate(record.targets)
        if target.text or target.success_criteria
    )


def needs_of(record: PepRecord) -> tuple[tuple[str, str], ...]:
    """What a target may answer, as (field, text): needs, SEND, the child's words and hopes, subjects not on track."""
    found = [
        ("needs", record.needs),
        ("send.primary_need", record.send.primary_need),
        ("aspirations", record.aspirations),
    ]
    found += [(f"voice[{n}].answer", entry.answer) for n, entry in enumerate(record.voice)]
    found += [(f"attainment[{n}].subject", a.subject) for n, a in enumerate(record.attainment) if a.on_track is False]
    return tuple((field, without_names(text, record.child)) for field, text in found if text)


def learned_boxes(target: Target) -> tuple[str, str]:
    """The boxes of a target whose words are weighed."""
    return plain(target.text), plain(target.success_criteria)


def learned_facts(target: Target, meeting: date | None) -> tuple[str, ...]:
    """What is weighed besides the words."""
    due = parse_iso(target.due)
    ahead = "due" if due and not (meeting and due <= meeting) else "overdue" if due else "no_due"
    return ahead, "criteria" if target.success_criteria else "no_criteria"


def _measure(text: Part, criteria: Part) -> Measure | None:
    """The surest measure of the child in either box; a hedge ('more often', 'staff feel') unsettles a weak one."""
    best: Measure | None = None
    for part in (criteria, text):
        for found in part.measures if part.says_outcome else ():
            if part is criteria and text.kind is Kind.PROVISION and "session" in criteria.text.lower():
                continue
            weight = found.weight
            if found.kind == "unaided":
                weight += 0.15 * bool(part.act)
            if found.kind == "all of" and not (
                part.act and (part.reading.has("unaided") or not _CALENDAR.search(found.words))
            ):
                weight -= 0.3
            if weight < 0.8 and part.reading.has("more_as_written", "opinion"):
                weight -= 0.35
            elif found.kind != "change" and part.reading.has("opinion") and not part.act:
                weight -= 0.6
            if best is None or weight > best.weight:
                best = Measure(found.kind, weight, found.words, found.start)
    return best


def _specific(text: Part, criteria: Part, measured: Measure | None) -> Facet:
    if text.kind in _NO_OUTCOME and not (measured and criteria.says_outcome and measured.weight >= 0.8):
        return Facet(met=False, score=0.1, words=text.text[:80], because=_NO_OUTCOME[text.kind])
    if text.act:
        return Facet(
            met=True, score=0.95 if measured else 0.7, words=text.act, because="It says what the child will do."
        )
    if measured and measured.weight >= _SETTLES:
        return Facet(met=True, score=0.85, words=measured.words, because="It says what the child will reach.")
    vague = text.reading.first("vague")
    because = "It does not say what the child will be seen or heard to do."
    return Facet(met=False, score=0.1 if vague else 0.25, words=vague or text.text[:80], because=because)


def _measurable(text: Part, criteria: Part, measured: Measure | None) -> Facet:
    if measured is None:
        words = criteria.reading.first("opinion", "more_as_written", "vague") or text.reading.first(
            "opinion", "more_as_written", "vague"
        )
        return Facet(met=False, score=0.1, words=words, because="Nothing here would settle whether it was met.")
    if measured.weight < _SETTLES:
        return Facet(
            met=False, score=0.3, words=measured.words, because="Two people could disagree whether this was met."
        )
    return Facet(met=True, score=min(1.0, measured.weight), words=measured.words, because=_SETTLED_BY[measured.kind])


def _achievable(text: Part, criteria: Part, target: Target, meeting: date | None) -> Facet:
    leap = out_of_reach(text, criteria, target, meeting)
    if leap:
        return Facet(
            met=False,
            score=0.05,
            words=leap,
            because="The step is too big for the time there is, or allows no slip.",
        )
    shown = text.baseline or criteria.baseline or plain(target.baseline)
    if shown:
        return Facet(
            met=True,
            score=1.0 if is_one_step(f"{text.text} {criteria.text}") else 0.95,
            words=shown,
            because="It shows where the child stands now, and the step is a reasonable one.",
        )
    return Facet(met=None, score=0.6, because="No starting point is shown, so nobody can say how big the step is.")


def _relevant(text: Part, criteria: Part, measured: Measure | None, needs: tuple[str, ...]) -> Facet:
    if text.kind in (Kind.ADULT_TASK, Kind.COHORT) and not (
        measured and criteria.says_outcome and measured.weight >= 0.9
    ):
        return Facet(met=False, score=0.05, words=text.text[:80], because=_NO_OUTCOME[text.kind])
    if text.kind in (Kind.PROVISION, Kind.POINTER, Kind.EMPTY) and measured is None and not _WISH.search(text.text):
        return Facet(met=None, score=0.4, words=text.text[:80], because=_NO_OUTCOME[text.kind])
    link = next((words for need in needs if (words := shared(text.text, need))), "")
    because = (
        f"It answers something the plan says of the child (‘{link}’)."
        if link
        else "It is about the child's own learning or life."
    )
    return Facet(met=True, score=1.0, words=link, because=because)


def _time_bound(text: Part, criteria: Part, target: Target, meeting: date | None, following: date | None) -> Facet:
    due = parse_iso(target.due)
    if due and not (meeting and due <= meeting):
        late = following is not None and due > following
        because = "It has a due date" + (", though after the next meeting." if late else ".")
        return Facet(met=True, score=0.9 if late else 1.0, words=target.due or "", because=because)
    for part in (text, criteria):
        for moment in part.moments:
            if moment.deadline:
                return Facet(met=True, score=0.95, words=moment.words, because="It says by when.")
    if due:
        return Facet(
            met=False, score=0.15, words=target.due or "", because="The due date had passed before the meeting."
        )
    passed = next((moment.words for part in (text, criteria) for moment in part.moments), "")
    return Facet(met=False, score=0.03 if passed else 0.15, words=passed, because="It does not say by when.")
