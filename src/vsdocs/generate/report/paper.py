"""A paper for the virtual school's own meeting: the placeholders of `papers.docx`, and the finished Word document.

Three papers share the template: the report of a sweep, the self-evaluation and the development plan. Each is a list of
blocks, and what stands in a block is decided by its own module and worded by `templates/report/<name>.yaml`.
"""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from vsdocs.dates import in_words
from vsdocs.generate import word_template
from vsdocs.generate.plain import one_line
from vsdocs.generate.report.paper_words import PaperWords, checks
from vsdocs.generate.templates import Template
from vsdocs.generate.written import Written
from vsdocs.record import Extraction, Frozen
from vsdocs.settings import Settings

COLUMNS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
#: shape of a table -> its columns' widths in millimetres; they add up to the 166 mm between the margins
SHAPES: dict[str, tuple[int, ...]] = {
    "pair": (58, 108),
    "three": (62, 52, 52),
    "five": (62, 24, 24, 24, 32),
    "children": (36, 34, 52, 22, 22),
    "themes": (56, 38, 15, 18, 39),
    "six": (61, 21, 21, 21, 21, 21),
    "seven": (32, 13, 25, 26, 20, 19, 31),
    "practice": (42, 13, 13, 14, 42, 42),
    "grades": (44, 13, 13, 15, 16, 13, 16, 36),
    "evidence": (42, 30, 60, 34),
    "actions": (58, 32, 28, 48),
    "review": (27, 28, 27, 28, 28, 28),
}
TO_FILL = ("actions", "review")  # shapes whose rows are tall, to be written in


class Row(Frozen):
    """A row of a table. It has as many cells as its table has columns; the others are empty."""

    one: str = Field(default="", description="The first cell")
    two: str = Field(default="", description="The second cell")
    three: str = Field(default="", description="The third cell")
    four: str = Field(default="", description="The fourth cell")
    five: str = Field(default="", description="The fifth cell")
    six: str = Field(default="", description="The sixth cell")
    seven: str = Field(default="", description="The seventh cell")
    eight: str = Field(default="", description="The eighth cell")
    lines: tuple[str, ...] = Field(
        default=("",), description="What the evidence cell of the self-evaluation holds (a list of texts)"
    )


class Block(Frozen):
    """A part of the paper, in this order: heading, smaller heading, paragraphs, points, table, notes, places to write."""

    heading: str = Field(default="", description="Its heading; empty where it goes on with the one before")
    subheading: str = Field(default="", description="Its smaller heading, or empty")
    paragraphs: tuple[str, ...] = Field(default=(), description="Its paragraphs (a list of texts)")
    points: tuple[str, ...] = Field(default=(), description="Its points (a list of texts)")
    table: str = Field(default="", description="What stands over its table")
    about: str = Field(default="", description="What the table is read aloud as")
    shape: str = Field(default="", description=f"Which table it has, or empty: {', '.join(SHAPES)}")
    head: Row = Field(default=Row(), description="The headings of its columns")
    rows: tuple[Row, ...] = Field(default=(), description="The rows of its table (a list)")
    notes: tuple[str, ...] = Field(default=(), description="What stands under its table (a list of texts)")
    fill: tuple[str, ...] = Field(default=(), description="Places for a person to write in (a list of texts)")


class Fact(Frozen):
    label: str = Field(description="What it is")
    words: str = Field(description="What is so")


class Paper(Frozen):
    """The whole paper."""

    confidential: str = Field(description="Says whom it is for")
    authority: str = Field(description="The authority's name")
    title: str = Field(description="What the paper is")
    reference: str = Field(description="The paper's reference")
    facts: tuple[Fact, ...] = Field(description="What it was made from (a list)")
    blocks: tuple[Block, ...] = Field(description="Its parts (a list)")
    ends: tuple[str, ...] = Field(description="How it was counted (a list of texts)")
    ends_heading: str = Field(description="The heading over that")


#: Without these the paper would not say whom it is for, or would lose figures.
REQUIRED = (
    "confidential", "title", "reference", "blocks", "block.heading", "block.subheading", "block.paragraphs", "block.points",
    "block.table", "block.rows", "block.notes", "row.one", "row.two", "row.three", "row.four", "row.lines", "ends",
)  # fmt: skip

_ROW = Row(**dict.fromkeys(COLUMNS, "Cell"), lines=("Line", "Line"))
SAMPLE = Paper(
    confidential="Internal",
    authority="Authority",
    title="Title",
    reference="Reference",
    facts=(Fact(label="Label", words="Words"),),
    blocks=tuple(
        Block(
            heading="Heading", subheading="Smaller heading", paragraphs=("Paragraph",), points=("Point",), table="Table",
            about="What it tells", shape=shape, head=_ROW, rows=(_ROW, _ROW), notes=("Note",), fill=("Fill",),
        )
        for shape in SHAPES
    ),
    ends=("End",),
    ends_heading="How",
)  # fmt: skip
PAPERS = Template("papers", "the papers for the virtual school's own meetings", SAMPLE, REQUIRED, checks)


def row(*cells: str, lines: Iterable[str] = ()) -> Row:
    return Row(**dict(zip(COLUMNS, cells, strict=False)), lines=tuple(lines) or ("",))


def table(
    words: PaperWords, name: str, shape: str, rows: Iterable[Row], *, notes: Iterable[str] = (), heading: str = "",
    subheading: str = "", paragraphs: Iterable[str] = (), points: Iterable[str] = (),
) -> Block:  # fmt: skip
    """A block with the table of this name: its columns and what stands over it are in the wording."""
    said = words.tables[name]
    return Block(
        heading=heading,
        subheading=subheading,
        paragraphs=tuple(paragraphs),
        points=tuple(points),
        table=said.title,
        about=said.about,
        shape=shape,
        head=row(*said.columns),
        rows=tuple(rows),
        notes=tuple(notes),
    )


def written(
    name: str,
    words: PaperWords,
    reference: str,
    facts: Iterable[tuple[str, str]],
    blocks: Iterable[Block],
    today: date,
    settings: Settings,
    about: tuple[Extraction, ...] = (),
    term: str = "",
) -> Written:
    """The finished paper. `about` holds no child: only the schools and the leads that it may name. `term` stands in its title."""
    found = Paper(
        confidential=words.confidential,
        authority=settings.authority.name or words.say["authority"],
        title=f"{words.title}: {term}" if term else words.title,
        reference=reference,
        facts=tuple(
            Fact(label=label, words=said) for label, said in (*facts, (words.say["made"], in_words(today))) if said
        ),
        blocks=tuple(blocks),
        ends=tuple(words.ends),
        ends_heading=words.ends_heading,
    )
    subject = f"{one_line(words.title)}, reference {reference}"
    template = settings.template(f"report/{name}.docx", "papers.docx")
    docx = word_template.fill(template, found, title=subject, reference=reference, today=today, settings=settings)
    return Written(reference, docx, subject, about)
