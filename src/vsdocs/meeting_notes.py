"""What meetings agreed: the actions of their notes as they are kept, and which of them stand for a child today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vsdocs.record import Extraction, Frozen


class Progress(StrEnum):
    """How far an action has come."""

    OPEN = "open"
    PARTLY = "partly"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_open(self) -> bool:
        return self in (Progress.OPEN, Progress.PARTLY)


class Whose(Frozen):
    """Whose action it is: a PEP, and what finds the same child's next PEP."""

    sha256: str
    upn: str | None = None
    forename: str | None = None
    surname: str | None = None
    date_of_birth: str | None = None


class Agreed(Frozen):
    """One action of a meeting. `whose` is None where it is nobody's in particular ('book the next panel')."""

    action: str
    owner: str
    due: str | None = None  # ISO date
    progress: Progress = Progress.OPEN
    whose: Whose | None = None


class Notes(Frozen):
    """The actions of one meeting, as its notes were read back. `key` is the PEP, school or list that it was about,
    `about` the child where it was about one."""

    reference: str
    key: str
    kind: str
    day: str  # ISO date
    agreed: tuple[Agreed, ...]
    about: Whose | None = None


@dataclass(frozen=True)
class Previous:
    """What earlier meetings agreed for a child, and how many actions may be this child's: a person must look.

    `closed`: the plain words of every action that is done or dropped, and the day of the notes that say so.
    """

    agreed: tuple[Agreed, ...] = ()
    unsure: int = 0
    closed: Mapping[str, str] = field(default_factory=dict)


def whose(pep: Extraction) -> Whose:
    child = pep.record.child
    return Whose(
        sha256=pep.sha256,
        upn=child.upn,
        forename=child.forename,
        surname=child.surname,
        date_of_birth=child.date_of_birth,
    )


def same_child(one: Whose, other: Whose) -> bool | None:
    """Whether two PEPs are one child's; None where nobody can tell from them."""
    if one.sha256 == other.sha256:
        return True
    named = [plain_words(w.forename) + "|" + plain_words(w.surname) for w in (one, other)]
    same_name = named[0] == named[1] and all(w.forename and w.surname for w in (one, other))
    born = [w.date_of_birth for w in (one, other)]
    if one.upn and other.upn:
        if plain_words(one.upn) != plain_words(other.upn):
            return None if same_name and all(born) and born[0] == born[1] else False
        return True if same_name or not all(born) or born[0] == born[1] else None
    if not same_name:
        return False
    return born[0] == born[1] if all(born) else None


def previous(notes: Iterable[Notes], pep: Extraction, since: str = "") -> Previous:
    """What is still open of all meetings about this child, and what the last one closed: that is told once.

    For a meeting about many children, what was closed before its own last notes (`since`, an ISO day) is told no more.
    """
    own = whose(pep)
    found: dict[str, tuple[Agreed, str]] = {}
    closed: dict[str, str] = {}
    unsure = 0
    for one in _in_order(notes):
        told = [(a, same_child(a.whose, own)) for a in one.agreed if a.whose is not None]
        unsure += sum(same is None for _, same in told)
        found = _then(found, [a for a, same in told if same], one, own)
        closed |= {words: one.day for words, (a, day) in found.items() if not a.progress.is_open and day == one.day}
        closed = {
            words: day for words, day in closed.items() if words not in found or not found[words][0].progress.is_open
        }
    still = tuple(agreed for agreed, day in found.values() if agreed.progress.is_open or day >= since)
    return Previous(still, unsure, closed)


def of_the_meeting(notes: Iterable[Notes], kind: str, key: str | None) -> tuple[Agreed, ...]:
    """What the last meetings of this kind agreed for nobody in particular; with a `key`, those about the same only."""
    found: dict[str, tuple[Agreed, str]] = {}
    for one in _in_order(notes):
        if one.kind == kind and key in (None, one.key):
            found = _then(found, [a for a in one.agreed if a.whose is None], one)
    return tuple(agreed for agreed, _ in found.values())


def last_day(notes: Iterable[Notes], kind: str, key: str | None) -> str:
    """The day of the last notes of this kind, with a `key` of those about the same; '' where there are none."""
    return max((one.day for one in notes if one.kind == kind and key in (None, one.key)), default="")


def _in_order(notes: Iterable[Notes]) -> list[Notes]:
    return sorted(notes, key=lambda one: (one.day, one.reference))


def _then(
    found: dict[str, tuple[Agreed, str]], newer: list[Agreed], notes: Notes, own: Whose | None = None
) -> dict[str, tuple[Agreed, str]]:
    """After a later meeting: what it says counts, and what was closed before it is told no more.

    A meeting about the child is one also where it agreed nothing; `own` is None for a meeting about many.
    """
    was_there = own is None or (notes.about is not None and same_child(notes.about, own))
    if not newer and not was_there:
        return found
    still = {words: told for words, told in found.items() if told[0].progress.is_open}
    return still | {plain_words(action.action): (action, notes.day) for action in newer}


def plain_words(text: str | None) -> str:
    """Words as two of them are compared."""
    return " ".join((text or "").casefold().split())
