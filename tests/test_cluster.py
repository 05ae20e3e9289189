"""A Dask cluster and a server's database give what one laptop with a file gives."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from databases import Cluster
from test_sweep import FILES, folder, tree
from vsdocs import engine, rubric, sweep
from vsdocs.outcome import OutcomeKind, Run
from vsdocs.store import Store, tables

__all__ = ["folder"]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, started as docs/scale.md says."""
    home = tmp_path_factory.mktemp("dask")
    environment = os.environ | {"DASK_DISTRIBUTED__ADMIN__TICK__LIMIT": "1h"}
    quiet: dict[str, Any] = {
        "cwd": home,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "env": environment,
    }
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    told = home / "scheduler.json"
    local = ("--host", "127.0.0.1", "--no-dashboard")
    started = [subprocess.Popen([*dask, *local, "--port", "0", "--scheduler-file", str(told)], **quiet)]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", *local, "--scheduler-file", str(told)]
    started.append(subprocess.Popen([*worker, "--nworkers", "2", "--nthreads", "1"], **quiet))
    try:
        from distributed import Client

        with Client(scheduler_file=str(told), timeout="60s", set_as_default=False) as client:
            client.wait_for_workers(2, timeout=120)
            address = client.scheduler.address
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(30)


def swept(folder: Path, out: Path, store: str, *options: str) -> subprocess.CompletedProcess[str]:
    places = ("--out", str(out), "--store", store, "--today", "2026-11-20", "--term", "Autumn 2026")
    command = [sys.executable, "-m", "vsdocs", "sweep", str(folder), *places, *options]
    return subprocess.run(command, capture_output=True, text=True)


def rows(store: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the store, but for where its results lie and when they were made."""
    opened = Store(store)
    try:
        with opened.engine.connect() as connection:
            return {
                table.name: sorted(
                    map(tuple, connection.execute(sa.select(*(c for c in table.columns if c.name != "out")))), key=repr
                )
                for table in tables.metadata.sorted_tables
                if table.name != "run_report"
            }
    finally:
        opened.close()


def test_a_cluster_and_a_server_give_the_same_rows_and_files(
    scheduler: str, cluster: Cluster, folder: Path, tmp_path: Path
) -> None:
    server = cluster.new()
    local = swept(folder, tmp_path / "local", str(tmp_path / "store.sqlite"))
    remote = swept(folder, tmp_path / "remote", server, "--dask", scheduler)
    assert local.returncode == remote.returncode == 8, remote.stderr
    assert tree(tmp_path / "remote") == tree(tmp_path / "local")
    assert rows(server) == rows(str(tmp_path / "store.sqlite"))


class Silent:
    def clock(self) -> float:
        return time.time()

    def begin(self, files: int) -> None: ...
    def in_hand(self, file_id: str) -> None: ...
    def done(self, file_id: str, outcome: OutcomeKind, seconds: float) -> None: ...


def test_files_that_the_workers_do_not_see_are_sent(scheduler: str, folder: Path, tmp_path: Path) -> None:
    with engine.dask(scheduler, folder, "common") as seen:
        assert not seen.by_bytes
    store = Store(str(tmp_path / "store.sqlite"))
    wanted = Run(id="", today="2026-11-20", rubric="dorset-2025-26", rubric_version="1", reader="1")
    run = store.begin(str(folder), str(tmp_path), wanted, any_day=True)
    with engine.dask(scheduler, folder, "common") as unseen:
        unseen = replace(unseen, by_bytes=True)
        swept = sweep.run(folder, tmp_path / "out", store, run, rubric.load(run.rubric), Silent(), unseen)
    assert swept.counts["graded"] + swept.counts["needs_person"] == 4
    assert sum(swept.counts.values()) == FILES
    store.close()


def test_where_no_scheduler_answers_it_is_said(folder: Path, tmp_path: Path) -> None:
    done = swept(folder, tmp_path / "out", str(tmp_path / "store.sqlite"), "--dask", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert "No Dask scheduler" in done.stderr
    assert "Traceback" not in done.stderr
