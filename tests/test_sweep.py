"""A folder of files becomes outcomes that add up, results on disk, and the same results after a kill."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import FIXTURES, PEPS

Sweeping = Callable[..., subprocess.CompletedProcess[str]]


def command(folder: Path, out: Path, *options: str) -> list[str]:
    store = ("--store", str(out.parent / "store.sqlite"))
    return [sys.executable, "-m", "vsdocs", "sweep", str(folder), "--out", str(out), *store, "--today", "2026-11-20", *options]


@pytest.fixture
def sweep(tmp_path: Path) -> Sweeping:
    """Sweep a folder into tmp_path/out, with a store of the test's own."""

    def run(folder: Path, *options: str, out: str = "out") -> subprocess.CompletedProcess[str]:
        return subprocess.run(command(folder, tmp_path / out, *options), capture_output=True, text=True)

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six Word PEPs in two folders, one of them twice, and files that are none."""
    folder = tmp_path_factory.mktemp("peps")
    for number, pep in enumerate(sorted(PEPS.rglob("*.docx"))[::2]):
        below = folder / ("Sunny Bank School" if number % 2 else ".")
        below.mkdir(exist_ok=True)
        shutil.copy(pep, below / f"pep {number}.docx")
    shutil.copy(folder / "pep 0.docx", folder / "the same again.docx")
    (folder / "~$pep 0.docx").write_bytes(b"\x05Ms Invented")
    (folder / "notes.md").write_text("# not a PEP\n")
    (folder / "empty.docx").write_bytes(b"")
    (folder / "cut short.docx").write_bytes((folder / "pep 0.docx").read_bytes()[:9000])
    return folder


def told(out: Path) -> dict[str, object]:
    value: dict[str, object] = json.loads((out / "sweep.json").read_text(encoding="utf-8"))
    return value


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes; workbook and letters by their unpacked parts."""
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.endswith(".lock"):
            name = str(path.relative_to(folder))
            if path.suffix in (".xlsx", ".docx"):
                with zipfile.ZipFile(path) as archive:
                    files |= {f"{name}/{part}": archive.read(part) for part in archive.namelist()}
            else:
                files[name] = path.read_bytes()
    return files


def test_every_file_has_one_outcome_and_the_last_line_adds_up(folder: Path, sweep: Sweeping, tmp_path: Path) -> None:
    done = sweep(folder, "--term", "Autumn 2026")
    assert done.returncode == 8, done.stderr
    swept = told(tmp_path / "out")
    files = swept["files"]
    assert isinstance(files, list)
    outcomes = {entry["source"]: entry["outcome"] for entry in files}
    assert len(outcomes) == len(files) == sum(swept["counts"].values()) == 11  # type: ignore[attr-defined]
    assert outcomes["~$pep 0.docx"] == outcomes["notes.md"] == "ignored"
    assert outcomes["empty.docx"] == outcomes["cut short.docx"] == "unreadable"
    assert outcomes["the same again.docx"] == "known"
    assert {outcomes[name] for name in outcomes if name.split("/")[-1].startswith("pep ")} <= {"graded", "needs_person"}
    assert swept["run"]["term"] == "Autumn 2026"  # type: ignore[index]
    last = done.stdout.splitlines()[-1]
    assert last.startswith("11 files: ")
    assert sum(int(word) for word in last.split(": ")[1].split() if word.isdigit()) == 11


def test_all_that_is_promised_is_written(folder: Path, sweep: Sweeping, tmp_path: Path) -> None:
    sweep(folder)
    out = tmp_path / "out"
    graded = {entry["id"] for entry in told(out)["files"] if entry["outcome"] == "graded"}  # type: ignore[attr-defined]
    assert graded
    assert {path.stem for path in (out / "letters").glob("*.docx")} == graded
    assert {path.stem for path in (out / "peps").glob("*.json")} >= graded
    assert (out / "sweep.xlsx").stat().st_size > 5000
    assert "<html" in (out / "sweep.html").read_text(encoding="utf-8")[:500]


