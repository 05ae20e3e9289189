"""How well would a form be read that nobody had looked at? The wordings met on a layout are taken out, and its PEPs read again.

`forms/*.yaml` says of each wording on which layouts it was seen (`seen_in`), which other councils use (`also`), and which word
queries are the last resort (`words`). What is not noted there, such as the words for 'yes' or what an item is called, stays in.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import mean
from typing import Any

import score_extraction

from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.extract.wording import normal


@dataclass(frozen=True)
class Way:
    """A way to take a layout's wordings out. `shared`: also those that other layouts have; `queries`: word queries stay."""

    title: str
    shared: bool
    queries: bool


WAYS = {
    "a": Way("wordings of it alone taken out", shared=False, queries=True),
    "b": Way("every wording seen in it taken out", shared=True, queries=True),
    "c": Way("as (b), and no word queries", shared=True, queries=False),
}


def without(vocabulary: FormVocabulary, layout: str, way: Way) -> FormVocabulary:
    """A copy of a vocabulary without a layout's wordings.

    A wording that is taken out goes from every `also` too, wherever it stands: other councils' lists must not bring it back.
    """
    data = vocabulary.model_dump()
    entries = list(_entries(data))
    gone: set[str] = set()
    for entry in entries:
        layouts: dict[str, set[str]] = defaultdict(set)
        for wording, seen in entry["seen_in"].items():
            layouts[normal(wording)] |= set(seen)
        out = {w for w, seen in layouts.items() if layout in seen and (way.shared or seen == {layout})}
        entry["seen_in"] = {w: seen for w, seen in entry["seen_in"].items() if normal(w) not in out}
        gone |= out
    for entry in entries:
        entry["also"] = [wording for wording in entry["also"] if normal(wording) not in gone]
        if not way.queries:
            entry["words"] = []
    return FormVocabulary.model_validate(data)


def _entries(data: Any) -> Iterator[dict[str, Any]]:
    """Every set of wordings in a vocabulary, however deep."""
    if isinstance(data, dict):
        if "seen_in" in data:
            yield data
        for part in data.values():
            yield from _entries(part)


def table(truths: list[dict[str, Any]], whole: dict[str, Any], taken_out: dict[str, dict[str, Any]]) -> list[str]:
    """F1 by layout: `whole` are the predictions with the whole vocabulary, `taken_out` those of each way."""
    heads = ["all wordings", *(f"({letter}) {way.title}" for letter, way in WAYS.items())]
    columns = [score_extraction.score(truths, told)["by_layout"] for told in (whole, *taken_out.values())]
    lines = [f"| layout | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    figures = {layout: [column[layout]["f1"] for column in columns] for layout in columns[0]}
    figures["mean"] = [mean(each) for each in zip(*figures.values(), strict=True)]
    return lines + [f"| {name} | {' | '.join(f'{f1:.3f}' for f1 in row)} |" for name, row in figures.items()]
