"""The sweep's workbook, for the virtual school team: it must stand alone when it is mailed on inside the council.

One real Table a sheet with its title and description above, so that it filters, and reads well with a screen reader.
Everything that comes from a document is written as text: no cell of this workbook can be a formula or a link.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from vsdocs.dates import in_words, parse_iso
from vsdocs.generate import listing, summary_sheet
from vsdocs.generate.book import CELL_LIMIT, Book, Column, Value
from vsdocs.generate.listing import GRADE_WORDS, MET_WORDS, OUTCOME_WORDS, SEVERITY_WORDS, Entry
from vsdocs.generate.overview import Overview, overview
from vsdocs.judgement import Finding
from vsdocs.outcome import OutcomeKind, Sweep
from vsdocs.record import PepRecord, Role

_EDITION = (
    "Internal edition, for the virtual school team only. It names children and holds special-category personal data: "
    "keep it where the PEPs themselves are kept, and do not send it outside the council."
)


def render(sweep: Sweep) -> bytes:
    """The workbook. The same sweep gives the same bytes: its date of making is the sweep's own day."""
    view = overview(sweep)
    order = {line.id: number for number, line in enumerate(view.lines)}
    peps, findings = [], []
    for entry in listing.entries(sweep):
        if entry.pep:
            peps.append((order[entry.id], _pep_row(entry, entry.pep.record, list(view.areas))))
            findings.append((order[entry.id], [_finding_row(entry, f, view.areas) for f in entry.findings]))
    day = date.fromisoformat(sweep.run.today)
    book = Book("Termly quality assurance of Personal Education Plans", _term(sweep), day)
    _read_me(book, sweep, view)
    summary_sheet.add(book, sweep, view)
    _peps(book, view, (row for _, row in sorted(peps, key=_first)))
    _findings(book, (row for _, rows in sorted(findings, key=_first) for row in rows))
    _needs_a_person(book, view)
    _themes(book, view)
    return book.data()


def _first(pair: tuple[int, object]) -> int:
    return pair[0]


def _read_me(book: Book, sweep: Sweep, view: Overview) -> None:
    run, counts = sweep.run, sweep.counts
    rows: list[tuple[str, str]] = [
        ("Whom this is for", _EDITION),
        ("Sweep", f"{_term(sweep)}, on {in_words(date.fromisoformat(run.today))}"),
        ("Rubric", f"{run.rubric}, version {run.rubric_version}"),
        ("Files in the folder", f"{sum(counts.values())}: {_counted(counts)}"),
        ("PEPs listed", f"{len(view.peps)}. Copies of the same file are listed once, with each place."),
        ("For a person", f"{len(view.for_a_person)} files, on the sheet 'Needs a person'. Start there."),
        ("Sheet: Summary", "How many files and PEPs had each outcome and each grade, overall and by area."),
        ("Sheet: PEPs", "One line for each PEP: child, school, people, dates, grades and why."),
        ("Sheet: Findings", "One line for each criterion of each PEP, with the PEP's own words and their place."),
        ("Sheet: Needs a person", "Files that nothing should be sent about yet: what happened and what to do."),
        ("Sheet: Themes", "What is weak in several PEPs, and at which schools: for planning training."),
        *(("Grade: " + word, listing.GRADE_MEANINGS[grade] + ".") for grade, word in GRADE_WORDS.items()),
        (
            "Cannot tell",
            "Means that the reader did not find or could not read what a criterion needs. It never lowers a grade.",
        ),
        (
            "Text from PEPs",
            "Is shown as written, as text only; characters that cannot be printed are taken out, and a text of more than "
            f"{CELL_LIMIT:,} characters is cut there.",
        ),
        (
            "Moderation",
            "Grade is the one that counts: a person's where one has given it, else the suggestion. Only moderated grades "
            "belong in a letter that is sent or a figure that is published.",
        ),
        ("Pages", "Word files have no fixed pages: for them the place names the heading, table and row."),
    ]
    sheet = book.table(
        "Read me",
        "Quality assurance of Personal Education Plans.",
        [Column("About", 26), Column("Note", 110)],
        rows,
        hold=0,
    )
    sheet.activate()


def _peps(book: Book, view: Overview, rows: Iterable[Sequence[Value]]) -> None:
    columns = [
        Column("Surname", 18),
        Column("Forename", 16),
        Column("Year group", 13),
        Column("School", 32),
        Column("Grade", 12, "grade"),
        Column("Suggested grade", 12, "grade"),
        Column("Moderated by", 22),
        Column("Moderated on", 15, "date"),
        Column("Reason given", 40),
        *(Column(title, 18, "grade") for title in _unlike(view.areas)),
        Column("Why this grade", 44),
        Column("To look at whatever the grade", 44),
        Column("Weak criteria", 12, "number"),
        Column("Cannot tell", 12, "number"),
        Column("Meeting date", 15, "date"),
        Column("Type of meeting", 14),
        Column("Next meeting", 15, "date"),
        Column("Designated Teacher", 24),
        Column("Virtual School Lead", 24),
        Column("Social worker", 24),
        Column("Date of birth", 15, "date"),
        Column("UPN", 18),
        Column("DfE number", 14),
        Column("Outcome", 24),
        Column("For sorting (0-100)", 14, "number"),
        Column("Files", 44),
        Column("File id", 17),
    ]
    book.table("PEPs", "One line for each PEP of this sweep, by surname.", columns, rows, hold=2)


