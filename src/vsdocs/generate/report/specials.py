"""What a section shows besides figures of the whole: accounts, lists of the year's events, where children learn and go on to."""

from collections.abc import Callable, Iterator, Sequence

from vsdocs.cohort.figure import Unit
from vsdocs.cohort.year import NO_PLACE
from vsdocs.dates import in_words
from vsdocs.generate.report import counts, said
from vsdocs.generate.report.blocks import Block, Grid, Heading, Text, bullets
from vsdocs.generate.report.figures import Figures
from vsdocs.generate.report.gaps import Gap, gaps

AREA_KPIS = ("ks2_rwm", "attainment_8", "attendance", "persistent_absence", "suspended", "pep_each_term")
MOST_POINTERS = 6
APPROVED = "This report has been approved by the following people."
WHOLES = (
    "Results are of the children in care for twelve months or more on 31 March; attendance, suspensions and moves of those in care at any"
    " time in the year; timetables and schools of those on the roll. Where something is not known of a child, the whole is smaller."
)


def facts(figures: Figures) -> Iterator[Block]:
    cohort, words = figures.cohort, figures.words
    places = (cohort.school_on(child.reference, cohort.school_day) for child in cohort.on_roll)
    schools = {one.school for one in places if one is not None and one.kind != NO_PLACE}
    schools |= {child.school for child in cohort.on_roll if child.school and not schools}
    leads = {child.lead for child in cohort.on_roll if child.lead}
    census = in_words(min(cohort.census_day, cohort.day))
    yield Grid(
        "The virtual school in numbers",
        (
            ("Fact", "Number"),
            (f"Children on the roll on {in_words(cohort.day)}", said.cell(words, figures.shown("roll"))),
            (f"In care for twelve months or more on {census}, of those in care on that day", said.cell(words, figures.shown("reportable"))),
            *_wholes(figures),
            ("Schools and other providers that they attend", f"{len(schools)}" if schools else words.no_data),
            ("Virtual school leads with a caseload", f"{len(leads)}" if leads else words.no_data),
        ),
        (3, 1.4),
    )  # fmt: skip
    yield Text(f"Each figure says how many it is of. {WHOLES} {figures.notes(['roll', 'reportable'])}".rstrip(), "Note")


def _wholes(figures: Figures) -> Iterator[tuple[str, str]]:
    """The other numbers of children that figures are of. None is published by which a few could be worked out."""
    cohort = figures.cohort
    every, roll = len(cohort.children), len(cohort.on_roll)
    pupils, here = (sum(map(cohort.school_age, of)) for of in (cohort.children, cohort.on_roll))
    wholes = (
        ("Children in care at any time in the year", every, (roll, pupils)),
        ("Of these, of school age (Reception to Year 11)", pupils, (every, here, 0)),
        ("Of school age, on the roll", here, (roll, pupils, 0)),
    )
    for name, number, nested in wholes:
        close = figures.small is not None and any(0 < abs(number - other) < figures.small for other in nested)
        yield name, figures.words.hidden if close else str(number)


def key_points(figures: Figures) -> Iterator[Block]:
    """What may be told of the year, a line for each; then what may not, and what is not known."""
    every = [figures.shown(kpi) for kpi in figures.words.headlines]
    yield from bullets([said.short(figures, one.kpi.id) for one in every if one.value is not None])
    if hidden := [one.kpi.title for one in every if one.hidden]:
        yield Text(figures.words.sentence("hidden_all", titles="; ".join(hidden)))
    if missing := [one.kpi.title for one in every if one.figure.value is None and not one.hidden]:
        yield Text(figures.words.sentence("no_data_all", titles="; ".join(missing)))


def headlines(figures: Figures) -> Iterator[Block]:
    words, kpis = figures.words, [kpi for kpi in figures.words.headlines if figures.has_data([kpi])]
    wanted = [year for year in (figures.last_year, figures.year) if year]
    table = [("Measure", *wanted, "Published")]
    for kpi in kpis:
        cells = [said.cell(words, figures.shown(kpi, year)) for year in wanted]
        table.append(
            (figures.kpis[kpi].title, *cells, said.published_cell(words, figures.kpis[kpi], figures.beside(kpi)))
        )
    if kpis:
        yield Grid("Headlines", tuple(table), (3, *[1.2] * len(wanted), 1.6))


