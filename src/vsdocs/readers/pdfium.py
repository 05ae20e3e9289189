"""The words of a PDF page by PDFium: a few C calls a word, which is thirty times faster than reading every character."""

import ctypes
import logging
import math
import re
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from vsdocs.document import TICKED, UNTICKED, Box
from vsdocs.errors import FileProblem
from vsdocs.readers.chips import add_chips
from vsdocs.readers.choices import add_chosen
from vsdocs.readers.layers import Layers
from vsdocs.readers.page import Page, Place, Point, Rule, Word
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
    page: Any, view: View, number: int, layers: Layers, ticks: Sequence[Word], rings: Sequence[Box], has_ticks: bool
) -> Page:
    """What is drawn on a PDFium page, `ticks`, the tick boxes that are fields, and `rings` that people put around words.

    Where a file `has_ticks`, a cross says that something was not chosen; elsewhere it is how people tick.

    Raises FileProblem('too_big').
    """
    facts = Page(number, view.width, view.height)
    add_shapes(page, facts, view.place)
    if len(facts.rules) + len(facts.frames) + len(facts.fills) > MAX_SHAPES:
        facts.rules, facts.frames, facts.fills = [], [], []
    facts.words = [*hide(_words(view, layers, facts.unseen, has_ticks), page, facts, view.place), *ticks]
    facts.fills = list(dict.fromkeys(facts.fills))
    _drop_struck(facts)
    add_tick_boxes(facts)
    _drop_underlines(facts)
    add_chosen(facts, rings)
    add_chips(facts)
    return facts


# -------------------------------------------------------------------------------------------------------------- words
def has_ticks(pdf: Any) -> bool:
    """Whether a tick stands on any page of a PDFium document."""
    for page in pdf:
        text = page.get_textpage()
        if _PLAIN_TICK.search(_raw_text(text.raw, min(MAX_CHARS, max(0, raw.FPDFText_CountChars(text.raw))))):
            return True
    return False


