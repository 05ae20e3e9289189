"""`vsdocs sweep`: the termly QA of every PEP in a folder."""

import json
import os
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import click

from vsdocs import __version__
from vsdocs.cli.day import Day
from vsdocs.cli.progress import watch
from vsdocs.cli.reading import form_option
from vsdocs.cli.store_key import ChosenStore, store_options
from vsdocs.errors import CannotWriteError, ExitCode, LockedError, UsageError
from vsdocs.outcome import OutcomeKind, Sweep
from vsdocs.settings import DEFAULT_RUBRIC


@click.command("sweep")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write the results into."
)
@click.option("--rubric", "rubric_id", default=DEFAULT_RUBRIC, show_default=True, help="The rubric to grade by.")
@form_option
@click.option("--term", help='A name for this run, such as "Autumn 2026"; it filters nothing.')
@store_options
@click.option("--today", type=Day(), help="Count from this day instead of today (YYYY-MM-DD).")
@click.option("--json", "as_json", is_flag=True, help="Print the contents of sweep.json to stdout.")
def command(
    folder: Path,
    out: Path,
    rubric_id: str,
    form: str,
    term: str | None,
    store: ChosenStore,
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
    from vsdocs import deliver, pipeline, rubric, sweep
    from vsdocs.generate import letter

    if out.resolve() == folder.resolve():
        raise UsageError("The results cannot go into the folder that is swept.", "Give --out another folder.")
    rules = rubric.load(rubric_id)  # a slip in a rubric, form or template stops the sweep before its first file
    letter.check_template()
    with ExitStack() as held:
        _lock(held, out)
        opened = store.open(pipeline.reader_version(form))
        held.callback(opened.close)
        held.enter_context(opened.held())
        day = (today or date.today()).isoformat()
        version = f"{__version__}-{rules.digest}"  # what was graded by other code or other words is graded again
        this = opened.begin(
            str(folder.absolute()), str(out.absolute()), term, rubric_id, version, day, any_day=today is None
        )
        with watch() as watching:
            swept = sweep.run(folder, out, opened, this, watching, jobs=os.cpu_count() or 1, form=form)
        swept = swept.model_copy(update={"run": this.model_copy(update={"rubric_version": rules.version})})
        edited = deliver.write(swept, out)
        opened.finish(this)
    if as_json:
        from vsdocs.generate import sweep_json

        click.echo(json.dumps(sweep_json.sweep_object(swept), ensure_ascii=False, indent=1))
    _say(swept, folder, out, edited, to_stderr=as_json)
    return ExitCode.SOME_UNREADABLE if _unread(swept) else ExitCode.DONE


def _lock(held: ExitStack, folder: Path) -> None:
    """Hold a lock until the sweep ends; the system lets go of it even if the sweep is killed."""
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        held.enter_context(FileLock(folder / ".sweep.lock", blocking=False))
    except Timeout:
        raise LockedError("Another sweep is at work on this.", "Wait until it has ended, then try again.") from None
    except OSError as error:
        raise CannotWriteError(
            f"The folder for the results cannot be written to ({error.strerror}).", "Choose another --out."
        ) from None


def _unread(swept: Sweep) -> bool:
    """Whether any file, now or in an earlier sweep, could not be read."""
    from vsdocs.errors import FILE_PROBLEMS

    return any(o.error and FILE_PROBLEMS[o.error.code][2] == OutcomeKind.UNREADABLE for o in swept.outcomes)


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _say(swept: Sweep, folder: Path, out: Path, edited: int, to_stderr: bool) -> None:
    from vsdocs import sweep

    grades = {o.id: o.standing.grade for o in swept.outcomes if o.standing and not o.error}  # a PEP found twice is one
    graded = [grade for grade in grades.values() if grade is not None]
    counts = swept.counts
    fresh = sum(counts[kind] for kind in ("graded", "needs_person", "unreadable", "not_a_pep"))
    lines = []
    if swept.outcomes and fresh == 0 and counts["known"]:
        lines.append(f"Nothing was read again: all {counts['known']} files were known already.")
    if linked := sweep.linked_folders(folder):
        lines.append(f"{_number(linked, 'linked folder')} not entered; sweep what they lead to by itself.")
    if waiting := sum(o.outcome is OutcomeKind.KNOWN and o.error is not None for o in swept.outcomes):
        lines.append(f"Of the known files, {waiting} still for a person to look at.")
    if graded:
        tally = ", ".join(f"{graded.count(g)} {g.value.title()}" for g in sorted(set(graded), key=lambda g: -g.rank))
        moderated = len({o.id for o in swept.outcomes if o.moderation})
        told = f"A person gave {moderated} of them; the others are" if moderated else "Each is"
        lines.append(f"{'Grades' if moderated else 'Suggested grades'}: {tally}. {told} for a person to check.")
    if edited:
        lines.append(f"{_number(edited, 'letter')} that you had edited: left as before, no new draft was written.")
    if not swept.outcomes:
        lines.append("There are no files in this folder. Is it the right one?")
    lines.append(f"Results are in {out}: open sweep.html or sweep.xlsx first.")
    tally = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in counts.items())
    lines.append(f"{_number(len(swept.outcomes), 'file')}: {tally}")
    for line in lines:
        print(line, file=sys.stderr if to_stderr else sys.stdout)
