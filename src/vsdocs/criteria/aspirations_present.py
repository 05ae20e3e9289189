"""Longer-term hopes written down

Looks at: the child's aspirations: what they hope for in education, work and life.

Why: short-term targets stand in the context of longer-term hopes, and the PEP is where a child can keep or change them.
Counts: a hope in at least a few words. Partly: one or two words only.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, absent, quote, shown
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    words: int = 3


def check(pep: Extraction, params: Params, today: date) -> Answer:
    quotes = (quote(pep, "aspirations"),)
    text = pep.record.aspirations
    if not text:
        return Answer(absent(pep, "aspirations"), quotes)
    enough = len(text.split()) >= params.words
    return Answer(Met.MET if enough else Met.PARTLY, quotes, {"words": shown(text)})


EXAMPLES = [
    Example(Met.MET, {"aspirations": "I want to be a vet one day."}),
    Example(Met.PARTLY, {"aspirations": "youtuber"}),
    Example(Met.NOT_MET, {}, {"aspirations": "blank"}),
    Example(Met.CANNOT_TELL, {}, {"aspirations": "not_located"}),
]
