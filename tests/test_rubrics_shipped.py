"""The rubrics that ship: each gives one grade to every PEP, and grades some PEP otherwise than the default, for a reason."""

import json
import re
from copy import deepcopy
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import FIXTURES, extraction_of, truth_files
from vsdocs.criteria import Example
from vsdocs.errors import PackError
from vsdocs.judgement import Grade, Met
from vsdocs.record import Extraction
from vsdocs.rubric import model, rulebook
from vsdocs.rubric.rule import Rule, When, combinations
from vsdocs.rubric.score import score, score_area
from vsdocs.settings import data_folder

DEFAULT = "dorset-2025-26"
SHIPPED = model.ids()
FOLDER = FIXTURES / "rubrics"
CASES = sorted(path.stem for path in FOLDER.glob("*_*.json"))
TODAY = date(2026, 3, 2)
RUBRICS = st.sampled_from(SHIPPED)


@cache
def rubric_of(rubric_id: str) -> model.Rubric:
    return model.load(rubric_id)


def read(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return told


def pep(changes: dict[str, Any] | None = None) -> Extraction:
    """A plan with every part well done, but for some fields; what is changed to nothing was left empty on the form."""
    record: Any = deepcopy(read("whole"))
    blank: dict[str, str] = {}
    for path, value in (changes or {}).items():
        *parts, last = path.split(".")
        place: Any = record
        for part in parts:
            place = place[int(part)] if part.isdigit() else place[part]
        place.pop(last, None)
        if value is None:
            blank[re.sub(r"\.(\d+)", r"[\1]", path)] = "blank"
        else:
            place[last] = value
    return Example(Met.MET, record, blank).pep()


# -- each rubric has its own mind


@pytest.mark.parametrize("rubric_id", SHIPPED)
def test_plan_with_every_part_well_done_has_the_best_grade(rubric_id: str) -> None:
    judgement = score(pep(), rubric_of(rubric_id), TODAY)
    assert judgement.grade is rubric_of(rubric_id).best, [f.id for f in judgement.criteria if f.advice]


@pytest.mark.parametrize("name", CASES)
def test_case_is_graded_otherwise_than_by_the_default(name: str) -> None:
    """The reason stands in the file as `why`."""
    case = read(name)
    extraction = pep(case["changes"])
    judgement, default = (score(extraction, rubric_of(r), TODAY) for r in (case["rubric"], DEFAULT))
    assert (judgement.grade, default.grade) == (case["grade"], case["default_grade"]), case["why"]
    assert judgement.grade is not default.grade


def test_every_rubric_but_the_default_has_such_a_case() -> None:
    assert {read(name)["rubric"] for name in CASES} == set(SHIPPED) - {DEFAULT}


def test_st_helens_three_rules_differ_on_the_same_areas() -> None:
    ids = ("st-helens", "st-helens-key-stages", "st-helens-framework")

    def grades(**worse: Grade) -> list[str | None]:
        told = [{area: worse.get(area, Grade.GOLD) for area in rubric_of(r).areas} for r in ids]
        return [rubric_of(r).decide(areas)[0] for r, areas in zip(ids, told, strict=True)]

    assert grades(aspirations=Grade.RED) == ["amber", "red", "amber"]
    assert grades(aspirations=Grade.RED, meeting=Grade.RED) == ["amber", "red", "red"]
    assert grades(attainment=Grade.AMBER, meeting=Grade.AMBER) == ["amber", "amber", "green"]
    five = dict.fromkeys(("aspirations", "meeting", "about_me", "education", "attendance"), Grade.RED)
    assert grades(**five) == ["red", "red", "red"]
    assert grades(meeting=Grade.GREEN) == ["gold", "gold", "gold"]
    assert grades(meeting=Grade.GREEN, attendance=Grade.GREEN) == ["green", "green", "green"]


# -- one grade for every PEP


@pytest.mark.parametrize("rubric_id", SHIPPED)
def test_every_combination_of_area_grades_has_exactly_one_grade(rubric_id: str) -> None:
    """All that the rule can tell apart are tried, areas that could not be told among them."""
    rubric = rubric_of(rubric_id)
    for grades in combinations(rubric.judgement, rubric.areas, rubric.grades):
        grade, why = rubric.decide(grades)
        untold = any(area.deciding and grades[area_id] is None for area_id, area in rubric.areas.items())
        assert why
        assert grade is None if untold else grade in rubric.grades


@settings(max_examples=300)
@given(RUBRICS, st.data())
def test_better_area_never_makes_a_worse_pep(rubric_id: str, data: st.DataObject) -> None:
    rubric = rubric_of(rubric_id)
    grades = {area: data.draw(st.sampled_from(rubric.grades)) for area in rubric.areas}
    area = data.draw(st.sampled_from(list(rubric.areas)))
    better = grades | {area: rubric.grades[min(grades[area].rank + 1, rubric.best.rank)]}
    before, after = rubric.decide(grades)[0], rubric.decide(better)[0]
    assert before is not None
    assert after is not None
    assert after.rank >= before.rank


@pytest.mark.parametrize("rubric_id", SHIPPED)
def test_no_area_and_no_pep_is_graded_above_the_best_grade(rubric_id: str) -> None:
    rubric = rubric_of(rubric_id)
    for extraction in [pep(), Example(Met.MET, {}).pep(), *(extraction_of(truth) for truth in truth_files()[::4])]:
        judgement = score(extraction, rubric, TODAY)
        given = [judgement.grade, *(area.grade for area in judgement.areas)]
        assert {grade for grade in given if grade is not None} <= set(rubric.grades)


@pytest.mark.parametrize("rubric_id", SHIPPED)
def test_form_without_a_box_is_never_held_against_a_pep(rubric_id: str) -> None:
    """A part that is not on the form at all never makes a worse grade than the same part left empty."""
    rubric = rubric_of(rubric_id)
    for path in ("carer_views", "submitted", "qa_feedback", "aspirations", "attainment", "sdq.total", "transition"):
        emptied = pep({path: None})
        missing = emptied.model_copy(update={"evidence": {}})
        empty, absent = score(emptied, rubric, TODAY).grade, score(missing, rubric, TODAY).grade
        assert empty is not None
        assert absent is None or absent.rank >= empty.rank
    for path in ("carer_views", "submitted", "qa_feedback"):
        judgement = score(pep({path: None}).model_copy(update={"evidence": {}}), rubric, TODAY)
        assert judgement.grade is rubric.best


_DATES = st.sampled_from(["0001-01", "9999-12-31", "2025-99-99", "2026-02"])
_TEXTS = st.sampled_from(["N/A", "%", "Attendance from 90% to 9%", "'at The", "Please", "grade 9"]) | st.text(
    max_size=9
)
_ODD = {int: st.integers(-5, 10**6), float: st.floats(), bool: st.booleans(), str: _TEXTS}


@settings(max_examples=80)
@given(RUBRICS, st.data())
def test_any_record_gets_a_judgement(rubric_id: str, data: st.DataObject) -> None:
    """Odd dates, odd figures and odd text in any field are judged like any other, and nothing breaks."""

    def spoilt(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {
                key: spoilt(part, key) for key, part in value.items() if key == "role" or data.draw(st.integers(0, 9))
            }
        if isinstance(value, list):
            return [spoilt(part) for part in value]
        if name == "role" or data.draw(st.integers(0, 5)):
            return value
        return data.draw(_DATES if re.match(r"\d{4}-\d\d", str(value)) else _ODD[type(value)])

    judgement = score(Example(Met.MET, spoilt(read("whole"))).pep(), rubric_of(rubric_id), TODAY)
    assert {area.id for area in judgement.areas} == set(rubric_of(rubric_id).areas)


# -- what the rule book and the files say


@pytest.mark.parametrize("rubric_id", sorted({*SHIPPED} - {DEFAULT}))
def test_sources_are_named_and_what_could_not_be_read_is_said(rubric_id: str) -> None:
    rubric = rubric_of(rubric_id)
    sources = rubric.about.partition("Source")[2]
    uses = [use for area in rubric.areas.values() for use in area.criteria.values()]
    keys = {key for use in uses for key in re.findall(r"\[([\w-]+)\]", use.authority)}
    assert keys
    for key in keys:
        assert f"[{key}]" in sources
    assert re.search(r"could not be read|not found", rubric.about)
    assert "choice" in rubric.about


@pytest.mark.parametrize("rubric_id", SHIPPED)
def test_rule_book_names_no_grade_that_cannot_be_given(rubric_id: str) -> None:
    rubric = rubric_of(rubric_id)
    text = rulebook.book(rubric)
    assert ("Green is the best grade" in text) is (rubric.best is Grade.GREEN)
    assert f"Each area starts at {rubric.best.value.capitalize()}" in text
    assert not (rubric.best is Grade.GREEN and re.search(r"Gold at best|Green at best|counts as Gold", text))
    assert "_" not in re.sub(r"\S+\.gov\.uk\S*|\.\.\./\S+|/\S+", "", text)  # no id stands in the text


@pytest.mark.parametrize("rubric_id", SHIPPED)
def test_schema_knows_every_key_of_the_file(rubric_id: str) -> None:
    folder = data_folder("rubrics")
    schema = json.loads((folder / "rubric.schema.json").read_text(encoding="utf-8"))
    data = yaml.safe_load((folder / f"{rubric_id}.yaml").read_text(encoding="utf-8"))
    assert set(data) <= set(schema["properties"])
    said = schema["$defs"]["CriterionSaid"]["properties"]
    assert set(said) == {"title", "authority", "params", "words"}
    for use in data.get("criteria", {}).values():
        assert set(use) <= set(said)
    for area in filter(None, data.get("areas", {}).values()):
        assert set(area) <= set(schema["$defs"]["Area"]["properties"])
        for use in filter(None, area.get("criteria", {}).values()):
            assert set(use) <= set(schema["$defs"]["CriterionUse"]["properties"])


# -- the mechanism


def loaded(folder: Path, text: str) -> model.Rubric:
    (folder / "mine.yaml").write_text(f"extends: {DEFAULT}\n{text}", encoding="utf-8")
    return model.check(str(folder / "mine.yaml"))


def slips(folder: Path, text: str) -> str:
    with pytest.raises(PackError) as caught:
        loaded(folder, text)
    return caught.value.message


def test_criterion_moves_to_another_area_without_its_words(tmp_path: Path) -> None:
    moved = "{title: Attendance, criteria: {attendance_recorded: {caps: red}}}"
    mine = loaded(tmp_path, f"areas: {{rest: {{criteria: {{attendance_recorded: null}}}}, attendance: {moved}}}\n")
    default = rubric_of(DEFAULT)
    use = mine.areas["attendance"].criteria["attendance_recorded"]
    assert use.words == default.areas["rest"].criteria["attendance_recorded"].words
    assert use.caps.not_met is Grade.RED
    assert "attendance_recorded" not in mine.areas["rest"].criteria
    empty = pep({"attendance.percent": None})
    assert score_area(mine, "attendance", empty, TODAY)[0].grade is Grade.RED
    assert score_area(default, "rest", empty, TODAY)[0].grade is Grade.AMBER


def test_what_an_area_says_of_a_criterion_goes_before_what_is_said_of_it_everywhere(tmp_path: Path) -> None:
    text = """criteria:
  targets_enough: {authority: Everywhere, params: {count: 4}}
  sdq_present: {authority: Everywhere}
areas:
  targets: {criteria: {targets_enough: {authority: Here}}}
"""
    mine = loaded(tmp_path, text)
    enough = mine.areas["targets"].criteria["targets_enough"]
    assert (enough.authority, enough.params["count"]) == ("Here", 4)
    assert mine.areas["sdq"].criteria["sdq_present"].authority == "Everywhere"


def test_slips_in_what_is_said_of_criteria_point_to_their_line(tmp_path: Path) -> None:
    found = slips(
        tmp_path,
        """criteria:
  sdq_presnt: {authority: Nobody}
  sdq_in_date:
    params: {month: 6}
  sdq_present:
    words:
      met: "The total is {totl}."
    caps: red
  ready_in_time:
    params: {dayz: 5}
  carers_view_recorded:
    word: {met: Thank you}
""",
    )
    assert "mine.yaml:3:3: there is no criterion 'sdq_presnt' (did you mean 'sdq_present'?)" in found
    assert "mine.yaml:5:14: 'month' is not a figure of this criterion (did you mean 'months'?)" in found
    assert "mine.yaml:8:7: the PEP gives nothing for {totl} here" in found
    assert "mine.yaml:9:5: 'caps' is said where the criterion stands, under `areas:`" in found
    assert "mine.yaml:11:14: 'dayz' is not a figure of this criterion (did you mean 'days'?)" in found  # in no area
    assert "mine.yaml:13:5: 'word' is not a key here (did you mean 'words'?)" in found
    assert "expected a criterion's id" in slips(tmp_path, "criteria: [sdq_present]\n")


def test_grades_above_the_best_are_slips(tmp_path: Path) -> None:
    three = "best: green\njudgement:\n  - {grade: red, when: {any_red: [voice]}}\n"
    assert loaded(tmp_path, f"{three}  - {{grade: green}}\n").grades == (Grade.RED, Grade.AMBER, Grade.GREEN)
    assert "mine.yaml:5:6: gold is above `best: green`" in slips(tmp_path, f"{three}  - {{grade: gold}}\n")
    assert "gold is above" in slips(tmp_path, f"{three}  - {{grade: green}}\nareas: {{sdq: {{no_place: gold}}}}\n")
    gold = f"{three}  - {{grade: amber, when: {{gold: '>=1'}}}}\n  - {{grade: green}}\n"
    assert "mine.yaml:5:5: this line can never decide" in slips(tmp_path, gold)


def test_most_areas_are_more_than_half_of_those_that_could_be_told() -> None:
    most = When(red="most")
    for grades in product([Grade.RED, Grade.GREEN, None], repeat=4):
        told = [grade for grade in grades if grade is not None]
        expected = told.count(Grade.RED) > len(told) / 2
        assert most.holds(dict(zip("abcd", grades, strict=True))) is expected
    assert Rule(grade=Grade.RED, when=most).in_words({}) == "Red, because most areas are Red"


def test_reason_names_only_the_areas_that_made_the_line_hold() -> None:
    rubric = rubric_of("central-bedfordshire")
    grades = dict.fromkeys(rubric.areas, Grade.GREEN)
    assert rubric.decide(grades | {"review": Grade.RED})[1] == "Amber, because ‘Previous targets’ is Amber or Red"
    both = grades | {"targets": Grade.RED, "voice": Grade.RED}
    assert rubric.decide(both)[1] == "Red, because ‘Targets’ and ‘Child's views, wishes and feelings’ are Red"
