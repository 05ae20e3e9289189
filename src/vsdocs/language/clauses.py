"""A target's sentences taken apart: what is aimed at, where the child stands now, what is given, and who the doer is."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from vsdocs.language.baseline import Span, baseline_spans, names_an_aim, starting_point
from vsdocs.language.measures import Measure, measures
from vsdocs.language.numbers import NUMBER
from vsdocs.language.text import Hit, Reading, plain, read, words
from vsdocs.language.times import Moment, moments


class Kind(StrEnum):
    """What kind of sentence stands in a target box."""

    OUTCOME = "outcome"
    HELPED = "helped"  # an adult helps the child to something: the verb is the adult's
    PROVISION = "provision"
    ADULT_TASK = "adult_task"
    COHORT = "cohort"
    COMMENT = "comment"
    POINTER = "pointer"  # 'see provision map', 'tbc'
    EMPTY = "empty"


_GIVEN = re.compile(
    r"\b(?:with|through|via|using|supported by|helped by|following|as part of|during|after|by (?:attending|receiving|accessing|having|working with|engaging|taking part|completing|being|using|providing|offering|giving|means of))\b"
    rf"(?:(?! (?:on|in|at|for|by|until|before) (?:at least |at most |the )?{NUMBER})[^,.;:()])*",
    re.IGNORECASE,
)
_PLACES = ("school", "home", "college", "nursery", "setting", "placement", "we", "everyone")
_WORD = re.compile(r"[A-Za-z']+")


@dataclass(frozen=True, slots=True)
class Part:
    """One box of a target, read: `spans` are the baseline and provision stretches that no measure is looked for in."""

    text: str
    reading: Reading
    kind: Kind
    baseline: str  # the words that show where the child stands now, or ''
    spans: tuple[Span, ...]
    measures: tuple[Measure, ...]
    moments: tuple[Moment, ...]
    act: str  # the concrete act named, or ''

    @property
    def says_outcome(self) -> bool:
        return self.kind in (Kind.OUTCOME, Kind.HELPED)


_NOTHING = Part("", Reading("", (), {}), Kind.EMPTY, "", (), (), (), "")


def read_part(text: str | None, meeting: date | None) -> Part:
    """Read one box (target text or success criteria)."""
    shown = plain(text)
    if not shown:
        return _NOTHING
    reading = read(shown, "targets")
    timed = moments(shown, meeting)
    stands = baseline_spans(shown, timed)
    baseline = starting_point(shown, stands)
    spans = stands + _given_spans(reading) + adults_spans(shown)
    when = tuple(m for m in timed if not any(a <= m.start < b for a, b in stands))
    act = _act(reading, spans)
    found = measures(shown, meeting, spans)
    kind = _kind(reading, act, spans, settled=any(m.kind in _SURE for m in found))
    if kind not in (Kind.OUTCOME, Kind.HELPED, Kind.COMMENT):
        found = []
    aims = any(m.deadline for m in when) or names_an_aim(shown)
    if kind is Kind.COMMENT and found and found[0].weight >= 0.8 and aims:
        kind = Kind.OUTCOME
    elif kind is Kind.COMMENT:
        found = []
    return Part(shown, reading, kind, baseline, tuple(spans), tuple(found), when, act)


def _given_spans(reading: Reading) -> list[Span]:
    """'with the TA', 'through LEGO therapy (6 weeks)': what is given, up to where the child's part goes on."""
    hits = [h for name in ("provision", "adults") for h in reading.hits.get(name, ()) if h.words.lower() not in _PLACES]
    spans = (m.span() for m in _GIVEN.finditer(reading.text))
    return [(a, b) for a, b in spans if any(a <= h.start < min(b, a + 45) for h in hits)]


