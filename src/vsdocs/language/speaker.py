"""Whose words an answer in the child's part is: the child's own, an adult's faithful note, a paraphrase, a report, nobody's."""

import re
from enum import StrEnum
from functools import cache

from vsdocs.language.links import content
from vsdocs.language.text import Reading, lemma, words


class Whose(StrEnum):
    """Whose words an answer is."""

    OWN = "own"  # the child's, spoken or written
    RECORDED = (
        "recorded"  # a view shown by choice, sign, drawing or act, or told in its particulars, and faithfully noted
    )
    GENERIC = "generic"  # first person, in a teacher's phrases
    TOLD = "told"  # the child's view, told by an adult
    ADULT = "adult"  # an adult's view or report
    REFUSED = "refused"
    EMPTY = "empty"  # blank, 'N/A', 'see last PEP'

    @property
    def faithful(self) -> bool:
        return self in (Whose.OWN, Whose.RECORDED)


FIRST = re.compile(r"\b(?:I|I'm|I'd|I've|I'll|Ive|Im|i|i'm|ive|im|me|my|My|mine|myself|Me|Mine)\b")
_THIRD = re.compile(
    r"\b(?:he|she|his|her|him|the (?:child|pupil|young person|student)|young person)\b|(?:^|[.!?] )(?:They|Their)\b",
    re.IGNORECASE,
)
#: Somebody else of whom the child may speak as 'he' or 'she'.
_OTHER = re.compile(
    r"\b(?:Miss|Mr|Mrs|Ms|Sir|Dr|sir|miss|coach|teacher|teachers|tutor|mentor|friend|mate|brother|sister|mum|mam|dad|nan|nana|gran|grandad|carer|cousin|dog|cat|horse|auntie|aunt|uncle|social worker)\b"
)
_QUOTED = re.compile(r"(?<![\w])'([^']*(?:(?<=\w)'(?=\w)[^']*)*)'(?!\w)|\"([^\"]+)\"")
_TITLE = re.compile(r"^(?:Miss|Mr|Mrs|Ms|Sir|Dr|My)\b")
_ADULT_SAYS = re.compile(
    r"^(?:His |Her |The )?(?:\w+ )?(?:carers?|parents?|staff|school|social worker|professionals|teachers?|tutor|team|adults) (?:feels?|thinks?|says?|would like|wants?|reports?|hopes?|believes?)\b",
    re.IGNORECASE,
)
#: The talk of a plan put into the child's box: 'Carer to read nightly', '1. Phase 5 phonics daily. 2. Social group x 2.'
_PLAN_LIST = re.compile(
    r"(?:carers?|staff|school|parents?|teachers?|ta|dt|sw|social worker|tutor) to [a-z]+|1[.)] .+? 2[.)] ",
    re.IGNORECASE,
)
#: How a form went round among adults.
_PAPERWORK = re.compile(
    r"\b(?:form|sheet|booklet|questionnaire|template|survey|paperwork)\b[^.]{0,40}\b(?:sent|passed|put|given out|returned|issued|left|posted|emailed|chased|lost)\b|\bnot returned\b|^spoke (?:to|with) (?:the )?(?:carer|parent|social worker)",
    re.IGNORECASE,
)
_ADULT_DOES = re.compile(
    r"(?:His |Her |Their |The |Our )?(?:[\w-]+ ){0,2}(?:(?:carers?|staff|social worker|professionals|team|adults|school|parents?|teachers?|tutor|nursery|college) (?:feels?|thinks?|says?|would|wants?|reports?|hopes?|believes?|tells?|sees?|notes?|describes?)"
    r"|(?:carers?|staff|social worker|professionals) (?:is|are|was|were|has|have|will))\b",
    re.IGNORECASE,
)
#: The child's own view inside what adults tell: 'he says that …', 'she likes …'.
_TELLS_OF_CHILD = re.compile(
    r"\b(?:that |and |but |, )?(?:he|she) (?:likes?|loves?|enjoys?|hates?|dislikes?|prefers?|wishes|chose|told (?:us|them|me)|said|wants to)\b",
    re.IGNORECASE,
)
#: Would not take part, in any words.
_REFUSED = re.compile(
    r"^(?:\w+ )?(?:would not|wouldn't|will not|won't|did not|didn't|does not|doesn't) (?:\w+ )?(?:do (?:it|this|that|the)|come|take part|attend|answer|speak|talk|complete|fill|join|discuss|say|contribute|participate|co-?operate)\b",
    re.IGNORECASE,
)
_ENJOYS = re.compile(r"\b(?:enjoy|like|love|prefer|want|happy|wish)", re.IGNORECASE)
_VIEW = r"(?:says?|said|told|tells|feels?|felt|enjoys?|enjoyed|likes?|liked|loves?|loved|would (?:like|love|rather|work|go|try)|wants?|wanted|thinks?|thought|is (?:happy|pleased|proud|worried|excited|enjoying|looking forward)|looks forward|dislikes?|hates?|prefers?|finds?|hopes?|wish(?:es)?|worries|reports?|expressed|stated|shared|mentioned|identified|rates?|asked|describes?|chose|cares?|misses|plays|(?:seems?|appears?) to (?:like|love|enjoy|want|prefer)|gives the impression|talks about|would not|doesn't (?:like|want)|does not (?:like|want))"
_TELLS = re.compile(
    rf"\b(?:he|she|they|young person|pupil|child|(?-i:[A-Z][a-z]+)) (?:(?:\w+ly|also|really|always|still|just) )?{_VIEW}\b|(?:^|[.;] |\band ){_VIEW}\b",
    re.IGNORECASE,
)
#: 'Enjoys practical lessons', 'Would like to work with animals': an adult's note form.
_NOTE_FORM = re.compile(
    r"(?:^|[.;] )(?:(?:Enjoys|Likes|Loves|Finds|Feels|Prefers|Struggles|Wants|Says|Wishes|Hopes|Thinks|Dislikes|Rates|Can find|Is|Has|Gets|Needs|Still|Will|Could)\b|Would (?:like|benefit)\b)"
)
#: Nothing was asked, or nothing came of it; a note of what others will do; a form's own prompts.
_NOTHING = re.compile(
    r"^\W*(?:(?:he|she|they|\w+) (?:was|is|were) )?(?:absent|unwell|not (?:in|at) school|away|unavailable)\b"
    r"|^\W*to be \w+(?:ed|en|ne)\b|^\W*no (?:changes?|updates?|views?|comments?|response|reply|answer)\b"
    r"|\b(?:not (?:yet )?(?:been )?asked|unable to (?:contribute|share|complete|take part|give|express|communicate|say|answer|obtain|gather)|no views (?:were|have|has)|could not be (?:gathered|obtained|asked)|were not (?:gathered|sought|obtained)|lacks? (?:the )?capacity|not able to (?:give|express|share|contribute))\b",
    re.IGNORECASE,
)
#: A pointer elsewhere, or what the form itself says ('[Insert comments here]').
_ELSEWHERE = re.compile(
    r"^\W*(?:please (?:see|refer)|refer to|(?:insert|click|enter|type) (?:text|here|pupil|child|views?|comments?))\b|^[\[<{][^\]}>]*[\]}>]\W*$"
    r"|^see (?:the |his |her |their |our )?(?:[\w'/-]+ ){0,4}?(?:last|previous|attached|separate|above|below|over|overleaf|plan|plans|pep|report|reports|form|file|section|notes?|sw|social|ehcp|review|mosaic|liquidlogic|document|booklet|sheet|profile|passport|minutes|email|page|appendix|assessment)\b",
    re.IGNORECASE,
)
_POINTS_AWAY = re.compile(
    r"\b(?:please (?:see|refer)|(?:see|refer to|as (?:in|per|on)|recorded in|contained in|in) (?:the |his |her )?(?:previous|last|attached|separate|earlier) (?:pep|plan|report|form|review|meeting|record|document|notes?|booklet|minutes|section|sheet|update)s?|(?:completed|done|given|gathered|discussed) at (?:the )?(?:last|previous))\b",
    re.IGNORECASE,
)
_TOO_YOUNG = re.compile(
    r"\btoo young\b|\bnot (?:yet )?old enough\b|\b(?:because|due|owing|given) (?:of |to )?(?:his|her|their|the child's) (?:age|needs?|disabilit\w+|communication)\b|\b(?:cannot|can't|can not) (?:speak|talk|communicate|give|say|tell|express)\b",
    re.IGNORECASE,
)
_TO_FOLLOW = re.compile(
    r"[\w /'-]{2,40} (?:to|will) (?:complete|add|follow|update|provide|gather|collect|do)\b[\w ]{0,25}\.?",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\W*(?:(?:he|she|they|just) )?(?:said )?(?:no|nope|no thanks?|no thank you|would ?n'?t|won't|shrugged|refused|declined|walked (?:off|out|away))\W*",
    re.IGNORECASE,
)
_INFANT = re.compile(r"\b(?:infant|baby|\d+ (?:months?|weeks?)(?: old)?)\b", re.IGNORECASE)


