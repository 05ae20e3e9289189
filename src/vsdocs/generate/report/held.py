"""What is known, in words: KPIs with their numbers beside published figures, a sweep's criteria, how far readers agree.

Nothing is said that the store and the tables do not hold; below ten there is no percentage.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vsdocs.cohort import rows
from vsdocs.cohort.figure import Figure, Kpi, Unit
from vsdocs.cohort.kpis import all_kpis, by_group, counted
from vsdocs.cohort.year import Cohort
from vsdocs.generate.plain import one_line
from vsdocs.generate.report.paper_words import SMALL, Sentences, Wording
from vsdocs.generate.report.sweep_seen import View
from vsdocs.judgement import Met
from vsdocs.moderation import Agreement

#: sentences that every paper with figures says
SENTENCES: Sentences = {
    "figure": ("title", "year", "value"), "percent": ("value", "part", "whole"), "percent_of": ("value", "whole"),
    "small": ("part", "whole"), "small_of": ("whole",), "mean": ("value", "whole"), "beside": ("series", "group", "year", "value"),
    "group": ("title", "year", "groups"), "of_group": ("group", "value"), "criterion": ("title", "share"),
    "sweep_grades": ("run", "peps", "grades"), "agreement": ("between", "share", "kappa"),
    "agreement_plain": ("between", "share"), "confirmed": ("share",),
}  # fmt: skip
CARE = "in care"  # how the groups of published figures begin that may be held beside ours


@dataclass(frozen=True)
class Held:
    """What there is to draw from. Without tables there is a cohort still, as the roll tells it; without a roll none."""

    cohort: Cohort | None
    view: View | None
    before: View | None
    agreement: tuple[Agreement, ...]


def kpi_line(words: Wording, kpi: Kpi, cohort: Cohort) -> str:
    """A KPI with its figure and the published one beside it; '' where there is no data."""
    figure = counted(kpi, cohort)
    if figure.value is None:
        return ""
    line = words.told("figure", title=kpi.title, year=cohort.year, value=value(words, figure))
    line = f"{line} {kpi.so_far(cohort)}".rstrip()
    beside = comparator(kpi, cohort)
    return f"{line} {beside_words(words, beside, kpi.unit)}" if beside else line


def value(words: Wording, figure: Figure) -> str:
    """'61.0% (251 of 412)', '3 of 7', '21.3 (42 children)', '12', '£4,200'."""
    found, whole = figure.value, figure.denominator
    assert found is not None
    if figure.unit is Unit.COUNT:
        return f"{found:,.0f}"
    if figure.unit is Unit.POUNDS:
        return f"£{found:,.0f}" if found >= 0 else f"−£{-found:,.0f}"
    children = words.count("pep" if figure.id.startswith("pep_") else "child", whole)  # some count plans
    one_each = all(told.whole == 1 for told in figure.told)
    if figure.unit is Unit.PERCENT and one_each:
        part = f"{figure.numerator:g}"
        return words.told("small", part=part, whole=whole) if whole < SMALL else words.told("percent", value=f"{found:.1f}", part=part, whole=whole)  # fmt: skip
    if whole < SMALL:
        return words.told("small_of", whole=children)
    if figure.unit is Unit.PERCENT:
        return words.told("percent_of", value=f"{found:.1f}", whole=children)
    return words.told("mean", value=_mean(found), whole=children)


def _mean(found: float) -> str:
    """Progress scores are small, and of either sign: with a minus, since a hyphen may end a line."""
    return _signed(f"{found:.2f}" if abs(found) < SMALL else f"{found:.1f}")


def _signed(number: str) -> str:
    return number.replace("-", "−")


def comparator(kpi: Kpi, cohort: Cohort) -> rows.Comparator | None:
    """The published figure of children in care that is nearest: of this year, else the last one before it."""
    measure = kpi.comparator or kpi.id
    known = [
        row
        for row in cohort.tables.of(rows.Comparator)
        if row.measure == measure and row.group.startswith(CARE) and row.academic_year <= cohort.year
    ]
    return max(known, key=lambda row: row.academic_year, default=None)


def beside_words(words: Wording, row: rows.Comparator, unit: Unit) -> str:
    said = _signed(f"{row.value:g}%" if unit is Unit.PERCENT else f"{row.value:g}")
    return words.told("beside", series=row.series, group=row.group, year=row.academic_year, value=said)


def group_line(words: Wording, kpi: Kpi, cohort: Cohort, group: str) -> str:
    """The same figure for each part of a group; '' where there is no data."""
    parts = [
        words.told("of_group", group=name, value=value(words, figure))
        for name, figure in by_group(kpi, cohort, group)
        if figure.value is not None
    ]
    return words.told("group", title=kpi.title, year=cohort.year, groups="; ".join(parts)) if parts else ""


def criterion_line(words: Wording, view: View, criterion: str) -> str:
    """In how many PEPs a criterion is met, of those of which it could be told; '' where it could be told of none."""
    states = [one.states.get(criterion) for one in view.seen]
    told = [state for state in states if state in (Met.MET, Met.PARTLY, Met.NOT_MET)]
    if not told:
        return ""
    share = words.share(sum(state is Met.MET for state in told), len(told))
    return words.told("criterion", title=view.titles.get(criterion, criterion), share=share)


def agreement_lines(words: Wording, held: Held) -> Iterator[str]:
    """How many grades a person confirmed, and how far readers agree on the whole PEP."""
    if held.view and held.view.seen:
        share = words.share(sum(one.is_moderated for one in held.view.seen), len(held.view.seen))
        yield words.told("confirmed", share=share)
    for one in held.agreement:
        if one.of == "overall":
            share = words.share(round(one.exact * one.peps), one.peps)
            name = "agreement_plain" if one.kappa is None or one.peps < SMALL else "agreement"
            kappa = "" if one.kappa is None else f"{one.kappa:.2f}"
            yield words.told(
                name, between=one_line(one.between), share=share, **({"kappa": kappa} if name == "agreement" else {})
            )


def kpis(names: Iterable[str]) -> Iterator[Kpi]:
    known = all_kpis()
    yield from (known[name] for name in names)
