"""Do the values fit? A value that fails its check is kept, with a warning and less confidence: a person looks at it.

No message holds anything from the document.
"""

from datetime import date

from vsdocs.dates import age_on, parse_iso
from vsdocs.evidence import Evidence
from vsdocs.extract import values
from vsdocs.extract.found import Gathered
from vsdocs.record import PepRecord, Warning  # noqa: A004 - the contract's own word

DOUBTFUL = 0.4  # confidence of a value that fails its check
SUBSCALES = ("emotional", "conduct", "hyperactivity", "peer")
LATEST_BIRTH_SLACK = 1  # years that a child may be out of the usual year group

_MESSAGES = {
    "upn_check": "The UPN's check letter does not fit its digits: it may be misread or mistyped.",
    "sdq_sum": "The four SDQ difficulty scores do not add up to the total.",
    "sdq_range": "An SDQ score is out of its range (subscales 0 to 10, total 0 to 40).",
    "percent_range": "An attendance figure is not between 0 and 100.",
    "age_year_group": "The date of birth does not fit the year group.",
    "date_order": "Two dates are in an order that cannot be right.",
    "two_children": "The file seems to hold two children's details. Split it, or check whose PEP this is.",
    "identity_unsure": "The form does not say for sure which child this is: a name and a date of birth or UPN are needed.",
}


def check(record: PepRecord, evidence: dict[str, Evidence], found: Gathered) -> tuple[Warning, ...]:
    """The warnings for a record. Lowers the confidence of what fails in `evidence`."""
    warnings: list[Warning] = []

    def warn(code: str, *paths: str) -> None:
        page = next((evidence[path].page for path in paths if path in evidence), None)
        warnings.append(Warning(code=code, message=_MESSAGES[code], page=page))
        for path in paths:
            if path in evidence:
                lower = min(evidence[path].confidence, DOUBTFUL)
                evidence[path] = evidence[path].model_copy(update={"confidence": lower})

    child, sdq = record.child, record.sdq
    if child.upn and not values.is_upn(child.upn):
        warn("upn_check", "child.upn")
    scores = {part: getattr(sdq, part) for part in SUBSCALES}
    out = [f"sdq.{part}" for part in (*SUBSCALES, "prosocial") if not 0 <= (getattr(sdq, part) or 0) <= 10]
    if out or not 0 <= (sdq.total or 0) <= 40:
        warn("sdq_range", *(out or ["sdq.total"]))
    elif sdq.total is not None and None not in scores.values() and sum(scores.values()) != sdq.total:
        warn("sdq_sum", "sdq.total", *(f"sdq.{part}" for part in SUBSCALES))
    for name in ("percent", "authorised_percent", "unauthorised_percent"):
        value = getattr(record.attendance, name)
        if value is not None and not 0 <= value <= 100:
            warn("percent_range", f"attendance.{name}")
    born, met = parse_iso(child.date_of_birth), parse_iso(record.meeting.date)
    if born and met and child.year_group and not _fits(born, met, child.year_group):
        warn("age_year_group", "child.date_of_birth", "child.year_group")
    into_care, following = parse_iso(child.date_into_care), parse_iso(record.meeting.next_date)
    if born and into_care and into_care < born:
        warn("date_order", "child.date_into_care", "child.date_of_birth")
    if met and following and following <= met:
        warn("date_order", "meeting.next_date")
    if _two_children(found):
        warn("two_children")
    if not (child.forename or child.surname) or not (child.date_of_birth or child.upn):
        warn("identity_unsure")
    return tuple(warnings)


def _fits(born: date, met: date, year_group: str) -> bool:
    """Whether a child of this age may be in the year group, a year either way (nursery takes two-year-olds)."""
    september = date(met.year if met.month >= 9 else met.year - 1, 9, 1)
    age = age_on(born, september)
    if year_group == "N":
        return 1 <= age <= 4
    usual = 4 + (0 if year_group == "R" else int(year_group))
    return abs(age - usual) <= LATEST_BIRTH_SLACK or (year_group in ("12", "13", "14") and usual <= age <= 21)


def _two_children(found: Gathered) -> bool:
    """Whether the boxes for a child's own details hold two different answers."""
    boxes = found.boxes
    upns = {upn for words in boxes.get("child.upn", []) if (upn := values.read_upn(words.text)) and values.is_upn(upn)}
    births = {born for words in boxes.get("child.date_of_birth", []) if (born := values.read_date(words.text))}
    names: list[set[str]] = []
    for path in ("child.forename", "child.surname"):
        answers = [set(words.text.casefold().replace("-", " ").split()) for words in boxes.get(path, []) if words]
        names.append({word for answer in answers if not answer & answers[0] for word in answer} if answers else set())
    return len(upns) > 1 or len(births) > 1 or all(names)
