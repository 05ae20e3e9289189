"""What Word's styles and lists add to a paragraph: its look, its heading level, its number or bullet."""

from dataclasses import dataclass, replace
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SMALL = 8.5  # points: print no larger than this is guidance where the document's own print is larger
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Look:
    """How a run looks, and what its paragraph's style says of lists."""

    bold: bool = False
    italic: bool = False
    grey: bool = False
    hidden: bool = False
    struck: bool = False
    size: float | None = None
    numbering: tuple[str, int] | None = None  # list and level set by the style
    usual: float | None = None  # the document's own size

    @property
    def muted(self) -> bool:
        small = self.size is not None and self.size <= SMALL and (self.usual is None or self.usual > SMALL + 1)
        return self.italic or self.grey or small


def is_on(switch: Any) -> bool:
    """Whether an on/off element is there and on."""
    return switch is not None and switch.get(W + "val", "1") not in ("0", "false", "off", "none")


class Styles:
    """The styles of one document; each is worked out once, with the styles it is based on."""

    def __init__(self, root: Any | None) -> None:
        elements = root.findall(W + "style") if root is not None else []
        self._elements = {style.get(W + "styleId", ""): style for style in elements}
        self._looks: dict[str, Look] = {}
        default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        base = _with(Look(), default)
        self._base = replace(base, usual=base.size)

    def of(self, props: Any, kind: str) -> Look:
        """The look that a paragraph's or run's style gives it."""
        named = props.find(kind) if props is not None else None
        return self._look(named.get(W + "val", ""), 0) if named is not None else self._base

    def run(self, props: Any, look: Look) -> Look:
        """A run's look: its paragraph's, then its own style's, then its own."""
        if props is None:
            return look
        named = props.find(W + "rStyle")
        style = self._elements.get(named.get(W + "val", "")) if named is not None else None
        if style is not None:
            look = _with(look, style.find(W + "rPr"))
        return _with(look, props)

    def level(self, props: Any) -> int:
        """Heading level 1-6 of a paragraph, 0 where it is none."""
        if props is None:
            return 0
        outline = props.find(W + "outlineLvl")
        named = props.find(W + "pStyle")
        name = named.get(W + "val", "") if named is not None else ""
        for _ in range(10):
            style = self._elements.get(name)
            if outline is not None or style is None:
                break
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            title = style.find(W + "name")
            words = title.get(W + "val", "").lower() if title is not None else ""
            if words == "title":
                return 1
            if outline is None and words.startswith("heading ") and words[8:].isdigit():
                return min(int(words[8:]), 6)
            base = style.find(W + "basedOn")
            name = base.get(W + "val", "") if base is not None else ""
        value = outline.get(W + "val", "9") if outline is not None else "9"
        return int(value) + 1 if value.isdigit() and int(value) < 6 else 0

    def table_heads(self, props: Any) -> set[str]:
        """`firstRow` and `firstCol` where the table's style sets them apart."""
        named = props.find(W + "tblStyle") if props is not None else None
        look = props.find(W + "tblLook") if props is not None else None
        style = self._elements.get(named.get(W + "val", "")) if named is not None else None
        if style is None or look is None:
            return set()
        bits = int(look.get(W + "val", "0"), 16)
        wanted = {
            "firstRow": look.get(W + "firstRow", "1" if bits & 0x20 else "0"),
            "firstCol": look.get(W + "firstColumn", "1" if bits & 0x80 else "0"),
        }
        found = set()
        for part in style.findall(W + "tblStylePr"):
            kind = part.get(W + "type")
            marked = is_on(part.find(f"{W}rPr/{W}b")) or part.find(f"{W}tcPr/{W}shd") is not None
            if marked and wanted.get(kind) in ("1", "true", "on"):
                found.add(kind)
        return found

    def _look(self, name: str, depth: int) -> Look:
        if name in self._looks:
            return self._looks[name]
        style = self._elements.get(name)
        if style is None or depth > 10:
            return self._base
        base = style.find(W + "basedOn")
        look = self._look(base.get(W + "val", ""), depth + 1) if base is not None else self._base
        look = _with(look, style.find(W + "rPr"))
        listed = style.find(f"{W}pPr/{W}numPr")
        if listed is not None:
            look = replace(look, numbering=_list_of(listed, look.numbering))
        self._looks[name] = look
        return look


