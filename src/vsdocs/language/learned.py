"""What labelled texts taught: how far the words of a text speak for something, and which words weighed most.

A linear model over word and letter sequences, trained on the labelled texts in `accuracy/` by `scripts/train_language.py`.
Its weights are data (`learned_<name>.json`); it is pure arithmetic, the same text always weighs the same, and each opinion
names the words that carried it. Names, numbers and dates are made alike first, so that no child's name can weigh anything.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from math import exp, log, sqrt
from operator import mul
from pathlib import Path

from vsdocs.language.text import plain

WORDS = range(1, 4)  # words in a row
LETTERS = range(3, 6)  # letters in a row, within a word and its blanks
_TOKEN = re.compile(r"\d{4}-\d\d-\d\d|\d+|[A-Za-z](?:[A-Za-z']*[A-Za-z])?|[%/£+:>→.,;()]")
_ALIKE = (
    ("date", re.compile(r"\d{4}-\d\d-\d\d")),
    ("#", re.compile(
        r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
        r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|dozen|once|twice|both|half"
    )),
    ("month", re.compile(
        r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
        r"nov(?:ember)?|dec(?:ember)?"
    )),
    ("day", re.compile(r"(?:mon|tues?|wednes|wed|thurs?|fri|satur|sun)(?:day)?s?")),
)  # fmt: skip
_SPOKEN = re.compile(r"\w\w")
_NAME = re.compile(r"(?:[A-Z]'|Mc|Mac)?[A-Z][a-z]+(?:'s)?")


#: feature -> (its weight in this text, the places of its tokens)
_Found = dict[str, tuple[float, list[int]]]


@dataclass(frozen=True, slots=True)
class Opinion:
    """How far a text speaks for something: above 0 for it, below 0 against it."""

    weight: float
    tell: Callable[[], tuple[str, ...]] = field(default=tuple, compare=False, repr=False)

    @property
    def words(self) -> tuple[str, ...]:
        """Those that weighed most that way. Looked up when asked for: few are ever shown."""
        return self.tell()


def likelihood(weight: float) -> float:
    """A weight as a probability, 0 to 1."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, weight))))


def odds(score: float) -> float:
    """The weight of a score between 0 and 1, that of a sure one held within bounds."""
    held = min(0.97, max(0.03, score))
    return log(held / (1 - held))


def opinions(name: str, boxes: Iterable[str | None], facts: Iterable[str] = ()) -> dict[str, Opinion]:
    """What the model `name` makes of a text in several boxes, with facts that are no words of it ('has_due')."""
    return _opinions(name, tuple(plain(box) for box in boxes), tuple(facts))


@lru_cache(maxsize=64)
def _opinions(name: str, boxes: tuple[str, ...], facts: tuple[str, ...]) -> dict[str, Opinion]:
    model = _model(name)
    tokens, shown = tokenised(boxes, facts)
    found = features(tokens, model.idf)
    values = [value for value, _ in found.values()]
    columns = list(zip(*(model.weights[feature] for feature in found), strict=True)) or [()] * len(model.outputs)
    opinions = {}
    for output, bias, column in zip(model.outputs, model.bias, columns, strict=True):
        total = bias + sum(map(mul, values, column))
        opinions[output] = Opinion(total, partial(_telling, found, column, shown, total))
    return opinions


def _telling(found: _Found, column: Iterable[float], shown: list[str], total: float) -> tuple[str, ...]:
    """The words, at most three, that weighed most in the direction of the whole."""
    by_token: dict[int, float] = defaultdict(float)
    for (value, places), weight in zip(found.values(), column, strict=True):
        share = weight * value / len(places)
        for place in places:
            by_token[place] += share
    sign = 1 if total > 0 else -1
    words: dict[str, float] = defaultdict(float)
    for place, weight in by_token.items():
        if _SPOKEN.search(shown[place]):
            words[shown[place]] += sign * weight
    return tuple(sorted((w for w in words if words[w] > 0), key=lambda w: -words[w])[:3])


def tokenised(boxes: Iterable[str], facts: Iterable[str]) -> tuple[list[str], list[str]]:
    """The tokens that weigh, and beside each the word as the text has it ('' for marks and facts)."""
    tokens: list[str] = []
    shown: list[str] = []
    for number, box in enumerate(boxes):
        found = _TOKEN.findall(box)
        tokens += ["|"] * bool(number) + [_alike(token) for token in found]
        shown += [""] * bool(number) + found
    for fact in facts:
        tokens.append(f"={fact}")
        shown.append("")
    return tokens, shown


def features(tokens: list[str], idf: Mapping[str, float]) -> _Found:
    """feature -> (its weight in this text, the places of its tokens). Words and letters are each of length 1 in all, and so is
    each fact.

    `idf` says which features are known and how rare they are; with an empty one all count alike.
    """
    facts = {token: (1.0, [place]) for place, token in enumerate(tokens) if token.startswith("=")}
    found: _Found = {fact: told for fact, told in facts.items() if not idf or fact in idf}
    tokens = [token for token in tokens if not token.startswith("=")]
    for at in (_word_runs(tokens, idf), _letter_runs(tokens, idf)):
        values = {f: (1 + log(len(runs))) * (idf[f] if idf else 1.0) for f, runs in at.items()}
        length = sqrt(sum(v * v for v in values.values())) or 1.0
        found |= {f: (v / length, [place for run in at[f] for place in run]) for f, v in values.items()}
    return found


def _word_runs(tokens: list[str], idf: Mapping[str, float]) -> dict[str, list[range]]:
    at: dict[str, list[range]] = {}
    for size in WORDS:
        for start in range(len(tokens) - size + 1):
            run = " ".join(tokens[start : start + size])
            if not idf or run in idf:
                at.setdefault(run, []).append(range(start, start + size))
    return at


def _letter_runs(tokens: list[str], idf: Mapping[str, float]) -> dict[str, list[range]]:
    at: dict[str, list[range]] = {}
    for place, token in enumerate(tokens):
        here = range(place, place + 1)
        for run in _letters(token):
            if not idf or run in idf:
                at.setdefault(run, []).append(here)
    return at


@lru_cache(maxsize=8192)
def _letters(token: str) -> tuple[str, ...]:
    padded = f"_{token}_"
    return tuple(
        f"~{padded[start : start + size]}" for size in LETTERS for start in range(max(1, len(padded) - size + 1))
    )


@lru_cache(maxsize=16384)
def _alike(token: str) -> str:
    """A token as it weighs: numbers, days, months and names are alike, all else is in lower case."""
    import simplemma

    low = token.lower()
    for name, pattern in _ALIKE:
        if pattern.fullmatch(low):
            return name
    if _NAME.fullmatch(token) and not simplemma.is_known(low.removesuffix("'s"), lang="en"):
        return "name"
    return low


@dataclass(frozen=True, slots=True)
class _Model:
    """What was trained: how rare each feature is, and its weight for each output."""

    outputs: tuple[str, ...]
    bias: tuple[float, ...]
    idf: dict[str, float]
    weights: dict[str, list[float]]


@cache
def _model(name: str) -> _Model:
    data = json.loads(Path(__file__).with_name(f"learned_{name}.json").read_text(encoding="utf-8"))
    table = data["features"]
    idf = {feature: row[0] for feature, row in table.items()}
    return _Model(tuple(data["outputs"]), tuple(data["bias"]), idf, {f: row[1:] for f, row in table.items()})
