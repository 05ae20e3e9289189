"""A damaged store is refused in words, never emptied and never read as if it were whole; a migration leaves the way back."""

import random
import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from databases import KEY
from test_store import begin, judged, pep_of, save
from vsdocs.errors import StoreError
from vsdocs.moderation import Given, Moderation, suggested
from vsdocs.outcome import RunReport
from vsdocs.store import Store, guards, layout, tables

PLACES = 200


def fill(path: Path, key: str | None = None) -> None:
    """A small store with something in every table."""
    store = Store(str(path), key)
    run = begin(store)
    for number in range(2):
        save(store, run, pep_of(f"Sunny Bank School/pep {number}.docx", number))
    store.finish(run, RunReport(files=4, seconds=2, counts={}))
    begin(store, term="Spring 2027")
    offered = suggested(judged())
    given = Given(grade=offered.grade, areas=offered.areas)
    told = {"rubric": "dorset-2025-26", "day": "2026-11-20", "second": False, "suggested": offered, "reason": "seen"}
    store.moderate([Moderation(sha256="0" * 64, reader="A Whitcombe", given=given, **told)])
    store.close()


def read_all(path: Path, key: str | None = None) -> object:
    store = Store(str(path), key)
    try:
        run = store.latest()
        if run is None:
            return None
        shas = [f"{number:064x}" for number in range(2)]
        with store.engine.connect() as connection:
            runs = connection.execute(sa.select(tables.run).order_by(tables.run.c.id)).all()
        return (
            *(store.files(run), store.graded(run), store.moderations("dorset-2025-26"), runs, store.reports()),
            store.known(shas, run),
            tuple(store.sweep(run, store.files(run).values()).outcomes),
        )
    finally:
        store.close()


@pytest.fixture(scope="module", params=[None, KEY], ids=["plain", "encrypted"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str | None]:
    path = tmp_path_factory.mktemp("whole") / "store.sqlite"
    fill(path, request.param)
    return path, request.param


def test_a_byte_that_changed_is_told_or_does_not_matter(whole: tuple[Path, str | None], tmp_path: Path) -> None:
    good, key = whole
    before, data = read_all(good, key), good.read_bytes()
    chance, refused = random.Random(20261122), 0
    for number in range(PLACES if key is None else PLACES // 10):  # each opening derives the key anew
        bad, place = bytearray(data), chance.randrange(len(data))
        bad[place] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{number}.sqlite"
        path.write_bytes(bad)
        try:
            assert read_all(path, key) == before, f"byte {place} of {len(data)}"
        except StoreError:
            refused += 1
            assert path.stat().st_size == len(data)
        path.unlink()
    assert refused > PLACES // 40


@pytest.mark.parametrize(
    "damage", [lambda data: data[: len(data) // 2], lambda data: data[:4096], lambda data: data[:50]]
)
def test_a_store_that_was_cut_short_is_refused(
    damage: Callable[[bytes], bytes], whole: tuple[Path, str | None], tmp_path: Path
) -> None:
    good, key = whole
    path = tmp_path / "store.sqlite"
    path.write_bytes(damage(good.read_bytes()))
    cut = path.read_bytes()
    with pytest.raises(StoreError):
        read_all(path, key)
    assert path.read_bytes() == cut


def test_what_stands_in_the_log_of_a_killed_sweep_is_there_again(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store.sqlite"))
    save(store, begin(store), pep_of("a.docx", 1))
    (tmp_path / "killed").mkdir()
    for name in ("store.sqlite", "store.sqlite-wal"):  # as they lie on the disk while the sweep is at work
        shutil.copy(tmp_path / name, tmp_path / "killed" / name)
    store.close()
    again = Store(str(tmp_path / "killed" / "store.sqlite"))
    assert list(again.extractions([f"{1:064x}"], begin(again))) == [f"{1:064x}"]


def test_a_big_store_is_looked_through_when_it_was_not_closed_properly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.sqlite"
    fill(path)
    monkeypatch.setattr(guards, "ALWAYS_CHECKED", 1000)
    assert not guards.must_check(path)
    (tmp_path / "store.sqlite-wal").write_bytes(b"anything")
    assert guards.must_check(path)


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("create table theirs (a)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a vsdocs store"):
        Store(str(path))
    assert path.read_bytes()[100:] == before[100:]  # but for the mark of the write-ahead log


# ------------------------------------------------------------------------------------------------------- older layouts
@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], Path]:
    """A filled store, and a vsdocs that has one more migration than the one that filled it."""

    def make(key: str | None = None, fails: bool = False) -> Path:
        fill(tmp_path / "store.sqlite", key)
        migrations = shutil.copytree(layout.MIGRATIONS, tmp_path / "migrations")
        newer = f"{int(tables.LAYOUT) + 1:04d}"
        (migrations / "versions" / f"{newer}_more.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n"
            f"revision, down_revision = '{newer}', '{tables.LAYOUT}'\n"
            "def upgrade():\n    op.create_table('more', sa.Column('a', sa.Text))\n    op.drop_table('moderation')\n"
            "    with op.batch_alter_table('run', recreate='always') as run:\n        run.add_column(sa.Column('b', sa.Text))\n"
            + ("    op.drop_table('not there')\n" if fails else "")
        )
        monkeypatch.setattr(layout, "MIGRATIONS", migrations)
        monkeypatch.setattr(tables, "LAYOUT", newer)
        monkeypatch.setattr(guards, "_wanted", list)
        return tmp_path / "store.sqlite"

    return make


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_before_a_migration_the_store_is_copied(
    key: str | None, older: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = older(key)
    after = Store(str(path), key)
    assert sa.inspect(after.engine).has_table("more")
    after.close()
    copy = path.with_name(f"store.sqlite.before-{tables.LAYOUT}")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert (b"dorset-2025-26" in copy.read_bytes()) is (key is None)
    monkeypatch.undo()
    back = Store(str(copy), key)
    assert [one.reader for one in back.moderations("dorset-2025-26")] == ["A Whitcombe"]
    back.close()


def test_a_migration_that_fails_changes_nothing(older: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = older(fails=True)
    with pytest.raises(StoreError):
        Store(str(path))
    monkeypatch.undo()
    again = Store(str(path))
    assert not sa.inspect(again.engine).has_table("more")
    assert [one.reader for one in again.moderations("dorset-2025-26")] == ["A Whitcombe"]
    again.close()
