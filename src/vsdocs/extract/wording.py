"""When are two wordings the same? Labels without case, numbering and filler, near misses, and word queries."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple, Protocol

from rapidfuzz import fuzz, process

SURE = 0.9  # from here on a match is a known wording, below it is near one
NEAR = 88  # likeness (0-100, words in order of the alphabet) from which two wordings are taken for the same one
LONGEST = 20  # words: anything longer is no label
LONGEST_TEXT = 160  # characters: the same
_TITLE = 6  # words: the title of an item has no more
_CACHE_SIZE = 20_000
_START = 2  # letters by which queries are sorted, to look only at those that may fit

_NUMBERING = re.compile(
    r"^(?:(?:section|part|question|step)(?:\s+(?:[a-z]|[ivx]{1,4}|\d{1,2}[a-z]?)|\s*\d{1,2})\s*(?:[.:)]|[-–—]\s|\s)|q?\d{1,2}[a-z]?(?:\.\d{1,2})*\s*[.:)]?\s+|[a-z][.)]\s+|[a-z]\s{2,}(?=\S)|\((?:[a-z]|\d{1,2}|[ivx]{1,4})\)\s*|q?\d{1,2}[.)])\s*[-–—:]?\s*",
    re.IGNORECASE,
)
_OWNER = re.compile(r"^(?:my|the|your|our|(?:the )?(?:child|pupil|student|learner|young person)'?s)\s+")
_SHORT_FORMS = [
    (re.compile(rf"\b{short}\b\.?"), full)
    for short, full in {
        "yrs?": "year", "hrs": "hours", "grp": "group", "gp": "group", "abs": "absence", "auth": "authorised",
        "unauth": "unauthorised", "tel": "telephone", "perm": "permanent", r"no(?:\.|(?= of))": "number",
    }.items()
]  # fmt: skip
_MAY_BE_SHORT = re.compile(r"(?:yrs?|hrs|grp|gp|abs|auth|tel|perm|no)\b")  # most labels hold no short form
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_DASH = re.compile(r"\s+[–—-]\s+")
_SLASH = re.compile(r"\s*/\s*")
_TRAILING_NUMBER = re.compile(r"\s+(?:no\.?\s*)?\d{1,2}$")
_ITEM_NUMBER = re.compile(
    r"\s+(?:no\.?\s*|number\s+)?(?:\d{1,2}|one|two|three|four|five|six|[a-e])(?:\s+of\s+\d{1,2})?$"
)
WORD = re.compile(r"[a-z0-9£%#][a-z0-9'+£%-]*")


class Labelled(Protocol):
    """What a book is made of: known wordings and word queries."""

    words: list[str]

    def labels(self) -> Iterable[str]: ...


class Habits(NamedTuple):
    """Words by the part they play in labels; see `forms/common.yaml`."""

    telling: frozenset[str]
    filler: frozenset[str]
    vague: frozenset[str]


class Match(NamedTuple):
    """What a label means: the id of a field, section, column or role, and how sure that is (1 = a known wording)."""

    id: str
    score: float


class Book:
    """Wordings turned round: from a label to what it means."""

    def __init__(self, entries: Mapping[str, Labelled], habits: Habits) -> None:
        self.habits = habits
        self.exact: dict[str, str] = {}
        self.queries: list[tuple[str, list[str], list[str]]] = []
        for name, wordings in entries.items():
            for label in wordings.labels():
                self.exact.setdefault(normal(label), name)
                self.exact.setdefault(bare_of(label), name)
            for query in wordings.words:
                wanted = [w for w in query.split() if not w.startswith("-")]
                self.queries.append((name, wanted, [w[1:] for w in query.split() if w.startswith("-")]))
        self.exact.pop("", None)
        self.starts: dict[str, list[int]] = {}  # first letters of a query's first word -> where it stands in `queries`
        for at, (_, wanted, _) in enumerate(self.queries):
            self.starts.setdefault(wanted[0][:_START].rstrip("*"), []).append(at)
        self.cores: dict[str, str] = {}
        for label, name in self.exact.items():
            self.cores.setdefault(self._core(label), name)
        self.cores.pop("", None)
        self.glued = {label.replace(" ", ""): name for label, name in self.exact.items() if len(label) > 5}
        self.sorted = {_sorted(label): label for label in self.exact if len(label) > 5}
        self.orders = list(self.sorted)
        self._known = lru_cache(maxsize=_CACHE_SIZE)(self._look_up)

    def look_up(self, text: str, fuzzy: bool = True, whole: bool = False) -> Match | None:
        """`whole`: words in brackets count before the rest alone is looked at."""
        return self._known(text, fuzzy, whole)

    def _look_up(self, text: str, fuzzy: bool, whole: bool) -> Match | None:
        if len(text) > LONGEST_TEXT:
            return None
        full, bare = normal(text), bare_of(text)
        if not full or len(full.split()) > LONGEST:
            return None
        short = _OWNER.sub("", bare)
        for form, score in ((full, 1.0), (bare, 0.98), (short, 0.96), (_TRAILING_NUMBER.sub("", short), 0.95)):
            if form in self.exact:
                return Match(self.exact[form], score)
        if fuzzy and (glued := bare.replace(" ", "")) in self.glued:
            return Match(self.glued[glued], 0.95)
        if fuzzy and (core := self._core(bare)) in self.cores:
            return Match(self.cores[core], 0.92)
        if fuzzy and len(bare) > 5:
            near = process.extract(_sorted(bare), self.orders, scorer=fuzz.ratio, score_cutoff=NEAR, limit=4)
            for words, score, _ in near:
                label = self.sorted[words]
                if not (set(WORD.findall(label)) ^ set(WORD.findall(bare))) & self.habits.telling:
                    return Match(self.exact[label], 0.9 * score / 100)
        for words in dict.fromkeys(" ".join(_words(form)) for form in ((full, bare) if whole else (bare, full))):
            said = words.split()
            starts = {word[:length] for word in said for length in range(1, _START + 1)}
            for at in sorted(at for start in starts for at in self.starts.get(start, ())):
                name, wanted, unwanted = self.queries[at]
                if all(_holds(said, w) for w in wanted) and not any(_holds(said, w) for w in unwanted):
                    return Match(name, 0.7)
        return None

    def _core(self, label: str) -> str:
        """The words of a label that matter, in order of the alphabet: 'Name of the pupil's school' is 'name school'."""
        words = sorted({word for word in _words(label) if word not in self.habits.filler})
        return " ".join(words) if any(word not in self.habits.vague for word in words) else ""


