"""Where the words of an English text begin and end: 'don't' is two, '£12.50' is two, 'e.g.' is one.

The rules are those of spaCy's English tokenizer, as data (`english.json`, made by `scripts/make_english.py`), and give the
same words; the library itself takes longer to load than a PEP takes to read.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

Token = tuple[str, int]  # a word, mark or stretch of white space, and where it starts
Match = tuple[int, int, str]  # from which token to before which, and what was found


class Phrases:
    """Sequences of words, each under a name, to be found in longer ones."""

    def __init__(self, phrases: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._root: dict[str, Any] = {}
        for name, words in phrases:
            node = self._root
            for word in words:
                node = node.setdefault(word, {})
            if words:
                node.setdefault("", []).append(name)  # no word is empty

    def found(self, words: Sequence[str]) -> Iterator[Match]:
        """Every phrase in its order: by its first word, the shorter first."""
        root, last = self._root, len(words)
        for start, word in enumerate(words):
            node, end = root.get(word), start
            while node is not None:
                end += 1
                for name in node.get("", ()):
                    yield start, end, name
                node = node.get(words[end]) if end < last else None


@dataclass(frozen=True, slots=True)
class _English:
    prefix: re.Pattern[str]
    suffix: re.Pattern[str]
    infix: re.Pattern[str]
    url: re.Pattern[str]
    cases: Mapping[str, tuple[str, ...]]  # words taken apart in a way of their own: 'can't', 'e.g.', ':-)'
    split: Phrases  # those of them that the patterns take apart in another way


@cache
def _english() -> _English:
    data = json.loads(Path(__file__).with_name("english.json").read_text(encoding="utf-8"))
    prefix, suffix, infix, url = (re.compile(data[name]) for name in ("prefix", "suffix", "infix", "url"))
    cases = {case: tuple(parts) for case, parts in data["cases"].items()}
    bare = _English(prefix, suffix, infix, url, {}, Phrases(()))
    split = [
        (case, [word for word, _ in _by_patterns(case, bare)])
        for case in cases
        if prefix.search(case) or suffix.search(case) or infix.search(case) or " " in case
    ]
    return _English(prefix, suffix, infix, url, cases, Phrases(split))


def tokens(text: str) -> list[Token]:
    """The words, marks and stretches of white space of a text. A single blank after a word is none."""
    rules = _english()
    found = _by_patterns(text, rules, _chunk)
    words = [word for word, _ in found]
    matches = sorted(rules.split.found(words), key=lambda m: (m[0] - m[1], m[0]))
    return _with_cases(text, found, matches, rules) if matches else found


def _with_cases(text: str, found: list[Token], matches: list[Match], rules: _English) -> list[Token]:
    """Words of a way of their own that the patterns took apart, put right; of those that overlap the longest."""
    taken: set[int] = set()
    put: dict[int, tuple[int, tuple[str, ...]]] = {}
    for start, end, _ in matches:
        if start not in taken and end - 1 not in taken:
            last, at = found[end - 1]
            parts = rules.cases.get(text[found[start][1] : at + len(last)])
            if parts is not None:
                put[start] = end, parts
        taken.update(range(start, end))
    whole: list[Token] = []
    at = 0
    while at < len(found):
        if at in put:
            start = found[at][1]
            at, parts = put[at]
            for part in parts:
                whole.append((part, start))
                start += len(part)
        else:
            whole.append(found[at])
            at += 1
    return whole


def _by_patterns(text: str, rules: _English, chunk: Any = None) -> list[Token]:
    found: list[Token] = []
    for stretch in _STRETCH.finditer(text):
        start, words = stretch.start(), stretch.group()
        if start and words.isspace() and words[0] == " ":  # the blank after a word belongs to it
            start, words = start + 1, words[1:]
        if words:
            for part in chunk(words) if chunk else _parts(words, rules):
                found.append((part, start))
                start += len(part)
    return found


_STRETCH = re.compile(r"\s+|\S+")


@lru_cache(maxsize=16384)
def _chunk(words: str) -> tuple[str, ...]:
    return tuple(_parts(words, _english()))


def _parts(chunk: str, rules: _English) -> list[str]:
    """The words and marks of a stretch without white space."""
    if chunk in rules.cases:
        return list(rules.cases[chunk])
    before: list[str] = []
    after: list[str] = []
    size = 0
    while chunk and len(chunk) != size and chunk not in rules.cases:
        size = len(chunk)
        pre = _length(rules.prefix.search(chunk))
        if pre and chunk[pre:] in rules.cases:
            before.append(chunk[:pre])
            chunk = chunk[pre:]
            break
        suf = _length(rules.suffix.search(chunk[pre:]))
        if suf and chunk[:-suf] in rules.cases:
            after.append(chunk[-suf:])
            chunk = chunk[:-suf]
            break
        if pre and suf and pre + suf <= len(chunk):
            before.append(chunk[:pre])
            after.append(chunk[-suf:])
            chunk = chunk[pre:-suf]
        elif pre:
            before.append(chunk[:pre])
            chunk = chunk[pre:]
        elif suf:
            after.append(chunk[-suf:])
            chunk = chunk[:-suf]
    return before + _middle(chunk, rules) + after[::-1]


def _middle(chunk: str, rules: _English) -> list[str]:
    """What is left of a stretch without the marks around it, taken apart at the marks within."""
    if not chunk:
        return []
    if chunk in rules.cases:
        return list(rules.cases[chunk])
    if rules.url.match(chunk):
        return [chunk]
    found: list[str] = []
    start = 0
    for mark in rules.infix.finditer(chunk):
        if mark.start() == 0:
            continue
        found += [chunk[start : mark.start()], mark.group()]
        start = mark.end()
    return [part for part in (*found, chunk[start:]) if part]


def _length(match: re.Match[str] | None) -> int:
    return match.end() - match.start() if match else 0
