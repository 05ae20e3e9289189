"""Items of lists written out, one a line: 'Order laptop (SW, by 1 Oct)', 'Maths – 4 – 5 – on track', 'Club (£96). Impact: ...'."""

import re
from collections.abc import Sequence

from vsdocs.document import TICKED, UNTICKED
from vsdocs.extract import values
from vsdocs.extract.kinds import KEYS, kind_of
from vsdocs.extract.labels import SURE
from vsdocs.extract.people import BULLET, MARKER
from vsdocs.extract.vocabulary import FormVocabulary

_INLINE = re.compile(r"(?:^|[\s;,(|–—-])([A-Z][A-Za-z+/]*(?: [A-Za-z+/]+){0,4}) ?[:?]\s*")
_AGREED = re.compile(r"((?:\S+ ){0,4}?\S+) (?:to|will) [a-z]")
_BY = re.compile(r"\b(?:by|before|on) ((?:\w+ )?\d[^,;]*?)\W*$")
_BRACKETED = re.compile(r"^(.*\S)\s*\(([^()]{2,80})\)\W*$", re.DOTALL)
_PRICE = re.compile(r"^(.{3,}?)[\s,:–-]*\(?(£\s?\d[\d,.]*\d|£\s?\d)\)?[\s.;:,–-]*(.*)$", re.DOTALL)
_DASH = re.compile(r"\s+[–—-]\s+")
_GAP = re.compile(r"_{2,}|\.{3,}|…+")

#: the lists that their items give away: columns, and how many of them an item must have
_SHOWN_BY = {
    "contacts": ({"role", "details"}, 2),
    "attainment": ({"current", "on_track"}, 2),
    "pp_plus": ({"amount"}, 1),
    "actions": ({"owner", "due"}, 1),
}

_PIECES = re.compile(r"\s+[·•|]\s+")
_SMALL_PRINT = 200  # characters
_WHO, _WHEN, _MONEY = frozenset({"person", "role"}), frozenset({"date"}), frozenset({"money"})
#: the lists whose items have such lines: column, and what the answers to it look like
_TOLD_BY = {
    "actions": (("owner", _WHO), ("due", _WHEN)),
    "targets": (("responsible", _WHO), ("due", _WHEN), ("cost", _MONEY)),
}
_BRIEF = frozenset({"due", "owner", "responsible", "cost", "amount"})  # columns of a few words
_LEVELS = ("current", "target", "on_track")  # of a subject
_TASK = 3  # words of an action with its box, more than
_VERDICT = 3  # words of an outcome, at most
_LABEL = 8  # words of a label on one line with its answer
_EXACT = 0.95  # how sure such a label must be
_LONGEST = 1_000  # characters: anything longer is one item in many words

Parts = list[tuple[str, str]]  # column, text


def is_pattern(name: str, text: str, vocabulary: FormVocabulary) -> bool:
    """Whether a line only says how its list is to be written: 'Action - who - by when'."""
    pieces = _DASH.split(text.strip(" ()"))
    columns = [vocabulary.column(name, piece) for piece in pieces]
    return len(pieces) > 2 and all(column is not None and column.score >= SURE for column in columns)


def is_task(name: str | None, text: str) -> bool:
    """Whether a line is an action with a box before it to tick off when it is done."""
    boxes = text.count(TICKED) + text.count(UNTICKED)
    return name == "actions" and boxes == 1 and text.startswith((TICKED, UNTICKED)) and len(text.split()) > _TASK


def is_listed(text: str) -> bool:
    """Whether every line of an answer stands after a bullet."""
    return all(BULLET.match(line) for line in text.split("\n"))


def list_of(lines: Sequence[str], vocabulary: FormVocabulary) -> str | None:
    """The list whose items lines under an unknown question are, as they show themselves; None where they do not."""
    for name, (wanted, enough) in _SHOWN_BY.items():
        fits = [len(wanted & set(dict(parts_of(name, line, vocabulary)))) >= enough for line in lines]
        if len(lines) > 1 and sum(fits) * 2 > len(lines):
            return name
    return None


