"""Dates as English schools use them: working days, bank holidays in England, academic years and terms."""

from datetime import date, timedelta
from functools import lru_cache


def parse_iso(text: str | None) -> date | None:
    """The date of `YYYY-MM-DD`, or the first of the month of `YYYY-MM`; None for None and for what is no date."""
    if not text:
        return None
    try:
        return date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    import holidays  # takes longer to load than most plans take to grade, and few ask for working days

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def add_working_days(start: date, days: int) -> date:
    """The date `days` working days after `start` (the day itself not counted)."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; 0 where `end` is not after `start`."""
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def academic_year(day: date) -> str:
    """The academic year of a day, September to August: '2025-26'."""
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def in_words(day: date) -> str:
    """'3 October 2026', the way letters write it."""
    return f"{day.day} {day:%B %Y}"


def age_on(born: date, day: date) -> int:
    """Whole years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
