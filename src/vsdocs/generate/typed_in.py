"""Somebody's name, UPN or birth date typed into a council's own template, where it would stand in everybody's letter.

A message names the place and never the words.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from docx import Document as WordDocument

from vsdocs.generate import identifiers
from vsdocs.generate.gate import Others
from vsdocs.generate.people import forenames
from vsdocs.generate.word.placeholders import parts_of
from vsdocs.settings import Settings

_FILLED_IN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{\w+\}")
_COMMENT = re.compile(r"(?:^|\s)#.*$")
_CAPITAL = re.compile(r"[A-Z][a-z'’-]+")
_TIMES = frozenset(("april", "may", "june", "summer", "autumn"))
_KNOWN = "the name of a child whom the store or the roll knows"
_UPN = "a UPN"
_BIRTH = "a birth date"
_LIKE_A_NAME = "what may be a person's name"


def people_in(settings: Settings, known: Others | None) -> tuple[list[str], list[str]]:
    """What stands in the council's own templates and may stand in none, and what a person should look at, each with its place.

    `known`: the children of the store and the roll, where there are any. Placeholders and comments are passed over.
    """
    faults, doubts = [], []
    ours = set(identifiers.keys(" ".join(filter(None, (settings.authority.name, settings.authority.lead)))))
    for place, text in _own_texts(settings):
        found = list(_found(text, known))
        faults += [f"{place}: {what} is typed in here" for what in dict.fromkeys(found)]
        if not found and any(set(identifiers.keys(name)) - ours for name in _names(text)):
            doubts.append(f"{place}: {_LIKE_A_NAME}")
    return faults, doubts


def _found(text: str, known: Others | None) -> Iterator[str]:
    if any(identifiers.upns(text)):
        yield _UPN
    if any(day.of_birth for day in identifiers.dates(text)):
        yield _BIRTH
    if known and any(known.named(identifiers.words(text))):
        yield _KNOWN


def _names(text: str) -> Iterator[str]:
    """Words with a capital that are forenames and nothing else; with those that may be more only beside another capital."""
    certain, doubtful = forenames()
    for word, after in pairwise([*text.split(), ""]):
        bare = word.strip(".,;:!?()[]“”‘’\"'").removesuffix("’s").removesuffix("'s")
        if not _CAPITAL.fullmatch(bare):
            continue
        named = bool(_CAPITAL.match(after)) and bare == word
        if bare.casefold() in certain or (bare.casefold() in doubtful - _TIMES and named):
            yield bare


def _own_texts(settings: Settings) -> Iterator[tuple[str, str]]:
    """Every paragraph and line of the council's own files, with its place, without what is filled in."""
    folder = settings.look.templates
    if folder is None or not folder.is_dir():
        return
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.name.startswith("~$"):
            continue
        for place, text in _texts(path):
            yield f"{name}{place}", _FILLED_IN.sub(" … ", text)


def _texts(path: Path) -> Iterable[tuple[str, str]]:
    if path.suffix == ".yaml":
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        return [(f":{number}", _COMMENT.sub("", line)) for number, line in enumerate(lines, 1)]
    if path.suffix != ".docx":
        return []
    try:
        parts = parts_of(WordDocument(str(path)))
    except Exception:  # no Word file: the check of templates says so
        return []
    return [
        (f": {part}paragraph {number}", text)
        for part, texts in parts.items()
        for number, text in enumerate(texts, 1)
        if text
    ]
