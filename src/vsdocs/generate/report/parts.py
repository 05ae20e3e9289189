"""The parts that a section may show: tables over the years and by group, charts, sentences."""

from collections.abc import Iterator, Sequence

from reportlab.graphics.shapes import Drawing

from vsdocs.cohort.figure import Kpi, Unit
from vsdocs.cohort.kpis import all_kpis
from vsdocs.generate import charts
from vsdocs.generate.charts import Scale, Series
from vsdocs.generate.report import said
from vsdocs.generate.report import wording as w
from vsdocs.generate.report.blocks import Block, Chart, Grid, Text, bullets
from vsdocs.generate.report.figures import Figures, Shown

MOST_GROUPS = 5  # that a line has room for


def years(figures: Figures, part: w.Years) -> Iterator[Block]:
    """A row for each figure, a column for each year, and the published one at the end."""
    words = figures.words
    rows = [("Measure", *figures.years, "Published")]
    for kpi in part.kpis:
        cells = [said.cell(words, shown) for shown in figures.over_years(kpi)]
        beside = said.published_cell(words, all_kpis()[kpi], figures.beside(kpi))
        rows.append((all_kpis()[kpi].title, *cells, beside))
    yield Grid(part.caption, tuple(rows), (2.0, *[1.32] * len(figures.years), 1.4))
    yield from _note(figures, rows)
    if told := figures.so_far(part.kpis):
        yield Text(told, "Note")


def groups(figures: Figures, part: w.Groups) -> Iterator[Block]:
    """A row for each part of each group, a column for each figure of the year."""
    words, kpis = figures.words, [kpi for kpi in part.kpis if figures.has_data([kpi])]
    if not kpis:
        yield Text(f"{part.caption}: {words.no_data}.")
        return
    rows = [("Group", *(all_kpis()[kpi].title for kpi in kpis))]
    for group in part.groups:
        cells: dict[str, dict[str, str]] = {}
        empty: dict[str, str] = {}
        for kpi in kpis:
            parts = figures.parts(kpi, group)
            for name, shown in parts:
                cells.setdefault(name, {})[kpi] = said.cell(words, shown)
            is_hidden = figures.small is not None and (not parts or any(shown.hidden for _, shown in parts))
            empty[kpi] = words.hidden if is_hidden else "nobody"
        order = [name for name, _ in figures.grouped(group) if name in cells]
        rows += [(f"{words.groups[group]}: {name}", *(cells[name].get(k, empty[k]) for k in kpis)) for name in order]
    if len(rows) == 1:
        yield _nothing(figures, part.caption, kpis, is_there=True)
        return
    yield Grid(part.caption, tuple(rows), (2.2, *[1.3] * len(kpis)))
    yield from _note(figures, rows)


def others(figures: Figures, part: w.Years) -> Iterator[Block]:
    """Ours beside the latest that is published of each group: children in care, children in need, all pupils, the region."""
    words = figures.words
    found = {kpi: figures.latest_of_each(kpi) for kpi in part.kpis}
    names = list(dict.fromkeys(group for latest in found.values() for group in latest))
    names.sort(key=lambda name: (name not in words.beside, -sum(name in latest for latest in found.values())))
    names = names[:MOST_GROUPS]
    if not names:
        return
    rows = [("Measure", f"Ours, {figures.year}", *(name[:1].upper() + name[1:] for name in names))]
    for kpi, latest in found.items():
        if latest:
            cells = (said.published_cell(words, all_kpis()[kpi], latest.get(name)) for name in names)
            rows.append((all_kpis()[kpi].title, said.cell(words, figures.shown(kpi)), *cells))
    yield Grid(part.caption, tuple(rows), (2.0, *[1.4] * (len(names) + 1)))
    yield from _note(figures, rows)


def profile(figures: Figures, part: w.Profile) -> Iterator[Block]:
    """How many children of each kind are on the roll, and what part of all they are."""
    words, whole = figures.words, figures.shown("roll")
    rows = [("Group", "Children", "Part of the roll")]
    for group in part.groups:
        for name, shown in figures.parts("roll", group):
            if shown.hidden or whole.value is None or not whole.value:
                rows.append((f"{words.groups[group]}: {name}", words.hidden, words.hidden))
            else:
                number = shown.figure.numerator
                rows.append((f"{words.groups[group]}: {name}", f"{number:.0f}", f"{100 * number / whole.value:.1f}%"))
    if len(rows) == 1:
        yield _nothing(figures, part.caption, ["roll"], is_there=figures.figure("roll").denominator > 0)
        return
    yield Grid(part.caption, tuple(rows), (3, 1, 1))
    yield from _note(figures, rows)


