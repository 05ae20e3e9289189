"""Which texts are labels, in the section of the form where they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from vsdocs.extract.compound import asked_together
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.extract.wording import SURE as SURE
from vsdocs.extract.wording import normal

LABEL_LENGTH = 150  # characters: anything longer is no label
_KEPT = 4_000  # labels of which it is kept whose they are; a form has a few hundred
_TOGETHER = 0.85  # how sure a text is a label that asks for two things at once
_COLUMN = 0.8  # how sure a text must be a column head, more than
_COLON_LABEL = re.compile(r"^\s*([^:\t]{1,120}?)\s*(?::|…|\.\.\.|\?)(?=\s|$|[☒☐])\s*(.*)$", re.DOTALL)
_NEXT = re.compile(r"(?<=\s)([A-Z][a-z]+(?: [A-Za-z()/-]+){0,5}):\s")  # a label on the line of another
_GAP = re.compile(r"\t+|\s{3,}")
_CHILD_ASKED = re.compile(
    r"\b(i|me|my|i'm|i've|you|your)\b.*(\?|…|\.\.\.)$|^(i|my)\b"
    r"|^(what|who|where|how|when|why|which|things?|something|one thing|people|the best|the worst)\b.*\b(i|me|my|i'm|i've)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:i|me|my|i'm|i've)\b", re.IGNORECASE)
#: sections whose boxes hold a few words, so that `near wording: value` is hardly prose
_SHORT_ANSWERS = frozenset({"child", "care", "school", "meeting", "send", "attendance", "sdq", "contacts"})
#: fields whose answer may be several paragraphs
_LONG = frozenset(
    [
        "aspirations",
        "transition",
        "enrichment",
        "carer_views",
        "strengths",
        "needs",
        "qa_feedback",
        "voice_method",
        "timetable.reason",
        "meeting.attendees",
    ]
)


@dataclass(frozen=True)
class Labels:
    """The vocabulary, asked as the flow of a form needs it. It lives as long as one form is read."""

    vocabulary: FormVocabulary
    _known: dict[tuple[str, str | None], float] = field(default_factory=dict, repr=False, compare=False)

    def known(self, text: str, section: str | None) -> float:
        """How sure a text is a label in a section: 0 = not."""
        if (text, section) not in self._known:
            self._known[text, section] = self._how_sure(text, section)
        return self._known[text, section]

    def _how_sure(self, text: str, section: str | None) -> float:
        if self.opens_item(text):
            return 1.0
        best = max(self.as_field(text, section), self.as_column(text, section))
        if best == 1.0:
            return best
        if best < _TOGETHER and len(asked_together(text, section, self.vocabulary)) > 1:
            best = _TOGETHER
        role = contact_label(text, self.vocabulary, section)
        return max(best, role.score if role else 0.0)

    def as_column(self, text: str, section: str | None) -> float:
        """How sure a text is a column of the list that its section is about."""
        column = self.vocabulary.column(section, text) if section in self.vocabulary.lists else None
        return column.score if column else 0.0

    def as_field(self, text: str, section: str | None) -> float:
        """How sure a text is the label of a single box."""
        found = self.vocabulary.field(text, section)
        return found.score if found else 0.0

    def is_label(self, text: str, section: str | None, asked: bool = False) -> bool:
        """`asked`: it ends like a question or a label, so a near wording will do."""
        return len(text) <= LABEL_LENGTH and self.known(text, section) >= (0.7 if asked else SURE)

    def is_asked_of_child(self, text: str) -> bool:
        """'What do I enjoy?', 'Things I like', 'Who helps you?'"""
        return bool(_CHILD_ASKED.search(text.strip()))

    def is_put_to_child(self, text: str) -> bool:
        """Whether a text that stands among the child's views is a question to the child."""
        return text.endswith(("?", "…")) or self.is_asked_of_child(text) or bool(_FIRST_PERSON.search(text))

    def opens_item(self, text: str) -> bool:
        """'Target 2', 'Action 1'."""
        return bool(self.vocabulary.items_opened(text))

    def asks_who_came(self, text: str, section: str | None) -> bool:
        found = self.vocabulary.field(text, section)
        return found is not None and found.id == "meeting.attendees"

    def asks_for_long(self, text: str, section: str | None) -> bool:
        """Whether the answer to a label may run over several paragraphs."""
        found = self.vocabulary.field(text, section)
        if section == "voice" and (found is None or found.score < SURE):
            return True
        return found is not None and found.id in _LONG

    def is_tag(self, beside: str, text: str, section: str | None) -> bool:
        """Whether what stands beside a heading says how far its section is; 'Attendance', '93%' is a box and its answer."""
        figures = any(c.isdigit() for c in beside) and self.as_field(text, section) >= SURE
        return self.vocabulary.is_tag(beside) and not figures

    def is_title(self, text: str) -> bool:
        """Whether a line names the document itself: 'Post 16 Personal Education Plan'."""
        said = normal(text) if len(text) <= LABEL_LENGTH else ""
        return ":" not in text and any(title in said for title in self.vocabulary.long_titles)

    def is_person(self, text: str) -> bool:
        """'Designated Teacher', 'Young person': who fills a part in."""
        role, field = self.vocabulary.role(text), self.vocabulary.field(text)
        return bool(role and role.score >= 0.9) or bool(field and field.id == "child.full_name")

    def heads(self, texts: Sequence[str], section: str | None) -> int:
        """How many of the texts are column heads of one list, or labels of single boxes."""
        single = sum(1 for text in texts if text and self.is_label(text, section))
        return max(single, self.columns(texts))

    def columns(self, texts: Sequence[str]) -> int:
        """How many of the texts are column heads of one list."""
        return max(map(len, self._heads(texts).values()), default=0)

    def _heads(self, texts: Sequence[str]) -> dict[str, set[str]]:
        """The columns of each list that have heads among the texts."""
        found: dict[str, set[str]] = {}
        for text in texts:
            for name, column in self.vocabulary.columns(text).items() if text else ():
                if column.score > _COLUMN:
                    found.setdefault(name, set()).add(column.id)
        return found

    def split(self, text: str, section: str | None) -> list[tuple[str, str]]:
        """`Label: value` pairs in a text without a look, each label known to the vocabulary."""
        pairs: list[tuple[str, str]] = []
        pieces = [piece.strip() for piece in text.split("\t")]
        if len(pieces) > 2 and len(pieces) % 2 == 0 and all(self.is_label(label, section) for label in pieces[::2]):
            return list(zip(pieces[::2], pieces[1::2], strict=True))
        for part in _GAP.split(text):
            found = _COLON_LABEL.match(part)
            if found and self._is_split_label(part, found, section):
                mark = part[found.end(1) :].strip()[:1]
                pairs += self._run_on((found[1] + mark.replace(":", ""), found[2].strip()), section)
            elif pairs:
                pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {part}".strip())
            else:
                return []
        return pairs

    def _run_on(self, pair: tuple[str, str], section: str | None) -> list[tuple[str, str]]:
        """A pair, and those that stand in its value: 'Suspensions: 2 Permanent exclusions: 0'."""
        label, value = pair
        if section not in _SHORT_ANSWERS or ":" not in value:
            return [pair]
        for found in _NEXT.finditer(value):
            if self.as_field(found[1], section) == 1.0:
                rest = found[1], value[found.end() :].strip()
                return [(label, value[: found.start()].strip()), *self._run_on(rest, section)]
        return [pair]

    def _is_split_label(self, part: str, found: re.Match[str], section: str | None) -> bool:
        label, asked = found[1], part[found.end(1) :].strip().startswith("?")
        if section == "voice" and found[2] and self.is_asked_of_child(label + "…"):
            return True
        near = (asked and bool(found[2])) or (section in _SHORT_ANSWERS and len(part) < 90) or section == "transition"
        return self.is_label(label, section, asked=near)


