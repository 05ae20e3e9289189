"""The figures of an academic year and of those before it, for the commands that tell of them: from the roll, the sweeps and the tables."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vsdocs.errors import UsageError

if TYPE_CHECKING:
    from vsdocs.generate.report.figures import Figures
    from vsdocs.settings import Settings
    from vsdocs.store import Store

YEARS = 5  # that a report looks back on, with its own


class Year(click.ParamType[str]):
    """An academic year: 2025-26, 2025/26 or 2025/2026."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        found = re.fullmatch(r"(20\d\d)\s*[-/–]\s*(?:20)?(\d\d)", str(value).strip())
        if not found or (int(found[1]) + 1) % 100 != int(found[2]):
            self.fail("Write the academic year as 2025-26.", param, ctx)
        return f"{found[1]}-{found[2]}"


def figures_of(
    year: str, folder: Path | None, store: "Store", day: date, settings: "Settings", *, small: int | None = None
) -> "Figures | None":
    """The figures of a year, those below `small` hidden; None where nobody is on the roll. Without a folder the roll's own."""
    from vsdocs.cli.swept_plans import with_swept
    from vsdocs.cohort import folder as tables
    from vsdocs.cohort.year import Cohort, bounds
    from vsdocs.generate.report.figures import Figures
    from vsdocs.generate.report.wording import Wording

    if bounds(year)[0] > day:
        raise UsageError(f"The year {year} has not begun yet.", "Check --year.")
    children = store.roll.children()
    if not children:
        return None
    if folder is None:
        read = tables.Tables({"comparators": tables.published(day)})
    else:
        read = tables.read(folder, children, day)
    read = with_swept(read, store, children, day)
    first = int(year[:4])
    years = [f"{one}-{(one + 1) % 100:02d}" for one in range(first - YEARS + 1, first + 1)]
    cohorts = {one: Cohort.of(one, children.values(), read, day) for one in years}
    return Figures(cohorts, year, Wording(settings).words, small)
