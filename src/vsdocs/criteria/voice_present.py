"""The child's views are in the plan

Looks at: whether any answer in the child's part holds a view of the child's, in whoever's words.

Why: a plan about a child who was not asked is a plan for somebody else. Counts: own words, choices, signs or drawings, and
views told by an adult. Partly: the child did not want to say, was met with respect and offered another way. Does not
count: 'N/A', 'see last PEP', 'refused', a teacher's report, age or lack of speech given as a reason not to ask.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, absent, quote
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.language.text import shortened
from vsdocs.language.voice import read_voice
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    pass


def check(pep: Extraction, params: Params, today: date) -> Answer:
    entries = range(len(pep.record.voice))
    if not entries:
        return Answer(absent(pep, "voice"), (quote(pep, "voice"),))
    reading = read_voice(pep.record)
    told = [answer for answer in reading.told if answer.field.startswith("voice")]
    if told:
        best = max(told, key=lambda a: len(a.particulars))
        return Answer(Met.MET, (quote(pep, best.field),), {"words": shortened(best.text)})
    if any(pep.state(f"voice[{n}].answer") in (State.NOT_LOCATED, State.UNREADABLE) for n in entries):
        return Answer(Met.CANNOT_TELL, tuple(quote(pep, f"voice[{n}].answer") for n in entries[:3]))
    state = Met.PARTLY if reading.refusal_met else Met.NOT_MET
    return Answer(state, tuple(quote(pep, f"voice[{n}].answer") for n in entries[:3]))


_ASKED = "What do you like about school?"
EXAMPLES = [
    Example(Met.MET, {"voice": [{"question": _ASKED, "answer": "Forest school, I was the roof man."}]}),
    Example(
        Met.PARTLY,
        {
            "voice": [
                {"question": _ASKED, "answer": "He did not want to say today; we offered a walk and a chat next week."}
            ]
        },
    ),
    Example(Met.NOT_MET, {"voice": [{"question": _ASKED, "answer": "N/A"}]}),
    Example(Met.NOT_MET, {}, {"voice": "blank"}),
    Example(Met.CANNOT_TELL, {}, {"voice": "not_located"}),
    Example(Met.CANNOT_TELL, {"voice": [{"question": _ASKED}]}, {"voice[0].answer": "unreadable"}),
]
