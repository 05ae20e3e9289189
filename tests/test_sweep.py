"""A folder of files becomes outcomes that add up, results on disk, and the same results after a kill."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from conftest import FIXTURES, PEPS
from vsdocs.lock import file_lock

FILES = 9  # in the folder that these tests sweep


def command(folder: Path, home: Path, *options: str) -> list[str]:
    """The command that sweeps a folder into home/out, with a store of its own at home/store.sqlite."""
    places = ("--out", str(home / "out"), "--store", str(home / "store.sqlite"), "--today", "2026-11-20")
    return [sys.executable, "-m", "vsdocs", "sweep", str(folder), *places, *options]


def sweep(folder: Path, home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(folder, home, *options), capture_output=True, text=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four Word PEPs in two folders, one of them twice, and files that are none."""
    folder = tmp_path_factory.mktemp("peps")
    for number, pep in enumerate(sorted(PEPS.rglob("*.docx"))[::3]):
        below = folder / ("Sunny Bank School" if number % 2 else ".")
        below.mkdir(exist_ok=True)
        shutil.copy(pep, below / f"pep {number}.docx")
    shutil.copy(folder / "pep 0.docx", folder / "the same again.docx")
    (folder / "~$pep 0.docx").write_bytes(b"\x05Ms Invented")
    (folder / "notes.md").write_text("# not a PEP\n")
    (folder / "empty.docx").write_bytes(b"")
    (folder / "cut short.docx").write_bytes((folder / "pep 0.docx").read_bytes()[:9000])
    return folder


@dataclass(frozen=True)
class First:
    """A first sweep of the folder: where it put its results and its store, and what it printed."""

    home: Path
    done: subprocess.CompletedProcess[str]

    @property
    def out(self) -> Path:
        return self.home / "out"

    def copy(self, to: Path) -> Path:
        """The same results and store at another place, for a second sweep."""
        shutil.copytree(self.home, to)
        return to


