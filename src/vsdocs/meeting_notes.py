"""What meetings agreed: the actions of their notes as they are kept, and which of them stand for a child today."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vsdocs.record import Action, Extraction, Frozen


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

    @property
    def as_action(self) -> Action:
        return Action(action=self.action, owner=self.owner, due=self.due)


class Notes(Frozen):
    """The actions of one meeting, as its notes were read back. `key` is the PEP, school or list that it was about."""

    reference: str
    key: str
    kind: str
    day: str  # ISO date
    agreed: tuple[Agreed, ...]


@dataclass(frozen=True)
class Previous:
    """What earlier meetings agreed for a child, and how many actions may be this child's: a person must look."""

    agreed: tuple[Agreed, ...] = ()
    unsure: int = 0


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
    named = [_plain(w.forename) + "|" + _plain(w.surname) for w in (one, other)]
    same_name = named[0] == named[1] and all(w.forename and w.surname for w in (one, other))
    born = [w.date_of_birth for w in (one, other)]
    if one.upn and other.upn:
        if _plain(one.upn) != _plain(other.upn):
            return None if same_name and all(born) and born[0] == born[1] else False
        return True if same_name or not all(born) or born[0] == born[1] else None
    if not same_name:
        return False
    return born[0] == born[1] if all(born) else None


def previous(notes: Iterable[Notes], pep: Extraction) -> Previous:
    """What the last meeting about this child agreed, and what is still open from those before it."""
    own = whose(pep)
    found: dict[str, Agreed] = {}
    unsure = 0
    for one in sorted(notes, key=lambda n: (n.day, n.reference)):
        told = [(a, same_child(a.whose, own)) for a in one.agreed if a.whose is not None]
        unsure += sum(same is None for _, same in told)
        found = _then(found, [a for a, same in told if same])
    return Previous(tuple(found.values()), unsure)


def of_the_meeting(notes: Iterable[Notes], kind: str, key: str | None) -> tuple[Agreed, ...]:
    """What the last meetings of this kind agreed for nobody in particular; with a `key`, those about the same only."""
    found: dict[str, Agreed] = {}
    for one in sorted(notes, key=lambda n: (n.day, n.reference)):
        if one.kind == kind and key in (None, one.key):
            found = _then(found, [a for a in one.agreed if a.whose is None])
    return tuple(found.values())


def _then(found: dict[str, Agreed], newer: list[Agreed]) -> dict[str, Agreed]:
    """After a later meeting: what it says counts, and what was closed before it is told no more."""
    if not newer:
        return found
    still = {text: action for text, action in found.items() if action.progress.is_open}
    return still | {_plain(action.action): action for action in newer}


def _plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())
