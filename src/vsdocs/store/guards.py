"""How damage to a SQLite store is seen: every page is looked through, and what a row says is compared with an index of it.

SQLite compares tables with their indexes. So each table has an index of all its columns but what is packed, which carries
its own checksum (`Frozen.packed`): a byte that changed anywhere is found here or when it is unpacked.
"""

from pathlib import Path

import sqlalchemy as sa

from vsdocs.errors import StoreError
from vsdocs.store import tables
from vsdocs.store.faults import DAMAGED

#: Looking through 500 MB takes 0.7 s from memory and 4 s from a disk: too long before each of a hundred moderations.
ALWAYS_CHECKED = 200_000_000  # bytes


def must_check(path: Path) -> bool:
    """Whether to look through a file before it is opened: one that is not too big, or was not closed properly."""
    log = path.with_name(f"{path.name}-wal")
    return path.exists() and (path.stat().st_size <= ALWAYS_CHECKED or (log.exists() and log.stat().st_size > 0))


def check(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        if connection.execute(sa.text("PRAGMA integrity_check(1)")).scalar() != "ok":
            raise StoreError(*DAMAGED)


def missing(connection: sa.Connection) -> bool:
    return _there(connection) != {index.name for index in _wanted()}


def put_up(connection: sa.Connection) -> None:
    for index in _wanted():
        index.create(connection)


def take_down(connection: sa.Connection) -> None:
    """A migration may change the columns that are guarded."""
    for name in _there(connection):
        connection.execute(sa.text(f"DROP INDEX {name}"))


def _there(connection: sa.Connection) -> set[str]:
    query = "select name from sqlite_master where type = 'index' and name like 'guard\\_%' escape '\\'"
    return set(connection.execute(sa.text(query)).scalars())


def _wanted() -> list[sa.Index]:
    """Made on a copy of the tables: PostgreSQL has no use for these, its server has page checksums of its own."""
    indexes = []
    for table in tables.metadata.sorted_tables:
        copied = table.to_metadata(sa.MetaData())
        columns = [column for column in copied.columns if not isinstance(column.type, sa.LargeBinary)]
        if {column.name for column in columns} != {column.name for column in copied.primary_key.columns}:
            indexes.append(sa.Index(f"guard_{table.name}", *columns))
    return indexes
