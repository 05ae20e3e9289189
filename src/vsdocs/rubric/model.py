"""A rubric: what each area looks at, what an unmet criterion costs, and how area grades become one grade.

Everything that a council may want different stands in `rubrics/<id>.yaml`. `load` reads one, and refuses it with every
slip at once, each with its line: an unknown criterion or figure, a wording that asks for a word nobody supplies, a rule
that can never decide or leaves some PEP without a grade.
"""

import hashlib
import string
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from vsdocs import packs
from vsdocs.criteria import EXAMPLE_DAY, all_criteria
from vsdocs.errors import PackError
from vsdocs.judgement import Grade, Met
from vsdocs.record import Frozen, Role
from vsdocs.rubric.rule import Rule, Told, combinations, listed
from vsdocs.settings import data_folder


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

    sdq_threshold: int = Field(default=14, description="A carer's or parent's SDQ total above {}: a school SDQ is due")
    school_sdq_months: int = Field(default=1, description="The school SDQ is due within {} month(s) of the meeting")
    full_time_hours: float = Field(default=25, description="Fewer than {} hours a week in Years 1 to 11")
    full_time_hours_post_16: float = Field(default=16, description="Fewer than {} hours a week in Years 12 and 13")
    attendance_low: float = Field(default=90, description="Attendance below {}% (persistent absence)")
    attendance_ambition: float = Field(default=95, description="Attendance below {}% that the plan does not answer")
    suspensions: int = Field(default=2, description="{} suspensions or more, or any permanent exclusion")
    ofsted_below_good: tuple[str, ...] = Field(
        default=("requires improvement", "inadequate"), description="A school judged: {}"
    )
    identity_warnings: tuple[str, ...] = Field(
        default=("identity_unsure", "two_children"), description="Doubt whose PEP it is ({})"
    )


class Rubric(Frozen):
    """A whole rubric. Areas and criteria keep the order of the file: it is the order of the letter."""

    id: str
    title: str
    authority: str
    version: str
    about: str = ""
    cannot_tell: str = "We could not find this in the form, so it has not been counted either way."
    not_applicable: str = "This does not apply here."
    areas: Annotated[dict[str, Area], Field(min_length=1)]
    judgement: tuple[Rule, ...]
    flags: Flags = Flags()

    @property
    def digest(self) -> str:
        """Names this rubric's very contents, for caches: an edit without a new version must not go unseen."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]

    @property
    def titles(self) -> dict[str, str]:
        return {area_id: area.title for area_id, area in self.areas.items()}

    def decide(self, grades: Mapping[str, Told]) -> tuple[Grade | None, str]:
        """The overall grade and the line that decided. Without a deciding area's grade there is none."""
        untold = [area_id for area_id, area in self.areas.items() if area.deciding and grades[area_id] is None]
        if untold:
            return None, f"No grade, because {listed(untold, self.titles, 'and')} could not be told"
        rule = next(rule for rule in self.judgement if rule.holds(grades))
        return rule.grade, rule.in_words(self.titles)


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
    found: list[str] = []
    rubric = None
    try:
        rubric = packs.Pack(pack.id, pack.data | {"id": pack.id}, pack.places).parse(Rubric)
    except PackError as error:
        found += error.message.splitlines()
    found += _criterion_slips(pack)
    if rubric is not None:
        found += _rule_slips(pack, rubric)
    if found or rubric is None:
        raise PackError("\n".join(found), "Correct the lines named above and run the command again.")
    return rubric


def _criterion_slips(pack: packs.Pack) -> Iterator[str]:
    """What pydantic cannot see, told of the raw data so that it stands beside what pydantic saw."""
    known = all_criteria()
    homes: dict[str, str] = {}
    for area_id, area in _mapping(pack.data.get("areas")).items():
        for criterion_id, use in _mapping(_mapping(area).get("criteria")).items():
            path = ("areas", area_id, "criteria", criterion_id)
            criterion = known.get(criterion_id)
            if criterion is None:
                near = packs.did_you_mean(criterion_id, known)
                yield f"{pack.place(path)}: there is no criterion {criterion_id!r}{near}"
                continue
            if criterion_id in homes:
                yield f"{pack.place(path)}: {criterion_id!r} stands in the area {homes[criterion_id]!r} too"
            homes[criterion_id] = area_id
            try:
                criterion.params.model_validate(_mapping(use).get("params") or {})
            except ValidationError as error:
                for slip in error.errors():
                    at = (*path, "params", *slip["loc"])
                    word = str(slip["loc"][0]) if slip["loc"] else ""
                    near = packs.did_you_mean(word, criterion.params.model_fields)
                    text = f"{word!r} is not a figure of this criterion{near}"
                    yield f"{pack.place(at)}: {text if slip['type'] == 'extra_forbidden' else slip['msg']}"
            wording = _mapping(_mapping(use).get("words"))
            for key in wording:
                for problem in _slot_slips(criterion_id, key, wording):
                    yield f"{pack.place((*path, 'words', key))}: {problem}"


def _mapping(value: Any) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}


def _slot_slips(criterion_id: str, key: str, wording: dict[str, Any]) -> Iterator[str]:
    try:
        slots = {name for _, name, _, _ in string.Formatter().parse(str(wording[key])) if name is not None}
    except ValueError as error:
        yield f"a brace is out of place: {error}"
        return
    states = {"met": [Met.MET], "partly": [Met.PARTLY], "not_met": [Met.NOT_MET]}.get(key, [Met.NOT_MET, Met.PARTLY])
    if key == "not_met" and "partly" not in wording:
        states = [Met.NOT_MET, Met.PARTLY]
    if not slots or key not in Words.model_fields:
        return
    supplies = [set(facts) for state in states for facts in supplied(criterion_id, state)]
    facts = set.intersection(*supplies) if supplies else set()
    for slot in sorted(slots - facts):
        yield f"the PEP gives nothing for {{{slot}}} here{packs.did_you_mean(slot, facts)}"


@cache
def supplied(criterion_id: str, state: Met) -> tuple[frozenset[str], ...]:
    """The names of the facts that each example of a criterion in this state supplies."""
    criterion = all_criteria()[criterion_id]
    params = criterion.params()
    return tuple(
        frozenset(criterion.check(example.pep(), params, EXAMPLE_DAY).facts)
        for example in criterion.examples
        if example.state is state
    )


def _rule_slips(pack: packs.Pack, rubric: Rubric) -> list[str]:
    found = []
    for index, rule in enumerate(rubric.judgement):
        for area_id in sorted((rule.when.named() if rule.when else set()) - set(rubric.areas)):
            near = packs.did_you_mean(area_id, rubric.areas)
            found.append(f"{pack.place(('judgement', index, 'when'))}: there is no area {area_id!r}{near}")
    if not rubric.judgement or rubric.judgement[-1].when is not None:
        found.append(f"{pack.place(('judgement',))}: the last line must have no `when`, so that every PEP gets a grade")
    if found:
        return found
    decided = {
        next((n for n, rule in enumerate(rubric.judgement) if rule.holds(grades)), None)
        for grades in combinations(rubric.judgement, rubric.areas)
    }
    return [
        f"{pack.place(('judgement', n))}: this line can never decide; the lines above it catch every case"
        for n in range(len(rubric.judgement))
        if n not in decided
    ]
