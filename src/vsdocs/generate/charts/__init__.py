"""The one chart room: charts as vector drawings, for a PDF as they are and for Word as pictures.

They print in greyscale: series differ by clear steps of lightness, grades by their letters too, and every value is written
beside its bar. A published figure is a dashed line with a diamond and its value. Measures are points.
"""

from collections.abc import Sequence
from functools import partial
from io import BytesIO
from itertools import pairwise

import pypdfium2
from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, Line, String
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from vsdocs.generate.charts import parts
from vsdocs.generate.charts.colours import GRADES, INK, PAPER, QUIET, Palette
from vsdocs.generate.charts.parts import SIZE, WIDTH, Scale, Series
from vsdocs.generate.pdf.fonts import glyphs
from vsdocs.generate.pdf.fonts import width as text_width

DOTS_AN_INCH = 300
PLOT = 132.0  # how high the field of a chart with axes is
DASHES: tuple[list[int] | None, ...] = (None, [6, 2], [2, 2])

__all__ = ["Scale", "Series", "across", "bars", "lines", "picture", "shares", "tens"]


def bars(
    colours: Palette, names: Sequence[str], series: Sequence[Series], scale: Scale, compared: Series | None = None
) -> Drawing:
    """Upright bars in groups, one for each series; `compared` is a marked line across each group."""
    glyphs("", False, False)  # registers the faces
    told = [one.name for one in series] if compared or len(series) > 1 else []
    top, bottom = parts.head(told, compared is not None), 30.0
    high = top + PLOT + bottom
    drawing = Drawing(WIDTH, high)
    known = [v for one in (*series, *([compared] if compared else [])) for v in one.values if v is not None]
    least, most = parts.ends(known, scale)

    def y(value: float) -> float:
        return bottom + PLOT * (min(max(value, least), most) - least) / (most - least)

    def sign(colour: str, x: float, y: float) -> None:
        drawing.add(parts.box(x + 10, y, 10, 9, colour))

    parts.grid(drawing, least, most, y, scale)
    room = (WIDTH - 42.0 - (26.0 if compared else 0.0)) / max(len(names), 1)
    part = (
        max(min(room * 0.78, room - 46), room * 0.45) if compared else room * 0.78
    )  # the rest is for what is published
    wide = min(part / len(series), 46.0)
    labels: list[String] = []
    for at, name in enumerate(names):
        middle = 42.0 + room * (at + 0.5)
        parts.centred(drawing, middle, bottom - 15, name, room)
        left = middle - wide * len(series) / 2
        for place, one in enumerate(series):
            labels += parts.bar(drawing, left + place * wide, wide, one, at, colours.bars[place % 3], y, scale)
        if compared and (value := compared.values[at]) is not None:
            parts.mark(drawing, middle, max(wide * len(series), 30.0), y(value), scale.said(value))
    drawing.add(Line(42, y(0.0), WIDTH, y(0.0), strokeColor=HexColor(INK), strokeWidth=0.8))
    parts.on_top(drawing, labels)
    named = [(name, partial(sign, colours.bars[place % 3])) for place, name in enumerate(told)]
    parts.legend(drawing, high - 12, named, compared.name if compared else "")
    return drawing


def across(
    colours: Palette, names: Sequence[str], values: Sequence[float | None], scale: Scale, missing: str
) -> Drawing:
    """Lying bars, one for each name: a breakdown of a whole."""
    glyphs("", False, False)
    step = 19.0
    label = min(max((text_width(name, False, False) * SIZE for name in names), default=0.0) + 8, 190.0)
    drawing = Drawing(WIDTH, step * max(len(names), 1) + 8)
    most = max((v for v in values if v is not None), default=1.0) or 1.0
    for at, (name, value) in enumerate(zip(names, values, strict=True)):
        y = drawing.height - step * (at + 1)
        drawing.add(parts.words(label - 5, y + 4, parts.cut(name, label - 8), "end"))
        if value is None:
            drawing.add(parts.words(label + 3, y + 4, missing, colour=QUIET))
            continue
        wide = (WIDTH - label - 60) * value / most
        drawing.add(parts.box(label, y, wide, step - 5, colours.bars[0]))
        drawing.add(parts.words(label + wide + 4, y + 4, scale.said(value)))
    drawing.add(Line(label, 0, label, drawing.height, strokeColor=HexColor(INK), strokeWidth=0.8))
    return drawing


