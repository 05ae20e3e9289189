"""The report of a termly sweep: what the virtual school's team brings to its meeting.

Grades, overall and by school, lead and phase; the same children beside the sweep before; themes and the next training;
schools to visit and to learn from; what became of the last feedback. A place without figures says so.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from vsdocs.dates import in_words, parse_iso
from vsdocs.generate.plain import one_line
from vsdocs.generate.report.paper import Block, row, table, written
from vsdocs.generate.report.sweep_compared import Compared, compared, moved
from vsdocs.generate.report.sweep_sections import good, grades, movement, same_children, tally
from vsdocs.generate.report.sweep_seen import View, stubs
from vsdocs.generate.report.sweep_training import by_school, for_training, practice, rubric_of, themes, training, watch
from vsdocs.generate.report.sweep_words import SweepWords, load_words
from vsdocs.generate.written import Written
from vsdocs.judgement import Met
from vsdocs.rubric import Rubric
from vsdocs.settings import Settings

ANSWERED = "qa_feedback_answered"
_TOLD = (Met.MET, Met.PARTLY, Met.NOT_MET)


def report(now: View, before: View | None, settings: Settings, today: date) -> Written:
    """The paper about a sweep, beside the one before where there is one."""
    words = load_words(settings)
    reference = f"sweep-{_stem(now.run.id)}"
    facts = [(words.say["sweep"], _told(words, now))]
    facts.append((words.say["compared"], _told(words, before) if before else words.say["compared_none"]))
    rules = rubric_of(now)
    blocks = _blocks(words, now, before, rules) if now.seen else iter([_nothing(words, now)])
    named = stubs([one for one in (now, before) if one])
    return written("sweep", words, reference, facts, blocks, today, settings, named, one_line(now.run.term or ""))


def _blocks(words: SweepWords, now: View, before: View | None, rules: Rubric | None) -> Iterator[Block]:
    found = compared(now, before) if before else None
    yield _glance(words, now, found, rules)
    yield from grades(words, now, before)
    if found:
        yield from same_children(words, found)
    yield themes(words, now)
    yield from training(words, now, before, rules)
    yield watch(words, now, rules)
    yield practice(words, now, rules)
    yield from _answered(words, now, found)


def _nothing(words: SweepWords, now: View) -> Block:
    told = [words.say["nothing"]]
    if now.waiting:
        told.append(words.told("glance_waiting", files=words.count("file", now.waiting)))
    return Block(heading=words.headings["glance"], paragraphs=tuple(told))


def _told(words: SweepWords, view: View) -> str:
    day = parse_iso(view.run.today)
    said = words.told(
        "sweep_told",
        run=view.run.id,
        day=in_words(day) if day else view.run.today,
        peps=words.count("pep", len(view.seen)),
        schools=words.count("school", _schools(view)),
        rubric=view.run.rubric,
    )
    return f"{one_line(view.run.term)}: {said}" if view.run.term else said


def _schools(view: View) -> int:
    return len(view.schools().keys() - {""})


def _glance(words: SweepWords, now: View, found: Compared | None, rules: Rubric | None) -> Block:
    """The few lines that are read out at the beginning."""
    count, seen = words.count, now.seen
    points = [
        words.told(
            "glance_grades",
            peps=count("pep", len(seen)),
            schools=count("school", _schools(now)),
            grades=tally(words, seen),
        )
    ]
    points.append(words.told("glance_good", share=words.share(good(seen), len(seen))))
    moderated = sum(one.is_moderated for one in seen)
    if moderated:
        points.append(words.told("glance_moderated", moderated=moderated, peps=count("pep", len(seen))))
    else:
        points.append(words.say["glance_none_moderated"])
    if found and found.pairs:
        overall = moved((one.grade, then.grade) for one, then in found.pairs)
        points.append(movement(words, overall, len(found.pairs)))
    for theme in for_training(words, now, rules)[:1]:
        weak = now.weak_in(theme.criterion)
        schools = count("school", len(by_school(words, weak)))
        points.append(
            words.told("glance_theme", title=one_line(theme.title), peps=count("pep", len(weak)), schools=schools)
        )
    if visits := len(watch(words, now, rules).rows):
        points.append(words.told("glance_schools", schools=count("school", visits)))
    if now.waiting:
        points.append(words.told("glance_waiting", files=count("file", now.waiting)))
    return Block(heading=words.headings["glance"], points=tuple(points))


def _answered(words: SweepWords, now: View, found: Compared | None) -> Iterator[Block]:
    """Whether last feedback was acted on: as the PEPs themselves quote it, and as our own last letters asked it."""
    states = Counter(one.states.get(ANSWERED) for one in now.seen)
    told = sum(states[state] for state in _TOLD)
    said = [words.say["answered_none"]]
    if told:
        said = [words.told("answered", share=words.share(told, len(now.seen)))]
        shares = {state.value: words.share(states[state], told) for state in _TOLD}
        said.append(words.told("answered_states", **shares))
    yield Block(heading=words.headings["answered"], paragraphs=tuple(said))
    heading = words.headings["asked"]
    if found is None or not found.asked():
        why = "asked_no_earlier" if found is None else "asked_none"
        yield Block(subheading=heading, paragraphs=(words.say[why],))
        return
    rows = [
        row(one.title, str(one.plans), str(one.of(Met.MET)), str(one.of(Met.PARTLY)), str(one.of(Met.NOT_MET)),
            str(one.of(Met.CANNOT_TELL, Met.NOT_APPLICABLE, None)))
        for one in found.asked()
    ]  # fmt: skip
    intro = words.told("asked", letters=words.count("child", found.letters))
    yield table(words, "asked", "six", rows, subheading=heading, paragraphs=(intro,))


def _stem(run: str) -> str:
    return "".join(c for c in run.lower() if c.isascii() and c.isalnum()) or "0"
