"""One at a time: a lock file that the system lets go of when its holder is killed, and a note of who holds it since when."""

import contextlib
import getpass
import platform
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from vsdocs.errors import LockedError


@contextlib.contextmanager
def file_lock(path: Path, what: str) -> Iterator[None]:
    """Hold `.<name>.lock` beside a path, for `what` it stands for. Raises LockedError, and OSError where it cannot be made."""
    from filelock import FileLock, Timeout

    told = path.with_name(f".{path.name}.held-by")
    lock = FileLock(path.with_name(f".{path.name}.lock"), blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise locked(what, *_told(told)) from None
    try:
        with contextlib.suppress(OSError):
            told.write_text(me(), encoding="utf-8")
        yield
    finally:
        with contextlib.suppress(OSError):
            told.unlink(missing_ok=True)
        lock.release()


def me() -> str:
    """Who is at work, of letters that PostgreSQL keeps in a name, and not longer than it keeps."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = "somebody"
    return f"{user} on {platform.node() or 'a computer'}".encode("ascii", "replace").decode()[:44]


def locked(what: str, who: str, since: float | None) -> LockedError:
    by = f": {who}" if who else ""
    when = f", since {datetime.fromtimestamp(since):%H:%M on %d %B %Y}" if since else ""
    return LockedError(f"Another sweep is at work on {what}{by}{when}.", "Wait until it has ended, then try again.")


def _told(path: Path) -> tuple[str, float | None]:
    try:
        return path.read_text(encoding="utf-8")[:100], path.stat().st_mtime
    except (OSError, UnicodeDecodeError):
        return "", None
