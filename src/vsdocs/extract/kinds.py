"""What an answer looks like, whatever its label says: a date, a sum, a person, a verdict.

Forms name the same thing in words nobody has listed. Where the label is unknown, the answers under it often tell what it
asks for: in a table of targets a column of dates is `due`, in the child's details 'Year 5' is the year group.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from vsdocs.document import TICKED, UNTICKED
from vsdocs.extract import values
from vsdocs.extract.answers import DATES, SIGNS
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.extract.wording import plain

_NAMED = re.compile(r"(?:[A-Z][\w.'’-]*|and|with|&|de|van|/)(?:,?\s+(?:[A-Z][\w.'’-]*|and|with|&|de|van|/))*")
_SUM = re.compile(r"£|^\W*\d{1,3}(?:,\d{3})*(?:\.\d\d)?\W*$|^\W*(?:nil|free|no cost)\W*$", re.IGNORECASE)
_VERDICT = re.compile(r"\b(?:on|off) (?:track|target|course)\b|^(?:yes|no|y|n|ahead|behind)\b", re.IGNORECASE)
_NOT_THIS = re.compile(r"\b(?:last|previous|next|former|sibling|brother|sister|carer|parent)", re.IGNORECASE)
_BOXES = re.compile(f"[{TICKED}{UNTICKED}]")
_ARTICLE = re.compile(r"^(?:the|an?) ")
_DIGITS = re.compile(r"[^\w£]*\d{0,2}[^\w£]*")

#: lists whose items may be blocks of label-value pairs, with the column that makes an item
KEYS = {
    "targets": "text",
    "previous_targets": "text",
    "pp_plus": "purpose",
    "actions": "action",
    "attainment": "subject",
    "attendees": "name",
    "contacts": "name",
}
#: lists whose items may each be a block of labels
BLOCKS = ("targets", "previous_targets", "pp_plus", "actions")
#: which unknown column of a list answers of a kind belong to, the surest first
_COLUMNS: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {
    "targets": (("due", frozenset({"date"})), ("cost", frozenset({"money"})), ("responsible", frozenset({"person", "role"}))),
    "previous_targets": (("outcome", frozenset({"outcome", "verdict", "tick"})),),
    "pp_plus": (("amount", frozenset({"money"})),),
    "actions": (("due", frozenset({"date"})), ("owner", frozenset({"person", "role"}))),
    "attainment": (("on_track", frozenset({"verdict", "tick"})),),
    "contacts": (("details", frozenset({"reach"})), ("role", frozenset({"role"})), ("name", frozenset({"person"}))),
    "attendees": (("role", frozenset({"role"})), ("present", frozenset({"tick"})), ("name", frozenset({"person"}))),
}  # fmt: skip
#: columns of words, of which none is a date or a sum alone
_WORDY = {("targets", each) for each in ("text", "area", "success_criteria", "provision", "responsible")} | {
    ("actions", "action"), ("actions", "owner"), ("pp_plus", "purpose"), ("pp_plus", "impact"), ("previous_targets", "text"),
}  # fmt: skip
#: what unknown columns of words are, from left to right, as far as heads have not said so
_IN_ORDER = {
    "targets": ("text",),
    "previous_targets": ("text", "comment"),
    "pp_plus": ("purpose", "impact"),
    "actions": ("action",),
    "attainment": ("subject", "current", "target"),
    "attendees": ("name",),
    "contacts": ("name",),
}
_NO_START = r"last|next|previous|review|inspect|ofsted|\bend|leav|left|until|timetable"
#: single fields that their answers give away: section of the form -> field -> the whole of the answer
_FIELDS = {
    "child": {
        "child.upn": r"[a-z]\d{11}[\da-z]",
        "child.gender": r"boy|girl|male|female",
        "child.year_group": r"(?:y|yr|year|ncy)\.? ?\d{1,2}\b.*|reception\b.*|nursery\b.*|pre-?school\b.*",
        "child.legal_status": r"(?:(?:full|interim) )?(?:care|placement) order\b.*|(?:section|sect|s)\.? ?(?:20|31|38)\b.*|c20\b.*|accommodated\b.*",
    },
    "school": {
        "school.dfe_number": r"\d{3} ?[/-] ?\d{4}",
        "school.ofsted": r"(?:outstanding|good|requires improvement|inadequate|special measures)\b.*",
        "school.hours_per_week": r"\d{1,2}(?:\.\d+)? ?(?:hours|hrs)\b.*",
    },
    "meeting": {
        "meeting.term": r"(?:autumn|spring|summer)(?: term)?(?: \d.*)?",
        "meeting.type": r"(?:initial|review|interim|first)(?: (?:pep|review|meeting))?",
        "meeting.mode": r"in person|face[ -]to[ -]face|virtual(?:ly)?|hybrid|online|(?:on |via |by )?(?:ms )?(?:teams|zoom|video)",
    },
    "send": {"send.status": r"(?:[ken] ?[-:] ?)?(?:sen[d]? support\b.*|no (?:identified )?send?\b.*|(?:has an? )?ehcp?\b.*)"},
}  # fmt: skip
_FIELDS["care"] = _FIELDS["child"]
_FIELDS[""] = _FIELDS["child"] | _FIELDS["meeting"] | _FIELDS["send"]
#: those of them that give themselves away in any part of a form
_OPTIONS = {
    "meeting.type": r"(?:initial|review|interim|first|extra|emergency|termly)\b.{0,40}"
}  # looser: options tell each other
_ANYWHERE = {
    field: _FIELDS[part][field]
    for part, field in (("child", "child.upn"), ("school", "school.dfe_number"), ("send", "send.status"))
}
#: for each section: field, the whole of the answer, and an option of several
_GIVEN_AWAY = {
    part: [
        (field, re.compile(pattern), re.compile(_OPTIONS.get(field, pattern)))
        for field, pattern in (
            _FIELDS[part] | {each: _ANYWHERE[each] for each in _ANYWHERE if each not in _FIELDS[part]}
        ).items()
    ]
    for part in _FIELDS
}
#: what labels ask for whose words are not known: sections, kinds of answers, field, words that tell it, words against it
_ASKED = (
    (("child", "care", None), ("date",), "child.date_of_birth", r"\bborn\b|birth", None),
    (("child", "care", None), ("date",), "child.date_into_care", r"\bcare\b|looked after", r"\b(?:review|next|placement|plan|meeting)\b"),
    (("school",), ("date",), "school.start_date", r"start|joined|join|admi|enrol|\broll\b|began|arriv", _NO_START),
    (("meeting",), ("date",), "meeting.next_date", r"\b(?:next|again|following|reconvene)\b", r"care|review|iro\b"),
    (("meeting",), ("date",), "meeting.date", r"\b(?:when|date|held|met|day|place)\b", r"next|last|previous|again|before|after|sent|submit|sdq|care|due|follow|review"),
    (("meeting",), ("words", "person"), "meeting.venue", r"\bwhere\b|\bplace\b|\broom\b|venue", None),
    (("send",), ("date",), "send.last_review", r"review|last|checked", r"next|due"),
    (("sdq",), ("date",), "sdq.date", r"\b(?:date|when|on|done|complete\w*|filled|returned|scored)\b", r"next|due"),
    (("sdq",), ("person", "role"), "sdq.completed_by", r"\b(?:who|whom|by|from)\b", None),
)  # fmt: skip
_NAMES = frozenset({"meeting.venue", "school.name", "school.ofsted", "sdq.completed_by", "send.primary_need"})
_FEW = 4  # words
_KEPT = 4_000  # answers of which the kind is kept; a form has a few hundred
_AREAS = frozenset({"words", "person", "mixed"})
_AREA = 4  # words: the area of a target has no more, the target itself has
_FIGURE = 60  # characters: a number has fewer
_BRIEF = 12  # words of an answer that is a date, a figure or a choice
_MOST = 0.6  # of a column's answers: from here on they are of one kind


@lru_cache(maxsize=_KEPT)
def kind_of(text: str, vocabulary: FormVocabulary) -> str:
    """The kind of one answer: reach (e-mail, telephone), date, money, tick, outcome, verdict, role, person, number or words."""
    said = text.strip()
    words = len(said.split())
    if values.read_email(said) or values.read_phone(said):
        return "reach"
    if TICKED in said or UNTICKED in said or said in SIGNS:
        return "tick"
    if len(said) < _FIGURE and _DIGITS.fullmatch(said):
        return "number"
    if words <= 6 and _SUM.search(said):
        return "money"
    if words <= 5 and values.read_date(said):
        return "date"
    if words <= 4 and _VERDICT.search(said):
        return "verdict"
    if words <= 4 and vocabulary.choice("previous_targets.outcome", said):
        return "outcome"
    role = vocabulary.role(said) if words <= 6 else None
    if role and role.score >= 0.9:
        return "role"
    if words <= 6 and _NAMED.fullmatch(said):
        return "person"
    return "words"


def kind_of_column(answers: Iterable[str], vocabulary: FormVocabulary) -> str:
    """The kind that most of a column's answers have; `mixed` where none prevails, `` where nothing is answered."""
    told = [text for text in answers if text.strip() in SIGNS or not vocabulary.is_blank(text)]
    kinds = Counter(kind_of(text, vocabulary) for text in told)
    if not kinds:
        return ""
    if kinds["outcome"]:  # 'Partly' among 'Yes' and 'No'
        kinds["outcome"] += kinds.pop("verdict", 0)
    kind, number = kinds.most_common(1)[0]
    return kind if number >= _MOST * kinds.total() else "mixed"