def parts_of(name: str, text: str, vocabulary: FormVocabulary) -> Parts:
    """One line as columns of a list; the item itself first."""
    said = MARKER.sub("", text).strip()
    if is_task(name, said):
        said = said.strip(f"{TICKED}{UNTICKED} ")
    if len(said) > _LONGEST:
        return [(KEYS[name], said)]
    if name == "contacts":
        return _contact(said, vocabulary)
    if name == "attainment":
        return _subject(said, vocabulary)
    parts = _labelled(name, said, vocabulary)
    if name == "previous_targets" and len(parts) == 1 and parts[0][0] == KEYS[name]:
        return _went(said, vocabulary)
    if name == "actions" and len(parts) == 1:
        return _bracketed(said, vocabulary) or parts + _agreed(parts[0][1], vocabulary)
    if name == "pp_plus" and parts and "amount" not in dict(parts) and (priced := _PRICE.match(parts[0][1])):
        rest = [("impact", priced[3].strip())] if priced[3].strip() and "impact" not in dict(parts) else []
        return [("purpose", priced[1].strip()), ("amount", priced[2]), *rest, *parts[1:]]
    return parts


def small_print(name: str, text: str, vocabulary: FormVocabulary) -> Parts:
    """What a line under an item says of it in pieces: 'Assigned to Kay Eze · Due 1 May · Open'; none where it says no such thing."""
    short = name in _TOLD_BY and len(text) < _SMALL_PRINT and "\n" not in text
    pieces = [piece.strip() for piece in _PIECES.split(text.strip())] if short else []
    parts: dict[str, str] = {}
    for piece in pieces if len(pieces) > 1 else ():
        words = piece.replace(":", " ").split()
        column, length = _label_at(name, words, vocabulary)
        said = " ".join(words[length:])
        kind = kind_of(said, vocabulary) if said else ""
        wanted = next((each for each, kinds in _TOLD_BY[name] if kind in kinds), None)
        if wanted is None or (column is not None and column != wanted):
            continue
        parts.setdefault(wanted, said)
    return list(parts.items())


def run_on(name: str, column: str, answer: str, vocabulary: FormVocabulary) -> Parts:
    """An answer as columns where the next label stands on its line: 'Kay Eze   When: 1 May' under 'Who'."""
    for found in re.finditer(r"(?<=\s)(?=([A-Z][a-z]+(?: [a-z]+){0,2}) ?:(?:\s|\d))", answer[:_LONGEST]):
        other = vocabulary.column(name, found[1])
        if other and other.score >= SURE and other.id in (_BRIEF | {"comment"}) - {column}:
            said = answer[found.end(1) :].lstrip(" :").strip()
            return [(column, answer[: found.start(1)].strip(" ;,|–-")), (other.id, said)]
    return [(column, answer)]


def lost_labels(name: str, text: str, vocabulary: FormVocabulary) -> Parts:
    """An answer as columns where each of its lines begins with a label that has lost its look: 'Desired outcome Leo will'.

    None where the first line does not, or only one does.
    """
    parts: list[tuple[str, list[str]]] = []
    for words in (line.split() for line in text[:_LONGEST].split("\n")):
        at = 0
        while at < len(words):
            column, length = _label_at(name, words[at:], vocabulary) if words[at][:1].isupper() else (None, 0)
            if column and (at == 0 or length > 1):
                parts.append((column, []))
                at += length
            elif parts:
                parts[-1][1].append(words[at])
                at += 1
            else:
                return []
    once = len({column for column, _ in parts}) == len(parts) > 1
    return [(column, " ".join(words)) for column, words in parts] if once else []


