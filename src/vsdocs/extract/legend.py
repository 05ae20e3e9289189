"""Codes that a form explains itself: 'Attended (A), apologies (Ap)', 'A = achieved, P = partly achieved'."""

import re

_EXPLAINED = re.compile(r"(?<![\w.])([A-Z]{1,3}|[A-Z][a-z])\s*=\s*([A-Za-z][a-z /-]{2,40})")
_BRACKETED = re.compile(r"([A-Za-z][a-z /-]{2,40}?)\s*\(([A-Z]{1,3}|[A-Z][a-z])\)")
_LONGEST = 300  # characters

Legend = dict[str, str]  # code in small letters -> what it stands for


def read_legend(text: str) -> Legend:
    """The codes that a text explains; nothing where it explains fewer than two."""
    if len(text) > _LONGEST or ("=" not in text and "(" not in text):
        return {}
    found = {code.casefold(): meaning.strip() for code, meaning in _EXPLAINED.findall(text)}
    if len(found) < 2:
        found = {code.casefold(): told.strip() for told, code in _BRACKETED.findall(text) if _shortens(code, told)}
    return found if len(found) > 1 else {}


def _shortens(code: str, words: str) -> bool:
    """Whether a code is made of the letters of what stands before it: 'Kay Eze (DT)' explains nothing."""
    letters = iter(words.strip().casefold())
    return words.strip()[:1].casefold() == code[:1].casefold() and all(letter in letters for letter in code.casefold())
