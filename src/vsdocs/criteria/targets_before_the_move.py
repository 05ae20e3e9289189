"""Targets fall due before the school changes

Looks at: due dates of a child in the last year of primary school beside the end of that school year.

Why: those who are to teach, fund and review the target will not be there. Counts: a due date up to 31 August. Where the
child is not in Year 6, this does not apply.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, moot, quote, share_met
from vsdocs.dates import parse_iso
from vsdocs.judgement import Met
from vsdocs.language.text import quoted
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    years: tuple[str, ...] = ("6",)  # year groups after which the school changes
    nearly: float = 0.6  # the share of dated targets (0-1) from which the criterion is partly met


def check(pep: Extraction, params: Params, today: date) -> Answer:
    year, meeting = pep.record.child.year_group, parse_iso(pep.record.meeting.date)
    if year is not None and year not in params.years:
        return Answer(Met.NOT_APPLICABLE)
    if not pep.record.targets:
        return Answer(moot(pep, "targets"))
    dues = [(n, due) for n, target in enumerate(pep.record.targets) if (due := parse_iso(target.due))]
    if not dues:
        return Answer(Met.NOT_APPLICABLE)
    if year is None or meeting is None:
        return Answer(Met.CANNOT_TELL)
    leaves = date(min(meeting.year + (meeting.month >= 9), date.max.year), 8, 31)
    told: list[bool | None] = [due <= leaves for _, due in dues]
    state = share_met(told, params.nearly)
    at = [n for (n, _), one in zip(dues, told, strict=True) if one is (state is Met.MET)]
    facts = {"targets": quoted(pep.record.targets[n].text for n in at[: 1 if state is Met.MET else 3])}
    return Answer(state, tuple(quote(pep, f"targets[{n}].due") for n in at[: 1 if state is Met.MET else 3]), facts)


_CHILD = {"child": {"year_group": "6"}, "meeting": {"date": "2025-06-24"}}
_IN_TIME, _LATE = {"text": "Read aloud", "due": "2025-07-18"}, {"text": "Read aloud", "due": "2025-10-02"}
EXAMPLES = [
    Example(Met.MET, {**_CHILD, "targets": [_IN_TIME]}),
    Example(Met.PARTLY, {**_CHILD, "targets": [_IN_TIME, _IN_TIME, _LATE]}),
    Example(Met.NOT_MET, {**_CHILD, "targets": [_LATE]}),
    Example(Met.CANNOT_TELL, {"targets": [_LATE]}),
    Example(Met.NOT_APPLICABLE, {"child": {"year_group": "5"}, "targets": [_LATE]}),
]
