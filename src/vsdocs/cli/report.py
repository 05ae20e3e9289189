"""`vsdocs report`: the annual report, the figures of each audience, and who stands behind a figure."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vsdocs.cli import report_papers
from vsdocs.cli.day import Day
from vsdocs.cli.figures import Year, figures_of
from vsdocs.cli.store_key import ChosenStore, store_options
from vsdocs.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from vsdocs.cohort.figure import Kpi
    from vsdocs.generate.report.figures import Figures
    from vsdocs.settings import Settings

_year = click.option("--year", required=True, type=Year(), help="The academic year: 2025-26.")
_data = click.option(
    "--data",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="The folder with the data tables (docs/figures.md).",
)
_today = click.option("--today", type=Day(), help="Count from this day instead of today (YYYY-MM-DD).")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group("report")
def command() -> None:
    """Write reports from the roll, the graded PEPs and the data tables.

    \b
    Example:
      vsdocs report annual --year 2025-26 --data figures --out report
    """


for paper in (report_papers.sweep, report_papers.sef, report_papers.plan):
    command.add_command(paper)


@command.command("annual")
@_year
@_data
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder for the report."
)
@click.option("--narrative", type=click.Path(file_okay=False, path_type=Path), help="A folder of Markdown: your words.")
@click.option("--start-narrative", is_flag=True, help="Make the files of --narrative that are missing, with prompts.")
@click.option("--edition", type=click.Choice(["internal", "publishable"]), default="internal", show_default=True)
@click.option("--young", is_flag=True, help="The young people's version of two pages instead.")
@click.option("--pdf", is_flag=True, help="A PDF beside the Word file.")
@_today
@store_options
def annual(
    year: str,
    folder: Path,
    out: Path,
    narrative: Path | None,
    start_narrative: bool,
    edition: str,
    young: bool,
    pdf: bool,
    today: date | None,
    store: ChosenStore,
) -> ExitCode:
    """Write the annual report of the virtual school head as a Word file.

    Figures come from the roll, the graded PEPs and the tables; words come from the narrative folder, a file for each section.
    Either can be done again without the other. A publishable edition hides small numbers and those that would tell them.

    \b
    Examples:
      vsdocs report annual --year 2025-26 --data figures --out report --narrative words --start-narrative
      vsdocs report annual --year 2025-26 --data figures --out report --narrative words --pdf
    """
    from vsdocs import settings
    from vsdocs.generate.report import annual as report
    from vsdocs.generate.report import narrative as words
    from vsdocs.generate.report import young as youngs
    from vsdocs.generate.report.wording import Wording

    chosen, day = settings.load(), today or date.today()
    wording = Wording(chosen)
    outline = wording.outline
    if start_narrative and narrative is None:
        raise UsageError("Where is the narrative to begin?", "Give --narrative and a folder.")
    if narrative is not None and start_narrative:
        made = words.start(narrative, outline, wording.words, year, report.next_year(year))
        click.echo(f"{len(made)} files to write in were made.", err=True)
    if narrative is not None and not narrative.is_dir():
        raise UsageError("There is no narrative folder there.", "Check --narrative, or add --start-narrative.")
    written = words.read(narrative, outline, wording.words) if narrative is not None else {}
    figures = _figures(year, folder, store, day, chosen, hide=edition == report.PUBLISHABLE or young)
    if young:
        finished, name = youngs.make(figures, wording, chosen, day, pdf=pdf), f"young-people-{year}"
        unwritten: tuple[str, ...] = ()
    else:
        made_ = report.make(figures, wording, written, chosen, day, pdf=pdf)
        finished, unwritten, name = made_.made, made_.unwritten, f"annual-report-{year}-{edition}"
    from vsdocs import deliver

    deliver.write_file(out / f"{name}.docx", finished.docx)
    if finished.pdf is not None:
        deliver.write_file(out / f"{name}.pdf", finished.pdf)
    click.echo(f"Written: {name}.docx{f' and {name}.pdf' if finished.pdf else ''}.")
    if unwritten:
        click.echo(
            f"{len(unwritten)} places are not written yet; each is a heading in a file of --narrative.", err=True
        )
    return ExitCode.DONE


@command.command("kpi")
@_year
@_data
@click.option("--for", "audience", required=True, metavar="AUDIENCE", help="slt, cpb or governors.")
@click.option("--group", help="Each figure by this group as well: stage, send, gender …")
@click.option("--xlsx", "workbook", type=click.Path(dir_okay=False, path_type=Path), help="Write a workbook.")
@_today
@store_options
@_json
def kpi_(
    year: str,
    folder: Path,
    audience: str,
    group: str | None,
    workbook: Path | None,
    today: date | None,
    store: ChosenStore,
    as_json: bool,
) -> ExitCode:
    """Show the figures that an audience is told: senior leaders (slt), corporate parenting board (cpb), governors.

    \b
    Example:
      vsdocs report kpi --for slt --year 2025-26 --data figures
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
    figures = _figures(year, folder, store, day, chosen, hide=False)
    lines = kpi_book.lines(figures, Wording(chosen).audiences, group)
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
    return ExitCode.DONE


@command.command("trace")
@click.argument("figure")
@_year
@_data
@_today
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
    figures = _figures(year, folder, store, today or date.today(), settings.load(), hide=False)
    told = _traced(figures, all_kpis()[figure])
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return ExitCode.DONE
    click.echo("Internal only: it lists children by reference.", err=True)
    click.echo(f"{told['title']}, {year}: {told['value']}\n{told['definition']}. {told['so_far'] or ''}".rstrip())
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
        "so_far": figures.so_far([kpi.id]) or None,
        "counted": [(told.reference, part(told)) for told in shown.figure.told],
        "left_out": {why: list(who) for why, who in shown.figure.left_out.items()},
    }


def _figures(year: str, folder: Path, store: ChosenStore, day: date, chosen: "Settings", *, hide: bool) -> "Figures":
    opened = store.open()
    click.get_current_context().call_on_close(opened.close)
    found = figures_of(year, folder, opened, day, chosen, small=chosen.report.small if hide else None)
    if found is None:
        raise UsageError("Nobody is on the roll.", "Run `vsdocs roll import` first.")
    return found
