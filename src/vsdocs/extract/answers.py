"""Answers read as values, each with its evidence: what the form says there, where, and how sure that is."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vsdocs.evidence import Evidence, State
from vsdocs.extract import values
from vsdocs.extract.people import is_tick
from vsdocs.extract.spots import Words
from vsdocs.extract.vocabulary import FormVocabulary

LEGIBLE = 0.55  # recognised text less sure than this is not read for codes, dates and figures

#: single values: how each is read; what is not here is text as written
_READERS: dict[str, Callable[[str], Any]] = {
    "child.upn": values.read_upn,
    "contacts.email": values.read_email,
    "child.year_group": values.read_year_group,
    "school.hours_per_week": values.read_number,
    "attendance.percent": values.read_percent,
    "attendance.authorised_percent": values.read_percent,
    "attendance.unauthorised_percent": values.read_percent,
    "sdq.total": values.read_total,
    "attendance.suspensions": values.read_count,
    "attendance.exclusions": values.read_count,
    **{f"sdq.{part}": values.read_count for part in ("emotional", "conduct", "hyperactivity", "peer", "prosocial")},
}
_AHEAD = frozenset({"meeting.next_date", "targets.due", "actions.due", "timetable.end", "timetable.next_review"})
DATES = _AHEAD | frozenset(
    [
        "child.date_of_birth",
        "child.date_into_care",
        "school.start_date",
        "meeting.date",
        "send.last_review",
        "sdq.date",
        "submitted",
        "timetable.start",
        "timetable.last_review",
    ]
)
TYPED = frozenset(_READERS)  # found wherever they stand in an answer
_YES_NO = frozenset({"school.reduced_timetable", "school.alternative_provision", "attainment.on_track"})
_CHOICES = frozenset({"meeting.type", "meeting.term", "meeting.mode", "send.status", "previous_targets.outcome"})
_OUTCOME = "previous_targets.outcome"
#: how a target went, where a sign alone says it
SIGNS = {
    "☒": "met",
    "✓": "met",
    "✔": "met",
    "√": "met",
    "~": "partly_met",
    "≈": "partly_met",
    "✗": "not_met",
    "✘": "not_met",
    "×": "not_met",
}
#: an answer of 'None' or 'No' says something here
_ZERO_SAYS = frozenset({"attendance.suspensions", "attendance.exclusions", "send.status"}) | _YES_NO
_YES_OR_NO = re.compile(r"\W*(?:yes|y)(?:\s*[/|]\s*|\s{2,})(?:no|n)\W*", re.IGNORECASE)
NOT_LOCATED = Evidence(state=State.NOT_LOCATED)


@dataclass
class Answers:
    """Reads answers beside the meeting's date (`near`) and keeps the evidence by path."""

    vocabulary: FormVocabulary
    near: date | None = None
    evidence: dict[str, Evidence] = field(default_factory=dict)

    def _offers_several(self, kind: str, said: str) -> bool:
        """Whether a text is the form's own choice, of which nothing was chosen: 'Met / Partly met / Not met'."""
        offered = [self.vocabulary.choice(kind, part) for part in re.split(r"\s*[/|]\s*", said)]
        return len(offered) > 2 and None not in offered and len(set(offered)) == len(offered)

    def read(self, kind: str, text: str) -> Any:
        """The value of one answer, None where it cannot be read as such."""
        said = values.read_choice(text)
        if kind in DATES:
            return values.read_date(said, self.near, ahead=kind in _AHEAD)
        if kind in _YES_NO:
            return self.yes_no(said)
        if kind == "meeting.mode" and {"in_person", "virtual"} <= self.vocabulary.choices(kind, said):
            return "hybrid"  # 'on Teams and in the room'
        if kind in _CHOICES:
            if kind == _OUTCOME and said in SIGNS:
                return SIGNS[said]
            return None if self._offers_several(kind, said) else self.vocabulary.choice(kind, said)
        if kind in ("targets.cost", "pp_plus.amount"):
            return values.read_money(said)
        if kind == "pp_plus.target":
            number = values.read_count(said)
            return number - 1 if number else None
        if kind in _READERS:
            return _READERS[kind](said)
        return said.rstrip(" /|") if said != "☒" else None

    def yes_no(self, said: str) -> bool | None:
        first = re.match(r"[a-z]+", said.casefold().strip())
        if is_tick(said) or (first and first.group() in self.vocabulary.yes):
            return True
        if re.match(r"not (?:sure|known|yet known|clear)|unsure", said.casefold().strip()):
            return None
        crossed = said.strip() in ("✗", "✘")
        return False if crossed or (first and first.group() in {*self.vocabulary.no, "not"}) else None

    def read_as(self, path: str, kind: str, words: Words | None) -> Any:
        """Reads one answer and notes its evidence under `path`; the value, or None."""
        if words is None:
            self.evidence[path] = NOT_LOCATED
            return None

        def evidence(state: State, confidence: float = 1.0) -> Evidence:
            where = words.location
            return Evidence(
                state=state, text=text or None, page=where.page, location=where.place, confidence=round(confidence, 3)
            )

        text = words.text.strip()
        said = values.read_choice(text)
        says_zero = kind in _ZERO_SAYS and said.casefold().strip(" .") in ("none", "nil", "no", "n", "0")
        says_zero = says_zero or (kind == _OUTCOME and said in SIGNS) or (kind in _YES_NO and said in ("✗", "✘"))
        if not says_zero and (self.vocabulary.is_blank(said) or _is_menu(text)):
            self.evidence[path] = evidence(State.BLANK)
            return None
        value = self.read(kind, text)
        exact = kind in DATES or kind in _READERS
        if value is None or value == "" or (exact and words.confidence < LEGIBLE):
            self.evidence[path] = evidence(State.UNREADABLE, min(words.confidence, 0.5))
            return None
        self.evidence[path] = evidence(State.FOUND, words.confidence)
        return value

    def best(self, path: str, boxes: list[Words]) -> Any:
        """The answer where a form asks for the same thing more than once: the first that is filled in."""
        for words in boxes:
            value = self.read_as(path, path, words)
            if value is not None:
                return value
        if not boxes:
            return self.read_as(path, path, None)
        return self.read_as(path, path, boxes[0])


def _is_menu(text: str) -> bool:
    """Printed alternatives of which none was picked: 'Yes / No', 'Y/N', 'Initial / Review / Interim'."""
    return bool(_YES_OR_NO.fullmatch(text.strip()))
