"""The characters of a Word file as they look: ticks and boxes of every font as ☒ and ☐, dingbats as what they show."""

import re

from vsdocs.document import TICKED, UNTICKED

_TYPED_TICK, _TYPED_BOX = re.compile(rf"\[\s?[xX{TICKED}]\s?\]"), re.compile(r"\[[\s_]{0,3}\]")
_TICKS = str.maketrans(dict.fromkeys("☑✓✔✅🗹🗷", TICKED) | dict.fromkeys("□▢◻❏❑❒⬜", UNTICKED))
#: what is not seen: soft hyphens, marks of no width; and the hyphen that does not break
_UNSEEN = str.maketrans(dict.fromkeys("\u00ad\u200b\u200e\u200f\u2060\ufeff\ufe0e\ufe0f", "") | {"\u2011": "-"})
#: characters of dingbat fonts by their code; what is not listed is a picture that says nothing
_FONTS = {
    "wingdings": {
        **dict.fromkeys((0xFE, 0xFD, 0xFC, 0x78), TICKED),
        **dict.fromkeys((0xA8, 0x6F, 0x70, 0x71, 0x72), UNTICKED),
        **dict.fromkeys((0x6C, 0x9F, 0xA7, 0x76, 0xD8, 0x6E), "•"),
        0xFB: "✗", 0xE0: "→", 0xE8: "→", 0xDF: "←", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹",
    },
    "wingdings 2": {
        **dict.fromkeys((0x50, 0x51, 0x52, 0x53, 0x54), TICKED),
        **dict.fromkeys((0xA3, 0x2A), UNTICKED),
        **dict.fromkeys((0x97, 0x98, 0x95), "•"),
        0x4F: "✗",
    },
    "wingdings 3": {},
    "webdings": {0x61: TICKED, 0x63: UNTICKED, 0x72: "✗"},
    "symbol": {0xB7: "•", 0xB0: "°", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xAE: "→", 0xBE: "—"},
}  # fmt: skip


_ANY_FONT = _FONTS["wingdings"] | {0xB7: "•"}


def shown(text: str, font: str = "") -> str:
    """A text as a person sees it, set in a font."""
    dingbats = "dings" in font.lower()
    if text.isascii() and not dingbats:
        return text
    if dingbats or any(map(_is_private, text)):
        signs = _FONTS.get(font.lower(), _ANY_FONT)
        text = "".join(_sign(signs, c) if _is_private(c) or (dingbats and ord(c) < 0x100) else c for c in text)
    return text.translate(_TICKS).translate(_UNSEEN)


def boxed(text: str) -> str:
    """A text with boxes for those that are typed with brackets: '[x]' and '[ ]'."""
    return _TYPED_BOX.sub(UNTICKED, _TYPED_TICK.sub(TICKED, text)) if "[" in text else text


def symbol(font: str, code: str) -> str:
    """What Word's symbol element shows: a character, by its code in hexadecimal, of a font."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    signs = _FONTS.get(font.lower())
    if signs is not None:
        return signs.get(number & 0xFF, "")
    return shown(chr(number)) if 0x20 <= number < 0xD800 else ""


def _sign(signs: dict[int, str], char: str) -> str:
    return " " if char.isspace() else signs.get(ord(char) & 0xFF, "")


def _is_private(char: str) -> bool:
    """Whether a character is of a dingbat font, at the place where Word keeps those."""
    return "\uf020" <= char <= "\uf0ff"
