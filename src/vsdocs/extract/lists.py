"""The lists of a form as they fill: targets, actions, PP+ lines ..., from rows of a table or one label after another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from vsdocs.extract.found import BY_ANSWER, Gathered
from vsdocs.extract.grids import choose_list
from vsdocs.extract.items import LEAD, heads_of_card, merged, runs_on
from vsdocs.extract.kinds import BLOCKS, KEYS
from vsdocs.extract.labels import SURE
from vsdocs.extract.legend import Legend, read_legend
from vsdocs.extract.people import MARKER, STAYED_AWAY, came, is_tick, says_who_came
from vsdocs.extract.spots import Item, Title, Words
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.extract.wording import Match, normal, titled
from vsdocs.extract.written import Parts, is_task, lost_labels, parts_of, tabbed_labels

_TOTAL = re.compile(
    r"(?:grand |sub-?)?totals?(?: (?:spen[dt]|costs?|amount|drawn down|used|to date|so far|pp\+?|allocated|claimed|requested|paid|this (?:term|year)))*\W*",
    re.IGNORECASE,
)  # the sum under a table is no item of it

_CODED = frozenset({"outcome", "present", "absent", "on_track"})  # columns that may hold a letter for a meaning

_MARKS = frozenset({"present", "absent", "virtual"})  # columns that say who came

_IN_HEAD = frozenset({"title", "outcome", "due"})  # what stands in the heading of a card
_FEW_WORDS = 3  # of a target, at least

_AS_ACTION = {"text": "action", "responsible": "owner", "due": "due"}

_REMARK = 6  # words of a level, at most
_NUMBERED = re.compile(
    r"((?:target|goal|aim|outcome|objective|priority|next step)\s+\d{1,2})\s+([A-Z][^\d:?]{2,60})", re.IGNORECASE
)
_BADGE = 3  # words of an outcome at the head of a card, at most
_TITLE = 5  # words: the title of an item has no more
_OUTCOME_WORDS = 12  # of a sentence that is an outcome, at most
_CODE = re.compile(r"(?:t|g|o|sg|st|a|p)\s?\d{1,2}")  # 'T1', 'G2'

Row = Sequence[Words | None]


@dataclass
class Lists:
    """What the lists hold, and the item that is being filled."""

    vocabulary: FormVocabulary
    found: Gathered
    open: tuple[str, Item] | None = None  # the item that labels are filling
    title: Words | None = None  # the heading of a card, until an item is opened under it
    legend: Legend = field(default_factory=dict)  # codes that the form has explained since its last heading
    key_label: tuple[str, str] | None = None  # list and label: an unknown label that opens each of its items

    def close(self, title: Words | None = None) -> None:
        self.open, self.title = None, title

    def begin(self, name: str) -> Item:
        """A new item."""
        item: Item = {}
        if self.title is not None:
            item["title"], self.title = self.title, None
        self.found.items.setdefault(name, []).append(item)
        self.open = (name, item)
        return item

    def begins(self, text: str, value: Words, section: str | None) -> str | None:
        """The list of which 'Target 2' is a new item, with or without its text."""
        headed = _NUMBERED.fullmatch(text) if section in BLOCKS else None
        column = self.vocabulary.column(section, headed[2]) if headed and section else None
        if headed and (column is None or column.score < SURE):
            text = f"{headed[1]} – {headed[2]}"  # 'Target 1' and its area in a badge
        opened = self.vocabulary.items_opened(text)
        for name in ([section] if section in KEYS else []) + list(BLOCKS):
            coded = name == section and name in BLOCKS and bool(_CODE.fullmatch(normal(text)))
            if coded or name in opened:
                item = self.begin(name)
                title = replace(value, text=titled(text)[1])
                told = tabbed_labels(name, value.text, self.vocabulary) or lost_labels(
                    name, value.text, self.vocabulary
                )
                if told:
                    item.update({column: replace(value, text=said) for column, said in told})
                    self.title = None
                if title:
                    item["title"] = title
                elif value and not told:
                    item.update(heads_of_card(name, value, self.vocabulary))
                return name
        return None

    def fill(self, name: str, column: str, value: Words) -> None:
        """Adds an answer to the open item; a column that is already there opens the next one."""
        item = self.open[1] if self.open and self.open[0] == name else None
        if item is None or column in item:
            item = self.begin(name)
        head = self.vocabulary.column(name, value.text)
        if head and head.score == 1.0 and head.id != column and not item.get(KEYS[name]):
            value = Words("", value.location)  # a row of heads over no rows, read as a label and its value
        item[column] = value

    def names(self, title: Title) -> bool:
        """Takes a bold line as the text of a card that has only been begun, with its area at most: 'Target 1   Reading'."""
        item = self.open[1] if self.open and self.open[0] == title.section else None
        if item is None or title.section is None or set(item) != {"title"}:
            return False
        item[KEYS[title.section]] = title.words
        return True

    def went(self, label: Words, value: Words) -> bool:
        """Takes how a previous target went from the badge at the head of its card, and the target from below it."""
        item = self.open[1] if self.open and self.open[0] == "previous_targets" else None
        brief = len(label.text.split()) <= _BADGE < len(value.text.split())
        if item is None or item or not brief or label.text.endswith((":", "?")):
            return False
        if self.vocabulary.choice("previous_targets.outcome", label.text) is None:
            return False
        item |= {"outcome": label, "text": value}
        return True

    def verdict(self, label: Words, value: Words) -> bool:
        """Takes how the target above went from the bold word at the head of a remark: 'Partly met. He needs ...'."""
        item = self.open[1] if self.open and self.open[0] == "previous_targets" else None
        said = label.text.strip()
        if item is None or "text" not in item or "outcome" in item or not said.endswith((".", "!", "–", "-")):
            return False
        if len(said.split()) > _BADGE or self.vocabulary.choice("previous_targets.outcome", said) is None:
            return False
        item["outcome"] = label
        if value:
            item.setdefault("comment", value)
        return True

    def has_open(self, name: str | None, text: str) -> bool:
        """Whether a label asks for a part of the item that is being filled, which has none yet."""
        if self.open is None or self.open[0] != name:
            return False
        column = self.vocabulary.column(name, text)
        return column is not None and column.score >= SURE and column.id not in (KEYS[name], *self.open[1])

    def is_key(self, name: str, label: Words, value: Words) -> bool:
        """Whether an unknown label in a list's section asks for the item itself: the first label, each time it comes."""
        said = (name, normal(label.text))
        if self.key_label and self.key_label[0] == name:
            return self.key_label == said
        if self.found.items.get(name) or not re.search(r"[^\W\d_]{3}", value.text):
            return False
        self.key_label = said
        return True

    # -------------------------------------------------------------------------------------------------------- lines
    def is_written(self, name: str, text: str) -> bool:
        """Whether a line is an item of a list: marked as one, or with more than the item itself on it."""
        return bool(MARKER.match(text)) or is_task(name, text) or len(parts_of(name, text, self.vocabulary)) > 1

    def take(self, name: str, words: Words) -> None:
        """Takes one line as an item of a list."""
        parts = parts_of(name, words.text, self.vocabulary)
        if parts and self._continues(name, parts):
            for column, text in parts:
                self.fill(name, column, replace(words, text=text))
        elif parts:
            self.begin(name)
            for column, text in parts:
                self.fill(name, column, replace(words, text=text))

    def _continues(self, name: str, parts: Parts) -> bool:
        """Whether a line has only columns that the open item lacks: 'Result: Met. Why: He reads daily.'"""
        told = {column for column, _ in parts}
        return (
            name in BLOCKS and self.open is not None and self.open[0] == name and not told & {KEYS[name], *self.open[1]}
        )

    def complete(self, name: str, words: Words) -> None:
        """Takes a line as the text of an item that has only been begun: 'Next step 1: I will' and the words below it.

        A few words under 'Objective 1' are its title.
        """
        item = self.open[1] if self.open and self.open[0] == name else {}
        if self.open and self.open[0] == name and not item and len(words.text.split()) <= _TITLE:
            item["title"] = words
            return
        if self.open and self._is_lead(words):
            item[LEAD] = words
            return
        begun = item.get(KEYS[name])
        if begun is not None and re.fullmatch(
            r"(?:\w+ ){1,2}(?:will|can|to)\W*", begun.text.strip() + " ", re.IGNORECASE
        ):
            item[KEYS[name]] = words

    def _is_lead(self, words: Words) -> bool:
        """Whether a line is the first under the heading of a card, which has nothing in it yet but its title and outcome."""
        item = self.open[1] if self.open else {}
        return bool(item) and set(item) <= _IN_HEAD and len(words.text.split()) >= _FEW_WORDS

    def remark(self, words: Words) -> bool:
        """Takes a line under a previous target that says how it went: '→ Achieved. Done in March', or a remark."""
        item = self.open[1] if self.open and self.open[0] == "previous_targets" else None
        parts = parts_of("previous_targets", words.text, self.vocabulary)
        if item is None or MARKER.match(words.text) or ("\t" in words.text and len(parts) > 1):
            return False
        if "outcome" in item and len(parts) == 1 and self._is_lead(words):
            item[LEAD] = words
            return True
        if "text" not in dict(parts):
            self.take("previous_targets", words)
            return True
        said = words.text.lstrip("→>-–— ")
        first, _, rest = said.partition(". ")
        told = len(first.split()) < _OUTCOME_WORDS and self.vocabulary.choice("previous_targets.outcome", first)
        if told and "outcome" not in item:
            item["outcome"], said = replace(words, text=first), rest.strip()
        if said and "comment" not in item:
            item["comment"] = replace(words, text=said)
        return True

    # ------------------------------------------------------------------------------------------------------- tables
    def goes_on(self, heads: Sequence[Words], rows: Sequence[Row], section: str | None) -> bool:
        """Reads further columns of the item that the last grid opened: a card drawn as several rows of heads."""
        if section not in BLOCKS or len(rows) != 1 or self.open is None or self.open[0] != section:
            return False
        found = [self.vocabulary.column(section, head.text) for head in heads]
        if any(column is None or column.id in (KEYS[section], *self.open[1]) for column in found):
            return False
        for head, column, value in zip(heads, found, rows[0], strict=True):
            if column:
                self.open[1][column.id] = value or Words("", head.location)
                self.found.note(head, Match(f"{section}[].{column.id}", column.score), answered=bool(value))
        return True

    def table(self, heads: Sequence[Words], rows: Sequence[Row], section: str | None) -> bool:
        """Reads a grid as a list where its heads say so."""
        chosen = choose_list(heads, rows, section, self.vocabulary)
        if chosen is None:
            return False
        name, columns = chosen
        if name == "targets" and self._are_actions(columns):
            name, columns = "actions", {at: _AS_ACTION[column] for at, column in columns.items()}
        if name == "attendees" and not _MARKS & set(columns.values()):
            others = (at for at in range(len(heads)) if at not in columns)
            told = (at for at in others if says_who_came(words.text for row in rows if (words := row[at])))
            columns |= dict.fromkeys(islice(told, 1), "present")
        self.close()
        self.found.asked.setdefault(name, heads[0])
        self._note(name, columns, heads, rows)
        legends = {at: self.legend | read_legend(heads[at].text) for at, column in columns.items() if column in _CODED}
        self._rows(name, columns, rows, legends)
        if name == "contacts":
            self._also_attendees(columns, heads, rows)
        if name == "attendees":
            self._also_contacts(heads, rows)
            self.found.items[name] = [item for item in self.found.items[name] if came(item)]
        if len(rows) == 1 and self.found.items[name]:
            self.open = (name, self.found.items[name][-1])  # the next grid may go on with it
        return True

    def _are_actions(self, columns: dict[int, str]) -> bool:
        """Whether rows that say only what, who and by when follow targets that say more: 'Next steps agreed'."""
        more = any(column not in _AS_ACTION for item in self.found.items.get("targets", ()) for column in item)
        return more and set(columns.values()) == set(_AS_ACTION)

    def _note(self, name: str, columns: dict[int, str], heads: Sequence[Words], rows: Sequence[Row]) -> None:
        for at, head in enumerate(heads):
            known = self.vocabulary.column(name, head.text)
            column = columns.get(at)
            if column is None:
                taken = Match("other", known.score) if known and known.id == "_other" else None
            elif column.startswith("="):  # to tick: 'Met', 'Partly met'
                taken = Match(f"{name}[].outcome", 1.0)
            else:
                taken = Match(f"{name}[].{column}", known.score if known and known.id == column else BY_ANSWER)
            self.found.note(head, taken, answered=any(row[at] for row in rows))

    def _rows(self, name: str, columns: dict[int, str], rows: Sequence[Row], legends: dict[int, Legend]) -> None:
        items = self.found.items.setdefault(name, [])
        key_at = next(at for at, column in columns.items() if column == KEYS[name])
        for row in rows:
            item = _item(columns, row, legends)
            if name == "attendees" and self._asks_below(row, key_at):
                continue
            if name == "attainment" and _is_remark(row, key_at):
                continue
            if any(words and _TOTAL.fullmatch(words.text) for words in row[: key_at + 1]):
                continue
            if items and item and (row[key_at] is None or runs_on(items[-1], item, KEYS[name])):
                for column, words in item.items():
                    known = items[-1].get(column)
                    if words:
                        items[-1][column] = merged(known, words) if known else words
            elif item:
                items.append(item)

    def _asks_below(self, row: Row, key_at: int) -> bool:
        """Takes what is asked at the foot of those who came: who did not, or the date of the next meeting."""
        label, value = row[key_at], next((words for words in row[key_at + 1 :] if words), None)
        if label is None or not label.text:
            return False
        known = self.vocabulary.field(label.text)
        if known and known.score == 1.0 and known.id not in ("other", "meeting.attendees", "child.full_name"):
            self.found.boxes.setdefault(known.id, []).append(value or Words("", label.location))
            return known.id.startswith("meeting.")
        return bool(STAYED_AWAY.match(label.text))

    def _also_contacts(self, heads: Sequence[Words], rows: Sequence[Row]) -> None:
        """A table of those present that gives their e-mails too is a table of contacts as well."""
        columns = {
            at: found.id
            for at, head in enumerate(heads)
            if head and (found := self.vocabulary.column("contacts", head.text)) and found.score >= SURE
        }
        if {"email", "phone", "details"} & set(columns.values()):
            people = self.found.items.setdefault("contacts", [])
            people += [{c: w for at, c in columns.items() if (w := row[at]) is not None} for row in rows]

    def _also_attendees(self, columns: dict[int, str], heads: Sequence[Words], rows: Sequence[Row]) -> None:
        """A table of contacts that says who was at the meeting is a table of those present as well."""
        marks = {
            at: known.id
            for at, head in enumerate(heads)
            if at not in columns and (known := self.vocabulary.column("attendees", head.text)) and known.id in _MARKS
        }
        for at in range(len(heads)):
            if not marks and at not in columns and says_who_came(words.text for row in rows if (words := row[at])):
                marks = {at: "present"}
        if marks:
            told = {at: column for at, column in columns.items() if column in ("name", "role")} | marks
            legends = {at: read_legend(heads[at].text) for at in marks}
            self.found.asked.setdefault("attendees", heads[min(marks)])
            people = [_item(told, row, legends) for row in rows]
            self.found.items.setdefault("attendees", []).extend(p for p in people if p.get("name") and came(p))


def _is_remark(row: Row, key_at: int) -> bool:
    """Whether a row under the subjects is what the teacher says of them all: a label and a sentence across the columns."""
    label, *rest = row[key_at:]
    told = [words for words in rest if words]
    if (
        label is None
        or len(rest) < 2
        or len(told) != 1
        or told[0] is not rest[0]
        or any(w is not None for w in rest[1:])
    ):
        return False
    return len(told[0].text.split()) > _REMARK


def _item(columns: dict[int, str], row: Row, legends: dict[int, Legend]) -> Item:
    item: Item = {}
    for at, column in columns.items():
        words = row[at]
        if words is None:
            continue
        if meaning := legends.get(at, {}).get(words.text.strip().casefold()):
            item[column] = replace(words, text=meaning)
            item[f"{column}_as_written"] = words
        elif not column.startswith("="):
            item[column] = words
        elif is_tick(words.text):
            item["outcome"] = Words(column[1:], words.location, words.confidence)
            item["outcome_as_written"] = words
        else:
            item.setdefault("outcome", Words("", words.location))
    return item