def sentences(figures: Figures, kpis: tuple[str, ...]) -> Iterator[Block]:
    yield from bullets([said.sentence(figures, kpi) for kpi in kpis])


def _note(figures: Figures, rows: Sequence[tuple[str, ...]]) -> Iterator[Block]:
    if figures.small is not None and any(figures.words.hidden == cell for row in rows for cell in row):
        yield Text(figures.words.hidden_note.format(small=figures.small), "Note")


def _nothing(figures: Figures, caption: str, kpis: Sequence[str], *, is_there: bool = False) -> Text:
    """What stands for a table or chart that is not there: nothing is known, or nothing may be told."""
    every = [figures.shown(kpi, year) for kpi in kpis for year in figures.years]
    if any(one.value is not None for one in every) and not is_there:
        return Text(figures.words.sentence("nought", title=caption))
    is_there = is_there or any(one.figure.denominator for one in every)
    name = "hidden" if figures.small is not None and is_there else "no_data"
    return Text(figures.words.sentence(name, title=caption, year=figures.year))


# ----------------------------------------------------------------------------------------------------------------- charts


def chart(figures: Figures, part: w.Chart, bars: list[tuple[str, int | None]] | None = None) -> Iterator[Block]:
    """A chart with its words; a line that says so where there is nothing to draw. `bars` are those of a special breakdown."""
    draw = {"bars": _bars, "lines": _lines, "shares": _shares, "subjects": _subjects, "parts": _parts}.get(part.kind)
    made = _across(figures, part, bars) if draw is None else draw(figures, part)
    if made is None:
        yield _nothing(figures, part.caption, part.kpis or ["roll"], is_there=bool(bars))
    else:
        yield Chart(part.caption, *made)


Drawn = tuple[Drawing, str] | None


def _scale(figures: Figures, kpi: Kpi) -> Scale:
    most = 100.0 if kpi.unit is Unit.PERCENT and kpi.id in ("attendance",) else None
    return Scale(said.decimals(figures.words, kpi), "%" if kpi.unit is Unit.PERCENT else "", most)


def _series(figures: Figures, name: str, shown: list[Shown]) -> Series:
    return Series(name, tuple(one.value for one in shown), tuple(_missing(figures, one) for one in shown))


def _missing(figures: Figures, one: Shown) -> str:
    return figures.words.hidden if one.hidden else figures.words.no_data


def _compared(figures: Figures, kpi: str) -> Series | None:
    values, one = figures.beside_by_year(kpi), figures.beside(kpi)
    if one is None or not any(value is not None for value in values):
        return None
    return Series(f"Published: {one.group} ({one.series})" if one.series else f"Published: {one.group}", tuple(values))


def _told(figures: Figures, kpi: Kpi, shown: Shown) -> str:
    if shown.hidden:
        return "hidden"
    return said.number(figures.words, kpi, shown.value) if shown.value is not None else figures.words.no_data


def _bars(figures: Figures, part: w.Chart) -> Drawn:
    kpi, shown = all_kpis()[part.kpis[0]], figures.over_years(part.kpis[0])
    if not any(one.value for one in shown):
        return None
    compared = _compared(figures, kpi.id)
    made = charts.bars(figures.years, [_series(figures, "Ours", shown)], _scale(figures, kpi), compared)
    alt = f"Bar chart. {part.caption}. " + _by_year(figures, kpi, shown)
    return made, alt + _of_published(figures, kpi, compared)


def _lines(figures: Figures, part: w.Chart) -> Drawn:
    every = {kpi: figures.over_years(kpi) for kpi in part.kpis}
    if not any(one.value for shown in every.values() for one in shown):
        return None
    kpis = all_kpis()
    made = [_series(figures, kpis[kpi].title, shown) for kpi, shown in every.items()]
    compared = _compared(figures, part.kpis[0])
    alt = " ".join(f"{kpis[kpi].title}: {_by_year(figures, kpis[kpi], shown)}" for kpi, shown in every.items())
    alt += _of_published(figures, kpis[part.kpis[0]], compared)
    return charts.lines(
        figures.years, made, _scale(figures, kpis[part.kpis[0]]), compared
    ), f"Line chart. {part.caption}. {alt}"


