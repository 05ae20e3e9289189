"""Other people's names in the words of a PEP, found and put in square brackets.

A name is told by the record (who came, whom to ring), by what stands beside it ('my sister Amy', 'Sandra (tutor)', a title),
by the child's own surname after another forename, or by being a common forename. The child's forename and the name of the
teacher who reads the letter stay.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from vsdocs.generate.plain import one_line
from vsdocs.record import PepRecord, Role

NAME = "[name]"
_KIN = (
    r"(?:(?:half|step|foster|twin|grand|great)[- ]?){0,3}(?:sisters?|brothers?|siblings?|twins?|mum|mummy|mother|mam|mom|dad|daddy|father|parents?"
    r"|nan|nanny|nana|gran|granny|grandma|grandad|grandpa|grandmother|grandfather|aunt|aunty|auntie|uncle|cousins?|nephews?|nieces?)"
)
_ROLE = (
    r"(?:friends?|mates?|best friends?|classmates?|pals?|buddy|buddies|partner|girlfriend|boyfriend|carers?|guardian|neighbours?|key person"
    r"|key worker|keyworker|social worker|support worker|teachers?|tutor|mentor|coach|TA|LSA|head|headteacher|counsellor|therapist|psychologist"
    r"|nurse|doctor|SENCO|SENCo|assistant|worker|officer|driver|childminder|pupil|boy|girl|student|lady|man)"
)
_ONE = r"[A-Z][a-z'’]+(?:-[A-Z][a-z]+)?(?: [A-Z][a-z'’]+(?:-[A-Z][a-z]+)?)?"
_SEVERAL = rf"{_ONE}(?:(?:, | and | & |, and ){_ONE}){{0,8}}"  # an end to it, or a long list of names takes minutes
_AFTER = re.compile(rf"\b((?:{_KIN}|{_ROLE}),? (?:called |named |is |was |are |is called )?)({_SEVERAL})")
_AUNT = re.compile(rf"\b((?i:{_KIN}) )({_ONE})")
_BEFORE = re.compile(
    rf"\b({_SEVERAL})(?=(?:,? \(|, | is | was | are |, who is )(?:(?:my|his|her|their|our|the|a) )?"
    rf"(?:(?:big|little|older|younger|best|new|old|class|form|maths|English|school|foster) ){{0,4}}(?:{_KIN}|{_ROLE})\b)"
)
_WORD = re.compile(r"(?<![\w[@.])[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OWNED = re.compile(r"['’]s$")
#: What stands before a word inside a sentence, and before one that speaks of a person.
_INSIDE = re.compile(r"[\w,;&)] $")
_OF_A_PERSON = re.compile(r"\b(?:with|and|like|miss|love|see|helps?|told|tell|asked|by|from|to) $|& $")
_SURNAME_AFTER = re.compile(r"(?: (?:[A-Z]\. ?)?(?:(?:Mc|Mac|O['’])?[A-Z][a-z]+)(?:-[A-Z][a-z]+)*)(?!\w)")
#: Words with a capital that stand beside a person and are none.
_NO_NAMES_LIST = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december autumn spring summer winter christmas easter eid diwali maths english"
    " science history geography art music drama french spanish german computing religious education physical pe re ict"
    " dt pshe rwi phonics sats gcse gcses year reception nursery school primary academy college virtual designated"
    " teacher social worker foster carer carers lead senco head deputy assistant team local authority independent"
    " reviewing officer iro mum dad mummy daddy nan nanny gran grandma grandad aunt auntie uncle sister brother mr mrs"
    " ms miss mx dr we he she they it the this that there then when who what where how why if and but because so my"
    " his her our their your you is are was were has have will would can could all some every each no not yes please"
    " also at in on by for with from to of a an as or after before since i i'm i've i'd i'll lego minecraft roblox"
    " fortnite youtube playstation xbox nintendo pokemon disney football netball rugby cubs scouts brownies guides"
    " beavers rainbows england british ask tell told see saw thank thanks ring meet met show give let seeing having"
    " key stage person centre home family support manager inclusion pastoral behaviour care service"
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
    return _people(
        one_line(record.child.forename or ""),
        one_line(record.child.surname or ""),
        next((c.name or "" for c in record.contacts if c.role is Role.DESIGNATED_TEACHER), ""),
        record.school.name or "",
        (*(c.name or "" for c in record.contacts), *(a.name or "" for a in record.meeting.attendees)),
    ).left_out(text)


@lru_cache(maxsize=8)
def _people(forename: str, surname: str, teacher: str, school: str, listed: tuple[str, ...]) -> "_People":
    return _People(forename, surname, teacher, school, listed)


class _People:
    """The people of one plan: whose names stay, and whose do not."""

    def __init__(self, forename: str, surname: str, teacher: str, school: str, listed: tuple[str, ...]) -> None:
        self.own = _keys(forename, teacher)
        self.listed = {key for key in _keys(*listed) if len(key) > 2} - _NO_NAMES - _keys(surname)
        called = [re.escape(word) for word in school.split()[:2]]  # a school may be called after somebody
        self.school = re.compile(" ".join(called), re.IGNORECASE) if len(called) == 2 else None
        self.sibling = re.compile(rf"\b([A-Z][\w'’-]+) {re.escape(surname)}\b") if len(surname) > 1 else None
        self.before_surname = _keys(forename) | {"the", "master"}

    def left_out(self, text: str) -> str:
        if self.sibling:
            text = self.sibling.sub(lambda m: m[0] if m[1].casefold() in self.before_surname else NAME, text)
        text = _AFTER.sub(lambda found: found[1] + self._several(found[2]), text)
        text = _AUNT.sub(lambda found: found[1] + self._several(found[2]), text)
        text = _BEFORE.sub(lambda found: self._several(found[1]), text)
        return self._alone(text)

    def _several(self, names: str) -> str:
        """'Orrin and Tavi Blake'."""
        return re.sub(_ONE, self._one, names)

    def _one(self, names: re.Match[str]) -> str:
        first, gap, rest = names[0].partition(" ")
        if not self._is_no_name(first):
            return NAME
        is_named = rest and not self._is_no_name(rest) and first.casefold() not in self.own
        return first + gap + NAME if is_named else names[0]

    def _is_no_name(self, word: str) -> bool:
        key = _OWNED.sub("", word).casefold()
        return key in _NO_NAMES or key in self.own

    def _alone(self, text: str) -> str:
        """Names that are told by themselves, with a surname that follows."""
        kept = [found.span() for found in _FIGURES.finditer(text)]
        if self.school:
            kept += [found.span() for found in self.school.finditer(text)]
        out, end = [], 0
        for found in _WORD.finditer(text):
            start = found.start()
            word = _OWNED.sub("", found[0])
            if start < end or not self._names(word, text[max(0, start - 12) : start]):
                continue
            if any(a <= start < b for a, b in kept):
                continue
            stop = start + len(word)
            after = _SURNAME_AFTER.match(text, stop) if word[0].isupper() else None
            if after and not self._is_no_name(after[0].strip()):
                stop = after.end()
            out += [text[end:start], NAME]
            end = stop
        return "".join([*out, text[end:]])

    def _names(self, word: str, before: str) -> bool:
        """Whether a word is somebody's name, seen by what stands before it."""
        key = word.casefold()
        certain, doubtful = forenames()
        if key in self.own or key in _NO_NAMES:
            return False
        if key in certain:
            return True
        if not word[0].isupper():
            return False
        if key not in doubtful:
            return key in self.listed
        return bool(_OF_A_PERSON.search(before)) or (key in self.listed and bool(_INSIDE.search(before)))


def _keys(*names: str) -> set[str]:
    return {word.casefold() for name in names for word in _WORD.findall(name)}


@cache
def forenames() -> tuple[frozenset[str], frozenset[str]]:
    """Common forenames: those that are nothing else, and those that are words or places as well."""
    text = Path(__file__).with_name("forenames.txt").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    certain, _, doubtful = lines.partition("----------------------------------------")
    return frozenset(certain.split()) - frozenset(doubtful.split()), frozenset(doubtful.split())
