"""The key performance indicators: a module for each part of the report, each with its `KPIS`. Nothing is registered by hand."""

import importlib
import pkgutil
from dataclasses import replace
from functools import cache

from vsdocs.cohort.figure import Figure, Kpi
from vsdocs.cohort.year import Cohort


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
