"""A rubric: what each area looks at, what an unmet criterion costs, and how area grades become one grade.

Everything that a council may want different stands in `rubrics/<id>.yaml`. `load` reads one, and refuses it with every
slip at once, each with its line: an unknown criterion or figure, a wording that asks for a word nobody supplies, a rule
that can never decide or leaves some PEP without a grade.

A file says a criterion's words, figures and authority once, under `criteria:`, and what it costs where it stands, under
`areas:`; so a rubric that extends another can put it into another area without its words.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from vsdocs import packs
from vsdocs.errors import PackError
from vsdocs.judgement import Grade
from vsdocs.record import Frozen, Role
from vsdocs.rubric.rule import Rule, Told, combinations, listed
from vsdocs.rubric.slips import SHARED, criterion_slips, mapping, shared_slips
from vsdocs.settings import data_folder
from vsdocs.timing import Deadlines


class Words(Frozen):
    """What a teacher reads, said to them as 'you'. `{slots}` are filled with facts from the PEP."""

    met: str
    partly: str | None = None
    not_met: str
    advice: str


class Caps(Frozen):
    """The best grade that an area can have where the criterion is not met, or only partly."""

    not_met: Grade
    partly: Grade = Grade.GOLD


def _long_form(caps: Any) -> Any:
    """`red` written out: not met is Red at best, partly met one grade better."""
    if not isinstance(caps, str):
        return caps
    if caps not in list(Grade):
        raise ValueError(f"{caps!r} is not a grade{packs.did_you_mean(caps, list(Grade))}")
    better = list(Grade)[min(Grade(caps).rank + 1, Grade.GOLD.rank)]
    return {"not_met": caps, "partly": better}


class CriterionUse(Frozen):
    """How a rubric uses one criterion.

    `caps: red` is short for `{not_met: red}` with `partly` one grade better. A `deciding` criterion is one without which
    its area cannot be graded: where it cannot be told and could still lower the grade, the area has none.
    """

    title: str | None = None
    caps: Annotated[Caps, BeforeValidator(_long_form, json_schema_input_type=Grade | Caps)]
    deciding: bool = False
    params: dict[str, Any] = Field(default_factory=dict)
    authority: str
    words: Words


class Area(Frozen):
    """One area of a PEP. `owner` is whom the letter asks; `weight` counts only in the score that sorts lists.

    Where a `deciding` area cannot be told, neither can the PEP. `no_place` is the area's grade where a form has no place
    for any of it or none of it applies at the child's age; without it, such an area has no grade.
    """

    title: str
    about: str = ""
    owner: Role = Role.DESIGNATED_TEACHER
    weight: Annotated[float, Field(ge=0)] = 1.0
    deciding: bool = False
    no_place: Grade | None = None
    criteria: Annotated[dict[str, CriterionUse], Field(min_length=1)]


class Flags(Frozen):
    """The figures behind the flags: what a person must look at whatever the grade."""

    sdq_threshold: int | None = Field(
        default=None, description="A carer's or parent's SDQ total above {}: a school SDQ is due"
    )
    school_sdq_months: int = Field(
        default=1, description="Months after the meeting by which that school SDQ is due: {}"
    )
    full_time_hours: float = Field(default=25, description="Fewer than {} hours a week in Years 1 to 11")
    full_time_hours_post_16: float = Field(default=16, description="Fewer than {} hours a week in Years 12 and 13")
    attendance_low: float = Field(default=90, description="Attendance below {}% (persistent absence)")
    attendance_ambition: float = Field(default=95, description="Attendance below {}% that the plan does not answer")
    suspensions: int = Field(default=2, description="{} suspensions or more, or any permanent exclusion")
    ofsted_below_good: tuple[str, ...] = Field(
        default=("requires improvement", "inadequate"), description="A school judged: {}"
    )
    identity_warnings: tuple[str, ...] = Field(
        default=("identity_unsure", "two_children"), description="Doubt whose PEP it is"
    )


class Rubric(Frozen):
    """A whole rubric. Areas and criteria keep the order of the file: it is the order of the letter.

    `best` is the best grade there is: `green` for an authority that knows three. No area and no PEP is graded above it.
    """

    id: str
    title: str
    authority: str
    version: str
    about: str = ""
    best: Grade = Grade.GOLD
    cannot_tell: str = "We could not find this in the form, so it has not been counted either way."
    not_applicable: str = "This does not apply here."
    areas: Annotated[dict[str, Area], Field(min_length=1)]
    judgement: tuple[Rule, ...]
    flags: Flags = Flags()
    deadlines: Deadlines = Deadlines()

    @property
    def digest(self) -> str:
        """Names this rubric's very contents, for caches: an edit without a new version must not go unseen.

        Deadlines are left out: no grade hangs on them, so that a new one has nothing graded again.
        """
        as_before = {"best"} if self.best is Grade.GOLD else set()  # as before there was `best`
        told = self.model_dump_json(exclude={"deadlines", *as_before})
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def grades(self) -> tuple[Grade, ...]:
        """The grades that this rubric gives, worst first."""
        return tuple(Grade)[: self.best.rank + 1]

    @property
    def titles(self) -> dict[str, str]:
        return {area_id: area.title for area_id, area in self.areas.items()}

    def decide(self, grades: Mapping[str, Told]) -> tuple[Grade | None, str]:
        """The overall grade and the line that decided. Without a deciding area's grade there is none."""
        untold = [area_id for area_id, area in self.areas.items() if area.deciding and grades[area_id] is None]
        if untold:
            return None, f"No grade, because {listed(untold, self.titles, 'and')} could not be told"
        rule = next(rule for rule in self.judgement if rule.holds(grades))
        return rule.grade, rule.in_words(self.titles, grades)


