"""What Word's styles add to a paragraph: its look, its heading level, the list it is in."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Props = dict[str, Any]  # the elements that stand in a paragraph's, run's, cell's … properties, by name
SMALL = 8.5  # points: print no larger than this is guidance where the document's own print is larger
MAX_BASES = 10  # styles that one style may be based on, one upon the other
MAX_RUNS = 5_000  # looks of runs that are kept
_VAL, _SHD, _P_STYLE = W + "val", W + "shd", W + "pStyle"
#: what of a `w:rPr` makes a look
_SAYS = {
    W + tag: name
    for tag, name in {
        "b": "bold", "i": "italic", "vanish": "hidden", "strike": "struck", "dstrike": "struck", "u": "underlined",
        "highlight": "lit", "bdr": "lit", "shd": "shaded", "color": "colour", "rFonts": "font", "sz": "size",
        "rStyle": "style",
    }.items()
}  # fmt: skip
_TOGGLES = ("bold", "italic", "hidden", "struck")  # on in the paragraph's style and in the run's: off


@dataclass(frozen=True, eq=False)
class Look:
    """How a run looks, and what its paragraph's style says of lists. Each look is made once and shared."""

    bold: bool = False
    italic: bool = False
    grey: bool = False
    white: bool = False
    hidden: bool = False
    struck: bool = False
    marked: bool = False  # highlighted, shaded or framed
    underlined: bool = False
    prompt: bool = False  # in the style that Word gives to the prompts of controls
    grounded: bool = False  # the paragraph has a coloured ground
    style: str = ""  # the run's own, where it names one
    font: str = ""
    size: float | None = None
    numbering: tuple[str, int] | None = None  # list and level set by the style
    usual: float | None = None  # the document's own size

    @cached_property
    def muted(self) -> bool:
        small = self.size is not None and self.size <= SMALL and (self.usual is None or self.usual > SMALL + 1)
        return self.italic or self.grey or small or self.prompt


def child(element: Any, tag: str) -> Any | None:
    """The first child of this name; `find` for one step, at a fraction of its cost: properties come first of all."""
    for first in element if element is not None else ():
        return first if first.tag == tag else next(element.iterchildren(tag), None)
    return None


def props_of(element: Any | None) -> Props:
    """What stands in an element of properties, by name; nothing where there is none. Of two alike the first counts."""
    return {one.tag: one for one in element.iterchildren(reversed=True)} if element is not None else {}


def value(element: Any) -> str:
    """The `w:val` of an element, '' where there is none."""
    return str(element.get(_VAL, "")) if element is not None else ""


def number(props: Props, name: str, default: int = 0) -> int:
    """The whole number that an element of properties holds, at most 1,000."""
    said = value(props.get(W + name)) if props else ""
    return min(int(said), 1000) if said.isdecimal() else default


def is_on(switch: Any) -> bool:
    """Whether an on/off element is there and on."""
    return switch is not None and switch.get(_VAL, "1") not in ("0", "false", "off", "none")


def has(props: Props, name: str) -> bool:
    return bool(props) and is_on(props.get(W + name))


def is_shaded(props: Props) -> bool:
    """Whether properties give a cell, paragraph or run a coloured ground."""
    shading = props.get(_SHD) if props else None
    if shading is None:
        return False
    fill, theme = shading.get(W + "fill", "auto"), shading.get(W + "themeFill", "background1")
    return fill.lower() not in ("auto", "ffffff", "") or theme not in ("background1", "light1")


def list_of(props: Props, below: tuple[str, int] | None) -> tuple[str, int] | None:
    """The list and level that numbering properties name, laid over those of a style."""
    depth = number(props, "ilvl")
    own = props.get(W + "numId")
    name = value(own) if own is not None else (below[0] if below else "")
    return (name, depth) if name and name != "0" else None


