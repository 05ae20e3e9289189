"""Choices that a page shows by how words look: one of 'Yes / No' circled, highlighted or in bold.

Where one of several short alternatives stands out, they get boxes, as if the form had had them: '☐ Yes / ☒ No'.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from vsdocs.document import TICKED, UNTICKED, Box
from vsdocs.readers.lines import Line, lines_on, segments
from vsdocs.readers.page import Page, Word, around, contains

LONGEST = 30  # characters of an alternative
MOST = 8  # alternatives
TALLEST = 3.0  # times the size: what is higher is no ring around a word, nor a highlighter's stroke

_STROKES = ("/", "|")
_YES_NO = re.compile(r"\W*(y|n|yes|no|n/a)\W*", re.IGNORECASE)


def add_chosen(facts: Page, rings: Sequence[Box]) -> None:
    """Puts ☒ and ☐ before alternatives of which some are ringed or alone in bold; the rings are no frames any more."""
    marks = [*rings, *_ellipses(facts.frames), *facts.fills]
    used: list[Box] = []
    boxes: list[Word] = []
    plain: set[Word] = set()  # their look is told by the boxes now
    for line in lines_on(facts):
        for part in segments(line):
            alternatives = _alternatives(part) if len(part.words) > 1 else []
            if len(alternatives) < 2:
                continue
            chosen, by = _chosen(alternatives, [m for m in marks if m.bottom - m.top <= TALLEST * part.size])
            if chosen:
                boxes += [_box(words, number in chosen) for number, words in enumerate(alternatives)]
                used += by
                plain |= {word for words in alternatives for word in words if word.bold}
    if boxes:
        facts.words = [*(replace(word, bold=False) if word in plain else word for word in facts.words), *boxes]
    facts.frames = [frame for frame in facts.frames if frame not in used]
    facts.fills = [fill for fill in facts.fills if fill not in used]


def _ellipses(frames: Sequence[Box]) -> list[Box]:
    """Frames no larger than a ring around a few words."""
    return [f for f in frames if f.x1 - f.x0 < 150 and f.bottom - f.top < 40]


def _alternatives(line: Line) -> list[list[Word]]:
    """The words of each alternative that a line offers after its label; none where it is not a row of them."""
    words = list(line.words)
    first = next((n for n, w in enumerate(words) if w.text in _STROKES), len(words))
    if first == len(words) and not _YES_NO.fullmatch(words[-1].text):
        return []
    labels = [n for n, w in enumerate(words[:first]) if w.text.endswith((":", "?"))]
    words = words[labels[-1] + 1 :] if labels else words
    if any(w.text in (TICKED, UNTICKED) for w in words):
        return []
    if words and all(_YES_NO.fullmatch(w.text) for w in words):
        return [[word] for word in words]
    if first == len(line.words):
        return []
    groups: list[list[Word]] = [[]]
    for word in words:
        if word.text in _STROKES:
            groups.append([])
        else:
            groups[-1].append(word)
    return groups if len(groups) <= MOST and all(map(_is_alternative, groups)) else []


def _is_alternative(words: Sequence[Word]) -> bool:
    text = " ".join(word.text for word in words)
    return 0 < len(words) <= 4 and len(text) <= LONGEST and bool(re.search(r"[^\W\d]", text))


def _chosen(alternatives: Sequence[Sequence[Word]], marks: Sequence[Box]) -> tuple[set[int], list[Box]]:
    """Which alternatives stand out, and the marks that show it."""
    chosen, by = set(), []
    for mark in marks:
        under = {n for n, words in enumerate(alternatives) if any(contains(mark, *word.middle) for word in words)}
        if len(under) == 1 and around([mark, *alternatives[min(under)]]).x1 - mark.x1 < 6:
            chosen |= under
            by.append(mark)
    if chosen and len(chosen) < len(alternatives):
        return chosen, by
    bold = [n for n, words in enumerate(alternatives) if all(word.bold for word in words)]
    mixed = any(len({word.bold for word in words}) > 1 for words in alternatives)
    seen = not mixed and all(word.confidence == 1 for words in alternatives for word in words)
    yes_no = all(_YES_NO.fullmatch(word.text) for words in alternatives for word in words)
    if seen and len(bold) == 1 and (yes_no or len(alternatives) > 2 or bold[0] > 0):
        return set(bold), []
    return set(), []


def _box(words: Sequence[Word], ticked: bool) -> Word:
    first = words[0]
    x = first.x0 - 0.2
    return Word(TICKED if ticked else UNTICKED, x, first.top, x + 0.1, first.bottom, first.size)
