"""The store keeps what was read and graded, and tells a stopped run from a finished one."""

import os
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa

from conftest import PEPS, extraction_of
from vsdocs.errors import ExitCode, MissingProgramError, StoreError
from vsdocs.outcome import Outcome, OutcomeKind, Run
from vsdocs.store import Store, tables, url_of

TRUTH = next(PEPS.rglob("*.truth.json"))


def open_store(path: Path, reader: str = "reader-1") -> Store:
    return Store(url_of(str(path / "store.sqlite")), reader)


def begin(store: Store, today: str = "2026-11-20", any_day: bool = True, term: str | None = "Autumn 2026") -> Run:
    return store.begin("/peps", "/out", term, "dorset-2025-26", "1", today, any_day)


def test_what_was_read_comes_back_the_same(tmp_path: Path) -> None:
    pep = extraction_of(TRUTH)
    store = open_store(tmp_path)
    run = begin(store)
    store.save(run, pep.sha256, Outcome(source="a.docx", id=pep.id, outcome=OutcomeKind.GRADED, extraction=pep), None)
    again = open_store(tmp_path).reading(pep.sha256)
    assert again is not None
    assert again.extraction == pep.model_copy(update={"source": ""})
    assert again.first_read == "2026-11-20"
    assert store.outcomes(run) == {"a.docx": (pep.sha256, OutcomeKind.GRADED)}


def test_another_reader_has_read_nothing_yet(tmp_path: Path) -> None:
    pep = extraction_of(TRUTH)
    store = open_store(tmp_path)
    store.save(
        begin(store), pep.sha256, Outcome(source="a", id=pep.id, outcome=OutcomeKind.GRADED, extraction=pep), None
    )
    assert open_store(tmp_path, "reader-2").reading(pep.sha256) is None


def test_a_lasting_problem_is_kept_and_a_passing_one_is_not(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    run = begin(store)
    for sha256, code in (("a" * 64, "encrypted"), ("b" * 64, "timed_out")):
        store.save(run, sha256, Outcome(source=sha256, id=sha256[:12], outcome=OutcomeKind.UNREADABLE), code)
    kept = store.reading("a" * 64)
    assert kept is not None
    assert kept.problem == "encrypted"
    assert store.reading("b" * 64) is None


def test_a_stopped_run_goes_on_and_keeps_its_day(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    stopped = begin(store)
    assert begin(store, today="2026-11-22") == stopped
    assert begin(store, today="2026-11-22", any_day=False).id != stopped.id
    assert begin(store, term=None).id != stopped.id
    store.finish(stopped)
    assert begin(store).id != stopped.id


def test_the_migrations_lead_to_the_tables_of_the_code(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    found = sa.MetaData()
    found.reflect(store.engine)
    for table in tables.metadata.sorted_tables:
        columns = {c.name: (c.nullable, c.primary_key, str(c.type)) for c in found.tables[table.name].columns}
        assert columns == {c.name: (c.nullable, c.primary_key, str(c.type)) for c in table.columns}


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.engine.begin() as connection:
        connection.execute(sa.text("update alembic_version set version_num = '9999'"))
    with pytest.raises(StoreError, match="newer"):
        open_store(tmp_path)


def test_a_file_that_is_no_database_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_bytes(b"not a database, but long enough to look at" * 40)
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path)
    assert caught.value.exit_code is ExitCode.STORE
    assert "not a vsdocs store" in caught.value.message
    assert "store.sqlite" not in caught.value.message


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_its_owner_may_read_the_store(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    assert store.path is not None
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_a_database_without_its_driver_is_told_in_words() -> None:
    with pytest.raises(MissingProgramError) as caught:
        Store("oracle://somewhere/peps", "reader-1")
    assert caught.value.exit_code is ExitCode.MISSING_PROGRAM
