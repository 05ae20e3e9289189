"""Dates as English schools use them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vsdocs.dates import (
    academic_year,
    add_working_days,
    age_on,
    in_words,
    is_working_day,
    parse_iso,
    working_days_between,
)

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def test_bank_holidays_in_england_are_no_working_days() -> None:
    # gov.uk/bank-holidays: Boxing Day 2026 is a Saturday, so Monday 28 December stands in for it
    assert not is_working_day(date(2026, 12, 25))
    assert not is_working_day(date(2026, 12, 28))
    assert is_working_day(date(2026, 12, 29))
    assert is_working_day(date(2026, 11, 30))  # St Andrew's Day is Scotland's


def test_twenty_working_days_over_christmas() -> None:
    # into care on Monday 7 December 2026; counted on a calendar: 25 and 28 December and 1 January do not count
    assert add_working_days(date(2026, 12, 7), 20) == date(2027, 1, 7)


@given(DAYS, st.integers(0, 60))
def test_counting_forth_and_back_agree(start: date, days: int) -> None:
    assert working_days_between(start, add_working_days(start, days)) == days


@given(DAYS)
def test_the_academic_year_turns_in_september(day: date) -> None:
    first = int(academic_year(day)[:4])
    assert date(first, 9, 1) <= day <= date(first + 1, 8, 31)


@given(DAYS, DAYS)
def test_age_counts_birthdays(born: date, day: date) -> None:
    birthdays = sum(
        (born.month, born.day) == (d.month, d.day)
        for d in (born + timedelta(n) for n in range(1, max(0, (day - born).days) + 1))
    )
    if born <= day and (born.month, born.day) != (2, 29):
        assert age_on(born, day) == birthdays


def test_written_dates() -> None:
    assert in_words(date(2026, 10, 3)) == "3 October 2026"
    assert parse_iso("2024-10") == date(2024, 10, 1)
    assert parse_iso("soon") is parse_iso(None) is parse_iso("2024-13-01") is None
