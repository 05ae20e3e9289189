"""The DfE's SSDA903 return as it lies in a folder of CSV files: who is in care, since when, where, under which order.

Names of tables and columns are the DfE's. A table is known by its columns; a renamed one is refused with the nearest name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from vsdocs import packs
from vsdocs.cohort import cells, sheet
from vsdocs.cohort.cells import Cell, Slip, blank
from vsdocs.cohort.child import Child
from vsdocs.cohort.slips import Found, SlipsError
from vsdocs.errors import RefusedError, reading
from vsdocs.settings import data_folder

DATES = {"DOB", "DECOM", "DEC", "REVIEW", "DUC"}
READERS = {"DOB": cells.birth_date, "DECOM": cells.past_day, "DEC": cells.past_day}  # others may be yet to come
CODED = {
    "SEX": "sex",
    "ETHNIC": "ethnic",
    "LS": "ls",
    "PLACE": "place",
    "RNE": "rne",
    "CIN": "cin",
    "SDQ_REASON": "sdq_reason",
}
IN_CARE = ("episodes", "reviews", "oc2")  # of whom Header has a row; care leavers need not be there
STILL_IN_CARE = "X1"  # REC: the episode ended and the next began the same day


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _named(codes: object) -> object:
    return {code: code for code in codes} if isinstance(codes, list) else codes


class CodeList(_Part):
    """The codes that hold from a return year on, each with what we call it."""

    since: int = Field(alias="from")
    codes: Annotated[dict[str, str], BeforeValidator(_named)]


class Guide(_Part):
    """`tables/ssda903.yaml`."""

    tables: dict[str, tuple[str, ...]]
    optional: dict[str, tuple[str, ...]]
    needed: tuple[str, ...]
    codes: dict[str, tuple[CodeList, ...]]
    short_breaks: tuple[str, ...]
    unknown_upn: tuple[str, ...]

    def codes_of(self, name: str, return_year: str) -> dict[str, str]:
        return next(known.codes for known in reversed(self.codes[name]) if known.since <= int(return_year[:4]))


@dataclass(frozen=True)
class Return:
    """A return: its year ('2024-25') and its tables, each row a dict by column with dates as ISO."""

    year: str
    tables: dict[str, tuple[dict[str, str], ...]]


def guide() -> Guide:
    return packs.load(data_folder("tables"), "ssda903").parse(Guide)


def read(folder: Path, today: date) -> Return:
    """The tables among the CSV files of a folder. Raises `RefusedError` with every slip, by table, row and column."""
    known = guide()
    found: dict[str, sheet.Sheet] = {}
    with reading():
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv")
    for path in paths:
        try:
            page = sheet.read(path)
            name = _recognised(page.headings, known)
        except RefusedError as error:
            told = "\n".join(f"{path.name}: {line}" for line in error.message.splitlines())
            raise RefusedError(told, error.advice) from None
        if name in found:
            raise RefusedError(f"Two files hold the table {_shown(name)}.", "Leave one of them in the folder.")
        found[name] = page
    if missing := [_shown(name) for name in known.needed if name not in found]:
        raise RefusedError(
            f"There is no table {', '.join(missing)} in this folder.", "Give the folder with the return's CSVs."
        )
    slips: list[Found] = []
    dated = {name: list(_dated(name, page, today, slips)) for name, page in found.items()}
    if empty := [_shown(name) for name in known.needed if not dated[name] and not slips]:
        raise RefusedError(f"The table {', '.join(empty)} has no row.", "Nothing was saved. Export the return again.")
    if not slips:
        slips += _doubtful(dated, known)
        year = _return_year(dated["episodes"])
        for name, rows in dated.items():
            slips += _wrong_codes(name, rows, known, year)
            slips += (
                Found(
                    number,
                    "REVIEW",
                    f"this day is after {year}, the year of the episodes; are two returns mixed in this folder?",
                    _shown(name),
                )
                for number, row in rows
                if row.get("REVIEW", "") > f"{int(year[:4]) + 1}-03-31"
            )
    if slips:
        raise SlipsError(slips, "Nothing was saved. Correct the return, or its export.")
    return Return(year, {name: tuple(row for _, row in rows) for name, rows in dated.items()})


def _doubtful(dated: dict[str, list[tuple[int, dict[str, str]]]], known: Guide) -> Iterator[Found]:
    """What cannot be right between rows: a child or a UPN twice, a child who is not in Header, an episode before its beginning."""
    seen: dict[str, int] = {}
    born: dict[str, str] = {}
    for number, row in dated["header"]:
        born.setdefault(row["CHILD"], row["DOB"])
        for heading in ("CHILD", "UPN"):
            value = row.get(heading, "")
            if value and value not in known.unknown_upn and seen.setdefault(f"{heading} {value}", number) != number:
                yield Found(number, heading, "the same as in", "Header", seen[f"{heading} {value}"])
    for name, rows in dated.items():
        for number, row in rows if name in IN_CARE else ():
            if row["CHILD"] not in born:
                why = "this child is not in Header; are two returns mixed in this folder?"
                yield Found(number, "CHILD", why, _shown(name))
            elif "DECOM" in row and row["DECOM"] < born[row["CHILD"]]:
                yield Found(number, "DECOM", "this day is before the child was born", _shown(name))
            elif "DECOM" in row and row.get("DEC", "9999") < row["DECOM"]:
                yield Found(number, "DEC", "this day is before the episode began", _shown(name))


def children(given: Return) -> tuple[Child, ...]:
    """Every child of a return who is not there for short breaks alone, as far as it tells of them: no names, no schools."""
    known = guide()
    header = {row["CHILD"]: row for row in given.tables["header"]}
    episodes: dict[str, list[dict[str, str]]] = {}
    for row in given.tables["episodes"]:
        if row.get("LS") not in known.short_breaks and row["CHILD"] in header:
            episodes.setdefault(row["CHILD"], []).append(row)
    alone = {row["CHILD"] for row in given.tables.get("uasc", ())}
    sexes = known.codes_of("sex", given.year)
    made = []
    for reference, theirs in sorted(episodes.items()):
        theirs.sort(key=lambda row: row["DECOM"])
        row, last = header[reference], theirs[-1]
        upn = row.get("UPN") or None
        made.append(
            Child(
                reference=reference,
                gender=sexes.get(row["SEX"]),
                date_of_birth=row["DOB"],
                upn=None if upn in known.unknown_upn else upn,
                ethnicity=row["ETHNIC"],
                legal_status=last["LS"],
                placement_type=last["PLACE"],
                unaccompanied=reference in alone,
                into_care=_period_began(theirs),
                left_care=last["DEC"] if last.get("DEC") and last.get("REC") != STILL_IN_CARE else None,
            )
        )
    return tuple(made)


def _period_began(episodes: list[dict[str, str]]) -> str:
    """The day on which the last unbroken time in care began: each episode follows the one before on the day that ended."""
    began = episodes[-1]["DECOM"]
    for earlier in reversed(episodes[:-1]):
        if earlier.get("DEC") != began or earlier.get("REC") != STILL_IN_CARE:
            break
        began = earlier["DECOM"]
    return began


def _recognised(headings: tuple[str, ...], known: Guide) -> str:
    given = {heading for heading in headings if heading}
    for name, columns in known.tables.items():
        may = {*known.optional.get(name, ())}
        if {*columns} - may <= given <= {*columns} | may:
            return name
    name, columns = max(known.tables.items(), key=lambda table: len(given & {*table[1]}) / len(given | {*table[1]}))
    strange = sorted(given - {*columns} - {*known.optional.get(name, ())})
    lacking = sorted({*columns} - given - {*known.optional.get(name, ())})
    told = [f"{column!r} is not a column of {_shown(name)}{packs.did_you_mean(column, lacking)}" for column in strange]
    told += [f"{column!r} is missing in {_shown(name)}" for column in lacking if not strange]
    raise RefusedError(
        "\n".join(told), "The tables are known by their columns. Export the return again, and rename nothing."
    )


def _dated(name: str, page: sheet.Sheet, today: date, slips: list[Found]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its number, its dates as ISO; what cannot be understood goes to the slips."""
    for number, row in page.rows:
        made: dict[str, str] = {}
        wrong: list[Found] = []
        for heading, cell in zip(page.headings, row, strict=True):
            if heading and not blank(cell):
                try:
                    made[heading] = _value(heading, cell, today)
                except Slip as slip:
                    wrong.append(Found(number, heading, str(slip), _shown(name)))
        needed = {"header": ("CHILD", "SEX", "DOB", "ETHNIC"), "episodes": ("CHILD", "DECOM", "LS", "PLACE")}
        lacking = [heading for heading in needed.get(name, ("CHILD",)) if heading not in made]
        if lacking and not wrong:
            wrong.append(Found(number, ", ".join(lacking), "nothing stands here", _shown(name)))
        slips += wrong
        if not lacking:
            yield number, made


