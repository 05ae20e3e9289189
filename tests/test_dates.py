"""Dates as English schools use them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsdocs.dates import (
    academic_year,
    add_months,
    add_working_days,
    age_on,
    bank_holidays,
    easter,
    in_words,
    is_working_day,
    last_working_day,
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


#: The bank holidays in England (and Wales), year by year: https://www.gov.uk/bank-holidays
OFFICIAL = {
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}


@pytest.mark.parametrize("year", OFFICIAL)
def test_bank_holidays_are_those_that_are_published(year: int) -> None:
    told = {date.fromisoformat(f"{year}-{day}") for day in OFFICIAL[year].split()}
    assert {day for day in bank_holidays(year) if day.weekday() < 5} == told


def test_the_published_bank_holidays_reach_a_year_ahead() -> None:
    last = max(date.fromisoformat(f"{year}-{days.split()[-1]}") for year, days in OFFICIAL.items())
    assert last >= date.today() + timedelta(days=365), (
        "The list of bank holidays runs short. Copy the next year from https://www.gov.uk/bank-holidays into OFFICIAL above, "
        "and if another test then fails, raise the version of `holidays` in pyproject.toml."
    )


def test_easter_is_two_days_after_good_friday() -> None:
    assert [easter(year) for year in (2024, 2026, 2027)] == [date(2024, 3, 31), date(2026, 4, 5), date(2027, 3, 28)]


@given(DAYS)
def test_the_last_working_day_is_one_and_none_lies_between(day: date) -> None:
    found = last_working_day(day)
    assert is_working_day(found)
    assert working_days_between(found, day) == 0


@given(DAYS, st.integers(0, 40))
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)
