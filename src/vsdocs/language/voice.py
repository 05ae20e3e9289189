"""The child's voice in a plan: whose words they are, what they tell of, and whether anything was done about them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from vsdocs.language.acted import acted_upon
from vsdocs.language.links import shared, without_names
from vsdocs.language.speaker import (
    FIRST,
    Whose,
    outside_quotes,
    particulars,
    quotes,
    tells_a_view,
    whose,
)
from vsdocs.language.text import plain, read
from vsdocs.record import PepRecord

THEMES = ("likes", "difficulties", "helps", "hopes")


class About(StrEnum):
    """What a question is about."""

    CHILD = "child"
    METHOD = "method"  # how and by whom the views were gathered
    ACTION = "action"  # what was done about them
    ADULT = "adult"  # what a carer, tutor or other adult thinks


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
    about: About


@dataclass(frozen=True, slots=True)
class VoiceReading:
    """All answers of a plan, and the links from what the child said to what the plan does."""

    answers: tuple[AnswerReading, ...]
    links: tuple[tuple[str, str, str], ...]  # (field of the voice, field of the plan, the words that carry the link)

    @property
    def faithful(self) -> tuple[AnswerReading, ...]:
        return tuple(a for a in self.answers if a.whose.faithful and a.about in (About.CHILD, About.ACTION))

    @property
    def told(self) -> tuple[AnswerReading, ...]:
        """Answers that hold some view of the child's, in whoever's words."""
        return tuple(
            a
            for a in self.answers
            if a.about in (About.CHILD, About.ACTION) and (a.whose.faithful or a.whose in (Whose.GENERIC, Whose.TOLD))
        )

    @property
    def themes(self) -> frozenset[str]:
        acted = frozenset({"helps"} if self.acted else ())  # what was done tells what helps
        return acted.union(*(a.themes for a in self.faithful))

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


_ADULTS = r"(?:(?:foster )?carers?|parents?|staff|school|teachers?|tutors?|designated teacher|dt|adults?|social worker|professionals?|mentor|key ?worker|form tutor|nursery|college)"
#: What a question is about, by its grammar: how it was asked, what others did, what an adult thinks.
_METHOD = re.compile(
    r"^(?:how (?:was|were|is|did|do we|does|we )|how (?:\w+ |we heard from )(?:communicates|shows|tells|lets|makes|told|said|showed|shared|gave|took)|how we (?:heard|asked|found out|gathered)|(?:collected|written|typed|scribed|recorded|completed) (?:down )?(?:by|with)|method|notes?$|who (?:was|filled|completed|else|asked|wrote)|(?:date|present|gathered|recorded|completed|interpreter|communication)\b|did (?:he|she|they|\w+) (?:attend|take part|come|join))",
    re.IGNORECASE,
)
_ACTION = re.compile(
    r"\b(?:what (?:(?:the )?(?:grown[- ]?ups|adults|staff|we|they|school|teachers?|college|nursery|team|home)) (?:did|have done|changed|are doing|do now|put in place)|(?:our|school'?s?|college|staff|dt'?s?) (?:answers?|reply|response)|(?:became|came|come) of|been listened|we listened|(?:has|have) been done|what is different|what's different|so (?:we|they|staff) (?:have|did)|result$|results? of|outcome|acted|happened|responded|response|reply|replies|update|follow(?:ed|ing)?[- ]up|so now|as a result|shaped|made happen|(?:was|were|been|we|have|what|actions?) agreed|agreed (?:actions?|next|changes?|steps?|by)|actions?|feedback (?:given|to)|changes? (?:made|agreed)|because of (?:this|what)|you said|done(?: since)?|(?:since|after) (?:then|that)\b|^(?:since|after) (?:this|we \w+|you \w+|the \w+)|^so (?:we|they|now)\b|^(?:done|changed?)\b|^has (?:it|that|this)\b|did (?:anybody|anyone|somebody)|we tried|where we(?:'ve| have) got|what we did"
    r"|(?:we|school|staff|adults?|they|team|college|nursery) (?:have |has |had )?(?:did|done|changed|made)|did (?:we|it|they|school|anything|you get)\b|(?:have|has) (?:we|school|anything|\w+ school) (?:\w+ )?(?:done|changed|responded)|(?:any|what(?: has|'s)?) changed?\b(?! would)|will (?:we|school|staff) do|(?:we|school|staff) will do|designated teacher$)",
    re.IGNORECASE,
)
_ADULTS_VIEW = re.compile(
    rf"\b(?:views?|voice|comments?|contribution|input|perspective|feedback|report|summary|notes?|opinion|thoughts) (?:of|from|by) (?:the |his |her |their |my )?{_ADULTS}|^{_ADULTS}(?:'s|s')? (?:\w+ )?(?:views?|voice|comments?|contribution|input|perspective|feedback|report|summary|notes?|opinion|thoughts)\b",
    re.IGNORECASE,
)
#: 'What don't you like?', 'Stuff I don't', 'What isn't?': the question turned round; and 'like' that wishes.
_NEGATED = re.compile(r"\b(?:not|no|\w+n'?t|less)\b", re.IGNORECASE)
_WISHED = re.compile(r"\b(?:would|I'd|he'd|she'd)(?: \w+){0,3} like\b|\blike (?:to|next|us)\b", re.IGNORECASE)
_CUES = {
    "likes": re.compile(
        r"\b(?:I (?:really |do |quite |only )?(?:like|love|enjoy)|(?:^|(?<=[.!?] ))(?:like|love|loving) \w+|likes|loves|loved|look(?:ing)? forward|goes to|MORE|took \w+(?:'s)? hand|only reason I|glad of|my thing|saved my|best bit|favourite|best (?:lesson|bit|thing|subject|day)|best is|rates|(?:is|'s|was|are) (?:so |really |quite |well |actually )?(?:good|great|brilliant|alright|all right|ok|okay|decent|sound|sick|fun|class|wicked|lush|amazing|my thing|the best|ace|mint)|(?:I'm )?good at|proud|happy(?: face)?|thumbs[- ]up|smil\w+|laugh\w*|clap\w*|giggl\w+|squeal\w*|reach\w* for|(?:leads|runs|goes|heads) (?:\w+ ){1,6}to|every (?:session|time)|chose|picked|rocks|first every)\b",
        re.IGNORECASE,
    ),
    "difficulties": re.compile(
        r"\b(?:(?:don't|can't) (?:like|want|get|do|stand)|stinks?|hat(?:e|ing)|no no|FINISH(?:ED)?|pulled back|doesn't like|do not (?:like|understand)|hates?|doesn't like|dislikes?|can't|cannot|hard(?:est)?|difficult|worr(?:y|ied|ies)|scared|boring|bored|pointless|too (?:many|much|long|noisy|loud|dark|fast|hot|cold)|worst|less so|not fair|picked last|pretend|stressed|sick of|feel sick|panic|winds? me up|push(?:ed|es|ing)?|shov\w+|shouts?|lonely|left out|bull(?:y|ied)|cr(?:y|ied)|nervous|angry|annoy\w*|unfair|cross face|sad face|thumbs[- ]down|covers?|pull\w* away|turn\w* (?:\w+ ){0,3}(?:away|from)|arches|stiff\w*|throws?|cries|hides|Don't put)\b",
        re.IGNORECASE,
    ),
    "helps": re.compile(
        r"\b(?:helps?(?: me)?|(?:would|could|I'd) (?:\w+ ){1,8}if|settles? me|easier|better (?:if|when)|lets me|I'd rather|let me|support|when \w+ (?:\w+ ){1,8}I (?:can|do|will)|if \w+ (?:\w+ ){1,8}I (?:can|do|will)|(?:he|she|I) would \w+ if|I'd \w+ it if)\b",
        re.IGNORECASE,
    ),
    "hopes": re.compile(
        r"\b(?:I want|wants? to|I will be|gonna be|going to be|wanna|I'd like|I'd love|I would like|I wish|hopes?|when I(?:'m| am)? (?:grow|older|bigger|big)|to be an?|uni(?:versity)?|apprentice\w*|signed 'more'|asks? for more|'more'|as more|'again')\b",
        re.IGNORECASE,
    ),
}


def _answer(field: str, question: str | None, answer: str | None, name: str) -> AnswerReading:
    asked, text = plain(question), plain(answer)
    reading = read(text, "voice")
    about = _about(asked, text)
    by = whose(reading, asked, name, reported=about in (About.ACTION, About.ADULT))
    around = outside_quotes(text)
    spoken = text if FIRST.search(around) or tells_a_view(around) or reading.has("observed") else quotes(text) or text
    return AnswerReading(
        field=field,
        text=text,
        whose=by,
        themes=_themes(asked if about is not About.ACTION else "", text)
        if by is not Whose.EMPTY and not _no_answer(text)
        else frozenset(),
        particulars=particulars(spoken) if by.faithful else frozenset(),
        acted=acted_upon(asked, reading, by_adults=about is About.ACTION),
        offered=reading.has("offered") and (reading.has("refused") or read(asked, "voice").has("refused")),
        about=about,
    )


def _about(question: str, answer: str) -> About:
    if _METHOD.search(question) and not _ACTION.search(question):
        own = FIRST.search(answer) and (not quotes(answer) or len(quotes(answer).split()) >= 8)
        return About.CHILD if own else About.METHOD
    if _ACTION.search(question):
        return About.ACTION
    return About.ADULT if _ADULTS_VIEW.search(question) else About.CHILD


def _no_answer(text: str) -> bool:
    """'dunno', 'nothing really its all ok': an answer, but of nothing."""
    bare = re.sub(r"[^a-z' ]", "", text.lower()).strip()
    return bool(
        re.fullmatch(
            r"(?:(?:no|nope|not|nothing|none|dunno|idk|don't know|do not know|really|its|it's|is|all|ok|okay|fine|everything|everythings|alright|good|thanks|nobody|sure|n'a|i|just|get|on|with|it|he|said|she)\b ?)+",
            bare,
        )
    )


def _themes(question: str, text: str) -> frozenset[str]:
    """The themes that a question asks for, clause by clause, and those that the answer itself brings up."""
    meant = _as_meant(text)
    found = {theme for theme in THEMES if _CUES[theme].search(meant)}
    for clause in re.split(r"[,;/?]| and (?=what|how|who|not|don't|dis|things|hopes)", question):
        asked = read(_WISHED.sub("want", clause), "voice")
        themes = {theme for theme in THEMES if asked.has(f"ask_{theme}")}
        if _NEGATED.search(clause):
            themes = (themes - {"likes"}) | {"difficulties"}
        found |= themes
    return frozenset(found)


_BARE = {"dont": "don't", "cant": "can't", "wont": "won't", "doesnt": "doesn't", "didnt": "didn't", "isnt": "isn't", "id": "I'd", "im": "I'm", "ive": "I've", "wen": "when", "becos": "because"}  # fmt: skip


_BARE_WORD = re.compile(rf"\b(?:{'|'.join(_BARE)})\b", re.IGNORECASE)


def _as_meant(text: str) -> str:
    """A child's spelling of short words made plain: 'dont', 'id', 'wen'."""
    return _BARE_WORD.sub(lambda m: _BARE[m.group().lower()], text)


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
    said = [
        (answer.field, without_names(answer.text, record.child))
        for answer in answers
        if answer.whose.faithful and answer.themes - {"likes"}
    ]
    return [
        (voice, field, carried)
        for voice, words in said
        for field, text in plan
        if text and (carried := shared(words, text))
    ]
