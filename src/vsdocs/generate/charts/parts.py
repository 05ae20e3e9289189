"""What charts are made of: axes, bars, marks, legends, and words that fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, Rect, String
from reportlab.lib.colors import HexColor

from vsdocs.generate.charts.colours import INK, PAPER, QUIET, RULE
from vsdocs.generate.pdf.fonts import width as text_width

WIDTH = 468.0  # what stands between the margins of the report
SIZE = 9.0
_FONT, _BOLD = "LiberationSans-Regular", "LiberationSans-Bold"


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


def ends(known: Sequence[float], scale: Scale, from_zero: bool = True) -> tuple[float, float]:
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


def grid(drawing: Drawing, least: float, most: float, y: Callable[[float], float], scale: Scale) -> None:
    step = _step(most - least)
    value = least
    while value <= most + 1e-9:
        at = y(value)
        drawing.add(Line(42, at, WIDTH, at, strokeColor=HexColor(RULE), strokeWidth=0.5))
        decimals = 0 if step >= 1 else 1 if step >= 0.1 else 2
        said = f"{value:,.{decimals}f}{scale.unit}".replace("-", "\u2212")
        drawing.add(words(38, at - 3, said, "end", QUIET, size=8))
        value += step


def bar(
    drawing: Drawing,
    x: float,
    wide: float,
    one: Series,
    at: int,
    colour: str,
    y: Callable[[float], float],
    scale: Scale,
) -> list[String]:
    """Draws a bar; its words are given back, to be laid over all."""
    value = one.values[at]
    if value is None:
        why = enumerate(reversed(one.missing[at].split() if one.missing else ()))
        return [words(x + wide / 2, y(0.0) + 5 + 10 * line, word, "middle", QUIET, size=8) for line, word in why]
    low, high = sorted((y(0.0), y(value)))
    drawing.add(box(x + 1, low, wide - 2, high - low, colour))
    said = scale.said(value)
    size = min(SIZE, max((wide + 6) / max(text_width(said, False, False), 0.1), 7.0))
    return [words(x + wide / 2, high + 3 if value >= 0 else low - 10, said, "middle", size=size)]


def point(drawing: Drawing, x: float, y: float, colour: str, *, hollow: bool) -> None:
    """A mark on a line."""
    drawing.add(Rect(x - 3, y - 3, 6, 6, fillColor=HexColor(PAPER if hollow else colour), strokeColor=HexColor(colour)))


def on_top(drawing: Drawing, labels: Sequence[String]) -> None:
    """Words over whatever crosses them, on paper of their own."""
    for label in labels:
        wide = text_width(label.text, False, False) * label.fontSize
        paper = Rect(label.x - wide / 2 - 1, label.y - 1.5, wide + 2, label.fontSize, fillColor=HexColor(PAPER))
        paper.strokeColor = None
        drawing.add(paper)
        drawing.add(label)


def mark(drawing: Drawing, middle: float, wide: float, y: float, said: str) -> None:
    """A published figure: a dashed line across, a diamond at its end and its value beside that."""
    ends = middle - wide / 2 - 5, y, middle + wide / 2 + 8, y
    drawing.add(Line(*ends, strokeColor=HexColor(PAPER), strokeWidth=3.5))  # so that it shows on a dark bar
    line = Line(*ends, strokeColor=HexColor(INK), strokeWidth=1.5)
    line.strokeDashArray = [4, 2]
    drawing.add(line)
    x = middle + wide / 2 + 8
    drawing.add(_diamond(x, y))
    drawing.add(words(x + 6, y - 3, said, bold=True, size=8))


def _diamond(x: float, y: float) -> Polygon:
    return Polygon([x - 4, y, x, y + 4, x + 4, y, x, y - 4], fillColor=HexColor(INK), strokeColor=None)


def head(names: Sequence[str], is_compared: bool) -> float:
    """How high the legend is, with the room for the words above the highest bar."""
    return 18.0 + 14.0 * (len(_lines(names)) + is_compared)


def _lines(names: Sequence[str]) -> list[list[str]]:
    """The names of a legend on as many lines as they need."""
    found: list[list[str]] = []
    x = WIDTH
    for name in names:
        wide = 40 + text_width(name, False, False) * SIZE
        if x + wide > WIDTH + 14:
            found.append([])
            x = 42.0
        found[-1].append(name)
        x += wide
    return found


def legend(
    drawing: Drawing, y: float, named: Sequence[tuple[str, Callable[[float, float], None]]], compared: str
) -> None:
    """Each name beside its sign, which is drawn where it is told; below them what a published figure looks like."""
    signs = iter(named)
    for line in _lines([name for name, _ in named]):
        x = 42.0
        for name in line:
            next(signs)[1](x, y)
            drawing.add(words(x + 26, y + 1, cut(name, WIDTH - x - 26)))
            x += 40 + text_width(name, False, False) * SIZE
        y -= 14
    if compared:
        x = 42.0
        line = Line(x, y + 4, x + 20, y + 4, strokeColor=HexColor(INK), strokeWidth=1.5)
        line.strokeDashArray = [4, 2]
        drawing.add(line)
        drawing.add(_diamond(x + 20, y + 4))
        drawing.add(words(x + 28, y + 1, cut(compared, WIDTH - x - 30)))


def box(x: float, y: float, wide: float, high: float, colour: str) -> Rect:
    return Rect(x, y, wide, high, fillColor=HexColor(colour), strokeColor=HexColor(INK), strokeWidth=0.6)


def centred(drawing: Drawing, x: float, y: float, name: str, room: float) -> None:
    """A name below its place, on two lines where one is too long."""
    first, *rest = wrapped(name, room - 4, SIZE)
    drawing.add(words(x, y, cut(first, room - 4), "middle"))
    if rest:
        drawing.add(words(x, y - 11, cut(" ".join(rest), room - 4), "middle"))


def wrapped(text: str, room: float, size: float) -> list[str]:
    """A text on as many lines as it needs."""
    found = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and text_width(longer, False, False) * size > room:
            found.append(word)
        else:
            found[-1] = longer
    return found


def person(drawing: Drawing, x: float, y: float, colour: str, by: float) -> None:
    """A little person, 31 points tall or as many times that: a head over a round body."""
    look = {"fillColor": HexColor(colour), "strokeColor": HexColor(INK), "strokeWidth": 0.9}
    drawing.add(Circle(x, y + 26 * by, 5 * by, **look))
    drawing.add(Rect(x - 7 * by, y, 14 * by, 19 * by, rx=6 * by, ry=6 * by, **look))


def cut(text: str, room: float) -> str:
    while len(text) > 2 and text_width(text, False, False) * SIZE > room:
        text = text[:-2].rstrip() + "…"
    return text


def words(
    x: float, y: float, text: str, anchor: str = "start", colour: str = INK, *, bold: bool = False, size: float = SIZE
) -> String:
    return String(
        x, y, text, fontName=_BOLD if bold else _FONT, fontSize=size, fillColor=HexColor(colour), textAnchor=anchor
    )
