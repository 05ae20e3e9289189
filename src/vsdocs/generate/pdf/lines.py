"""Breaks a paragraph into lines, and sets each line's words in the order in which they are seen."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from vsdocs.generate.pdf import bidi
from vsdocs.generate.pdf.drawn import NEW_PAGE, Picture, Stretch
from vsdocs.generate.pdf.fonts import ASCENT, DESCENT, GAP, glyphs, width
from vsdocs.generate.pdf.form import Form, Ink

TAB = 36.0  # where a form sets no tabs
_TOKENS = re.compile(r"[\n\f\t\ufffc]| +|[^ \n\f\t\ufffc]{1,1000}")
_HYPHENS = re.compile(r"[-–—]*[^-–—]+[-–—]*|[-–—]+")  # a line may end after a hyphen inside a word


@dataclass(slots=True)
class Bit:
    """Something in a line: words of one ink, or a picture. `x` counts from the line's left end."""

    x: float
    width: float
    text: str = ""
    start: int = 0  # in the paragraph's text
    clusters: Sequence[str] = ()  # what is drawn from right to left
    ink: Ink = field(default_factory=Ink)
    picture: Picture | None = None


@dataclass(slots=True)
class Line:
    bits: list[Bit] = field(default_factory=list)
    left: float = 0.0  # of the paragraph's left edge
    ascent: float = 0.0
    descent: float = 0.0
    height: float = 0.0
    spread: float = 0.0  # added to each space
    ends_page: bool = False
    leaders: list[tuple[float, float, str, Ink]] = field(default_factory=list)  # from, to, the sign that is repeated


