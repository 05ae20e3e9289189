"""The key performance indicators: a module for each part of the report, each with its `KPIS`. Nothing is registered by hand."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from vsdocs.cohort.figure import Figure, Kpi
from vsdocs.cohort.year import GROUPS, Cohort


@cache
def all_kpis() -> dict[str, Kpi]:
    """id -> KPI, in the order of the modules and of each module's list."""
    found: dict[str, Kpi] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        for kpi in importlib.import_module(f"{__name__}.{module}").KPIS:
            assert kpi.id not in found, f"two KPIs are called {kpi.id}"
            found[kpi.id] = kpi
    return found


def counted(kpi: Kpi, cohort: Cohort) -> Figure:
    """A KPI's figure of a cohort, under its own id."""
    return replace(kpi.count(cohort), id=kpi.id)


def by_group(kpi: Kpi, cohort: Cohort, group: str) -> Iterator[tuple[str, Figure]]:
    """The same figure for each part of a group, the largest first; who is in no part is in none of them."""
    whole = counted(kpi, cohort)
    parts: dict[str, list[str]] = {}
    for child in cohort.children:
        if name := GROUPS[group](cohort, child):
            parts.setdefault(name, []).append(child.reference)
    made = [(name, whole.of(references)) for name, references in parts.items()]
    yield from sorted(((name, one) for name, one in made if one.denominator), key=lambda p: (-p[1].denominator, p[0]))
