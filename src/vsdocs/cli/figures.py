"""The figures of an academic year and of those before it, for the commands that tell of them: from the roll, the sweeps and the tables."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vsdocs.cli.day import Day
from vsdocs.cli.store_key import ChosenStore
from vsdocs.errors import UsageError
from vsdocs.settings import DEFAULT_RUBRIC

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


year_option = click.option("--year", required=True, type=Year(), help="The academic year: 2025-26.")
data_option = click.option(
    "--data",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="The folder with the data tables (docs/figures.md).",
)
today_option = click.option("--today", type=Day(), help="Count from this day instead of today (YYYY-MM-DD).")
edition_option = click.option(
    "--edition", type=click.Choice(["internal", "publishable"]), default="internal", show_default=True,
    help="Publishable hides small numbers.",
)  # fmt: skip


def figures_of(
    year: str, folder: Path | None, store: "Store", day: date, settings: "Settings", *, small: int | None = None
) -> "Figures | None":
    """The figures of a year, those below `small` hidden; None where nobody is on the roll. Without a folder the roll's own.

    What is in time is counted by the rubric of the last sweep and the terms of the settings, as in `vsdocs due`.
    """
    from vsdocs import rubric
    from vsdocs.cli.data_tables import tables_of
    from vsdocs.cli.known_plans import rules_of
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
    of_folder = tables_of(folder, children, day) if folder else tables.Tables({"comparators": tables.published(day)})
    read = with_swept(of_folder, store, children, day)
    if silent := sorted({*read.rows} - {*read.reaching(*bounds(year), day).rows}):
        click.echo(
            f"Nothing of {year} stands in {', '.join(silent)}: what is counted from there is 'no data'.", err=True
        )
    first = int(year[:4])
    years = [f"{one}-{(one + 1) % 100:02d}" for one in range(first - YEARS + 1, first + 1)]
    last = store.latest()
    rules = rules_of(rubric.load(last.rubric if last else DEFAULT_RUBRIC), settings, day)
    cohorts = {
        one: Cohort.of(one, children.values(), read, day, rules.deadlines, rules.calendar, told=year) for one in years
    }
    return Figures(cohorts, year, Wording(settings).words, small)


def needed_figures(
    year: str, folder: Path, store: ChosenStore, day: date, chosen: "Settings", *, hide: bool
) -> "Figures":
    """The figures of a year for a command that is nothing without them; `hide` hides small numbers."""
    opened = store.open()
    click.get_current_context().call_on_close(opened.close)
    found = figures_of(year, folder, opened, day, chosen, small=chosen.report.small if hide else None)
    if found is None:
        raise UsageError("Nobody is on the roll.", "Run `vsdocs roll import` first.")
    return found
