"""How the styles of a Word file say that paragraphs, words and tables look: measures in points, colours as `RRGGBB`."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from vsdocs.readers.word_package import Package, parsed
from vsdocs.readers.word_styles import W, child, is_on, list_of, props_of, value

SIDES = ("top", "left", "bottom", "right")
MAX_BASES = 10
HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "lightGray": "D3D3D3",
    "darkYellow": "808000", "red": "FF0000", "blue": "0000FF", "darkGray": "A9A9A9", "black": "000000",
}  # fmt: skip
_TWIPS, _HEX = 20, re.compile("[0-9A-Fa-f]{6}")
ALIGNS = {
    "left": "left", "start": "left", "center": "center", "right": "right", "end": "right", "both": "both",
    "distribute": "both",
}  # fmt: skip


@dataclass(frozen=True)
class Ink:
    """How words look."""

    size: float = 10.0
    bold: bool = False
    italic: bool = False
    colour: str = ""  # '' is what Word calls automatic: black, or white on a dark ground
    ground: str = ""
    underlined: bool = False
    struck: bool = False
    capitals: bool = False
    raised: float = 0.0  # of the size: above 0 superscript, below 0 subscript


@dataclass(frozen=True)
class Edge:
    width: float = 0.0
    colour: str = ""
    space: float = 0.0


@dataclass(frozen=True)
class Form:
    """How a paragraph stands."""

    style: str = ""
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0  # times the height of the print, or points where `exact` or `at least`
    rule: str = "auto"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0  # below 0: hanging
    align: str = "left"
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    widows: bool = True
    close: bool = False  # no space between paragraphs of this style
    rtl: bool = False
    ground: str = ""
    edges: tuple[Edge, ...] = (Edge(),) * 4
    tabs: tuple[tuple[float, str, str], ...] = ()  # place, kind, what leads to it


@dataclass(frozen=True)
class Level:
    """A level of a list: what it does to its paragraphs, and its bullet's look."""

    props: Any = None
    ink: Any = None


