"""The store keeps what was read and graded, and tells a stopped run from a finished one: the same in every kind of database."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from conftest import PEPS, extraction_of
from databases import Database
from vsdocs import rubric
from vsdocs.dates import parse_iso
from vsdocs.errors import ExitCode, LockedError, MissingProgramError, StoreError
from vsdocs.judgement import Judgement
from vsdocs.moderation import Given, Moderation, suggested
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


def test_what_was_read_comes_back_the_same(database: Database) -> None:
    pep = extraction_of(TRUTH)
    store = database.open()
    run = begin(store)
    store.save(run, read(pep))
    again = database.open()
    assert again.files(run) == {"a.docx": Settled("a.docx", pep.sha256, OutcomeKind.GRADED)}
    (outcome,) = again.sweep(run, again.files(run).values()).outcomes
    assert outcome.extraction == pep.model_copy(update={"source": "a.docx"})
    packed = again.extractions([pep.sha256], run)[pep.sha256]
    assert Extraction.unpacked(packed) == unsourced(pep)


def test_a_reading_is_known_and_once_it_is_graded_that_too(database: Database) -> None:
    pep = extraction_of(TRUTH)
    store = database.open()
    run = begin(store)
    assert store.known([pep.sha256], run) == {}
    store.save(run, read(pep))
    assert store.known([pep.sha256], run) == {pep.sha256: Known(OutcomeKind.GRADED, None, graded=False)}
    unsure = Settled("a.docx", pep.sha256, OutcomeKind.NEEDS_PERSON, "two_children")
    store.save(run, Made(unsure, graded=OutcomeKind.NEEDS_PERSON))
    known = store.known([pep.sha256], run)
    assert known == {pep.sha256: Known(OutcomeKind.NEEDS_PERSON, "two_children", graded=True)}
    assert not store.known([pep.sha256], begin(store, rubric="st-helens"))[pep.sha256].graded


def test_another_reader_has_read_nothing_yet(database: Database) -> None:
    pep = extraction_of(TRUTH)
    store = database.open()
    store.save(begin(store), read(pep))
    other = begin(store, reader="reader-2")
    assert store.known([pep.sha256], other) == {}
    assert store.extractions([pep.sha256], other) == {}


def test_a_lasting_problem_is_kept_and_a_passing_one_is_not(database: Database) -> None:
    store = database.open()
    run = begin(store)
    for sha256, code in (("a" * 64, "encrypted"), ("b" * 64, "timed_out")):
        store.save(run, Made(Settled(code, sha256, OutcomeKind.UNREADABLE, code)))
    known = store.known(["a" * 64, "b" * 64], run)
    assert known == {"a" * 64: Known(OutcomeKind.UNREADABLE, "encrypted", graded=True)}


def test_a_damaged_record_is_told_and_never_taken_for_another(database: Database) -> None:
    pep = extraction_of(TRUTH)
    store = database.open()
    run = begin(store)
    store.save(run, read(pep))
    with store.engine.begin() as connection:
        packed = bytearray(unsourced(pep).packed())
        packed[len(packed) // 2] ^= 1
        connection.execute(sa.update(tables.reading).values(extraction=bytes(packed)))
    with pytest.raises(StoreError, match="damaged"):
        list(store.sweep(run, store.files(run).values()).outcomes)


def test_how_a_run_went_is_kept(database: Database) -> None:
    store = database.open()
    run = begin(store)
    assert store.reports() == ()
    told = RunReport(files=3, seconds=4.5, counts={"graded": 3}, slowest=(("abc", 2.0),))
    store.finish(run, told)
    assert store.reports() == ((run, told),)
    assert store.latest("/peps") == run
    assert store.latest("/elsewhere") is None


def test_a_stopped_run_goes_on_and_keeps_its_day(database: Database) -> None:
    store = database.open()
    stopped = begin(store)
    assert begin(store, today="2026-11-22") == stopped
    assert begin(store, today="2026-11-22", any_day=False).id != stopped.id
    assert begin(store, term=None).id != stopped.id
    store.finish(stopped, RunReport(files=0, seconds=0, counts={}))
    assert begin(store).id != stopped.id


def test_the_migrations_lead_to_the_tables_of_the_code(database: Database) -> None:
    store = database.open()
    found = sa.MetaData()
    found.reflect(store.engine)
    for table in tables.metadata.sorted_tables:
        assert _columns(found.tables[table.name], store.engine) == _columns(table, store.engine)


def _columns(table: sa.Table, engine: sa.Engine) -> dict[str, tuple[object, ...]]:
    return {c.name: (c.nullable, c.primary_key, c.type.compile(engine.dialect)) for c in table.columns}


def test_a_store_of_a_newer_version_is_refused(database: Database) -> None:
    store = database.open()
    with store.engine.begin() as connection:
        connection.execute(sa.text("update alembic_version set version_num = '9999'"))
    with pytest.raises(StoreError, match="newer"):
        database.open()


def pep_of(source: str, number: int) -> Extraction:
    sha256 = f"{number:064x}"
    return extraction_of(TRUTH).model_copy(update={"source": source, "sha256": sha256, "id": sha256[:12]})


@cache
def judged() -> Judgement:
    day = parse_iso("2026-11-20")
    assert day is not None
    judgement = rubric.score(extraction_of(TRUTH), rubric.load("dorset-2025-26"), day)
    return judgement.model_copy(update={"source": ""})


def save(store: Store, run: Run, pep: Extraction) -> None:
    store.save(run, read(pep, pep.source, judged().packed()))


def test_what_was_graded_comes_back_sorted_by_bytes(database: Database) -> None:
    """English would put a before B, and look past the space; results must not depend on the database's language."""
    store = database.open()
    run = begin(store)
    sources = ["a.docx", "B.docx", "c d.docx", "cc.docx", "é.docx", "Zoë's/\U0001f600.docx"]
    for number, source in enumerate(sources):
        save(store, run, pep_of(source, number))
    assert [pep.source for pep in store.graded(run)] == sorted(sources)


