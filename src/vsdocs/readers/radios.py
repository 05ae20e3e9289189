"""Marks of choices as the characters ☒ and ☐: '○ Yes ● No', '( ) Yes (x) No', '[ ] Yes [x] No'. A dot alone may be a bullet."""

import re

from vsdocs.document import TICKED, UNTICKED

_FULL, _EMPTY = "●⬤⚫", "○◯⚪⭘"
_ALL = str.maketrans(dict.fromkeys(_FULL, TICKED) | dict.fromkeys(_EMPTY, UNTICKED))
_LINE = re.compile(r"[^\r\n\v]+")
_ANY = re.compile(f"[{_FULL}{_EMPTY}]")
_TYPED = re.compile(r"([(\[])[ _\xa0]{0,3}([xX•●✓✔]?)[ _\xa0]?[)\]]")


def has_marks(text: str) -> bool:
    """Whether a line of a text has a full mark and an empty one."""
    drawn = any(sign in text for sign in _EMPTY) and any(sign in text for sign in _FULL)
    return (drawn or "(x" in text or "[x" in text.lower() or "( )" in text) and any(
        map(_is_choice, _LINE.findall(text))
    )


def boxes_of(text: str) -> str:
    """A text whose marks are known to be choices, with boxes for them."""
    return _TYPED.sub(_box, text).translate(_ALL)


def _box(mark: re.Match[str]) -> str:
    return TICKED if mark[2] else UNTICKED


def with_boxes(text: str) -> str:
    """A text with boxes on such lines, and on those next to them that begin with an empty mark; it is as long as before."""
    lines = _LINE.findall(text)
    chosen = [_is_choice(line) for line in lines]
    marked = iter(
        here or (any(chosen[max(0, number - 1) : number + 2]) and bool(line.strip()) and line.strip()[0] in _EMPTY)
        for number, (line, here) in enumerate(zip(lines, chosen, strict=True))
    )
    return _LINE.sub(lambda line: _as_long(line[0]) if next(marked) else line[0], text)


def _as_long(line: str) -> str:
    return _TYPED.sub(lambda mark: _box(mark).ljust(len(mark[0])), line).translate(_ALL)


def _is_choice(line: str) -> bool:
    drawn = _ANY.findall(line)
    typed = _TYPED.findall(line)
    for full in ([sign in _FULL for sign in drawn], [bool(sign) for _, sign in typed]):
        if len(full) > 1 and any(full) and not all(full):
            return True
    return False
