"""The overall rule: lines of conditions on the area grades, of which the first that holds decides."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations_with_replacement, product
from typing import Annotated

from pydantic import Field

from vsdocs.judgement import Grade
from vsdocs.record import Frozen

#: An area's grade, None where it could not be told.
Told = Grade | None

_MOST = "most"
_COUNT = re.compile(rf"^\s*(?:(==|>=|<=)\s*(\d+)|{_MOST})\s*$")
_COUNTS: dict[str, tuple[str, frozenset[Told]]] = {
    "red": ("Red", frozenset({Grade.RED})),
    "amber": ("Amber", frozenset({Grade.AMBER})),
    "green": ("Green", frozenset({Grade.GREEN})),
    "gold": ("Gold", frozenset({Grade.GOLD})),
    "amber_or_worse": ("Amber or Red", frozenset({Grade.AMBER, Grade.RED})),
    "untold": ("impossible to tell", frozenset({None})),
}
Count = Annotated[
    str, Field(pattern=_COUNT.pattern, description="'>=2', '==0' or '<=1' areas; 'most' of those that could be told")
]


class When(Frozen):
    """Conditions on the area grades; all that are given must hold. Lists name areas, the others count areas."""

    any_red: tuple[str, ...] = ()
    any_amber_or_worse: tuple[str, ...] = ()
    all_amber_or_worse: tuple[str, ...] = ()
    red: Count | None = None
    amber: Count | None = None
    green: Count | None = None
    gold: Count | None = None
    amber_or_worse: Count | None = None
    untold: Count | None = None

    def named(self) -> set[str]:
        return {*self.any_red, *self.any_amber_or_worse, *self.all_amber_or_worse}

    def holds(self, grades: Mapping[str, Told]) -> bool:
        low = _COUNTS["amber_or_worse"][1]
        if self.any_red and not any(grades[a] is Grade.RED for a in self.any_red):
            return False
        if self.any_amber_or_worse and not any(grades[a] in low for a in self.any_amber_or_worse):
            return False
        if not all(grades[a] in low for a in self.all_amber_or_worse):
            return False
        told = sum(grade is not None for grade in grades.values())
        return all(
            _compare(sum(g in wanted for g in grades.values()), told, condition)
            for name, (_, wanted) in _COUNTS.items()
            if (condition := getattr(self, name)) is not None
        )

    def in_words(self, titles: Mapping[str, str], grades: Mapping[str, Told] | None = None) -> str:
        """'‘My targets’ or ‘My views’ is Red', for teachers; of one PEP's `grades`, only the areas that made it hold."""
        parts = []
        for names, word in ((self.any_red, "Red"), (self.any_amber_or_worse, "Amber or Red")):
            if names and grades is None:
                parts.append(f"{listed(names, titles, 'or')} is {word}")
            elif names and grades is not None:
                at = [a for a in names if grades[a] is Grade.RED or (word != "Red" and grades[a] is Grade.AMBER)]
                parts.append(f"{listed(at, titles, 'and')} {'is' if len(at) == 1 else 'are'} {word}")
        if self.all_amber_or_worse:
            parts.append(f"{listed(self.all_amber_or_worse, titles, 'and')} are each Amber or Red")
        for name, (word, _) in _COUNTS.items():
            if (condition := getattr(self, name)) is not None:
                told = name == "untold" and _how_many(condition) == _how_many("==0")
                parts.append("every area could be told" if told else f"{_how_many(condition)} {word}")
        return ", and ".join(parts)


class Rule(Frozen):
    """One line of the overall rule: this grade, when this holds. The first line that holds decides.

    `because` says it in better words than the condition itself.
    """

    grade: Grade
    when: When | None = None
    because: str | None = None

    def holds(self, grades: Mapping[str, Told]) -> bool:
        return self.when is None or self.when.holds(grades)

    def in_words(self, titles: Mapping[str, str], grades: Mapping[str, Told] | None = None) -> str:
        why = self.because or (self.when.in_words(titles, grades) if self.when else "no other line of the rule holds")
        return f"{self.grade.value.capitalize()}, because {why}"


def combinations(
    rules: Sequence[Rule], area_ids: Iterable[str], grades: Iterable[Grade] = tuple(Grade)
) -> Iterator[dict[str, Told]]:
    """Every combination of these area grades that the rule can tell apart: areas it never names are interchangeable."""
    told: list[Told] = [*grades, None]
    named = sorted(set().union(*(rule.when.named() for rule in rules if rule.when)))
    others = [area_id for area_id in area_ids if area_id not in named]
    for first in product(told, repeat=len(named)):
        for rest in combinations_with_replacement(told, len(others)):
            yield dict(zip(named, first, strict=True)) | dict(zip(others, rest, strict=True))


def _compare(count: int, told: int, condition: str) -> bool:
    sign, number = _COUNT.match(condition).groups()  # type: ignore[union-attr]
    if sign is None:
        return count * 2 > told
    return {"==": count == int(number), ">=": count >= int(number), "<=": count <= int(number)}[sign]


def _how_many(condition: str) -> str:
    sign, number = _COUNT.match(condition).groups()  # type: ignore[union-attr]
    if sign is None:
        return "most areas are"
    if (sign, number) in (("==", "0"), ("<=", "0")):
        return "no area is"
    amount = {"==": "exactly ", ">=": "", "<=": "at most "}[sign] + _NUMBERS.get(int(number), number)
    more = " or more" if sign == ">=" else ""
    return f"{amount}{more} areas are" if number != "1" or more else f"{amount} area is"


_NUMBERS = dict(enumerate(["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]))


def listed(area_ids: tuple[str, ...] | list[str], titles: Mapping[str, str], word: str) -> str:
    return f" {word} ".join(f"‘{titles.get(area_id, area_id)}’" for area_id in area_ids)