class Forms:
    """The looks that a package's styles give."""

    def __init__(self, styles: Any | None, numbering: Any | None) -> None:
        elements = styles.findall(W + "style") if styles is not None else []
        self._styles = {one.get(W + "styleId", ""): one for one in elements}
        usual = [n for n, s in self._styles.items() if s.get(W + "type") == "paragraph" and is_default(s)]
        self._usual = usual[0] if usual else ""
        defaults = child(styles, W + "docDefaults") if styles is not None else None
        self._ink = inked(Ink(), defaults.find(f"{W}rPrDefault/{W}rPr") if defaults is not None else None)
        self._form = self.formed(Form(), defaults.find(f"{W}pPrDefault/{W}pPr") if defaults is not None else None)
        self._levels: dict[tuple[str, str], Level] = {}
        if numbering is not None:
            self._number(numbering)
        self._known: dict[str, tuple[Form, Ink]] = {}

    def _number(self, numbering: Any) -> None:
        kinds = {kind.get(W + "abstractNumId"): kind for kind in numbering.iterchildren(W + "abstractNum")}
        for item in numbering.iterchildren(W + "num"):
            name = item.get(W + "numId", "")
            own = [child(o, W + "lvl") for o in item.iterchildren(W + "lvlOverride")]
            kind = kinds.get(value(child(item, W + "abstractNumId")))
            base = list(kind.iterchildren(W + "lvl")) if kind is not None else []
            for level in [*base, *(o for o in own if o is not None)]:
                made = Level(child(level, W + "pPr"), child(level, W + "rPr"))
                self._levels[name, level.get(W + "ilvl", "0")] = made

    def chain(self, name: str) -> list[Any]:
        """A style and those it is based on, the farthest first."""
        found: list[Any] = []
        while name in self._styles and len(found) < MAX_BASES:
            found.insert(0, self._styles[name])
            name = value(child(found[0], W + "basedOn"))
        return found

    def paragraph(self, props: Any | None) -> tuple[Form, Ink]:
        """The form of a paragraph with these properties, and the ink that its words begin with."""
        name = value(child(props, W + "pStyle"))
        name = name if name in self._styles else self._usual
        if name not in self._known:
            form, ink = replace(self._form, style=name), self._ink
            for style in self.chain(name):
                form = self.formed(form, child(style, W + "pPr"))
                ink = inked(ink, child(style, W + "rPr"))
            self._known[name] = form, ink
        form, ink = self._known[name]
        return self.formed(form, props), ink

    def run(self, props: Any | None, ink: Ink) -> Ink:
        """The ink of a run: its paragraph's, then its own style's, then its own."""
        if props is None:
            return ink
        styles = self.chain(value(child(props, W + "rStyle")))
        if styles:
            plain, before = Ink(), ink
            for style in styles:
                plain, ink = inked(plain, child(style, W + "rPr")), inked(ink, child(style, W + "rPr"))
            # what is bold or italic in both its paragraph's style and its own is neither
            bold, italic = before.bold and plain.bold, before.italic and plain.italic
            ink = replace(ink, bold=ink.bold and not bold, italic=ink.italic and not italic)
        return inked(ink, props)

    def level(self, props: Any | None) -> Level | None:
        """The level of the list that a paragraph is in."""
        listed: tuple[str, int] | None = None
        name = value(child(props, W + "pStyle"))
        for about in [*(child(style, W + "pPr") for style in self.chain(name)), props]:
            own = props_of(about).get(W + "numPr")
            if own is not None:
                listed = list_of(props_of(own), listed)
        return self._levels.get((listed[0], str(listed[1]))) if listed else None

    def name(self, style: str) -> str:
        return value(child(self._styles.get(style), W + "name"))

    def formed(self, form: Form, props: Any | None) -> Form:
        """A form with what a `w:pPr` says of it."""
        if props is None:
            return form
        said = props_of(props)
        if (listed := said.get(W + "numPr")) is not None:
            known = list_of(props_of(listed), None)
            level = self._levels.get((known[0], str(known[1]))) if known else None
            form = self.formed(form, level.props) if level else form
        new: dict[str, Any] = {}
        spacing = said.get(W + "spacing")
        if spacing is not None:
            for key in ("before", "after"):
                if is_yes(spacing.get(f"{W}{key}Autospacing")):
                    new[key] = 14.0
                elif (points := twips(spacing, key)) is not None:
                    new[key] = max(points, 0.0)
            rule = spacing.get(W + "lineRule") or "auto"
            if (line := twips(spacing, "line")) is not None and line > 0:
                new |= {"line": line / 12 if rule == "auto" else line, "rule": rule}
        indent = said.get(W + "ind")
        if indent is not None:
            for key, names in (("left", ("left", "start")), ("right", ("right", "end"))):
                for name in names:
                    if (points := twips(indent, name)) is not None:
                        new[key] = points
            if (points := twips(indent, "hanging")) is not None:
                new["first"] = -points
            elif (points := twips(indent, "firstLine")) is not None:
                new["first"] = points
        for tag, key in _SWITCHES.items():
            if W + tag in said:
                new[key] = is_on(said[W + tag])
        if (align := value(said.get(W + "jc"))) in ALIGNS:
            new["align"] = ALIGNS[align]
        if W + "shd" in said:
            new["ground"] = filled(said[W + "shd"])
        if W + "pBdr" in said:
            new["edges"] = edges(said[W + "pBdr"], form.edges)
        if W + "tabs" in said:
            new["tabs"] = tabbed(said[W + "tabs"], form.tabs)
        return replace(form, **new) if new else form


_SWITCHES = {
    "keepNext": "keep_next", "keepLines": "keep_lines", "pageBreakBefore": "new_page", "widowControl": "widows",
    "contextualSpacing": "close", "bidi": "rtl",
}  # fmt: skip
_LOOKS = {
    "b": "bold", "i": "italic", "strike": "struck", "dstrike": "struck", "caps": "capitals", "smallCaps": "capitals",
}  # fmt: skip


