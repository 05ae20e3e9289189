"""Who must pay for what a Pupil Premium Plus line buys, told by what the thing is: the carer, the school, the transport budget, the EHCP."""

import re

from vsdocs.language.text import read

#: The plan that an EHCP is, and words that say that something stands in it.
_EHCP = r"(?:section f\b|(?:in|into|by|from|per|under|of|as) (?:(?:the|his|her|their|an?|current|final) ){0,2}(?:ehcps?|ehc plan|education,? health and care plan)\b|\behcp?'?s? (?:plan )?(?:says?|hours?|provision|top[- ]?up|support|funding|outreach|entitlement|banding|names|specifies)\b|\bstatutory (?:provision|entitlement)\b|1:1 hours in the plan)"
#: 'none in Section F', 'over and above the EHCP', 'beyond the NHS package': additional after all.
_BEYOND = re.compile(
    rf"\b(?:no|not|none|nothing|never|without|beyond|above|outside|on top of|over and above|in addition to|additional to|additionally to|extra to|rather than|more than|separate from|\w+n't)\b[^.;]{{0,45}}?(?:{_EHCP}|\behcp?\b|\bsection f\b|\bstatutory\b)"
    rf"|{_EHCP}[^.;,]{{0,25}}\b(?:does not|doesn't|says nothing|is silent|stops|stopped|ended|only|omits|leaves? (?:this|it) out|covers? advice)\b"
    rf"|\bonly\b[^.;]{{0,35}}{_EHCP}|\bextra to\b"
    r"|\bon top of\b|\bover and above\b|\bin addition to\b|\badditional to\b|\b(?:not|\w+n't) (?:specified|covered|funded|named)\b",
    re.IGNORECASE,
)
_IN_THE_EHCP = re.compile(_EHCP, re.IGNORECASE)
#: The assessment that the council owes, and what belongs to it.
_STATUTORY = re.compile(
    r"\b(?:ehc|ehcp|education,? health and care|statutory)\b(?: \w+){0,2} (?:assessment|advice|review|report|request)s?\b",
    re.IGNORECASE,
)
_EXAM_FEES = re.compile(
    r"\b(?:exam|exams|examination|gcses?|a[- ]levels?|as[- ]levels?|btec|resits?|retakes?|functional skills|ncfe|vocational)\b[^.;:]{0,40}?\b(?:fees?|entry|entries|registration|re-?marks?)\b"
    r"|\b(?:fees?|entry|entries|re-?marks?) (?:\w+ ){0,2}(?:gcses?|exams?|a[- ]levels?|resits?|retakes?)\b|\b(?:entry|entries|late|resit|re-?mark) fees?\b",
    re.IGNORECASE,
)
_HOBBY = re.compile(
    r"\b(?:grade|piano|guitar|drums?|violin|singing|music|rockschool|trinity|abrsm|lamda|dance|ballet|karate|judo|swimming|gymnastics|riding|grading|belt)\b",
    re.IGNORECASE,
)
#: What serves staff, a class or the building serves more than this child.
_FOR_MANY = re.compile(
    r"\b(?:for|to|(?:used|shared|needed|enjoyed|benefit\w*) by) (?:all|every|each|the|our) (?:of (?:the|our) )?(?:\d+ )?(?:[\w-]+ ){0,2}?(?:staff|class|classes|pupils|students|children|year groups?|cohort|teachers|TAs|department)\b"
    r"|\b(?:for|to|by) (?:every|each) (?:pupil|student|child)\b"
    r"|\bfor (?:\d[A-Z]{1,2}|(?:two|three|four|five|six|\d) (?:classes|groups|year groups))\b|\b(?:twenty|thirty|forty|[2-9]\d) (?:[\w-]+ ){0,2}(?:desks|chairs|whiteboards|mini-whiteboards|tablets|ipads|chromebooks|laptops|copies|headsets|calculators|books|textbooks|guides)\b|\bschool(?:'s)? (?:main|general|core|overall|whole|own|delegated) budget\b|\bfor (?:the|our) (?:\w+ ){0,2}(?:block|department|faculty|library|corridor|suite|wing)\b|\bpremises\b|\bcover for (?:the )?(?:designated|teacher|dt\b|senco|staff)"
    r"|\b(?:for|to|by) \d{2,} (?:[\w-]+ )?(?:staff|pupils|students|children|teachers)\b"
    r"|\b(?:Year|Yr|Y) ?\d+ (?:class|cohort|pupils|group)\b|\b(?:whole|all|entire)[- ](?:staff|school|class|year)\b|\bINSET\b|^(?:[\w-]+ ){0,2}(?:staff|teacher|teachers'?) (?:training|CPD)\b"
    r"|^(?:new |the )?(?:playground|school hall|staff ?room|corridor|reception area|car park|classroom) \w|\b(?:school's|the school) (?:usual|own)\b|\bby (?:the school's|our|our own|a member of) (?:\w+ )?(?:assessor|senco|staff|office)\b|\bin[- ]house\b|\bwhich everyone|\b(?:every|each) (?:pupil|student|child) (?:is|gets|has|receives)\b",
    re.IGNORECASE,
)
_VEHICLE = r"(?:taxis?|cabs?|minicabs?|mini ?bus|buses|bus(?: pass(?:es)?| fares?| tickets?)?|trains?(?: fares?| tickets?)?|petrol|fuel|mileage|transport|travel|driver|escort)"
#: Going to school and back day by day: a vehicle, and the way or the days.
_DAILY_TRAVEL = re.compile(
    rf"\b{_VEHICLE}\b[^.;]{{0,60}}?\b(?:(?:to|from|and from|between|into) (?:and from )?(?:(?:the|his|her|their|new|out[- ]of[- ]\w+) ){{0,2}}(?:school|college|placement|home|foster home|nursery|provision)\b|\d+ (?:school )?(?:days|journeys|mornings|weeks of)\b|daily\b|(?:each|every|on school) (?:day|morning|days)\b|maths days\b)"
    rf"|\b(?:getting|get|gets|travel|journeys?|daily) (?:him |her |them )?(?:to|to and from|from) (?:school|college|nursery)\b|\bdaily {_VEHICLE}",
    re.IGNORECASE,
)
_TRAVEL_TRAINING = re.compile(
    r"\btravel[- ](?:train\w+|practice|buddy|independen\w+)|\bindependent travel", re.IGNORECASE
)
#: What comes with the thing, or why it is bought: neither is what it is.
_ASIDE = re.compile(
    r"\b(?:inc|incl|including|so that|because|to go with|to help|to make sure|in order)\b.*|\b[\w/-]+ targets?\b",
    re.IGNORECASE,
)


def payer(words: str) -> str:
    """Who must pay for what a line buys ('ehcp', 'school', 'transport', 'carer'), or '' where the grant may. `words` are plain."""
    beyond = bool(_BEYOND.search(words))
    if _STATUTORY.search(words) and not beyond:
        return "ehcp"
    if _IN_THE_EHCP.search(words):
        return "" if beyond else "ehcp"
    if beyond:
        return ""
    thing = _ASIDE.sub(" ", words).strip() or words
    if _FOR_MANY.search(words) or (_EXAM_FEES.search(thing) and not _HOBBY.search(thing)):
        return "school"
    if _DAILY_TRAVEL.search(thing) and not _TRAVEL_TRAINING.search(thing):
        return "transport"
    reading = read(thing, "pp_plus")
    return next((who for who in ("transport", "carer", "school") if reading.has(who, f"{who}_as_written")), "")
