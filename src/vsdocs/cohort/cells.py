"""What stands in a cell of a council's table, read as a value: dates, numbers, percentages, UPNs, codes.

Excel mangles what it takes for something else: dates become days since 1900, and leading zeros go. Where the value can be
had back it is; where it cannot be told, `Slip` says what is wrong in words that hold nothing of the cell.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

Cell = str | float | int | bool | date | None

_EXCEL_DAYS = (20_000, 80_000)  # 1954 to 2119, as Excel counts days
_EXCEL_EPOCH = date(1899, 12, 30)
_DAY = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2}|[A-Za-z]{3,9})[/.\-\s](\d{4}|\d{2})(?:[T\s]+[\d:.]+)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s].*)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_OLDEST = 26  # years: nobody who is older is in care or a care leaver
_EARLIEST = 120  # years: before, it is no date at all
_MOST_HOURS = 60  # a week, in school
_AMERICAN = (
    "day and month stand the American way round: write it as 31/12/2014. The whole column may be American, also where it does not show"
    " (03/07 for 7 March): export it again with the day first, or select the column in Excel and use Data, Text to Columns, Date: MDY"
)
NO_VALUE = "#NO VALUE"  # a formula that was never worked out
_ERROR = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!)", re.IGNORECASE)


class Slip(ValueError):
    """A cell that cannot be understood. Its message is what stands after 'row 12, Date of birth:'."""


@dataclass(frozen=True)
class Reads:
    """Marks a field of a row with how its cell is read: `read(cell, today)`."""

    read: Callable[[Cell, date], Any]


def blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def refuse_errors(cell: Cell) -> None:
    """Raise `Slip` where Excel shows an error instead of a value."""
    word = cell.strip() if isinstance(cell, str) else ""
    if word == NO_VALUE:
        raise Slip("a formula without a value stands here: open the list in Excel, save it, and try again")
    if _ERROR.fullmatch(word):
        raise Slip(f"Excel shows an error here ({word}): put its formula right, or empty the cell")
    if len(word) > 1 and not word.strip("#"):
        raise Slip("Excel showed ### here because the column was too narrow: widen it and save the list again")


def text(cell: Cell, today: date) -> str:
    """Text on one line; a whole number that Excel made of it without its '.0'."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, bool):
        raise Slip("Excel has made a TRUE or FALSE of this: mark the column as Text and type it again")
    if isinstance(cell, datetime | date):
        raise Slip("Excel has made a date of this: mark the column as Text and type it again")
    if isinstance(cell, str) and re.fullmatch(r"\d\.\d+E\+\d+", cell.strip()):
        raise Slip("Excel has shortened this number: mark the column as Text and copy it in again")
    return " ".join(str(cell).split())


def day(cell: Cell, today: date) -> str:
    """An ISO date. Two-digit years are of this century unless that is more than 20 years ahead."""
    found = _day(cell, today)
    if not today.year - _EARLIEST <= found.year <= today.year + 20:
        raise Slip("this year cannot be right: is it the wrong century?")
    return found.isoformat()


def past_day(cell: Cell, today: date) -> str:
    """A date that has come, in the life of somebody who is in care or a care leaver."""
    iso = _come(cell, today)
    if int(iso[:4]) < today.year - _OLDEST:
        raise Slip("this year is too long ago: is it the wrong century?")
    return iso


def _come(cell: Cell, today: date) -> str:
    iso = day(cell, today)
    if iso > today.isoformat():
        raise Slip("this date has not come yet")
    return iso


def birth_date(cell: Cell, today: date) -> str:
    """The birth date of somebody under 26: beyond that nobody is in care or a care leaver."""
    iso = _come(cell, today)
    if int(iso[:4]) < today.year - _OLDEST:
        raise Slip("somebody born then is over 25: is it the wrong century?")
    return iso


