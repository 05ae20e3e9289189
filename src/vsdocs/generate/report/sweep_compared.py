"""One sweep beside an earlier one: the same children's plans then and now, and what became of what our letters asked for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vsdocs.generate.letters.recipient import Beside, same_child
from vsdocs.generate.report.sweep_seen import Seen, View, latest
from vsdocs.judgement import Grade, Met
from vsdocs.outcome import Run

MOSTLY = 0.5  # of the files: a sweep that shares more with this one is the same term's


@dataclass(frozen=True)
class Asked:
    """What our last letters asked for: in how many plans, and how that stands now."""

    title: str
    states: Counter[Met | None]  # None: the criterion is not looked at now

    @property
    def plans(self) -> int:
        return sum(self.states.values())

    def of(self, *states: Met | None) -> int:
        return sum(self.states[state] for state in states)


@dataclass(frozen=True)
class Compared:
    """`pairs` are one child's plan now and then. `unchanged` were handed in again as they were, and say nothing."""

    now: View
    before: View
    pairs: tuple[tuple[Seen, Seen], ...]
    unchanged: int
    new: int  # children of whom the earlier sweep had no plan
    gone: int  # children of the earlier sweep who have no plan now

    @property
    def letters(self) -> int:
        """Children about whose last plan a letter went out: a person had graded it."""
        return sum(then.is_moderated for _, then in self.pairs)

    def asked(self) -> list[Asked]:
        """By criterion, what was asked most often first."""
        titles: dict[str, str] = {}
        states: dict[str, Counter[Met | None]] = defaultdict(Counter)
        for now, then in self.pairs:
            for name, title in then.asked:
                titles[name] = title
                states[name][now.states.get(name)] += 1
        found = [Asked(titles[name], counted) for name, counted in states.items()]
        return sorted(found, key=lambda one: (-one.plans, one.title))


def compared(now: View, before: View) -> Compared:
    """Match the children of two sweeps as letters do: by UPN with the same name, or by name and birth date."""
    then = {one.sha256: one for one in latest(before.seen)}
    beside = Beside(one.stub for one in then.values() if one.stub)
    pairs: list[tuple[Seen, Seen]] = []
    found: set[str] = set()
    unchanged = new = 0
    for one in latest((*now.seen, *now.again)):
        assert one.stub is not None
        if one.sha256 in then:
            unchanged += 1
            found.add(one.sha256)
            continue
        same = [other for other in beside.near(one.stub) if same_child(one.stub, other)]
        if not same:
            new += 1
            continue
        last = max(same, key=lambda other: (other.record.meeting.date or "", other.sha256))
        found |= {other.sha256 for other in same}
        pairs.append((one, then[last.sha256]))
    return Compared(now, before, tuple(pairs), unchanged, new, len(then.keys() - found))


def moved(pairs: Iterable[tuple[Grade | None, Grade | None]]) -> Counter[str]:
    """How many are better, the same or weaker now, or cannot be compared, of grades now and then."""
    return Counter(direction(now, then) for now, then in pairs)


def direction(now: Grade | None, then: Grade | None) -> str:
    if now is None or then is None:
        return "untold"
    return "better" if now.rank > then.rank else "weaker" if now.rank < then.rank else "same"


def by_area(found: Compared) -> Iterator[tuple[str, Counter[str]]]:
    """Each area that both sweeps have."""
    for area in found.now.areas:
        if area in found.before.areas:
            yield area, moved((now.areas.get(area), then.areas.get(area)) for now, then in found.pairs)


def last_before(run: Run, files: frozenset[str], earlier: Iterable[tuple[Run, frozenset[str]]]) -> Run | None:
    """The sweep of the term before among earlier ones, the last first, each with the SHA-256s of its PEPs.

    Terms tell where both have one; else it is the last sweep that shares less than half of its PEPs with this one: a
    folder that was swept twice in a term is compared with the term before.
    """
    for one, its_files in earlier:
        if run.term and one.term:
            if one.term.casefold() != run.term.casefold():
                return one
        elif its_files and len(its_files & files) < MOSTLY * len(its_files):
            return one
    return None
