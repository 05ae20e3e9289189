"""Words into lines, lines into paragraphs as they were before the page wrapped them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from operator import attrgetter

from vsdocs.document import TICKED, UNTICKED, Box, Once, Paragraph, Run
from vsdocs.evidence import Location
from vsdocs.readers.page import Look, Page, Word, around

COLUMN_GAP = 1.1  # times the size: white space on a line that separates columns, not words
TAB_GAP = 1.6  # times the size: white space inside a paragraph that is kept as a tab
LEADING = 1.65  # times the size: from line to line in a paragraph, at most, where nothing tells the usual
TICK_GAP = 4.0  # times the size: white space between a tick box and its words, at most
LETTER_GAP = 0.6  # times the size: white space between the letter of a section and its title, at least
NUMBER_GAP = 6.0  # times the size: white space between a number and what it numbers, at most
CLOSE_LEADING = 1.4  # the same where other lines stand closer
WIDE_LEADING = 2.1  # the same where lines are seen to stand that far apart

_BULLET = r"[•▪●○◦‣·*–—-]"
_LIST_ITEM = re.compile(rf"^({_BULLET}|\(?\d{{1,2}}[.)]|\(?[a-z][.)])$")
_LEADS = re.compile(rf"^({_BULLET}|[{TICKED}{UNTICKED}]|\d{{1,2}}[.)])$")  # stays with the words after it
#: the number of a question: '3.10'
QUESTION = re.compile(r"^\d{1,2}(\.\d{1,2}){1,2}[.)]?$")
_LABEL = re.compile(r"^[A-Z][a-z-]+:$")
_TICKS = (TICKED, UNTICKED)
_DASHES = ("-", "–", "—")
_BASE, _LEFT = attrgetter("bottom", "x0"), attrgetter("x0")
REMARK = 1.15  # times the size of a remark beside it: a heading
_ADDRESS = re.compile(r"@|://|^www\.", re.IGNORECASE)
_WHOLE_ADDRESS = re.compile(r"@[^@]+\.(com|edu|example|gov|info|net|org|uk)$", re.IGNORECASE)
_ADDRESS_REST = re.compile(r"^[a-z0-9._%/?=&~@-]*[a-z][a-z0-9._%/?=&~@-]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """Words on one line, or in one column of it, from left to right."""

    words: tuple[Word, ...]

    @Once
    def box(self) -> Box:
        return around(self.words)

    @Once
    def text(self) -> str:
        return " ".join([word.text for word in self.words])

    @Once
    def size(self) -> float:
        return max([word.size for word in self.words])

    @property
    def is_mixed(self) -> bool:
        """Whether it begins in bold and ends plainly; in a picture one word's bold tells nothing without a colon."""
        told = self.words[0].confidence == 1 or any(word.text.endswith(":") for word in self.words)
        return told and self.words[0].bold and not self.words[-1].bold

    @property
    def has_own_label(self) -> bool:
        """Whether it begins with a label set in bold, italics, grey or a colour, and goes on otherwise."""
        colon = next((n for n, word in enumerate(self.words[:-1]) if word.text.endswith((":", "?"))), None)
        if self.is_mixed or colon is None:
            return self.is_mixed
        looks = {word.look[1:] for word in self.words[: colon + 1]}
        return len(looks) == 1 and any(min(looks)) and self.words[colon + 1].look[1:] not in looks

    @property
    def is_inline_label(self) -> bool:
        """Whether it begins with a label and goes on with the answer: 'Name: Sam', in bold or not."""
        colon = next((n for n, word in enumerate(self.words) if word.text.endswith((":", "…", "?"))), None)
        if colon is None or self.is_mixed:
            return self.is_mixed
        rest = self.words[colon + 1 :]
        return bool(rest) and not (rest[0].text.startswith("(") and rest[-1].text.endswith(")"))

    @property
    def is_dash(self) -> bool:
        """Whether it is a dash and nothing else: how forms print an answer that was not given."""
        return len(self.words) == 1 and self.words[0].text in _DASHES

    @property
    def is_item(self) -> bool:
        """Whether it begins with a bullet or a number."""
        return bool(_LIST_ITEM.match(self.words[0].text))

    @property
    def is_option(self) -> bool:
        """Whether it is one of several to choose from: a tick box before its words."""
        return self.words[0].text in _TICKS

    @Once
    def look(self) -> Look:
        """How most of the line is set."""
        first, *rest = [word.look for word in self.words]
        if rest.count(first) == len(rest):
            return first
        looks = [word.look for word in self.words for _ in word.text]
        return max(set(looks), key=looks.count)

    @Once
    def parts(self) -> Sequence["Line"]:
        """What it is cut into where the white space is too wide to be between words; nothing where it is not cut."""
        words = self.words
        if len(words) == 1:
            return ()
        cuts = [n for n, (before, word) in enumerate(pairwise(words), 1) if word.x0 - before.x1 > _widest(before, word)]
        if not cuts:
            return ()
        start, starts = 0, [0]
        for number in cuts:
            before, word = words[number - 1], words[number]
            leads = before.text in _TICKS or (number - start == 1 and _LEADS.match(before.text))
            apart = before.text in _TICKS and (word.text in _TICKS or word.x0 - before.x1 > TICK_GAP * word.size)
            if apart or not leads:
                start = number
                starts.append(number)
        if len(starts) > 1 and _numbers(words, starts):
            del starts[1]
        if len(starts) == 1:
            return ()
        return [Line(words[start:end]) for start, end in zip(starts, [*starts[1:], None], strict=True)]


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The lines from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=_BASE):
        height, reach = word.middle[1], 0.4 * word.size
        for row in rows[-3:]:
            first = row[0]
            apart = abs(first.middle[1] - height)
            if apart < reach and apart < 0.4 * first.size:
                row.append(word)
                break
        else:
            rows.append([word])
    return [Line(tuple(sorted(row, key=_LEFT) if len(row) > 1 else row)) for row in rows]


