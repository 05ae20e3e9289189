"""Reading and grading in a process of its own, so that no file can take the command down with it.

A `Worker` is a warm child process that is asked one file at a time over its pipes, in JSON lines. One that takes too long is
killed, one that dies is started again; the file in hand gets a file problem and the next file is none the wiser. The heavy
libraries are loaded in the child only. `python -m vsdocs.worker` is the child.
"""

import hashlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TextIO, TypeVar
from urllib.parse import quote_from_bytes, unquote_to_bytes

from vsdocs.errors import FileProblem
from vsdocs.extract import COMMON, Explanation
from vsdocs.judgement import Judgement
from vsdocs.record import Extraction, Frozen

SECONDS, SECONDS_PER_MB = 60, 45  # a ten-page scan of 3 MB takes about 15 s
MEMORY = 3 << 30  # bytes of address space a child may use, where the system can hold it to that

Given = TypeVar("Given")


class Task(Frozen):
    """What a worker is asked: to read the file at `path` (or take a reading from the store), and grade it if a rubric is given."""

    source: str
    path: str | None = None  # percent-encoded: a name need not be valid Unicode
    extraction: Extraction | None = None
    form: str = COMMON  # the form vocabulary: an id, or the path of a file
    explain: bool = False  # tell how the form was read, and grade nothing
    rubric: str | None = None
    today: str | None = None


class Reply(Frozen):
    """What a worker says: an extraction and, where it was asked for, a judgement; or the code of a file problem."""

    sha256: str = ""
    extraction: Extraction | None = None
    judgement: Judgement | None = None
    explanation: Explanation | None = None
    problem: str | None = None


class Worker:
    """One child process, started when first asked."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def ask(self, task: Task) -> Reply:
        """The reply to a task; `timed_out` or `crashed` where the child gives none."""
        process = self._process if self._process and self._process.poll() is None else self._start()
        timed_out = threading.Event()

        def stop() -> None:
            timed_out.set()
            process.kill()

        timer = threading.Timer(_patience(task), stop)
        timer.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(task.model_dump_json() + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = ""
        finally:
            timer.cancel()
        if line.endswith("\n"):
            return Reply.model_validate_json(line)
        self.close()
        return Reply(problem="timed_out" if timed_out.is_set() else "crashed")

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):  # words it was not told any more
                    pipe.close()  # type: ignore[union-attr]
            self._process = None

    def _start(self) -> "subprocess.Popen[str]":
        self.close()
        environment = os.environ | {"OMP_THREAD_LIMIT": "1", "PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "vsdocs.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env=environment,
            start_new_session=True,  # Ctrl-C is for the parent, which then closes its workers
        )
        return self._process


def run(
    tasks: Iterable[tuple[Given, Task]], jobs: int, started: Callable[[Given], None]
) -> Iterator[tuple[Given, Reply]]:
    """Ask `jobs` workers; yields each given key with its reply as they come in. `started` is told which one is in hand."""
    idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
    workers = [Worker() for _ in range(jobs)]
    for worker in workers:
        idle.put(worker)

    def ask(key: Given, task: Task) -> tuple[Given, Reply]:
        started(key)
        worker = idle.get()
        try:
            return key, worker.ask(task)
        finally:
            idle.put(worker)

    pool = ThreadPoolExecutor(jobs)
    try:
        waiting: set[Future[tuple[Given, Reply]]] = set()
        for key, task in tasks:
            waiting.add(pool.submit(ask, key, task))
            if len(waiting) >= 2 * jobs:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.close()


def quoted(path: Path) -> str:
    """A path as `Task.path` holds it."""
    return quote_from_bytes(os.fsencode(path))


def _unquoted(path: str) -> Path:
    return Path(os.fsdecode(unquote_to_bytes(path)))


def _patience(task: Task) -> float:
    """Seconds that a task may take: a base, and more for a bigger file."""
    try:
        size = _unquoted(task.path).stat().st_size if task.path else 0
    except OSError:
        size = 0
    return SECONDS + SECONDS_PER_MB * min(size / 1e6, 40)


def _serve(questions: TextIO, answers: TextIO) -> None:
    """The child's life: a task a line in, a reply a line out, until its input ends."""
    from vsdocs import pipeline, rubric  # the heavy half of the program lives in the child

    rubrics: dict[str, rubric.Rubric] = {}

    def answer(task: Task) -> Reply:
        extraction, sha256 = task.extraction, ""
        try:
            if extraction is None:
                data = _bytes_of(task.path or "")
                sha256 = hashlib.sha256(data).hexdigest()
                if task.explain:
                    return Reply(sha256=sha256, explanation=pipeline.explain(data, task.form))
                extraction = pipeline.read(data, task.source, task.form)
        except FileProblem as problem:
            return Reply(sha256=sha256, problem=problem.code)
        judgement = None
        if task.rubric is not None and task.today is not None:
            if task.rubric not in rubrics:
                rubrics[task.rubric] = rubric.load(task.rubric)
            judgement = pipeline.grade(extraction, rubrics[task.rubric], date.fromisoformat(task.today))
        return Reply(sha256=extraction.sha256, extraction=extraction, judgement=judgement)

    for line in questions:
        try:
            reply = answer(Task.model_validate_json(line))
        except Exception:  # whatever a document does to a library, the sweep goes on
            reply = Reply(problem="crashed")
        answers.write(reply.model_dump_json() + "\n")
        answers.flush()


def _bytes_of(path: str) -> bytes:
    try:
        return _unquoted(path).read_bytes()
    except OSError:
        raise FileProblem("no_access") from None


def _main() -> None:
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a library that prints must not garble the answers
    _limit_memory()
    _serve(sys.stdin, answers)


def _limit_memory() -> None:
    """Hold this process to `MEMORY` where the system can; elsewhere the parent's patience is the limit."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        return


if __name__ == "__main__":
    _main()
