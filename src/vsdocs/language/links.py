"""Links between texts of one plan: the content words that a need, the child's voice, a target and a spending line share."""

import re
from functools import cache

from vsdocs.language.text import lemma, plain, words
from vsdocs.record import ChildDetails

_WORD = re.compile(r"[a-zA-Z][a-zA-Z']*[a-zA-Z]")


def content(text: str | None) -> frozenset[str]:
    """The lemmas of a text that carry its matter; words that stand in every plan are left out, and kin are made one.

    'Maths', 'number' and 'times tables' are kin, so are 'taxi' and 'transport' (`kin` in links.yaml).
    """
    kin = _kin()
    shown = plain(text).lower()
    found = {kin[phrase] for phrase in _phrases() if re.search(rf"\b{re.escape(phrase)}\b", shown)}
    for word in _WORD.findall(shown):
        low = word.removesuffix("'s")
        base = lemma(low)
        if low in _common() or base in _common():
            continue
        found.add(kin.get(low) or kin.get(base) or _stem(base))
    return frozenset(found)


def _stem(base: str) -> str:
    """'cutting', which the dictionary knows as a thing, as 'cut'."""
    if not re.fullmatch(r"\w*[aeiouy]\w+ing", base):
        return base
    bare = base[:-3]
    return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] else bare


def shared(one: str | None, other: str | None) -> str:
    """The words of `other` that carry a link with `one`, in their order, joined by ', '; '' where there is none."""
    common = content(one) & content(other)
    shown = plain(other)
    kept = [phrase for phrase in _phrases() if content(phrase) & common and phrase in shown.lower()]
    kept += [w for w in _WORD.findall(shown) if content(w) & common]
    return ", ".join(dict.fromkeys(w.lower() for w in kept))


_SUBJECT = re.compile(r"(?:^|(?<=[.!?] ))[A-Z][\w'-]+(?= (?:will|to|can|needs?|should|must)\b)")


def without_names(text: str, child: ChildDetails) -> str:
    """The text without the child's own names, on the record or as the doer of a sentence: they link nothing with nothing."""
    names = [re.escape(name) for name in (child.forename, child.surname) if name]
    bare = _SUBJECT.sub(lambda m: m.group() if m.group().lower() in _kin() else " ", plain(text))
    return re.sub(rf"\b(?:{'|'.join(names)})(?:'s)?\b", " ", bare, flags=re.IGNORECASE) if names else bare


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
