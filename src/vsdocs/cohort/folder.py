"""The data tables in a folder, each row understood, each child on the roll; and those that tell of a year."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from rapidfuzz import process

from vsdocs.cohort import columns, doubled, rows, sheet
from vsdocs.cohort.roll import zeroless
from vsdocs.cohort.slips import Found, SlipsError, lines
from vsdocs.errors import RefusedError, UsageError, reading
from vsdocs.record import Frozen
from vsdocs.settings import data_folder

Row = TypeVar("Row", bound=Frozen)
ENDINGS = (".xlsx", ".csv")
_OTHER_ENDINGS = (".xls", ".xlsm", ".xlsb", ".ods", ".tsv", ".txt")  # of tables that are not read
_ALIKE = 80  # of 100: a slip in a file's name
_DAYS = ("day", "met", "began", "ended")  # of a row, by which it is seen how far its table reaches
_TWICE = (
    " In Excel, Data, Remove Duplicates takes out rows that stand there twice; of two that are alike and both meant make one, with"
    " the sum of their numbers."
)
_YEARS = ("academic_year", "financial_year")


@dataclass(frozen=True)
class Tables:
    """Every table of the folder, by name; one that is not there has no rows, which is not the same as nothing to tell.

    `notes` is what was left alone, in words for the person who gave the folder.
    """

    rows: Mapping[str, tuple[Frozen, ...]]
    notes: tuple[str, ...] = ()

    def of(self, kind: type[Row]) -> tuple[Row, ...]:
        name = next(name for name, one in rows.TABLES.items() if one is kind)
        return tuple(row for row in self.rows.get(name, ()) if isinstance(row, kind))

    def has(self, kind: type[Frozen]) -> bool:
        return any(one is kind and name in self.rows for name, one in rows.TABLES.items())

    def reaching(self, began: date, ended: date, today: date) -> "Tables":
        """Without the tables that stop before a year or begin after it: of them there is no data, which is not nought."""
        last = min(ended, today)
        kept = {n: of for n, of in self.rows.items() if n == "comparators" or _reaches(of, began, last, today)}
        return Tables(kept, self.notes)


def _reaches(table: Sequence[Frozen], began: date, ended: date, today: date) -> bool:
    """Whether a time lies between the first and the last day that a table tells of. Its rows of years tell of those years."""
    year = f"{began.year}-{(began.year + 1) % 100:02d}"
    if any(getattr(row, name, None) == year for row in table for name in _YEARS):
        return True
    days = {day for row in table for name in _DAYS if (day := getattr(row, name, None)) and day <= today.isoformat()}
    return bool(days) and min(days) <= ended.isoformat() and max(days) >= began.isoformat()


def read(folder: Path, references: Iterable[str], today: date) -> Tables:
    """The tables of a folder, with the published comparators that ship. Raises `RefusedError` with every slip.

    Slips are told as 'attendance, row 12, Possible: …'; so is a child who is not on the roll.
    """
    known = {zeroless(reference): reference for reference in references}
    found: dict[str, tuple[Frozen, ...]] = {}
    slips: list[Found] = []
    files, wrong, notes = _files(folder)
    again = False
    for name, path in files.items():
        kind, called = rows.TABLES[name], columns.load(name, rows.TABLES[name])
        try:
            table = columns.read(path, kind, called, today)
        except SlipsError as error:
            slips += (one.of(name) for one in error.found)
            continue
        except RefusedError as error:
            wrong += [f"{name}, {line}" for line in error.message.splitlines()]
            continue
        named = {zeroless(reference) for _, row in table.rows if (reference := getattr(row, "reference", None))}
        if named and not named & known.keys():
            wrong.append(f"{name}: none of these children is on the roll; is it the right folder, and the right store?")
            continue
        made = []
        for number, row in table.rows:
            reference = getattr(row, "reference", None)
            if reference is not None and zeroless(reference) not in known:
                slips.append(Found(number, "", "this child is not on the roll", name))
            elif reference is not None:
                row = row.model_copy(update={"reference": known[zeroless(reference)]})
            made.append((number, row))
        twice = list(doubled.slips(kind, made))
        again |= bool(twice)
        slips += (one.of(name) for one in twice)
        slips += (one.of(name) for one in _impossible(made))
        wrong += [f"{name}: there is no column {columns.named(one, called)}" for one in table.lacking]
        (wrong if table.lacking else notes).extend(_left(name, table))
        found[name] = tuple(row for _, row in made)
    if wrong or slips:
        more = _TWICE if again else ""
        raise RefusedError("\n".join([*wrong, *lines(slips)]), f"Correct the tables named above, and try again.{more}")
    own = (row.model_copy(update={"own": True}) for row in found.get("comparators", ()))
    found["comparators"] = (*published(today), *own)
    return Tables(found, tuple(notes))


def _left(name: str, table: columns.Table[Row]) -> Iterator[str]:
    """What of a table nothing was made of."""
    if table.unused:
        yield f"{name}: nothing is made of the columns {', '.join(map(repr, table.unused))}."
    if table.alike:
        yield f"{name}: of this workbook the first sheet is read; {', '.join(map(repr, table.alike))} looks like it and is not."


def _files(folder: Path) -> tuple[dict[str, Path], list[str], list[str]]:
    """table -> its file, in our order; what is wrong with the names of others, so that no table is left out without a word; and
    what is only to be said."""
    found: dict[str, Path] = {}
    slips: list[str] = []
    misnamed: dict[str, int] = {}  # their names are not told: they may hold a child's
    with reading():
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith(("~$", ".")))
    for path in paths:
        name, ending = path.stem.casefold().strip(), path.suffix.casefold()
        if name in rows.TABLES and ending in ENDINGS:
            if name in found:
                both = f"{found[name].name} and {path.name}"
                slips.append(f"{name}: two files hold this table, {both}; leave one of them here")
            found[name] = path
        elif ending in (*ENDINGS, *_OTHER_ENDINGS) and (near := _nearly(name)):
            misnamed[near] = misnamed.get(near, 0) + 1
    notes = []
    for near, number in misnamed.items():
        files = f"{number} files here have" if number > 1 else "one file here has"
        if near in found:
            notes.append(f"{near}: {files} a name like this table's and is not read; {found[near].name} is.")
        else:
            slips.append(
                f"{files} nearly a table's name, but no table is called so; is it {near}? Save it as {near}.xlsx"
            )
    if not found and not slips:
        raise UsageError(
            "There is no table in this folder.",
            f"A table is called {', '.join(f'{name}.csv' for name in list(rows.TABLES)[:3])} and so on, or .xlsx: docs/figures.md.",
        )
    return {name: found[name] for name in rows.TABLES if name in found}, slips, notes


def _nearly(name: str) -> str | None:
    """The table that a file's name holds, or nearly is: 'Attendance 2025-26', 'attendence'."""
    if inside := [table for table in rows.TABLES if table in name.replace(" ", "_")]:
        return inside[0]
    near = process.extractOne(name, list(rows.TABLES), score_cutoff=_ALIKE)
    return near[0] if near else None


def _impossible(table: Iterable[tuple[int, Frozen]]) -> Iterator[Found]:
    """There is no published percentage above 100."""
    from vsdocs.cohort.figure import Unit
    from vsdocs.cohort.kpis import all_kpis

    units = {kpi.id: kpi.unit for kpi in all_kpis().values()}
    for number, row in table:
        if isinstance(row, rows.Comparator) and units[row.measure] is Unit.PERCENT and not 0 <= row.value <= 100:
            yield Found(number, "value", "a percentage is 0 to 100")


def published(today: date) -> tuple[rows.Comparator, ...]:
    """The national figures that ship with vsdocs, each with its source."""
    page = sheet.read(data_folder("tables") / "england.csv")
    table = columns.understood(page, rows.Comparator, columns.load("comparators", rows.Comparator), today)
    return tuple(row for _, row in table.rows)
