"""Notes of a meeting, read back: the actions that people typed into the form. What is not understood is told by its row.

No message holds a name or words of the notes.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

from docx import Document as WordDocument

from vsdocs import readers
from vsdocs.dates import in_words, parse_iso
from vsdocs.document import Document, Format, Paragraph, Table
from vsdocs.errors import FileProblem, UsageError
from vsdocs.extract.values import find_dates, read_date
from vsdocs.generate.meetings.kinds import Kind
from vsdocs.generate.plain import one_line
from vsdocs.meeting_notes import Agreed, Notes, Progress, Whose, plain_words

_ALSO = {"state": "progress", "status": "progress"}  # what the column of progress may be called
FURTHEST = timedelta(days=3 * 366)  # from the meeting to what is due
PLAIN = timedelta(days=190)  # after the meeting: within it nobody can mean another year by a date without one
LONGEST = {"action": 1_000, "owner": 200}  # characters
_REFERENCE = re.compile(r"\bReference:\s*(\S+)")
_PARTS = re.compile(r"(?P<practice>practice-)?(?P<key>[0-9a-f]{4,12})-(?P<kind>[a-z0-9-]+)-(?P<day>\d{4}-\d{2}-\d{2})")
_BLANK = re.compile(r"\[[^\]]*\]|[\s–—-]*")  # a blank of ours, or a dash
_DAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\s*(?:of\s+)?[A-Za-z]")
_CHILD = re.compile(r"[0-9a-f]{6,12}\b")


@dataclass(frozen=True)
class Reference:
    """What the form says of itself."""

    text: str
    key: str
    kind: str
    day: date


def reference_of(data: bytes) -> tuple[Document, Reference]:
    """The notes as read, and their reference. Raises UsageError where this is no notes form of ours, or a practice one."""
    try:
        document = readers.read(data)
    except FileProblem as problem:
        raise UsageError(problem.message, problem.advice) from None
    if document.format is not Format.DOCX:
        raise UsageError("This is not a Word file.", "Save the notes as .docx and import that.")
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    said = [found[1] for line in lines for found in _REFERENCE.finditer(line)]
    printed = {text for text in said if _PARTS.fullmatch(text)} or set(said[:1])
    told = printed | _kept_inside(data)
    if not printed:
        raise UsageError(
            "These notes hold no reference, so nobody can tell which meeting they are of.",
            "Use the form of `vsdocs notes form`, and leave its reference as it is.",
        )
    if len(told) > 1:
        raise UsageError(
            "The reference of these notes was changed, or two meetings' notes were put together.",
            "Make the form again with `vsdocs notes form` and copy the actions into it.",
        )
    parts = _PARTS.fullmatch(told.pop())
    day = parse_iso(parts["day"]) if parts else None
    if parts is None or day is None:
        raise UsageError("The reference of these notes is not one of ours.", "Use the form of `vsdocs notes form`.")
    if parts["practice"]:
        raise UsageError("These notes are for practice, so they are not kept.", "Nothing needs doing.")
    return document, Reference(parts[0], parts["key"], parts["kind"], day)


def _kept_inside(data: bytes) -> set[str]:
    """The reference among the file's properties, which other programs may have taken away."""
    try:
        own = WordDocument(BytesIO(data)).core_properties.identifier
    except Exception:  # python-docx raises half a dozen kinds for what our own reader can read
        return set()
    return {own} if own else set()


