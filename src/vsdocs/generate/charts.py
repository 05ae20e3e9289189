"""The one chart room: charts as vector drawings, for a PDF as they are and for Word as pictures.

They print in greyscale: series differ by clear steps of lightness, grades by their letters too, and every value is written
beside its bar. A published figure is a dashed line with a diamond and its value. Measures are points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

import pypdfium2
from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, Line, Polygon, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from vsdocs.generate.pdf.fonts import glyphs
from vsdocs.generate.pdf.fonts import width as text_width

WIDTH = 468.0  # what stands between the margins of the report
INK, QUIET, RULE, PAPER = "#1D2528", "#4D585C", "#C9CFCE", "#FFFFFF"
#: from dark to light, far enough apart on a printer without colours
SERIES = ("#1F5A5E", "#8FB8B5", "#DDE7E4")
#: grade -> its letter, colour, and the colour of words on it; from dark to light on paper
GRADES = {
    "gold": ("GD", "#7A5B00", PAPER), "green": ("G", "#4E9A70", INK), "amber": ("A", "#F0B48A", INK), "red": ("R", "#FBE3E0", INK),
}  # fmt: skip
DOTS_AN_INCH = 300
_FONT, _BOLD, _SIZE = "LiberationSans-Regular", "LiberationSans-Bold", 9.0


@dataclass(frozen=True)
class Series:
    """One row of values, one for each of the chart's names; where one is None, `missing` says why in its place."""

    name: str
    values: tuple[float | None, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scale:
    """How values are written and how far the axis goes."""

    decimals: int = 0
    unit: str = "%"
    most: float | None = None  # the end of the axis, where it is fixed

    def said(self, value: float) -> str:
        return f"{value:,.{self.decimals}f}{self.unit}".replace("-", "\u2212")


def bars(names: Sequence[str], series: Sequence[Series], scale: Scale, compared: Series | None = None) -> Drawing:
    """Upright bars in groups, one for each series; `compared` is a marked line across each group."""
    glyphs("", False, False)  # registers the faces
    high, top, bottom = 205.0, 48.0 if compared else 34.0, 30.0
    drawing = Drawing(WIDTH, high)
    known = [v for one in (*series, *([compared] if compared else [])) for v in one.values if v is not None]
    least, most = _ends(known, scale)
    plot = high - top - bottom

    def y(value: float) -> float:
        return bottom + plot * (min(max(value, least), most) - least) / (most - least)

    _grid(drawing, least, most, y, scale)
    room = (WIDTH - 42.0 - (26.0 if compared else 0.0)) / max(len(names), 1)
    wide = min(room * (0.6 if compared else 0.78) / len(series), 46.0)
    labels: list[String] = []
    for at, name in enumerate(names):
        middle = 42.0 + room * (at + 0.5)
        _centred(drawing, middle, bottom - 15, name, room)
        left = middle - wide * len(series) / 2
        for place, one in enumerate(series):
            labels += _bar(drawing, left + place * wide, wide, one, at, place if len(series) > 1 else 0, y, scale)
        if compared and (value := compared.values[at]) is not None:
            _mark(drawing, middle, max(wide * len(series), 30.0), y(value), scale.said(value))
    drawing.add(Line(42, y(0.0), WIDTH, y(0.0), strokeColor=HexColor(INK), strokeWidth=0.8))
    _on_top(drawing, labels)
    _legend(drawing, high - 12, [one.name for one in series], compared.name if compared else "")
    return drawing


def across(names: Sequence[str], values: Sequence[float | None], scale: Scale, missing: str) -> Drawing:
    """Lying bars, one for each name: a breakdown of a whole."""
    glyphs("", False, False)
    step = 19.0
    label = min(max((text_width(name, False, False) * _SIZE for name in names), default=0.0) + 8, 190.0)
    drawing = Drawing(WIDTH, step * max(len(names), 1) + 8)
    most = max((v for v in values if v is not None), default=1.0) or 1.0
    for at, (name, value) in enumerate(zip(names, values, strict=True)):
        y = drawing.height - step * (at + 1)
        drawing.add(_words(label - 5, y + 4, _cut(name, label - 8), "end"))
        if value is None:
            drawing.add(_words(label + 3, y + 4, missing, colour=QUIET))
            continue
        wide = (WIDTH - label - 60) * value / most
        drawing.add(_box(label, y, wide, step - 5, SERIES[0]))
        drawing.add(_words(label + wide + 4, y + 4, scale.said(value)))
    drawing.add(Line(label, 0, label, drawing.height, strokeColor=HexColor(INK), strokeWidth=0.8))
    return drawing


def lines(names: Sequence[str], series: Sequence[Series], scale: Scale, compared: Series | None = None) -> Drawing:
    """A line for each series over the years: each with a mark and dashes of its own, and its values beside it."""
    glyphs("", False, False)
    high, top, bottom, left = 205.0, 48.0 if compared else 34.0, 30.0, 42.0
    drawing = Drawing(WIDTH, high)
    known = [v for one in (*series, *([compared] if compared else [])) for v in one.values if v is not None]
    least, most = _ends(known, scale, from_zero=False)

    def y(value: float) -> float:
        return bottom + (high - top - bottom) * (value - least) / (most - least)

    _grid(drawing, least, most, y, scale)
    room = (WIDTH - left - (26.0 if compared else 0.0)) / max(len(names), 1)
    for at, name in enumerate(names):
        _centred(drawing, left + room * (at + 0.5), bottom - 15, name, room)
    dashes: tuple[list[int] | None, ...] = (None, [6, 2], [2, 2])
    labels: list[String] = []
    for place, one in enumerate(series):
        points = [(left + room * (at + 0.5), y(v), v) for at, v in enumerate(one.values) if v is not None]
        colour = HexColor((SERIES[0], "#5F7F80", QUIET)[place % 3])
        for (x0, y0, _), (x1, y1, _) in pairwise(points):
            line = Line(x0, y0, x1, y1, strokeColor=colour, strokeWidth=1.8)
            line.strokeDashArray = dashes[place % 3]
            drawing.add(line)
        for x, at_y, value in points:
            drawing.add(
                Rect(x - 3, at_y - 3, 6, 6, fillColor=colour if not place else HexColor(PAPER), strokeColor=colour)
            )
            above = not place or at_y < bottom + 18
            labels.append(_words(x, at_y + (7 if above else -14), scale.said(value), "middle"))
    if compared:
        for at, value_ in enumerate(compared.values):
            if value_ is not None:
                _mark(drawing, left + room * (at + 0.5), 30.0, y(value_), scale.said(value_))
    _on_top(drawing, labels)
    _legend(drawing, high - 12, [one.name for one in series], compared.name if compared else "")
    return drawing


def shares(names: Sequence[str], rows: Sequence[Sequence[float | None]], missing: Sequence[str]) -> Drawing:
    """For each name a bar of a hundred per cent, parted into the four grades, the best first, each with its letter."""
    glyphs("", False, False)
    step, left, top = 30.0, 62.0, 22.0
    drawing = Drawing(WIDTH, step * max(len(names), 1) + top + 4)
    x = left
    for name, (letter, colour, ink) in GRADES.items():
        drawing.add(_box(x, drawing.height - 14, 20, 12, colour))
        drawing.add(_words(x + 10, drawing.height - 11, letter, "middle", ink, bold=True))
        drawing.add(_words(x + 25, drawing.height - 11, name.title()))
        x += 90
    for at, (name, values) in enumerate(zip(names, rows, strict=True)):
        y = drawing.height - top - step * (at + 1) + 5
        drawing.add(_words(left - 6, y + 8, name, "end"))
        if any(value is None for value in values):
            drawing.add(_words(left + 3, y + 8, missing[at], colour=QUIET))
            continue
        x = left
        for value, (letter, colour, ink) in zip(values, GRADES.values(), strict=True):
            assert value is not None
            wide = (WIDTH - left) * value / 100
            if wide <= 0:
                continue
            drawing.add(_box(x, y, wide, step - 6, colour))
            said = f"{letter} {value:.1f}%"
            fits = text_width(said, True, False) * _SIZE < wide - 3
            said = said if fits else letter
            if text_width(said, True, False) * _SIZE < wide:
                drawing.add(_words(x + wide / 2, y + 8, said, "middle", ink, bold=True))
            x += wide
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


# Parts of charts


def _ends(known: Sequence[float], scale: Scale, from_zero: bool = True) -> tuple[float, float]:
    """Where the axis begins and ends: at nought, unless a line would lie flat; round numbers."""
    if scale.most is not None:
        return 0.0, scale.most
    least, most = min(known, default=0.0), max(known, default=1.0)
    if from_zero or least < 0 < most:
        least, most = min(least, 0.0), max(most, 0.0)
    if most - least < 1e-9:
        most = least + (100.0 if scale.unit == "%" and least <= 0 else 1.0)
    step = _step(most - least)
    room = (most - least) * 0.08  # for the words above the highest
    low = least if from_zero and least >= 0 else least - room
    if not from_zero and scale.unit == "%":
        low = max(low - room, 0.0)
    first = low // step * step
    last = -(-(most + room) // step) * step
    if scale.unit == "%" and most <= 100:
        last = min(last, 100.0)
    return first, last


def _step(length: float) -> float:
    rough = length / 4
    power = 10.0 ** len(str(int(rough))) / 10 if rough >= 1 else 0.1 if rough >= 0.1 else 0.01
    return next(power * by for by in (1, 2, 5, 10) if power * by >= rough)


def _grid(drawing: Drawing, least: float, most: float, y: object, scale: Scale) -> None:
    assert callable(y)
    step = _step(most - least)
    value = least
    while value <= most + 1e-9:
        at = y(value)
        drawing.add(Line(42, at, WIDTH, at, strokeColor=HexColor(RULE), strokeWidth=0.5))
        decimals = 0 if step >= 1 else 1 if step >= 0.1 else 2
        said = f"{value:,.{decimals}f}{scale.unit}".replace("-", "\u2212")
        drawing.add(_words(38, at - 3, said, "end", QUIET, size=8))
        value += step


def _bar(
    drawing: Drawing, x: float, wide: float, one: Series, at: int, place: int, y: object, scale: Scale
) -> list[String]:
    """Draws a bar; its words are given back, to be laid over all."""
    assert callable(y)
    value = one.values[at]
    if value is None:
        words = enumerate(reversed(one.missing[at].split() if one.missing else ()))
        return [_words(x + wide / 2, y(0.0) + 5 + 10 * line, word, "middle", QUIET, size=8) for line, word in words]
    low, high = sorted((y(0.0), y(value)))
    drawing.add(_box(x + 1, low, wide - 2, high - low, SERIES[place % 3]))
    said = scale.said(value)
    size = min(_SIZE, max((wide + 6) / max(text_width(said, False, False), 0.1), 7.0))
    return [_words(x + wide / 2, high + 3 if value >= 0 else low - 10, said, "middle", size=size)]


def _on_top(drawing: Drawing, labels: Sequence[String]) -> None:
    """Words over whatever crosses them, on paper of their own."""
    for label in labels:
        wide = text_width(label.text, False, False) * label.fontSize
        paper = Rect(label.x - wide / 2 - 1, label.y - 1.5, wide + 2, label.fontSize, fillColor=HexColor(PAPER))
        paper.strokeColor = None
        drawing.add(paper)
        drawing.add(label)


def _mark(drawing: Drawing, middle: float, wide: float, y: float, said: str) -> None:
    """A published figure: a dashed line across, a diamond at its end and its value beside that."""
    line = Line(middle - wide / 2 - 5, y, middle + wide / 2 + 8, y, strokeColor=HexColor(INK), strokeWidth=1.5)
    line.strokeDashArray = [4, 2]
    drawing.add(line)
    x = middle + wide / 2 + 8
    drawing.add(_diamond(x, y))
    drawing.add(_words(x + 6, y - 3, said, bold=True, size=8))


def _diamond(x: float, y: float) -> Polygon:
    return Polygon([x - 4, y, x, y + 4, x + 4, y, x, y - 4], fillColor=HexColor(INK), strokeColor=None)


def _legend(drawing: Drawing, y: float, names: Sequence[str], compared: str) -> None:
    x = 42.0
    for place, name in enumerate(names):
        drawing.add(_box(x, y, 10, 9, SERIES[place % 3]))
        drawing.add(_words(x + 14, y + 1, name))
        x += 28 + text_width(name, False, False) * _SIZE
    if compared:
        x, y = 42.0, y - 14
        line = Line(x, y + 4, x + 20, y + 4, strokeColor=HexColor(INK), strokeWidth=1.5)
        line.strokeDashArray = [4, 2]
        drawing.add(line)
        drawing.add(_diamond(x + 20, y + 4))
        drawing.add(_words(x + 28, y + 1, _cut(compared, WIDTH - x - 30)))


def _box(x: float, y: float, wide: float, high: float, colour: str) -> Rect:
    return Rect(x, y, wide, high, fillColor=HexColor(colour), strokeColor=HexColor(INK), strokeWidth=0.6)


def _centred(drawing: Drawing, x: float, y: float, name: str, room: float) -> None:
    """A name below its place, on two lines where one is too long."""
    words, first = name.split(), ""
    while words and text_width(f"{first} {words[0]}".strip(), False, False) * _SIZE < room - 4:
        first = f"{first} {words.pop(0)}".strip()
    drawing.add(_words(x, y, first or _cut(words.pop(0), room - 4), "middle"))
    if words:
        drawing.add(_words(x, y - 11, _cut(" ".join(words), room - 4), "middle"))


def _cut(text: str, room: float) -> str:
    while len(text) > 2 and text_width(text, False, False) * _SIZE > room:
        text = text[:-2].rstrip() + "…"
    return text


def _words(
    x: float, y: float, text: str, anchor: str = "start", colour: str = INK, *, bold: bool = False, size: float = _SIZE
) -> String:
    return String(
        x, y, text, fontName=_BOLD if bold else _FONT, fontSize=size, fillColor=HexColor(colour), textAnchor=anchor
    )
