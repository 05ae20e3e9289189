"""From a record and a rubric to a judgement. Pure: the same PEP, rubric and day always give the same judgement.

Each area starts at Gold, each criterion that is not met caps it at a grade named in the rubric, and the rubric's overall
rule makes one grade of the area grades. Nothing that could not be read lowers a grade: such a criterion is `cannot_tell`,
and where it is a deciding one that could still lower its area, the area has no grade and a person looks.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import date

from vsdocs.criteria import Answer, all_criteria
from vsdocs.document import Format
from vsdocs.evidence import Evidence, State
from vsdocs.judgement import (
    AreaGrade,
    ChildShown,
    Finding,
    Grade,
    Judgement,
    Met,
    RubricShown,
)
from vsdocs.language import smart
from vsdocs.record import Extraction, Frozen, PepRecord
from vsdocs.rubric.asides import without_asides
from vsdocs.rubric.flags import flags_of
from vsdocs.rubric.model import Area, CriterionUse, Rubric

#: What an area's grade adds to the score that sorts lists.
_POINTS = {Grade.RED: 0, Grade.AMBER: 33, Grade.GREEN: 67, Grade.GOLD: 100}


def score(extraction: Extraction, rubric: Rubric, today: date) -> Judgement:
    """The judgement of one PEP under one rubric on one day."""
    pep, spoken_to = without_asides(extraction)
    judged = [_judged_area(rubric, area_id, pep, today) for area_id in rubric.areas]
    areas = tuple(area for area, _ in judged)
    findings = tuple(finding for _, found in judged for finding in found)
    grade, rule = rubric.decide({area.id: None if area.unseen else area.grade for area in areas})
    return Judgement(
        source=extraction.source,
        child=ChildShown(initials=pep.record.child.initials, year_group=pep.record.child.year_group),
        rubric=RubricShown(id=rubric.id, version=rubric.version),
        grade=grade,
        areas=areas,
        rule=rule,
        score=_score(rubric, areas),
        criteria=findings,
        targets=tuple(judged for _, judged in smart.judge_all(pep.record)),
        flags=flags_of(pep, rubric.flags, today, findings, spoken_to=spoken_to),
    )


def score_area(
    rubric: Rubric, area_id: str, extraction: Extraction, today: date
) -> tuple[AreaGrade, tuple[Finding, ...]]:
    """One area's grade and its findings, for text judged outside a whole PEP."""
    pep, _ = without_asides(extraction)
    return _judged_area(rubric, area_id, pep, today)


def part_of_a_pep(record: PepRecord) -> Extraction:
    """A piece of a plan as if read from a form: what was given and left empty is blank, all else was not there to read."""
    evidence: dict[str, Evidence] = {}

    def walk(prefix: str, part: Frozen) -> None:
        for name in part.model_fields_set:
            value, path = getattr(part, name), f"{prefix}{name}"
            if isinstance(value, Frozen):
                walk(f"{path}.", value)
            elif value is None or value == ():
                evidence[path] = Evidence(state=State.BLANK)
            for n, item in enumerate(value if isinstance(value, tuple) else ()):
                walk(f"{path}[{n}].", item)

    walk("", record)
    nothing = hashlib.sha256(b"").hexdigest()
    return Extraction(source="", id=nothing[:12], format=Format.DOCX, sha256=nothing, record=record, evidence=evidence)


def _judged_area(rubric: Rubric, area_id: str, pep: Extraction, today: date) -> tuple[AreaGrade, tuple[Finding, ...]]:
    area = rubric.areas[area_id]
    answers = {
        criterion_id: all_criteria()[criterion_id].check(pep, _params(criterion_id, use), today)
        for criterion_id, use in area.criteria.items()
    }
    findings = tuple(_finding(rubric, area_id, criterion_id, answer) for criterion_id, answer in answers.items())
    untold = tuple(criterion_id for criterion_id, answer in answers.items() if answer.state is Met.CANNOT_TELL)
    unseen = bool(untold) and all(a.state in (Met.CANNOT_TELL, Met.NOT_APPLICABLE) for a in answers.values())
    grade = _area_grade(area, answers, pep)
    if grade is not None:
        grade = min(grade, rubric.best, key=lambda g: g.rank)
    return AreaGrade(id=area_id, title=area.title, grade=grade, cannot_tell=untold, unseen=unseen), findings


def _params(criterion_id: str, use: CriterionUse) -> object:
    return all_criteria()[criterion_id].params.model_validate(use.params)


def _area_grade(area: Area, answers: Mapping[str, Answer], pep: Extraction) -> Grade | None:
    """The worst cap; none where a deciding criterion that cannot be told could still lower it.

    Where nothing at all could be told, and nothing was found but illegible, the form has no place for the area or it
    does not apply at the child's age: the rubric says what that is worth.
    """
    told = {c: a.state for c, a in answers.items() if a.state not in (Met.CANNOT_TELL, Met.NOT_APPLICABLE)}
    untold = [c for c, a in answers.items() if a.state is Met.CANNOT_TELL]
    if not told:
        illegible = any(pep.state(q.field) is State.UNREADABLE for c in untold for q in answers[c].quotes)
        return None if illegible else area.no_place
    grade = min((_cap(area.criteria[c], state) for c, state in told.items()), key=lambda g: g.rank)
    lower = any(area.criteria[c].deciding and area.criteria[c].caps.not_met.rank < grade.rank for c in untold)
    return None if lower else grade


def _cap(use: CriterionUse, state: Met) -> Grade:
    return {Met.NOT_MET: use.caps.not_met, Met.PARTLY: use.caps.partly}.get(state, Grade.GOLD)


def _finding(rubric: Rubric, area_id: str, criterion_id: str, answer: Answer) -> Finding:
    use = rubric.areas[area_id].criteria[criterion_id]
    words = {
        Met.MET: use.words.met,
        Met.PARTLY: use.words.partly or use.words.not_met,
        Met.NOT_MET: use.words.not_met,
        Met.CANNOT_TELL: rubric.cannot_tell,
        Met.NOT_APPLICABLE: rubric.not_applicable,
    }[answer.state]
    unmet = answer.state in (Met.PARTLY, Met.NOT_MET)
    return Finding(
        id=criterion_id,
        area=area_id,
        title=use.title or all_criteria()[criterion_id].title,
        grade=None if answer.state in (Met.CANNOT_TELL, Met.NOT_APPLICABLE) else _cap(use, answer.state),
        state=answer.state,
        evidence=answer.quotes,
        reasons=(_filled(words, answer.facts),),
        advice=(_filled(use.words.advice, answer.facts),) if unmet else (),
        authority=use.authority,
    )


class _Facts(dict[str, str]):
    """Loading a rubric proves that its slots are supplied; should one be missing all the same, nothing breaks."""

    def __missing__(self, slot: str) -> str:
        return "…"


def _filled(words: str, facts: Mapping[str, str]) -> str:
    """The wording with its slots filled; a quotation that brings its own full stop needs no second one."""
    return re.sub(r"([.!?…]’)\.", r"\1", words.format_map(_Facts(facts)))


def _score(rubric: Rubric, areas: tuple[AreaGrade, ...]) -> int | None:
    """0 to 100: the weighted mean of the area grades that are known; None where none is."""
    known = [(rubric.areas[area.id].weight, _POINTS[area.grade]) for area in areas if area.grade is not None]
    total = sum(weight for weight, _ in known)
    return round(sum(weight * points for weight, points in known) / total) if total else None
