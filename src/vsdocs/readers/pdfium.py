"""The words of a PDF page by PDFium: a few C calls a word, which is thirty times faster than reading every character."""

import ctypes
import logging
import math
import re
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from vsdocs.document import TICKED, UNTICKED, Box
from vsdocs.errors import FileProblem
from vsdocs.readers import calls
from vsdocs.readers.calls import Colour, Handle, Sides
from vsdocs.readers.chips import add_chips
from vsdocs.readers.choices import add_chosen
from vsdocs.readers.layers import Layers
from vsdocs.readers.lined import drop_struck, drop_underlines
from vsdocs.readers.page import Page, Place, Point, Word
from vsdocs.readers.radios import has_marks, with_boxes
from vsdocs.readers.shapes import add_shapes, add_tick_boxes
from vsdocs.readers.unseen import hide
from vsdocs.readers.view import View

MAX_CHARS = 60_000  # on one page; a dense page has 6,000
MAX_SHAPES = 6_000  # on one page: above that it is a drawing, not a form
ASCENT, DESCENT = 0.78, 0.22  # of the font size: what a word's box has above and below its line, in every font
PALE, WHITE = 70, 200  # of 255: text between them is grey; lighter text stands on a dark ground
FEW_WORDS = 8  # on one page: of fewer nothing is told
LETTERS = 2.2  # in a word: where words are no longer than that, PDFium has seen spaces that are none
JOINED = "\u2060"  # Unicode's sign for what is no space between words
FAINT = 40  # of 255: text that covers less than that hardly shows
COLOURED = 60  # of 255: how far red, green and blue may be apart in grey

_Piece = tuple[int, int, Sides, Sides]  # of a word: from where to where, and where its first and last characters are

_NO_LAYERS: frozenset[str] = frozenset()
_WORDS = re.compile(r"[^\s\x00\xa0\u200b\ufeff]+")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
_TICKS = dict.fromkeys("☑✓✔✅☒✗✘\uf0fe\uf0fd\uf0fc\uf052\uf078", TICKED) | dict.fromkeys(
    "□▢◻❏❑⬜☐\uf0a8\uf06f\uf071\uf0a3", UNTICKED
)
_BULLETS = dict.fromkeys("\uf0b7\uf0a7\uf076\uf0d8\uf02d\uf0e0", "•")  # of Symbol and Wingdings
_SIGNS = _TICKS | _BULLETS
_TICK_WORDS = re.compile(f"([{''.join(_TICKS)}])")
_PLAIN_TICK = re.compile("[☑✓✔✅]")
_RADIO = re.compile("[◉⦿]")
_RADIOS = str.maketrans(dict.fromkeys("◉⦿", TICKED) | dict.fromkeys("○◯", UNTICKED))  # where one is chosen
_CROSS = re.compile("[✗✘]")
_CROSSED_NO = re.compile(
    r"^(?![^\r\n]*\bYes\b)([^\r\n]*?)[✗✘](?= ?No\b)", re.MULTILINE
)  # a sign that says what the word says
_CROSSES = str.maketrans(dict.fromkeys("✗✘", UNTICKED))  # what a cross says beside ticks

logging.getLogger("pypdfium2").setLevel(logging.ERROR)  # it tells how to build itself anew when it meets XFA


def open_pdf(data: bytes) -> Any:
    """The PDFium document, its fillable fields at hand. Raises FileProblem: `encrypted` or `damaged`."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise FileProblem("encrypted" if locked else "damaged") from None
    if raw.FPDF_GetFormType(document.raw) != raw.FORMTYPE_NONE:
        document.init_forms()
    return document


def page_facts(
    page: Any, view: View, number: int, layers: Layers, ticks: Sequence[Word], rings: Sequence[Box], signs: "Signs"
) -> Page:
    """What is drawn on a PDFium page, `ticks`, the tick boxes that are fields, and `rings` that people put around words.

    Raises FileProblem('too_big').
    """
    facts = Page(number, view.width, view.height)
    add_shapes(page, facts, view.place)
    if len(facts.rules) + len(facts.frames) + len(facts.fills) > MAX_SHAPES:
        facts.rules, facts.frames, facts.fills = [], [], []
    facts.words = [*hide(_words(view, layers, facts.unseen, signs), page, facts, view.place), *ticks]
    facts.fills = list(dict.fromkeys(facts.fills))
    drop_struck(facts)
    add_tick_boxes(facts)
    drop_underlines(facts)
    add_chosen(facts, rings)
    add_chips(facts)
    return facts


# -------------------------------------------------------------------------------------------------------------- words
class Signs:
    """The ticks of one file: where it has any, a cross says that something was not chosen; elsewhere it is how people tick."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf

    @cached_property
    def has_ticks(self) -> bool:
        """Whether a tick stands on any page; asked for only where a cross does."""
        for page in self.pdf:
            text = page.get_textpage()
            if _PLAIN_TICK.search(_raw_text(text.raw, min(MAX_CHARS, max(0, raw.FPDFText_CountChars(text.raw))))):
                return True
        return False