def test_a_second_sweep_reads_nothing_again_and_says_so(folder: Path, sweep: Sweeping, tmp_path: Path) -> None:
    sweep(folder)
    first = told(tmp_path / "out")
    again = sweep(folder)
    assert "Nothing was read again" in again.stdout
    second = told(tmp_path / "out")
    assert second["counts"]["graded"] == 0  # type: ignore[index]
    grades = [{entry["source"]: entry["grade"] for entry in swept["files"]} for swept in (first, second)]  # type: ignore[attr-defined]
    assert grades[0] == grades[1]


def test_a_killed_sweep_goes_on_and_ends_the_same(folder: Path, sweep: Sweeping, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    subprocess.run(command(folder, whole / "out"), capture_output=True)
    store = tmp_path / "store.sqlite"
    running = subprocess.Popen(command(folder, tmp_path / "out"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while running.poll() is None and rows(store) < 3:
        time.sleep(0.02)
    running.kill()
    running.wait()
    assert 0 < rows(store) < 11
    assert sweep(folder).returncode == 8
    assert tree(tmp_path / "out") == tree(whole / "out")


def rows(store: Path) -> int:
    try:
        with sqlite3.connect(store, timeout=5) as connection:
            return int(connection.execute("select count(*) from run_file").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_stops_with_130_and_keeps_what_is_done(folder: Path, tmp_path: Path) -> None:
    running = subprocess.Popen(command(folder, tmp_path / "out"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while running.poll() is None and rows(tmp_path / "store.sqlite") < 2:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, stderr = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "goes on from there" in stderr
    assert "Traceback" not in stderr


def test_an_edited_letter_is_left_as_it_is(folder: Path, sweep: Sweeping, tmp_path: Path) -> None:
    sweep(folder)
    letters = sorted((tmp_path / "out" / "letters").glob("*.docx"))
    letters[0].write_bytes(b"edited in Word")
    assert "1 letters that you had edited" in sweep(folder).stdout
    assert letters[0].read_bytes() == b"edited in Word"


def test_two_sweeps_at_once_are_one_too_many(folder: Path, sweep: Sweeping, tmp_path: Path) -> None:
    running = subprocess.Popen(command(folder, tmp_path / "out"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while running.poll() is None and rows(tmp_path / "store.sqlite") < 1:
        time.sleep(0.02)
    assert sweep(folder).returncode == 9
    assert running.wait() == 8


def test_a_slip_in_the_rubrics_name_stops_before_the_first_file(folder: Path, sweep: Sweeping, tmp_path: Path) -> None:
    done = sweep(folder, "--rubric", "dorset-2025-2026")
    assert done.returncode == 5
    assert "did you mean 'dorset-2025-26'" in done.stderr
    assert not (tmp_path / "out" / "sweep.json").exists()


def test_no_name_reaches_what_is_printed(folder: Path, sweep: Sweeping) -> None:
    done = sweep(folder)
    said = done.stdout + done.stderr
    for truth in PEPS.rglob("*.truth.json"):
        surname = json.loads(truth.read_text(encoding="utf-8"))["record"]["child"]["surname"]
        assert surname not in said


def test_json_goes_to_stdout_and_words_to_stderr(folder: Path, sweep: Sweeping, tmp_path: Path) -> None:
    done = sweep(folder, "--json")
    assert json.loads(done.stdout) == told(tmp_path / "out")
    assert "11 files: " in done.stderr


def test_results_inside_the_folder_are_not_swept(folder: Path, tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    shutil.copytree(folder, inside)
    for _ in range(2):
        subprocess.run(command(inside, inside / "results"), capture_output=True)
        swept = told(inside / "results")
        assert not [e for e in swept["files"] if e["source"].startswith("results/")]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["hostile", "not_peps"])
def test_no_hostile_file_stops_a_sweep_or_is_graded(name: str, sweep: Sweeping, tmp_path: Path) -> None:
    done = sweep(FIXTURES / name)
    assert done.returncode in (0, 8), done.stderr
    assert "Traceback" not in done.stderr
    swept = told(tmp_path / "out")
    assert len(swept["files"]) == sum(swept["counts"].values())  # type: ignore[arg-type,attr-defined]
    if name == "not_peps":
        assert {entry["outcome"] for entry in swept["files"]} == {"not_a_pep"}  # type: ignore[attr-defined]
