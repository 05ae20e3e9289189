"""What few forms ask for is read where a form does: four forms that word and draw it differently (fixtures/fields)."""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from conftest import FIXTURES, ROOT
from vsdocs import pipeline
from vsdocs.evidence import State
from vsdocs.record import Extraction, value_at

sys.path.insert(0, str(ROOT / "accuracy"))
import extras
import score_extraction

FIELDS = FIXTURES / "fields"
FORMS = {path.name.removesuffix(".truth.json"): path for path in sorted(FIELDS.glob("*.truth.json"))}


@cache
def truth_of(form: str) -> dict[str, Any]:
    return json.loads(FORMS[form].read_text(encoding="utf-8"))


@cache
def read(form: str) -> Extraction:
    path = FIELDS / truth_of(form)["source"]
    return pipeline.read(path.read_bytes(), path.name)


def asked() -> list[tuple[str, str]]:
    """Each form with each single field that it has a place for."""
    return [(form, path) for form in FORMS for path in extras.SCALARS if path not in truth_of(form)["not_on_form"]]


def test_there_are_four_forms_and_each_field_is_on_three_of_them() -> None:
    assert {Path(truth_of(form)["source"]).suffix for form in FORMS} == {".docx", ".pdf"}
    assert len({truth_of(form)["layout"] for form in FORMS}) == 4
    assert min([path for _, path in asked()].count(path) for path in extras.SCALARS) >= 3


@pytest.mark.parametrize(("form", "path"), asked())
def test_field(form: str, path: str) -> None:
    want = score_extraction.get(truth_of(form)["record"], path)
    got = value_at(read(form).record, path)
    if want is None:
        assert got is None
        assert read(form).state(path) is State.BLANK
    else:
        assert got is not None, read(form).state(path)
        assert extras.SCORER.same(extras.SCALARS[path], want, got), got


@pytest.mark.parametrize("column", extras.COLUMNS)
@pytest.mark.parametrize("form", FORMS)
def test_column_of_each_target(form: str, column: str) -> None:
    want = {target["text"]: target[column] for target in truth_of(form)["record"]["targets"]}
    got = {target.text: getattr(target, column) for target in read(form).record.targets}
    assert got == want


@pytest.mark.parametrize("form", FORMS)
def test_what_is_printed_can_be_found_where_the_evidence_says(form: str) -> None:
    for path, evidence in read(form).evidence.items():
        if evidence.state is State.FOUND and path in extras.SCALARS:
            assert evidence.text, path
            assert evidence.location, path
            assert evidence.page is not None or truth_of(form)["format"] == "docx", path


@pytest.mark.parametrize("form", FORMS)
def test_none_of_it_is_taken_for_the_childs_own_words(form: str) -> None:
    answers = " ".join(entry.answer or "" for entry in read(form).record.voice)
    for path in ("carer_views", "voice_method", "qa_feedback", "strengths", "needs"):
        said = score_extraction.get(truth_of(form)["record"], path)
        assert not said or said[:40] not in answers, path


@pytest.mark.parametrize("form", FORMS)
def test_the_usual_parts_are_read_too(form: str) -> None:
    predicted = {truth_of(form)["source"].casefold(): {"record": read(form).record.model_dump(mode="json")}}
    told = score_extraction.score([truth_of(form)], predicted)
    assert told["overall"]["f1"] > 0.97, [(error["field"], error["predicted"]) for error in told["errors"]]
