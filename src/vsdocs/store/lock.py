"""One sweep at a time on one store: a lock file beside a SQLite store, an advisory lock in PostgreSQL.

Whoever is turned away is told who holds the lock and since when. The system or the server lets go of a lock when its
holder is killed.
"""

import contextlib
import getpass
import platform
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from vsdocs.errors import LockedError
from vsdocs.store import guards
from vsdocs.store.faults import as_store_error

_NUMBER = 0x7653646F6373  # "vSdocs": the advisory lock's number
_MARK = "vsdocs "


@contextlib.contextmanager
def held(engine: sa.Engine, path: Path | None) -> Iterator[None]:
    """Hold the store's lock, or raise LockedError."""
    if path is not None:
        with _file_lock(path):
            with as_store_error():
                if path.stat().st_size > guards.ALWAYS_CHECKED:
                    guards.check(engine)  # next to a sweep this takes no time
            yield
    elif engine.dialect.name == "postgresql":
        with _advisory_lock(engine):
            yield
    else:
        yield  # a store in memory is nobody else's


@contextlib.contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    told = path.with_name(f".{path.name}.held-by")
    lock = FileLock(path.with_name(f".{path.name}.lock"), blocking=False)
    with as_store_error():
        try:
            lock.acquire()
        except Timeout:
            raise _locked(*_told(told)) from None
    try:
        with contextlib.suppress(OSError):
            told.write_text(_me(), encoding="utf-8")
        yield
    finally:
        with contextlib.suppress(OSError):
            told.unlink(missing_ok=True)
        lock.release()


def _told(path: Path) -> tuple[str, float | None]:
    try:
        return path.read_text(encoding="utf-8")[:100], path.stat().st_mtime
    except (OSError, UnicodeDecodeError):
        return "", None


@contextlib.contextmanager
def _advisory_lock(engine: sa.Engine) -> Iterator[None]:
    """The holder's name and hour stand in its connection's application_name, which every role of the server may read."""
    with contextlib.ExitStack() as stack:
        with as_store_error():
            connection = stack.enter_context(
                engine.execution_options(isolation_level="AUTOCOMMIT").connect()
            )  # no transaction stays open for the hours of a sweep
            taken = connection.execute(sa.select(sa.func.pg_try_advisory_lock(_NUMBER))).scalar_one()
            if not taken:
                raise _locked(*_holder(connection))
            now = connection.execute(sa.text("select extract(epoch from clock_timestamp())::bigint")).scalar_one()
            _name(connection, f"{_MARK}{now} {_me()}")
        try:
            yield
        finally:
            with contextlib.suppress(sa.exc.SQLAlchemyError):  # a lost connection has let go of the lock by itself
                _name(connection, "vsdocs")
                connection.execute(sa.select(sa.func.pg_advisory_unlock(_NUMBER)))


def _name(connection: sa.Connection, name: str) -> None:
    connection.execute(sa.select(sa.func.set_config("application_name", name, False)))


def _holder(connection: sa.Connection) -> tuple[str, float | None]:
    query = sa.text(
        "select application_name from pg_locks join pg_stat_activity using (pid) where locktype = 'advisory' and granted"
        " and classid::bigint = :high and objid::bigint = :low and pg_locks.database ="
        " (select oid from pg_database where datname = current_database())"
    )
    name = connection.execute(query, {"high": _NUMBER >> 32, "low": _NUMBER & 0xFFFFFFFF}).scalar() or ""
    since, _, who = name.removeprefix(_MARK).partition(" ")
    return (who, float(since)) if name.startswith(_MARK) and since.isdigit() else ("", None)


def _me() -> str:
    """Who is at work, of letters that PostgreSQL keeps in a name, and not longer than it keeps."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = "somebody"
    return f"{user} on {platform.node() or 'a computer'}".encode("ascii", "replace").decode()[:44]


def _locked(who: str, since: float | None) -> LockedError:
    by = f": {who}" if who else ""
    when = f", since {datetime.fromtimestamp(since):%H:%M on %d %B %Y}" if since else ""
    return LockedError(f"Another sweep is at work on this store{by}{when}.", "Wait until it has ended, then try again.")
