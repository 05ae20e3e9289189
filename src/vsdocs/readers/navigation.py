"""What a web page prints at the side of every sheet: the menu that it has on the screen."""

from collections import Counter
from collections.abc import Sequence
from itertools import compress

from vsdocs.readers.page import Page, Word

MANY = 3  # entries of a menu, at least
SHARE = 0.8  # of the pages have it

Spot = tuple[str, int, int]  # the word, and where it stands


def drop_navigation(pages: Sequence[Page]) -> None:
    """Leaves out words that stand in one place on nearly all pages, to the left of everything else, and their lines."""
    spots = [list(map(_spot, page.words)) for page in pages]
    counted = Counter(spot for on_page in spots for spot in set(on_page))
    most = max(2.0, SHARE * len(pages))
    if not any(times >= most for times in counted.values()):
        return
    for page, on_page in zip(pages, spots, strict=True):
        again = [counted[spot] >= most for spot in on_page]
        menu = list(compress(page.words, again))
        others = [word for word, often in zip(page.words, again, strict=True) if not often]
        end = min((word.x0 for word in others), default=0.0)
        menu = [word for word in menu if word.x1 < end]
        if len({round(word.top) for word in menu}) < MANY:
            continue
        gone = set(map(id, menu))
        page.words = [word for word in page.words if id(word) not in gone]
        page.rules = [rule for rule in page.rules if rule.x1 >= end]
        page.fills = [fill for fill in page.fills if fill.x1 >= end]
        page.frames = [frame for frame in page.frames if frame.x1 >= end]


def _spot(word: Word) -> Spot:
    return word.text, round(word.x0), round(word.top)
