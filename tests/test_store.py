"""The store keeps what was read and graded, and tells a stopped run from a finished one."""

import os
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa

from conftest import PEPS, extraction_of
from vsdocs.errors import ExitCode, MissingProgramError, StoreError
from vsdocs.outcome import OutcomeKind, Run, RunReport, Settled
from vsdocs.record import Extraction
from vsdocs.store import Known, Made, Store, tables, url_of

TRUTH = next(PEPS.rglob("*.truth.json"))


def open_store(path: Path) -> Store:
    return Store(url_of(str(path / "store.sqlite")))


def begin(
    store: Store,
    today: str = "2026-11-20",
    any_day: bool = True,
    term: str | None = "Autumn 2026",
    reader: str = "reader-1",
    rubric: str = "dorset-2025-26",
) -> Run:
    wanted = Run(id="", today=today, rubric=rubric, rubric_version="1", term=term, reader=reader)
    return store.begin("/peps", "/out", wanted, any_day)


def read(pep: Extraction, source: str = "a.docx", judgement: bytes | None = None) -> Made:
    """A file that has just been read, and graded where a judgement is given."""
    kind = OutcomeKind.GRADED
    return Made(Settled(source, pep.sha256, kind), unsourced(pep).packed(), judgement, kind if judgement else None)


def unsourced(pep: Extraction) -> Extraction:
    return pep.model_copy(update={"source": ""})


def test_what_was_read_comes_back_the_same(tmp_path: Path) -> None:
    pep = extraction_of(TRUTH)
    store = open_store(tmp_path)
    run = begin(store)
    store.save(run, read(pep))
    again = open_store(tmp_path)
    assert again.files(run) == {"a.docx": Settled("a.docx", pep.sha256, OutcomeKind.GRADED)}
    (outcome,) = again.sweep(run, again.files(run).values()).outcomes
    assert outcome.extraction == pep.model_copy(update={"source": "a.docx"})
    packed = again.extraction(pep.sha256, run)
    assert packed is not None
    assert Extraction.unpacked(packed) == unsourced(pep)


def test_a_reading_is_known_and_once_it_is_graded_that_too(tmp_path: Path) -> None:
    pep = extraction_of(TRUTH)
    store = open_store(tmp_path)
    run = begin(store)
    assert store.known([pep.sha256], run) == {}
    store.save(run, read(pep))
    assert store.known([pep.sha256], run) == {pep.sha256: Known(OutcomeKind.GRADED, None, graded=False)}
    unsure = Settled("a.docx", pep.sha256, OutcomeKind.NEEDS_PERSON, "two_children")
    store.save(run, Made(unsure, graded=OutcomeKind.NEEDS_PERSON))
    known = store.known([pep.sha256], run)
    assert known == {pep.sha256: Known(OutcomeKind.NEEDS_PERSON, "two_children", graded=True)}
    assert not store.known([pep.sha256], begin(store, rubric="st-helens"))[pep.sha256].graded


def test_another_reader_has_read_nothing_yet(tmp_path: Path) -> None:
    pep = extraction_of(TRUTH)
    store = open_store(tmp_path)
    store.save(begin(store), read(pep))
    other = begin(store, reader="reader-2")
    assert store.known([pep.sha256], other) == {}
    assert store.extraction(pep.sha256, other) is None


def test_a_lasting_problem_is_kept_and_a_passing_one_is_not(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    run = begin(store)
    for sha256, code in (("a" * 64, "encrypted"), ("b" * 64, "timed_out")):
        store.save(run, Made(Settled(code, sha256, OutcomeKind.UNREADABLE, code)))
    known = store.known(["a" * 64, "b" * 64], run)
    assert known == {"a" * 64: Known(OutcomeKind.UNREADABLE, "encrypted", graded=True)}


def test_a_damaged_record_is_told_and_never_taken_for_another(tmp_path: Path) -> None:
    pep = extraction_of(TRUTH)
    store = open_store(tmp_path)
    run = begin(store)
    store.save(run, read(pep))
    with store.engine.begin() as connection:
        packed = bytearray(unsourced(pep).packed())
        packed[len(packed) // 2] ^= 1
        connection.execute(sa.update(tables.reading).values(extraction=bytes(packed)))
    with pytest.raises(StoreError, match="damaged"):
        list(store.sweep(run, store.files(run).values()).outcomes)


def test_how_a_run_went_is_kept(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    run = begin(store)
    assert store.reports() == ()
    told = RunReport(files=3, seconds=4.5, counts={"graded": 3}, slowest=(("abc", 2.0),))
    store.finish(run, told)
    assert store.reports() == ((run, told),)
    assert store.latest("/peps") == run
    assert store.latest("/elsewhere") is None


def test_a_stopped_run_goes_on_and_keeps_its_day(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    stopped = begin(store)
    assert begin(store, today="2026-11-22") == stopped
    assert begin(store, today="2026-11-22", any_day=False).id != stopped.id
    assert begin(store, term=None).id != stopped.id
    store.finish(stopped, RunReport(files=0, seconds=0, counts={}))
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
        Store("oracle://somewhere/peps")
    assert caught.value.exit_code is ExitCode.MISSING_PROGRAM
