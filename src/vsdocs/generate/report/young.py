"""The young people's version: two pages, warm and plain, with the figures that matter to them."""

from datetime import date

from vsdocs.cohort import suppress
from vsdocs.cohort.figure import Unit
from vsdocs.dates import in_words
from vsdocs.generate import charts
from vsdocs.generate.charts.colours import palette
from vsdocs.generate.report import said, word
from vsdocs.generate.report.blocks import Block, Chart, Heading, Text, bullets
from vsdocs.generate.report.cover import Cover
from vsdocs.generate.report.figures import Figures, Shown
from vsdocs.generate.report.word import Made
from vsdocs.generate.report.wording import Wording, YoungChart
from vsdocs.settings import Settings


def make(figures: Figures, wording: Wording, settings: Settings, today: date, *, pdf: bool = False) -> Made:
    """What is hidden, unknown or nought is left out: no number that could tell of somebody, and none that only hurts."""
    young, words = wording.young, wording.words
    blocks: list[Block] = [Text(line.format(year=figures.year)) for line in young.hello]
    for part in young.parts:
        lines = [
            line.format(value=_plain(shown), of=said.of(words, shown))
            for kpi, line in part.lines.items()
            if (shown := figures.shown(kpi)).value
        ]
        chart = _chart(figures, part.chart, settings) if part.chart else []
        if part.chart and not chart and not lines:
            continue
        blocks.append(Heading(1, part.heading, new_page=part.new_page))
        blocks += [Text(part.before)] if part.before else []
        blocks += bullets([*lines, *part.points]) if lines or not part.lines else [Text(young.none)]
        blocks += chart
        blocks += [Text(part.after)] if part.after else []
    blocks += [Text(line) for line in young.goodbye]
    cover = Cover(
        title=wording.outline.title_young.format(year=figures.year),
        authority=settings.authority.name or "[authority]",
        for_whom="For every child and young person in our care",
        edition=young.left_out.format(small=figures.small or suppress.SMALL),
        day=in_words(today),
        counted=f"Counted on {in_words(figures.cohort.day)}.",
    )
    reference = f"young-people-{figures.year}"
    template = settings.template("report_young.docx")
    return word.write(template, cover, blocks, reference, today, settings, pdf=pdf, contents=False)


def _chart(figures: Figures, chart: YoungChart, settings: Settings) -> list[Block]:
    """How many in ten, for what may be shown and is at least one in ten; nothing where that is nothing."""
    rows = []
    for kpi, label in chart.kpis.items():
        shown = figures.shown(kpi)
        if shown.value is not None and (of_ten := round(shown.value / 10)):
            line = chart.nearly if of_ten == 10 and shown.value < 100 else chart.line
            name = f"{label}\n({said.of(figures.words, shown)})"
            rows.append((name, shown.value, line.format(said=name.replace("\n", " "), of_ten=of_ten)))
    if not rows:
        return []
    drawn = charts.tens(palette(settings.look.colour), [name for name, _, _ in rows], [value for _, value, _ in rows])
    return [Chart(chart.caption, drawn, " ".join([chart.about, *(told for _, _, told in rows)]))]


def _plain(shown: Shown) -> str:
    assert shown.value is not None
    return f"{shown.value:,.0f}{'%' if shown.kpi.unit is Unit.PERCENT else ''}"
