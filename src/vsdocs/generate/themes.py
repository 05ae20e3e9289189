"""What is weak across a sweep: each criterion, in how many PEPs and at which schools. For planning DT training."""

from collections import Counter

from vsdocs.generate.listing import WEAK, Entry
from vsdocs.judgement import Finding, Grade, Met
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


class Themes:
    """Gathers the themes of entries one by one. Only what is not or partly met counts; 'cannot tell' never does."""

    def __init__(self) -> None:
        self._titles: dict[str, tuple[str, str, str]] = {}
        self._states: dict[str, Counter[Met]] = {}
        self._schools: dict[str, Counter[str]] = {}
        self._cost: Counter[str] = Counter()

    def add(self, entry: Entry) -> None:
        titles = {a.id: a.title for a in entry.judgement.areas} if entry.judgement else {}
        for finding in entry.weaknesses:
            name = finding.id
            self._titles.setdefault(name, (finding.title, finding.area, titles.get(finding.area, finding.area)))
            self._states.setdefault(name, Counter())[finding.state] += 1
            self._schools.setdefault(name, Counter())[entry.school] += 1
            self._cost[name] += _steps_lost(finding)

    def found(self) -> tuple[Theme, ...]:
        """The themes, the costliest first."""
        found = [self._theme(name) for name in self._titles]
        return tuple(sorted(found, key=lambda t: (-t.cost, -t.peps, t.title, t.criterion)))

    def _theme(self, name: str) -> Theme:
        title, area, area_title = self._titles[name]
        schools = sorted(self._schools[name].items(), key=lambda s: (-s[1], s[0]))
        not_met, partly = (self._states[name][state] for state in WEAK)
        return Theme(
            criterion=name,
            title=title,
            area=area,
            area_title=area_title,
            peps=not_met + partly,
            not_met=not_met,
            partly=partly,
            cost=self._cost[name],
            schools=tuple(SchoolShare(school=name, peps=n) for name, n in schools),
        )


def _steps_lost(finding: Finding) -> int:
    return 0 if finding.grade is None else Grade.GOLD.rank - finding.grade.rank
