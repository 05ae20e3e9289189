"""Texts are taken apart into the words that spaCy's English tokenizer gives, whose rules `english.json` holds."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from vsdocs.language.text import HERE, plain
from vsdocs.language.tokens import Phrases, tokens

spacy = pytest.importorskip("spacy", reason="spaCy is not installed")
RULES = json.loads((HERE / "english.json").read_text(encoding="utf-8"))
AWKWARD = [
    " ", "  ", "\n", "\t", "\u00a0", "a", "I", "don't", "n't", "'s", "'", '"', "‘", "’", "(", ")", ".", ",", "...", "-", "—",
    "/", ":", ";", "!", "£", "$", "12", "3.5", "km", "%", "U.S.", "é", "日本", "😀", "http://a.co/b?c", "a@b.uk", "_", "&",
    "+", "=", "#", "\u200b", "\x1c", "he", "10", "5th", "[", "]", "<", ">", "°",
]  # fmt: skip


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return spacy.blank("en").tokenizer


def theirs(tokenizer: Any, text: str) -> list[tuple[str, int]]:
    return [(token.text, token.idx) for token in tokenizer(text)]


def test_the_rules_are_those_of_the_library_that_is_installed(tokenizer: Any) -> None:
    assert RULES["version"] == spacy.__version__
    assert RULES["cases"].keys() == tokenizer.rules.keys()


def test_labelled_texts_are_taken_apart_as_by_the_library(tokenizer: Any) -> None:
    for path in sorted(ROOT.glob("accuracy/*/judgements/*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for value in json.loads(line).values():
                if isinstance(value, str):
                    assert tokens(plain(value)) == theirs(tokenizer, plain(value))


@settings(max_examples=1500)
@given(st.lists(st.sampled_from([*AWKWARD, *sorted(RULES["cases"])]), max_size=14).map("".join))
def test_awkward_texts_are_taken_apart_as_by_the_library(tokenizer: Any, text: str) -> None:
    assert tokens(text) == theirs(tokenizer, text)


@settings(max_examples=300)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=80))
def test_any_text_is_taken_apart_as_by_the_library(tokenizer: Any, text: str) -> None:
    assert tokens(text) == theirs(tokenizer, text)


def test_phrases_are_found_wherever_they_stand_one_within_another_too() -> None:
    phrases = Phrases([("x", ["a", "b"]), ("y", ["a"]), ("z", ["b"]), ("none", [])])
    assert list(phrases.found(["a", "b", "a"])) == [(0, 1, "y"), (0, 2, "x"), (1, 2, "z"), (2, 3, "y")]
