"""Reading files for the commands that take FILE...: in workers, results in the order given, exit code by the worst."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from vsdocs import engine, rubric, worker
from vsdocs.errors import ExitCode, FileProblem
from vsdocs.extract import COMMON, Explanation, load_vocabulary
from vsdocs.judgement import Judgement
from vsdocs.outcome import ID_LENGTH, Problem
from vsdocs.record import Extraction

files_argument = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE..."
)
form_option = click.option(
    "--form", default=COMMON, show_default=True, metavar="ID|FILE", help="The form vocabulary to read by."
)


@dataclass(frozen=True)
class Read:
    """One file as a worker read it: what was asked of it, or the code of a file problem."""

    sha256: str
    problem: str | None
    extraction: Extraction | None
    judgement: Judgement | None
    explanation: Explanation | None


def read(
    files: tuple[Path, ...],
    form: str = COMMON,
    *,
    explain: bool = False,
    rubric_id: str | None = None,
    today: str | None = None,
) -> Iterator[tuple[Path, Read]]:
    """Each file with what a worker says of it, in the order given. PackError where rubric or form vocabulary have a slip."""
    with engine.local(min(len(files), engine.cores())) as local:
        load_vocabulary(form)  # before any file: a slip is the user's to mend
        rules = rubric.load(rubric_id).packed() if rubric_id else None
        asked = worker.Task(source="", form=form, explain=explain, rubric=rules, today=today)
        yield from _in_order(files, asked, local)


def _in_order(files: tuple[Path, ...], asked: worker.Task, local: engine.Engine) -> Iterator[tuple[Path, Read]]:
    tasks = [
        (number, asked.model_copy(update={"source": path.name, "path": worker.quoted(path)}))
        for number, path in enumerate(files)
    ]
    waiting: dict[int, worker.Reply] = {}
    following = 0
    for number, reply in worker.answers(local.executor, tasks, local.width, lambda _: None):
        waiting[number] = reply
        while following in waiting:
            yield files[following], _read(waiting.pop(following))
            following += 1


def _read(reply: worker.Reply) -> Read:
    return Read(
        sha256=reply.sha256,
        problem=reply.problem,
        extraction=Extraction.unpacked(reply.extraction) if reply.extraction else None,
        judgement=Judgement.unpacked(reply.judgement) if reply.judgement else None,
        explanation=reply.explanation,
    )


def problem_object(path: Path, code: str, sha256: str) -> dict[str, Any]:
    """The contract's line for a file that gives no record; one whose reader died before it had its SHA-256 gets it here."""
    if not sha256 and path.is_file():
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "source": path.name,
        "id": sha256[:ID_LENGTH],
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
