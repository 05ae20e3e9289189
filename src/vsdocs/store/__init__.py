"""The store: what was read and graded, so that nothing is read twice and a stopped sweep can go on.

SQLite in one file by default, any other database by URL. One transaction a document: after a crash each document is either
wholly there or not at all. The tables are in `tables.py`, how a database is opened in `opening.py`; this is
the one module that others call.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa

from vsdocs.errors import FILE_PROBLEMS, PASSING_PROBLEMS
from vsdocs.judgement import Judgement
from vsdocs.meeting_notes import Notes
from vsdocs.moderation import Moderation, standing
from vsdocs.outcome import Outcome, OutcomeKind, Run, RunReport, Settled, Sweep
from vsdocs.record import Extraction, Frozen
from vsdocs.store import lock, tables
from vsdocs.store.faults import as_store_error
from vsdocs.store.opening import file_of, open_database, url_of
from vsdocs.store.roll import RollBook
from vsdocs.store.writing import put

__all__ = ["Known", "Made", "Store", "batched", "file_of", "url_of"]

T = TypeVar("T")
M = TypeVar("M", bound=Frozen)

_AT_ONCE = 200  # rows that are asked for in one query: SQLite takes 999 values, and two hundred PEPs fit the memory
_RUNS_BEFORE = 3  # a year of terms: what is looked through for a child's last PEP
_SAME = ("term", "rubric", "rubric_version", "reader")  # what a stopped run must share with the one that goes on


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of a file's content: what reading it gave and, where `graded`, what became of it."""

    outcome: OutcomeKind
    problem: str | None
    graded: bool


class Made(NamedTuple):
    """One settled file with what was made of it anew, packed."""

    file: Settled
    extraction: bytes | None = None
    judgement: bytes | None = None
    graded: OutcomeKind | None = None  # what grading it anew made of it


