"""What in a text would settle whether a target was met: a score, a rate, a level, a limit, a named product, a yes/no feat."""

import re
from dataclasses import dataclass
from datetime import date

from vsdocs.language.numbers import NUMBER, value
from vsdocs.language.text import Reading, read
from vsdocs.language.times import moments

_N = NUMBER
_UNIT = r"(?:day|week|lesson|half[- ]?term|term|fortnight|night|month|session|morning|afternoon|evening|lunchtime|break|period|hour|minute|year|weekend|page)"
#: Numbers that name a thing rather than measure anything.
_NAMES = re.compile(
    rf"£ ?[\d,.]+(?: ?(?:k|a|per) ?\w*)?|\b(?:post|pre)[- ]?1[689]\b|\b[12] ?: ?[1-9]\b(?!\d)|\b(?:Year|Yr|Y|KS|Key Stage|Phase|Set|Room|Block|Section|Chapter|Tier|Stage|Period|P|Unit|Units|Module|Paper|Question|Q|Target|Outcome|Wave|House|Page|Term|Route|bus|Act|Scene|Part|step|Group|Class|Book) ?\d+(?:/\d+)?(?:(?:, | and | or |/| & )\d+)*\b(?! ?%)"
    rf"|\b(?:the )?\d+ bus\b|\b(?:now that )?I(?:'m| am) \d+\b|\baged? \d+\b|\b\d+[- ]year[- ]olds?\b|\b\w+-(?:point|part|step|colour|zone) \w+|\bgive(?:s|n)? (?:it )?100 ?%|\b100 ?% (?:effort|focus|in (?:every|all|each))|\b(?:GCSE )?\d+ ?- ?\d+ (?:pathway|grades)|\b24/7\b"
    rf"|\b(?:Level|Grade) \d (?=[A-Za-z]+ ?(?:piece|exam|course|diploma|award|certificate|programme|qualification|study|learner|group|class|set|Motor|Light|Bricklaying|Hair|Animal|Health|Catering|Public|Sport|Business|Construction))"
    rf"|(?:(?:\d+|{_N})(?:s|x)?(?:, |,| and | & | or ))+(?:{_N})(?:s|x)? (?:times )?tables?|\b(?:the |all |all his |all her |all the )?{_N} (?:golden rules?|rules|Bs|Rs|Cs|zones|values|assessment objectives|AOs|set texts|core subjects|outcomes|areas|aims|targets|objectives|EHCP outcomes|subjects|strategies|different ways|aspects|domains|strands)\b"
    rf"|\b(?:one[- ](?:to[- ]one|page|off|another|day)|no one|each one|every one|the one|this one|that one|someone|one of (?:his|her|the|my|our|their)(?! \d)|first one|at one with|day one)\b|\bover \d+s\b|\bWW[12]\b|\b\d+(?:am|pm)\b|\b\d{{1,2}}[.:]\d\d-\d{{1,2}}[.:]\d\d|\bat \d{{1,2}}[.:]\d\d(?:(?:, | and )\d{{1,2}}[.:]\d\d)*|\b\d+ ?x ?\d+ ?-?(?:min|hour|hr)\w*|\b(?:group|class|pair|team|ratio) of {_N}|{_N}[- ](?:minutes?|mins?|hours?) (?:of (?:[\w:-]+ )?(?:support|tuition|tutoring|therapy|intervention|keep-up|catch-up|phonics|teaching|mentoring|counselling|coaching|physio|Lexia|TA|LSA|ELSA|OT|SALT)\b|a session|per session|each session)|\bturns? {_N}|{_N} (?:children|pupils|students|trained \w+|members of staff)(?= ?\))|\b\d{{1,2}}[.:]\d\d ?(?:am|pm)?\b(?= (?:start|sharp|bell|club|every|each|with))",
    re.IGNORECASE,
)
_STAFF = r"(?:adults?|staff|teachers?|TAs?|LSAs?|professionals?|colleagues|mentors?|tutors?|members of staff|agencies|people who work|workers?|therapists?)"
_GIVEN = r"(?:hours?(?: of)?(?:'|'s)? ?(?:TA|LSA|support|tuition|tutoring|mentoring|1:1|one-to-one|intervention|therapy|teaching)?|sessions?(?: of| with)?|slots?|visits? from|check-ins?|appointments?|papers?|interventions?|programmes?|workbooks?|meetings?|weeks?|months?|terms?|half-terms?|days?|minutes?|mins?|times?)"
_AIMED = r"(?:at least|at most|no more than|not more than|no fewer than|no less than|not less than|fewer than|less than|more than|a minimum of|minimum|a maximum of|maximum|up to|over|above|under|below|within|only|exactly|as many as|>=?|<=?|at or above|a full|reach(?:es|ing)?|scores?|scoring|achiev(?:e|es|ing)|gets?|getting|gains?|gaining|to)"
_GAP = r"(?: [\w'-]+){0,5}?"
_OVER = r"(?:the |his |her |their |our |my |every |each |these |those |this |next |last |possible |any |a |class |set )*(?:[\w-]+ ){0,1}?"
#: (what it is, how sure it settles something, pattern), surest first.
_PATTERNS: tuple[tuple[str, float, re.Pattern[str]], ...] = tuple(
    (kind, weight, re.compile(pattern, re.IGNORECASE))
    for kind, weight, pattern in (
        ("score", 1.0, rf"{_N}\+? ?/ ?{_N}(?! ?/)"),
        (
            "score",
            1.0,
            rf"{_N}(?: or (?:more|fewer|less|better|above))?{_GAP} (?:out of|of|in|from) {_OVER}{_N}(?! ?%)(?: [\w'-]+)?",
        ),
        (
            "change",
            1.0,
            rf"\bfrom (?:an? |around |about |grade |level |band |stage |step |set |\w+ ){{0,4}}?(?:{_N}|[1-9][abc+-]|Entry \d|none|never|zero|[A-G]\b)[^.;]{{0,40}}? to (?:an? |at least |above |under |below |around |no more than |grade |level |band |stage |step |set |over ){{0,3}}(?:{_N}|[1-9][abc+-]|Entry \d|none|zero|[A-G]\b)(?: ?%)?",
        ),
        ("change", 0.95, rf"\b{_N} ?(?:->|→|=>|>) ?{_N}"),
        ("percentage", 0.95, rf"(?<!by ){_N} ?(?:%|per ?cent)"),
        (
            "percentage",
            0.7,
            r"\b(?:rise|increase|grow|raise|lift|attendance)[^.;]{0,30} by \d+ ?(?:%|percentage points|points)",
        ),
        (
            "change",
            0.8,
            rf"\b(?:age|gains?|progress|improve|increase|rise|up|move|jump|add)\b[^.;]{{0,40}}?\b{_N} (?:more |full |whole )?(?:months?|years?|sub[- ]?levels?|grades?|levels?|book bands?|bands?|marks?|points?|steps?|wpm)\b",
        ),
        (
            "age",
            0.95,
            r"\bages? [^.;]{0,40}?\b\d+(?: ?(?:y|yrs?|years?|:|\.) ?\d+ ?(?:m|mths?|months?)?| years?\b)|\b\d+ ?(?:y|yrs?|years?) ?\d+ ?(?:m|mths?|months?)\b",
        ),
        (
            "limit",
            0.95,
            rf"\b(?:{_N}|once|twice) ?(?:\+|or (?:more|fewer|less|better|above|over|under|higher|lower|below)|(?:[\w'-]+ ){{1,3}}(?:or (?:more|fewer|less|better)|at (?:most|least)))",
        ),
        (
            "limit",
            0.95,
            rf"\b{_AIMED} (?:[a-z'-]+ ){{0,2}}?(?:{_N}|once|twice)(?! (?:{_UNIT}s? of|weeks?\b|months?\b|terms?\b|{_STAFF}\b))(?: ?%| [\w'-]+)?",
        ),
        (
            "limit",
            0.85,
            rf"\b(?:will|to) (?:have|know|be at|get|get to) {_N}\b(?! (?:more |full )?(?:sessions?|hours?|weeks?|minutes?|lessons|days?|visits?|{_STAFF})\b)",
        ),
        ("speed", 0.95, rf"\b{_N} ?(?:wpm|words? (?:a|per) minute|wcpm)"),
        (
            "score",
            0.9,
            rf"\b(?:score|mark|scoring|total|rating|rates?|scaled score|standardised score|result|gives? it|SDQ)[^.;]{{0,25}}?\b{_N}",
        ),
        ("score", 0.85, rf"\b{_N}(?: or more)? (?:right|correct|marks?|points?|percentage points|per cent)\b"),
        (
            "level",
            0.9,
            r"\b(?:grade|level|band|stage|step|a|an|secure|solid|strong|at|pass at|NC|entry level|entry|sub-level|set)s? ?[1-9](?:[abc]|\+|-)?\b(?! (?:[a-z]+ )?(?:piece|exam|course|diploma|week|day|minute|hour|times?|lesson)s?)",
        ),
        (
            "level",
            0.85,
            r"\b(?:(?:reach|achieve|attain|meet|secure|working at|be at|get|move (?:up )?to|move from \w+ to|assessed (?:as|at))(?:es|ing|s|d)? (?:an? |the |least )*(?:expected(?: (?:level|standard))?|age[- ]related(?: expectations?)?|ARE|GLD|good level of development|greater depth|secure|mastery|merit|distinction|pass|developing|emerging|exceeding|secured|gold|silver|bronze)(?! progress))\b|\bfrom [\w -]{3,40} to (?:the )?(?:EXS|GDS|ARE|expected|greater depth|secure|mastery|merit|distinction|exceeding)\b|\bmarked (?:as )?'?(?:secure|merit|pass|distinction|met|achieved|complete)'?|\b(?:merit|distinction)\b(?: (?:grade )?or above)?|\bgrade [A-G]\b|\bpass or above|\bexpected standard|\b(?:expected|secure|greater depth) (?:by|in|at)\b",
        ),
        (
            "rate",
            0.8,
            rf"\b(?:{_N}|once|twice)(?: [\w'-]+){{0,3}}?(?: in| at)? (?:a|an|per|each|every) (?:[\w'-]+ )?(?:{_UNIT}|visit|game|story|page|piece|break)",
        ),
        (
            "streak",
            0.85,
            rf"\b(?:every|each) (?:day|morning|afternoon|lesson|session|night|evening|lunchtime|school day)s? (?:for|over|in|of|during) (?:a |the |that |one )?(?:whole |full |same |last )?(?:{_N} )?(?:weeks?|fortnights?|months?|half[- ]?term|term)\b",
        ),
        (
            "streak",
            0.9,
            rf"\b{_N} (?:[\w'-]+ ){{0,3}}?(?:running|in a row|in succession|consecutively|consecutive|on the trot)|\b{_N} consecutive \w+|\bfor {_N} (?:days|weeks|lessons|sessions|mornings) (?:running|in a row)",
        ),
        (
            "distance",
            0.85,
            rf"\b{_N} ?(?:m|metres?|km|miles?|lengths?|laps?|cm)\b(?! (?:film|pool|from))",
        ),
        (
            "duration",
            0.85,
            rf"\b(?:within|for|in|lasting|under|of|last) (?:a |about |at least |up to |the first )?(?:{_N})[- ]?(?:minutes?|mins?|seconds?|secs?|hours?)\b|\b{_N}[- ](?:minutes?|mins?|seconds?)\b",
        ),
        (
            "zero",
            0.75,
            r"\b(?:no|zero|nil|without any|not a single|no more) (?:[\w'-]+ ){0,2}?(?:comments?|incidents?|lates?|sanctions?|detentions?|removals?|suspensions?|exclusions?|accidents?|hitting|biting|missed|absences?|unauthorised|call-?outs?|walk-?outs?|referrals?|points?|reminders? needed|days? missed|fixed[- ]term|isolations?|behaviour points)\b",
        ),
        ("product", 0.8, rf"\b(?:{_N}) (?:(?!of\b)[\w'-]+ ){{0,4}}?[a-z][\w'-]+"),
        (
            "all of",
            0.6,
            r"\b(?:every|each|all|both|everybody|any) (?:of (?:his|her|the|their) )?(?:\w+ )?(?:letters?|words?|steps?|sounds?|sentences?|pieces?|questions?|mornings?|lessons?|days?|units?|assignments?|items?|numbers?|digraphs?|everybody|coursework|homeworks?|in the class)",
        ),
    )
)


