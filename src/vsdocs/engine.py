"""Who does the work of a sweep: threads of this computer, or a Dask cluster. Either way an Executor and how wide it is."""

import hashlib
import logging
import os
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from vsdocs import __version__, worker
from vsdocs.errors import MissingProgramError, UsageError

SILENT = 30.0  # seconds without an answer after which a scheduler that still holds its line is taken to be gone


@dataclass(frozen=True)
class Engine:
    """`width` tasks are in hand at a time. `by_bytes`: who does them may not see the files, so that bytes are sent.

    `check` is called while nothing comes back for a while, and raises where nothing ever will.
    """

    executor: Executor
    width: int
    by_bytes: bool = False
    check: Callable[[], None] = lambda: None


def cores() -> int:
    """How many cores this process may use, as far as the system says."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def local(jobs: int) -> Iterator[Engine]:
    """Workers of this computer. They start to load at once and end with the block, however it ends."""
    worker.start(jobs)
    executor = ThreadPoolExecutor(jobs)
    try:
        yield Engine(executor, width=2 * jobs)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        worker.close()


@contextmanager
def dask(address: str, folder: Path, form: str) -> Iterator[Engine]:
    """The workers of a Dask cluster, one file at a time on each of their threads.

    Files are opened where they are read if every worker sees the same folder, else their bytes are sent. A cluster that
    would read or grade otherwise than this computer is refused.
    """
    try:
        import distributed
    except ImportError:
        raise MissingProgramError(
            "Sweeping on a cluster needs the part `cluster`, which is not installed.",
            'Leave --dask out to sweep on this computer, or have it installed: pip install "vsdocs[cluster]".',
        ) from None
    for name in ("distributed", "distributed.client", "tornado.application"):  # they would print tracebacks
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    _refuse_silent(address)
    try:
        client: Any = distributed.Client(address, timeout="10s", set_as_default=False)  # type: ignore[no-untyped-call,unused-ignore]
    except (OSError, ValueError, ImportError):
        raise UsageError(
            "No Dask scheduler of this version answers there.", "Install the same vsdocs[cluster] here and there."
        ) from None
    # what a client without a scheduler makes of what is in hand, and of what is handed to it; the latter not in 2025.1
    without = CancelledError, getattr(distributed.client, "ClosedClientError", CancelledError)
    with client:
        try:
            threads, by_bytes = _hired(client, os.fspath(folder.absolute()), form)
        except OSError:
            raise _lost() from None
        try:
            yield Engine(client.get_executor(), 4 * threads, by_bytes, lambda: _refuse_alone(client))
        except without:
            raise _lost() from None
        finally:
            worker.close()


def _hired(client: Any, folder: str, form: str) -> tuple[int, bool]:
    """How many threads the cluster has, and whether files must be sent to it."""
    threads = sum(client.nthreads(callback_timeout=SILENT).values())
    if not threads:
        raise UsageError("This Dask scheduler has no workers.", "Start some with `dask worker` and the address.")
    likes = client.run(_likeness, form, on_error="return")
    if set(map(str, likes.values())) != {str(_likeness(form))}:
        raise UsageError(
            "Some workers of this cluster have another vsdocs or form vocabulary than this computer.",
            "Install the same vsdocs on all, and put a vocabulary of your own where all see it.",
        )
    here = _listing(folder)
    there = client.run(_listing, folder)
    return threads, any(seen != here for seen in there.values())


def _refuse_silent(address: str) -> None:
    """Dask itself waits for long, and says a lot, where nobody answers."""
    where = urlsplit(address if "://" in address else f"tcp://{address}")
    try:
        with socket.create_connection((where.hostname or "", where.port or 8786), timeout=10):
            return
    except (OSError, ValueError):
        raise UsageError(
            "No Dask scheduler answers at this address.", "Give --dask the address that `dask scheduler` prints."
        ) from None


def _refuse_alone(client: Any) -> None:
    try:
        threads = client.nthreads(callback_timeout=SILENT)
    except OSError:
        raise _lost() from None
    if not threads:
        raise UsageError(
            "No worker of the cluster is left.", "Start one and give the same command again; it goes on from there."
        )


def _lost() -> UsageError:
    return UsageError(
        "The Dask scheduler does not answer any more.",
        "Start the cluster anew and give the same command again; it goes on from there.",
    )


def _likeness(form: str) -> tuple[str, str]:
    """What two computers must share to give the same results."""
    from vsdocs import pipeline

    return __version__, pipeline.reader_version(form)


def _listing(folder: str) -> str:
    """Stands for what lies in a folder as this machine sees it: names, sizes and times."""
    seen = hashlib.sha256()
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            try:
                facts = Path(root, name).stat()
            except OSError:
                continue
            seen.update(os.fsencode(Path(root, name).relative_to(folder)))
            seen.update(f"\0{facts.st_size} {facts.st_mtime_ns}\0".encode())
    return seen.hexdigest()
