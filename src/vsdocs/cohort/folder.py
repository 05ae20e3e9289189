"""The data tables in a folder, each row understood, each child on the roll; and the rows of one year."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from rapidfuzz import process

from vsdocs import packs
from vsdocs.cohort import columns, rows, sheet
from vsdocs.errors import RefusedError
from vsdocs.record import Frozen
from vsdocs.settings import data_folder

Row = TypeVar("Row", bound=Frozen)
MOST_TOLD = 40
ENDINGS = (".xlsx", ".csv")
_ALIKE = 80  # of 100: a slip in a file's name


@dataclass(frozen=True)
class Tables:
    """Every table of the folder, by name; one that is not there has no rows, which is not the same as nothing to tell."""

    rows: Mapping[str, tuple[Frozen, ...]]

    def of(self, kind: type[Row]) -> tuple[Row, ...]:
        name = next(name for name, one in rows.TABLES.items() if one is kind)
        return tuple(row for row in self.rows.get(name, ()) if isinstance(row, kind))

    def has(self, kind: type[Frozen]) -> bool:
        return any(one is kind and name in self.rows for name, one in rows.TABLES.items())


def read(folder: Path, references: Iterable[str], today: date) -> Tables:
    """The tables of a folder, with the published comparators that ship. Raises `RefusedError` with every slip.

    Slips are told as 'attendance, row 12, Possible: …'; so is a child who is not on the roll.
    """
    known = {_zeroless(reference): reference for reference in references}
    found: dict[str, tuple[Frozen, ...]] = {}
    slips: list[str] = []
    files, wrong = _files(folder)
    slips += wrong
    for name, kind in rows.TABLES.items():
        path = files.get(name)
        if path is None:
            continue
        try:
            table = columns.understood(sheet.read(path), kind, columns.load(name, kind), today)
        except RefusedError as error:
            slips += [f"{name}, {line}" for line in error.message.splitlines()]
            continue
        made = []
        named = {_zeroless(reference) for _, row in table.rows if (reference := getattr(row, "reference", None))}
        if named and not named & known.keys():
            slips.append(f"{name}: none of these children is on the roll; is it the right folder, and the right store?")
            continue
        for number, row in table.rows:
            reference = getattr(row, "reference", None)
            if reference is not None and _zeroless(reference) not in known:
                slips.append(f"{name}, row {number}: this child is not on the roll")
            elif reference is not None:
                row = row.model_copy(update={"reference": known[_zeroless(reference)]})
            made.append((number, row))
        slips += [f"{name}, {line}" for line in _twice(name, made)]
        slips += [f"{name}, {line}" for line in _no_comparators(made)]
        found[name] = tuple(row for _, row in made)
    if slips:
        more = [f"and {len(slips) - MOST_TOLD} more"] if len(slips) > MOST_TOLD else []
        raise RefusedError("\n".join([*slips[:MOST_TOLD], *more]), "Correct the tables named above, and try again.")
    own = (row.model_copy(update={"own": True}) for row in found.get("comparators", ()))
    found["comparators"] = (*published(today), *own)
    return Tables(found)


def _files(folder: Path) -> tuple[dict[str, Path], list[str]]:
    """table -> its file; and what is wrong with the names of others, so that no table is left out without a word."""
    found: dict[str, Path] = {}
    slips: list[str] = []
    for path in sorted(folder.iterdir()):
        name = path.stem.casefold()
        if path.suffix.casefold() not in ENDINGS or path.name.startswith(("~$", ".")):
            continue
        if name in found:
            slips.append(
                f"{name}: two files hold this table, {found[name].name} and {path.name}; leave one of them here"
            )
        elif name in rows.TABLES:
            found[name] = path
        elif (near := process.extractOne(name, list(rows.TABLES), score_cutoff=_ALIKE)) and near[0] not in found:
            slips.append(f"{path.name}: no table is called so; is it {near[0]}?")
    return found, slips


def _twice(name: str, table: Iterable[tuple[int, Frozen]]) -> Iterator[str]:
    """A child's row that stands there twice would count twice."""
    seen: dict[object, int] = {}
    for number, row in table:
        if getattr(row, "reference", None) is None:
            continue
        key: object = row
        if name in rows.ONCE:
            key = tuple(getattr(row, part) for part in rows.ONCE[name])
        if seen.setdefault(key, number) != number:
            what = "the same row" if key is row else f"the same {', '.join(rows.ONCE[name]).replace('_', ' ')}"
            yield f"row {number}: {what} as in row {seen[key]}"


def _no_comparators(table: Iterable[tuple[int, Frozen]]) -> Iterator[str]:
    """A published figure of no measure that is known would never be seen; nor is there a percentage above 100."""
    from vsdocs.cohort.figure import Unit
    from vsdocs.cohort.kpis import all_kpis

    units = {kpi.id: kpi.unit for kpi in all_kpis().values()}
    for number, row in table:
        if not isinstance(row, rows.Comparator):
            continue
        if row.measure not in units:
            yield f"row {number}, measure: no figure is called so{packs.did_you_mean(row.measure, units)}"
        elif units[row.measure] is Unit.PERCENT and not 0 <= row.value <= 100:
            yield f"row {number}, value: a percentage is 0 to 100"


def published(today: date) -> tuple[rows.Comparator, ...]:
    """The national figures that ship with vsdocs, each with its source."""
    page = sheet.read(data_folder("tables") / "england.csv")
    table = columns.understood(page, rows.Comparator, columns.load("comparators", rows.Comparator), today)
    return tuple(row for _, row in table.rows)


def _zeroless(reference: str) -> str:
    return reference.lstrip("0").casefold()
