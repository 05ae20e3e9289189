"""A store in a SQLite file: private, in WAL mode, encrypted where there is a key."""

import os
import stat
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import sqlalchemy as sa

from vsdocs.errors import StoreError

_PLAIN = b"SQLite format 3\0"
_PRAGMAS = ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


def engine_of(path: Path, key: str | None) -> sa.Engine:
    """The engine of a file that is there or is made now."""
    _refuse_wrong_kind(path, key)
    make_private(path)
    connect, driver = _connecting(key)
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        creator=lambda: connect(path),
        module=driver,
    )
    sa.event.listen(engine, "begin", _begin)
    return engine


def copy(path: Path, key: str | None, to: Path) -> None:
    """A copy of a store, also of one in use: whole or not there at all."""
    connect, _ = _connecting(key)
    part = to.with_name(f"{to.name}.part")
    part.unlink(missing_ok=True)
    make_private(part)
    source, target = connect(path), connect(part)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    part.replace(to)


def make_private(path: Path) -> None:
    """The store holds children's data: on systems that have file modes only its owner may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, stat.S_IRUSR | stat.S_IWUSR))


def _refuse_wrong_kind(path: Path, key: str | None) -> None:
    if not path.exists() or path.stat().st_size == 0:
        return
    with path.open("rb") as file:
        plain = file.read(len(_PLAIN)) == _PLAIN
    if plain and key is not None:
        raise StoreError(
            "This store is not encrypted, but a key was given for it.",
            "Leave the key out, or name another path with --store for a new encrypted store.",
        )
    if not plain and key is None:
        raise StoreError(
            "This file is not a vsdocs store, or it is an encrypted one.",
            "Give --store another path, or say with --store-key where the key is.",
        )


def _connecting(key: str | None) -> tuple[Callable[[Path], Any], ModuleType]:
    """How a connection is made, and the driver that makes it. The key goes to the driver alone and into no message."""
    driver: Any = import_module("sqlite3" if key is None else "sqlcipher3.dbapi2")

    def connect(path: Path) -> Any:
        connection = driver.connect(path, timeout=10, check_same_thread=False, isolation_level=None)
        try:
            if key is not None:
                connection.execute("PRAGMA cipher_log_level=NONE")
                connection.execute("PRAGMA key='{}'".format(key.replace("'", "''")))
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection

    return connect, driver


def _begin(connection: sa.Connection) -> None:
    """The driver's own way of beginning would leave a change of tables outside of any transaction."""
    writing = connection.get_execution_options().get("vsdocs_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