#: Pounds measure only what the child does with them.
_MONEY = re.compile(
    r"\b(?:sav(?:e|es|ing)|budgets?|budgeting|spends?|earns?|raises?|deposits?|put(?:s|ting)? away|stays? inside)\b[^.;]{0,25}£ ?\d[\d.,]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What would settle it: its kind, how surely (0-1), the words, and where they stand in the text."""

    kind: str
    weight: float
    words: str
    start: int


def masked(text: str, meeting: date | None, spans: list[tuple[int, int]]) -> str:
    """The text with dates, names that hold numbers, and `spans` blanked out, so that offsets stay as they are."""
    spans = spans + [
        (m.start, m.end)
        for m in moments(text, meeting)
        if not re.match(r"(?:for|in|within|during|over|across)\b", m.words) or m.deadline
    ]
    spans += [m.span() for m in _NAMES.finditer(text)]
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def measures(text: str, meeting: date | None, blank: list[tuple[int, int]]) -> list[Measure]:
    """Every measure in a plain text outside the `blank` spans, surest first."""
    shown = masked(text, meeting, blank)
    found = []
    for kind, weight, pattern in _PATTERNS:
        for match in pattern.finditer(shown):
            if _settles(kind, match.group(), shown[: match.start()], shown[match.end() :]):
                found.append(Measure(kind, weight, text[match.start() : match.end()].strip(" ,"), match.start()))
    found += [Measure("limit", 0.85, m.group(), m.start()) for m in _MONEY.finditer(text)]
    found += _feats(text, shown)
    return sorted(found, key=lambda m: -m.weight)


#: What a percentage of would be a percentage of nothing.
_UNSEEN = re.compile(
    r"^[^.;]{0,12}?(?:%|per ?cent)[^.;,]{0,12}?\b(?:engage\w*|effort|focus\w*|concentration|enjoy\w*|confiden\w*|positiv\w+|motivat\w+|commitment|participation|happi\w+|happy|respect\w*|resilien\w+|good behaviour|reduction|increase|improvement|rise)\b",
    re.IGNORECASE,
)
#: Things that cannot be counted by looking.
_ABSTRACT = re.compile(
    rf"^\W*(?:at least |up to )?(?:{_N}) (?:[\w-]+ ){{0,3}}?(?:relationships?|friendships?|opportunit\w+|experiences?|areas?|ways?|things?)\b",
    re.IGNORECASE,
)


def _settles(kind: str, words: str, before: str, after: str) -> bool:
    """Whether a match says something of the child, not of the help given, of staff, of a book or of the calendar."""
    tail = (words + after).lower()
    if re.search(
        r"\b(?:towards|nearer|closer|near|in line with) (?:an? |the |his |her |their |to )*$", before, re.IGNORECASE
    ):
        return False
    if kind in ("percentage", "score", "limit", "level") and _UNSEEN.search(words + after[:40]):
        return False
    if kind in ("percentage", "limit", "score") and "%" in words + after[:2]:
        by = (
            re.search(r"\bby (?:at least |over |around |about |up to |another )?$", re.sub(r"\S*$", "", before + words))
            or words.startswith("by ")
            or re.search(r"\bby (?:at least |over |around |about |up to |another )?$", before)
        )
        return not by or "ttendance" in before
    if kind in ("product", "limit") and re.search(rf"{_N}(?: \w+)? {_STAFF}\b", words + after[:20], re.IGNORECASE):
        return bool(
            re.search(r"\b(?:ask|tell|speak|spoke|talk|greet|say|answer|name)\w*\b", before[-40:], re.IGNORECASE)
        )
    if kind == "product":
        number = re.match(_N, words, re.IGNORECASE)
        if number is None or value(number.group()) in (1.0, None):
            return False
        if re.match(rf"{_N} {_GIVEN}\b", words, re.IGNORECASE) and not _worked(words + after):
            return False
        return not re.match(rf"{_N} (?:of|to|and|or|in|other|years?)\b", words, re.IGNORECASE)
    if kind == "rate":
        return not re.search(r"\b(?:intervention|tuition|mentoring|programme|support)\b", before[-30:], re.IGNORECASE)
    if kind in ("limit", "product") and _ABSTRACT.search(words + after[:25]):
        return False
    if kind == "limit":
        return not re.search(rf"{_N} (?:weeks|months|terms|years)\b(?! old)", tail[:40])
    return True


def _worked(words: str) -> bool:
    """'30 hours of work experience' is the child's doing; '30 hours of support' is not."""
    return bool(
        re.search(
            r"(?:hours?|days?|sessions?|minutes?|times?|weeks?) (?:of |in |on |at )?(?:the |a |his |her |independent |home )?(?:[\w-]+ )?(?:work|placement|volunteer|experience|reading|revision|practice|study|running|riding)",
            words[:60],
            re.IGNORECASE,
        )
    )


#: 'without coming home early', 'with no armbands': the condition under which it is done.
_CONDITION = re.compile(r"\b(?:without (?:any |a |an |being )?\w+|with no \w+|and no \w+ing)\b", re.IGNORECASE)


def _feats(text: str, shown: str) -> list[Measure]:
    """Yes/no feats: a state that settles itself, or an act done unaided."""
    reading: Reading = read(text, "targets")
    visible = [h for h in reading.hits.get("feats", ()) if shown[h.start : h.end].strip()]
    found = [Measure("feat", 0.75, h.words, h.start) for h in visible]
    found += [Measure("unaided", 0.4, m.group(), m.start()) for m in _CONDITION.finditer(shown)]
    return found + [
        Measure("unaided", 0.4, h.words, h.start)
        for h in reading.hits.get("unaided", ())
        if shown[h.start : h.end].strip()
    ]
