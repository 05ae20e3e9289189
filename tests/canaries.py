"""Invented children whose every word is a canary: a token that tells in which child's plan it stood, wherever it turns up.

Some share what children share: a surname and an address (brothers and sisters), a whole name, a school, a designated teacher
who works at two schools. Each plan is filled on the labels of fixtures/peps/d3_labels, and brothers and sisters speak of each other.
"""

import csv
import io
import json
import random
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document

#: What each field's token ends in; `private` ones may stand in no letter, not even in the child's own.
FIELDS = {
    "forename": "fo", "surname": "su", "school": "sc", "teacher": "dt", "worker": "sw", "carer": "ca", "lead": "vl",
    "address": "ad", "likes": "va", "good_at": "vb", "friends": "vc", "happy": "vd", "sad": "ve", "hopes": "vf", "target1": "ta",
    "target2": "tb", "success1": "tc", "success2": "td", "do1": "te", "do2": "tf", "who1": "tg", "who2": "th", "review": "ra",
    "comment": "rb", "progress": "pr", "barriers": "ba", "views": "cv", "spent1": "pa", "spent2": "pb", "impact1": "pc",
    "impact2": "pd", "transition": "mo", "activities": "en", "action": "ac", "owner": "ao", "venue": "vn",
    "teacher_mail": "dm", "worker_mail": "wm", "carer_mail": "cm", "health": "he", "upn": "up", "born": "bo",
    "worker_phone": "wp", "carer_phone": "cp",
}  # fmt: skip
#: What only the roll and the data tables say of a child.
ROLL_FIELDS = {
    "alias": "al", "used": "us", "need": "nd", "ethnicity": "et", "legal": "lg", "placement": "pl", "rationale": "rt",
    "officer": "of", "supervisor": "ss", "why_suspended": "wa", "why_moved": "wb", "why_school": "wd", "school_type": "st",
}  # fmt: skip
CASELOAD = 12  # children of one virtual school lead on the roll
ON_ROLL = 290  # the plans of the others are nobody's there
PRIVATE = ("surname", "worker", "carer", "address", "worker_mail", "carer_mail", "upn", "born", "worker_phone", "carer_phone", "health")  # fmt: skip
_TOKEN = re.compile(r"qx[a-z]{3}[a-z]{2}", re.IGNORECASE)
_DATE = re.compile(r"\b(?:\d{2}/\d{2}/\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]+ \d{4})\b")
_UPN = re.compile(r"[A-Z]8012\d{8}")
_PHONE = re.compile(r"07700 ?9\d\d ?\d\d\d")
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"

_LINES = """EARLY YEARS PERSONAL EDUCATION PLAN
For children in care aged 2 to 5
= Child's details
Name: {forename} {surname}
DOB: {born}
Year: Reception
UPN (if known): {upn}
Gender: Male
Ethnicity: Any other White background
Home language: English
Legal status: Full Care Order (Section 31)
Became looked after on: 20/11/2022
Lives with: 12 {address} Road, TS1 4QX
Parental responsibility: Local Authority
Health needs: {health}
= Setting
Setting / School: {school} Pre-School
Start date: 03/09/2024
Ofsted: Good
Hours attended each week: 22.5
Designated person: Mrs L {teacher}
Email: {teacher_mail}
Telephone: 020 7946 0154
Social worker: Mr I {worker}
Email: {worker_mail}
Telephone: {worker_phone}
Carer(s): Simon {carer}
Email: {carer_mail}
Telephone: {carer_phone}
= PEP meeting
PEP date: 05/09/2026
Type of PEP: Review
Term: Autumn
Venue: {venue} Room
Date of next PEP meeting: 07/01/2027
Date of last PEP: 10/05/2026
Who came to the meeting:
* Mrs L {teacher} (Designated Teacher)
* Mr I {worker} (Social Worker)
* Simon {carer} (Foster Carer)
* Mrs S {lead} (Virtual School)
* {forename} (Child)
= Voice of the child
I like playing with… {likes} bricks with {sibling} and the {likes} train. My carer Simon {carer} plays too. Ring {carer_phone}.
I am good at… I am good at {good_at} and at drawing. {good_at} is what I like best of all in the room.
My friends are… {friends} and {sibling}
I am happy when… I go to the {happy} park with my class and we feed the ducks there. {sibling_full} came as well.
I am sad when… {sad} is shut.
Our hopes for the future: To become a {hopes} when grown up.
= Special educational needs
SEND status (N / K / E): K
Main need: SLCN
Last reviewed: 22/04/2026
= Attendance
Attendance since September: 90.1%
Key person's comments on progress: {progress} is coming on well. {forename} {surname} was born on {born}, UPN {upn}.
Possible barriers: {barriers} and delayed language.
Carers' views: {views} is a happy child at home in 12 {address} Road, TS1 4QX.
= Review of targets from last PEP
1. To follow a two-part {review} instruction without a gesture.
Outcome: Partly met
Comment: {comment} was tried with Mr I {worker}.
= Targets
1. {forename} will name 10 {target1} pictures in the story by 29 November 2026.
Area of learning:	Literacy
Success will look like:	{success1} seen on 8 out of 10 mornings, written down by Simon {carer} ({carer_mail}).
What we will do:	{do1} cards every day with the key person.
Who:	{who1}
By when:	29 Nov 2026
2. To improve {target2} with {sibling_full}
Area of learning:	Mathematics
Success will look like:	{success2}
What we will do:	{do2}
Who:	{who2}
By when:	6 Dec 2026
= Early Years Pupil Premium (EYPP)
# How EYPP has been spent|£|Difference made
# 1:1 {spent1} sessions for speech|£330|{impact1} and calmer
# {spent2} story sacks|£45|{impact2}
= Moving on and wider opportunities
Transition: {transition} will be visited in June, with Simon {carer} on {carer_phone}.
Activities outside nursery: Trip to the {activities} farm in May.
= Actions
1) Send {action} dates to nursery – Who: {owner}  By: 1 Oct 2026
"""


