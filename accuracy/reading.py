"""Reads the PEPs of a set as `vsdocs extract` does, two at a time, and keeps what the tables are made of.

Each file is read once. With a layout's wordings taken out only the second half of the work, from document to record, is done again.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import score_extraction
from layouts import WAYS, without

from vsdocs import extract, pipeline, readers, rubric
from vsdocs.errors import FileProblem
from vsdocs.judgement import Judgement
from vsdocs.record import Extraction
from vsdocs.settings import DEFAULT_RUBRIC

TODAY = date(2026, 11, 22)
PROCESSES = 2

Truth = dict[str, Any]  # one *.truth.json


@dataclass(frozen=True)
class Reading:
    """What one file gave; None where it gave no record. `taken_out`: by the letter of `layouts.WAYS`."""

    source: str
    extraction: Extraction | None = None
    judgement: Judgement | None = None
    taken_out: dict[str, Extraction | None] = field(default_factory=dict)


def truths_in(folder: Path) -> list[tuple[Path, Truth]]:
    """Each PEP of a folder with its truth."""
    found = []
    for path in sorted(folder.rglob("*.truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        found.append((path.parent / truth["source"], truth))
    return found


@cache
def _vocabulary(layout: str, way: str) -> Any:
    return without(extract.load_vocabulary(), layout, WAYS[way])


def read(path: Path, layout: str | None = None) -> Reading:
    """Reads and grades one file; with `layout` also reads it without that layout's wordings."""
    source = path.name
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()

    def record(document: Any, vocabulary: Any = None) -> Extraction | None:
        try:
            return extract.extract(document, source=source, sha256=sha256, vocabulary=vocabulary)
        except FileProblem:
            return None

    try:
        document = readers.read(data)
    except FileProblem:
        return Reading(source)
    extraction = record(document)
    judgement = pipeline.grade(extraction, rubric.load(DEFAULT_RUBRIC), TODAY) if extraction else None
    taken_out = {way: record(document, _vocabulary(layout, way)) for way in WAYS} if layout else {}
    return Reading(source, extraction, judgement, taken_out)


def read_all(peps: Iterable[tuple[Path, Truth]], by_layout: bool = False) -> list[Reading]:
    """Reads PEPs in two processes; `by_layout`: also without the wordings of each one's own layout."""
    there = [(path, truth["layout"] if by_layout else None) for path, truth in peps if path.exists()]
    there.sort(key=lambda pep: "scan" not in pep[0].name)  # the slow ones first
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with ProcessPoolExecutor(PROCESSES) as pool:
        return list(pool.map(read, *zip(*there, strict=True))) if there else []


def predictions(extractions: Iterable[tuple[str, Extraction | None]]) -> dict[str, dict[str, Any]]:
    """Extractions by source, as the scorer takes them."""
    return {
        source.casefold(): {"source": source, "record": extraction.record.model_dump(mode="json")}
        for source, extraction in extractions
        if extraction is not None
    }


def scored(truths: list[Truth], readings: list[Reading]) -> dict[str, Any]:
    """The scorer's result for a set."""
    return score_extraction.score(truths, predictions((r.source, r.extraction) for r in readings))


def wrong(row: dict[str, Any]) -> str:
    """Of the values read, how many are wrong: '12 of 1480 (0.8 %)'."""
    read_values = row["tp"] + row["fp"]
    return f"{row['fp']} of {read_values} ({100 * (1 - row['precision']):.1f} %)" if read_values else "nothing read"


def tables(scores: dict[str, dict[str, Any]]) -> list[str]:
    """Reading by format, by layout and the wrong values, of each set's scores."""
    lines = ["| set | format | precision | recall | F1 |", "|---|---|---|---|---|"]
    lines += _rows(scores, "by_format")
    lines += ["", "By layout:", "", "| set | layout | precision | recall | F1 |", "|---|---|---|---|---|"]
    lines += _rows(scores, "by_layout")
    lines += ["", "Wrong values among those read (1 - precision):", "", "| set | wrong values |", "|---|---|"]
    return lines + [f"| {name} | {wrong(score['overall'])} |" for name, score in scores.items()]


def _rows(scores: dict[str, dict[str, Any]], part: str) -> list[str]:
    return [
        f"| {name} | {kind} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} |"
        for name, score in scores.items()
        for kind, row in [*score[part].items(), *([("all", score["overall"])] if part == "by_format" else [])]
    ]