def _shares(figures: Figures, part: w.Chart) -> Drawn:
    rows = [[figures.shown(kpi, year).value for kpi in part.kpis] for year in figures.years]
    if not any(value is not None for row in rows for value in row):
        return None
    words = figures.words
    missing = [
        words.hidden if any(figures.shown(kpi, year).hidden for kpi in part.kpis) else words.no_data
        for year in figures.years
    ]
    told = [
        f"{year}: " + ", ".join(f"{kpi.removeprefix('pep_')} {_told(figures, all_kpis()[kpi], figures.shown(kpi, year))}"
                                for kpi in part.kpis)
        for year in figures.years
    ]  # fmt: skip
    return charts.shares(figures.years, rows, missing), f"Stacked bars. {part.caption}. {'; '.join(told)}."


def _subjects(figures: Figures, part: w.Chart) -> Drawn:
    """Several figures side by side, of this year and the last, with the latest that is published."""
    kpis = [all_kpis()[kpi] for kpi in part.kpis]
    wanted = [year for year in (figures.last_year, figures.year) if year]
    made = [_series(figures, year, [figures.shown(kpi.id, year) for kpi in kpis]) for year in wanted]
    if not any(value for one in made for value in one.values):
        return None
    beside = [figures.beside(kpi.id) for kpi in kpis]
    years_ = sorted({one.academic_year for one in beside if one})
    name = f"Published: children in care ({', '.join(years_)})"
    compared = Series(name, tuple(one.value if one else None for one in beside)) if years_ else None
    names = [title.rpartition(": ")[2].capitalize() for title in (kpi.title for kpi in kpis)]
    alt = "; ".join(
        f"{kpi.title}: " + ", ".join(f"{_told(figures, kpi, figures.shown(kpi.id, year))} in {year}" for year in wanted)
        + (f", published {said.number(figures.words, kpi, one.value)} for {one.academic_year}" if one else "")
        for kpi, one in zip(kpis, beside, strict=True)
    )  # fmt: skip
    return charts.bars(names, made, _scale(figures, kpis[0]), compared), f"Bar chart. {part.caption}. {alt}."


def _parts(figures: Figures, part: w.Chart) -> Drawn:
    """Several figures side by side, each for the parts of a group."""
    assert part.group is not None
    kpis = [all_kpis()[kpi] for kpi in part.kpis]
    found = {kpi.id: dict(figures.parts(kpi.id, part.group)) for kpi in kpis}
    names = list(dict.fromkeys(name for parts in found.values() for name in parts))[:3]
    made = [
        _series(figures, name, [found[kpi.id].get(name) or Shown(kpi, figures.figure(kpi.id).of(())) for kpi in kpis])
        for name in names
    ]
    if not any(value for one in made for value in one.values):
        return None
    alt = "; ".join(
        f"{kpi.title}: " + ", ".join(f"{name} {_told(figures, kpi, one)}" for name, one in found[kpi.id].items())
        for kpi in kpis
    )
    drawn = charts.bars([kpi.title for kpi in kpis], made, Scale(1, "%"))
    return drawn, f"Bar chart. {part.caption}. {alt}."


def _across(figures: Figures, part: w.Chart, bars: list[tuple[str, int | None]] | None) -> Drawn:
    if bars is None:
        assert part.group is not None
        parts = figures.parts("roll", part.group)
        bars = [(name, None if one.hidden else round(one.figure.numerator)) for name, one in parts]
    if not any(value is not None for _, value in bars):
        return None
    values = [float(value) if value is not None else None for _, value in bars]
    told = ", ".join(f"{name} {'hidden' if value is None else value}" for name, value in bars)
    alt = f"Bar chart. {part.caption}. {told}."
    return charts.across([name for name, _ in bars], values, Scale(0, ""), figures.words.hidden), alt


def _by_year(figures: Figures, kpi: Kpi, shown: list[Shown]) -> str:
    told = (f"{year} {_told(figures, kpi, one)}" for year, one in zip(figures.years, shown, strict=True))
    return ", ".join(told) + "."


def _of_published(figures: Figures, kpi: Kpi, compared: Series | None) -> str:
    if compared is None:
        return ""
    told = [
        f"{year} {said.number(figures.words, kpi, value)}"
        for year, value in zip(figures.years, compared.values, strict=True)
        if value is not None
    ]
    return f" {compared.name}: {', '.join(told)}."
