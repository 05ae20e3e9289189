"""Alternative provision planned

Looks at: where alternative provision is recorded, whether the plan says what need it answers, what it is to achieve there,
and the way back to school.

Why: alternative provision follows an assessed need and the child's voice; it has an aim, an end, and a plan for coming back
from the start. Counts: a need, a SEND need or a reason; a target or an action about the provision; dates, or a target, an
action or a transition plan back to school. Met: all three. Partly: two of them. For other children this does not apply.
"""

import re
from datetime import date

from vsdocs.criteria import Answer, Example, quote, shown
from vsdocs.criteria.attendance_acted_upon import steps_about
from vsdocs.criteria.timetable_full import Params as FullTime
from vsdocs.evidence import State
from vsdocs.judgement import Met, Quote
from vsdocs.record import Extraction, Frozen

_THERE = re.compile(r"\b(?:AP|PRU)\b|\bat (?:the )?(?P<name>[A-Z][\w'-]+)")  # in capitals: 'at Birch House'


class Params(Frozen):
    there: tuple[str, ...] = (
        "alternative provision",
        "alternative provider",
        "provider",
        "alternative placement",
        "ap placement",
        "off-site",
        "offsite",
        "pupil referral",
        "vocational",
        "level 1",
        "level 2",
        "forest",
        "sessions at",
        "agreed session",
        "timetabled session",
    )
    back: tuple[str, ...] = (
        *FullTime().words,
        "return to school",
        "back to school",
        "back into school",
        "back in school",
        "exit plan",
        "exit criteria",
        "exit date",
        "college",
        "next placement",
    )


def check(pep: Extraction, params: Params, today: date) -> Answer:
    record = pep.record
    recorded = (quote(pep, "school.alternative_provision"),)
    if not record.school.alternative_provision:
        closed = pep.state("school.alternative_provision") in (State.NOT_LOCATED, State.UNREADABLE)
        return Answer(Met.CANNOT_TELL if closed else Met.NOT_APPLICABLE, recorded)
    parts = {
        "the need for it": _need(pep),
        "what it is to achieve": _aim(pep, params),
        "the way back": _back(pep, params),
    }
    found = tuple(quotes[0] for quotes in parts.values() if quotes)
    missing = [part for part, quotes in parts.items() if not quotes]
    if not missing:
        return Answer(Met.MET, recorded + found, {"words": shown(found[1].text)})  # its aim
    if {pep.state("targets"), pep.state("actions")} - {State.FOUND, State.BLANK}:
        return Answer(Met.CANNOT_TELL, recorded)
    facts = {"missing": " and ".join(filter(None, [", ".join(missing[:-1]), missing[-1]]))}
    return Answer(Met.PARTLY if len(missing) == 1 else Met.NOT_MET, recorded + found, facts)


def _need(pep: Extraction) -> tuple[Quote, ...]:
    record = pep.record
    said = {
        "timetable.reason": record.timetable.reason,
        "needs": record.needs,
        "send.primary_need": record.send.primary_need,
    }
    return tuple(quote(pep, path) for path, words in said.items() if words)


def _aim(pep: Extraction, params: Params) -> tuple[Quote, ...]:
    texts = {f"targets[{n}].text": f"{t.text} {t.provision or ''}" for n, t in enumerate(pep.record.targets)}
    texts |= {f"actions[{n}].action": action.action or "" for n, action in enumerate(pep.record.actions)}
    school = (pep.record.school.name or "").split()
    found = {path: [hit for hit in _THERE.finditer(text) if hit["name"] not in school] for path, text in texts.items()}
    named = tuple(quote(pep, path) for path, hits in found.items() if hits)
    return named + steps_about(pep, params.there)


def _back(pep: Extraction, params: Params) -> tuple[Quote, ...]:
    record = pep.record
    dated = [name for name in ("end", "next_review") if getattr(record.timetable, name)]
    moving = any(word in (record.transition or "").lower() for word in params.back)
    said = (quote(pep, "transition"),) if moving else ()
    return said + steps_about(pep, params.back) + tuple(quote(pep, f"timetable.{name}") for name in dated)


_AWAY = {"school": {"alternative_provision": True}}
_PLAN = {
    "needs": "Trauma; large classes",
    "targets": [{"text": "Complete Unit 1 at the AP by February"}],
    "actions": [{"action": "Meet in January about his return to school"}],
}
_READ = {"targets": "found", "actions": "found"}
EXAMPLES = [
    Example(Met.MET, _AWAY | _PLAN),
    Example(Met.PARTLY, {**_AWAY, **_PLAN, "needs": None}, {**_READ, "needs": "blank"}),
    Example(Met.NOT_MET, {**_AWAY, "targets": [{"text": "Learn the seven times table"}]}, {"actions": "blank"}),
    Example(Met.CANNOT_TELL, _AWAY, {"targets": "unreadable"}),
    Example(Met.CANNOT_TELL, {}, {"school.alternative_provision": "not_located"}),
    Example(Met.NOT_APPLICABLE, {"school": {"alternative_provision": False}}),
]