@pytest.fixture(scope="module")
def first(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> First:
    home = tmp_path_factory.mktemp("first")
    return First(home, sweep(folder, home, "--term", "Autumn 2026"))


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


def entries(out: Path) -> list[dict[str, object]]:
    files = told(out)["files"]
    assert isinstance(files, list)
    return files


def counts(out: Path) -> dict[str, int]:
    counted = told(out)["counts"]
    assert isinstance(counted, dict)
    return counted


def test_every_file_has_one_outcome_and_the_last_line_adds_up(first: First) -> None:
    assert first.done.returncode == 8, first.done.stderr
    outcomes = {str(entry["source"]): entry["outcome"] for entry in entries(first.out)}
    assert len(outcomes) == len(entries(first.out)) == sum(counts(first.out).values()) == FILES
    assert outcomes["~$pep 0.docx"] == outcomes["notes.md"] == "ignored"
    assert outcomes["empty.docx"] == outcomes["cut short.docx"] == "unreadable"
    assert outcomes["the same again.docx"] == "known"
    assert {outcomes[name] for name in outcomes if name.split("/")[-1].startswith("pep ")} <= {"graded", "needs_person"}
    run = told(first.out)["run"]
    assert isinstance(run, dict)
    assert run["term"] == "Autumn 2026"
    last = first.done.stdout.splitlines()[-1]
    assert last.startswith(f"{FILES} files: ")
    assert sum(int(word) for word in last.split(": ")[1].split() if word.isdigit()) == FILES


def test_all_that_is_promised_is_written(first: First) -> None:
    graded = {entry["id"] for entry in entries(first.out) if entry["outcome"] == "graded"}
    assert graded
    assert {path.stem for path in (first.out / "letters").glob("*.docx")} == graded
    assert {path.stem for path in (first.out / "peps").glob("*.json")} >= graded
    assert (first.out / "sweep.xlsx").stat().st_size > 5000
    assert "<html" in (first.out / "sweep.html").read_text(encoding="utf-8")[:500]
    assert not list(first.out.rglob(".writing-*"))


def test_no_name_reaches_what_is_printed(first: First) -> None:
    said = first.done.stdout + first.done.stderr
    for truth in PEPS.rglob("*.truth.json"):
        assert json.loads(truth.read_text(encoding="utf-8"))["record"]["child"]["surname"] not in said


def test_a_second_sweep_reads_nothing_again_and_says_so(folder: Path, first: First, tmp_path: Path) -> None:
    home = first.copy(tmp_path / "second")
    again = sweep(folder, home, "--json")
    assert "Nothing was read again" in again.stderr
    assert f"{FILES} files: " in again.stderr
    assert json.loads(again.stdout) == told(home / "out")
    assert counts(home / "out")["graded"] == 0
    grades = [{entry["source"]: entry["grade"] for entry in entries(out)} for out in (first.out, home / "out")]
    assert grades[0] == grades[1]


def test_grading_again_opens_no_file_and_grades_as_a_sweep_would(folder: Path, first: First, tmp_path: Path) -> None:
    fresh = sweep(folder, tmp_path / "fresh", "--rubric", "st-helens")
    home = first.copy(tmp_path / "again")
    shutil.move(folder, tmp_path / "away")
    folder.mkdir()
    try:
        again = sweep(folder, home, "--rubric", "st-helens", "--regrade")
    finally:
        folder.rmdir()
        shutil.move(tmp_path / "away", folder)
    assert again.returncode == fresh.returncode == 8, again.stderr
    assert "graded again" in again.stdout
    grades = [{e["source"]: (e["grade"], e["areas"]) for e in entries(h / "out")} for h in (tmp_path / "fresh", home)]
    assert grades[0] == grades[1]
    assert {e["source"]: (e["grade"], e["areas"]) for e in entries(first.out)} != grades[0]
    assert sum(counts(home / "out").values()) == FILES


def test_a_folder_that_was_never_swept_cannot_be_graded_again(folder: Path, tmp_path: Path) -> None:
    done = sweep(folder, tmp_path, "--regrade")
    assert done.returncode == 2
    assert "without --regrade" in done.stderr


def test_one_or_two_at_a_time_give_the_same(folder: Path, first: First, tmp_path: Path) -> None:
    assert sweep(folder, tmp_path, "--term", "Autumn 2026", "--jobs", "1").returncode == 8
    assert tree(tmp_path / "out") == tree(first.out)


def test_how_it_goes_is_told_as_json_lines_without_any_name(folder: Path, tmp_path: Path) -> None:
    done = sweep(folder, tmp_path, "--log-json")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert events[0]["event"] == "begin"
    assert events[0]["files"] == FILES
    told = [event for event in events if event["event"] == "done"]
    assert len(told) == FILES
    assert Counter(event["outcome"] for event in told) == {k: n for k, n in counts(tmp_path / "out").items() if n}
    assert {key for event in events for key in event} <= {
        "event",
        "seconds",
        "files",
        "id",
        "outcome",
        "took",
        "how",
        "counts",
    }
    assert (events[-1]["event"], events[-1]["how"]) == ("end", "done")
    for truth in PEPS.rglob("*.truth.json"):
        assert json.loads(truth.read_text(encoding="utf-8"))["record"]["child"]["surname"] not in done.stderr


def test_the_runs_of_a_store_are_listed_with_how_they_went(first: First) -> None:
    store = ("--store", str(first.home / "store.sqlite"))
    done = subprocess.run([sys.executable, "-m", "vsdocs", "runs", *store, "--json"], capture_output=True, text=True)
    (run,) = json.loads(done.stdout)
    assert run["files"] == FILES == sum(run["counts"].values())
    assert run["term"] == "Autumn 2026"
    assert run["seconds"] > 0
    assert all(len(file_id) == 12 and seconds >= 0 for file_id, seconds in run["slowest"])
    told = subprocess.run([sys.executable, "-m", "vsdocs", "runs", *store], capture_output=True, text=True).stdout
    assert f"{FILES} files: " in told


def test_a_killed_sweep_goes_on_and_ends_the_same(folder: Path, first: First, tmp_path: Path) -> None:
    running = start(folder, tmp_path, until=4, options=("--term", "Autumn 2026"))
    running.kill()
    running.wait()
    assert 0 < rows(tmp_path / "store.sqlite") < FILES
    assert sweep(folder, tmp_path, "--term", "Autumn 2026").returncode == 8
    assert tree(tmp_path / "out") == tree(first.out)


def start(folder: Path, home: Path, until: int, options: tuple[str, ...] = ()) -> "subprocess.Popen[str]":
    """A running sweep, once its store holds `until` files."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    running = subprocess.Popen(command(folder, home, *options), text=True, **quiet)  # type: ignore[call-overload]
    while running.poll() is None and rows(home / "store.sqlite") < until:
        time.sleep(0.02)
    return running  # type: ignore[no-any-return]


def rows(store: Path) -> int:
    if not store.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=5) as connection:
            return int(connection.execute("select count(*) from run_file").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_stops_with_130_and_keeps_what_is_done(folder: Path, tmp_path: Path) -> None:
    busy = tmp_path / "busy"
    shutil.copytree(folder, busy)
    shutil.copy(
        sorted(PEPS.glob("d6*/*.pdf"))[0], busy
    )  # a scan takes seconds: the sweep is still at work when it is stopped
    running = start(busy, tmp_path, until=3)
    running.send_signal(signal.SIGINT)
    _, stderr = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "goes on from there" in stderr
    assert "Traceback" not in stderr


def test_an_edited_letter_is_left_as_it_is(folder: Path, first: First, tmp_path: Path) -> None:
    home = first.copy(tmp_path / "edited")
    letter = sorted((home / "out" / "letters").glob("*.docx"))[0]
    letter.write_bytes(b"edited in Word")
    assert "1 letter that you had edited" in sweep(folder, home).stdout
    assert letter.read_bytes() == b"edited in Word"


@pytest.mark.parametrize("lock", ["out/.sweep.lock", ".store.sqlite.lock"])
def test_a_sweep_on_the_same_results_or_store_waits_for_the_other(folder: Path, tmp_path: Path, lock: str) -> None:
    (tmp_path / lock).parent.mkdir(exist_ok=True)
    with FileLock(tmp_path / lock):
        done = sweep(folder, tmp_path)
    assert done.returncode == 9
    assert "Another sweep" in done.stderr


def test_a_slip_in_the_rubrics_name_stops_before_the_first_file(folder: Path, tmp_path: Path) -> None:
    done = sweep(folder, tmp_path, "--rubric", "dorset-2025-2026")
    assert done.returncode == 5
    assert "did you mean 'dorset-2025-26'" in done.stderr
    assert not (tmp_path / "out" / "sweep.json").exists()


def test_results_inside_the_folder_are_not_swept(tmp_path: Path) -> None:
    shutil.copy(sorted(PEPS.rglob("*.docx"))[0], tmp_path / "pep.docx")
    places = ("--store", str(tmp_path.parent / f"{tmp_path.name}.sqlite"))
    for _ in range(2):
        options = [sys.executable, "-m", "vsdocs", "sweep", str(tmp_path), "--out", str(tmp_path / "results"), *places]
        subprocess.run(options, capture_output=True)
        assert [entry["source"] for entry in entries(tmp_path / "results")] == ["pep.docx"]


def test_what_is_not_a_file_or_cannot_be_named_is_counted_and_stops_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "peps"
    folder.mkdir()
    pep = sorted(PEPS.rglob("*.docx"))[0].read_bytes()
    for name in (b"a\xe9.docx", b"a\xe8.docx", "Łukasz 😀.docx".encode()):
        (folder / os.fsdecode(name)).write_bytes(pep if name.startswith(b"a\xe9") else pep + name)
    os.mkfifo(folder / "pipe.pdf")
    (folder / "broken.docx").symlink_to(folder / "nowhere.docx")
    (folder / "linked").symlink_to(folder)
    done = sweep(folder, tmp_path)
    assert len(entries(tmp_path / "out")) == sum(counts(tmp_path / "out").values()) == 5
    assert counts(tmp_path / "out")["unreadable"] == 2
    assert "1 linked folder not entered" in done.stdout


def test_the_results_cannot_go_into_the_folder_itself(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vsdocs", "sweep", str(folder), "--out", str(folder)], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert not (folder / "sweep.json").exists()


def test_an_empty_folder_is_said_to_be_empty_and_what_was_there_stays(first: First, tmp_path: Path) -> None:
    home = first.copy(tmp_path / "home")
    (tmp_path / "peps").mkdir()
    done = sweep(tmp_path / "peps", home, "--term", "Autumn 2026")
    assert done.returncode == 2
    assert "no files in this folder" in done.stderr
    assert tree(home / "out") == tree(first.out)


def test_a_command_that_only_looks_makes_no_store(tmp_path: Path) -> None:
    for command in (("runs",), ("moderate", "list")):
        where = ("--store", str(tmp_path / "mistyped.sqlite"))
        done = subprocess.run([sys.executable, "-m", "vsdocs", *command, *where], capture_output=True, text=True)
        assert done.returncode == 2
        assert "no store there" in done.stderr
    assert not list(tmp_path.iterdir())


def test_whoever_comes_second_is_told_who_is_at_work(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with file_lock(tmp_path / "out" / "sweep", "these results"):
        done = sweep(folder, tmp_path)
    assert done.returncode == 9
    assert re.search(r"at work on these results: .+ on .+, since \d\d:\d\d on ", done.stderr)


def test_grades_that_a_person_gave_under_another_rubric_are_told_of(folder: Path, first: First, tmp_path: Path) -> None:
    home = first.copy(tmp_path / "home")
    pep = next(str(entry["id"]) for entry in entries(home / "out") if entry["outcome"] == "graded")
    given = ("moderate", "set", pep, "amber", "--by", "A Whitcombe", "--reason", "Seen", "--store")
    subprocess.run(
        [sys.executable, "-m", "vsdocs", *given, str(home / "store.sqlite")], check=True, capture_output=True
    )
    other = sweep(folder, home, "--rubric", "derby", "--regrade")
    assert "1 grade that a person gave under dorset-2025-26 does not count under derby" in other.stdout


@pytest.mark.parametrize("name", ["hostile", "not_peps"])
def test_no_hostile_file_stops_a_sweep_or_is_graded(name: str, tmp_path: Path) -> None:
    done = sweep(FIXTURES / name, tmp_path)
    assert done.returncode in (0, 8), done.stderr
    assert "Traceback" not in done.stderr
    assert len(entries(tmp_path / "out")) == sum(counts(tmp_path / "out").values())
    if name == "not_peps":
        assert {entry["outcome"] for entry in entries(tmp_path / "out")} == {"not_a_pep"}
