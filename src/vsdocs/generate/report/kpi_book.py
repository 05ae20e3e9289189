"""The figures that an audience is told, a line for each: on the screen, as JSON and as a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vsdocs.generate.book import Book, Column
from vsdocs.generate.report import said
from vsdocs.generate.report.figures import Figures, Shown
from vsdocs.generate.report.wording import Audiences


@dataclass(frozen=True)
class Line:
    id: str
    title: str
    part: str  # of a group; '' for all
    changes: str
    shown: Shown
    value: str
    of: str
    last: str
    published: str
    notes: str  # what is to be said beside it

    @property
    def is_small(self) -> bool:
        return self.shown.figure.is_small and bool(self.of)

    def text(self) -> str:
        small = "  small cohort" if self.is_small else ""
        name = f"  {self.part}" if self.part else self.title
        told = f"\n  {self.notes}" if self.notes and not self.part else ""
        beside = "" if self.part else f"  last year {self.last:>8}  published {self.published}"
        return f"{name:50} {self.value:>9}  {self.of:22}{beside}{small}{told}"

    def told(self) -> dict[str, object]:
        figure, hidden = self.shown.figure, self.shown.hidden
        return {
            "figure": self.id, "title": self.title, "part": self.part or None, "changes": self.changes,
            "value": self.shown.value, "numerator": figure.numerator if self.shown.is_share and not hidden else None,
            "children": None if hidden else figure.denominator, "small_cohort": None if hidden else figure.is_small,
            "hidden": hidden, "last_year": self.last, "published": self.published, "notes": self.notes or None,
        }  # fmt: skip


def lines(figures: Figures, audiences: Audiences, audience: str, group: str | None) -> list[Line]:
    """The figures of an audience in the order of its list, each by the parts of a group where one is asked for."""
    return list(_lines(figures, audiences, audience, group))


def _lines(figures: Figures, audiences: Audiences, audience: str, group: str | None) -> Iterator[Line]:
    words = figures.words
    for name in audiences.audiences[audience].kpis:
        kpi, shown, changes = figures.kpis[name], figures.shown(name), audiences.change(name)
        last = figures.shown(name, figures.last_year) if figures.last_year else None
        before = _value(figures, last) if last else words.no_data
        beside = said.published_cell(words, kpi, figures.beside(name)).replace("\n", ", ")
        notes = figures.notes([kpi.id, *(["reportable"] if group == "reportable" else [])])
        yield Line(kpi.id, kpi.title, "", changes, shown, _value(figures, shown), _of(figures, shown), before, beside, notes)  # fmt: skip
        for of_group, part in figures.parts(kpi.id, group) if group else ():
            yield Line(
                kpi.id, kpi.title, of_group, changes, part, _value(figures, part), _of(figures, part), "", "", notes
            )


def about(figures: Figures) -> str:
    """What is to be known of the list: that it holds small numbers, or that it hides them."""
    words = figures.words
    return words.editions["internal"] if figures.small is None else words.hidden_note.format(small=figures.small)


def _of(figures: Figures, shown: Shown) -> str:
    return "" if shown.value is None else said.of(figures.words, shown)


def _value(figures: Figures, shown: Shown) -> str:
    if shown.hidden:
        return figures.words.hidden
    return figures.words.no_data if shown.value is None else said.number(figures.words, shown.kpi, shown.value)


def book(lines: list[Line], title: str, figures: Figures, day: date) -> bytes:
    made = Book("Figures of the virtual school", f"{title}, {figures.year}", day)
    columns = [
        Column("Figure", 44), Column("Part", 24), Column("Value", 14), Column("Of", 24), Column("Small cohort", 14),
        Column("Last year", 14), Column("Published", 34), Column("Changes", 14), Column("How it is counted", 80),
    ]  # fmt: skip
    rows = [
        (line.title, line.part or "All", line.value, line.of, "Yes" if line.is_small else "No",
         line.last, line.published, line.changes, f"{line.shown.kpi.definition}. {line.notes}".rstrip())
        for line in lines
    ]  # fmt: skip
    made.table("Figures", f"{title}, {figures.year}. {about(figures)}", columns, rows).activate()
    return made.data()
