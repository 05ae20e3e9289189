"""What is weak across a sweep: each criterion, in how many PEPs and at which schools. For planning DT training."""

from collections import Counter
from collections.abc import Iterable

from vsdocs.generate.listing import WEAK, Entry
from vsdocs.judgement import Finding, Grade
from vsdocs.record import Frozen


class SchoolShare(Frozen):
    school: str
    peps: int


class Theme(Frozen):
    """One criterion that some PEPs do not meet. `cost` = steps below Gold that it caps, added up over those PEPs."""

    criterion: str
    title: str
    area: str
    area_title: str
    peps: int  # not_met + partly
    not_met: int
    partly: int
    cost: int
    schools: tuple[SchoolShare, ...]  # most PEPs first


def themes(listed: Iterable[Entry]) -> tuple[Theme, ...]:
    """The themes of these entries, the costliest first. Only what is not or partly met counts; 'cannot tell' never does."""
    weak: dict[str, list[tuple[Entry, Finding]]] = {}
    for entry in listed:
        for finding in entry.weaknesses:
            weak.setdefault(finding.id, []).append((entry, finding))
    found = [_theme(places) for places in weak.values()]
    return tuple(sorted(found, key=lambda t: (-t.cost, -t.peps, t.title, t.criterion)))


def _theme(places: list[tuple[Entry, Finding]]) -> Theme:
    entry, finding = places[0]
    titles = {a.id: a.title for a in entry.judgement.areas} if entry.judgement else {}
    schools = Counter(e.school for e, _ in places)
    not_met, partly = (sum(f.state is state for _, f in places) for state in WEAK)
    return Theme(
        criterion=finding.id,
        title=finding.title,
        area=finding.area,
        area_title=titles.get(finding.area, finding.area),
        peps=len(places),
        not_met=not_met,
        partly=partly,
        cost=sum(_steps_lost(f) for _, f in places),
        schools=tuple(
            SchoolShare(school=name, peps=n) for name, n in sorted(schools.items(), key=lambda s: (-s[1], s[0]))
        ),
    )


def _steps_lost(finding: Finding) -> int:
    return 0 if finding.grade is None else Grade.GOLD.rank - finding.grade.rank
