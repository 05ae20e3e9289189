"""Where the child stands now: the stretches of a target that tell a start or a past, so that no aim is read from them."""

import re
from collections.abc import Sequence

from vsdocs.language.numbers import NUMBER
from vsdocs.language.times import Moment

Span = tuple[int, int]

_MONTHS = r"Jan(?:uary)?|Feb(?:ruary)?|March|April|May|June|July|Aug(?:ust)?|Sept(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|autumn|spring|summer|Christmas|Easter"
_NOW = re.compile(
    r"(?<!between )(?<!from )\bnow\b(?! (?:on|and \d|until))|\b(?:currently|current|at present|presently|at the moment|today|baseline|starting point|start(?:s|ed|ing)? (?:at|from|point)"
    r"|previous|previously|up from|down from|rising from|compared (?:to|with)|it was|was|were|stood at|stands at|has been|have been|had|used to|so far|to date|up to now|until now|pre-?test|on arrival"
    rf"|at the (?:start|beginning) of (?:the |this |last )?(?:year|term|autumn|spring|summer|half[- ]?term|month|block|programme)|began at|last (?:half[- ]?term|term|year|summer|autumn|spring|week|month|time|december|june|july|may)(?! (?:of|before)\b)|of (?:the |his |her |their |my )?last {NUMBER}|in the (?:autumn|spring|summer|first) (?:term|tally|week of|half[- ]?term)|averag(?:es|ed|ing)|predicted|already|trial was|(?:has|have) never|having (?:managed|scored|read|got|done|reached|been)"
    r"|(?:has|have) (?:averaged|managed|scored|read|got|attended|reached|made|achieved|missed)|(?:he|she|they|I) (?:got|gets|scored|managed|reached|wrote|touched|could|did|made|achieved|missed|left|came|knew|needs? (?:full|lots|an adult))|yet|could only|only managed|still|manages|has no|can't|cannot|does not|doesn't|don't|is in for)\b"
    rf"|\bthis (?:month|week|term): |^\W*(?:in )?(?:{_MONTHS})(?:'s)?(?: [\w-]+)?(?: [\w-]+)?: ?(?:{NUMBER}|[a-z])",
    re.IGNORECASE,
)
_THEN = re.compile(rf"\b(?:{_MONTHS})\b[^()]{{0,15}}: ?{NUMBER}", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|going to|so that|needs? to|should|must|next|between now and|to be able|at least|or (?:more|fewer|better)|(?:by|before|until) (?:the )?end)\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    rf"{NUMBER}|\b(?:none|no|nothing|never|not|cannot|\w+n't|only|prompts?|prompted|scribing|points|pulls|unable|refus\w+|needed|single|drives|needs|with help|every time|once|[A-G]|pass|level|Entry \d|developing|emerging|below)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"\b(?:at present|currently|at the moment|now|presently|today)\b", re.IGNORECASE)
_LEVEL = r"(?:WTS|EXS|GDS|PKS|ARE|working towards|below|well below|emerging|developing|expected|secure|pre[- ]key stage|pass|merit)"
_FROM_TO = re.compile(
    rf"\bfrom (?:[\w.%-]+ ){{0,4}}?(?:{NUMBER}|[1-9][abc+-]|none|daily|every day|weekly|Entry \d|{_LEVEL})[^.;]{{0,60}}? to \b"
    rf"|\b(?:scores?|ages?|wpm|attendance|marks?|points)(?: [\w-]+){{0,2}}? \d[\d:.]*(?: ?%)? to (?=\d)"
    rf"|\bgrade \d\b[^.;]{{0,30}} to (?=(?:an? )?grade \d)"
    rf"|\b(?:grade|level|entry|step|band|stage|maths|english|science|reading|writing) [1-9][abc]? (?:to|->|→) (?=(?:a |an |grade |level |entry |step |band |stage )?[1-9])",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\([^()]*\)| having been\b[^.;()]*|, (?:which|who|where|because|cos|as|today|now|having|since|whereas)\b[^.;()]*|(?:(?! having been\b|, (?:which|who|where|because|cos|as|today|now|having|since|whereas)\b)(?:[^.;()]|\.(?=\d)))+"
)
#: A stretch that turns from the aim to where things are: ', up from 12', ', two done', '70 now'.
_TURN = re.compile(
    r", (?:was|were|from) (?=\d|none|nothing|zero)|,? (?:up|down|rising|falling) from\b|,? (?:instead of|compared (?:with|to)|but (?:now|currently))\b"
    rf"|, (?:{NUMBER}|none) (?:so far|already|done|met|there|in|known|passed|secure|complete|finished)\b"
)
_LAPSE = re.compile(
    rf"{NUMBER}[\w' /%-]{{0,25}} (?:last (?:half[- ]?term|term|year|week|month)|(?<!between )(?<!from )now|currently|at present|at the moment|so far)\b"
)
#: 'Missed 38 of 124 sessions': a sentence that opens with what happened.
_HAPPENED = re.compile(
    r"^\W*(?:(?:He|She|They|I|[A-Z][a-z]+) )?(?:[Mm]issed|[Ss]cored|[Aa]veraged|[Mm]anaged|[Gg]ot|[Tt]ook|[Hh]ad|[Ww]as|[Cc]ame|[Dd]id|[Rr]eached|[Aa]ttended|[Ss]at)\b"
)
#: 'Reading age is 7y 4m', 'Does 10m': a sentence that tells a state, with no aim in it.
_TELLS_STATE = re.compile(
    rf"^\W*(?:[\w'-]+ ){{0,5}}(?:is|are|'s|reads|scores|does|has|have|stands|writes|knows|takes|puts|put)\b[^.;]*{NUMBER}",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:aims?|targets?|goal|will|to|by|want(?:s|ed)?|or (?:more|fewer)|at least|at most)\b", re.IGNORECASE
)


