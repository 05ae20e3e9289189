"""How one form sets its headings and labels: learnt from those that are known, and used for those that are not."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vsdocs.document import Block, Cell, Document, Paragraph, Table
from vsdocs.extract.labels import LABEL_LENGTH, SURE, Labels
from vsdocs.extract.spots import by_look, is_bold, is_muted, lines_of, without_hint
from vsdocs.extract.wording import normal

_ENOUGH = 4  # known labels that make a habit
_SHARE = 0.4  # of all texts of that look; the advice of a form is hardly ever a known label
_HEADINGS = 2  # known headings of one size that make a habit


SMALLER = 0.92  # times the size of an answer: a line over it that is no larger may be its label
_COUNTED = re.compile(r"^\s*(?:section |part )?(\d{1,2}|[A-Z])(?:[.):]\s|\s{2,}|\s[-–—]\s)", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*q?\d{1,2}\s*[.)]\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    """What the labels and headings of a form look like."""

    muted_labels: bool = False  # small or grey over their answers, the way other forms print their advice
    label_sizes: frozenset[float] = field(default=frozenset())  # points, of small print over answers in the same cell
    heading_sizes: frozenset[float] = field(default=frozenset())  # points, of bold lines that are always headings
    repeated: frozenset[str] = field(default=frozenset())  # labels that come again: of a card, no headings
    numbered_questions: bool = False  # a number before a bold line counts the form's questions, not somebody's targets

    def is_heading(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is set as this form sets the headings of its sections, whatever it says."""
        return is_bold(paragraph) and size_of(paragraph) in self.heading_sizes

    def is_question(self, text: str) -> bool:
        """Whether a bold line has its number among the form's questions."""
        return self.numbered_questions and bool(_NUMBERED.match(text))


def learn(document: Document, labels: Labels) -> Look:
    """The look of the labels and headings of a document."""
    cells = list(_cells(document.blocks))
    over = [line.text for cell in cells if (line := over_answer(cell)) is not None]
    known = sum(1 for text in over if labels.is_label(text, None) or labels.is_asked_of_child(text))
    small = [(first, size_of(first)) for cell in cells if (first := _smaller_line(cell)) is not None]
    sizes = Counter(size for _, size in small)
    named = Counter(size for first, size in small if labels.is_label(first.text, None))
    bold = [p.text for b in document.blocks if isinstance(b, Paragraph) and is_bold(p := without_hint(b))]
    return Look(
        muted_labels=known >= _ENOUGH and known >= _SHARE * len(over),
        label_sizes=frozenset(s for s, n in named.items() if n >= _ENOUGH and n >= _SHARE * sizes[s]),
        heading_sizes=frozenset(_heading_sizes(document, labels)),
        repeated=frozenset(text for text, number in Counter(_bold_starts(document.blocks)).items() if number > 1),
        numbered_questions=sum(1 for text in bold if _NUMBERED.match(text) and text.endswith("?")) >= _ENOUGH,
    )


def _heading_sizes(document: Document, labels: Labels) -> Iterable[float]:
    """The sizes, larger than the text, of which bold lines head sections and hold no label."""
    sizes = Counter(size_of(p) for p in document.paragraphs() if p.text)
    text = sizes.most_common(1)[0][0] if sizes else 0.0
    by_size: dict[float, list[str]] = {}
    for block in document.blocks:
        if isinstance(block, Paragraph) and is_bold(block) and size_of(block) > text:
            by_size.setdefault(size_of(block), []).append(block.text)
    for size, said in by_size.items():
        heads = {t: s.score for t in said if (s := labels.vocabulary.section(t)) and s.score >= labels.known(t, None)}
        asked = [t for t in said if t not in heads and (labels.is_label(t, None) or t.endswith((":", "…", "?")))]
        sure = sum(1 for score in heads.values() if score >= SURE)
        if sure >= _HEADINGS and len(heads) * 2 > len(said) and (not asked or _are_counted(said)):
            yield size


def _bold_starts(blocks: Iterable[Block]) -> Iterable[str]:
    """The bold words that lines begin with."""
    for block in blocks:
        if isinstance(block, Paragraph) and block.text and (pieces := by_look(block.runs)) and pieces[0][1]:
            yield normal(pieces[0][0])


def _are_counted(texts: Sequence[str]) -> bool:
    """Whether lines are numbered one after another: '1. My views', '2. About me', or 'A', 'B', 'C'."""
    numbers = [found[1].upper() for text in texts if (found := _COUNTED.match(text))]
    digits = [str(number) for number in range(1, len(numbers) + 1)]
    letters = [chr(ord("A") + at) for at in range(min(len(numbers), 26))]
    return len(numbers) > _ENOUGH and len(texts) - len(numbers) <= 1 and numbers in (digits, letters)


def size_of(paragraph: Paragraph) -> float:
    """The largest size of a paragraph's words in points, 0 where it is not known."""
    return max((run.size or 0.0 for run in paragraph.runs if run.text.strip()), default=0.0)


def is_smaller(paragraph: Paragraph, table: Block | None) -> bool:
    """Whether a paragraph is set smaller than the table under it, as advice is."""
    if not isinstance(table, Table) or len(table.cells) < 2 or size_of(paragraph) == 0:
        return False
    parts = [p for cell in table.cells for p in cell.content if isinstance(p, Paragraph) and p.text]
    return bool(parts) and size_of(paragraph) < SMALLER * min(map(size_of, parts))


def _smaller_line(cell: Cell) -> Paragraph | None:
    """The first line of a cell where it is set smaller than the next, as a label in the corner of a box is."""
    parts = [p for p in cell.content if isinstance(p, Paragraph) and p.text] if len(cell.content) > 1 else []
    smaller = len(parts) > 1 and 0 < size_of(parts[0]) < SMALLER * size_of(parts[1])
    return parts[0] if smaller and not is_muted(parts[0]) and len(parts[0].text) <= LABEL_LENGTH else None


def over_answer(cell: Cell) -> Paragraph | None:
    """The muted line that stands first in a cell, if it is no longer than a label."""
    whole = next((p for p in cell.content if isinstance(p, Paragraph) and p.text), None)
    if whole is None or not any(run.muted for run in whole.runs):
        return None
    first = lines_of(whole)[0]
    return first if is_muted(first) and len(first.text) <= LABEL_LENGTH else None


def _cells(blocks: Iterable[Block | Paragraph]) -> Iterable[Cell]:
    for block in blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                yield cell
                yield from _cells(cell.content)
