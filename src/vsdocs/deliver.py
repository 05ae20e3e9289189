"""A finished sweep is written into its folder: workbook, page, JSON, one draft letter and one record for each PEP.

Each file is written beside its place, flushed to the disk and then moved there, so that a kill or a full disk leaves the old
file or the new one, never half of one. A file that is there already, word for word, is left alone. A draft letter that
somebody has edited is left as it is.
"""

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from vsdocs.errors import CannotWriteError, RefusedError, UsageError
from vsdocs.generate import gate, page, sweep_json, workbook
from vsdocs.generate.case import Case
from vsdocs.generate.letters import feedback
from vsdocs.outcome import Outcome, Sweep
from vsdocs.settings import Settings
from vsdocs.timing import Deadlines

DRAFTS = "drafts.json"  # id -> SHA-256 of each draft letter as it was written
MOST_LISTED = 3000  # PEPs: beyond so many, page and workbook would be too big to be opened
AT_ONCE = 8  # files that are flushed to the disk at a time


@dataclass(frozen=True)
class Delivered:
    """Edited letters that were left as they were, those that the gate refused, and whether there are page and workbook."""

    kept: tuple[str, ...]  # ids
    refused: tuple[str, ...]
    listed: bool


def write(sweep: Sweep, out: Path, settings: Settings | None = None, rules: Deadlines | None = None) -> Delivered:
    """Write all that a sweep makes into `out`. Raises CannotWriteError where the disk is full, or it may not be written to."""
    try:
        write_records(sweep, out)
        kept, refused = _write_letters(sweep, out / "letters", settings or Settings(), rules or Deadlines())
        listed = _write_lists(sweep, out)
    except OSError as error:
        raise CannotWriteError(
            f"The results could not be written ({error.strerror or type(error).__name__}).",
            "Check that the disk is not full, the folder is not read-only, and sweep.xlsx is not open in Excel; then sweep again.",
        ) from None
    return Delivered(kept, refused, listed)


def write_records(sweep: Sweep, out: Path) -> None:
    """Write what programs read: `peps/<id>.json` for each PEP, and `sweep.json`."""
    folder = out / "peps"
    folder.mkdir(parents=True, exist_ok=True)
    with _Disk() as disk:
        for outcome in _peps(sweep):
            disk.replace(folder / f"{outcome.id}.json", _json(sweep_json.pep_object(outcome)))
    _clear(folder, {f"{file.id}.json" for file in sweep.files if file.is_read})
    _replace(out / "sweep.json", _json(sweep_json.sweep_object(sweep)))