def _with(look: Look, props: Any) -> Look:
    """A look with a `w:rPr` laid over it."""
    if props is None or not len(props):
        return look
    changes: dict[str, Any] = {}
    for child in props:
        tag = child.tag
        if tag == W + "b":
            changes["bold"] = is_on(child)
        elif tag == W + "i":
            changes["italic"] = is_on(child)
        elif tag in (W + "vanish", W + "webHidden"):
            changes["hidden"] = is_on(child)
        elif tag in (W + "strike", W + "dstrike"):
            changes["struck"] = is_on(child)
        elif tag == W + "color":
            changes["grey"] = _is_grey(child.get(W + "val", ""))
        elif tag == W + "sz":
            value = child.get(W + "val", "")
            if value.isdigit():
                changes["size"] = int(value) / 2
    return replace(look, **changes) if changes else look


def _is_grey(colour: str) -> bool:
    try:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
    except ValueError:
        return False
    return max(red, green, blue) - min(red, green, blue) <= 20 and 0x50 <= green <= 0xD8


def _list_of(props: Any, below: tuple[str, int] | None) -> tuple[str, int] | None:
    number, level = props.find(W + "numId"), props.find(W + "ilvl")
    depth = level.get(W + "val", "0") if level is not None else "0"
    name = number.get(W + "val", "") if number is not None else (below[0] if below else "")
    return (name, int(depth) if depth.isdigit() else 0) if name and name != "0" else None


class Numbering:
    """The lists of one document, counting as it is read."""

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}  # list -> level -> (format, pattern, start)
        self._counts: dict[tuple[str, int], int] = {}
        self._abstract: dict[str, str] = {}
        if root is None:
            return
        for abstract in root.findall(W + "abstractNum"):
            levels = {}
            for level in abstract.findall(W + "lvl"):
                values = {
                    part: found.get(W + "val", "")
                    for part in ("numFmt", "lvlText", "start")
                    if (found := level.find(W + part)) is not None
                }
                depth, start = level.get(W + "ilvl", "0"), values.get("start", "1")
                if depth.isdigit():
                    first = int(start) if start.isdigit() else 1
                    levels[int(depth)] = (values.get("numFmt", "decimal"), values.get("lvlText", "%1."), first)
            self._levels[abstract.get(W + "abstractNumId", "")] = levels
        for number in root.findall(W + "num"):
            link = number.find(W + "abstractNumId")
            if link is not None:
                self._abstract[number.get(W + "numId", "")] = link.get(W + "val", "")

    def marker(self, props: Any, by_style: tuple[str, int] | None) -> str:
        """The number or bullet that Word prints before a paragraph; '' where there is none."""
        own = props.find(W + "numPr") if props is not None else None
        listed = _list_of(own, by_style) if own is not None else by_style
        if listed is None:
            return ""
        name, depth = self._abstract.get(listed[0], ""), listed[1]
        kind, pattern, start = self._levels.get(name, {}).get(depth, ("bullet", "", 1))
        if kind == "bullet":
            return "•"
        if kind == "none":
            return ""
        self._counts[name, depth] = self._counts.get((name, depth), start - 1) + 1
        for deeper in [key for key in self._counts if key[0] == name and key[1] > depth]:
            del self._counts[deeper]
        for level in range(depth + 1):
            count = self._counts.get((name, level), 1)
            shape = self._levels.get(name, {}).get(level, ("decimal", "", 1))[0]
            pattern = pattern.replace(f"%{level + 1}", _numeral(count, shape))
        return pattern


def _numeral(count: int, shape: str) -> str:
    if shape in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if shape == "upperLetter" else letter
    if shape in ("lowerRoman", "upperRoman"):
        text, rest = "", min(count, 39)
        for value, letters in _ROMAN:
            text += letters * (rest // value)
            rest %= value
        return text.upper() if shape == "upperRoman" else text
    return str(count)
