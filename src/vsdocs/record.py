"""The PEP record: what one PEP says, field by field, under the names of the published contract.

Values are what the document says, nothing derived. Dates are ISO 8601 (`2026-05-12`, or `2026-05` where the form gives
no day), money is pounds, percentages are 0-100. `None` and empty tuples mean that no value was read; why not (blank, not
located, unreadable) is in the evidence. All models are frozen, so a record can be hashed, cached and shared.
"""

import json
import zlib
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticSerializationError

from vsdocs.document import Format
from vsdocs.evidence import Evidence, State

IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def packed(self) -> bytes:
        """The model as zlib-compressed JSON: about a fifth of its size, with a checksum that tells damage."""
        try:
            text = self.model_dump_json()
        except PydanticSerializationError:  # a lone surrogate
            text = json.dumps(self.model_dump(mode="json"))
        return zlib.compress(text.encode(), level=1)

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        """The model that `packed` packed. Raises ValueError where the data was damaged or is another model's."""
        try:
            text = zlib.decompress(data)
        except zlib.error as error:
            raise ValueError("damaged") from error
        try:
            return cls.model_validate_json(text)
        except ValidationError:  # a lone surrogate is no JSON to pydantic
            return cls.model_validate(json.loads(text))


class ChildDetails(Frozen):
    forename: str | None = None
    surname: str | None = None
    date_of_birth: IsoDate | None = None
    gender: str | None = None
    upn: str | None = None
    year_group: str | None = None  # "N", "R", "1".."13"
    ethnicity: str | None = None
    first_language: str | None = None
    legal_status: str | None = None
    date_into_care: IsoDate | None = None

    @property
    def initials(self) -> str:
        """'J W-A' is written 'JWA'; an unknown child is '?'."""
        words = " ".join(w for w in (self.forename, self.surname) if w).replace("-", " ").split()
        return "".join(w[0].upper() for w in words) or "?"


class School(Frozen):
    name: str | None = None
    dfe_number: str | None = None
    start_date: IsoDate | None = None
    ofsted: str | None = None
    hours_per_week: float | None = None
    reduced_timetable: bool | None = None
    alternative_provision: bool | None = None


class Role(StrEnum):
    DESIGNATED_TEACHER = "designated_teacher"
    SOCIAL_WORKER = "social_worker"
    CARER = "carer"
    VIRTUAL_SCHOOL_LEAD = "virtual_school_lead"
    REVIEWING_OFFICER = "reviewing_officer"
    OTHER = "other"


class Contact(Frozen):
    role: Role
    name: str | None = None
    email: str | None = None
    phone: str | None = None


class Attendee(Frozen):
    name: str | None = None
    role: str | None = None  # as printed


class Meeting(Frozen):
    date: IsoDate | None = None
    type: str | None = None  # initial | review | interim
    term: str | None = None  # autumn | spring | summer
    mode: str | None = None  # in_person | virtual | hybrid
    venue: str | None = None
    attendees: tuple[Attendee, ...] = ()
    next_date: IsoDate | None = None


class Send(Frozen):
    status: str | None = None  # none | sen_support | ehcp
    primary_need: str | None = None
    last_review: IsoDate | None = None


class Attainment(Frozen):
    subject: str | None = None
    current: str | None = None
    target: str | None = None
    on_track: bool | None = None


class Attendance(Frozen):
    percent: float | None = None
    authorised_percent: float | None = None
    unauthorised_percent: float | None = None
    suspensions: int | None = None
    exclusions: int | None = None


class Sdq(Frozen):
    total: int | None = None
    emotional: int | None = None
    conduct: int | None = None
    hyperactivity: int | None = None
    peer: int | None = None
    prosocial: int | None = None
    date: IsoDate | None = None
    completed_by: str | None = None


class VoiceEntry(Frozen):
    question: str | None = None
    answer: str | None = None


class PreviousTarget(Frozen):
    text: str | None = None
    outcome: str | None = None  # met | partly_met | not_met
    comment: str | None = None


class Target(Frozen):
    text: str | None = None
    area: str | None = None
    success_criteria: str | None = None
    provision: str | None = None
    responsible: str | None = None
    due: IsoDate | None = None
    cost: float | None = None
    baseline: str | None = None
    frequency: str | None = None


class PPPlusLine(Frozen):
    purpose: str | None = None
    amount: float | None = None
    impact: str | None = None
    target: int | None = None  # index into targets, where the form says it


class Action(Frozen):
    action: str | None = None
    owner: str | None = None
    due: IsoDate | None = None


class Timetable(Frozen):
    """A reduced timetable's dates."""

    start: IsoDate | None = None
    end: IsoDate | None = None
    reason: str | None = None
    last_review: IsoDate | None = None
    next_review: IsoDate | None = None


class PepRecord(Frozen):
    child: ChildDetails = ChildDetails()
    school: School = School()
    contacts: tuple[Contact, ...] = ()
    meeting: Meeting = Meeting()
    send: Send = Send()
    attainment: tuple[Attainment, ...] = ()
    attendance: Attendance = Attendance()
    sdq: Sdq = Sdq()
    voice: tuple[VoiceEntry, ...] = ()
    aspirations: str | None = None
    previous_targets: tuple[PreviousTarget, ...] = ()
    targets: tuple[Target, ...] = ()
    pp_plus: tuple[PPPlusLine, ...] = ()
    actions: tuple[Action, ...] = ()
    transition: str | None = None
    enrichment: str | None = None
    carer_views: str | None = None
    qa_feedback: str | None = None
    voice_method: str | None = None
    timetable: Timetable = Timetable()
    submitted: IsoDate | None = None
    needs: str | None = None
    strengths: str | None = None

    def contact(self, role: Role) -> Contact | None:
        return next((c for c in self.contacts if c.role is role), None)


class Warning(Frozen):  # noqa: A001 - the contract's own word
    code: str
    message: str  # never holds a name or text from the document
    page: int | None = None


class Extraction(Frozen):
    """A record, the evidence for each of its fields, and what the reader wants a person to know.

    Evidence is keyed by path: `child.upn`, `targets` (is there such a part of the form?), `targets[0].due`.
    """

    source: str
    id: str  # first 12 hex digits of the SHA-256
    format: Format
    pages: int | None = None
    sha256: str
    record: PepRecord
    evidence: dict[str, Evidence] = {}
    warnings: tuple[Warning, ...] = ()

    def state(self, path: str) -> State:
        """The state of a field. Without evidence of its own: found if the record has a value, else not located."""
        known = self.evidence.get(path)
        if known is not None:
            return known.state
        value = value_at(self.record, path)
        return State.NOT_LOCATED if value is None or value == () else State.FOUND


def value_at(record: PepRecord, path: str) -> Any:
    """The value at a path such as `targets[0].due`; None where the path leads nowhere."""
    value: Any = record
    for part in path.replace("[", ".").replace("]", "").split("."):
        try:
            value = value[int(part)] if part.isdigit() else getattr(value, part)
        except (AttributeError, IndexError, TypeError):
            return None
    return value