def whose(reading: Reading, question: str, name: str, reported: bool) -> Whose:
    """Whose words an answer is. `name` is the child's forename or ''; `reported`: the question asks adults what they did."""
    text = reading.text
    if not re.search(r"\w", text):
        return Whose.EMPTY
    said = quotes(text)
    if _NO.fullmatch(text):
        return Whose.REFUSED
    if stands_for_nothing(reading) and len(said.split()) < 2:
        return Whose.EMPTY
    bare = outside_quotes(text)
    if len(said.split()) >= (2 if len(bare.split()) <= _LONG else 5):
        return Whose.OWN
    first = FIRST.search(bare)
    if first and not reported:
        jargon = reading.count("jargon")
        return (
            Whose.GENERIC
            if _INFANT.search(question) or (jargon >= 2 and jargon * 9 >= len(reading.lemmas))
            else Whose.OWN
        )
    if first:
        return Whose.OWN
    if reading.has("refused") or _REFUSED.search(bare):
        return Whose.REFUSED
    if _adults_speak(bare) or _PLAN_LIST.match(bare) or _PAPERWORK.search(bare):
        return Whose.ADULT
    if reported or reading.count("report") >= 2:
        return Whose.ADULT
    if reading.has("observed") and reading.count("jargon", "report") < 2:
        return Whose.RECORDED
    return _without_first_person(reading, bare, question, name)


