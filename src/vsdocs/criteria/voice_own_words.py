"""The child's own words, or a view faithfully recorded

Looks at: whose words the answers are.

Why: an adult's summary loses what only the child would say. Counts: the child's words, quoted or typed as said; choices,
signs, drawings and acts, for a child who does not speak. Does not count: 'she feels well supported', first person in a
teacher's phrases, what staff think the child enjoys.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, moot, quote
from vsdocs.judgement import Met
from vsdocs.language.text import shortened
from vsdocs.language.voice import read_voice
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    share: float = 0.5  # of the answers that hold a view (0-1) that must be the child's own


def check(pep: Extraction, params: Params, today: date) -> Answer:
    reading = read_voice(pep.record)
    if not reading.told:
        return Answer(moot(pep, "voice"))
    own = [answer for answer in reading.faithful if answer in reading.told]
    others = [answer for answer in reading.told if answer not in own]
    met = len(own) >= params.share * len(reading.told)
    shown = max(own, key=lambda a: len(a.particulars)) if met else others[0]
    state = Met.MET if met else Met.PARTLY if own else Met.NOT_MET
    return Answer(state, (quote(pep, shown.field),), {"words": shortened(shown.text)})


_OWN = {"question": "What do you like?", "answer": "Forest school, I was the roof man."}
_TOLD = {"question": "Views", "answer": "He says that he enjoys school and feels well supported."}
EXAMPLES = [
    Example(Met.MET, {"voice": [_OWN, _TOLD]}),
    Example(Met.PARTLY, {"voice": [_OWN, _TOLD, _TOLD]}),
    Example(Met.NOT_MET, {"voice": [_TOLD]}),
    Example(Met.NOT_APPLICABLE, {}, {"voice": "blank"}, "voice_present says whether there is any"),
    Example(Met.CANNOT_TELL, {}, {"voice": "not_located"}),
]
