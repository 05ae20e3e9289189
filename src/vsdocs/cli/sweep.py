"""`vsdocs sweep`: the termly QA of every PEP in a folder."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vsdocs import __version__
from vsdocs.cli.day import Day
from vsdocs.cli.progress import watch
from vsdocs.cli.reading import form_option
from vsdocs.cli.store_key import ChosenStore, store_options
from vsdocs.errors import CannotWriteError, ExitCode, UsageError
from vsdocs.lock import file_lock
from vsdocs.outcome import OutcomeKind, Run, Sweep
from vsdocs.settings import DEFAULT_RUBRIC

if TYPE_CHECKING:
    from vsdocs.store import Store


@click.command("sweep")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write the results into."
)
@click.option("--rubric", "rubric_id", default=DEFAULT_RUBRIC, show_default=True, help="The rubric to grade by.")
@form_option
@click.option("--term", help='A name for this run, such as "Autumn 2026"; it filters nothing.')
@store_options
@click.option("--regrade", is_flag=True, help="Grade what the last sweep of FOLDER read under --rubric; open no file.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Files read at a time. Default: one for each core.")
@click.option("--dask", "address", metavar="ADDRESS", help="Have the workers of this Dask scheduler read the files.")
@click.option("--log-json", is_flag=True, help="Tell how it goes as JSON lines on stderr.")
@click.option("--today", type=Day(), help="Count from this day instead of today (YYYY-MM-DD).")
@click.option("--json", "as_json", is_flag=True, help="Print the contents of sweep.json to stdout.")
def command(
    folder: Path,
    out: Path,
    rubric_id: str,
    form: str,
    term: str | None,
    store: ChosenStore,
    regrade: bool,
    jobs: int | None,
    address: str | None,
    log_json: bool,
    today: date | None,
    as_json: bool,
) -> int:
    """Read every PEP below FOLDER, grade it, and write workbook, page and draft letters into --out.

    Nothing is read twice: files that the store knows are not opened again. A sweep that was stopped goes on where it was
    when the same command is given again. Nothing is ever sent.

    \b
    Example:
      vsdocs sweep "PEPs Autumn 2026" --out results --term "Autumn 2026"
    """
    if out.resolve() == folder.resolve():
        raise UsageError("The results cannot go into the folder that is swept.", "Give --out another folder.")
    with ExitStack() as held:
        held.enter_context(_held(out))  # before all that takes a while to load
        from vsdocs import engine

        working = held.enter_context(
            engine.dask(address, folder, form) if address else engine.local(jobs or engine.cores())
        )
        from vsdocs import deliver, pipeline, rubric, settings, sweep  # while the workers load
        from vsdocs.cli import summary
        from vsdocs.generate import templates

        rules = rubric.load(rubric_id)  # a slip in a rubric, form or template stops the sweep before its first file
        ours = settings.load()
        templates.check(ours)
        opened = store.open(new=True)
        held.callback(opened.close)
        held.enter_context(opened.held())
        last = _last(opened, folder) if regrade else None
        wanted = Run(
            id="",
            today=(today or date.today()).isoformat(),
            rubric=rubric_id,
            rubric_version=f"{__version__}-{rules.digest}",  # what other code or other words graded is graded again
            term=term,
            reader=last.reader if last else pipeline.reader_version(form),
        )
        with _going_on():
            this = opened.begin(str(folder.absolute()), str(out.absolute()), wanted, any_day=today is None)
            with watch(log_json) as watching:
                if last is not None:
                    swept = sweep.regrade(last, opened, this, rules, watching, working)
                else:
                    swept = sweep.run(folder, out, opened, this, rules, watching, working, form)
            swept = replace(swept, run=this.model_copy(update={"rubric_version": rules.version}))
            delivered = deliver.write(swept, out, ours, rules.deadlines)
            opened.finish(this, watching.report())
        if as_json:
            from vsdocs.generate import sweep_json

            click.echo(json.dumps(sweep_json.sweep_object(swept), ensure_ascii=False, indent=1))
        elsewhere = opened.moderated_elsewhere(this, swept.files)
        for line in summary.lines(swept, folder, out, delivered, elsewhere, regraded=last is not None):
            print(line, file=sys.stderr if as_json else sys.stdout)
        return ExitCode.SOME_UNREADABLE if _unread(swept) else ExitCode.DONE


@contextmanager
def _going_on() -> Iterator[None]:
    """From here on a sweep that is stopped has done something, and says so."""
    try:
        yield
    except KeyboardInterrupt:
        raise click.exceptions.Abort("What was done is kept; the same command goes on from there.") from None


def _last(store: "Store", folder: Path) -> Run:
    found = store.latest(str(folder.absolute()))
    if found is None:
        raise UsageError(
            "No sweep of this folder has been finished with this store.", "Sweep it without --regrade first."
        )
    return found


@contextmanager
def _held(out: Path) -> Iterator[None]:
    """Hold the results until the sweep ends."""
    with ExitStack() as stack:
        try:
            out.mkdir(parents=True, exist_ok=True)
            stack.enter_context(file_lock(out / "sweep", "these results"))
        except OSError as error:
            raise CannotWriteError(
                f"The folder for the results cannot be written to ({error.strerror}).", "Choose another --out."
            ) from None
        yield


def _unread(swept: Sweep) -> bool:
    """Whether any file, now or in an earlier sweep, could not be read."""
    from vsdocs.errors import FILE_PROBLEMS

    return any(f.problem and FILE_PROBLEMS[f.problem][2] == OutcomeKind.UNREADABLE for f in swept.files)
