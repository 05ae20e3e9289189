"""Scores the fields that few forms carry, by the scorer's own rules, in each PEP whose truth has them."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from states import on_form

SCALARS = {
    "carer_views": "long",
    "qa_feedback": "long",
    "voice_method": "long",
    "timetable.start": "date",
    "timetable.end": "date",
    "timetable.reason": "long",
    "timetable.last_review": "date",
    "timetable.next_review": "date",
    "submitted": "date",
    "needs": "long",
    "strengths": "long",
}
COLUMNS = {"baseline": "long", "frequency": "short"}  # of targets


def _scorer() -> ModuleType:
    """The scorer of this folder once more, asking for these fields instead of its own."""
    spec = importlib.util.spec_from_file_location("score_extras", Path(__file__).with_name("score_extraction.py"))
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    scorer.SCALARS = SCALARS
    scorer.LISTS = {"targets": (COLUMNS, ("text",), ("text", "success_criteria", "provision"))}
    return scorer


SCORER = _scorer()


def carried(truth: dict[str, Any]) -> set[str]:
    """The paths of these fields that are on the form and that the truth speaks of, if only to say that they are empty."""
    record = truth["record"]
    paths = {
        path
        for path in SCALARS
        if path.rpartition(".")[2] in ((record.get("timetable") or {}) if path.startswith("timetable.") else record)
    }
    targets = record.get("targets") or []
    paths |= {f"targets[].{column}" for column in COLUMNS if any(column in target for target in targets)}
    return {path for path in paths if on_form(truth, path)}


def score(truths: list[dict[str, Any]], predictions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The scorer's result over the truths that carry any of these fields; a field that a truth is silent on is not scored."""
    every = [*SCALARS, *(f"targets[].{column}" for column in COLUMNS)]
    asked = [
        truth | {"not_on_form": [*(truth.get("not_on_form") or []), *(p for p in every if p not in carried(truth))]}
        for truth in truths
        if carried(truth)
    ]
    return SCORER.score(asked, predictions)


def table(sets: dict[str, dict[str, Any]]) -> list[str]:
    """Right, wrong and missed, by set and field. Sets whose truth carries none are left out."""
    lines = ["| set | field | right | wrong | missed | F1 |", "|---|---|---|---|---|---|"]
    for name, told in sets.items():
        for field, row in [*told["by_field"].items(), *([("all", told["overall"])] if told["documents"] else [])]:
            lines.append(f"| {name} | {field} | {row['tp']} | {row['fp']} | {row['fn']} | {row['f1']:.3f} |")
    return lines
