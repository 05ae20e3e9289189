"""Whatever stops a sweep, it is told cleanly, and sweeping again ends as if nothing had happened.

`make soak` does the same with 200 kills at random moments and one at each write.
"""

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import PEPS
from test_sweep import command, tree

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX signals")

SMALL = min(PEPS.rglob("*.docx"), key=lambda path: path.stat().st_size)
FILES = 20
KILLS = int(os.environ.get("VSDOCS_KILLS", "3"))
EVERY_WRITE = "VSDOCS_KILLS" in os.environ
KILL_AT = Path(__file__).with_name("kill_at.py")
#: What only tells when something was done; all else must be the same.
OF_THE_CLOCK = ("run_report",)


@dataclass(frozen=True)
class Undisturbed:
    """A sweep that nothing stopped: what it left, how long it took and how often it wrote."""

    home: Path
    seconds: float
    writes: int


@pytest.fixture(scope="module")
def peps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty small PEPs of Word, each of another child."""
    folder = tmp_path_factory.mktemp("peps")
    for number in range(FILES):
        with zipfile.ZipFile(SMALL) as old, zipfile.ZipFile(folder / f"{number:02d}.docx", "w") as new:
            for part in old.infolist():
                data = old.read(part)
                if part.filename == "docProps/core.xml":
                    data = data.replace(b"</cp:coreProperties>", f"<!-- {number} --></cp:coreProperties>".encode())
                new.writestr(part, data)
            new.comment = f"{number}".encode()
    return folder


@pytest.fixture(scope="module")
def undisturbed(peps: Path, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    home = tmp_path_factory.mktemp("undisturbed")
    started = time.monotonic()
    done = subprocess.run(failing("count", -1, peps, home), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return Undisturbed(home, time.monotonic() - started, int(done.stderr.rsplit("writes: ", 1)[1]))


def failing(how: str, at: int, folder: Path, home: Path) -> list[str]:
    """The command that sweeps, with an end at its Nth write."""
    python, _, _, *rest = command(folder, home, "--jobs", "1")
    return [python, str(KILL_AT), how, str(at), *rest]


def rows(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in an order of their own."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as connection:
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        return {
            name: sorted(connection.execute(f"select * from {name}").fetchall(), key=repr)
            for name in tables
            if name not in OF_THE_CLOCK
        }


def same(home: Path, undisturbed: Undisturbed) -> None:
    """Nothing is missing, nothing is more, nothing is half written."""
    found = tree(home / "out")
    found.pop(".sweep.held-by", None)  # killed when all was done: the note of a lock that nobody holds any more
    assert found == tree(undisturbed.home / "out")
    placed = {str(home): str(undisturbed.home)}
    for name, wanted in rows(undisturbed.home / "store.sqlite").items():
        found = rows(home / "store.sqlite")[name]
        assert [tuple(placed_as(value, placed) for value in row) for row in found] == wanted, name


def gone_on_with(folder: Path, home: Path) -> None:
    """The same sweep again, unless it was struck when all was done."""
    if finished(home / "store.sqlite") == 0:
        done = subprocess.run(command(folder, home, "--jobs", "1"), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert finished(home / "store.sqlite") == 1


def finished(store: Path) -> int:
    """How many runs of a store are finished."""
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as connection:
            return int(connection.execute("select count(*) from run where finished").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def placed_as(value: object, placed: dict[str, str]) -> object:
    for old, new in placed.items():
        value = value.replace(old, new) if isinstance(value, str) else value
    return value


def whole(home: Path) -> None:
    """What a stopped sweep leaves: a store that is sound, and no file that is there in part."""
    for path in (home / "out").rglob("*.docx"):
        assert zipfile.ZipFile(path).testzip() is None
    if (home / "store.sqlite").exists():
        with sqlite3.connect(home / "store.sqlite") as connection:
            assert connection.execute("pragma integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("number", range(KILLS))
def test_killed_at_any_moment_it_ends_the_same(
    number: int, peps: Path, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    running = subprocess.Popen(
        command(peps, tmp_path, "--jobs", "1"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        running.wait(random.Random(number).uniform(0, undisturbed.seconds))
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.wait()
    whole(tmp_path)
    gone_on_with(peps, tmp_path)
    same(tmp_path, undisturbed)


def strikes() -> list[tuple[str, float]]:
    """How and where in a sweep's writes to strike, as shares of them all."""
    if EVERY_WRITE:
        return [*(("kill", n / 120) for n in range(120)), *(("full", n / 30) for n in range(30))]
    return [("kill", 0.3), ("kill", 0.97), ("full", 0.02), ("full", 0.6)]


@pytest.mark.parametrize(("how", "share"), strikes())
def test_stopped_at_a_write_it_ends_the_same(
    how: str, share: float, peps: Path, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    at = int(share * undisturbed.writes)
    done = subprocess.run(failing(how, at, peps, tmp_path), capture_output=True, text=True)
    if how == "kill":
        assert done.returncode == -signal.SIGKILL
    else:
        assert done.returncode == 10, done.stderr
        assert "disk" in done.stderr
        assert "Traceback" not in done.stderr
        assert not list((tmp_path / "out").rglob(".writing-*"))
    whole(tmp_path)
    gone_on_with(peps, tmp_path)
    same(tmp_path, undisturbed)


@pytest.mark.parametrize("kilobytes", [20, 300])
def test_where_no_file_may_grow_it_stops_cleanly(kilobytes: int, peps: Path, tmp_path: Path) -> None:
    def hold() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes << 10, kilobytes << 10))

    done = subprocess.run(command(peps, tmp_path), capture_output=True, text=True, preexec_fn=hold)
    assert done.returncode in (7, 10), done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 4
    whole(tmp_path)


def test_of_twenty_sweeps_started_at_once_exactly_one_runs(tmp_path: Path) -> None:
    folder = tmp_path / "peps"
    folder.mkdir()
    shutil.copy(sorted(PEPS.glob("d6*/*.pdf"))[0], folder)  # a scan: the others are turned away before it is read
    many = [
        subprocess.Popen(command(folder, tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for _ in range(20)
    ]
    ended = sorted((running.communicate()[1], running.returncode) for running in many)
    codes = [code for _, code in ended]
    assert sorted(codes) == [0] + [9] * 19
    assert all("Another sweep" in said for said, code in ended if code == 9)


def test_a_lock_that_a_killed_sweep_left_behind_holds_nobody_up(
    peps: Path, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    running = subprocess.Popen(command(peps, tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not (tmp_path / "out" / ".sweep.lock").exists() and running.poll() is None:
        time.sleep(0.01)
    running.kill()
    running.wait()
    gone_on_with(peps, tmp_path)
    same(tmp_path, undisturbed)


def test_a_file_that_is_still_being_copied_is_told_and_read_the_next_time(tmp_path: Path) -> None:
    folder = tmp_path / "peps"
    folder.mkdir()
    whole_file = SMALL.read_bytes()
    with (folder / "arriving.docx").open("wb") as file:
        file.write(whole_file[:4000])
        file.flush()
        running = subprocess.Popen(command(folder, tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while running.poll() is None:
            file.write(b"\0" * 10)
            file.flush()
            time.sleep(0.05)
    said, _ = running.communicate()
    assert "1 unreadable" in said
    (folder / "arriving.docx").write_bytes(whole_file)
    again = subprocess.run(command(folder, tmp_path), capture_output=True, text=True)
    assert "1 graded" in again.stdout or "1 needs person" in again.stdout
