"""The young people's version: two pages, warm and plain, with the figures that matter to them."""

from datetime import date

from vsdocs.dates import in_words
from vsdocs.generate.report import said, word
from vsdocs.generate.report.blocks import Block, Heading, Text, bullets
from vsdocs.generate.report.figures import Figures
from vsdocs.generate.report.word import Cover, Made
from vsdocs.generate.report.wording import Wording
from vsdocs.settings import Settings


def make(figures: Figures, wording: Wording, settings: Settings, today: date, *, pdf: bool = False) -> Made:
    """Figures that are hidden, or that there are none of, are left out; it never says a number that could tell of somebody."""
    young, words = wording.young, wording.words
    blocks: list[Block] = [Text(line.format(year=figures.year)) for line in young.hello]
    for part in young.parts:
        lines = [
            line.format(value=said.number(words, shown.kpi, shown.value), of=said.of(words, shown))
            for kpi, line in part.lines.items()
            if (shown := figures.shown(kpi)).value is not None
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
        edition="",
        day=in_words(today),
        counted="",
    )
    reference = f"young-people-{figures.year}"
    template = settings.template("report_young.docx")
    return word.write(template, cover, blocks, reference, today, settings, pdf=pdf, contents=False)
