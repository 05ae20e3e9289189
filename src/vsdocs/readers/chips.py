"""Chips: the choices of a printed web page, each in a small round outline, the chosen ones filled with colour or ticked."""

import re
from collections.abc import Sequence

from vsdocs.document import TICKED, UNTICKED, Box
from vsdocs.readers.lines import Line, lines_of
from vsdocs.readers.page import Page, Sorted, Word, contains, height_of, within

LOW, HIGH = 9.0, 26.0  # points: how high a chip is
LONGEST = 60  # characters in one
NEAR = 26.0  # points between two chips of one row
ROOM = 10.0  # points: how much more room a chip may have on its right than on its left
HALF_LINE = 200.0  # points: how far from a disc with initials the name ends, at most
TILE = 34.0  # points: the number of a section stands on a tile no larger
_NUMBER = re.compile(r"\d{1,2}|[A-Z]")
ROW = 14.0  # points between two rows of chips

Chip = tuple[Box, Line]


def add_chips(facts: Page) -> None:
    """Puts ☒ and ☐ before chips side by side, unless all are filled; the outlines of chips are no frames any more."""
    _drop_avatars(facts)
    _drop_numbers(facts)
    chips = _chips(facts)
    ticks: list[Word] = []
    for group in _groups(chips):
        chosen = [_is_ticked(line) or (not _has_tick(line) and box in facts.rounds) for box, line in group]
        if len(group) > 1 and not all(chosen):
            for (box, line), ticked in zip(group, chosen, strict=True):
                if not _has_tick(line):
                    ticks.append(_tick(box, line, ticked))
    if ticks:
        facts.words = [*facts.words, *ticks]
    outlines = {box for box, _ in chips}
    facts.frames = [frame for frame in facts.frames if frame not in outlines]


def _drop_avatars(facts: Page) -> None:
    """Leaves out the initials in a coloured disc before a person's name."""
    for box in facts.rounds:
        inside = within(facts.words, box)
        if len(inside) != 1 or not inside[0].text.isupper() or abs((box.x1 - box.x0) - (box.bottom - box.top)) > 2:
            continue
        after = [w for w in facts.words if box.top < w.middle[1] < box.bottom and box.x1 <= w.x0 < box.x1 + HALF_LINE]
        if any(_are_initials(inside[0].text, line) for line in lines_of(after)):
            facts.words = [word for word in facts.words if word is not inside[0]]
            facts.frames = [frame for frame in facts.frames if frame != box]


def _drop_numbers(facts: Page) -> None:
    """Leaves out the number of a section on a coloured tile before its bold heading."""
    small = [b for b in (*facts.rounds, *facts.fills) if b.bottom - b.top <= TILE and LOW <= b.x1 - b.x0 <= TILE]
    if not small:
        return
    words = Sorted(facts.words, height_of)
    gone: set[int] = set()
    for box in small:
        level = words.between(box.top, box.bottom)
        inside = within(level, box)
        beside = [word for word in level if not contains(box, *word.middle)]
        if len(inside) == 1 and _NUMBER.fullmatch(inside[0].text) and beside and all(w.bold for w in beside):
            first = min(beside, key=lambda word: word.x0)
            if 0 < first.x0 - box.x1 < TILE and first.size > inside[0].size - 1 and first.text[:1].isalpha():
                gone.add(id(inside[0]))
                facts.frames = [frame for frame in facts.frames if frame != box]
    if gone:
        facts.words = [word for word in facts.words if id(word) not in gone]


def _are_initials(text: str, line: Line) -> bool:
    """Whether letters are those that the first words of a line begin with, or the first and the last: 'AB' for 'Ann Bo Carr'."""
    firsts = "".join(word.text[0] for word in line.words)
    return len(text) > 1 and (firsts.startswith(text) or firsts[:1] + firsts[-1:] == text)


def _chips(facts: Page) -> list[Chip]:
    """The small round outlines with one line of words in them, in reading order."""
    found: list[Chip] = []
    words = Sorted(facts.words, height_of) if facts.frames else Sorted((), height_of)
    for box in dict.fromkeys(facts.frames):
        if LOW <= box.bottom - box.top <= HIGH < 30 + box.x1 - box.x0:
            lines = lines_of(within(words.between(box.top, box.bottom), box))
            if len(lines) == 1 and len(lines[0].text) <= LONGEST and _is_filled(box, lines[0]):
                found.append((box, lines[0]))
    return sorted(found, key=lambda chip: (round(chip[0].top), chip[0].x0))


def _is_filled(box: Box, line: Line) -> bool:
    """Whether an outline is as wide as its words need: a box for an answer has room on its right."""
    return box.x1 - line.box.x1 < line.box.x0 - box.x0 + ROOM


def _groups(chips: Sequence[Chip]) -> list[list[Chip]]:
    """Chips that stand side by side, row under row."""
    groups: list[list[Chip]] = []
    for chip in chips:
        near = next((group for group in reversed(groups) if _is_near(group, chip[0])), None)
        if near is None:
            groups.append([chip])
        else:
            near.append(chip)
    return groups


def _is_near(group: Sequence[Chip], box: Box) -> bool:
    last, first = group[-1][0], group[0][0]
    beside = abs(last.top - box.top) < 2 and 0 <= box.x0 - last.x1 < NEAR
    below = 0 < box.top - last.bottom < ROW and abs(box.x0 - first.x0) < 2 and len(group) > 1
    return beside or below


def _has_tick(line: Line) -> bool:
    return any(word.text in (TICKED, UNTICKED) for word in line.words)


def _is_ticked(line: Line) -> bool:
    return any(word.text == TICKED for word in line.words)


def _tick(box: Box, line: Line, ticked: bool) -> Word:
    first = line.words[0]
    return Word(
        TICKED if ticked else UNTICKED, box.x0, first.top, first.x0 - 0.5, first.bottom,
        first.size, first.bold, first.grey, first.italic, first.confidence, first.coloured,
    )  # fmt: skip
