"""Numbers as schools write them: digits, words, ages, grades; and what a text measures with them."""

import re

_UNITS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS[:9])}))?|{'|'.join(reversed(_UNITS))}|dozen|half|both"
_HUNDRED = rf"(?:a|{'|'.join(_UNITS[:9])}) (?:hundred|thousand|dozen)(?: and (?:{_WORDS}))?"
NUMBER = rf"(?:\b\d+(?:[.,]\d+)?(?!\d)|\b(?:{_HUNDRED}|{_WORDS})\b)"


def value(words: str) -> float | None:
    """'18', 'ninety-four', 'five hundred', '2.5' as a number; None for anything else."""
    low = words.lower().replace(",", "").strip()
    if re.fullmatch(r"\d+(?:\.\d+)?", low):
        return float(low)
    if low in ("half", "both", "dozen"):
        return {"half": 0.5, "both": 2.0, "dozen": 12.0}[low]
    total = 0.0
    for part in re.split(r"[- ]", low):
        if part in _UNITS:
            total += _UNITS.index(part) + 1
        elif part in _TENS:
            total += (_TENS.index(part) + 2) * 10
        elif part in ("hundred", "thousand", "dozen"):
            total = (total or 1) * {"hundred": 100, "thousand": 1000, "dozen": 12}[part]
        elif part not in ("a", "and"):
            return None
    return total or None
