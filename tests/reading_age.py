"""How old a reader must be for a letter: Flesch-Kincaid's grade, a count of words a sentence and syllables a word, plus five."""

import io
import re
from functools import lru_cache

from docx import Document

_PROSE = ("Normal", "List Bullet", "List Number", "Change", "Change last")


def syllables(word: str) -> int:
    groups = re.findall(r"[aeiouy]+", word.lower())
    silent = word.lower().endswith("e") and not word.lower().endswith(("le", "ee"))
    return max(1, len(groups) - silent)


@lru_cache(maxsize=4)
def paragraphs(docx: bytes) -> tuple[str, ...]:
    """The paragraphs of a letter that are read as prose, up to the list for the lead."""
    kept: list[str] = []
    for paragraph in Document(io.BytesIO(docx)).paragraphs:
        if paragraph.text.startswith("For the virtual school lead"):
            break
        if paragraph.style.name in _PROSE:
            kept.append(paragraph.text)
    return tuple(kept)


def own_sentences(docx: bytes) -> list[str]:
    """The sentences of the letter itself: no quotations, no headings, no blanks, no list for the lead."""
    bare = (
        re.sub(r"“[^”]*”|'[^']*\[[^']*'|\[[^\]]*\]|^Asked.*?:|^Part by part:.*", " ", text) for text in paragraphs(docx)
    )
    return [s for text in bare for s in re.split(r"(?<=[.!?])\s+", text) if re.search(r"\w", s)]


def all_sentences(docx: bytes) -> list[str]:
    """Whole letters, the PEP's own words among ours."""
    return [s for text in paragraphs(docx) for s in re.split(r"(?<=[.!?:;])\s+", text) if re.search(r"\w", s)]


def age(sentences: list[str]) -> float:
    counted = [found for s in sentences if (found := re.findall(r"[A-Za-z']+", s))]
    spoken = [word for sentence in counted for word in sentence]
    grade = 0.39 * len(spoken) / len(counted) + 11.8 * sum(map(syllables, spoken)) / len(spoken) - 15.59
    return grade + 5
