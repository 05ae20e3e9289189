"""Figures in words: values as they are printed, and the sentence that a figure says by itself, without a cause or a judgement."""

from vsdocs.cohort import rows
from vsdocs.cohort.figure import Kpi, Unit
from vsdocs.generate.report.figures import Figures, Shown
from vsdocs.generate.report.wording import Words


def decimals(words: Words, kpi: Kpi) -> int:
    if kpi.id in words.progress:
        return 2
    return 0 if kpi.unit in (Unit.COUNT, Unit.POUNDS) else 1


def number(words: Words, kpi: Kpi, value: float) -> str:
    """A value with its unit: 34.6%, −0.45, £1,595,000, 12.3 days."""
    signed = "+" if kpi.id in words.progress else ""
    said = f"{value:{signed},.{decimals(words, kpi)}f}".replace("-", "\u2212")
    if kpi.unit is Unit.POUNDS:
        return f"\u2212£{said[1:]}" if value < 0 else f"£{said}"
    return f"{said}%" if kpi.unit is Unit.PERCENT else said


def of(words: Words, shown: Shown) -> str:
    """How many it is of: '9 of 26 children'; '' where the value says it."""
    figure, noun = shown.figure, words.noun(shown.kpi.id)
    if shown.kpi.unit in (Unit.COUNT, Unit.POUNDS):
        return ""
    noun = {"children": "child", "plans": "plan", "young people": "young person"}[noun] if figure.denominator == 1 else noun  # fmt: skip
    if shown.is_share:
        return f"{figure.numerator:.0f} of {figure.denominator} {noun}"
    return f"{figure.denominator} {noun}"


def cell(words: Words, shown: Shown) -> str:
    """A figure in a table: the value, below it how many it is of, and whether that is a small cohort."""
    if shown.hidden:
        return words.hidden
    if shown.value is None:
        return words.no_data
    lines = [number(words, shown.kpi, shown.value)]
    if told := of(words, shown):
        lines.append(" ".join(told.split()[:3]) if " of " in told else told)
    if shown.figure.is_small and shown.kpi.unit in (Unit.PERCENT, Unit.MEAN):
        lines.append(words.small_cohort)
    return "\n".join(lines)


def published_cell(words: Words, kpi: Kpi, one: rows.Comparator | None) -> str:
    if one is None:
        return "none known"
    return f"{number(words, kpi, one.value)}\n{', '.join(filter(None, (one.academic_year, one.series)))}"


def sentence(figures: Figures, kpi: str) -> str:
    """What a figure of the year says: its value, of how many, against last year and against what is published."""
    words, shown = figures.words, figures.shown(kpi)
    title = shown.kpi.title
    if shown.hidden:
        return words.sentence("hidden", title=title)
    if shown.value is None:
        return words.sentence("no_data", title=title, year=figures.year)
    told = of(words, shown)
    said = words.sentence("value", title=title, value=number(words, shown.kpi, shown.value), of=told)
    parts = [said.replace(" ()", "")]
    if shown.figure.is_small and shown.is_share:
        parts.append(words.sentence("small", worth=f"{100 / shown.figure.denominator:.0f}"))
    elif shown.figure.is_small and shown.kpi.unit in (Unit.PERCENT, Unit.MEAN):
        parts.append(words.sentence("small_mean"))
    if figures.last_year and (last := figures.shown(kpi, figures.last_year)).value is not None:
        parts.append(_against(figures, shown, last.value, _either(figures, shown, last), "more", "less", "same",
                              last_year=figures.last_year, last=number(words, shown.kpi, last.value)))  # fmt: skip
    beside = figures.beside(kpi)
    if beside is not None:
        parts.append(_against(figures, shown, beside.value, figures.margin(shown), "above", "below", "in_line",
                              published=number(words, shown.kpi, beside.value), group=beside.group,
                              series=beside.series or "no series named", published_year=beside.academic_year))  # fmt: skip
        if beside.academic_year != figures.year:
            parts.append(words.sentence("other_year"))
    if figures.small is None and shown.figure.left_out:
        out = "; ".join(f"{len(who)} ({why})" if why else str(len(who)) for why, who in shown.figure.left_out.items())
        parts.append(words.sentence("left_out", left_out=out))
    return " ".join(parts)


def short(figures: Figures, kpi: str) -> str:
    """The value alone, and of how many: for a list of key points."""
    words, shown = figures.words, figures.shown(kpi)
    if shown.value is None:
        return words.sentence("hidden" if shown.hidden else "no_data", title=shown.kpi.title, year=figures.year)
    said = words.sentence(
        "value", title=shown.kpi.title, value=number(words, shown.kpi, shown.value), of=of(words, shown)
    )
    said = said.replace(" ()", "")
    return said if figures.beside(kpi) is None else f"{said} {standing(figures, kpi)}"


def standing(figures: Figures, kpi: str) -> str:
    """Above, in line with or below what is published; '' where nothing is, or there is no value."""
    shown, beside = figures.shown(kpi), figures.beside(kpi)
    if shown.value is None or beside is None:
        return ""
    return _against(figures, shown, beside.value, figures.margin(shown), "above", "below", "in_line",
                    published=number(figures.words, shown.kpi, beside.value), group=beside.group,
                    series=beside.series or "no series named", published_year=beside.academic_year)  # fmt: skip


def difference(figures: Figures, shown: Shown, other: float) -> float:
    """How far apart two values are as they are printed, so that whoever reckons it again finds the same."""
    assert shown.value is not None
    places = decimals(figures.words, shown.kpi)
    return round(round(shown.value, places) - round(other, places), places)


def _either(figures: Figures, shown: Shown, last: Shown) -> tuple[str, float]:
    """The wider of both years' margins."""
    return max(figures.margin(shown), figures.margin(last), key=lambda margin: margin[1])


def _against(
    figures: Figures, shown: Shown, other: float, margin: tuple[str, float], more: str, less: str, same: str, **said: object
) -> str:  # fmt: skip
    words, kpi = figures.words, shown.kpi
    apart, places = difference(figures, shown, other), decimals(figures.words, kpi)
    rule, limit = margin
    if not apart and same == "same":
        return words.sentence("equal", **said)
    if abs(apart) <= limit or not apart:
        written = f"{limit:.{places}f}" if rule != "none" else "0"
        told = words.margins[rule].format(margin=written, n=shown.figure.denominator)
        return words.sentence(same, margin=told, **said)
    unit = " points" if kpi.unit is Unit.PERCENT or kpi.id in ("attainment_8", *words.progress) else ""
    gap = f"£{abs(apart):,.0f}" if kpi.unit is Unit.POUNDS else f"{abs(apart):,.{places}f}{unit}"
    return words.sentence(more if apart > 0 else less, difference=gap, **said)
