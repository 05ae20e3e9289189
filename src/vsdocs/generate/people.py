"""Other people's names in the words of a PEP, found and put in square brackets.

A name is told by the record (who came, whom to ring), by what stands beside it ('my sister Amy', 'Sandra (tutor)', a title),
by the child's own surname after another forename, or by being a common forename. The child's forename and the name of the
teacher who reads the letter stay.
"""

import re
from functools import cache
from pathlib import Path

from vsdocs.generate.plain import one_line
from vsdocs.record import PepRecord, Role

NAME = "[name]"
_KIN = (
    r"(?:(?:half|step|foster|twin|grand|great)[- ]?)*(?:sisters?|brothers?|siblings?|twins?|mum|mummy|mother|mam|mom|dad|daddy|father|parents?"
    r"|nan|nanny|nana|gran|granny|grandma|grandad|grandpa|grandmother|grandfather|aunt|aunty|auntie|uncle|cousins?|nephews?|nieces?)"
)
_ROLE = (
    r"(?:friends?|mates?|best friends?|classmates?|pals?|buddy|buddies|partner|girlfriend|boyfriend|carers?|guardian|neighbours?|key person"
    r"|key worker|keyworker|social worker|support worker|teachers?|tutor|mentor|coach|TA|LSA|head|headteacher|counsellor|therapist|psychologist"
    r"|nurse|doctor|SENCO|SENCo|assistant|worker|officer|driver|childminder|pupil|boy|girl|student|lady|man)"
)
_ONE = r"[A-Z][a-z'’]+(?:-[A-Z][a-z]+)?(?: [A-Z][a-z'’]+(?:-[A-Z][a-z]+)?)?"
_SEVERAL = rf"{_ONE}(?:(?:, | and | & |, and ){_ONE})*"
_AFTER = re.compile(rf"\b((?:{_KIN}|{_ROLE}),? (?:called |named |is |was |are |is called )?)({_SEVERAL})")
_AUNT = re.compile(rf"\b((?i:{_KIN}) )({_ONE})")
_BEFORE = re.compile(
    rf"\b({_SEVERAL})(?=(?:,? \(|, | is | was | are |, who is )(?:(?:my|his|her|their|our|the|a) )?"
    rf"(?:(?:big|little|older|younger|best|new|old|class|form|maths|English|school|foster) )*(?:{_KIN}|{_ROLE})\b)"
)
_WORD = re.compile(r"(?<![\w[@.])[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SURNAME_AFTER = re.compile(r"(?: (?:[A-Z]\. ?)?(?:(?:Mc|Mac|O['’])?[A-Z][a-z]+)(?:-[A-Z][a-z]+)*)(?!\w)")
#: Words with a capital that stand beside a person and are none.
_NO_NAMES_LIST = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september"
    " october november december autumn spring summer winter christmas easter eid diwali maths english science history geography"
    " art music drama french spanish german computing religious education physical pe re ict dt pshe rwi phonics sats gcse gcses"
    " year reception nursery school primary academy college virtual designated teacher social worker foster carer carers lead"
    " senco head deputy assistant team local authority independent reviewing officer iro mum dad mummy daddy nan nanny gran"
    " grandma grandad aunt auntie uncle sister brother mr mrs ms miss mx dr we he she they it the this that there then when who"
    " what where how why if and but because so my his her our their your you is are was were has have will would can could all"
    " some every each no not yes please also at in on by for with from to of a an as or after before since i i'm i've i'd i'll"
    " lego minecraft roblox fortnite youtube playstation xbox nintendo pokemon disney football netball rugby cubs scouts"
    " brownies guides beavers rainbows england british ask tell told see saw thank thanks ring meet met show give let seeing having"
)
_NO_NAMES = frozenset(_NO_NAMES_LIST.split())
#: Of books, films and awards: nobody whom a child knows.
_FIGURES = re.compile(
    r"\b(?:Harry Potter|Horrid Henry|Percy Jackson|Peter Pan|Anne Frank|Fireman Sam|Bob the Builder|Thomas the Tank|Peter Rabbit"
    r"|Alex Rider|Tom Gates|Tracy Beaker|Tracey Beaker|Mary Poppins|Robin Hood|Duke of Edinburgh|Prince's Trust|Princess Royal"
    r"|St\.? [A-Z][a-z]+|Saint [A-Z][a-z]+|Sam Learning|Charlie and the|James and the|Danny the)\b"
)


def without_names(text: str, record: PepRecord) -> str:
    """The text with the names of other people as [name]."""
    own, listed = _own_words(record), _listed_words(record)
    text = _siblings(text, record)

    def single(names: re.Match[str]) -> str:
        first, gap, rest = names[0].partition(" ")
        if not _is_no_name(first, own):
            return NAME
        return first + gap + NAME if rest and not _is_no_name(rest, own) and first.casefold() not in own else names[0]

    def several(names: str) -> str:
        return re.sub(_ONE, single, names)

    text = _AFTER.sub(lambda found: found[1] + several(found[2]), text)
    text = _AUNT.sub(lambda found: found[1] + several(found[2]), text)
    text = _BEFORE.sub(lambda found: several(found[1]), text)
    return _single(text, own, listed, record.school.name or "")


def _single(text: str, own: frozenset[str], listed: frozenset[str], school: str) -> str:
    """Names that are told by themselves, with a surname that follows."""
    certain, doubtful = forenames()
    kept = [found.span() for found in _FIGURES.finditer(text)]
    if len(called := school.split()[:2]) == 2:  # it may be called after somebody
        kept += [found.span() for found in re.finditer(re.escape(" ".join(called)), text, re.IGNORECASE)]
    out, end = [], 0
    for found in _WORD.finditer(text):
        if found.start() < end or any(a <= found.start() < b for a, b in kept):
            continue
        word = re.sub(r"['’]s$", "", found[0])
        key, capital = word.casefold(), word[0].isupper()
        if key in own or key in _NO_NAMES:
            continue
        inside = bool(re.search(r"[\w,;&)] $", text[: found.start()]))  # not where a sentence begins
        named = (
            key in certain
            or (capital and key in listed and (inside or key not in doubtful))
            or (
                capital
                and key in doubtful
                and bool(
                    re.search(
                        r"\b(?:with|and|like|miss|love|see|help|helps|told|tell|asked|by|&|from|to) $",
                        text[: found.start()],
                    )
                )
            )
        )
        if not named:
            continue
        stop = found.start() + len(word)
        after = _SURNAME_AFTER.match(text, stop) if capital else None
        if after and after[0].strip().casefold() not in _NO_NAMES | own:
            stop = after.end()
        out += [text[end : found.start()], NAME]
        end = stop
    return "".join([*out, text[end:]])


def _siblings(text: str, record: PepRecord) -> str:
    """Another forename before the child's own surname."""
    surname, forename = one_line(record.child.surname or ""), one_line(record.child.forename or "")
    if len(surname) < 2:
        return text
    own = {part.casefold() for part in forename.split()} | {"the", "master"}

    def instead(found: re.Match[str]) -> str:
        return found[0] if found[1].casefold() in own else NAME

    return re.sub(rf"\b([A-Z][\w'’-]+) {re.escape(surname)}\b", instead, text)


def _own_words(record: PepRecord) -> frozenset[str]:
    """Words that stay: of the child's forename and of the teacher who reads the letter."""
    teacher = record.contact(Role.DESIGNATED_TEACHER)
    texts = (record.child.forename, teacher.name if teacher else None)
    return frozenset(word.casefold() for text in texts for word in _WORD.findall(text or ""))


def _listed_words(record: PepRecord) -> frozenset[str]:
    """The words of the names of whoever came or can be rung."""
    names = [c.name for c in record.contacts] + [a.name for a in record.meeting.attendees]
    parts = (word.casefold() for name in names for word in _WORD.findall(name or ""))
    return frozenset(word for word in parts if len(word) > 2 and word not in _NO_NAMES)


def _is_no_name(words: str, own: frozenset[str]) -> bool:
    first = re.sub(r"['’]s$", "", words.split()[0]).casefold()
    return first in _NO_NAMES or first in own


@cache
def forenames() -> tuple[frozenset[str], frozenset[str]]:
    """Common forenames: those that are nothing else, and those that are words or places as well."""
    text = Path(__file__).with_name("forenames.txt").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    certain, _, doubtful = lines.partition("----------------------------------------")
    return frozenset(certain.split()) - frozenset(doubtful.split()), frozenset(doubtful.split())
