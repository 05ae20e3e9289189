"""Reading and grading in a process of its own, so that no file can take the command down with it.

A `Worker` supervises one warm child process that is asked one file at a time over its pipes. One that takes too long, floods
or dies is killed and started again; the file in hand gets a file problem and the next file is none the wiser. `ask` does one
task with an idle worker of this process, so any thread can call it: those of a local pool, and those of a Dask worker.
"""

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import suppress
from typing import Any, TypeVar

from pydantic import ValidationError

from vsdocs.worker import limits
from vsdocs.worker.task import Reply, Task, quoted

__all__ = ["Reply", "Task", "Worker", "answers", "ask", "close", "quoted", "start"]

#: The command that is a child.
COMMAND = (sys.executable, "-m", "vsdocs.worker.child")
QUIET = 20.0  # seconds without a reply after which it is looked whether anybody is still at work
LONGEST = 100_000_000  # bytes of one reply: a plan of 200 pages has under 3 MB

Given = TypeVar("Given")


class Worker:
    """One child process, started when it is made and again whenever it has ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._job: Any = None
        self._tasks = 0
        self._start()

    def ask(self, task: Task) -> Reply:
        """The reply to a task; `timed_out` or `crashed` where the child gives none."""
        process = self._process if self._process and self._process.poll() is None else self._start()
        began = time.monotonic()
        watch = _Watch(process, task.size)
        reply = None
        try:
            assert process.stdin is not None
            process.stdin.write(task.model_dump_json().encode() + b"\n")
            process.stdin.flush()
            while (reply := _line(process)) is not None and reply.pages is not None:
                watch.again(reply.pages)
        except OSError:
            reply = None
        finally:
            watch.end()
        self._tasks += 1
        if reply is None:
            self.close()
            reply = Reply(problem="timed_out" if watch.out_of_patience else "crashed")
        elif reply.problem == "too_big" or reply.memory > limits.ROUGHLY_FULL or self._tasks >= limits.TASKS:
            self.close()
        return reply.model_copy(update={"seconds": time.monotonic() - began})

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):  # words it was not told any more
                    pipe.close()  # type: ignore[union-attr]
            self._process = self._job = None

    def _start(self) -> "subprocess.Popen[bytes]":
        self.close()
        self._tasks = 0
        one_thread = dict.fromkeys(("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        self._process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | one_thread | {"PYTHONUTF8": "1"},
            start_new_session=True,  # Ctrl-C is for the parent, which then closes its workers
        )
        self._job = limits.hold_child(self._process)
        return self._process


class _Watch:
    """Kills a child when its time is over; the time begins anew once it is known how many pages there are."""

    def __init__(self, process: "subprocess.Popen[bytes]", size: int) -> None:
        self._process, self._size = process, size
        self.out_of_patience = False
        self._timer = self._started(0)

    def again(self, pages: int) -> None:
        self._timer.cancel()
        self._timer = self._started(pages)

    def _started(self, pages: int) -> threading.Timer:
        timer = threading.Timer(limits.patience(self._size, pages), self._stop)
        timer.daemon = True
        timer.start()
        return timer

    def end(self) -> None:
        self._timer.cancel()

    def _stop(self) -> None:
        self.out_of_patience = True
        self._process.kill()


def _line(process: "subprocess.Popen[bytes]") -> Reply | None:
    """The child's next line; None where it has ended, or says what no child of ours says."""
    assert process.stdout is not None
    line = process.stdout.readline(LONGEST)
    if not line.endswith(b"\n"):
        return None
    try:
        return Reply.model_validate_json(line)
    except ValidationError:
        return None


_idle: "queue.SimpleQueue[Worker]" = queue.SimpleQueue()
_all: list[Worker] = []


def start(workers: int) -> None:
    """Start so many workers ahead of their first task, so that they load while the files are found."""
    for _ in range(workers):
        _idle.put(_made())


def ask(task: Task) -> Reply:
    """Do one task with a worker of this process that is idle, or with a new one."""
    try:
        worker = _idle.get_nowait()
    except queue.Empty:
        worker = _made()
    try:
        return worker.ask(task)
    finally:
        _idle.put(worker)


def close() -> None:
    """End all workers of this process."""
    with suppress(queue.Empty):
        while True:
            _idle.get_nowait()
    while _all:
        _all.pop().close()


def _made() -> Worker:
    worker = Worker()
    _all.append(worker)
    return worker


def answers(
    executor: Executor,
    tasks: Iterable[tuple[Given, Task]],
    width: int,
    handed: Callable[[Given], None],
    check: Callable[[], None] = lambda: None,
) -> Iterator[tuple[Given, Reply]]:
    """Have tasks done, `width` at a time; yields each given key with its reply as they come in.

    `handed` is told of each key as its task is handed to the executor; `check` is called while nothing comes back.
    """
    waiting: dict[Future[Reply], tuple[Given, Task]] = {}
    try:
        for key, task in tasks:
            handed(key)
            waiting[executor.submit(ask, task)] = key, task
            if len(waiting) >= width:
                yield from _done(waiting, check)
        while waiting:
            yield from _done(waiting, check)
    finally:
        for future in waiting:
            future.cancel()


def _done(
    waiting: dict["Future[Reply]", tuple[Given, Task]], check: Callable[[], None]
) -> Iterator[tuple[Given, Reply]]:
    while not (done := wait(waiting, QUIET, FIRST_COMPLETED).done):
        check()
    for future in done:
        key, task = waiting.pop(future)
        yield key, _reply(future, task)


def _reply(future: "Future[Reply]", task: Task) -> Reply:
    """What became of a task. One that is given up is done here: Dask does so where workers end with it in hand."""
    try:
        return future.result()
    except CancelledError:  # nobody is there any more
        raise
    except Exception:
        return ask(task)
