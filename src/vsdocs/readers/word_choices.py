"""Choices that a form shows by how words look: 'delete as appropriate', one of 'Yes / No' highlighted or in bold.

Struck-out words are left out, with the stroke between them and what is left. Where one of several short alternatives
between strokes stands out, they get boxes, as if the form had had them: '☐ Yes / ☒ No'.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from vsdocs.document import TICKED, UNTICKED
from vsdocs.readers.word_styles import Look

Piece = tuple[str, Look]

LONGEST = 30  # characters of an alternative
MOST = 8  # alternatives

_OFFERS = re.compile(r"[/|]|\b(yes|no)\b", re.IGNORECASE)
_CHUNK = re.compile(r"(?:[^\t\n:?☒☐]|:(?=\S))+")
_STROKE = re.compile(r"(?<!\bn)/|\|", re.IGNORECASE)
_ONLY_YES_NO = re.compile(r"\s*(yes|no|n/a)(\s+(yes|no|n/a))+\s*", re.IGNORECASE)
_YES_NO = re.compile(r"\W*(y|n|yes|no|n/a|not applicable|not known|don.t know)\W*", re.IGNORECASE)


def settle(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a paragraph as they are to be read; none of them is struck out."""
    looks = {look for _, look in pieces}
    kept = _without_struck(pieces) if any(look.struck for look in looks) else list(pieces)
    if len(looks) < 2:
        return kept  # nothing stands out where all look alike
    stands_out = any(look.marked or look.bold or look.underlined for look in looks)
    return _with_boxes(kept) if stands_out and _OFFERS.search(_text(kept)) else kept


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(text for text, _ in pieces)


def _without_struck(pieces: Sequence[Piece]) -> list[Piece]:
    kept: list[Piece] = []
    gap = ""  # the struck words before this piece, if they had no stroke of their own
    for text, look in pieces:
        if look.struck:
            gap += text
            continue
        if gap.strip() and not re.search(r"[/|]", gap):
            if re.match(r"\s*[/|]", text):
                text = re.sub(r"^\s*[/|]\s*", "", text)
            elif kept and re.search(r"[/|]\s*$", kept[-1][0]):
                before = re.sub(r"\s*[/|]\s*$", "", kept[-1][0])
                kept[-1] = (before + " " if text[:1].strip() else before, kept[-1][1])
        if text.strip():
            gap = ""
        kept.append((text, look))
    if gap.strip() and not re.search(r"[/|]", gap) and kept:
        kept[-1] = (re.sub(r"\s*[/|]\s*$", "", kept[-1][0]), kept[-1][1])
    return [piece for piece in kept if piece[0]]


def _with_boxes(pieces: Sequence[Piece]) -> list[Piece]:
    text = _text(pieces)
    looks = [look for part, look in pieces for _ in part]
    boxes: dict[int, str] = {}
    for chunk in _CHUNK.finditer(text):
        boxes |= _boxes(chunk.group(), chunk.start(), looks)
    if not boxes:
        return list(pieces)
    found: list[Piece] = []
    at = 0
    for part, look in pieces:
        cuts = [0, *(place - at for place in sorted(boxes) if at < place < at + len(part)), len(part)]
        for start, end in pairwise(cuts):
            lead = f"{boxes[at + start]} " if at + start in boxes else ""
            found.append((lead + part[start:end], look))
        at += len(part)
    return found


def _boxes(chunk: str, offset: int, looks: Sequence[Look]) -> dict[int, str]:
    """Where boxes go in a stretch of text, if it is a row of alternatives of which some stand out."""
    spans: list[tuple[int, int]] = []
    start = 0
    strokes = re.finditer(r"(?<=\w)\s+(?=\w)", chunk) if _ONLY_YES_NO.fullmatch(chunk) else _STROKE.finditer(chunk)
    for stroke in [*strokes, None]:
        end = stroke.start() if stroke else len(chunk)
        words = chunk[start:end]
        if not 0 < len(words.strip()) <= LONGEST or len(words.split()) > 4 or not re.search(r"[^\W\d]", words):
            return {}
        spans.append((start + len(words) - len(words.lstrip()), start + len(words.rstrip())))
        start = stroke.end() if stroke else end
    if not 1 < len(spans) <= MOST:
        return {}
    alternatives = [chunk[a:b] for a, b in spans]
    yes_no = all(_YES_NO.fullmatch(words) for words in alternatives)

    def those(is_so: Callable[[Look], bool]) -> list[int]:
        return [
            n
            for n, (a, b) in enumerate(spans)
            if all(is_so(looks[offset + i]) for i in range(a, b) if chunk[i].strip())
        ]

    chosen = those(lambda look: look.marked)
    if not chosen:
        for is_so in (lambda look: look.bold, lambda look: look.underlined):
            found = those(is_so)
            if len(found) == 1 and (yes_no or len(spans) > 2 or found[0] > 0):
                chosen = found
                break
    if not chosen or len(chosen) == len(spans):
        return {}
    return {offset + a: TICKED if n in chosen else UNTICKED for n, (a, _) in enumerate(spans)}