def _words(view: View, layers: Layers, unseen: list[Word], signs: Signs) -> Iterator[Word]:
    """The words that show; those that do not are put among the `unseen`, and those of hidden layers nowhere."""
    handle = view.text.raw
    count = raw.FPDFText_CountChars(handle)
    if count <= 0:
        return
    if count > MAX_CHARS:
        raise FileProblem("too_big")
    chars = _Chars(calls.handle(handle), view.place)
    whole = _spaced(_text(handle, count, signs), chars)
    spans = [match.span() for match in _WORDS.finditer(whole)]
    firsts, lasts = chars.boxes([start for start, _ in spans]), chars.boxes([end - 1 for _, end in spans])
    for (begin, stop), left, right in zip(spans, firsts, lasts, strict=True):
        for start, end, first, last in _pieces((begin, stop, left, right), chars):
            text = whole[start:end]
            if not text.isascii():
                text = text.replace(JOINED, "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            style = chars.style(start)
            if style.layers and style.layers & layers.off:
                continue
            found = chars.words(text, start, end, (first, last), style)
            if style.shows:
                yield from found
            else:
                unseen.extend(found)


def _raw_text(handle: Any, count: int) -> str:
    buffer = ctypes.create_string_buffer((count + 1) * 2)
    raw.FPDFText_GetText(handle, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    return "".join(map(chr, array("H", buffer.raw[: count * 2])))


def _text(handle: Any, count: int, signs: Signs) -> str:
    """The page's text, one character for each of PDFium's."""
    text = _raw_text(handle, count)
    text = text.replace("\x02", "-").replace("\ufffe", "-").replace("\uffff", " ")
    text = text.translate(_RADIOS) if _RADIO.search(text) else text
    text = with_boxes(text) if has_marks(text) else text
    text = _CROSSED_NO.sub(r"\1 ", text) if _CROSS.search(text) else text
    return text.translate(_CROSSES) if _CROSS.search(text) and signs.has_ticks else text


def _spaced(text: str, chars: "_Chars") -> str:
    """The text without the breaks that PDFium saw inside words: a page with few words it may take for one that runs down."""
    words = _WORDS.findall(text)
    if len(words) < FEW_WORDS or sum(map(len, words)) > LETTERS * len(words):
        return text
    kept = list(text)
    for space in re.finditer(r"(?<=\S)\s+(?=\S)", text):
        before, after = chars.box(space.start() - 1), chars.box(space.end())
        height = after[3] - after[1]
        if abs(after[3] - before[3]) < 0.1 * height and -1 < after[0] - before[2] < 0.12 * height:
            kept[space.start() : space.end()] = JOINED * len(space.group())
    return "".join(kept)


def _pieces(whole: _Piece, chars: "_Chars") -> Sequence[_Piece]:
    """A word, and where its first and last characters are; one that PDFium joined over the end of a line, line by line."""
    _, _, first, last = whole
    return (whole,) if first[3] == last[3] else list(_broken(whole, chars))  # nearly all end on the line they begin on


def _broken(whole: _Piece, chars: "_Chars") -> Iterator[_Piece]:
    start, end, first, last = whole
    begin, before = start, chars.origin_of(start)
    if abs(chars.origin_of(end - 1)[1] - before[1]) >= 1.0:
        for index in range(start + 1, end):
            here = chars.origin_of(index)
            if abs(here[1] - before[1]) > 1.0 and here[0] < before[0] - 4.0:  # else it runs up or down the page
                yield begin, index, first, chars.box(index - 1)
                begin, first = index, chars.box(index)
            before = here
    yield begin, end, first, last


class _Style(NamedTuple):
    """How the characters of one piece of text are drawn."""

    shows: bool
    layers: frozenset[str]  # the names of those that it is on
    size: float  # in points; 0 where the file does not say
    bold: bool
    grey: bool
    italic: bool
    coloured: bool
    pale: bool


class _Chars:
    """Where the characters of a page are, and how they are set."""

    def __init__(self, handle: Handle, place: Place) -> None:
        self.handle = handle
        self.place = place
        self.styles: dict[Handle, _Style] = {}
        self.faces: dict[Handle, tuple[bool, bool]] = {}
        self.marks: dict[Handle, str | None] = {}  # the layer that each stands for

    def style(self, index: int) -> _Style:
        """How a character is drawn: as all that its file draws with it in one go."""
        item = calls.text_object(self.handle, index)
        if not item:
            return _Style(True, frozenset(), *self._look(index, _face(calls.font_name(self.handle, index))))
        style = self.styles.get(item)
        if style is None:
            painted = calls.render_mode(item) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
            font = calls.font_of(item)
            if font not in self.faces:
                self.faces[font] = _face(calls.font_name(self.handle, index))
            style = _Style(painted, self._layers(item), *self._look(index, self.faces[font]))
            self.styles[item] = style
        return style

    def boxes(self, indices: Sequence[int]) -> Iterator[Sides]:
        """Left, top, right and bottom of characters."""
        place = self.place
        for left, top, right, bottom in calls.char_boxes(self.handle, indices):
            x0, y0 = place(left, top)
            x1, y1 = place(right, bottom)
            if x0 <= x1 and y0 <= y1:
                yield x0, y0, x1, y1
            else:
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def box(self, index: int) -> Sides:
        return next(self.boxes([index]))

    def origin_of(self, index: int) -> Point:
        """Where the pen was set down for a character: on its line."""
        return self.place(*calls.origin_of(self.handle, index))

    def words(self, text: str, start: int, end: int, ends: tuple[Sides, Sides], style: _Style) -> list[Word]:
        """The characters from `start` to `end` as a word, or as several where tick boxes are among them.

        `ends` are where its first and its last character are.
        """
        (left, upper, right, lower), (x0, last_upper, x1, last_lower) = ends
        size = style.size or (lower - upper) * 0.85
        if not style.size and not math.isfinite(size):  # a character that is nowhere
            size = 0.0
        _, line = self.origin_of(start)
        top, low = line - ASCENT * size, line + DESCENT * size
        if x1 <= left + size * 0.5 and end - start > 2:  # runs up or down the page
            top, low = min(upper, last_upper), max(lower, last_lower)
        x0 = min(left, x0)
        step = (max(right, x1) - x0) / max(1, len(text))
        look = style.bold, style.grey, style.italic
        if text.isascii():
            x1 = x0 + step * len(text)
            return [Word(text, x0, top, x1, low, size, *look, coloured=style.coloured, pale=style.pale)]
        found: list[Word] = []
        for part in filter(None, _TICK_WORDS.split(text)):
            x1, sign = x0 + step * len(part), _SIGNS.get(part, part)
            found.append(Word(sign, x0, top, x1, low, size, *look, coloured=style.coloured, pale=style.pale))
            x0 = x1
        return found

    def _layers(self, item: Handle) -> frozenset[str]:
        """The names of the layers that a drawn thing is on."""
        count = calls.count_marks(item)
        if not count:
            return _NO_LAYERS
        names = []
        for number in range(count):
            mark = calls.mark_of(item, number)
            if mark not in self.marks:
                self.marks[mark] = calls.mark_value(mark, b"Name") if calls.mark_name(mark) == "OC" else None
            names.append(self.marks[mark])
        return frozenset(name for name in names if name is not None) if any(names) else _NO_LAYERS

    def _look(self, index: int, face: tuple[bool, bool]) -> tuple[float, bool, bool, bool, bool, bool]:
        """Size in points, bold, grey, italic, coloured, pale."""
        bold, italic = face
        size = calls.size_of(self.handle, index)
        if matrix := calls.char_matrix(self.handle, index):
            size *= math.hypot(matrix[2], matrix[3])
        grey = coloured = pale = False
        if colour := calls.char_colour(self.handle, index):
            grey, coloured, pale = _tone(colour)
        return size if 1 < size < 200 else 0.0, bold, grey, italic, coloured, pale


@lru_cache
def _face(name: bytes) -> tuple[bool, bool]:
    """Whether a font of this name is bold, and italic."""
    known = name.decode("latin-1")
    return bool(_BOLD.search(known)), bool(_ITALIC.search(known))


@lru_cache
def _tone(colour: Colour) -> tuple[bool, bool, bool]:
    """Whether a colour is grey, whether it shows as a colour, and whether it is too pale to show on white."""
    red, green, blue, alpha = colour
    darkest, lightest = min(red, green, blue), max(red, green, blue)
    coloured = lightest - darkest >= COLOURED
    grey = darkest > PALE and lightest < WHITE and not coloured
    return grey, coloured, (lightest >= WHITE and not coloured) or alpha < FAINT
