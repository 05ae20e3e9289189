"""A day as people give it to `--today`."""

from datetime import date
from typing import Any

import click


class Day(click.ParamType[date]):
    """An ISO day of this century; anything else is told how to write it."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail("Write the day as 2026-11-22: year, month, day.", param, ctx)
        if not 2000 <= day.year < 2100:
            self.fail("Give a day of this century.", param, ctx)
        return day