def column_of(name: str, column: str, answer: str, vocabulary: FormVocabulary) -> str | None:
    """The column that an answer gives away where its label is only near one of words: a date is `due`, a sum the cost."""
    kind = kind_of(answer, vocabulary)
    if kind not in ("date", "money") or (name, column) not in _WORDY:
        return None
    return next((other for other, wanted in _COLUMNS[name] if kind in wanted), None)


def mean_words(answers: Iterable[str]) -> float:
    """How many words the answers have that say something, on average."""
    told = [len(text.split()) for text in answers if text]
    return sum(told) / len(told) if told else 0.0


def fit_columns(name: str, known: dict[int, str], kinds: dict[int, str], lengths: dict[int, float]) -> dict[int, str]:
    """The columns of a list among those without a known head, as their answers tell.

    `kinds` and `lengths`, in words, of the answers go by position.
    """
    fitted: dict[int, str] = {}
    if name == "targets" and "text" not in known.values():  # 'It is about', 'By the end, I will'
        longest = max(kinds, key=lambda at: lengths[at], default=None)
        brief = [
            at for at in kinds if longest is not None and 0 < lengths[at] <= _AREA < lengths[longest] and at < longest
        ]
        if longest is not None and brief and "area" not in known.values():
            fitted |= {brief[0]: "area", longest: "text"}
    text = next((at for at, column in known.items() if column == "text"), None)
    if name == "targets" and text is not None and "area" not in known.values() and "responsible" in known.values():
        brief = [at for at, kind in kinds.items() if at < text and kind in _AREAS and 0 < lengths[at] <= _AREA]
        fitted |= dict.fromkeys(brief[:1], "area")
    for column, wanted in _COLUMNS[name]:
        free = [at for at, kind in kinds.items() if kind in wanted and at not in fitted]
        if free and column not in known.values():
            fitted[free[0]] = column
    missing = [column for column in _IN_ORDER[name] if column not in {*known.values(), *fitted.values()}]
    wordless = {"", "tick", "date", "reach", "money"} | ({"number"} if name != "attainment" else set())
    free = [at for at, kind in kinds.items() if at not in fitted and kind not in wordless]
    fitted.update(zip(free, missing, strict=False))
    return fitted


