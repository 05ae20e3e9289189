"""Activity beyond lessons named

Looks at: clubs, arts, sport, culture and leisure that the child takes part in.

Why: children in care have often missed the chance to join in, and every PEP should encourage the child's wider
development. Counts: at least one activity. Partly: words that only say that there is none, and why.
"""

import re
from datetime import date

from vsdocs.criteria import Answer, Example, absent, quote, shown
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen

_SENTENCE = re.compile(r"(?<=[.;!?\n])\s+")
_DENIAL = re.compile(
    r"^\W*(no|not|none|nil|n/?a|nothing|never|tbc|does(?: not|n['’]t)|do(?: not|n['’]t)|currently no\w*|at present no\w*)\b",
    re.IGNORECASE,
)


class Params(Frozen):
    pass


def beyond_denials(text: str) -> str:
    """The sentences of a text that say more than that there is nothing: 'None yet. Rugby on Fridays.' keeps the second."""
    return " ".join(sentence for sentence in _SENTENCE.split(text.strip()) if not _DENIAL.match(sentence))


def check(pep: Extraction, params: Params, today: date) -> Answer:
    quotes = (quote(pep, "enrichment"),)
    text = pep.record.enrichment
    if not text:
        return Answer(absent(pep, "enrichment"), quotes)
    # after 'Does not attend any clubs' what follows is the reason; the child's name may stand first
    denied = any(_DENIAL.match(start) for start in (text, text.partition(" ")[2]))
    return Answer(Met.PARTLY if denied else Met.MET, quotes, {"words": shown(text)})


EXAMPLES = [
    Example(Met.MET, {"enrichment": "Karate twice a week"}),
    Example(Met.PARTLY, {"enrichment": "None at present - she has asked about drama."}),
    Example(Met.PARTLY, {"enrichment": "Does not attend any clubs. Transport is the barrier."}),
    Example(Met.NOT_MET, {}, {"enrichment": "blank"}),
    Example(Met.CANNOT_TELL, {}, {"enrichment": "not_located"}),
]
