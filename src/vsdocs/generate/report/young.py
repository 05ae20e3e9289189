"""The young people's version: two pages, warm and plain, with the figures that matter to them."""

from datetime import date

from vsdocs.cohort import suppress
from vsdocs.cohort.figure import Unit
from vsdocs.dates import in_words
from vsdocs.generate.report import said, word
from vsdocs.generate.report.blocks import Block, Heading, Text, bullets
from vsdocs.generate.report.cover import Cover
from vsdocs.generate.report.figures import Figures, Shown
from vsdocs.generate.report.word import Made
from vsdocs.generate.report.wording import Wording
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
        blocks.append(Heading(1, part.heading))
        blocks += [Text(part.before)] if part.before else []
        blocks += bullets(lines) if lines or not part.lines else [Text(young.none)]
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


def _plain(shown: Shown) -> str:
    assert shown.value is not None
    return f"{shown.value:,.0f}{'%' if shown.kpi.unit is Unit.PERCENT else ''}"