def fits(field: str, answer: str, vocabulary: FormVocabulary) -> bool:
    """Whether an answer is of the kind that a field asks for; False for fields that hold words of any kind."""
    said = values.read_choice(answer)
    part, _, name = field.rpartition(".")
    if name == "upn":
        return bool(values.read_upn(said))
    if "date" in name or field in ("send.last_review", "submitted"):
        return len(said.split()) < _BRIEF and bool(values.read_date(said))
    if part in ("attendance", "sdq") and name != "completed_by":
        return len(said.split()) < _BRIEF and bool(re.match(r"\W*\d", said))
    if field in vocabulary.values:
        return len(said.split()) < _BRIEF and vocabulary.choice(field, said) is not None
    return name == "year_group" and len(said.split()) < _BRIEF and values.read_year_group(said) is not None


def contradicts(field: str, answer: str, vocabulary: FormVocabulary) -> bool:
    """Whether a short answer cannot be one to a field: no date where one is asked for, a date for a place."""
    said = values.read_choice(answer).strip()
    if not said or vocabulary.is_blank(said) or len(said.split()) > _BRIEF:
        return False
    if field in DATES:
        return not any(c.isdigit() for c in said) and len(said.split()) <= _FEW
    if field in _NAMES:
        return kind_of(said, vocabulary) in ("date", "money", "reach")
    return False


def asked_for(section: str | None, label: str, answer: str, vocabulary: FormVocabulary) -> str | None:
    """The field that an unknown label asks for by its few telling words, where the answer is of that field's kind."""
    said = label.casefold()
    asked = [
        (wanted, field)
        for part, wanted, field, telling, other in _ASKED
        if section in part and re.search(telling, said) and not (other and re.search(other, said))
    ]
    kind = kind_of(values.read_choice(answer), vocabulary) if asked else None
    return next((field for wanted, field in asked if kind in wanted), None)


def field_of(section: str | None, label: str, answer: str) -> str | None:
    """The single field that an answer under an unknown label gives away in a section of the form."""
    patterns = _GIVEN_AWAY.get(section or "", ())
    said = " ".join(plain(values.read_choice(answer)).split()) if patterns else ""
    if not patterns or len(said) > 60 or _NOT_THIS.search(label):
        return None
    told = _BOXES.split(values.boxed(answer))
    options = [_ARTICLE.sub("", " ".join(plain(words).split())) for words in told] if len(told) > 1 else []
    for field, pattern, option in patterns:
        if pattern.fullmatch(said) or (options and sum(bool(option.fullmatch(words)) for words in options) > 1):
            return field
    return None