@cache
def _adult_subject_pattern() -> re.Pattern[str]:
    heads = "|".join(sorted((re.escape(str(w)) for w in words("targets")["adults"]), key=len, reverse=True))
    before = r"(?!(?:to|will|can|should|must|is|with|by|for|from|and|I|he|she)\b)[\w'-]+ "
    return re.compile(
        rf"^\W*(?:target|aim|action)?:? ?(?:{before}){{0,3}}?(?:{heads})s?(?:'s \w+)?(?:(?:,| and| &|/| or) ?(?:the )?[\w ]{{2,25}}?)?"
        r" (?:to|will|should|must|needs? to|are to|is to|has|have|continues? to|monitors?|provides?|supports?|carries|carry)\b(?! (?:been|had)? ?(?:asked|told) )"
        r"|^\W*(?:Mr|Mrs|Miss|Ms|Dr)\.? [A-Z][\w'-]+(?: (?:and|&) [\w ]+?)? (?:to|will|has)\b",
        re.IGNORECASE,
    )


#: 'to be taken … by 2 members of staff': whoever is named at the start, the doer is an adult.
_DONE_TO = re.compile(
    r"\b(?:to be|will be|is|are|being) (?:\w+ly )?(?!(?:measured|assessed|seen|heard|marked|checked|judged|observed|tested|shown|witnessed|supported|accompanied|timed|scored|signed)\b)\w+(?:ed|en|t) (?:[\w.,:'-]+ ){0,15}?by (?:the |a |an |his |her |\d+ |two |three )*(?:[\w-]+ )?(?:members? of staff|staff|adults?|teachers?|TAs?|LSAs?|carers?|keyworkers?|key workers?|professionals)\b",
    re.IGNORECASE,
)
#: 'EP assessment to be completed', 'file sent': whoever is to do it, it is not the child.
_PAPERS = r"(?:referral|paperwork|report|profile|meeting|risk assessment|observation|observations|timetable|review|training|passport|funding|file|files|records|chronology|EHCP|EHC plan|support plan|behaviour plan|care plan)"
_PASSIVE_TASK = re.compile(
    rf"\b(?:{_PAPERS}|assessment|Boxall|SDQ|forms?|plan) (?:to be|will be|is to be|needs to be) (?:\w+ly )?(?:completed|made|arranged|submitted|done|held|booked|reviewed|updated|shared|sent|written|requested|carried out|agreed|put in place|delivered|set up)\b"
    rf"|\b{_PAPERS} (?:completed|made|arranged|submitted|done|held|booked|reviewed|updated|shared|sent|written|requested|carried out|delivered|set up)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[^.;]|\.(?=\d)|(?<=\bMr)\.|(?<=\bDr)\.)+")


def adults_spans(text: str) -> list[Span]:
    """The sentences whose doer is an adult: 'HoY to ring home …', 'Careers adviser has met Corey …'."""
    return [
        m.span()
        for m in _SENTENCE.finditer(text)
        if _adult_subject_pattern().search(m.group()) or _DONE_TO.search(m.group()) or _PASSIVE_TASK.search(m.group())
    ]


def _free(hits: tuple[Hit, ...], spans: list[Span]) -> list[Hit]:
    return [hit for hit in hits if not any(a <= hit.start < b for a, b in spans)]


def _act(reading: Reading, spans: list[Span]) -> str:
    """The first concrete act that the child is the doer of, unless a vague verb comes before it."""
    starters = set(_starters())
    vague = min((h.start for h in _free(reading.hits.get("vague", ()), spans)), default=len(reading.text))
    hits = sorted(_free((*reading.hits.get("acts", ()), *_known(reading)), spans), key=lambda h: h.start)
    for hit in hits:
        before = reading.text[: hit.start].rstrip()
        nearby = _WORD.findall(before[-30:])
        last = nearby[-1] if nearby else ""
        opens = not before or before[-1] in ".;:,()-'\"" or last.lower() in starters or last.lower().endswith("ly")
        third = hit.words.split()[0].endswith("s") and (
            last[:1].isupper() or last.lower() in ("he", "she", "child", "who")
        )
        named = hit.words.lower().endswith("ing") and any(
            0 < g.start - hit.end < 25 for g in reading.hits.get("provision", ())
        )
        means = named or (hit.words.lower().endswith("ing") and re.search(r"\bby \w+ing\b", before))
        topic = hit.words.endswith("ing") and re.match(
            r" (?:to|frame|group|club|skills?|session)\b|:", reading.text[hit.end :]
        )
        if topic or reading.text[hit.end :].startswith(" by "):
            continue
        if (opens or third) and not means and hit.start < vague and len(reading.lemmas) > 2:
            return reading.text[hit.start : hit.start + 60].split(".")[0].strip()
    return _unlisted_act(reading, spans, vague)


