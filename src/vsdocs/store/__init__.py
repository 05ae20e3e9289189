"""The store: what was read and graded, so that nothing is read twice and a stopped sweep can go on.

SQLite in one file by default, any other database by URL. One transaction a document: after a crash each document is either
wholly there or not at all. The tables are in `tables.py`; this is the one module that others call.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from vsdocs.errors import PASSING_PROBLEMS, MissingProgramError, StoreError
from vsdocs.judgement import Judgement
from vsdocs.moderation import Moderation
from vsdocs.outcome import Outcome, OutcomeKind, Run
from vsdocs.record import Extraction
from vsdocs.store import tables


@dataclass(frozen=True)
class Reading:
    """What reading a file gave: an extraction (its `source` left empty) or the code of a file problem."""

    extraction: Extraction | None
    problem: str | None
    first_read: str  # ISO date


class Store:
    """One store. Its methods take and give the project's own types; no SQL leaves this room.

    `reader` names the reader and the vocabulary of now: what an older one read counts as not read.
    """

    def __init__(self, url: str, reader: str) -> None:
        self.reader = reader
        self.path = _sqlite_path(url)
        with _as_store_error():
            if self.path is not None:
                _make_private(self.path)
            self.engine = sa.create_engine(url)
            if self.path is not None:
                sa.event.listen(self.engine, "connect", _sqlite_pragmas)
            tables.upgrade(self.engine)

    def close(self) -> None:
        self.engine.dispose()

    def reading(self, sha256: str) -> Reading | None:
        """What this file gave when it was read, or None where it never was."""
        t = tables.reading
        found = self._one(sa.select(t).where(t.c.sha256 == sha256, t.c.reader == self.reader))
        if found is None:
            return None
        extraction = Extraction.model_validate(found.extraction) if found.extraction is not None else None
        return Reading(extraction, found.problem, found.first_read)

    def judgement(self, sha256: str, run: Run) -> Judgement | None:
        """The judgement of this file under the run's rubric version and day, if there is one."""
        t = tables.judgement
        found = self._one(
            sa.select(t.c.judgement).where(
                t.c.sha256 == sha256,
                t.c.reader == self.reader,
                t.c.rubric == run.rubric,
                t.c.rubric_version == run.rubric_version,
                t.c.today == run.today,
            )
        )
        return Judgement.model_validate(found.judgement) if found is not None else None

    def save(self, run: Run, sha256: str, outcome: Outcome, problem: str | None) -> None:
        """One file's outcome with all that belongs to it, in one transaction. Saving it again changes nothing."""
        key = {"sha256": sha256, "reader": self.reader}
        extraction, judgement = outcome.extraction, outcome.judgement
        with _as_store_error(), self.engine.begin() as connection:
            if extraction is not None:
                payload = extraction.model_copy(update={"source": ""}).model_dump(mode="json")
                _put(connection, tables.reading, {**key, "extraction": payload, "first_read": run.today})
            elif problem is not None and problem not in PASSING_PROBLEMS:
                _put(connection, tables.reading, {**key, "problem": problem, "first_read": run.today})
            if judgement is not None:
                payload = judgement.model_copy(update={"source": ""}).model_dump(mode="json")
                version = {"rubric": run.rubric, "rubric_version": run.rubric_version, "today": run.today}
                _put(connection, tables.judgement, {**key, **version, "judgement": payload})
            done = {"run": run.id, "source": outcome.source, "sha256": sha256, "outcome": outcome.outcome.value}
            _put(connection, tables.run_file, done, replace=True)

    def outcomes(self, run: Run) -> dict[str, tuple[str, OutcomeKind]]:
        """source -> (sha256, outcome) of the files that this run has done so far."""
        t = tables.run_file
        with _as_store_error(), self.engine.connect() as connection:
            rows = connection.execute(sa.select(t).where(t.c.run == run.id))
            return {row.source: (row.sha256, OutcomeKind(row.outcome)) for row in rows}

    def begin(
        self, folder: str, out: str, term: str | None, rubric: str, rubric_version: str, today: str, any_day: bool
    ) -> Run:
        """The run to do: a stopped one of the same folder, output, term and rubric, or a new one.

        With `any_day`, a run stopped on another day goes on, and keeps its own `today`.
        """
        t = tables.run
        same = {"folder": folder, "out": out, "term": term, "rubric": rubric, "rubric_version": rubric_version}
        where = [t.c[name].is_(value) if value is None else t.c[name] == value for name, value in same.items()]
        with _as_store_error(), self.engine.begin() as connection:
            if not any_day:
                where.append(t.c.today == today)
            stopped = connection.execute(sa.select(t).where(*where, t.c.finished.is_(False))).first()
            if stopped is not None:
                run_id, today = stopped.id, stopped.today
            else:
                number = connection.execute(sa.select(sa.func.count()).select_from(t)).scalar_one() + 1
                run_id = f"{number:04d}"
                connection.execute(sa.insert(t).values(id=run_id, today=today, finished=False, **same))
        return Run(id=run_id, today=today, rubric=rubric, rubric_version=rubric_version, term=term)

    def finish(self, run: Run) -> None:
        """Mark a run as done, once all that it writes is written."""
        with _as_store_error(), self.engine.begin() as connection:
            connection.execute(sa.update(tables.run).where(tables.run.c.id == run.id).values(finished=True))

    def latest(self) -> Run | None:
        """The run that was finished last, or None."""
        t = tables.run
        found = self._one(sa.select(t).where(t.c.finished.is_(True)).order_by(t.c.id.desc()))
        if found is None:
            return None
        return Run(
            id=found.id, today=found.today, rubric=found.rubric, rubric_version=found.rubric_version, term=found.term
        )

    def graded(self, run: Run) -> tuple[Outcome, ...]:
        """What a run suggested, one outcome a PEP, by source. Copies of a file are one PEP."""
        files, j, r = tables.run_file, tables.judgement, tables.reading
        joined = files.join(j, j.c.sha256 == files.c.sha256).join(
            r, sa.and_(r.c.sha256 == j.c.sha256, r.c.reader == j.c.reader)
        )
        query = (
            sa.select(files.c.source, files.c.outcome, j.c.judgement, r.c.extraction)
            .select_from(joined)
            .where(files.c.run == run.id, j.c.rubric == run.rubric, j.c.rubric_version == run.rubric_version)
            .where(j.c.today == run.today)
            .order_by(files.c.source)
        )
        with _as_store_error(), self.engine.connect() as connection:
            rows = connection.execute(query).all()
        peps: dict[str, Outcome] = {}
        for row in rows:
            source = {"source": row.source}
            extraction = Extraction.model_validate(row.extraction | source)
            judgement = Judgement.model_validate(row.judgement | source)
            kind = OutcomeKind(row.outcome)
            pep = Outcome(source=row.source, id=extraction.id, outcome=kind, extraction=extraction, judgement=judgement)
            peps.setdefault(extraction.sha256, pep)
        return tuple(peps.values())

    def moderate(self, moderations: Iterable[Moderation]) -> None:
        """Add what people gave, all of it or none."""
        rows = [{"rubric": one.rubric, "moderation": one.model_dump(mode="json")} for one in moderations]
        with _as_store_error(), self.engine.begin() as connection:
            connection.execute(sa.insert(tables.moderation), rows)

    def moderations(self, rubric: str) -> tuple[Moderation, ...]:
        """What people gave under a rubric, in the order of giving."""
        t = tables.moderation
        query = sa.select(t.c.moderation).where(t.c.rubric == rubric).order_by(t.c.number)
        with _as_store_error(), self.engine.connect() as connection:
            return tuple(Moderation.model_validate(row.moderation) for row in connection.execute(query))

    def _one(self, query: sa.Select[Any]) -> Any:
        with _as_store_error(), self.engine.connect() as connection:
            return connection.execute(query).first()


