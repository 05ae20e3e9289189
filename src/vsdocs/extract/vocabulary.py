"""The words of PEP forms: which label, heading or column means what. The words themselves are in `forms/*.yaml`."""

import hashlib
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from pydantic import Field, PrivateAttr

from vsdocs import packs
from vsdocs.extract.wording import LONGEST_TEXT, SURE, WORD, Book, Habits, Match, normal, plain, titled, without_number
from vsdocs.record import Frozen

#: nothing, in more words: 'N/A - first PEP', 'No previous targets recorded'
_NOTHING = re.compile(
    r"(?:n/?a|not applicable|none)\W+(?:as |this is )?(?:the |her |his |their )?(?:first|initial)\b.*"
    r"|no (?:previous |past |other )*(?:targets?|spend(?:ing)?|actions?|entries|funding|money)"
    r"(?: (?:recorded|set|listed|noted|entered|agreed|made|given|added|needed|required|available|used|spent|requested|allocated"
    r"|received|claimed|were|was|are|is|have|has|been|being|yet|so|far|at|in|on|for|from|to|of|as|this|the|last|previous|present"
    r"|current|time|stage|term|year|half|pep|plan|form|file|meeting|place|review|report|date|first|outstanding|applicable))*"
)
FORMS = Path(__file__).parents[1] / "forms"
_IN_BRACKETS = re.compile(r"\(([^()]{2,30})\)")
_BRACKETED = 0.85  # how sure a meaning is that only the words in brackets tell
COMMON = "common"  # the vocabulary of every form


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