@dataclass
class Child:
    """One invented child: the value of each field, and whose tokens its plan holds."""

    number: int
    values: dict[str, str]
    sibling: int | None = None
    wrote: set[str] = field(default_factory=set)  # the tokens in the plan


class Aviary:
    """Many invented children. `owners`: token -> the children whose own it is; `private`: tokens no letter may hold."""

    def __init__(self, count: int = 300, seed: int = 6) -> None:
        chance = random.Random(seed)
        self.children = [Child(n, _values(n)) for n in range(count)]
        order = list(range(count))
        chance.shuffle(order)
        fifth = count // 5 // 2 * 2
        siblings, namesakes, schoolmates, two_schools = (order[n * fifth : (n + 1) * fifth] for n in range(4))
        for one, other in _pairs(siblings):
            self._share(one, other, "surname", "address", "carer", "carer_mail", "carer_phone", "worker", "worker_mail")
            self.children[one].sibling, self.children[other].sibling = other, one
            if chance.random() < 0.5:
                self._share(one, other, "school", "teacher", "teacher_mail")
        for one, other in _pairs(namesakes):
            self._share(one, other, "forename", "surname")
        for at in range(0, len(schoolmates), 4):
            for other in schoolmates[at + 1 : at + 4]:
                self._share(schoolmates[at], other, "school", "teacher", "teacher_mail")
        for one, other in _pairs(two_schools):
            self._share(one, other, "teacher", "teacher_mail")
        self.owners: dict[str, set[int]] = defaultdict(set)
        self.private: set[str] = set()
        for child in self.children:
            for name, value in child.values.items():
                for token in tokens_of(value):
                    self.owners[token].add(child.number)
                    if name in PRIVATE:
                        self.private.add(token)
            child.wrote = {token for line in self.lines(child) for token in tokens_of(line)}

    def _share(self, one: int, other: int, *names: str) -> None:
        for name in names:
            self.children[other].values[name] = self.children[one].values[name]

    def lines(self, child: Child) -> list[str]:
        near = self.children[child.sibling].values if child.sibling is not None else None
        named = {
            "sibling": f"my sister {near['forename']}" if near else "my friend",
            "sibling_full": f"{near['forename']} {near['surname']}" if near else "the class bear",
        }
        return _LINES.format_map({**child.values, **named}).splitlines()

    def write(self, folder: Path, children: range | None = None) -> dict[str, int]:
        """Write the plans as Word files; gives the child's number by the file's name."""
        blank = _blank()
        made = {}
        for number in children or range(len(self.children)):
            name = f"{number:03d}.docx"
            _fill(blank, self.lines(self.children[number]), folder / name)
            made[name] = number
        return made

    def reference(self, number: int) -> str:
        return f"VS{number:05d}"

    def caseload(self, number: int) -> set[int]:
        """Who has the same lead on the roll."""
        first = number // CASELOAD * CASELOAD
        return set(range(first, min(first + CASELOAD, ON_ROLL)))

    def write_roll(self, path: Path) -> None:
        """The roll, each cell of it a canary. One in thirty has words of their own where others have a code."""
        made = []
        for child in self.children[:ON_ROLL]:
            own, number = child.values, child.number
            odd = number % 30 == 7
            made.append({
                "Reference": self.reference(number), "Forename": own["forename"], "Surname": own["surname"], "Known as": own["used"],
                "Alias": own["alias"], "Date of birth": own["born"], "UPN": own["upn"], "Gender": "F" if number % 2 else "M",
                "Primary need": own["need"], "Ethnicity": own["ethnicity"] if odd else "WBRI",
                "Legal status": own["legal"] if odd else "C2", "Date into care": "20/11/2022" if number % 9 else "02/09/2026",
                "VS Lead": f"Mrs S {self.children[min(self.caseload(number))].values['lead']}", "Social worker": own["worker"],
                "Social worker email": own["worker_mail"], "Supervising social worker": own["supervisor"], "IRO": own["officer"],
                "Placement type": own["placement"] if odd else "U6", "School": f"{own['school']} Pre-School",
                "School type": own["school_type"], "Ofsted rationale": own["rationale"], "Designated teacher": own["teacher"],
                "DT email": own["teacher_mail"], "Reduced timetable": "Yes" if number % 10 == 3 else "No",
            })  # fmt: skip
        _csv(path, made)

    def write_tables(self, folder: Path) -> None:
        """Data tables of the same children."""
        numbers = range(ON_ROLL)
        own = {n: self.children[n].values for n in numbers}
        _csv(folder / "schools.csv", [
            {"Reference": self.reference(n), "Start date": day, "School": f"{own[n]['school']}{more}", "Reason": own[n]["why_school"],
             "Out of area": "Yes" if n % 7 == 1 else "No"}
            for n in numbers for day, more in (("05/09/2024", " Nursery"), ("03/09/2025" if n % 5 else "02/11/2026", " Pre-School"))
        ])  # fmt: skip
        _csv(folder / "suspensions.csv", [
            {"Reference": self.reference(n), "Start date": day, "Days": "2", "Type": "Suspension", "Reason": own[n]["why_suspended"]}
            for n in range(0, ON_ROLL, 11) for day in ("12/03/2026", "21/09/2026", "05/10/2026")
        ])  # fmt: skip
        _csv(folder / "placements.csv", [
            {"Reference": self.reference(n), "Start date": day, "Placement type": own[n]["placement"], "Reason": own[n]["why_moved"]}
            for n in numbers for day in ("20/11/2022", "14/02/2026")
        ])  # fmt: skip
        _csv(folder / "attendance.csv", [
            {"Reference": self.reference(n), "Academic year": year, "Possible sessions": "380", "Authorised absence": str(n % 40),
             "Unauthorised absence": str(n % 9)}
            for n in numbers for year in ("2024-25", "2025-26")
        ])  # fmt: skip
        _csv(folder / "peps.csv", [
            {"Reference": self.reference(n), "Meeting date": day, "Signed off": "30/03/2026" if n % 4 else "30/06/2026",
             "Grade": ("GD", "G", "A", "R")[n % 4], "In person": "Yes"}
            for n in numbers for day in ("10/10/2025", "11/02/2026", "10/05/2026")
        ])  # fmt: skip

    def strangers(self, found: set[str], about: set[int]) -> set[str]:
        """Of the tokens that were found, those that are no child's own among those it was asked for."""
        return {token for token in found if not self.owners[token] & about}


