"""From the rows of a council's table to rows of ours: columns by any of their names, codes by any of their spellings.

Nothing is taken until everything is understood: all slips are told at once, each with its row and column, and none of them
holds what the cell holds.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar, get_args, runtime_checkable

from pydantic import Field
from pydantic.fields import FieldInfo
from rapidfuzz import fuzz

from vsdocs import packs
from vsdocs.cohort import sheet
from vsdocs.cohort.cells import Cell, Reads, Slip, blank, refuse_errors
from vsdocs.cohort.sheet import NoTableError, Sheet
from vsdocs.cohort.slips import Found, SlipsError
from vsdocs.errors import PackError, RefusedError
from vsdocs.record import Frozen
from vsdocs.settings import data_folder

Row = TypeVar("Row", bound=Frozen)
_ALIKE = 80  # of 100: a slip in a heading
_FOOT = 5  # rows at the foot, among which a note is looked for
_TOTAL = re.compile(
    r"(?i)\W*(?:(?:grand|sub)[ -]?)?totals?(?: (?:income|spending|spent|expenditure|received|children|pupils))?\W*\d*\W*"
)
_NOTE = re.compile(
    r"(?i)\W*(?:(?:printed|exported|generated|produced|extracted|downloaded|created|run|report) (?:on|by|at|from|date)\b"
    r"|page \d|(?:number|count) of\b|end of (?:report|list)\b|(?:source|notes?)\b).*"
)
_NOT_FOUND = "Rename the columns, or add their names to a file of your own: docs/roll.md shows how."


class Columns(Frozen):
    """A file of `tables/`: which columns there must be, what each may be called, and how our codes may be written."""

    required: tuple[str, ...]
    expected: tuple[str, ...] = ()  # may be empty in a row, and must not be missing
    columns: dict[str, tuple[str, ...]]
    codes: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)


@runtime_checkable
class Checked(Protocol):
    """A row that knows what of it cannot be right together."""

    def faults(self) -> Iterator[tuple[str, str]]:
        """(our column, what is wrong with it)."""


@dataclass(frozen=True)
class Table(Generic[Row]):
    """Rows, each with its number in the sheet; the headings that nothing was made of; what of ours no heading stands for."""

    rows: tuple[tuple[int, Row], ...]
    unused: tuple[str, ...]
    lacking: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()  # the other sheets of the workbook that look like this one


def load(name: str, kind: type[Frozen], own: Path | None = None) -> Columns:
    """The columns of `tables/<name>.yaml`, or of a council's own file; every slip with file, line and hint."""
    pack = packs.load(data_folder("tables"), str(own) if own else name)
    found = pack.parse(Columns)
    fields = kind.model_fields
    slips = [
        f"{pack.place((part, key) if isinstance(keys, dict) else (part,))}: there is no column {key!r}{packs.did_you_mean(key, fields)}"
        for part, keys in (
            ("required", found.required),
            ("expected", found.expected),
            ("columns", found.columns),
            ("codes", found.codes),
        )
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


def read(path: Path, kind: type[Row], columns: Columns, today: date) -> Table[Row]:
    """The rows of a file as `understood`. Of a workbook the first sheet is read; another one that looks like it is named."""
    try:
        table = understood(sheet.read(path), kind, columns, today)
    except NoTableError:
        if alike := tuple(_alike(path, columns)):
            raise RefusedError(
                f"The first sheet of this workbook is not the list; the sheet {alike[0]!r} looks like it.",
                "In Excel, drag the tab of that sheet to the front, save the workbook and try again.",
            ) from None
        raise
    return replace(table, alike=tuple(_alike(path, columns)))


def _alike(path: Path, columns: Columns) -> Iterator[str]:
    for name, headings in sheet.others(path):
        known = {_bare(heading) for heading in headings}
        if all(known & {_bare(word) for word in (one, *columns.columns.get(one, ()))} for one in columns.required):
            yield name


def understood(page: Sheet, kind: type[Row], columns: Columns, today: date) -> Table[Row]:
    """Every row of a sheet as a `kind`. Raises `RefusedError` with every slip, by row and column."""
    places, unused = _places(page.headings, columns)
    fields = kind.model_fields
    missing = [name for name in columns.required if name not in places]
    if missing:
        wanted = [f"{named(name, columns)}{_near(columns.columns.get(name, ()), unused)}" for name in missing]
        raise NoTableError(
            "These columns were not found: " + "; ".join(wanted) + ".",
            f"{_NOT_FOUND} Of a workbook the first sheet is read.",
        )
    slips: list[Found] = []
    rows: list[tuple[int, Row]] = []
    for at, (number, row) in enumerate(page.rows, 1):
        values: dict[str, Any] = {}
        wrong: list[Found] = []
        for name, place in places.items():
            try:
                refuse_errors(row[place])
                if not blank(row[place]):
                    values[name] = _value(row[place], fields[name], columns.codes.get(name), today)
                elif name in columns.required:
                    raise Slip("nothing stands here")
            except Slip as slip:
                wrong.append(Found(number, page.headings[place], str(slip)))
        if why := _is_no_row([row[0], *(row[place] for place in places.values())], wrong, len(page.rows) - at < _FOOT):
            wrong = [Found(number, "", why)]
        slips += wrong
        if wrong:
            continue
        made = kind(**values)
        if isinstance(made, Checked):
            slips += [Found(number, page.headings[places[name]], why) for name, why in made.faults()]
        rows.append((number, made))
    if slips:
        raise SlipsError(slips, "Nothing was saved. Correct the file and import it again.")
    return Table(tuple(rows), unused, tuple(name for name in columns.expected if name not in places))


def _is_no_row(cells: Sequence[Cell], wrong: Sequence[Found], at_foot: bool) -> str:
    """What a row is that is none of the list: a total may even look right, a note never does."""
    words = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
    if any(_TOTAL.fullmatch(word) for word in words):
        return "this looks like a total: delete the row in Excel and save the list again"
    filled = {cell for cell in cells if not blank(cell)}
    alone = at_foot and len(cells) > 3 and len(filled) == 1 and any(" " in word for word in words)
    if wrong and (alone or any(_NOTE.fullmatch(word) for word in words)):
        return "this looks like a note below the list: delete the row in Excel and save the list again"
    return ""


def named(name: str, columns: Columns) -> str:
    """'date of birth (dob, birth date)': a column of ours with what it may be called."""
    return f"{_shown(name)} ({', '.join(columns.columns.get(name, ())[:3])})"


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