class Store:
    """One store. Its methods take and give the project's own types; no SQL leaves this room.

    A run names the reader and the vocabulary that it reads by: what another one read counts as not read.
    With a `key` the store is an encrypted file.
    """

    def __init__(self, url: str, key: str | None = None) -> None:
        self.engine, self.path = open_database(url, key)
        self.roll = RollBook(self.engine)

    def close(self) -> None:
        self.engine.dispose()

    def held(self) -> AbstractContextManager[None]:
        """This store's lock, for as long as a sweep is at work on it: LockedError says who holds it already."""
        return lock.held(self.engine, self.path)

    def known(self, sha256s: Iterable[str], run: Run) -> dict[str, Known]:
        """What is known of these files: as they were read, and as they were graded under the run's rubric and day."""
        r, j = tables.reading, tables.judgement
        graded = sa.and_(j.c.sha256 == r.c.sha256, j.c.reader == r.c.reader, *_of_run(run))
        query = (
            sa.select(r.c.sha256, r.c.problem, j.c.outcome, j.c.problem.label("unsure"))
            .select_from(r.outerjoin(j, graded))
            .where(r.c.reader == run.reader)
        )
        found: dict[str, Known] = {}
        for row in self._in_parts(query, r.c.sha256, sha256s):
            if row.problem is not None:
                known = Known(OutcomeKind(FILE_PROBLEMS[row.problem][2]), row.problem, graded=True)
            elif row.outcome is not None:
                known = Known(OutcomeKind(row.outcome), row.unsure, graded=True)
            else:
                known = Known(OutcomeKind.GRADED, None, graded=False)
            found[row.sha256] = known
        return found

    def extractions(self, sha256s: Iterable[str], run: Run) -> dict[str, bytes]:
        """What these files said when they were read, packed."""
        t = tables.reading
        query = sa.select(t.c.sha256, t.c.extraction).where(t.c.reader == run.reader, t.c.extraction.is_not(None))
        return {row.sha256: row.extraction for row in self._in_parts(query, t.c.sha256, sha256s)}

    def save(self, run: Run, *made: Made) -> None:
        """These files' outcomes with all that belongs to them, in one transaction. Saving again changes nothing."""
        readings: list[dict[str, Any]] = []
        judgements: list[dict[str, Any]] = []
        done: list[dict[str, Any]] = []
        for file, extraction, judgement, graded in made:
            key = {"sha256": file.sha256, "reader": run.reader}
            if extraction is not None:
                readings.append({**key, "extraction": extraction, "problem": None, "first_read": run.today})
            elif file.sha256 and not file.is_read and file.problem not in PASSING_PROBLEMS:
                readings.append({**key, "extraction": None, "problem": file.problem, "first_read": run.today})
            if graded is not None:
                version = {"rubric": run.rubric, "rubric_version": run.rubric_version, "today": run.today}
                became = {"judgement": judgement, "outcome": graded.value, "problem": file.problem}
                judgements.append({**key, **version, **became})
            row = {"run": run.id, "outcome": file.outcome.value}
            done.append(row | {"source": file.source, "sha256": file.sha256, "problem": file.problem})
        with as_store_error(), self.engine.begin() as connection:
            put(connection, tables.reading, readings)
            put(connection, tables.judgement, judgements)
            put(connection, tables.run_file, done, replace=True)

    def files(self, run: Run) -> dict[str, Settled]:
        """source -> what became of it, of the files that this run has done so far."""
        t = tables.run_file
        with as_store_error(), self.engine.connect() as connection:
            rows = connection.execute(sa.select(t).where(t.c.run == run.id))
            return {row.source: Settled(row.source, row.sha256, OutcomeKind(row.outcome), row.problem) for row in rows}

    def sweep(self, run: Run, files: Iterable[Settled]) -> Sweep:
        """A run with these outcomes: as they were graded, or as a person has since."""
        given = standing(self.moderations(run.rubric))
        ordered = sorted(files, key=lambda file: file.source)
        moderated = tuple(file.moderated_by(given.get(file.sha256)) for file in ordered)
        return Sweep(run, moderated, _Kept(self, run, moderated, given))

    def loaded(
        self, run: Run, files: Sequence[Settled]
    ) -> Iterator[tuple[Settled, Extraction | None, Judgement | None]]:
        """Each file with what it says and what it was judged to be under the run's rubric and day."""
        r, j = tables.reading, tables.judgement
        graded = sa.and_(j.c.sha256 == r.c.sha256, j.c.reader == r.c.reader, *_of_run(run))
        query = (
            sa.select(r.c.sha256, r.c.extraction, j.c.judgement)
            .select_from(r.outerjoin(j, graded))
            .where(r.c.reader == run.reader)
        )
        for part in batched(files, _AT_ONCE):
            read = {file.sha256 for file in part if file.is_read}
            rows = {row.sha256: row for row in self._in_parts(query, r.c.sha256, read)}
            for file in part:
                row = rows.get(file.sha256)
                yield file, _unpacked(Extraction, row and row.extraction), _unpacked(Judgement, row and row.judgement)

    def begin(self, folder: str, out: str, wanted: Run, any_day: bool) -> Run:
        """The run to do: a stopped one of the same folder, output, term, rubric and reader, or the wanted one with an id.

        With `any_day`, a run stopped on another day goes on, and keeps its own `today`.
        """
        t = tables.run
        same = {"folder": folder, "out": out, **{name: getattr(wanted, name) for name in _SAME}}
        where = [t.c[name].is_(value) if value is None else t.c[name] == value for name, value in same.items()]
        with as_store_error(), self.engine.begin() as connection:
            if not any_day:
                where.append(t.c.today == wanted.today)
            stopped = connection.execute(sa.select(t).where(*where, t.c.finished.is_(False))).first()
            if stopped is not None:
                return wanted.model_copy(update={"id": stopped.id, "today": stopped.today})
            number = connection.execute(sa.select(sa.func.count()).select_from(t)).scalar_one() + 1
            begun = wanted.model_copy(update={"id": f"{number:04d}"})
            connection.execute(sa.insert(t).values(id=begun.id, today=begun.today, finished=False, **same))
            return begun

    def finish(self, run: Run, report: RunReport) -> None:
        """Mark a run as done, once all that it writes is written, with how it went."""
        with as_store_error(), self.engine.begin() as connection:
            put(connection, tables.run_report, [{"run": run.id, "report": report.packed()}], replace=True)
            connection.execute(sa.update(tables.run).where(tables.run.c.id == run.id).values(finished=True))

    def latest(self, folder: str | None = None) -> Run | None:
        """The run that was finished last, of this folder if one is given, or None."""
        t = tables.run
        query = sa.select(t).where(t.c.finished.is_(True)).order_by(t.c.id.desc())
        found = self._one(query if folder is None else query.where(t.c.folder == folder))
        return _run(found) if found is not None else None

    def run(self, run_id: str) -> Run | None:
        """The finished run of this id, or None."""
        t = tables.run
        found = self._one(sa.select(t).where(t.c.finished.is_(True), t.c.id == run_id))
        return _run(found) if found is not None else None

    def reports(self) -> tuple[tuple[Run, RunReport], ...]:
        """Every finished run with how it went, the last first."""
        t, told = tables.run, tables.run_report
        query = sa.select(t, told.c.report).select_from(t.join(told)).order_by(t.c.id.desc())
        with as_store_error(), self.engine.connect() as connection:
            return tuple((_run(row), RunReport.unpacked(row.report)) for row in connection.execute(query))

    def graded(self, run: Run) -> tuple[Outcome, ...]:
        """What a run suggested, one outcome a PEP, by source. Copies of a file are one PEP."""
        first: dict[str, Settled] = {}
        for file in sorted(self.files(run).values(), key=lambda file: file.source):
            if file.is_read:
                first.setdefault(file.sha256, file)
        loaded = self.loaded(run, tuple(first.values()))
        return tuple(Outcome.of(file, pep, judged, None) for file, pep, judged in loaded if judged is not None)

    def earlier(self, run: Run) -> Iterator[Outcome]:
        """What the last runs before this one made of PEPs that are not in it, as they were graded; one is in memory at a time."""
        t = tables.run
        query = sa.select(t).where(t.c.finished.is_(True), t.c.id < run.id).order_by(t.c.id.desc()).limit(_RUNS_BEFORE)
        with as_store_error(), self.engine.connect() as connection:
            before = [_run(row) for row in connection.execute(query)]
        told = {file.sha256 for file in self.files(run).values()}
        for one in before:
            given = standing(self.moderations(one.rubric))
            files = {file.sha256: file for file in self.files(one).values() if file.is_read and file.sha256 not in told}
            told |= files.keys()
            for file, pep, judged in self.loaded(one, tuple(files.values())):
                if judged is not None:
                    yield Outcome.of(file, pep, judged, given.get(file.sha256))

    def moderate(self, moderations: Iterable[Moderation]) -> None:
        """Add what people gave, all of it or none."""
        rows = [{"rubric": one.rubric, "moderation": one.packed()} for one in moderations]
        with as_store_error(), self.engine.begin() as connection:
            connection.execute(sa.insert(tables.moderation), rows)

    def moderations(self, rubric: str) -> tuple[Moderation, ...]:
        """What people gave under a rubric, in the order of giving."""
        t = tables.moderation
        query = sa.select(t.c.moderation).where(t.c.rubric == rubric).order_by(t.c.number)
        with as_store_error(), self.engine.connect() as connection:
            return tuple(Moderation.unpacked(row.moderation) for row in connection.execute(query))

    def moderated_elsewhere(self, run: Run, files: Iterable[Settled]) -> dict[str, int]:
        """How many of these PEPs a person has graded under each other rubric, and not under the run's."""
        t = tables.moderation
        with as_store_error(), self.engine.connect() as connection:
            rubrics = sorted(connection.execute(sa.select(t.c.rubric).distinct()).scalars())
        if rubrics in ([], [run.rubric]):
            return {}
        waiting = {file.sha256 for file in files if file.is_read} - standing(self.moderations(run.rubric)).keys()
        counts = {name: len(waiting & standing(self.moderations(name)).keys()) for name in rubrics}
        return {name: count for name, count in counts.items() if count and name != run.rubric}

    def keep_notes(self, notes: Iterable[Notes]) -> None:
        """The actions of meetings, all of them or none; those of a meeting that is kept already are replaced."""
        rows = [{"reference": one.reference, "day": one.day, "notes": one.packed()} for one in notes]
        with as_store_error(), self.engine.begin() as connection:
            put(connection, tables.notes, rows, replace=True)

    def notes(self) -> tuple[Notes, ...]:
        """What was agreed at every meeting whose notes were read back, in the order of the meetings."""
        t = tables.notes
        query = sa.select(t.c.notes).order_by(t.c.day, t.c.reference)
        with as_store_error(), self.engine.connect() as connection:
            return tuple(Notes.unpacked(row.notes) for row in connection.execute(query))

    def called(self, pep_id: str) -> tuple[Extraction, ...]:
        """The PEPs that were ever read whose id begins so, each as it was read last."""
        t = tables.reading
        query = sa.select(t).where(t.c.sha256.startswith(pep_id, autoescape=True), t.c.extraction.is_not(None))
        with as_store_error(), self.engine.connect() as connection:
            rows = connection.execute(query.order_by(t.c.first_read, t.c.reader)).all()
            last = {row.sha256: row.extraction for row in rows}
            return tuple(Extraction.unpacked(extraction) for _, extraction in sorted(last.items()))

    def plans(self) -> Iterator[tuple[Extraction, str]]:
        """Every PEP that was ever read, once, as the latest reader read it, with the day on which it first came.

        Two hundred are in memory at a time; of the others only their ids.
        """
        t = tables.reading
        query = sa.select(t.c.sha256, t.c.reader, t.c.first_read).where(t.c.extraction.is_not(None))
        came: dict[str, str] = {}
        reader: dict[str, str] = {}
        with as_store_error(), self.engine.connect() as connection:
            for row in connection.execute(query.order_by(t.c.first_read, t.c.reader)):
                came.setdefault(row.sha256, row.first_read)
                reader[row.sha256] = row.reader
        packed = sa.select(t.c.sha256, t.c.reader, t.c.extraction)
        for row in self._in_parts(packed, t.c.sha256, reader):
            if row.reader == reader[row.sha256] and (pep := _unpacked(Extraction, row.extraction)) is not None:
                yield pep, came[row.sha256]

    def _one(self, query: sa.Select[Any]) -> Any:
        with as_store_error(), self.engine.connect() as connection:
            return connection.execute(query).first()

    def _in_parts(self, query: sa.Select[Any], column: sa.Column[str], values: Iterable[str]) -> Iterator[Any]:
        """The rows of a query whose column is one of these values, so many at a time as any database takes."""
        for part in batched(sorted(values), _AT_ONCE):
            with as_store_error(), self.engine.connect() as connection:
                rows = connection.execute(query.where(column.in_(part))).all()
            yield from rows  # with the connection given back: whoever asks may take minutes over them


@dataclass(frozen=True)
class _Kept:
    """The outcomes of a run, loaded from the store a few at a time as they are gone through."""

    store: Store
    run: Run
    files: tuple[Settled, ...]
    given: dict[str, Moderation]

    def __iter__(self) -> Iterator[Outcome]:
        for file, extraction, judgement in self.store.loaded(self.run, self.files):
            yield Outcome.of(file, extraction, judgement, self.given.get(file.sha256))


def batched(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """The items in tuples of `size`, the last one shorter (itertools.batched comes with Python 3.12)."""
    rest = iter(items)
    while part := tuple(islice(rest, size)):
        yield part


def _run(row: Any) -> Run:
    return Run(**{name: getattr(row, name) for name in Run.model_fields})


def _of_run(run: Run) -> tuple[sa.ColumnElement[bool], ...]:
    j = tables.judgement
    return j.c.rubric == run.rubric, j.c.rubric_version == run.rubric_version, j.c.today == run.today


def _unpacked(kind: type[M], data: bytes | None) -> M | None:
    if data is None:
        return None
    with as_store_error():
        return kind.unpacked(data)