def lines(
    colours: Palette, names: Sequence[str], series: Sequence[Series], scale: Scale, compared: Series | None = None
) -> Drawing:
    """A line for each series over the years: each with a mark and dashes of its own, and its values beside it."""
    glyphs("", False, False)
    bottom, left = 30.0, 42.0
    high = parts.head([one.name for one in series], compared is not None) + PLOT + bottom
    drawing = Drawing(WIDTH, high)
    known = [v for one in (*series, *([compared] if compared else [])) for v in one.values if v is not None]
    least, most = parts.ends(known, scale, from_zero=False)

    def y(value: float) -> float:
        return bottom + PLOT * (value - least) / (most - least)

    parts.grid(drawing, least, most, y, scale)
    room = (WIDTH - left - (26.0 if compared else 0.0)) / max(len(names), 1)
    for at, name in enumerate(names):
        parts.centred(drawing, left + room * (at + 0.5), bottom - 15, name, room)

    def stroke(place: int, x0: float, y0: float, x1: float, y1: float) -> Line:
        line = Line(x0, y0, x1, y1, strokeColor=HexColor(colours.lines[place % 3]), strokeWidth=1.8)
        line.strokeDashArray = DASHES[place % 3]
        return line

    def sign(place: int, x: float, y: float) -> None:
        drawing.add(stroke(place, x, y + 4, x + 22, y + 4))
        parts.point(drawing, x + 11, y + 4, colours.lines[place % 3], hollow=place > 0)

    labels: list[String] = []
    for place, one in enumerate(series):
        points = [(left + room * (at + 0.5), v if v is None else y(v)) for at, v in enumerate(one.values)]
        for (x0, y0), (x1, y1) in pairwise(points):
            if y0 is not None and y1 is not None:  # no line leads over a year that is not shown
                drawing.add(stroke(place, x0, y0, x1, y1))
        for at, (x, at_y) in enumerate(points):
            if at_y is not None:
                parts.point(drawing, x, at_y, colours.lines[place % 3], hollow=place > 0)
            elif one.missing:
                drawing.add(parts.words(x, bottom + 4 + 9 * place, one.missing[at], "middle", QUIET, size=8))
    for at, _ in enumerate(names):
        here = sorted((v for one in series if (v := one.values[at]) is not None), reverse=True)
        for rank, value in enumerate(here):  # the highest above its mark, the others below theirs
            by = 7 if not rank or y(value) < bottom + 18 else -14
            labels.append(parts.words(left + room * (at + 0.5), y(value) + by, scale.said(value), "middle"))
    if compared:
        for at, value_ in enumerate(compared.values):
            if value_ is not None:
                parts.mark(drawing, left + room * (at + 0.5), 30.0, y(value_), scale.said(value_))
    parts.on_top(drawing, labels)
    named = [(one.name, partial(sign, place)) for place, one in enumerate(series)]
    parts.legend(drawing, high - 12, named, compared.name if compared else "")
    return drawing


def shares(names: Sequence[str], rows: Sequence[Sequence[float | None]], missing: Sequence[str]) -> Drawing:
    """For each name a bar of a hundred per cent, parted into the four grades, the best first, each with its letter."""
    glyphs("", False, False)
    step, left, top = 30.0, 62.0, 22.0
    drawing = Drawing(WIDTH, step * max(len(names), 1) + top + 4)
    x = left
    for name, (letter, colour, ink) in GRADES.items():
        drawing.add(parts.box(x, drawing.height - 14, 20, 12, colour))
        drawing.add(parts.words(x + 10, drawing.height - 11, letter, "middle", ink, bold=True))
        drawing.add(parts.words(x + 25, drawing.height - 11, name.title()))
        x += 90
    for at, (name, values) in enumerate(zip(names, rows, strict=True)):
        y = drawing.height - top - step * (at + 1) + 5
        drawing.add(parts.words(left - 6, y + 8, name, "end"))
        if any(value is None for value in values):
            drawing.add(parts.words(left + 3, y + 8, missing[at], colour=QUIET))
            continue
        x = left
        for value, (letter, colour, ink) in zip(values, GRADES.values(), strict=True):
            assert value is not None
            wide = (WIDTH - left) * value / 100
            if wide <= 0:
                continue
            drawing.add(parts.box(x, y, wide, step - 6, colour))
            said = f"{letter} {value:.1f}%"
            fits = text_width(said, True, False) * SIZE < wide - 3
            said = said if fits else letter
            if text_width(said, True, False) * SIZE < wide:
                drawing.add(parts.words(x + wide / 2, y + 8, said, "middle", ink, bold=True))
            x += wide
    return drawing


def tens(colours: Palette, names: Sequence[str], values: Sequence[float]) -> Drawing:
    """For each name ten little people in a row, as many of them dark as in ten there are: read by whoever cannot read percentages."""
    glyphs("", False, False)
    step, size = min(190.0 / max(len(names), 1), 60.0), 13.0
    by = step / 42
    left = WIDTH - 210 * by
    drawing = Drawing(WIDTH, step * len(names) + 4)
    for at, (name, value) in enumerate(zip(names, values, strict=True)):
        y = drawing.height - step * (at + 1) + 6
        told = [line for part in name.split("\n") for line in parts.wrapped(part, left - 12, size)]
        for line, said in enumerate(told):
            drawing.add(parts.words(0, y + 11 * by + 7.5 * (len(told) - 1) - 15 * line, said, size=size))
        for place in range(10):
            colour = colours.bars[0] if place < round(value / 10) else PAPER
            parts.person(drawing, left + 21 * by * (place + 0.5), y, colour, by)
    return drawing


def picture(drawing: Drawing) -> bytes:
    """The drawing as a PNG, sharp enough for print."""
    page = BytesIO()
    canvas = Canvas(page, pagesize=(drawing.width, drawing.height), invariant=1)
    renderPDF.draw(drawing, canvas, 0, 0)
    canvas.save()
    document = pypdfium2.PdfDocument(page.getvalue())
    image = document[0].render(scale=DOTS_AN_INCH / 72).to_pil().convert("RGB")
    document.close()
    few = image.quantize(colors=48, method=2)
    few.putpalette([255 if shade > 248 else shade for shade in few.getpalette() or ()])  # paper stays white
    saved = BytesIO()
    few.save(saved, "PNG", dpi=(DOTS_AN_INCH, DOTS_AN_INCH))
    return saved.getvalue()