def _pep_row(entry: Entry, record: PepRecord, areas: Sequence[str]) -> tuple[Value, ...]:
    judgement, moderation = entry.judgement, entry.moderation
    flags = judgement.flags if judgement else ()
    return (
        entry.surname,
        entry.forename,
        entry.year_group,
        entry.school,
        GRADE_WORDS[entry.grade],
        GRADE_WORDS[entry.suggested],
        *((moderation.reader, _day(moderation.day), moderation.reason) if moderation else (None, None, None)),
        *(
            "Not on the form" if listing.unseen(entry, area) else GRADE_WORDS[listing.area_grade(entry, area)]
            for area in areas
        ),
        judgement.rule if judgement else None,
        "\n".join(f"{SEVERITY_WORDS.get(f.severity, f.severity)}: {f.message}" for f in flags),
        len(entry.weaknesses),
        len(entry.untold),
        _day(record.meeting.date),
        (record.meeting.type or "").capitalize(),
        _day(record.meeting.next_date),
        entry.contact(Role.DESIGNATED_TEACHER),
        entry.contact(Role.VIRTUAL_SCHOOL_LEAD),
        entry.contact(Role.SOCIAL_WORKER),
        _day(record.child.date_of_birth),
        record.child.upn,
        record.school.dfe_number,
        OUTCOME_WORDS[entry.outcome.outcome],
        judgement.score if judgement else None,
        "\n".join(entry.sources),
        entry.id,
    )


def _findings(book: Book, rows: Iterable[Sequence[Value]]) -> None:
    columns = [
        Column("Child", 24),
        Column("School", 28),
        Column("Area", 24),
        Column("Criterion", 40),
        Column("State", 14, "met"),
        Column("Caps the area at", 14, "grade"),
        Column("Reasons", 48),
        Column("In the PEP's words", 60),
        Column("Page", 10, "number"),
        Column("Place", 34),
        Column("Advice", 48),
        Column("Authority", 30),
        Column("File id", 17),
    ]
    about = "One line for each criterion of each PEP, the weakest first in each area. Filter by School, Area or State."
    book.table("Findings", about, columns, rows, hold=1)


def _finding_row(entry: Entry, finding: Finding, areas: dict[str, str]) -> tuple[Value, ...]:
    quotes = [(listing.field_words(q.field), *listing.quotation(entry.pep, q)) for q in finding.evidence]
    pages = sorted({q.page for q in finding.evidence if q.page is not None})
    places = dict.fromkeys(q.location for q in finding.evidence if q.location)
    return (
        entry.child,
        entry.school,
        areas.get(finding.area, finding.area),
        finding.title,
        MET_WORDS[finding.state],
        GRADE_WORDS[finding.grade] if finding.grade else None,
        "\n".join(finding.reasons),
        "\n".join(f"{field}: “{words}”" if own else f"{field}: {words}" for field, words, own in quotes),
        pages[0] if len(pages) == 1 else ", ".join(map(str, pages)),
        "\n".join(places),
        "\n".join(finding.advice),
        finding.authority,
        entry.id,
    )


def _needs_a_person(book: Book, view: Overview) -> None:
    columns = [
        Column("File", 44),
        Column("Outcome", 22),
        Column("What happened and why", 56),
        Column("What to do next", 56),
        Column("Parts without a grade", 50),
        Column("Child", 24),
        Column("School", 28),
        Column("File id", 17),
    ]
    rows = (
        (
            "\n".join(line.sources),
            OUTCOME_WORDS[line.trouble],
            line.problem.message,
            line.problem.advice,
            "\n".join(": ".join(filter(None, (area, "; ".join(titles)))) for area, titles in line.ungraded.items()),
            line.child if line.is_pep else None,
            line.school if line.is_pep else None,
            line.id,
        )
        for line in view.for_a_person
        if line.trouble and line.problem
    )
    about = "Files that a person must look at before the sweep is done. No letter is drafted for them."
    book.table("Needs a person", about, columns, rows, hold=1)


def _themes(book: Book, view: Overview) -> None:
    columns = [
        Column("Criterion", 52),
        Column("Area", 34),
        Column("PEPs", 10, "number"),
        Column("Not met", 10, "number"),
        Column("Partly met", 10, "number"),
        Column("Grades lost", 10, "number"),
        Column("Schools", 10, "number"),
        Column("Which schools", 70),
    ]
    rows = (
        (
            theme.title,
            theme.area_title,
            theme.peps,
            theme.not_met,
            theme.partly,
            theme.cost,
            len(theme.schools),
            "\n".join(f"{s.school}: {s.peps}" for s in theme.schools),
        )
        for theme in view.themes
    )
    about = (
        "What is weak across schools, the costliest first. 'Grades lost' adds up the steps below Gold at which the "
        "criterion capped its area. 'Cannot tell' is never counted."
    )
    book.table("Themes", about, columns, rows, hold=1)


def _unlike(areas: dict[str, str]) -> list[str]:
    """The areas' titles as headings that no other column has: Excel refuses two alike."""
    return [
        f"Area: {title}" if title not in list(areas.values())[:n] else f"Area: {title} ({i})"
        for n, (i, title) in enumerate(areas.items())
    ]


def _term(sweep: Sweep) -> str:
    return f"{sweep.run.term[:1].upper()}{sweep.run.term[1:]}" if sweep.run.term else "Sweep without a named term"


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(
        f"{counts[kind.value]} {OUTCOME_WORDS[kind].lower()}" for kind in OutcomeKind if counts[kind.value]
    )


def _day(text: str | None) -> Value:
    """A date for a date; the text itself where it names no day ('2026-05')."""
    return (parse_iso(text) if text and len(text) == len("2026-05-12") else None) or text