@dataclass(frozen=True, slots=True)
class ContactLabel:
    role: str
    part: str  # name, email, phone or details
    score: float


@lru_cache(maxsize=_KEPT)
def contact_label(text: str, vocabulary: FormVocabulary, section: str | None = None) -> ContactLabel | None:
    """A label such as 'Social worker', 'Designated Teacher email', 'Name of carer': whose, and what of them."""
    said = normal(text) if len(text) <= LABEL_LENGTH else ""
    if len(said.split()) > 9 or not said:
        return None
    role = vocabulary.role(said)
    if role and role.score >= 0.9:
        return ContactLabel(role.id, "name", role.score)
    for pattern, part, marks in _PARTS:
        if not any(mark in said for mark in marks):
            continue
        rest = pattern.sub(" ", said, count=1)
        if rest != said:
            named = vocabulary.role(" ".join(rest.split()).removesuffix("'s"))
            return ContactLabel(named.id, part, named.score) if named else None
    if role and (len(said.split()) < 5 or section == "contacts"):
        return ContactLabel(role.id, "name", role.score)
    return None


#: what a label asks of a person, and letters without which it does not
_PARTS = [
    (re.compile(r"(?:'s)?\s*name,? (?:and|&|/|\+) (?:contact|email|phone|tel).*$|(?:'s)?\s*(?:-\s*)?contact details?.*$"), "details", ("name", "contact")),
    (re.compile(r"^contact details? (?:for|of)(?: the| my)? "), "details", ("contact",)),
    (re.compile(r"(?:'s)?\s*(?:-\s*)?\(?(?:contact )?e-?mail(?: address)?\)?$|^e-?mail(?: address)? (?:for|of)(?: the| my)? "), "email", ("mail",)),
    (re.compile(r"(?:'s)?\s*(?:-\s*)?\(?(?:contact |phone |tel |tele|mobile )?(?:phone|tel|telephone|number|mobile|no)\.?(?: number| no\.?)?\)?$|^(?:tele)?phone(?: number)? (?:for|of)(?: the| my)? "), "phone", ("phone", "tel", "mobile", "no", "number")),
    (re.compile(r"(?:'s)?\s*(?:-\s*)?\(?(?:full )?names?\)?$|^name of(?: the| my)? "), "name", ("name",)),
]  # fmt: skip