def ids(folder: Path | None = None) -> list[str]:
    return packs.ids(folder or data_folder("rubrics"))


def load(rubric_id: str, folder: Path | None = None) -> Rubric:
    """The rubric of this id; `PackError` with every slip and its place if it has any."""
    pack = packs.load(folder or data_folder("rubrics"), rubric_id)
    return _checked(pack)


def check(rubric: str) -> Rubric:
    """Load a rubric by its id or by the path of its file, which may extend others beside it or those that ship."""
    return load(rubric)


def _checked(pack: packs.Pack) -> Rubric:
    found = list(shared_slips(pack))
    pack = _laid_out(pack)
    rubric = None
    try:
        rubric = packs.Pack(pack.id, pack.data | {"id": pack.id}, pack.places).parse(Rubric)
    except PackError as error:
        found += error.message.splitlines()
    found += criterion_slips(pack)
    if rubric is not None:
        found += _rule_slips(pack, rubric)
    if found or rubric is None:
        raise PackError("\n".join(found), "Correct the lines named above and run the command again.")
    return rubric


def _laid_out(pack: packs.Pack) -> packs.Pack:
    """The pack with each area's criteria laid over what `criteria:` says of them, and every word at its own place."""
    data, places = dict(pack.data), dict(pack.places)
    said = mapping(data.pop("criteria", None))
    spots: dict[str, list[tuple[str | int, ...]]] = {}
    for at in places:
        if len(at) > 2 and at[0] == "criteria":
            spots.setdefault(str(at[1]), []).append(at[2:])
    areas = dict(mapping(data.get("areas")))
    for area_id, area in areas.items():
        uses = mapping(mapping(area).get("criteria"))
        if not uses:
            continue
        shared = {c: {key: said[c][key] for key in SHARED if key in mapping(said.get(c))} for c in uses}
        areas[area_id] = area | {"criteria": {c: packs.merged(shared[c], use) for c, use in uses.items()}}
        for criterion_id in uses:
            for rest in spots.get(criterion_id, ()):
                path = ("areas", area_id, "criteria", criterion_id, *rest)
                places.setdefault(path, places["criteria", criterion_id, *rest])
    if areas:
        data["areas"] = areas
    return packs.Pack(pack.id, data, places)


def _rule_slips(pack: packs.Pack, rubric: Rubric) -> list[str]:
    found = []
    for index, rule in enumerate(rubric.judgement):
        for area_id in sorted((rule.when.named() if rule.when else set()) - set(rubric.areas)):
            near = packs.did_you_mean(area_id, rubric.areas)
            found.append(f"{pack.place(('judgement', index, 'when'))}: there is no area {area_id!r}{near}")
        if rule.grade.rank > rubric.best.rank:
            best = rubric.best.value
            found.append(f"{pack.place(('judgement', index, 'grade'))}: {rule.grade.value} is above `best: {best}`")
    for area_id, area in rubric.areas.items():
        if area.no_place and area.no_place.rank > rubric.best.rank:
            at = pack.place(("areas", area_id, "no_place"))
            found.append(f"{at}: {area.no_place.value} is above `best: {rubric.best.value}`")
    if not rubric.judgement or rubric.judgement[-1].when is not None:
        found.append(f"{pack.place(('judgement',))}: the last line must have no `when`, so that every PEP gets a grade")
    if found:
        return found
    decided = {
        next((n for n, rule in enumerate(rubric.judgement) if rule.holds(grades)), None)
        for grades in combinations(rubric.judgement, rubric.areas, rubric.grades)
    }
    return [
        f"{pack.place(('judgement', n))}: this line can never decide; the lines above it catch every case"
        for n in range(len(rubric.judgement))
        if n not in decided
    ]
