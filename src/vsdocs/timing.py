"""The figures behind every deadline, each with who asks for it. A rubric holds them under `deadlines:`, the cohort counts by them.

They stand beside neither, because rubric and cohort do not know each other. What is written here is Dorset's.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from vsdocs.record import Frozen

_STANDARDS = "Dorset practice standards 2023"
_TOOLKIT = "Dorset toolkit for belonging and inclusion"
Days = Annotated[int, Field(ge=1, le=250)]
Months = Annotated[int, Field(ge=1, le=60)]
Age = Annotated[int, Field(ge=0, le=25)]


class Counted(StrEnum):
    """What a day is: Monday to Friday without bank holidays, or only those of them on which school is open."""

    WORKING_DAYS = "working_days"
    SCHOOL_DAYS = "school_days"


class Asked(Frozen):
    """One deadline. With `asked: false` an authority does not look for it."""

    asked: bool = True
    authority: str


class InDays(Asked):
    days: Days = 20
    counted: Counted = Counted.WORKING_DAYS

    @property
    def in_days(self) -> str:
        """'20 working days'."""
        return f"{self.days} {self.counted.value.replace('_', ' ')}"


class InitialPep(InDays):
    authority: str = f"{_STANDARDS}, Personal Education Planning: within 20 working days"


class TermPep(Asked):
    from_age: Age = 3
    to_age: Age = 17
    authority: str = f"{_STANDARDS}, The PEP Review Meeting: three PEPs a year; The quality of PEPs: reviewed termly"


class Document(InDays):
    authority: str = f"{_STANDARDS}, The PEP Review Meeting: complete and ready for QA within 20 days of the PEP"


class InPerson(Asked):
    a_year: Annotated[int, Field(ge=1, le=3)] = 1
    virtual_out_of_area: Annotated[int, Field(ge=0, le=3)] = 2
    authority: str = (
        f"{_STANDARDS}, The PEP Review Meeting: at least one a year in person; out of area up to two virtual"
    )


class InterimPep(InDays):
    authority: str = (
        f"{_STANDARDS}, Personal Education Planning: interim PEP whenever provision changes (the days are ours)"
    )


class YearlySdq(Asked):
    months: Months = 12
    from_age: Age = 4
    to_age: Age = 16
    authority: str = "DfE return of children looked after: an SDQ once a year, aged 4 to 16"


class SchoolSdq(Asked):
    authority: str = f"{_STANDARDS}, Strengths and Difficulties Questionnaire: within one month of the PEP"


class HalfTermReview(Asked):
    """Something that is looked at again in every half term."""

    authority: str = "Essex circular to headteachers: reviewed as part of the PEP every half term"


class Transition(Asked):
    weeks: Annotated[int, Field(ge=1, le=52)] = 6
    authority: str = f"{_TOOLKIT}, Reduce use of Alternative Provision: a transition plan is up to six weeks"


class Escalation(Asked):
    days: Days = 5
    levels: Annotated[tuple[str, ...], Field(min_length=1)] = (
        "Team Manager",
        "Service Manager",
        "Head of Locality",
        "Corporate Director",
    )
    then: str = "the reviewing officer may refer to Cafcass"
    authority: str = f"{_STANDARDS}, Conflict Resolution: levels 1 to 4, five working days each"


class Deadlines(Frozen):
    """When things are due. What an authority does not look for has `asked: false`."""

    initial_pep: InitialPep = Field(
        default=InitialPep(), description="The first PEP meets within {days} {counted} of coming into care"
    )
    term_pep: TermPep = Field(default=TermPep(), description="A PEP in each term, aged {from_age} to {to_age}")
    document: Document = Field(
        default=Document(), description="The document is complete within {days} {counted} of the meeting"
    )
    in_person: InPerson = Field(
        default=InPerson(),
        description="PEP meetings in person a year: {a_year}; out of area at most {virtual_out_of_area} are virtual",
    )
    interim_pep: InterimPep = Field(
        default=InterimPep(),
        description="An interim PEP within {days} {counted} of a change of provision or a pattern of suspensions",
    )
    sdq: YearlySdq = Field(default=YearlySdq(), description="An SDQ every {months} months, aged {from_age} to {to_age}")
    school_sdq: SchoolSdq = Field(
        default=SchoolSdq(), description="The school's own SDQ after a high total of the carer's or parent's"
    )
    timetable_review: HalfTermReview = Field(
        default=HalfTermReview(), description="A reduced timetable is reviewed in every half term"
    )
    transition: Transition = Field(default=Transition(), description="A transition plan takes at most {weeks} weeks")
    alternative_provision: HalfTermReview = Field(
        default=HalfTermReview(), description="Alternative provision is reviewed in every half term"
    )
    escalation: Escalation = Field(
        default=Escalation(),
        description="A PEP that never came is escalated, level by level, {days} working days each: {levels}",
    )

    def in_words(self, *, school_sdq: bool = True) -> list[str]:
        """A sentence for each deadline that is asked for, with its source; `school_sdq`: there is a threshold for it."""
        lines = []
        for name, field in Deadlines.model_fields.items():
            one: Asked = getattr(self, name)
            if one.asked and (school_sdq or name != "school_sdq"):
                said = {key: _said(value) for key, value in one.model_dump(mode="json").items()}
                lines.append(f"{(field.description or name).format(**said)} ({one.authority}).")
        return lines


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value).replace("_", " ")
