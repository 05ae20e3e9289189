"""Right-to-left text: the order in which a line shows it, and the joined shapes of Arabic letters."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from arabic_reshaper import ArabicReshaper
from bidi import algorithm
from bidi.mirror import MIRRORED

_RTL = re.compile("[\u0590-\u08ff\u200f\u202b\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_ARABIC = re.compile("[\u0600-\u08ff]")
#: isolates, which the library does not know; and overrides, which only serve to deceive: both without effect
_IDLE = str.maketrans(dict.fromkeys("\u202d\u202e\u2066\u2067\u2068\u2069", "\u00ad"))
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_FAR = str.maketrans({"\f": " ", "\n": " "})  # what would end the paragraph


def is_mixed(text: str) -> bool:
    return not text.isascii() and _RTL.search(text) is not None


def levels(text: str, rtl: bool) -> list[int]:
    """The level of each character of a paragraph: odd ones run from right to left."""
    base = int(rtl)
    if not rtl and not is_mixed(text):
        return [0] * len(text)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(text.translate(_IDLE).translate(_FAR), storage)
    for index, char in enumerate(storage["chars"]):
        char["index"] = index
        if not char["type"]:
            char["type"] = char["orig"] = "ON"
    algorithm.explicit_embed_and_overrides(storage, False)
    algorithm.resolve_weak_types(storage, False)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    found: list[int | None] = [None] * len(text)
    for char in storage["chars"]:
        found[char["index"]] = char["level"]
    result, last = [], base
    for level in found:
        last = last if level is None else level
        result.append(last)
    for opened, closed in _pairs(text):
        if result[opened] != result[closed]:
            result[opened] = result[closed] = base
    return result


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """The brackets that belong together; the library treats each by itself."""
    waiting: list[int] = []
    for at, char in enumerate(text):
        if char in "([{":
            waiting.append(at)
        elif char in ")]}" and waiting and _BRACKETS[text[waiting[-1]]] == char:
            yield waiting.pop(), at


def in_order(runs: list[tuple[int, int, int]], base: int) -> list[tuple[int, int, int]]:
    """The runs (start, end, level) of one line as they stand from left to right."""
    runs = list(runs)
    top = max((level for _, _, level in runs), default=base)
    for depth in range(top, 0, -1):
        at = 0
        while at < len(runs):
            end = at
            while end < len(runs) and runs[end][2] >= depth:
                end += 1
            runs[at:end] = reversed(runs[at:end])
            at = max(end, at + 1)
    return runs


def clusters(text: str) -> list[str]:
    """A run from right to left as it is drawn: letters joined, brackets turned about. Each goes to the left of the last."""
    if _ARABIC.search(text):
        text = _shaper().reshape(text)
    found: list[str] = []
    for char in text:
        if found and unicodedata.combining(char):
            found[-1] += char
        else:
            found.append(MIRRORED.get(char, char))
    return found


@cache
def _shaper() -> ArabicReshaper:
    return ArabicReshaper({"delete_harakat": False, "support_zwj": True})
