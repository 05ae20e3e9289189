"""How a store's database is opened: its address, its place, who may read it, its layout; what goes wrong is a StoreError."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from vsdocs.errors import MissingProgramError, StoreError
from vsdocs.store import tables


def open_database(url: str) -> tuple[sa.Engine, Path | None]:
    """The database at this URL, brought to this version's layout, and its path where it is a file."""
    path = _sqlite_path(url)
    with as_store_error():
        if path is not None:
            _make_private(path)
        engine = sa.create_engine(url)
        if path is not None:
            sa.event.listen(engine, "connect", _sqlite_pragmas)
        _upgrade(engine)
    return engine, path


def url_of(path_or_url: str) -> str:
    """A database URL as it is; a plain path as the URL of a SQLite file."""
    return path_or_url if "://" in path_or_url else f"sqlite:///{Path(path_or_url).expanduser().absolute()}"


def _sqlite_path(url: str) -> Path | None:
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise StoreError(
            "The store's address is not understood.", "Give a path, or a URL such as sqlite:///C:/peps/store.sqlite."
        ) from None
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    return Path(parsed.database)


def _make_private(path: Path) -> None:
    """The store holds children's data: on systems that have file modes only its owner may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, stat.S_IRUSR | stat.S_IWUSR))


def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _upgrade(engine: sa.Engine) -> None:
    """Bring a store to this layout: a new one is made, an older one migrated, a newer one refused."""
    layout = _layout(engine)
    if layout == tables.LAYOUT:
        return
    if layout is not None and layout > tables.LAYOUT:
        raise StoreError("This store was made by a newer vsdocs.", "Update vsdocs, or name another store with --store.")
    from alembic import command  # heavy, and needed only here
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _layout(engine: sa.Engine) -> str | None:
    if not sa.inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        return connection.execute(sa.text("select version_num from alembic_version")).scalar()


@contextmanager
def as_store_error() -> Iterator[None]:
    try:
        yield
    except ImportError:
        raise MissingProgramError(
            "The driver for this kind of database is not installed.",
            "Leave --store out to use a file on this computer, or have the driver installed.",
        ) from None
    except sa.exc.DatabaseError as error:
        if "not a database" not in str(error.orig):
            raise _unusable(error) from None
        raise StoreError("This file is not a vsdocs store.", "Give --store another path.") from None
    except (sa.exc.SQLAlchemyError, OSError) as error:
        raise _unusable(error) from None


def _unusable(error: Exception) -> StoreError:
    return StoreError(
        f"The store could not be used ({type(error.__cause__ or error).__name__}).",
        "Check that its folder exists, is not read-only and is on this computer; --store names another place.",
    )
