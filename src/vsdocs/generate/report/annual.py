"""The annual report of the virtual school head: its sections as data say them, figures from the cohort, words from people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from vsdocs.cohort.year import Cohort
from vsdocs.dates import in_words
from vsdocs.generate.report import counts, names, parts, specials, word
from vsdocs.generate.report.blocks import Block, Heading, Text
from vsdocs.generate.report.cover import Cover
from vsdocs.generate.report.figures import Figures
from vsdocs.generate.report.narrative import Written
from vsdocs.generate.report.word import Made
from vsdocs.generate.report.wording import Part, Place, Section, Wording
from vsdocs.settings import Settings

INTERNAL, PUBLISHABLE = "internal", "publishable"


@dataclass(frozen=True)
class Report:
    """A finished report, and the places in it that nobody has written in."""

    made: Made
    unwritten: tuple[str, ...]  # 'attendance: Reasons'


def make(
    figures: Figures, wording: Wording, written: Mapping[str, Written], settings: Settings, today: date, *, pdf: bool = False
) -> Report:  # fmt: skip
    """The report of the figures' year. Figures that hide small numbers make the publishable edition.

    Raises `RefusedError` where that would name a child: in what people wrote, or in a table of theirs.
    """
    body = _Body(figures, wording, written)
    blocks = list(body.blocks())
    if figures.small is not None:
        names.refuse(blocks, (child for cohort in figures.cohorts.values() for child in cohort.children))
    edition = INTERNAL if figures.small is None else PUBLISHABLE
    outline, year = wording.outline, figures.year
    cover = Cover(
        title=outline.title.format(year=year),
        authority=settings.authority.name or "[authority]",
        for_whom="For the corporate parenting board and the governing body of the virtual school",
        edition=wording.words.editions[edition],
        day=in_words(today),
        counted=_counted(figures.cohort),
    )
    reference = f"annual-report-{year}-{edition}"
    template = settings.template("report.docx")
    return Report(word.write(template, cover, blocks, reference, today, settings, pdf=pdf), tuple(body.unwritten))


def _counted(cohort: Cohort) -> str:
    running = " The year is not over yet." if cohort.day == cohort.today else ""
    return f"Figures counted on {in_words(cohort.day)}.{running}"


def next_year(year: str) -> str:
    first = int(year[:4]) + 1
    return f"{first}-{(first + 1) % 100:02d}"


class _Body:
    def __init__(self, figures: Figures, wording: Wording, written: Mapping[str, Written]) -> None:
        self.figures, self.wording, self.written = figures, wording, written
        self.outline, self.words = wording.outline, wording.words
        self.unwritten: list[str] = []
        self.said = {"year": figures.year, "next_year": next_year(figures.year)}

    def blocks(self) -> Iterator[Block]:
        number, below = 0, 0
        for section in self.outline.sections:
            title = section.title.format(**self.said)
            if section.annex:
                yield Heading(1, title)
            elif section.under is None:
                number, below = number + 1, 0
                yield Heading(1, f"{number} {title}")
            else:
                below += 1
                yield Heading(2, f"{number}.{below} {title}")
            yield from self._section(section)

    def _section(self, section: Section) -> Iterator[Block]:
        written = self.written.get(section.id, Written())
        yield from written.first
        has_places = False
        for part in section.parts:
            if part.special == "places":
                has_places = True
                yield from self._places(section, written)
            else:
                yield from self._part(part, 1 if section.under is None else 2)
        if not has_places:
            yield from self._places(section, written)

    def _part(self, part: Part, level: int) -> Iterator[Block]:
        figures = self.figures
        if part.text is not None:
            yield Text(part.text.format(**self.said))
        elif part.heading is not None:
            yield Heading(level + 1, part.heading.format(**self.said), place=True)
        elif part.points:
            yield from (Text(point.format(**self.said), "List Bullet") for point in part.points)
        elif part.sentences:
            yield from parts.sentences(figures, part.sentences)
        elif part.years is not None:
            yield from parts.years(figures, part.years)
        elif part.groups is not None:
            yield from parts.groups(figures, part.groups)
        elif part.others is not None:
            yield from parts.others(figures, part.others)
        elif part.profile is not None:
            yield from parts.profile(figures, part.profile)
        elif part.chart is not None:
            bars = counts.ofsted_bars(figures) if part.chart.special == "ofsted" else None
            yield from parts.chart(figures, part.chart, bars)
        elif part.special is not None:
            yield from specials.SPECIALS[part.special](figures)

    def _places(self, section: Section, written: Written) -> Iterator[Block]:
        level = 2 if section.under is None else 3
        for place in self.outline.places_of(section):
            yield from self._place(section, place, written.places.get(place.id, ()), level)
        for heading, blocks in written.others:
            yield Heading(level, heading, place=True)
            yield from blocks

    def _place(self, section: Section, place: Place, blocks: tuple[Block, ...], level: int) -> Iterator[Block]:
        """What was written; else, in the internal edition, what to write there."""
        if not blocks:
            self.unwritten.append(f"{section.id}: {place.title}")
            if self.figures.small is None:
                yield Heading(level, place.title, place=True)
                yield Text(self.words.place.format(prompt=place.prompt), "Prompt")
            return
        yield Heading(level, place.title, place=True)
        yield from blocks
