"""The judgement: what a PEP is worth under a rubric, and which of its own words decided. Names are the contract's."""

from enum import StrEnum

from pydantic import Field

from vsdocs.record import Frozen


class Grade(StrEnum):
    """Worst first. Compare grades by `rank`: `min` of two would compare their letters."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GOLD = "gold"

    @property
    def rank(self) -> int:
        """0 for red to 3 for gold."""
        return list(Grade).index(self)


class Met(StrEnum):
    """How a criterion stands. The last two never lower a grade."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    CANNOT_TELL = "cannot_tell"


class Quote(Frozen):
    """Words of the PEP that decided something, and where they stand."""

    field: str
    text: str | None = None
    page: int | None = None
    location: str | None = None


class Finding(Frozen):
    """One criterion's answer for one PEP. `grade` is the cap that it puts on its area (gold = none, None = no say)."""

    id: str
    area: str
    title: str
    grade: Grade | None
    state: Met
    evidence: tuple[Quote, ...] = ()
    reasons: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    authority: str


class AreaGrade(Frozen):
    id: str
    title: str
    grade: Grade | None
    cannot_tell: tuple[str, ...] = ()
    unseen: bool = False  # no part of it was found on the form: the grade is not held against the PEP, nor for it


class Facet(Frozen):
    met: bool | None
    score: float = Field(ge=0, le=1)
    words: str = ""  # the PEP's words that decided
    because: str = ""


class TargetJudgement(Frozen):
    """One target under the five SMART facets: specific, measurable, achievable, relevant, time_bound."""

    text: str
    score: float = Field(ge=0, le=1)
    smart: bool
    facets: dict[str, Facet]
    advice: tuple[str, ...] = ()


class Flag(Frozen):
    """Something a person must look at whatever the grade: a reduced timetable, an SDQ above the threshold."""

    code: str
    severity: str  # "urgent" | "check" | "note"
    message: str


class ChildShown(Frozen):
    initials: str
    year_group: str | None = None


class RubricShown(Frozen):
    id: str
    version: str


class Judgement(Frozen):
    source: str
    child: ChildShown
    rubric: RubricShown
    grade: Grade | None
    areas: tuple[AreaGrade, ...]
    rule: str
    score: int | None = Field(default=None, ge=0, le=100)  # for sorting only, never shown in a letter
    criteria: tuple[Finding, ...]
    targets: tuple[TargetJudgement, ...] = ()
    flags: tuple[Flag, ...] = ()

    def weightiest(self) -> list[Finding]:
        """What is not or partly met and costs something: the lowest cap first, then the rubric's order of areas."""
        order = {area.id: n for n, area in enumerate(self.areas)}
        unmet = [
            (f.grade.rank, f.state is Met.PARTLY, order.get(f.area, len(order)), n)
            for n, f in enumerate(self.criteria)
            if f.state in (Met.NOT_MET, Met.PARTLY) and f.advice and f.grade not in (None, Grade.GOLD)
        ]
        return [self.criteria[n] for *_, n in sorted(unmet)]