def inked(ink: Ink, props: Any | None) -> Ink:
    """An ink with what a `w:rPr` says of it."""
    if props is None or not len(props):
        return ink
    said = props_of(props)
    new: dict[str, Any] = {key: is_on(said[W + tag]) for tag, key in _LOOKS.items() if W + tag in said}
    if value(size := said.get(W + "sz")).isdecimal():
        new["size"] = min(max(int(value(size)) / 2, 1.0), 200.0)
    if W + "color" in said:
        new["colour"] = coloured(value(said[W + "color"]))
    if W + "u" in said:
        new["underlined"] = value(said[W + "u"]) not in ("none", "")
    if W + "shd" in said:
        new["ground"] = filled(said[W + "shd"])
    if W + "highlight" in said:
        new["ground"] = HIGHLIGHTS.get(value(said[W + "highlight"]), "")
    if W + "vertAlign" in said:
        new["raised"] = {"superscript": 0.33, "subscript": -0.14}.get(value(said[W + "vertAlign"]), 0.0)
    return replace(ink, **new) if new else ink


def is_default(style: Any) -> bool:
    return is_yes(style.get(W + "default"))


def is_yes(said: str | None) -> bool:
    return said in ("1", "true", "on")


def twips(element: Any, name: str) -> float | None:
    """A measure in twentieths of a point, as points; None where it is not said."""
    said = element.get(W + name) if element is not None else None
    try:
        return max(min(float(said), 31_680.0), -31_680.0) / _TWIPS if said else None
    except ValueError:
        return None


def coloured(said: str | None) -> str:
    return said.upper() if said and _HEX.fullmatch(said) else ""


def filled(shading: Any) -> str:
    return coloured(shading.get(W + "fill"))


def edges(borders: Any, before: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """The four edges of a paragraph or cell: top, left, bottom, right."""
    said = props_of(borders)
    found = dict(zip(SIDES, before, strict=True))
    for side, other in zip(SIDES, ("top", "start", "bottom", "end"), strict=True):
        edge = said.get(W + side, said.get(W + other))
        if edge is not None:
            found[side] = edged(edge)
    return tuple(found.values())


def edged(edge: Any | None) -> Edge:
    if edge is None or value(edge) in ("nil", "none", ""):
        return Edge()
    width, space = edge.get(W + "sz", "4"), edge.get(W + "space", "0")
    thick = int(width) / 8 if width.isdecimal() else 0.5
    return Edge(
        min(max(thick, 0.25), 12.0), coloured(edge.get(W + "color")), float(space) if space.isdecimal() else 0.0
    )


_LEADERS = {"dot": ".", "middleDot": "·", "hyphen": "-", "underscore": "_", "heavy": "_"}


def tabbed(tabs: Any, before: tuple[tuple[float, str, str], ...]) -> tuple[tuple[float, str, str], ...]:
    found = {at: (kind, leader) for at, kind, leader in before}
    for tab in tabs.iterchildren(W + "tab"):
        at = twips(tab, "pos")
        if at is None:
            continue
        if value(tab) == "clear":
            found.pop(at, None)
        else:
            found[at] = value(tab), _LEADERS.get(tab.get(W + "leader", ""), "")
    return tuple(sorted((at, kind, leader) for at, (kind, leader) in found.items()))


def forms_of(package: Package) -> Forms:
    texts = [package.text(parts[0]) if (parts := package.parts(kind)) else None for kind in ("styles", "numbering")]
    return _forms(texts[0], texts[1])


@lru_cache(maxsize=4)
def _forms(styles: bytes | None, numbering: bytes | None) -> Forms:
    """Letters of one template share their styles, so these are worked out once."""
    return Forms(*(parsed(text) if text is not None else None for text in (styles, numbering)))
