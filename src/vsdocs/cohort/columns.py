"""From the rows of a council's table to rows of ours: columns by any of their names, codes by any of their spellings.

Nothing is taken until everything is understood: all slips are told at once, each with its row and column, and none of them
holds what the cell holds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar, get_args, runtime_checkable

from pydantic import Field
from pydantic.fields import FieldInfo
from rapidfuzz import fuzz

from vsdocs import packs
from vsdocs.cohort.cells import Cell, Reads, Slip, blank, refuse_errors
from vsdocs.cohort.sheet import Sheet
from vsdocs.errors import PackError, RefusedError
from vsdocs.record import Frozen
from vsdocs.settings import data_folder

Row = TypeVar("Row", bound=Frozen)
MOST_TOLD = 40
_ALIKE = 80  # of 100: a slip in a heading


class Columns(Frozen):
    """A file of `tables/`: which columns there must be, what each may be called, and how our codes may be written."""

    required: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]
    codes: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)


@runtime_checkable
class Checked(Protocol):
    """A row that knows what of it cannot be right together."""

    def faults(self) -> Iterator[tuple[str, str]]:
        """(our column, what is wrong with it)."""


@dataclass(frozen=True)
class Table(Generic[Row]):
    """Rows, each with its number in the sheet; and the headings that nothing was made of."""

    rows: tuple[tuple[int, Row], ...]
    unused: tuple[str, ...]


def load(name: str, kind: type[Frozen], own: Path | None = None) -> Columns:
    """The columns of `tables/<name>.yaml`, or of a council's own file; every slip with file, line and hint."""
    pack = packs.load(data_folder("tables"), str(own) if own else name)
    found = pack.parse(Columns)
    fields = kind.model_fields
    slips = [
        f"{pack.place((part, key) if part != 'required' else (part,))}: there is no column {key!r}{packs.did_you_mean(key, fields)}"
        for part, keys in (("required", found.required), ("columns", found.columns), ("codes", found.codes))
        for key in keys
        if key not in fields
    ]
    taken: dict[str, str] = {}
    for column, headings in found.columns.items():
        for number, heading in enumerate(headings):
            if taken.setdefault(_bare(heading), column) != column:
                other = taken[_bare(heading)]
                slips.append(f"{pack.place(('columns', column, number))}: {heading!r} is a name of {other!r} already")
    if slips:
        raise PackError("\n".join(slips), "Correct the lines named above and run the command again.")
    return found


def understood(sheet: Sheet, kind: type[Row], columns: Columns, today: date) -> Table[Row]:
    """Every row of a sheet as a `kind`. Raises `RefusedError` with every slip, by row and column."""
    places, unused = _places(sheet.headings, columns)
    fields = kind.model_fields
    missing = [name for name in columns.required if name not in places]
    if missing:
        wanted = [
            f"{_shown(name)} ({', '.join(columns.columns.get(name, ())[:3])}){_near(columns.columns.get(name, ()), unused)}"
            for name in missing
        ]
        raise RefusedError(
            "These columns were not found: " + "; ".join(wanted) + ".",
            "Rename the columns, or add their names to a file of your own: docs/roll.md shows how. Of a workbook the first sheet is read.",
        )
    slips: list[str] = []
    rows: list[tuple[int, Row]] = []
    for number, row in sheet.rows:
        values: dict[str, Any] = {}
        for name, place in places.items():
            try:
                refuse_errors(row[place])
                if not blank(row[place]):
                    values[name] = _value(row[place], fields[name], columns.codes.get(name), today)
                elif name in columns.required:
                    raise Slip("nothing stands here")
            except Slip as slip:
                slips.append(f"row {number}, {sheet.headings[place]}: {slip}")
        if any(slip.startswith(f"row {number}, ") for slip in slips):
            continue
        made = kind(**values)
        if isinstance(made, Checked):
            slips += [f"row {number}, {sheet.headings[places[name]]}: {why}" for name, why in made.faults()]
        rows.append((number, made))
    if slips:
        more = [f"and {len(slips) - MOST_TOLD} more"] if len(slips) > MOST_TOLD else []
        raise RefusedError(
            "\n".join([*slips[:MOST_TOLD], *more]), "Nothing was saved. Correct the file and import it again."
        )
    return Table(tuple(rows), unused)


def _places(headings: tuple[str, ...], columns: Columns) -> tuple[dict[str, int], tuple[str, ...]]:
    """our column -> where it stands; and the headings of none of ours."""
    names = {_bare(heading): column for column, called in columns.columns.items() for heading in (column, *called)}
    places: dict[str, int] = {}
    unused: list[str] = []
    for place, heading in enumerate(headings):
        column = names.get(_bare(heading))
        if column is None:
            unused += [heading] if heading else []
        elif column in places:
            raise RefusedError(
                f"Two columns say {_shown(column)}: {headings[places[column]]!r} and {heading!r}.",
                "Take one of them away, or rename it.",
            )
        else:
            places[column] = place
    return places, tuple(unused)


def _value(cell: Cell, info: FieldInfo, codes: dict[str, tuple[str, ...]] | None, today: date) -> Any:
    if codes is not None:
        return _coded(cell, codes)
    return next(_readers(info)).read(cell, today)


def _readers(info: FieldInfo) -> Iterator[Reads]:
    """The mark of a field, which stands beside its type or inside `… | None`."""
    yield from (mark for mark in info.metadata if isinstance(mark, Reads))
    for part in get_args(info.annotation):
        yield from (mark for mark in get_args(part) if isinstance(mark, Reads))


def _coded(cell: Cell, codes: dict[str, tuple[str, ...]]) -> str:
    word = _bare(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell))
    for code, written in codes.items():
        if word in map(_bare, (code, *written)):
            return code
    raise Slip(f"this is not one of {', '.join((written or (code,))[0] for code, written in codes.items())}")


def _bare(words: str) -> str:
    """As headings are compared: letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", words.casefold())


def _near(called: tuple[str, ...], unused: tuple[str, ...]) -> str:
    """' (is it 'Surnam'?)', where a heading that nothing is made of is nearly one of these names."""
    near = [heading for heading in unused if any(fuzz.ratio(_bare(heading), _bare(name)) >= _ALIKE for name in called)]
    return f" (is it {near[0]!r}?)" if near else ""


def _shown(name: str) -> str:
    return name.replace("_", " ")
