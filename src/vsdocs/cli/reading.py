"""Reading files for the commands that take FILE...: in workers, results in the order given, exit code by the worst."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from vsdocs import worker
from vsdocs.errors import ExitCode, FileProblem
from vsdocs.extract import COMMON, load_vocabulary
from vsdocs.outcome import Problem

files_argument = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE..."
)
form_option = click.option(
    "--form", default=COMMON, show_default=True, metavar="ID|FILE", help="The form vocabulary to read by."
)


def replies(
    files: tuple[Path, ...],
    form: str = COMMON,
    *,
    explain: bool = False,
    rubric: str | None = None,
    today: str | None = None,
) -> Iterator[tuple[Path, worker.Reply]]:
    """Each file with what a worker says of it, in the order given. PackError where the form vocabulary has a slip."""
    load_vocabulary(form)  # before any file: a slip is the user's to mend
    tasks = [
        (
            number,
            worker.Task(
                source=path.name, path=worker.quoted(path), form=form, explain=explain, rubric=rubric, today=today
            ),
        )
        for number, path in enumerate(files)
    ]
    waiting: dict[int, worker.Reply] = {}
    following = 0
    for number, reply in worker.run(tasks, min(len(tasks), os.cpu_count() or 1), lambda _: None):
        waiting[number] = reply
        while following in waiting:
            yield files[following], waiting.pop(following)
            following += 1


def problem_object(path: Path, code: str) -> dict[str, Any]:
    """The contract's line for a file that gives no record."""
    return {
        "source": path.name,
        "id": hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "",
        "outcome": FileProblem(code).outcome,
        "error": Problem.of_file(code).model_dump(mode="json"),
    }


def in_words(told: dict[str, Any]) -> str:
    """A problem object as a line for people."""
    return f"{told['source']}: {told['error']['message']} {told['error']['advice']}"


def exit_code(problems: set[str]) -> ExitCode:
    """0 where every file gave a record, 3 where one could not be read, 4 where all that went wrong is no PEP."""
    outcomes = {FileProblem(code).outcome for code in problems} - {"ignored", "needs_person"}
    if not outcomes:
        return ExitCode.DONE
    return ExitCode.NOT_A_PEP if outcomes == {"not_a_pep"} else ExitCode.UNREADABLE
