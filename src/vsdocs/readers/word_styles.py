"""What Word's styles add to a paragraph: its look, its heading level, the list it is in."""

import re
from dataclasses import dataclass, replace
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SMALL = 8.5  # points: print no larger than this is guidance where the document's own print is larger
MAX_BASES = 10  # styles that one style may be based on, one upon the other
_TOGGLES = ("bold", "italic", "hidden", "struck")  # on in the paragraph's style and in the run's: off


@dataclass(frozen=True)
class Look:
    """How a run looks, and what its paragraph's style says of lists."""

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
    font: str = ""
    size: float | None = None
    numbering: tuple[str, int] | None = None  # list and level set by the style
    usual: float | None = None  # the document's own size

    @property
    def muted(self) -> bool:
        small = self.size is not None and self.size <= SMALL and (self.usual is None or self.usual > SMALL + 1)
        return self.italic or self.grey or small or self.prompt


def value(element: Any) -> str:
    """The `w:val` of an element, '' where there is none."""
    return str(element.get(W + "val", "")) if element is not None else ""


def number(props: Any, name: str, default: int = 0) -> int:
    """The whole number that an element of properties holds, at most 1,000."""
    said = value(props.find(W + name)) if props is not None else ""
    return min(int(said), 1000) if said.isdecimal() else default


def is_on(switch: Any) -> bool:
    """Whether an on/off element is there and on."""
    return switch is not None and switch.get(W + "val", "1") not in ("0", "false", "off", "none")


def has(props: Any, name: str) -> bool:
    return props is not None and is_on(props.find(W + name))


def is_shaded(props: Any) -> bool:
    """Whether properties give a cell, paragraph or run a coloured ground."""
    shading = props.find(W + "shd") if props is not None else None
    if shading is None:
        return False
    fill, theme = shading.get(W + "fill", "auto"), shading.get(W + "themeFill", "background1")
    return fill.lower() not in ("auto", "ffffff", "") or theme not in ("background1", "light1")


def list_of(props: Any, below: tuple[str, int] | None) -> tuple[str, int] | None:
    """The list and level that numbering properties name, laid over those of a style."""
    depth = number(props, "ilvl")
    name = value(props.find(W + "numId")) if props.find(W + "numId") is not None else (below[0] if below else "")
    return (name, depth) if name and name != "0" else None


