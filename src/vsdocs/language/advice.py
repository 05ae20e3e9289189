"""What to write instead: the teacher's own words, with a visible blank for each missing part. Nothing is ever invented."""

import re

from vsdocs.judgement import Facet
from vsdocs.language.clauses import Kind, Part
from vsdocs.record import Target


def advise(target: Target, text: Part, facets: dict[str, Facet], smart: bool) -> tuple[str, ...]:
    """The advice for one target: first a rewording, then what is asked for and why. Empty for a strong one."""
    if text.kind is Kind.EMPTY or text.kind is Kind.POINTER:
        return (
            "Write one small step for this child: '[Who] will [do what] [how many, how often or how well] by [date]'.",
        )
    own = text.text.rstrip(" .;,")
    when = "" if facets["time_bound"].met else " by [date]"
    if text.kind is Kind.ADULT_TASK:
        return (
            f"'{own}' is a job for an adult: move it to the actions. Here, ask what it will change: '[Who] will [do what] [how many, how often or how well]{when or ' by [date]'}'.",
        )
    if text.kind is Kind.PROVISION:
        return (
            f"Keep '{own}' as the provision, and write what it is for: '[Who] will [do what] [how many, how often or how well]{when}'.",
        )
    if text.kind is Kind.COHORT:
        return (
            f"'{own}' is a figure for a group. For this child: '[Who] will [do what] [how many, how often or how well]{when}'.",
        )
    if smart:
        return ()
    asks = []
    if facets["achievable"].met is False:
        return (
            f"Take a first step that can be reached: from [where the child is now] to [a step in reach]{when or ' by the same date'}, on the way to '{own}'.",
        )
    wording = own if facets["specific"].met else f"{_topic(own)}: [who] will [do what you will see or hear]"
    if not facets["measurable"].met:
        wording += ", [how many, how often or how well], shown by [what you will look at]"
        asks.append("Say what would settle it, so that any two people would agree whether it was met.")
    if not facets["specific"].met:
        asks.insert(0, "Name one thing that you will see or hear the child do.")
    if when:
        asks.append("The due date had passed before the meeting: set a new one." if target.due else "Say by when.")
    return (f"Try: '{wording}{when}'.", *asks)


def _topic(words: str) -> str:
    """The teacher's words as a heading: without the opening 'To' and with a capital."""
    bare = re.sub(r"^to ", "", words, flags=re.IGNORECASE)
    return bare[:1].upper() + bare[1:]
