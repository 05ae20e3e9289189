"""When a target is due: dates, terms and named events, told apart from frequencies, starts, ages and bygone days."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from vsdocs.language.numbers import NUMBER

_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
_DAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Satur|Sat|Sun)(?:day)?\b\.?,? (?:the )?)?"
_DATE = re.compile(
    rf"{_DAY}\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})(?:,? (?P<year>20\d\d))?"
    rf"|\b(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d|%| ?(?:out|of|marks|words))(?:,? (?P<year2>20\d\d))?"
    r"|\b(?P<iso>20\d\d-\d\d-\d\d)\b"
    r"|\b(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>(?:20)?\d\d)\b"
    r"|(?:(?<=[Bb]y )|(?<=[Dd]ue )|(?<=[Dd]eadline: ))(?P<d3>\d{1,2})/(?P<m3>0?[1-9]|1[0-2])\b(?!/)"
)
_MONTH_ALONE = re.compile(
    rf"(?P<lead>\b(?i:by|before|until|till|in|at|this|next|mid|mid-|early|late|early in|during|for all of|throughout|through|to|the|of|end of|a|from)[ -]){_MONTH}(?: (?P<year>20\d\d))?(?=(?P<tail>(?: [\w'-]+)?))"
)
_SEASON = r"(?:autumn|spring|summer|Christmas|Easter|May|February|October|Whitsun|Lent|Trinity|Michaelmas|Year \d+|Yr ?\d+|Y\d+|KS\d|Reception|nursery|school|academic|calendar|college)"
_HOLIDAY = r"(?:(?:half[- ]?term|Easter|Christmas|summer)(?: holidays?| break)?|(?:(?<=sun )|(?<=ary )|(?<=ber )|(?<=May ))break|term(?! ?time)|holidays?)"
_TERM = r"(?:autumn|spring|summer|Easter|Christmas)"
_EVENT = (
    r"(?:PEP|reviews?|meeting|annual review|parents'? evening|exams?|examinations?|assessments?(?: week| point)?|tests?|SATs?|GCSEs?|A[- ]levels?|mocks?|resits?|retests?|re-tests?|results day|concert|show|performance|"
    r"production|assembly|competition|tournament|gala|sports day|induction day|transition (?:day|week)|taster day|open (?:day|evening)|residential|deadline|data drop|check|screening|moderation|interview|audition|birthday|"
    r"prom|camp|expedition|exhibition|fair|visit|move|transfer|enrolment|graduation|sitting|window|series|moderation|retake|cut[- ]?off|closing date|submission|leavers'? (?:day|assembly)|day trip|launch|ceremony|festival|match|final|inspection|due date|contact)"
)
_BY = r"\b(?:by|before|until|till|ahead of|in time for|in readiness for|up to|prior to|no later than|come)\b"
_POINTS = [
    rf"{_BY} (?:then|(?:the )?(?:end|start|beginning|middle) of(?: the| this| next| his| her| their)? (?:[\w'-]+ ){{0,2}}?(?:{_HOLIDAY}|year|week|month|unit|module|course|key stage \d|KS\d|{_SEASON}|placement|programme|block|half|project)(?: \d| [12])?)",
    rf"\b(?:at|from|over|during|across|throughout|within|through|in|for|on) (?:the )?(?:end|last day|first day|last week|final week|last fortnight|last lesson|remainder|rest|whole|course) (?:of|before|back)(?: the| this| next)? (?:[\w'-]+ ){{0,2}}?(?:{_HOLIDAY}|year|unit|module|course|{_SEASON})",
    rf"\b(?:end|close) of (?:the |this |next )?(?:{_SEASON} )*(?:{_HOLIDAY}|year|unit|module|key stage \d|KS\d|KS|{_SEASON})(?: [12]\b)?",
    rf"{_BY} (?:the |next |his |her |their |our |this |that )*(?:{_SEASON} )*(?:first |second |last |final |next )*(?:{_HOLIDAY})(?: [12]\b)?",
    rf"\b(?:this|next|the coming|the next|current|the current) (?:{_SEASON} )*(?:half[- ]?term|term(?! ?time)|year|academic year|school year|month|fortnight|week)\b",
    rf"\b(?:across|over|during|throughout|for|in|through) (?:the |all of the |the whole of the |the rest of the )?(?:{_SEASON} )+(?:half[- ]?term|term|break|holidays?)(?: [12]\b)?",
    r"\b(?:autumn|spring|summer)(?: term)? ?[12]\b",
    r"\b(?:in|by|over|before|during) the (?:autumn|spring|summer)\b",
    rf"\b(?:last|final) (?:{NUMBER} )?(?:[\w'-]+ )?(?:of|before) (?:the )?(?:{_SEASON} )*{_HOLIDAY}",
    r"\bfrom (?:tomorrow|now on|next week|next term|(?:next )?(?:Mon|Tues|Wednes|Thurs|Fri)day)\b",
    r"\bto (?:the )?(?:end of (?:the )?)?(?:Easter|Christmas|(?:\w+ )?half[- ]term|end of term)\b",
    r"\b(?:by |end of |in |for )(?:the end of )?term [1-6]\b",
    rf"\bbetween now and (?:the )?(?:[\w'-]+ ){{0,3}}?(?:{_HOLIDAY}|{_EVENT}|{_SEASON}|end of)",
    rf"{_BY} (?:the |his |her |their |my |our |this |next |that )+(?:[\w'-]+ ){{0,2}}?{_EVENT}\b(?! (?:officer|team|lead|paper))",
    rf"\b(?:by|before|until|till|ahead of|in readiness for|prior to) (?:(?!\w+ing )[\w'-]+ )?{_EVENT}\b",
    r"\b(?:in time for|in readiness for|ahead of) (?!(?:registration|lunch|break|the bell|lessons?)\b)(?:the |his |her |their |our )?[\w'-]+",
    rf"\b(?:{_MONTH}|{_TERM}) (?:term )?(?:[\w'-]+ )?{_EVENT}\b",
    rf"\b{_TERM} term:",
    r"\b(?:at|in|on|by|before) (?:the |his |her |their |our )?next (?!(?:to|step|stage|level|few|door|page)\b)[\w-]+",
    r"\bend of (?:the |this |his |her |their )?(?:[\w'-]+ )?(?:placement|programme|course|block|project|booklet|contract|apprenticeship|stay)\b",
    rf"{_BY} (?:the )?(?:first|last|final) (?:day|week|morning|lesson|session) of (?:the )?[\w'-]+",
    rf"{_BY} (?:late |early |mid[- ])?(?:Whitsun|Lent|Michaelmas|Trinity|autumn|spring)\b",
    rf"\b(?:at|in|for|on|during|sat in) (?:the |his |her |their |our |this |next )+(?:[\w'-]+ ){{0,1}}?(?:{_SEASON} (?:term )?)(?:[\w'-]+ )?{_EVENT}\b",
    r"\b(?:by|at|for|before|in time for|until|when we) (?:the |our |his |her |their )?next (?:PEP|review|meeting|meet|LAC review|CLA review)",
    r"\bnext (?:PEP|review|PEP review|PEP meeting|review meeting|meeting|data drop|assessment point|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
    r"\bwhen (?:we|the team|everyone) next meets?",
    r"\b(?:on|at|by|before) (?:GCSE |A[- ]level |BTEC )?results day",
    rf"\b(?:in|within|over|after|at the end of|across|during|for(?= the| his| her| their| next| coming))(?: the| his| her| their)?(?: next| coming| first| following)? {NUMBER}[- ](?:school |teaching |more |full )?(?:weeks?|months?|terms?|half[- ]terms?|days?|fortnights?)(?:'|'s)?\b(?! (?:out of|in|of) \d)(?: time| of (?:term|the (?:term|programme|block|intervention)))?\b(?!ly)",
    rf"\b(?:the|all|last|first|next) (?:next |last |first |final |full |coming )?{NUMBER} (?:school )?weeks (?:before|to|of|up to|leading)",
    rf"\bweeks? {NUMBER}(?: ?(?:to|-) ?{NUMBER})?\b",
    rf"{NUMBER} (?:weeks|months|days) (?:away|from now|from today)",
    r"\b(?:by the time|before|until|till|by when|when) (?:(?:he|she|they|I|we|school|(?-i:[A-Z]\w+)|(?:the|his|her|their|our) [\w'-]+) )(?:next )?(?:turns?|leaves?|moves?|starts?|begins?|goes (?:to|into|up)|go (?:to|into|up|forward)|ends?|closes?|opens?|breaks? up|meets?|joins?|transfers?|sits?|takes?|returns?|comes? (?:off|back)|finish(?:es)?)\b(?! (?:home|the (?:room|table|seat|lesson|class|task)|(?:his|her) (?:seat|chair|work)|to (?:speak|talk|eat|work|write)|speaking|work|down|each|every))",
    r"\b(?:by|before|ready for|in time for|on|for|until|prior to) (?:the )?(?:start(?:ing)?|beginning|move|moving|transfer|transition|joining|entering|entry|going)(?: of| to| in| into| up to)?(?: the)? (?:Year \d+|Reception|college|sixth form|secondary|high school|KS\d|school|September|nursery|autumn|term)",
    r"\b(?:by|before) (?:Year \d+|Reception|sixth form)\b",
    rf"\b(?:after|following|from) (?:the )?(?:{_SEASON} )*(?:half[- ]?term|Easter|Christmas)\b",
    r"\bleft this (?:half[- ]?)?term|\bthis (?:half[- ]?)?term(?:'s)?",
    r"\b(?:by|before|until) (?:next |this |the following )?(?:tomorrow|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?! (?:each|every))",
    r"\bw/?[bc]\b|\bweek (?:beginning|commencing|ending|of)\b",
    rf"\b(?:{_SEASON})(?: half[- ]term| term)? (?:PEP|review|mock|SATs|assessments?|data|exam)\b",
    rf"\bbefore (?:the )?(?:[\w'-]+ )?{_EVENT} (?:begin|start|open|close)s?",
    r"\bon (?:his|her|their) (?:\w+ )?birthday|\bwhen (?:he|she) turns \w+",
]
_POINT = re.compile("|".join(f"(?:{p})" for p in _POINTS), re.IGNORECASE)
_EVENT_NEXT = re.compile(rf"^ (?:{_EVENT}|half-?)$", re.IGNORECASE)
# Before a hit: words that make it a frequency, a start or a bygone day.
_NOT_A_DEADLINE = re.compile(
    r"(?:\b(?:each|every|per|a|once a|last|previous|since|past|began|started|starting|start(?:s|ed)? in|starting from|joined in|arrived in|moved in|dated|held|of last|born|on arrival in)) ?(?:the )?$",
    re.IGNORECASE,
)
_MONTHS = {
    m: n for n, m in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
_MONTH_BEGUN = re.compile(rf"\b(?:{'|'.join(name.title() for name in _MONTHS)})")
_PART_OF = re.compile(
    r"\b(?:end|week|fortnight|weekend|half|middle|beginning|start|all|day|days|month|part)$", re.IGNORECASE
)
_LOOK_AHEAD = 310  # days: a date without a year that lies further off than this is taken to have passed


@dataclass(frozen=True, slots=True)
class Moment:
    """Words that say when, where they stand, and whether they can be a deadline: still to come, and not a frequency."""

    words: str
    start: int
    end: int
    deadline: bool
    bygone: bool = False  # a day, month or term that had passed by the meeting


@lru_cache(maxsize=512)
def moments(text: str, meeting: date | None) -> tuple[Moment, ...]:
    """Every date, term and named event in a plain text, earliest first; overlapping ones once."""
    found = [_dated(m, text, meeting) for m in _DATE.finditer(text)]
    found += [_month(m, text, meeting) for m in _MONTH_ALONE.finditer(text) if _is_month(m, text)]
    found += [_named(m, text, meeting) for m in _POINT.finditer(text)]
    kept: list[Moment] = []
    for moment in sorted(found, key=lambda m: (not m.deadline, m.start - m.end)):
        if not any(moment.start < other.end and other.start < moment.end for other in kept):
            kept.append(moment)
    kept.sort(key=lambda m: m.start)
    return tuple(
        replace(one, deadline=False, bygone=True)
        if any(other.bygone and other.start - one.end in (0, 1) for other in kept)
        else one
        for one in kept
    )


def _moment(match: re.Match[str], text: str, ahead: bool) -> Moment:
    before = text[: match.start()]
    deadline = ahead and not _NOT_A_DEADLINE.search(before)
    return Moment(match.group().strip(), match.start(), match.end(), deadline, bygone=not ahead)


def _dated(match: re.Match[str], text: str, meeting: date | None) -> Moment:
    part = match.groupdict()
    year: int | None
    try:
        if part["iso"]:
            when = date.fromisoformat(part["iso"])
            year = when.year
        else:
            day = int(part["day"] or part["day2"] or part["d"] or part["d3"])
            name = part["month"] or part["month2"]
            month = _MONTHS[name[:3].lower()] if name else int(part["m"] or part["m3"])
            given = part["year"] or part["year2"] or part["y"]
            year = int(given) % 2000 + 2000 if given else None
            when = date(year or (meeting.year if meeting else 2000), month, day)
    except ValueError:
        return _moment(match, text, False)
    return _moment(match, text, _ahead(when, year is not None, meeting))


def _ahead(when: date, year_given: bool, meeting: date | None) -> bool:
    if meeting is None:
        return True
    if year_given:
        return when > meeting
    return 0 < (when - meeting).days % 365 <= _LOOK_AHEAD


def _is_month(match: re.Match[str], text: str) -> bool:
    name = text[match.start() + len(match["lead"]) :]
    return name[:1].isupper() and not (
        name.startswith("May ") and match["lead"].strip().lower() in ("the", "to", "of", "a")
    )


def _month(match: re.Match[str], text: str, meeting: date | None) -> Moment:
    month = _MONTHS[match.group()[len(match["lead"]) :][:3].lower()]
    lead, before = match["lead"].strip(" -").lower(), text[: match.start()].rstrip()
    ahead = meeting is None or _month_ahead(month, int(match["year"]) if match["year"] else None, meeting, lead)
    passed = not ahead
    if lead == "of":
        ahead = ahead and bool(_PART_OF.search(before))
    elif lead == "to":
        ahead = ahead and before.lower().endswith("up")
    elif lead in ("the", "a", "from"):
        ahead = ahead and bool(_EVENT_NEXT.search(match["tail"] or ""))
    return replace(_moment(match, text, ahead), bygone=passed)


def _month_ahead(month: int, year: int | None, meeting: date, lead: str) -> bool:
    """Whether a month is still to come: 'in November' is of this school year, 'by November' the next November."""
    if year:
        return (year, month) >= (meeting.year, meeting.month)
    months = (month - meeting.month) % 12
    if lead in ("by", "before", "until", "till", "this", "next") or meeting.month in (6, 7, 8):
        return months <= (_LOOK_AHEAD // 31 if meeting.month not in (6, 7, 8) else 6)
    return (month - 9) % 12 >= (meeting.month - 9) % 12 or (month == 9 and 4 <= meeting.month < 9)


#: The month in which a season of the school year ends.
_SEASON_ENDS = {"christmas": 12, "autumn": 12, "spring": 4, "easter": 4, "summer": 7, "february": 2, "october": 10}
_SEASON_NAMED = re.compile("|".join(_SEASON_ENDS), re.IGNORECASE)


def _named(match: re.Match[str], text: str, meeting: date | None) -> Moment:
    season = _SEASON_NAMED.search(match.group())
    dated = min((_MONTHS[name.lower()] for name in _MONTH_BEGUN.findall(match.group())), default=None)
    month = dated or (_SEASON_ENDS[season.group().lower()] if season else None)
    ahead = month is None or meeting is None or (month - meeting.month) % 12 <= _LOOK_AHEAD // 31
    return _moment(match, text, ahead)