def sign_off(figures: Figures) -> Iterator[Block]:
    yield Text(APPROVED, "Lead in")
    table = [("Role", "Name", "Date of sign-off"), *((role, "", "") for role in figures.words.sign_off)]
    yield Grid("Sign-off", tuple(table), (2, 3, 2))


def area_sentences(figures: Figures) -> Iterator[Block]:
    """In area against out of area, figure by figure."""
    yield from bullets([line for kpi in AREA_KPIS if (line := said.by_group(figures, kpi, "area"))])


def pointers(figures: Figures) -> Iterator[Block]:
    """The headlines that moved by more than chance, and what lies below: the same as in the development plan, in its order."""
    moved = [(kpi, way) for kpi in figures.words.headlines if (way := _way(figures, kpi))]
    asked = [gap for gap in gaps(figures) if not gap.is_small]
    better = [said.sentence(figures, kpi) for kpi, way in moved if way > 0]
    worse = [_asked(figures, gap) for gap in asked]
    worse += [said.sentence(figures, kpi) for kpi, way in moved if way < 0 and kpi not in {gap.kpi.id for gap in asked}]
    for title, lines in (
        ("Where the figures have moved the right way", better),
        ("Where the figures ask for work", worse),
    ):
        yield Heading(2, title, place=True)
        yield from bullets(lines[:MOST_POINTERS]) if lines else [Text(figures.words.sentence("no_pointer"))]


def _way(figures: Figures, kpi: str) -> float:
    """Above 0 where a figure has become better than last year by more than chance, below where worse."""
    shown = figures.shown(kpi)
    if figures.last_year is None or not figures.has_moved(shown, last := figures.shown(kpi, figures.last_year)):
        return 0.0
    return shown.kpi.better * ((shown.value or 0.0) - (last.value or 0.0))


def _asked(figures: Figures, gap: Gap) -> str:
    told = said.sentence(figures, gap.kpi.id)
    if gap.wanted is None:
        return told
    return f"{told} {figures.words.sentence('asked', wanted=f'{gap.wanted.at_least:g}', source=gap.wanted.source)}"


def definitions(figures: Figures) -> Iterator[Block]:
    table: list[Sequence[str]] = [("Figure", "How it is counted", "On whose authority")]
    for kpi in figures.kpis.values():
        if figures.has_data([kpi.id]):
            table.append((kpi.title, f"{kpi.definition}.", kpi.authority))
    if len(table) == 1:
        yield Text(f"{figures.words.no_data.capitalize()}.")
        return
    yield Grid("Definitions of the figures", tuple(map(tuple, table)), (2, 3.2, 2))
    missing = [kpi.title for kpi in figures.kpis.values() if not figures.has_data([kpi.id])]
    if missing:
        yield Text(f"There is no data for: {'; '.join(missing)}.")


def published(figures: Figures) -> Iterator[Block]:
    table: list[tuple[str, ...]] = [("Measure", "Year", "Group", "Value", "Series and source")]
    for kpi in figures.kpis.values():
        for one in figures.published(kpi.id):
            value = said.number(figures.words, kpi, one.value) if kpi.unit is not Unit.POUNDS else f"£{one.value:,.0f}"
            source = "; ".join(filter(None, (one.series, one.source)))
            table.append((kpi.title, one.academic_year, one.group, value, source))
    yield Text("A published figure is set beside ours only where its source is known. One series is never mixed with another.", "Lead in")  # fmt: skip
    if len(table) > 1:
        yield Grid("Published figures", tuple(table), (2, 0.9, 1.6, 0.9, 3.2))


SPECIALS: dict[str, Callable[[Figures], Iterator[Block]]] = {
    one.__name__: one
    for one in (
        facts, key_points, headlines, sign_off, area_sentences, pointers, definitions, published, counts.ofsted, counts.placements,
        counts.destinations, counts.activities, counts.training, counts.advice, counts.pp_plus,
    )
}  # fmt: skip