def _words(view: View, layers: Layers, unseen: list[Word], has_ticks: bool) -> Iterator[Word]:
    """The words that show; those that do not are put among the `unseen`, and those of hidden layers nowhere."""
    handle = view.text.raw
    count = raw.FPDFText_CountChars(handle)
    if count <= 0:
        return
    if count > MAX_CHARS:
        raise FileProblem("too_big")
    chars = _Chars(handle, view.place)
    for match in _WORDS.finditer(_spaced(_text(handle, count, has_ticks), chars)):
        for start, end in _pieces(match.start(), match.end(), chars):
            text = match.group()[start - match.start() : end - match.start()]
            text = text.replace(JOINED, "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            shows, layer = chars.shows(start)
            if layer and layer & layers.off:
                continue
            if shows:
                yield from chars.words(text, start, end)
            else:
                unseen.extend(chars.words(text, start, end))


def _raw_text(handle: Any, count: int) -> str:
    buffer = ctypes.create_string_buffer((count + 1) * 2)
    raw.FPDFText_GetText(handle, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    return "".join(map(chr, array("H", buffer.raw[: count * 2])))


def _text(handle: Any, count: int, has_ticks: bool) -> str:
    """The page's text, one character for each of PDFium's."""
    text = _raw_text(handle, count)
    text = text.replace("\x02", "-").replace("\ufffe", "-").replace("\uffff", " ")
    text = text.translate(_RADIOS) if _RADIO.search(text) else text
    return text.translate(_CROSSES) if has_ticks else text


def _spaced(text: str, chars: "_Chars") -> str:
    """The text without the breaks that PDFium saw inside words: a page with few words it may take for one that runs down."""
    words = _WORDS.findall(text)
    if len(words) < FEW_WORDS or sum(map(len, words)) > LETTERS * len(words):
        return text
    kept = list(text)
    for space in re.finditer(r"(?<=\S)\s+(?=\S)", text):
        before, after = chars.box(space.start() - 1), chars.box(space.end())
        height = after.bottom - after.top
        if abs(after.bottom - before.bottom) < 0.1 * height and -1 < after.x0 - before.x1 < 0.12 * height:
            kept[space.start() : space.end()] = JOINED * len(space.group())
    return "".join(kept)


def _pieces(start: int, end: int, chars: "_Chars") -> Iterator[tuple[int, int]]:
    """A word that PDFium joined over the end of a line, line by line."""
    begin, before = start, chars.origin_of(start)
    if end - start == 1 or abs(chars.origin_of(end - 1)[1] - before[1]) < 1.0:
        yield start, end
        return
    for index in range(start + 1, end):
        here = chars.origin_of(index)
        if abs(here[1] - before[1]) > 1.0 and here[0] < before[0] - 4.0:  # else it runs up or down the page
            yield begin, index
            begin = index
        before = here
    yield begin, end


class _Chars:
    """Where the characters of a page are, and how they are set."""

    def __init__(self, handle: Any, place: Place) -> None:
        self.handle = handle
        self.place = place
        self.fonts: dict[bytes, tuple[bool, bool]] = {}
        self.name = ctypes.create_string_buffer(256)
        self.flags = ctypes.c_int()
        self.matrix = raw.FS_MATRIX()
        self.colour = tuple(ctypes.c_uint() for _ in range(4))
        self.rectangle = raw.FS_RECTF()
        self.origin = ctypes.c_double(), ctypes.c_double()
        self.drawn: dict[int, tuple[bool, frozenset[str]]] = {}

    def shows(self, index: int) -> tuple[bool, frozenset[str]]:
        """Whether a character is painted, and the names of the layers it is on."""
        item = raw.FPDFText_GetTextObject(self.handle, index)
        if not item:
            return True, frozenset()
        key = ctypes.addressof(item.contents)
        if key not in self.drawn:
            painted = raw.FPDFTextObj_GetTextRenderMode(item) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
            self.drawn[key] = painted, frozenset(layers_of(item))
        return self.drawn[key]

    def box(self, index: int) -> Box:
        raw.FPDFText_GetLooseCharBox(self.handle, index, self.rectangle)
        x0, y0 = self.place(self.rectangle.left, self.rectangle.top)
        x1, y1 = self.place(self.rectangle.right, self.rectangle.bottom)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def origin_of(self, index: int) -> Point:
        """Where the pen was set down for a character: on its line."""
        raw.FPDFText_GetCharOrigin(self.handle, index, *self.origin)
        return self.place(self.origin[0].value, self.origin[1].value)

    def words(self, text: str, start: int, end: int) -> Iterator[Word]:
        """The characters from `start` to `end` as a word, or as several where tick boxes are among them."""
        first, last = self.box(start), self.box(end - 1)
        size, bold, grey, italic, coloured, pale = self.look(start, first.bottom - first.top)
        _, line = self.origin_of(start)
        top, low = line - ASCENT * size, line + DESCENT * size
        if last.x1 <= first.x0 + size * 0.5 and end - start > 2:  # runs up or down the page
            top, low = min(first.top, last.top), max(first.bottom, last.bottom)
        x0 = min(first.x0, last.x0)
        step = (max(first.x1, last.x1) - x0) / max(1, len(text))
        for part in filter(None, _TICK_WORDS.split(text)):
            x1, sign = x0 + step * len(part), _SIGNS.get(part, part)
            yield Word(sign, x0, top, x1, low, size, bold, grey, italic, coloured=coloured, pale=pale)
            x0 = x1

    def look(self, index: int, height: float) -> tuple[float, bool, bool, bool, bool, bool]:
        """Size in points, bold, grey, italic, coloured, pale."""
        raw.FPDFText_GetFontInfo(self.handle, index, self.name, 256, self.flags)
        name = self.name.value
        if name not in self.fonts:
            known = name.decode("latin-1")
            self.fonts[name] = bool(_BOLD.search(known)), bool(_ITALIC.search(known))
        bold, italic = self.fonts[name]
        size = raw.FPDFText_GetFontSize(self.handle, index)
        if raw.FPDFText_GetMatrix(self.handle, index, self.matrix):
            size *= math.hypot(self.matrix.c, self.matrix.d)
        grey = coloured = pale = False
        if raw.FPDFText_GetFillColor(self.handle, index, *self.colour):
            red, green, blue, alpha = (c.value for c in self.colour)
            darkest, lightest = min(red, green, blue), max(red, green, blue)
            coloured = lightest - darkest >= COLOURED
            grey = darkest > PALE and lightest < WHITE and not coloured
            pale = (lightest >= WHITE and not coloured) or alpha < FAINT
        return size if 1 < size < 200 else height * 0.85, bold, grey, italic, coloured, pale


def layers_of(item: Any) -> Iterator[str]:
    """The names of the layers that a drawn thing is on."""
    for number in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, number)
        if _marked(lambda *to, m=mark: raw.FPDFPageObjMark_GetName(m, *to)) == "OC":
            yield _marked(lambda *to, m=mark: raw.FPDFPageObjMark_GetParamStringValue(m, b"Name", *to))


def _marked(get: Any) -> str:
    """A text of a mark, of at most 500 characters."""
    buffer, length = ctypes.create_string_buffer(1_000), ctypes.c_ulong()
    get(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 1_000, length)
    return buffer.raw[: max(0, min(length.value, 1_000) - 2)].decode("utf-16-le", "replace")


def _drop_struck(facts: Page) -> None:
    """Leaves out words with a line through their middle, and the line: a tracked deletion, as a PDF prints it."""
    strikes = set()
    struck: list[Word] = []
    for word in facts.words:
        height, width = word.bottom - word.top, word.x1 - word.x0
        through = [
            rule
            for rule in facts.rules
            if word.top + height * 0.38 < rule.top < word.bottom - height * 0.28
            and rule.lies
            and min(rule.x1, word.x1) - max(rule.x0, word.x0) > 0.7 * width
            and not _is_side(rule, facts.rules)  # last, since it looks at every other rule
        ]
        strikes.update(through)
        if through:
            struck.append(word)
    if struck:
        facts.words = without_struck(facts.words, struck)
    facts.rules = [rule for rule in facts.rules if rule not in strikes]


def _is_side(rule: Rule, rules: Sequence[Rule]) -> bool:
    """Whether a lying rule is the side of a box, in which a legend stands that a browser leaves it out behind."""
    uprights = [r for r in rules if not r.lies and r.top - 2 < rule.top < r.bottom + 2]
    return all(any(abs(upright.x0 - x) < 2 for upright in uprights) for x in (rule.x0, rule.x1))


def without_struck(words: Sequence[Word], struck: Sequence[Word]) -> list[Word]:
    """The words without those struck out, nor the stroke between a struck alternative and what is left: 'Yes / No'."""
    gone = set(map(id, struck))
    kept = [word for word in words if id(word) not in gone]
    for word in struck:
        line = [w for w in kept if abs(w.middle[1] - word.middle[1]) < 0.4 * word.size]
        after = min((w for w in line if w.x0 >= word.x1 - 1), key=lambda w: w.x0, default=None)
        before = max((w for w in line if w.x1 <= word.x0 + 1), key=lambda w: w.x1, default=None)
        stroke = next((w for w in (after, before) if w and w.text in ("/", "|")), None)
        if stroke:
            kept = [w for w in kept if w is not stroke]
    return kept


def _drop_underlines(facts: Page) -> None:
    """Leaves out rules that only underline words: they begin and end with them."""
    facts.rules = [rule for rule in facts.rules if not _underlines(rule, facts.words)]


def _underlines(rule: Rule, words: list[Word]) -> bool:
    if not rule.lies:
        return False
    over = [
        w for w in words if -1 < w.bottom - rule.top + 0.1 * w.size < 0.3 * w.size and w.x0 < rule.x1 and w.x1 > rule.x0
    ]
    return bool(over) and min(w.x0 for w in over) <= rule.x0 + 1.5 and max(w.x1 for w in over) >= rule.x1 - 1.5
