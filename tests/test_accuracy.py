"""The measurement measures what it says: wordings are really taken out, states and fields counted as told."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import FIXTURES, PEPS, ROOT, extraction_of, truth_files
from vsdocs.evidence import Evidence, State
from vsdocs.extract import load_vocabulary
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.extract.wording import normal

sys.path.insert(0, str(ROOT / "accuracy"))
import extras
import grading
import layouts
import measure
import reading
import states

LAYOUTS = sorted(path.name for path in PEPS.iterdir() if path.is_dir())


# ------------------------------------------------------------------------------------------------------ a layout left out
@pytest.fixture(scope="module")
def vocabulary() -> FormVocabulary:
    """The real vocabulary with two fields only, in words that no form has."""
    fields = {
        "meeting.date": {
            "seen_in": {"Zebra crossing": ["x1"], "Yak herding": ["x1", "x2"], "YAK HERDING:": ["x3"]},
            "also": ["zebra crossing:", "Walrus tide"],
            "words": ["zebra*", "yak*"],
        },
        "submitted": {"seen_in": {"Okapi walk": ["x1"]}, "within": {"sdq": {"also": ["Okapi Walk", "Zebra Crossing"]}}},
        "child.upn": {"also": ["Zebra crossing", "Ibex ledge"]},
    }
    return FormVocabulary.model_validate(load_vocabulary().model_dump() | {"fields": fields})


def sure(words: FormVocabulary, label: str) -> str | None:
    """What a label means as a known wording; None where only a word query or nothing catches it."""
    found = words.field(label)
    return found.id if found and found.score > 0.7 else None


def test_all_wordings_are_known_before(vocabulary: FormVocabulary) -> None:
    assert [sure(vocabulary, each) for each in ("Zebra crossing", "Yak herding", "Ibex ledge")] == [
        "meeting.date",
        "meeting.date",
        "child.upn",
    ]


def test_a_wording_seen_on_one_layout_alone_is_taken_out_wherever_it_stands(vocabulary: FormVocabulary) -> None:
    left = layouts.without(vocabulary, "x1", layouts.WAYS["a"])
    assert sure(left, "Zebra crossing") is None
    assert left.field("Zebra crossing").id == "meeting.date"  # by the word query
    assert left.field("Okapi walk", "sdq") is None
    assert left.field("Zebra crossing", "sdq").score == 0.7


def test_a_wording_that_other_layouts_share_goes_only_when_asked(vocabulary: FormVocabulary) -> None:
    assert sure(layouts.without(vocabulary, "x1", layouts.WAYS["a"]), "Yak herding") == "meeting.date"
    assert sure(layouts.without(vocabulary, "x1", layouts.WAYS["b"]), "Yak herding") is None


def test_without_word_queries_nothing_is_left_to_catch_it(vocabulary: FormVocabulary) -> None:
    left = layouts.without(vocabulary, "x1", layouts.WAYS["c"])
    assert left.field("Zebra crossing") is None
    assert left.field("Yak herding") is None


@pytest.mark.parametrize("way", layouts.WAYS)
def test_other_councils_wordings_and_other_layouts_stay(vocabulary: FormVocabulary, way: str) -> None:
    left = layouts.without(vocabulary, "x1", layouts.WAYS[way])
    assert sure(left, "Walrus tide") == "meeting.date"
    assert sure(left, "Ibex ledge") == "child.upn"
    assert layouts.without(vocabulary, "x9", layouts.WAYS["b"]).digest() == vocabulary.digest()


def wordings(data: Any) -> list[dict[str, Any]]:
    if not isinstance(data, dict):
        return []
    own = [data] if "seen_in" in data else []
    return own + [entry for part in data.values() for entry in wordings(part)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_of_the_real_vocabulary_no_wording_of_the_layout_is_left(layout: str) -> None:
    before = load_vocabulary().digest()
    whole = wordings(load_vocabulary().model_dump())
    seen = {normal(w) for entry in whole for w, on in entry["seen_in"].items() if layout in on}
    assert len(seen) > 30
    left = wordings(layouts.without(load_vocabulary(), layout, layouts.WAYS["b"]).model_dump())
    assert not [on for entry in left for on in entry["seen_in"].values() if layout in on]
    assert not [w for entry in left for w in entry["also"] if normal(w) in seen]
    assert load_vocabulary().digest() == before


# ------------------------------------------------------------------------------------------------------------------ states
@pytest.mark.parametrize("path", truth_files(), ids=lambda path: path.name.removesuffix(".truth.json"))
def test_a_perfect_reader_agrees_wholly(path: Path) -> None:
    told = states.agreement([(json.loads(path.read_text(encoding="utf-8")), extraction_of(path))])
    assert told.fields > 50
    assert (told.missed, told.imagined, told.percent) == ([], [], 100)


def test_each_disagreement_is_counted_on_its_own_side() -> None:
    path = truth_files()[0]
    truth = json.loads(path.read_text(encoding="utf-8"))
    absent = next(each for each in truth["not_on_form"] if "[" not in each)
    right = extraction_of(path)
    wrong = {"child.upn": State.NOT_LOCATED, "meeting.date": State.UNREADABLE, absent: State.BLANK}
    changed = right.evidence | {field: Evidence(state=state) for field, state in wrong.items()}
    told = states.agreement([(truth, right.model_copy(update={"evidence": changed}))])
    assert told.missed == [(truth["source"], "child.upn")]
    assert told.imagined == [(truth["source"], absent)]
    assert told.percent == pytest.approx(100 * (1 - 2 / told.fields))


def test_a_file_that_could_not_be_read_locates_nothing() -> None:
    truth = json.loads(truth_files()[0].read_text(encoding="utf-8"))
    told = states.agreement([(truth, None)])
    assert len(told.missed) == sum(states.on_form(truth, path) for path in states.fields(truth))
    assert len(told.missed) == told.on
    assert told.imagined == []


def test_a_part_that_is_not_on_the_form_takes_its_fields_with_it() -> None:
    truth = {"not_on_form": ["sdq", "targets[].cost", "pp_plus"]}
    assert not states.on_form(truth, "sdq.total")
    assert not states.on_form(truth, "targets[].cost")
    assert not states.on_form(truth, "pp_plus[].amount")
    assert states.on_form(truth, "targets[].due")
    assert "pp_plus[].amount" not in set(states.fields(truth))


# ------------------------------------------------------------------------------------------------------------------ fields
def test_fields_that_a_truth_is_silent_on_are_not_scored() -> None:
    spoken = {
        "source": "a.docx",
        "record": {"needs": "Quiet places.", "timetable": {"end": "2026-01-05", "start": None}},
    }
    silent = {"source": "b.docx", "record": {"child": {}, "timetable": {"end": None}}, "not_on_form": ["timetable"]}
    predicted = {
        "a.docx": {"record": {"needs": "Quiet places", "strengths": "Art", "timetable": {"start": "2025-10-06"}}},
        "b.docx": {"record": {"needs": "Nobody asked", "timetable": {"end": "2026-01-05"}}},
    }
    told = extras.score([spoken, silent], predicted)
    assert told["documents"] == 1
    counts = {field: (row["tp"], row["fp"], row["fn"]) for field, row in told["by_field"].items()}
    assert counts == {"needs": (1, 0, 0), "timetable.end": (0, 0, 1), "timetable.start": (0, 1, 0)}


def test_baseline_and_frequency_are_scored_in_the_target_they_belong_to() -> None:
    targets = [{"text": "Read a page aloud", "baseline": "Half a page"}, {"text": "Swim a length", "baseline": None}]
    swapped = [
        {"text": "Swim a length", "baseline": "Half a page"},
        {"text": "Read a page aloud", "frequency": "Daily"},
    ]
    told = extras.score(
        [{"source": "a.pdf", "record": {"targets": targets}}], {"a.pdf": {"record": {"targets": swapped}}}
    )
    assert (told["overall"]["tp"], told["overall"]["fp"], told["overall"]["fn"]) == (0, 1, 1)


# ---------------------------------------------------------------------------------------------------------- sets and tables
def test_sets_are_chosen_by_name_and_left_out_where_they_are_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(measure, "SETS", {"open": PEPS, "later": tmp_path})
    assert list(measure.sets_there([])) == ["open"]
    assert list(measure.sets_there(["later"])) == []
    with pytest.raises(SystemExit):
        measure.sets_there(["nonesuch"])


def test_the_page_is_written_only_when_every_set_is_measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path, _ = reading.truths_in(FIXTURES / "acroform")[0]
    for part in (path, path.with_name(f"{path.stem}.truth.json")):
        shutil.copy(part, tmp_path)
    page = tmp_path / "accuracy.md"
    monkeypatch.setattr(measure, "HERE", tmp_path)
    monkeypatch.setattr(measure, "PAGE", page)
    monkeypatch.setattr(measure, "SETS", {"third": tmp_path})
    measure.main(["third"])
    assert not page.exists()
    measure.main([])
    lines = page.read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("| third | 1 | 1 |") for line in lines)
    assert any(line.startswith("| third | f1_acroform |") for line in lines)
    assert any(line.startswith("| fields | carer_views |") for line in lines)
    assert not any(line.startswith("| unseen |") for line in lines)


def test_wrong_values_are_those_read_and_not_right() -> None:
    assert reading.wrong({"tp": 95, "fp": 5, "fn": 40, "precision": 0.95}) == "5 of 100 (5.0 %)"
    assert reading.wrong({"tp": 0, "fp": 0, "fn": 4, "precision": 0.0}) == "nothing read"


def test_a_file_is_read_once_more_for_each_way() -> None:
    path, truth = reading.truths_in(PEPS / "d1_controls")[0]
    told = reading.read(path, truth["layout"])
    assert set(told.taken_out) == set(layouts.WAYS)
    assert told.extraction is not None
    assert told.judgement is not None
    scores = {
        way: reading.scored([truth], [reading.Reading(told.source, extraction)])["overall"]["f1"]
        for way, extraction in {"all": told.extraction, **told.taken_out}.items()
    }
    assert scores["all"] > scores["c"]


def test_a_file_that_gives_no_record_counts_as_missed() -> None:
    told = reading.read(FIXTURES / "hostile" / "zeros.pdf", "d1_controls")
    assert told == reading.Reading("zeros.pdf")
    [truth] = [truth for _, truth in reading.truths_in(PEPS / "d1_controls")][:1]
    assert reading.scored([truth], [reading.Reading(truth["source"])])["overall"]["recall"] == 0


def test_a_pep_without_a_grade_counts_as_furthest_from_the_median(tmp_path: Path) -> None:
    people = tmp_path / "grades.jsonl"
    rows = [
        {"stem": stem}
        | dict.fromkeys(grading.AREAS, grade)
        | {f"{area}_readers": [grade] * 3 for area in grading.AREAS}
        for stem, grade in (("one", "red"), ("two", "gold"), ("three", "amber"), ("four", "green"))
    ]
    people.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    lines = grading.table(people, [])
    assert "| overall | -0.86 | 0 of 4 | 1.00 |" in lines
