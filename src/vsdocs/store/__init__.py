"""The store: what was read and graded, so that nothing is read twice and a stopped sweep can go on.

SQLite in one file by default, any other database by URL. One transaction a document: after a crash each document is either
wholly there or not at all. The tables are in `tables.py`, how a database is opened in `opening.py`; this is
the one module that others call.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from vsdocs.errors import PASSING_PROBLEMS
from vsdocs.judgement import Judgement
from vsdocs.moderation import Moderation
from vsdocs.outcome import Outcome, OutcomeKind, Run
from vsdocs.record import Extraction
from vsdocs.store import lock, tables
from vsdocs.store.faults import as_store_error
from vsdocs.store.opening import file_of, open_database, url_of
from vsdocs.store.writing import put

__all__ = ["Reading", "Store", "file_of", "url_of"]


@dataclass(frozen=True)
class Reading:
    """What reading a file gave: an extraction (its `source` left empty) or the code of a file problem."""

    extraction: Extraction | None
    problem: str | None
    first_read: str  # ISO date


class Store:
    """One store. Its methods take and give the project's own types; no SQL leaves this room.

    `reader` names the reader and the vocabulary of now: what an older one read counts as not read. With a `key` the store
    is an encrypted file.
    """

    def __init__(self, url: str, reader: str, key: str | None = None) -> None:
        self.reader = reader
        self.engine, self.path = open_database(url, key)

    def close(self) -> None:
        self.engine.dispose()

    def held(self) -> AbstractContextManager[None]:
        """This store's lock, for as long as a sweep is at work on it: LockedError says who holds it already."""
        return lock.held(self.engine, self.path)

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
        with as_store_error(), self.engine.begin() as connection:
            if extraction is not None:
                payload = extraction.model_copy(update={"source": ""}).model_dump(mode="json")
                put(connection, tables.reading, {**key, "extraction": payload, "first_read": run.today})
            elif problem is not None and problem not in PASSING_PROBLEMS:
                put(connection, tables.reading, {**key, "problem": problem, "first_read": run.today})
            if judgement is not None:
                payload = judgement.model_copy(update={"source": ""}).model_dump(mode="json")
                version = {"rubric": run.rubric, "rubric_version": run.rubric_version, "today": run.today}
                put(connection, tables.judgement, {**key, **version, "judgement": payload})
            done = {"run": run.id, "source": outcome.source, "sha256": sha256, "outcome": outcome.outcome.value}
            put(connection, tables.run_file, done, replace=True)

    def outcomes(self, run: Run) -> dict[str, tuple[str, OutcomeKind]]:
        """source -> (sha256, outcome) of the files that this run has done so far."""
        t = tables.run_file
        with as_store_error(), self.engine.connect() as connection:
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
        with as_store_error(), self.engine.begin() as connection:
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
        with as_store_error(), self.engine.begin() as connection:
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
        with as_store_error(), self.engine.connect() as connection:
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
        with as_store_error(), self.engine.begin() as connection:
            connection.execute(sa.insert(tables.moderation), rows)

    def moderations(self, rubric: str) -> tuple[Moderation, ...]:
        """What people gave under a rubric, in the order of giving."""
        t = tables.moderation
        query = sa.select(t.c.moderation).where(t.c.rubric == rubric).order_by(t.c.number)
        with as_store_error(), self.engine.connect() as connection:
            return tuple(Moderation.model_validate(row.moderation) for row in connection.execute(query))

    def _one(self, query: sa.Select[Any]) -> Any:
        with as_store_error(), self.engine.connect() as connection:
            return connection.execute(query).first()