def url_of(path_or_url: str) -> str:
    """A database URL as it is; a plain path as the URL of a SQLite file."""
    return path_or_url if "://" in path_or_url else f"sqlite:///{Path(path_or_url).expanduser().absolute()}"


def _sqlite_path(url: str) -> Path | None:
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise StoreError(
            "The store's address is not understood.", "Give a path, or a URL such as sqlite:///C:/peps/store.sqlite."
        ) from None
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    return Path(parsed.database)


def _make_private(path: Path) -> None:
    """The store holds children's data: on systems that have file modes only its owner may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, stat.S_IRUSR | stat.S_IWUSR))


def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _put(connection: sa.Connection, table: sa.Table, values: dict[str, Any], replace: bool = False) -> None:
    """Add a row; where its key is there already, leave that row alone or put this one in its place."""
    same_key = [column == values[column.name] for column in table.primary_key.columns]
    if replace:
        connection.execute(sa.delete(table).where(*same_key))
    elif connection.execute(sa.select(sa.literal(1)).where(*same_key)).first() is not None:
        return
    connection.execute(sa.insert(table).values(**values))


@contextmanager
def _as_store_error() -> Iterator[None]:
    try:
        yield
    except ImportError:
        raise MissingProgramError(
            "The driver for this kind of database is not installed.",
            "Leave --store out to use a file on this computer, or have the driver installed.",
        ) from None
    except sa.exc.DatabaseError as error:
        if "not a database" not in str(error.orig):
            raise _unusable(error) from None
        raise StoreError("This file is not a vsdocs store.", "Give --store another path.") from None
    except (sa.exc.SQLAlchemyError, OSError) as error:
        raise _unusable(error) from None


def _unusable(error: Exception) -> StoreError:
    return StoreError(
        f"The store could not be used ({type(error.__cause__ or error).__name__}).",
        "Check that its folder exists, is not read-only and is on this computer; --store names another place.",
    )
