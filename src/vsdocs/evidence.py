"""Where a value was read: the thread that runs from the page through the record to the letter."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class State(StrEnum):
    """What the reader can say of a field. Only `BLANK` may cost a grade; the last two never do."""

    FOUND = "found"
    BLANK = "blank"  # the form has the box and it is empty
    NOT_LOCATED = "not_located"  # this reader did not find such a box
    UNREADABLE = "unreadable"  # found, but not legible


@dataclass(frozen=True, slots=True)
class Location:
    """A place a person can find: the page (1-based, None in Word) and words such as 'Attendance: table 2, row 4'."""

    page: int | None
    place: str


class Evidence(BaseModel):
    """One field's evidence. `text` is what the document says there, as written, and can be found at its location."""

    model_config = ConfigDict(frozen=True)

    state: State
    text: str | None = None
    page: int | None = None
    location: str | None = None
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
