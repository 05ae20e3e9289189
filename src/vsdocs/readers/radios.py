"""Round marks of choices as the characters ☒ and ☐: '○ Yes ● No'. A dot alone may be a bullet."""

import re

from vsdocs.document import TICKED, UNTICKED

_FULL, _EMPTY = "●⬤⚫", "○◯⚪⭘"
_ALL = str.maketrans(dict.fromkeys(_FULL, TICKED) | dict.fromkeys(_EMPTY, UNTICKED))
_LINE = re.compile(r"[^\r\n\v]+")
_ANY = re.compile(f"[{_FULL}{_EMPTY}]")


def has_radios(text: str) -> bool:
    """Whether a line of a text has a full mark and an empty one."""
    return any(sign in text for sign in _EMPTY) and any(_is_choice(line[0]) for line in _LINE.finditer(text))


def boxes_of(text: str) -> str:
    """A text whose round marks are known to be choices, with boxes for them."""
    return text.translate(_ALL)


def with_boxes(text: str) -> str:
    """A text with boxes on such lines, and on those next to them that hold several marks or begin with an empty one."""
    lines = _LINE.findall(text)
    chosen = [_is_choice(line) for line in lines]
    marked = iter(
        here or (any(chosen[max(0, number - 1) : number + 2]) and line.strip()[:1] in _EMPTY and bool(line.strip()))
        for number, (line, here) in enumerate(zip(lines, chosen, strict=True))
    )
    return _LINE.sub(lambda line: boxes_of(line[0]) if next(marked) else line[0], text)


def _is_choice(line: str) -> bool:
    signs = _ANY.findall(line)
    return len(signs) > 1 and any(sign in _FULL for sign in signs) and any(sign in _EMPTY for sign in signs)
