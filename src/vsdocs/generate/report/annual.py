"""The annual report of the virtual school head: its sections as data say them, figures from the cohort, words from people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vsdocs.cohort import rows
from vsdocs.cohort.year import Cohort
from vsdocs.dates import in_words
from vsdocs.generate.charts.colours import Palette, palette
from vsdocs.generate.report import counts, names, parts, specials, word
from vsdocs.generate.report.blocks import Block, Grid, Heading, Text
from vsdocs.generate.report.cover import Cover
from vsdocs.generate.report.figures import Figures
from vsdocs.generate.report.narrative import Written
from vsdocs.generate.report.word import Made
from vsdocs.generate.report.wording import Part, Place, Section, Wording
from vsdocs.settings import Settings

INTERNAL, PUBLISHABLE = "internal", "publishable"
NO_AUTHORITY = "[authority]"
SIGN_OFF = "sign-off"  # a place whose words stand in the table's stead
_NOTHING = {"", "none known", "nobody"}  # and the words for no data: a cell without a figure


@dataclass(frozen=True)
class Report:
    """A finished report, and what is to be told of it before it is written."""

    made: Made
    unwritten: tuple[str, ...]  # the places that nobody has written in: 'attendance: Reasons'
    left_out: tuple[str, ...] = ()  # titles of the sections in which nothing stands, of a publishable edition
    read_again: tuple[str, ...] = ()  # where words of people may tell who a child is, and how


def make(
    figures: Figures, wording: Wording, written: Mapping[str, Written], settings: Settings, today: date, *, pdf: bool = False
) -> Report:  # fmt: skip
    """The report of the figures' year. Figures that hide small numbers make the publishable edition.

    Raises `RefusedError` where that would name a child: in what people wrote, or in a table of theirs.
    """
    body = _Body(figures, wording, written, palette(settings.look.colour))
    blocks = list(body.blocks())
    read_again: list[str] = []
    if figures.small is not None:
        known = _known(figures)
        names.refuse(blocks, known)
        read_again = names.to_read_again(blocks, known)
    edition = INTERNAL if figures.small is None else PUBLISHABLE
    outline, year = wording.outline, figures.year
    cover = Cover(
        title=outline.title.format(year=year),
        authority=settings.authority.name or NO_AUTHORITY,
        for_whom="For the corporate parenting board and the governing body of the virtual school",
        edition=wording.words.editions[edition],
        day=in_words(today),
        counted=_counted(figures.cohort),
    )
    reference = f"annual-report-{year}-{edition}"
    template = settings.template("report.docx")
    made = word.write(template, cover, blocks, reference, today, settings, pdf=pdf)
    return Report(made, tuple(body.unwritten), tuple(body.left_out), tuple(read_again))


def _known(figures: Figures) -> names.Known:
    children = [child for cohort in figures.cohorts.values() for child in cohort.children]
    schools = {row.school for row in figures.cohort.tables.of(rows.Schooling)}
    return names.Known.of(children, schools | {child.school for child in children if child.school})


def _counted(cohort: Cohort) -> str:
    running = " The year is not over yet." if cohort.day == cohort.today else ""
    return f"Figures counted on {in_words(cohort.day)}.{running}"


def next_year(year: str) -> str:
    first = int(year[:4]) + 1
    return f"{first}-{(first + 1) % 100:02d}"


class _Body:
    def __init__(self, figures: Figures, wording: Wording, written: Mapping[str, Written], colours: Palette) -> None:
        self.figures, self.written, self.colours = figures, written, colours
        self.outline, self.words = wording.outline, wording.words
        self.unwritten: list[str] = []
        self.left_out: list[str] = []
        self.full: set[str] = set()  # the sections in which a figure or somebody's words stand
        self.said = {"year": figures.year, "next_year": next_year(figures.year)}

    def blocks(self) -> Iterator[Block]:
        """All that the report shows; below a table that hides something, what that means."""
        for block in self._sections():
            yield block
            if self.figures.small is not None and isinstance(block, Grid) and self.words.hidden in sum(block.rows, ()):
                yield Text(self.words.hidden_note.format(small=self.figures.small), "Note")

    def _sections(self) -> Iterator[Block]:
        number, below = 0, 0
        made = [(section, list(self._section(section))) for section in self.outline.sections]
        for section, blocks in made:
            title = section.title.format(**self.said)
            if self.figures.small is not None and not self._stands(section):
                self.left_out.append(title)
                continue
            if section.annex:
                yield Heading(1, title)
            elif section.under is None:
                number, below = number + 1, 0
                yield Heading(1, f"{number} {title}")
            else:
                below += 1
                yield Heading(2, f"{number}.{below} {title}")
            yield from blocks if self.figures.small is None else _without_bare(blocks)

    def _stands(self, section: Section) -> bool:
        """Whether there is more in a section, or in one under it, than the words that lead into it."""
        below = [one for one in self.outline.sections if one.under == section.id]
        if section.id in self.full or any(self._stands(one) for one in below):
            return True
        is_all_text = all(part.text is not None or part.heading is not None for part in section.parts)
        return is_all_text and not below and not self.outline.places_of(section)

    def _section(self, section: Section) -> Iterator[Block]:
        written = self.written.get(section.id, Written())
        if written.first or written.places or written.others or any(part.points for part in section.parts):
            self.full.add(section.id)
        yield from written.first
        has_places = False
        for part in section.parts:
            if part.special == "places":
                has_places = True
                yield from self._places(section, written)
            elif part.special == "sign_off":
                yield from self._sign_off(section, written)
            else:
                blocks = list(self._part(part, 1 if section.under is None else 2))
                if part.text is None and any(self._tells(block) for block in blocks):
                    self.full.add(section.id)
                yield from blocks
        if not has_places:
            yield from self._places(section, written)

    def _tells(self, block: Block) -> bool:
        """Whether a figure stands in it, or that one is hidden."""
        no_data = self.words.no_data
        if isinstance(block, Grid):
            return any(cell not in {no_data, *_NOTHING} for row in block.rows[1:] for cell in row[1:])
        if isinstance(block, Text):
            return block.style not in ("Note", "Lead in") and no_data.casefold() not in block.text.casefold()
        return not isinstance(block, Heading)

    def _sign_off(self, section: Section, written: Written) -> Iterator[Block]:
        """Who approved the report, as it was written; else a table to be filled, which is not for the public."""
        if blocks := written.places.get(SIGN_OFF):
            yield Text(specials.APPROVED, "Lead in")
            yield from blocks
            return
        self.unwritten += [f"{section.id}: {one.title}" for one in section.write if one.id == SIGN_OFF]
        if self.figures.small is None:
            yield from specials.sign_off(self.figures)

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
            yield from parts.chart(figures, part.chart, self.colours, bars)
        elif part.special is not None:
            yield from specials.SPECIALS[part.special](figures)

    def _places(self, section: Section, written: Written) -> Iterator[Block]:
        level = 2 if section.under is None else 3
        signed = any(part.special == "sign_off" for part in section.parts)
        for place in self.outline.places_of(section):
            if signed and place.id == SIGN_OFF:
                continue
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


def _without_bare(blocks: Sequence[Block]) -> Iterator[Block]:
    """Without the headings below which nothing stands."""
    for at, block in enumerate(blocks):
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        is_bare = after is None or (
            isinstance(after, Heading) and isinstance(block, Heading) and after.level <= block.level
        )
        if not (isinstance(block, Heading) and block.place and is_bare):
            yield block
