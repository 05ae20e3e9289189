"""A worker answers, and one that hangs, floods, eats the memory or dies costs its own file only."""

import ctypes
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import PEPS
from vsdocs import engine, worker
from vsdocs.worker import Task, Worker, limits, quoted

PEP = sorted(PEPS.rglob("*.docx"))[0]
MOCK = (sys.executable, str(Path(__file__).with_name("mock_child.py")))


@pytest.fixture
def one() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


@pytest.fixture
def mock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """A worker whose reader does as the file says."""
    monkeypatch.setattr(worker, "COMMAND", MOCK)
    made = Worker()
    yield made
    made.close()


def told(does: str) -> Task:
    return Task(source="pep.docx", data=does.encode())


def is_well(one: Worker) -> bool:
    reply = one.ask(Task(source="pep.docx", path=quoted(PEP)))
    return reply.problem != "crashed" and reply.extraction is not None


@pytest.mark.parametrize("does", ["die", "flood", "stutter"])
def test_what_a_file_does_to_its_worker_is_one_outcome_and_the_next_file_is_read(
    mock: Worker, does: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "LONGEST", 10_000_000)
    assert mock.ask(told(does)).problem == "crashed"
    assert is_well(mock)


@pytest.mark.parametrize("does", ["hang", "hang after 2 pages"])
def test_a_worker_that_hangs_is_stopped_and_the_next_file_is_read(
    mock: Worker, does: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_well(mock)
    monkeypatch.setattr(limits, "SECONDS", 0.5)
    monkeypatch.setattr(limits, "SECONDS_PER_PAGE", 0.5)
    reply = mock.ask(told(does))
    assert reply.problem == "timed_out"
    monkeypatch.undo()
    monkeypatch.setattr(worker, "COMMAND", MOCK)
    assert is_well(mock)


def test_there_is_more_patience_for_a_long_and_for_a_big_file() -> None:
    assert limits.patience(0, 0) < limits.patience(0, 10) < limits.patience(0, 200)
    assert limits.patience(0, 10) < limits.patience(20_000_000, 10) == limits.patience(20_000_000, 10)
    assert limits.patience(10**15, 0) < 3600


@pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_AS is Linux's")
def test_a_file_that_eats_the_memory_is_too_big_and_its_worker_is_replaced(mock: Worker) -> None:
    assert mock.ask(told("eat memory")).problem == "too_big"
    assert mock._process is None
    assert is_well(mock)


def test_a_library_that_prints_does_not_garble_the_answers(mock: Worker) -> None:
    reply = mock.ask(told("chatter"))
    assert (reply.problem, reply.outcome) == ("ignored", "ignored")
    assert is_well(mock)


def test_an_error_that_quotes_the_document_goes_no_further(mock: Worker) -> None:
    reply = mock.ask(told("cry"))
    assert reply.problem == "crashed"
    assert "Maisie" not in reply.model_dump_json()
    assert is_well(mock)


def test_a_worker_is_replaced_after_so_many_files(one: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TASKS", 2)
    assert is_well(one)
    first = one._process
    assert is_well(one)
    assert one._process is None
    assert first is not None
    assert first.poll() is not None
    assert is_well(one)


def test_a_worker_that_dies_in_between_is_started_again(one: Worker) -> None:
    assert is_well(one)
    assert one._process is not None
    one._process.kill()
    one._process.wait()
    assert is_well(one)


@pytest.mark.skipif(os.name == "nt", reason="such a name cannot be there")
def test_a_name_that_is_no_unicode_is_read_all_the_same(one: Worker, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"p\xe9p \xff.docx")
    path.write_bytes(PEP.read_bytes())
    assert one.ask(Task(source="pep.docx", path=quoted(path))).extraction is not None


def test_a_file_that_is_gone_is_told_as_such(one: Worker, tmp_path: Path) -> None:
    assert one.ask(Task(source="gone.docx", path=quoted(tmp_path / "gone.docx"))).problem == "no_access"


def test_bytes_are_read_as_the_file_is(one: Worker) -> None:
    by_path = one.ask(Task(source="pep.docx", path=quoted(PEP)))
    by_bytes = one.ask(Task(source="pep.docx", data=PEP.read_bytes()))
    assert by_path.sha256 == by_bytes.sha256
    assert by_path.extraction == by_bytes.extraction is not None


def test_many_tasks_each_have_their_own_reply() -> None:
    files = sorted(PEPS.rglob("*.docx"))[:4]
    handed: list[str] = []
    tasks = [(path.name, Task(source=path.name, path=quoted(path))) for path in files]
    with engine.local(2) as local:
        replies = dict(worker.answers(local.executor, tasks, 3, handed.append))
    assert handed == [path.name for path in files]
    assert {name: reply.sha256 for name, reply in replies.items()} == {path.name: sha256(path) for path in files}


def test_no_child_is_left_when_the_work_is_given_up() -> None:
    tasks = [(number, Task(source="pep.docx", path=quoted(PEP))) for number in range(50)]
    with engine.local(2) as local:
        children = [made._process for made in worker._all]
        for _ in worker.answers(local.executor, tasks, local.width, lambda _: None):
            break
    assert len(children) == 2
    assert all(child is None or child.poll() is not None for child in children)
    assert worker._all == []


def test_a_child_ends_with_its_parent(one: Worker) -> None:
    assert is_well(one)
    process = one._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    deadline = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert process.poll() is not None


def test_the_windows_structures_have_the_size_that_windows_expects() -> None:
    if ctypes.sizeof(ctypes.c_void_p) == 8:
        assert ctypes.sizeof(limits._Basic) == 64
        assert ctypes.sizeof(limits._Extended) == 144


def sha256(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()
