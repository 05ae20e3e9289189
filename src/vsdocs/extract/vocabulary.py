"""The words of PEP forms: which label, heading or column means what. The words themselves are in `forms/*.yaml`."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pydantic import Field, PrivateAttr
from rapidfuzz import fuzz, process

from vsdocs import packs
from vsdocs.record import Frozen

FORMS = Path(__file__).parents[1] / "forms"
NEAR = 88  # token-sort ratio (0-100) from which two wordings are taken for the same one
LONGEST = 20  # words: anything longer is no label
_CACHE_SIZE = 20_000

#: two wordings that differ in one of these are never the same, however alike they look
_TELLING = frozenset(
    [
        "last",
        "previous",
        "next",
        "first",
        "initial",
        "current",
        "new",
        "authorised",
        "unauthorised",
        "target",
        "start",
        "started",
        "end",
        "not",
        "no",
        "email",
        "e-mail",
        "phone",
        "telephone",
        "name",
        "date",
        "by",
        "who",
        "when",
        "where",
        "what",
        "how",
        "number",
        "address",
        "total",
        "review",
        "school",
        "carer",
        "social",
        "teacher",
        "my",
    ]
)
_NUMBERING = re.compile(
    r"^(?:(?:section|part|question|step)\s*[a-z0-9]{1,3}\s*(?:[.:)]|[-–—]\s|\s)|q?\d{1,2}[a-z]?(?:\.\d{1,2})*\s*[.:)]?\s+|[a-z][.)]\s+|q?\d{1,2}[.)])\s*[-–—:]?\s*",
    re.IGNORECASE,
)
_OWNER = re.compile(r"^(?:my|the|your|our|(?:the )?(?:child|pupil|student|learner|young person)'?s)\s+")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_TRAILING_NUMBER = re.compile(r"\s+(?:no\.?\s*)?\d{1,2}$")
_WORD = re.compile(r"[a-z0-9£%#][a-z0-9'+£%-]*")


class Wordings(Frozen):
    seen_in: dict[str, list[str]] = Field(default_factory=dict)
    also: list[str] = Field(default_factory=list)
    words: list[str] = Field(default_factory=list)

    def labels(self) -> Iterator[str]:
        yield from self.seen_in
        yield from self.also


class FieldWordings(Wordings):
    within: dict[str, Wordings] = Field(default_factory=dict)


class ListWordings(Frozen):
    item: list[str] = Field(default_factory=list)  # what an item is called where each has a part of its own: 'Target 1'
    columns: dict[str, Wordings]


class Match(NamedTuple):
    """What a label means: the id of a field, section, column or role, and how sure that is (1 = a known wording)."""

    id: str
    score: float


class FormVocabulary(Frozen):
    """One form vocabulary; `common` knows every form."""

    title: list[str]
    sections: dict[str, Wordings]
    fields: dict[str, FieldWordings]
    others: Wordings
    lists: dict[str, ListWordings]
    roles: dict[str, Wordings]
    blanks: list[str]
    guidance: list[str]
    yes: list[str]
    no: list[str]
    values: dict[str, dict[str, list[str]]] = Field(default_factory=dict)

    _books: "dict[str, _Book]" = PrivateAttr(default_factory=dict)
    _within: "dict[str, _Book]" = PrivateAttr(default_factory=dict)
    _columns: "dict[str, _Book]" = PrivateAttr(default_factory=dict)
    _blanks: frozenset[str] = PrivateAttr(default=frozenset())

    def model_post_init(self, context: object) -> None:
        fields: dict[str, Wordings] = {"other": self.others, **self.fields}
        self._books.update(fields=_Book(fields), sections=_Book(self.sections), roles=_Book(self.roles))
        for section in {name for wordings in self.fields.values() for name in wordings.within}:
            inside = {f: w.within[section] for f, w in self.fields.items() if section in w.within}
            self._within[section] = _Book(inside)
        for name, wordings in self.lists.items():
            self._columns[name] = _Book(wordings.columns)
        self._blanks = frozenset(normal(word) for word in self.blanks)

    def digest(self) -> str:
        """A hash of every word in it: readings made with other words are other readings."""
        data = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(data.encode()).hexdigest()[:16]

    def field(self, label: str, section: str | None = None) -> Match | None:
        """The field a label stands for, under a heading of that section. Labels known to mean something else: `other`."""
        inside = self._within.get(section or "")
        return (inside.look_up(label, fuzzy=False) if inside else None) or self._books["fields"].look_up(label)

    def section(self, heading: str) -> Match | None:
        return self._books["sections"].look_up(heading, whole=True)

    def role(self, words: str) -> Match | None:
        """The contact role that a job title or label names; of 'Carer / keyworker' the first that is known."""
        for part in (words, *re.split(r"\s*/\s*|\s+or\s+", words)):
            found = self._books["roles"].look_up(part)
            if found:
                return found
        return None

    def role_in(self, words: str) -> Match | None:
        """As `role`, where a name or an organisation may stand beside it: 'Foster carer, Ash Fostering'."""
        parts = re.split(r"\s*[,;()]\s*|\s+[-–—]\s+|\s+and\s+", words)
        return next((found for part in (words, *parts) if (found := self.role(part))), None)

    def column(self, name: str, label: str) -> Match | None:
        """The column of a list (`targets`, `actions` ...) that a heading or label stands for."""
        return self._columns[name].look_up(label)

    def is_item(self, name: str, label: str) -> bool:
        """Whether a label opens an item of a list: 'Target 2'."""
        words = _TRAILING_NUMBER.sub("", normal(label))
        return words != normal(label) and words in {normal(word) for word in self.lists[name].item}

    def is_blank(self, text: str) -> bool:
        """Nothing, or what people write for nothing: 'N/A', 'TBC', '-', 'Click here to enter text.'"""
        if not re.search(r"[^\W_]", text):
            return "☒" not in text
        return text.strip().casefold().rstrip(".") in self._blanks or normal(text) in self._blanks

    def is_guidance(self, text: str) -> bool:
        """Whether text set in small, grey or italic print reads like the form's own advice."""
        start = text.strip().casefold()
        return any(
            start.startswith(word) and not start[len(word) : len(word) + 1].isalpha() for word in self.guidance
        ) or start.endswith("?")

    def choice(self, name: str, text: str) -> str | None:
        """Which of a field's values a text names, by its first words that say so; None where it names none."""
        said = f" {' '.join(_WORD.findall(_plain(text)))} "
        for value, wordings in self.values[name].items():
            if any(f" {' '.join(_WORD.findall(_plain(w)))} " == said for w in wordings):
                return value
        best: tuple[int, int, str] | None = None
        for value, wordings in self.values[name].items():
            for wording in wordings:
                words = " ".join(_WORD.findall(_plain(wording)))
                at = said.find(f" {words} ")
                if len(words) > 1 and at >= 0 and (best is None or (at, -len(words)) < best[:2]):
                    best = (at, -len(words), value)
        return best[2] if best else None


