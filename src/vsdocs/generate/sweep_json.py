"""The sweep for other programs: `sweep.json` and `peps/<id>.json`, under the names of the published contract."""

import json
from typing import Any

from pydantic_core import PydanticSerializationError, to_json

from vsdocs.generate.listing import entries
from vsdocs.generate.themes import Themes
from vsdocs.judgement import Judgement
from vsdocs.outcome import Outcome, OutcomeKind, Problem, Settled, Sweep


def sweep_object(sweep: Sweep) -> dict[str, Any]:
    """The run, the outcomes that add up, every file by its source, and the weaknesses across schools."""
    grades: dict[str, dict[str, Any]] = {}
    themes = Themes()
    for entry in entries(sweep):
        grades[entry.id] = _grades(entry.judgement)
        themes.add(entry)
    return {
        "run": sweep.run.model_dump(mode="json"),
        "counts": sweep.counts,
        "files": [_file_object(file, grades.get(file.id)) for file in sweep.files],
        "themes": [theme.model_dump(mode="json") for theme in themes.found()],
    }


def _grades(judgement: Judgement | None) -> dict[str, Any]:
    """The grades that count: a person's where one has given them."""
    return {
        "grade": judgement.grade.value if judgement and judgement.grade else None,
        "areas": {a.id: a.grade.value if a.grade else None for a in judgement.areas} if judgement else {},
    }


def _file_object(file: Settled, grades: dict[str, Any] | None) -> dict[str, Any]:
    problem = Problem.of_file(file.problem) if file.problem and file.outcome is not OutcomeKind.IGNORED else None
    return {
        "source": file.source,
        "id": file.id,
        "outcome": file.outcome.value,
        **(grades or _grades(None)),
        "error": problem.model_dump(mode="json") if problem else None,
    }


def pep_object(outcome: Outcome) -> dict[str, Any]:
    """What `extract` prints of this file, with what `score` prints under `judgement` (None where nothing was scored).

    The judgement is what was suggested; what a person gave stands beside it under `moderation`.
    """
    if outcome.extraction is None:
        return {
            "source": outcome.source,
            "id": outcome.id,
            "outcome": outcome.outcome.value,
            "error": outcome.error.model_dump(mode="json") if outcome.error else None,
        }
    judgement = outcome.judgement.model_dump(mode="json") | {"source": outcome.source} if outcome.judgement else None
    pep = outcome.extraction.model_dump(mode="json") | {"source": outcome.source}
    pep["evidence"] = dict(sorted(pep["evidence"].items()))
    moderation = outcome.moderation.model_dump(mode="json") if outcome.moderation else None
    return pep | {"judgement": judgement, "moderation": moderation}


def dumps(value: dict[str, Any]) -> str:
    """JSON text, the same for the same value: one space of indent, real letters, a newline at the end."""
    try:
        return to_json(value, indent=1).decode() + "\n"
    except PydanticSerializationError:  # a lone surrogate
        text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
        return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"