def _csv(path: Path, made: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, made[0])
        writer.writeheader()
        writer.writerows(made)


def _pairs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    return zip(numbers[::2], numbers[1::2], strict=True)


def _values(number: int) -> dict[str, str]:
    letters = "".join(chr(97 + number // 26**place % 26) for place in (2, 1, 0))
    values = {name: f"Qx{letters}{end}" for name, end in (FIELDS | ROLL_FIELDS).items()}
    born = date(2020, 9, 1) + timedelta(days=number)
    digits = f"8012{number:05d}00"
    total = sum((place + 2) * int(digit) for place, digit in enumerate(digits))
    mails = {name: f"{values[name].lower()}@{values['school'].lower()}.sch.example" for name in ("teacher_mail",)}
    mails |= {name: f"{values[name].lower()}@home.example" for name in ("worker_mail", "carer_mail")}
    return values | mails | {
        "born": f"{born:%d/%m/%Y}",
        "upn": f"{_UPN_LETTERS[total % 23]}{digits}0"[:13],
        "worker_phone": f"07700 900 {number:03d}",
        "carer_phone": f"07700 901 {number:03d}",
    }  # fmt: skip


def _blank() -> dict[str, bytes]:
    """The parts of a Word file of python-docx's own, its body empty."""
    saved = io.BytesIO()
    Document().save(saved)
    with zipfile.ZipFile(saved) as package:
        return {name: package.read(name) for name in package.namelist() if "thumbnail" not in name}


_STYLES = {"* ": "ListBullet", "= ": "Heading1"}


def _fill(parts: dict[str, bytes], lines: list[str], path: Path) -> None:
    body = []
    rows: list[str] = []
    for line in [*lines, ""]:
        if line.startswith("# "):
            cells = "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in line[2:].split("|"))
            rows.append(f"<w:tr>{cells}</w:tr>")
            continue
        if rows:
            body.append(f"<w:tbl>{''.join(rows)}</w:tbl>")
            rows = []
        body.append(_paragraph(line[2:], _STYLES[line[:2]]) if line[:2] in _STYLES else _paragraph(line))
    text = parts["word/document.xml"].decode()
    start, end = text.index("<w:body>") + len("<w:body>"), text.index("<w:sectPr")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in parts.items():
            filled = (text[:start] + "".join(body) + text[end:]).encode() if name == "word/document.xml" else data
            package.writestr(name, filled)


def _paragraph(text: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    label, colon, rest = text.partition(":")
    runs = [f"<w:r><w:rPr><w:b/></w:rPr>{_run(label + colon)}</w:r>" if colon else f"<w:r>{_run(text)}</w:r>"]
    runs += [f"<w:r>{_run(rest)}</w:r>"] * bool(colon)
    return f"<w:p>{look}{''.join(runs)}</w:p>"


def _run(text: str) -> str:
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\t"))


def tokens_of(text: str) -> set[str]:
    """The canaries in a text: words, UPNs, birth dates (as ISO), telephone numbers (as digits)."""
    found = {match.casefold() for match in _TOKEN.findall(text)}
    found |= set(_UPN.findall(text)) | {re.sub(r"\s", "", number) for number in _PHONE.findall(text)}
    for shown in _DATE.findall(text):
        if (day := _day(shown)) is not None and date(2020, 9, 1) <= day < date(2022, 9, 1):
            found.add(day.isoformat())
    return found


def _day(text: str) -> date | None:
    from vsdocs.extract.values import read_date

    try:
        return date.fromisoformat(read_date(text) or "")
    except ValueError:
        return None


def tokens_in(path: Path) -> set[str]:
    """The canaries in a file of any kind that is written, whatever part of it they stand in."""
    return tokens_of(path.name) | tokens_of("\n".join(texts_in(path.suffix, path.read_bytes())))


def texts_in(suffix: str, data: bytes) -> Iterator[str]:
    """All texts in a file."""
    match suffix.lower():
        case ".docx" | ".xlsx":
            yield from _parts(data)
        case ".pdf":
            yield from _pdf(data)
        case ".eml":
            message = message_from_bytes(data, policy=policy.default)
            assert isinstance(message, EmailMessage)
            yield from (f"{name}: {value}" for name, value in message.items())
            for part in message.walk():
                name = part.get_filename() or ""
                yield name
                if not part.is_multipart():
                    content = part.get_payload(decode=True)
                    assert isinstance(content, bytes)
                    yield from texts_in(Path(name).suffix, content)
        case ".json":
            yield json.dumps(json.loads(data), ensure_ascii=False)
        case ".ics":
            yield data.decode().replace("\r\n ", "")
        case _:  # text, HTML
            yield data.decode("utf-8", "replace")


def _parts(data: bytes) -> Iterator[str]:
    """Each part of an Office file: as it is, and with its tags taken out, so that no word is cut in two."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        yield package.comment.decode("latin-1")
        for name in package.namelist():
            text = package.read(name).decode("utf-8", "replace")
            yield from (name, text, re.sub(r"<[^>]+>", "", text))


def _pdf(data: bytes) -> Iterator[str]:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    yield from (str(value) for value in pdf.get_metadata_dict().values())
    yield from (page.get_textpage().get_text_bounded() for page in pdf)
    yield data.decode("latin-1")
