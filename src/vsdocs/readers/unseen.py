"""Words that are on a PDF page and yet nobody sees: beside the page, smaller than a hair, or white on white.

They are put aside and told, so that nothing is graded that its reader was not shown.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from vsdocs.readers.page import Page, Place, Word, contains
from vsdocs.readers.view import placing

TINY = 2.0  # points: the smallest print on any form has 4
NOTHING = 0.2  # points: flat
ASTRAY = 0.2  # of a page's words: where more stand beside it, its size is wrong, and they are meant to be seen
FAR = 1e6  # points: further away, and where a broken file's numbers are none, is no place
CONTRAST = 16  # of 255: what differs less from the ground around it is not seen


def hide(words: Iterable[Word], page: Any, facts: Page, place: Place) -> Iterator[Word]:
    """The words that can be seen; the others are put among the page's `unseen`. Those at no place at all are dropped."""
    ground = _Ground(page, facts, place)
    found = [word for word in words if all(abs(side) < FAR for side in (word.x0, word.top, word.x1, word.bottom))]
    beside = {id(word) for word in found if _is_beside(word, facts)}
    if len(beside) > ASTRAY * len(found):
        beside = set()
    for word in found:
        if id(word) in beside or _is_tiny(word) or (word.pale and not ground.shows(word)):
            facts.unseen.append(word)
        else:
            yield word


def _is_tiny(word: Word) -> bool:
    """Whether a word is too small both ways: fonts that draw their own letters may not say how high they are."""
    return word.size < NOTHING or (word.size < TINY and word.x1 - word.x0 < TINY * len(word.text))


def _is_beside(word: Word, facts: Page) -> bool:
    return word.x1 < 0 or word.bottom < 0 or word.x0 > facts.width or word.top > facts.height


class _Ground:
    """What pale words stand on: a coloured area, or else what is seen when the page is drawn."""

    def __init__(self, page: Any, facts: Page, place: Place) -> None:
        self._page, self._fills = page, facts.fills
        self._turned = place(0, 0) != placing(page)(0, 0)  # else the drawn page lies as its words do
        self._drawn: Any = None

    def shows(self, word: Word) -> bool:
        if self._turned or any(contains(fill, *word.middle) for fill in self._fills):
            return True
        if self._drawn is None:
            bitmap = self._page.render(grayscale=True)
            self._drawn = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()
        left, top, right, bottom = (max(0, round(side)) for side in (word.x0, word.top, word.x1, word.bottom))
        seen = self._drawn[top : bottom + 1, left : right + 1]
        return bool(seen.size) and int(seen.max()) - int(seen.min()) >= CONTRAST