class _Book:
    """Wordings turned round: from a label to what it means."""

    def __init__(self, entries: dict[str, Wordings]) -> None:
        self.exact: dict[str, str] = {}
        self.queries: list[tuple[str, list[str], list[str]]] = []
        self.cache: dict[tuple[str, bool, bool], Match | None] = {}
        for name, wordings in entries.items():
            for label in wordings.labels():
                self.exact.setdefault(normal(label), name)
                self.exact.setdefault(_bare(label), name)
            for query in wordings.words:
                wanted = [w for w in query.split() if not w.startswith("-")]
                self.queries.append((name, wanted, [w[1:] for w in query.split() if w.startswith("-")]))
        self.exact.pop("", None)
        self.glued = {label.replace(" ", ""): name for label, name in self.exact.items() if len(label) > 5}
        self.labels = [label for label in self.exact if len(label) > 5]

    def look_up(self, text: str, fuzzy: bool = True, whole: bool = False) -> Match | None:
        """`whole`: words in brackets count before the rest alone is looked at."""
        key = (text, fuzzy, whole)
        if key not in self.cache:
            if len(self.cache) > _CACHE_SIZE:
                self.cache.clear()
            self.cache[key] = self._look_up(text, fuzzy, whole)
        return self.cache[key]

    def _look_up(self, text: str, fuzzy: bool, whole: bool) -> Match | None:
        if len(text) > 160:
            return None
        full, bare = normal(text), _bare(text)
        if not full or len(full.split()) > LONGEST:
            return None
        short = _OWNER.sub("", bare)
        for form, score in ((full, 1.0), (bare, 0.98), (short, 0.96), (_TRAILING_NUMBER.sub("", short), 0.95)):
            if form in self.exact:
                return Match(self.exact[form], score)
        if fuzzy and (glued := bare.replace(" ", "")) in self.glued:
            return Match(self.glued[glued], 0.95)
        if fuzzy and len(bare) > 5:
            near = process.extract(bare, self.labels, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR, limit=4)
            for label, score, _ in near:
                if not (set(_WORD.findall(label)) ^ set(_WORD.findall(bare))) & _TELLING:
                    return Match(self.exact[label], 0.9 * score / 100)
        for words in dict.fromkeys(" ".join(_words(form)) for form in ((full, bare) if whole else (bare, full))):
            said = words.split()
            for name, wanted, unwanted in self.queries:
                if all(_holds(said, w) for w in wanted) and not any(_holds(said, w) for w in unwanted):
                    return Match(name, 0.7)
        return None


def _holds(words: Iterable[str], wanted: str) -> bool:
    if wanted.endswith("*"):
        return any(word.startswith(wanted[:-1]) for word in words)
    return wanted in words


def _words(text: str) -> list[str]:
    return [word.removesuffix("'s").strip("'") for word in _WORD.findall(text)]


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return text.replace("’", "'").replace("‘", "'").replace("–", "-").replace("—", "-").replace("&", " and ")


@lru_cache(maxsize=_CACHE_SIZE)
def normal(label: str) -> str:
    """A label without case, numbering and final punctuation: '3. Date of Birth: *' is 'date of birth'."""
    text = re.sub(r"[☒☐]", " ", _plain(label)).strip(" •*")
    text = _NUMBERING.sub("", text, count=1)
    text = re.sub(r"\s*/\s*", "/", text)
    return " ".join(text.split()).strip(" *:?.,;-_|!•\"'")


def _bare(label: str) -> str:
    """As `normal`, and without what is in brackets: 'UPN (if known)' is 'upn'."""
    return normal(_BRACKETS.sub("", label)) or normal(label)


@lru_cache(maxsize=8)
def load_vocabulary(form: str = "common") -> FormVocabulary:
    """The vocabulary of a form. Raises PackError where its file has a slip."""
    return packs.load(FORMS, form).parse(FormVocabulary)
