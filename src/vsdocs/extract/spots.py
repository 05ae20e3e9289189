"""What stands on a form, once it is known what is a label and what an answer: headings, pairs, grids and lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vsdocs.document import Box, Paragraph, Run
from vsdocs.evidence import Location

_LETTER = re.compile(r"[^\W_]")  # or figure


@dataclass(frozen=True, slots=True)
class Words:
    """Text at a place."""

    text: str
    location: Location
    confidence: float = 1.0

    def __bool__(self) -> bool:
        return bool(self.text)


Item = dict[str, Words]  # one item of a list: column -> answer


@dataclass(frozen=True, slots=True)
class Spot:
    section: str | None


@dataclass(frozen=True, slots=True)
class Heading(Spot):
    words: Words


@dataclass(frozen=True, slots=True)
class Pair(Spot):
    label: Words
    value: Words


@dataclass(frozen=True, slots=True)
class Grid(Spot):
    """Column heads over rows. A body cell that runs down over several rows is None in the rows after its first."""

    heads: tuple[Words, ...]
    rows: tuple[tuple[Words | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Title(Spot):
    """The heading of a card inside a section."""

    words: Words


@dataclass(frozen=True, slots=True)
class Line(Spot):
    """A paragraph that belongs to no label."""

    words: Words


def level_with(box: Box | None, other: Box | None) -> bool:
    """Whether two pieces of a page stand on one line."""
    if box is None or other is None:
        return False
    return min(box.bottom, other.bottom) - max(box.top, other.top) > 0.4 * (other.bottom - other.top)


def joined(parts: Sequence[Words], glue: str = "\n") -> Words:
    filled = [part for part in parts if part] or list(parts[:1])
    return Words(glue.join(p.text for p in filled), filled[0].location, min(p.confidence for p in filled))


def words_of(paragraph: Paragraph) -> Words:
    confidence = min([run.confidence for run in paragraph.runs if run.text.strip()], default=1.0)
    return Words(paragraph.text, paragraph.location, confidence)


def lines_of(paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph as one for each of its printed lines that is not empty."""
    if not any("\n" in run.text for run in paragraph.runs):
        return [paragraph] if paragraph.text else []
    lines: list[list[Run]] = [[]]
    for run in paragraph.runs:
        first, *others = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=text)] for text in others]
    return [line for runs in lines if (line := replace(paragraph, runs=tuple(runs))).text]


def by_look(runs: Sequence[Run], muted: bool = False) -> list[tuple[str, bool]]:
    """The text of the runs, joined where they are alike bold (or `muted`); space takes the look of what is before it."""
    pieces: list[tuple[str, bool]] = []
    for run in runs:
        apart = (run.muted if muted else run.bold) if run.text.strip() or not pieces else pieces[-1][1]
        if pieces and pieces[-1][1] == apart:
            pieces[-1] = (pieces[-1][0] + run.text, apart)
        else:
            pieces.append((run.text, apart))
    return pieces


def without_hint(paragraph: Paragraph) -> Paragraph:
    """A bold label without the small print that follows it on its line."""
    if not any(run.muted for run in paragraph.runs):
        return paragraph
    kept = tuple(run for run in paragraph.runs if not run.muted)
    bold = replace(paragraph, runs=kept)
    return bold if is_bold(bold) and len(kept) < len(paragraph.runs) and not paragraph.runs[0].muted else paragraph


def is_bold(paragraph: Paragraph) -> bool:
    bold = False
    for run in paragraph.runs:
        if _LETTER.search(run.text):
            if not run.bold:
                return False
            bold = True
    return bold


def is_muted(paragraph: Paragraph) -> bool:
    muted = False
    for run in paragraph.runs:
        if run.text.strip():
            if not run.muted:
                return False
            muted = True
    return muted


def unmuted(paragraph: Paragraph) -> str:
    """The paragraph without a muted start or end: guidance set before or after the answer on one line."""
    if any(run.muted for run in paragraph.runs) and not is_muted(paragraph):
        kept = list(paragraph.runs)
        while kept and (kept[0].muted or not kept[0].text.strip()):
            kept.pop(0)
        while kept and (kept[-1].muted or not kept[-1].text.strip()):
            kept.pop()
        return "".join(run.text for run in kept).strip()
    return paragraph.text