def tabbed_labels(name: str, text: str, vocabulary: FormVocabulary) -> Parts:
    """An answer as columns where its lines are labels and answers with a gap between, a label at times on two lines.

    None where any line is something else.
    """
    parts: Parts = []
    sure = 0
    lines = text[:_LONGEST].split("\n")
    for at, line in enumerate(lines):
        pieces = line.split("\t")
        if len(pieces) == 1:
            if not parts:
                return []
            if at and not _label_over(name, lines[at - 1 : at + 1], vocabulary):
                last = -2 if len(parts) > 1 and values.read_date(parts[-1][1]) else -1  # nobody's date runs on
                parts[last] = (parts[last][0], f"{parts[last][1]} {line}")
            continue
        whole = _label_over(name, lines[at : at + 2], vocabulary)
        pieces[0] = whole or pieces[0]
        for label, said in zip(pieces[::2], pieces[1::2], strict=False):
            column = vocabulary.column(name, label)
            if column is None or column.id == "_other" or len(pieces) % 2:
                return []
            sure += column.score >= SURE
            parts.append((column.id, said.strip()))
    return parts if len({column for column, _ in parts}) == len(parts) > 1 and sure > 1 else []


def _label_over(name: str, lines: Sequence[str], vocabulary: FormVocabulary) -> str:
    """The label that begins on the first of two lines and ends on the second; '' where it does not."""
    first, tab, _ = lines[0].partition("\t")
    if len(lines) < 2 or not tab or "\t" in lines[1] or not lines[1][:1].islower():
        return ""
    whole = f"{first} {lines[1]}"
    column = vocabulary.column(name, whole)
    return whole if column and column.score >= SURE else ""


def _label_at(name: str, words: Sequence[str], vocabulary: FormVocabulary) -> tuple[str | None, int]:
    """The column that a known label at the start of some words stands for, and how many words it has."""
    for length in range(min(_LABEL, len(words)), 0, -1):
        after = words[length][:1] if length < len(words) else ""
        column = vocabulary.column(name, " ".join(words[:length]))
        counted = words[length - 1][:1].isdigit()  # 'Review date 20 June'
        if column and not counted and column.score >= _EXACT and column.id != "_other" and not after.islower():
            return column.id, length
    return None, 0


def _labelled(name: str, text: str, vocabulary: FormVocabulary) -> Parts:
    """'Order laptop – Who: SW  By: 1 Oct' as columns; what comes before the first label is the item itself."""
    parts = [(KEYS[name], 0, 0)]
    for found in _INLINE.finditer(text):
        column = vocabulary.column(name, found[1])
        if column and (column.score >= SURE or len(found[1].split()) < 3):
            parts.append((column.id, found.start(1), found.end()))
    ends = [start for _, start, _ in parts[1:]] + [len(text)]
    out = []
    for (column_id, _, start), end in zip(parts, ends, strict=True):
        piece = text[start:end].strip().rstrip("–—-;,(|").strip()
        if column_id == KEYS[name]:
            piece = MARKER.sub("", piece)
        if piece or start:
            out.append((column_id, piece))
    return out


def _went(text: str, vocabulary: FormVocabulary) -> Parts:
    """A target with how it went behind it: 'To read daily. Partly met – 3 days a week'."""
    for found in re.finditer(r"(?<=[.;:–—-])\s+|\t+", text):
        outcome, *rest = re.split(r"\s+[–—-]\s+|[.:;,(]\s*", text[found.end() :], maxsplit=1)
        if len(outcome.split()) <= _VERDICT and vocabulary.choice("previous_targets.outcome", outcome):
            comment = [("comment", rest[0].strip(" )"))] if rest and rest[0].strip() else []
            return [("text", text[: found.start()].rstrip(" ;:–—-")), ("outcome", outcome), *comment]
    return [("text", text)]


def _agreed(text: str, vocabulary: FormVocabulary) -> Parts:
    """Who and by when, where one sentence says it: 'Kay Eze to order the laptop by 1 October'."""
    owner = _AGREED.match(text)
    parts = [("owner", owner[1])] if owner and kind_of(owner[1], vocabulary) in ("person", "role") else []
    due = _BY.search(text)
    return parts + ([("due", due[1])] if due and values.read_date(due[1]) else [])


