"""Unmet targets followed up

Looks at: each target of the last PEP that was not met, or only partly, beside the new targets.

Why: a target that was not met is broken into smaller steps or changed for a reason; repeated word for word it will fail
again, and dropped without a word it is lost. Counts: a new target on the same thing, or a comment that says what stood in
the way. Partly: a target that was not met is dropped without a word. Not met: one stands again word for word.
"""

import re
from datetime import date

from vsdocs.criteria import Answer, Example, quote, shown
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen

_ANY_TARGET = frozenset(["impro", "incre", "reduc", "least", "using", "witho", "achie", "targe", "start", "begin"])


class Params(Frozen):
    comment_words: int = 5  # a comment of at least so many words says what stood in the way
    same: float = 0.9  # share of words in common from which two targets are the same


def _words(text: str | None) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", (text or "").lower()))


def _topics(text: str | None) -> set[str]:
    """The stems that say what a target is about: long words, without those that any target may hold."""
    return {word[:5] for word in _words(text) if len(word) >= 5} - _ANY_TARGET


def _same(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def check(pep: Extraction, params: Params, today: date) -> Answer:
    previous = pep.record.previous_targets
    unmet = [(n, t) for n, t in enumerate(previous) if t.outcome in ("not_met", "partly_met")]
    if not previous or not unmet:
        known = any(target.outcome for target in previous) or pep.record.meeting.type == "initial"
        return Answer(Met.NOT_APPLICABLE if known else Met.CANNOT_TELL, (quote(pep, "previous_targets"),))
    if not pep.record.targets:
        return Answer(Met.CANNOT_TELL, (quote(pep, "targets"),))
    new = [_words(target.text) for target in pep.record.targets]
    for n, target in unmet:
        if any(_same(_words(target.text), words) >= params.same for words in new):
            return Answer(Met.NOT_MET, (quote(pep, f"previous_targets[{n}].text"),), {"target": shown(target.text)})
    topics = {topic for t in pep.record.targets for topic in _topics(f"{t.text} {t.area or ''}")}
    for n, target in unmet:
        silent = len((target.comment or "").split()) < params.comment_words
        if target.outcome == "not_met" and silent and not topics & _topics(target.text):
            return Answer(Met.PARTLY, (quote(pep, f"previous_targets[{n}].text"),), {"target": shown(target.text)})
    return Answer(Met.MET, (quote(pep, f"previous_targets[{unmet[0][0]}].text"),), {"target": shown(unmet[0][1].text)})


_READ_80 = {"text": "To read 80 words a minute", "outcome": "not_met", "comment": "no progress"}
EXAMPLES = [
    Example(
        Met.MET,
        {
            "previous_targets": [{**_READ_80, "comment": "She was in hospital for half of the term."}],
            "targets": [{"text": "To settle in the new class"}],
        },
    ),
    Example(
        Met.MET,
        {
            "previous_targets": [{**_READ_80, "text": "To spell 25 words"}],
            "targets": [{"text": "To write ten words from memory", "area": "Spelling"}],
        },
        why="a comment of two words",
    ),
    Example(Met.PARTLY, {"previous_targets": [_READ_80], "targets": [{"text": "To settle in the new class"}]}),
    Example(Met.NOT_MET, {"previous_targets": [_READ_80], "targets": [{"text": "To read 80 words a minute."}]}),
    Example(Met.CANNOT_TELL, {"previous_targets": [{"text": "To read 80 words a minute"}]}),
    Example(Met.CANNOT_TELL, {"previous_targets": [_READ_80]}, {"targets": "unreadable"}),
    Example(Met.NOT_APPLICABLE, {"previous_targets": [{**_READ_80, "outcome": "met"}]}),
]
