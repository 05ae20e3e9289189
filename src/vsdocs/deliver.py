"""A finished sweep is written into its folder: workbook, page, JSON, one draft letter and one record for each PEP.

Each file is written beside its place, flushed to the disk and then moved there, so that a kill or a full disk leaves the old
file or the new one, never half of one. A draft letter that somebody has edited is left as it is.
"""

import hashlib
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from vsdocs.errors import CannotWriteError
from vsdocs.generate import letter, page, sweep_json, workbook
from vsdocs.outcome import Outcome, Sweep

DRAFTS = "drafts.json"  # id -> SHA-256 of each draft letter as it was written


def write(sweep: Sweep, out: Path) -> int:
    """Write all that a sweep makes into `out`; gives the number of edited letters that were left as they are."""
    peps = {o.id: o for o in reversed(sweep.outcomes) if o.extraction is not None}  # the first source of each
    try:
        for folder in (out, out / "letters", out / "peps"):
            folder.mkdir(parents=True, exist_ok=True)
        for file_id, outcome in sorted(peps.items()):
            _replace(out / "peps" / f"{file_id}.json", _json(sweep_json.pep_object(outcome)))
        _clear(out / "peps", {f"{file_id}.json" for file_id in peps})
        kept = _write_letters(out / "letters", peps, date.fromisoformat(sweep.run.today))
        _replace(out / "sweep.html", page.render(sweep).encode())
        _replace_with(out / "sweep.xlsx", lambda path: workbook.write(sweep, path))
        _replace(out / "sweep.json", _json(sweep_json.sweep_object(sweep)))
    except OSError as error:
        raise CannotWriteError(
            f"The results could not be written ({error.strerror or type(error).__name__}).",
            "Check that the disk is not full, the folder is not read-only, and sweep.xlsx is not open in Excel; then sweep again.",
        ) from None
    return kept


def _write_letters(folder: Path, peps: dict[str, Outcome], today: date) -> int:
    """One draft for each graded PEP. A letter that differs from the draft we wrote was edited, and stays."""
    drafts: dict[str, str] = {}
    if (folder / DRAFTS).exists():
        drafts = json.loads((folder / DRAFTS).read_text(encoding="utf-8"))
    written, kept = {}, 0
    for file_id, outcome in sorted(peps.items()):
        if outcome.error is not None or outcome.extraction is None or outcome.judgement is None:
            continue
        path = folder / f"{file_id}.docx"
        draft = letter.render(outcome.extraction, outcome.judgement, today, moderation=outcome.moderation)
        written[file_id] = hashlib.sha256(draft).hexdigest()
        if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() not in (
            drafts.get(file_id),
            written[file_id],
        ):
            written[file_id] = drafts.get(file_id, "")
            kept += 1
        else:
            _replace(path, draft)
    unedited = {
        f"{file_id}.docx"
        for file_id, digest in drafts.items()
        if file_id not in written
        and (folder / f"{file_id}.docx").exists()
        and hashlib.sha256((folder / f"{file_id}.docx").read_bytes()).hexdigest() == digest
    }
    for name in unedited:
        (folder / name).unlink()
    _replace(folder / DRAFTS, _json(written))
    return kept


def _clear(folder: Path, wanted: set[str]) -> None:
    """Take away the records of an earlier sweep, so that the folder holds this one's only."""
    for path in folder.glob("*.json"):
        if path.name not in wanted:
            path.unlink()


def _json(value: Any) -> bytes:
    return sweep_json.dumps(value).encode()


def _replace(path: Path, data: bytes) -> None:
    _replace_with(path, lambda temporary: temporary.write_bytes(data))


def _replace_with(path: Path, write: Callable[[Path], Any]) -> None:
    temporary = path.with_name(f".writing-{path.name}")
    try:
        write(temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
