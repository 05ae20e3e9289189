"""`vsdocs report`: the annual report, the figures of each audience, and who stands behind a figure."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vsdocs.cli import report_annual, report_papers
from vsdocs.cli.figures import data_option, edition_option, needed_figures, today_option, year_option
from vsdocs.cli.store_key import ChosenStore, store_options
from vsdocs.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from vsdocs.cohort.figure import Kpi
    from vsdocs.generate.report.figures import Figures

_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group("report")
def command() -> None:
    """Write reports from the roll, the graded PEPs and the data tables.

    \b
    Example:
      vsdocs report annual --year 2025-26 --data figures --out report
    """


for paper in (report_annual.annual, report_papers.sweep, report_papers.sef, report_papers.plan):
    command.add_command(paper)


@command.command("kpi")
@year_option
@data_option
@click.option("--for", "audience", required=True, metavar="AUDIENCE", help="slt, cpb or governors.")
@click.option("--group", help="Each figure by this group as well: stage, send, gender …")
@click.option("--xlsx", "workbook", type=click.Path(dir_okay=False, path_type=Path), help="Write a workbook.")
@edition_option
@today_option
@store_options
@_json
def kpi_(
    year: str,
    folder: Path,
    audience: str,
    group: str | None,
    workbook: Path | None,
    edition: str,
    today: date | None,
    store: ChosenStore,
    as_json: bool,
) -> ExitCode:
    """Show the figures that an audience is told: senior leaders (slt), corporate parenting board (cpb), governors.

    Each audience has a list of its own. The publishable edition is for a meeting that is held in public.

    \b
    Examples:
      vsdocs report kpi --for slt --year 2025-26 --data figures
      vsdocs report kpi --for cpb --year 2025-26 --data figures --edition publishable --xlsx board.xlsx
    """
    from vsdocs import settings
    from vsdocs.cohort.year import GROUPS
    from vsdocs.generate.report import kpi_book
    from vsdocs.generate.report.wording import Wording
    from vsdocs.packs import did_you_mean

    chosen, day = settings.load(), today or date.today()
    known = Wording(chosen).audiences.audiences
    if audience not in known:
        raise UsageError(
            f"There is no audience {audience!r}{did_you_mean(audience, known)}.", f"There are: {', '.join(known)}."
        )
    if group is not None and group not in GROUPS:
        raise UsageError(f"There is no group {group!r}{did_you_mean(group, GROUPS)}.", f"There are: {', '.join(GROUPS)}.")  # fmt: skip
    figures = needed_figures(year, folder, store, day, chosen, hide=edition == "publishable")
    lines = kpi_book.lines(figures, Wording(chosen).audiences, audience, group)
    title = f"{known[audience].title}, {known[audience].how_often}"
    if workbook is not None:
        from vsdocs import deliver

        deliver.write_file(workbook, kpi_book.book(lines, title, figures, day))
        click.echo("Written.", err=True)
    elif as_json:
        click.echo(json.dumps([line.told() for line in lines], ensure_ascii=False, indent=1))
    else:
        click.echo(f"{title}: {year}")
        for line in lines:
            click.echo(line.text())
        click.echo(f"\n{kpi_book.about(figures)}")
    return ExitCode.DONE


@command.command("trace")
@click.argument("figure")
@year_option
@data_option
@today_option
@store_options
@_json
def trace(figure: str, year: str, folder: Path, today: date | None, store: ChosenStore, as_json: bool) -> ExitCode:
    """List the children behind a figure, by reference: who counts, who has a part in it, who is left out and why. Internal only.

    \b
    Example:
      vsdocs report trace ks2_rwm --year 2025-26 --data figures
    """
    from vsdocs import settings
    from vsdocs.cohort.kpis import all_kpis
    from vsdocs.packs import did_you_mean

    if figure not in all_kpis():
        raise UsageError(
            f"There is no figure {figure!r}{did_you_mean(figure, all_kpis())}.", f"There are: {', '.join(all_kpis())}."
        )
    figures = needed_figures(year, folder, store, today or date.today(), settings.load(), hide=False)
    told = _traced(figures, figures.kpis[figure])
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return ExitCode.DONE
    click.echo("Internal only: it lists children by reference.", err=True)
    click.echo(f"{told['title']}, {year}: {told['value']}\n{told['definition']}. {told['notes'] or ''}".rstrip())
    for reference, part in told["counted"]:
        click.echo(f"  {reference:14} {part}")
    for why, references in told["left_out"].items():
        click.echo(f"Left out, {why or 'no reason known'}:")
        for reference in references:
            click.echo(f"  {reference}")
    return ExitCode.DONE


def _traced(figures: "Figures", kpi: "Kpi") -> dict[str, Any]:
    from vsdocs.cohort.figure import Unit
    from vsdocs.generate.report import said

    shown = figures.shown(kpi.id)

    def part(told: Any) -> str:
        if kpi.unit is Unit.PERCENT and told.whole == 1:
            return "yes" if told.part else "no"
        return f"{told.part:g} of {told.whole:g}" if kpi.unit is Unit.PERCENT else f"{told.part:g}"

    value = "no data" if shown.value is None else said.number(figures.words, kpi, shown.value)
    of = said.of(figures.words, shown)
    return {
        "figure": kpi.id,
        "title": kpi.title,
        "year": figures.year,
        "definition": kpi.definition,
        "authority": kpi.authority,
        "value": f"{value}{f' ({of})' if of and shown.value is not None else ''}",
        "notes": figures.notes([kpi.id]) or None,
        "counted": [(told.reference, part(told)) for told in shown.figure.told],
        "left_out": {why: list(who) for why, who in shown.figure.left_out.items()},
    }
