"""What labelled texts taught weighs words and nothing else, the same each time, and says which words weighed."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from vsdocs.language import learned, smart
from vsdocs.record import Target

sys.path.insert(0, str(ROOT / "accuracy"))
import train_language

WRITTEN = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=200)
OUTPUTS = {"specific", "measurable", "relevant", "time_bound", "within_reach", "start_shown"}


@given(WRITTEN, WRITTEN)
def test_any_text_gets_the_same_opinions_each_time(text: str, criteria: str) -> None:
    first = learned.opinions("targets", (text, criteria), ("due",))
    learned._opinions.cache_clear()
    again = learned.opinions("targets", (text, criteria), ("due",))
    assert again == first
    assert [opinion.words for opinion in again.values()] == [opinion.words for opinion in first.values()]
    assert set(first) == OUTPUTS
    for opinion in first.values():
        assert all(
            word in f"{text} {criteria}".translate(str.maketrans("’‘“”–—", "''\"\"--")) for word in opinion.words
        )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kian will read 12 of 15 words", "Oluwaseun will read 12 of 15 words"),
        ("By Easter Mrs Whitcombe and Jaiden set three targets", "By Easter Mrs Obuya and Tamsin set three targets"),
        ("Reads 12 of 15 words by 3 March", "Reads 9 of 80 words by 14 June"),
        ("Sits with Liam every Monday", "Sits with Roisin every Friday"),
    ],
)
def test_names_numbers_and_days_weigh_alike(one: str, other: str) -> None:
    weights = [{k: o.weight for k, o in learned.opinions("targets", (text, "")).items()} for text in (one, other)]
    assert weights[0] == pytest.approx(weights[1])


def test_the_words_named_are_those_that_weighed() -> None:
    for row in train_language.rows()[:60]:
        target = train_language.target_of(row)
        boxes = smart.learned_boxes(target)
        whole = learned.opinions("targets", boxes)["measurable"]
        for word in whole.words[:1]:
            without = tuple(" ".join(w for w in box.split() if word not in w) for box in boxes)
            less = learned.opinions("targets", without)["measurable"]
            assert (less.weight < whole.weight) is (whole.weight > 0) or abs(less.weight - whole.weight) < 0.35


def test_the_shipped_model_is_the_one_that_the_labelled_texts_give() -> None:
    shipped = json.loads(train_language.MODEL.read_text(encoding="utf-8"))
    assert shipped["trained_on"] == train_language.digest(train_language.rows())
    assert set(shipped["outputs"]) == OUTPUTS


def test_nothing_held_out_was_trained_on() -> None:
    """A heading such as 'Catch up' may stand in two sets; with its criteria a target is itself."""
    held_out = {
        (row["text"], row["success_criteria"])
        for name in train_language.HELD_OUT
        for row in map(json.loads, _lines(ROOT / "accuracy" / name / "judgements" / "targets.jsonl"))
    }
    assert not held_out & {(row["text"], row["success_criteria"]) for row in train_language.rows()}


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def test_training_tells_apart_what_can_be_told_apart_and_is_repeatable() -> None:
    texts = [["read", "#", "words"], ["count", "#", "coins"], ["feel", "happier"], ["be", "happier", "soon"]] * 3
    told = {"measurable": [1.0, 1.0, 0.0, 0.0] * 3}
    space = train_language.Space(texts)
    found = train_language.fitted(space.points(texts), told, range(len(texts)))
    weights, bias = found["measurable"]
    assert [bool(w > 0) for w in space.points(texts) @ weights + bias] == [True, True, False, False] * 3
    again = train_language.fitted(space.points(texts), told, range(len(texts)))["measurable"]
    assert (again[0] == weights).all()


def test_a_due_date_is_no_matter_of_opinion() -> None:
    for text in ("Improve reading", "Be happier", "Reads every day as before"):
        due = smart.judge(Target(text=text, due="2026-03-27"), "2026-01-15").facets["time_bound"]
        assert due.met is True
        assert due.words == "2026-03-27"


def test_a_placeholder_is_weighed_by_rule_alone() -> None:
    for text in ("TBC", "see above", "", "n/a"):
        assert not any(facet.met for facet in smart.judge(Target(text=text)).facets.values())
