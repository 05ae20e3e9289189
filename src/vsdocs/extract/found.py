"""What has been gathered from one form, and which label was taken for what."""

from dataclasses import dataclass, field

from vsdocs.extract.spots import Item, Words
from vsdocs.extract.wording import Match

BY_ANSWER = 0.5  # how sure a meaning is that only the answer tells


@dataclass(frozen=True, slots=True)
class Reading:
    """A label, heading or column head of the form and what it was taken for.

    `meaning` is a field (`child.upn`), a column (`targets[].due`), `voice`, `section: sdq`, `other` for a label that is known
    to ask for nothing that we read, or '' where nothing is known. `score` is 1 for a known wording, below 0.9 for a guess.
    """

    label: Words
    meaning: str
    score: float
    answered: bool


@dataclass
class Gathered:
    """The answers of one form. `boxes`: every place where a field is asked for; `asked`: lists the form has a place for."""

    boxes: dict[str, list[Words]] = field(default_factory=dict)
    items: dict[str, list[Item]] = field(default_factory=dict)
    guesses: dict[str, Words] = field(default_factory=dict)  # answers that tell their field under an unknown label
    voice: list[tuple[Words, Words]] = field(default_factory=list)
    stray_voice: list[tuple[Words, Words]] = field(default_factory=list)  # asked of the child outside such a section
    asked: dict[str, Words] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)

    def note(self, label: Words, found: Match | None, *, answered: bool) -> None:
        """Keeps what a label was taken for; None for nothing."""
        if label:
            meaning, score = (found.id, found.score) if found else ("", 0.0)
            self.readings.append(Reading(label, meaning, score, answered))
