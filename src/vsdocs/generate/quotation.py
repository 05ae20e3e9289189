"""Words of a PEP, made fit to be quoted in a letter: one line, not too long, and nobody named but the child.

A quotation keeps the child's forename. The surname, the UPN, the birth date, telephone numbers, e-mail and postal
addresses, and other people's names where they can be told for names, are put in square brackets or left out.
"""

import re
from datetime import date

from vsdocs.dates import parse_iso
from vsdocs.generate import identifiers
from vsdocs.generate.people import NAME, without_names
from vsdocs.generate.plain import one_line
from vsdocs.language.speaker import Whose
from vsdocs.language.voice import About, read_voice
from vsdocs.record import PepRecord, Role

_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Rev)\b\.?\s+(?:[A-Z]\.?\s+)*[A-Z][\w'’]+(?:-[A-Z][\w'’]+)*"
)  # Mrs L Trent-Davies
_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?!\s|$))*(?:[.!?]\s*|\n\s*|$)")  # the point in 9.30 ends none
_TENDER = re.compile(
    r"\b(?:worr\w*|difficult\w*|hard|harder|hardest|upset\w*|sad|scared?|afraid|angry|anger|cry|crying|hate|anxi\w*"
    r"|(?:not|n['’]t) like|dislike|wrong|fail\w*|trapped|trigger\w*|trauma\w*|self-harm\w*|counsel\w*|therap\w*|camhs"
    r"|home|mum\w*|mother|dad\w*|father|brother|sister|siblings?|family|nan|contact|moved|placements?|carers?|court"
    r"|challeng\w*|problem\w*|change|bully\w*|bullie\w*|social workers|pride|lgbt\w*|toilet\w*|dry|wet|nappy|nappies|soil\w*)\b",
    re.IGNORECASE,
)
_GLAD = re.compile(r"\b(?:like|enjoy\w*|proud\w*|good|going well|best|help\w*|favourite|hope\w*)\b", re.IGNORECASE)
_NOTHING = re.compile(
    r"^\W*(?:no|not|none|nothing|n/a|nil|tbc|unknown|never)\b|\b(?:no other|no plans?|not yet|none)\b", re.IGNORECASE
)
WORTH_QUOTING = 4  # words, where something is praised
LONGEST = 4_000  # characters of an answer that are looked at; what is quoted is far shorter
_STREETS = "Road|Rd|Street|Lane|Avenue|Ave|Close|Drive|Crescent|Terrace|Gardens|Grove|Place|Court|Way|Walk|Mews|Row|Hill|Square"
_HOUSES = "Cottage|House|Lodge|Farm|Bungalow|Villas?|Flats?|Apartments?"
_NO_ADDRESS = (
    r"(?!\s+(?:School|Primary|Academy|Infants?|Junior|Nursery|College|Library|Surgery|Park|Station|Club|Pool|Museum))"
)
_PRIVATE = (
    (identifiers.EMAIL, "[e-mail]"),
    (identifiers.UPN, "[UPN]"),
    (
        re.compile(
            rf"\b(?:(?:Flat|Apartment|Unit)\s+\d+[A-Za-z]?,?\s+)?\d+[A-Za-z]?,?\s+(?:[A-Z][\w'’]+\s+){{1,3}}(?:{_STREETS})\b{_NO_ADDRESS}"
        ),
        "[address]",
    ),
    (
        re.compile(
            r"\b\d+[a-z]?,?\s+(?!(?:in|on|of|to|each|per|the|a)\b)[a-z]{3,}\s+(?:road|street|avenue|crescent|terrace|lane)\b"
        ),
        "[address]",
    ),
    (re.compile(r"\b(?:Flat|Apartment)\s+\d+[A-Za-z]?\b"), "[address]"),
    (
        re.compile(
            rf"(?<=\bat )(?:The\s+)?(?:[A-Z][\w'’]+\s+){{1,3}}(?:{_STREETS}|{_HOUSES})\b{_NO_ADDRESS}"
            rf"|(?<=\bon )(?:[A-Z][\w'’]+\s+){{1,2}}(?:Road|Rd|Street|Lane|Avenue|Close|Drive|Crescent|Terrace)\b{_NO_ADDRESS}"
        ),
        "[address]",
    ),
    (identifiers.POSTCODE, "[address]"),
    (identifiers.PHONE, "[telephone]"),
)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut after a whole word and closed with an ellipsis."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:.-–—(")
    return f"{kept}…"


def private(text: str, record: PepRecord) -> str:
    """The text with everything that identifies anybody taken out, the child's forename excepted; a very long one is cut."""
    text = shorten(text, LONGEST)
    for pattern, instead in _PRIVATE:
        text = pattern.sub(instead, text)
    born = parse_iso(record.child.date_of_birth)
    if born:
        text = _date_pattern(born).sub("[date of birth]", text)
    text = _without_birth_dates(text)
    teacher = record.contact(Role.DESIGNATED_TEACHER)
    reader = (teacher.name or "").split()[-1:] if teacher else []
    text = _TITLED.sub(lambda named: named[0] if named[0].split()[-1:] == reader else NAME, text)
    for name in _other_people(record):
        text = re.sub(rf"\b{re.escape(name)}\b", NAME, text)
    return _without_surname(without_names(text, record), record)