def _write_letters(
    sweep: Sweep, folder: Path, settings: Settings, rules: Deadlines
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """One draft for each graded PEP, read again before it is kept; gives the ids of edited ones, and of those refused."""
    folder.mkdir(parents=True, exist_ok=True)
    letters = _Letters(folder)
    today = date.fromisoformat(sweep.run.today)
    others = gate.Others((pep.extraction for pep in sweep.outcomes if pep.extraction), settings)
    refused = []
    with _Disk() as disk:
        for outcome in _peps(sweep):
            if (pep := outcome.extraction) is not None and outcome.judgement is not None and outcome.error is None:
                case = Case(pep, today, settings, outcome.judgement, outcome.moderation, rules=rules)
                written = feedback.render(case)
                try:
                    gate.check(written, others)
                except RefusedError:
                    refused.append(outcome.id)
                else:
                    letters.write(outcome.id, written.docx, disk)
    letters.clear()
    letters.note()
    return letters.kept, tuple(refused)


def write_documents(documents: Iterable[tuple[str, Mapping[str, bytes]]], folder: Path) -> tuple[str, ...]:
    """Write finished documents into `folder`, each by its name with its files by their endings, `.docx` among them.

    Gives the names of those that somebody has edited since they were written there: they are left as they are, and so are
    their other files. Raises CannotWriteError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        letters = _Letters(folder)
        letters.written = dict(letters.drafts)
        with _Disk() as disk:
            for name, files in documents:
                if letters.write(name, files[".docx"], disk):
                    for ending in files.keys() - {".docx"}:
                        disk.replace(folder / f"{name}{ending}", files[ending])
        letters.note()
    except OSError as error:
        raise CannotWriteError(
            f"The letters could not be written ({error.strerror or type(error).__name__}).",
            "Check that the disk is not full, the folder is not read-only, and no letter in it is open in Word.",
        ) from None
    return letters.kept


def write_checks(path: Path, checks: Mapping[str, Iterable[str]]) -> None:
    """What to look at before documents leave, by reference. What the file says of others already stays."""
    told: dict[str, list[str]] = {}
    reference = ""
    for line in path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else ():
        if line.startswith("  "):
            told.setdefault(reference, []).append(line.strip())
        elif line:
            reference = line.rstrip(":")
    told |= {name: list(lines) for name, lines in checks.items()}
    text = "".join(f"{name}:\n" + "".join(f"  {line}\n" for line in told[name]) + "\n" for name in sorted(told))
    if text:
        _replace(path, text.encode("utf-8-sig"))


def _write_lists(sweep: Sweep, out: Path) -> bool:
    """Page and workbook, unless there are too many PEPs for them."""
    if len({file.id for file in sweep.files if file.is_read}) > MOST_LISTED:
        for name in ("sweep.html", "sweep.xlsx"):  # those of an earlier sweep
            (out / name).unlink(missing_ok=True)
        return False
    _replace(out / "sweep.html", page.render(sweep).encode())
    _replace(out / "sweep.xlsx", workbook.render(sweep))
    return True


def _peps(sweep: Sweep) -> Iterable[Outcome]:
    """The outcomes that hold a record; of copies of a file, the first."""
    done = set()
    for outcome in sweep.outcomes:
        if outcome.extraction is not None and outcome.id not in done:
            done.add(outcome.id)
            yield outcome


class _Disk:
    """Replaces files, a few at a time: flushing one is mostly waiting."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._under_way: deque[Future[None]] = deque()

    def __enter__(self) -> "_Disk":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._pool.shutdown(cancel_futures=kind is not None)
        if kind is None:
            self._settle(0)

    def replace(self, path: Path, data: bytes) -> None:
        self._under_way.append(self._pool.submit(_replace, path, data))
        self._settle(4 * AT_ONCE)

    def _settle(self, most: int) -> None:
        while len(self._under_way) > most:
            self._under_way.popleft().result()


class _Letters:
    """What we wrote into a folder, by name. A letter that differs from what we wrote there was edited, and stays."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drafts: dict[str, str] = {}
        with suppress(FileNotFoundError, ValueError):  # where it is damaged, every letter counts as edited, and stays
            self.drafts = TypeAdapter(dict[str, str]).validate_json((folder / DRAFTS).read_bytes())
        self.written: dict[str, str] = {}
        self.kept: tuple[str, ...] = ()

    def write(self, name: str, docx: bytes, disk: _Disk) -> bool:
        """Whether it was written: not where somebody has edited it."""
        path = self.folder / f"{name}.docx"
        self.written[name] = _sha256(docx)
        if path.exists() and _sha256(path.read_bytes()) not in (self.drafts.get(name), self.written[name]):
            self.written[name] = self.drafts.get(name, "")
            self.kept += (name,)
            return False
        disk.replace(path, docx)
        return True

    def clear(self) -> None:
        """Take away the unedited drafts of PEPs that are no longer in the sweep."""
        for file_id, digest in self.drafts.items():
            path = self.folder / f"{file_id}.docx"
            if file_id not in self.written and path.exists() and _sha256(path.read_bytes()) == digest:
                path.unlink()

    def note(self) -> None:
        """Keep what was written, by which an edited letter is told."""
        _replace(self.folder / DRAFTS, _json(dict(sorted(self.written.items()))))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _clear(folder: Path, wanted: set[str]) -> None:
    """Take away the records of an earlier sweep, so that the folder holds this one's only."""
    for path in folder.glob("*.json"):
        if path.name not in wanted:
            path.unlink()


def _json(value: Any) -> bytes:
    return sweep_json.dumps(value).encode()


def write_new(files: Mapping[Path, bytes]) -> None:
    """Write these files, unless one is there already and differs: it may be filled, and then nothing is written."""
    for path, data in files.items():
        if path.exists() and path.read_bytes() != data:
            raise UsageError(
                f"There is another {path.suffix} file of this name already, perhaps one that is filled.",
                "Choose another --out, or move it away.",
            )
    for path, data in files.items():
        write_file(path, data)


def write_file(path: Path, data: bytes) -> None:
    """Write one file whole or not at all. Raises CannotWriteError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise CannotWriteError(
            f"{path.name} could not be written ({error.strerror or type(error).__name__}).",
            "Check that the disk is not full, the folder is not read-only, and the file is not open.",
        ) from None


def _replace(path: Path, data: bytes) -> None:
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return
    temporary = path.with_name(f".writing-{path.name}")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
