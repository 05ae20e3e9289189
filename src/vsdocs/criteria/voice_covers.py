"""Likes, difficulties, help and hopes

Looks at: which of the four the child's own answers tell of, by the question and by the words.

Why: together they say where to begin. Does not count: an answer of nothing ('dunno', 'it's all ok'), an adult's hope.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, moot, quote
from vsdocs.evidence import State
from vsdocs.judgement import Met
from vsdocs.language.voice import THEMES, read_voice
from vsdocs.record import Extraction, Frozen

_IN_WORDS = {
    "likes": "what they like",
    "difficulties": "what is difficult",
    "helps": "what helps",
    "hopes": "what they hope for",
}


class Params(Frozen):
    themes: int = 3  # of the four
    some: int = 2  # from here on partly, unless the box for hopes is there and empty
    particulars: int = 8  # particular words from which one theme, richly told, is partly


def check(pep: Extraction, params: Params, today: date) -> Answer:
    reading = read_voice(pep.record)
    if not reading.told:
        return Answer(moot(pep, "voice"))
    heard = [theme for theme in THEMES if theme in reading.themes]
    missing = [theme for theme in THEMES if theme not in reading.themes]
    asked_in_vain = "hopes" in missing and pep.state("aspirations") is State.BLANK
    rich = bool(heard) and len(reading.particulars) >= params.particulars
    some = rich or (len(heard) >= params.some and not asked_in_vain)
    whole = len(heard) >= params.themes or (len(heard) >= params.some and rich and bool(reading.acted))
    state = Met.MET if whole else Met.PARTLY if some else Met.NOT_MET
    facts = {"heard": _listed(heard) or "little", "missing": _listed(missing) or "nothing"}
    return Answer(state, tuple(quote(pep, answer.field) for answer in reading.told[:4]), facts)


def _listed(themes: list[str]) -> str:
    names = [_IN_WORDS[theme] for theme in themes]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1] if names else "")))


_LIKE = {"question": "What do you like?", "answer": "Forest school and the den"}
_HARD = {"question": "What is hard?", "answer": "Phonics, my legs go fizzy"}
_HELP = {"question": "What helps?", "answer": "wobble cushion"}
EXAMPLES = [
    Example(Met.MET, {"voice": [_LIKE, _HARD, _HELP]}),
    Example(Met.PARTLY, {"voice": [_LIKE, _HARD]}),
    Example(Met.NOT_MET, {"voice": [_LIKE, _HARD]}, {"aspirations": "blank"}),
    Example(Met.NOT_MET, {"voice": [_LIKE]}),
    Example(Met.NOT_APPLICABLE, {}, {"voice": "blank"}, "voice_present says whether there is any"),
    Example(Met.CANNOT_TELL, {}, {"voice": "not_located"}),
]
