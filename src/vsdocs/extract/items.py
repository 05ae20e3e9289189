"""Items of lists put together: cards with a heading, and rows that a page break cut in two."""

import re
from dataclasses import replace

from vsdocs.extract.kinds import KEYS
from vsdocs.extract.labels import SURE
from vsdocs.extract.people import MARKER
from vsdocs.extract.spots import Item, Words
from vsdocs.extract.values import read_date
from vsdocs.extract.vocabulary import FormVocabulary

LEAD = "lead"  # what stands first in a card, without a label
_VERDICT = 3  # words of an outcome beside the heading of a card, at most
_HEAD = 100  # characters: the date at the head of a card has fewer
_FEW = 6  # words: the area of a target has fewer


def entitle(name: str, item: Item) -> None:
    """The heading of a card is the item itself, or where that is asked for in the card, the area of a target.

    Where nothing in a card asks for the item, the text that follows its heading is it.
    """
    title, lead = item.pop("title", None), item.pop(LEAD, None)
    if lead is not None:
        item.setdefault(KEYS[name], lead)
    if title is None:
        return
    words = replace(title, text=MARKER.sub("", title.text))
    if KEYS[name] not in item:
        item[KEYS[name]] = words
    elif name == "targets" and len(words.text.split()) < _FEW:
        item.setdefault("area", words)


def heads_of_card(name: str, value: Words, vocabulary: FormVocabulary) -> Item:
    """What stands beside 'Target 2' at the head of its card: its text, or its area and 'Review by 12 June'."""
    item: Item = {}
    for piece in re.split(r"[\t\n]|\s{3,}", value.text):
        words = replace(value, text=piece.strip())
        dated = re.match(r"(\D+?)[\s:–-]*(?=\d|$)", words.text) if len(words.text) < _HEAD else None
        column = vocabulary.column(name, dated[1]) if dated else None
        went = name == "previous_targets" and 0 < len(words.text.split()) <= _VERDICT
        if went and "outcome" not in item and vocabulary.choice("previous_targets.outcome", words.text):
            item["outcome"] = words
        elif _is_undated(name, words.text, vocabulary):
            item["due"] = replace(words, text="")
        elif column and column.score >= SURE and column.id == "due" and read_date(words.text):
            item["due"] = words
        elif words.text:
            item["title"] = merged(item["title"], words) if "title" in item else words
    return item


def _is_undated(name: str, text: str, vocabulary: FormVocabulary) -> bool:
    """'Review by Not set'"""
    words = text.split()
    parted = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, min(len(words), _FEW)))
    found = (vocabulary.column(name, label) for label, rest in parted if vocabulary.is_blank(rest))
    return any(column is not None and column.id == "due" and column.score >= SURE for column in found)


def runs_on(item: Item, row: Item, key: str) -> bool:
    """Whether a row at the top of a page is the rest of the row at the foot of the page before."""
    before, after = item.get(key), row[key]
    if not before or before.location.page == after.location.page:
        return False
    filled = [words for words in row.values() if words]
    return 0 < len(filled) < len(row) and all(words.text[:1].islower() for words in filled)


def merged(first: Words, second: Words) -> Words:
    return Words(f"{first.text}\n{second.text}", first.location, min(first.confidence, second.confidence))