def _value(heading: str, cell: Cell, today: date) -> str:
    if heading == "UPN" and not cells.text(cell, today).upper().startswith("UN"):
        return cells.upn(cell, today)
    if heading in DATES:
        return READERS.get(heading, cells.day)(cell, today)
    return cells.text(cell, today)


def _return_year(episodes: list[tuple[int, dict[str, str]]]) -> str:
    """The year of the return: that of its latest day, April to March."""
    latest = max(day for _, row in episodes for day in (row["DECOM"], row.get("DEC", "")))
    first = int(latest[:4]) - (latest[5:] < "04-01")
    return f"{first}-{(first + 1) % 100:02d}"


def _wrong_codes(name: str, rows: list[tuple[int, dict[str, str]]], known: Guide, year: str) -> Iterator[Found]:
    lists = {heading: known.codes_of(codes, year) for heading, codes in CODED.items()}
    for number, row in rows:
        for heading, codes in lists.items():
            if heading in row and row[heading] not in codes:
                elsewhere = any(row[heading] in other.codes for other in known.codes[CODED[heading]])
                near = " but of another year: are two returns mixed in this folder?" if elsewhere else packs.did_you_mean(row[heading], codes)  # fmt: skip
                yield Found(number, heading, f"not a code of {year}{near}", _shown(name))


def _shown(name: str) -> str:
    return {"uasc": "UASC", "oc2": "OC2", "oc3": "OC3", "ad1": "AD1"}.get(name, name.replace("_", " ").title())