class Styles:
    """The styles of one document; each is worked out once, with the styles it is based on."""

    def __init__(self, root: Any | None) -> None:
        elements = root.findall(W + "style") if root is not None else []
        self._elements = {style.get(W + "styleId", ""): style for style in elements}
        self._looks: dict[str, Look] = {}
        self._changes: dict[str, dict[str, Any]] = {}
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

    def of(self, props: Any) -> Look:
        """The look that a paragraph's style gives it."""
        name = value(props.find(W + "pStyle")) if props is not None else ""
        return self._look(name, 0) if name in self._elements else self._normal

    def run(self, props: Any, look: Look) -> Look:
        """A run's look: its paragraph's, then its own style's, then its own."""
        if props is None:
            return look
        name = value(props.find(W + "rStyle"))
        if name in self._elements:
            said = dict(self._said_by(name))
            for toggle in _TOGGLES:
                if said.get(toggle) and getattr(look, toggle):
                    said[toggle] = False
            look = replace(look, **said, prompt=name in self.prompts)
        said = _said(props)
        return replace(look, **said) if said else look

    def level(self, props: Any) -> int:
        """Heading level 1-6 of a paragraph, 0 where it is none."""
        if props is None:
            return 0
        outline = props.find(W + "outlineLvl")
        name = value(props.find(W + "pStyle"))
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
            name = value(style.find(W + "basedOn"))
        depth = value(outline) or "9"
        return int(depth) + 1 if depth.isdecimal() and int(depth) < 6 else 0

    def table_heads(self, props: Any) -> set[str]:
        """`firstRow` and `firstCol` where the table's style sets them apart."""
        look = props.find(W + "tblLook") if props is not None else None
        if look is None:
            return set()
        said = value(look)
        bits = int(said, 16) if re.fullmatch("[0-9A-Fa-f]{1,8}", said) else 0
        wanted = {
            "firstRow": look.get(W + "firstRow", "1" if bits & 0x20 else "0"),
            "firstCol": look.get(W + "firstColumn", "1" if bits & 0x80 else "0"),
        }
        found = set()
        for style in self._chain(value(props.find(W + "tblStyle"))):
            for part in style.findall(W + "tblStylePr"):
                kind = part.get(W + "type")
                marked = is_on(part.find(f"{W}rPr/{W}b")) or part.find(f"{W}tcPr/{W}shd") is not None
                if marked and wanted.get(kind) in ("1", "true", "on"):
                    found.add(kind)
        return found

    def colours_table(self, props: Any) -> bool:
        """Whether a table's style or the table itself gives any of its cells a coloured ground."""
        if props is None:
            return False
        chain = self._chain(value(props.find(W + "tblStyle")))
        return is_shaded(props) or any(next(style.iter(W + "shd"), None) is not None for style in chain)

    def list_of_style(self, name: str) -> str:
        """The list that a style is numbered by, '' where there is none."""
        style = self._elements.get(name)
        return value(style.find(f"{W}pPr/{W}numPr/{W}numId")) if style is not None else ""

    def _chain(self, name: str) -> list[Any]:
        """A style and those it is based on, the nearest first."""
        found: list[Any] = []
        while name in self._elements and len(found) < MAX_BASES:
            found.append(self._elements[name])
            name = value(found[-1].find(W + "basedOn"))
        return found

    def _said_by(self, name: str) -> dict[str, Any]:
        """What a style of runs says, with the styles it is based on."""
        if name not in self._changes:
            said: dict[str, Any] = {}
            for style in reversed(self._chain(name)):
                said |= _said(style.find(W + "rPr"))
            self._changes[name] = said
        return self._changes[name]

    def _look(self, name: str, depth: int) -> Look:
        if name in self._looks:
            return self._looks[name]
        style = self._elements.get(name)
        if style is None or depth > MAX_BASES:
            return self._base
        look = self._look(value(style.find(W + "basedOn")), depth + 1)
        look = replace(look, **_said(style.find(W + "rPr")))
        props = style.find(W + "pPr")
        listed = props.find(W + "numPr") if props is not None else None
        if listed is not None:
            look = replace(look, numbering=list_of(listed, look.numbering))
        if is_shaded(props):
            look = replace(look, grounded=True)
        self._looks[name] = look
        return look


def _title(style: Any) -> str:
    return value(style.find(W + "name")).lower()


def _said(props: Any) -> dict[str, Any]:
    """What a `w:rPr` says of a look."""
    said: dict[str, Any] = {}
    for child in props if props is not None else ():
        tag = child.tag
        if tag == W + "b":
            said["bold"] = is_on(child)
        elif tag == W + "i":
            said["italic"] = is_on(child)
        elif tag == W + "vanish":
            said["hidden"] = is_on(child)
        elif tag in (W + "strike", W + "dstrike"):
            said["struck"] = is_on(child) or said.get("struck", False)
        elif tag == W + "u":
            said["underlined"] = value(child) != "none"
        elif tag in (W + "highlight", W + "bdr"):
            said["marked"] = value(child).lower() not in ("none", "nil", "white", "") or said.get("marked", False)
        elif tag == W + "shd":
            said["marked"] = is_shaded(props) or said.get("marked", False)
        elif tag == W + "color":
            said |= {"grey": _is_grey(value(child)), "white": _is_white(value(child))}
        elif tag == W + "rFonts":
            said["font"] = child.get(W + "ascii") or child.get(W + "hAnsi") or ""
        elif tag == W + "sz" and value(child).isdecimal():
            said["size"] = int(value(child)) / 2
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
