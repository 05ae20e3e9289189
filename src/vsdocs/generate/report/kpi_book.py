"""The figures that an audience is told, a line for each: on the screen, as JSON and as a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vsdocs.cohort.kpis import all_kpis
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
    so_far: str  # what is to be said while the year is running

    def text(self) -> str:
        small = "  small cohort" if self.shown.figure.is_small and self.of else ""
        name = f"  {self.part}" if self.part else self.title
        told = f"\n  {self.so_far}" if self.so_far and not self.part else ""
        beside = "" if self.part else f"  last year {self.last:>8}  published {self.published}"
        return f"{name:46} {self.value:>9}  {self.of:22}{beside}{small}{told}"

    def told(self) -> dict[str, object]:
        figure = self.shown.figure
        return {
            "figure": self.id, "title": self.title, "part": self.part or None, "changes": self.changes,
            "value": self.shown.value, "numerator": figure.numerator if self.shown.is_share else None,
            "children": figure.denominator, "small_cohort": figure.is_small, "last_year": self.last, "published": self.published,
            "so_far": self.so_far or None,
        }  # fmt: skip


def lines(figures: Figures, audiences: Audiences, group: str | None) -> list[Line]:
    return list(_lines(figures, audiences, group))


def _lines(figures: Figures, audiences: Audiences, group: str | None) -> Iterator[Line]:
    words = figures.words
    for one in audiences.kpis:
        kpi, shown = all_kpis()[one.id], figures.shown(one.id)
        last = figures.shown(one.id, figures.last_year) if figures.last_year else None
        before = said.number(words, kpi, last.value) if last and last.value is not None else words.no_data
        beside = said.published_cell(words, kpi, figures.beside(one.id)).replace("\n", ", ")
        so_far = figures.so_far([kpi.id, *(["reportable"] if group == "reportable" else [])])
        yield Line(kpi.id, kpi.title, "", one.changes, shown, _value(figures, shown), said.of(words, shown), before, beside, so_far)  # fmt: skip
        for name, part in figures.parts(one.id, group) if group else ():
            yield Line(
                kpi.id, kpi.title, name, one.changes, part, _value(figures, part), said.of(words, part), "", "", so_far
            )


def _value(figures: Figures, shown: Shown) -> str:
    return figures.words.no_data if shown.value is None else said.number(figures.words, shown.kpi, shown.value)


def book(lines: list[Line], title: str, figures: Figures, day: date) -> bytes:
    made = Book("Figures of the virtual school", f"{title}, {figures.year}", day)
    columns = [
        Column("Figure", 44), Column("Part", 24), Column("Value", 14), Column("Of", 24), Column("Small cohort", 14),
        Column("Last year", 14), Column("Published", 34), Column("Changes", 14), Column("How it is counted", 80),
    ]  # fmt: skip
    rows = [
        (line.title, line.part or "All", line.value, line.of, "Yes" if line.shown.figure.is_small and line.of else "No",
         line.last, line.published, line.changes, f"{line.shown.kpi.definition}. {line.so_far}".rstrip())
        for line in lines
    ]  # fmt: skip
    about = f"{title}, {figures.year}. Internal: small numbers are shown."
    made.table("Figures", about, columns, rows).activate()
    return made.data()
