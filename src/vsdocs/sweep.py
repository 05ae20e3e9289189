"""A folder of PEPs becomes a Sweep: every file its outcome, nothing read twice, and a stopped run goes on where it was.

The store has each outcome as soon as it is known. So a sweep that is started again after a crash, a kill or a power cut
finds what is done, does the rest, and ends as if it had never been stopped.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from vsdocs import worker
from vsdocs.engine import Engine
from vsdocs.errors import FILE_PROBLEMS, UsageError
from vsdocs.extract import COMMON
from vsdocs.outcome import OutcomeKind, Run, Settled, Sweep
from vsdocs.rubric import Rubric
from vsdocs.store import Known, Made, Store, batched

#: Files that programs leave behind, known by how their names begin; `~$` is Word's note of who has a file open.
LEFT_BEHIND = ("~$", ".", "Thumbs.db", "desktop.ini")

#: The file that marks a folder as the results of a sweep: its lock, which is left there.
RESULTS_MARK = ".sweep.lock"

SETTLED_AFTER = 2.0  # seconds: a file that was written more recently may still be on its way into the folder
TOGETHER = 50  # files that were not read now are saved so many at a time: to grade them again costs little


class Watch(Protocol):
    """Who is told how a sweep goes, and knows the time. Files are named by their ids, never by their names."""

    def clock(self) -> float: ...  # seconds since 1970
    def begin(self, files: int) -> None: ...
    def in_hand(self, file_id: str) -> None: ...
    def done(self, file_id: str, outcome: OutcomeKind, seconds: float) -> None: ...


@dataclass(frozen=True)
class File:
    """One file of the folder. `sha256` is empty where it was not or could not be opened, and `problem` says why."""

    source: str
    sha256: str
    path: Path | None = None
    problem: str | None = None
    written: float = 0  # seconds since 1970


def run(
    folder: Path, out: Path, store: Store, this: Run, rules: Rubric, watch: Watch, engine: Engine, form: str = COMMON
) -> Sweep:
    """Sweep a folder in a run that the store has begun. What lies in `out` is no part of it."""
    files = list(_files(folder, out))
    if not files:  # a drive that is not there, or the wrong folder: what an earlier sweep left stays
        raise UsageError("There are no files in this folder. Is it the right one?", "Nothing was changed.")
    return _Sweep(store, this, rules, watch, engine, form).run([_still(file, watch) for file in files])


def regrade(last: Run, store: Store, this: Run, rules: Rubric, watch: Watch, engine: Engine) -> Sweep:
    """Grade the files of an earlier run again, in a run that the store has begun; no file is opened."""
    files = [File(file.source, file.sha256, problem=file.problem) for file in store.files(last).values()]
    return _Sweep(store, this, rules, watch, engine, COMMON).run(sorted(files, key=lambda file: file.source))


class _Sweep:
    """A sweep at work: what the run had done before it was stopped, and what is settled by now."""

    def __init__(self, store: Store, this: Run, rules: Rubric, watch: Watch, engine: Engine, form: str) -> None:
        self.store, self.this, self.watch, self.engine = store, this, watch, engine
        self.asked = worker.Task(source="", form=form, rubric=rules.packed(), today=this.today)
        self.before = store.files(this)
        self.settled: dict[str, Settled] = {}
        self.unsaved: list[Made] = []

    def run(self, files: list[File]) -> Sweep:
        self.watch.begin(len(files))
        first: dict[str, File] = {}
        for file in files:
            if file.sha256:
                first.setdefault(file.sha256, file)
        known = self.store.known(first, self.this)
        to_do: list[File] = []
        for file in files:
            if not file.sha256:
                self._settle(Made(_unopened(file)))
            elif first[file.sha256] is file:
                found = known.get(file.sha256)
                if found is None and file.path is None:  # an earlier run had trouble with it
                    found = Known(OutcomeKind(FILE_PROBLEMS[file.problem or "crashed"][2]), file.problem, graded=True)
                if found is None or not found.graded:
                    to_do.append(file)
                else:
                    self._settle(Made(self._known(Settled(file.source, file.sha256, found.outcome, found.problem))))
        self._work(to_do, known)
        for file in files:
            if file.source not in self.settled:
                self._settle(Made(self.settled[first[file.sha256].source].again(file.source)))
        self._save()
        return self.store.sweep(self.this, self.settled.values())

    def _work(self, files: list[File], known: dict[str, Known]) -> None:
        """Have files read and graded, or only graded where their readings are known."""
        for file, reply in worker.answers(
            self.engine.executor,
            self._tasks(files, known),
            self.engine.width,
            lambda file: self.watch.in_hand(_id(file)),
            self.engine.check,
        ):
            became = Settled(file.source, file.sha256, reply.outcome, reply.problem)
            graded = reply.outcome if became.is_read else None
            if file.sha256 in known:
                self._settle(Made(self._known(became), None, reply.judgement, graded), reply.seconds)
            elif reply.sha256 in ("", file.sha256):
                self._settle(Made(became, reply.extraction, reply.judgement, graded), reply.seconds, now=True)
            else:
                self._settle(Made(_unopened(replace(file, problem="changing"))))

    def _tasks(self, files: list[File], known: dict[str, Known]) -> Iterator[tuple[File, worker.Task]]:
        """What workers must do: read a file, or grade again what was read. The record's source is left empty."""
        for part in batched(files, TOGETHER):
            read = self.store.extractions([file.sha256 for file in part if file.sha256 in known], self.this)
            for file in part:
                if (extraction := read.get(file.sha256)) is not None:
                    yield file, self.asked.model_copy(update={"extraction": extraction})
                else:
                    yield file, self._reading(file)

    def _reading(self, file: File) -> worker.Task:
        assert file.path is not None
        if self.engine.by_bytes:
            with suppress(OSError):  # then the worker says so
                return self.asked.model_copy(update={"data": file.path.read_bytes()})
        return self.asked.model_copy(update={"path": worker.quoted(file.path.absolute())})

    def _settle(self, made: Made, seconds: float = 0, now: bool = False) -> None:
        """Take an outcome down; what was read `now` is saved at once, what can be had again cheaply a little later."""
        file = made.file
        self.settled[file.source] = file
        if made.graded is not None or self.before.get(file.source) != file:
            self.unsaved.append(made)
        if now or len(self.unsaved) >= TOGETHER:
            self._save()
        self.watch.done(file.id, file.outcome, seconds)

    def _save(self) -> None:
        if self.unsaved:
            self.store.save(self.this, *self.unsaved)
            self.unsaved.clear()

    def _known(self, file: Settled) -> Settled:
        """An outcome that was not read now: `known`, unless this very run read it before it was stopped."""
        before = self.before.get(file.source)
        return before if before is not None and before.sha256 == file.sha256 else file.again(file.source)


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
            yield File(source, "", path, "ignored") if name.startswith(LEFT_BEHIND) else _opened(source, path)


