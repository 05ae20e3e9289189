"""From an older layout of the tables to this version's: all of it in one transaction, and a copy of the file before it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from vsdocs.errors import StoreError
from vsdocs.store import guards, sqlite, tables
from vsdocs.store.faults import DAMAGED

MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 0x7653646F6C61  # the advisory lock's number
_NO_STORE = ("This file or database is not a vsdocs store.", "Give --store another path or address.")


def upgrade(engine: sa.Engine, path: Path | None = None, key: str | None = None) -> None:
    """Bring a store to this layout: a new one is made, an older one migrated, a newer one refused."""
    with engine.connect() as connection:
        layout = _layout(connection)
        if _is_done(connection, layout):
            return
    if path is not None and layout not in (None, tables.LAYOUT):
        sqlite.copy(path, key, path.with_name(f"{path.name}.before-{tables.LAYOUT}"))
    with (
        engine.connect().execution_options(vsdocs_writes=True) as connection,
        _tables_free(connection),
        connection.begin(),
    ):
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
        if not _is_done(connection, _layout(connection)):  # nobody else did it while this one waited
            _migrate(connection)


@contextmanager
def _tables_free(connection: sa.Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, and while keys are enforced no table may go that another refers to."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection  # in a transaction SQLite would not heed this
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _is_done(connection: sa.Connection, layout: str | None) -> bool:
    return layout == tables.LAYOUT and not (connection.dialect.name == "sqlite" and guards.missing(connection))


def _layout(connection: sa.Connection) -> str | None:
    """The layout of the tables that are there, or None where there is nothing at all."""
    inspector = sa.inspect(connection)
    if not inspector.has_table("alembic_version"):
        if connection.dialect.name == "sqlite" and not _is_new(connection):
            raise StoreError(*_NO_STORE)
        return None
    layout = connection.execute(sa.text("select version_num from alembic_version")).scalar()
    if not isinstance(layout, str) or not re.fullmatch(r"\d{4}", layout):
        raise StoreError(*_NO_STORE)
    if layout > tables.LAYOUT:
        raise StoreError("This store was made by a newer vsdocs.", "Update vsdocs, or name another store with --store.")
    return layout


def _is_new(connection: sa.Connection) -> bool:
    """A file that SQLite has at most put its first page into; a store whose list of tables was lost has more."""
    return int(connection.execute(sa.text("PRAGMA page_count")).scalar_one()) <= 1


def _migrate(connection: sa.Connection) -> None:
    from alembic import command  # heavy, and needed only here
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    if connection.dialect.name == "sqlite":
        guards.take_down(connection)
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise StoreError(*_NO_STORE) from None
    if connection.dialect.name == "sqlite":
        if connection.execute(sa.text("PRAGMA foreign_key_check")).first() is not None:
            raise StoreError(*DAMAGED)
        guards.put_up(connection)
