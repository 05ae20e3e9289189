"""A cluster that goes away in the middle of a sweep: it is told kindly, and nothing is lost or done otherwise."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from test_kill import EVERY_WRITE, Undisturbed, finished, gone_on_with, peps, same, undisturbed
from test_sweep import command

__all__ = ["peps", "undisturbed"]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX signals")

#: vsdocs as it is, but that it looks sooner whether anybody is still at work.
SOON = "from vsdocs import engine, worker; worker.QUIET, engine.SILENT = 1, 3; from vsdocs.cli import main; main()"


@dataclass
class Lab:
    """A scheduler and workers to strike at; nobody starts them again. A file that `allowed` workers die with is one too many."""

    home: Path
    allowed: int
    scheduler: subprocess.Popen[bytes] = field(init=False)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scheduler = self._started("scheduler", "--port", "0")

    def staff(self, workers: int) -> str:
        """Start so many workers more; the scheduler's address."""
        from distributed import Client

        self.workers += [self._started("worker", "--no-nanny", "--nthreads", "1") for _ in range(workers)]
        with Client(scheduler_file=str(self._told), timeout="60s", set_as_default=False) as client:
            client.wait_for_workers(sum(worker.poll() is None for worker in self.workers), timeout=120)
            return str(client.scheduler.address)

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait(30)

    @property
    def _told(self) -> Path:
        return self.home / "scheduler.json"

    def _started(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        program = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--host", "127.0.0.1", "--no-dashboard"]
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        patience = os.environ | {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(self.allowed)}
        return subprocess.Popen([*program, "--scheduler-file", str(self._told), *options], env=patience, **quiet)


@pytest.fixture
def lab(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    lab = Lab(tmp_path_factory.mktemp("dask"), allowed=getattr(request, "param", 3))
    yield lab
    lab.close()


def struck(lab: Lab, folder: Path, home: Path, blow: Callable[[], None]) -> tuple[int, list[str]]:
    """Sweep on two workers, with a blow when the first file is done: the exit code, and what was said to people."""
    _, _, _, *arguments = command(folder, home, "--log-json", "--dask", lab.staff(2))
    running = subprocess.Popen(
        [sys.executable, "-c", SOON, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        assert running.stderr is not None
        told = next((line for line in running.stderr if '"done"' in line), "nothing was done")
        assert '"done"' in told
        blow()
        said = running.communicate(timeout=60)[1]
    finally:
        running.kill()
    return running.returncode, [line for line in said.splitlines() if not line.startswith("{")]


def test_where_no_worker_is_left_it_stops_and_goes_on_with_a_new_one(
    lab: Lab, peps: Path, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    def blow() -> None:
        for worker in lab.workers:
            worker.kill()
            worker.wait()

    code, said = struck(lab, peps, tmp_path, blow)
    assert code == 2, said
    assert said[0] == "No worker of the cluster is left."
    assert len(said) == 2, said
    assert finished(tmp_path / "store.sqlite") == 0
    again = subprocess.run(command(peps, tmp_path, "--dask", lab.staff(1)), capture_output=True, text=True)
    assert again.returncode == 0, again.stderr
    same(tmp_path, undisturbed)


@pytest.mark.parametrize("lab", [0, 3] if EVERY_WRITE else [0], indirect=True)  # given up; handed to the other
def test_where_one_worker_of_two_is_lost_it_ends_the_same(
    lab: Lab, peps: Path, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    code, said = struck(lab, peps, tmp_path, lambda: lab.workers[0].kill())
    assert (code, said) == (0, [])
    same(tmp_path, undisturbed)


@pytest.mark.parametrize("how", ["SIGKILL", "SIGSTOP"] if EVERY_WRITE else ["SIGKILL"])  # cut off, or says nothing
def test_where_the_scheduler_is_lost_it_stops_and_goes_on_here(
    how: str, lab: Lab, peps: Path, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    code, said = struck(lab, peps, tmp_path, lambda: lab.scheduler.send_signal(signal.Signals[how]))
    assert code == 2, said
    assert said[0] == "The Dask scheduler does not answer any more."
    assert len(said) == 2, said
    gone_on_with(peps, tmp_path)
    same(tmp_path, undisturbed)
