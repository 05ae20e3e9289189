"""How a store's database is opened: its address, its place, its key, its layout."""

from pathlib import Path

import sqlalchemy as sa

from vsdocs.errors import StoreError
from vsdocs.store import guards, layout, places, sqlite
from vsdocs.store.faults import as_store_error

_POSTGRESQL = ("postgres", "postgresql", "postgresql+psycopg")


def url_of(path_or_url: str) -> str:
    """A database URL as it is; a plain path as the URL of a SQLite file."""
    if "://" in path_or_url:
        return path_or_url
    path = Path(path_or_url).expanduser().absolute()
    return sa.URL.create("sqlite", database=str(path)).render_as_string()


def file_of(url: str) -> Path | None:
    """The path of a store in a file, or None for one on a server."""
    return _path(_parsed(url))


def open_database(url: str, key: str | None = None) -> tuple[sa.Engine, Path | None]:
    """The database at this URL, brought to this version's layout, and its path where it is a file."""
    parsed = _parsed(url)
    path = _path(parsed)
    if key is not None and path is None:
        raise StoreError(
            "A key is only for a store in a file.", "Leave it out: a server's disk is encrypted by whoever runs it."
        )
    with as_store_error():
        if path is not None:
            places.refuse(path)
            if path.is_dir():
                raise StoreError("This is a folder.", "Name a file in it with --store, such as peps/store.sqlite.")
        doubtful = path is not None and guards.must_check(path)
        engine = sqlite.engine_of(path, key) if path is not None else _engine(parsed)
        try:
            if doubtful:
                guards.check(engine)
            layout.upgrade(engine, path, key)
        except BaseException:
            engine.dispose()
            raise
    return engine, path


def _parsed(url: str) -> sa.URL:
    try:
        parsed = sa.make_url(url_of(url))
    except (sa.exc.ArgumentError, ValueError):  # the latter for a port that is no number
        raise StoreError(
            "The store's address is not understood.",
            "Give a path, or a URL such as sqlite:///C:/peps/store.sqlite or postgresql://server/peps.",
        ) from None
    return parsed.set(drivername="postgresql+psycopg") if parsed.drivername in _POSTGRESQL else parsed


def _path(url: sa.URL) -> Path | None:
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    if url.drivername != "sqlite" or url.query or url.database.startswith("file:"):
        raise StoreError("The store's address is not understood.", "Give the plain path of a file.")
    return Path(url.database)


def _engine(url: sa.URL) -> sa.Engine:
    """A server's database, or one in memory."""
    if url.drivername == "postgresql+psycopg":
        url = url.difference_update_query(()).update_query_dict(
            {"connect_timeout": "15", "application_name": "vsdocs"} | dict(url.query)
        )
    engine = sa.create_engine(url)
    if engine.dialect.name not in ("sqlite", "postgresql"):
        raise StoreError("A store is kept in SQLite or PostgreSQL.", "Give --store a path or a postgresql:// address.")
    return engine
