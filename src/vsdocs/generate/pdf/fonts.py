"""The faces that letters are set in, and what is shown for a character that none of them has.

Liberation Sans has the measures of Arial. DejaVu Sans has what it lacks: Arabic, symbols, plain emoji. A character that
neither has is shown by its code, such as [U+1F9D1].
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

ASCENT, DESCENT, GAP = 0.905, 0.212, 0.033  # of Liberation Sans, as parts of its size
_FILES = ("LiberationSans-Regular", "LiberationSans-Bold", "LiberationSans-Italic", "LiberationSans-BoldItalic")
_OTHERS = ("DejaVuSans", "DejaVuSans-Bold")
#: of a table of characters: joined letters, and those past the first 65,536
_CODE = re.compile(r"(<..> )<(F[BCDE][0-9A-F]{2}|[1-9A-F][0-9A-F]{4,5})>")
#: marks that are not seen: of no width, of direction, of variants
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")


class _Face(TTFont):  # type: ignore[misc, unused-ignore]
    """A face that also says what the glyphs of emoji and of joined Arabic letters stand for, as the library does not."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        super().addObjects(doc)
        for name, made in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                made.content = _CODE.sub(_plain, made.content)


def _plain(code: re.Match[str]) -> str:
    return f"{code[1]}<{unicodedata.normalize('NFKC', chr(int(code[2], 16))).encode('utf-16-be').hex()}>"


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A stretch of one face. `text` is what is drawn."""

    face: str
    text: str
    width: float  # at size 1


@cache
def _faces() -> dict[str, Any]:
    """Each face, read once for the process."""
    faces = {}
    for name in (*_FILES, *_OTHERS):
        faces[name] = _Face(name, str(folder() / f"{name}.ttf"), asciiReadable=0, shapable=False)
        pdfmetrics.registerFont(faces[name])
    return faces


def folder() -> Path:
    return Path(str(resources.files("vsdocs"))) / "generate" / "pdf" / "fonts"


@cache
def _named(name: str) -> tuple[dict[int, int], dict[int, float], float]:
    face = _faces()[name].face
    return face.charToGlyph, face.charWidths, face.defaultWidth


@lru_cache(maxsize=20_000)
def glyphs(text: str, bold: bool, italic: bool) -> tuple[Glyphs, ...]:
    """A text in stretches of one face each; what is not seen is left out."""
    main, other = _FILES[bold + 2 * italic], _OTHERS[bold]
    known, beside = _named(main)[0], _named(other)[0]
    if not text.isascii():
        text = _UNSEEN.sub("", text)
    found: list[tuple[str, str]] = []
    for char in text:
        code = ord(char)
        if code in known:
            face, shown = main, char
        elif code in beside:
            face, shown = other, char
        else:
            face, shown = main, f"[U+{code:04X}]"
        if found and found[-1][0] == face:
            found[-1] = face, found[-1][1] + shown
        else:
            found.append((face, shown))
    return tuple(Glyphs(face, shown, _width(face, shown)) for face, shown in found)


def width(text: str, bold: bool, italic: bool) -> float:
    """How wide a text is at size 1."""
    return sum(part.width for part in glyphs(text, bold, italic))


def _width(face: str, text: str) -> float:
    _, widths, usual = _named(face)
    return sum(widths.get(ord(char), usual) for char in text) / 1000
