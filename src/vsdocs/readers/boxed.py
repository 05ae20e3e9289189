"""Answers in boxes of their own, with the label that stands over the box or to its left."""

from collections.abc import Sequence
from itertools import islice

from vsdocs.document import TICKED, UNTICKED, Box, Field
from vsdocs.readers.columns import SAME, field_of, is_label_look
from vsdocs.readers.lines import COLUMN_GAP, Line, lines_of, segments
from vsdocs.readers.page import ByHeight, Word

OVER = 9.0  # points: white space between a label and the box below it, at most
REACH = 5 * OVER  # points: how far over a box a label of several lines may begin
INSET = 14.0  # points: how far the label may begin from where the box does
BESIDE = 60.0  # points: white space between a label and the box to its right, at most
MANY = 4  # boxes with labels: so many show what the boxes of a page are for
FAR = 160.0  # the same where many boxes of the page have labels
LARGEST = 1.1  # times the size of the answer: a larger label is a heading
LONG = 110  # characters: longer than a label is


def are_answers(boxes: Sequence[Box], words: ByHeight, loose: Sequence[Word]) -> bool:
    """Whether so many boxes of a page have words over or beside them that they are labels, however they look.

    `loose` are the words in none of the boxes.
    """
    if len(boxes) < MANY:
        return False
    free = ByHeight(loose)
    fields = (
        boxed_answer(box, words.within(box), free.between(box.top - REACH, box.bottom), any_look=True)
        for box in dict.fromkeys(boxes)
    )
    return len(list(islice(filter(None, fields), MANY))) == MANY


def boxed_answer(
    box: Box, inside: Sequence[Word], near: Sequence[Word], any_look: bool = False
) -> tuple[Field, set[Word]] | None:
    """The field that a box of words makes with the label outside of it, and the words of that label.

    `near` are the words outside that stand on its height, or up to `REACH` over it.

    The label is set otherwise than the answer, unless the page shows that it may have `any_look`.
    """
    if not near or any(word.grey or word.bold for word in inside):
        return None
    answer = lines_of(inside)
    if not answer or not _is_answer(answer):
        return None
    label = _label_over(box, answer, near, any_look) or _label_beside(box, answer, near, any_look)
    return (field_of(label, answer, box.x1), {word for line in label for word in line.words}) if label else None


def _is_answer(lines: Sequence[Line]) -> bool:
    """Whether lines of plain words are set all alike, without labels of their own."""
    alike = len({line.look[0] for line in lines}) == 1
    said = any(word.text not in (TICKED, UNTICKED) for line in lines for word in line.words)
    return alike and said and not any(line.has_own_label for line in lines)


def _label_over(box: Box, answer: Sequence[Line], words: Sequence[Word], any_look: bool) -> list[Line]:
    near = [w for w in words if box.x0 - INSET < w.middle[0] < box.x1 and box.top - REACH < w.middle[1] < box.top]
    lines = [part for line in lines_of(near) for part in segments(line)]
    if not lines or box.top - lines[-1].box.bottom > OVER or _runs_beyond(lines[-1], words):
        return []
    label = [lines[-1]]
    for line in reversed(lines[:-1]):  # a question of several lines
        if line.look != label[0].look or label[0].box.bottom - line.box.bottom > 1.4 * line.size:
            break
        label.insert(0, line)
    return label if _is_label(label, answer, any_look) and abs(label[0].box.x0 - box.x0) < INSET else []


def _runs_beyond(line: Line, words: Sequence[Word]) -> bool:
    """Whether a line over a box goes on beyond its side."""
    last = line.words[-1]
    return any(abs(w.middle[1] - last.middle[1]) < 1 and 0 < w.x0 - last.x1 < COLUMN_GAP * last.size for w in words)


def _label_beside(box: Box, answer: Sequence[Line], words: Sequence[Word], any_look: bool) -> list[Line]:
    near = [w for w in words if box.top < w.middle[1] < box.bottom and w.x1 < box.x0 + SAME]
    parts = [segments(line)[-1] for line in lines_of(near)]
    label = [part for part in parts if box.x0 - part.box.x1 > -SAME]
    most = FAR if any_look else BESIDE
    close = bool(label) and box.x0 - max(part.box.x1 for part in label) < most
    level = close and abs(label[0].box.top - answer[0].box.top) < answer[0].size
    return label if level and _is_label(label, answer, any_look) else []


def _is_label(label: Sequence[Line], answer: Sequence[Line], any_look: bool) -> bool:
    """Whether lines outside of a box are set as the label of what is in it: no heading, and no text."""
    text = " ".join(line.text for line in label)
    asks = text.endswith(("?", ":", "…"))
    stands_out = all(is_label_look(line) or line.look[3] for line in label) or label[0].size < 0.95 * answer[0].size
    small = label[0].size <= LARGEST * answer[0].size
    ticks = any(word.text in (TICKED, UNTICKED) for line in label for word in line.words)
    return (
        len(text) <= LONG
        and small
        and (any_look or asks or stands_out)
        and not text.endswith((".", ",", ";"))
        and not ticks
    )
