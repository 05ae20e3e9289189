"""What a section shows besides figures of the whole: accounts, lists of the year's events, where children learn and go on to."""

from collections.abc import Callable, Iterator, Sequence

from vsdocs.cohort.figure import Unit
from vsdocs.cohort.kpis import all_kpis
from vsdocs.dates import in_words
from vsdocs.generate.report import counts, said
from vsdocs.generate.report.blocks import Block, Grid, Heading, Text, bullets
from vsdocs.generate.report.figures import Figures

AREA_KPIS = ("ks2_rwm", "attainment_8", "attendance", "persistent_absence", "suspended", "pep_each_term")
MOST_POINTERS = 6


def facts(figures: Figures) -> Iterator[Block]:
    cohort, roll = figures.cohort, figures.shown("roll")
    counted = in_words(cohort.day)
    schools = {one.school for child in cohort.on_roll if (one := cohort.school_on(child.reference, cohort.school_day))}
    schools |= {child.school for child in cohort.on_roll if child.school and not schools}
    leads = {child.lead for child in cohort.on_roll if child.lead}
    yield Grid(
        "The virtual school in numbers",
        (
            ("Fact", "Number"),
            (f"Children on the roll on {counted}", said.cell(figures.words, roll)),
            (
                f"In care for twelve months or more on {counted if cohort.is_before_census else '31 March'}",
                said.cell(figures.words, figures.shown("reportable")),
            ),
            ("Schools and other providers that they attend", f"{len(schools)}" if schools else figures.words.no_data),
            ("Virtual school leads with a caseload", f"{len(leads)}" if leads else figures.words.no_data),
        ),
        (3, 1.4),
    )
    if told := figures.so_far(["reportable"]):
        yield Text(told, "Note")


def key_points(figures: Figures) -> Iterator[Block]:
    yield from bullets([said.short(figures, kpi) for kpi in figures.words.headlines if figures.has_data([kpi])])
    if missing := [all_kpis()[k].title.lower() for k in figures.words.headlines if not figures.has_data([k])]:
        yield Text(f"No data: {'; '.join(missing)}.")


def headlines(figures: Figures) -> Iterator[Block]:
    words, kpis = figures.words, [kpi for kpi in figures.words.headlines if figures.has_data([kpi])]
    wanted = [year for year in (figures.last_year, figures.year) if year]
    table = [("Measure", *wanted, "Published")]
    for kpi in kpis:
        cells = [said.cell(words, figures.shown(kpi, year)) for year in wanted]
        table.append((all_kpis()[kpi].title, *cells, said.published_cell(words, all_kpis()[kpi], figures.beside(kpi))))
    if kpis:
        yield Grid("Headlines", tuple(table), (3, *[1.2] * len(wanted), 1.6))


def sign_off(figures: Figures) -> Iterator[Block]:
    yield Text("This report has been approved by the following people.", "Lead in")
    table = [("Role", "Name", "Date of sign-off"), *((role, "", "") for role in figures.words.sign_off)]
    yield Grid("Sign-off", tuple(table), (2, 3, 2))


def area_sentences(figures: Figures) -> Iterator[Block]:
    """In area against out of area, figure by figure."""
    yield from bullets([line for kpi in AREA_KPIS if (line := said.by_group(figures, kpi, "area"))])


def pointers(figures: Figures) -> Iterator[Block]:
    """The headlines that differ by more than their margin from what is published or from last year, apart by direction."""
    found: dict[bool, list[tuple[float, str]]] = {True: [], False: []}
    for kpi in figures.words.headlines:
        shown, beside = figures.shown(kpi), figures.beside(kpi)
        last = figures.shown(kpi, figures.last_year).value if figures.last_year else None
        if shown.value is None or not shown.kpi.better:
            continue
        limit = figures.margin(shown)[1]
        gaps = [said.difference(figures, shown, other) for other in (beside.value if beside else None, last) if other is not None]  # fmt: skip
        gap = next((gap for gap in gaps if abs(gap) > limit), 0.0)
        if gap:
            found[gap * shown.kpi.better > 0].append((abs(gap) / max(abs(shown.value), 1.0), said.sentence(figures, kpi)))  # fmt: skip
    for better, title in ((True, "Where the figures have moved the right way"), (False, "Where the figures ask for work")):  # fmt: skip
        lines = [line for _, line in sorted(found[better], key=lambda pair: -pair[0])][:MOST_POINTERS]
        yield Heading(2, title, place=True)
        yield from bullets(lines) if lines else [Text("No headline differs by more than its margin.")]


def definitions(figures: Figures) -> Iterator[Block]:
    table: list[Sequence[str]] = [("Figure", "How it is counted", "On whose authority")]
    for kpi in all_kpis().values():
        if figures.has_data([kpi.id]):
            table.append((kpi.title, f"{kpi.definition}.", kpi.authority))
    if len(table) == 1:
        yield Text(f"{figures.words.no_data.capitalize()}.")
        return
    yield Grid("Definitions of the figures", tuple(map(tuple, table)), (2, 3.2, 2))
    missing = [kpi.title for kpi in all_kpis().values() if not figures.has_data([kpi.id])]
    if missing:
        yield Text(f"There is no data for: {'; '.join(missing)}.")


def published(figures: Figures) -> Iterator[Block]:
    table: list[tuple[str, ...]] = [("Measure", "Year", "Group", "Value", "Series and source")]
    for kpi in all_kpis().values():
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
