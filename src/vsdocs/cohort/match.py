"""Whose PEP is it? A plan and a child of the roll belong together by UPN, else by two independent facts; unsure is an answer."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import DamerauLevenshtein

from vsdocs.cohort.child import Child
from vsdocs.record import PepRecord


class By(StrEnum):
    UPN = "upn"
    NAME_AND_BIRTH = "name and date of birth"
    PERSON = "a person"  # who has settled it
    UNSURE = "unsure"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Match:
    """The child that a plan belongs to and by what; where it is unsure, why, and who comes near (references)."""

    by: By
    child: Child | None = None
    why: str = ""
    near: tuple[str, ...] = ()


class Roll:
    """The children of the roll, found by what a plan says of its child."""

    def __init__(self, children: Iterable[Child]) -> None:
        self.children = tuple(children)
        self._by_upn = {child.upn: child for child in self.children if child.upn}
        self._by_birth: dict[str, list[Child]] = defaultdict(list)
        self._by_name: dict[str, list[Child]] = defaultdict(list)
        for child in self.children:
            self._by_birth[child.date_of_birth].append(child)
            for name in _names(child):
                self._by_name[name].append(child)

    def whose(self, record: PepRecord) -> Match:
        """The child whose plan this is.

        A UPN alone is not believed where name and birth date both say otherwise; a name alone, or a birth date alone, never.
        """
        told = record.child
        name, born = plain(f"{told.forename or ''} {told.surname or ''}"), told.date_of_birth
        known = self._by_upn.get((told.upn or "").upper())
        if known:
            if (name and name in _names(known)) or born == known.date_of_birth or (not name and not born):
                return Match(By.UPN, known)
            return Match(By.UNSURE, None, "the UPN is another child's than name and birth date", (known.reference,))
        same = [child for child in self._by_birth.get(born or "", ()) if name in _names(child)]
        if len(same) == 1:
            if told.upn and same[0].upn and told.upn.upper() != same[0].upn:
                return Match(By.UNSURE, None, "name and birth date agree with the roll, the UPN does not", _refs(same))
            return Match(By.NAME_AND_BIRTH, same[0])
        near = self._near(name, born)
        if same or near:
            return Match(By.UNSURE, None, "a child comes near, but not surely enough", _refs(same or near))
        return Match(By.NOBODY, None, "nobody on the roll comes near")

    def _near(self, name: str, born: str | None) -> list[Child]:
        """Children with the same name, or with nearly this name and birth date: slips of the pen, swapped day and month."""
        days = {born, _swapped(born)} if born else set()
        found = list(self._by_name.get(name, ())) if name else []
        for day in days - {None}:
            for child in self._by_birth.get(day or "", ()):
                close = any(DamerauLevenshtein.distance(name, other, score_cutoff=2) <= 2 for other in _names(child))
                if close and child not in found:
                    found.append(child)
        return found


def plain(name: str) -> str:
    """A name as names are compared: without accents, hyphens, apostrophes and capitals."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w ]|_", "", bare.replace("-", " ")).split())


def _names(child: Child) -> set[str]:
    forenames = {child.forename, child.used_name or child.forename}
    surnames = {child.surname, child.alias or child.surname}
    return {plain(f"{forename} {surname}") for forename in forenames for surname in surnames if forename and surname}


def _refs(children: Iterable[Child]) -> tuple[str, ...]:
    return tuple(child.reference for child in children)


def _swapped(born: str | None) -> str | None:
    """'2014-03-07' for '2014-07-03'; None where that is no date."""
    if not born or len(born) != 10 or int(born[8:]) > 12:
        return None
    return f"{born[:4]}-{born[8:]}-{born[5:7]}"
