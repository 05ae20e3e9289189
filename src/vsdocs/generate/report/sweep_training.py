"""What a sweep asks of people: themes and the next designated teachers' training, schools to visit, schools to learn from."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from vsdocs.criteria import all_criteria
from vsdocs.dates import in_words
from vsdocs.generate.listing import field_words
from vsdocs.generate.plain import one_line
from vsdocs.generate.quotation import shorten
from vsdocs.generate.report.paper import Block, Row, row, table
from vsdocs.generate.report.sweep_sections import GOOD, school
from vsdocs.generate.report.sweep_seen import Seen, View
from vsdocs.generate.report.sweep_words import SweepWords
from vsdocs.generate.themes import Theme
from vsdocs.judgement import Grade, Met
from vsdocs.record import Role
from vsdocs.rubric import Rubric

LONGEST = 90  # characters of one part of an example
REFERENCES = 6  # children named beside one school
SUSPENSIONS = 2  # at one school: where the rubric that a sweep was graded by is no longer there


def by_school(words: SweepWords, seen: list[Seen]) -> list[tuple[str, int]]:
    """The schools of these PEPs with how many, the most first."""
    counted = Counter(school(words, one) for one in seen)
    return sorted(counted.items(), key=lambda item: (-item[1], item[0].casefold()))


def themes(words: SweepWords, view: View) -> Block:
    shown = view.themes[: words.most.themes]
    if not shown:
        return Block(heading=words.headings["themes"], paragraphs=(words.say["themes_none"],))
    rows = [_theme(words, view, theme) for theme in shown]
    told = words.told("themes", peps=words.count("pep", len(view.seen)))
    return table(words, "themes", "themes", rows, heading=words.headings["themes"], paragraphs=(told,))


def _theme(words: SweepWords, view: View, theme: Theme) -> Row:
    places = by_school(words, view.weak_in(theme.criterion))
    where = _where(words, places)
    return row(one_line(theme.title), one_line(theme.area_title), str(theme.peps), str(len(places)), where)


def _where(words: SweepWords, places: list[tuple[str, int]]) -> str:
    if len(places) > words.most.schools and places[0][1] == 1:
        return words.told("where_each", schools=words.count("school", len(places)))
    told = [words.told("where", school=name, count=n) for name, n in places[: words.most.schools]]
    more = len(places) - len(told)
    return "; ".join([*told, *([words.told("where_more", count=more)] if more else [])])


# ----------------------------------------------------------------------------------------------------------- training


def for_training(words: SweepWords, view: View, rules: Rubric | None) -> list[Theme]:
    """The costliest themes of the parts that designated teachers write."""
    found = [theme for theme in view.themes if theme.cost and owner(rules, theme) is Role.DESIGNATED_TEACHER]
    return found[: words.most.training]


def training(words: SweepWords, view: View, before: View | None, rules: Rubric | None) -> Iterator[Block]:
    """Each criterion of the next training, with its figures, the rubric's advice, an example and schools that can help."""
    chosen = for_training(words, view, rules)
    told = words.told("training", count=len(chosen)) if chosen else words.say["training_none"]
    yield Block(heading=words.headings["training"], paragraphs=(told,))
    for number, theme in enumerate(chosen, 1):
        yield _lesson(words, view, before, rules, theme, number)
    others = [theme for theme in view.themes if owner(rules, theme) is not Role.DESIGNATED_TEACHER]
    points = [
        words.told(
            "others_ask",
            title=one_line(theme.title),
            share=words.share(theme.peps, len(view.seen)),
            owner=words.say_owner(owner(rules, theme)),
        )
        for theme in others[: words.most.training]
    ]
    if points:
        yield Block(subheading=words.headings["others"], points=tuple(points))


