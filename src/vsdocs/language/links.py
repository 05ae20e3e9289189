"""Links between texts of one plan: the content words that a need, the child's voice, a target and a spending line share."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from vsdocs.language.text import lemma, plain, words
from vsdocs.record import ChildDetails

_WORD = re.compile(r"[a-zA-Z][a-zA-Z']*[a-zA-Z]")
_ING = re.compile(r"\w*[aeiouy]\w+ing")


@dataclass(frozen=True, slots=True)
class _Matter:
    """What a text is about, and the phrases and words of it that say so, in lower case and in their order."""

    content: frozenset[str]
    told: tuple[tuple[str, frozenset[str]], ...]


def content(text: str | None) -> frozenset[str]:
    """The lemmas of a text that carry its matter; words that stand in every plan are left out, and kin are made one.

    'Maths', 'number' and 'times tables' are kin, so are 'taxi' and 'transport' (`kin` in links.yaml).
    """
    return _matter(plain(text)).content


def shared(one: str | None, other: str | None) -> str:
    """The words of `other` that carry a link with `one`, in their order, joined by ', '; '' where there is none."""
    beside = _matter(plain(other))
    common = _matter(plain(one)).content & beside.content
    if not common:
        return ""
    return ", ".join(dict.fromkeys(words for words, about in beside.told if about & common))


def surely_shared(one: str | None, other: str | None) -> bool:
    """Whether what two texts share is evidence that they are about one thing, and not one word by chance.

    That takes two matters, or one that says by itself what a plan is about (`telling` in links.yaml).
    """
    common = _firm(plain(one)) & _firm(plain(other))
    return len(common) > 1 or not common.isdisjoint(words("links")["telling"])


@lru_cache(maxsize=2048)
def _firm(shown: str) -> frozenset[str]:
    """What a text is about, without the words that are said in passing."""
    passing = words("links")["in_passing"]
    return frozenset().union(*(about for told, about in _matter(shown).told if told.removesuffix("'s") not in passing))


@lru_cache(maxsize=2048)
def _matter(shown: str) -> _Matter:
    """A plan's texts are each compared with many others: what a text is about is looked up once."""
    low = shown.lower()
    phrases = [phrase for phrase in _phrases() if phrase in low]
    kin = _kin()
    found = {kin[phrase] for phrase in phrases if _whole(phrase).search(low)}
    found.update(*(_word_content(word) for word in _WORD.findall(low)))
    told = [(phrase, _phrase_content(phrase)) for phrase in phrases]
    told += [(word.lower(), about) for word in _WORD.findall(shown) if (about := _word_content(word.lower()))]
    return _Matter(frozenset(found), tuple(told))


@lru_cache(maxsize=16384)
def _word_content(word: str) -> frozenset[str]:
    """The matter of one word in lower case: nothing for a word that stands in every plan."""
    bare = word.removesuffix("'s")
    base = lemma(bare)
    if bare in _common() or base in _common():
        return frozenset()
    kin = _kin()
    return frozenset({kin.get(bare) or kin.get(base) or _stem(base)})


@cache
def _phrase_content(phrase: str) -> frozenset[str]:
    """The matter of a phrase of several words and of its words."""
    within = [_kin()[one] for one in _phrases() if _whole(one).search(phrase)]
    return frozenset(within).union(*(_word_content(word) for word in _WORD.findall(phrase)))


@cache
def _whole(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(phrase)}\b")


def _stem(base: str) -> str:
    """'cutting', which the dictionary knows as a thing, as 'cut'."""
    if not _ING.fullmatch(base):
        return base
    bare = base[:-3]
    return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] else bare


_SUBJECT = re.compile(r"(?:^|(?<=[.!?] ))[A-Z][\w'-]+(?= (?:will|to|can|needs?|should|must)\b)")


def without_names(text: str, child: ChildDetails) -> str:
    """The text without the child's own names, on the record or as the doer of a sentence: they link nothing with nothing."""
    bare = _SUBJECT.sub(lambda m: m.group() if m.group().lower() in _kin() else " ", plain(text))
    names = _names(child.forename, child.surname)
    return names.sub(" ", bare) if names else bare


@lru_cache(maxsize=64)
def _names(*names: str | None) -> re.Pattern[str] | None:
    known = [re.escape(name) for name in names if name]
    return re.compile(rf"\b(?:{'|'.join(known)})(?:'s)?\b", re.IGNORECASE) if known else None


@cache
def _common() -> frozenset[str]:
    return frozenset(lemma(str(w)) for w in words("links")["common"]) | frozenset(
        str(w) for w in words("links")["common"]
    )


@cache
def _kin() -> dict[str, str]:
    groups = words("links")["kin"]
    return {form: str(name) for name, members in groups.items() for m in members for form in (str(m), lemma(str(m)))}


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(form for form in _kin() if " " in form or "-" in form)
