"""The child's voice in a plan: whose words they are, what they tell of, and whether anything was done about them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from vsdocs.language.links import shared, without_names
from vsdocs.language.speaker import (
    FIRST,
    Whose,
    outside_quotes,
    particulars,
    quotes,
    stands_for_nothing,
    tells_a_view,
    whose,
)
from vsdocs.language.text import Reading, plain, read, shortened
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


_ADULTS = r"(?:(?:foster )?carers?|parents?|staff|school|teachers?|tutors?|designated teacher|dt|adults?|social worker|professionals?|mentor|key ?worker|form tutor|nursery|college)"
#: What a question is about, by its grammar: how it was asked, what others did, what an adult thinks.
_METHOD = re.compile(
    r"^(?:how (?:was|were|is|did|do we|does|we )|how \w+ (?:communicates|shows|tells|lets|makes)|method|notes?$|who (?:was|filled|completed|else|asked|wrote)|(?:date|present|gathered|recorded|completed|interpreter|communication)\b|did (?:he|she|they|\w+) (?:attend|take part|come|join))",
    re.IGNORECASE,
)
_ACTION = re.compile(
    r"\b(?:acted|happened|responded|response|reply|replies|update|follow(?:ed|ing)?[- ]up|so now|as a result|shaped|made happen|agreed|actions?|feedback (?:given|to)|changes? (?:made|agreed)|because of (?:this|what)|you said|done(?: since)?|(?:since|after) (?:then|that)|what we did"
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
#: 'They swapped it so now I have PE first', 'which they let me do since October'.
_MADE = re.compile(
    r"\b(?:they|she|he|we|school|college|(?:Miss|Mr|Mrs|Ms|Sir|Dr)(?: \w+)?|my \w+|[A-Z][a-z]+) (?:have |has )?(?:swapped|moved|changed|lets?|sorted|gave|got|found|agreed|put|made|bought|set up|fixed)\b[^.!?]{0,60}\b(?:now|since|so (?:I|now))\b"
    r"|\bso now (?:I|we|they|she|he)\b|\bnow I(?:'ve| have)? (?:get|got|have|go|can|am allowed|do|moved)\b"
)
#: A promise, thanks or a wish to look into it: nothing has been done.
_PROMISED = re.compile(
    r"^\W*(?:(?:this |it |views? )?(?:to be|will be|being) (?:discussed|considered|looked|reviewed|passed|shared|raised|explored|agreed)|noted|thank you|thanks for|we will (?:look|think|consider|try|see|discuss|continue|listen)|staff (?:are aware|will|continue)|school (?:will|continues))\b",
    re.IGNORECASE,
)
_CUES = {
    "likes": re.compile(
        r"\b(?:I (?:really |do |quite |only )?(?:like|love|enjoy)|best bit|favourite|best (?:lesson|bit|thing|subject|day)|best is|rates|(?:is|'s|was|are) (?:so |really |quite |well |actually )?(?:good|great|brilliant|alright|all right|ok|okay|decent|sound|sick|fun|class|wicked|lush|amazing|my thing|the best|ace|mint)|(?:I'm )?good at|proud|happy(?: face)?|thumbs[- ]up|smil\w+|laugh\w*|clap\w*|giggl\w+|squeal\w*|reach\w* for|(?:leads|runs|goes|heads) (?:\w+ ){1,6}to|every (?:session|time)|chose|picked|rocks|first every)\b",
        re.IGNORECASE,
    ),
    "difficulties": re.compile(
        r"\b(?:don't (?:like|want|get)|do not (?:like|understand)|hates?|doesn't like|dislikes?|can't|cannot|hard(?:est)?|difficult|worr(?:y|ied|ies)|scared|boring|bored|pointless|too (?:many|much|long|noisy|loud|dark|fast|hot|cold)|worst|less so|not fair|picked last|pretend|stressed|sick of|feel sick|panic|winds? me up|push(?:ed|es|ing)?|shov\w+|shouts?|lonely|left out|bull(?:y|ied)|cr(?:y|ied)|nervous|angry|annoy\w*|unfair|cross face|sad face|thumbs[- ]down|covers?|pull\w* away|turn\w* (?:\w+ ){0,3}(?:away|from)|arches|stiff\w*|throws?|cries|hides|Don't put)\b",
        re.IGNORECASE,
    ),
    "helps": re.compile(
        r"\b(?:helps?(?: me)?|settles? me|easier|better (?:if|when)|lets me|I'd rather|let me|support|when \w+ (?:\w+ ){1,8}I (?:can|do|will)|if \w+ (?:\w+ ){1,8}I (?:can|do|will)|(?:he|she|I) would \w+ if|I'd \w+ it if)\b",
        re.IGNORECASE,
    ),
    "hopes": re.compile(
        r"\b(?:I want|wants? to|I'd like|I'd love|I would like|I wish|hopes?|when I(?:'m| am)? (?:grow|older|bigger|big)|to be an?|uni(?:versity)?|apprentice\w*|signed 'more'|asks? for more|'more'|as more|'again')\b",
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
        acted=_acted(about, reading),
        offered=reading.has("offered") and (reading.has("refused") or read(asked, "voice").has("refused")),
        about=about,
    )


def _about(question: str, answer: str) -> About:
    if _METHOD.search(question) and not _ACTION.search(question):
        return About.CHILD if FIRST.search(answer) and not quotes(answer) else About.METHOD
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
    found = {theme for theme in THEMES if _CUES[theme].search(text)}
    for clause in re.split(r"[,;/?]| and (?=what|how|who|not|don't|dis|things|hopes)", question):
        asked = read(_WISHED.sub("want", clause), "voice")
        themes = {theme for theme in THEMES if asked.has(f"ask_{theme}")}
        if _NEGATED.search(clause):
            themes = (themes - {"likes"}) | {"difficulties"}
        found |= themes
    return frozenset(found)


def _acted(about: About, reading: Reading) -> str:
    """The words of an answer that show something done because the child said so; '' for a promise or a policy."""
    text = reading.text
    if not text or stands_for_nothing(reading) or reading.count("jargon") >= 2 or _PROMISED.search(text):
        return ""
    if about is About.ACTION:
        nothing = reading.has("no_change") and len(reading.lemmas) < 8
        done = reading.has("change_as_written", "asked_as_written") or len(particulars(text)) >= 4
        return text if done and not nothing and len(reading.lemmas) > 3 else ""
    if (made := _MADE.search(text)) and FIRST.search(text):
        return shortened(text[made.start() :])
    for sentence in re.split(r"(?<=[.!?]) ", text):
        part = read(sentence, "voice")
        if part.has("asked_as_written") and part.has("change_as_written") and FIRST.search(sentence):
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
