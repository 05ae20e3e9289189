"""Rows that stand in a table twice: pasted in a second time they would count every child double, and hide nobody any more."""

from collections.abc import Iterator, Mapping, Sequence

from vsdocs.cohort import rows
from vsdocs.cohort.slips import Found
from vsdocs.record import Frozen

#: what of a row may stand in its table once only; of the others the whole row
ONCE: Mapping[type[Frozen], tuple[str, ...]] = {
    rows.Attainment: ("reference", "academic_year", "stage"),
    rows.Suspension: ("reference", "day", "days", "kind"),
    rows.Placement: ("reference", "began", "kind"),
    rows.Schooling: ("reference", "began", "school"),
    rows.Pep: ("reference", "met"),
    rows.Destination: ("reference", "academic_year", "group"),
    rows.Comparator: ("measure", "academic_year", "group", "series"),
}


def slips(kind: type[Frozen], table: Sequence[tuple[int, Frozen]]) -> Iterator[Found]:
    """Each row that says again what a row above it says; and what only doubled rows can come to."""
    names = ONCE.get(kind, ())
    what = ", ".join(names).replace("_", " ") or "row"
    seen: dict[tuple[object, ...], int] = {}
    sessions: dict[tuple[str, str], int] = {}
    for number, row in table:
        if isinstance(row, rows.Event) and row.kind == "advice":
            continue  # one request may be like another
        of = tuple(_plain(getattr(row, name)) for name in (names or type(row).model_fields))
        first = seen.setdefault(of, number)
        if first != number:
            yield Found(number, "", f"the same {what} as in", like=first)
        elif isinstance(row, rows.Attendance):
            of_year = (row.reference, row.academic_year)
            before = sessions.get(of_year, 0)
            sessions[of_year] = before + row.possible
            if before <= rows.MOST_SESSIONS < sessions[of_year]:
                yield Found(number, "", "with the rows above it this child has more sessions than a school year")


def _plain(value: object) -> object:
    return " ".join(value.casefold().split()) if isinstance(value, str) else value