class Setter:
    """Sets the text of one paragraph into lines of a width."""

    def __init__(self, stretches: tuple[Stretch, ...], form: Form, ink: Ink, width_: float, tall: float) -> None:
        self.form, self.ink, self.tall = form, ink, tall
        self.width = max(width_ - form.left - form.right, 12.0)
        self.starts: list[int] = []
        self.inks: list[Ink] = []
        self.pictures: dict[int, Picture] = {}
        texts: list[str] = []
        length = 0
        for one in stretches:
            said = "\ufffc" if one.picture else one.text.upper() if one.ink.capitals else one.text
            if said:
                self.starts.append(length)
                self.inks.append(one.ink)
                if one.picture:
                    self.pictures[length] = one.picture
                texts.append(said)
                length += len(said)
        self.text = "".join(texts)
        self.mixed = form.rtl or bidi.is_mixed(self.text)
        self.levels = bidi.levels(self.text, form.rtl) if self.mixed else []

    # ------------------------------------------------------------------------------------------------------ breaking
    def lines(self, first_indent: float) -> list[Line]:
        """The lines; the first one begins so much to the right of the others, or below 0 to the left."""
        found: list[Line] = []
        at, first = 0, True
        while True:
            indent = first_indent if first else 0.0
            end, after, ends_page = self._break(at, indent)
            last = after >= len(self.text)
            hard = last or self.text[after - 1 : after] in ("\n", NEW_PAGE)
            found.append(self._line(at, end, indent, justify=not hard))
            found[-1].ends_page = ends_page
            if last and (at == after or self.text[after - 1 : after] != "\n"):
                return found
            at, first = after, False

    def _break(self, at: int, indent: float) -> tuple[int, int, bool]:
        """Where the line that begins at `at` ends, where the next one begins, and whether the page ends too."""
        room, x, end = self.width - indent, 0.0, at
        for start, stop in self._words(at):
            word = self.text[start:stop]
            if word in ("\n", NEW_PAGE):
                return start, stop, word == NEW_PAGE
            if word == "\t":
                x, end = self._tab(x + indent, stop)[0] - indent, stop
                continue
            wide = self._wide(start, stop)
            if word[0] == " " or x + wide <= room + 0.01:
                x, end = x + wide, stop
            elif end > at:
                return end, end, False
            else:
                cut = self._cut(start, stop, room)
                return cut, cut, False
        return len(self.text), len(self.text), False

    def _words(self, at: int) -> Iterator[tuple[int, int]]:
        for token in _TOKENS.finditer(self.text, at):
            word = token[0]
            if word[0] == "\ufffc" or not any(h in word[:-1] for h in "-–—"):
                yield token.span()
                continue
            for part in _HYPHENS.finditer(word):
                yield token.start() + part.start(), token.start() + part.end()

    def _cut(self, start: int, stop: int, room: float) -> int:
        """Where to break a word that is wider than a line."""
        wide = 0.0
        for index in range(start, min(stop, start + 2000)):
            wide += self._wide(index, index + 1)
            if wide > room and index > start:
                return index
        return min(stop, start + 2000)

    def _parts(self, start: int, stop: int) -> Iterator[tuple[int, int, Ink]]:
        """A range of the text in parts of one ink."""
        index = bisect_right(self.starts, start) - 1
        while start < stop:
            end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
            yield start, min(end, stop), self.inks[index]
            start, index = min(end, stop), index + 1

    def _wide(self, start: int, stop: int) -> float:
        if start in self.pictures and stop == start + 1:
            return self._sized(self.pictures[start])[0]
        return sum(
            self._wide_run(self.text[a:b], self.levels[a] if self.mixed else 0, ink)
            for a, b, ink in self._parts(start, stop)
        )

    def _wide_run(self, text: str, level: int, ink: Ink) -> float:
        if level % 2:
            text = "".join(bidi.clusters(text))
        return width(text, ink.bold, ink.italic) * scale(ink)

    def _sized(self, picture: Picture) -> tuple[float, float]:
        """A picture's width and height, made smaller where the page has not the room."""
        by = min(1.0, self.width / picture.width, self.tall / picture.height)
        return picture.width * by, picture.height * by

    def _tab(self, x: float, after: int) -> tuple[float, str]:
        """Where a tab at `x` leads, and by what signs; what follows one that is centred or on the right lies before it."""
        x += self.form.left
        if self.form.first < 0 and x < self.form.left - 0.01:
            return 0.0, ""
        for stop, kind, leader in self.form.tabs:
            if stop <= x + 0.01 or stop > self.form.left + self.width + 1 or kind in ("bar", "num"):
                continue
            rest = re.compile(r"[^\t\n\f]*").match(self.text, after)
            wide = self._wide(after, rest.end()) if rest and kind in ("center", "right", "end", "decimal") else 0.0
            back = wide / 2 if kind == "center" else wide
            return max(stop - back, x) - self.form.left, leader
        return (x // TAB + 1) * TAB - self.form.left, ""

    # ------------------------------------------------------------------------------------------------------- setting
    def _line(self, start: int, end: int, indent: float, justify: bool) -> Line:
        line = Line(left=self.form.left + indent)
        pieces = self.text[start:end]
        shown_end = start + len(pieces.rstrip(" "))
        x, at = 0.0, start
        for segment in re.split("(\t)", pieces):
            to = at + len(segment)
            if segment == "\t":
                begins, (x, leader) = x, self._tab(x + indent, to)
                x -= indent
                if leader:
                    line.leaders.append((begins, x, leader, self.inks[bisect_right(self.starts, at) - 1]))
            else:
                x = self._set(line, at, to, x)
            at = to
        used = x - (self._wide(shown_end, end) if shown_end < end else 0.0)
        align = self.form.align
        if self.form.rtl and align in ("left", "both"):
            align = "right" if align == "left" or not justify else align
        spare = self.width - indent - used
        if align in ("right", "center"):
            shift = max(spare, 0.0) / (2 if align == "center" else 1)
            for bit in line.bits:
                bit.x += shift
        elif align == "both" and justify and "\t" not in pieces and spare > 0 and not self.pictures:
            spaces = self.text[start:shown_end].count(" ")
            line.spread = spare / spaces if spaces else 0.0
            for bit, before in zip(
                line.bits, accumulate((b.text.count(" ") for b in line.bits), initial=0), strict=False
            ):
                bit.x += before * line.spread
        line.bits.sort(key=lambda bit: bit.start)  # drawn as they are read, wherever they stand
        self._measure(line)
        return line

    def _set(self, line: Line, start: int, end: int, x: float) -> float:
        """Adds a stretch without tabs to a line, from left to right as it is seen; says where it ends."""
        runs: list[tuple[int, int, int]] = []
        for a, b, _ in self._parts(start, end):
            while a < b:
                level, to = (self.levels[a] if self.mixed else 0), a + 1
                while to < b and self.mixed and self.levels[to] == level:
                    to += 1
                to = to if self.mixed else b
                runs.append((a, to, level))
                a = to
        for a, b, level in bidi.in_order(runs, int(self.form.rtl)) if self.mixed else runs:
            ink = self.inks[bisect_right(self.starts, a) - 1]
            if (picture := self.pictures.get(a)) is not None:
                wide, tall = self._sized(picture)
                bit = Bit(x, wide, start=a, ink=ink, picture=picture)
                line.ascent = max(line.ascent, tall)
            else:
                text = self.text[a:b]
                bit = Bit(x, self._wide_run(text, level, ink), text, a, bidi.clusters(text) if level % 2 else (), ink)
            line.bits.append(bit)
            x += bit.width
        return x

    def _measure(self, line: Line) -> None:
        inks = [bit.ink for bit in line.bits if not bit.picture] or [self.ink]
        size = max(ink.size for ink in inks)
        plain = all(bit.picture for bit in line.bits) and bool(line.bits)
        ascent = 0.0 if plain else size * (ASCENT + GAP / 2)
        line.ascent, line.descent = max(line.ascent, ascent), size * (DESCENT + GAP / 2) * (not plain)
        natural = line.ascent + line.descent
        form = self.form
        if form.rule == "auto":
            line.height = natural if plain else natural + size * (ASCENT + DESCENT + GAP) * (form.line - 1)
            line.ascent += max(line.height - natural, 0.0)
        elif form.rule == "exact" and not plain:
            line.ascent += (form.line - natural) * 0.8
            line.height = form.line
        else:
            line.height = max(natural, form.line)
            line.ascent += line.height - natural


def scale(ink: Ink) -> float:
    return ink.size * (0.65 if ink.raised else 1.0)


def marker_width(marker: str, ink: Ink) -> float:
    return sum(part.width for part in glyphs(marker, ink.bold, ink.italic)) * ink.size