def _holds(words: Iterable[str], wanted: str) -> bool:
    if wanted.endswith("*"):
        return any(word.startswith(wanted[:-1]) for word in words)
    return wanted in words


def _words(text: str) -> list[str]:
    return [word.removesuffix("'s").strip("'") for word in WORD.findall(text)]


def plain(text: str) -> str:
    """A text in small letters, its signs as they are typed on a keyboard."""
    if text.isascii():
        return text.lower().replace("&", " and ")
    text = unicodedata.normalize("NFKC", text).casefold()
    return text.replace("’", "'").replace("‘", "'").replace("–", "-").replace("—", "-").replace("&", " and ")


@lru_cache(maxsize=_CACHE_SIZE)
def normal(label: str) -> str:
    """A label without case, numbering and final punctuation: '3. Date of Birth: *' is 'date of birth'."""
    text = plain(label).replace("☒", " ").replace("☐", " ").strip(" •*▾▸▼▶►▴▲⌄›»").lstrip("−+⊖⊕⊟⊞ ")
    if number := _NUMBERING.match(text):
        text = text[number.end() :]
    if _MAY_BE_SHORT.search(text):
        for short, full in _SHORT_FORMS:
            text = short.sub(full, text)
    if "/" in text:
        text = _SLASH.sub("/", text)
    return " ".join(text.split()).strip(" *:?.,;-_|!•\"'")


def _sorted(label: str) -> str:
    return " ".join(sorted(label.split()))


def bare_of(label: str) -> str:
    """As `normal`, and without what is in brackets: 'UPN (if known)' is 'upn'."""
    return (normal(_BRACKETS.sub("", label)) if "(" in label or "[" in label else "") or normal(label)


def titled(label: str) -> tuple[str, str]:
    """The number of an item and the title after it: 'Target Two – Reading' is 'Target Two' and 'Reading'."""
    dash = _DASH.search(label)
    title = label[dash.end() :] if dash else ""
    return (label[: dash.start()], title) if dash and 0 < len(title.split()) <= _TITLE else (label, "")


def without_number(label: str) -> str:
    """'target 2', 'target two', 'target 2 of 3', 'target b' is 'target'."""
    return _ITEM_NUMBER.sub("", label)
