"""A folder of PEPs becomes a Sweep: every file its outcome, nothing read twice, and a stopped run goes on where it was.

The store has each outcome as soon as it is known. So a sweep that is started again after a crash, a kill or a power cut
finds what is done, does the rest, and ends as if it had never been stopped.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from vsdocs import pipeline, worker
from vsdocs.errors import UsageError
from vsdocs.extract import COMMON
from vsdocs.moderation import standing
from vsdocs.outcome import Outcome, OutcomeKind, Run, Sweep
from vsdocs.store import Store

#: Files that programs leave behind, known by how their names begin; `~$` is Word's note of who has a file open.
LEFT_BEHIND = ("~$", ".", "Thumbs.db", "desktop.ini")


#: The file that marks a folder as the results of a sweep: its lock, which is left there.
RESULTS_MARK = ".sweep.lock"


class Watch(Protocol):
    """Who is told how a sweep goes. Files are named by their ids, never by their names."""

    def begin(self, files: int) -> None: ...
    def in_hand(self, file_id: str) -> None: ...
    def done(self, outcome: OutcomeKind) -> None: ...


@dataclass(frozen=True)
class File:
    """One file of the folder. `sha256` is empty where it was not or could not be opened."""

    path: Path
    source: str
    sha256: str
    left_behind: bool


def run(folder: Path, out: Path, store: Store, this: Run, watch: Watch, jobs: int, form: str = COMMON) -> Sweep:
    """Sweep a folder in a run that the store has begun, with `jobs` workers. What lies in `out` is no part of it."""
    files = list(_files(folder, out))
    watch.begin(len(files))
    before = store.outcomes(this)
    outcomes: dict[str, Outcome] = {}

    def settle(file: File, outcome: Outcome, sha256: str) -> None:
        outcomes[file.source] = outcome
        if before.get(file.source) != (sha256, outcome.outcome):
            problem = outcome.error.code if outcome.error else None
            store.save(this, sha256, outcome, problem)
        watch.done(outcome.outcome)

    unread: dict[File, worker.Task] = {}
    first: dict[str, File] = {}
    for file in files:
        if not file.sha256:
            problem = "ignored" if file.left_behind else "no_access"
            settle(file, pipeline.outcome_of(file.source, "", None, None, problem), "")
        elif first.setdefault(file.sha256, file) is file:
            known = _known(store, this, file, before, form)
            if isinstance(known, Outcome):
                settle(file, known, file.sha256)
            else:
                unread[file] = known

    for file, reply in worker.run(unread.items(), jobs, lambda file: watch.in_hand(_id(file))):
        sha256 = reply.sha256 or file.sha256
        outcome = pipeline.outcome_of(file.source, sha256, reply.extraction, reply.judgement, reply.problem)
        if unread[file].extraction is not None:
            outcome = _as_known(outcome, file, before)
        settle(file, outcome, sha256)

    for file in files:
        if file.source not in outcomes:
            settle(file, _twin(outcomes[first[file.sha256].source], file.source), file.sha256)
    given = standing(store.moderations(this.rubric))
    moderated = (outcomes[file.source].moderated_by(given.get(file.sha256)) for file in files)
    return Sweep(run=this, outcomes=tuple(sorted(moderated, key=lambda outcome: outcome.source)))


def _files(folder: Path, out: Path) -> Iterator[File]:
    """Every file below the folder, in an order that never changes.

    Linked and hidden folders are not entered, nor those that hold the results of a sweep.
    """
    if not folder.is_dir():
        raise UsageError("The folder to sweep was not found.", "Give the folder that holds the PEPs.")
    if out.resolve() == folder.resolve():
        raise UsageError("The results cannot go into the folder that is swept.", "Give --out another folder.")
    for root, folders, names in os.walk(folder):
        if RESULTS_MARK in names and Path(root) != folder:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            source = os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "backslashreplace")
            left_behind = name.startswith(LEFT_BEHIND)
            yield File(path, source, "" if left_behind else _sha256(path), left_behind)


def linked_folders(folder: Path) -> int:
    """How many folders below this one are links, which a sweep does not enter."""
    return sum(Path(root, name).is_symlink() for root, folders, _ in os.walk(folder) for name in folders)


def _sha256(path: Path) -> str:
    if not path.is_file():  # a pipe would be waited for, for ever; a link may lead nowhere
        return ""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _known(
    store: Store, this: Run, file: File, before: dict[str, tuple[str, OutcomeKind]], form: str
) -> Outcome | worker.Task:
    """What the store knows of a file, or what a worker must do about it: read it, or grade again what was read."""
    reading = store.reading(file.sha256)
    if reading is None:
        path = worker.quoted(file.path)
        return worker.Task(source=file.source, path=path, form=form, rubric=this.rubric, today=this.today)
    judgement = store.judgement(file.sha256, this) if reading.extraction else None
    if reading.extraction and judgement is None:
        return worker.Task(source=file.source, extraction=reading.extraction, rubric=this.rubric, today=this.today)
    outcome = pipeline.outcome_of(file.source, file.sha256, reading.extraction, judgement, reading.problem)
    return _as_known(outcome, file, before)


def _as_known(outcome: Outcome, file: File, before: dict[str, tuple[str, OutcomeKind]]) -> Outcome:
    """An outcome that was not read now: `known`, unless this very run read it before it was stopped."""
    if outcome.outcome is OutcomeKind.IGNORED or before.get(file.source) == (file.sha256, outcome.outcome):
        return outcome
    return outcome.model_copy(update={"outcome": OutcomeKind.KNOWN})


def _twin(outcome: Outcome, source: str) -> Outcome:
    """The outcome of the same file found a second time: one record, two sources."""
    changes: dict[str, object] = {"source": source}
    if outcome.outcome is not OutcomeKind.IGNORED:
        changes["outcome"] = OutcomeKind.KNOWN
    for part in ("extraction", "judgement"):
        if (value := getattr(outcome, part)) is not None:
            changes[part] = value.model_copy(update={"source": source})
    return outcome.model_copy(update=changes)


def _id(file: File) -> str:
    return file.sha256[: pipeline.ID_LENGTH]
