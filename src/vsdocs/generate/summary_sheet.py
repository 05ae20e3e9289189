"""The Summary sheet: how many files had each outcome, how many PEPs each grade, and how many a person has graded."""

from collections import Counter
from collections.abc import Iterable

from vsdocs.generate.book import HEADER_ROW, Book, Column, Value
from vsdocs.generate.listing import GRADE_WORDS, OUTCOME_WORDS
from vsdocs.generate.overview import Overview
from vsdocs.judgement import Grade
from vsdocs.outcome import OutcomeKind, Sweep


def add(book: Book, sweep: Sweep, view: Overview) -> None:
    """Add the sheet, with a chart of the overall grades beside its table."""
    counts = sweep.counts
    rows: list[tuple[Value, ...]] = [
        ("Files by outcome", OUTCOME_WORDS[kind], counts[kind.value], _share(counts[kind.value], sum(counts.values())))
        for kind in OutcomeKind
    ]
    judged = [line for line in view.lines if line.is_judged]
    by_people = sum(line.is_moderated for line in judged)
    rows += _grade_rows("PEPs by overall grade", (line.grade for line in judged))
    for area, title in view.areas.items():
        rows += _grade_rows(f"Area: {title}", (line.areas.get(area) for line in judged))
    rows += [
        ("Moderation", "Grade given by a person", by_people, _share(by_people, len(judged))),
        (
            "Moderation",
            "Grade suggested, nobody has moderated it",
            len(judged) - by_people,
            _share(len(judged) - by_people, len(judged)),
        ),
    ]
    columns = [Column("Part", 46), Column("Line", 34), Column("Number", 12, "number"), Column("Share", 12, "percent")]
    about = "How many files had each outcome, and how many PEPs had each grade. Each part adds up to 100%."
    sheet = book.table("Summary", about, columns, rows, hold=0)
    first = HEADER_ROW + 1 + len(OutcomeKind)
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "PEPs",
            "categories": ["Summary", first, 1, first + len(GRADE_WORDS) - 1, 1],
            "values": ["Summary", first, 2, first + len(GRADE_WORDS) - 1, 2],
            "data_labels": {"value": True, "font": {"name": "Arial", "size": 12}},
            "fill": {"color": "#2F5D62"},
            "gap": 40,
        }
    )
    chart.set_title({"name": "PEPs by overall grade", "name_font": {"name": "Arial", "size": 14}})
    chart.set_legend({"none": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_y_axis({"reverse": True, "num_font": {"name": "Arial", "size": 12}})
    spoken = ", ".join(
        f"{word} {n}" for (_, word, n, _) in rows[len(OutcomeKind) : len(OutcomeKind) + len(GRADE_WORDS)]
    )
    place = {
        "x_offset": 20,
        "description": f"Bar chart of PEPs by overall grade: {spoken}. The table has the same figures.",
    }
    sheet.insert_chart(HEADER_ROW, len(columns), chart, place)


def _grade_rows(part: str, grades: Iterable[Grade | None]) -> list[tuple[Value, ...]]:
    tally = Counter(grades)
    return [(part, word, tally[grade], _share(tally[grade], tally.total())) for grade, word in GRADE_WORDS.items()]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