def _without_first_person(reading: Reading, bare: str, question: str, name: str) -> Whose:
    """An answer that never says 'I': the child's view told by an adult, an adult's own view, or the child's note form."""
    named = bool(name and re.search(rf"\b{re.escape(name)}\b", bare))
    pronoun = _THIRD.search(bare)
    third = named or bool(pronoun and not _OTHER.search(bare[: pronoun.start()]))
    titled = bool(_TITLE.match(reading.text))
    says = _ADULT_SAYS.search(bare)
    if says and not _ENJOYS.search(bare[says.end() :]):
        return Whose.ADULT
    if (third or _NOTE_FORM.search(bare)) and not titled:
        if says is None and not tells_a_view(bare):
            return Whose.ADULT
        enough = _FAITHFUL if bare == reading.text else _FAITHFUL_AND_QUOTED
        faithful = says is None and not _IMPRESSION.search(bare) and len(particulars(reading.text)) >= enough
        faithful = faithful and not reading.has("jargon", "report")
        return Whose.RECORDED if faithful else Whose.TOLD
    if reading.has("jargon", "report") or len(reading.lemmas) > 30:
        return Whose.ADULT if not re.search(_VIEW, bare, re.IGNORECASE) else Whose.TOLD
    return Whose.OWN


def _adults_speak(text: str) -> bool:
    """Whether adults are the doers of what is told: 'His foster carer would like …', 'The social worker is looking at …'."""
    sentences = re.split(r"(?<=[.;!?]) ", text)
    return bool(_ADULT_DOES.match(sentences[0])) and not any(_TELLS_OF_CHILD.search(part) for part in sentences)


def tells_a_view(text: str) -> bool:
    """Whether an adult's sentence has the child say, feel, like or want something: 'He says …', 'Wants to …'."""
    return bool(_TELLS.search(text))


_LONG = 25  # words of an adult around two or three quoted words, from which they are no more than an ornament
#: What an adult makes of it, without having asked.
_IMPRESSION = re.compile(
    r"\b(?:seems?|seemed|appears?|appeared|I'd say|impression|we believe|we think|probably|presumably|hard to know|I imagine)\b",
    re.IGNORECASE,
)
_FAITHFUL = 10  # particular words from which a view told by an adult counts as faithfully noted
_FAITHFUL_AND_QUOTED = 7  # likewise where a word of the child's is quoted in it


def stands_for_nothing(reading: Reading) -> bool:
    """'N/A', 'tbc', 'See last PEP.', 'Social worker to complete.': words that stand for an answer."""
    text = reading.text
    bare = outside_quotes(text)
    if _ELSEWHERE.search(text):
        return True
    if FIRST.search(bare):
        return False
    if _TO_FOLLOW.fullmatch(text) or _NOTHING.search(bare):
        return True
    if (
        len(reading.lemmas) < 16
        and (_POINTS_AWAY.search(bare) or _TOO_YOUNG.search(bare))
        and not reading.has("observed")
    ):
        return True
    return any(h.start < 4 for h in reading.hits.get("empty", ())) and not text.startswith("'")


def quotes(text: str) -> str:
    """The words within quotation marks, joined by spaces."""
    return " ".join(a or b for a, b in _QUOTED.findall(text))


def outside_quotes(text: str) -> str:
    """The text without its quotations."""
    return _QUOTED.sub(" ", text)


def particulars(text: str) -> frozenset[str]:
    """The content words of a text that could only be about this child: those that do not stand in any child's answer."""
    found = set()
    for word in re.findall(r"[A-Za-z][A-Za-z']+", text):
        base = lemma(word.removesuffix("'s"))
        if base in _plain_words() or word.lower() in _plain_words() or base in _COMMON:
            continue
        if content(word) or base in ("read", "book"):
            found.add(base)
    return frozenset(found)


_COMMON = frozenset({"like", "love", "enjoy", "want", "say", "go", "get", "make", "good", "do", "be", "have"})


@cache
def _plain_words() -> frozenset[str]:
    listed = [str(word) for word in words("voice")["plain_words"]]
    return frozenset(listed) | frozenset(lemma(word) for word in listed)