def _bracketed(text: str, vocabulary: FormVocabulary) -> Parts:
    """Who and by when after the action: 'Order the laptop (Kay Eze, by 1 October)', 'Order it – Kay Eze – by May'."""
    dashed = _DASH.split(text)
    if len(dashed) == 3 and kind_of(dashed[1], vocabulary) in ("person", "role"):
        return [("action", dashed[0]), ("owner", dashed[1]), ("due", dashed[2])]
    found = _BRACKETED.match(text)
    action, *said = [found[1], *re.split(r"\s*[,;]\s*|\s+[–-]\s+", found[2])] if found else _DASH.split(text)
    parts: Parts = [("action", action)]
    for piece in said:
        due = re.sub(r"^by\s+", "", piece, flags=re.IGNORECASE)
        if kind_of(piece, vocabulary) in ("person", "role"):
            parts.append(("owner", piece))
        elif values.find_dates(due) and not re.match(r"from|since|on", piece, re.IGNORECASE):
            parts.append(("due", due))
        elif found is None and not re.match(r"by\s", piece, re.IGNORECASE):
            return []  # a dash in the action itself
    return parts if len(parts) > 1 else []


def _contact(text: str, vocabulary: FormVocabulary) -> Parts:
    """'Designated Teacher – Kay Eze, k.eze@oak.example, 01632 960001'."""
    pieces = re.split(r"\s+[–—-]\s+|:\s+", text, maxsplit=1)
    role = vocabulary.role_in(pieces[0]) if len(pieces) == 2 else None
    if not role:
        return []
    return [("details", re.sub(r"^also\s+", "", pieces[1], flags=re.IGNORECASE)), ("role", pieces[0])]


def levels(text: str, vocabulary: FormVocabulary) -> Parts:
    """What stands beside a subject where each level has its label: 'Now: 4  Target: 5  On track: Yes'; none where not."""
    parts: dict[str, str] = {}
    unknown: list[str] = []
    if ":" not in text:
        return []
    for piece in re.split(r"\t+|\n(?=[A-Z][^:\n]*:)|[^\S\n]{2,}|[,;|]\s+", text.strip()):
        label, colon, said = piece.partition(":")
        column = vocabulary.column("attainment", label) if colon else None
        if column is not None and column.score >= SURE and column.id in _LEVELS:
            parts.setdefault(column.id, " ".join(said.split()))
        elif colon:
            unknown.append(" ".join(said.split()))
        else:
            return []
    missing = [column for column in _LEVELS if column not in parts]
    if len(unknown) == len(missing) == 1:  # 'Now: 4  End of Year 6: 5  On track: Yes'
        parts[missing[0]] = unknown.pop()
    return list(parts.items()) if len(parts) > 1 and not unknown else []


def _subject(text: str, vocabulary: FormVocabulary) -> Parts:
    """'Maths – 4 – 5 – on track', 'English: working at 3, target 4, not on track'."""
    subject, *rest = re.split(r"\s+[–—-]\s+|:\s+", text, maxsplit=1)
    if not rest or len(subject.split()) > 5:
        return []
    pieces = _DASH.split(rest[0]) if _DASH.search(rest[0]) else re.split(r"\s*[,;|]\s+", rest[0])
    parts: dict[str, str] = {}
    for piece in pieces:
        column, said = level_of(_GAP.sub("", piece).strip(" .,;"), vocabulary)
        free = next((c for c in ("current", "target", "on_track") if c not in parts), None)
        column = column or free
        if column is not None:
            parts.setdefault(column, said)
    return [("subject", subject), *parts.items()] if len(parts) > 1 else []


def level_of(piece: str, vocabulary: FormVocabulary) -> tuple[str | None, str]:
    """The column that a piece names itself, and what it says: 'working at 4', 'target 5', 'on track'."""
    label, colon, said = piece.partition(":")
    named = vocabulary.column("attainment", label) if colon and said.strip() else None
    if named and named.score >= SURE and named.id in _LEVELS:
        return named.id, said.strip()  # 'on track: no'
    if kind_of(piece, vocabulary) == "verdict":
        return "on_track", piece
    words = piece.split()
    for length in range(min(4, len(words) - 1), 0, -1):
        column = vocabulary.column("attainment", " ".join(words[:length]))
        said_next = length > 1 or not words[1][:1].islower()  # 'working towards' is a level itself
        counted = words[length - 1][:1].isdigit()  # 'now 18 to 24 months'
        if column and column.score >= SURE and column.id in _LEVELS and said_next and not counted:
            return column.id, " ".join(words[length:]).lstrip(" :=")
    return None, piece
