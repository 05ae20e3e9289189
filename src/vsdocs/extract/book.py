"""Wordings turned round: from a label to what it means, by a known wording, a near one or its words."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple, Protocol

from rapidfuzz import fuzz, process

from vsdocs.extract.wording import LONGEST_TEXT, WORD, Match, bare_of, normal

LONGEST = 20  # words: anything longer is no label
NEAR = 88  # likeness (0-100, words in order of the alphabet) from which two wordings are taken for the same one
_SHORTEST = 6  # letters: below that a likeness says nothing
_KEPT = 4_000  # labels and answers of which a book keeps what it found; a form has a few hundred

_OWNER = re.compile(r"^(?:my|the|your|our|(?:the )?(?:child|pupil|student|learner|young person)'?s)\s+")
_TO_DATE = re.compile(r"[\s,:;-]+(?:20\d\d\s?[/-]\s?(?:20)?\d\d\s+)?(?:to date|so far|ytd)$")
_YEAR = re.compile(r"\b(this|last|previous|current) (?:school|academic) (year|term)\b")
_TRAILING_NUMBER = re.compile(r"\s+(?:no\.?\s*)?\d{1,2}$")


class Labelled(Protocol):
    """What a book is made of: known wordings and word queries."""

    words: list[str]

    def labels(self) -> Iterable[str]: ...


class Habits(NamedTuple):
    """Words by the part they play in labels; see `forms/common.yaml`."""

    telling: frozenset[str]
    filler: frozenset[str]
    vague: frozenset[str]


class Shelf:
    """What all the books of a vocabulary share: how labels are read, and the search for near wordings.

    A label is looked for in a dozen books, and is near a wording of hardly any: one search through them all tells.
    """

    def __init__(self, habits: Habits) -> None:
        self.habits = habits
        self._wordings: dict[frozenset[str], dict[int, set[str]]] = {}  # by their telling words, and their length
        self._alike: dict[tuple[frozenset[str], int], list[str]] = {}  # of those the ones long enough for some length
        self.said = lru_cache(maxsize=_KEPT)(self._said)
        self.near = lru_cache(maxsize=_KEPT)(self._near)

    def add(self, telling: frozenset[str], ordered: str) -> None:
        self._wordings.setdefault(telling, {}).setdefault(len(ordered), set()).add(ordered)

    def _near(self, ordered: str, telling: frozenset[str]) -> dict[str, float]:
        """The wordings that differ little from words in order, and in no telling one, with how like they are."""
        size = len(ordered)
        if (telling, size) not in self._alike:
            # two texts are no more alike than their lengths
            self._alike[telling, size] = [
                words
                for length, wordings in self._wordings.get(telling, {}).items()
                if 100 * abs(length - size) <= (100 - NEAR) * (length + size)
                for words in wordings
            ]
        alike = self._alike[telling, size]
        found = process.extract(ordered, alike, scorer=fuzz.ratio, score_cutoff=NEAR, limit=None) if alike else ()
        return {words: score for words, score, _ in found}

    def _said(self, text: str) -> "_Said | None":
        """A label as books look for it; None for what is no label: nothing, or too much."""
        full, bare = normal(text), bare_of(text)
        if not full or len(full.split()) > LONGEST:
            return None
        short = _OWNER.sub("", bare)
        forms = {full: 1.0}
        for form, score in (
            (bare, 0.98),
            (short, 0.96),
            (_TRAILING_NUMBER.sub("", short), 0.95),
            (_TO_DATE.sub("", short), 0.94),
            (_YEAR.sub(r"\1 \2", short), 0.94),
        ):
            forms.setdefault(form, score)
        tokens = WORD.findall(bare)
        words = _words(tokens)
        all_words = words if full == bare else _words(WORD.findall(full))
        telling = self.habits.telling.intersection(tokens)
        core = _core(words, self.habits)
        return _Said(bare, tuple(forms.items()), bare.replace(" ", ""), _ordered(bare), telling, core, words, all_words)


class _Query(NamedTuple):
    """Words that a label must have, and must not have; `*` stands for any ending."""

    name: str
    wanted: list[str]
    unwanted: list[str]


class Book:
    """What the wordings of some fields, sections, columns or roles mean."""

    def __init__(self, entries: Mapping[str, Labelled], shelf: Shelf) -> None:
        self._shelf = shelf
        self._exact: dict[str, str] = {}
        self._queries: list[_Query] = []
        for name, wordings in entries.items():
            for label in wordings.labels():
                self._exact.setdefault(normal(label), name)
                self._exact.setdefault(bare_of(label), name)
            for query in wordings.words:
                wanted = [word for word in query.split() if not word.startswith("-")]
                unwanted = [word[1:] for word in query.split() if word.startswith("-")]
                self._queries.append(_Query(name, wanted, unwanted))
        self._exact.pop("", None)
        self._first_words: dict[str, list[int]] = {}  # a query's first word -> where it stands in `_queries`
        self._stems: dict[str, list[tuple[str, int]]] = {}  # the same for 'attend*', by its first letter
        for at, (_, (first, *_), _) in enumerate(self._queries):
            if first.endswith("*"):
                self._stems.setdefault(first[:1], []).append((first[:-1], at))
            else:
                self._first_words.setdefault(first, []).append(at)
        self._cores: dict[str, str] = {}
        self._glued: dict[str, str] = {}
        self._ordered: dict[str, str] = {}
        for label, name in self._exact.items():
            tokens = WORD.findall(label)
            if core := _core(_words(tokens), shelf.habits):
                self._cores.setdefault(core, name)
            if len(label) >= _SHORTEST:
                self._glued[label.replace(" ", "")] = name
                ordered = _ordered(label)
                shelf.add(shelf.habits.telling.intersection(tokens), ordered)
                self._ordered[ordered] = name
        self._places = {ordered: at for at, ordered in enumerate(self._ordered)}
        self._begun = lru_cache(maxsize=_KEPT)(self._begun_by)
        self.look_up = lru_cache(maxsize=_KEPT)(self._look_up)

    def _look_up(self, text: str, fuzzy: bool = True, whole: bool = False) -> Match | None:
        """What a label means. `whole`: words in brackets count before the rest alone is looked at."""
        said = self._shelf.said(text) if len(text) <= LONGEST_TEXT else None
        if said is None:
            return None
        for form, score in said.forms:
            if form in self._exact:
                return Match(self._exact[form], score)
        if fuzzy and (name := self._glued.get(said.glued)):
            return Match(name, 0.95)
        if fuzzy and (name := self._cores.get(said.core)):
            return Match(name, 0.92)
        if fuzzy and len(said.bare) >= _SHORTEST and (near := self._near(said)):
            return near
        if said.words == said.all_words:
            return self._by_words(said.words)
        first, second = (said.all_words, said.words) if whole else (said.words, said.all_words)
        return self._by_words(first) or self._by_words(second)

    def _near(self, said: "_Said") -> Match | None:
        """What the nearest wording means that differs in no telling word; of two as near, the first in the book."""
        near = self._shelf.near(said.ordered, said.telling)
        ours = [(score, -self._places[words], words) for words, score in near.items() if words in self._places]
        if not ours:
            return None
        score, _, words = max(ours)
        return Match(self._ordered[words], 0.9 * score / 100)

    def _by_words(self, said: Collection[str]) -> Match | None:
        """What the first query asks for that a label's words fit."""
        begun = [at for word in said for at in self._begun(word)]
        for at in sorted(begun) if begun else ():
            name, wanted, unwanted = self._queries[at]
            if all(_holds(said, w) for w in wanted[1:]) and not any(_holds(said, w) for w in unwanted):
                return Match(name, 0.7)
        return None

    def _begun_by(self, word: str) -> tuple[int, ...]:
        """Which queries a word begins."""
        stems = [at for stem, at in self._stems.get(word[:1], ()) if word.startswith(stem)]
        return (*self._first_words.get(word, ()), *stems)


class _Said(NamedTuple):
    """A label in all the forms in which books look for it."""

    bare: str
    forms: tuple[tuple[str, float], ...]  # as known wordings are written, with how sure each is
    glued: str
    ordered: str
    telling: frozenset[str]  # of its words, without what is in brackets
    core: str
    words: list[str]  # without what is in brackets, and without '-s of belonging
    all_words: list[str]  # with what is in brackets


def _core(words: Iterable[str], habits: Habits) -> str:
    """The words of a label that matter, in order of the alphabet: 'Name of the pupil's school' is 'name school'."""
    telling = {word for word in words if word not in habits.filler}
    return "" if telling <= habits.vague else " ".join(sorted(telling))


def _holds(words: Collection[str], wanted: str) -> bool:
    if wanted.endswith("*"):
        return any(word.startswith(wanted[:-1]) for word in words)
    return wanted in words


def _words(tokens: Iterable[str]) -> list[str]:
    return [token.removesuffix("'s").strip("'") if "'" in token else token for token in tokens]


def _ordered(label: str) -> str:
    return " ".join(sorted(label.split()))
