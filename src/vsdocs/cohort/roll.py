"""The virtual school's roll: a new list of children laid beside the one that is kept. Nobody is ever taken off the record."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from vsdocs.cohort.child import Child
from vsdocs.cohort.match import plain
from vsdocs.dates import parse_iso, working_days_between
from vsdocs.errors import RefusedError

DAYS_TO_ADD_OR_REMOVE = 3  # working days (001)
MOST_GONE = 0.2  # of the roll: more than these at once look like half a list


@dataclass(frozen=True)
class Late:
    """A child who was added or removed more than three working days after coming into or leaving care."""

    reference: str
    working_days: int


class Change(NamedTuple):
    """One field of one child: what it was and what it is."""

    field: str
    was: Any
    now: Any


@dataclass(frozen=True)
class Doubt:
    """A row that seems to be of another child than its reference was until now. `why` holds references and no name."""

    reference: str
    why: str


@dataclass(frozen=True)
class Changes:
    """What a new list changes. `rows` is every child as they are kept from now on, those who left with their date."""

    rows: tuple[Child, ...]
    added: tuple[str, ...]  # references
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    late: tuple[Late, ...]
    fields: Mapping[str, tuple[Change, ...]]  # reference -> what is new of a child who was known
    doubts: tuple[Doubt, ...]  # a person is asked about them before anything is kept

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
    return Changes(
        ordered, tuple(added), tuple(removed), tuple(changed), tuple(late), _fields(known, kept), tuple(_doubts(known, kept))
    )  # fmt: skip


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
    return Changes(
        ordered, tuple(added), tuple(removed), tuple(changed), (), _fields(known, kept), tuple(_doubts(known, kept))
    )


def _fields(known: Mapping[str, Child], kept: Mapping[str, Child]) -> dict[str, tuple[Change, ...]]:
    found = {}
    for reference, before in known.items():
        pairs = ((name, was, getattr(kept[reference], name)) for name, was in before)
        if changes := tuple(Change(name, was, now) for name, was, now in pairs if was != now):
            found[reference] = changes
    return found


def _doubts(known: Mapping[str, Child], kept: Mapping[str, Child]) -> Iterator[Doubt]:
    """Where a reference or a UPN seems to have gone to another child: a slip of the export mixes up two children's records."""
    upns = {child.upn: reference for reference, child in known.items() if child.upn}
    named = {who: reference for reference, child in known.items() if (who := _who(child))}
    for reference, child in sorted(kept.items()):
        before = known.get(reference)
        if before == child:
            continue
        who = _who(child)
        other = upns.get(child.upn or "", reference)
        namesake = named.get(who, reference) if who else reference
        if other != reference and (before is None or before.upn != child.upn):
            yield Doubt(reference, f"has the UPN that {other} had")
        elif namesake != reference and (before is None or _who(before) != who):
            yield Doubt(reference, f"has the name and the date of birth that {namesake} had")
        elif before and _is_another(before, child):
            yield Doubt(
                reference,
                "is of another child by what names it: more than one of name, date of birth and UPN are others",
            )


def _who(child: Child) -> tuple[str, str] | None:
    name = plain(f"{child.forename or ''} {child.surname or ''}")
    return (name, child.date_of_birth) if child.forename and child.surname else None


def _is_another(before: Child, now: Child) -> bool:
    """A name alone changes with an adoption, a date of birth alone is put right; both together are another child."""
    names = [(getattr(before, name), getattr(now, name)) for name in ("forename", "surname")]
    renamed = [bool(was and is_now and plain(was) != plain(is_now)) for was, is_now in names]
    others = (
        any(renamed),
        before.date_of_birth != now.date_of_birth,
        bool(before.upn and now.upn and before.upn != now.upn),
    )
    return all(renamed) or sum(others) > 1


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
