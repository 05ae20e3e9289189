"""A sweep that meets its end at a write: `kill_at.py kill|full N ARGUMENTS...` runs vsdocs with these arguments.

A write is a commit of the database, a flush of a file or its move into place. At the Nth one, counted from 0, the process is
killed (`kill`), or the disk is full from there on (`full`). With N = -1 the number of writes is printed on stderr at the end.
"""

import errno
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from vsdocs.cli import main

how, at = sys.argv[1], int(sys.argv[2])
writes = 0
counting = threading.Lock()


def counted(write: Callable[..., Any]) -> Callable[..., Any]:
    def instead(*given: Any, **named: Any) -> Any:
        met()
        return write(*given, **named)

    return instead


def met() -> None:
    global writes
    with counting:
        writes += 1
        number = writes - 1
    if at < 0 or number < at:
        return
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def at_commit(_connection: object) -> None:
    try:
        met()
    except OSError as full:
        raise sa.exc.OperationalError("commit", None, full) from full


os.fsync = counted(os.fsync)
Path.replace = counted(Path.replace)  # type: ignore[method-assign]
sa.event.listen(sa.Engine, "commit", at_commit)
sys.argv[1:3] = []
try:
    main()
finally:
    if at < 0:
        sys.stderr.write(f"writes: {writes}\n")
