"""The grades of a sweep, all of them, by school, by lead and by phase, and the same children beside the sweep before."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from vsdocs.generate.report.paper import Block, Row, row, table
from vsdocs.generate.report.sweep_compared import Compared, by_area, direction, moved
from vsdocs.generate.report.sweep_seen import Seen, View
from vsdocs.generate.report.sweep_words import SweepWords
from vsdocs.judgement import Grade

GRADES: tuple[Grade | None, ...] = (*reversed(Grade), None)
GOOD = (Grade.GOLD, Grade.GREEN)
PARTS = ("by_school", "by_lead", "by_phase")


def grades(words: SweepWords, now: View, before: View | None) -> Iterator[Block]:
    """Every grade, then a row for each school, each lead and each phase, with how they stood the last time."""
    told = () if before else (words.say["compared_none"],)
    if now.again:
        told = (words.told("unchanged", peps=words.count("pep", len(now.again))),)
    yield table(
        words, "overall", "three", _overall(words, now, before), heading=words.headings["grades"], paragraphs=told
    )
    for name in PARTS:
        of = _part(words, name)
        then = _groups(before.seen, of) if before else {}
        groups = _groups(now.seen, of)
        order = (
            [*words.phases]
            if name == "by_phase"
            else sorted(groups, key=lambda one: (one in _last(words), one.casefold()))
        )
        named = [one for one in order if one in groups] + [one for one in groups if one not in order]
        rows = [_of_group(words, one, groups[one], then.get(one, []), with_before=before is not None) for one in named]
        yield table(words, name, "grades", rows, subheading=words.headings[name])


def _overall(words: SweepWords, now: View, before: View | None) -> Iterator[Row]:
    for grade in GRADES:
        cells = [_share_of(words, one.seen, grade) if one else words.say["none_then"] for one in (now, before)]
        if grade is not None or any(one.grade is None for one in now.seen):
            yield row(words.grade(grade), *cells)


def _share_of(words: SweepWords, seen: tuple[Seen, ...], grade: Grade | None) -> str:
    return words.share(sum(one.grade is grade for one in seen), len(seen))


def _part(words: SweepWords, name: str) -> Callable[[Seen], str]:
    if name == "by_phase":
        return lambda one: phase(words, one)
    if name == "by_lead":
        return lambda one: one.lead or words.say["nobody"]
    return lambda one: school(words, one)


def school(words: SweepWords, one: Seen) -> str:
    return one.school or words.say["not_read"]


def phase(words: SweepWords, one: Seen) -> str:
    return next((name for name, years in words.phases.items() if one.year_group in years), words.say["no_year"])


def _last(words: SweepWords) -> tuple[str, ...]:
    return words.say["not_read"], words.say["nobody"], words.say["no_year"]


def _groups(seen: Iterable[Seen], of: Callable[[Seen], str]) -> dict[str, list[Seen]]:
    found: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        found[of(one)].append(one)
    return dict(found)


def _of_group(words: SweepWords, name: str, now: list[Seen], then: list[Seen], *, with_before: bool) -> Row:
    counted = Counter(one.grade for one in now)
    cells = (str(counted[grade]) if counted[grade] else "–" for grade in GRADES)
    return row(name, str(len(now)), *cells, tally(words, then) if with_before else words.say["none_then"])


def tally(words: SweepWords, seen: Iterable[Seen]) -> str:
    """'1 Gold, 2 Amber'."""
    counted = Counter(one.grade for one in seen)
    told = [
        words.told("grade_count", count=counted[grade], grade=words.grade(grade))
        if grade
        else words.told("no_grade_count", count=counted[grade])
        for grade in GRADES
        if counted[grade]
    ]
    return ", ".join(told) or words.say["none_then"]


def good(seen: Iterable[Seen]) -> int:
    return sum(one.grade in GOOD for one in seen)


# -------------------------------------------------------------------------------------------------- the same children


def same_children(words: SweepWords, found: Compared) -> Iterator[Block]:
    """Better, the same, weaker: by area, and the children who moved."""
    pairs = found.pairs
    told = [words.told("same_children", pairs=words.count("child", len(pairs)), before=found.before.run.id)]
    if not pairs:
        told = [words.say["same_none"]]
    overall = moved((now.grade, then.grade) for now, then in pairs)
    if pairs:
        told.append(movement(words, overall, len(pairs)))
    if found.now.run.rubric != found.before.run.rubric:
        told.append(words.told("other_rubric", rubric=found.now.run.rubric, before=found.before.run.rubric))
    points = [
        words.told(name, **{noun + ("s" if noun == "pep" else "ren"): words.count(noun, count)})
        for name, noun, count in (
            ("unchanged", "pep", found.unchanged), ("new", "child", found.new), ("gone", "child", found.gone),
            ("untold", "child", overall["untold"]),
        )
        if count
    ]  # fmt: skip
    yield Block(heading=words.headings["same"], paragraphs=tuple(told), points=tuple(points))
    if not pairs:
        return
    rows = [
        row(found.now.areas[area], *(str(counted[way]) for way in ("better", "same", "weaker", "untold")))
        for area, counted in by_area(found)
    ]
    if rows:
        yield table(words, "by_area", "five", rows, subheading=words.headings["by_area"])
    for way in ("weaker", "better"):
        listed = [(now, then) for now, then in pairs if direction(now.grade, then.grade) == way]
        if listed:
            yield _moved(words, way, listed)


def movement(words: SweepWords, counted: Counter[str], pairs: int) -> str:
    shares = {way: words.share(counted[way], pairs) for way in ("better", "same", "weaker")}
    return words.told("glance_moved", **shares, pairs=words.count("child", pairs))


def _moved(words: SweepWords, way: str, listed: list[tuple[Seen, Seen]]) -> Block:
    listed.sort(
        key=lambda pair: (_rank(pair[0]), -abs(_rank(pair[0]) - _rank(pair[1])), school(words, pair[0]), pair[0].id)
    )
    shown = listed[: words.most.moved]
    rows = [
        row(now.id, now.child, school(words, now), words.grade(then.grade), words.grade(now.grade))
        for now, then in shown
    ]
    notes = [words.told("more", count=len(listed) - len(shown))] if len(listed) > len(shown) else []
    told = words.told(way, children=words.count("child", len(listed)))
    return table(words, way, "children", rows, subheading=words.headings[way], paragraphs=(told,), notes=notes)


def _rank(one: Seen) -> int:
    return one.grade.rank if one.grade else 0
