"""Reading a text: its lemmas, and the phrases of a word list found in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from unicodedata import category

from vsdocs import packs
from vsdocs.language.tokens import Phrases, tokens

HERE = Path(__file__).parent
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a word list, as the text has it, and where: character offsets into the plain text."""

    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its lemmas and the phrases found in it, by category of the word list."""

    text: str
    lemmas: tuple[str, ...]
    hits: Mapping[str, tuple[Hit, ...]]

    def has(self, *categories: str) -> bool:
        return any(self.hits.get(category) for category in categories)

    def count(self, *categories: str) -> int:
        return sum(len(self.hits.get(category, ())) for category in categories)

    def first(self, *categories: str) -> str:
        """The words of the earliest hit, or ''."""
        hits = [hit for category in categories for hit in self.hits.get(category, ())]
        return min(hits, key=lambda hit: hit.start).words if hits else ""


def plain(text: str | None) -> str:
    """The text with straight quotes and dashes and single spaces, as every pattern expects it; '' for none."""
    return " ".join((text or "").translate(_QUOTES).split())


def shortened(text: str | None, length: int = 110) -> str:
    """The text on one line, without its full stop, cut at a word with '…' where it is longer than `length` characters."""
    shown = plain(text).rstrip(".")
    return shown if len(shown) <= length else shown[:length].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def quoted(texts: Iterable[str | None], length: int = 50) -> str:
    """The first two of several texts, as a sentence quotes them: '‘a’ and ‘b’'."""
    return " and ".join([f"‘{shortened(text, length)}’" for text in texts if text][:2])


def in_number(count: int, noun: str) -> str:
    """'one target', 'three targets', '12 targets'."""
    names = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return f"{names[count] if count < len(names) else count} {noun}{'' if count == 1 else 's'}"


@cache
def words(name: str) -> dict[str, Any]:
    """The word lists of `name`.yaml in this folder, by category."""
    return packs.load(HERE, name).data


@lru_cache(maxsize=4096)
def read(text: str, name: str) -> Reading:
    """Read a plain text with the word lists of `name`.yaml.

    A phrase is found in any inflection of its words; those of a category `..._as_written` only as they stand.
    """
    parts = tokens(text)
    lemmas = [lemma(word) for word, _ in parts]
    found: dict[str, list[Hit]] = {}
    inflected, as_written = _phrases(name)
    for phrases, forms in ((inflected, lemmas), (as_written, [word.lower() for word, _ in parts])):
        for first, end, heading in phrases.found(forms):
            last, at = parts[end - 1]
            start, stop = parts[first][1], at + len(last)
            found.setdefault(heading, []).append(Hit(text[start:stop], start, stop))
    spoken = tuple(form for form, (word, _) in zip(lemmas, parts, strict=True) if not _is_mark(word))
    return Reading(text, spoken, {heading: tuple(hits) for heading, hits in found.items()})


@lru_cache(maxsize=4096)
def _is_mark(word: str) -> bool:
    """Whether a token is no word: punctuation or white space."""
    return word.isspace() or all(category(char).startswith("P") for char in word)


@lru_cache(maxsize=16384)
def lemma(word: str) -> str:
    """The dictionary form of a word, in lower case; words of one or two letters ('TA', 'to') stay as they are."""
    import simplemma

    low = word.lower()
    return low if len(low) < 3 else str(simplemma.lemmatize(low, lang="en")).lower()


@cache
def _phrases(name: str) -> tuple[Phrases, Phrases]:
    """The phrases of a word list: those found in any inflection, and those found as they are written."""
    inflected: dict[tuple[str, tuple[str, ...]], None] = {}
    as_written: dict[tuple[str, tuple[str, ...]], None] = {}
    for heading, phrases in words(name).items():
        for phrase in phrases:
            parts = [word for word, _ in tokens(plain(str(phrase)))]
            if heading.endswith("_as_written"):
                as_written[heading, tuple(word.lower() for word in parts)] = None
            else:
                inflected[heading, tuple(lemma(word) for word in parts)] = None
    return Phrases(inflected), Phrases(as_written)
