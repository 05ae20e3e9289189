"""The papers for the virtual school's own meetings: the report of a sweep, the self-evaluation, the development plan.

They are commands of `vsdocs report`.
"""

import functools
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vsdocs.cli.day import Day
from vsdocs.cli.figures import Year, figures_of
from vsdocs.cli.store_key import ChosenStore, store_options
from vsdocs.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from vsdocs.generate.report.sweep_seen import View
    from vsdocs.generate.written import Written
    from vsdocs.outcome import Run
    from vsdocs.settings import Settings
    from vsdocs.store import Store

LAST = "last"  # --compare without a run


@dataclass(frozen=True)
class Asked:
    """What every paper is asked with."""

    out: Path
    pdf: bool
    today: date
    store: ChosenStore


def paper_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --out, --pdf, --today and the store; the command is given `asked: Asked`."""

    @functools.wraps(command)
    def asked(out: Path, pdf: bool, today: date | None, store: ChosenStore, **more: Any) -> Any:
        if out.suffix.lower() != ".docx":
            raise UsageError("The paper is a Word file.", f"Write --out {out.stem or 'paper'}.docx.")
        return command(asked=Asked(out, pdf, today or date.today(), store), **more)

    made: Any = asked
    for option in (
        store_options,
        click.option("--today", type=Day(), help="Count from this day instead of today (YYYY-MM-DD)."),
        click.option("--pdf", is_flag=True, help="Write a PDF beside it as well."),
        click.option(
            "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Word file to write (.docx)."
        ),
    ):
        made = option(made)
    return made  # type: ignore[no-any-return]


@click.command("sweep")
@click.argument("run_id", metavar="[RUN]", required=False)
@click.option(
    "--compare", is_flag=False, flag_value=LAST, metavar="[RUN]", help="Beside another sweep; alone, the term before."
)
@paper_options
def sweep(run_id: str | None, compare: str | None, asked: Asked) -> ExitCode:
    """Write the report of a sweep for the team's meeting: grades, themes, training, schools, what became of the feedback.

    Schools are named, children stand in it by reference and initials: it is for the virtual school alone. RUN is the id of
    a sweep (`vsdocs runs`), the last one if none is given.

    \b
    Example:
      vsdocs report sweep --compare --out "QA autumn 2026.docx"
    """
    from vsdocs import settings
    from vsdocs.generate.report import sweep_report, sweep_words

    ours = settings.load()
    sweep_words.load_words(ours)  # a slip in them stops the work before it begins
    opened = _opened(asked.store)
    now = _run(opened, run_id)
    if now is None:
        raise UsageError("No sweep has been finished with this store.", "Run `vsdocs sweep` first.")
    before = _before(opened, now, compare) if compare else None
    runs = [now, before] if before else [now]
    views = _views(opened, runs, ours)
    written = sweep_report.report(views[0], views[1] if before else None, ours, asked.today)
    _write(written, asked, opened, runs, ours)
    if compare and before is None:
        click.echo("There is no earlier sweep to compare it with.", err=True)
    return ExitCode.DONE


def _of_the_year(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --year and --data."""
    for option in (
        click.option(
            "--data",
            "tables",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help="Folder of the data tables (docs/figures.md).",
        ),
        click.option(
            "--year", type=Year(), metavar="2025-26", help="Academic year. Default: the last one that is over."
        ),
    ):
        command = option(command)
    return command


@click.command("sef")
@_of_the_year
@paper_options
def sef(year: str | None, tables: Path | None, asked: Asked) -> ExitCode:
    """Write the self-evaluation form with the evidence that the store and the data tables hold.

    Grade and judgement stay blank: they are a person's.

    \b
    Example:
      vsdocs report sef --data figures --out SEF.docx
    """
    return _yearly("sef", year, tables, asked)


@click.command("plan")
@_of_the_year
@paper_options
def plan(year: str | None, tables: Path | None, asked: Asked) -> ExitCode:
    """Write the skeleton of the development plan: priorities with their figures, and places for actions and reviews.

    \b
    Example:
      vsdocs report plan --data figures --out "Development plan.docx"
    """
    return _yearly("plan", year, tables, asked)


