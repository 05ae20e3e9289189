"""The numbers and bullets that Word prints before the paragraphs of its lists."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from vsdocs.readers.word_package import Package
from vsdocs.readers.word_styles import Props, Styles, W, child, is_on, list_of, number, props_of, value

_NUM_PR = W + "numPr"

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True)
class _Level:
    shape: str = "decimal"
    pattern: str = "%1."
    start: int = 1
    restarts: int | None = None  # 0: never; n: only after level n; None: after every level above
    legal: bool = False  # all its numbers in digits


@dataclass(frozen=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)  # how each level counts
    counter: str = ""  # what counts for it: lists of one kind count on together
    starts: dict[int, int] = field(default_factory=dict)  # level -> where it starts anew when first used


class Lists:
    """The lists that a document defines, each looked up when the first paragraph of it is met."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self._package, self._styles = package, styles
        self._known: dict[str, _List | None] = {}

    def named(self, name: str) -> _List | None:
        if name not in self._known:
            self._known[name] = self._list(name)
        return self._known[name]

    @cached_property
    def _root(self) -> Any | None:
        return self._package.only("numbering")

    @cached_property
    def _kinds(self) -> dict[str, Any]:
        kinds = self._root.iterchildren(W + "abstractNum") if self._root is not None else ()
        return {kind.get(W + "abstractNumId", ""): kind for kind in kinds}

    @cached_property
    def _items(self) -> dict[str, Any]:
        items = self._root.iterchildren(W + "num") if self._root is not None else ()
        return {item.get(W + "numId", ""): item for item in items}

    def _list(self, name: str) -> _List | None:
        item = self._items.get(name)
        if item is None:
            return None
        kinds, kind = self._kinds, value(child(item, W + "abstractNumId"))
        linked = value(child(kinds[kind], W + "numStyleLink")) if kind in kinds else ""
        if linked and (other := self._items.get(self._styles.list_of_style(linked))) is not None:
            kind = value(child(other, W + "abstractNumId"))
        levels = _levels(kinds[kind]) if kind in kinds else {}
        starts: dict[int, int] = {}
        for override in item.iterchildren(W + "lvlOverride"):
            depth = override.get(W + "ilvl", "")
            if depth.isdecimal():
                levels |= _levels(override)
                if child(override, W + "startOverride") is not None:
                    starts[int(depth)] = number(props_of(override), "startOverride")
        return _List(levels, kind, starts)


class Numbering:
    """The numbers of one part's lists, counting as it is read."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._counts: dict[tuple[str, int], int] = {}
        self._used: set[tuple[str, int]] = set()

    def marker(self, props: Props, by_style: tuple[str, int] | None) -> str:
        """The number or bullet before a paragraph with these properties; '' where there is none."""
        own = props.get(_NUM_PR)
        listed = list_of(props_of(own), by_style) if own is not None else by_style
        if listed is None:
            return ""
        name, depth = listed
        known = self._lists.named(name) or _List()
        level = known.levels.get(depth, _Level("bullet"))
        if level.shape == "bullet":
            return "•"
        if level.shape == "none" and "%" not in level.pattern:
            return level.pattern.strip()
        self._count(known, name, depth, level)
        text = level.pattern
        for above in range(depth + 1):
            other = known.levels.get(above, _Level())
            count = self._counts.get((known.counter, above), other.start)
            text = text.replace(f"%{above + 1}", numeral(count, "decimal" if level.legal else other.shape))
        return text.strip()

    def _count(self, known: _List, name: str, depth: int, level: _Level) -> None:
        counter = known.counter
        if (name, depth) not in self._used and depth in known.starts:
            self._counts[counter, depth] = known.starts[depth]
        else:
            self._counts[counter, depth] = self._counts.get((counter, depth), level.start - 1) + 1
        self._used.add((name, depth))
        for deeper, other in known.levels.items():
            limit = deeper if other.restarts is None else other.restarts
            if depth < deeper and depth < limit:
                self._counts.pop((counter, deeper), None)


def _levels(kind: Any) -> dict[int, _Level]:
    """The levels that a kind of list, or an exception from it, defines."""
    levels = {}
    for element in kind.iterchildren(W + "lvl"):
        depth = element.get(W + "ilvl", "0")
        if not depth.isdecimal():
            continue
        props = props_of(element)
        level = _Level(
            value(props.get(W + "numFmt")) or "decimal",
            value(props.get(W + "lvlText")),
            number(props, "start", 1),
            legal=is_on(props.get(W + "isLgl")),
        )
        if props.get(W + "lvlRestart") is not None:
            level = replace(level, restarts=number(props, "lvlRestart"))
        levels[int(depth)] = level
    return levels


def numeral(count: int, shape: str) -> str:
    """A number as a list shows it; shapes that forms do not use are digits."""
    if shape in ("lowerLetter", "upperLetter") and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * min(1 + (count - 1) // 26, 8)
        return letters.upper() if shape == "upperLetter" else letters
    if shape in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        text, rest = "", count
        for amount, letters in _ROMAN:
            text += letters * (rest // amount)
            rest %= amount
        return text.upper() if shape == "upperRoman" else text
    if shape == "decimalZero":
        return f"{count:02d}"
    if shape == "ordinal":
        end = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
        return f"{count}{end}"
    return "" if shape == "none" else str(count)
