"""A rubric as a rule book for teachers: what is looked at, what good looks like, what an omission costs, who says so."""

import re
from typing import Any

from vsdocs.criteria import Criterion, all_criteria
from vsdocs.judgement import Grade, Met
from vsdocs.record import Frozen
from vsdocs.rubric.model import CriterionUse, Flags, Rubric
from vsdocs.rubric.slips import supplied

_OWNERS = {
    "designated_teacher": "the designated teacher",
    "social_worker": "the social worker",
    "carer": "the carer",
    "virtual_school_lead": "the virtual school lead",
    "reviewing_officer": "the reviewing officer",
    "other": "the team around the child",
}


def book_object(rubric: Rubric) -> dict[str, Any]:
    """Everything that the rule book says, for `--json`."""
    data = rubric.model_dump(mode="json")
    for area_id, area in rubric.areas.items():
        for criterion_id, use in area.criteria.items():
            criterion = all_criteria()[criterion_id]
            params = criterion.params.model_validate(use.params).model_dump(mode="json")
            data["areas"][area_id]["criteria"][criterion_id] |= {
                "title": use.title or criterion.title,
                "about": paragraphs(criterion.about),
                "params": params,
            }
    for number, line in enumerate(rule_lines(rubric)):
        data["judgement"][number]["words"] = line
    return data


def book(rubric: Rubric) -> str:
    """The rule book: what is looked at, what good looks like, what caps at which grade, and on whose authority."""
    lines = [f"# {rubric.title}", "", f"{rubric.authority}, version {rubric.version}.", ""]
    lines += [rubric.about.strip(), ""] if rubric.about else []
    best = rubric.best.value.capitalize()
    if rubric.best is not Grade.GOLD:
        lines += [f"{best} is the best grade: no area and no PEP is graded above it.", ""]
    lines += [
        f"Each area starts at {best}. What is missing caps it at the grade named below; nothing else lowers it. What we "
        "could not find or could not read never lowers a grade: it goes on a list for a person to look at.",
        "",
    ]
    for area in rubric.areas.values():
        lines += [f"## {area.title}", "", *([area.about.strip(), ""] if area.about else [])]
        lines += [f"We ask {_OWNERS[area.owner]} about this.", ""]
        if area.no_place:
            grade = area.no_place.value.capitalize()
            lines += [
                f"Where the form has no place for it, or it is not asked of this child, it counts as {grade}.",
                "",
            ]
        if area.deciding:
            lines += ["Without a grade here the PEP has no grade, and a person looks at it.", ""]
        for criterion_id, use in area.criteria.items():
            lines += _entry(all_criteria()[criterion_id], use, rubric.best)
    lines += ["## The grade of the whole PEP", "", "The first line that holds decides.", ""]
    lines += [f"{number}. {line}" for number, line in enumerate(rule_lines(rubric), 1)]
    lines += ["", "## What a person looks at whatever the grade", ""]
    lines += ["- A reduced timetable, alternative provision, or no date for the next meeting."]
    for name, field in Flags.model_fields.items():
        value = getattr(rubric.flags, name)
        unasked = rubric.flags.sdq_threshold is None and name in ("sdq_threshold", "school_sdq_months")
        lines += [] if unasked else [f"- {(field.description or name).format(figure(value))}."]
    lines += [
        "",
        "## When things are due",
        "",
        *(f"- {line}" for line in rubric.deadlines.in_words(school_sdq=rubric.flags.sdq_threshold is not None)),
    ]
    return "\n".join(lines) + "\n"


def rule_lines(rubric: Rubric) -> list[str]:
    """The overall rule, a sentence a line."""
    lines = []
    for rule in rubric.judgement:
        where = f"where {rule.when.in_words(rubric.titles)}" if rule.when else "otherwise"
        lines.append(f"{rule.grade.value.capitalize()} {where}{f': {rule.because}' if rule.because else ''}.")
    return lines


def _entry(criterion: Criterion, use: CriterionUse, best: Grade) -> list[str]:
    lowers = use.caps.partly.rank < best.rank and bool(supplied(criterion.id, Met.PARTLY))
    if lowers and use.caps.partly is use.caps.not_met:
        caps = f"Not met, or only partly: {_at_best(use.caps.not_met, best)}."
    else:
        caps = f"Not met: {_at_best(use.caps.not_met, best)}."
        caps += f" Partly: {_at_best(use.caps.partly, best)}." if lowers else ""
    figures = _figures(criterion.params.model_validate(use.params))
    return [
        f"### {use.title or criterion.title}",
        "",
        _for_teachers(paragraphs(criterion.about)),
        "",
        *([figures, ""] if figures else []),
        f"**{caps}** {use.words.advice if '{' not in use.words.advice else ''}".rstrip(),
        "",
        f"Source: {use.authority}.",
        "",
    ]


def _figures(params: Frozen) -> str:
    """The figures that a teacher should know: 'At least 3 targets.'"""
    told = {field.description: getattr(params, name) for name, field in type(params).model_fields.items()}
    return " ".join(f"{words.format(figure(value))}." for words, value in told.items() if words)


def _at_best(cap: Grade, best: Grade) -> str:
    """What an unmet criterion costs its area; a cap at the best grade there is costs nothing."""
    lowers = cap.rank < best.rank
    return f"{cap.value.capitalize()} at best" if lowers else "the grade stays, and the letter asks for it"


def _for_teachers(text: str) -> str:
    """A criterion's own page names other criteria by their ids; teachers know them by their titles."""
    known = all_criteria()
    return re.sub(r"`(\w+)`", lambda m: f"‘{known[m[1]].title}’" if m[1] in known else m[0], text)


def paragraphs(text: str) -> str:
    """A docstring with each paragraph on one line."""
    return "\n\n".join(" ".join(block.split()) for block in text.split("\n\n"))


def figure(value: Any) -> str:
    """A figure or a list of words as people write it."""
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
