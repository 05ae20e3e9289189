"""A child on the virtual school's roll: the child-level list and the education placement of Dorset's practice standards."""

from collections.abc import Iterator
from typing import Annotated

from vsdocs.cohort import cells
from vsdocs.cohort.cells import Reads
from vsdocs.record import Frozen

Text = Annotated[str, Reads(cells.text)]
Day = Annotated[str, Reads(cells.day)]
PastDay = Annotated[str, Reads(cells.past_day)]
Yes = Annotated[bool, Reads(cells.yes_no)]
Code = Annotated[str, Reads(cells.text)]  # one of the codes that the columns' file names for it


class Child(Frozen):
    """One child as the authority knows them. `reference` is the social care database's; dates are ISO; None is not known."""

    reference: Text
    forename: Text | None = None  # a child of an SSDA903 return has no name
    surname: Text | None = None
    used_name: Text | None = None
    alias: Text | None = None
    gender: Code | None = None
    date_of_birth: Annotated[str, Reads(cells.birth_date)]
    upn: Annotated[str, Reads(cells.upn)] | None = None
    year_group: Annotated[str, Reads(cells.year_group)] | None = None
    send_status: Code | None = None  # none | sen_support | ehcp
    primary_need: Text | None = None
    ethnicity: Text | None = None
    english_additional: Yes | None = None
    legal_status: Text | None = None
    unaccompanied: Yes | None = None
    first_into_care: PastDay | None = None
    into_care: PastDay | None = None  # this episode
    left_care: PastDay | None = None
    neet: Yes | None = None
    lead: Text | None = None  # the virtual school lead
    social_worker: Text | None = None
    social_worker_email: Annotated[str, Reads(cells.email)] | None = None
    social_worker_phone: Annotated[str, Reads(cells.telephone)] | None = None
    supervising_worker: Text | None = None  # the foster carer's supervising social worker
    reviewing_officer: Text | None = None
    reviewing_officer_email: Annotated[str, Reads(cells.email)] | None = None
    placement_type: Text | None = None
    school: Text | None = None
    school_number: Annotated[str, Reads(cells.dfe_number)] | None = None
    school_postcode: Text | None = None
    school_type: Text | None = None
    school_since: PastDay | None = None
    school_ofsted: Code | None = None
    ofsted_rationale: Text | None = None
    out_of_area: Yes | None = None
    hours: Annotated[float, Reads(cells.hours)] | None = None  # a week, in school
    reduced_timetable: Yes | None = None
    alternative_provision: Yes | None = None
    designated_teacher: Text | None = None
    designated_teacher_email: Annotated[str, Reads(cells.email)] | None = None
    last_pep: PastDay | None = None

    def faults(self) -> Iterator[tuple[str, str]]:
        """Days of this row that cannot be right beside one another, as (column, what is wrong)."""
        for name in _DAYS:
            day = getattr(self, name)
            if day and day < self.date_of_birth:
                yield name, "this day is before the child was born: is one of the two in the wrong century?"
        came = self.into_care or self.first_into_care
        if self.left_care and came and self.left_care < came:
            yield "left_care", "this day is before the child came into care: it is empty while a child is in care"
        if self.into_care and self.first_into_care and self.into_care < self.first_into_care:
            yield "first_into_care", "this day is after the one on which this time in care began"


_DAYS = ("first_into_care", "into_care", "left_care", "school_since", "last_pep")