#: 'Ama will juggle …', 'To debug …': a verb in the place of the child's doing.
_DOES = re.compile(
    r"(?:^|[.;:] )(?:(?:[A-Z][\w'-]+|I) (?:will|can|is able to|to|'ll) |To |Will |Can )(?:be able to |independently |\w+ly |not )*(?P<verb>[a-z]+)\b(?= \w)"
    r"|^(?P<first>[A-Z][a-z]+) (?=(?:an?|the|his|her|their|my|all|both|two|three|four|five|six|ten|\d+)\b)"
)


def _unlisted_act(reading: Reading, spans: list[Span], vague: int) -> str:
    """An act by grammar alone: any verb that the child is to do, unless it is one of thought, of being or of receiving."""
    inner = ("vague", "inner_verbs", "receiving_verbs", "adult_verbs", "helping_verbs")
    taken = {hit.start for name in inner for hit in reading.hits.get(name, ())}
    for match in _DOES.finditer(reading.text):
        start = match.start("verb" if match["verb"] else "first")
        if start < vague and start not in taken and not any(a <= start < b for a, b in spans):
            return reading.text[start : start + 60].split(".")[0].strip()
    return ""


def _known(reading: Reading) -> tuple[Hit, ...]:
    """'Know her times tables' is an act; 'know that adults care' is not."""
    things = reading.hits.get("curriculum", ())
    return tuple(h for h in reading.hits.get("knowing", ()) if any(0 < t.start - h.end < 40 for t in things))


def _starters() -> list[str]:
    return [str(word) for word in words("targets")["act_starters"]]


_OPENING = re.compile(
    r"^(?:(?:after|by|in|at|when|whenever|during|with|over|on|following|from|before|if|once|given)\b[^,]*, )?(?:(?:target|aim|outcome|objective|goal)s?(?: \d)?:? ?|to |for |the |his |her |their |our |all |continue to |continue |please |\W)*",
    re.IGNORECASE,
)


#: 'Year 8 looked-after pupils to average …'
_GROUP = re.compile(
    r"^(?:(?!(?:with|other|to|will|help|play|for|by|the other|two|three)\b)[\w'-]+ ){0,4}?(?:pupils|students|children|learners|boys|girls) (?:to|will|should|achieve|average|reach|make|in)\b",
    re.IGNORECASE,
)
_SURE = ("zero", "score", "change", "percentage", "age", "limit", "speed", "streak")


