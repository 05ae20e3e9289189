"""The self-evaluation: the criteria of Dorset's practice standards, each with the evidence that the store and the tables hold.

Grade and judgement are a person's, and stay blank.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from vsdocs import packs
from vsdocs.cohort.kpis import all_kpis
from vsdocs.cohort.year import GROUPS
from vsdocs.criteria import all_criteria
from vsdocs.errors import PackError
from vsdocs.generate.report import held as known
from vsdocs.generate.report import said
from vsdocs.generate.report.figures import Figures
from vsdocs.generate.report.held import Held
from vsdocs.generate.report.paper import Block, Row, row, table, written
from vsdocs.generate.report.paper_words import NonEmpty, PaperWords, Sentences, Shapes, load, pack_of
from vsdocs.generate.report.sweep_compared import compared, moved
from vsdocs.generate.report.sweep_seen import stubs
from vsdocs.generate.written import Written
from vsdocs.judgement import Grade
from vsdocs.record import Frozen
from vsdocs.settings import Settings


class Evidence(Frozen):
    """One criterion with where its evidence is looked for. `by_group`: group -> KPIs told for each of its parts."""

    criterion: NonEmpty
    examples: tuple[NonEmpty, ...]
    kpis: tuple[str, ...] = ()
    by_group: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    peps: tuple[str, ...] = ()  # criteria of the last sweep
    also: tuple[Literal["grades", "moderation", "movement"], ...] = ()


class Part(Frozen):
    heading: NonEmpty
    criteria: tuple[Evidence, ...] = Field(min_length=1)


class SefWords(PaperWords):
    intro: tuple[NonEmpty, ...]
    parts: tuple[Part, ...] = Field(min_length=1)
    grade_words: NonEmpty  # what the cell for grade and judgement says
    rows: int = Field(ge=1, le=20)  # empty ones for actions
    sign_off: tuple[NonEmpty, ...]


SENTENCES: Sentences = {
    **known.SENTENCES,
    "held_none": (), "no_data": ("titles",),
    "moved": ("better", "same", "weaker"),
}  # fmt: skip
HEADINGS = ("intro", "actions", "sign_off")
TABLES: Shapes = {"evidence": 4, "actions": 4}


def load_words(settings: Settings) -> SefWords:
    """The council's own words or ours. Raises PackError with every slip and its place, unknown KPIs and criteria too."""
    words = load("sef", SefWords, settings, SENTENCES, HEADINGS, TABLES)
    if slips := list(_slips(words, pack_of("sef", settings))):
        raise PackError("\n".join(slips), "Correct the lines named above and run the command again.")
    return words


def report(held: Held, settings: Settings, today: date) -> Written:
    """The form with its evidence filled in. Cells of judgement and actions are left to a person."""
    words = load_words(settings)
    year = held.figures.year if held.figures else ""
    facts = [(words.say["year"], year or words.say["no_roll"])]
    facts.append((words.say["sweep"], _sweep(words, held) if held.view else words.say["no_sweep"]))
    named = stubs([held.view] if held.view else [])
    return written("sef", words, f"sef-{year or today.year}", facts, _blocks(words, held), today, settings, named)


def _blocks(words: SefWords, held: Held) -> Iterator[Block]:
    yield Block(heading=words.headings["intro"], paragraphs=words.intro)
    for part in words.parts:
        rows = [_row(words, held, one) for one in part.criteria]
        yield table(words, "evidence", "evidence", rows, heading=part.heading)
    yield table(words, "actions", "actions", [Row()] * words.rows, heading=words.headings["actions"])
    yield Block(heading=words.headings["sign_off"], fill=words.sign_off)


def _row(words: SefWords, held: Held, one: Evidence) -> Row:
    lines = list(_evidence(words, held, one)) or [words.say["held_none"]]
    return row(one.criterion, "; ".join(one.examples), "", words.grade_words, lines=lines)


def _evidence(words: SefWords, held: Held, one: Evidence) -> Iterator[str]:
    if held.figures:
        yield from _figures(held.figures, one)
    if held.view and held.view.seen:
        for name in one.peps:
            if line := known.criterion_line(words, held.view, name):
                yield line
    yield from _also(words, held, one)
    missing = dict.fromkeys((*one.kpis, *(kpi for kpis in one.by_group.values() for kpi in kpis)))
    if held.figures and (titles := [all_kpis()[k].title for k in missing if held.figures.shown(k).value is None]):
        yield words.told("no_data", titles="; ".join(titles))


def _figures(figures: Figures, one: Evidence) -> Iterator[str]:
    for kpi in one.kpis:
        if figures.shown(kpi).value is not None:
            yield f"{said.short(figures, kpi)} {figures.so_far([kpi])}".rstrip()
    for group, kpis in one.by_group.items():
        yield from filter(None, (said.by_group(figures, kpi, group) for kpi in kpis))


def _also(words: SefWords, held: Held, one: Evidence) -> Iterator[str]:
    if "grades" in one.also and held.view and held.view.seen:
        yield _sweep(words, held)
    if "movement" in one.also and held.view and held.before:
        pairs = compared(held.view, held.before).pairs
        if pairs:
            counted = moved((now.grade, then.grade) for now, then in pairs)
            yield words.told(
                "moved", **{way: words.share(counted[way], len(pairs)) for way in ("better", "same", "weaker")}
            )
    if "moderation" in one.also:
        yield from known.agreement_lines(words, held)


def _sweep(words: PaperWords, held: Held) -> str:
    assert held.view is not None
    seen = held.view.seen
    shares = (
        f"{words.grade(grade)} {words.share(sum(one.grade is grade for one in seen), len(seen))}"
        for grade in reversed(Grade)
    )
    return words.told(
        "sweep_grades",
        run=held.view.run.id,
        peps=words.count("pep", len(seen)),
        grades=", ".join(shares) if seen else "–",
    )


def _slips(words: SefWords, pack: packs.Pack) -> Iterator[str]:
    measures, looked_at = all_kpis(), all_criteria()
    for p, part in enumerate(words.parts):
        for n, one in enumerate(part.criteria):
            at: tuple[str | int, ...] = ("parts", p, "criteria", n)
            lists = [(*at, "kpis"), *((*at, "by_group", group) for group in one.by_group)]
            for path, names in zip(lists, (one.kpis, *one.by_group.values()), strict=True):
                yield from _unknown(pack, path, names, measures, "KPI")
            yield from _unknown(pack, (*at, "peps"), one.peps, looked_at, "criterion")
            for group in one.by_group:
                if group not in GROUPS:
                    yield f"{pack.place((*at, 'by_group', group))}: there is no group {group!r}{packs.did_you_mean(group, GROUPS)}"


def _unknown(
    pack: packs.Pack, path: tuple[str | int, ...], names: tuple[str, ...], there: dict[str, object] | object, what: str
) -> Iterator[str]:
    assert isinstance(there, dict)
    for n, name in enumerate(names):
        if name not in there:
            yield f"{pack.place((*path, n))}: there is no {what} {name!r}{packs.did_you_mean(name, there)}"
