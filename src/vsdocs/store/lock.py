"""One sweep at a time on one store: a lock file beside a SQLite store, an advisory lock in PostgreSQL.

Whoever is turned away is told who holds the lock and since when. The system or the server lets go of a lock when its
holder is killed.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from vsdocs.lock import file_lock, locked, me
from vsdocs.store import guards
from vsdocs.store.faults import as_store_error

_NUMBER = 0x7653646F6373  # "vSdocs": the advisory lock's number
_MARK = "vsdocs "
_THIS = "this store"


@contextlib.contextmanager
def held(engine: sa.Engine, path: Path | None) -> Iterator[None]:
    """Hold the store's lock, or raise LockedError."""
    if path is not None:
        with contextlib.ExitStack() as stack:
            with as_store_error():
                stack.enter_context(file_lock(path, _THIS))
                if path.stat().st_size > guards.ALWAYS_CHECKED:
                    guards.check(engine)  # next to a sweep this takes no time
            yield
    elif engine.dialect.name == "postgresql":
        with _advisory_lock(engine):
            yield
    else:
        yield  # a store in memory is nobody else's


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
                raise locked(_THIS, *_holder(connection))
            now = connection.execute(sa.text("select extract(epoch from clock_timestamp())::bigint")).scalar_one()
            _name(connection, f"{_MARK}{now} {me()}")
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