def baseline_spans(text: str, timed: Sequence[Moment]) -> list[Span]:
    """The stretches that say where the child stands now, or what happened before."""
    spans: list[Span] = []
    for clause in _CLAUSE.finditer(text):
        words = clause.group()
        if _FROM_TO.search(words):
            continue
        within = [m for m in timed if clause.start() <= m.start < clause.end()]
        turn, lapse = _TURN.search(words), _LAPSE.search(words)
        bracketed = words.startswith("(")
        if turn:
            stop = words.find(",", turn.end())
            spans.append((clause.start() + turn.start(), clause.start() + stop if stop > 0 else clause.end()))
        elif lapse:
            spans.append((clause.start() + lapse.start(), clause.start() + lapse.end()))
        elif bracketed or not (_AHEAD.search(words) or re.match(r"\W*to [a-z]", words, re.IGNORECASE)):
            due = any(m.deadline for m in within) and not bracketed
            if any(m.deadline and m.words.lower().startswith(("by", "before", "until")) for m in within):
                continue
            elsewhere = text[: clause.start()] + text[clause.end() :]
            told = _TELLS_STATE.search(words) and not _AIM.search(words) and _AIM.search(elsewhere)
            then = any(m.bygone for m in within) and _STATE.search(words)
            thus = bracketed and (_THEN.search(words) or words.startswith("(from "))
            if _NOW.search(words.strip(" ()")) or (not due and (told or then or thus or _HAPPENED.search(words))):
                spans.append(clause.span())
    return spans


def starting_point(text: str, spans: list[Span]) -> str:
    """The words of a text that show where the child starts from, given its `baseline_spans`; '' for none."""
    shown = next((text[a:b].strip(" ,;.()") for a, b in spans if _shows_state(text[a:b])), "")
    if not shown and (change := _FROM_TO.search(text)):
        return change.group().rstrip().removesuffix(" to").strip()
    return shown


def names_an_aim(text: str) -> bool:
    """Whether a text looks ahead: 'will', 'to', 'by', 'at least'."""
    return bool(_AIM.search(text))


def _shows_state(words: str) -> bool:
    """A number, a 'none' or 'cannot', or a plain 'at present he …'."""
    return bool(_STATE.search(words)) or (bool(_PRESENT.search(words)) and len(words.split()) > 3)