class FormVocabulary(Frozen):
    """One form vocabulary; `common` knows every form."""

    title: list[str]
    telling: list[str]
    filler: list[str]
    vague: list[str]
    sections: dict[str, Wordings]
    fields: dict[str, FieldWordings]
    others: Wordings
    lists: dict[str, ListWordings]
    roles: dict[str, Wordings]
    blanks: list[str]
    tags: list[str] = Field(default_factory=list)
    guidance: list[str]
    subjects: list[str] = Field(default_factory=list)  # what is taught, in small letters
    yes: list[str]
    no: list[str]
    values: dict[str, dict[str, list[str]]] = Field(default_factory=dict)

    _books: dict[str, Book] = PrivateAttr(default_factory=dict)
    _within: dict[str, Book] = PrivateAttr(default_factory=dict)
    _columns: dict[str, Book] = PrivateAttr(default_factory=dict)
    _called: re.Pattern[str] | None = PrivateAttr(default=None)
    _blanks: frozenset[str] = PrivateAttr(default=frozenset())

    def model_post_init(self, context: object) -> None:
        fields: dict[str, Wordings] = {"other": self.others, **self.fields}
        habits = Habits(frozenset(self.telling), frozenset(self.filler), frozenset(self.vague))
        for name, entries in (("fields", fields), ("sections", self.sections), ("roles", self.roles)):
            self._books[name] = Book(entries, habits)
        for section in {name for wordings in self.fields.values() for name in wordings.within}:
            inside = {f: w.within[section] for f, w in self.fields.items() if section in w.within}
            self._within[section] = Book(inside, habits)
        for name, wordings in self.lists.items():
            self._columns[name] = Book(wordings.columns, habits)
        self._blanks = frozenset(normal(word) for word in self.blanks)

    def digest(self) -> str:
        """A hash of every word in it: readings made with other words are other readings."""
        data = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(data.encode()).hexdigest()[:16]

    def calling(self, forename: str) -> "FormVocabulary":
        """The same words, where the child's forename in a label stands for the child: 'What Leo does well'."""
        named = self.model_copy()
        named._called = re.compile(rf"\b{re.escape(forename)}\b", re.IGNORECASE)
        return named

    def _impersonal(self, label: str) -> str:
        return self._called.sub("the child", label) if self._called else label

    def field(self, label: str, section: str | None = None) -> Match | None:
        """The field a label stands for, under a heading of that section. Labels known to mean something else: `other`."""
        label, inside = self._impersonal(label), self._within.get(section or "")
        found = self.field_within(label, section or "")
        if found is None or found.score < SURE:
            anywhere = self._books["fields"].look_up(label)
            found = anywhere if anywhere and (found is None or anywhere.score > found.score) else found
        if found is None and (bracketed := _IN_BRACKETS.search(label[:LONGEST_TEXT])):
            short = bracketed[1].isupper()  # 'Unique number (UPN)'; 'Getting on with others (peer)'
            found = (inside and inside.look_up(bracketed[1], fuzzy=False)) or (
                self._books["fields"].look_up(bracketed[1], fuzzy=False) if short else None
            )
            return Match(found.id, _BRACKETED) if found and found.score >= SURE else None
        return found

    def field_within(self, label: str, section: str, fuzzy: bool = False) -> Match | None:
        """The field that a label stands for only under a heading of that section."""
        inside = self._within.get(section)
        return inside.look_up(label, fuzzy=fuzzy) if inside else None

    def section(self, heading: str) -> Match | None:
        return self._books["sections"].look_up(self._impersonal(heading), whole=True)

    def role(self, words: str) -> Match | None:
        """The contact role that a job title or label names; of 'Carer / keyworker' the first that is known."""
        for part in (words, *re.split(r"\s*/\s*|\s+or\s+", words[:LONGEST_TEXT])):
            found = self._books["roles"].look_up(part)
            if found:
                return found
        return None

    def role_in(self, words: str) -> Match | None:
        """As `role`, where a name or an organisation may stand beside it: 'Foster carer, Ash Fostering'."""
        parts = re.split(r"\s*[,;()]\s*|\s+[-–—]\s+|\s+and\s+", words[:LONGEST_TEXT])
        return next((found for part in (words, *parts) if (found := self.role(part))), None)

    def column(self, name: str, label: str) -> Match | None:
        """The column of a list (`targets`, `actions` ...) that a heading or label stands for."""
        return self._columns[name].look_up(self._impersonal(label))

    def is_item(self, name: str, label: str) -> bool:
        """Whether a label opens an item of a list: 'Target 2'."""
        if len(label) > LONGEST_TEXT:
            return False
        label = titled(label)[0]
        words = without_number(normal(label))
        return words != normal(label) and words in {normal(word) for word in self.lists[name].item}

    def is_blank(self, text: str) -> bool:
        """Nothing, or what people write for nothing: 'N/A', 'TBC', '-', 'Click here to enter text.'"""
        if not re.search(r"[^\W_]", text):
            return "☒" not in text
        said = text.strip().casefold().rstrip(".")
        return len(text) < 60 and (
            said in self._blanks or normal(text) in self._blanks or bool(_NOTHING.fullmatch(said))
        )

    def is_tag(self, text: str) -> bool:
        """Whether a text beside a heading says only how far its section is: 'Complete', 'Locked', '3 of 6'."""
        said = normal(text)
        return said in self.tags or bool(re.fullmatch(r"\d+ (?:of|/) \d+|\d+/\d+|\d+ ?% complete", said))

    def is_guidance(self, text: str) -> bool:
        """Whether text set in small, grey or italic print reads like the form's own advice."""
        start = text.strip().casefold()
        return any(
            start.startswith(word) and not start[len(word) : len(word) + 1].isalpha() for word in self.guidance
        ) or start.endswith("?")

    def choice(self, name: str, text: str) -> str | None:
        """Which of a field's values a text names, by its first words that say so; None where it names none."""
        said = f" {' '.join(WORD.findall(plain(text)))} "
        for value, wordings in self.values[name].items():
            if any(f" {' '.join(WORD.findall(plain(w)))} " == said for w in wordings):
                return value
        best: tuple[int, int, str] | None = None
        for value, wordings in self.values[name].items():
            for wording in wordings:
                words = " ".join(WORD.findall(plain(wording)))
                at = said.find(f" {words} ")
                if len(words) > 1 and at >= 0 and (best is None or (at, -len(words)) < best[:2]):
                    best = (at, -len(words), value)
        return best[2] if best else None

    def choices(self, name: str, text: str) -> set[str]:
        """All of a field's values that a text names."""
        said = f" {' '.join(WORD.findall(plain(text)))} "
        words = {value: [" ".join(WORD.findall(plain(w))) for w in told] for value, told in self.values[name].items()}
        return {value for value, told in words.items() if any(len(w) > 1 and f" {w} " in said for w in told)}


@lru_cache(maxsize=8)
def load_vocabulary(form: str = COMMON) -> FormVocabulary:
    """The vocabulary of a form, by its id or by the path of its file. Raises PackError where that has a slip."""
    return packs.load(FORMS, form).parse(FormVocabulary)
