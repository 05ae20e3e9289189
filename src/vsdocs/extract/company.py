"""The people of a form as they are met: whom to write to, and who came to the meeting."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from vsdocs.document import TICKED, UNTICKED
from vsdocs.extract import values
from vsdocs.extract.found import Gathered
from vsdocs.extract.kinds import kind_of
from vsdocs.extract.labels import SURE, contact_label
from vsdocs.extract.lists import Lists
from vsdocs.extract.people import read_people
from vsdocs.extract.spots import Item, Words
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.extract.wording import Match

_NAMED = re.compile(
    r"(?<![\w@.])[A-Z][\w'’-]+ (?:[\w'’-]+ )*[A-Z][\w'’-]+(?![\w@])"
)  # a person in front of a telephone number
_NO_PERSON = frozenset({"date", "money", "number"})  # 'With present carer since'
_NOT_THERE = re.compile(
    r"apolog|absent|could not|unable|not (?:attend|come|there)|invited|reply|copies|copy|sent to|distribut",
    re.IGNORECASE,
)
_LONGEST_LIST = 2_000  # characters
_REACH = frozenset({"email", "phone", "details", "name"})


@dataclass
class Company:
    """Contacts and attendees, from labels and lines."""

    vocabulary: FormVocabulary
    found: Gathered
    lists: Lists
    contact: Item | None = None  # the person whose e-mail or telephone comes next
    named: Words | None = None  # the heading of a card among the contacts: a person whose role comes next
    row: list[Item] = field(default_factory=list)  # people side by side, whose e-mails may come in the next row

    def meet(self, text: str, value: Words, section: str | None, known: Match | None) -> Match | None:
        """Takes a person's name, or the e-mail or telephone of the person named last; what it was taken for, or None."""
        label = contact_label(text, self.vocabulary, section)
        reached = section == "contacts" and self._is_reach(value.text)
        if label is not None and label.part == "name" and value and kind_of(value.text, self.vocabulary) in _NO_PERSON:
            return None
        if label is not None and (known is None or label.score >= known.score):
            if known is not None and label.score == known.score and not reached:
                self.contact = None
                return known if known.id == "other" else None
            if (
                label.part in ("phone", "email")
                and kind_of(value.text, self.vocabulary) == "reach"
                and _NAMED.search(value.text)
            ):
                label = replace(label, part="details")  # 'Social worker, telephone'
            people = self.found.items.setdefault("contacts", [])
            same = [p for p in people if "role_id" in p and p["role_id"].text == label.role]
            if same and (label.part != "name" or "name" not in same[-1]):
                person = same[-1]
            else:
                person = {"role_id": Words(label.role, value.location)}
                people.append(person)
            if label.part == "name" and self.named and (not value or not _NAMED.search(value.text)):
                person["name"], person["details"] = self.named, value
            else:
                person[label.part] = value
            self.named = None
            self.contact = person
            return Match(f"contacts[].{label.part}", label.score)
        column = self.vocabulary.column("contacts", text)
        more = column is not None and column.score >= SURE and column.id in _REACH
        unnamed = section == "contacts" and self.contact is not None and not self.contact.get("name")
        if unnamed and self.contact is not None and column and more and column.id == "name":
            self.contact["name"] = value
            return Match("contacts[].name", column.score)
        if self.contact is not None and column and more and (known is None or column.id != "name"):
            self.contact.setdefault(column.id, value)
            return Match(f"contacts[].{column.id}", column.score)
        if known is not None:
            self.contact = None
        return None

    def _is_reach(self, text: str) -> bool:
        """Whether an answer, or its first line, is a person or how to reach one."""
        return any(kind_of(said, self.vocabulary) in ("reach", "person") for said in (text, text.partition("\n")[0]))

    def reached(self, words: Words) -> bool:
        """Takes a line that is an e-mail address or a telephone number and nothing else, for the person named last."""
        if self.contact is None or values.without_contact(words.text):
            return False
        found = {"email": values.read_email(words.text), "phone": values.read_phone(words.text)}
        for column, text in found.items():
            if text:
                self.contact.setdefault(column, replace(words, text=text))
        return any(found.values())

    def are_there(self, label: str, value: Words) -> bool:
        """Whether an answer is people with their roles, as those who came are written; not if the label says otherwise."""
        if _NOT_THERE.search(label) or "@" in value.text or len(value.text) > _LONGEST_LIST:
            return False
        people = read_people(value, self.vocabulary)
        roles = [self.vocabulary.role_in(item["role"].text) for item in people if "role" in item]
        return len(roles) == len(people) > 1 and any(role is not None and role.score >= SURE for role in roles)

    def side_by_side(self, heads: Sequence[Words], rows: Sequence[Sequence[Words | None]]) -> bool:
        """Takes people in a row of cards: roles over names, and below them e-mails and telephones for each in turn."""
        values = list(rows[0]) if len(rows) == 1 else []
        if len(heads) < 2 or len(values) < 2:
            return False
        roles = [contact_label(head.text, self.vocabulary, "contacts") for head in heads]
        if all(label is not None and label.part == "name" and label.score >= SURE for label in roles):
            people = self.found.items.setdefault("contacts", [])
            self.row = []
            for label, head, value in zip(roles, heads, values, strict=True):
                if label is not None:
                    here = value or Words("", head.location)
                    person = {"role_id": Words(label.role, here.location), "name": here}
                    people.append(person)
                    self.row.append(person)
                    self.found.note(head, Match("contacts[].name", label.score), answered=bool(value))
            return True
        columns = [self.vocabulary.column("contacts", head.text) for head in heads]
        reach = [c.id for c in columns if c is not None and c.score >= SURE and c.id in _REACH - {"name"}]
        if not self.row or len(reach) < len(heads) or len(heads) % len(self.row):
            return False
        each = len(heads) // len(self.row)
        for at, (head, value) in enumerate(zip(heads, values, strict=True)):
            self.row[at // each].setdefault(reach[at], value or Words("", head.location))
            self.found.note(head, Match(f"contacts[].{reach[at]}", 1.0), answered=bool(value))
        return True

    def attend(self, label: Words, value: Words, column: Match | None) -> Match | None:
        """Takes a label among those present: 'Name', 'Social worker', 'Those present'; what it was taken for, or None."""
        if column and column.id == "name" and len(read_people(value, self.vocabulary)) > 1:
            self.came(value)
            return Match("meeting.attendees", column.score)
        if column and column.id in ("name", "role") and column.score >= SURE:
            open_ = self.lists.open
            if not open_ or (column.id == "name" and "name" in open_[1]):
                self.lists.begin("attendees")
            self.lists.fill("attendees", column.id, value)
            return Match(f"meeting.attendees[].{column.id}", column.score)
        if column and column.id == "absent":
            return Match("other", column.score)
        role = self.vocabulary.role(label.text)
        section = self.vocabulary.section(label.text)
        if role and role.score >= SURE:
            text = value.text
            away = (UNTICKED in text and TICKED not in text) or re.search(r"apolog|absent", text, re.IGNORECASE)
            name = Words(re.sub(f"[{TICKED}{UNTICKED}].*$", "", text).strip(), value.location, value.confidence)
            if name and not away:
                self.found.items.setdefault("attendees", []).append({"name": name, "role": label})
            return Match("meeting.attendees[].role", role.score)
        if section and section.id == "attendees":
            self.came(value)
            return Match("meeting.attendees", section.score)
        return None

    def came(self, value: Words) -> None:
        """Takes people written out in one place."""
        self.found.items.setdefault("attendees", []).extend(read_people(value, self.vocabulary))