def _opened(source: str, path: Path) -> File:
    """A file with the hash of what is in it."""
    try:
        if not path.is_file():  # a pipe would be waited for, for ever; a link may lead nowhere
            return File(source, "", path, "no_access")
        with path.open("rb") as file:
            return File(source, hashlib.file_digest(file, "sha256").hexdigest(), path, None, path.stat().st_mtime)
    except OSError:
        return File(source, "", path, "no_access")


def _unopened(file: File) -> Settled:
    problem = file.problem or "no_access"
    return Settled(file.source, "", OutcomeKind(FILE_PROBLEMS[problem][2]), problem)


def _still(file: File, watch: Watch) -> File:
    """A file that was written a moment ago is looked at again a little later: it may still be on its way."""
    left = file.written + SETTLED_AFTER - watch.clock()
    if file.path is None or not 0 < left <= SETTLED_AFTER:
        return file
    time.sleep(left)
    again = _opened(file.source, file.path)
    return again if again.sha256 == file.sha256 else replace(again, sha256="", problem="changing")


def linked_folders(folder: Path) -> int:
    """How many folders below this one are links, which a sweep does not enter."""
    return sum(Path(root, name).is_symlink() for root, folders, _ in os.walk(folder) for name in folders)


def _id(file: File) -> str:
    return Settled(file.source, file.sha256, OutcomeKind.GRADED).id