def _yearly(name: str, year: str | None, tables: Path | None, asked: Asked) -> ExitCode:
    from vsdocs import settings
    from vsdocs.dates import academic_year
    from vsdocs.generate.report.held import Held
    from vsdocs.moderation import agreement

    ours = settings.load()
    paper = importlib.import_module(f"vsdocs.generate.report.{name}")
    paper.load_words(ours)
    opened = _opened(asked.store)
    wanted = year or academic_year(asked.today.replace(year=asked.today.year - 1, day=1))
    figures = figures_of(wanted, tables, opened, asked.today, ours)
    now = _run(opened, None)
    before = _before(opened, now, LAST) if now else None
    runs = [one for one in (now, before) if one]
    views = _views(opened, runs, ours)
    agreed = agreement(opened.moderations(now.rubric)) if now else ()
    held = Held(figures, views[0] if now else None, views[1] if before else None, agreed)
    _write(paper.report(held, ours, asked.today), asked, opened, runs, ours)
    if figures is None:
        click.echo("No roll has been imported, so no figures were counted: `vsdocs roll import`.", err=True)
    elif tables is None:
        click.echo("No tables were given (--data), so only the roll's own figures were counted.", err=True)
    return ExitCode.DONE


def _opened(store: ChosenStore) -> "Store":
    opened = store.open()
    click.get_current_context().call_on_close(opened.close)
    return opened


def _run(store: "Store", run_id: str | None) -> "Run | None":
    if run_id is None:
        return store.latest()
    found = store.run(run_id)
    if found is None:
        raise UsageError("No finished sweep has this id.", "`vsdocs runs` lists them.")
    return found


def _before(store: "Store", now: "Run", compare: str) -> "Run | None":
    """The sweep to lay beside it: the one that was named, or that of the term before."""
    from vsdocs.generate.report.sweep_compared import last_before

    if compare != LAST:
        found = _run(store, compare)
        if found is not None and found.id == now.id:
            raise UsageError("A sweep cannot be compared with itself.", "`vsdocs runs` lists the others.")
        return found
    earlier = [run for run, _ in store.reports() if run.id < now.id]
    return last_before(now, _plans(store, now), ((run, _plans(store, run)) for run in earlier))


def _plans(store: "Store", run: "Run") -> frozenset[str]:
    return frozenset(file.sha256 for file in store.files(run).values() if file.is_read)


def _views(store: "Store", runs: "list[Run]", ours: "Settings") -> "list[View]":
    from vsdocs.generate.report.sweep_seen import view

    leads = _leads(store, runs)
    return [view(store.sweep(run, store.files(run).values()), ours, leads) for run in runs]


def _leads(store: "Store", runs: "list[Run]") -> dict[str, str]:
    """sha256 -> the lead that the roll names for the child, where it is sure whose plan it is."""
    from vsdocs.cohort.match import Roll

    children = store.roll.children()
    if not children:
        return {}
    roll, settled = Roll(children.values()), store.roll.settled()
    found: dict[str, str] = {}
    for run in runs:
        for outcome in store.sweep(run, store.files(run).values()).outcomes:
            if outcome.extraction is None or outcome.extraction.sha256 in found:
                continue
            sha256 = outcome.extraction.sha256
            child = children.get(settled[sha256]) if sha256 in settled else roll.whose(outcome.extraction.record).child
            if child is not None and child.lead:
                found[sha256] = child.lead
    return found


def _write(written: "Written", asked: Asked, store: "Store", runs: "list[Run]", ours: "Settings") -> None:
    """Write the paper once it was read again for children's names. One that is there and differs may be filled: it stays."""
    from vsdocs import deliver
    from vsdocs.generate import gate

    swept = (outcome.extraction for run in runs for outcome in store.sweep(run, store.files(run).values()).outcomes)
    gate.check(written, gate.Others((pep for pep in swept if pep is not None), ours), listing=True)
    files = {asked.out: written.docx}
    if asked.pdf:
        drawn: bytes = importlib.import_module("vsdocs.generate.pdf").draw(written.docx)
        files[asked.out.with_suffix(".pdf")] = drawn
    deliver.write_new(files)
    for path in files:
        click.echo(str(path))
