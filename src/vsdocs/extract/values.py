"""What people write in the boxes of a form, read as values: dates, money, numbers, years, ticks.

Every function gives None for what it cannot read: the caller tells a blank box from an unreadable one.
"""

import re
from datetime import date

from vsdocs.document import TICKED, UNTICKED

_MONTHS = {
    m: n
    for n, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?:[\s,./'’-]+(?P<year>\d{4}|\d{2})(?!\d))"
_DATES = [
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})\s*[./-]\s*(?P<number>\d{1,2})\s*[./-]\s*(?P<year>\d{4}|\d{2})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s./,-]*\b{_MONTH}{_YEAR}?", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d){_YEAR}?", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}[\s,./'-]+(?P<year>\d{{4}})(?!\d)", re.IGNORECASE),
    re.compile(r"(?<![\d/.-])(?P<number>\d{1,2})/(?P<year>\d{4})(?!\d)"),
    re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})\s*[./]\s*(?P<number>\d{1,2})(?![\d/.%])"),
]
_BROKEN_YEAR = re.compile(r"(?<=[./-])(19|20)\s+(?=\d{2}(?![\d:.]|\s*[ap]m))")  # by a narrow column
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:,\d{3})*(?:\.\d+)?|(?<![\w.])\.\d+")
_POUNDS = re.compile(r"£\s*(\d+(?:,\d{3})*(?:\.\d{1,2})?)")
_UNIT_PRICE = re.compile(
    r"\d+(?:\s+\w+)?\s*[x×@]\s*£\s*\d[\d,.]*|£\s*\d[\d,.]*\s*(?:[x×@]\s*\d+|(?:(?:per|an|a|each)\b|/)\s*\w+)"
)
_TIMES = re.compile(r"£\s*\d[\d,.]*\s*[x×@]\s*\d|\d(?:\s+\w+)?\s*[x×@]\s*£\s*\d")
_OWN_BOXES = re.compile(
    rf"([^{TICKED}{UNTICKED}\n]{{6,60}}?)[:?]?\s*([{TICKED}{UNTICKED}]\s*Yes\W*[{TICKED}{UNTICKED}]\s*No)\b",
    re.IGNORECASE,
)
_BOXES = re.compile(f"([{TICKED}{UNTICKED}])")
_AROUND, _APART = re.compile(r"^\W+|[\s/|,;]+$"), re.compile(r"\s{3,}|\t")  # options, and what stands between them
_TICKED_TYPED, _EMPTY_TYPED = re.compile(r"\[\s*[xX✓✔]\s*\]"), re.compile(r"\[\s*\]")
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_FRACTION = re.compile(r"(?<=\d)\s?[½¼¾]")
_ATTENDED = re.compile(r"\battend(?:ance|ed|s)\b[^.%]{0,60}?\d{1,3}(?:\.\d+)?\s*%", re.IGNORECASE)
_ABSENCES = {
    f"attendance.{kind}orised_percent": re.compile(
        rf"\b{kind}ori[sz]ed\b(?: absences?)?(?: (?:of|is|was|at|rate|stands at))*[\s:(]*(\d{{1,3}}(?:\.\d+)?\s*%)"
        rf"|(\d{{1,3}}(?:\.\d+)?\s*%)\)? (?:was |is |were |as )?{kind}ori[sz]ed\b",
        re.IGNORECASE,
    )
    for kind in ("auth", "unauth")
}
_DONE = re.compile(r"\b(?:completed|filled in|returned|done|scored|dated?)\b(?:[^.|]|\.(?=\d))*", re.IGNORECASE)
_COUNTS = {w: n for n, w in enumerate(["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])} | {
    "nil": 0, "zero": 0, "no": 0, "never": 0, "once": 1, "twice": 2,
}  # fmt: skip
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(?<![\w@.])(?:\+44\s?|\(?0)[\d\s()-]{8,15}\d")
_PHONE_ALONE = re.compile(_PHONE.pattern + r"(?![\w.@])")
_CONTACT_WORD = re.compile(
    r"[\s,;|]*\b(?:tel|email|e-mail|phone|mob(?:ile)?|t|e|m)\W*(?:n/a|n/k|none)?\W*$|[\s,;|]*[✉☎✆📞📧📱🖂]\W*$",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"(?:^|[\s,;|])(?:tel(?:ephone)?|e-?mail|(?:tele)?phone|mob(?:ile)?)(?: no\.?| number| address)?\s*:", re.I
)
_PARTS = re.compile(r"\d\s*(?:of|out of|/)\s*\d", re.IGNORECASE)
_MOST = 1e9  # anything from here on is no figure of a form
_LONGEST = 1_000  # characters of a box that may hold a name and how to reach it
_ANY_DAY = date(2020, 1, 1)  # to tell whether a day and month can be a date
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def read_date(text: str, near: date | None = None, ahead: bool = False) -> str | None:
    """The first date in a text, as `YYYY-MM-DD`, or `YYYY-MM` where it has no day.

    A date without a year takes the year that brings it nearest after `near` (`ahead`: deadlines, next meetings) or
    nearest before it (everything else, a fortnight of grace each way); without `near` it is None.
    """
    if not _DIGIT.search(text, 0, _LONGEST):
        return None
    text = _BROKEN_YEAR.sub(r"\1", text[:_LONGEST])
    for pattern in _DATES:
        for found in pattern.finditer(text):
            parts = found.groupdict()
            month = int(parts.get("number") or 0) or _MONTHS[(parts.get("month") or "jan")[:3].lower()]
            day = int(parts.get("day") or 0)
            made = _dated(parts.get("year"), month, day, near, ahead)
            if made:
                return made
    return None


def find_dates(text: str) -> list[tuple[int, int]]:
    """Where dates stand in a text: start and end of each, in order."""
    if not _DIGIT.search(text, 0, _LONGEST):
        return []
    spans: list[tuple[int, int]] = []
    for pattern in _DATES:
        for found in pattern.finditer(text[:_LONGEST]):
            apart = all(found.end() <= start or found.start() >= end for start, end in spans)
            if apart and read_date(found.group(), near=_ANY_DAY):
                spans.append(found.span())
    return sorted(spans)


def _dated(year: str | None, month: int, day: int, near: date | None, ahead: bool) -> str | None:
    try:
        if year is not None:
            full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 70 else 2000)
            if not 1900 <= full <= 2099:
                return None
            return date(full, month, day).isoformat() if day else f"{date(full, month, 1):%Y-%m}"
        if near is None or not day:
            return None
        slack = 14
        candidates = [date(y, month, day) for y in (near.year - 1, near.year, near.year + 1) if _exists(y, month, day)]
        if ahead:
            return min(d for d in candidates if (d - near).days >= -slack).isoformat()
        return max(d for d in candidates if (d - near).days <= slack).isoformat()
    except ValueError:
        return None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def _figure(digits: str) -> float | None:
    number = float(digits.replace(",", ""))
    return number if abs(number) < _MOST else None


def read_number(text: str) -> float | None:
    """The first number in a text: '25 hours' is 25, '22½' is 22.5."""
    found = _NUMBER.search(_FRACTION.sub(lambda part: _FRACTIONS[part[0].strip()], text))
    return _figure(found.group()) if found else None


def read_percent(text: str) -> float | None:
    """The first number marked %, else the first number; None for so many of so many: '162 of 170'."""
    marked = re.search(r"(?<!\d)(\d+(?:\.\d+)?)\s*%", text)
    if not marked and _PARTS.search(text):
        return None
    return _figure(marked.group(1)) if marked else read_number(text)


def counts_sessions(label: str, answer: str) -> bool:
    """Whether a label asks for a number of sessions or days, and not for a share of them: 'Number of sessions attended', '8'."""
    if "%" in label + answer or re.search(r"\bper ?cent|\d\.\d", f"{label} {answer}", re.IGNORECASE):
        return False
    return bool(re.search(r"\b(?:number|no\.?|how many|sessions|days|times)\b", label, re.IGNORECASE))


def read_count(text: str) -> int | None:
    """A whole number, in digits or words: '2 (3 days)' is 2, 'None' is 0."""
    word = re.match(r"[a-z]+", text.strip().casefold())
    if word and word.group() in _COUNTS:
        return _COUNTS[word.group()]
    number = read_number(text)
    return int(number) if number is not None and number == int(number) else None


def read_total(text: str) -> int | None:
    """The number that a text calls the total, else its first whole number: 'Emotional 5, total difficulties 14' is 14."""
    text = re.sub(r"\bout of \d+|/ ?40\b", "", text)
    told = re.search(r"\b(?:total|overall)\b\D{0,25}(\d{1,2})\b", text, re.IGNORECASE)
    return int(told[1]) if told else read_count(text)


def read_money(text: str) -> float | None:
    """Pounds: '£480', '480.00', '£40 x 12 weeks = £480' is 480. Several sums, or '£40 x 12', without a total are None."""
    if re.fullmatch(r"\W*(nil|no cost|no charge|free|zero)\W*", text.strip(), re.IGNORECASE):
        return 0.0
    if len(text) > _LONGEST:
        return None
    total = re.split(r"=|\btotal(?:ling|s)?\b", text, flags=re.IGNORECASE)
    if len(total) > 1:
        text = total[-1] if _NUMBER.search(total[-1].replace("£", " ")) else total[0]
    priced = _UNIT_PRICE.sub(" ", text)
    if not _POUNDS.search(priced) and _TIMES.search(text):
        return None
    sums = _POUNDS.findall(priced if _POUNDS.search(priced) else text)
    if sums:
        return _figure(sums[0]) if len({_figure(said) for said in sums}) == 1 else None
    numbers = _NUMBER.findall(text)
    return _figure(numbers[0]) if len(numbers) == 1 else None


def read_year_group(text: str) -> str | None:
    """'N', 'R' or '1' to '13': 'Y9', 'NCY 9', 'Year 9 (9B)', 'Reception', 'Nursery (F1)'."""
    said = text.strip().casefold()
    found = re.search(r"(?:\b(?:year|yr|y|ncy|nc)\.?\s*(?:year|group)?\s*)(1[0-4]|[0-9])(?!\d)", said) or re.match(
        r"(1[0-4]|[1-9])(?!\d)", said
    )
    if found:
        number = int(found.group(1))
        return "R" if number == 0 else str(min(number, 13))
    if re.search(r"\breception\b|\bf2\b|\bfs2\b|^r$|\byr\b|foundation (?:stage )?2", said):
        return "R"
    if re.search(r"\bnursery\b|\bf1\b|\bfs1\b|^n[12]?$|pre-?school|foundation (?:stage )?1", said):
        return "N"
    return None


def read_choice(text: str) -> str:
    """The words of the ticked option where a text has boxes ('Autumn ☒ Spring ☐' is 'Autumn'), else the text itself.

    A lone ticked box is ☒; boxes of which none is ticked are ''.
    """
    text = boxed(text)
    if TICKED not in text and UNTICKED not in text:
        return text.strip()
    parts = _BOXES.split(text)
    boxes, words = parts[1::2], [_AROUND.sub("", part) for part in parts[0::2]]
    if text[: text.find(boxes[0])].rstrip().endswith(":"):  # 'Tick one: ☐ ...'
        words[0] = ""
    before = bool(words[0])  # the words stand before their boxes
    options = words[:-1] if before else words[1:]
    options = [_APART.split(option)[-1 if before else 0] for option in options]  # 'Yes      No ☒'
    chosen = [option for option, box in zip(options, boxes, strict=True) if box == TICKED]
    if not chosen:
        return ""
    return ", ".join(option for option in chosen if option) or TICKED


def boxed(text: str) -> str:
    """A text with tick boxes for those that are typed: '[x] Yes [ ] No'."""
    return _EMPTY_TYPED.sub(UNTICKED, _TICKED_TYPED.sub(TICKED, text)) if "[" in text else text


def tells_attendance(text: str) -> bool:
    """Whether a sentence tells the attendance so far: 'Attendance this year is 93.8% (last year 89%)'."""
    return bool(_ATTENDED.search(text[:_LONGEST]))


def tells_absence(text: str) -> dict[str, str]:
    """The shares of absence that a sentence tells beside the attendance: 'with authorised absence of 4.2%'."""
    found = {path: pattern.search(text[:_LONGEST]) for path, pattern in _ABSENCES.items()}
    return {path: share[1] or share[2] for path, share in found.items() if share}


def tells_sdq(text: str) -> dict[str, str]:
    """When an SDQ was done and by whom, where a line says so: 'Returned 05/09/2025 by Halima Roble.'"""
    done = _DONE.search(text[:_LONGEST])
    spans = find_dates(done[0]) if done else []
    if done and not spans and re.search(r"[—–…]|_{2,}", done[0]):
        return {"sdq.date": "", "sdq.completed_by": ""}  # 'Returned — by —.'
    if not done or not spans:
        return {}
    by = re.search(r"\bby (?:the )?((?:(?!\bon\b)[^\d.,;()])+)", done[0])
    told = {"sdq.date": done[0][slice(*spans[0])]}
    return told | ({"sdq.completed_by": by[1].strip()} if by and by[1].strip(" —-") else {})


def yes_no_inside(text: str) -> list[tuple[str, str]]:
    """The questions inside an answer that each have their own boxes: 'Reduced timetable? ☐ Yes ☒ No' and what follows."""
    if TICKED not in text and UNTICKED not in text:
        return []
    return [(label.strip(" :?-–\n\t"), boxes) for label, boxes in _OWN_BOXES.findall(text[:_LONGEST])]


def is_upn(text: str) -> bool:
    """Whether a UPN's check letter fits its digits (DfE's arithmetic; temporary numbers end in a letter)."""
    if not re.fullmatch(r"[A-Z]\d{11}[0-9A-Z]", text):
        return False
    last = _UPN_LETTERS.find(text[12]) if text[12].isalpha() else int(text[12])
    total = sum((place + 2) * int(digit) for place, digit in enumerate(text[1:12])) + 13 * last
    return last >= 0 and _UPN_LETTERS[total % 23] == text[0]


def read_upn(text: str) -> str | None:
    found = re.search(r"[A-Z]\s*(?:\d\s*){11}[\dA-Z](?![\dA-Z])", text.upper())
    return re.sub(r"\s", "", found.group()) if found else None


def read_email(text: str) -> str | None:
    """An e-mail address, put together again where a narrow cell broke it over lines."""
    if "@" not in text:
        return None
    text = _PHONE_ALONE.sub(" ", text[:_LONGEST])
    glued = re.sub(r"(?<![^\W_])([a-z\d_.@-]+|\w*[.@][\w.@-]*)\s*\n\s*(?=[a-z.@])|(?<=\w)\s*\n\s*(?=[.@])", r"\1", text)
    spaced = "" if re.search(r"\w\s+\w[\w.]*@|^[A-Z][a-z]", text) else re.sub(r"\s", "", text)
    found = _EMAIL.fullmatch(spaced) or _EMAIL.search(glued) or _EMAIL.search(text)
    return found.group().strip(".") if found else None


def read_phone(text: str) -> str | None:
    found = _PHONE.search(text[:_LONGEST]) if "0" in text or "+44" in text else None
    return " ".join(found.group().split()) if found else None


def without_contact(text: str) -> str:
    """A name without the e-mail address and telephone number that stand beside it."""
    named = (_REACHED.split(line)[0] for line in text[:_LONGEST].split("\n"))
    lines = (_PHONE.sub("", _EMAIL.sub("", line)).strip(" ,;:|-–") for line in named)
    return _CONTACT_WORD.sub("", " ".join(line for line in lines if line))


def split_name(text: str) -> tuple[str | None, str | None]:
    """Forename and surname of a full name: 'MARCHETTI, Leo', 'Leo Marchetti', 'Ana de Souza'."""
    name = re.sub(r"\s*\(.*?\)\s*", " ", text).strip(" .,")
    if "," in name:
        surname, _, forename = (part.strip() for part in name.partition(","))
        return forename or None, surname or None
    words = name.split()
    if len(words) < 2:
        return (words[0] if words else None), None
    first = next((i for i, w in enumerate(words) if i and len(w) > 2 and w.isupper()), len(words) - 1)
    if words[0].isupper():
        first = len(words) - 1
    while first > 1 and words[first - 1].casefold() in {"de", "da", "do", "dos", "van", "von", "der", "el", "al", "bin", "ben", "la", "le", "st"}:  # fmt: skip
        first -= 1
    return " ".join(words[:first]), " ".join(words[first:])
