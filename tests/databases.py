"""The databases that the store's tests run on: a SQLite file, an encrypted one, and a PostgreSQL server of our own.

The server is started on a socket in a folder of its own, one for each process of the tests, and taken down with it. Its databases
sort as English does, not by bytes, so that no test passes only because of how the server was set up.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from vsdocs.store import Store

KEY = "an invented key, long enough"
PASSWORD = "invented-and-long"
NUMBERS = count(1)


@dataclass(frozen=True)
class Cluster:
    """A running server with one database, in which each test has a schema of its own: that is made in no time."""

    socket: Path

    def url(self, schema: str = "public", user: str = "vsdocs", database: str = "english") -> str:
        return f"postgresql://{user}@/{database}?host={self.socket}&options=-csearch_path%3D{schema}"

    def new(self) -> str:
        """The URL of a new, empty schema."""
        schema = f"peps_{next(NUMBERS)}"
        self.run(f"create schema {schema} authorization vsdocs", "english")
        return self.url(schema)

    def run(self, statement: str, database: str = "postgres") -> Any:
        import psycopg

        with psycopg.connect(host=str(self.socket), user="postgres", dbname=database, autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else None


@dataclass(frozen=True)
class Database:
    """Where a test's store is; two openings give two processes' views of it."""

    kind: str
    url: str
    key: str | None = None
    opened: list[Store] = field(default_factory=list)

    def open(self) -> Store:
        self.opened.append(Store(self.url, self.key))
        return self.opened[-1]


def _programs() -> Path | None:
    """The folder of the newest server that is installed; Debian keeps it off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda at: float(at.parts[-3]))
    named = shutil.which("initdb")
    return found[-1].parent if found else Path(named).resolve().parent if named else None


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    home = Path(tempfile.mkdtemp(prefix="vsdocs-pg-", dir="/tmp"))  # short: a socket's path may have 107 letters
    who: dict[str, Any] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(home, "postgres", "postgres")
        who = {"user": "postgres", "group": "postgres", "extra_groups": []}
    data = home / "data"
    quiet: dict[str, Any] = {"cwd": home, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **who}
    make = ["initdb", "-D", str(data), "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync", "--auth=trust"]
    subprocess.run([programs / make[0], *make[1:]], check=True, **quiet)
    (data / "pg_hba.conf").write_text("local all with_password scram-sha-256\nlocal all all trust\n")
    settings = {"listen_addresses": "", "unix_socket_directories": str(home), "fsync": "off", "max_connections": "60"}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    server = subprocess.Popen([programs / "postgres", "-D", str(data), *options], **quiet)
    try:
        cluster = Cluster(home)
        _wait_for(cluster, server)
        yield cluster
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing is kept
        server.wait(timeout=60)
        shutil.rmtree(home, ignore_errors=True)


def _wait_for(cluster: Cluster, server: subprocess.Popen[bytes]) -> None:
    import psycopg

    for _ in range(600):
        assert server.poll() is None, "the server stopped at once"
        try:
            cluster.run("create role vsdocs login")
            break
        except psycopg.OperationalError:
            time.sleep(0.1)
    cluster.run(f"create role with_password login password '{PASSWORD}' in role vsdocs")
    cluster.run("create database english template template0 locale_provider icu icu_locale 'en-GB'")


@pytest.fixture(params=["sqlite", "encrypted", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of each kind."""
    if request.param == "postgresql":
        database = Database("postgresql", request.getfixturevalue("cluster").new())
    else:
        key = KEY if request.param == "encrypted" else None
        database = Database(request.param, str(tmp_path / "store.sqlite"), key)
    yield database
    for store in database.opened:
        store.close()
