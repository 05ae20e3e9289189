"""`vsdocs report annual`: the annual report and the young people's version, and what is told of them before they are written."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vsdocs.cli.figures import data_option, edition_option, needed_figures, today_option, year_option
from vsdocs.cli.store_key import ChosenStore, store_options
from vsdocs.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from vsdocs.generate.report.annual import Report
    from vsdocs.generate.report.word import Made
    from vsdocs.generate.report.wording import Wording


@click.command("annual")
@year_option
@data_option
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder for the report."
)
@click.option("--narrative", type=click.Path(file_okay=False, path_type=Path), help="A folder of Markdown: your words.")
@click.option("--start-narrative", is_flag=True, help="Make the files of --narrative that are missing, with prompts.")
@edition_option
@click.option("--young", is_flag=True, help="The young people's version of two pages instead.")
@click.option("--pdf", is_flag=True, help="A PDF beside the Word file.")
@today_option
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
    A report that somebody has edited since it was written is left as it is.

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
    if start_narrative:
        if narrative is None:
            raise UsageError("Where is the narrative to begin?", "Give --narrative and a folder.")
        _begin(narrative, wording, year)
    if narrative is not None and not narrative.is_dir():
        raise UsageError("There is no narrative folder there.", "Check --narrative, or add --start-narrative.")
    written = words.read(narrative, wording.outline, wording.words) if narrative is not None else {}
    is_public = edition == report.PUBLISHABLE
    figures = needed_figures(year, folder, store, day, chosen, hide=is_public or young)
    if young:
        finished, name = youngs.make(figures, wording, chosen, day, pdf=pdf), f"young-people-{year}"
    else:
        made = report.make(figures, wording, written, chosen, day, pdf=pdf)
        finished, name = made.made, f"annual-report-{year}-{edition}"
        _tell(made, is_public=is_public)
    if chosen.authority.name is None:
        click.echo(
            f"{report.NO_AUTHORITY} stands where the council's name belongs: write [authority] name in vsdocs.toml.",
            err=True,
        )
    _write(out, name, finished)
    return ExitCode.DONE


def _begin(folder: Path, wording: "Wording", year: str) -> None:
    """Make the files of the narrative that are not there yet."""
    from vsdocs import deliver
    from vsdocs.generate.report import annual, narrative

    files = narrative.files(wording.outline, wording.words, year, annual.next_year(year))
    missing = {name: text for name, text in files.items() if not (folder / name).exists()}
    for name, text in missing.items():
        deliver.write_file(folder / name, text.encode())
    click.echo(f"{len(missing)} files to write in were made.", err=True)


def _tell(made: "Report", *, is_public: bool) -> None:
    """What is unfinished, before anything is written; of what is for the public place by place."""
    places: dict[str, list[str]] = {}
    for one in made.unwritten:
        section, _, title = one.partition(": ")
        places.setdefault(section, []).append(title)
    if places:
        left = "; the publishable edition leaves them out" if is_public else ""
        click.echo(
            f"{len(made.unwritten)} places are not written yet{left}; each is a heading in a file of --narrative"
            f"{':' if is_public else '.'}",
            err=True,
        )
        for section, titles in places.items() if is_public else ():
            click.echo(f"  {section}.md: {', '.join(titles)}", err=True)
    if made.left_out:
        click.echo(f"Left out, since nothing stands there yet: {'; '.join(made.left_out)}.", err=True)
    if made.read_again:
        click.echo("Read these again: they may tell who a child is.", err=True)
        for line in made.read_again:
            click.echo(f"  {line}", err=True)


def _write(out: Path, name: str, made: "Made") -> None:
    """Write the report, unless somebody has edited it since; a PDF that is of an earlier one is told of."""
    from vsdocs import deliver

    word, pdf = out / f"{name}.docx", out / f"{name}.pdf"
    is_new = not word.exists() or word.read_bytes() != made.docx
    files = {".docx": made.docx, **({".pdf": made.pdf} if made.pdf is not None else {})}
    if deliver.write_documents([(name, files)], out):
        raise UsageError(
            f"{word.name} is not as vsdocs wrote it: somebody has edited it. Nothing was written.",
            "Move it away, or choose another --out. What stands in the files of --narrative is in every new report.",
        )
    click.echo(f"Written: {word.name}{f' and {pdf.name}' if made.pdf else ''}.")
    if made.pdf is None and is_new and pdf.exists():
        click.echo(f"{pdf.name} is of an earlier report: --pdf makes it again.", err=True)
