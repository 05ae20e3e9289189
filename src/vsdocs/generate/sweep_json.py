"""The sweep for other programs: `sweep.json` and `peps/<id>.json`, under the names of the published contract."""

import json
from typing import Any

from pydantic_core import PydanticSerializationError, to_json

from vsdocs.generate.listing import entries
from vsdocs.generate.themes import themes
from vsdocs.outcome import Outcome, Sweep


def sweep_object(sweep: Sweep) -> dict[str, Any]:
    """The run, the outcomes that add up, every file by its source, and the weaknesses across schools."""
    return {
        "run": sweep.run.model_dump(mode="json"),
        "counts": sweep.counts,
        "files": [_file_object(outcome) for outcome in sweep.outcomes],
        "themes": [theme.model_dump(mode="json") for theme in themes(entries(sweep))],
    }


def _file_object(outcome: Outcome) -> dict[str, Any]:
    """One file. Its grades are those that count: a person's where one has given them."""
    judgement = outcome.standing
    return {
        "source": outcome.source,
        "id": outcome.id,
        "outcome": outcome.outcome.value,
        "grade": judgement.grade.value if judgement and judgement.grade else None,
        "areas": {a.id: a.grade.value if a.grade else None for a in judgement.areas} if judgement else {},
        "error": outcome.error.model_dump(mode="json") if outcome.error else None,
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
