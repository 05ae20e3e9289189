"""A target's sentences taken apart: what is aimed at, where the child stands now, what is given, and who the doer is."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vsdocs.language.measures import Measure, measures
from vsdocs.language.numbers import NUMBER
from vsdocs.language.text import Hit, Reading, plain, read, words
from vsdocs.language.times import Moment, moments

Span = tuple[int, int]


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


_MONTHS = r"Jan(?:uary)?|Feb(?:ruary)?|March|April|May|June|July|Aug(?:ust)?|Sept(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|autumn|spring|summer|Christmas|Easter"
_NOW = re.compile(
    r"(?<!between )(?<!from )\bnow\b(?! (?:on|and \d|until))|\b(?:currently|current|at present|presently|at the moment|today|baseline|starting point|start(?:s|ed|ing)? (?:at|from|point)"
    r"|previous|previously|up from|down from|rising from|compared (?:to|with)|it was|was|were|stood at|stands at|has been|have been|had|used to|so far|to date|up to now|until now|pre-?test|on arrival"
    rf"|at the (?:start|beginning) of (?:the |this |last )?(?:year|term|autumn|spring|summer|half[- ]?term|month|block|programme)|began at|last (?:half[- ]?term|term|year|summer|autumn|spring|week|month|time|december|june|july|may)|of (?:the |his |her |their |my )?last {NUMBER}|in the (?:autumn|spring|summer|first|last) (?:term|tally|week of|half[- ]?term)|averag(?:es|ed|ing)|predicted"
    r"|(?:has|have) (?:averaged|managed|scored|read|got|attended|reached|made|achieved|missed)|(?:he|she|they|I) (?:got|gets|scored|managed|reached|wrote|touched|could|did|made|achieved|missed|left|came|knew|needs? (?:full|lots|an adult))|yet|could only|only managed|still|manages|has no|can't|cannot|does not|doesn't|is in for)\b"
    rf"|\bthis (?:month|week|term): |^\W*(?:in )?(?:{_MONTHS})(?:'s)?(?: [\w-]+)?(?: [\w-]+)?: ?(?:{NUMBER}|[a-z])|^.{{0,22}}\b(?:{NUMBER}|none|never)\b[^.;,()]{{0,18}} (?:in|on) (?:\d+ )?(?:early |late |mid-?)?(?:{_MONTHS})$",
    re.IGNORECASE,
)
_THEN = re.compile(rf"\b(?:{_MONTHS})\b[^()]{{0,15}}: ?{NUMBER}", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|by the end|going to|so that|needs? to|should|must|next|between now and|by (?:the|next|\d)|until (?:the|\d)|before (?:the )?(?:Easter|Christmas|half|[a-z]+ half|\d)|to be able|at least|or (?:more|fewer|better))\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    rf"{NUMBER}|\b(?:none|no|nothing|never|not|cannot|can't|doesn't|only|prompts?|prompted|scribing|points|pulls|unable|refus\w+|single|drives|needs|with help|every time|once|[A-G]|pass|level|Entry \d|developing|emerging|below)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"\b(?:at present|currently|at the moment|now|presently|today)\b", re.IGNORECASE)
_LEVEL = r"(?:WTS|EXS|GDS|PKS|ARE|working towards|below|well below|emerging|developing|expected|secure|pre[- ]key stage|pass|merit)"
_FROM_TO = re.compile(
    rf"\bfrom (?:[\w.%-]+ ){{0,4}}?(?:{NUMBER}|[1-9][abc+-]|none|daily|every day|weekly|Entry \d|{_LEVEL})[^.;]{{0,60}}? to \b"
    rf"|\b(?:grade|level|entry|step|band|stage|maths|english|science|reading|writing) [1-9][abc]? (?:to|->|→) (?=(?:a |an |grade |level |entry |step |band |stage )?[1-9])",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:with|through|via|using|supported by|helped by|following|as part of|during|after|by (?:attending|receiving|accessing|having|working with|engaging|taking part|completing|being|using|providing|offering|giving|means of))\b"
    rf"(?:(?! (?:on|in|at|for|by|until|before) (?:at least |at most |the )?{NUMBER})[^,.;:()])*",
    re.IGNORECASE,
)
_PLACES = ("school", "home", "college", "nursery", "setting", "placement", "we", "everyone")
_CLAUSE = re.compile(
    r"\([^()]*\)| having been\b[^.;()]*|, (?:which|who|where|because|as|today|now)\b[^.;()]*|(?:(?! having been\b|, (?:which|who|where|because|as|today|now)\b)(?:[^.;()]|\.(?=\d)))+"
)
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


def read_part(text: str | None, meeting: date | None) -> Part:
    """Read one box (target text or success criteria)."""
    shown = plain(text)
    reading = read(shown, "targets")
    stands = _baseline_spans(shown)
    baseline = next((shown[a:b].strip(" ,;.()") for a, b in stands if _shows_state(shown[a:b])), "")
    if not baseline and (change := _FROM_TO.search(shown)):
        baseline = shown[change.start() : change.end()].removesuffix(" to ").strip()
    spans = stands + [
        span for span in (m.span() for m in _GIVEN.finditer(shown)) if _hit_within(reading, span, "provision", "adults")
    ]
    when = tuple(m for m in moments(shown, meeting) if not any(a <= m.start < b for a, b in stands))
    act = _act(reading, spans)
    found = measures(shown, meeting, spans)
    kind = _kind(reading, act, spans, settled=any(m.kind in _SURE for m in found))
    if kind not in (Kind.OUTCOME, Kind.HELPED, Kind.COMMENT):
        found = []
    if kind is Kind.COMMENT and found and found[0].weight >= 0.8:
        kind = Kind.OUTCOME
    elif kind is Kind.COMMENT:
        found = []
    return Part(shown, reading, kind, baseline, tuple(spans), tuple(found), when, act)


def _shows_state(words: str) -> bool:
    """A number, a 'none' or 'cannot', or a plain 'at present he …'."""
    return bool(_STATE.search(words)) or (bool(_PRESENT.search(words)) and len(words.split()) > 3)


def _baseline_spans(text: str) -> list[Span]:
    spans: list[Span] = []
    for clause in _CLAUSE.finditer(text):
        words = clause.group()
        if _FROM_TO.search(words):
            continue
        turn = re.search(
            r", (?:was|were|from) (?=\d|none|nothing|zero)|,? (?:up|down|rising|falling) from\b|,? (?:instead of|compared (?:with|to)|but (?:now|currently))\b",
            words,
        )
        lapse = re.search(
            rf"{NUMBER}[\w' /%-]{{0,25}} (?:last (?:half[- ]?term|term|year|week|month)|(?<!between )(?<!from )now|currently|at present|at the moment|so far)\b",
            words,
        )
        if turn:
            stop = words.find(",", turn.end())
            spans.append((clause.start() + turn.start(), clause.start() + stop if stop > 0 else clause.end()))
        elif lapse:
            spans.append((clause.start() + lapse.start(), clause.start() + lapse.end()))
        elif (
            (
                _NOW.search(words.strip(" ()"))
                or (words.startswith("(") and (_THEN.search(words) or words.startswith("(from ")))
            )
            and (words.startswith("(") or not _AHEAD.search(words))
            and not re.match(r"\W*to [a-z]", words, re.IGNORECASE)
        ):
            spans.append(clause.span())
    return spans


def _hit_within(reading: Reading, span: Span, *categories: str) -> bool:
    hits = (hit for name in categories for hit in reading.hits.get(name, ()))
    return any(span[0] <= hit.start < span[1] and hit.words.lower() not in _PLACES for hit in hits)


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
        if reading.text[hit.end :].startswith(" by "):
            continue
        if (opens or third) and not means and hit.start < vague and len(reading.lemmas) > 2:
            return reading.text[hit.start : hit.start + 60].split(".")[0].strip()
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
    if reading.has("cohort") and not re.search(r"\b(?:he|she|his|her|him)\b", text[:60], re.IGNORECASE):
        return Kind.COHORT
    if _PASSIVE_TASK.search(text[:90]):
        return Kind.ADULT_TASK
    if any(h.start == start for h in hits.get("helping_verbs", ())):
        return Kind.HELPED
    if _adult_subject(text, start, hits.get("adults", ())) or any(
        h.start == start for h in hits.get("adult_verbs", ())
    ):
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


def _adult_subject(text: str, start: int, adults: tuple[Hit, ...]) -> bool:
    if re.match(r"(?:Mr|Mrs|Miss|Ms|Dr)\.? [A-Z][\w'-]+(?: (?:and|&) [\w ]+?)? (?:to|will)\b", text[start:]):
        return True
    first = max((h for h in adults if h.start == start), key=lambda h: h.end, default=None)
    if first is None:
        return False
    rest = text[first.end :]
    return bool(
        re.match(
            r"(?:'s \w+)?(?:(?:,| and| &|/| or) ?(?:the )?[\w ]{2,25}?)?(?: (?:to|will|should|must|needs? to|can|are to|is to|continues? to|monitors?|provides?|supports?)\b|: )",
            rest,
            re.IGNORECASE,
        )
    )


#: How much of something is given: 'x 5 weekly', 'group with the TA twice a week', 'attendance at mentoring sessions'.
_DOSE = re.compile(
    r"\bx ?\d+ (?:a |per )?(?:week|day|daily)|\b\d+ ?x (?:a |per )?(?:week|day|daily|\d+ ?min)|\b(?:group|sessions?|programme|intervention|club|booster|tuition|mentoring|support|lessons)\b[^.;]{0,40}\b(?:twice|once|\d+ times|\d ?x|three times|four times|weekly|daily|each (?:day|week|morning)|every (?:day|week|morning)|on \w+days)\b",
    re.IGNORECASE,
)
_SESSIONS = re.compile(
    r"\battendance (?:at|of|in) (?:[\w:-]+ ){0,3}?(?:sessions?|intervention|tuition|mentoring|group|club|appointments?)\b",
    re.IGNORECASE,
)
#: 'EP assessment to be completed': whoever is to do it, it is not the child.
_PASSIVE_TASK = re.compile(
    r"\b(?:assessment|referral|form|forms|paperwork|report|profile|plan|meeting|risk assessment|observation|timetable|review|training|passport|funding) (?:to be|will be|is to be|needs to be) (?:\w+ly )?(?:completed|made|arranged|submitted|done|held|booked|reviewed|updated|shared|sent|written|requested|carried out|agreed|put in place|delivered|set up)\b",
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
            or re.search(r"\b(?:to|will|can|should|continue) $", reading.text[: h.start], re.IGNORECASE)
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
