"""Figures in words: values as they are printed, and the sentence that a figure says by itself, without a cause or a judgement."""

from vsdocs.cohort import rows
from vsdocs.cohort.figure import Kpi, Unit
from vsdocs.cohort.kpis import all_kpis
from vsdocs.generate.report.figures import UNKNOWN, Figures, Shown
from vsdocs.generate.report.wording import Words


def decimals(words: Words, kpi: Kpi) -> int:
    if kpi.id in words.progress:
        return 2
    return 0 if kpi.unit in (Unit.COUNT, Unit.POUNDS) else 1


def number(words: Words, kpi: Kpi, value: float) -> str:
    """A value with its unit: 34.6%, −0.45, £1,595,000, 12.3 days."""
    signed = "+" if kpi.id in words.progress else ""
    places = decimals(words, kpi)
    said = f"{round(value, places) + 0.0:{signed},.{places}f}".replace("-", "\u2212")
    if kpi.unit is Unit.POUNDS:
        return f"\u2212£{said[1:]}" if value < 0 else f"£{said}"
    return f"{said}%" if kpi.unit is Unit.PERCENT else said


def of(words: Words, shown: Shown) -> str:
    """How many it is of: '9 of 26 children'; '' where the value says it."""
    if shown.kpi.unit in (Unit.COUNT, Unit.POUNDS):
        return ""
    figure = shown.figure
    noun = words.noun(shown.kpi.id, figure.denominator)
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


def valued(figures: Figures, shown: Shown) -> str:
    """A value and how many it is of: '61.0% (251 of 412 children)', '12', '£4,200'."""
    assert shown.value is not None
    value, told = number(figures.words, shown.kpi, shown.value), of(figures.words, shown)
    return f"{value} ({told})" if told else value


def sentence(figures: Figures, kpi: str) -> str:
    """What a figure of the year says: its value, of how many, against last year and against what is published."""
    words, shown = figures.words, figures.shown(kpi)
    if shown.value is None:
        return _nothing(figures, shown)
    parts = [_told(figures, shown), _small(words, shown)]
    if figures.last_year and (last := figures.shown(kpi, figures.last_year)).value is not None:
        parts.append(_against(figures, shown, last.value, _either(figures, shown, last), "more", "less", "same",
                              last_year=figures.last_year, last=number(words, shown.kpi, last.value)))  # fmt: skip
    parts.append(standing(figures, kpi, within=True))
    if (beside := figures.beside(kpi)) is not None and beside.academic_year != figures.year:
        parts.append(words.sentence("other_year"))
    if figures.small is None and shown.figure.left_out:
        out = "; ".join(f"{len(who)} ({why})" if why else str(len(who)) for why, who in shown.figure.left_out.items())
        parts.append(words.sentence("left_out", left_out=out))
    return " ".join(filter(None, parts))


def short(figures: Figures, kpi: str) -> str:
    """The value and how it stands to what is published: for a list of key points, and for a cell."""
    shown = figures.shown(kpi)
    if shown.value is None:
        return _nothing(figures, shown)
    return " ".join(filter(None, (_told(figures, shown), _small(figures.words, shown), standing(figures, kpi))))


def standing(figures: Figures, kpi: str, *, within: bool = False) -> str:
    """Above, in line with or below what is published; '' where nothing is, or there is no value.

    `within` says of what is in line within how much it is.
    """
    shown, beside = figures.shown(kpi), figures.beside(kpi)
    if shown.value is None or beside is None:
        return ""
    return _against(figures, shown, beside.value, figures.margin(shown), "above", "below", "in_line", within=within,
                    published=number(figures.words, shown.kpi, beside.value), group=beside.group,
                    series=beside.series or "no series named", published_year=beside.academic_year)  # fmt: skip


def by_group(figures: Figures, kpi: str, group: str) -> str:
    """The same figure for each part of a group, and of two how far they are apart; '' where fewer than two may be told."""
    words = figures.words
    parts = [(name, one) for name, one in figures.parts(kpi, group) if one.value is not None and name != UNKNOWN]
    if len(parts) < 2:
        return ""
    listed = ", ".join(f"{lower_first(name)} {valued(figures, one)}" for name, one in parts)
    told = [words.sentence("group", title=all_kpis()[kpi].title, parts=listed)]
    if len(parts) == 2:
        (_, first), (name, second) = parts
        assert first.value is not None
        apart = difference(figures, second, first.value)
        way = "higher" if apart > 0 else "lower" if apart else "as_high"
        told.append(words.sentence(way, part=name, difference=_gap(figures.words, second.kpi, apart)))
    if any(one.figure.is_small for _, one in parts):
        told.append(words.sentence("small_mean"))
    return " ".join(told)


def lower_first(name: str) -> str:
    """A name inside a sentence: 'in area', but 'EHCP' and 'SEN Support'."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _nothing(figures: Figures, shown: Shown) -> str:
    name = "hidden" if shown.hidden else "no_data"
    return figures.words.sentence(name, title=shown.kpi.title, year=figures.year)


def _told(figures: Figures, shown: Shown) -> str:
    return figures.words.sentence("value", title=shown.kpi.title, value=valued(figures, shown))


def _small(words: Words, shown: Shown) -> str:
    if not shown.figure.is_small or shown.kpi.unit not in (Unit.PERCENT, Unit.MEAN):
        return ""
    if shown.is_share:
        return words.sentence("small", one=words.noun(shown.kpi.id, 1), worth=f"{100 / shown.figure.denominator:.0f}")
    return words.sentence("small_mean")


def difference(figures: Figures, shown: Shown, other: float) -> float:
    """How far apart two values are as they are printed, so that whoever reckons it again finds the same."""
    assert shown.value is not None
    places = decimals(figures.words, shown.kpi)
    return round(round(shown.value, places) - round(other, places), places)


def _either(figures: Figures, shown: Shown, last: Shown) -> tuple[str, float]:
    """The wider of both years' margins."""
    return max(figures.margin(shown), figures.margin(last), key=lambda margin: margin[1])


def _against(
    figures: Figures, shown: Shown, other: float, margin: tuple[str, float], more: str, less: str, same: str, *,
    within: bool = True, **said: object
) -> str:  # fmt: skip
    words, kpi = figures.words, shown.kpi
    apart, places = difference(figures, shown, other), decimals(figures.words, kpi)
    rule, limit = margin
    if not apart and same == "same":
        return words.sentence("equal", **said)
    if abs(apart) <= limit or not apart:
        written = f"{limit:.{places}f}" if rule != "none" else "0"
        told = words.margins[rule].format(margin=written, n=shown.figure.denominator)
        return " ".join([words.sentence(same, **said), *([words.sentence("within", margin=told)] if within else [])])
    return words.sentence(more if apart > 0 else less, difference=_gap(words, kpi, apart), **said)


def _gap(words: Words, kpi: Kpi, apart: float) -> str:
    """How far apart two values are, with its unit: 3.1 points, £4,200."""
    if kpi.unit is Unit.POUNDS:
        return f"£{abs(apart):,.0f}"
    unit = " points" if kpi.unit is Unit.PERCENT or kpi.id in ("attainment_8", *words.progress) else ""
    return f"{abs(apart):,.{decimals(words, kpi)}f}{unit}"