def _day(cell: Cell, today: date) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str) and re.fullmatch(r"\d{5}(?:\.0)?", cell.strip()):
        cell = float(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not _EXCEL_DAYS[0] <= cell <= _EXCEL_DAYS[1]:
            raise Slip("this is a number, not a date")
        return _EXCEL_EPOCH + timedelta(days=int(cell))
    if isinstance(cell, str):
        if iso := _ISO.fullmatch(cell.strip()):
            return _made(int(iso[1]), int(iso[2]), int(iso[3]))
        if found := _DAY.fullmatch(cell.strip()):
            year = int(found[3])
            if len(found[3]) == 2:
                year += 2000 if 2000 + year <= today.year + 20 else 1900
            month = int(found[2]) if found[2].isdigit() else _month(found[2])
            return _made(year, month, int(found[1]))
    raise Slip("this is not a date: write it as 31/12/2014")


def _month(name: str) -> int:
    if name[:3].casefold() not in _MONTHS:
        raise Slip("this month is not known: write the date as 31/12/2014")
    return _MONTHS.index(name[:3].casefold()) + 1


def _made(year: int, month: int, day_: int) -> date:
    try:
        return date(year, month, day_)
    except ValueError:
        if day_ <= 12 < month <= 31:
            raise Slip(_AMERICAN) from None
        raise Slip("there is no such day") from None


def number(cell: Cell, today: date) -> float:
    if isinstance(cell, str):
        if cell.strip().endswith("%"):
            raise Slip("this is a percentage, and a number is asked for: show the column as Number in Excel")
        bare = cell.strip().replace(",", "").removeprefix("£").strip()
        if re.fullmatch(r"[-+]?\d+(?:\.\d+)?", bare):
            return float(bare)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    raise Slip("this is not a number")


def whole(cell: Cell, today: date) -> int:
    found = number(cell, today)
    if not found.is_integer():
        raise Slip("this is not a whole number")
    return int(found)


def count(cell: Cell, today: date) -> int:
    found = whole(cell, today)
    if found < 0:
        raise Slip("this is less than nothing")
    return found


def hours(cell: Cell, today: date) -> float:
    found = number(cell, today)
    if not 0 <= found <= _MOST_HOURS:
        raise Slip(f"hours a week are 0 to {_MOST_HOURS}")
    return found


def value(cell: Cell, today: date) -> float:
    """A number that may be a percentage, which stands as Excel shows it: 90.2%."""
    return number(cell.strip().removesuffix("%") if isinstance(cell, str) else cell, today)


_YES = {"yes", "y", "true", "1", "x", "✓"}
_NO = {"no", "n", "false", "0", "-"}


def yes_no(cell: Cell, today: date) -> bool:
    if isinstance(cell, bool):
        return cell
    word = text(cell, today).casefold()
    if word in _YES | _NO:
        return word in _YES
    raise Slip("write yes or no")


def upn(cell: Cell, today: date) -> str:
    """A Unique Pupil Number whose check letter is right (DfE: the weighted sum of the rest modulo 23)."""
    word = text(cell, today).replace(" ", "").upper()
    if re.fullmatch(r"\d{12}", word):
        raise Slip("the letter in front of this UPN is missing")
    if not re.fullmatch(r"[A-Z]\d{11}[\dA-Z]", word):
        raise Slip("a UPN is a letter and twelve digits")
    try:
        rest = [_UPN_LETTERS.index(c) if c.isalpha() else int(c) for c in word[1:]]
    except ValueError:
        raise Slip("a UPN has no I, O or S") from None
    if _UPN_LETTERS[sum(place * value for place, value in enumerate(rest, start=2)) % 23] != word[0]:
        raise Slip("this UPN's check letter is wrong: is there a slip in it?")
    return word


def dfe_number(cell: Cell, today: date) -> str:
    """Seven digits: authority and establishment, '8384001' or '838/4001'."""
    digits = re.sub(r"[\s/-]", "", text(cell, today))
    if not re.fullmatch(r"\d{7}", digits):
        raise Slip("a DfE number has seven digits: 838/4001")
    return digits


def telephone(cell: Cell, today: date) -> str:
    """A telephone number; the zero that Excel takes away is put back."""
    word = text(cell, today)
    return f"0{word}" if re.fullmatch(r"[1-9]\d{9}", word) else word


def email(cell: Cell, today: date) -> str:
    word = text(cell, today)
    if not re.fullmatch(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", word, re.ASCII):
        raise Slip("this is not one e-mail address")
    return word


def year_group(cell: Cell, today: date) -> str:
    """'N', 'R', '1' to '13', as the PEP record has it."""
    word = re.sub(r"(?i)^(?:year|yr|y|nc|ncy)\.?\s*", "", text(cell, today)).upper()
    known = {"NURSERY": "N", "N1": "N", "N2": "N", "RECEPTION": "R", "REC": "R", "0": "R"}
    word = known.get(word, word.lstrip("0"))
    if word not in ("N", "R", *map(str, range(1, 15))):
        raise Slip("this is not a year group: N, R or 1 to 14")
    return word