def notes_of(document: Document, reference: Reference, kind: Kind, child: Callable[[str], Whose]) -> Notes:
    """The actions of the notes. `child` finds a child by the beginning of the PEP's id, and raises UsageError where it
    cannot. Raises UsageError with every row that is not understood."""
    tables = [found for block in document.blocks if isinstance(block, Table) and (found := _columns(block))]
    if not tables:
        raise UsageError(
            "These notes hold no table of actions.",
            "Its first row says Action, Owner, Due and State; copy it from a new form.",
        )
    about = None if kind.about != "child" else child(reference.key)
    agreed: list[Agreed] = []
    slips: list[str] = []
    number = 0
    for rows in tables:
        for row in rows:
            number += 1
            if not any(row.values()):
                continue
            told = list(_slips(row, reference.day, kind))
            whose = about
            if kind.about != "child" and row.get("child"):
                try:
                    whose = _whose(row["child"], child)
                except UsageError as error:
                    told.append(error.message)
            slips += [f"Row {number} of the actions: {slip}" for slip in told]
            if not told:
                agreed.append(_agreed(row, reference.day, kind, whose))
    if slips:
        raise UsageError("\n".join(slips), "Correct these rows in Word, save the file and import it again.")
    return Notes(
        reference=reference.text,
        key=reference.key,
        kind=reference.kind,
        day=reference.day.isoformat(),
        agreed=tuple(agreed),
        about=about,
    )


def _columns(table: Table) -> list[dict[str, str]]:
    """The rows below the headings, by heading; nothing where this is not a table of actions."""
    rows = table.rows
    heads = {cell.column: _ALSO.get(name := plain_words(cell.text), name) for cell in rows[0]} if rows else {}
    if not {"action", "owner", "due"} <= set(heads.values()):
        return []
    told = [{heads[c.column]: one_line(c.text) for c in row if c.column in heads} for row in rows[1:]]
    return [{name: "" if _BLANK.fullmatch(text) else text for name, text in words.items()} for words in told]


def _slips(row: dict[str, str], day: date, kind: Kind) -> Iterator[str]:
    """What is not understood of a row, in words that quote none of it."""
    progress = _progress(row, kind)
    for name, most in LONGEST.items():
        if len(row.get(name, "")) > most:
            yield f"the {name} is longer than {most} characters."
    if not row.get("action"):
        yield "it does not say what is to be done."
    if progress is None:
        words = ", ".join(kind.progress[one][0] for one in Progress)
        yield f"the state is none of: {words}."
    elif not row.get("owner") and progress.is_open:
        yield "it names no owner."
    due = row.get("due", "")
    if due and len(find_dates(due)) > 1:
        yield "there are two dates; write the one by which it is done."
    elif due and _without_year(due, day):
        yield "the date has no year, and there is none like it in the half year after the meeting; write the year with it."
    elif due and not _due(due, day):
        yield f"the date is not understood; write it as {in_words(day)}, or leave it empty."


def _agreed(row: dict[str, str], day: date, kind: Kind, whose: Whose | None) -> Agreed:
    return Agreed(
        action=row["action"],
        owner=row.get("owner", ""),
        due=_due(row.get("due", ""), day),
        progress=_progress(row, kind) or Progress.OPEN,
        whose=whose,
    )


def _due(text: str, day: date) -> str | None:
    """The date by which it is done: without a year, the one that comes next after the meeting, if it comes soon.

    None where there is none, where other figures stand beside it ('31 February'), or where its year is a slip of the pen.
    """
    apart = text
    for start, end in reversed(find_dates(text)):
        apart = apart[:start] + apart[end:]
    found = read_date(text, near=day, ahead=True)
    if found and len(found) == len("2026-12") and _DAY.search(text):
        return None
    due = parse_iso(found)
    near = due is not None and abs(due - day) <= FURTHEST
    return found if near and not any(c.isdigit() for c in apart) else None


def _without_year(text: str, day: date) -> bool:
    """Whether a date names no year and it is not plain which is meant: '15 Jan' of a meeting on the 20th."""
    if read_date(text) is not None:
        return False
    ahead = parse_iso(read_date(text, near=day, ahead=True))
    return ahead is not None and ahead - day > PLAIN


def _progress(row: dict[str, str], kind: Kind) -> Progress | None:
    word = plain_words(row.get("progress", "")).rstrip(".!")
    if not word:
        return Progress.OPEN
    return next((one for one, words in kind.progress.items() if word in map(plain_words, words)), None)


def _whose(text: str, child: Callable[[str], Whose]) -> Whose:
    found = _CHILD.findall(text.casefold())
    if len(found) != 1:
        raise UsageError("the child is not understood; write the reference, such as 3f2a9c11aa22, or leave it empty.")
    return child(found[0])