def lines_on(page: Page) -> Sequence[Line]:
    """The lines of all words on a page."""
    return page.once("lines", page.words, lambda: lines_of(page.words))


def segments(line: Line) -> Sequence[Line]:
    """The parts of a line that stand apart: a tick stays with the words after it, no tick."""
    return line.parts or [line]


def _widest(before: Word, word: Word) -> float:
    """The widest white space between two words of one column."""
    return COLUMN_GAP * (before.size if before.size > word.size else word.size)


def remark_beside(line: Line) -> Sequence[Line]:
    """A heading and the small remark at the other end of its line; nothing where a line is something else."""
    parts = segments(line)
    if len(parts) != 2 or not all(word.bold for word in parts[0].words):
        return []
    heading, remark = parts
    small = heading.size > REMARK * remark.size and not any(word.bold for word in remark.words)
    return parts if small and (heading.box.x1 + 4 * heading.size < remark.box.x0) else []


def with_muted_remark(line: Line) -> Line:
    """A line whose remark beside a heading, if it has one, is grey."""
    heading, *remarks = remark_beside(line) or [line]
    return Line((*heading.words, *(replace(word, grey=True) for remark in remarks for word in remark.words)))


def _numbers(words: Sequence[Word], starts: Sequence[int]) -> bool:
    """Whether words, whose parts have `starts`, begin with the number of a question, '3.10', or of a heading alone."""
    first, after = words[0], words[starts[1]]
    if starts[1] > 1 or after.x0 - first.x1 > NUMBER_GAP * after.size:
        return False
    alone = len(starts) == 2 and first.text.isdigit() and len(first.text) < 3 and first.look == after.look
    return bool(QUESTION.match(first.text)) or (alone and after.bold)


def paragraphs(lines: Sequence[Line], right: float | Sequence[float]) -> list[Paragraph]:
    """Paragraphs of the lines of one column that ends at `right`, or of lines of which each has its own.

    A line continues the one before where it follows as closely as lines do here and its first word would not have fitted
    there.
    """
    if len(lines) == 1:
        return [_paragraph(lines)]
    groups: list[list[Line]] = []
    rights = [right] * len(lines) if isinstance(right, float | int) else right
    for line, end in zip(lines, [0.0, *rights][: len(lines)], strict=True):
        if groups and _is_close(groups[-1][-1], line, lines) and _continues(groups[-1][-1], line, end):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group) for group in groups]


