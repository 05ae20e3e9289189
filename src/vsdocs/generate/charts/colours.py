"""The colours of charts: those of bars and lines are steps of the council's own colour, the four grades keep theirs.

Steps differ by lightness, so that they are told apart on a printer without colours whatever the colour is.
"""

from dataclasses import dataclass
from functools import cache

from vsdocs.settings import luminance

INK, QUIET, RULE, PAPER = "#1D2528", "#4D585C", "#C9CFCE", "#FFFFFF"
#: grade -> its letter, colour, and the colour of words on it; from dark to light on paper
GRADES = {
    "gold": ("GD", "#7A5B00", PAPER), "green": ("G", "#4E9A70", INK), "amber": ("A", "#F0B48A", INK), "red": ("R", "#FBE3E0", INK),
}  # fmt: skip
MIDDLE, LIGHT = 0.42, 0.78  # luminance of the second and third bar; the first has the colour itself, 0.18 at most
THIN = 0.26  # of a second line, which needs three times the contrast of its paper


@dataclass(frozen=True)
class Palette:
    """Three steps from dark to light for bars, and three for lines."""

    bars: tuple[str, str, str]
    lines: tuple[str, str, str]


@cache
def palette(colour: str) -> Palette:
    """Of a colour that can be read on white paper, as `vsdocs.toml` lets through no other."""
    return Palette((colour, _toned(colour, MIDDLE), _toned(colour, LIGHT)), (colour, _toned(colour, THIN), QUIET))


def _toned(colour: str, wanted: float) -> str:
    """The colour with so much white in it that it is as light as wanted."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    low, high = 0.0, 1.0
    for _ in range(12):
        white = (low + high) / 2
        mixed = "#" + "".join(f"{round(part + (255 - part) * white):02X}" for part in parts)
        low, high = (white, high) if luminance(mixed) < wanted else (low, white)
    return mixed
