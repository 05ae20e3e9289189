"""Views that could only be this child's

Looks at: how much in the child's own words is particular: people, places, things and happenings that are named.

Why: 'I like school' helps nobody to help. Counts: words that do not stand in any child's answer. Does not count: length.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, moot, quote
from vsdocs.judgement import Met
from vsdocs.language.text import shortened
from vsdocs.language.voice import read_voice
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    words: int = 5  # different particular words in all answers


def check(pep: Extraction, params: Params, today: date) -> Answer:
    reading = read_voice(pep.record)
    if not reading.told:
        return Answer(moot(pep, "voice"))
    number = len(reading.particulars)
    state = Met.MET if number >= params.words else Met.NOT_MET
    shown = max(reading.told, key=lambda a: len(a.particulars))
    return Answer(state, (quote(pep, shown.field),), {"words": shortened(shown.text)})


EXAMPLES = [
    Example(
        Met.MET,
        {
            "voice": [
                {
                    "question": "Likes",
                    "answer": "We made a den at forest school and I was the roof man with Theo. Phonics makes my legs fizzy.",
                }
            ]
        },
    ),
    Example(Met.NOT_MET, {"voice": [{"question": "Likes", "answer": "School is good, I like my friends."}]}),
    Example(Met.NOT_APPLICABLE, {}, {"voice": "blank"}, "voice_present says whether there is any"),
    Example(Met.CANNOT_TELL, {}, {"voice": "not_located"}),
]