def _lesson(
    words: SweepWords, view: View, before: View | None, rules: Rubric | None, theme: Theme, number: int
) -> Block:
    name = theme.criterion
    weak = view.weak_in(name)
    places = by_school(words, weak)
    told = [
        words.told(
            "training_found", share=words.share(len(weak), len(view.seen)), schools=words.count("school", len(places))
        )
    ]
    if before and before.seen:
        share = words.share(len(before.weak_in(name)), len(before.seen))
        told.append(words.told("training_before", before=share))
    if why := _why(name):
        told.append(words.told("training_why", why=why))
    points = []
    if topic := words.topics.get(name) or words.topics.get(theme.area):
        points.append(words.told("training_topic", topic=topic))
    if advice := _advice(words, rules, theme):
        points.append(words.told("training_ask", advice=advice))
    good, not_yet = (_example(words, name, state) for state in (Met.MET, Met.NOT_MET))
    if good:
        points.append(words.told("training_good", example=good))
    if not_yet and not_yet != good:
        points.append(words.told("training_not_yet", example=not_yet))
    points.append(words.told("training_schools", schools=_where(words, places)))
    if able := _able(words, view, name):
        points.append(words.told("training_share", schools="; ".join(able[: words.most.schools])))
    return Block(subheading=f"{number}. {one_line(theme.title)}", paragraphs=(" ".join(told),), points=tuple(points))


def _able(words: SweepWords, view: View, name: str) -> list[str]:
    """Schools whose every PEP that could be told of meets a criterion, those with most such PEPs first."""
    found = []
    for place, seen in view.schools().items():
        states = [one.states.get(name) for one in seen]
        told = [state for state in states if state in (Met.MET, Met.PARTLY, Met.NOT_MET)]
        if place and told and all(state is Met.MET for state in told):
            found.append((-len(told), place))
    return [place for _, place in sorted(found)]


def owner(rules: Rubric | None, theme: Theme) -> Role:
    """Who writes the part of the PEP that a theme is about."""
    area = rules.areas.get(theme.area) if rules else None
    return area.owner if area else Role.DESIGNATED_TEACHER


def _why(name: str) -> str:
    """The criterion's own 'Why', which names no other criterion."""
    known = all_criteria().get(name)
    found = re.search(
        r"Why:\s*(.+?)(?=\s+(?:Counts|Does not count|Partly|Met):|\n\n|\Z)", known.about if known else "", re.DOTALL
    )
    why = one_line(found[1]) if found else ""
    return "" if "`" in why else why[:1].upper() + why[1:].rstrip(".;")


def _advice(words: SweepWords, rules: Rubric | None, theme: Theme) -> str:
    """The rubric's own advice, with general words where a letter would have those of one PEP."""
    if theme.criterion in words.advice:
        return words.advice[theme.criterion].rstrip(".")
    area = rules.areas.get(theme.area) if rules else None
    use = area.criteria.get(theme.criterion) if area else None
    if use is None:
        return ""
    said = re.sub(r"‘(\{\w+\})’", r"\1", use.words.advice)
    slots = re.findall(r"\{(\w+)\}", said)
    if any(slot not in words.slots for slot in slots):
        return ""
    return one_line(said.format_map(words.slots)).rstrip(".")


def _example(words: SweepWords, name: str, state: Met) -> str:
    """The first of the criterion's own examples of this state, in words: invented, and about nobody."""
    known = all_criteria().get(name)
    told = [list(_parts(words, one.record)) for one in known.examples if one.state is state] if known else []
    parts = next((one for one in told if len(one) <= words.most.example), told[0] if told else [])
    parts = list(dict.fromkeys(parts))  # three targets in the same words show it no better than one
    return "; ".join(
        words.told("example_part", field=field, value=value) for field, value in parts[: words.most.example]
    )


