"""The words of PEP forms: which label, heading or column means what. The words themselves are in `forms/*.yaml`."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import Field

from vsdocs import packs
from vsdocs.extract.book import Book, Habits, Shelf
from vsdocs.extract.choices import Choices
from vsdocs.extract.wording import LONGEST_TEXT, SURE, Match, counted, normal
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
_EITHER = re.compile(r"\s*/\s*|\s+or\s+")
_BESIDE = re.compile(r"\s*[,;()]\s*|\s+[-–—]\s+|\s+and\s+")
_PROGRESS = re.compile(r"\d+ (?:of|/) \d+|\d+/\d+|\d+ ?% complete")
_SAYS_SOMETHING = re.compile(r"[^\W_]")
_LONGEST_BLANK = 60  # characters
_BRACKETED = 0.85  # how sure a meaning is that only the words in brackets tell
_INITIALS = 10  # characters: a title no longer may be one of a section too
_KEPT = 4_000  # labels of which the columns are kept; a form has a few hundred
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

    # What is looked up in them, made where it is first needed. `cached_property` and no private attribute of pydantic's,
    # each look at which costs more than a look into the book itself.
    @cached_property
    def _library(self) -> dict[str, dict[str, Book]]:
        """All the books, made together: a near wording is looked for in all of them at once."""
        shelf = Shelf(Habits(frozenset(self.telling), frozenset(self.filler), frozenset(self.vague)))
        fields: dict[str, Wordings] = {"other": self.others, **self.fields}
        inside: dict[str, dict[str, Wordings]] = {}
        for name, wordings in self.fields.items():
            for section, here in wordings.within.items():
                inside.setdefault(section, {})[name] = here
        columns = {name: listed.columns for name, listed in self.lists.items()}
        kinds: dict[str, dict[str, dict[str, Wordings]]] = {
            "books": {"fields": fields, "sections": self.sections, "roles": self.roles},
            "within": inside,
            "columns": columns,
        }
        return {kind: {name: Book(entries, shelf) for name, entries in books.items()} for kind, books in kinds.items()}

    @cached_property
    def _books(self) -> dict[str, Book]:
        return self._library["books"]

    @cached_property
    def _within(self) -> dict[str, Book]:
        return self._library["within"]

    @cached_property
    def _columns(self) -> dict[str, Book]:
        return self._library["columns"]

    @cached_property
    def _items(self) -> dict[str, frozenset[str]]:
        """What an item is called -> the lists that call theirs so."""
        names: dict[str, set[str]] = {}
        for name, listed in self.lists.items():
            for word in listed.item:
                names.setdefault(normal(word), set()).add(name)
        return {word: frozenset(lists) for word, lists in names.items() if word}

    @cached_property
    def _choices(self) -> dict[str, Choices]:
        return {name: Choices(values) for name, values in self.values.items()}

    @cached_property
    def _nothing(self) -> frozenset[str]:
        return frozenset(normal(word) for word in self.blanks)

    @cached_property
    def _advice(self) -> tuple[str, ...]:
        return tuple(self.guidance)

    @cached_property
    def long_titles(self) -> tuple[str, ...]:
        """What PEPs call themselves in as many words that nothing else does, in small letters."""
        return tuple(title.casefold() for title in self.title if len(title) > _INITIALS)

    @cached_property
    def _called(self) -> re.Pattern[str] | None:
        """The child's forename, in a copy made by `calling`."""
        return None

    # Each is made once: what was found with it is kept under itself, and not under its thousands of words.
    __hash__ = object.__hash__

    def digest(self) -> str:
        """A hash of every word in it: readings made with other words are other readings."""
        data = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(data.encode()).hexdigest()[:16]

    def calling(self, forename: str) -> "FormVocabulary":
        """The same words, where the child's forename in a label stands for the child: 'What Leo does well'."""
        return self.model_copy(update={"_called": re.compile(rf"\b{re.escape(forename)}\b", re.IGNORECASE)})

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
        roles = self._books["roles"]
        found = roles.look_up(words)
        parts = iter(()) if found else iter(_EITHER.split(words[:LONGEST_TEXT]))
        return found or next((role for part in parts if (role := roles.look_up(part))), None)

    def role_in(self, words: str) -> Match | None:
        """As `role`, where a name or an organisation may stand beside it: 'Foster carer, Ash Fostering'."""
        found = self.role(words)
        parts = [] if found else _BESIDE.split(words[:LONGEST_TEXT])
        return found or next((role for part in parts if (role := self.role(part))), None)

    def column(self, name: str, label: str) -> Match | None:
        """The column of a list (`targets`, `actions` ...) that a heading or label stands for."""
        return self._columns[name].look_up(self._impersonal(label) if self._called else label)

    def columns(self, label: str) -> Mapping[str, Match]:
        """The columns that a heading or label stands for, by list."""
        return self._heads(self._impersonal(label))

    @cached_property
    def _heads(self) -> Callable[[str], Mapping[str, Match]]:
        books = self._columns.items()

        @lru_cache(maxsize=_KEPT)
        def heads(label: str) -> Mapping[str, Match]:
            return {name: column for name, book in books if (column := book.look_up(label))}

        return heads

    def is_item(self, name: str, label: str) -> bool:
        """Whether a label opens an item of a list: 'Target 2'."""
        return name in self.items_opened(label)

    def items_opened(self, label: str) -> frozenset[str]:
        """The lists of which a label opens an item."""
        words = counted(label) if len(label) <= LONGEST_TEXT else ""
        return self._items.get(words, frozenset())

    def is_blank(self, text: str) -> bool:
        """Nothing, or what people write for nothing: 'N/A', 'TBC', '-', 'Click here to enter text.'"""
        if not _SAYS_SOMETHING.search(text):
            return "☒" not in text
        if len(text) >= _LONGEST_BLANK:
            return False
        said = text.strip().casefold().rstrip(".")
        return said in self._nothing or normal(text) in self._nothing or bool(_NOTHING.fullmatch(said))

    def is_tag(self, text: str) -> bool:
        """Whether a text beside a heading says only how far its section is: 'Complete', 'Locked', '3 of 6'."""
        said = normal(text)
        return said in self.tags or bool(_PROGRESS.fullmatch(said))

    def is_guidance(self, text: str) -> bool:
        """Whether text set in small, grey or italic print reads like the form's own advice."""
        start = text.strip().casefold()
        if start.endswith("?"):
            return True
        return start.startswith(self._advice) and any(
            start.startswith(word) and not start[len(word) : len(word) + 1].isalpha() for word in self._advice
        )

    def choice(self, name: str, text: str) -> str | None:
        """Which of a field's values a text names, by its first words that say so; None where it names none."""
        return self._choices[name].first(text)

    def choices(self, name: str, text: str) -> set[str]:
        """All of a field's values that a text names."""
        return self._choices[name].all(text)


@lru_cache(maxsize=8)
def load_vocabulary(form: str = COMMON) -> FormVocabulary:
    """The vocabulary of a form, by its id or by the path of its file. Raises PackError where that has a slip."""
    return packs.load(FORMS, form).parse(FormVocabulary)
