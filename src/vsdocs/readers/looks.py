"""How recognised words are set: bold by the width of their strokes, grey by the tone of their ink."""

from functools import cache
from statistics import median

from vsdocs.readers.recognise import Recognised

BOLD = 1.18  # times the usual stroke of the page, for its size
BOLD_TOO = 1.15  # the same after a bold word on its line
GREY = (60.0, 35.0)  # of 255: how pale the ink of a grey word is at least, and how much paler than that of black ones
NEARLY = 5.0  # of 255: how much darker a word may be that stands beside grey ones
CLOSE = 1.0  # times its height: white space between a word and the next one beside it, at most
FEW_BLACK = 0.2  # of the words: with fewer black ones a page is pale throughout


def bold_words(words: list[Recognised], grey: list[bool]) -> list[bool]:
    """Which words are drawn thicker than is usual on the page for their size and, as pale ink looks thinner, their tone."""
    bold: list[bool] = []
    body = median([word.size for word in words]) if words else 0.0
    toned = list(zip(words, grey, strict=True))
    by_tone = {tone: sorted(word.stroke for word, pale in toned if pale == tone) for tone in (False, True)}

    @cache
    def usual(size: float, pale: bool) -> float:
        alike = sorted(w.stroke for w, g in toned if g == pale and abs(w.size - size) < 0.12 * size and len(w.text) > 2)
        alike = alike if len(alike) >= 10 and size < 1.1 * body else by_tone[pale]
        return alike[len(alike) // 3]

    for number, (word, pale) in enumerate(toned):
        before = number and bold[-1] and abs(words[number - 1].line - word.line) < 0.3 * word.size
        bold.append(word.stroke > (BOLD_TOO if before else BOLD) * usual(word.size, pale))
    return _with_neighbours(words, bold)


def _with_neighbours(words: list[Recognised], look: list[bool]) -> list[bool]:
    """The look of each word, where a sign or two goes with the word before it on its line, or the one after it."""
    settled: list[bool] = []
    for number, (word, own) in enumerate(zip(words, look, strict=True)):
        near = [
            other
            for other in (number - 1, number + 1)
            if 0 <= other < len(words) and abs(words[other].line - word.line) < 0.3 * word.size
        ]
        if len(word.text) > 2 or not near:
            settled.append(own)
        elif number - 1 in near and words[number - 1].text.endswith((":", "?")):  # the answer to a label: '22 May'
            after = words[number + 1] if number + 1 in near else None
            close = after is not None and after.span[0] - word.span[2] < CLOSE * (word.span[3] - word.span[1])
            settled.append(close and look[number + 1])
        else:
            settled.append(settled[number - 1] if near[0] < number else look[number + 1])
    return settled


def grey_words(words: list[Recognised]) -> list[bool]:
    """Which words are printed in grey, with those beside them, on a page that has black ones too."""
    least, paler = GREY
    black = [word.tone for word in words if len(word.text) > 2 and word.tone < least]
    if not black or len(black) < FEW_BLACK * len(words):
        return [False] * len(words)
    palest = max(least, median(black) + paler)
    pale = []
    for number, word in enumerate(words):
        near = words[max(0, number - 1) : number + 2]
        beside = median(other.tone for other in near if abs(other.line - word.line) < 0.3 * word.size)
        pale.append(word.tone > palest or (word.tone > palest - NEARLY and beside > palest))
    return _with_neighbours(words, pale)