def _parts(words: SweepWords, value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _parts(words, part, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            yield from _parts(words, part, f"{path}[{index}]")
    elif value is not None and value != "":
        yield field_words(path), _shown(words, value)


def _shown(words: SweepWords, value: object) -> str:
    if isinstance(value, bool):
        return words.say["yes"] if value else words.say["no"]
    text = str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return in_words(date.fromisoformat(text))
    return shorten(one_line(text.replace("_", " ")), LONGEST).rstrip(".")


# ------------------------------------------------------------------------------------------------------------ schools


def _limit(rules: Rubric | None) -> int:
    return rules.flags.suspensions if rules else SUSPENSIONS


def _to_talk_to(view: View, rules: Rubric | None) -> Iterator[tuple[str, list[Seen]]]:
    """Schools with a reduced timetable, a permanent exclusion, or so many suspensions as call for an interim PEP."""
    for place, seen in view.schools().items():
        times = sum(one.suspensions or 0 for one in seen)
        if times >= _limit(rules) or any(one.exclusions or one.is_reduced for one in seen):
            yield place, seen


def watch(words: SweepWords, view: View, rules: Rubric | None) -> Block:
    """The schools to talk to, each with what its PEPs tell."""
    limit = _limit(rules)
    rows = []
    for place, seen in _to_talk_to(view, rules):
        times = sum(one.suspensions or 0 for one in seen)
        excluded, reduced = sum(one.exclusions or 0 for one in seen), sum(one.is_reduced for one in seen)
        told = [one for one in seen if one.suspensions or one.exclusions or one.is_reduced]
        shown = [f"{one.id}, {one.initials}" for one in told[:REFERENCES]]
        more = [words.told("where_more", count=len(told) - len(shown))] if len(told) > len(shown) else []
        suspended = sum(bool(one.suspensions) for one in seen)
        cells = (str(n) for n in (len(seen), suspended, times, excluded, reduced))
        rows.append(
            ((reduced + excluded, times), row(place or words.say["not_read"], *cells, "; ".join([*shown, *more])))
        )
    rows.sort(key=lambda one: one[0], reverse=True)
    known = sum(one.suspensions is not None for one in view.seen)
    note = words.told("watch_known", known=known, peps=words.count("pep", len(view.seen)))
    if not rows:
        return Block(heading=words.headings["watch"], paragraphs=(words.say["watch_none"], note))
    return table(
        words, "watch", "seven", (one for _, one in rows), heading=words.headings["watch"],
        paragraphs=(words.told("watch", limit=limit),), notes=(note,),
    )  # fmt: skip


def practice(words: SweepWords, view: View, rules: Rubric | None) -> Block:
    """Schools with Gold and Green PEPs and none below, that may be asked to share how they write them.

    A suggestion is no reason to ask: a person has confirmed a grade there. Nor is a school that is to be talked to.
    """
    to_talk_to = {place for place, _ in _to_talk_to(view, rules)}
    unconfirmed = 0
    lessons = for_training(words, view, rules)
    able = {theme.criterion: set(_able(words, view, theme.criterion)) for theme in lessons}
    found = []
    for place, seen in view.schools().items():
        if not place or place in to_talk_to or not all(one.grade in GOOD for one in seen):
            continue
        if not any(one.is_moderated for one in seen):
            unconfirmed += 1
            continue
        gold = sum(one.grade is Grade.GOLD for one in seen)
        strong = [t for area, t in view.areas.items() if all(one.areas.get(area) is Grade.GOLD for one in seen)]
        helps = [one_line(theme.title) for theme in lessons if place in able[theme.criterion]]
        cells = (str(len(seen)), str(gold), str(len(seen) - gold))
        strong_in = "; ".join(strong) or words.say["practice_no_area"]
        found.append(
            (
                (-gold, -len(seen), place),
                row(place, *cells, strong_in, "; ".join(helps) or words.say["practice_no_help"]),
            )
        )
    waiting = words.told("practice_unconfirmed", schools=words.count("school", unconfirmed)) if unconfirmed else ""
    if not found:
        told = filter(None, (words.say["practice_none"], waiting))
        return Block(heading=words.headings["practice"], paragraphs=tuple(told))
    rows = [one for _, one in sorted(found, key=lambda one: one[0])][: words.most.practice]
    notes = [words.told("more", count=len(found) - len(rows))] if len(found) > len(rows) else []
    notes += [waiting] if waiting else []
    return table(
        words, "practice", "practice", rows, heading=words.headings["practice"], paragraphs=(words.say["practice"],), notes=notes,
    )  # fmt: skip