def may_name_others(text: str, record: PepRecord) -> bool:
    """Does a word begin with a capital as names do, inside a sentence or before a bracket ('Sandra (tutor)')?

    The child's forename and short forms such as 'PE' do not count.
    """
    bare = re.sub(r"(?m)^\W+", "", shorten(text, LONGEST))
    inside = re.findall(r"(?<![.!?:\n])[ ]+([A-Z][a-z][\w'’]*)|\b([A-Z][a-z]+) \(", bare)
    return any((word or before) != record.child.forename for word, before in inside) or NAME in private(text, record)


def praiseworthy(text: str | None, record: PepRecord) -> str:
    """The longest run of sentences that may be held up for praise; '' where they say too little.

    Left out are a worry, home, health or the body, which were told in confidence, and whatever may name other people.
    """
    runs: list[list[str]] = [[]]
    for sentence in _SENTENCE.findall(shorten(text or "", LONGEST)):
        if _TENDER.search(sentence) or may_name_others(sentence, record):
            runs.append([])
        else:
            runs[-1].append(sentence)
    best = max(("".join(run).strip() for run in runs), key=len)
    return best if says_something(best) else ""


def may_be_praised(words: str) -> bool:
    """The same of words that stand in a sentence already: they can be used or not, but not cut."""
    return says_something(words) and not _TENDER.search(words) and NAME not in words


def is_glad(question: str) -> bool:
    """Does a question ask for what is good, so that its answer comes first where something is praised?"""
    return bool(_GLAD.search(question)) and not asks_for_worries(question)


def asks_for_worries(question: str) -> bool:
    return bool(_TENDER.search(question))


def says_something(words: str) -> bool:
    return len(words.split()) >= WORTH_QUOTING and not _NOTHING.search(words)


def quotable(text: str | None, record: PepRecord, limit: int = 220) -> str:
    """The words between quotation marks, ready for a letter; empty where there are none."""
    lines = [line for line in (one_line(part).lstrip("•*- ") for part in (text or "").splitlines()) if line]
    return shorten(private(" / ".join(lines).replace(": / ", ": "), record), limit)


def words_of_the_child(path: str, record: PepRecord) -> Whose | None:
    """Whose words a field of the child's part is: OWN what the child said or wrote, RECORDED what the child showed.

    None for an answer of nobody's: 'n/a', 'see last PEP'. What adults tell of the child, and their own answers to what they
    were asked, are theirs (TOLD or ADULT), also where they write 'I'.
    """
    answer = next((one for one in read_voice(record).answers if one.field == path), None)
    if answer is None or answer.whose is Whose.EMPTY:
        return None
    return answer.whose if answer.about is About.CHILD or not answer.whose.faithful else Whose.ADULT


def _without_birth_dates(text: str) -> str:
    """Whoever was born on them: a date is one where the words say so."""
    if not identifiers.SAYS_BIRTH.search(text):
        return text
    rest = len(text)
    for found in sorted(identifiers.dates(text), key=lambda found: found.span[1], reverse=True):
        if found.of_birth and found.span[1] <= rest:
            text = f"{text[: found.span[0]]}[date of birth]{text[found.span[1] :]}"
            rest = found.span[0]
    return text


def _other_people(record: PepRecord) -> list[str]:
    """Names of more than one word, longest first, so that no part of one is left standing."""
    listed = [c.name for c in record.contacts if c.role is not Role.DESIGNATED_TEACHER] + [
        a.name for a in record.meeting.attendees
    ]
    teacher = record.contact(Role.DESIGNATED_TEACHER)
    own = {f"{record.child.forename} {record.child.surname}", one_line((teacher.name if teacher else "") or "")}
    names = {one_line(name) for name in listed if name} - own
    return sorted((n for n in names if " " in n), key=lambda n: (-len(n), n))


def _without_surname(text: str, record: PepRecord) -> str:
    forename, surname = record.child.forename, record.child.surname
    if not surname or surname == forename:
        return text
    if forename:
        text = re.sub(rf"\b{re.escape(forename)}\s+{re.escape(surname)}\b", forename, text, flags=re.IGNORECASE)
    return re.sub(rf"\b(?:{re.escape(surname)}|{re.escape(surname.upper())})\b", f"{surname[0]}.", text)


def _date_pattern(day: date) -> re.Pattern[str]:
    """The day as English forms write it: 14/12/2009, 14.12.09, 2009-12-14, 14th December 2009, 14 Dec 09."""
    year = rf"(?:{day.year}|{day:%y})"
    month = rf"(?:{day:%B}|{day:%b})"
    return re.compile(
        rf"\b(?:0?{day.day}[/.-]0?{day.month}[/.-]{year}|{day.isoformat()}"
        rf"|0?{day.day}(?:st|nd|rd|th)?\s+{month}\.?,?\s+{year})\b",
        re.IGNORECASE,
    )
