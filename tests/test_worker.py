"""A worker answers, and one that hangs or dies costs its own file only."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import PEPS
from vsdocs import worker
from vsdocs.worker import Task, Worker, quoted

PEP = sorted(PEPS.rglob("*.docx"))[0]
pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe with a name to hang on")


@pytest.fixture
def one() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


@pytest.fixture
def endless(tmp_path: Path) -> Task:
    """A task that never ends: its file is a pipe into which nobody writes."""
    os.mkfifo(tmp_path / "endless.docx")
    return Task(source="endless.docx", path=quoted(tmp_path / "endless.docx"))


def is_well(one: Worker) -> bool:
    reply = one.ask(Task(source="pep.docx", path=quoted(PEP)))
    return reply.problem is None and reply.extraction is not None


def test_a_worker_that_hangs_is_stopped_and_the_next_file_is_read(
    one: Worker, endless: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SECONDS", 1)
    assert one.ask(endless).problem == "timed_out"
    monkeypatch.undo()
    assert is_well(one)


def test_a_worker_that_dies_is_started_again(one: Worker, endless: Task) -> None:
    assert is_well(one)
    process = one._process
    assert process is not None
    threading.Timer(0.5, process.kill).start()
    assert one.ask(endless).problem == "crashed"
    assert is_well(one)


def test_a_name_that_is_no_unicode_is_read_all_the_same(one: Worker, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"p\xe9p \xff.docx")
    path.write_bytes(PEP.read_bytes())
    assert one.ask(Task(source="pep.docx", path=quoted(path))).extraction is not None


def test_a_file_that_is_gone_is_told_as_such(one: Worker, tmp_path: Path) -> None:
    assert one.ask(Task(source="gone.docx", path=quoted(tmp_path / "gone.docx"))).problem == "no_access"


def test_many_tasks_each_have_their_own_reply() -> None:
    files = sorted(PEPS.rglob("*.docx"))[:4]
    in_hand: list[str] = []
    tasks = [(path.name, Task(source=path.name, path=quoted(path))) for path in files]
    replies = dict(worker.run(tasks, 2, in_hand.append))
    assert sorted(in_hand) == sorted(path.name for path in files)
    for name, reply in replies.items():
        assert reply.extraction is not None
        assert reply.extraction.source == name


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