class Styles:
    """The styles of one document; each is worked out once, with the styles it is based on."""

    def __init__(self, root: Any | None) -> None:
        elements = root.findall(W + "style") if root is not None else []
        self._elements = {style.get(W + "styleId", ""): style for style in elements}
        self._looks: dict[str, Look] = {}
        self._changes: dict[str, dict[str, Any]] = {}
        self._runs: dict[tuple[Look, tuple[tuple[str, Any], ...]], Look] = {}
        self._levels: dict[str, int] = {}
        self._tables: dict[str, tuple[set[str], bool]] = {}
        #: the style that Word gives to prompts, by its English name in every language's Word
        self.prompts = {name for name, style in self._elements.items() if _title(style) == "placeholder text"}
        default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        base = replace(Look(), **_said(default))
        self._base = replace(base, usual=base.size)
        usual = next(
            (name for name, s in self._elements.items() if s.get(W + "type") == "paragraph" and s.get(W + "default") in ("1", "true")),
            "",
        )  # fmt: skip
        self._normal = self._look(usual, 0)
        if self._normal.size is not None:
            self._base = replace(self._base, usual=self._normal.size)
            self._looks.clear()
            self._normal = self._look(usual, 0)

    def of(self, props: Props) -> Look:
        """The look that a paragraph's style gives it."""
        name = value(props.get(_P_STYLE))
        return self._look(name, 0) if name in self._elements else self._normal

    def run(self, props: Any, look: Look) -> Look:
        """A run's look: its paragraph's, then its own style's, then its own."""
        if props is None:
            return look
        said = _said(props)
        if not said:
            return look
        key = look, tuple(said.items())
        known = self._runs.get(key)
        if known is None:
            if len(self._runs) == MAX_RUNS:
                self._runs.clear()
            known = self._runs[key] = self._run(look, said)
        return known

    def _run(self, look: Look, own: dict[str, Any]) -> Look:
        name = own.get("style", "")
        if name in self._elements:
            said = dict(self._said_by(name))
            for toggle in _TOGGLES:
                if said.get(toggle) and getattr(look, toggle):
                    said[toggle] = False
            look = replace(look, **said, prompt=name in self.prompts)
        return replace(look, **own)

    def level(self, props: Props) -> int:
        """Heading level 1-6 of a paragraph, 0 where it is none."""
        if not props:
            return 0
        outline = props.get(W + "outlineLvl")
        if outline is not None:
            return _depth(outline)
        name = value(props.get(_P_STYLE))
        if name not in self._levels:
            self._levels[name] = self._level(name)
        return self._levels[name]

    def _level(self, name: str) -> int:
        outline: Any = None
        for _ in range(MAX_BASES):
            style = self._elements.get(name)
            if outline is not None or style is None:
                break
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            title = _title(style)
            if title == "title":
                return 1
            if outline is None and title.startswith("heading ") and title[8:].isdecimal():
                return min(int(title[8:]), 6)
            name = value(child(style, W + "basedOn"))
        return _depth(outline)

    def table_heads(self, props: Props) -> set[str]:
        """`firstRow` and `firstCol` where the table's style sets them apart."""
        look = props.get(W + "tblLook")
        if look is None:
            return set()
        said = value(look)
        bits = int(said, 16) if re.fullmatch("[0-9A-Fa-f]{1,8}", said) else 0
        wanted = {
            "firstRow": look.get(W + "firstRow", "1" if bits & 0x20 else "0"),
            "firstCol": look.get(W + "firstColumn", "1" if bits & 0x80 else "0"),
        }
        marked, _ = self._table(value(props.get(W + "tblStyle")))
        return {kind for kind in marked if wanted.get(kind) in ("1", "true", "on")}

    def colours_table(self, props: Props) -> bool:
        """Whether a table's style or the table itself gives any of its cells a coloured ground."""
        return bool(props) and (is_shaded(props) or self._table(value(props.get(W + "tblStyle")))[1])

    def _table(self, name: str) -> tuple[set[str], bool]:
        """The parts that a table's style sets apart, and whether it colours any."""
        if name not in self._tables:
            chain = self._chain(name)
            marked = {
                str(part.get(W + "type"))
                for style in chain
                for part in style.iterchildren(W + "tblStylePr")
                if is_on(part.find(f"{W}rPr/{W}b")) or part.find(f"{W}tcPr/{W}shd") is not None
            }
            coloured = any(next(style.iter(_SHD), None) is not None for style in chain)
            self._tables[name] = marked, coloured
        return self._tables[name]

    def list_of_style(self, name: str) -> str:
        """The list that a style is numbered by, '' where there is none."""
        style = self._elements.get(name)
        return value(style.find(f"{W}pPr/{W}numPr/{W}numId")) if style is not None else ""

    def _chain(self, name: str) -> list[Any]:
        """A style and those it is based on, the nearest first."""
        found: list[Any] = []
        while name in self._elements and len(found) < MAX_BASES:
            found.append(self._elements[name])
            name = value(child(found[-1], W + "basedOn"))
        return found

    def _said_by(self, name: str) -> dict[str, Any]:
        """What a style of runs says, with the styles it is based on."""
        if name not in self._changes:
            said: dict[str, Any] = {}
            for style in reversed(self._chain(name)):
                said |= _said(child(style, W + "rPr"))
            self._changes[name] = said
        return self._changes[name]

    def _look(self, name: str, depth: int) -> Look:
        if name in self._looks:
            return self._looks[name]
        style = self._elements.get(name)
        if style is None or depth > MAX_BASES:
            return self._base
        look = self._look(value(child(style, W + "basedOn")), depth + 1)
        look = replace(look, **_said(child(style, W + "rPr")))
        props = props_of(child(style, W + "pPr"))
        listed = props.get(W + "numPr")
        if listed is not None:
            look = replace(look, numbering=list_of(props_of(listed), look.numbering))
        if is_shaded(props):
            look = replace(look, grounded=True)
        self._looks[name] = look
        return look


def _depth(outline: Any) -> int:
    """The heading level that an outline level makes, 0 for none."""
    depth = value(outline) or "9"
    return int(depth) + 1 if depth.isdecimal() and int(depth) < 6 else 0


def _title(style: Any) -> str:
    return value(child(style, W + "name")).lower()


def _said(props: Any) -> dict[str, Any]:
    """What a `w:rPr` says of a look."""
    said: dict[str, Any] = {}
    for element in props if props is not None else ():
        kind = _SAYS.get(element.tag)
        if kind is None:
            continue
        if kind in ("bold", "italic", "hidden"):
            said[kind] = is_on(element)
        elif kind == "struck":
            said["struck"] = is_on(element) or said.get("struck", False)
        elif kind == "underlined":
            said["underlined"] = value(element) != "none"
        elif kind == "lit":
            said["marked"] = value(element).lower() not in ("none", "nil", "white", "") or said.get("marked", False)
        elif kind == "style":
            said["style"] = value(element)
        elif kind == "shaded":
            said["marked"] = is_shaded(props_of(props)) or said.get("marked", False)
        elif kind == "colour":
            said |= {"grey": _is_grey(value(element)), "white": _is_white(value(element))}
        elif kind == "font":
            said["font"] = element.get(W + "ascii") or element.get(W + "hAnsi") or ""
        elif value(element).isdecimal():
            said["size"] = int(value(element)) / 2
    return said


def _is_white(colour: str) -> bool:
    try:
        return len(colour) == 6 and min(bytes.fromhex(colour)) >= 0xF0
    except ValueError:
        return False


def _is_grey(colour: str) -> bool:
    try:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
    except ValueError:
        return False
    return max(red, green, blue) - min(red, green, blue) <= 20 and 0x50 <= green <= 0xD8
