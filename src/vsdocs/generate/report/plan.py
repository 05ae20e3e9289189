"""The development plan: a skeleton from what the figures show, with places for actions, names, dates and reviews.

Priorities are the weakest themes of the last sweep, and the KPIs below the published figure or below what the standards
ask. Few children make no priority.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import Field

from vsdocs import packs
from vsdocs.cohort.figure import Kpi
from vsdocs.cohort.kpis import all_kpis
from vsdocs.errors import PackError
from vsdocs.generate.plain import one_line
from vsdocs.generate.report import held as known
from vsdocs.generate.report import said
from vsdocs.generate.report.figures import Figures
from vsdocs.generate.report.held import Held
from vsdocs.generate.report.paper import Block, Row, row, table, written
from vsdocs.generate.report.paper_words import NonEmpty, PaperWords, Sentences, Shapes, load, pack_of
from vsdocs.generate.report.sweep_seen import View, stubs
from vsdocs.generate.report.sweep_training import owner, rubric_of
from vsdocs.generate.themes import Theme
from vsdocs.generate.written import Written
from vsdocs.record import Frozen, Role
from vsdocs.rubric import Rubric
from vsdocs.settings import Settings


class Most(Frozen):
    themes: int = Field(ge=0, le=10)
    kpis: int = Field(ge=0, le=10)
    rows: int = Field(ge=1, le=20)  # of actions, the empty ones among them


class Ambition(Frozen):
    """What the standards ask of a KPI, where no published figure says it."""

    kpi: str
    at_least: float
    source: NonEmpty


class PlanWords(PaperWords):
    most: Most
    intro: tuple[NonEmpty, ...]
    ambitions: tuple[Ambition, ...] = ()
    sign_off: tuple[NonEmpty, ...]


SENTENCES: Sentences = {
    **known.SENTENCES,
    "priority": ("number", "title"), "none": (), "few": ("titles",),
    "theme_why": ("share", "schools"), "theme_action": ("title",), "theme_known": ("share",),
    "kpi_beside": ("value", "standing"), "kpi_ambition": ("value", "wanted", "source"),
    "kpi_known": ("value",), "sweep_told": ("run", "peps"), "fill_in": (),
}  # fmt: skip
HEADINGS = ("intro", "outline", "priorities", "own", "sign_off")
TABLES: Shapes = {"outline": 2, "actions": 4, "review": 6}


@dataclass(frozen=True)
class Priority:
    title: str
    why: tuple[str, ...]
    action: str
    how_known: str


@dataclass(frozen=True)
class _Gap:
    kpi: Kpi
    size: float  # as a share of what it is held against
    why: tuple[str, ...]
    value: str
    is_small: bool


def load_words(settings: Settings) -> PlanWords:
    """The council's own words or ours. Raises PackError with every slip and its place."""
    words = load("plan", PlanWords, settings, SENTENCES, HEADINGS, TABLES)
    pack, measures = pack_of("plan", settings), all_kpis()
    slips = [
        f"{pack.place(('ambitions', n, 'kpi'))}: there is no KPI {one.kpi!r}{packs.did_you_mean(one.kpi, measures)}"
        for n, one in enumerate(words.ambitions)
        if one.kpi not in measures
    ]
    if slips:
        raise PackError("\n".join(slips), "Correct the lines named above and run the command again.")
    return words


def report(held: Held, settings: Settings, today: date) -> Written:
    """The skeleton with its priorities and their figures."""
    words = load_words(settings)
    year = held.figures.year if held.figures else ""
    facts = [(words.say["year"], year or words.say["no_roll"])]
    told = words.say["no_sweep"]
    if held.view:
        told = words.told("sweep_told", run=held.view.run.id, peps=words.count("pep", len(held.view.seen)))
    facts.append((words.say["sweep"], told))
    named = stubs([held.view] if held.view else [])
    return written("plan", words, f"plan-{year or today.year}", facts, _blocks(words, held), today, settings, named)


