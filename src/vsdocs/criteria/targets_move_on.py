"""Targets ask for more than the child does now

Looks at: the grade or level that a target names beside the one recorded for the same subject.

Why: a target that stands where the child stands, or below, asks for nothing. Counts: a higher grade (1 to 9) or entry
level. Where no target names one, or the two are of different kinds, this does not apply.
"""

import re
from datetime import date

from vsdocs.criteria import Answer, Example, quote
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.language.links import shared
from vsdocs.language.text import shortened
from vsdocs.record import Extraction, Frozen

_GRADE = re.compile(
    r"\b(?:(?P<entry>entry(?: level)?)|grade|a|an) ?(?P<number>[1-9])\b(?! ?(?:out|of|/|%|mark|minute|week|day))",
    re.IGNORECASE,
)
#: A grade or entry level recorded for a subject, and nothing else: "5", "Grade 5", "Entry 3".
NOW = re.compile(r"^\W*(?:(?P<entry>entry(?: level)?)|grade)? ?(?P<number>[1-9])\W*$", re.IGNORECASE)


class Params(Frozen):
    pass


def check(pep: Extraction, params: Params, today: date) -> Answer:
    for n, target in enumerate(pep.record.targets):
        aim = aim_of(target.text, target.success_criteria)
        for m, attainment in enumerate(pep.record.attainment):
            now = NOW.search(attainment.current or "")
            if aim is None or now is None or bool(aim["entry"]) is not bool(now["entry"]):
                continue
            if not shared(attainment.subject, f"{target.area or ''} {target.text or ''}"):
                continue
            state = Met.MET if int(aim["number"]) > int(now["number"]) else Met.NOT_MET
            facts = {"target": shortened(target.text, 80), "aim": aim.group(), "now": attainment.current or ""}
            if state is Met.NOT_MET:
                return Answer(state, (quote(pep, f"targets[{n}].text"), quote(pep, f"attainment[{m}].current")), facts)
            return Answer(state, (quote(pep, f"targets[{n}].text"),), facts)
    named = any(aim_of(target.text, target.success_criteria) for target in pep.record.targets)
    unseen = not pep.record.attainment and pep.state("attainment") is not State.BLANK
    return Answer(Met.CANNOT_TELL if named and unseen else Met.NOT_APPLICABLE)


def aim_of(*texts: str | None) -> re.Match[str] | None:
    """The last grade that a target names: in 'from a 3 to a 4' it is the 4."""
    named = list(_GRADE.finditer(" ".join(text or "" for text in texts)))
    return named[-1] if named else None


_MATHS = [{"subject": "Maths", "current": "5", "target": "7"}]
EXAMPLES = [
    Example(Met.MET, {"targets": [{"text": "From a grade 5 to a grade 6 in maths"}], "attainment": _MATHS}),
    Example(Met.NOT_MET, {"targets": [{"text": "Grade 5 in the maths mock"}], "attainment": _MATHS}),
    Example(Met.CANNOT_TELL, {"targets": [{"text": "Grade 5 in the maths mock"}]}, {"attainment": "not_located"}),
    Example(Met.NOT_APPLICABLE, {"targets": [{"text": "Swim a width by Easter"}], "attainment": _MATHS}),
]
