"""The numbers and bullets that Word prints before the paragraphs of its lists."""

from dataclasses import dataclass, replace
from typing import Any

from vsdocs.readers.word_styles import Styles, W, is_on, list_of, number, value

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


class Numbering:
    """The lists of one document, counting as it is read."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}  # list -> level -> how it counts
        self._counter: dict[str, str] = {}  # list -> what counts for it: lists of one kind count on together
        self._starts: dict[str, dict[int, int]] = {}  # list -> level -> where it starts anew when first used
        self._counts: dict[tuple[str, int], int] = {}
        self._used: set[tuple[str, int]] = set()
        if root is None:
            return
        kinds = {kind.get(W + "abstractNumId", ""): kind for kind in root.findall(W + "abstractNum")}
        lists = {item.get(W + "numId", ""): item for item in root.findall(W + "num")}
        for name, item in lists.items():
            kind = value(item.find(W + "abstractNumId"))
            linked = value(kinds[kind].find(W + "numStyleLink")) if kind in kinds else ""
            if linked and (other := lists.get(styles.list_of_style(linked))) is not None:
                kind = value(other.find(W + "abstractNumId"))
            levels = _levels(kinds[kind]) if kind in kinds else {}
            self._starts[name] = {}
            for override in item.findall(W + "lvlOverride"):
                depth = override.get(W + "ilvl", "")
                if depth.isdecimal():
                    levels |= _levels(override)
                    if override.find(W + "startOverride") is not None:
                        self._starts[name][int(depth)] = number(override, "startOverride")
            self._levels[name], self._counter[name] = levels, kind

    def marker(self, props: Any, by_style: tuple[str, int] | None) -> str:
        """The number or bullet before a paragraph with these properties; '' where there is none."""
        own = props.find(W + "numPr") if props is not None else None
        listed = list_of(own, by_style) if own is not None else by_style
        if listed is None:
            return ""
        name, depth = listed
        level = self._levels.get(name, {}).get(depth, _Level("bullet"))
        if level.shape == "bullet":
            return "•"
        if level.shape == "none" and "%" not in level.pattern:
            return level.pattern.strip()
        self._count(name, depth, level)
        text = level.pattern
        for above in range(depth + 1):
            other = self._levels[name].get(above, _Level())
            count = self._counts.get((self._counter[name], above), other.start)
            text = text.replace(f"%{above + 1}", numeral(count, "decimal" if level.legal else other.shape))
        return text.strip()

    def _count(self, name: str, depth: int, level: _Level) -> None:
        counter = self._counter[name]
        if (name, depth) not in self._used and depth in self._starts[name]:
            self._counts[counter, depth] = self._starts[name][depth]
        else:
            self._counts[counter, depth] = self._counts.get((counter, depth), level.start - 1) + 1
        self._used.add((name, depth))
        for deeper, other in self._levels[name].items():
            limit = deeper if other.restarts is None else other.restarts
            if depth < deeper and depth < limit:
                self._counts.pop((counter, deeper), None)


def _levels(kind: Any) -> dict[int, _Level]:
    """The levels that a kind of list, or an exception from it, defines."""
    levels = {}
    for element in kind.findall(W + "lvl"):
        depth = element.get(W + "ilvl", "0")
        if not depth.isdecimal():
            continue
        level = _Level(
            value(element.find(W + "numFmt")) or "decimal",
            value(element.find(W + "lvlText")),
            number(element, "start", 1),
            legal=is_on(element.find(W + "isLgl")),
        )
        if element.find(W + "lvlRestart") is not None:
            level = replace(level, restarts=number(element, "lvlRestart"))
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
