"""Whether a target is shown to be out of reach: an absolute, or a step too big for its start and its time."""

import re
from datetime import date

from vsdocs.dates import parse_iso
from vsdocs.language.clauses import Part
from vsdocs.language.measures import masked
from vsdocs.language.numbers import NUMBER, value
from vsdocs.record import Target

_AGE = re.compile(r"(\d{1,2}) ?(?:y|yrs?|years?|:|\.) ?(?:(?:and )?(\d{1,2}) ?(?:m|mths?|months?)?)?\b", re.IGNORECASE)
_LADDER = re.compile(
    r"\b(?:from (?:[\w-]+ ){0,3}?|(?:scaled|standard(?:ised)?) score (?:of )?)(?:[78]\d|pre[- ]key stage|entry level|well below|working below|below|pre[- ]entry|P levels?)\b[^.;]{0,60} to (?:[\w-]+ ){0,2}?(?:greater depth|exceeding|mastery|above expected|grade [6-9])\b",
    re.IGNORECASE,
)
_ABSOLUTE_PERCENT = re.compile(r"\b100 ?(?:%|per cent)", re.IGNORECASE)
_SHORT = re.compile(
    rf"\b(?:half[- ]?term|next (?:week|month|(?:Mon|Tues|Wednes|Thurs|Fri)day)|tomorrow|{NUMBER} (?:weeks|days)|first day|fortnight|this (?:month|week))\b",
    re.IGNORECASE,
)


def out_of_reach(text: Part, criteria: Part, target: Target, meeting: date | None) -> str:
    """The words that show a target to be out of reach, or ''."""
    for part in (text, criteria):
        if not part.says_outcome:
            continue
        for hit in part.reading.hits.get("absolute", ()):
            if not any(a <= hit.start < b for a, b in part.spans):
                return hit.words
    both = f"{text.text} {criteria.text}".strip()
    if "ttendance" in both and (full := _ABSOLUTE_PERCENT.search(both)):
        return full.group()
    if (step := _LADDER.search(both)) is not None:
        return step.group()
    start = text.baseline or criteria.baseline or (target.baseline or "")
    if not start:
        return ""
    aim = masked(both, meeting, []).replace(start, " ")
    if text.reading.has("not_yet") and text.reading.has("summit") and not criteria.measures:
        return text.reading.first("summit")
    months = _months(target, meeting, both)
    return (
        _age_leap(start, aim, both, months)
        or _grade_leap(start, both, months)
        or _full_marks(start, aim)
        or _count_leap(start, aim, both, months)
    )


def _months(target: Target, meeting: date | None, text: str) -> float:
    """Months from the meeting to the due date; without one, two where the words are of a short time, else a year."""
    due = parse_iso(target.due)
    if meeting and due and due > meeting:
        return (due - meeting).days / 30.4
    return 2.0 if _SHORT.search(text) else 8.0


def _age_leap(start: str, aim: str, text: str, months: float) -> str:
    """A reading age may gain three months for each month of teaching and a few besides; years within a term are a leap."""
    if not re.search(r"\bage\b", text, re.IGNORECASE):
        return ""
    before, after = _AGE.search(start), _AGE.search(aim)
    if before is None or after is None:
        return ""
    gain = (int(after[1]) - int(before[1])) * 12 + int(after[2] or 0) - int(before[2] or 0)
    return after.group().strip() if gain > max(12, 4 + 3 * months) else ""


_ONE_UP = re.compile(
    r"\b(?:from |grade |level )(?:an? |grade |level |GCSE |Entry ){0,2}(?P<stands>[1-9])s?\b[^.;\d]{0,40}\bto (?:an? |grade |level |Entry ){0,2}"
    r"(?P<aim>[1-9])s?\b(?! ?(?:%|/|out of|of|in \d|times|words))",
    re.IGNORECASE,
)


def is_one_step(text: str) -> bool:
    """Whether a target asks for the very next grade or level: 'from a 4 to a 5'. That is never a leap."""
    found = _ONE_UP.search(text)
    return found is not None and int(found["aim"]) - int(found["stands"]) == 1


_GRADE = re.compile(
    r"\b(?:grade|level|GCSE|an?|to|from) ([1-9])s?\b(?! ?(?:%|/|out|of|in \d|mornings|words|times|[1-9]))",
    re.IGNORECASE,
)


def _grade_leap(start: str, text: str, months: float) -> str:
    """Three GCSE grades or more within a year."""
    if not re.search(r"\b(?:grade|GCSE)", text, re.IGNORECASE):
        return ""
    stands = _GRADE.search(start) or re.search(r"\b([1-9])s?\b(?!\d|%)", start)
    aims = list(_GRADE.finditer(text.replace(start, " ")))
    if stands is None or not aims:
        return ""
    aim = max(aims, key=lambda m: int(m[1]))
    return aim.group() if int(aim[1]) - int(stands[1]) >= 3 and months < 12 else ""


def _full_marks(start: str, aim: str) -> str:
    """From under a third to every mark there is: '25 out of 25', where the trial gave 3."""
    full = re.search(r"\b(\d{2,})(?: out of | of | ?/ ?)(?:the )?(\d{2,})\b", aim)
    before = _amount(start)
    return full.group() if full and full[1] == full[2] and before and before[0] * 3 <= float(full[2]) else ""


def _count_leap(start: str, aim: str, text: str, months: float) -> str:
    """Ten times as many within a term, from many to none at all, or attendance up by more than 25 points."""
    before, after = _amount(start), _amount(aim)
    if before is None or after is None:
        return ""
    (low, _), (high, words) = before, after
    if "%" in start and "%" in aim and "ttendance" in text:
        return words if high - low > 25 and months < 6 else ""
    if "%" in start or "%" in aim:
        return ""
    return words if low > 0 and high / low >= 10 and high - low >= 40 and months < 9 else ""


def _amount(text: str) -> tuple[float, str] | None:
    found = [
        (number, m.group())
        for m in re.finditer(NUMBER, text, re.IGNORECASE)
        if (number := value(m.group())) is not None
    ]
    return max(found, default=None)
