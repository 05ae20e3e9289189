"""Whether a target is shown to be out of reach: an absolute, or a step too big for its start and its time."""

import re
from datetime import date

from vsdocs.dates import parse_iso
from vsdocs.language.clauses import Part
from vsdocs.language.numbers import NUMBER, value
from vsdocs.record import Target

_AGE = re.compile(r"(\d{1,2}) ?(?:y|yrs?|years?|:|\.) ?(?:(?:and )?(\d{1,2}) ?(?:m|mths?|months?)?)?\b", re.IGNORECASE)
_LADDER = re.compile(
    r"\bfrom (?:[\w-]+ ){0,3}?(?:pre[- ]key stage|entry level|well below|working below|below|pre[- ]entry|P levels?)\b[^.;]{0,40} to (?:[\w-]+ ){0,2}?(?:greater depth|exceeding|mastery|above expected|grade [6-9])\b",
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
        if part.reading.has("absolute"):
            return part.reading.first("absolute")
    both = f"{text.text} {criteria.text}".strip()
    if "ttendance" in both and (full := _ABSOLUTE_PERCENT.search(both)):
        return full.group()
    if (step := _LADDER.search(both)) is not None:
        return step.group()
    start = text.baseline or criteria.baseline or (target.baseline or "")
    if not start:
        return ""
    aim = both.replace(start, " ")
    if text.reading.has("not_yet") and text.reading.has("summit") and not criteria.measures:
        return text.reading.first("summit")
    months = _months(target, meeting, both)
    return (
        _age_leap(start, aim, both, months) or _grade_leap(start, both, months) or _count_leap(start, aim, both, months)
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


def _grade_leap(start: str, text: str, months: float) -> str:
    """Three GCSE grades or more within a year, two within a month or two."""
    aimed, stands = re.search(r"\b(?:grade|a|an) ([5-9])\b", text, re.IGNORECASE), re.search(r"\b([1-4])s?\b", start)
    if (
        aimed
        and stands
        and re.search(r"\bgrade|GCSE", text, re.IGNORECASE)
        and int(aimed[1]) - int(stands[1]) >= 4
        and months < 12
    ):
        return aimed.group()
    step = re.search(
        r"from (?:an? )?(?:grade |level )?([1-9])\b(?! ?(?:%|/|out|of|in \d|mornings|words|times|to [1-9]\d))[^.;]{0,30}? to (?:an? )?(?:grade |level )?([1-9])\b(?! ?(?:%|/|out|of|in \d|or))",
        text,
        re.IGNORECASE,
    )
    if step is None or not re.search(r"\b(?:grade|level|GCSE)\b", text, re.IGNORECASE):
        return ""
    return step.group() if int(step[2]) - int(step[1]) >= (3 if months > 3 else 2.5) else ""


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
