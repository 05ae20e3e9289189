"""A document as it is to be drawn: the blocks of the neutral document with their looks, and the page that they stand on."""

from dataclasses import dataclass, field

from vsdocs.document import Once, Paragraph, Table
from vsdocs.generate.pdf.form import Form, Ink
from vsdocs.generate.pdf.table_form import TableForm
from vsdocs.readers.word_styles import Props

PAGE, PAGES, NEW_PAGE = "PAGE", "NUMPAGES", "\f"
A4 = (595.3, 841.9)


@dataclass(frozen=True)
class Picture:
    data: bytes
    width: float
    height: float
    alt: str
    decorative: bool = False


@dataclass(frozen=True)
class Stretch:
    """Words of one ink; or a picture; or, as `mark`, a page's number or the number of pages.

    One without words may say that a bookmark begins here (`name`), or which bookmark what follows leads to (`link`).
    """

    text: str
    ink: Ink
    picture: Picture | None = None
    mark: str = ""
    name: str = ""
    link: str = ""


@dataclass(frozen=True)
class Drawn(Paragraph):
    """A paragraph with its look. Its runs are empty: what it says stands in `stretches`."""

    stretches: tuple[Stretch, ...] = ()
    form: Form = field(default_factory=Form)
    ink: Ink = field(default_factory=Ink)
    marker: str = ""
    marker_ink: Ink | None = None
    depth: int = 0  # of the list that it is in, from 1; 0: in none
    title: bool = False
    contents: int = 0  # the level of an entry of the contents, from 1; 0: it is none

    @Once
    def text(self) -> str:
        return "".join([stretch.text for stretch in self.stretches]).strip()

    @Once
    def names(self) -> tuple[str, ...]:
        """The bookmarks that begin in it."""
        return tuple(stretch.name for stretch in self.stretches if stretch.name)

    @Once
    def link(self) -> str:
        """The bookmark that an entry of the contents leads to."""
        return next((stretch.link for stretch in self.stretches if stretch.link), "") if self.contents else ""


@dataclass(frozen=True, slots=True)
class Grid(Table):
    """A table with its look. `tr` and `tc` hold the properties of rows and of the cells, by their place in the grid."""

    form: TableForm = field(default_factory=TableForm)
    props: Props = field(default_factory=dict)
    tr: tuple[Props, ...] = ()
    tc: dict[tuple[int, int], Props] = field(default_factory=dict)
    columns: tuple[float, ...] = ()  # their widths, as far as they are said


@dataclass(frozen=True)
class Sheet:
    """The page that a section sets: its size and margins, what stands at its head and foot."""

    size: tuple[float, float] = A4
    margins: tuple[float, float, float, float] = (72.0, 72.0, 72.0, 72.0)  # top, left, bottom, right
    head_at: float = 36.0
    foot_at: float = 36.0
    head: tuple[Paragraph | Table, ...] = ()
    foot: tuple[Paragraph | Table, ...] = ()
    first: tuple[tuple[Paragraph | Table, ...], tuple[Paragraph | Table, ...]] | None = None


@dataclass(frozen=True)
class Source:
    blocks: tuple[Paragraph | Table, ...]
    sheet: Sheet
    title: str
    author: str
    identifier: str
    language: str
    made: str  # as in the core properties: 2026-11-22T00:00:00Z