def _kind(reading: Reading, act: str, spans: list[Span], settled: bool) -> Kind:
    text = reading.text
    if not _WORD.search(text):
        return Kind.EMPTY
    opening = _OPENING.match(text)
    start = opening.end() if opening else 0
    hits = reading.hits
    if any(
        h.start <= 3 or (h.start < 40 and len(h.words) > 12)
        for h in hits.get("pointer", ())
        if len(h.words) > 6 or len(text) < len(h.words) + 6
    ):
        return Kind.POINTER
    if (reading.has("cohort") or _GROUP.match(text)) and not re.search(
        r"\b(?:he|she|his|her|him)\b", text[:60], re.IGNORECASE
    ):
        return Kind.COHORT
    if not act and not settled and adults_spans(text):
        return Kind.ADULT_TASK
    sees_to_it = re.match(r"(?:[Ee]nsure|[Mm]ake sure)(?: that)? (?:[A-Z]|he\b|she\b|they\b)", text[start:])
    if sees_to_it or any(h.start == start for h in hits.get("helping_verbs", ())):
        return Kind.HELPED
    if _RECEIVES.match(text[start:]):
        return Kind.PROVISION
    if any(h.start == start for h in hits.get("adult_verbs", ())):
        return Kind.ADULT_TASK
    if any(h.start == start for h in hits.get("shared_verbs", ())) and (
        any(h.start - start < 60 for h in hits.get("adult_things", ()))
        or any(0 < h.start - start < 12 for h in hits.get("child_objects", ()) if h.words.lower() != "her")
    ):
        return Kind.ADULT_TASK
    if _is_provision(reading, act, start, spans, settled):
        return Kind.PROVISION
    if (
        any(h.start < 45 for h in hits.get("comment", ()))
        and not (act and text.startswith(act[:8]) and not text.split()[0].endswith("s"))
        and not re.search(r"\b(?:will|to be|to have)\b", text[:30])
        and not re.match(r"to ", text, re.IGNORECASE)
    ):
        return Kind.COMMENT
    return Kind.OUTCOME


#: How much of something is given: 'x 5 weekly', 'group with the TA twice a week', 'attendance at mentoring sessions'.
_DOSE = re.compile(
    rf"\b(?:done|used|run|delivered|logged) (?:{NUMBER}|daily|every|each|twice|once)\b|\b{NUMBER} sessions? logged\b|"
    r"\bx ?\d+ (?:a |per )?(?:week|day|daily)|\b\d+ ?x (?:a |per )?(?:week|day|daily|\d+ ?min)|\b(?:group|sessions?|programme|intervention|club|booster|tuition|mentoring|support|lessons)\b[^.;]{0,40}\b(?:twice|once|\d+ times|\d ?x|three times|four times|weekly|daily|each (?:day|week|morning)|every (?:day|week|morning)|on \w+days)\b",
    re.IGNORECASE,
)
_SESSIONS = re.compile(
    r"\battendance (?:at|of|in) (?:[\w:-]+ ){0,3}?(?:sessions?|intervention|tuition|mentoring|group|club|appointments?)\b",
    re.IGNORECASE,
)
#: Whatever is received, the child only receives it; but an award or a place is won.
_RECEIVES = re.compile(
    r"(?:(?:[A-Z][\w'-]+ )?(?:to|will|should) )?(?:receive|be (?:given|offered|provided|supported|allocated|taken|shown)|have access to|benefit from)s?\b(?! (?:an? |his |her |the )?(?:[\w-]+ ){0,3}?(?:award|certificate|offer|place|grade|mark|medal|badge|role|part)\b)",
    re.IGNORECASE,
)


def _is_provision(reading: Reading, act: str, start: int, spans: list[Span], settled: bool) -> bool:
    if not act and (_SESSIONS.search(reading.text) or (not settled and _DOSE.search(reading.text))):
        return True
    given = sorted(reading.hits.get("provision", ()), key=lambda h: h.start)
    if (
        reading.has("delivered_as_written")
        and (given or not act)
        and not re.search(r"\b(?:he|she|I) (?:can|will|is able)", reading.text)
    ):
        return True
    if not given:
        return False
    receives = [
        h
        for h in reading.hits.get("receiving_verbs", ())
        if h.start <= start + 25
        and (
            h.start == start
            or re.search(r"\b(?:to|will|can|should|continue) $|^[A-Z][\w'-]+ $", reading.text[: h.start])
        )
    ]
    for r in receives:
        if any(0 <= g.start - r.end < 35 and not (settled and g.words.lower().startswith("session")) for g in given):
            return True
    head = re.split(r"[,.;:]| to | so ", reading.text[start:])[0]
    return (
        not act
        and not settled
        and given[0].start < start + len(head)
        and not _free(reading.hits.get("vague", ()), spans)
    )
