"""People on a form: those who came to the meeting, and whom to write to."""

import re
from collections.abc import Iterable
from dataclasses import replace

from vsdocs.document import TICKED, UNTICKED
from vsdocs.extract import values
from vsdocs.extract.spots import Item, Words
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.extract.wording import normal

#: what may stand before an item of a list: a bullet, a number, 'Target 2'
MARKER = re.compile(
    r"^\s*(?:[•·●▪*–-]|\(?\d{1,2}\s*[.):](?=\s|[^\W\d])"
    r"|(?:target|goal|aim|outcome|objective|priority|action|(?:next )?step)\s+\d{1,2}(?:\s+of\s+\d{1,2})?\s*[.:)–-]?(?=\s|$))\s*",
    re.IGNORECASE,
)
BULLET = re.compile(r"^\s*[•·●▪*–-]\s+\S")
_NAME_LIKE = re.compile(r"^(?=.*[^\W\d_]{2})[^\d%£?]{2,120}$")
#: heads those who did not come
STAYED_AWAY = re.compile(
    r"(?:apologies|invited but|(?:those )?(?:not able|unable) to (?:attend|come)|absent|not present)\b", re.IGNORECASE
)
_AWAY = re.compile(r"apolog|unable to attend|absent|not attend|invited only", re.IGNORECASE)
_SAYS = re.compile(rf"{_AWAY.pattern}|^\W*(?:attended|present)\b", re.IGNORECASE)
#: what systems print where nobody has written how to reach a person
_NO_REACH = re.compile(
    r"^(?:no|not) (?:e-?mail|(?:tele)?phone|mobile|tel|number|contact|address|given|known|provided|recorded|available|supplied|held|set)"
    r"\b[^\n@\d]{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_LIST = 5_000  # characters
_LONGEST = 200  # characters: anything longer is no person


def read_people(value: Words, vocabulary: FormVocabulary) -> list[Item]:
    """Attendees written out: one a line, between semicolons, or between commas where each has a role."""
    people: list[Item] = []
    alone = value.text.count("\n") > 0 and all(map(BULLET.match, value.text.split("\n")))  # one person a line
    for line in re.split(
        rf"[\n;]|\s{{3,}}|(?<=\))\.\s+|(?<=\w)\s+(?=[{TICKED}{UNTICKED}]\s+\w)", _came(value.text[:_LONGEST_LIST])
    ):
        outside = re.sub(r"\([^)]*\)", "", line)
        listed = not alone and (len(re.findall(r"\s[-–—]\s", line)) > 1 or outside.count(",") > 1)
        parts = re.split(r",\s*(?:and\s+)?(?![^(]*\))" if listed else r"(?<=\)),\s*(?:and\s+)?", line)
        for part in (piece for whole in parts for piece in re.split(r"(?<=\))\s+and\s+", whole)):
            person = read_person(part, vocabulary)
            if person:
                name, role = person
                item = {"name": Words(name, value.location, value.confidence)}
                if role:
                    item["role"] = Words(role, value.location, value.confidence)
                people.append(item)
    return people


def _came(text: str) -> str:
    """The people written out in a text up to the first apology, and without what sentences say of them."""
    text = re.split(
        r"(?:^|(?<=[\s.;,]))(?:apologies|sent apologies|unable to attend|invited but)\b(?![^()]*\))",
        text,
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]
    return re.sub(
        r",?\s+who\s[^.;\n]*|(?<=[.)])\s+[^.;\n(]*\b(?:did|was|were|could|came|sent|joined)\b[^;\n]*", "", text
    )


def read_person(text: str, vocabulary: FormVocabulary) -> tuple[str, str] | None:
    """Name and role of 'Kay Eze (Designated Teacher)', 'Kay Eze – DT', 'DT: Kay Eze'."""
    if len(text) > _LONGEST or (UNTICKED in text and TICKED not in text) or _AWAY.search(text):
        return None
    text = MARKER.sub("", text.replace(TICKED, " ")).strip(" .;,")
    bracketed = re.match(r"^((?:(?!\s[-–—·•]\s)[^(,:|\t])+?)\s*\(([^)]*)\)$", text)
    parts = list(bracketed.groups()) if bracketed else re.split(r"\s+[-–—·•]\s+|\s*[,:|\t]\s*", text, maxsplit=1)
    parts = [part.strip() for part in parts]
    if (
        vocabulary.is_blank(parts[0])
        or normal(parts[0]) in ("yes", "no")
        or not _NAME_LIKE.match(parts[0])
        or len(parts[0].split()) > 8
    ):
        return None
    if len(parts) == 2:
        first, second = (vocabulary.role_in(part) for part in parts)
        return (parts[1], parts[0]) if first and not second and not bracketed else (parts[0], parts[1])
    return parts[0], ""


def came(item: Item) -> bool:
    """Whether a row of a table of people says that the person came; without a column to say so, everybody did."""
    present, absent, virtual = item.get("present"), item.get("absent"), item.get("virtual")
    if virtual is not None and is_tick(virtual.text):
        return True
    if present is not None:
        text = present.text.strip()
        if _AWAY.search(text):
            return TICKED in text and not re.search(
                rf"(apolog\w*|absent)\W*{TICKED}|{TICKED}\W*(apolog|absent)", text, re.IGNORECASE
            )
        return is_tick(text) or normal(text).startswith(
            ("yes", "attended", "present", "in person", "virtual", "online", "teams", "via")
        )
    if absent is not None:
        return not is_tick(absent.text)
    return True


def says_who_came(answers: Iterable[str]) -> bool:
    """Whether answers are ticks and apologies."""
    told = [text for text in answers if text.strip()]
    marked = [text for text in told if is_tick(text) or text.strip() in (UNTICKED, "✗") or _SAYS.search(text)]
    return len(told) > 1 and len(marked) == len(told)


def is_tick(text: str) -> bool:
    """A cell that is ticked: ☒, or a letter typed in for it."""
    said = text.strip().casefold().strip(".")
    return TICKED in text or said in ("x", "y", "yes", "√", "v")


def split_details(row: Item) -> None:
    """E-mail and telephone written in one box, or in the box of the name, put into boxes of their own."""
    row.update({column: replace(said, text=_NO_REACH.sub("", said.text).strip()) for column, said in row.items()})
    details = row.pop("details", None)
    named = row.get("name", details)
    for words in (details, named):
        if words is None:
            continue
        for column, value in (("email", values.read_email(words.text)), ("phone", values.read_phone(words.text))):
            if value or words is details:
                row.setdefault(column, Words(value or "", words.location, words.confidence))
    if named is not None:
        row["name"] = Words(values.without_contact(named.text), named.location, named.confidence)
    for column, read in (("email", values.read_email), ("phone", values.read_phone)):
        box = row.get(column)
        whole = read(box.text) if box else None
        if box and whole:
            row[column] = Words(whole, box.location, box.confidence)
