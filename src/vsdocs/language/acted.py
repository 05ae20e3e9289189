"""Whether an answer tells of something done because the child said so, in the adults' reply or in the child's own words."""

import re

from vsdocs.language.speaker import FIRST, particulars, stands_for_nothing
from vsdocs.language.text import Reading, read, shortened

#: 'They swapped it so now I have PE first', 'which they let me do since October'.
_MADE = re.compile(
    r"\b(?:they|she|he|we|school|college|(?:Miss|Mr|Mrs|Ms|Sir|Dr)(?: \w+)?|my \w+|[A-Z][a-z]+) (?:have |has )?(?:swapped|moved|changed|lets?|sorted|gave|got|found|agreed|put|made|bought|set up|fixed)\b[^.!?]{0,60}\b(?:now|since|so (?:I|now))\b"
    r"|\bso now (?:I|we|they|she|he)\b|\bnow I(?:'ve| have)? (?:get|got|have|go|can|am allowed|do|moved)\b"
)
#: The question says that the child asked for something: 'What did you want us to sort out?'; or asks whether it came.
_ASKED_FOR = re.compile(
    r"\b(?:asked|wanted|requested|wished) (?:us )?(?:for|to|last|about)\b|\b(?:you|i|he|she|\w+) (?:have |had |'ve |'d |did )?(?:asked|wanted|said|requested)\b|did (?:you|he|she) (?:want|ask)|have (?:you|we|they|i) (?:been )?(?:asked|listened)|fix it|you said|asks\b",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
_WHEN = rf"(?:\d{{1,2}} {_MONTH}|{_MONTH}|(?:mon|tues|wednes|thurs|fri|sun|satur)days?|half[- ]?term|easter|xmas|christmas|then|last \w+|september|this (?:week|term|half))"
#: It was done: got, moved, booked, 'both happened', 'did that in November', 'since 3 November', 'every visit since'.
_VERB = r"(?:moved|changed|swapped|booked|agreed|sorted|arranged|given|gave|set up|put|made|bought|ordered|done|fixed|added|dropped|allowed|started|rewritten|altered|switched|built|found|opened|stopped|laminated|let|lets)"
_DONE = re.compile(
    rf"\bgot (?:it|one|them|that)\b|\b(?:both|all|it|that|this|they) (?:have |has |had )?(?:all )?(?:happened|been done|came through|got done)\b|\b(?:did|done|doing) (?:that|this|it)? ?(?:in|since|last|by|from|after) |\bcame through\b"
    rf"|\b(?:is|are|was|were|'s|been|gets?|got|has|have|now) (?:now )?{_VERB}\b|\b{_VERB}\b[^.!?]{{0,45}}?\b(?:on|from|since|in|for|by) {_WHEN}|\b(?:since|from) {_WHEN}|\bI (?:\w+ ){{1,8}}now\b|\bnow (?:I|he|she|they|we|it)\b|\bon (?:mon|tues|wednes|thurs|fri|sun|satur)days\b|\bdone\b\W*$|\bthis has been\b|\bsince\b\W*$|\((?:agreed|done|sorted|now|yes)\b|\bgot (?:a|an|the|my|me|him|her|some) [^.!?]{{1,30}}?\b(?:in|on|since|from|for|now)\b|^\W*(?:yes|yeah|yep)\b.{{0,40}}\b(?:since|now|from|on)\b|\bno longer\b|\b(?:he|she|they|miss|sir|mr \w+|mrs \w+) (?:swapped|moved|changed|fixed|sorted|gave|let|got) (?:it|me|that|them)\b",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(?:not yet|nothing|(?:nobody|no one)(?:'s| has| have)? (?:done|did|does|listen\w*|told|said|ask\w*|chang\w*|help\w*|know\w*)|hasn't|haven't|didn't|still waiting|to be|will be|ages ago|asked (?:twice|loads|before))\b",
    re.IGNORECASE,
)
#: Arranged in answer to a wish that is told in the same breath: 'Picked the sea. Day at the coast booked for 14 May.'
_ARRANGED = re.compile(
    rf"\b(?:booked|arranged|ordered|set up|fixed up|agreed) (?:for|on|from|with|in) (?:the )?(?:{_WHEN}|\d|[A-Z])",
    re.IGNORECASE,
)
#: A promise, thanks or a wish to look into it: nothing has been done.
_PROMISED = re.compile(
    r"^\W*(?:(?:this |it |views? )?(?:to be|will be|being) (?:discussed|considered|looked|reviewed|passed|shared|raised|explored|agreed)|noted|thank you|thanks for|we will (?:look|think|consider|try|see|discuss|continue|listen)|staff (?:are aware|will|continue)|school (?:will|continues))\b",
    re.IGNORECASE,
)
_NO = re.compile(r"\W*(?:no|nah|nope|naw|not really|never|not much)\b", re.IGNORECASE)
#: Only to come: 'The team will discuss her concerns', 'Staff are to look into lunch'.
_TO_COME = re.compile(
    r"\b(?:will (?:be )?(?:discuss\w*|look\w*|consider\w*|review\w*|rais\w+|pass\w*|explor\w+|try|monitor\w*|continu\w+|talk|think|shar\w+|speak|ask|listen\w*|bear|keep|work|support\w*|encourag\w+|see)|to be (?:discussed|considered|looked|reviewed|raised|explored|agreed)|look(?:ing)? into|passed on|are aware|is aware|hope to|hopes to|plan to|aim to|would like to|taken on board|on the agenda)\b",
    re.IGNORECASE,
)
#: What the child finds hard: a change told there was none that the child asked for.
_HARD = re.compile(
    r"\b(?:worst|hard|bad|difficult|rubbish|hate|gets? to you|dread|worr\w+|tricky|upset\w*|bother\w*|annoy\w*|not)\b",
    re.IGNORECASE,
)
#: The question asks for wishes; the answer says that it has come.
_WISH = re.compile(r"\b(?:help|better|needs?|want|wish|change|ask|fix)\w*\b", re.IGNORECASE)
_BETTER = re.compile(
    r"\b(?:better|easier|fine|ok|good|happy|quiet\w*) now\b|\bnow (?:it's|its|I can|I get)\b", re.IGNORECASE
)


def acted_upon(question: str, reading: Reading, *, by_adults: bool) -> str:
    """The words of an answer that show something done because the child said so; '' for a promise or a policy.

    `by_adults`: the question asks adults what they did.
    """
    text = reading.text
    if not text or stands_for_nothing(reading) or reading.count("jargon") >= 2 or _PROMISED.search(text):
        return ""
    if by_adults:
        nothing = (reading.has("no_change") and len(reading.lemmas) < 8) or _NO.match(text)
        told = reading.has("change_as_written", "asked_as_written") or len(particulars(text)) >= 4
        done = _DONE.search(text) or (told and not _TO_COME.search(text))
        short = len(reading.lemmas) < 3 or (len(reading.lemmas) < 4 and not _DONE.search(text))
        return text if done and not nothing and not short else ""
    sentences = re.split(r"(?<=[.!?]) ", text)
    if _ASKED_FOR.search(question) and not _NO.match(text):
        for sentence in sentences:
            if _DONE.search(sentence) and not _NOT_DONE.search(sentence):
                return sentence
    if _HARD.search(question) and not _BETTER.search(text):
        return ""
    if reading.has("asked_as_written") and _WISH.search(question) and FIRST.search(text):
        for sentence in sentences:
            if _DONE.search(sentence) and not _NOT_DONE.search(sentence):
                return sentence
    if (made := _MADE.search(text)) and FIRST.search(text):
        return shortened(text[made.start() :])
    return next((sentence for sentence in sentences if _told_as_done(sentence)), "")


def _told_as_done(sentence: str) -> bool:
    """'I asked for the back gate and got it', 'Day at the coast booked for 14 May'."""
    part = read(sentence, "voice")
    asked = part.has("asked_as_written") and part.has("change_as_written") and FIRST.search(sentence)
    arranged = _ARRANGED.search(sentence) and not _NOT_DONE.search(sentence)
    return bool((asked and _DONE.search(sentence)) or arranged)