def priorities(words: PlanWords, held: Held) -> list[Priority]:
    """The themes first, since the team can change them this term; then the KPIs, the widest gap first."""
    found = []
    if held.view:
        rules = rubric_of(held.view)
        found = [_of_theme(words, held.view, theme, rules) for theme in _themes(words, held.view)]
    gaps = [gap for gap in _gaps(words, held.figures) if not gap.is_small] if held.figures else []
    for gap in gaps[: words.most.kpis]:
        how = words.told("kpi_known", value=gap.value)
        found.append(Priority(gap.kpi.title, gap.why, "", how))
    return found


def _blocks(words: PlanWords, held: Held) -> Iterator[Block]:
    yield Block(heading=words.headings["intro"], paragraphs=words.intro)
    found = priorities(words, held)
    few = [gap.kpi.title for gap in _gaps(words, held.figures) if gap.is_small] if held.figures else []
    notes = [words.told("few", titles="; ".join(few))] if few else []
    if found:
        outline = [
            row(words.told("priority", number=n, title=one.title), " ".join(one.why)) for n, one in enumerate(found, 1)
        ]
        yield table(words, "outline", "pair", outline, heading=words.headings["outline"], notes=notes)
    else:
        yield Block(heading=words.headings["outline"], paragraphs=(words.say["none"], *notes))
    yield Block(heading=words.headings["priorities"], paragraphs=(words.say["fill_in"],))
    for number, one in enumerate(found, 1):
        yield from _of(words, words.told("priority", number=number, title=one.title), one)
    yield from _of(words, words.headings["own"], Priority("", (), "", ""))
    yield Block(heading=words.headings["sign_off"], fill=words.sign_off)


def _of(words: PlanWords, title: str, one: Priority) -> Iterator[Block]:
    first = row(one.action, "", "", one.how_known)
    rows = [first, *([Row()] * (words.most.rows - 1))]
    yield table(words, "actions", "actions", rows, subheading=title, paragraphs=one.why)
    yield table(words, "review", "review", [Row()])


def _themes(words: PlanWords, view: View) -> list[Theme]:
    return [theme for theme in view.themes if theme.cost][: words.most.themes]


def _of_theme(words: PlanWords, view: View, theme: Theme, rules: Rubric | None) -> Priority:
    """What designated teachers write is for their training; how others are won is for the team to say."""
    weak = view.weak_in(theme.criterion)
    share, title = words.share(len(weak), len(view.seen)), one_line(theme.title)
    places = len({one.school for one in weak} - {""})
    why = words.told("theme_why", share=share, schools=words.count("school", places))
    theirs = owner(rules, theme) is Role.DESIGNATED_TEACHER
    action = words.told("theme_action", title=title) if theirs else ""
    return Priority(title, (why,), action, words.told("theme_known", share=share))


def _gaps(words: PlanWords, figures: Figures) -> list[_Gap]:
    """The KPIs that are worse than what they are held against, the widest gap first. In line is not worse."""
    ambitions = {one.kpi: one for one in words.ambitions}
    found = []
    for kpi in all_kpis().values():
        shown = figures.shown(kpi.id)
        if shown.value is None or not kpi.better:
            continue
        value = said.valued(figures, shown)
        why: list[str] = []
        sizes: list[float] = []
        beside, wanted = figures.beside(kpi.id), ambitions.get(kpi.id)
        if beside and (gap := -kpi.better * said.difference(figures, shown, beside.value)) > figures.margin(shown)[1]:
            why.append(words.told("kpi_beside", value=value, standing=said.standing(figures, kpi.id)))
            sizes.append(gap / max(abs(beside.value), 1))
        if wanted and (gap := kpi.better * (wanted.at_least - shown.value)) > 0:
            why.append(words.told("kpi_ambition", value=value, wanted=f"{wanted.at_least:g}", source=wanted.source))
            sizes.append(gap / max(abs(wanted.at_least), 1))
        if why:
            found.append(_Gap(kpi, max(sizes), tuple(why), value, shown.figure.is_small))
    return sorted(found, key=lambda gap: (-gap.size, gap.kpi.id))
