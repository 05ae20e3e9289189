"""What is worse than what is published or asked for: the same list for the annual report and for the development plan."""

from dataclasses import dataclass

from vsdocs.cohort.figure import Kpi
from vsdocs.generate.report import said
from vsdocs.generate.report.figures import Figures, Shown
from vsdocs.generate.report.wording import Ambition


@dataclass(frozen=True)
class Gap:
    kpi: Kpi
    shown: Shown  # as it is held against the published figure
    size: float  # as a share of what it is held against
    is_below: bool  # what is published
    wanted: Ambition | None  # that is not reached

    @property
    def is_small(self) -> bool:
        return self.shown.figure.is_small


def gaps(figures: Figures) -> list[Gap]:
    """The widest first. In line with the published figure is not worse."""
    ambitions = {one.kpi: one for one in figures.words.ambitions}
    found = []
    for kpi in figures.kpis.values():
        shown = figures.shown(kpi.id)
        if shown.value is None or not kpi.better:
            continue
        sizes = []
        beside, wanted = figures.beside(kpi.id), ambitions.get(kpi.id)
        below = said.gap(figures, kpi.id)
        if below and beside:
            sizes.append(below / max(abs(beside.value), 1))
        short = kpi.better * (wanted.at_least - shown.value) if wanted else 0.0
        if wanted and short > 0:
            sizes.append(short / max(abs(wanted.at_least), 1))
        if sizes:
            held = figures.like(kpi.id) if below else shown
            found.append(Gap(kpi, held, max(sizes), bool(below), wanted if short > 0 else None))
    return sorted(found, key=lambda gap: (-gap.size, gap.kpi.id))
