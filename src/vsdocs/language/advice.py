"""What to write instead: the teacher's own words, with a visible blank for each missing part. Nothing is ever invented."""

import re

from vsdocs.judgement import Facet
from vsdocs.language.clauses import Kind, Part
from vsdocs.record import Target

_DO, _HOW = "[do what you will see or hear]", "[how many, how often or how well]"
_SUBJECT = re.compile(r"^(?P<who>[A-Z][a-z'-]+|I) (?:will|to|needs? to|must|should|can|is|has|wants? to)\b ?")
_PRONOUNS = ("He", "She", "They", "His", "Her", "Their")


def advise(target: Target, text: Part, facets: dict[str, Facet], smart: bool) -> tuple[str, ...]:
    """The advice for one target: first a rewording, then what it asks for. Empty for a strong target."""
    own, who, when = text.text.rstrip(" .;,"), _who(text), " by [date]"
    outcome = f"‘{who} will {_DO}, {_HOW},{when}’"
    if text.kind in (Kind.EMPTY, Kind.POINTER):
        return (f"Write one small step for this child here: {outcome}.",)
    if smart:
        return ()
    if text.kind is Kind.ADULT_TASK:
        return (f"‘{own}’ is a job for an adult: move it to the actions. Here, say what it will change: {outcome}.",)
    if text.kind is Kind.PROVISION:
        return (f"Keep ‘{own}’ as the provision, and say what it is for: {outcome}.",)
    if text.kind is Kind.COHORT:
        return (f"‘{own}’ is a figure for a group. For this child: {outcome}.",)
    dated = facets["time_bound"].met
    if facets["achievable"].met is False:
        by = "" if dated else f", {when.strip()}"
        return (f"Take a first step towards ‘{own}’: from [where things are now] to [a step in reach]{by}.",)
    asks = []
    wording = own
    if not facets["specific"].met:
        wording = f"{_topic(own)}: {who} will {_DO}"
        asks.append("Name one thing that you will see or hear the child do.")
    if not facets["measurable"].met:
        wording += f", {_HOW}, shown by [what you will look at]"
        asks.append("Say what would settle it, so that any two people would agree whether it was met.")
    if not dated:
        wording += when
        asks.append("The due date had passed before the meeting: set a new one." if target.due else "Say by when.")
    return (f"Try: ‘{wording}’.", *asks)


def _who(text: Part) -> str:
    """The child as the teacher names them at the start of the target; a blank where they do not."""
    subject = _SUBJECT.match(text.text)
    a_word = any(hit.start == 0 for hits in text.reading.hits.values() for hit in hits if hit.words != "I")
    return subject["who"] if subject and not a_word and subject["who"] not in _PRONOUNS else "[who]"


def _topic(words: str) -> str:
    """The teacher's words as a heading: the first clause, without its subject or 'To', and with a capital."""
    bare = re.sub(r"^to ", "", _SUBJECT.sub("", words), flags=re.IGNORECASE)
    clause = re.split(r"[,;:.]", bare)[0].strip()
    head = clause if len(clause.split()) > 1 else bare
    return head[:1].upper() + head[1:]
