"""Does vsdocs know what a form asks for? Its states against `not_on_form` of the truth.

A field that the form has no place for should be `not_located`; any other should be found, blank or unreadable. A list's columns
count where the list is on the form and an item of it was read: without one they have no state.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from score_extraction import LISTS, SCALARS

from vsdocs.evidence import State
from vsdocs.record import Extraction, value_at


@dataclass
class Agreement:
    """Fields of a set: how many are on the form and not, which of them were missed and which imagined, as (source, path)."""

    on: int = 0
    off: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)  # on the form, said to be not located
    imagined: list[tuple[str, str]] = field(default_factory=list)  # not on the form, said to be found or blank

    @property
    def percent(self) -> float:
        return 100 * (1 - (len(self.missed) + len(self.imagined)) / self.fields) if self.fields else 0.0

    @property
    def fields(self) -> int:
        return self.on + self.off


def on_form(truth: dict[str, Any], path: str) -> bool:
    """Whether the form has a place for a field, going by its path and by the parts that it belongs to."""
    absent = truth.get("not_on_form") or []
    return not any(path == each or path.startswith((f"{each}.", f"{each}[")) for each in absent)


def fields(truth: dict[str, Any]) -> Iterator[str]:
    """The fields whose state is compared: `child.upn`, `targets`, and `targets[].due` where targets are on the form."""
    yield from SCALARS
    for name, (columns, _, _) in LISTS.items():
        yield name
        if on_form(truth, name):
            yield from (f"{name}[].{column}" for column in columns)


def located(extraction: Extraction | None, path: str) -> bool | None:
    """Whether vsdocs says that the form asks for a field; None where no item shows it. A file not read locates nothing."""
    if extraction is None:
        return False
    name, in_list, column = path.partition("[].")
    if not in_list:
        return extraction.state(path) is not State.NOT_LOCATED
    count = len(value_at(extraction.record, name) or ())
    states = {extraction.state(f"{name}[{at}].{column}") for at in range(count)}
    return states != {State.NOT_LOCATED} if states else None


def agreement(peps: list[tuple[dict[str, Any], Extraction | None]]) -> Agreement:
    told = Agreement()
    for truth, extraction in peps:
        for path in fields(truth):
            said = located(extraction, path)
            if said is None:
                continue
            is_on = on_form(truth, path)
            told.on += is_on
            told.off += not is_on
            if said != is_on:
                (told.imagined if said else told.missed).append((truth["source"], path))
    return told


def table(sets: dict[str, Agreement]) -> list[str]:
    lines = [
        "| set | fields | agreement | on the form, said not located | not on the form, said found or blank |",
        "|---|---|---|---|---|",
    ]
    return lines + [
        f"| {name} | {told.fields} | {told.percent:.1f} % | {len(told.missed)} of {told.on} | {len(told.imagined)} of {told.off} |"
        for name, told in sets.items()
    ]
