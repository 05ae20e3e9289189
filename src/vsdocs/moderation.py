"""Moderation: what a person says of a suggested grade, and how far readers agree.

The suggestion is never altered. A person's grades stand beside it with who, when and why; letters and figures are made
from what `moderated` gives. A second reader's grades, given blind, are for agreement alone.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from pydantic import Field

from vsdocs.judgement import Grade, Judgement, Met
from vsdocs.record import Frozen

#: The states of a criterion that can be ordered, worst first: what agreement is measured on.
_ORDERED = (Met.NOT_MET, Met.PARTLY, Met.MET)


class Given(Frozen):
    """One reader's grades of one PEP: overall, by area, and single criteria. What was not given is not there."""

    grade: Grade | None = None
    areas: dict[str, Grade] = Field(default_factory=dict)
    criteria: dict[str, Met] = Field(default_factory=dict)


class Moderation(Frozen):
    """One reading of one PEP by a person, as it is kept: it is added to, and never edited."""

    sha256: str
    rubric: str
    reader: str
    day: str  # ISO date
    second: bool = False  # a second reader's, blind: for agreement, not for the letter
    given: Given
    suggested: Given
    reason: str = ""


def suggested(judgement: Judgement) -> Given:
    """What was suggested, to stand beside what a person gives."""
    areas = {area.id: area.grade for area in judgement.areas if area.grade and not area.unseen}
    criteria = {finding.id: finding.state for finding in judgement.criteria}
    return Given(grade=judgement.grade, areas=areas, criteria=criteria)


def moderated(judgement: Judgement, moderation: Moderation | None) -> Judgement:
    """The judgement with the person's grades in place of those that were suggested; as it is where there is none."""
    if moderation is None or (grade := moderation.given.grade) is None:
        return judgement
    given = moderation.given
    areas = tuple(area.model_copy(update=_graded(given.areas.get(area.id))) for area in judgement.areas)
    criteria = tuple(
        f.model_copy(update=_stated(given.criteria[f.id], moderation))
        if given.criteria.get(f.id, f.state) is not f.state
        else f
        for f in judgement.criteria
    )
    rule = f"{grade.value.capitalize()}, as {moderation.reader} graded it"
    return judgement.model_copy(update={"grade": grade, "rule": rule, "areas": areas, "criteria": criteria})


def _graded(grade: Grade | None) -> dict[str, object]:
    return {"grade": grade, "unseen": False, "cannot_tell": ()} if grade else {}


def _stated(state: Met, moderation: Moderation) -> dict[str, object]:
    """A finding that a person sees otherwise: its reasons were the suggestion's and go, the words of the PEP stay."""
    return {"state": state, "grade": None, "reasons": (f"{moderation.reader} sees this otherwise.",), "advice": ()}


def standing(moderations: Iterable[Moderation]) -> dict[str, Moderation]:
    """sha256 -> the moderation that counts: the last that is not a second reader's. They come in the order of giving."""
    return {m.sha256: m for m in moderations if not m.second}


def sample(ids: Iterable[str], share: float, seed: str) -> list[str]:
    """A random share of the ids, one at least, the same for the same seed; sorted, so that the order tells nothing."""
    known = sorted(set(ids))
    return sorted(random.Random(seed).sample(known, min(len(known), max(1, ceil(share * len(known))))))  # noqa: S311


class Agreement(Frozen):
    """How far two readings of the same PEPs agree. `kappa`: quadratic-weighted, None where it cannot be worked out."""

    between: str
    of: str  # 'overall', an area's or a criterion's id
    peps: int
    exact: float
    kappa: float | None


def agreement(moderations: Iterable[Moderation]) -> tuple[Agreement, ...]:
    """The agreement of moderator, second reader and suggestion, overall, by area and by criterion.

    Only a second reading is blind: a moderator had seen the suggestion, so their agreement with it says less.
    """
    first: dict[str, Moderation] = {}
    second: dict[str, Moderation] = {}
    for one in moderations:
        (second if one.second else first)[one.sha256] = one
    compared = {
        "moderator and second reader": [(first[s].given, two.given) for s, two in second.items() if s in first],
        "second reader (blind) and suggestion": [(two.given, two.suggested) for two in second.values()],
        "moderator and suggestion": [(one.given, one.suggested) for one in first.values()],
    }
    return tuple(found for between, pairs in compared.items() for found in _agreements(between, pairs))


def _agreements(between: str, pairs: Sequence[tuple[Given, Given]]) -> Iterator[Agreement]:
    ranks: dict[str, list[tuple[int, int]]] = {}
    for one, other in pairs:
        for name, rank in _ranks(one).items():
            if name in (others := _ranks(other)):
                ranks.setdefault(name, []).append((rank, others[name]))
    for name, both in ranks.items():
        exact = sum(a == b for a, b in both) / len(both)
        yield Agreement(between=between, of=name, peps=len(both), exact=exact, kappa=kappa(both))


def _ranks(given: Given) -> dict[str, int]:
    overall = {"overall": given.grade.rank} if given.grade else {}
    areas = {name: grade.rank for name, grade in given.areas.items()}
    return overall | areas | {n: _ORDERED.index(state) for n, state in given.criteria.items() if state in _ORDERED}


def kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Cohen's kappa with quadratic weights (Cohen 1968). None for no pairs, or where both gave one and the same rank."""
    ones, others = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    seen = sum((a - b) ** 2 for a, b in pairs)
    by_chance = sum(n * m * (a - b) ** 2 for a, n in ones.items() for b, m in others.items())
    return 1 - seen * len(pairs) / by_chance if by_chance else None
