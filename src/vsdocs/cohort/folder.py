"""The data tables in a folder, each row understood, each child on the roll; and the rows of one year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from vsdocs.cohort import columns, rows, sheet
from vsdocs.errors import RefusedError
from vsdocs.record import Frozen
from vsdocs.settings import data_folder

Row = TypeVar("Row", bound=Frozen)
MOST_TOLD = 40
ENDINGS = (".xlsx", ".csv")


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
    for name, kind in rows.TABLES.items():
        path = next((folder / f"{name}{end}" for end in ENDINGS if (folder / f"{name}{end}").is_file()), None)
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
            made.append(row)
        found[name] = tuple(made)
    if slips:
        more = [f"and {len(slips) - MOST_TOLD} more"] if len(slips) > MOST_TOLD else []
        raise RefusedError("\n".join([*slips[:MOST_TOLD], *more]), "Correct the tables named above, and try again.")
    own = (row.model_copy(update={"own": True}) for row in found.get("comparators", ()))
    found["comparators"] = (*published(today), *own)
    return Tables(found)


def published(today: date) -> tuple[rows.Comparator, ...]:
    """The national figures that ship with vsdocs, each with its source."""
    page = sheet.read(data_folder("tables") / "england.csv")
    table = columns.understood(page, rows.Comparator, columns.load("comparators", rows.Comparator), today)
    return tuple(row for _, row in table.rows)


def _zeroless(reference: str) -> str:
    return reference.lstrip("0").casefold()
