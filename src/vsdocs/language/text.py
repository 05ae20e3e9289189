"""The one pipeline: tokens, lemmas, and the phrases of a word list found in a text. Loaded when first used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from vsdocs import packs

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
    doc = _pipeline()(text)
    found: dict[str, list[Hit]] = {}
    for matcher in _matchers(name):
        for label, start, end in matcher(doc):
            span = doc[start:end]
            found.setdefault(doc.vocab.strings[label], []).append(Hit(span.text, span.start_char, span.end_char))
    lemmas = tuple(token.lemma_ for token in doc if not (token.is_punct or token.is_space))
    return Reading(text, lemmas, {label: tuple(hits) for label, hits in found.items()})


@lru_cache(maxsize=16384)
def lemma(word: str) -> str:
    """The dictionary form of a word, in lower case; words of one or two letters ('TA', 'to') stay as they are."""
    import simplemma

    low = word.lower()
    return low if len(low) < 3 else str(simplemma.lemmatize(low, lang="en")).lower()


@cache
def _pipeline() -> Any:
    import spacy
    from spacy.language import Language

    @Language.component("vsdocs_lemmas")
    def add_lemmas(doc: Any) -> Any:
        for token in doc:
            token.lemma_ = lemma(token.text)
        return doc

    nlp = spacy.blank("en")
    nlp.add_pipe("vsdocs_lemmas")
    return nlp


@cache
def _matchers(name: str) -> tuple[Any, Any]:
    from spacy.matcher import PhraseMatcher

    nlp = _pipeline()
    inflected, as_written = PhraseMatcher(nlp.vocab, attr="LEMMA"), PhraseMatcher(nlp.vocab, attr="LOWER")
    for category, phrases in words(name).items():
        matcher = as_written if category.endswith("_as_written") else inflected
        matcher.add(category, [nlp(plain(str(phrase))) for phrase in phrases])
    return inflected, as_written