def _is_close(before: Line, line: Line, lines: Sequence[Line]) -> bool:
    """Whether two lines are hardly further apart than lines of their size are here."""
    size = max(before.size, line.size)
    alike = [_pitch(*pair) for pair in pairwise(lines) if abs(max(pair[0].size, pair[1].size) - size) < 0.1 * size]
    leading = min(WIDE_LEADING, max(CLOSE_LEADING, min(alike) + 0.2)) if len(alike) > 1 else LEADING
    return _pitch(before, line) <= leading


def _pitch(before: Line, line: Line) -> float:
    """From line to line, as a multiple of the size."""
    return (line.box.bottom - before.box.bottom) / max(before.size, line.size)


def _continues(before: Line, line: Line, right: float) -> bool:
    first, last = line.words[0], before.words[-1]
    size = max(before.size, line.size)
    recognised = min(first.confidence, last.confidence) < 1  # sizes in a picture are estimates
    if abs(before.size - line.size) > (0.3 if recognised else 0.15) * size:
        return False
    if (_LIST_ITEM.match(first.text) and len(line.words) > 1) or first.text in (TICKED, UNTICKED):
        return False
    if not recognised and last.bold != first.bold and _all_bold(before) != _all_bold(line):
        return False
    if not recognised and first.bold and not last.bold and _is_labelled(line):
        return False
    if "@" in first.text[1:] and len(line.words) == 1 and first.size < max(w.size for w in before.words):
        return False  # an address in smaller print under a name
    if _LABEL.match(first.text) and _LABEL.match(before.words[0].text):
        return False
    return before.box.x1 + 0.25 * size + (first.x1 - first.x0) > right - 0.3 * size


def _is_labelled(line: Line) -> bool:
    """Whether a line begins with a label in bold that ends with a colon."""
    bold = list(takewhile(lambda word: word.bold, line.words))
    return line.is_mixed and bold[-1].text.endswith((":", "?"))


def _all_bold(line: Line) -> bool:
    return all(word.bold for word in line.words)


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    runs: list[Run] = []
    held: list[Word] = []  # of the run that is not yet ended
    said: list[str] = []
    look: tuple[bool, bool, float] | None = None
    for number, line in enumerate(lines):
        for index, word in enumerate(line.words):
            between = ""
            if index:
                between = _space(line.words[index - 1], word)
                between = "  " if index == 1 and between == " " and _is_letter_apart(*line.words[:2]) else between
            elif number:
                between = "" if _breaks_word(lines[number - 1].words[-1].text, word.text) else " "
            said.append(between)
            own = word.bold, word.grey or word.italic, round(word.size, 1)
            if look and own != look:
                runs.append(_run(said, held, look))
                said, held = [], []
            look = own
            said.append(word.text)
            held.append(word)
    if look:
        runs.append(_run(said, held, look))
    return Paragraph(tuple(runs), Location(None, ""), box=around([run.box for run in runs if run.box]))


def _run(said: Sequence[str], words: Sequence[Word], look: tuple[bool, bool, float]) -> Run:
    """The words of one look with what stands between them."""
    bold, muted, size = look
    return Run("".join(said), bold, muted, size, around(words), min([word.confidence for word in words]))


def _space(before: Word, word: Word) -> str:
    if word.x0 - before.x1 > TAB_GAP * word.size and not _LEADS.match(before.text):
        return "\t"
    return "" if word.text.startswith("@") and len(word.text) > 1 else " "


def _is_letter_apart(letter: Word, after: Word) -> bool:
    """Whether a line begins with the letter of a section, held apart from its title by more than one space."""
    return len(letter.text) == 1 and letter.text.isupper() and after.x0 - letter.x1 > LETTER_GAP * after.size


def _breaks_word(last: str, first: str) -> bool:
    """Whether a line ends inside a word: after its hyphen, or in an e-mail or web address too long for its column."""
    hyphen = last.endswith("-") and last[:-1].isalpha() and first[:1].islower()
    if "@" in last and (_WHOLE_ADDRESS.search(last) and not first.startswith(".")):
        return hyphen
    address = bool(_ADDRESS.search(last)) or (last[-1:] in ".-_" and "@" in first)
    return hyphen or (address and bool(_ADDRESS_REST.match(first)))
