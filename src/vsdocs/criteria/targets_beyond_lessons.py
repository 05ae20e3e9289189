"""A target beyond lessons

Looks at: whether any target is about life beyond lessons: feelings, friends, independence, clubs, work.

Why: every PEP should widen the child's development, not only the timetable. Counts: the target's area or its text. Does not
count: attendance at lessons.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, moot, quote
from vsdocs.judgement import Met
from vsdocs.language.smart import judge_all
from vsdocs.language.text import plain, read, shortened
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    pass


def check(pep: Extraction, params: Params, today: date) -> Answer:
    judged = judge_all(pep.record)
    if not judged:
        return Answer(moot(pep, "targets"))
    for n, _ in judged:
        target = pep.record.targets[n]
        if any(
            read(plain(part), "targets").has("beyond_lessons")
            for part in (target.area, target.text, target.success_criteria)
        ):
            return Answer(Met.MET, (quote(pep, f"targets[{n}].text"),), {"target": shortened(target.text, 80)})
    return Answer(Met.NOT_MET, tuple(quote(pep, f"targets[{n}].text") for n, _ in judged[:3]))


EXAMPLES = [
    Example(Met.MET, {"targets": [{"text": "Go to five of the six drama club sessions this half-term"}]}),
    Example(Met.NOT_MET, {"targets": [{"text": "Read 60 words a minute by Easter"}]}),
    Example(Met.NOT_MET, {"targets": [{"text": "Attendance from 82% to 90% by Easter"}]}),
    Example(Met.CANNOT_TELL, {}, {"targets": "not_located"}, "targets_present says whether there are any"),
]