def test_any_text_of_a_document_comes_back_the_same(database: Database) -> None:
    store = database.open()
    pep = extraction_of(TRUTH)
    field, evidence = next((field, one) for field, one in pep.evidence.items() if one.text)
    odd = "null \0, half a pair \ud800, line \u2028, quote ' \" \\u0000, astral \U0001f600"
    pep = pep.model_copy(update={"evidence": pep.evidence | {field: evidence.model_copy(update={"text": odd})}})
    run = begin(store)
    store.save(run, read(pep))
    packed = database.open().extractions([pep.sha256], run)[pep.sha256]
    assert Extraction.unpacked(packed).evidence[field].text == odd


def test_saving_again_puts_the_last_outcome_in_place_of_the_first(database: Database) -> None:
    store, pep = database.open(), extraction_of(TRUTH)
    run = begin(store)
    for kind, problem in ((OutcomeKind.NEEDS_PERSON, "cannot_grade"), (OutcomeKind.GRADED, None)):
        store.save(run, Made(Settled("a", pep.sha256, kind, problem), unsourced(pep).packed()))
    assert store.files(run) == {"a": Settled("a", pep.sha256, OutcomeKind.GRADED)}


def test_two_that_save_the_same_at_the_same_time_both_succeed(database: Database) -> None:
    peps = [pep_of(f"{number}.docx", number) for number in range(8)]
    stores = [database.open() for _ in range(4)]
    run = begin(stores[0])
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda store: [save(store, run, pep) for pep in peps], stores))
    assert [pep.source for pep in stores[0].graded(run)] == [pep.source for pep in peps]


def test_a_childs_last_plan_is_looked_for_in_the_runs_before_the_nearest_first(database: Database) -> None:
    store = database.open()
    runs = []
    for numbers in ((1, 2), (2, 3), (3, 4)):
        runs.append(begin(store, term=str(numbers)))
        for number in numbers:
            save(store, runs[-1], pep_of(f"{number}.docx", number))
        store.finish(runs[-1], RunReport(files=2, seconds=0, counts={}))
    assert [old.source for old in store.earlier(runs[2])] == ["2.docx", "1.docx"]
    assert list(store.earlier(runs[0])) == []
    assert store.run(runs[1].id) == runs[1]
    assert store.run(begin(store, term="not finished").id) is None


def test_two_that_open_a_new_store_at_the_same_time_both_succeed(database: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: database.open(), range(4)))
    assert [store.latest() for store in stores] == [None] * 4


def test_moderations_are_kept_in_the_order_of_giving(database: Database) -> None:
    store = database.open()
    pep = pep_of("a.docx", 1)
    save(store, begin(store), pep)
    [graded] = store.graded(begin(store))
    assert graded.judgement is not None
    given = [
        Moderation(
            sha256=pep.sha256,
            rubric="dorset-2025-26",
            reader=reader,
            day="2026-11-20",
            second=False,
            given=Given(grade=graded.judgement.grade),
            suggested=suggested(graded.judgement),
            reason="",
        )
        for reader in ("B Sarkis", "A Whitcombe", "Ünal Ö")
    ]
    store.moderate(given[:2])
    store.moderate(given[2:])
    assert list(database.open().moderations("dorset-2025-26")) == given


def test_one_sweep_at_a_time_and_the_other_is_told_who_and_since_when(database: Database) -> None:
    store, other = database.open(), database.open()
    with store.held():
        with (
            pytest.raises(
                LockedError, match=r"at work on this store: .+ on .+, since \d\d:\d\d on \d\d \w+ 20\d\d"
            ) as caught,
            other.held(),
        ):
            pass
        assert caught.value.exit_code is ExitCode.LOCKED
    with other.held():
        pass


def test_what_fails_in_a_sweep_is_not_taken_for_a_fault_of_the_lock(database: Database) -> None:
    store = database.open()
    with pytest.raises(ZeroDivisionError), store.held():
        1 / 0  # noqa: B018
    with store.held():
        pass


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
