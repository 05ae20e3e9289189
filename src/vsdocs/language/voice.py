"""The child's voice in a plan: whose words they are, what they tell of, and whether anything was done about them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from vsdocs.language.links import content, shared, without_names
from vsdocs.language.text import Reading, lemma, plain, read, shortened, words
from vsdocs.record import PepRecord

THEMES = ("likes", "difficulties", "helps", "hopes")


class Whose(StrEnum):
    """Whose words an answer is."""

    OWN = "own"  # the child's, spoken or written
    RECORDED = "recorded"  # a view shown by choice, sign, drawing or act, and faithfully noted
    GENERIC = "generic"  # first person, in a teacher's phrases
    TOLD = "told"  # the child's view, told by an adult
    ADULT = "adult"  # an adult's view or report
    REFUSED = "refused"
    EMPTY = "empty"  # blank, 'N/A', 'see last PEP'

    @property
    def faithful(self) -> bool:
        return self in (Whose.OWN, Whose.RECORDED)


@dataclass(frozen=True, slots=True)
class AnswerReading:
    """One question and answer. `particulars` are the content words that could only be about this child."""

    field: str
    text: str
    whose: Whose
    themes: frozenset[str]
    particulars: frozenset[str]
    acted: str  # the words that show something was done about it, or ''
    offered: bool  # a refusal, or a form turned down, met with another way
    about: str  # 'child', or what else the question is about: 'method' or 'action'


@dataclass(frozen=True, slots=True)
class VoiceReading:
    """All answers of a plan, and the links from what the child said to what the plan does."""

    answers: tuple[AnswerReading, ...]
    links: tuple[tuple[str, str, str], ...]  # (field of the voice, field of the plan, the words that carry the link)

    @property
    def faithful(self) -> tuple[AnswerReading, ...]:
        return tuple(a for a in self.answers if a.whose.faithful and a.about != "method")

    @property
    def told(self) -> tuple[AnswerReading, ...]:
        """Answers that hold some view of the child's, in whoever's words."""
        return tuple(
            a
            for a in self.answers
            if a.about != "method" and (a.whose.faithful or a.whose in (Whose.GENERIC, Whose.TOLD))
        )

    @property
    def themes(self) -> frozenset[str]:
        return frozenset().union(*(a.themes for a in self.faithful))

    @property
    def particulars(self) -> frozenset[str]:
        return frozenset().union(*(a.particulars for a in self.faithful))

    @property
    def acted(self) -> tuple[AnswerReading, ...]:
        return tuple(a for a in self.answers if a.acted)

    @property
    def refusal_met(self) -> bool:
        return any(a.offered for a in self.answers)


@lru_cache(maxsize=64)
def read_voice(record: PepRecord) -> VoiceReading:
    """Read the voice entries and aspirations of a record beside the rest of its plan."""
    name = record.child.forename or ""
    answers = [
        _answer(f"voice[{n}].answer", entry.question, entry.answer, name) for n, entry in enumerate(record.voice)
    ]
    if record.aspirations:
        answers.append(_answer("aspirations", "My hopes and aspirations", record.aspirations, name))
    return VoiceReading(tuple(answers), tuple(_links(answers, record)))


_FIRST = re.compile(r"\b(?:I|I'm|I'd|I've|I'll|i|i'm|me|my|My|mine|myself|Me|Mine)\b")
_WE = re.compile(r"\b(?:we|We|us|our)\b")
_THIRD = re.compile(
    r"\b(?:he|she|his|her|him|the (?:child|pupil|young person|student)|young person)\b|(?:^|[.!?] )(?:They|Their)\b",
    re.IGNORECASE,
)
#: Somebody else of whom the child may speak as 'he' or 'she'.
_OTHER = re.compile(
    r"\b(?:Miss|Mr|Mrs|Ms|Sir|Dr|sir|miss|coach|teacher|teachers|tutor|mentor|friend|mate|brother|sister|mum|mam|dad|nan|nana|gran|grandad|carer|cousin|dog|cat|horse|auntie|aunt|uncle|social worker)\b"
)
_UNASKED = re.compile(
    r"\b(?:not (?:been )?asked|unable to (?:contribute|share|complete|take part|give)|no views (?:were|have|has)|could not be (?:gathered|obtained|asked)|were not (?:gathered|sought|obtained))\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?<![\w])'([^']*(?:(?<=\w)'(?=\w)[^']*)*)'(?!\w)|\"([^\"]+)\"")
_TITLE = re.compile(r"^(?:Miss|Mr|Mrs|Ms|Sir|Dr|My)\b")


def _answer(field: str, question: str | None, answer: str | None, name: str) -> AnswerReading:
    asked, text = read(plain(question), "voice"), plain(answer)
    reading = read(text, "voice")
    method = asked.has("ask_method") and not asked.has("ask_likes") and not _FIRST.search(text)
    about = "action" if asked.has("ask_action") else "method" if method else "child"
    whose = _whose(reading, asked, name)
    own = _own_words(reading) if whose.faithful else ""
    quotes = " ".join(a or b for a, b in _QUOTED.findall(text))
    return AnswerReading(
        field=field,
        text=text,
        whose=whose,
        themes=_themes(asked, text) if whose is not Whose.EMPTY and not _no_answer(text) else frozenset(),
        particulars=_particulars(own),
        acted=_acted(asked, reading),
        offered=reading.has("offered")
        and (reading.has("refused") or asked.has("refused"))
        and (bool(quotes) or reading.count("offered") > 0),
        about=about,
    )


def _whose(reading: Reading, asked: Reading, name: str) -> Whose:
    text = reading.text
    quoted = [a or b for a, b in _QUOTED.findall(text)]
    if not re.search(r"\w", text) or _stands_for_nothing(reading):
        return Whose.EMPTY
    if quoted and sum(len(q.split()) for q in quoted) >= 2:
        return Whose.OWN
    if reading.has("refused") and not _FIRST.search(text):
        return Whose.REFUSED
    bare = _QUOTED.sub(" ", text)
    if _UNASKED.search(bare) and not _FIRST.search(bare):
        return Whose.EMPTY
    pronoun = _THIRD.search(bare)
    third = bool(pronoun and not _OTHER.search(bare[: pronoun.start()])) or bool(
        name and re.search(rf"\b{re.escape(name)}\b", bare)
    )
    if _FIRST.search(bare):
        return (
            Whose.GENERIC
            if reading.count("jargon") >= 2 and reading.count("jargon") * 9 >= len(reading.lemmas)
            else Whose.OWN
        )
    if reading.has("observed") and (reading.count("jargon") < 2):
        return Whose.RECORDED
    if _NOTE_FORM.search(bare) and not _TITLE.match(text):
        return Whose.TOLD
    says = _ADULT_SAYS.search(bare)
    if says and not _ENJOYS.search(bare[says.end() :]):
        return Whose.ADULT
    if third and not _TITLE.match(text):
        views = reading.has("view_verbs") or (asked.has("ask_likes") and not asked.has("ask_action"))
        return Whose.TOLD if views and not reading.has("empty") else Whose.ADULT
    if reading.has("jargon") or (reading.has("empty") and len(reading.lemmas) > 12):
        return Whose.ADULT if not reading.has("view_verbs") else Whose.TOLD
    return Whose.OWN


def _stands_for_nothing(reading: Reading) -> bool:
    """'N/A', 'tbc', 'See last PEP.', 'Social worker to complete.': a few words that stand for an answer."""
    if _TO_FOLLOW.fullmatch(reading.text) or (_ELSEWHERE.search(reading.text) and not _FIRST.search(reading.text)):
        return True
    return (
        any(h.start < 4 for h in reading.hits.get("empty", ()))
        and not _FIRST.search(reading.text)
        and "'" not in reading.text[:1]
    )


def _own_words(reading: Reading) -> str:
    """The quotations where an adult writes around them, else the whole answer."""
    text = reading.text
    quotes = " ".join(a or b for a, b in _QUOTED.findall(text))
    if quotes and not _FIRST.search(_QUOTED.sub(" ", text)) and not reading.has("observed") and len(quotes.split()) > 3:
        return quotes
    return text


def _no_answer(text: str) -> bool:
    """'dunno', 'nothing really its all ok': an answer, but of nothing."""
    bare = re.sub(r"[^a-z' ]", "", text.lower()).strip()
    return bool(
        re.fullmatch(
            r"(?:(?:no|nope|not|nothing|none|dunno|idk|don't know|do not know|really|its|it's|is|all|ok|okay|fine|everything|everythings|alright|good|thanks|nobody|sure|n'a|i|just|get|on|with|it|he|said|she)\b ?)+",
            bare,
        )
    )


def _particulars(text: str) -> frozenset[str]:
    plain_words = _plain_words()
    common = {"like", "love", "enjoy", "want", "say", "go", "get", "make", "good", "do", "be", "have"}
    found = set()
    for word in re.findall(r"[A-Za-z][A-Za-z']+", text):
        base = lemma(word.removesuffix("'s"))
        if (
            base not in plain_words
            and word.lower() not in plain_words
            and base not in common
            and (content(word) or base in ("read", "book"))
        ):
            found.add(base)
    return frozenset(found)


def _plain_words() -> frozenset[str]:
    return frozenset(str(w) for w in words("voice")["plain_words"]) | frozenset(
        lemma(str(w)) for w in words("voice")["plain_words"]
    )


_ADULT_SAYS = re.compile(
    r"^(?:His |Her |The )?(?:\w+ )?(?:carers?|parents?|staff|school|social worker|professionals|teachers?|tutor|team|adults) (?:feels?|thinks?|says?|would like|wants?|reports?|hopes?|believes?)\b",
    re.IGNORECASE,
)
_ENJOYS = re.compile(r"\b(?:enjoy|like|love|prefer|want|happy|wish)", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"^(?:please )?(?:see|refer to) (?:the |his |her )?(?:last|previous|attached|separate|above|below|care|pep|plan|report|form|section|notes?|other|sw|social|ehcp|review|file|mosaic|liquidlogic)\b",
    re.IGNORECASE,
)
_TO_FOLLOW = re.compile(
    r"[\w /'-]{2,40} (?:to|will) (?:complete|add|follow|update|provide|gather|collect|do)\b[\w ]{0,25}\.?",
    re.IGNORECASE,
)
#: 'They swapped it so now I have PE first', 'which they let me do since October'.
_MADE = re.compile(
    r"\b(?:they|she|he|we|school|college|(?:Miss|Mr|Mrs|Ms|Sir|Dr)(?: \w+)?|my \w+|[A-Z][a-z]+) (?:have |has )?(?:swapped|moved|changed|lets?|sorted|gave|got|found|agreed|put|made|bought|set up|fixed)\b[^.!?]{0,60}\b(?:now|since|so (?:I|now))\b"
    r"|\bso now (?:I|we|they|she|he)\b|\bnow I(?:'ve| have)? (?:get|got|have|go|can|am allowed|do|moved)\b"
)
#: 'Enjoys practical lessons', 'Would like to work with animals': an adult's note form.
_NOTE_FORM = re.compile(
    r"(?:^|[.;,] )(?:(?:Enjoys|Likes|Loves|Finds|Feels|Prefers|Struggles|Wants|Says|Wishes|Hopes|Thinks|Dislikes|Can find|Is|Has|Gets|Needs)\b|Would like to\b)",
    re.IGNORECASE,
)
_CUES = {
    "likes": re.compile(
        r"\b(?:I (?:really |do |quite )?(?:like|love|enjoy)|best bit|favourite|best (?:lesson|bit|thing|subject|day)|is (?:so |really |quite )?(?:good|great|alright|all right|ok|okay|decent|sick|fun|my thing|the best|ace|mint)|I'm good at|proud|happy face|thumbs[- ]up|smil\w+|laugh\w*|clap\w*|giggl\w+|reach\w* for|chose|picked|rocks|first every)\b",
        re.IGNORECASE,
    ),
    "difficulties": re.compile(
        r"\b(?:don't (?:like|want)|do not like|hates?|doesn't like|dislikes?|can't stand|hard(?:est)?|difficult|worr(?:y|ied|ies)|scared|boring|too (?:many|long|noisy|loud|dark)|find .{0,20}hard|stressed|sick|panic|winds? me up|push(?:ed|es|ing)?|shoved|shouts?|lonely|left out|bull(?:y|ied)|cr(?:y|ied)|nervous|angry|annoy\w*|unfair|cross face|sad face|thumbs[- ]down|covers?|pull\w* away|turn\w* (?:\w+ ){0,2}away|throws?|cries|hides|Don't put)\b",
        re.IGNORECASE,
    ),
    "helps": re.compile(r"\b(?:helps?(?: me)?|settles? me|easier|lets me|I'd rather|let me|support)\b", re.IGNORECASE),
    "hopes": re.compile(
        r"\b(?:I want|wants? to|I'd like|I'd love|I would like|I wish|hope|when I(?:'m| am)? (?:grow|older|bigger)|to be an?|college|uni(?:versity)?|apprentice\w*|signed 'more'|asks? for more|'more'|'again')\b",
        re.IGNORECASE,
    ),
}


def _themes(asked: Reading, text: str) -> frozenset[str]:
    return frozenset(theme for theme in THEMES if asked.has(f"ask_{theme}") or _CUES[theme].search(text))


def _acted(asked: Reading, reading: Reading) -> str:
    """The words of an answer that show something done because the child said so; '' for a promise or a policy."""
    text = reading.text
    if not text or _stands_for_nothing(reading) or reading.count("jargon") >= 2:
        return ""
    if asked.has("ask_action"):
        nothing = reading.has("no_change") and len(reading.lemmas) < 8
        done = reading.has("change_as_written", "asked_as_written") or len(_particulars(text)) >= 4
        return text if done and not nothing and len(reading.lemmas) > 3 else ""
    if reading.text and (made := _MADE.search(text)) and _FIRST.search(text):
        return shortened(text[made.start() :])
    for sentence in re.split(r"(?<=[.!?]) ", text):
        part = read(sentence, "voice")
        if part.has("asked_as_written") and part.has("change_as_written") and _FIRST.search(sentence):
            return sentence
    return ""


def _links(answers: list[AnswerReading], record: PepRecord) -> list[tuple[str, str, str]]:
    """What the child finds hard, is helped by or wishes for, found again in what the plan does."""
    plan = [
        (f"targets[{n}].text", " ".join(filter(None, (t.text, t.area, t.success_criteria, t.provision, t.responsible))))
        for n, t in enumerate(record.targets)
    ]
    plan += [(f"actions[{n}].action", a.action or "") for n, a in enumerate(record.actions)]
    plan += [(f"pp_plus[{n}].purpose", line.purpose or "") for n, line in enumerate(record.pp_plus)]
    plan += [
        (path, text or "") for path, text in (("transition", record.transition), ("enrichment", record.enrichment))
    ]
    return [
        (answer.field, field, carried)
        for answer in answers
        if answer.whose.faithful and answer.themes - {"likes"}
        for field, text in plan
        if text and (carried := shared(without_names(answer.text, record.child), text))
    ]
