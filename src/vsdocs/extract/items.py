"""Items of lists put together: cards with a heading, and rows that a page break cut in two."""

from dataclasses import replace

from vsdocs.extract.grids import KEYS
from vsdocs.extract.people import MARKER
from vsdocs.extract.spots import Item, Words

_FEW = 6  # words: the area of a target has fewer


def entitle(name: str, item: Item) -> None:
    """The heading of a card is the item itself, or where that is asked for in the card, the area of a target."""
    title = item.pop("title", None)
    if title is None:
        return
    words = replace(title, text=MARKER.sub("", title.text))
    if KEYS[name] not in item:
        item[KEYS[name]] = words
    elif name == "targets" and len(words.text.split()) < _FEW:
        item.setdefault("area", words)


def runs_on(item: Item, row: Item, key: str) -> bool:
    """Whether a row at the top of a page is the rest of the row at the foot of the page before."""
    before, after = item.get(key), row[key]
    if not before or before.location.page == after.location.page:
        return False
    filled = [words for words in row.values() if words]
    return 0 < len(filled) < len(row) and all(words.text[:1].islower() for words in filled)


def merged(first: Words, second: Words) -> Words:
    return Words(f"{first.text}\n{second.text}", first.location, min(first.confidence, second.confidence))
