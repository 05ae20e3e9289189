"""The virtual school's roll: a new list of children laid beside the one that is kept. Nobody is ever taken off the record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from vsdocs.cohort.child import Child
from vsdocs.dates import parse_iso, working_days_between
from vsdocs.errors import RefusedError

DAYS_TO_ADD_OR_REMOVE = 3  # working days (001)
MOST_GONE = 0.2  # of the roll: more than these at once look like half a list


@dataclass(frozen=True)
class Late:
    """A child who was added or removed more than three working days after coming into or leaving care."""

    reference: str
    working_days: int


@dataclass(frozen=True)
class Changes:
    """What a new list changes. `rows` is every child as they are kept from now on, those who left with their date."""

    rows: tuple[Child, ...]
    added: tuple[str, ...]  # references
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    late: tuple[Late, ...]

    @property
    def many_gone(self) -> bool:
        return len(self.removed) > max(5, MOST_GONE * (len(self.rows) - len(self.added)))


def compared(known: Mapping[str, Child], new: Iterable[tuple[int, Child]], today: date) -> Changes:
    """The roll as `known` (reference -> child), with a new list of (row, child) laid over it.

    Who is no longer in the list has left: on the day it gives, else today. Raises `RefusedError` where two rows have one
    reference or one UPN.
    """
    rows = list(new)
    _refuse_doubles(rows)
    before = {_zeroless(reference): reference for reference in known}
    added: list[str] = []
    changed: list[str] = []
    late: list[Late] = []
    kept: dict[str, Child] = {}
    for _, child in rows:
        reference = before.get(_zeroless(child.reference), child.reference)  # Excel takes leading zeros away
        child = child.model_copy(update={"reference": reference})
        kept[reference] = child
        earlier = known.get(reference)
        if earlier is None or (earlier.left_care and not child.left_care):
            added.append(reference)
            late += (
                _late(reference, child.into_care or child.first_into_care, today) if known else []
            )  # the roll begins
        elif earlier != child:
            changed.append(reference)
    removed = []
    for reference, child in known.items():
        now = kept.get(reference)
        if now is None:
            kept[reference] = child if child.left_care else child.model_copy(update={"left_care": today.isoformat()})
        if not child.left_care and kept[reference].left_care:
            removed.append(reference)
            late += _late(reference, kept[reference].left_care, today)
    ordered = tuple(kept[reference] for reference in sorted(kept))
    return Changes(ordered, tuple(added), tuple(removed), tuple(changed), tuple(late))


def supplemented(known: Mapping[str, Child], told: Iterable[Child], today: date) -> Changes:
    """The roll with what an SSDA903 return tells laid over it: only what it says, and nobody leaves by not being in it."""
    before = {_zeroless(reference): reference for reference in known}
    kept = dict(known)
    added: list[str] = []
    removed: list[str] = []
    changed: list[str] = []
    for child in told:
        reference = before.get(_zeroless(child.reference), child.reference)
        earlier = known.get(reference)
        said = {name: value for name, value in child if value is not None and name != "reference"}
        kept[reference] = (earlier or child).model_copy(update={**said, "reference": reference})
        if earlier is None:
            added.append(reference)
        elif kept[reference] != earlier:
            (removed if child.left_care and not earlier.left_care else changed).append(reference)
    ordered = tuple(kept[reference] for reference in sorted(kept))
    return Changes(ordered, tuple(added), tuple(removed), tuple(changed), ())


def _late(reference: str, day: str | None, today: date) -> list[Late]:
    since = parse_iso(day)
    days = working_days_between(since, today) if since else 0
    return [Late(reference, days)] if days > DAYS_TO_ADD_OR_REMOVE else []


def _refuse_doubles(rows: list[tuple[int, Child]]) -> None:
    slips = []
    for name in ("reference", "upn"):
        seen: dict[str, int] = {}
        for number, child in rows:
            value = getattr(child, name)
            if value is not None and seen.setdefault(_zeroless(value), number) != number:
                word = "UPN" if name == "upn" else name
                slips.append(f"row {number}: the same {word} as row {seen[_zeroless(value)]}")
    if slips:
        raise RefusedError("\n".join(slips), "Nothing was saved. Each child has one row; correct the file.")


def _zeroless(reference: str) -> str:
    return reference.lstrip("0").casefold()
